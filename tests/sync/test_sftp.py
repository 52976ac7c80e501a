"""SFTP on OpenSSH: the agreed host key or nothing, a whole file under its name or none."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import faulty
import paramiko
import pytest
import running
from authority import HOST
from running import Served
from transport_parts import Sealed, check_there_and_back, empty, opening, outcome, why

from anifro_desktop.sync import connection as module
from anifro_desktop.sync import sftp as under_test
from anifro_desktop.sync.bundle import MAX_FILE
from anifro_desktop.sync.carrying import Halt, Limits
from anifro_desktop.sync.connection import Connection
from anifro_desktop.sync.errors import DamagedCopy
from anifro_desktop.sync.folder import Transport
from anifro_desktop.sync.outages import NotCarried, Stopped
from anifro_desktop.sync.sftp import Sftp

QUICK = Limits(connect=10, idle=5)
Opened = Callable[..., Sftp]


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The key of the site's computer."""
    return running.ssh_key(tmp_path_factory.mktemp("keys"), "site", passphrase="words of the key")


@pytest.fixture(scope="module")
def server(key: Path) -> Iterator[Served]:
    with running.sshd(key) as served:
        yield served


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Open a folder; closed at the end."""
    yield from opening(Sftp, QUICK)


def connection(server: Served, key_file: Path, **changes: Any) -> Connection:
    facts: dict[str, Any] = {
        "host": HOST,
        "user": running.me(),
        "folder": str(server.folder),
        "host_key": server.host_key,
        "port": server.port,
        "key": key_file.read_bytes(),
        "passphrase": "words of the key",
    }
    return module.sftp(**{**facts, **changes})


def test_there_and_back(server: Served, key: Path, opened: Opened, sealed: Sealed) -> None:
    empty(server)
    transport: Transport = opened(connection(server, key))
    name = check_there_and_back(transport, server.folder, sealed)
    assert why(lambda: transport.get(sealed(9)[0])) == "gone"
    assert transport.get(name) == sealed(1, 400_000)[1], "a file that is not there does not end the session"


@pytest.mark.parametrize("there", [b"", b"half", bytes(5000)])
def test_a_damaged_copy_is_noticed_and_replaced(
    server: Served, key: Path, opened: Opened, sealed: Sealed, there: bytes
) -> None:
    empty(server)
    name, data = sealed()
    (server.folder / name).write_bytes(there)
    transport = opened(connection(server, key))
    with pytest.raises(DamagedCopy):
        transport.get(name)
    assert transport.put_if_absent(name, data)
    assert transport.get(name) == data


def test_what_came_meanwhile_is_not_overwritten(
    server: Served, key: Path, opened: Opened, sealed: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the renaming another computer puts the file, whole or not."""
    real = Sftp._write
    for meanwhile, sent in ((sealed()[1], False), (b"something else", True)):
        empty(server)
        name, data = sealed()

        def write(self: Sftp, client: Any, part: str, put: bytes, meanwhile: bytes = meanwhile) -> None:
            real(self, client, part, put)
            (server.folder / part.removesuffix(".part")).write_bytes(meanwhile)

        monkeypatch.setattr(Sftp, "_write", write)
        assert opened(connection(server, key)).put_if_absent(name, data) is sent
        monkeypatch.undo()
        assert {path.name: path.read_bytes() for path in server.folder.iterdir()} == {name: data}


def test_strangers_links_and_folders_are_not_seen(
    server: Served, key: Path, opened: Opened, sealed: Sealed, tmp_path: Path
) -> None:
    empty(server)
    name, data = sealed()
    others = [name.replace("-00000001-", f"-0000000{number}-") for number in range(2, 6)]
    transport = opened(connection(server, key))
    transport.put_if_absent(name, data)
    (server.folder / (name + ".part")).write_bytes(b"half")
    (server.folder / "notes.txt").write_bytes(b"x")
    (server.folder / others[0]).touch()
    (server.folder / others[1]).symlink_to(tmp_path)
    (server.folder / others[2]).symlink_to(server.folder / name)
    with (server.folder / others[3]).open("wb") as stream:
        stream.truncate(MAX_FILE + 1)
    assert transport.list() == (name,)
    with pytest.raises(DamagedCopy):
        transport.get(others[3])
    assert transport.put_if_absent(name, data) is False


def test_trying_leaves_nothing_behind(server: Served, key: Path, opened: Opened) -> None:
    empty(server)
    opened(connection(server, key)).try_writing()
    assert list(server.folder.iterdir()) == []


def test_a_folder_that_is_not_there(server: Served, key: Path, opened: Opened, sealed: Sealed) -> None:
    transport = opened(connection(server, key, folder=str(server.folder / "nowhere")))
    assert why(transport.list) == "folder"
    assert why(lambda: transport.put_if_absent(*sealed())) == "folder"


def test_a_folder_that_may_not_be_written(key: Path, opened: Opened, sealed: Sealed) -> None:
    with running.sshd(key, read_only=True) as server:
        assert why(lambda: opened(connection(server, key)).put_if_absent(*sealed())) == "forbidden"


def test_a_full_disk(server: Served, key: Path, opened: Opened, sealed: Sealed) -> None:
    if not os.access("/dev/full", os.W_OK):
        pytest.skip("not run: there is no /dev/full")
    empty(server)
    name, data = sealed()
    (server.folder / (name + ".part")).symlink_to("/dev/full")
    transport = opened(connection(server, key))
    assert why(lambda: transport.put_if_absent(name, data)) == "not_stored"
    assert not (server.folder / name).exists()


# Who answers, and who asks


def test_another_host_key_ends_it_before_anything_is_sent(
    server: Served, key: Path, opened: Opened, tmp_path: Path
) -> None:
    agreed = running.fingerprint(running.ssh_key(tmp_path, "agreed").with_suffix(".pub"))
    transport = opened(connection(server, key, host_key=agreed))
    with pytest.raises(NotCarried) as caught:
        transport.list()
    assert caught.value.why == "host_key"
    assert server.host_key in str(caught.value), "so that it can be compared on the telephone"
    assert "administrator" in str(caught.value)


def test_a_server_that_was_replaced_is_noticed(key: Path, opened: Opened, sealed: Sealed) -> None:
    with running.sshd(key) as first:
        transport = opened(connection(first, key))
        transport.put_if_absent(*sealed())
        port = first.port
        transport.close()
    with running.sshd(key, port=port) as second:
        assert why(lambda: transport.put_if_absent(*sealed(2))) == "host_key"
        assert list(second.folder.iterdir()) == []


@pytest.mark.parametrize("kind", ["rsa", "ecdsa", "ed25519"])
def test_keys_of_every_kind(kind: str, opened: Opened, tmp_path: Path) -> None:
    own = running.ssh_key(tmp_path, kind, kind, passphrase="words of the key")
    with running.sshd(own) as served:
        assert opened(connection(served, own)).list() == ()


def test_a_key_that_is_not_let_in(server: Served, opened: Opened, tmp_path: Path) -> None:
    other = running.ssh_key(tmp_path, "other")
    assert why(opened(connection(server, other, passphrase="")).list) == "login"
    assert why(opened(connection(server, other, passphrase="", key=b"", password="no")).list) == "login"


class _Door(paramiko.ServerInterface):
    """Lets in by password; OpenSSH cannot, in a test, without a user of the system."""

    def get_allowed_auths(self, username: str) -> str:
        return "password"

    def check_auth_password(self, username: str, password: str) -> int:
        good = (username, password) == ("p03", "the right word")
        return paramiko.common.AUTH_SUCCESSFUL if good else paramiko.common.AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.common.OPEN_SUCCEEDED


def test_a_password(opened: Opened, tmp_path: Path) -> None:
    class Files(paramiko.SFTPServerInterface):
        def list_folder(self, path: str) -> list[paramiko.SFTPAttributes]:
            return []

    host_key = paramiko.Ed25519Key.from_private_key_file(str(running.ssh_key(tmp_path, "host")))
    listener = socket.create_server((HOST, 0))
    served: list[paramiko.Transport] = []

    def serve() -> None:
        for _ in range(2):
            transport = paramiko.Transport(listener.accept()[0])
            served.append(transport)
            transport.add_server_key(host_key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, Files)
            transport.start_server(server=_Door(), event=threading.Event())

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    port, shown = listener.getsockname()[1], under_test.fingerprint(host_key.asbytes())
    good = module.sftp(HOST, "p03", ".", shown, port=port, password="the right word")
    wrong = module.sftp(HOST, "p03", ".", shown, port=port, password="another word")
    assert opened(good).list() == ()
    assert why(opened(wrong).list) == "login"
    thread.join()
    for transport in served:
        transport.close()
    listener.close()


# Lines that fail


def test_a_cut_in_the_middle_leaves_a_whole_file_or_none(
    server: Served, key: Path, opened: Opened, sealed: Sealed
) -> None:
    name, data = sealed(1, 60_000)
    for budget in (0, 500, 3_000, 5_000, 20_000, 40_000, len(data) + 4_000, len(data) + 8_000, None):
        empty(server)
        with faulty.line(server.port) as line:
            line.budgets = [budget]
            transport = opened(connection(server, key, port=line.port))
            said = outcome(transport, name, data)
            assert said == "sent" if budget is None else said in ("sent", "cut")
            files = {path.name: path.read_bytes() for path in server.folder.iterdir()}
            assert files.get(name, data) == data
            assert set(files) <= {name, name + ".part"}
            transport.close()
            assert transport.put_if_absent(name, data) is (name not in files)
            line.budgets = [len(data) // 2]
            transport.close()
            with pytest.raises(NotCarried, match="cut in the middle"):
                transport.get(name)
            assert transport.get(name) == data


def test_nobody_there(server: Served, key: Path, opened: Opened) -> None:
    assert why(opened(connection(server, key, port=running.free_port())).list) == "no_answer"
    assert why(opened(connection(server, key, host="nowhere.invalid")).list) == "no_address"


@pytest.mark.parametrize(
    ("greeting", "expected"), [(b"HTTP/1.1 200 OK\r\n\r\n" * 300, "strange"), (b"", "cut"), (None, "timeout")]
)
def test_what_does_not_speak_ssh(
    server: Served, key: Path, opened: Opened, greeting: bytes | None, expected: str
) -> None:
    listener = socket.create_server((HOST, 0))
    done = threading.Event()

    def greet() -> None:
        near, _ = listener.accept()
        with near:
            if greeting is None:
                done.wait(20)
            else:
                near.sendall(greeting)

    thread = threading.Thread(target=greet, daemon=True)
    thread.start()
    limits = Limits(connect=0.4 if greeting is None else 20, idle=0.4)
    transport = opened(connection(server, key, port=listener.getsockname()[1]), limits)
    try:
        assert why(transport.list) == expected
    finally:
        done.set()
        thread.join()
        listener.close()


def test_stopping_ends_a_session_that_waits(server: Served, key: Path, opened: Opened) -> None:
    """The line takes nothing on from a moment on, and does not break either."""
    halt = Halt()
    listener = socket.create_server((HOST, 0))
    done = threading.Event()

    def hold() -> None:
        near, _ = listener.accept()
        near.sendall(b"SSH-2.0-silent\r\n")
        near.recv(10)
        halt.stop()
        done.wait(20)
        near.close()

    thread = threading.Thread(target=hold, daemon=True)
    thread.start()
    transport = opened(connection(server, key, port=listener.getsockname()[1]), Limits(), halt)
    with pytest.raises(Stopped):
        transport.list()
    done.set()
    thread.join()
    listener.close()


def test_without_its_library_it_says_what_to_install(
    server: Served, key: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "paramiko", None)
    assert why(opened(connection(server, key)).list) == "library"
