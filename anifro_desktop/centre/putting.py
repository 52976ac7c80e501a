"""Where the centre puts its answers: a folder, or a server from which the sites fetch them.

Rules kept here:
- A file is put whole under its name or not at all; what is there already is not sent again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from anifro_desktop.files import make_folder
from anifro_desktop.sync.folder import Folder, Transport


@dataclass(slots=True)
class Outlet:
    """Where answers are put over the network: what is listed there is not put there again."""

    transport: Transport
    _there: frozenset[str] | None = field(default=None, repr=False)

    def put_if_absent(self, name: str, data: bytes) -> bool:
        """Put a file unless it is there.

        Raises:
            NotCarried, Stopped.
        """
        return name not in self.list() and self.transport.put_if_absent(name, data)

    def list(self) -> frozenset[str]:
        """The names of what was there when it was first asked.

        Raises:
            NotCarried, Stopped.
        """
        if self._there is None:
            self._there = frozenset(self.transport.list())
        return self._there


def outlet(to: Path | Outlet) -> Folder | Outlet:
    """Where answers are put; a folder is made if it is not there.

    Raises:
        CannotWrite: it cannot be made.
    """
    if isinstance(to, Outlet):
        return to
    make_folder(to)
    return Folder(to)
