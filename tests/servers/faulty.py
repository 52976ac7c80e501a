"""Servers and lines that fail in exactly one way: answers by script, a proxy, a line that is cut."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from authority import HOST, Issued

Script = Callable[["Asked"], None]


class Asked(BaseHTTPRequestHandler):
    """One request. `answer` gives a whole answer; `raw` exactly these bytes, and the line is closed."""

    protocol_version = "HTTP/1.1"
    script: Script

    def handle_one_request(self) -> None:
        with contextlib.suppress(OSError):  # the other side has gone
            super().handle_one_request()

    def _serve(self) -> None:
        self.server.asked.append((self.command, self.path))  # type: ignore[attr-defined]
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        type(self).script(self)

    do_GET = do_PUT = do_MOVE = do_DELETE = do_PROPFIND = _serve  # noqa: N815

    def answer(self, status: int, data: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def raw(self, data: bytes) -> None:
        self.wfile.write(data)
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        pass


@dataclass
class Scripted:
    """A server that answers as the test says. asked: methods and paths so far."""

    url: str
    port: int
    asked: list[tuple[str, str]]


@contextlib.contextmanager
def scripted(certificate: Issued, folder: Path, script: Script) -> Iterator[Scripted]:
    """Serve over TLS until the end of the block."""
    handler = type("Handler", (Asked,), {"script": staticmethod(script)})
    server = _Quiet((HOST, 0), handler)
    server.asked = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate.save(folder, "scripted"))
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    with _serving(server):
        port = server.server_address[1]
        yield Scripted(f"https://{HOST}:{port}/study/", port, server.asked)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    asked: list[tuple[str, str]]

    def handle_error(self, *_: Any) -> None:
        """A client that goes away, or does not like the certificate, is what these tests are about."""


@contextlib.contextmanager
def _serving(server: ThreadingHTTPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Line:
    """A line to a port that can be cut. budgets: bytes that each of the next connections lets through in both
    directions together before it is cut; None: all. When they are used up, all goes through."""

    port: int
    to: int
    budgets: list[int | None] = field(default_factory=list)
    down: bool = False
    opened: int = 0


@contextlib.contextmanager
def line(to: int) -> Iterator[Line]:
    """A line to a port of loopback, until the end of the block."""
    listener = socket.create_server((HOST, 0))
    made = Line(listener.getsockname()[1], to)
    thread = threading.Thread(target=_accept, args=(listener, made), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _accept(listener: socket.socket, made: Line) -> None:
    while True:
        try:
            near, _ = listener.accept()
        except OSError:
            return
        made.opened += 1
        budget = made.budgets.pop(0) if made.budgets else None
        if made.down:
            near.close()
            continue
        try:
            far = socket.create_connection((HOST, made.to))
        except OSError:
            near.close()
            continue
        join(near, far, budget)


def join(near: socket.socket, far: socket.socket, budget: int | None) -> None:
    """Carry bytes between two sockets, of both directions together at most `budget`, then cut both."""
    left, lock = [budget], threading.Lock()

    def carry(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                with lock:
                    if left[0] is not None:
                        data = data[: left[0]]
                        left[0] -= len(data)
                if data:
                    target.sendall(data)
                if left[0] == 0:
                    break
        for one in (near, far):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def both() -> None:
        other = threading.Thread(target=carry, args=(far, near), daemon=True)
        other.start()
        carry(near, far)
        other.join()
        near.close()
        far.close()

    threading.Thread(target=both, daemon=True).start()


@dataclass
class Proxy:
    """A proxy of a hospital. asked: what it was asked to connect to."""

    url: str
    asked: list[str]


@contextlib.contextmanager
def proxy(user: str = "", password: str = "", refuse: int = 0) -> Iterator[Proxy]:
    """A proxy for CONNECT, with a login if a user is given; with `refuse` it answers everybody so."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            asked.append(self.path)
            login = "Basic " + b64encode(f"{user}:{password}".encode()).decode()
            if user and self.headers.get("Proxy-Authorization") != login:
                self.send_error(407)
                return
            if refuse:
                self.send_error(refuse)
                return
            host, _, port = self.path.rpartition(":")
            far = socket.create_connection((host, int(port)))
            self.send_response(200)
            self.end_headers()
            join(self.connection.dup(), far, None)
            self.close_connection = True

        def log_message(self, *_: Any) -> None:
            pass

    server = _Quiet((HOST, 0), Handler)
    server.shutdown_request = lambda request: request.close()  # type: ignore[method-assign]  # not the tunnel's copy
    with _serving(server):
        yield Proxy(f"http://{HOST}:{server.server_address[1]}", asked)
