"""Settings and secrets that a site or centre keeps in its database, and the pins on its key file: its first
administrator, and the newest version that was seen, with what that version is for (see `keyacts`)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from anifro_desktop.record import Json
from anifro_desktop.store.audited import Audited
from anifro_desktop.store.database import Database
from anifro_desktop.store.errors import KeyFileOld, VaultDamaged
from anifro_desktop.store.keyacts import PLAN, TOLD_LATER, VERSION, KeyAct, Plan, read_plan
from anifro_desktop.store.slots import Keys


class Kept(Database):
    """The part of a store about settings and secrets."""

    def setting(self, key: str, default: Json = None) -> Json:
        """A setting, or the default."""
        value: Json = self._value("settings", "key", key)
        return default if value is None else value

    def settings(self) -> dict[str, Json]:
        """Every setting."""
        with self.reading() as tx:
            rows = tx.connection.execute(sa.select(self._kept("settings").table)).all()
        return {row.key: row.value for row in rows}

    def set_setting(self, key: str, value: Json, reason: str = "") -> None:
        """Change a setting; the trail tells old and new, so never a secret or an identity."""
        with self.transaction() as tx:
            tx.put(self._kept("settings"), {"key": key, "value": value}, reason)

    def secret(self, name: str) -> bytes | None:
        """A key or key file kept here."""
        value = self._value("secrets", "name", name)
        return None if value is None else bytes(value)

    def keep_secret(self, name: str, value: bytes, reason: str = "") -> None:
        """Keep a key or key file; the trail tells only its hash."""
        with self.transaction() as tx:
            tx.put(self._kept("secrets"), {"name": name, "value": value}, reason)

    def secret_names(self) -> tuple[str, ...]:
        """The names of every key and key file kept here."""
        table = self._kept("secrets").table
        with self.reading() as tx:
            return tuple(tx.connection.execute(sa.select(table.c.name).order_by(table.c.name)).scalars())

    def _pin_root(self) -> bool:
        """Pin the first administrator's key, or compare it; says whether this database is new."""
        root = self.secret("root")
        if root is None:
            self.keep_secret("root", self.keys.root)
        elif root != self.keys.root:
            raise VaultDamaged("other administrators")
        return root is None

    def _pin_version(self) -> None:
        """Refuse a key file from before the newest one that this database was opened with; remember a newer one, and
        tell what it is for if the program ended before that was told.

        Raises:
            KeyFileOld: somebody put an old key file back, in which a person may be who was disabled since.
        """
        self._note(self.keys.version)

    def announce(self, version: int, act: KeyAct) -> None:
        """Keep what the next version of the key file will be for, before it is written.

        Raises:
            CannotSave: it must not be written. KeyFileOld: as `_pin_version`.
        """
        with self.transaction() as tx:
            self._note(version - 1)
            plan = Plan(version, self.keys.user.code, tx.stamp.utc, act)
            self.keep_secret(PLAN, plan.to_bytes())

    def take_keys(self, keys: Keys) -> None:
        """Go on with keys under a newer key file, and tell what was announced of it.

        Raises:
            CannotSave: the key file holds; the next opening, or the next act, tells of it.
        """
        with self.transaction():
            self.keys = keys
            plan = read_plan(self.secret(PLAN))
            if plan is None or plan.version != keys.version:
                self._pin_version()
                return
            self.set_setting(VERSION, keys.version)
            self.log(plan.act.act, plan.act.about, plan.detail(keys), plan.act.reason)
            self._follow(plan.act)
            self.keep_secret(PLAN, b"")

    def _follow(self, act: KeyAct) -> None:
        """Do what an act on the key file asks of this kind of database, in the transaction that tells of it."""

    def _note(self, version: int) -> None:
        known = self.setting(VERSION, 0)
        if isinstance(known, int) and version < known:
            raise KeyFileOld
        if version != known:
            self.set_setting(VERSION, version)
        plan = read_plan(self.secret(PLAN))
        if plan is None:
            return
        if version != known and plan.version == version:
            self.log(TOLD_LATER, plan.act.about, plan.told(self.keys), plan.act.reason)
            self._follow(plan.act)
        self.keep_secret(PLAN, b"")

    def _kept(self, name: str) -> Audited:
        return next(spec for spec in self.SCHEMA.audited if spec.name == name)

    def _value(self, name: str, column: str, key: str) -> Any:
        table = self._kept(name).table
        with self.reading() as tx:
            return tx.connection.execute(sa.select(table.c.value).where(table.c[column] == key)).scalar()
