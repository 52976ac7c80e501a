"""Writing a patient who comes from another computer; and trying first whether what comes would hold here.

Rules kept here:
- What a full check of this computer would object to is not taken: afterwards it would keep everything here from being
  sent. So it is with what cannot be listed, opened or sealed.
- A trial is undone whole, whatever it came to.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from anifro_desktop.errors import Refusal
from anifro_desktop.forms.errors import BadEntry
from anifro_desktop.record import Json
from anifro_desktop.sourcemark import SourceMark
from anifro_desktop.study.visit_keys import key_before
from anifro_desktop.sync.names import bundle_name
from anifro_desktop.sync.transfer import TAKEN, pack_trail
from anifro_desktop.workflows import checking, patients, sending, visits
from anifro_desktop.workflows.desk import forms_under
from anifro_desktop.workflows.exchange_errors import HandoverRefused
from anifro_desktop.workflows.packs import pack_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from anifro_desktop.store.transfers import HandoverRow
    from anifro_desktop.sync.bundle import Opened
    from anifro_desktop.sync.transfer import Parcel
    from anifro_desktop.workflows.site import Site


# What ends the reading of something that no honest program wrote, wherever that is met.
_STUMBLED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class _Undone(Exception):
    """Ends a trial."""


def try_out(site: Site, parcel: Parcel, opened: Opened) -> None:
    """See that what comes would hold here; nothing is written.

    Raises:
        HandoverRefused: it would not. CannotSave, DatabaseDamaged: it could not be tried. NotExportable,
        NotPseudonymised: nor could it be sealed for something else that waits here.
    """
    from anifro_desktop.store.errors import CannotSave, DatabaseDamaged

    try:
        with _trial(site):
            write(site, parcel, opened)
            holds = not checking.altered_of(site, parcel.subject)
            _use(site, parcel.subject)
    except (CannotSave, DatabaseDamaged):
        raise
    except (Refusal, BadEntry, *_STUMBLED) as error:
        _check_here(site)
        raise HandoverRefused("unsound") from error
    if not holds:
        raise HandoverRefused("unsound")


@contextmanager
def _trial(site: Site) -> Iterator[None]:
    """A transaction of which nothing is kept."""
    with suppress(_Undone), site.clinical.transaction():
        yield
        raise _Undone


def _use(site: Site, subject: str) -> None:
    """What will be done with a patient here: listed, laid on the desk, sent."""
    patients.patients(site, subject)
    for row in site.clinical.entries(subject):
        visits.put_on_desk(site, row)
    sending.seal_ready(site)


def _check_here(site: Site) -> None:
    """See that what waits to be sent here can be sealed without what comes, so that the file is not blamed for it."""
    with suppress(*_STUMBLED), _trial(site):
        sending.seal_ready(site)


def is_asked(site: Site, visit: Mapping[str, Json]) -> bool:
    """Whether the forms have such an event, where a record of a file is one."""
    key = key_before(str(visit["key"]))
    try:
        return bool(forms_under(pack_of(site, str(visit["pack"] or "")), key))
    except KeyError:
        return False


def write(site: Site, parcel: Parcel, opened: Opened) -> None:
    """Write everything of a patient but who it is.

    Raises:
        CannotSave, Conflict: nothing was written.
    """
    with site.clinical.transaction() as tx:
        said: list[Json] = [TAKEN, site.keys.user.code, tx.stamp.utc]
        row = _row(parcel, opened, signers_of(parcel.rows.get("signer", ())), said)
        site.clinical.take_over(row, parcel.rows, pack_trail(parcel.trail))
        for one in parcel.rows.get("mark", ()):
            inside = one["row"]
            facts: dict[str, Any] = dict(inside) if isinstance(inside, dict) else {}
            site.clinical.keep_mark(SourceMark(**facts))


def signers_of(rows: Iterable[Mapping[str, Json]]) -> dict[str, Any]:
    """The people of a file who signed, by installation and code."""
    found: dict[str, Any] = {}
    for one in rows:
        facts = {name: one[name] for name in ("name", "names", "roles", "keys")}
        found.setdefault(str(one["origin"]), {})[str(one["code"])] = facts
    return found


def _row(parcel: Parcel, opened: Opened, signers: Mapping[str, Any], said: list[Json]) -> HandoverRow:
    from anifro_desktop.store.transfers import IN, HandoverRow

    header = opened.header
    return HandoverRow(
        id=parcel.id,
        subject=parcel.subject,
        side=IN,
        number=header.seq,
        site=header.site,
        writer=header.writer,
        sha256=opened.sha256,
        held=parcel.held,
        name=bundle_name(header, opened.sha256),
        made=str(said[2]),
        acts=[said],
        signers=signers,
    )
