"""The course of one patient, line by line: enrolment, history, visits, planned visits not made, events. Reading only.

Rules kept here:
- A planned visit that nobody made is `coming`, `due`, `overdue` or `missed` (see `study.schedule`); it is `excused`
  once an event of the form `missed_visit` names it. Once a visit was made under that key it is no line of its own,
  unless it was missed all the same: a visit outside its window is unscheduled, whatever it is called.
- Of the visits to come only the next one is a line: the rest would say nothing that the protocol does not.
- What was declared a mistake is in none of the lines (see `voided`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from anifro_desktop.scores.model import Tri
from anifro_desktop.study.schedule import Window, all_windows, day_zero, standings, study_day, windows
from anifro_desktop.study.visit_keys import ENROLMENT, HISTORY, is_visit
from anifro_desktop.workflows.desk import DONE
from anifro_desktop.workflows.events import EventRow, events
from anifro_desktop.workflows.gaps import Gap, gaps
from anifro_desktop.workflows.missed import noted
from anifro_desktop.workflows.model import PatientRow
from anifro_desktop.workflows.patients import patients
from anifro_desktop.workflows.signing import Change, changes_since

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import SubjectRow, VisitRow
    from anifro_desktop.workflows.site import Site

NONE, EXCUSED = "none", "excused"
_TO_SHOW = ("coming", "due", "overdue", "missed")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the course.

    state: of what there is, `draft`, `complete`, `signed` or `amending`; `none` where the history was not begun; of a
    planned visit not made, `coming`, `due`, `overdue`, `missed` or `excused`. on: its date; day: since enrolment.
    window: of a planned or optional visit. scored: whether results were kept; sledai, pred_eq, doris, lldas: these,
    None where unknown.
    """

    key: str
    state: str
    on: date | None = None
    day: int | None = None
    in_window: Tri = None
    window: Window[date] | None = None
    scored: bool = False
    sledai: float | None = None
    pred_eq: float | None = None
    doris: Tri = None
    lldas: Tri = None

    @property
    def made(self) -> bool:
        """Whether there is something to open."""
        return self.state in ("draft", *DONE)


@dataclass(frozen=True, slots=True)
class Course:
    """All that a patient's page shows. lines: by date, the patient's own forms first. events: the latest first. gap: of
    anifrolumab, if there is one to account for. changes: by key, what differs from what was signed there."""

    row: PatientRow
    lines: tuple[Line, ...]
    events: tuple[EventRow, ...]
    gap: Gap | None = None
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Missed:
    """A planned visit whose window closed without any visit in it, and that no event accounts for."""

    subject: str
    key: str
    closed: date


def course(site: Site, subject: str) -> Course:
    """The course of a patient."""
    row = patients(site, subject)[0]
    facts = site.clinical.subject(subject)
    entries = site.clinical.entries(subject)
    lines = [*_own_forms(entries), *sorted(_visits(site, facts, entries, row.ended), key=_order)]
    found = ((entry.key, changes_since(site, entry)) for entry in entries)
    changes = {key: changed for key, changed in found if changed}
    gap = next(iter(gaps(site, subject)), None)
    return Course(row, tuple(lines), tuple(events(site, subject)), gap, changes)


def missed_visits(site: Site) -> list[Missed]:
    """The visits of the whole site that were missed and not accounted for, the latest first."""
    visits: dict[str, list[VisitRow]] = {}
    for entry in site.clinical.entries():
        visits.setdefault(entry.subject, []).append(entry)
    ended = {row.subject: row.ended for row in patients(site) if row.status == "enrolled"}
    found = []
    for facts in site.clinical.subjects():
        if facts.code not in ended or facts.enrolled is None:
            continue
        entries = visits.get(facts.code, [])
        spans = windows(day_zero(facts.first_dose, facts.enrolled))
        stands = _stands(site, facts, entries, ended[facts.code])
        found += [Missed(facts.code, key, spans[key].closes) for key, state in stands if state == "missed"]
    return sorted(found, key=lambda one: (one.closed, one.subject), reverse=True)


def _own_forms(entries: Iterable[VisitRow]) -> list[Line]:
    states = {entry.key: entry.state for entry in entries}
    return [Line(key, states.get(key, NONE)) for key in (ENROLMENT, HISTORY)]


def _visits(site: Site, facts: SubjectRow, entries: Sequence[VisitRow], ended: date | None) -> Iterable[Line]:
    """Visits that there are, and planned ones that there are not."""
    held = [entry for entry in entries if entry.date is not None and is_visit(entry.key)]
    spans = all_windows(day_zero(facts.first_dose, facts.enrolled)) if facts.enrolled is not None else {}
    kept = {item.visit: item.scores for item in site.clinical.revisions(facts.code, form="visit_summary")}
    for entry in held:
        yield _held(entry, facts, spans.get(entry.key), kept.get(entry.key))
    coming = False
    for key, state in _stands(site, facts, entries, ended):
        if state != "coming" or not coming:
            yield Line(key, state, window=spans[key])
        coming = coming or state == "coming"


def _held(
    entry: VisitRow, facts: SubjectRow, span: Window[date] | None, scores: Mapping[str, Any] | None
) -> Line:
    assert entry.date is not None
    given = scores or {}
    return Line(
        entry.key,
        entry.state,
        entry.date,
        None if facts.enrolled is None else study_day(facts.enrolled, entry.date),
        None if span is None else span.holds(entry.date),
        span,
        scores is not None,
        _number(given, "sledai2k"),
        _number(given, "prednisone"),
        _tri(given, "doris"),
        _tri(given, "lldas"),
    )


def _stands(
    site: Site, facts: SubjectRow, entries: Sequence[VisitRow], ended: date | None
) -> list[tuple[str, str]]:
    """The planned visits that nobody made in their window, each with its state, in order."""
    if facts.enrolled is None or facts.status == "screening_failure":
        return []
    held = [(entry.key, entry.date) for entry in entries if entry.date is not None and is_visit(entry.key)]
    spans = windows(day_zero(facts.first_dose, facts.enrolled))
    found = standings(spans, held, site.today(), facts.enrolled, ended)
    made = {key for key, _ in held}
    open_ = [
        (key, str(one.state))
        for key, one in found.items()
        if one.state in _TO_SHOW and (one.state == "missed" or key not in made)
    ]
    if all(state != "missed" for _, state in open_):
        return open_
    excused = noted(site, facts.code)
    return [(key, EXCUSED if state == "missed" and key in excused else state) for key, state in open_]


def _order(line: Line) -> tuple[date, str]:
    on = line.on or (line.window.target if line.window is not None else date.max)
    return on, line.key


def _number(scores: Mapping[str, Any], rule: str) -> float | None:
    value = scores.get(rule, {}).get("value")
    return None if value is None or isinstance(value, bool) else float(value)


def _tri(scores: Mapping[str, Any], rule: str) -> Tri:
    value = scores.get(rule, {}).get("value")
    return value if isinstance(value, bool) else None
