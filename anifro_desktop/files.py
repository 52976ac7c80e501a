"""Files that survive a power cut, and bytes from outside that are read with suspicion. Standard library only.

Rules kept here:
- Every file is written as: temporary file in the same folder, write, flush, fsync, rename, fsync of the
  folder. After any failure the old file is whole and the temporary one is gone.
- Files from outside are regular files, opened without following links, never larger than the caller allows.
- Every failure is one sentence that says what to do; it names the file, never its content or its path.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from anifro_desktop.errors import EnvironmentRefusal
from anifro_desktop.strictjson import StrictJsonError, strict_json

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_GONE = {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR, errno.ESTALE, errno.EIO}
# Access denied, sharing violation, lock violation: a scanner or the sync client of the moment holds the file.
_WINDOWS_BUSY = {5, 32, 33}
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
_ATTEMPTS = 8  # together about two seconds
_BLOCK = 1 << 20  # bytes

__all__ = [
    "CannotRead",
    "CannotWrite",
    "DiskFull",
    "FilesError",
    "FolderClosed",
    "FolderGone",
    "NotRegular",
    "StrictJsonError",
    "TooLarge",
    "cannot_read",
    "cannot_write",
    "check_writable",
    "copy_file",
    "file_sha256",
    "free_bytes",
    "fsync_folder",
    "make_folder",
    "move",
    "read_regular",
    "strict_json",
    "sync_file",
    "write_atomic",
    "write_new",
    "write_pieces",
]


class FilesError(EnvironmentRefusal):
    """Base of what this module refuses about the machine's files."""

    code = "files"


class CannotWrite(FilesError):
    """A file could not be written; whatever stood there before is untouched."""

    code = "cannot_write"


class DiskFull(CannotWrite):
    """No room left."""

    code = "disk_full"


class FolderGone(CannotWrite):
    """The folder went away: a stick pulled out, a share disconnected, an I/O error."""

    code = "folder_gone"


class FolderClosed(CannotWrite):
    """A folder in which nothing can be made: not there, no permission, or no place for files at all."""

    code = "folder_closed"


class CannotRead(FilesError):
    """A file or folder could not be read."""

    code = "cannot_read"


class NotRegular(FilesError):
    """A link, a folder, a device or a pipe where a file was expected."""

    code = "not_regular"


class TooLarge(FilesError):
    """A file larger than anything this program writes there."""

    code = "too_large"


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file so that it holds, at any moment, either the old bytes or the new ones.

    Raises:
        DiskFull, FolderGone, CannotWrite: nothing was changed.
    """
    try:
        with _temporary(path, data) as temporary:
            _patiently(os.replace, temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error


def write_new(path: Path, data: bytes) -> bool:
    """Write a file only if none of that name is there; says whether it was written. Old files stay.

    Raises:
        DiskFull, FolderGone, CannotWrite: nothing was changed.
    """
    try:
        with _temporary(path, data) as temporary:
            written = _take_name(temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from error
    return written


def read_regular(path: Path, max_bytes: int) -> bytes:
    """The bytes of a regular file of at most `max_bytes`; links are not followed.

    Raises:
        NotRegular: a link, folder, pipe or device. TooLarge: more bytes than allowed.
        CannotRead: missing, forbidden, or the medium went away.
    """
    # Non-blocking, because opening a pipe would otherwise wait for ever for its writer.
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    try:
        if not _is_plain(path.lstat()):
            raise _not_regular(path)
        with os.fdopen(os.open(path, flags), "rb") as stream:
            facts = os.fstat(stream.fileno())
            if not _is_plain(facts):
                raise _not_regular(path)
            data = b"" if facts.st_size > max_bytes else stream.read(max_bytes + 1)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise _not_regular(path) from error
        raise cannot_read(path) from error
    if facts.st_size > max_bytes or len(data) > max_bytes:
        raise TooLarge(
            f"{path.name} is larger than the {max_bytes} bytes allowed: it is not a file of this program.",
            name=path.name,
            limit=max_bytes,
        )
    return data


def copy_file(source: Path, target: Path) -> str:
    """Copy a regular file to a new name, synced; the SHA-256 (hex) of the bytes that were copied.

    The folder's own entry is not synced: a copier of many files does that once.

    Raises:
        NotRegular: a link, folder, pipe or device. CannotRead: the source is missing or its medium failed.
        DiskFull, FolderGone, CannotWrite: the target is there already or could not be written.
    """
    digest = hashlib.sha256()
    with _reading(source) as stream:
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(target, flags, 0o600), "wb") as copy:
                while block := _block(stream, source):
                    digest.update(block)
                    copy.write(block)
                copy.flush()
                _to_disk(copy.fileno())
        except OSError as error:
            raise cannot_write(target, error) from error
    return digest.hexdigest()


def file_sha256(path: Path) -> str:
    """The SHA-256 (hex) of a regular file.

    Raises:
        NotRegular, CannotRead: as for `copy_file`.
    """
    digest = hashlib.sha256()
    with _reading(path) as stream:
        while block := _block(stream, path):
            digest.update(block)
    return digest.hexdigest()


def sync_file(path: Path) -> None:
    """Make durable what another library wrote into a file.

    Raises:
        DiskFull, FolderGone, CannotWrite: it is not.
    """
    try:
        with path.open("r+b") as stream:
            _to_disk(stream.fileno())
    except OSError as error:
        raise cannot_write(path, error) from error


def move(source: Path, target: Path) -> None:
    """Give a file or folder another name on the same disk, replacing a file of that name; both folders synced.

    Raises:
        DiskFull, FolderGone, CannotWrite: it still has its old name.
    """
    try:
        _patiently(os.replace, source, target)
        for folder in {source.parent, target.parent}:
            _sync_folder(folder)
    except OSError as error:
        raise cannot_write(target, error) from error


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a new file as its pieces are made, for its owner alone, and make it durable.

    Raises:
        DiskFull, FolderGone, CannotWrite: a file of that name is there, or what there is of it is not whole.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags, 0o600), "wb") as stream:
            stream.writelines(pieces)
            stream.flush()
            _to_disk(stream.fileno())
    except OSError as error:
        raise cannot_write(path, error) from error


def make_folder(path: Path) -> None:
    """Make a folder and those above it, if they are not there, so that they outlast a power cut.

    Raises:
        CannotWrite: it cannot be made.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in missing:
            _sync_folder(folder.parent)
    except OSError as error:
        raise cannot_write(path, error) from error


def check_writable(folder: Path) -> None:
    """See that a file can be made in the folder, by making one for a moment; a full disk is not what is asked.

    Raises:
        FolderClosed: none can.
    """
    try:
        with _temporary(folder / "try", b""):
            pass
    except OSError as error:
        if error.errno not in _FULL:
            raise FolderClosed(
                f"Nothing can be written into the folder {folder.name}: check that it is there and that you may write "
                "to it, or choose another one.",
                name=folder.name,
            ) from error


def fsync_folder(folder: Path) -> None:
    """Make a rename in the folder durable; nothing to do where folders cannot be synced (Windows, shares).

    Raises:
        DiskFull, FolderGone, CannotWrite: it is not.
    """
    try:
        _sync_folder(folder)
    except OSError as error:
        raise cannot_write(folder, error) from error


def free_bytes(folder: Path) -> int:
    """Bytes that may still be written in the folder.

    Raises:
        CannotRead: the folder is not there.
    """
    try:
        return shutil.disk_usage(folder).free
    except OSError as error:
        raise CannotRead(
            f"The folder {folder.name} cannot be read: check that its medium is connected, then try again.",
            name=folder.name,
        ) from error


def cannot_read(path: Path) -> CannotRead:
    """The refusal of a file that is not there or whose medium failed."""
    return CannotRead(
        f"{path.name} cannot be read: check that it is there and its medium connected, then try again.",
        name=path.name,
    )


def cannot_write(path: Path, error: OSError) -> CannotWrite:
    """The refusal that fits an error of the operating system while writing `path`."""
    if error.errno in _FULL:
        return DiskFull(
            f"The disk is full, {path.name} was not saved: free some space and try again.", name=path.name
        )
    if error.errno in _GONE:
        return FolderGone(
            f"The folder or medium for {path.name} is not there or failed: connect it again and try again.",
            name=path.name,
        )
    return CannotWrite(
        f"{path.name} could not be written: check that its folder may be written to, then try again.",
        name=path.name,
    )


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[BinaryIO]:
    try:
        if not _is_plain(path.lstat()):
            raise _not_regular(path)
        stream = path.open("rb")
    except OSError as error:
        raise cannot_read(path) from error
    with stream:
        yield stream


def _block(stream: BinaryIO, path: Path) -> bytes:
    try:
        return stream.read(_BLOCK)
    except OSError as error:
        raise cannot_read(path) from error


@contextlib.contextmanager
def _temporary(path: Path, data: bytes) -> Iterator[Path]:
    temporary = path.with_name(f".{path.name[:80]}.{os.urandom(6).hex()}.part")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            _to_disk(stream.fileno())
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _to_disk(descriptor: int) -> None:
    if sys.platform == "darwin":  # there, fsync leaves the bytes in the drive's own cache
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(descriptor)


def _take_name(temporary: Path, path: Path) -> bool:
    try:
        if os.name == "nt":
            _patiently(os.rename, temporary, path)  # refuses an existing name there
        else:
            os.link(temporary, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # FAT and some shares have no links; a stick has one writer, so look and rename.
        if os.path.lexists(path):
            return False
        temporary.rename(path)
    return True


def _patiently(act: Callable[[Path, Path], object], source: Path, target: Path) -> None:
    for attempt in range(_ATTEMPTS):
        try:
            act(source, target)
            return
        except OSError as error:
            if getattr(error, "winerror", None) not in _WINDOWS_BUSY or attempt == _ATTEMPTS - 1:
                raise
            time.sleep(0.01 * 2**attempt)


def _is_plain(facts: os.stat_result) -> bool:
    reparse = getattr(facts, "st_file_attributes", 0) & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0x400)
    return stat.S_ISREG(facts.st_mode) and not reparse


def _not_regular(path: Path) -> NotRegular:
    return NotRegular(
        f"{path.name} is a link or not a file: copy the file itself and try again.", name=path.name
    )
