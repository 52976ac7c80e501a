"""Flares by severity: how many, in how many of the enrolled, and per 100 patient-years; and by year of follow-up.

Rules kept here (Petri M et al., Lupus 1999;8:685-91; the study's variant and its 30 days of separation are PROPOSED):
- A flare counts once, at its highest class, between entry and the end of observation. An assessment whose class is open
  counts with the class that is certain; how many are open is told (`open`).
- Patient-years from entry into observation (delayed entry), and beside them from day 0 (naive), in which nobody who was
  enrolled later could be seen to flare.
- A year of follow-up is counted from entry: the first is days 0 to 365.
"""

from __future__ import annotations

from collections.abc import Sequence

from anifro_desktop.centre.analysis.incidence import COLUMNS, incidence, years
from anifro_desktop.centre.analysis.limits import limited, rate
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.table import Cell, Named, Row, Section, Table, counted
from anifro_desktop.centre.exposure import DAYS_PER_YEAR
from anifro_desktop.forms.model import Label
from anifro_desktop.scores.sfi import MILD_MODERATE, SEVERE

YEARS = 5  # of the study
_CLASSES = {
    "any": (Label("Tutte", "All"), (MILD_MODERATE, SEVERE)),
    MILD_MODERATE: (Label("Lievi o moderate", "Mild or moderate"), (MILD_MODERATE,)),
    SEVERE: (Label("Gravi", "Severe"), (SEVERE,)),
}
_NAIVE = (
    Named("years_naive", Label("anni-paziente dal giorno 0", "patient-years from day 0")),
    Named(
        "rate_naive",
        limited("per 100 anni-paziente dal giorno 0", "per 100 patient-years from day 0"),
        limits=True,
    ),
)
_NOTE = Label(
    "Arruolati; SFI nella variante dello studio, una riacutizzazione ogni 30 giorni al più, alla classe più alta. "
    "Limiti: Wilson per la quota, esatti di Poisson per il tasso, come ci means, poisson. Una valutazione di classe "
    "non nota conta con la classe certa.",
    "The enrolled; SFI in the study’s variant, one flare in 30 days at most, at its highest class. Limits: Wilson for "
    "the share, exact Poisson for the rate, as ci means, poisson. An assessment whose class is open counts with the "
    "class that is certain.",
)


def flares(people: Sequence[Person]) -> Section:
    """Incidence of flares."""
    enrolled = [one for one in people if one.enrolled]
    open_ones = sum(one.enrolled is None for one in people)
    left = Label(
        f"Soggetti di arruolamento non noto, lasciati fuori: {open_ones}.",
        f"Subjects whose enrolment is not known, left out: {open_ones}.",
    )
    tables = (_overall(enrolled, left), _by_year(enrolled, left))
    return Section("flares", Label("Riacutizzazioni", "Flares"), tables)


def _overall(enrolled: Sequence[Person], left: Label) -> Table:
    whole = sum(map(years, enrolled))
    naive = sum(one.exposure.years(one.exposure.day0) or 0.0 for one in enrolled)
    rows = []
    for name, (label, classes) in _CLASSES.items():
        cells = _cells([(one, _of(one, classes)) for one in enrolled], whole)
        events = int(cells[0].value or 0)
        rows.append(Row((Named(name, label),), (*cells, Cell(naive, "number"), rate(events, naive))))
    title = Label("Riacutizzazioni per gravità", "Flares by severity")
    head = Named("severity", Label("Gravità", "Severity"))
    count = sum(one.open_flares for one in enrolled)
    open_ones = Label(
        f"Valutazioni di classe non nota: {count}.", f"Assessments whose class is not known: {count}."
    )
    return Table("flares", title, (head,), (*COLUMNS, *_NAIVE), tuple(rows), (_NOTE, open_ones, left))


def _by_year(enrolled: Sequence[Person], left: Label) -> Table:
    rows = []
    for year in range(1, YEARS + 1):
        among = [(one, days) for one in enrolled if (days := _days_in(one, year)) is not None]
        for name, (label, classes) in _CLASSES.items():
            found = [(one, [day for day in _of(one, classes) if _year(one, day) == year]) for one, _ in among]
            cells = _cells(found, sum(days for _, days in among) / DAYS_PER_YEAR)
            head = Named(f"year{year}", Label(f"anno {year}", f"year {year}"))
            rows.append(Row((head, Named(name, label)), cells))
    heads = (Named("year", Label("Anno", "Year")), Named("severity", Label("Gravità", "Severity")))
    title = Label("Riacutizzazioni per anno di osservazione", "Flares by year of follow-up")
    return Table("flares_by_year", title, heads, COLUMNS, tuple(rows), (_NOTE, left))


def _cells(found: Sequence[tuple[Person, list[int]]], whole: float) -> tuple[Cell, ...]:
    events = (one.record for one, days in found for _ in days)
    struck = (one.record for one, days in found if days)
    return incidence(events, struck, counted(one.record for one, _ in found), whole)


def _of(person: Person, classes: Sequence[str]) -> list[int]:
    """Study days of the flares of some classes."""
    return [flare.onset for flare in person.flares if flare.flare in classes]


def _year(person: Person, day: int) -> int:
    """The year of follow-up of a study day; the last one of all takes what lies beyond."""
    return min(YEARS, int((day - person.exposure.entry) / DAYS_PER_YEAR) + 1)


def _days_in(person: Person, year: int) -> float | None:
    """Days observed in a year of follow-up; None for whoever was not followed into it."""
    end = person.exposure.end
    if end is None or end < person.exposure.entry:
        return None
    whole = end - person.exposure.entry
    before = (year - 1) * DAYS_PER_YEAR
    if whole < before:
        return None
    return whole - before if year == YEARS else min(whole - before, DAYS_PER_YEAR)
