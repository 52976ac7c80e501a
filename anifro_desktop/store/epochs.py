"""The epoch in which a site sends, written beside its database too: a restore counts on from it when the keys of the
backup open nothing of what is there.

Rules kept here:
- The file is written before the database has the number. It may be ahead of it, never behind; a number that no bundle
  had is no harm.
- It holds no secret and is believed as it stands, if it is of this installation: all it can do is leave numbers out.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from anifro_desktop.errors import Refusal
from anifro_desktop.files import read_regular, strict_json, write_atomic
from anifro_desktop.record import canonical

FILE = "epoch.json"
FORMAT = "anifro/epoch/v1"
_LIMIT = 4096


def known(folder: Path, writer: str) -> int:
    """The latest epoch of an installation that a folder tells of; 0 where it tells of none."""
    with suppress(Refusal):
        match strict_json(read_regular(folder / FILE, _LIMIT)):
            case {"format": "anifro/epoch/v1", "writer": str(of), "epoch": int(epoch)} if of == writer:
                return max(epoch, 0)
    return 0


def keep(folder: Path, writer: str, epoch: int) -> None:
    """Write an epoch that is about to begin.

    Raises:
        CannotWrite: the file is as it was.
    """
    write_atomic(folder / FILE, canonical({"format": FORMAT, "writer": writer, "epoch": epoch}) + b"\n")
