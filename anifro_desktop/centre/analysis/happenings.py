"""Events counted by kind: how many, in how many subjects, and per 100 patient-years.

Rules kept here (endpoints of the study, PROPOSED defaults of the protocol):
- Two sets, both shown: all enrolled, and of these whoever had at least one dose (`treated`).
- Counted is what began within observation, or may have (`centre.observing`); all else is told with its records
  (`accounted`).
- Rate: events / patient-years. EAIR: subjects with the event / their time to the first one and the others' whole time;
  where the day of a first one is not known, its earliest possible one stands.

EAIR as in the pooled safety of the trials: doi 10.1136/lupus-2020-000464. Exact limits: Garwood F, 1936.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from anifro_desktop import forms
from anifro_desktop.centre import observing
from anifro_desktop.centre.analysis import incidence
from anifro_desktop.centre.analysis.event_lines import Line
from anifro_desktop.centre.analysis.limits import limited, rate
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.table import Named, Row, Table, counted
from anifro_desktop.centre.exposure import DAYS_PER_YEAR
from anifro_desktop.centre.observing import When
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
    "dall’ingresso alla fine dell’osservazione. EAIR (incidenza aggiustata per l’esposizione): soggetti con l’evento / "
    "tempo fino al primo (se il giorno non è noto, al primo possibile) e tempo intero degli altri. Limiti esatti di "
    "Poisson, come ci means, poisson.",
    "Share: subjects with the event / subjects of the set (Wilson limits). Rate: events / patient-years from entry to "
    "the end of observation. EAIR (exposure-adjusted incidence): subjects with the event / time to the first (where "
    "its day is not known, to the first it may be) and the whole time of the others. Exact Poisson limits, as ci "
    "means, poisson.",
)
_LEFT_OUT = Label(
    "Le voci di un elenco senza alcun evento non sono mostrate qui; sono nel CSV.",
    "Entries of a list without any event are not shown here; they are in the CSV.",
)


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
    return observing.when(person.exposure, happening.start)


def observed(person: Person, happenings: Sequence[Happening]) -> list[Happening]:
    """What counts: what began within observation, or may have."""
    return [item for item in happenings if when(person, item) in observing.COUNTED]


def table(
    name: str, title: Label, people: Sequence[Person], of: Of, lines: Sequence[Line], *notes: Label
) -> Table:
    """A table of events by kind, in both sets. notes: what is to be known beside what holds for every such table."""
    followed = [
        (which, [_followed(one, observed(one, of(one))) for one in set_of(which.name, people)])
        for which in SETS
    ]
    happened = [item.what for one in followed[0][1] for item in one.happened]
    quiet = {line.name for line in lines if not line.always and not any(map(line.test, happened))}
    rows = (row for which, some in followed for row in rows_of(which, some, lines))
    told = tuple(replace(row, quiet=row.heads[1].name in quiet) for row in rows)
    left_out = (_LEFT_OUT,) if quiet else ()
    doubts = _doubts(people, of, lines)
    return Table(name, title, HEADS, COLUMNS, told, (*notes, *left_out, SETS_NOTE, _RATES, doubts))


def _followed(person: Person, happened: Sequence[Happening]) -> Followed:
    return Followed(person, person.exposure.entry, incidence.years(person), happened)


def rows_of(which: Named, followed: Sequence[Followed], lines: Sequence[Line]) -> Iterator[Row]:
    """The lines of one set."""
    years = [one.years for one in followed]
    among = counted(one.person.record for one in followed)
    happened = [(place, item) for place, one in enumerate(followed) for item in one.happened]
    for line in lines:
        found: dict[int, list[Happening]] = {}
        for place, item in happened:
            if line.test(item.what):
                found.setdefault(place, []).append(item)
        first = {place: _time(followed[place], items) for place, items in found.items()}
        until_first = sum(first.get(place, whole) for place, whole in enumerate(years))
        cells = incidence.incidence(
            (followed[place].person.behind(item.key) for place, items in found.items() for item in items),
            (followed[place].person.record for place in found),
            among,
            sum(years),
        )
        yield Row((which, Named(line.name, line.label)), (*cells, rate(len(found), until_first)))


def _time(one: Followed, items: Sequence[Happening]) -> float:
    """Years at risk up to the first of some events."""
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
