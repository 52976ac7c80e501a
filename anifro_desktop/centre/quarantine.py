"""Copies of refused files, outside the database: counted by reason, never opened again, limited in number and size.

A copy goes when the very same bytes were taken in later, as after the registration of their sender.
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from pathlib import Path

from anifro_desktop.files import make_folder, write_new
from anifro_desktop.sync.bundle import SUFFIX, file_hash
from anifro_desktop.sync.chain import may_hold


def keep(folder: Path, code: str, data: bytes) -> bool:
    """Keep a copy unless it is there or the folder is full; says whether it is there now.

    Raises:
        CannotWrite: the folder cannot be written.
    """
    make_folder(folder)
    name = _name(code, data)
    sizes = _sizes(folder)
    if name in sizes:
        return True
    if not may_hold(len(sizes) + 1, sum(sizes.values()) + len(data)):
        return False
    write_new(folder / name, data)
    return True


def has(folder: Path, code: str, data: bytes) -> bool:
    """Whether a copy is there."""
    return (folder / _name(code, data)).is_file()


def drop(folder: Path, sha256: str) -> None:
    """Forget the copies of a file that is in the store now. sha256: of its bytes, in hexadecimal."""
    for name in _sizes(folder):
        if name.endswith(f"-{sha256[:16]}{SUFFIX}"):
            with suppress(OSError):  # it is counted once more, no harm done
                (folder / name).unlink()


def counts(folder: Path) -> dict[str, int]:
    """How many copies there are, by reason."""
    return dict(sorted(Counter(name.rsplit("-", 1)[0] for name in _sizes(folder)).items()))


def _name(code: str, data: bytes) -> str:
    return f"{code}-{file_hash(data)[:16]}{SUFFIX}"


def _sizes(folder: Path) -> dict[str, int]:
    """Name and size of each copy; links and other things put there by hand are no copies."""
    if not folder.is_dir():
        return {}
    with os.scandir(folder) as entries:
        files = [entry for entry in entries if entry.is_file(follow_symlinks=False)]
        return {entry.name: entry.stat().st_size for entry in files if entry.name.endswith(SUFFIX)}
