"""WebDAV on real servers: a whole file under its name or none, whatever happens on the way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import faulty
import pytest
import running
from authority import HOST, Authority
from running import PASSWORD, USER, Served

from anifro_desktop.sync import connection as module
from anifro_desktop.sync.bundle import MAX_FILE
from anifro_desktop.sync.carrying import Halt, Limits, Patient, Waiting
from anifro_desktop.sync.connection import Connection
from anifro_desktop.sync.errors import DamagedCopy
from anifro_desktop.sync.folder import Transport
from anifro_desktop.sync.outages import NotCarried, Stopped
from anifro_desktop.sync.webdav import WebDav

QUICK = Limits(connect=5, idle=5)
Sealed = Callable[..., tuple[str, bytes]]


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
    made: list[WebDav] = []

    def make(connection: Connection, limits: Limits = QUICK, halt: Halt | None = None) -> WebDav:
        made.append(WebDav(connection, halt or Halt(), limits))
        return made[-1]

    yield make
    for one in made:
        one.close()


def connection(url: str, authority: Authority | None, user: str = USER, **more: Any) -> Connection:
    pem = authority.pem if authority is not None else b""
    return module.webdav(url, user, PASSWORD if user else "", authority=pem, **more)


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


# On every server


def test_there_and_back(
    server: Served, authority: Authority, opened: Callable[..., WebDav], sealed: Sealed
) -> None:
    empty(server)
    transport: Transport = opened(connection(server.url, authority))
    name, data = sealed(1, 400_000)
    other = sealed(2)
    assert transport.list() == ()
    assert transport.put_if_absent(name, data)
    assert transport.put_if_absent(*other)
    assert not transport.put_if_absent(name, data), "sending again is harmless"
    assert transport.list() == tuple(sorted((name, other[0])))
    assert transport.get(name) == data
    assert (server.folder / name).read_bytes() == data
    assert sorted(path.name for path in server.folder.iterdir()) == sorted((name, other[0])), (
        "no .part is left"
    )


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


# Servers that answer otherwise


def scripted(
    authority: Authority, folder: Path, script: faulty.Script
) -> AbstractContextManager[faulty.Scripted]:
    return faulty.scripted(authority.issue(), folder, script)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, "strange"),
        (401, "login"),
        (403, "forbidden"),
        (405, "strange"),
        (407, "proxy_login"),
        (409, "folder"),
        (413, "too_large"),
        (423, "locked"),
        (429, "busy"),
        (500, "server"),
        (502, "server"),
        (503, "busy"),
        (504, "server"),
        (507, "full"),
        (301, "redirect"),
        (200, None),
    ],
)
def test_every_answer_to_an_upload_has_its_sentence(
    status: int,
    expected: str | None,
    authority: Authority,
    opened: Callable[..., WebDav],
    sealed: Sealed,
    tmp_path: Path,
) -> None:
    def script(asked: faulty.Asked) -> None:
        if asked.command == "PUT":
            asked.answer(status, b"words of the server", Location="https://elsewhere.example/")
        else:
            asked.answer(404 if asked.command == "GET" else 201)

    with scripted(authority, tmp_path, script) as server:
        transport = opened(connection(server.url, authority))
        if expected is None:
            assert transport.put_if_absent(*sealed())
            return
        with pytest.raises(NotCarried) as caught:
            transport.put_if_absent(*sealed())
        assert caught.value.why == expected
        assert "words of the server" not in str(caught.value)
        assert [method for method, _ in server.asked] == ["GET", "PUT"], "no move of what did not arrive"


def test_412_is_compared_and_never_taken_on_trust(
    authority: Authority, opened: Callable[..., WebDav], sealed: Sealed, tmp_path: Path
) -> None:
    """Another computer was faster: the same bytes are good, others are replaced, and nothing is overwritten unseen."""
    name, data = sealed()
    for meanwhile, moves in ((data, ["F"]), (b"something else", ["F", "T"])):
        seen: list[str] = []
        gets = iter((None, meanwhile))

        def script(asked: faulty.Asked, seen: list[str] = seen, gets: Iterator[bytes | None] = gets) -> None:
            if asked.command == "GET":
                there = next(gets)
                asked.answer(404 if there is None else 200, there or b"")
            elif asked.command == "MOVE":
                seen.append(asked.headers["Overwrite"])
                asked.answer(412 if seen == ["F"] else 204)
            else:
                asked.answer(201 if asked.command == "PUT" else 204)

        with scripted(authority, tmp_path, script) as server:
            assert opened(connection(server.url, authority)).put_if_absent(name, data) is (moves != ["F"])
            assert seen == moves


def test_a_server_that_lies_about_length(
    authority: Authority, opened: Callable[..., WebDav], sealed: Sealed, tmp_path: Path
) -> None:
    name, data = sealed()
    short = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (len(data) + 50)
    long = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (len(data) - 50)
    endless = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + (b"10000\r\n" + bytes(65536) + b"\r\n") * 300
    )
    packed = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"
    answers = {"short": short + data, "long": long + data, "endless": endless, "packed": packed}
    said = {}
    for kind, answer in answers.items():

        def script(asked: faulty.Asked, answer: bytes = answer) -> None:
            asked.raw(answer)

        with scripted(authority, tmp_path, script) as server:
            transport = opened(connection(server.url, authority))
            try:
                transport.get(name)
            except (NotCarried, DamagedCopy) as refusal:
                said[kind] = getattr(refusal, "why", refusal.code)
    assert said == {"short": "cut", "long": "damaged_copy", "endless": "strange", "packed": "strange"}


def listing(*hrefs: str, size: str = "5") -> bytes:
    entries = "".join(
        f"<D:response><D:href>{href}</D:href><D:propstat><D:prop><D:getcontentlength>{size}</D:getcontentlength>"
        "</D:prop></D:propstat></D:response>"
        for href in hrefs
    )
    return f'<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">{entries}</D:multistatus>'.encode()


def test_of_a_list_only_names_of_bundles_are_believed(
    authority: Authority, opened: Callable[..., WebDav], sealed: Sealed, tmp_path: Path
) -> None:
    name = sealed()[0]
    hostile = [
        f"/study/{name}", f"https://elsewhere.example/{sealed(2)[0]}", f"/study/..%2f..%2f{name}", f"/study/{name}%00",
        f"/study/{name.replace('e001', 'e000')}", f"/study/{name}/", f"/study/{name.upper()}", "/study/%2e%2e",
        "/study/" + "a" * 5000, f"/study/{name}%0d%0aX", "",
    ]  # fmt: skip
    with scripted(authority, tmp_path, lambda asked: asked.answer(207, listing(*hostile))) as server:
        assert opened(connection(server.url, authority)).list() == tuple(sorted((name, sealed(2)[0])))


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"<html><body>Please log in<br></body></html>", "strange"),
        (b"", "strange"),
        (listing("/study/a")[:-9], "strange"),
        (
            b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><r>&b;</r>',
            "strange",
        ),
        (listing(*(f"/study/{number}" for number in range(20_001))), "crowded"),
    ],
    ids=["a page", "nothing", "half", "entities", "far too many"],
)
def test_a_list_that_is_none(
    page: bytes, expected: str, authority: Authority, opened: Callable[..., WebDav], tmp_path: Path
) -> None:
    with scripted(authority, tmp_path, lambda asked: asked.answer(207, page)) as server:
        assert why(opened(connection(server.url, authority)).list) == expected


@pytest.mark.parametrize("size", ["0", "-5", "1e3", str(MAX_FILE + 1), "9" * 400])
def test_sizes_that_cannot_be(
    size: str, authority: Authority, opened: Callable[..., WebDav], sealed: Sealed, tmp_path: Path
) -> None:
    page = listing(f"/study/{sealed()[0]}", size=size)
    with scripted(authority, tmp_path, lambda asked: asked.answer(207, page)) as server:
        assert opened(connection(server.url, authority)).list() == ()


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
