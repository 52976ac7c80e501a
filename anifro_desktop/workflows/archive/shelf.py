"""The folder of an archive on its way: written under another name, hashed as it is written, renamed when it is whole.

Rules kept here:
- Until the last rename there is only a folder that ends in `.part`; after any failure it is gone.
- Every file is synced; `SHA256SUMS` names all of them, in the form that `sha256sum -c` reads.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from anifro_desktop.files import cannot_write, fsync_folder, make_folder, move

SUMS = "SHA256SUMS"


class Shelf:
    """A folder being filled. sums: name to SHA-256 (hex) of each file; size: bytes of all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sums: dict[str, str] = {}
        self.size = 0

    def put(self, name: str, parts: bytes | Iterable[bytes]) -> str:
        """Write a file of one or many parts; its SHA-256 (hex).

        Raises:
            DiskFull, FolderGone, CannotWrite: it was not written.
        """
        path = self.folder / name
        digest = hashlib.sha256()
        make_folder(path.parent)
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(path, flags, 0o600), "wb") as stream:
                for part in (parts,) if isinstance(parts, bytes) else parts:
                    digest.update(part)
                    self.size += stream.write(part)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise cannot_write(path, error) from error
        self.sums[name] = digest.hexdigest()
        return self.sums[name]

    def close(self) -> str:
        """Write the sums of all files; the SHA-256 of that list."""
        lines = "".join(f"{self.sums[name]}  {name}\n" for name in sorted(self.sums))
        return self.put(SUMS, lines.encode("utf-8"))


@contextmanager
def shelf(folder: Path) -> Iterator[Shelf]:
    """A folder to fill, which has its name when the block ends well and is gone when it does not.

    Raises:
        DiskFull, FolderGone, CannotWrite: it is gone.
    """
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)  # of an archive that was broken off; it holds nothing of its own
    make_folder(part)
    try:
        made = Shelf(part)
        yield made
        for path in {one.parent for one in map(part.joinpath, made.sums)}:
            fsync_folder(path)
        move(part, folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
