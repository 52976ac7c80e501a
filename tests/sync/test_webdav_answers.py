"""What a WebDAV server may answer, and what is made of it: refusals, lies about length, hostile lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import faulty
import pytest
from authority import Authority
from transport_parts import Sealed, opening, why
from webdav_parts import QUICK, connection, scripted

from anifro_desktop.sync.bundle import MAX_FILE
from anifro_desktop.sync.errors import DamagedCopy
from anifro_desktop.sync.outages import NotCarried
from anifro_desktop.sync.webdav import WebDav


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def opened() -> Iterator[Callable[..., WebDav]]:
    """Open a folder; closed at the end."""
    yield from opening(WebDav, QUICK)


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
