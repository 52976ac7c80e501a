"""The centre's store wherever its data lie: in `centre.db`, or on a server that the folder names."""

from __future__ import annotations

from pathlib import Path

from anifro_desktop.store.centre import CentreStore
from anifro_desktop.store.clock import Clock
from anifro_desktop.store.on_server import OnServer
from anifro_desktop.store.server import remembered
from anifro_desktop.store.slots import Keys


class CentreOnServer(OnServer, CentreStore):
    """The centre's store on a server."""


def open_store(folder: Path, keys: Keys, clock: Clock | None = None) -> CentreStore:
    """Open or make the centre's store.

    Raises:
        What `CentreStore` does; ServerTrouble: the server cannot be used.
    """
    return (CentreOnServer if remembered(folder) else CentreStore)(folder, keys, clock)
