"""The keys of the exchange in the settings: made anew for a reason, and those of the centre compared before they are
used."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel
from shell_driver import Program

from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.sync.keyset import Keyset, make_keyset
from anifro_desktop.sync.outages import Stopped

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def go(program: Program) -> Program:
    program.shell.show_place("settings")
    program.until(lambda: type(program.page).__name__ == "SettingsPage")
    program.until(program.page.keys.own.text)
    return program


def other_root(current: Keyset) -> bytes:
    """A later keyset of another root."""
    return make_keyset(
        study=current.study,
        version=current.version + 1,
        root_seed=signing.new_seed(),
        sign_public=current.sign,
        seal_public=hybrid.public_bytes(hybrid.new_seed()),
        created=date(2020, 1, 1),
        expires=date(2021, 1, 1),
    )


def test_new_keys_need_a_reason_and_are_announced(program: Program) -> None:
    program.unlock()
    card = go(program).page.keys
    before = card.own.text()
    program.click(card.renew_button)
    program.until(card.banner.isVisible)
    assert card.own.text() == before
    program.type(card.reason, "somebody left")
    program.click(card.renew_button)
    program.until(lambda: "the next sending announces them" in card.own.text())
    assert card.reason.text() == ""
    program.shell.show_place("send")
    program.until(lambda: type(program.page).__name__ == "SendPage" and program.page._preview is not None)
    assert program.page.save.isEnabled(), "new keys alone are sent too"
    said = "\n".join(label.text() for label in program.page.leaves.findChildren(QLabel))
    assert "New signing keys" in said
    program.page._refused(Stopped())
    assert program.page.save.isEnabled(), "what was stopped can be sent again"


def test_another_root_is_used_after_its_fingerprint_was_compared(program: Program) -> None:
    program.unlock()
    site = program.shell.desk.site
    current = site.keyset()
    site.clinical.keep_waiting_keyset(other_root(current))
    card = go(program).page.keys
    program.until(card.accept_button.isVisible)
    said = card.warning.accessibleName()
    assert current.fingerprint in said
    program.type(card.compared, "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA")
    program.click(card.accept_button)
    program.until(card.banner.isVisible)
    assert site.keyset() == current
