"""A report that never was: tables and figures with what is awkward to set. All numbers and codes are synthetic."""

from __future__ import annotations

from anifro_desktop.centre.analysis.table import (
    Cell,
    Contents,
    Figure,
    Named,
    Point,
    Record,
    Row,
    Section,
    Series,
    Table,
    counted,
)
from anifro_desktop.forms.model import Label

LONG = Label(
    "Soggetti con remissione DORIS 2021 senza glucocorticoidi <5 mg/die & senza perdita di alcuna valutazione "
    "prevista dal protocollo",
    "Subjects in DORIS 2021 remission off glucocorticoids <5 mg/day & without a miss of any assessment that the "
    "protocol plans",
)


def same(text: str) -> Label:
    """A label that is the same in both languages."""
    return Label(text, text)


def named(name: str, it: str, en: str) -> Named:
    """A name with its words."""
    return Named(name, Label(it, en))


def limited(name: str, it: str, en: str) -> Named:
    """The name of a column that has limits."""
    return Named(name, Label(it, en), limits=True)


def behind(count: int, start: int = 0, key: str = "m06") -> Cell:
    """A count with records behind it."""
    return counted(Record("P03", f"P03-{number:04d}", key) for number in range(start, start + count))


def states() -> Table:
    """A table with shares, limits and a share of nobody."""
    columns = (
        named("met", "raggiunti", "met"),
        named("due", "dovuti", "due"),
        limited("share", "Percentuale (IC 95 %)", "Percentage (95 % CI)"),
        limited("mean", "Media", "Mean"),
        named("p", "p", "p"),
    )
    rows = (
        Row(
            (named("m06", "6 mesi", "6 months"),),
            (
                behind(31),
                behind(67),
                Cell(31 / 67, "share", 0.348, 0.581),
                Cell(-1.2345, "number", -2, 0.4),
                Cell(0.00004, "p"),
            ),
        ),
        Row(
            (Named("m12", LONG),),
            (behind(0), Cell(0), Cell(None, "share"), Cell(-0.001, "number", 1.5, None), Cell(None, "p")),
        ),
    )
    return Table(
        "doris",
        Label("Remissione DORIS", "DORIS remission"),
        (named("visit", "Visita", "Visit"),),
        columns,
        rows,
        (LONG,),
    )


def long_table() -> Table:
    """Eighty rows with two heads."""
    everybody = named("all", "Tutti", "All")
    rows = tuple(
        Row(
            (Named(f"r{n}", same(f"Term {n}")), everybody),
            (behind(n % 4, n, f"ae-{n:03d}"), Cell(n * 1.5, "days")),
        )
        for n in range(80)
    )
    heads = (named("term", "Termine", "Term"), named("group", "Gruppo", "Group"))
    columns = (named("events", "Eventi", "Events"), named("days", "Giorni", "Days"))
    title = Label("Eventi avversi per termine", "Adverse events by term")
    return Table("terms", title, heads, columns, rows)


def wide_table() -> Table:
    """Fourteen columns with limits."""
    columns = tuple(limited(f"c{n}", f"Mese {n} (IC 95 %)", f"Month {n} (95 % CI)") for n in range(14))
    row = Row((Named("all", LONG),), tuple(Cell(n / 17, "share", n / 20, n / 15) for n in range(14)))
    return Table(
        "wide", Label("Tabella larga", "Wide table"), (named("what", "Misura", "Measure"),), columns, (row,)
    )


def empty_table() -> Table:
    """A table without a row."""
    return Table(
        "empty",
        Label("Neoplasie", "Neoplasms"),
        (named("term", "Termine", "Term"),),
        (named("n", "N", "N"),),
        (),
    )


MONTHS = (0.0, 6.0, 12.0, 24.0)
X = Label("Mesi", "Months")


def curve(number: int) -> Series:
    """A curve of survival; one of them has a long name."""
    points = tuple(
        Point(x, 1 - x / (30 + 9 * number), max(0.0, 0.9 - x / 28), min(1.0, 1.03 - x / 40)) for x in MONTHS
    )
    label = LONG if number == 1 else same(f"Group {number}")
    return Series(f"s{number}", label, points, (60 - number, 40 - number, 20 - number, 3), (7.0, 13.5))


def mean(number: int) -> Series:
    """Means with limits."""
    points = tuple(Point(x, 9 - x / 4 + number, 8 - x / 4 + number, 10.5 - x / 4 + number) for x in MONTHS)
    return Series(f"m{number}", same(f"SLEDAI-2K {number}"), points, (60, 51, 40, 9))


def figures() -> tuple[Figure, ...]:
    """One of each kind."""
    bare = Series("only", same("All $x$"), (Point(6, 0.4), Point(12, 0.5, 0.2, 0.8)))
    probability, share = Label("Probabilità", "Probability"), Label("Percentuale", "Percentage")
    remission = Label("Tempo alla remissione", "Time to remission")
    activity = Label("SLEDAI-2K per visita", "SLEDAI-2K by visit")
    low = Label("LLDAS per visita", "LLDAS by visit")
    curves, means = tuple(map(curve, range(3))), tuple(map(mean, range(2)))
    return (
        Figure("km", remission, "steps", X, probability, curves, MONTHS, "doris", (LONG,)),
        Figure("means", activity, "means", X, same("SLEDAI-2K"), means, MONTHS, "terms"),
        Figure("shares", low, "shares", X, share, (bare,), MONTHS, "doris"),
    )


def synthetic() -> Contents:
    """The whole of it."""
    states_title = Label("Stati di attività", "States of activity")
    return Contents(
        facts=((named("program", "Programma", "Program"), "anifro-desktop 0.1.0"),),
        sections=(
            Section("states", states_title, (states(), wide_table()), figures(), (LONG,)),
            Section("safety", Label("Sicurezza", "Safety"), (long_table(), empty_table())),
        ),
        notes=(Label("Dati sintetici: nessun paziente.", "Synthetic data: no patient."),),
    )
