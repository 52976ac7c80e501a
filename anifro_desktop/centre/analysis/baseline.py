"""What the enrolled were like at baseline: measures, and classes.

A characteristic is told of those of whom it is known, and their number stands beside it. Quartiles are Stata's
(`summarize, detail`): the mean of the two values around a position that falls between them.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

from anifro_desktop.centre import carried
from anifro_desktop.centre.analysis.limits import plain_share, quantile
from anifro_desktop.centre.analysis.organs import SYSTEMS
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.table import Cell, Named, Row, Section, Table, counted
from anifro_desktop.centre.predictors import duration
from anifro_desktop.forms.model import Label
from anifro_desktop.scores.model import Tri

ANTIMALARIALS = ("hydroxychloroquine", "chloroquine", "mepacrine")
IMMUNOSUPPRESSANTS = (
    "methotrexate", "azathioprine", "mycophenolate_mofetil", "mycophenolic_acid", "leflunomide", "ciclosporin",
    "tacrolimus", "voclosporin", "cyclophosphamide",
)  # fmt: skip
FEMALE = 1  # code of `sex`
HIGH_SLEDAI = 10  # the trials' threshold of high activity (TULIP-1, TULIP-2)


_N = Named("n", Label("n", "n"))
_SHARE = Named("share", Label("quota", "share"))

Known = Callable[[Person], Tri]
Measure = Callable[[Person], float | None]


def baseline(people: Sequence[Person]) -> Section:
    """What the enrolled were like at baseline."""
    enrolled = [one for one in people if one.enrolled]
    return Section(
        "baseline",
        Label("Caratteristiche al basale", "Baseline characteristics"),
        (_numbers(enrolled), _classes(enrolled)),
    )


_MEASURES: Sequence[tuple[str, Label, Measure]] = (
    ("age", Label("Età (anni)", "Age (years)"), lambda one: _whole(one, "age_at_enrolment")),
    ("duration", Label("Durata di malattia (anni)", "Disease duration (years)"), lambda one: duration(one.answers)),
    *(
        (name, Label(it, en), lambda one, name=name: _at_start(one, name))
        for name, it, en in (
            ("sledai2k", "SLEDAI-2K", "SLEDAI-2K"),
            ("sledai2k_clin", "SLEDAI-2K clinico", "Clinical SLEDAI-2K"),
            ("sledas", "SLE-DAS", "SLE-DAS"),
            ("phga", "Valutazione globale del medico (PhGA, 0-3)", "Physician’s global assessment (PhGA, 0-3)"),
            ("ptga", "Valutazione globale del paziente (0-100)", "Patient’s global assessment (0-100)"),
            ("clasi_activity", "CLASI, attività", "CLASI activity"),
            ("tjc28", "Articolazioni dolenti (28)", "Tender joints (28)"),
            ("sjc28", "Articolazioni tumefatte (28)", "Swollen joints (28)"),
            ("sdi", "SDI", "SDI"),
            ("pred_eq", "Prednisone equivalente (mg/die)", "Prednisone equivalent (mg/day)"),
            ("facit_fatigue", "FACIT-Fatigue", "FACIT-Fatigue"),
            ("eq5d_index", "EQ-5D-5L, indice", "EQ-5D-5L index"),
            ("sf36_pcs", "SF-36, PCS", "SF-36 PCS"),
            ("sf36_mcs", "SF-36, MCS", "SF-36 MCS"),
        )
    ),
)  # fmt: skip


def _numbers(enrolled: Sequence[Person]) -> Table:
    rows = []
    for name, label, measure in _MEASURES:
        known = [(one, value) for one in enrolled if (value := measure(one)) is not None]
        values = sorted(value for _, value in known)
        cells = (counted(one.record for one, _ in known), *map(_number, _summary(values)))
        rows.append(Row((Named(name, label),), cells))
    columns = (
        Named("n", Label("noti", "known")),
        Named("mean", Label("media", "mean")),
        Named("sd", Label("DS", "SD")),
        Named("q1", Label("Q1", "Q1")),
        Named("median", Label("mediana", "median")),
        Named("q3", Label("Q3", "Q3")),
        Named("least", Label("minimo", "minimum")),
        Named("greatest", Label("massimo", "maximum")),
    )
    notes = (
        Label(
            "Arruolati; valori della visita che vale come basale. Quartili di Stata (summarize, detail). Una durata "
            "nota al mese o all’anno conta dal suo mezzo; 90 anni e più sono raggruppati dal centro clinico.",
            "The enrolled; values of the visit that serves baseline. Stata’s quartiles (summarize, detail). A duration "
            "known to its month or year counts from its middle; 90 years and over are grouped by the site.",
        ),
    )
    title = Label("Misure al basale", "Measures at baseline")
    return Table(
        "baseline_measures",
        title,
        (Named("measure", Label("Misura", "Measure")),),
        columns,
        tuple(rows),
        notes,
    )


def _summary(values: Sequence[float]) -> tuple[float | None, ...]:
    """Mean, SD, quartiles, least and greatest of sorted values."""
    if not values:
        return (None,) * 7
    spread = statistics.stdev(values) if len(values) > 1 else None
    quartiles = [quantile(values, part) for part in (0.25, 0.5, 0.75)]
    return (statistics.fmean(values), spread, *quartiles, values[0], values[-1])


def _classes(enrolled: Sequence[Person]) -> Table:
    rows = []
    for name, label, test in _CLASSES:
        known = [(one, state) for one in enrolled if (state := test(one)) is not None]
        met = [one for one, state in known if state]
        cells = (
            counted(one.record for one in met),
            counted(one.record for one, _ in known),
            plain_share(len(met), len(known)),
        )
        rows.append(Row((Named(name, label),), cells))
    columns = (_N, Named("known", Label("noti", "known")), _SHARE)
    note = Label(
        "Arruolati; quota di coloro di cui è noto. Un apparato è attivo se lo è un suo descrittore dello SLEDAI-2K.",
        "The enrolled; share of those of whom it is known. A system is active if one of its SLEDAI-2K descriptors is.",
    )
    title = Label("Classi al basale", "Classes at baseline")
    head = Named("class", Label("Caratteristica", "Characteristic"))
    return Table("baseline_classes", title, (head,), columns, tuple(rows), (note,))


def _organ(system: str) -> Known:
    return lambda one: one.organs.get(system)


_CLASSES: Sequence[tuple[str, Label, Known]] = (
    ("female", Label("Donne", "Women"), lambda one: _is(one, "sex", FEMALE)),
    *(
        (name, Label(f"Criteri {words}", f"{words} criteria"), lambda one, name=name: _classified(one, name))
        for name, words in (("acr1997", "ACR 1997"), ("slicc2012", "SLICC 2012"), ("eular2019", "EULAR/ACR 2019"))
    ),
    ("sledai_10", Label("SLEDAI-2K ≥ 10", "SLEDAI-2K ≥ 10"), lambda one: _at_least(one, "sledai2k", HIGH_SLEDAI)),
    *(
        (f"sledas_{name}", Label(f"SLE-DAS: {it}", f"SLE-DAS: {en}"), lambda one, name=name: _category(one, name))
        for name, it, en in (
            ("remission_range", "intervallo di remissione", "remission range"),
            ("mild", "attività lieve", "mild activity"),
            ("moderate_severe", "attività moderata o grave", "moderate to severe activity"),
        )
    ),
    *(
        (f"organ_{name}", Label(f"Attivo: {words.it}", f"Active: {words.en}"), _organ(name))
        for name, (words, _) in SYSTEMS.items()
    ),
    ("glucocorticoid", Label("In glucocorticoide", "On glucocorticoid"), lambda one: _above(one, "pred_eq", 0)),
    ("antimalarial", Label("In antimalarico", "On an antimalarial"), lambda one: _any(one, ANTIMALARIALS)),
    (
        "immunosuppressant",
        Label("In immunosoppressore", "On an immunosuppressant"),
        lambda one: _any(one, IMMUNOSUPPRESSANTS),
    ),
    ("damage", Label("Danno (SDI > 0)", "Damage (SDI > 0)"), lambda one: _above(one, "sdi", 0)),
)  # fmt: skip


def _number(value: float | None) -> Cell:
    return Cell(value, "number")


def _whole(person: Person, field: str) -> float | None:
    value = person.answers.get(field)
    return float(value) if type(value) is int else None


def _at_start(person: Person, measure: str) -> float | None:
    return None if person.baseline is None else person.baseline.values.get(measure)


def _is(person: Person, field: str, code: int) -> Tri:
    value = person.answers.get(field)
    return value == code if type(value) is int else None


def _at_least(person: Person, measure: str, least: float) -> Tri:
    value = _at_start(person, measure)
    return None if value is None else value >= least


def _above(person: Person, measure: str, bound: float) -> Tri:
    value = _at_start(person, measure)
    return None if value is None else value > bound


def _category(person: Person, name: str) -> Tri:
    return None if person.category is None else person.category == name


def _any(person: Person, drugs: Sequence[str]) -> Tri:
    taken = [person.drugs.get(drug) for drug in drugs]
    return True if True in taken else None if None in taken else False


def _classified(person: Person, rule: str) -> Tri:
    return carried.state(person.results, rule)
