"""Stays in hospital by reason and their nights, and deaths by cause.

A planned admission, a social one and one only to give the drug are no serious events; the endpoint is the stay because
of an adverse event, and one because of a flare stands beside it. Nights: discharge less admission.
"""

from __future__ import annotations

from collections.abc import Sequence

from anifro_desktop.centre.analysis.event_lines import EVERY, code_of, coded, told, yes_no
from anifro_desktop.centre.analysis.happenings import (
    HEADS,
    SETS,
    SETS_NOTE,
    Happening,
    observed,
    records,
    set_of,
    table,
)
from anifro_desktop.centre.analysis.limits import quantile
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.table import Cell, Named, Row, Section, Table, counted
from anifro_desktop.forms.model import Label

STAY, DEATH = records("hospitalisation"), records("death")


def hospital(people: Sequence[Person]) -> Section:
    """Stays in hospital, their nights, and deaths."""
    stays = table(
        "hospital_stays",
        Label("Ricoveri per motivo", "Hospital stays by reason"),
        people,
        STAY,
        [EVERY, *coded("hosp_reason", "hosp_reason")],
    )
    related = Label("Possibile nesso con anifrolumab", "Possibly related to anifrolumab")
    deaths = table(
        "deaths",
        Label("Decessi per causa", "Deaths by cause"),
        people,
        DEATH,
        [EVERY, *coded("de_cause", "death_cause"), *told("de_related", related, yes_no("de_related"))],
    )
    title = Label("Ricoveri e decessi", "Hospital stays and deaths")
    return Section("hospital", title, (stays, _nights(people), deaths))


def nights_of(stay: Happening) -> int | None:
    """The nights of a stay; None while it lasts, or where its days are not known or contradict one another."""
    admitted, discharged = (code_of(stay.what, field) for field in ("hs_admission", "hs_discharge"))
    if admitted is None or discharged is None or discharged < admitted:
        return None
    return discharged - admitted


def _nights(people: Sequence[Person]) -> Table:
    rows = []
    lines = [EVERY, *coded("hosp_reason", "hosp_reason")]
    for which in SETS:
        stays = [(one, stay) for one in set_of(which.name, people) for stay in observed(one, STAY(one))]
        for line in lines:
            found = [(one, stay) for one, stay in stays if line.test(stay.what)]
            rows.append(Row((which, Named(line.name, line.label)), _cells(found)))
    columns = (
        Named("stays", Label("ricoveri", "stays")),
        Named("known", Label("notti note", "nights known")),
        Named("ongoing", Label("ancora in corso", "still in hospital")),
        Named("unknown", Label("notti non note", "nights not known")),
        Named("nights", Label("notti in tutto", "nights in all")),
        Named("q1", Label("Q1", "Q1")),
        Named("median", Label("mediana", "median")),
        Named("q3", Label("Q3", "Q3")),
        Named("most", Label("massimo", "most")),
    )
    note = Label(
        "Notti: dimissione meno ricovero, dove sono noti entrambi i giorni; i ricoveri in corso e quelli senza date "
        "non hanno notti, e non 0. Quartili di summarize, detail.",
        "Nights: discharge less admission, of stays of which both days are known; those still going on and those "
        "without days have no nights, and not 0. Quartiles of summarize, detail.",
    )
    title = Label("Notti di ricovero", "Nights in hospital")
    return Table("hospital_nights", title, HEADS, columns, tuple(rows), (note, SETS_NOTE))


def _cells(found: Sequence[tuple[Person, Happening]]) -> tuple[Cell, ...]:
    known = [(one, stay, nights) for one, stay in found if (nights := nights_of(stay)) is not None]
    without = [(one, stay) for one, stay in found if nights_of(stay) is None]
    going_on = [(one, stay) for one, stay in without if code_of(stay.what, "hs_ongoing") == 1]
    values = sorted(nights for _, _, nights in known)
    spread = [quantile(values, part) for part in (0.25, 0.5, 0.75)] if values else [None] * 3
    return (
        counted(one.behind(stay.key) for one, stay in found),
        counted(one.behind(stay.key) for one, stay, _ in known),
        counted(one.behind(stay.key) for one, stay in going_on),
        counted(one.behind(stay.key) for one, stay in without if code_of(stay.what, "hs_ongoing") != 1),
        Cell(sum(values) if values or not found else None, "days"),
        *(Cell(value, "days") for value in spread),
        Cell(values[-1] if values else None, "days"),
    )
