"""`identity.db`: who the subjects are, under a key of its own, which the sending code never receives.

Rules kept here:
- Old values stay readable, in this database's own audit trail, but for what was typed by mistake and erased. The
  clinical trail learns only that somebody read, searched, wrote or erased, and about which subject: every act is told
  to it through `log`, reading before anything is shown.
- Searching goes through folded names: no accents, no capitals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from anifro_desktop.identity import Identity, folded
from anifro_desktop.store.audited import Audited
from anifro_desktop.store.clock import Clock
from anifro_desktop.store.common import audit_table, create_all
from anifro_desktop.store.database import Database
from anifro_desktop.store.erasing import Gone, erase_in_trail, marked, tell_of_newest
from anifro_desktop.store.errors import NotFound
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.transaction import Schema

# Told of each act: what, about which subject (or nothing), a detail without identities, and of an erasure its reason.
Log = Callable[..., None]

METADATA = sa.MetaData()
AUDIT = audit_table(METADATA)
_TEXTS = ("surname", "name", "birth_date", "tax_code", "hospital_number", "phone", "email")
IDENTITIES = sa.Table(
    "identities",
    METADATA,
    sa.Column("subject", sa.Text, primary_key=True),
    *(sa.Column(name, sa.Text, nullable=False) for name in _TEXTS),
    sa.Column("folded", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
IDENTITY = Audited(IDENTITIES, plain=(*_TEXTS, "folded"))


def _version_1(connection: sa.Connection) -> None:
    create_all(connection, METADATA.sorted_tables, (AUDIT,))


class IdentityStore(Database):
    """The identities of a site; only for users whose roles include them."""

    NAME = "identity"
    ANCHOR = "identity-anchor"
    SCHEMA = Schema(METADATA, AUDIT, (IDENTITY,), (_version_1,))

    def __init__(self, folder: Path, keys: Keys, log: Log, clock: Clock | None = None) -> None:
        """Open or make it; `log` is usually `ClinicalStore.log`.

        Raises:
            RoleRefused: this user may not see identities. Otherwise as `Database`.
        """
        super().__init__(folder, keys, clock)
        self._log = log

    def save(self, subject: str, identity: Identity, reason: str = "") -> None:
        """Write who a subject is, or correct it.

        Raises:
            CannotSave: nothing was saved.
        """
        row = {name: _text(getattr(identity, name)) for name in _TEXTS}
        with self.transaction() as tx:
            changed = tx.put(IDENTITY, row | {"subject": subject, "folded": _searchable(identity)}, reason)
        if changed:
            self._log("identity_written", subject, None)

    def get(self, subject: str) -> Identity:
        """Who a subject is.

        Raises:
            NotFound: nobody of that code.
        """
        self._log("identity_read", subject, None)
        with self.transaction() as tx:
            query = sa.select(IDENTITIES).where(IDENTITIES.c.subject == subject)
            row = tx.connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound("identity", subject)
        return _identity(dict(row))

    def texts(self, subject: str, *, former_only: bool) -> tuple[tuple[str, str], ...]:
        """What `erase` would take out: parts of the identity with their values, the oldest first."""
        self._log("identity_read", subject, None)
        told = self.audit_entries(table=IDENTITY.name, record=subject)
        with self.transaction() as tx:
            query = sa.select(IDENTITIES).where(IDENTITIES.c.subject == subject)
            row = tx.connection.execute(query).mappings().one_or_none()
        present = dict(row) if row is not None and former_only else {}
        found = (
            (one.entry.field, value)
            for one in told
            for value in (one.entry.old, one.entry.new)
            if one.entry.field in _TEXTS and isinstance(value, str) and value
        )
        return tuple(dict.fromkeys(item for item in found if item[1] != present.get(item[0])))

    def erase(self, subject: str, reason: str, *, former_only: bool) -> Gone:
        """Take out of this database, for ever, who a subject was said to be; `compact` must follow.

        former_only: what was there before and is no longer; else what stands there now, too. Every text leaves its
        SHA-256 in the trail.

        Raises:
            CannotSave: nothing was changed.
        """
        query = sa.select(IDENTITIES).where(IDENTITIES.c.subject == subject)
        about = sa.and_(AUDIT.c.table == IDENTITY.name, AUDIT.c.record == subject)
        with self.transaction() as tx:
            row = tx.connection.execute(query).mappings().one_or_none()
            present = dict(IDENTITY.facts(dict(row))) if row is not None else {}
            kept = present if former_only else {}
            entries = erase_in_trail(
                tx,
                AUDIT,
                about,
                lambda field, value: value if value == kept.get(field) else marked(value),
                reason,
            )
            if present and not former_only:
                tx.connection.execute(sa.delete(IDENTITIES).where(IDENTITIES.c.subject == subject))
                for field, value in present.items():
                    tx.record(IDENTITY.name, subject, field, marked(value), None, reason)
                    if isinstance(value, str) and value:
                        tell_of_newest(tx, reason)
            gone = Gone(entries, bool(present) and not former_only)
            if gone:
                self._log("identity_erased", subject, {"entries": entries, "present": gone.present}, reason)
        return gone

    def all(self) -> dict[str, Identity]:
        """Everybody, by subject code."""
        return self._read("identities_listed", sa.select(IDENTITIES))

    def search(self, text: str) -> dict[str, Identity]:
        """Everybody in whose surname, name, tax code or hospital number each word of the text occurs."""
        query = sa.select(IDENTITIES)
        for word in folded(text).split():
            query = query.where(IDENTITIES.c.folded.contains(word, autoescape=True))
        return self._read("identities_searched", query)

    def _read(self, act: str, query: sa.Select[Any]) -> dict[str, Identity]:
        with self.transaction() as tx:
            rows = tx.connection.execute(query.order_by(IDENTITIES.c.subject)).mappings().all()
        self._log(act, "", {"found": len(rows)})
        return {row["subject"]: _identity(dict(row)) for row in rows}


def _searchable(identity: Identity) -> str:
    return folded(" ".join((identity.surname, identity.name, identity.tax_code, identity.hospital_number)))


def _text(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


def _identity(row: Mapping[str, Any]) -> Identity:
    texts = {name: row[name] for name in _TEXTS}
    born = row["birth_date"]
    return Identity(**(texts | {"birth_date": date.fromisoformat(born) if born else None}))
