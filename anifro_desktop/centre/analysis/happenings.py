"""Events counted by kind: how many, in how many subjects, and per 100 patient-years.

Rules kept here (endpoints of the study, PROPOSED defaults of the protocol):
- Two sets, both shown: all enrolled, and of these whoever had at least one dose (`treated`).
- Counted is what began between entry into observation and its end, as patient-years do. What may have (its start is not
  known, or only to its month or year) is counted too: an event is not lost for want of a day. What began before entry,
  or after death or withdrawal, is not; all of it is told with its records (`accounted`).
- Of somebody who is still followed or was lost, an event that seems to come after the last visit tells that observation
  lasted longer: it counts.
- Rate: events / patient-years. EAIR: subjects with the event / their time to the first one and the others' whole time;
  where the day of a first one is not known, its earliest possible one stands.

EAIR as in the pooled safety of the trials: doi 10.1136/lupus-2020-000464. Exact limits: Garwood F, 1936.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from anifro_desktop import forms
from anifro_desktop.centre.analysis import incidence
from anifro_desktop.centre.analysis.event_lines import Line
from anifro_desktop.centre.analysis.limits import limited, rate
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.table import Cell, Named, Row, Table, counted
from anifro_desktop.centre.exposure import DAYS_PER_YEAR, DIED, WITHDRAWN
from anifro_desktop.centre.spans import Span, span
from anifro_desktop.forms.model import Label

SETS = (
    Named("enrolled", Label("arruolati", "enrolled")),
    Named("treated", Label("almeno una dose", "at least one dose")),
)
HEADS = (Named("set", Label("Insieme", "Set")), Named("line", Label("Eventi", "Events")))
COLUMNS = (
    *incidence.COLUMNS,
    Named("eair", limited("EAIR per 100 anni-paziente", "EAIR per 100 patient-years")),
)
SETS_NOTE = Label(
    "Insiemi: arruolati; e di questi chi ha una prima dose nota. Ciò che non è noto ha una riga propria e non vale mai "
    "«no».",
    "Sets: the enrolled; and of these whoever has a known first dose. What is not known has a line of its own and is "
    "never a “no”.",
)
_RATES = Label(
    "Quota: soggetti con l’evento / soggetti dell’insieme (limiti di Wilson). Tasso: eventi / anni-paziente "
    "dall’ingresso alla fine dell’osservazione. EAIR: soggetti con l’evento / tempo fino al primo (se il giorno non è "
    "noto, al primo possibile) e tempo intero degli altri. Limiti esatti di Poisson, come ci means, poisson.",
    "Share: subjects with the event / subjects of the set (Wilson limits). Rate: events / patient-years from entry to "
    "the end of observation. EAIR: subjects with the event / time to the first (where its day is not known, to the "
    "first it may be) and the whole time of the others. Exact Poisson limits, as ci means, poisson.",
)
_LEFT_OUT = Label(
    "Le voci di un elenco senza alcun evento non sono mostrate.",
    "Entries of a list without any event are not shown.",
)

When = Literal["before", "within", "perhaps", "after"]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a subject. key: of its record. start: study days on which it may have begun. what: an
    adverse event, or the answers of its record."""

    key: str
    start: Span | None
    what: Any


@dataclass(frozen=True, slots=True)
class Followed:
    """A subject under observation: from which study day, for how many years, and what happened meanwhile."""

    person: Person
    start: int
    years: float
    happened: Sequence[Happening]


Of = Callable[[Person], Sequence[Happening]]


def set_of(name: str, people: Sequence[Person]) -> list[Person]:
    """The subjects of a set."""
    return [one for one in people if one.enrolled and (name == "enrolled" or one.treated)]


def when(person: Person, happening: Happening) -> When:
    """Whether something began before, within or after observation; `perhaps` within, where that is not known."""
    start, spent = happening.start, person.exposure
    if start is None:
        return "perhaps"
    if start[1] < spent.entry:
        return "before"
    if spent.end is None or start[1] <= spent.end:
        return "within" if start[0] >= spent.entry else "perhaps"
    return "after" if start[0] > spent.end and spent.why in (DIED, WITHDRAWN) else "perhaps"


def observed(person: Person, happenings: Sequence[Happening]) -> list[Happening]:
    """What counts: what began within observation, or may have."""
    return [item for item in happenings if when(person, item) in ("within", "perhaps")]


def table(
    name: str, title: Label, people: Sequence[Person], of: Of, lines: Sequence[Line], *notes: Label
) -> Table:
    """A table of events by kind, in both sets. notes: what is to be known beside what holds for every such table."""
    rows: list[Row] = []
    shown = lines
    for which in SETS:
        followed = [
            Followed(one, one.exposure.entry, incidence.years(one), observed(one, of(one)))
            for one in set_of(which.name, people)
        ]
        if which is SETS[0]:
            shown = occurring(lines, [item for one in followed for item in one.happened])
        rows += rows_of(which, followed, shown)
    left_out = () if len(shown) == len(lines) else (_LEFT_OUT,)
    doubts = _doubts(people, of, lines)
    return Table(name, title, HEADS, COLUMNS, tuple(rows), (*notes, *left_out, SETS_NOTE, _RATES, doubts))


def occurring(lines: Sequence[Line], happened: Sequence[Happening]) -> list[Line]:
    """The lines of a table: without those of a long list that count nothing in any set."""
    return [line for line in lines if line.always or any(line.test(item.what) for item in happened)]


def rows_of(which: Named, followed: Sequence[Followed], lines: Sequence[Line]) -> Iterator[Row]:
    """The lines of one set."""
    years = sum(one.years for one in followed)
    among = counted(one.person.record for one in followed)
    for line in lines:
        found = [(one, [item for item in one.happened if line.test(item.what)]) for one in followed]
        yield Row((which, Named(line.name, line.label)), _cells(found, among, years))


def _cells(found: Sequence[tuple[Followed, list[Happening]]], among: Cell, years: float) -> tuple[Cell, ...]:
    struck = [one.person.record for one, items in found if items]
    events = [one.person.behind(item.key) for one, items in found for item in items]
    until_first = sum(_time(one, items) for one, items in found)
    return (*incidence.incidence(events, struck, among, years), rate(len(struck), until_first))


def _time(one: Followed, items: Sequence[Happening]) -> float:
    """Years at risk up to the first event, or the whole time."""
    if not items:
        return one.years
    first = min(one.start if item.start is None else item.start[0] for item in items)
    return min(one.years, max(0.0, (first - one.start) / DAYS_PER_YEAR))


def _doubts(people: Sequence[Person], of: Of, lines: Sequence[Line]) -> Label:
    """How many events of a table are counted though it is not certain that they belong there, and how many are not."""
    found = dict.fromkeys(("perhaps", "before", "after"), 0)
    for one in set_of("enrolled", people):
        for item in of(one):
            if (place := when(one, item)) in found and any(line.test(item.what) for line in lines):
                found[place] += 1
    perhaps, before, after = found.values()
    return Label(
        f"Degli arruolati: contati benché non sia certo che siano iniziati in osservazione (data mancante o parziale) "
        f"{perhaps}; non contati, perché iniziati prima dell’ingresso {before}, dopo il decesso o la revoca {after}.",
        f"Of the enrolled: counted though it is not certain that they began under observation (date missing or "
        f"partial) {perhaps}; not counted, since they began before entry {before}, after death or withdrawal {after}.",
    )


def adverse(person: Person) -> list[Happening]:
    """The adverse events of a subject."""
    return [Happening(one.event.key, one.start, one) for one in person.adverse]


def records(form: str) -> Of:
    """The records of another form of events, by the date that the form is dated by."""
    dated = forms.load().form(form).dated

    def of(person: Person) -> list[Happening]:
        found = person.events.get(form, ())
        return [Happening(one.key, span(one.answers.get(dated)), one.answers) for one in found]

    return of
