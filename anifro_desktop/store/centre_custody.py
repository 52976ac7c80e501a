"""What installations said to the centre of hand-overs of subjects, and which installations ever sent of a subject."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

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

    def senders(self, subject: str) -> frozenset[tuple[str, str]]:
        """Site and writer of every installation that sent of a subject."""
        query = sa.select(REVISIONS.c.site, REVISIONS.c.writer).where(REVISIONS.c.subject == subject)
        with self.reading() as tx:
            return frozenset((row.site, row.writer) for row in tx.connection.execute(query.distinct()))


@cache
def _statements(which: tuple[str, ...]) -> sa.Select[Any]:
    """Statements of which some columns have the values that are given with them."""
    columns = [STATEMENTS.c[name] for name in StatementRow.__slots__]
    asked = [STATEMENTS.c[name] == sa.bindparam(name) for name in which]
    return sa.select(*columns).where(*asked).order_by(*STATEMENTS.primary_key.columns)
