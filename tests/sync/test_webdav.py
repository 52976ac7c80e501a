"""WebDAV on real servers: a whole file under its name or none, whatever happens on the way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import faulty
import pytest
import running
from authority import HOST, Authority
from running import USER, Served
from transport_parts import Sealed, check_there_and_back, empty, opening, outcome, why
from webdav_parts import QUICK, connection, scripted

from anifro_desktop.sync import connection as module
from anifro_desktop.sync.bundle import MAX_FILE
from anifro_desktop.sync.carrying import Halt, Limits, Patient, Waiting
from anifro_desktop.sync.errors import DamagedCopy
from anifro_desktop.sync.outages import NotCarried, Stopped
from anifro_desktop.sync.webdav import WebDav


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module", params=["wsgidav", "apache", "nginx"])
def server(request: pytest.FixtureRequest, authority: Authority) -> Iterator[Served]:
    """A real server."""
    with getattr(running, request.param)(authority.issue()) as served:
        yield served


@pytest.fixture(scope="module")
def davs(authority: Authority) -> Iterator[Served]:
    """One real server with a login, where one is enough."""
    with running.wsgidav(authority.issue()) as served:
        yield served


@pytest.fixture
def opened() -> Iterator[Callable[..., WebDav]]:
    """Open a folder; closed at the end."""
    yield from opening(WebDav, QUICK)


# On every server


def test_there_and_back(
    server: Served, authority: Authority, opened: Callable[..., WebDav], sealed: Sealed
) -> None:
    empty(server)
    check_there_and_back(opened(connection(server.url, authority)), server.folder, sealed)


@pytest.mark.parametrize("there", [b"half", bytes(5000)])
def test_a_damaged_copy_is_noticed_and_replaced(
    server: Served, authority: Authority, opened: Callable[..., WebDav], sealed: Sealed, there: bytes
) -> None:
    empty(server)
    name, data = sealed()
    transport = opened(connection(server.url, authority))
    transport.put_if_absent(*sealed(2))  # so that the folder belongs to the server's user
    copy = server.folder / name
    copy.write_bytes(there)
    copy.chmod(0o666)
    with pytest.raises(DamagedCopy):
        transport.get(name)
    assert transport.put_if_absent(name, data)
    assert transport.get(name) == data


def test_a_copy_that_grew_beyond_measure_is_replaced(
    davs: Served, authority: Authority, opened: Callable[..., WebDav], sealed: Sealed
) -> None:
    name, data = sealed(3)
    with (davs.folder / name).open("wb") as stream:
        stream.truncate(MAX_FILE + 1)
    transport = opened(connection(davs.url, authority))
    assert name not in transport.list()
    assert why(lambda: transport.get(name)) == "strange"
    assert transport.put_if_absent(name, data)
    assert transport.get(name) == data


def test_strangers_in_the_folder_are_not_seen(
    server: Served, authority: Authority, opened: Callable[..., WebDav], sealed: Sealed
) -> None:
    empty(server)
    name, data = sealed()
    transport = opened(connection(server.url, authority))
    transport.put_if_absent(name, data)
    (server.folder / (name + ".part")).write_bytes(b"half")
    (server.folder / "notes & more.txt").write_bytes(b"x")
    (server.folder / name.replace("00000001", "00000009")).touch()
    folder = server.folder / name.replace("00000001", "00000008")
    folder.mkdir()
    try:
        assert transport.list() == (name,)
    finally:
        folder.rmdir()


def test_trying_leaves_nothing_behind(
    server: Served, authority: Authority, opened: Callable[..., WebDav]
) -> None:
    empty(server)
    transport = opened(connection(server.url, authority))
    transport.try_writing()
    assert list(server.folder.iterdir()) == []


def test_a_folder_that_is_not_there(
    server: Served, authority: Authority, opened: Callable[..., WebDav], sealed: Sealed
) -> None:
    transport = opened(connection(server.url + "nowhere/deep/", authority))
    assert why(transport.list) == "folder"
    assert why(lambda: transport.put_if_absent(*sealed())) in ("folder", "server")  # 409; nginx says 500


def test_what_is_gone_is_said_so(
    davs: Served, authority: Authority, opened: Callable[..., WebDav], sealed: Sealed
) -> None:
    assert why(lambda: opened(connection(davs.url, authority)).get(sealed(7)[0])) == "gone"


@pytest.mark.parametrize("kind", ["apache", "nginx"])
def test_a_certificate_of_this_computer_opens_the_server(
    kind: str, authority: Authority, opened: Callable[..., WebDav], sealed: Sealed, tmp_path: Path
) -> None:
    clients = Authority("Clients")
    own = clients.issue("P03", client=True)
    other = Authority("Others").issue("P03", client=True)
    with getattr(running, kind)(authority.issue(), clients=clients) as served:
        with_it = connection(served.url, authority, "", certificate=own.chain)
        transport = opened(with_it)
        assert transport.put_if_absent(*sealed())
        assert transport.list() == (sealed()[0],)
        assert why(opened(connection(served.url, authority, "")).list) == "wants_certificate"
        with_other = connection(served.url, authority, "", certificate=other.chain)
        assert why(opened(with_other).list) == "wants_certificate"


def test_a_cut_in_the_middle_leaves_a_whole_file_or_none(
    server: Served, authority: Authority, opened: Callable[..., WebDav], sealed: Sealed
) -> None:
    """A line that breaks after ever more bytes, until the file is there: at no moment is half of it under its name."""
    name, data = sealed(1, 60_000)
    for budget in (0, 300, 2_000, 9_000, 20_000, 40_000, len(data) + 3_000, len(data) + 6_000, None):
        empty(server)
        with faulty.line(server.port) as line:
            line.budgets = [budget, budget, budget, budget]
            transport = opened(connection(f"https://{HOST}:{line.port}/", authority))
            said = outcome(transport, name, data)
            assert said == "sent" if budget is None else said in ("sent", "cut")
            files = {path.name: path.read_bytes() for path in server.folder.iterdir()}
            assert files.get(name, data) == data
            assert set(files) <= {name, name + ".part"}
            line.budgets = []  # now it holds
            transport.close()
            assert transport.put_if_absent(name, data) is (name not in files)
            line.budgets = [len(data) // 2]
            transport.close()
            with pytest.raises(NotCarried, match="cut in the middle"):
                transport.get(name)
            assert transport.get(name) == data


def test_login(davs: Served, authority: Authority, opened: Callable[..., WebDav], sealed: Sealed) -> None:
    wrong = module.webdav(davs.url, USER, "not the password", authority=authority.pem)
    assert why(opened(wrong).list) == "login"
    assert why(lambda: opened(wrong).put_if_absent(*sealed())) == "login"
    assert why(opened(connection(davs.url, authority, "")).list) == "login"


def test_a_file_too_large_for_the_server(
    authority: Authority, opened: Callable[..., WebDav], sealed: Sealed
) -> None:
    with running.nginx(authority.issue(), largest="1k") as served:
        transport = opened(connection(served.url, authority, ""))
        assert why(lambda: transport.put_if_absent(*sealed(1, 30_000))) == "too_large"
        assert list(served.folder.iterdir()) == []


# Certificates


def test_an_authority_that_nobody_named(davs: Served, opened: Callable[..., WebDav]) -> None:
    assert why(opened(connection(davs.url, None)).list) == "unknown_ca"
    assert why(opened(connection(davs.url, Authority("Somebody else"))).list) == "unknown_ca"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"host": "other.example"}, "wrong_name"),
        ({"since": -30, "until": -1}, "expired"),
        ({"since": 2, "until": 90}, "not_yet_valid"),  # as to a computer whose clock is behind
    ],
)
def test_certificates_that_do_not_hold(
    facts: dict[str, Any], expected: str, authority: Authority, opened: Callable[..., WebDav], tmp_path: Path
) -> None:
    with faulty.scripted(authority.issue(**facts), tmp_path, lambda asked: asked.answer(207)) as server:
        assert why(opened(connection(server.url, authority)).list) == expected
        assert server.asked == [], "neither password nor file was sent"


# Proxies


def test_through_a_proxy(
    davs: Served, authority: Authority, opened: Callable[..., WebDav], sealed: Sealed
) -> None:
    with faulty.proxy("me", "proxy: word") as proxy:
        through = connection(
            davs.url, authority, proxy=proxy.url, proxy_user="me", proxy_password="proxy: word"
        )
        transport = opened(through)
        transport.put_if_absent(*sealed(5))
        assert transport.get(sealed(5)[0]) == sealed(5)[1]
        assert set(proxy.asked) == {f"{HOST}:{davs.port}"}
        wrong = connection(davs.url, authority, proxy=proxy.url, proxy_user="me", proxy_password="no")
        assert why(opened(wrong).list) == "proxy_login"
        assert why(opened(connection(davs.url, authority, proxy=proxy.url)).list) == "proxy_login"


def test_a_proxy_that_refuses_or_is_away(
    davs: Served, authority: Authority, opened: Callable[..., WebDav]
) -> None:
    with faulty.proxy(refuse=403) as proxy:
        assert why(opened(connection(davs.url, authority, proxy=proxy.url)).list) == "proxy_refuses"
    assert why(opened(connection(davs.url, authority, proxy=proxy.url)).list) == "proxy_silent"


def test_a_proxy_of_the_environment_is_not_used(
    davs: Served, authority: Authority, opened: Callable[..., WebDav], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    opened(connection(davs.url, authority)).list()


# Servers that are slow, silent or no servers


def test_what_does_not_speak_https(
    authority: Authority, opened: Callable[..., WebDav], tmp_path: Path
) -> None:
    with scripted(authority, tmp_path, lambda asked: asked.raw(b"SSH-2.0-x\r\n\r\n")) as server:
        assert why(opened(connection(server.url, authority)).list) == "strange"
    with faulty.proxy() as plain:
        address = plain.url.replace("http:", "https:") + "/"
        assert why(opened(connection(address, authority)).list) == "strange"


def test_nobody_there(authority: Authority, opened: Callable[..., WebDav]) -> None:
    port = running.free_port()
    assert why(opened(connection(f"https://{HOST}:{port}/", authority)).list) == "no_answer"
    assert why(opened(connection("https://nowhere.invalid/", authority)).list) == "no_address"


# Slow, and stopped


def test_a_silent_server_is_given_up(
    authority: Authority, opened: Callable[..., WebDav], tmp_path: Path
) -> None:
    done = threading.Event()
    with scripted(authority, tmp_path, lambda _: done.wait(20) and None) as server:
        limits = Limits(connect=5, idle=0.2)
        assert why(opened(connection(server.url, authority), limits).list) == "timeout"
        done.set()


def test_a_server_that_drips_is_given_up_too(
    authority: Authority, opened: Callable[..., WebDav], tmp_path: Path
) -> None:
    """Each byte comes in time, all of them never would."""
    done = threading.Event()

    def drip(asked: faulty.Asked) -> None:
        asked.wfile.write(b"HTTP/1.1 207 Multi-Status\r\nX-Slow: ")
        while not done.wait(0.02):
            asked.wfile.write(b"x")

    with scripted(authority, tmp_path, drip) as server:
        limits = Limits(connect=0.3, idle=0.3, slowest=1 << 40)
        assert why(opened(connection(server.url, authority), limits).list) == "timeout"
        done.set()


def test_stopping_cuts_an_upload_at_once(
    authority: Authority, opened: Callable[..., WebDav], sealed: Sealed, tmp_path: Path
) -> None:
    halt, done = Halt(), threading.Event()

    def script(asked: faulty.Asked) -> None:
        if asked.command == "GET":
            asked.answer(404)
        else:
            halt.stop()
            done.wait(20)

    with scripted(authority, tmp_path, script) as server:
        transport = opened(connection(server.url, authority), Limits(), halt)
        with pytest.raises(Stopped):
            transport.put_if_absent(*sealed())
        with pytest.raises(Stopped):
            transport.list()
        done.set()


# Trying again


def test_what_may_pass_is_tried_again_and_arrives_once(
    authority: Authority, opened: Callable[..., WebDav], sealed: Sealed, tmp_path: Path
) -> None:
    answers = iter((503, 500, 423))
    files: dict[str, bytes] = {}

    def script(asked: faulty.Asked) -> None:
        status = next(answers, 201) if asked.command == "PUT" else 0
        if status == 201:
            files[asked.path] = asked.body
        if status:
            asked.answer(status, **({"Retry-After": "1"} if status == 503 else {}))
        else:
            asked.answer(404 if asked.command == "GET" else 201)

    told: list[Waiting] = []
    with scripted(authority, tmp_path, script) as server:
        transport = opened(connection(server.url, authority))
        patient = Patient(transport, transport.halt, told.append, waits=(0.01, 0.01, 0.01))
        assert patient.put_if_absent(*sealed())
    assert [one.why.why for one in told] == ["busy", "server", "locked"]
    assert told[0].seconds >= 1, "as long as the server asked"
    assert list(files.values()) == [sealed()[1]]
