"""What is tried on every way to a server: a folder opened and closed, why it refuses, there and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from running import PASSWORD, Served

from anifro_desktop.sync.carrying import Halt, Limits
from anifro_desktop.sync.connection import Connection
from anifro_desktop.sync.folder import Transport
from anifro_desktop.sync.outages import NotCarried
from anifro_desktop.sync.sftp import Sftp
from anifro_desktop.sync.webdav import WebDav

T = TypeVar("T", WebDav, Sftp)
Sealed = Callable[..., tuple[str, bytes]]


def why(act: Callable[[], object]) -> str:
    with pytest.raises(NotCarried) as caught:
        act()
    assert PASSWORD not in str(caught.value)
    return caught.value.why


def outcome(transport: Transport, name: str, data: bytes) -> str:
    try:
        transport.put_if_absent(name, data)
    except NotCarried as refusal:
        return refusal.why
    return "sent"


def empty(served: Served) -> None:
    for path in served.folder.iterdir():
        path.unlink()


def opening(kind: Callable[..., T], limits: Limits) -> Iterator[Callable[..., T]]:
    """For a fixture: gives what opens a folder, and closes all of them at the end."""
    made: list[T] = []

    def make(connection: Connection, limits: Limits = limits, halt: Halt | None = None) -> T:
        made.append(kind(connection, halt or Halt(), limits))
        return made[-1]

    yield make
    for one in made:
        one.close()


def check_there_and_back(transport: Transport, folder: Path, sealed: Sealed) -> str:
    """Two bundles come whole into an empty folder, and back; the name of one."""
    name, data = sealed(1, 400_000)
    other = sealed(2)
    assert transport.list() == ()
    assert transport.put_if_absent(name, data)
    assert transport.put_if_absent(*other)
    assert not transport.put_if_absent(name, data), "sending again is harmless"
    assert transport.list() == tuple(sorted((name, other[0])))
    assert transport.get(name) == data
    assert (folder / name).read_bytes() == data
    assert sorted(path.name for path in folder.iterdir()) == sorted((name, other[0])), "no .part is left"
    return name
