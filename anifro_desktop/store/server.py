"""The PostgreSQL server that a centre's data may lie on: its address, the way to it, and what goes wrong there.

Rules kept here:
- Address and password are remembered in the folder in one file, sealed with the vault's key: whoever changes the file
  leads nobody to another server. A password never stands in an address, an argument, an error or a log.
- To another computer only by TLS, with the server's certificate checked.
- A COMMIT that returned is on the server's disk, whatever its own settings say.
- The driver is loaded only where a centre has a server.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.pool import QueuePool

from anifro_desktop.crypto import kdf
from anifro_desktop.errors import Refusal
from anifro_desktop.files import read_regular, strict_json, write_atomic
from anifro_desktop.record import canonical
from anifro_desktop.store.errors import (
    CannotSave,
    Conflict,
    DatabaseDamaged,
    NotStorable,
    ServerTrouble,
    VaultDamaged,
)
from anifro_desktop.store.rawkeys import DatabaseKey

FILE = "server.json"
FORMAT = "anifro/centre-server/v1"
_LIMIT = 16384
_NONCE = 12
_FILE_INFO, _SECRET_INFO = b"anifro/centre/server/v1", b"anifro/centre/server-secret/v1"
_HERE = ("", "localhost", "127.0.0.1", "::1")
_STRICT = ("verify-ca", "verify-full")
# Of each session: see the rules; who hangs with a lock in hand, or waits too long for one, is let go of.
_SETTINGS = {
    "synchronous_commit": "on",
    "default_transaction_isolation": "read\\ committed",
    "lock_timeout": "120s",
    "idle_in_transaction_session_timeout": "600s",
    "standard_conforming_strings": "on",
}
# SQLSTATE, or its first two characters, to what it means for a save.
_SAID = {
    "53": "full",
    "53300": "server",
    "25006": "readonly",
    "42501": "readonly",
    "40": "busy",
    "55": "busy",
    "08": "server",
    "57": "server",
    "25P03": "server",
    "58": "io",
}
_DAMAGED = ("XX001", "XX002")
_CONSTRAINT, _RAISED = "23", "P0001"
_NO_LOGIN, _NO_DATABASE, _NO_RIGHT = "28", "3D000", "42501"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a centre's data lie. url: of the database, without a password; password: empty where the library finds one
    by itself (its password file, or none is asked for)."""

    url: str
    password: str = field(default="", repr=False)

    def parameters(self) -> dict[str, Any]:
        """What the driver is told.

        Raises:
            ServerTrouble: `url`, `password` or `tls`: the address cannot be used.
        """
        found = _parsed(self.url)
        if "password" in found:
            raise ServerTrouble("password")
        hosts = [found.get(name) or os.environ.get(f"PG{name.upper()}", "") for name in ("host", "hostaddr")]
        names = [one for host in hosts for one in host.split(",")]
        if "service" in found or not all(one in _HERE or one.startswith("/") for one in names):
            if found.setdefault("sslmode", "verify-full") not in _STRICT:
                raise ServerTrouble("tls")
            found.setdefault("sslrootcert", os.environ.get("PGSSLROOTCERT", "system"))
        options = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
        found |= {"options": options, "connect_timeout": 10, "client_encoding": "UTF8"}
        return found | {"application_name": "anifro-desktop"} | self._secret()

    def _secret(self) -> dict[str, str]:
        return {"password": self.password} if self.password else {}


def remembered(folder: Path) -> bool:
    """Whether the data of a folder lie on a server."""
    return (folder / FILE).exists()


def remember(folder: Path, address: Address, key: DatabaseKey) -> None:
    """Write down where the data lie.

    Raises:
        CannotWrite: nothing was changed.
    """
    clear = canonical({"url": address.url, "password": address.password})
    table = {"format": FORMAT, "sealed": base64.b64encode(_seal(key, _FILE_INFO, clear, b"")).decode("ascii")}
    write_atomic(folder / FILE, canonical(table) + b"\n")


def recall(folder: Path, *keys: DatabaseKey) -> Address:
    """Where the data lie.

    Raises:
        VaultDamaged: the file was changed, or is of another vault.
    """
    try:
        table = strict_json(read_regular(folder / FILE, _LIMIT))
        match table:
            case {"format": str(name), "sealed": str(sealed)} if name == FORMAT:
                clear = _open(keys, _FILE_INFO, base64.b64decode(sealed, validate=True), b"")
                match strict_json(clear):
                    case {"url": str(url), "password": str(password)}:
                        return Address(url, password)
    except (Refusal, ValueError) as error:
        raise VaultDamaged("not readable") from error
    raise VaultDamaged("not readable")


def sealed_secret(key: DatabaseKey, name: str, value: bytes) -> bytes:
    """A secret as it may lie on the server, bound to its name."""
    return _seal(key, _SECRET_INFO, value, name.encode("utf-8"))


def opened_secret(keys: tuple[DatabaseKey, ...], name: str, value: bytes) -> bytes:
    """A secret that lay on the server.

    Raises:
        VaultDamaged: it was changed there, or stood under another name.
    """
    return _open(keys, _SECRET_INFO, value, name.encode("utf-8"))


def _seal(key: DatabaseKey, info: bytes, value: bytes, bound: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(kdf.hkdf(key.key, info)).encrypt(nonce, value, bound)


def _open(keys: tuple[DatabaseKey, ...], info: bytes, sealed: bytes, bound: bytes) -> bytes:
    for key in keys:
        try:
            return AESGCM(kdf.hkdf(key.key, info)).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
        except (InvalidTag, ValueError):
            continue
    raise VaultDamaged("changed on the server")


def open_server(address: Address) -> sa.Engine:
    """An engine with one connection to the server, made anew when it was lost.

    Raises:
        ServerTrouble: the address cannot be used, nobody answers, the login is refused, the database is not there or
            not in UTF-8.
    """
    parameters = address.parameters()
    engine = sa.create_engine(
        "postgresql+psycopg://",
        creator=_connector(parameters),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,  # an error must never show an answer
        json_serializer=lambda value: canonical(value).decode("utf-8"),
    )
    with _at_first(), engine.connect() as connection:
        if str(connection.exec_driver_sql("SHOW server_encoding").scalar_one()) != "UTF8":
            raise ServerTrouble("encoding")
    return engine


@contextmanager
def server_errors(name: str) -> Iterator[None]:
    """Turn the server's errors about the database `name` into refusals that a person understands.

    Raises:
        DatabaseDamaged: pages that do not check. CannotSave: disk full, not answering, read-only, busy.
        Conflict: a row that is there already, or a change that a trigger forbids. NotStorable: a value that is too
            large for its column, or has a character that no text there can have.
    """
    try:
        yield
    except sa.exc.DataError as error:
        raise NotStorable from error
    except sa.exc.DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None)
        if isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError) and state is None:
            raise CannotSave("server") from error
        state = state or ""
        if state in _DAMAGED:
            raise DatabaseDamaged(name) from error
        if state.startswith(_CONSTRAINT) or state == _RAISED:
            raise Conflict from error
        why = _SAID.get(state) or _SAID.get(state[:2])
        if why:
            raise CannotSave(why) from error
        raise


def _connector(parameters: dict[str, Any]) -> Callable[[], Any]:
    import psycopg

    def connect() -> Any:
        return psycopg.connect(**parameters)

    return connect


@contextmanager
def _at_first() -> Iterator[None]:
    try:
        yield
    except sa.exc.DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None) or _state_of(str(error.orig))
        raise ServerTrouble(_why(state)) from error


def _state_of(said: str) -> str:
    """The SQLSTATE of a connection that was refused: the library passes on the server's words only, which are English
    in no certain way; its code stands in them where the server could be asked for it."""
    if "does not exist" in said and "database" in said:
        return _NO_DATABASE
    return _NO_LOGIN if "authentication" in said or "no password" in said or "role" in said else ""


def _why(state: str) -> str:
    if state.startswith(_NO_LOGIN) or state == _NO_RIGHT:
        return "login"
    return "missing" if state == _NO_DATABASE else "unreachable"


def _parsed(url: str) -> dict[str, Any]:
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise ServerTrouble("library") from error
    if not url.startswith(("postgresql://", "postgres://")):
        raise ServerTrouble("url")
    try:
        return {name: value for name, value in conninfo_to_dict(url).items() if value is not None}
    except ProgrammingError as error:
        raise ServerTrouble("url") from error
