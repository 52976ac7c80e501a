"""Measures over time: activity, patient-reported outcomes, globals, skin, joints, dose and damage, by planned visit.

Rules kept here (endpoints of the study):
- Observed values of the enrolled, nothing is filled in. A change is of those measured at baseline and at the visit.
- Skin: of those with CLASI activity of at least 1 at baseline. Joints: of those with at least one tender or swollen of
  28 (PROPOSED). Of whom that is not known is in neither, and counted apart (`open`).
- Limits of a mean change are those of Student's t, as Stata's `ci means`; quartiles as `summarize, detail`.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from anifro_desktop.centre.analysis.limits import limited, mean, quantile
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.table import (
    Cell,
    Figure,
    Named,
    Point,
    Row,
    Section,
    Series,
    Table,
    counted,
)
from anifro_desktop.forms.model import Label
from anifro_desktop.scores.model import Tri, either
from anifro_desktop.study.schedule import BASELINE, PLANNED

VISITS = {visit.key: visit.months for visit in PLANNED}


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure over time. among: of whom it is told, None of whom that is not known; who: that in words."""

    name: str
    label: Label
    among: Callable[[Person], Tri] = lambda _: True
    who: Label | None = None


def _at(person: Person, planned: str, measure: str) -> float | None:
    seen = person.at.get(planned)
    return None if seen is None else seen.values.get(measure)


def _with_skin(person: Person) -> Tri:
    return _one_or_more(person, "clasi_activity")


def _with_joints(person: Person) -> Tri:
    return either(_one_or_more(person, "tjc28"), _one_or_more(person, "sjc28"))


def _one_or_more(person: Person, measure: str) -> Tri:
    start = _at(person, BASELINE, measure)
    return None if start is None else start >= 1


_SKIN = Label("Di chi aveva CLASI-A ≥ 1 al basale.", "Of those with CLASI-A ≥ 1 at baseline.")
_JOINTS = Label(
    "Di chi aveva al basale almeno un’articolazione dolente o tumefatta.",
    "Of those with at least one tender or swollen joint at baseline.",
)
_SCALES = {
    "pf": ("attività fisica", "physical functioning"),
    "rp": ("ruolo e salute fisica", "role, physical"),
    "bp": ("dolore fisico", "bodily pain"),
    "gh": ("salute in generale", "general health"),
    "vt": ("vitalità", "vitality"),
    "sf": ("attività sociali", "social functioning"),
    "re": ("ruolo e stato emotivo", "role, emotional"),
    "mh": ("salute mentale", "mental health"),
}
_SECTIONS: Mapping[str, tuple[Label, tuple[Measure, ...]]] = {
    "activity": (
        Label("Attività di malattia nel tempo", "Disease activity over time"),
        (
            Measure("sledai2k", Label("SLEDAI-2K", "SLEDAI-2K")),
            Measure("sledai2k_clin", Label("SLEDAI-2K clinico", "Clinical SLEDAI-2K")),
            Measure("sledas", Label("SLE-DAS", "SLE-DAS")),
            Measure(
                "phga",
                Label(
                    "Valutazione globale del medico (PhGA, 0-3)", "Physician’s global assessment (PhGA, 0-3)"
                ),
            ),
            Measure("clasi_activity", Label("CLASI, attività", "CLASI activity"), _with_skin, _SKIN),
            Measure("clasi_damage", Label("CLASI, danno", "CLASI damage"), _with_skin, _SKIN),
            Measure(
                "tjc28", Label("Articolazioni dolenti (28)", "Tender joints (28)"), _with_joints, _JOINTS
            ),
            Measure(
                "sjc28", Label("Articolazioni tumefatte (28)", "Swollen joints (28)"), _with_joints, _JOINTS
            ),
            Measure("pred_eq", Label("Prednisone equivalente (mg/die)", "Prednisone equivalent (mg/day)")),
            Measure("sdi", Label("SDI", "SDI")),
        ),
    ),
    "reported": (
        Label("Esiti riferiti dai pazienti", "Patient-reported outcomes"),
        (
            Measure(
                "ptga",
                Label("Valutazione globale del paziente (0-100)", "Patient’s global assessment (0-100)"),
            ),
            Measure("pain", Label("Dolore (0-100)", "Pain (0-100)")),
            Measure("fatigue", Label("Fatica (0-100)", "Fatigue (0-100)")),
            Measure("facit_fatigue", Label("FACIT-Fatigue (0-52)", "FACIT-Fatigue (0-52)")),
            Measure("eq5d_index", Label("EQ-5D-5L, indice", "EQ-5D-5L index")),
            Measure("eq_vas", Label("EQ-5D-5L, scala visiva", "EQ-5D-5L visual scale")),
            Measure("sf36_pcs", Label("SF-36, PCS", "SF-36 PCS")),
            Measure("sf36_mcs", Label("SF-36, MCS", "SF-36 MCS")),
            *(
                Measure(f"sf36_{scale}", Label(f"SF-36, {it}", f"SF-36, {en}"))
                for scale, (it, en) in _SCALES.items()
            ),
        ),
    ),
}
_COLUMNS = (
    Named("n", Label("n", "n")),
    Named("mean", Label("media", "mean"), limits=True),
    Named("sd", Label("DS", "SD")),
    Named("q1", Label("Q1", "Q1")),
    Named("median", Label("mediana", "median")),
    Named("q3", Label("Q3", "Q3")),
    Named("pairs", Label("n con basale", "n with baseline")),
    Named("change", limited("variazione media", "mean change"), limits=True),
    Named("change_median", Label("variazione mediana", "median change")),
)
_OPEN = Named("open", Label("basale non noto", "baseline unknown"))
_NOTE = Label(
    "Arruolati, valori osservati: nulla è sostituito; conta anche la visita fatta in una finestra non ancora chiusa, "
    "che negli stati non è ancora dovuta. Con pochi soggetti i limiti sono molto larghi. Variazione dal basale di chi "
    "ha entrambi i valori; limiti della t di Student (ci means); quartili di summarize, detail.",
    "The enrolled, observed values: nothing is filled in; a visit made in a window that has not closed yet counts too, "
    "though for states it is not due yet. With few subjects limits are very wide. Change from baseline of those who "
    "have both; limits of Student’s t (ci means); quartiles of summarize, detail.",
)


def activity(people: Sequence[Person]) -> Section:
    """Activity, globals of the physician, skin, joints, dose and damage."""
    return _section("activity", people)


def reported(people: Sequence[Person]) -> Section:
    """What patients report."""
    return _section("reported", people)


def _section(name: str, people: Sequence[Person]) -> Section:
    title, measures = _SECTIONS[name]
    enrolled = [one for one in people if one.enrolled]
    tables = tuple(_table(measure, enrolled) for measure in measures)
    return Section(name, title, tables, tuple(_figure(table) for table in tables))


def _table(measure: Measure, enrolled: Sequence[Person]) -> Table:
    some = [one for one in enrolled if measure.among(one)]
    undecided = tuple(one for one in enrolled if measure.among(one) is None)
    rows = []
    for planned in VISITS:
        label = (
            Label("Basale", "Baseline") if planned == BASELINE else Label(planned.upper(), planned.upper())
        )
        unknown = (counted(one.record for one in undecided if planned in one.due),) if measure.who else ()
        rows.append(Row((Named(planned, label),), (*_cells(measure.name, planned, some), *unknown)))
    columns = (*_COLUMNS, _OPEN) if measure.who else _COLUMNS
    notes = (*((measure.who,) if measure.who is not None else ()), _NOTE)
    head = Named("visit", Label("Visita", "Visit"))
    return Table(f"over_time_{measure.name}", measure.label, (head,), columns, tuple(rows), notes)


def _cells(measure: str, planned: str, some: Sequence[Person]) -> tuple[Cell, ...]:
    known = [(one, value) for one in some if (value := _at(one, planned, measure)) is not None]
    starts = [(one, value, _at(one, BASELINE, measure)) for one, value in known]
    pairs = [(one, value - start) for one, value, start in starts if start is not None]
    if planned == BASELINE:
        pairs = []
    values = sorted(value for _, value in known)
    moved = sorted(change for _, change in pairs)
    spread = statistics.stdev(values) if len(values) > 1 else None
    quartiles = [quantile(values, part) if values else None for part in (0.25, 0.5, 0.75)]
    return (
        counted(one.behind(one.at[planned].key) for one, _ in known),
        mean(values),
        Cell(spread, "number"),
        *(Cell(value, "number") for value in quartiles),
        counted(one.behind(one.at[planned].key) for one, _ in pairs),
        mean(moved),
        Cell(quantile(moved, 0.5) if moved else None, "number"),
    )


def _figure(table: Table) -> Figure:
    """The means with their limits, those measured under them."""
    marks = tuple(float(months) for months in VISITS.values())
    points = tuple(
        Point(x, cell.value, cell.low, cell.high)
        for x, row in zip(marks, table.rows, strict=True)
        if (cell := row.cells[1]).value is not None
    )
    measured = tuple(int(row.cells[0].value or 0) for row in table.rows)
    series = Series("mean", limited("media", "mean"), points, measured)
    months = Label("Mesi", "Months")
    return Figure(
        f"{table.name}_figure", table.title, "means", months, table.title, (series,), marks, table.name
    )
