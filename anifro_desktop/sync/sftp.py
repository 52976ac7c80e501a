"""A folder of an SFTP server as a transport.

Rules kept here:
- The server must show the one host key agreed at set-up; any other ends it before user or password are sent.
- A file is uploaded as `.part` and renamed without overwriting. What has its name already is compared; only a copy
  that is not what its name promises is replaced.
- Of a list only ordinary files with the form of a bundle's name and a sensible size are seen; never more bytes are
  read than a bundle may have. A list is read here before the library reads it, which would count to four thousand
  million where it is told to, and stumble over a name that is not UTF-8.
- One session serves many files; after any fault it is dropped and made anew.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import hashlib
import io
import logging
import posixpath
import socket
import stat
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from secrets import token_hex
from typing import TYPE_CHECKING, Any, TypeVar

from anifro_desktop.sync.bundle import MAX_FILE
from anifro_desktop.sync.carrying import LIMITS, Halt, Limits, TookTooLong, sensible
from anifro_desktop.sync.connection import Connection, SftpPlace
from anifro_desktop.sync.errors import DamagedCopy
from anifro_desktop.sync.folder import MAX_ENTRIES, PART_SUFFIX
from anifro_desktop.sync.names import BundleName, parse_name
from anifro_desktop.sync.outages import NotCarried, roots

if TYPE_CHECKING:
    import paramiko

T = TypeVar("T")
_BLOCK = 32 << 10
_NAMES = 104  # the kind of packet that lists files
# What a file's attributes hold, by the bit that says so: how many bytes.
_SIZE, _OWNER, _MODE, _TIMES, _MORE = (1, 8), (2, 8), (4, 4), (8, 8), 1 << 31
# It writes tracebacks and what a server says into the log of whoever uses it.
logging.getLogger("paramiko").setLevel(logging.CRITICAL + 1)


@dataclass(slots=True)
class Sftp:
    """A folder on a server. Used by one thread at a time; `close` lets go of the server."""

    connection: Connection
    halt: Halt = field(default_factory=Halt)
    limits: Limits = LIMITS
    _sock: socket.socket | None = field(default=None, repr=False)
    _transport: paramiko.Transport | None = field(default=None, repr=False)
    _client: paramiko.SFTPClient | None = field(default=None, repr=False)

    @property
    def place(self) -> SftpPlace:
        """Where it is."""
        place = self.connection.place
        assert isinstance(place, SftpPlace)
        return place

    def put_if_absent(self, name: str, data: bytes) -> bool:
        """Upload a bundle unless it is there; a copy that is not what its name promises is replaced.

        Raises:
            NameRefused, DamagedCopy: name and bytes do not belong together. NotCarried: it did not arrive, or nobody
            can say; under its name there is no half of it. Stopped.
        """
        parsed = parse_name(name)
        if not parsed.fits(data):
            raise DamagedCopy(name)
        return self._session(len(data) + MAX_FILE, lambda client: self._put(client, name, data, parsed))

    def list(self) -> tuple[str, ...]:
        """The names of what look like whole bundles, sorted.

        Raises:
            NotCarried, Stopped.
        """
        return self._session(
            MAX_FILE,
            lambda client: sensible(self._files(client), self.place.host, MAX_ENTRIES, MAX_FILE),
        )

    def get(self, name: str) -> bytes:
        """The bytes of a bundle.

        Raises:
            NameRefused: not a bundle's name. DamagedCopy: the bytes are not those the name promises. NotCarried,
            Stopped.
        """
        parsed = parse_name(name)
        data = self._session(MAX_FILE, lambda client: self._read(client, name))
        if data is None:
            raise NotCarried("gone", self.place.host)
        if not parsed.fits(data):
            raise DamagedCopy(name)
        return data

    def try_writing(self) -> None:
        """Put a file of one word there, rename it, and take it away again.

        Raises:
            NotCarried, Stopped.
        """
        name = f"try-{token_hex(8)}"

        def write(client: paramiko.SFTPClient) -> None:
            self._write(client, name + PART_SUFFIX, b"try")
            client.rename(self._path(name + PART_SUFFIX), self._path(f"{name}.again{PART_SUFFIX}"))
            client.remove(self._path(f"{name}.again{PART_SUFFIX}"))

        self._session(0, write)

    def close(self) -> None:
        """Let go of the server."""
        self._cut()
        transport, sock = self._transport, self._sock
        self._transport = self._client = self._sock = None
        if transport is not None:
            transport.close()
        if sock is not None:
            sock.close()

    def _put(self, client: paramiko.SFTPClient, name: str, data: bytes, parsed: BundleName) -> bool:
        there = self._read(client, name)
        if there is not None and parsed.fits(there):
            return False
        part, path = self._path(name + PART_SUFFIX), self._path(name)
        self._write(client, name + PART_SUFFIX, data)
        if there is None:
            try:
                client.rename(part, path)  # overwrites nothing
            except OSError:
                there = self._read(client, name)  # it came meanwhile, or the server cannot
                if there is None:
                    raise
                if parsed.fits(there):
                    client.remove(part)
                    return False
            else:
                return True
        try:
            client.posix_rename(part, path)
        except OSError:  # a server without this extension
            client.remove(path)
            client.rename(part, path)
        return True

    def _write(self, client: paramiko.SFTPClient, name: str, data: bytes) -> None:
        try:
            with client.open(self._path(name), "wb") as stream:
                stream.set_pipelined(True)
                stream.write(data)
            size = client.stat(self._path(name)).st_size
        except FileNotFoundError:
            raise NotCarried("folder", self.place.host) from None
        except (PermissionError, EOFError, TimeoutError, ConnectionError):
            raise
        except OSError:
            if self._transport is None or not self._transport.is_active():
                raise
            # The protocol has one word for a full disk and all else.
            raise NotCarried("not_stored", self.place.host) from None
        if size != len(data):
            raise NotCarried("not_stored", self.place.host)

    def _read(self, client: paramiko.SFTPClient, name: str) -> bytes | None:
        """The bytes of a file, one more than a bundle may have at most; None if there is none."""
        try:
            stream = client.open(self._path(name), "rb")
        except FileNotFoundError:
            return None
        with stream:
            size = min(stream.stat().st_size or 0, MAX_FILE + 1)
            stream.prefetch(size)
            blocks, left = [], MAX_FILE + 1
            while left and (block := stream.read(min(_BLOCK, left))):
                blocks.append(block)
                left -= len(block)
        return b"".join(blocks)

    def _files(self, client: paramiko.SFTPClient) -> Iterator[tuple[str, int]]:
        try:
            for entry in client.listdir_iter(self.place.folder):
                ordinary = stat.S_ISREG(entry.st_mode or 0)
                yield (entry.filename, entry.st_size or 0) if ordinary else ("", 0)
        except FileNotFoundError:
            raise NotCarried("folder", self.place.host) from None

    def _path(self, name: str) -> str:
        return posixpath.join(self.place.folder, name)

    def _session(self, size: int, act: Callable[[paramiko.SFTPClient], T]) -> T:
        """Do something in a session, within the time that so many bytes may take."""
        paramiko = self._library()
        host = self.place.host
        try:
            with self.halt.watching(self._cut, self.limits.whole(size)):
                if self._client is None:
                    self._client = self._open()
                return act(self._client)
        except (TookTooLong, TimeoutError):
            refusal = NotCarried("timeout", host)
        except PermissionError:
            raise NotCarried("forbidden", host) from None
        except paramiko.AuthenticationException as error:
            words = str(error)
            refusal = NotCarried(
                "timeout" if "timeout" in words else "cut" if "EOF" in words else "login", host
            )
        except (
            EOFError,
            paramiko.SSHException,
            paramiko.SFTPError,
            OSError,
            ValueError,
            struct.error,
        ) as error:
            refusal = NotCarried(_why(error), host)
        except BaseException:
            self.close()
            raise
        self.close()
        raise refusal from None

    def _open(self) -> paramiko.SFTPClient:
        paramiko = self._library()
        place, limits = self.place, self.limits
        try:
            self._sock = socket.create_connection((place.host, place.port), timeout=limits.connect)
        except socket.gaierror:
            raise NotCarried("no_address", place.host) from None
        except OSError:
            raise NotCarried("no_answer", place.host) from None
        self._transport = transport = paramiko.Transport(self._sock)
        transport.banner_timeout = transport.handshake_timeout = transport.auth_timeout = limits.connect
        transport.start_client(timeout=limits.connect)
        shown = fingerprint(transport.get_remote_server_key().asbytes())
        if shown != place.host_key:
            raise NotCarried("host_key", place.host, shown=shown)
        self._log_in(transport)
        channel = transport.open_session()
        channel.settimeout(limits.idle)
        channel.invoke_subsystem("sftp")
        return self.on_channel(channel)

    def on_channel(self, channel: Any) -> paramiko.SFTPClient:
        """A session on a channel that is open."""
        return _careful(self._library())(channel)

    def _log_in(self, transport: paramiko.Transport) -> None:
        secrets, user = self.connection.secrets, self.place.user
        left: list[str] = []
        if secrets.key:
            left = transport.auth_publickey(user, self._key(secrets.key))
        if secrets.password and not transport.is_authenticated():
            left = transport.auth_password(user, secrets.password)
        if left and not transport.is_authenticated():
            raise NotCarried("login", self.place.host)

    def _key(self, text: str) -> paramiko.PKey:
        paramiko = self._library()
        for kind in (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey):
            with contextlib.suppress(paramiko.SSHException, ValueError):
                return kind.from_private_key(io.StringIO(text))
        raise NotCarried("login", self.place.host)

    def _cut(self) -> None:
        sock = self._sock
        if sock is not None:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def _library(self) -> Any:
        try:
            import paramiko
        except ImportError:
            raise NotCarried("library", self.place.host) from None
        return paramiko


@functools.cache
def _careful(library: Any) -> Any:
    """A client of the library that is given plain lists only."""

    class Client(library.SFTPClient):  # type: ignore[misc]  # of a library that may be missing
        def _read_packet(self) -> tuple[int, bytes]:
            kind, data = super()._read_packet()
            return kind, _plain_list(data) if kind == _NAMES else data

    return Client


def _plain_list(data: bytes) -> bytes:
    """A list of files with names, sizes and modes and nothing else; a name that is not UTF-8 is empty in it. One more
    than a folder may hold at most.

    Raises:
        ValueError, struct.error: it is not a list.
    """
    number, count = struct.unpack_from(">II", data)
    at, entries = 8, []
    for _ in range(min(count, MAX_ENTRIES + 1)):
        name, at = _string(data, at)
        _, at = _string(data, at)
        size, mode, at = _attributes(data, at)
        with contextlib.suppress(UnicodeDecodeError):
            name.decode("utf-8")
            entries.append((name, size, mode))
            continue
        entries.append((b"", 0, 0))
    parts = [struct.pack(">II", number, len(entries))]
    for name, size, mode in entries:
        parts += [
            struct.pack(">I", len(name)),
            name,
            struct.pack(">IIQI", 0, _SIZE[0] | _MODE[0], size, mode),
        ]
    return b"".join(parts)


def _attributes(data: bytes, at: int) -> tuple[int, int, int]:
    """Size and mode of a file, and where what follows begins."""
    (flags,) = struct.unpack_from(">I", data, at)
    at += 4
    found = {_SIZE: 0, _MODE: 0}
    for bit, length in (_SIZE, _OWNER, _MODE, _TIMES):
        if flags & bit:
            if (bit, length) in found:
                (found[bit, length],) = struct.unpack_from(">Q" if length == 8 else ">I", data, at)
            at += length
    if flags & _MORE:
        (pairs,) = struct.unpack_from(">I", data, at)
        at += 4
        for _ in range(2 * pairs):
            _, at = _string(data, at)
    return found[_SIZE], found[_MODE], at


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    """A text with its length before it, and where what follows begins."""
    (length,) = struct.unpack_from(">I", data, at)
    end = at + 4 + length
    if end > len(data):
        raise ValueError("a text beyond the end")
    return data[at + 4 : end], end


def fingerprint(key: bytes) -> str:
    """A host key as `ssh-keygen -lf` writes it."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key).digest()).decode("ascii").rstrip("=")


def _why(error: BaseException) -> str:
    """What a fault of the session means, by the library's own words: it has one type for nearly all."""
    words = str(error)
    if type(error).__name__ == "SFTPError" or isinstance(error, ValueError | struct.error):
        return "strange"
    if "protocol version" in words or "Incompatible" in words:
        return "strange"
    silent = any(isinstance(cause, TimeoutError) for cause in roots(error))
    return "timeout" if silent or "No existing session" in words or "Timeout" in words else "cut"
