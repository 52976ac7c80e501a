"""The server that a site or centre exchanges files with: set up, tried, used, forgotten.

Rules kept here:
- Where and as whom stand in the settings, and so in the audit trail; what opens it is a secret, told by its hash only.
- Setting up is a site administrator's; sending and fetching over it whoever may send.
- Nothing here touches a database while a server is waited for: what is needed of it is read before, noted after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anifro_desktop.errors import Refusal
from anifro_desktop.record import Json
from anifro_desktop.sync.carrying import Carrier, Fetched, Halt, Patient, Waiting, carrier
from anifro_desktop.sync.connection import Connection, read_connection
from anifro_desktop.sync.errors import DamagedCopy
from anifro_desktop.sync.folder import Transport
from anifro_desktop.sync.names import parse_name
from anifro_desktop.sync.outages import NotCarried
from anifro_desktop.workflows.delivering import Way
from anifro_desktop.workflows.errors import NotYourRole
from anifro_desktop.workflows.exchange_errors import NoConnection

if TYPE_CHECKING:
    from anifro_desktop.store.kept import Kept
    from anifro_desktop.workflows.site import Site

_NAME = "connection"  # of the setting and of the secret


def kept(store: Kept) -> Connection | None:
    """The connection of a store; None if there is none."""
    facts, secrets = store.setting(_NAME), store.secret(_NAME)
    if not isinstance(facts, Mapping) or not secrets:
        return None
    return read_connection(facts, secrets)


def needed(store: Kept) -> Connection:
    """The connection of a store.

    Raises:
        NoConnection: there is none.
    """
    found = kept(store)
    if found is None:
        raise NoConnection
    return found


def keep(store: Kept, connection: Connection | None) -> None:
    """Keep a connection in place of the one before, or none."""
    facts: dict[str, Json] | None = None if connection is None else connection.facts
    with store.transaction():
        store.set_setting(_NAME, facts)
        store.keep_secret(_NAME, b"" if connection is None else connection.secrets.as_bytes())


def connect(site: Site, connection: Connection) -> None:
    """Keep a site's connection.

    Raises:
        NotYourRole.
    """
    _administrator(site)
    keep(site.clinical, connection)


def forget(site: Site) -> None:
    """Forget it, with its password and keys.

    Raises:
        NotYourRole. NoConnection: there is none.
    """
    _administrator(site)
    needed(site.clinical)
    keep(site.clinical, None)


def _administrator(site: Site) -> None:
    if not site.may("site_admin"):
        raise NotYourRole("set up the connection", "site administrator")


def opened(
    connection: Connection, halt: Halt | None = None, told: Callable[[Waiting], None] | None = None
) -> Patient:
    """A way to the server that tries again by itself; to be closed. halt: to stop it; told: of each wait.

    Raises:
        NotCarried: this installation lacks the part for it.
    """
    wish = halt or Halt()
    made = carrier(connection, wish)
    return Patient(made, wish) if told is None else Patient(made, wish, told)


def way(connection: Connection, transport: Patient) -> Way:
    """The way of a sending (`delivering`) to that server."""
    return Way(connection.place.kind, connection.place.host, transport)


@dataclass(frozen=True, slots=True)
class Tried:
    """What works of a connection. bundles: how many are there, None where not even that could be read; refusal: what
    was in the way of reading or, where that works, of writing."""

    host: str
    bundles: int | None = None
    writes: bool = False
    refusal: Refusal | None = None


def try_it(connection: Connection, halt: Halt | None = None, *, made: Carrier | None = None) -> Tried:
    """Try a connection, once: read the list, then put a small file there and take it away again.

    Raises:
        Stopped.
    """
    host, bundles = connection.place.host, None
    transport = None
    try:
        transport = made or carrier(connection, halt or Halt())
        bundles = len(transport.list())
        transport.try_writing()
    except NotCarried as refusal:
        return Tried(host, bundles, refusal=refusal)
    finally:
        if transport is not None:
            transport.close()
    return Tried(host, bundles, writes=True)


def fetch(transport: Transport, wanted: Callable[[str], bool], known: Iterable[str] = ()) -> Fetched:
    """Bring the files here that are wanted and not known. known: beginnings of their hashes, of 16 digits.

    Raises:
        NotCarried, Stopped: nothing is lost, only not here. DamagedCopy: what is there is damaged, and nothing else
        is new.
    """
    held, files, damaged = frozenset(known), Fetched(), None
    for name in transport.list():
        if wanted(name) and parse_name(name).hash16 not in held:
            try:
                files.put_if_absent(name, transport.get(name))
            except DamagedCopy as refusal:
                damaged = damaged or refusal
            except NotCarried as refusal:
                if refusal.why != "gone":  # somebody took it away meanwhile
                    raise
    if damaged is not None and not files.files:
        raise damaged
    return files
