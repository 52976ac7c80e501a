"""Versions of the forms that came by file, at a site; or that were sent, at the centre. The same table on both sides.

Rules kept here:
- A version is kept as it came; only its state changes. `verify` compares its texts with the trail by their hash.
- Numbers only rise.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from anifro_desktop.store.audited import Audited
from anifro_desktop.store.common import JSON
from anifro_desktop.store.database import Database
from anifro_desktop.store.errors import Conflict, NotFound

TABLE = "packs"
RECEIVED, IN_USE = "received", "in_use"


@dataclass(frozen=True, slots=True)
class PackRow:
    """A version. number: among those of the centre, from 1. id: for people. after: digest of the one before. protocol,
    rules: the settings and rules that belong to it. state: `received` or `in_use`. came: UTC, set by the store."""

    number: int
    id: str
    digest: str
    after: str
    protocol: str
    rules: Mapping[str, str]
    files: Mapping[str, str] = field(repr=False)
    state: str = RECEIVED
    came: str = ""


def pack_table(metadata: sa.MetaData) -> Audited:
    """The table of versions."""
    table = sa.Table(
        TABLE,
        metadata,
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("id", "digest", "after", "protocol")),
        sa.Column("rules", JSON, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("came", sa.Text, nullable=False),
        sa.Column("files", sa.LargeBinary, nullable=False),
    )
    plain = ("id", "digest", "after", "protocol", "rules", "state", "came")
    return Audited(table, plain=plain, hashed=("files",))


class Amended(Database):
    """The part of a store about versions of the forms."""

    def add_pack(self, row: PackRow) -> PackRow:
        """Keep a version.

        Raises:
            Conflict: its number does not follow the last one.
        """
        with self.transaction() as tx:
            if any(one.number >= row.number for one in self.kept_packs()):
                raise Conflict("version of the forms")
            text = json.dumps(dict(row.files), ensure_ascii=False, sort_keys=True).encode("utf-8")
            facts = {name: getattr(row, name) for name in row.__slots__}
            changed = {"rules": dict(row.rules), "files": zlib.compress(text, 9), "came": tx.stamp.utc}
            tx.put(self._packs(), facts | changed)
        return self.kept_packs()[-1]

    def kept_packs(self) -> tuple[PackRow, ...]:
        """Every version, oldest first."""
        table = self._packs().table
        with self.transaction() as tx:
            rows = tx.connection.execute(sa.select(table).order_by(table.c.number)).mappings().all()
        return tuple(_row(dict(row)) for row in rows)

    def use_pack(self, number: int, reason: str = "") -> None:
        """Put a version into use.

        Raises:
            NotFound: no such version.
        """
        with self.transaction() as tx:
            if not any(one.number == number for one in self.kept_packs()):
                raise NotFound("version of the forms", str(number))
            tx.put(self._packs(), {"number": number, "state": IN_USE}, reason)

    def _packs(self) -> Audited:
        return next(spec for spec in self.SCHEMA.audited if spec.name == TABLE)


def _row(row: dict[str, Any]) -> PackRow:
    files = json.loads(zlib.decompress(row["files"]))
    return PackRow(**(row | {"files": files}))
