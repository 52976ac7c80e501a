"""The connection in the settings: typed, kept, tried on a real server, forgotten; secrets are shown to nobody."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit
from shell_driver import Program

sys.path.insert(0, str(Path(__file__).parents[1] / "servers"))

import running
from authority import HOST, Authority

from anifro_desktop.sync import connection

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def server(authority: Authority) -> Iterator[running.Served]:
    with running.wsgidav(authority.issue()) as served:
        yield served


def go(program: Program) -> Program:
    program.unlock()
    program.shell.show_place("settings")
    program.until(lambda: type(program.page).__name__ == "SettingsPage")
    program.until(program.page.connection.now.text)
    assert not program.page.connection.form.isVisible()
    program.click(program.page.connection.set_up_button)
    assert program.page.connection.url.hasFocus()
    return program


def test_a_server_is_set_up_from_the_keyboard_and_tried(
    program: Program, server: running.Served, authority: Authority, tmp_path: Path
) -> None:
    ca = tmp_path / "ca.pem"
    ca.write_bytes(authority.pem)
    card = go(program).page.connection
    assert card.now.text() == "No connection is set up."
    assert not card.try_button.isVisible()
    card.url.setText(server.url)  # typed in one go: what is typed by keys is tested with the other lines
    card.password.edit.setText(running.PASSWORD)
    program.type(card.authority, str(ca))
    program.type(card.login, running.USER)
    card.keep_button.setFocus()
    program.click(card.keep_button)
    program.until(lambda: "reading and writing work" in card.banner.accessibleName())
    assert server.url in card.now.text()
    assert card.password.edit.text() == ""
    said = "\n".join(label.text() for label in card.findChildren(QLabel))
    assert running.PASSWORD not in said
    program.click(card.try_button)
    program.until(lambda: card.try_button.isEnabled() and "work" in card.banner.accessibleName())
    program.click(card.forget_button)
    program.until(lambda: card.now.text() == "No connection is set up.")
    assert list(server.folder.iterdir()) == []


def test_what_cannot_be_is_said_and_stays_typed(program: Program) -> None:
    card = go(program).page.connection
    program.type(card.url, "http://files.example/")
    program.click(card.keep_button)
    program.until(lambda: "must begin with https://" in card.banner.accessibleName())
    assert card.url.text() == "http://files.example/"
    assert card.now.text() == "No connection is set up."


def test_the_form_is_left_without_keeping_anything(program: Program) -> None:
    card = go(program).page.connection
    program.type(card.url, "http://files.example/")
    card.password.edit.setText("typed for nothing")
    program.click(card.leave_button)
    assert not card.form.isVisible()
    assert card.set_up_button.hasFocus()
    program.click(card.set_up_button)
    assert (card.url.text(), card.port.text(), card.password.text) == ("", "22", "")
    assert card.now.text() == "No connection is set up."


def test_sftp_has_fields_of_its_own_and_a_server_that_is_away_is_said(
    program: Program, tmp_path: Path
) -> None:
    key = running.ssh_key(tmp_path, "own")
    card = go(program).page.connection
    card.kind.chosen.emit("sftp")
    assert card.host_key.isVisible()
    assert not card.url.isVisible()
    card.port.clear()
    for line, text in (
        (card.host, HOST),
        (card.port, str(running.free_port())),
        (card.folder, "study"),
        (card.login, "p03"),
        (card.host_key, running.fingerprint(key.with_suffix(".pub"))),
        (card.key, str(key)),
    ):
        program.type(line, text)
    program.click(card.keep_button)
    program.until(lambda: "does not answer" in card.banner.accessibleName())
    assert f"{HOST}:" in card.now.text(), "it is kept, to be tried when the network is there"


def test_every_field_says_what_it_is(program: Program) -> None:
    card = go(program).page.connection
    for line in card.findChildren(QLineEdit):
        assert line.accessibleName()


def test_a_connection_without_a_user_names_none(program: Program) -> None:
    card = go(program).page.connection
    card._show(connection.webdav("https://files.example/p03/"))
    assert card.now.text() == "Set up: https://files.example/p03/"
    card._show(connection.webdav("https://files.example/p03/", "p03", "typed"))
    assert card.now.text() == "Set up: https://files.example/p03/, user p03"
