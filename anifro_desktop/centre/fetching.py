"""The server at which the centre takes bundles and leaves answers.

Rules kept here:
- What the centre has already, by name, is not fetched again: its receipt lies there, or is put there again.
- A file that will not come does not keep the others from coming; a server that does not answer ends it, with what was
  taken in kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from anifro_desktop.centre.ingesting import TAKEN
from anifro_desktop.centre.office import DATA_MANAGER, Centre
from anifro_desktop.errors import Refusal
from anifro_desktop.sync.connection import Connection
from anifro_desktop.sync.errors import DamagedCopy
from anifro_desktop.sync.folder import Transport
from anifro_desktop.sync.names import parse_name
from anifro_desktop.sync.outages import NotCarried, Stopped
from anifro_desktop.workflows import connecting


def connect(centre: Centre, connection: Connection) -> None:
    """Keep the centre's connection.

    Raises:
        RoleNeeded: not a data manager.
    """
    centre.need(DATA_MANAGER)
    connecting.keep(centre.store, connection)


def forget(centre: Centre) -> None:
    """Forget it, with its password and keys.

    Raises:
        RoleNeeded: not a data manager. NoConnection: there is none.
    """
    centre.need(DATA_MANAGER)
    connecting.needed(centre.store)
    connecting.keep(centre.store, None)


@dataclass(slots=True)
class Fetching:
    """Files as they come from a server. failure: what ended it before the end."""

    transport: Transport
    failure: Refusal | None = None

    def files(self, centre: Centre) -> Iterator[tuple[str, bytes | str]]:
        """Names and bytes of what is new there, or a code where a file is not what its name says."""
        try:
            for name in self._new(centre):
                try:
                    yield name, self.transport.get(name)
                except DamagedCopy as refusal:
                    yield name, refusal.code
        except (NotCarried, Stopped) as refusal:
            self.failure = refusal

    def _new(self, centre: Centre) -> Iterator[str]:
        known = {row.name for row in centre.store.bundles()}
        for name in self.transport.list():
            if parse_name(name).kind in TAKEN and name not in known:
                yield name
