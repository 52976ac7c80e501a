"""What installations said to the centre of hand-overs of subjects, and which installations ever sent of a subject."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from anifro_desktop.store.among import among
from anifro_desktop.store.centre_schema import REVISIONS, STATEMENT, STATEMENTS
from anifro_desktop.store.kept import Kept


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement as it arrived. epoch, seq, place: of the bundle and the line in it. other_site, other_writer: the
    other side. The rest as in `sync.transfer.Statement`."""

    site: str
    writer: str
    epoch: int
    seq: int
    place: int
    subject: str
    handover: str
    act: str
    ver: int
    other_site: str
    other_writer: str
    file: str
    held: str
    who: str
    bundle: str


class Custodies(Kept):
    """The part of the centre's store about who keeps a subject."""

    def keep_statement(self, row: StatementRow) -> None:
        """Keep a statement; the same again changes nothing."""
        with self.transaction() as tx:
            tx.put(STATEMENT, asdict(row))

    def statements(self, **which: str) -> tuple[StatementRow, ...]:
        """Statements in the order in which they were sealed; `which` names values of columns."""
        query = _statements(tuple(which))
        with self.reading() as tx:
            return tuple(StatementRow(*row) for row in tx.connection.execute(query, which))

    def statements_about(self, subjects: Collection[str]) -> tuple[StatementRow, ...]:
        """Those about some subjects, in the same order."""
        with self.reading() as tx:
            query = _statements_about(tx.connection.dialect.name)
            rows = tx.connection.execute(query, {"subjects": list(subjects)})
            return tuple(StatementRow(*row) for row in rows)

    def senders(self, subjects: Collection[str]) -> dict[str, frozenset[tuple[str, str]]]:
        """Site and writer of every installation that sent of some subjects, by subject; none of whom nobody did."""
        found: dict[str, set[tuple[str, str]]] = {}
        with self.reading() as tx:
            query = _senders(tx.connection.dialect.name)
            for subject, *writer in tx.connection.execute(query, {"subjects": list(subjects)}):
                found.setdefault(subject, set()).add((writer[0], writer[1]))
        return {subject: frozenset(some) for subject, some in found.items()}


@cache
def _statements(which: tuple[str, ...]) -> sa.Select[Any]:
    """Statements of which some columns have the values that are given with them."""
    columns = [STATEMENTS.c[name] for name in StatementRow.__slots__]
    asked = [STATEMENTS.c[name] == sa.bindparam(name) for name in which]
    return sa.select(*columns).where(*asked).order_by(*STATEMENTS.primary_key.columns)


@cache
def _statements_about(dialect: str) -> sa.Select[Any]:
    return _statements(()).where(among(STATEMENTS.c.subject, "subjects", dialect))


@cache
def _senders(dialect: str) -> sa.Select[Any]:
    table = REVISIONS.c
    query = sa.select(table.subject, table.site, table.writer).distinct()
    return query.where(among(table.subject, "subjects", dialect))
