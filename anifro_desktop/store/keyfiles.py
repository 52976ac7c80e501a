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
    """Write the key file, then its copy. Where only the copy fails, what was asked holds all the same: the copy stays
    as it was until `even` or the next unlocking.

    Raises:
        CannotWrite: the key file is as it was.
    """
    write_atomic(folder / FILE, raw)
    with contextlib.suppress(CannotWrite):
        write_atomic(folder / COPY, raw)


def even(folder: Path) -> None:
    """Write the copy again if it is not the same: before anything is put under keys that only the key file holds.

    Raises:
        CannotRead, NotRegular: there is no key file. CannotWrite: the copy is as it was.
    """
    raw = read_regular(folder / FILE, LIMIT)
    with contextlib.suppress(FilesError):
        if read_regular(folder / COPY, LIMIT) == raw:
            return
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
