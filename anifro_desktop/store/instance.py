"""One program per data folder, and only on a disk where a database is safe.

Rules kept here:
- The lock is the operating system's and lasts as long as the process: after a crash nothing is left to clean up.
- Network shares and folders of cloud services are refused: there, SQLite's locks and WAL do not hold.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Self

from anifro_desktop.files import cannot_write
from anifro_desktop.store.errors import OtherInstance, UnsafeFolder, VaultMissing

LOCK = "instance.lock"
_NETWORK_TYPES = frozenset(
    (
        *(
            "afpfs",
            "afs",
            "beegfs",
            "ceph",
            "cifs",
            "coda",
            "davfs",
            "glusterfs",
            "lustre",
            "ncpfs",
            "nfs",
            "nfs4",
        ),
        *("prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "webdav"),
        *("fuse.cephfs", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs", "fuse.sshfs"),
    )
)
_CLOUD_NAMES = re.compile(
    r"(onedrive|dropbox|google ?drive|googledrive|il mio drive|my drive|icloud ?drive|icloud~|mobile documents"
    r"|com~apple~clouddocs|cloudstorage|nextcloud|owncloud|pcloud|mega ?sync|box ?sync|syncthing|seafile)"
    r"([ \-_(.].*)?"
)
_DRIVE_REMOTE = 4  # of Windows' GetDriveType


class InstanceLock:
    """The right to use a data folder, until `release` or the end of the process."""

    def __init__(self, folder: Path) -> None:
        """Take it.

        Raises:
            OtherInstance: another process has it. CannotWrite: the folder cannot be written.
        """
        if not folder.is_dir():
            raise VaultMissing
        path = folder / LOCK
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise cannot_write(path, error) from error
        try:
            _lock(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise OtherInstance from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        """Give it back. The file stays: deleting it would let two processes lock two files of one name."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def lock_folder(folder: Path) -> InstanceLock:
    """Check the folder and take the right to use it.

    Raises:
        UnsafeFolder, VaultMissing, OtherInstance, CannotWrite: see `check_folder` and `InstanceLock`.
    """
    check_folder(folder)
    return InstanceLock(folder)


def check_folder(folder: Path) -> None:
    """Refuse a data folder on a network share or inside a cloud service's folder.

    Raises:
        UnsafeFolder: with the kind, and the name of the service or file system.
    """
    real = folder.resolve()
    name = cloud_folder(real)
    if name:
        raise UnsafeFolder("cloud", name)
    network = _network(real)
    if network:
        raise UnsafeFolder("network", network)


def cloud_folder(path: Path) -> str:
    """The part of a path that a cloud service keeps in step, or nothing."""
    return next((part for part in path.parts if _CLOUD_NAMES.fullmatch(part.casefold())), "")


def network_type(path: PurePosixPath, mounts: str) -> str:
    """The network file system a path lies on, by a table like `/proc/mounts`; nothing if it is local."""
    best, kind = "", ""
    for target, file_system in _mounted(mounts):
        inside = path == PurePosixPath(target) or PurePosixPath(target) in path.parents
        if inside and len(target) >= len(best):
            best, kind = target, file_system
    return kind if kind in _NETWORK_TYPES else ""


def _mounted(mounts: str) -> Iterator[tuple[str, str]]:
    for line in mounts.splitlines():
        apple = re.fullmatch(r".+ on (/.*) \((\w+)[,)].*", line)
        if apple:
            yield apple[1], apple[2]
            continue
        parts = line.split(" ")
        if len(parts) >= 3:
            # The kernel writes a space of a mount point as \040.
            yield re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), parts[1]), parts[2]


def _network(path: Path) -> str:
    if sys.platform == "win32":
        import ctypes

        if str(path).startswith("\\\\"):
            return "SMB"
        return "SMB" if ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _DRIVE_REMOTE else ""
    mounts = ""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        if sys.platform == "darwin":
            mounts = subprocess.run(
                ["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True
            ).stdout
        else:
            mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    return network_type(PurePosixPath(path), mounts)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
