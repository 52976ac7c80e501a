"""The table and the figure of one time to an event: a line for each way to analyse it, the same columns for all.

Whoever is enrolled stands in exactly one column: left out (by reason), with the event, or censored. Of curves the
figure has those with delayed entry that the endpoint names; numbers at risk stand under the planned months.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anifro_desktop.centre.analysis.person import DAYS_PER_MONTH, Person
from anifro_desktop.centre.analysis.spells import Left, Reading, Timed, timed
from anifro_desktop.centre.analysis.survival import Curve, kaplan_meier
from anifro_desktop.centre.analysis.table import Cell, Figure, Named, Point, Row, Series, Table, counted
from anifro_desktop.centre.exposure import DAYS_PER_YEAR
from anifro_desktop.forms.model import Label
from anifro_desktop.study.schedule import PLANNED

MONTHS = tuple(visit.months for visit in PLANNED if visit.months > 0)
LEFT: tuple[Left, ...] = ("untreated", "not_evaluable", "unsettled", "no_time")

_ANALYSIS = Named("analysis", Label("Analisi", "Analysis"))
_COUNTS = (
    Named("enrolled", Label("Arruolati", "Enrolled")),
    Named("untreated", Label("Esclusi: prima dose non nota", "Excluded: no known dose")),
    Named("not_evaluable", Label("Esclusi: non valutabili", "Excluded: not evaluable")),
    Named("unsettled", Label("Esclusi: evento o giorno non noto", "Excluded: event or day unknown")),
    Named("no_time", Label("Esclusi: nessun tempo a rischio", "Excluded: no time at risk")),
    Named("analysed", Label("Analizzati", "Analysed")),
    Named("events", Label("Eventi", "Events")),
    Named("censored", Label("Censurati", "Censored")),
    Named("years", Label("Anni-paziente a rischio", "Patient-years at risk")),
    Named("median", Label("Mediana (giorni)", "Median (days)")),
)
_X = Label("Mesi dalla prima dose", "Months from the first dose")

CONVENTIONS = (
    Label(
        "Insieme: soggetti arruolati; il tempo decorre dal giorno 0 (prima dose), perciò chi non ha una dose nota è "
        "escluso e contato. Ogni arruolato sta in una sola colonna: escluso, con evento o censurato.",
        "Set: subjects enrolled; time runs from day 0 (first dose), so whoever has no known dose is excluded and "
        "counted. Each one enrolled stands in one column only: excluded, with the event, or censored.",
    ),
    Label(
        "Ingresso ritardato: chi era già in terapia è a rischio dall’arruolamento. L’analisi dal giorno 0 (ingenua) "
        "conta anche il tempo precedente, nel quale chi aveva già interrotto o avuto l’evento non poteva essere "
        "arruolato: può risultare troppo favorevole.",
        "Delayed entry: whoever was on the drug already is at risk from enrolment on. The analysis from day 0 (naive) "
        "counts the time before it too, in which nobody who had stopped or had the event could be enrolled: it may "
        "look too favourable.",
    ),
    Label(
        "Lettura definita: solo chi ha evento e giorno certi. Lettura osservata: passa sopra ciò che non si può "
        "giudicare o datare. Ciò che non è noto non vale mai «no»: le due letture vanno lette insieme.",
        "Settled reading: only those whose event and day are certain. Observed reading: passes over what cannot be "
        "judged or dated. Unknown never counts as \"no\": the two readings belong together.",
    ),
    Label(
        "Kaplan-Meier; nello stesso giorno gli eventi precedono le censure; a rischio dal giorno dopo l’ingresso. Chi "
        "esce il giorno dell’ingresso non ha tempo a rischio, come in stset. Limiti al 95\u00a0% di log(−log S), come "
        "sts list; non esistono dove S è 0 o 1. Mediana: primo giorno con S ≤ 0,5; limiti come stci.",
        "Kaplan-Meier; on the same day events come before censorings; at risk from the day after entry. Whoever leaves "
        "on the day of entry has no time at risk, as in stset. 95\u00a0% limits of log(−log S), as sts list; there are "
        "none where S is 0 or 1. Median: first day with S ≤ 0.5; limits as stci.",
    ),
    Label(
        "Mesi di 30,4375 giorni. A un mese oltre l’ultimo soggetto seguito, o prima del primo ingresso, non c’è stima.",
        "Months of 30.4375 days. There is no estimate at a month after the last subject followed, or before the first "
        "entry.",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Analysis:
    """One way to analyse a time. drawn: whether the figure has its curve."""

    name: str
    label: Label
    reading: Reading
    delayed: bool = True
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A time to an event. shown: what a share says; rising: that it is 1 - S, the share with the event by then."""

    name: str
    title: Label
    shown: Label
    analyses: tuple[Analysis, ...]
    rising: bool = False
    notes: tuple[Label, ...] = ()


def table_and_figure(endpoint: Endpoint, people: Sequence[Person]) -> tuple[Table, Figure]:
    """The numbers and the curves of one endpoint, of the enrolled among some people.

    Raises:
        LibraryMissing: statsmodels is not installed.
    """
    enrolled = [person for person in people if person.enrolled is True]
    held = [(one, _all(one, enrolled)) for one in endpoint.analyses]
    curves = [kaplan_meier([at.spell for at in everybody if at.spell]) for _, everybody in held]
    rows = tuple(
        _row(Named(one.name, one.label), everybody, curve, endpoint)
        for (one, everybody), curve in zip(held, curves, strict=True)
    )
    emptied = _emptied(endpoint, curves)
    notes = (*endpoint.notes, *CONVENTIONS, *emptied)
    table = Table(endpoint.name, endpoint.title, (_ANALYSIS,), (*_COUNTS, *_months(endpoint)), rows, notes)
    drawn = tuple(
        _series(one, curve, endpoint.rising)
        for one, curve in zip(endpoint.analyses, curves, strict=True)
        if one.drawn
    )
    marks = tuple(float(month) for month in (0, *MONTHS))
    name = f"{endpoint.name}_curve"
    return table, Figure(
        name, endpoint.title, "steps", _X, endpoint.shown, drawn, marks, table.name, tuple(emptied)
    )


def by_group(
    endpoint: Endpoint, groups: Sequence[tuple[Named, Sequence[Person]]], name: str, title: Label
) -> Table:
    """The first analysis of an endpoint, a line for each group of those enrolled.

    Raises:
        LibraryMissing: statsmodels is not installed.
    """
    (analysis, *_) = endpoint.analyses
    rows = []
    for group, some in groups:
        everybody = _all(analysis, some)
        curve = kaplan_meier([at.spell for at in everybody if at.spell])
        rows.append(_row(group, everybody, curve, endpoint))
    columns = (*_COUNTS, *_months(endpoint))
    which, of = analysis.label, endpoint.title
    as_there = Label(
        f"Come la prima analisi di «{of.it}»: {which.it[0].lower()}{which.it[1:]}.",
        f"As the first analysis of “{of.en}”: {which.en[0].lower()}{which.en[1:]}.",
    )
    return Table(name, title, (Named("group", Label("Gruppo", "Group")),), columns, tuple(rows), (as_there,))


def _row(head: Named, everybody: Sequence[Timed], curve: Curve, endpoint: Endpoint) -> Row:
    return Row((head,), (*_counts(everybody), *_estimates(curve, endpoint.rising)))


def _all(one: Analysis, people: Sequence[Person]) -> list[Timed]:
    return [timed(person, one.reading, one.delayed) for person in people]


def _counts(everybody: Sequence[Timed]) -> Iterator[Cell]:
    """Everybody, those left out by reason, those in the analysis, by what became of them."""
    yield counted(one.person.record for one in everybody)
    for reason in LEFT:
        yield counted(one.person.record for one in everybody if one.left == reason)
    inside = [(one, one.spell) for one in everybody if one.spell is not None]
    yield counted(one.person.record for one, _ in inside)
    yield counted(one.behind for one, spell in inside if spell.event)
    yield counted(one.person.record for one, spell in inside if not spell.event)
    yield Cell(sum(spell.exit - spell.entry for _, spell in inside) / DAYS_PER_YEAR, "number")


def _estimates(curve: Curve, rising: bool) -> Iterator[Cell]:
    yield curve.median
    for month in MONTHS:
        cell = curve.survival(month * DAYS_PER_MONTH)
        yield Cell(_turned(cell.value), "share", _turned(cell.high), _turned(cell.low)) if rising else cell


def _turned(share: float | None) -> float | None:
    """The share with the event, of that without."""
    return None if share is None else 1 - share


def _months(endpoint: Endpoint) -> Iterator[Named]:
    for month in MONTHS:
        shown = endpoint.shown
        yield Named(f"m{month:02d}", Label(f"{shown.it} a {month} mesi", f"{shown.en} at {month} months"))


def _series(one: Analysis, curve: Curve, rising: bool) -> Series:
    """A curve in months, from the first entry to the last exit."""
    points: list[Point] = []
    if curve.exits:
        start, end = curve.entries[0], curve.exits[-1]
        points.append(Point(start / DAYS_PER_MONTH, 0.0 if rising else 1.0))
        for step in curve.steps:
            y, low, high = step.survival, step.low, step.high
            if rising:
                y, low, high = 1 - y, _turned(step.high), _turned(step.low)
            points.append(Point(step.time / DAYS_PER_MONTH, y, low, high))
        last = points[-1]
        if end / DAYS_PER_MONTH > last.x:
            points.append(Point(end / DAYS_PER_MONTH, last.y, last.low, last.high))
    return Series(
        one.name,
        one.label,
        tuple(points),
        tuple(curve.at_risk(month * DAYS_PER_MONTH) for month in (0, *MONTHS)),
        tuple(day / DAYS_PER_MONTH for day in curve.censored),
    )


def _emptied(endpoint: Endpoint, curves: Sequence[Curve]) -> list[Label]:
    """A warning for each curve that came down to nothing while few were at risk."""
    found = []
    for one, curve in zip(endpoint.analyses, curves, strict=True):
        if (step := curve.emptied) is not None:
            day, risk = f"{step.time:g}", step.at_risk
            found.append(
                Label(
                    f"{one.label.it}: il giorno {day} tutti i soggetti a rischio ({risk}) hanno avuto l’evento; la "
                    "curva resta lì, anche se altri entrano dopo. Con così pochi a rischio non è una stima utile.",
                    f"{one.label.en}: on day {day} all subjects at risk ({risk}) had the event; the curve stays there "
                    "although others enter later. With so few at risk it is no useful estimate.",
                )
            )
    return found
