"""A site and the centre over real servers with lines that are cut: nothing lost or doubled, each with its receipt."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faulty
import pytest
import running
from authority import HOST, Authority
from study_parts import vector
from whole_study import Done, Study, run_here

from anifro_desktop.sync.bundle import file_hash
from anifro_desktop.sync.carrying import Halt
from anifro_desktop.sync.names import parse_name

PASSWORD = running.PASSWORD


@dataclass(frozen=True)
class Exchange:
    """A study whose site and centre know a server, each over a line of its own. connect: words of `connect` for a
    port."""

    study: Study
    folder: Path
    line: faulty.Line
    connect: Callable[[int], list[Any]]

    def connection(self, area: str, *words: Any) -> Done:
        """`connect` with a verb of its own; without words, the one that sets up."""
        verb, *rest = words or self.connect(self.line.port)
        given = self.study.words(area, "connect", *rest)
        return run_here([*given[:2], verb, *given[2:]])

    def set_up(self) -> None:
        for area in ("site", "centre"):
            done = self.connection(area)
            assert done.code == 0, done.err
            assert done.data["writes"], done.out

    def send(self) -> Done:
        return self.study.command("site", "export")

    def take_in(self) -> Done:
        return self.study.command("centre", "ingest")

    def hear(self) -> Done:
        return self.study.command("site", "receive")

    def states(self) -> dict[int, str]:
        bundles = self.study.command("site", "status").data["bundles"]
        return {item["seq"]: item["state"] for item in bundles}


@pytest.fixture(params=["webdav", "sftp"])
def exchange(
    request: pytest.FixtureRequest, study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Exchange]:
    monkeypatch.setattr(Halt, "wait", lambda *_: None)  # between attempts; a test has no minutes to wait
    with ExitStack() as stack:
        if request.param == "webdav":
            authority = Authority()
            (tmp_path / "ca.pem").write_bytes(authority.pem)
            (tmp_path / "password").write_text(PASSWORD, encoding="utf-8")
            served = stack.enter_context(running.wsgidav(authority.issue()))
            login = ["--login", running.USER, "--password-file", tmp_path / "password"]

            def connect(port: int) -> list[Any]:
                return ["webdav", f"https://{HOST}:{port}/", *login, "--authority", tmp_path / "ca.pem"]

        else:
            key = running.ssh_key(tmp_path, "own", passphrase="words of the key")
            (tmp_path / "words").write_text("words of the key", encoding="utf-8")
            served = stack.enter_context(running.sshd(key))
            opening = ["--key", key, "--key-passphrase-file", tmp_path / "words"]
            place = ["--login", running.me(), "--folder", served.folder, "--host-key", served.host_key]

            def connect(port: int) -> list[Any]:
                return ["sftp", HOST, "--port", port, *place, *opening]

        line = stack.enter_context(faulty.line(served.port))
        yield Exchange(study, served.folder, line, connect)


def until_done(act: Callable[[], Done], line: faulty.Line, chance: random.Random) -> Done:
    """Try as a person would, over a line that is cut ever later."""
    for attempt in range(12):
        line.budgets = [int(chance.uniform(200, 9_000 * (attempt + 1))) for _ in range(4)]
        done = act()
        if done.code == 0:
            line.budgets = []
            return done
        assert done.code == 3, done.err
        assert done.err.strip().endswith("."), "a sentence"
    line.budgets = []
    return act()


def test_whatever_is_cut_everything_arrives_once(exchange: Exchange) -> None:
    study, chance = exchange.study, random.Random(5)
    exchange.set_up()
    sent = []
    for name in ("v1", "v4"):
        assert study.enter(vector(name)).code == 0
        sent.append(until_done(exchange.send, exchange.line, chance).data["name"])
        until_done(exchange.take_in, exchange.line, chance)
        until_done(exchange.hear, exchange.line, chance)
    assert exchange.states() == {1: "merged", 2: "merged"}
    with study.at_centre() as centre:
        assert sorted(row.name for row in centre.store.bundles()) == sorted(sent)
        assert {row.state for row in centre.store.bundles()} == {"applied"}
    kinds = [parse_name(path.name).kind for path in exchange.folder.glob("*.anfb")]
    assert kinds.count("data") == 2
    assert [path.name for path in exchange.folder.iterdir() if not path.name.endswith(".anfb")] == []
    before = exchange.line.opened
    assert exchange.take_in().data["bundles"] == [], "what the centre has is not fetched again"
    assert exchange.hear().data == [], "nor what the site has read"
    assert exchange.line.opened > before


def test_without_the_network_everything_waits_and_is_sent_byte_for_byte(exchange: Exchange) -> None:
    study = exchange.study
    exchange.set_up()
    study.enter(vector("v1"))
    exchange.line.down = True
    done = exchange.send()
    assert (done.code, done.out) == (3, "")
    assert "Attempt 2 of 5" in done.err
    assert exchange.states() == {1: "sealed"}
    assert exchange.take_in().code == exchange.hear().code == 3
    with study.at_site() as site:
        sealed = site.clinical.bundle_bytes(1, 1)
    exchange.line.down = False
    name = exchange.send().data["name"]
    assert (exchange.folder / name).read_bytes() == sealed


def test_an_answer_that_did_not_get_through_is_put_there_with_the_next(exchange: Exchange) -> None:
    study = exchange.study
    exchange.set_up()
    for name in ("v1", "v4"):
        study.enter(vector(name))
        exchange.send()
        study.command("centre", "ingest", *exchange.folder.glob("*-e001-*.anfb"))
    assert not any(exchange.folder.glob("*-r*.anfb"))
    assert exchange.study.command("centre", "reply").code == 0
    assert len(list(exchange.folder.glob("*-r*.anfb"))) == 2
    exchange.hear()
    assert exchange.states() == {1: "merged", 2: "merged"}


def test_what_was_read_is_not_fetched_again(exchange: Exchange) -> None:
    """Each file of questions holds all of them, and the old ones stay on the server."""
    study = exchange.study
    exchange.set_up()
    study.enter(vector("v1"))
    exchange.send()
    exchange.take_in()
    (patient,) = study.command("site", "status").data["patients"]
    for field in ("platelets", "haemoglobin"):
        asked = [patient["subject"], "--visit", "baseline", "--field", field, "--text", "È giusto?"]
        given = study.words("centre", "query", *asked)
        assert run_here([*given[:2], "raise", *given[2:]]).code == 0
        study.command("centre", "reply")
    assert [item["state"] for item in exchange.hear().data] == ["queries", "queries", "receipt"]
    assert exchange.hear().data == []


def test_who_may_write_to_the_server_can_neither_forge_nor_keep_the_rest_from_coming(
    exchange: Exchange,
) -> None:
    study = exchange.study
    exchange.set_up()
    study.enter(vector("v1"))
    name = exchange.send().data["name"]
    sealed = (exchange.folder / name).read_bytes()
    forged = sealed[:-1] + bytes([sealed[-1] ^ 1])
    writer = parse_name(name).writer8
    (exchange.folder / f"NCT07215754-P03-{writer}-e000-00000000-{'0' * 16}.anfb").write_bytes(b"x")
    start = file_hash(forged)[:16]
    (exchange.folder / f"NCT07215754-P03-{writer}-e001-00000001-{start}.anfb").write_bytes(forged)
    (exchange.folder / f"NCT07215754-P03-{writer}-e001-00000002-{'1' * 16}.anfb").write_bytes(forged)
    (exchange.folder / f"NCT07215754-P03-{writer}-r001-00000001-{start}.anfb").write_bytes(forged)
    (exchange.folder / f"NCT07215754-P03-{writer}-r001-00000002-{'1' * 16}.anfb").write_bytes(forged)
    taken = exchange.take_in()
    assert taken.code == 1
    said = sorted((item["status"], item["code"]) for item in taken.data["bundles"])
    assert said == [("accepted", ""), ("refused", "bad_signature"), ("refused", "damaged_copy")]
    heard = exchange.hear()
    assert heard.code == 1
    assert sorted(item["state"] for item in heard.data) == ["receipt", "refused"]
    assert exchange.states() == {1: "merged"}


def test_the_words_that_open_the_server_are_nowhere_in_the_open(exchange: Exchange) -> None:
    exchange.set_up()
    study = exchange.study
    shown = exchange.connection("site", "show")
    assert shown.data["kind"] == exchange.connect(1)[0]
    tried = exchange.connection("site", "try")
    assert tried.code == 0
    for said in (shown, tried):
        assert PASSWORD not in said.out + said.err
        assert "PRIVATE KEY" not in said.out + said.err
    for path in (*study.centre.rglob("*"), *study.site().rglob("*")):
        if path.is_file():
            kept = path.read_bytes()
            assert PASSWORD.encode() not in kept
            assert b"PRIVATE KEY" not in kept
    assert study.command("site", "verify").code == 0
    assert exchange.connection("site", "forget").code == 0
    assert exchange.connection("site", "show").data == {"kind": None}
    gone = study.command("site", "export")
    assert gone.code != 0
    assert "no connection" in gone.err


def test_a_connection_that_does_not_work_is_kept_and_said(exchange: Exchange) -> None:
    exchange.line.down = True
    done = exchange.connection("site")
    assert done.code == 1
    assert done.data["bundles"] is None
    assert "cut in the middle" in done.data["why"] or "does not answer" in done.data["why"]
    exchange.line.down = False
    assert exchange.connection("site", "try").data["writes"]
