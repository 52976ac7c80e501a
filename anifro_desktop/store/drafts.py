"""Drafts: every answer saved as it is given, so that nothing typed is ever lost.

Rules kept here:
- One save is one transaction: rows, old and new in the trail, signature. `Saved` exists only after its COMMIT.
- A cleared answer is a row without a value; rows are never deleted, and stay after the visit is complete.
- A visit that is complete or signed takes no draft until it is being amended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from anifro_desktop.forms.state import Entry
from anifro_desktop.record import Json
from anifro_desktop.store.database import Database
from anifro_desktop.store.errors import NotDraft, NotFound
from anifro_desktop.store.prepared import Prepared, column, decode, same
from anifro_desktop.store.schema import DRAFT, DRAFTS, VISITS
from anifro_desktop.store.subjects import check_here
from anifro_desktop.store.transaction import Transaction

_OPEN = ("draft", "amending")
_PARTS = ("value", "note", "raw_text")
_NOTHING: tuple[Json, Json, str] = (None, None, "")
# One query gives the visit's state and the row of one field; or of every field, which are few.
_ALL = Prepared(
    sa.select(
        VISITS.c.state, VISITS.c.subject, DRAFTS.c.field, DRAFTS.c.value, DRAFTS.c.note, DRAFTS.c.raw_text
    )
    .outerjoin(DRAFTS, DRAFTS.c.visit_id == VISITS.c.id)
    .where(VISITS.c.id == sa.bindparam("visit"))
)
_ONE = Prepared(
    sa.select(
        VISITS.c.state, VISITS.c.subject, DRAFTS.c.field, DRAFTS.c.value, DRAFTS.c.note, DRAFTS.c.raw_text
    )
    .outerjoin(DRAFTS, sa.and_(DRAFTS.c.visit_id == VISITS.c.id, DRAFTS.c.field == sa.bindparam("field")))
    .where(VISITS.c.id == sa.bindparam("visit"))
)
_PLACE = Prepared(
    sa.update(VISITS).where(VISITS.c.id == sa.bindparam("visit")).values(place=sa.bindparam("left"))
)
_NEW = insert(DRAFTS)
_UPSERT = Prepared(
    _NEW.on_conflict_do_update(
        index_elements=[DRAFTS.c.visit_id, DRAFTS.c.field],
        set_={name: _NEW.excluded[name] for name in ("value", "note", "raw_text", "seq", "utc")},
    )
)


@dataclass(frozen=True, slots=True)
class Saved:
    """A save that the disk has confirmed. utc: when; seq: the trail's number after it."""

    utc: str
    seq: int


class Drafts(Database):
    """The part of the clinical store about visits being filled."""

    def save_draft(
        self, visit_id: str, entries: Iterable[Entry], place: Mapping[str, Json] | None = None
    ) -> Saved:
        """Save answers of a visit, and where the cursor stands if told; the last entry of a field counts.

        Raises:
            NotDraft: the visit is complete or signed. SubjectAway. NotFound: no such visit.
            CannotSave: nothing was saved; try again with the same entries.
        """
        with self.transaction() as tx:
            rows = _changed_rows(tx, visit_id, {entry.field: entry for entry in entries})
            _UPSERT.many(tx.connection, rows)
            if place is not None:
                left = {"visit": visit_id, "left": column(dict(place))}
                _PLACE.many(tx.connection, [left])
            saved = Saved(tx.stamp.utc, tx.seq)
        return saved

    def draft(self, visit_id: str) -> tuple[Entry, ...]:
        """Everything saved of a visit, by field."""
        query = sa.select(DRAFTS).where(DRAFTS.c.visit_id == visit_id).order_by(DRAFTS.c.field)
        with self.transaction() as tx:
            rows = tx.connection.execute(query).all()
        return tuple(Entry(row.field, row.value, row.note, row.raw_text) for row in rows)


def _changed_rows(tx: Transaction, visit_id: str, entries: Mapping[str, Entry]) -> list[dict[str, Any]]:
    query, about = (_ONE, next(iter(entries))) if len(entries) == 1 else (_ALL, "")
    found = query.all(tx.connection, {"visit": visit_id, "field": about})
    if not found:
        raise NotFound("visit", visit_id)
    if (state := found[0][0]) not in _OPEN:
        raise NotDraft(state)
    check_here(tx, found[0][1])
    old = {name: (decode(value), decode(note), raw) for _, _, name, value, note, raw in found}
    rows: list[dict[str, Any]] = []
    for name, entry in entries.items():
        key = {"visit_id": visit_id, "field": name}
        new = (entry.value_json, entry.note_json, entry.raw_text)
        changed = False
        for part, was, now in zip(_PARTS, old.get(name, _NOTHING), new, strict=True):
            if not same(was, now):
                changed = True
                tx.record(DRAFT.name, visit_id, DRAFT.field(key, part), was, now)
        if changed:
            texts = {"value": column(new[0]), "note": column(new[1]), "raw_text": new[2]}
            rows.append(key | texts | {"seq": tx.seq, "utc": tx.stamp.utc})
    return rows
