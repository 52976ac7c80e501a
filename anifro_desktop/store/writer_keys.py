"""The keys of the installations that send: every one that was registered or announced, in order.

Rules kept here:
- Nothing of them is deleted: what came under an earlier key can be checked again.
- The cards, from which keys are read, are kept as secrets; here is only what is known of their use.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from anifro_desktop.store.audited import Audited
from anifro_desktop.store.database import Database

COMPARED, ANNOUNCED = "compared", "announced"
TABLE = "writer_keys"


@dataclass(frozen=True, slots=True)
class WriterKeyRow:
    """A card of an installation. number: from 1. kid: name of its signing key. came: `compared` aloud or on paper, or
    `announced` by the bundle of epoch and seq (else 0). used_epoch, used_seq: the earliest bundle signed with it, 0
    before that. closed: only what came before is taken under it."""

    site: str
    writer: str
    number: int
    kid: str
    fingerprint: str
    came: str
    epoch: int = 0
    seq: int = 0
    used_epoch: int = 0
    used_seq: int = 0
    closed: bool = False


@dataclass(frozen=True, slots=True)
class KeysetFile:
    """A keyset as it was sealed for an installation."""

    site: str
    writer: str
    version: int
    sha256: str
    name: str


def keys_table(metadata: sa.MetaData) -> Audited:
    """The table of keys."""
    table = sa.Table(
        TABLE,
        metadata,
        sa.Column("site", sa.Text, primary_key=True),
        sa.Column("writer", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kid", "fingerprint", "came")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("epoch", "seq", "used_epoch", "used_seq")),
        sa.Column("closed", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    plain = ("kid", "fingerprint", "came", "epoch", "seq", "used_epoch", "used_seq", "closed")
    return Audited(table, plain=plain)


def keysets_table(metadata: sa.MetaData) -> Audited:
    """The table of sealed keysets."""
    table = sa.Table(
        "keyset_files",
        metadata,
        sa.Column("site", sa.Text, primary_key=True),
        sa.Column("writer", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )
    return Audited(table, plain=("sha256", "name"))


class WriterKeys(Database):
    """The part of the centre's store about keys."""

    def writer_keys(self, site: str, writer: str) -> tuple[WriterKeyRow, ...]:
        """The keys of an installation, the newest last."""
        table = self._of(TABLE).table
        query = sa.select(*(table.c[name] for name in WriterKeyRow.__slots__))
        query = query.where(table.c.site == site, table.c.writer == writer).order_by(table.c.number)
        with self.reading() as tx:
            return tuple(WriterKeyRow(*row) for row in tx.connection.execute(query))

    def put_writer_key(self, row: WriterKeyRow, reason: str = "") -> None:
        """Keep a key, or what changed about one."""
        with self.transaction() as tx:
            tx.put(self._of(TABLE), asdict(row), reason)

    def keyset_files(self, site: str, writer: str) -> tuple[tuple[KeysetFile, bytes], ...]:
        """The keysets sealed for an installation, by version, with their bytes."""
        table = self._of("keyset_files").table
        query = sa.select(*(table.c[name] for name in KeysetFile.__slots__), table.c.bytes)
        query = query.where(table.c.site == site, table.c.writer == writer).order_by(table.c.version)
        with self.reading() as tx:
            return tuple((KeysetFile(*row[:-1]), bytes(row[-1])) for row in tx.connection.execute(query))

    def keep_keyset_file(self, file: KeysetFile, data: bytes) -> None:
        """Keep one."""
        with self.transaction() as tx:
            tx.put(self._of("keyset_files"), asdict(file) | {"bytes": data})

    def _of(self, name: str) -> Any:
        return next(spec for spec in self.SCHEMA.audited if spec.name == name)
