"""Synthetic sites as monitoring looks at them, without a store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from centre_builders import DEFINITIONS, DRUGS, FILLED, QUIET, enrolment, received, schedule, visit

from anifro_desktop.centre.analysis.table import Cell, Table
from anifro_desktop.centre.assembling import subjects
from anifro_desktop.centre.monitoring.watching import Version, Watched
from anifro_desktop.record import Revision

CODE, SECOND, OTHER = "P03-7KQF-4", "P03-9M2D-R", "P04-9M2D-3"
ANSWERS: Mapping[str, Any] = {**QUIET, **DRUGS, **FILLED, "vas_scale": 1}


def patient(code: str, days: Mapping[str, int], answers: Mapping[str, Any] = {}) -> list[Revision]:
    made = [enrolment(code), schedule(code, "m12")]
    for key, day in days.items():
        made += visit(code, key, day, {**ANSWERS, **answers})
    return made


def looked_at(*some: tuple[str, list[Revision], Mapping[str, int]]) -> Watched:
    """Of each site: its code, its revisions, and on which day (from enrolment) each visit arrived."""
    held = [item for site, revisions, _ in some for item in received(revisions, site)]
    versions: dict[str, list[Version]] = {}
    for site, revisions, arrivals in some:
        for one in sorted(revisions, key=lambda one: (one.subject, one.form, one.id, one.ver)):
            versions.setdefault(one.subject, []).append(
                Version(site, one, arrivals.get(one.visit, one.day or 0))
            )
    everybody = tuple(subjects(held, DEFINITIONS))
    kept = {code: tuple(found) for code, found in versions.items()}
    return Watched(DEFINITIONS, everybody, kept, (), frozenset(), (), 0)


def cell(table: Table, column: str, *heads: str) -> Cell:
    (row,) = [row for row in table.rows if tuple(head.name for head in row.heads) == heads]
    return row.cells[[one.name for one in table.columns].index(column)]
