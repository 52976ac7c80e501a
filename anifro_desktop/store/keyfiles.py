"""The key file and its copy, written one after the other and made whole from one another."""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path

from anifro_desktop.files import CannotWrite, FilesError, read_regular, write_atomic, write_new
from anifro_desktop.store.doorplate import COPY, FILE, LIMIT
from anifro_desktop.store.errors import VaultDamaged
from anifro_desktop.store.slots import Table, read_table


def write(folder: Path, raw: bytes) -> None:
    """Write the key file, then its copy.

    Raises:
        CannotWrite: at least one whole file, old or new, is there.
    """
    write_atomic(folder / FILE, raw)
    write_atomic(folder / COPY, raw)


def mend(folder: Path, good: bytes, table: Table) -> tuple[str, ...]:
    """Make both files equal to the one that opened; names those that were damaged, which are kept aside."""
    damaged: list[str] = []
    for name in (FILE, COPY):
        try:
            raw = read_regular(folder / name, LIMIT)
        except FilesError:
            raw = b""
        if raw == good:
            continue
        if not _older(raw, table):
            damaged.append(name)
        with contextlib.suppress(CannotWrite):  # a read-only folder still opens
            write_new(folder / f"{name}.damaged-{secrets.token_hex(4)}", raw)
            write_atomic(folder / name, good)
    return tuple(damaged)


def _older(raw: bytes, table: Table) -> bool:
    """Whether a write was interrupted between the file and its copy: not damage."""
    try:
        return read_table(raw).version < table.version
    except VaultDamaged:
        return False
