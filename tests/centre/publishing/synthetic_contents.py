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


def behind(count: int, start: int = 0, key: str = "m06") -> Cell:
    """A count with records behind it."""
    return counted(Record("P03", f"P03-{number:04d}", key) for number in range(start, start + count))


def states() -> Table:
    """A table with shares, limits and a share of nobody."""
    columns = (
        named("met", "raggiunti", "met"),
        named("due", "dovuti", "due"),
        named("share", "Percentuale (IC 95 %)", "Percentage (95 % CI)"),
        named("mean", "Media", "Mean"),
        named("p", "p", "p"),
    )
    rows = (
        Row(
            (named("m06", "6 mesi", "6 months"),),
            (behind(31), behind(67), Cell(31 / 67, "share", 0.348, 0.581), Cell(-1.2345, "number", -2, 0.4), Cell(0.00004, "p")),
        ),
        Row(
            (Named("m12", LONG),),
            (behind(0), Cell(0), Cell(None, "share"), Cell(-0.001, "number", 1.5, None), Cell(None, "p")),
        ),
    )
    return Table("doris", Label("Remissione DORIS", "DORIS remission"), (named("visit", "Visita", "Visit"),), columns, rows, (LONG,))


def long_table() -> Table:
    """Eighty rows with two heads."""
    rows = tuple(
        Row((Named(f"r{n}", same(f"Term {n}")), named("all", "Tutti", "All")), (behind(n % 4, n, f"ae-{n:03d}"), Cell(n * 1.5, "days")))
        for n in range(80)
    )
    return Table(
        "terms", Label("Eventi avversi per termine", "Adverse events by term"),
        (named("term", "Termine", "Term"), named("group", "Gruppo", "Group")),
        (named("events", "Eventi", "Events"), named("days", "Giorni", "Days")), rows,
    )  # fmt: skip


def wide_table() -> Table:
    """Fourteen columns with limits."""
    columns = tuple(named(f"c{n}", f"Mese {n} (IC 95 %)", f"Month {n} (95 % CI)") for n in range(14))
    row = Row((Named("all", LONG),), tuple(Cell(n / 17, "share", n / 20, n / 15) for n in range(14)))
    return Table("wide", Label("Tabella larga", "Wide table"), (named("what", "Misura", "Measure"),), columns, (row,))


def empty_table() -> Table:
    """A table without a row."""
    return Table(
        "empty", Label("Neoplasie", "Neoplasms"), (named("term", "Termine", "Term"),), (named("n", "N", "N"),), ()
    )


def figures() -> tuple[Figure, ...]:
    """One of each kind."""
    months = (0.0, 6.0, 12.0, 24.0)
    title = Label("Tempo alla remissione", "Time to remission")
    words = (title, Label("Mesi", "Months"), Label("Probabilità cumulativa", "Cumulative probability"))
    curves = tuple(
        Series(
            f"s{n}", LONG if n == 1 else same(f"Group {n}"),
            tuple(Point(x, 1 - x / (30 + 9 * n), max(0.0, 0.9 - x / (28 + 9 * n)), min(1.0, 1.03 - x / 40)) for x in months),
            (60 - n, 40 - n, 20 - n, 3), (7.0, 13.5),
        )
        for n in range(3)
    )  # fmt: skip
    means = tuple(
        Series(f"m{n}", same(f"SLEDAI-2K {n}"), tuple(Point(x, 9 - x / 4 + n, 8 - x / 4 + n, 10.5 - x / 4 + n) for x in months), (60, 51, 40, 9))
        for n in range(2)
    )
    bare = (Series("only", same("All"), (Point(6, 0.4), Point(12, 0.5, 0.2, 0.8)), ()),)
    return (
        Figure("km", words[0], "steps", words[1], words[2], curves, months, "doris", (LONG,)),
        Figure("means", Label("SLEDAI-2K per visita", "SLEDAI-2K by visit"), "means", words[1], same("SLEDAI-2K"), means, months, "terms"),
        Figure("shares", Label("LLDAS per visita", "LLDAS by visit"), "shares", words[1], Label("Percentuale", "Percentage"), bare, months, "doris"),
    )


def synthetic() -> Contents:
    """The whole of it."""
    return Contents(
        facts=((named("program", "Programma", "Program"), "anifro-desktop 0.1.0"), (named("digest", "Impronta", "Digest"), "ab" * 32)),
        sections=(
            Section("states", Label("Stati di attività", "States of activity"), (states(), wide_table()), figures(), (LONG,)),
            Section("safety", Label("Sicurezza", "Safety"), (long_table(), empty_table())),
        ),
        notes=(Label("Dati sintetici: nessun paziente.", "Synthetic data: no patient."),),
    )
