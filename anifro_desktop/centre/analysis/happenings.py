"""Events counted by kind: how many, in how many subjects, and per 100 patient-years.

Rules kept here (endpoints of the study, PROPOSED defaults of the protocol):
- Two sets, both shown: all enrolled, and of these whoever had at least one dose (`treated`).
- Counted is what began from entry into observation on, as patient-years run from there. What may have (its start is not
  known, or only to its month or year) is counted too: an event is not lost for want of a day.
- Rate: events / patient-years. EAIR: subjects with the event / their time to the first one and the others' whole time;
  where the day of a first one is not known, its earliest possible one stands.
- A subject counts once in a line, however many events it had.

EAIR as in the pooled safety of the trials: doi 10.1136/lupus-2020-000464. Exact limits: Garwood F, 1936.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anifro_desktop import forms
from anifro_desktop.centre.adverse import Adverse
from anifro_desktop.centre.analysis.limits import rate, share
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.table import Cell, Named, Row, Table, counted
from anifro_desktop.centre.exposure import DAYS_PER_YEAR
from anifro_desktop.centre.spans import Span
from anifro_desktop.forms.model import Label

SETS = (
    Named("enrolled", Label("arruolati", "enrolled")),
    Named("treated", Label("almeno una dose", "at least one dose")),
)
HEADS = (Named("set", Label("Insieme", "Set")), Named("line", Label("Eventi", "Events")))
COLUMNS = (
    Named("events", Label("eventi", "events")),
    Named("subjects", Label("soggetti", "subjects")),
    Named("of", Label("su", "of")),
    Named("share", Label("quota (IC 95 %)", "share (95 % CI)")),
    Named("years", Label("anni-paziente", "patient-years")),
    Named("rate", Label("eventi per 100 anni-paziente (IC 95 %)", "events per 100 patient-years (95 % CI)")),
    Named("eair", Label("EAIR per 100 anni-paziente (IC 95 %)", "EAIR per 100 patient-years (95 % CI)")),
)
NOTES = (
    Label(
        "Contati dall’ingresso in osservazione (giorno 0, o arruolamento per chi era già in terapia), anche se "
        "l’inizio non è noto per intero. Limiti: Wilson per le quote, esatti di Poisson per i tassi, come ci means, "
        "poisson.",
        "Counted from entry into observation (day 0, or enrolment for whoever was on the drug already), also where the "
        "start is not fully known. Limits: Wilson for shares, exact Poisson for rates, as ci means, poisson.",
    ),
    Label(
        "EAIR: soggetti con l’evento / tempo fino al primo; se il giorno non è noto, fino al primo possibile. Un "
        "soggetto conta una volta per riga.",
        "EAIR: subjects with the event / time to the first; where its day is not known, to the first it may have been. "
        "A subject counts once in a line.",
    ),
)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a subject. key: of its record. start: study days on which it may have begun. what: an
    adverse event, or the answers of its record."""

    key: str
    start: Span | None
    what: Any


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: its name, how it is called, and which happenings it counts."""

    name: str
    label: Label
    test: Callable[[Any], bool]


Of = Callable[[Person], Sequence[Happening]]


def set_of(name: str, people: Sequence[Person]) -> list[Person]:
    """The subjects of a set."""
    return [one for one in people if one.enrolled and (name == "enrolled" or one.treated)]


def table(name: str, title: Label, people: Sequence[Person], of: Of, lines: Sequence[Line]) -> Table:
    """A table of events by kind, in both sets."""
    rows = [row for which in SETS for row in _rows(which, set_of(which.name, people), of, lines)]
    return Table(name, title, HEADS, COLUMNS, tuple(rows), NOTES)


def _rows(which: Named, people: Sequence[Person], of: Of, lines: Sequence[Line]) -> Iterator[Row]:
    happened = [(one, since_entry(one, of(one))) for one in people]
    years = sum(one.exposure.years(one.exposure.entry) or 0.0 for one in people)
    for line in lines:
        found = [(one, [item for item in items if line.test(item.what)]) for one, items in happened]
        yield Row((which, Named(line.name, line.label)), _cells(found, years))


def since_entry(person: Person, happenings: Sequence[Happening]) -> list[Happening]:
    """What began, or may have begun, from entry into observation on."""
    entry = person.exposure.entry
    return [item for item in happenings if item.start is None or item.start[1] >= entry]


def _cells(found: Sequence[tuple[Person, list[Happening]]], years: float) -> tuple[Cell, ...]:
    struck = [one for one, items in found if items]
    events = counted(one.behind(item.key) for one, items in found for item in items)
    until_first = sum(_time(one, items) for one, items in found)
    return (
        events,
        counted(one.record for one in struck),
        counted(one.record for one, _ in found),
        share(len(struck), len(found)),
        Cell(years, "number"),
        rate(int(events.value or 0), years),
        rate(len(struck), until_first),
    )


def _time(person: Person, items: Sequence[Happening]) -> float:
    """Years at risk up to the first event, or the whole time."""
    treated = person.exposure
    whole = treated.years(treated.entry) or 0.0
    if not items:
        return whole
    first = min(treated.entry if item.start is None else item.start[0] for item in items)
    return min(whole, max(0.0, (first - treated.entry) / DAYS_PER_YEAR))


def adverse(person: Person) -> list[Happening]:
    """The adverse events of a subject."""
    return [Happening(one.event.key, one.start, one) for one in person.adverse]


def records(form: str) -> Of:
    """The records of another form of events, dated by their day."""

    def of(person: Person) -> list[Happening]:
        return [
            Happening(one.key, None if one.day is None else (one.day, one.day), one.answers)
            for one in person.events.get(form, ())
        ]

    return of


def answer(one: Adverse, field: str) -> Any:
    """What was answered of an adverse event; None where nothing was, or a reason stands there."""
    value = one.event.answers.get(field)
    return value if type(value) is int else None


def coded(field: str, codes: str, only: Callable[[Adverse], bool] = lambda _: True) -> list[Line]:
    """A line for each code of a field of adverse events, and one for those without."""
    found = forms.load().code_lists[codes].codes

    def test(value: int | None) -> Callable[[Adverse], bool]:
        return lambda one: only(one) and answer(one, field) == value

    lines = [Line(f"{field}_{code.value}", code.label, test(code.value)) for code in found]
    return [*lines, Line(f"{field}_unknown", UNKNOWN, test(None))]


def answers_coded(field: str, codes: str) -> list[Line]:
    """The same of records of other forms."""
    found = forms.load().code_lists[codes].codes

    def test(value: int | None) -> Callable[[Mapping[str, Any]], bool]:
        def equal(answers: Mapping[str, Any]) -> bool:
            given = answers.get(field)
            return (given if type(given) is int else None) == value

        return equal

    lines = [Line(f"{field}_{code.value}", code.label, test(code.value)) for code in found]
    return [*lines, Line(f"{field}_unknown", UNKNOWN, test(None))]


UNKNOWN = Label("Non noto", "Not known")
