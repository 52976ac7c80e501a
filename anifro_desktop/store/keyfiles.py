"""The files beside the databases that unlocking needs: the key file, its copy, and the count of wrong passphrases."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable
from pathlib import Path

from anifro_desktop.files import (
    CannotWrite,
    FilesError,
    StrictJsonError,
    read_regular,
    strict_json,
    write_atomic,
    write_new,
)
from anifro_desktop.record import Json, canonical
from anifro_desktop.store.doorplate import COPY, FILE, LIMIT
from anifro_desktop.store.errors import VaultDamaged
from anifro_desktop.store.slots import Table, read_table

ATTEMPTS = "attempts.json"


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


def count_attempts(folder: Path, user_code: str, change: Callable[[int], int]) -> int:
    """Change the count of wrong passphrases of a user; returns the one before. Never in the way of unlocking."""
    counts: Json = {}
    with contextlib.suppress(FilesError, StrictJsonError):
        counts = strict_json(read_regular(folder / ATTEMPTS, LIMIT))
    counts = dict(counts) if isinstance(counts, dict) else {}
    before = counts.get(user_code)
    before = before if isinstance(before, int) else 0
    counts[user_code] = change(before)
    if counts[user_code] != before:
        with contextlib.suppress(CannotWrite):
            write_atomic(folder / ATTEMPTS, canonical(counts) + b"\n")
    return before
