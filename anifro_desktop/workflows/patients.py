"""The patients of a site: the list with what is due, enrolling, and who they are.

Rules kept here:
- Identity goes to its own file and nowhere else; lists carry a name only because they are shown on this computer.
- The study code is given when an enrolment is begun, so that what is typed is saved from the first key on.
- An enrolment that fails a criterion is kept as a screening failure; one made twice stays under its code, joined with
  the other.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from anifro_desktop.forms.model import Definitions
from anifro_desktop.identity import Identity, folded, normal_tax_code, unreadable
from anifro_desktop.record import Revision
from anifro_desktop.study.schedule import PLANNED, TIMETABLE, age_at, day_zero, study_day, window
from anifro_desktop.study.subject_code import check_code, new_code
from anifro_desktop.workflows import screening
from anifro_desktop.workflows.custody import MOVED, away, check_kept
from anifro_desktop.workflows.desk import forms_under
from anifro_desktop.workflows.errors import IdentityNeeded, IdentityRefused, NotYourRole
from anifro_desktop.workflows.missed import noted
from anifro_desktop.workflows.model import Double, Due, OpenVisit, PatientRow, Saved, VisitRow
from anifro_desktop.workflows.packs import is_older, pack_of
from anifro_desktop.workflows.signing import confirm_signer
from anifro_desktop.workflows.site import ENTERING
from anifro_desktop.workflows.visits import put_on_desk, sign_confirmed
from anifro_desktop.workflows.withdrawing import JOINED, end_among, goes_on_as

if TYPE_CHECKING:
    from anifro_desktop.store import subjects as stored
    from anifro_desktop.store.transfers import HandoverRow
    from anifro_desktop.workflows.site import Site

ALIKE = 85


def patients(site: Site, subject: str | None = None) -> list[PatientRow]:
    """Every patient, or one, with visits, the last state and what is due, by code; a few queries for the whole site."""
    visits: dict[str, list[stored.VisitRow]] = {}
    for visit in site.clinical.visits(subject):
        visits.setdefault(visit.subject, []).append(visit)
    kept = site.clinical.revisions(subject, form="visit_summary")
    summaries = {(item.subject, item.visit): item for item in kept}
    counts = site.clinical.draft_counts()
    found = site.clinical.subjects() if subject is None else (site.clinical.subject(subject),)
    events: dict[str, list[stored.VisitRow]] = {}
    for event in site.clinical.events(subject):
        events.setdefault(event.subject, []).append(event)
    rows = [_row(site, row, visits.get(row.code, []), summaries, counts) for row in found]
    gone = away(site) if any(row.status == MOVED for row in rows) else {}
    rows = [_moved(row, gone[row.subject]) if row.subject in gone else row for row in rows]
    return [_with_end(site, row, events.get(row.subject, [])) for row in rows]


def event_drafts(site: Site, rows: Iterable[PatientRow]) -> list[PatientRow]:
    """A further line for each event in draft: that of its patient, with the event as what is in draft."""
    of = {row.subject: row for row in rows if row.status != MOVED}
    open_events = [item for item in site.clinical.events() if item.state in ("draft", "amending")]
    return [
        replace(of[item.subject], due=None, draft=item.key, draft_done=0, draft_total=0)
        for item in open_events
        if item.subject in of
    ]


def _moved(row: PatientRow, to: HandoverRow) -> PatientRow:
    """The line of a patient who is only read here: nothing of it is left to do."""
    return replace(
        row, moved_to=f"{to.site}/{to.writer[:8]}", due=None, draft=None, draft_done=0, draft_total=0
    )


def _with_end(site: Site, row: PatientRow, events: list[stored.VisitRow]) -> PatientRow:
    """A line with what ended the study for the patient."""
    if row.status == JOINED:
        return replace(row, goes_on_as=goes_on_as(site, row.subject))
    end = end_among(site, events)
    return row if end is None else replace(row, ended=end.on)


def find(site: Site, text: str) -> list[PatientRow]:
    """The patients whose code or name holds the text (any case, with or without accents)."""
    code = check_code(text)
    wanted = folded(text)
    return [
        row
        for row in patients(site)
        if row.subject == code or wanted in folded(row.subject) or wanted in folded(row.name)
    ]


def start_enrolment(site: Site) -> OpenVisit:
    """Begin with a new code, or with one that was begun and left without a word.

    Raises:
        NotYourRole: the role does not enter data.
    """
    if not site.may(*ENTERING):
        raise NotYourRole("enrol a patient", "investigator or data entry")
    blank = _blank(site)
    code = blank or _fresh_code(site)
    with site.clinical.transaction():
        if not blank:
            site.clinical.add_subject(code)
        row = site.clinical.open_visit_row(code, "", None, site.definitions.digest)
        if is_older(site, row):  # begun under another version and left without a word: nothing to move
            site.clinical.set_visit_pack(row.id, site.definitions.digest, "begun")
            row = site.clinical.visit(row.id)
    return put_on_desk(site, row)


def open_enrolment(site: Site, subject: str) -> OpenVisit:
    """The enrolment of a patient, to go on with it or to read it."""
    return put_on_desk(site, site.clinical.open_visit_row(subject, "", None, site.definitions.digest))


def save_identity(site: Site, subject: str, identity: Identity) -> Saved:
    """Keep who a patient is, in the identity file.

    Raises:
        IdentityRefused: a wrong tax code or a birth date in the future; nothing was saved. NotYourRole.
    """
    if site.identities is None or not site.may(*ENTERING):
        raise NotYourRole("type an identity", "investigator or data entry")
    check_identity(site, identity)
    check_kept(site, subject)
    site.identities.save(subject, identity)
    site.names[subject] = identity
    screening.remember(site, subject, identity)
    return Saved(site.clock.now(), site.clinical.audit_head().seq)


def check_identity(site: Site, identity: Identity) -> None:
    """See whether an identity could be right.

    Raises:
        IdentityRefused: a wrong tax code, a birth date in the future, or characters that nobody can read.
    """
    if part := unreadable(identity):
        raise IdentityRefused("characters", part)
    if identity.tax_code and normal_tax_code(identity.tax_code) is None:
        raise IdentityRefused("tax_code")
    if identity.birth_date is not None and identity.birth_date > site.today():
        raise IdentityRefused("birth_date")


def read_identity(site: Site, subject: str) -> Identity | None:
    """Who a patient is, if anybody typed it and this role may know."""
    return site.identities.get(subject) if site.identities is not None and subject in site.names else None


def doubles(site: Site, subject: str, identity: Identity) -> list[Double]:
    """Known people who may be the same, the most alike first; a code that was joined with another is no second one."""
    joined = {row.code for row in site.clinical.subjects() if row.status == JOINED}
    found = []
    for code, other in site.names.items():
        if code == subject or code in joined:
            continue
        alike = likeness(identity, other)
        if alike >= ALIKE:
            found.append(Double(code, other.full_name, round(alike)))
    return sorted(found, key=lambda item: (-item.alike, item.subject))


def likeness(one: Identity, other: Identity) -> float:
    """How alike two people are, 0 to 100: by name, more with the same birth date, wholly with the same number."""
    from rapidfuzz import fuzz

    if _same_number(one, other):
        return 100.0
    alike = fuzz.token_sort_ratio(folded(one.full_name), folded(other.full_name))
    same_day = one.birth_date is not None and one.birth_date == other.birth_date
    return min(100.0, alike + 15) if same_day else float(alike)


def finish_enrolment(
    site: Site, visit: OpenVisit, passphrase: str, *, person: str | None = None
) -> PatientRow:
    """Complete and sign the enrolment; the patient is enrolled, or kept as a screening failure. person: see
    `signing.confirm_signer`.

    Raises:
        IdentityNeeded, IdentityRefused, NotReady, WrongSigner, WrongPassphrase, NotYourRole: nothing was finished.
    """
    confirm_signer(site, passphrase, person)
    return finish_confirmed(site, visit)


def finish_confirmed(site: Site, visit: OpenVisit) -> PatientRow:
    """`finish_enrolment` for a caller that has just confirmed the passphrase."""
    finish_with(site, visit, read_identity(site, visit.subject))
    return next(row for row in patients(site) if row.subject == visit.subject)


def finish_with(site: Site, visit: OpenVisit, identity: Identity | None) -> None:
    """Complete and sign the enrolment of somebody whose identity the caller keeps."""
    if identity is None or not (identity.surname and identity.name and identity.birth_date):
        raise IdentityNeeded
    apply_age(visit, identity)
    sign_confirmed(site, visit, "responsible")


def apply_age(visit: OpenVisit, identity: Identity) -> None:
    """Work out the age at enrolment from the birth date, which stays where it is.

    Raises:
        IdentityRefused: born after the enrolment.
    """
    enrolled = visit.session.answers.get("enrolment_date")
    if identity.birth_date is None or not isinstance(enrolled, date):
        return
    try:
        age = age_at(identity.birth_date, enrolled)
    except ValueError as error:
        raise IdentityRefused("birth_date") from error
    if visit.session.answers.get("age_at_enrolment") != age:
        visit.session.set_value("age_at_enrolment", age)


def _fresh_code(site: Site) -> str:
    known = {row.code for row in site.clinical.subjects()}
    while True:
        code = new_code(site.code, secrets.token_bytes)
        if code not in known:
            return code


def _blank(site: Site) -> str | None:
    """A code given before to an enrolment in which nothing was typed."""
    counts = site.clinical.draft_counts()
    begun = {visit.subject: visit.id for visit in site.clinical.visits() if visit.key == ""}
    for row in site.clinical.subjects():
        untouched = begun.get(row.code) not in counts and row.code not in site.names
        if row.status == "screening" and untouched:
            return row.code
    return None


def _same_number(one: Identity, other: Identity) -> bool:
    pairs = ((one.tax_code, other.tax_code), (one.hospital_number, other.hospital_number))
    return any(first and first.strip().casefold() == second.strip().casefold() for first, second in pairs)


def _row(
    site: Site,
    row: stored.SubjectRow,
    visits: list[stored.VisitRow],
    summaries: Mapping[tuple[str, str], Revision],
    counts: Mapping[str, Any],
) -> PatientRow:
    held = sorted(
        (item for item in visits if item.key and item.date),
        key=lambda item: (item.date or date.min, item.key),
    )
    scored = [summaries[row.code, item.key].scores for item in held if (row.code, item.key) in summaries]
    last: Mapping[str, Any] = scored[-1] if scored else {}
    draft = next((item for item in reversed(held) if item.state in ("draft", "amending")), None)
    begun = next((item for item in visits if item.key == "" and item.state == "draft"), None)
    open_draft = draft or begun
    identity = site.names.get(row.code)
    return PatientRow(
        subject=row.code,
        name=identity.full_name if identity else "",
        status=row.status,
        sex=row.sex,
        age=row.age,
        enrolled=row.enrolled,
        due=_due(site, row, held),
        draft=open_draft.key if open_draft and open_draft.id in counts else None,
        draft_done=counts[open_draft.id].values if open_draft and open_draft.id in counts else 0,
        draft_total=_askable(pack_of(site, draft.pack), draft.key) if draft else 0,
        visits=tuple(_visit_row(row, item) for item in held),
        sledai=tuple(_number(scores, "sledai2k") for scores in scored),
        pred_eq=_number(last, "prednisone"),
        doris=_state(last, "doris"),
        lldas=_state(last, "lldas"),
    )


def _askable(definitions: Definitions, key: str) -> int:
    forms = forms_under(definitions, key)
    return sum(field.required for name in forms for field in definitions.form(name).fields)


def _number(scores: Mapping[str, Any], rule: str) -> float | None:
    value = scores.get(rule, {}).get("value")
    return None if value is None or isinstance(value, bool) else float(value)


def _state(scores: Mapping[str, Any], rule: str) -> bool | None:
    value = scores.get(rule, {}).get("value")
    return value if isinstance(value, bool) else None


def _visit_row(subject: stored.SubjectRow, visit: stored.VisitRow) -> VisitRow:
    on = visit.date or date.min
    day0 = day_zero(subject.first_dose, subject.enrolled)
    planned = next((item.key for item in TIMETABLE if item.key == visit.key), None)
    inside = window(day0, planned).holds(on) if day0 and planned else None
    day = study_day(subject.enrolled, on) if subject.enrolled else 0
    return VisitRow(visit.key, on, day, visit.state, inside)


def _due(site: Site, row: stored.SubjectRow, held: list[stored.VisitRow]) -> Due | None:
    """The first planned visit that is neither made nor closed, or was missed last and not noted as such."""
    day0 = day_zero(row.first_dose, row.enrolled)
    if row.status != "enrolled" or day0 is None:
        return None
    today = site.today()
    made = {item.key for item in held if item.state != "draft"}
    drafts = {item.key for item in held if item.state == "draft"}
    latest = max((place for place, item in enumerate(PLANNED) if item.key in made), default=-1)
    for place, planned in enumerate(PLANNED):
        span = window(day0, planned.key)
        later_open = place + 1 < len(PLANNED) and window(day0, PLANNED[place + 1].key).opens <= today
        if place <= latest or (later_open and planned.key not in drafts):
            continue
        late = max(0, (today - span.closes).days)
        if late and planned.key in noted(site, row.code):
            continue
        state = "late" if late else "due" if span.opens <= today else "coming"
        state = "draft" if planned.key in drafts else state
        return Due(planned.key, span.target, span.opens, span.closes, late, state)
    return None
