"""Sending over the network from the window: to a real server, stopped, refused in words; typing is saved meanwhile."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from shell_driver import CENTRE, CLOCK, Program
from test_send import card, go, sign_one_more, stick

sys.path.insert(0, str(Path(__file__).parents[1] / "servers"))

import faulty
import running
from authority import HOST, Authority

from anifro_desktop.sync.bundle import file_hash, peek_header
from anifro_desktop.sync.connection import webdav
from anifro_desktop.sync.names import bundle_name
from anifro_desktop.ui.screens.practice import PASSPHRASE
from anifro_desktop.workflows import connecting, site

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def server(authority: Authority) -> Iterator[running.Served]:
    with running.wsgidav(authority.issue()) as served:
        yield served


def connect(folder: Path, url: str, authority: Authority, password: str = running.PASSWORD) -> None:
    opened = site.unlock(folder, "U01", PASSPHRASE, CLOCK)
    try:
        connecting.connect(opened, webdav(url, running.USER, password, authority=authority.pem))
    finally:
        opened.close()


def test_without_a_connection_nothing_is_said_of_a_network(program: Program) -> None:
    sign_one_more(program.folder)
    go(program)
    assert not program.page.server.isVisible()


def test_a_bundle_goes_to_the_server_and_the_answer_comes_back(
    program: Program, server: running.Served, authority: Authority
) -> None:
    sign_one_more(program.folder)
    connect(program.folder, server.url, authority)
    go(program)
    program.until(program.page.server.isVisible)
    assert HOST in program.page.server.where.text()
    program.click(program.page.server.send_button)
    program.until(lambda: "Bundle 0002 is on the server" in program.page.banner.accessibleName())
    (sent,) = server.folder.glob("*.anfb")
    assert program.page.table.items[0].state == "sent"
    assert not program.page.server.send_button.isEnabled(), "nothing new is left"
    place = stick(program)
    (place / sent.name).write_bytes(sent.read_bytes())
    answer = CENTRE.answer(card(program), place, [1, 2])
    data = answer.read_bytes()
    (server.folder / bundle_name(peek_header(data), file_hash(data))).write_bytes(data)
    program.click(program.page.server.fetch_button)
    program.until(lambda: "Pisa has everything up to bundle 0002" in program.page.banner.accessibleName())
    program.click(program.page.server.fetch_button)
    program.until(lambda: "no answer from Pisa" in program.page.banner.accessibleName())


def test_what_is_wrong_is_said_and_the_bundle_waits(
    program: Program, server: running.Served, authority: Authority
) -> None:
    sign_one_more(program.folder)
    connect(program.folder, server.url, authority, "not the password")
    go(program)
    program.until(program.page.server.isVisible)
    program.click(program.page.server.send_button)
    program.until(lambda: "does not accept the user" in program.page.banner.accessibleName())
    program.until(program.page.server.send_button.isEnabled)
    assert list(server.folder.iterdir()) == []
    program.until(lambda: program.page.header.line.text() == "Bundle 0002 is sealed and waits")
    assert program.page.table.items[0].state == "sealed"
    assert "does not accept the user" in program.page.banner.accessibleName(), "why still stands there"


def test_stopping_while_the_server_is_silent_and_the_rest_goes_on_meanwhile(
    program: Program, authority: Authority, tmp_path: Path
) -> None:
    asked, done = threading.Event(), threading.Event()

    def silent(_: faulty.Asked) -> None:
        asked.set()
        done.wait(20)

    sign_one_more(program.folder)
    with faulty.scripted(authority.issue(), tmp_path, silent) as scripted:
        connect(program.folder, scripted.url, authority)
        go(program)
        program.until(program.page.server.isVisible)
        server = program.page.server
        program.click(server.send_button)
        program.until(asked.is_set)  # the server is waited for, the database is not
        assert server.stop_button.isVisible()
        assert server.stop_button.hasFocus()
        assert "Sending bundle 1 of 1" in server.state.text()
        assert not program.page.save.isEnabled()
        program.shell.show_place("patients")
        program.until(lambda: type(program.page).__name__ == "PatientsPage" and program.page.table.items)
        program.shell.show_place("send")
        program.until(lambda: type(program.page).__name__ == "SendPage")
        server = program.page.server
        program.until(server.stop_button.isVisible)
        program.click(server.stop_button)
        program.until(lambda: "Stopped" in program.page.banner.accessibleName())
        assert not server.stop_button.isVisible()
        done.set()
    program.until(server.send_button.isEnabled)


def test_leaving_the_window_while_sending_ends_it(
    program: Program, authority: Authority, tmp_path: Path
) -> None:
    asked, done = threading.Event(), threading.Event()

    def silent(_: faulty.Asked) -> None:
        asked.set()
        done.wait(20)

    sign_one_more(program.folder)
    with faulty.scripted(authority.issue(), tmp_path, silent) as scripted:
        connect(program.folder, scripted.url, authority)
        go(program)
        program.until(program.page.server.isVisible)
        program.click(program.page.server.send_button)
        program.until(asked.is_set)
        before = {thread.name for thread in threading.enumerate()}
        assert "network" in before
        program.close()
        program.bot.waitUntil(
            lambda: "network" not in {thread.name for thread in threading.enumerate()}, timeout=10_000
        )
        done.set()
