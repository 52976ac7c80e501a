"""What the tests of the screens share: page objects beside this file, and a known look and language to start from."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from shell_driver import Program

    from anifro_desktop.ui.translation import Translations


@pytest.fixture(scope="session")
def translations(qapp: QApplication) -> Translations:
    """The one holder of the translators of this run."""
    from anifro_desktop.ui.translation import Translations

    return Translations()


@pytest.fixture(autouse=True)
def known_look(qapp: QApplication, translations: Translations) -> None:
    """English, light, 100 % before every test; a test that wants another look asks for it."""
    import gc

    from anifro_desktop.ui import theme

    if any(not widget.isVisible() for widget in qapp.topLevelWidgets()):
        gc.collect()  # a window of an earlier test must not be thrown away while it follows this one's look
    translations.use("en")
    theme.apply(qapp, "light", 1.0)


@pytest.fixture(scope="session")
def practice_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice site with synthetic patients, one bundle sent and the backup of the day made: copied, never used
    itself."""
    from shell_driver import CENTRE, CLOCK

    from anifro_desktop.ui.screens import practice
    from anifro_desktop.workflows import backups
    from anifro_desktop.workflows.site import unlock

    home = tmp_path_factory.mktemp("practice")
    practice.build(home / "site", CLOCK, 7, CENTRE, home / "stick")
    opened = unlock(home / "site", "U01", practice.PASSPHRASE, CLOCK)
    backups.make(opened, why="daily")
    opened.close()
    return home


@pytest.fixture
def program(qtbot, practice_folder: Path, tmp_path: Path, translations: Translations) -> Iterator[Program]:
    """The window, locked, on a copy of the practice site."""
    import shutil

    from shell_driver import Program

    shutil.copytree(practice_folder / "site", tmp_path / "site")
    shutil.copytree(practice_folder / "stick", tmp_path / "stick")
    running = Program(qtbot, tmp_path / "site", translations)
    yield running
    running.close()
