"""Whether a disk has room for what must not run out of it half-way: a backup, a restore, a change of keys, a bundle."""

from __future__ import annotations

from pathlib import Path

from anifro_desktop import files
from anifro_desktop.store.errors import NoRoom

LEAST = 200 << 20  # bytes
TIMES = 3
_MB = 1 << 20


def check_room(where: Path, size: int) -> None:
    """Ask for 200 MB and three times the databases' size (bytes), whichever is more, on the disk of a folder.

    Raises:
        NoRoom: less is free. FolderClosed: nothing can be written there. CannotRead: the folder is not there.
    """
    needed, free = max(LEAST, TIMES * size), files.free_bytes(where)
    if free < needed:
        files.check_writable(
            where
        )  # where nothing can be written at all, as in /proc, it is not for lack of room
        raise NoRoom(-(-needed // _MB), free // _MB)


def databases_size(folder: Path) -> int:
    """Bytes of the databases of a data folder, their WAL included."""
    return sum(path.stat().st_size for path in folder.glob("*.db*") if path.is_file())
