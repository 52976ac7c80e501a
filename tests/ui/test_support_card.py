"""The support file from the settings: written by its path and Enter, refused in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from shell_driver import Program

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_support_file_is_written_by_its_path_from_the_keyboard(program: Program) -> None:
    program.unlock()
    program.shell.show_place("settings")
    program.until(lambda: type(program.page).__name__ == "SettingsPage")
    card = program.page.support
    card.write_button.click()
    assert "Write where" in card.banner.accessibleName()
    file = program.folder.parent / "support.txt"
    program.type(card.path, str(file))
    program.key(Qt.Key.Key_Return)
    program.until(file.exists)
    program.until(lambda: "support.txt is written" in card.banner.accessibleName())
    assert "unlocked: True" in file.read_text("utf-8")
    card.path.clear()
    program.type(card.path, str(file / "inside"))
    program.key(Qt.Key.Key_Return)
    program.until(
        lambda: "connect" in card.banner.accessibleName() or "written" in card.banner.accessibleName()
    )
    assert str(program.folder) not in card.banner.accessibleName()
