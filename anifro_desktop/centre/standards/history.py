"""What the centre gives on in a format that knows a history: subjects as they stand, and every version of their records
with the moment at which it came.

Rules kept here:
- Subjects whose consent for what was collected before is withdrawn are in neither, nor is what is of a day after a
  withdrawal (`consent`).
- A version that came several times is one: it came when it came first, and is signed if it ever came signed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from anifro_desktop.centre.assembling import Received, Subject, subjects
from anifro_desktop.centre.consent import by_consent, later_keys, may_use
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.packs import by_age
from anifro_desktop.centre.reading import everything
from anifro_desktop.forms.library import Library
from anifro_desktop.forms.model import Definitions
from anifro_desktop.record import Revision
from anifro_desktop.study.visit_keys import key_before


@dataclass(frozen=True, slots=True)
class Arrived:
    """One version of a record. site: that keeps the subject now. came: UTC, when the centre first received it."""

    site: str
    revision: Revision
    came: str
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Holding:
    """What may be given on. subjects: as they stand; versions: by subject, record and number; packs: those of the
    versions, oldest first; excluded: codes of subjects left out."""

    current: Definitions
    library: Library
    subjects: tuple[Subject, ...]
    versions: tuple[Arrived, ...]
    packs: tuple[Definitions, ...]
    excluded: tuple[str, ...] = ()


def holding(centre: Centre) -> Holding:
    """What a centre holds."""
    came = {bundle.sha256: bundle.received for bundle in centre.store.bundles()}
    arrived = [(item, came.get(bundle, "")) for item, bundle in everything(centre)]
    return held(arrived, centre.definitions, centre.packs)


def held(arrived: Iterable[tuple[Received, str]], current: Definitions, library: Library) -> Holding:
    """The same of versions, each with the moment at which it came."""
    given = list(arrived)
    everybody = subjects((item for item, _ in given), current, library)
    used = by_consent(everybody)
    late = {(one.code, key) for one in everybody if may_use(one) for key in later_keys(one)}
    out = frozenset(used.excluded)
    kept: dict[tuple[str, str, int, str], Arrived] = {}
    for item, moment in given:
        one = item.revision
        if one.subject in out or (one.subject, key_before(one.visit)) in late:
            continue
        place = (one.subject, one.id, one.ver, item.digest or one.digest())
        kept[place] = _earlier(kept.get(place), Arrived(item.site, one, moment, item.deleted))
    versions = tuple(kept[place] for place in sorted(kept))
    packs = by_age(library.packs(one.revision.definition for one in versions))
    return Holding(current, library, used.usable, versions, packs, used.excluded)


def _earlier(known: Arrived | None, new: Arrived) -> Arrived:
    if known is None:
        return new
    signed = known.revision if known.revision.signature else new.revision
    return Arrived(new.site, signed, min(known.came, new.came), new.deleted)
