"""Questions of the centre with all that was said about them, and marks of source verification: at a site and at the
centre in the same tables, by the same statements.

Rules kept here:
- Rows are only ever added, never changed: what came under an id that is there already changes nothing. The centre keeps
  what each bundle brought under an id: nobody can take the place of what another has still to say.
- What a thread has come to is not stored: it follows from its acts (`anifro_desktop.thread`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from anifro_desktop.sourcemark import SourceMark
from anifro_desktop.store.audited import Audited
from anifro_desktop.store.database import Database
from anifro_desktop.thread import Act, Query, Thread, thread

_QUERY = tuple(Query.__slots__)
_ACT = tuple(Act.__slots__)
_MARK = tuple(SourceMark.__slots__)
Counting = Callable[[Query, Iterable[Act]], Iterable[Act]]


def _all(_: Query, acts: Iterable[Act]) -> Iterable[Act]:
    return acts


def thread_tables(
    metadata: sa.MetaData, said_by: tuple[str, ...] = ("id",)
) -> tuple[Audited, Audited, Audited]:
    """The tables of questions, of acts and of marks; append-only. Words stand in the trail by their hash. said_by: what
    tells one act or mark from others."""

    def said(name: str, names: tuple[str, ...], about: str) -> sa.Table:
        """What is said one after the other, each by its number; looked for by what it is about."""
        others = [one for one in names if one not in (*said_by, "n", "ver")]
        return sa.Table(
            name,
            metadata,
            *(sa.Column(one, sa.Text, primary_key=True) for one in said_by),
            *(sa.Column(one, sa.Text, nullable=False) for one in others),
            sa.Column("n", sa.Integer, nullable=False),
            sa.Column("ver", sa.Integer, nullable=False),
            sa.Index(f"{name}_{about}", about),
            sqlite_with_rowid=False,
        )

    queries = sa.Table(
        "queries",
        metadata,
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in _QUERY if name not in ("id", "ver")),
        sa.Column("ver", sa.Integer, nullable=False),
        sa.Index("queries_subject", "subject"),
        sqlite_with_rowid=False,
    )
    acts, marks = said("query_acts", _ACT, "query"), said("source_marks", _MARK, "record")
    return (
        Audited(queries, plain=tuple(name for name in _QUERY if name != "id")),
        Audited(acts, plain=tuple(name for name in _ACT if name not in (*said_by, "text")), hashed=("text",)),
        Audited(marks, plain=tuple(name for name in _MARK if name not in said_by)),
    )


class Threads(Database):
    """The part of a store about questions and marks."""

    def keep_query(self, query: Query) -> bool:
        """Keep what is asked about; says whether it was new."""
        return self._keep("queries", asdict(query))

    def keep_act(self, act: Act) -> bool:
        """Keep an act; says whether it was new."""
        return self._keep("query_acts", asdict(act))

    def keep_mark(self, mark: SourceMark) -> bool:
        """Keep a mark; says whether it was new."""
        return self._keep("source_marks", asdict(mark))

    def threads(self, subject: str | None = None, counting: Counting = _all) -> tuple[Thread, ...]:
        """Every question, or those about one subject, with what was said, by subject and place. counting: says which
        acts about a question count."""
        queries, acts = self._table("queries"), self._table("query_acts")
        asked = sa.select(*(queries.c[name] for name in _QUERY))
        said = sa.select(*(acts.c[name] for name in _ACT))
        if subject is not None:
            asked = asked.where(queries.c.subject == subject)
            ids = sa.select(queries.c.id).where(queries.c.subject == subject)
            said = said.where(acts.c.query.in_(ids))
        with self.reading() as tx:
            found = [Query(*row) for row in tx.connection.execute(asked)]
            by_query: dict[str, list[Act]] = {}
            for row in tx.connection.execute(said):
                by_query.setdefault(row.query, []).append(Act(*row))
        return tuple(
            thread(one, counting(one, by_query.get(one.id, ())))
            for one in sorted(found, key=lambda one: (*one.place, one.id))
        )

    def query_of(self, query: str) -> Query | None:
        """What a question asks about, without what was said to it; None if it is not here."""
        table = self._table("queries")
        asked = sa.select(*(table.c[name] for name in _QUERY)).where(table.c.id == query)
        with self.reading() as tx:
            row = tx.connection.execute(asked).one_or_none()
        return None if row is None else Query(*row)

    def asked_about(self, subject: str, about: str) -> int:
        """How many questions about a subject have this `about`."""
        table = self._table("queries")
        counted = sa.select(sa.func.count()).where(table.c.subject == subject, table.c.about == about)
        with self.reading() as tx:
            return int(tx.connection.execute(counted).scalar_one())

    def thread_of(self, query: str, counting: Counting = _all) -> Thread | None:
        """One question with what was said; None if it is not here. counting: as of `threads`."""
        acts = self._table("query_acts")
        with self.reading() as tx:
            asked_about = self.query_of(query)
            said = sa.select(*(acts.c[name] for name in _ACT)).where(acts.c.query == query)
            rows = tx.connection.execute(said).all()
        if asked_about is None:
            return None
        return thread(asked_about, counting(asked_about, [Act(*one) for one in rows]))

    def stray_acts(self) -> tuple[Act, ...]:
        """What was said about questions that are not here, by question and order."""
        queries, acts = self._table("queries"), self._table("query_acts")
        known = sa.select(queries.c.id)
        found = sa.select(*(acts.c[name] for name in _ACT)).where(acts.c.query.not_in(known))
        with self.reading() as tx:
            rows = tx.connection.execute(found).all()
        return tuple(sorted((Act(*row) for row in rows), key=lambda act: (act.query, *act.order)))

    def marks(self, subject: str | None = None) -> tuple[SourceMark, ...]:
        """Every mark, or those about one subject, also those taken back."""
        table = self._table("source_marks")
        found = sa.select(*(table.c[name] for name in _MARK)).order_by(table.c.id)
        if subject is not None:
            found = found.where(table.c.subject == subject)
        with self.reading() as tx:
            return tuple(SourceMark(*row) for row in tx.connection.execute(found))

    def _keep(self, name: str, row: dict[str, Any]) -> bool:
        spec = next(spec for spec in self.SCHEMA.audited if spec.name == name)
        with self.transaction() as tx:
            found = sa.select(spec.table.c.id).where(spec.where(row))
            if tx.connection.execute(found).one_or_none() is not None:
                return False
            return tx.put(spec, row)

    def _table(self, name: str) -> sa.Table:
        return next(spec.table for spec in self.SCHEMA.audited if spec.name == name)
