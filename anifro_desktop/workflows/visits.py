"""A visit from opening to signature: opened, saved as it is typed, completed, signed, amended.

Rules kept here:
- Which act leads from which state to which is the table of `signing`.
- Completing writes the first revision of every form; from then on a change needs a reason (see `revising`).
- Signing asks for the passphrase; a change after it leaves the visit unsigned.
- What was declared a mistake is read and no more (see `mistakes`); nothing dated after withdrawal of consent or death
  is opened or completed (see `withdrawing`).

Events, the medical history and the enrolment are saved, completed, signed and amended by the same verbs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING

from anifro_desktop.forms.naming import VISIT_CODES
from anifro_desktop.forms.scoring import RESULTS
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.forms.state import Entry
from anifro_desktop.study.schedule import (
    EARLY,
    TIMETABLE,
    UNSCHEDULED,
    day_zero,
    planned_visit_for,
    visit_for,
    window,
)
from anifro_desktop.study.visit_keys import ENROLMENT, HISTORY, is_event, is_visit, key_before
from anifro_desktop.workflows.custody import MOVED, away
from anifro_desktop.workflows.desk import VOID, lay_out
from anifro_desktop.workflows.dosing import settle_first_dose, tells_first_dose
from anifro_desktop.workflows.enrolled import apply_half, settle_subject
from anifro_desktop.workflows.errors import (
    DateRefused,
    IsVoid,
    NotCompleted,
    NotReady,
    NotYourRole,
    PackRefused,
    UnknownVisit,
)
from anifro_desktop.workflows.model import OpenVisit, Place, Recovered, Saved, VisitChoice
from anifro_desktop.workflows.queries import note_corrections
from anifro_desktop.workflows.revising import recalculate, recalculate_later, sign_last, up_to_date, write
from anifro_desktop.workflows.signing import OPEN, confirm_signer, latest, settled
from anifro_desktop.workflows.site import ENTERING, place_json
from anifro_desktop.workflows.withdrawing import check_completing, check_day, is_ending, session_day, settle

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site

MEANINGS = ("responsible", "reviewed")
GIVEN_UP = "amendment_given_up"
# The visits that can be made, and their codes in the list `planned_visit`: months, early termination, unscheduled.
CODES = VISIT_CODES


def visit_choices(site: Site, subject: str, on: date) -> list[VisitChoice]:
    """The visits that could be opened on a date: planned and optional ones not yet made, the one at early termination,
    then an unscheduled one.

    Raises:
        DateRefused: in the future, after the patient left the study, or the patient is not enrolled. SubjectJoined.
    """
    day0 = _day_zero(site, subject, on)
    taken = {visit.key for visit in site.clinical.visits(subject)}
    inside = planned_visit_for(day0, on) or visit_for(day0, on)
    choices = []
    for planned in TIMETABLE:
        if planned.key not in taken:
            span = window(day0, planned.key)
            choices.append(VisitChoice(planned.key, planned.key == inside, span.opens, span.closes))
    if EARLY not in taken:
        choices.append(VisitChoice(EARLY, False, None, None))
    proposed = not any(choice.proposed for choice in choices)
    return [*choices, VisitChoice(UNSCHEDULED, proposed, None, None)]


def open_visit(site: Site, subject: str, key: str, on: date) -> OpenVisit:
    """Open a visit, or make it as a draft. key: of a planned or optional visit, `early`, `unscheduled` (a new one), or
    of anything that exists, be it an event.

    Raises:
        UnknownVisit, DateRefused, NotYourRole, SubjectJoined: nothing was made.
    """
    rows = {visit.key: visit for visit in site.clinical.entries(subject)}
    if key in rows:
        return put_on_desk(site, rows[key])
    if not site.may(*ENTERING):
        raise NotYourRole("open a new visit", "investigator or data entry")
    if key not in CODES:
        raise UnknownVisit(key)
    _day_zero(site, subject, on)
    planned = key
    if key == UNSCHEDULED:
        key = next_unscheduled(site, subject)
    with site.clinical.transaction():
        row = site.clinical.open_visit_row(subject, key, on, site.definitions.digest)
        entries = [
            Entry("visit_date", on.isoformat(), None),
            Entry("visit_planned", CODES[planned], None),
        ]
        site.clinical.save_draft(row.id, entries, place_json(Place(subject, key)))
    return put_on_desk(site, row)


def open_history(site: Site, subject: str) -> OpenVisit:
    """The medical history of a patient, begun as a draft if there is none.

    Raises:
        DateRefused: the patient is not enrolled. NotYourRole, SubjectJoined: nothing was made.
    """
    rows = {row.key: row for row in site.clinical.entries(subject)}
    if HISTORY in rows:
        return put_on_desk(site, rows[HISTORY])
    if not site.may(*ENTERING):
        raise NotYourRole("begin the medical history", "investigator or data entry")
    if site.clinical.subject(subject).enrolled is None:
        raise DateRefused("no_enrolment")
    check_day(site, subject, None)
    return put_on_desk(site, site.clinical.open_visit_row(subject, HISTORY, None, site.definitions.digest))


def put_on_desk(site: Site, row: VisitRow) -> OpenVisit:
    """An existing visit with its session, noted as open."""
    recovered = None
    if row.place.get("open"):
        count = site.clinical.draft_counts().get(row.id)
        if count is not None:
            recovered = Recovered(_place(row), count.values, datetime.fromisoformat(count.utc))
    site.clinical.set_place(row.id, {**row.place, "open": True})
    state = MOVED if row.subject in away(site) else row.state  # only read here, in whatever state it was
    return OpenVisit(row.id, row.subject, row.key, lay_out(site, row), state, _place(row), recovered)


def save_draft(site: Site, visit: OpenVisit, entries: Iterable[Entry], place: Place | None = None) -> Saved:
    """Keep answers as they are typed; when it returns they are on the disk.

    Raises:
        CannotSave: nothing was saved; the answers are still in the session. NotDraft: amend first.
    """
    if not site.may(*ENTERING):
        raise NotYourRole("enter answers", "investigator or data entry")
    kept = tuple(entries)
    if place is not None and not place.field and kept:
        # The cursor stands at no question (a button): after a crash the answer saved last is the place.
        last = kept[-1].field
        place = replace(place, form=visit.session.definitions.fields[last].form, field=last)
    saved = site.clinical.save_draft(visit.id, kept, None if place is None else place_json(place))
    return Saved(datetime.fromisoformat(saved.utc), saved.seq)


def complete(site: Site, visit: OpenVisit, reason: int | None = None, text: str = "") -> Saved:
    """Write the answers as revisions. reason: code of `change_reason`, needed after the first completion if none was
    given when amending.

    Raises:
        ReasonNeeded, DateRefused, LaterEntries, IsVoid, SubjectJoined, PackRefused: nothing was written. NotYourRole.
    """
    if not site.may(*ENTERING):
        raise NotYourRole("complete a form", "investigator or data entry")
    _check_day_zero(site, visit)
    if visit.key == ENROLMENT:
        apply_half(visit)
    with site.clinical.transaction():
        before = _standing(site, visit)
        _check_pack(before, visit.session)
        check_completing(site, before, session_day(before.key, visit.session))
        why, why_text = _why(site, before, reason, text)
        row = _follow_date(site, before, visit.session)
        changed = write(site, row, up_to_date(site, row, visit.session), why, why_text)
        site.clinical.set_visit_state(visit.id, settled(site, row))
        if is_visit(row.key) and changed:
            recalculate_later(site, row, min(filter(None, (before.date, row.date)), default=None))
        if is_ending(site, row.key):
            settle(site, row.subject)
        if row.key == ENROLMENT:
            settle_subject(site, visit)
        if tells_first_dose(site, row.key):
            settle_first_dose(site, row.subject)
        if changed:
            note_corrections(site, row)
        seq = site.clinical.audit_head().seq
    visit.state = site.clinical.visit(visit.id).state
    return Saved(site.clock.now(), seq)


def sign(
    site: Site, visit: OpenVisit, meaning: str, passphrase: str, *, person: str | None = None, form: str = ""
) -> Saved:
    """Complete what is not complete, and sign every form of the visit, or one. person: see `signing.confirm_signer`.

    Raises:
        NotYourRole, NotReady, NotFound, WrongSigner, WrongPassphrase: nothing was signed.
    """
    _check_signable(site, visit, form)
    confirm_signer(site, passphrase, person)
    return sign_confirmed(site, visit, meaning, form)


def sign_confirmed(site: Site, visit: OpenVisit, meaning: str, form: str = "") -> Saved:
    """`sign` for a caller that has just confirmed the passphrase, once for several visits."""
    _check_signable(site, visit, form)
    with site.clinical.transaction():
        if site.clinical.visit(visit.id).state in OPEN:
            complete(site, visit)
        row = site.clinical.visit(visit.id)
        last = latest(site, row)
        asked = [item for name, item in last.items() if form in ("", name) and not item.signature]
        sign_last(site, asked, meaning)
        site.clinical.set_visit_state(visit.id, settled(site, row))
        seq = site.clinical.audit_head().seq
    visit.state = site.clinical.visit(visit.id).state
    return Saved(site.clock.now(), seq)


def blocking(session: VisitSession, form: str = "") -> int:
    """How many problems stand in the way of a signature under all forms of a session, or under one."""
    fields = session.definitions.fields
    return sum(
        item.severity != "soft" and not item.settled and form in ("", fields[item.field].form)
        for item in session.problems()
    )


def _check_signable(site: Site, visit: OpenVisit, form: str) -> None:
    from anifro_desktop.store.errors import NotFound

    if not site.may("investigator"):
        raise NotYourRole("sign", "investigator")
    _standing(site, visit)
    if form and form not in {item.id for item in visit.session.forms}:
        raise NotFound("form", form)
    problems = blocking(visit.session, form)
    if problems or (not form and not visit.session.can_sign()):
        raise NotReady(problems)


def confirm(site: Site, passphrase: str) -> None:
    """Ask the key file whether this is the person's passphrase.

    Raises:
        WrongPassphrase: it is not.
    """
    from anifro_desktop.store.vault import open_vault

    open_vault(site.folder, site.keys.user.code, passphrase)


def amend(site: Site, visit: OpenVisit, reason: int, text: str = "") -> Saved:
    """Open a completed visit for changes. reason: code of `change_reason`; text: stays at this site.

    The signed version stays as it is; the next completion is a new one that needs its own signature.

    Raises:
        NotCompleted: there is nothing to amend, or it is being amended already. NotYourRole, IsVoid.
    """
    if not site.may(*ENTERING):
        raise NotYourRole("amend a form", "investigator or data entry")
    with site.clinical.transaction():
        state = _standing(site, visit).state
        if state in OPEN:
            raise NotCompleted(state)
        site.clinical.set_setting(_amend_key(visit.id), {"reason": reason, "text": text})
        site.clinical.set_visit_state(visit.id, "amending", str(reason))
        _drafts_from_completed(site, visit)
        seq = site.clinical.audit_head().seq
    visit.state = "amending"
    return Saved(site.clock.now(), seq)


def give_up(site: Site, visit: OpenVisit) -> Saved:
    """Give an amendment up: the record stands again as it was completed, and signed if it was. What was typed stays in
    the audit trail. The session holds what was given up: open the record anew.

    Raises:
        NotCompleted: it is not being amended. NotYourRole, IsVoid.
    """
    if not site.may(*ENTERING):
        raise NotYourRole("amend a form", "investigator or data entry")
    with site.clinical.transaction():
        row = _standing(site, visit)
        if row.state != "amending":
            raise NotCompleted(row.state)
        packs = {item.definition for item in site.clinical.revisions(row.subject, row.key)}
        if len(packs) == 1 and row.pack not in (
            "",
            *packs,
        ):  # moved to another version of the forms meanwhile
            site.clinical.set_visit_pack(row.id, packs.pop(), GIVEN_UP)
            row = site.clinical.visit(row.id)
        site.clinical.set_visit_state(row.id, settled(site, row), GIVEN_UP)
        site.clinical.log(GIVEN_UP, f"{row.subject}/{row.key}")
        if is_visit(row.key):
            # While it was being amended, scores were not written when visits before it changed.
            recalculate(site, [site.clinical.visit(row.id)])
        seq = site.clinical.audit_head().seq
    visit.state = site.clinical.visit(visit.id).state
    return Saved(site.clock.now(), seq)


def _drafts_from_completed(site: Site, visit: OpenVisit) -> None:
    """Start the drafts anew from what was completed: an older draft must not come back over it."""
    session = visit.session
    known = {entry.field for entry in site.clinical.draft(visit.id)}
    asked = {field.id for form in session.forms for field in form.fields}
    site.clinical.save_draft(visit.id, session.entries(sorted(known | set(session.answers) & asked)))


def _amend_key(visit_id: str) -> str:
    return f"amending/{visit_id}"


def _why(site: Site, row: VisitRow, reason: int | None, text: str) -> tuple[str, str]:
    if reason is not None:
        return str(reason), text
    given = site.clinical.setting(_amend_key(row.id)) if row.state == "amending" else None
    if isinstance(given, dict):
        return str(given["reason"]), str(given["text"])
    return "first", ""


def _follow_date(site: Site, row: VisitRow, session: VisitSession) -> VisitRow:
    """Date the row as the answers do. An event whose date was taken back has none; a visit keeps the day on which it
    was opened, and an end of the study its day: who left does not come back because a date is open."""
    on = session_day(row.key, session)
    if on is None and (not is_event(row.key) or is_ending(site, row.key)):
        return row
    if on != row.date:
        site.clinical.set_visit_date(row.id, on)
    return site.clinical.visit(row.id)


def _standing(site: Site, visit: OpenVisit) -> VisitRow:
    """The row of a visit that may be changed (IsVoid: it was declared a mistake, perhaps while it lay on the desk)."""
    row = site.clinical.visit(visit.id)
    if row.state == VOID:
        raise IsVoid
    return row


def _check_pack(row: VisitRow, session: VisitSession) -> None:
    """A visit is completed under its own pack, if this program has it and computes every result as that pack says."""
    if row.pack not in ("", session.definitions.digest):
        raise PackRefused("unknown")
    rules = {RESULTS[name].rule for form in session.forms for name in form.scores}
    if rules & session.definitions.foreign:
        raise PackRefused("foreign")


def _check_day_zero(site: Site, visit: OpenVisit) -> None:
    """The enrolment date is day 0 of every visit: once there is one, it stands."""
    known, typed = site.clinical.subject(visit.subject).enrolled, visit.session.answers.get("enrolment_date")
    if visit.key or known in (None, typed):
        return
    if any(item.key for item in site.clinical.visits(visit.subject)):
        raise DateRefused("enrolment_fixed")


def _day_zero(site: Site, subject: str, on: date) -> date:
    row = site.clinical.subject(subject)
    if on > site.today():
        raise DateRefused("future")
    if row.enrolled is None:
        raise DateRefused("no_enrolment")
    check_day(site, subject, on)
    return day_zero(row.first_dose, row.enrolled)


def next_unscheduled(site: Site, subject: str) -> str:
    """The key of the next unscheduled visit; one that was a mistake keeps its number."""
    taken = {key_before(row.key) for row in site.clinical.entries(subject, voided=True)}
    return next(key for key in map("u{:02d}".format, count(1)) if key not in taken)


def _place(row: VisitRow) -> Place:
    return Place(row.subject, row.key, str(row.place.get("form", "")), str(row.place.get("field", "")))
