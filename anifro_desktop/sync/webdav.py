"""A folder of a WebDAV server, over HTTPS, as a transport.

Rules kept here:
- A file is uploaded as `.part` and gets its name by a move that overwrites nothing. What has its name already is
  compared; only a copy that is not what its name promises is replaced.
- Redirects are not followed, compressed answers not unpacked, answers larger than any of the study not read.
- Of a list only names with the form of a bundle's are believed, and of those only that they may be asked for.
- The server is known by its certificate alone: by the authority named in the connection and no other, else by those
  of the computer. Proxies are the one named, never one of the environment.
"""

from __future__ import annotations

import base64
import contextlib
import logging
import os
import re
import socket
import ssl
import tempfile
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any, NoReturn
from xml.parsers import expat

import truststore
import urllib3
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool

from anifro_desktop.sync.bundle import MAX_FILE
from anifro_desktop.sync.carrying import LIMITS, Halt, Limits, TookTooLong, sensible
from anifro_desktop.sync.connection import Connection, WebDavPlace
from anifro_desktop.sync.errors import DamagedCopy
from anifro_desktop.sync.folder import MAX_ENTRIES, PART_SUFFIX
from anifro_desktop.sync.names import BundleName, parse_name
from anifro_desktop.sync.outages import NotCarried, of_status, of_tls, roots

# Its warnings name addresses, and would stand among the answers of a command.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)

_LIST = (
    b'<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/></prop>'
    b"</propfind>"
)
_MAX_LIST = 32 << 20  # bytes: some 1,500 for each of as many files as a folder may hold
_MAX_TEXT = 16 << 10  # characters between two tags
_MAX_ELEMENTS = 16 * MAX_ENTRIES  # servers use some eight for each file
_MAX_REMARK = 64 << 10  # of an answer that only says what became of a request
_BLOCK = 64 << 10
_TUNNEL = re.compile(r"Tunnel connection failed: (\d{3})")


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    data: bytes
    retry_after: str | None


class _Larger(NotCarried):
    """More than any file of the study has."""


@dataclass(slots=True)
class _Line:
    """A second handle of the socket in use, by which another thread can end it in any state."""

    handle: socket.socket | None = None

    def hold(self, sock: socket.socket) -> None:
        self.drop()
        self.handle = sock.dup()

    def cut(self) -> None:
        handle = self.handle
        if handle is not None:
            with contextlib.suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)

    def drop(self) -> None:
        handle, self.handle = self.handle, None
        if handle is not None:
            handle.close()


@dataclass(slots=True)
class WebDav:
    """A folder on a server. Used by one thread at a time; `close` lets go of the server."""

    connection: Connection
    halt: Halt = field(default_factory=Halt)
    limits: Limits = LIMITS
    _line: _Line = field(default_factory=_Line, repr=False)
    _pool: HTTPSConnectionPool | None = field(default=None, repr=False)

    @property
    def place(self) -> WebDavPlace:
        """Where it is."""
        place = self.connection.place
        assert isinstance(place, WebDavPlace)
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
        there = self._there(name, parsed)
        if there:
            return False
        part = name + PART_SUFFIX
        self._ask("PUT", part, body=data, good=(200, 201, 204))
        # Where nothing was found nothing may be overwritten: it came meanwhile, and is compared.
        if self._move(part, name, overwrite=there is not None):
            return True
        if self._there(name, parsed):
            self._discard(part)
            return False
        if not self._move(part, name, overwrite=True):
            raise NotCarried("strange", self.place.host)
        return True

    def list(self) -> tuple[str, ...]:
        """The names of what look like whole bundles, sorted.

        Raises:
            NotCarried, Stopped.
        """
        headers = {"Depth": "1", "Content-Type": "application/xml; charset=utf-8"}
        answer = self._ask("PROPFIND", "", body=_LIST, headers=headers, good=(207,), limit=_MAX_LIST)
        return names_in(answer.data, self.place.host)

    def get(self, name: str) -> bytes:
        """The bytes of a bundle.

        Raises:
            NameRefused: not a bundle's name. DamagedCopy: the bytes are not those the name promises. NotCarried,
            Stopped.
        """
        parsed = parse_name(name)
        answer = self._ask("GET", name, good=(200, 404), limit=MAX_FILE)
        if answer.status == 404:
            raise NotCarried("gone", self.place.host)
        if not parsed.fits(answer.data):
            raise DamagedCopy(name)
        return answer.data

    def try_writing(self) -> None:
        """Put a file of one word there, move it, and take it away again.

        Raises:
            NotCarried, Stopped.
        """
        name = f"try-{token_hex(8)}"
        self._ask("PUT", name + PART_SUFFIX, body=b"try", good=(200, 201, 204))
        self._move(name + PART_SUFFIX, f"{name}.again{PART_SUFFIX}", overwrite=False)
        self._ask("DELETE", f"{name}.again{PART_SUFFIX}", good=(200, 204))

    def close(self) -> None:
        """Let go of the server."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.close()
        self._line.drop()

    def _there(self, name: str, parsed: BundleName) -> bool | None:
        """Whether what has that name is what it promises; None if nothing has it."""
        try:
            answer = self._ask("GET", name, good=(200, 404), limit=MAX_FILE)
        except _Larger:
            return False
        return None if answer.status == 404 else parsed.fits(answer.data)

    def _move(self, source: str, target: str, *, overwrite: bool) -> bool:
        headers = {"Destination": self.place.url + target, "Overwrite": "T" if overwrite else "F"}
        return self._ask("MOVE", source, headers=headers, good=(200, 201, 204, 412)).status != 412

    def _discard(self, name: str) -> None:
        with contextlib.suppress(NotCarried):
            self._ask("DELETE", name, good=(200, 204, 404))

    def _ask(
        self,
        method: str,
        name: str,
        *,
        good: tuple[int, ...],
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        limit: int = _MAX_REMARK,
    ) -> _Answer:
        seconds = self.limits.whole(max(len(body), limit if method in ("GET", "PROPFIND") else 0))
        try:
            with self.halt.watching(self._line.cut, seconds):
                answer = self._exchange(method, name, body, headers or {}, limit)
        except TookTooLong:
            self.close()
            raise NotCarried("timeout", self.place.host) from None
        except BaseException:
            self.close()
            raise
        if answer.status in good:
            return answer
        if answer.status == 400 and b"SSL certificate" in answer.data:
            raise NotCarried("wants_certificate", self.place.host)
        raise of_status(answer.status, self.place.host, answer.retry_after)

    def _exchange(
        self, method: str, name: str, body: bytes, headers: Mapping[str, str], limit: int
    ) -> _Answer:
        try:
            response = self._opened().urlopen(
                method,
                urllib.parse.urlsplit(self.place.url).path + name,
                body=body or None,
                headers={**self._own_headers(), **headers},
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
            )
            try:
                data = self._read(response, limit)
            except BaseException:
                response.close()
                raise
            response.release_conn()
        except (urllib3.exceptions.HTTPError, OSError) as error:
            self._refuse(error)
        return _Answer(response.status, data, response.headers.get("Retry-After"))

    def _read(self, response: Any, limit: int) -> bytes:
        """The body, if it is as plain and as small as it must be."""
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise NotCarried("strange", self.place.host)
        whole = response.status in (200, 207)
        named = {"content-length", "transfer-encoding"} & {name.lower() for name in response.headers}
        closing = response.headers.get("Connection", "").lower() == "close" or response.version < 11
        if whole and not named and not closing:  # its head was cut, and how long it is stood in the rest
            raise NotCarried("cut", self.place.host)
        blocks: list[bytes] = []
        size = 0
        while block := response.read(_BLOCK):
            size += len(block)
            if size > limit:
                if whole:
                    raise _Larger("strange", self.place.host)
                response.close()
                break  # an error's page, as long as it may be: its status says enough
            blocks.append(block)
        return b"".join(blocks)

    def _own_headers(self) -> dict[str, str]:
        user, password = self.place.user, self.connection.secrets.password
        own = {"User-Agent": "anifro-desktop", "Accept-Encoding": "identity"}
        return own | ({"Authorization": _basic(user, password)} if user else {})

    def _opened(self) -> HTTPSConnectionPool:
        if self._pool is None:
            self._pool = self._open()
        return self._pool

    def _open(self) -> HTTPSConnectionPool:
        options: dict[str, Any] = {
            "ssl_context": self._tls(),
            "timeout": urllib3.Timeout(connect=self.limits.connect, read=self.limits.idle),
            "maxsize": 1,
            "block": True,
        }
        place, manager = self.place, urllib3.PoolManager
        if place.proxy:
            word = self.connection.secrets.proxy_password
            login = {"Proxy-Authorization": _basic(place.proxy_user, word)} if place.proxy_user else {}
            pool = urllib3.ProxyManager(place.proxy, proxy_headers=login, **options).connection_from_url(
                place.url
            )
        else:
            pool = manager(**options).connection_from_url(place.url)
        assert isinstance(pool, HTTPSConnectionPool)
        pool.ConnectionCls = _held(self._line)
        return pool

    def _tls(self) -> ssl.SSLContext:
        secrets = self.connection.secrets
        if secrets.authority:
            context = ssl.create_default_context(cadata=secrets.authority)
        else:
            context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if secrets.certificate:
            _load_certificate(context, secrets.certificate)
        return context

    def _refuse(self, error: Exception) -> NoReturn:
        """Say what a library or the machine meant."""
        host, causes = self.place.host, tuple(roots(error))
        for cause in causes:
            if isinstance(cause, NotCarried):
                raise cause
            if isinstance(cause, ssl.SSLError):
                raise of_tls(cause, host) from None
        words = " ".join(str(cause) for cause in causes)
        if match := _TUNNEL.search(words):
            raise NotCarried("proxy_login" if match[1] == "407" else "proxy_refuses", host) from None
        if any(isinstance(cause, urllib3.exceptions.ProxyError) for cause in causes):
            raise NotCarried("proxy_silent", host) from None
        raise NotCarried(_why(causes), host) from None


def _why(causes: tuple[BaseException, ...]) -> str:
    kinds: tuple[tuple[str, tuple[type[BaseException], ...]], ...] = (
        ("no_address", (socket.gaierror,)),
        ("no_answer", (urllib3.exceptions.ConnectTimeoutError, urllib3.exceptions.NewConnectionError)),
        ("timeout", (urllib3.exceptions.ReadTimeoutError, TimeoutError)),
    )
    for why, wanted in kinds:
        if any(isinstance(cause, wanted) for cause in causes):
            return why
    if any("BadStatusLine" in type(cause).__name__ for cause in causes):
        return "strange"
    return "cut"


def _held(line: _Line) -> type[HTTPSConnection]:
    class Connection(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            sock = super()._new_conn()
            line.hold(sock)
            return sock

        def send(self, data: Any) -> None:
            """A server may answer and hang up before all was sent: its answer, or why it wants no more, is read."""
            try:
                super().send(data)
            except (ssl.SSLEOFError, ConnectionResetError) as error:
                raise BrokenPipeError from error

    return Connection


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


def _load_certificate(context: ssl.SSLContext, pem: str) -> None:
    """OpenSSL reads a key from a file only: it lies there for this moment, under a passphrase made for it."""
    from cryptography.hazmat.primitives import serialization as form

    word = token_hex(32).encode()
    chain, _, private = pem.rpartition("-----BEGIN PRIVATE KEY-----")
    key = form.load_pem_private_key(f"-----BEGIN PRIVATE KEY-----{private}".encode(), None)
    locked = key.private_bytes(
        form.Encoding.PEM, form.PrivateFormat.PKCS8, form.BestAvailableEncryption(word)
    )
    number, path = tempfile.mkstemp(suffix=".pem")
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(chain.encode() + locked)
        context.load_cert_chain(path, password=word)
    finally:
        Path(path).unlink()


def names_in(answer: bytes, host: str) -> tuple[str, ...]:
    """The names of what look like whole bundles in an answer to PROPFIND, sorted.

    Raises:
        NotCarried: `strange`: it is no such answer, or one made to cost much; `crowded`.
    """
    try:
        return sensible(iter(_Listing().read(answer)), host, MAX_ENTRIES, MAX_FILE)
    except (expat.ExpatError, ValueError, LookupError):  # the last: in letters that nobody knows
        raise NotCarried("strange", host) from None


class _Listing:
    """The answer to PROPFIND, read as it comes: names with their sizes of what is no folder. Reading ends with more
    entries than a folder may hold, more elements than these may have, or a text longer than any address."""

    def __init__(self) -> None:
        self._entries: list[tuple[str, int]] = []
        self._text: list[str] = []
        self._name, self._size, self._folder = "", 0, False
        self._elements = self._length = 0

    def read(self, data: bytes) -> list[tuple[str, int]]:
        """Names and sizes.

        Raises:
            ExpatError, ValueError: not such an answer, or one with declarations, which could make it grow.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.buffer_text = True  # else a line each, and one for its end
        parser.CharacterDataHandler = self._said
        parser.Parse(data, True)
        return self._entries

    def _doctype(self, *_: object) -> NoReturn:
        raise ValueError("a document type")

    def _said(self, text: str) -> None:
        self._length += len(text)
        if self._length > _MAX_TEXT:
            raise ValueError("a long text")
        self._text.append(text)

    def _start(self, tag: str, _: object) -> None:
        self._text.clear()
        self._length = 0
        self._elements += 1
        if self._elements > _MAX_ELEMENTS:
            raise ValueError("many elements")
        if tag == "DAV: response":
            self._name, self._size, self._folder = "", 0, False
        elif tag == "DAV: collection":
            self._folder = True

    def _end(self, tag: str) -> None:
        text = "".join(self._text).strip()
        self._text.clear()
        self._length = 0
        if tag == "DAV: href":
            self._name = urllib.parse.unquote(text.rpartition("/")[2])
        elif tag == "DAV: getcontentlength" and text.isascii() and text.isdigit() and len(text) < 12:
            self._size = int(text)
        elif tag == "DAV: response" and not self._folder:
            self._entries.append((self._name, self._size))
