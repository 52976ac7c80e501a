"""What the centre's store gives of some subjects at a time, so that a look at all of them holds only a few."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cache
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from anifro_desktop.record import Revision
from anifro_desktop.store.centre_rows import Arrival, ReceivedRevision
from anifro_desktop.store.centre_schema import REVISIONS
from anifro_desktop.store.centre_statements import of_subjects
from anifro_desktop.store.kept import Kept


class Slices(Kept):
    """The part of the centre's store that is read in slices."""

    def all_senders(self) -> dict[str, frozenset[tuple[str, str]]]:
        """Site and writer of every installation that sent, by every subject of which anything arrived."""
        found: dict[str, set[tuple[str, str]]] = {}
        with self.reading() as tx:
            for subject, site, writer in tx.connection.execute(_everybody()):
                found.setdefault(subject, set()).add((site, writer))
        return {subject: frozenset(some) for subject, some in found.items()}

    def revisions_about(self, subjects: Collection[str]) -> list[ReceivedRevision]:
        """Every version of every record of some subjects, by subject, record and number, with its text."""
        with self.reading() as tx:
            query = of_subjects(REVISIONS, tuple(REVISIONS.c.keys()), tx.connection.dialect.name)
            rows = tx.connection.execute(query, {"subjects": list(subjects)}).all()
        return [received(row, row.body) for row in sorted(rows, key=_IN_ORDER)]

    def arrivals_about(self, subjects: Collection[str]) -> list[Arrival]:
        """The same unread, in no order."""
        with self.reading() as tx:
            query = of_subjects(REVISIONS, Arrival._fields, tx.connection.dialect.name)
            return [Arrival(*row) for row in tx.connection.execute(query, {"subjects": list(subjects)})]


_IN_ORDER = itemgetter(*(REVISIONS.c.keys().index(name) for name in ("subject", "record", "ver", "digest")))


def received(row: sa.Row[Any], body: str = "") -> ReceivedRevision:
    """A row as the version that arrived. body: its text, where it is to be kept beside what it says."""
    revision = Revision.from_json(json.loads(row.body))
    return ReceivedRevision(
        row.site, row.writer, revision, row.bundle, row.op, row.extra or {}, body, row.digest, row.epoch
    )


@cache
def _everybody() -> sa.Select[Any]:
    table = REVISIONS.c
    return sa.select(table.subject, table.site, table.writer).distinct()
