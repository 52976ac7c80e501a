"""How bundles travel: one small interface, and the folder or USB stick that every site has.

Rules kept here:
- Only regular files with a bundle's name and a sensible size are seen; links, folders, pipes, half-copied
  and foreign files are counted and named, never opened, moved or deleted.
- A file gets its name only when all its bytes are on the medium; an interrupted copy ends in `.part`.
- The name carries the start of the file's hash, so a copy made in part by another program is noticed and
  replaced.
- The transport is never trusted: `open_bundle` decides.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from anifro_desktop.files import CannotRead, TooLarge, read_regular, write_atomic, write_new
from anifro_desktop.sync.bundle import MAX_FILE
from anifro_desktop.sync.errors import CrowdedFolder, DamagedCopy
from anifro_desktop.sync.names import is_bundle_name, parse_name

MAX_ENTRIES = 20_000
PART_SUFFIX = ".part"


@dataclass(frozen=True, slots=True)
class Odd:
    """Something in the folder that is left alone.

    why: `half_copied`, `foreign` (not a bundle's name), `not_regular` (a link, folder or device),
    `too_large`, `empty`.
    """

    name: str
    why: Literal["half_copied", "foreign", "not_regular", "too_large", "empty"]


class Transport(Protocol):
    """What every way of sending offers. Sending a file again is harmless."""

    def put_if_absent(self, name: str, data: bytes) -> bool:
        """Send a file unless it is there; says whether it was sent."""
        ...

    def list(self) -> tuple[str, ...]:
        """The names of the bundles there, sorted."""
        ...

    def get(self, name: str) -> bytes:
        """The bytes of one bundle."""
        ...


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on a disk, a share or a stick."""

    path: Path

    def put_if_absent(self, name: str, data: bytes) -> bool:
        """Write a bundle unless the same is there; a damaged copy of it is replaced.

        Raises:
            NameRefused, DamagedCopy: name and bytes do not belong together. DiskFull, FolderGone,
            CannotWrite, NotRegular: the medium cannot take it; nothing half-written keeps a name.
        """
        parsed = parse_name(name)
        if not parsed.fits(data):
            raise DamagedCopy(name)
        target = self.path / name
        if write_new(target, data):
            return True
        if self._same(target, data):
            return False
        write_atomic(target, data)
        return True

    def list(self) -> tuple[str, ...]:
        """The names of what look like whole bundles, sorted.

        Raises:
            CannotRead: the folder is not there. CrowdedFolder: far too many files.
        """
        return tuple(sorted(name for name, odd in self._scan() if odd is None))

    def odd(self) -> tuple[Odd, ...]:
        """Everything else, by name, to be told to the user.

        Raises:
            CannotRead: the folder is not there. CrowdedFolder: far too many files.
        """
        return tuple(sorted((odd for _, odd in self._scan() if odd is not None), key=lambda odd: odd.name))

    def get(self, name: str) -> bytes:
        """The bytes of a bundle.

        Raises:
            NameRefused: not a bundle's name. NotRegular, TooLarge, CannotRead: not a file that may be read.
            DamagedCopy: the bytes are not those the name promises.
        """
        parsed = parse_name(name)
        data = read_regular(self.path / name, MAX_FILE)
        if not parsed.fits(data):
            raise DamagedCopy(name)
        return data

    def _same(self, target: Path, data: bytes) -> bool:
        try:
            return read_regular(target, MAX_FILE) == data
        except TooLarge:
            return False

    def _scan(self) -> Iterator[tuple[str, Odd | None]]:
        try:
            with os.scandir(self.path) as entries:
                for number, entry in enumerate(entries):
                    if number >= MAX_ENTRIES:
                        raise CrowdedFolder(self.path.name, MAX_ENTRIES)
                    with contextlib.suppress(FileNotFoundError):  # taken away since it was listed
                        yield entry.name, _odd(entry)
        except OSError as error:
            raise CannotRead(
                f"The folder {self.path.name} cannot be read: connect its medium again and try again.",
                name=self.path.name,
            ) from error


def _odd(entry: os.DirEntry[str]) -> Odd | None:
    if entry.name.endswith(PART_SUFFIX):
        return Odd(entry.name, "half_copied")
    if not is_bundle_name(entry.name):
        return Odd(entry.name, "foreign")
    if not entry.is_file(follow_symlinks=False):
        return Odd(entry.name, "not_regular")
    size = entry.stat(follow_symlinks=False).st_size
    if size > MAX_FILE:
        return Odd(entry.name, "too_large")
    return None if size else Odd(entry.name, "empty")
