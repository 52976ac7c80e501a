"""Mistakes of people: a visit, an event or a history that should not be there, or belongs to another patient.

Rules kept here:
- Nothing is deleted. Each completed form gets a last version that holds nothing and says why (`void_` and a code of
  `void_reason`), signed by the investigator; a draft keeps what was typed. Both can be read (see `voided`).
- The planned visit is free to be made again. Numbers of events and of unscheduled visits are not.
- Visits that were compared with it are scored again.
- To move is to declare a mistake here and to begin a draft with the same answers and notes there: dates that do not fit
  the other patient are problems at their fields. The number of an adverse event that stays behind is kept as a text, so
  that it asks to be put right.
- One act, one transaction, told at both ends of the trail with the other's code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from anifro_desktop.forms.errors import ReasonRefused
from anifro_desktop.forms.state import Entry
from anifro_desktop.record import VOID, Revision
from anifro_desktop.study.visit_keys import ENROLMENT, UNSCHEDULED, event_key, is_event, is_visit, kind_of
from anifro_desktop.workflows.desk import DONE, lay_out
from anifro_desktop.workflows.dosing import settle_first_dose, tells_first_dose
from anifro_desktop.workflows.errors import MoveRefused, NotYourRole, UnknownVisit, VoidRefused
from anifro_desktop.workflows.events import next_number
from anifro_desktop.workflows.model import Place
from anifro_desktop.workflows.revising import recalculate_later
from anifro_desktop.workflows.signing import confirm_signer
from anifro_desktop.workflows.site import place_json
from anifro_desktop.workflows.visits import next_unscheduled
from anifro_desktop.workflows.withdrawing import JOINED, dated, end_of, is_ending, settle

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site

REASONS, OTHER = "void_reason", 4
MEANING = "void"
IN_STUDY = ("enrolled", "withdrawn", "dead")
# Answers that are the number of an adverse event of the same patient.
AE_NUMBERS = frozenset({"ad_ae", "dc_ae", "de_ae", "hosp_ae", "pr_ae"})
_AE = "ae"


@dataclass(frozen=True, slots=True)
class Moved:
    """Where something stands now, as a draft."""

    subject: str
    key: str


def void(
    site: Site,
    subject: str,
    key: str,
    reason: int,
    text: str,
    passphrase: str,
    *,
    person: str | None = None,
) -> None:
    """Declare a visit, an event or the history a mistake. reason: code of `void_reason`; text: stays at this site.
    person: see `signing.confirm_signer`, since the emptied versions are signed.

    Raises:
        NotYourRole, ReasonRefused, UnknownVisit, VoidRefused, WrongSigner, WrongPassphrase: nothing was changed.
    """
    check_person(site, reason, text)
    row = _row(site, subject, key)
    if key == ENROLMENT:
        raise VoidRefused("enrolment")
    confirm_signer(site, passphrase, person)
    with site.clinical.transaction():
        declare(site, row, reason, text)


def move(
    site: Site,
    from_subject: str,
    key: str,
    to_subject: str,
    reason: int,
    text: str,
    passphrase: str,
    *,
    person: str | None = None,
) -> Moved:
    """Take a visit, an event or the history to the patient it belongs to. person: as for `void`.

    Raises:
        NotYourRole, ReasonRefused, UnknownVisit, MoveRefused, WrongSigner, WrongPassphrase: nothing was changed.
    """
    check_person(site, reason, text)
    row = _row(site, from_subject, key)
    _check_move(site, row, to_subject)
    confirm_signer(site, passphrase, person)
    with site.clinical.transaction():
        return carry_over(site, row, to_subject, {}, reason, text)


def check_person(site: Site, reason: int, text: str) -> None:
    """See whether this person may declare a mistake for this reason (NotYourRole, ReasonRefused)."""
    if not site.may("investigator"):
        raise NotYourRole("declare a mistake", "investigator")
    known = reason in site.definitions.code_lists[REASONS].values
    if not known or (reason == OTHER and not text.strip()):
        raise ReasonRefused(REASONS)


def declare(site: Site, row: VisitRow, reason: int, text: str) -> None:
    """Declare an entry a mistake, inside a transaction of the caller's."""
    last = site.clinical.revisions(row.subject, row.key)
    why = f"{VOID}{reason}"
    gone = site.clinical.void_visit(row.id, f"{why}: {text}" if text else why)
    for item in last:
        site.clinical.append_revision(_emptied(item, gone.key, why, text))
    site.clinical.sign([item.id for item in last], MEANING)
    if is_visit(row.key) and row.state in DONE:
        recalculate_later(site, row, row.date)
    if is_ending(site, row.key):
        settle(site, row.subject)
    if tells_first_dose(site, row.key):
        settle_first_dose(site, row.subject)


def carry_over(
    site: Site, row: VisitRow, to: str, numbers: Mapping[int, int], reason: int, text: str
) -> Moved:
    """Move an entry inside a transaction of the caller's. numbers: of adverse events, here to there."""
    key = _key_there(site, row, to)
    session, on = lay_out(site, row), dated(site, row)
    entries = session.entries(item.id for form in session.forms for item in form.fields)
    declare(site, row, reason, text)
    new = site.clinical.open_visit_row(to, key, on if is_visit(key) else None, row.pack)
    place = place_json(Place(to, key, session.forms[0].id), is_open=False)
    site.clinical.save_draft(new.id, _given(entries, numbers), place)
    told = f"{VOID}{reason}"
    site.clinical.log("moved_to", f"{row.subject}/{row.key}", {"subject": to, "key": key}, told)
    site.clinical.log("moved_from", f"{to}/{key}", {"subject": row.subject, "key": row.key}, told)
    return Moved(to, key)


def _key_there(site: Site, row: VisitRow, to: str) -> str:
    """The key that an entry would have at another patient."""
    if is_event(row.key):
        prefix = row.key.partition("-")[0]
        return event_key(prefix, next_number(site, to, prefix))
    if kind_of(row.key) == UNSCHEDULED:
        return next_unscheduled(site, to)
    return row.key


def _row(site: Site, subject: str, key: str) -> VisitRow:
    row = next((item for item in site.clinical.entries(subject) if item.key == key), None)
    if row is None:
        raise UnknownVisit(key)
    return row


def _check_move(site: Site, row: VisitRow, to: str) -> None:
    target, end, on = site.clinical.subject(to), end_of(site, to), dated(site, row)
    faults = {
        "same": row.subject == to,
        "enrolment": row.key == ENROLMENT,
        "joined": target.status == JOINED,
        "not_enrolled": target.status not in IN_STUDY or target.enrolled is None,
        "ended": end is not None and on is not None and on > end.on,
        "taken": _key_there(site, row, to) in {item.key for item in site.clinical.entries(to)},
    }
    why = next((name for name, found in faults.items() if found), None)
    if why is not None:
        raise MoveRefused(why)


def _emptied(item: Revision, key: str, why: str, text: str) -> Revision:
    """The last version of a record: it says that there was a mistake, and nothing else."""
    return Revision(
        id=item.id,
        subject=item.subject,
        visit=key,
        form=item.form,
        ver=1,
        prev="",
        values={},
        definition=item.definition,
        who="",
        when="",
        day=None,
        why=why,
        why_text=text,
    )


def _given(entries: Iterable[Entry], numbers: Mapping[int, int]) -> list[Entry]:
    """What was typed, with the numbers of adverse events as they are at the other patient."""
    given = [item for item in entries if item.value_json is not None or item.note_json or item.raw_text]
    return [_renumbered(item, numbers) if item.field in AE_NUMBERS else item for item in given]


def _renumbered(entry: Entry, numbers: Mapping[int, int]) -> Entry:
    number = entry.value_json
    if not isinstance(number, int):
        return entry
    if number in numbers:
        return replace(entry, value_json=numbers[number])
    return replace(entry, value_json=None, raw_text=event_key(_AE, number))
