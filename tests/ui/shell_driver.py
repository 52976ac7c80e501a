"""The program as a person uses it: its real window on a real practice site, driven by keys and clicks.

All patients are synthetic. The clock stands still, so that windows and lists are the same on every day.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from anifro_desktop.ui.preferences import Preferences
from anifro_desktop.ui.screens import practice
from anifro_desktop.ui.tasks import Tasks
from anifro_desktop.ui.theme import Appearance
from anifro_desktop.ui.translation import Translations
from anifro_desktop.ui.window import MainWindow

CLOCK = practice.clock_at("2026-11-23T09:15:00")
TODAY = CLOCK.now().date()
CENTRE = practice.Centre(TODAY)
PATIENCE = 60_000  # milliseconds: only a fault waits that long, whatever else the machine does


class Program:
    """One run of the program on one data folder."""

    def __init__(self, qtbot: Any, folder: Path, translations: Translations, language: str = "en") -> None:
        self.bot, self.folder = qtbot, folder
        self.tasks = Tasks()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        translations.use(language)
        self.window = MainWindow(
            folder,
            lambda: None,
            self.tasks,
            Appearance(app, "light", 1.0),
            translations,
            Preferences(language, "light", 100),
            CLOCK,
        )
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def front(self) -> Any:
        """The page before a site is open."""
        return self.window.page

    @property
    def shell(self) -> Any:
        """The open site."""
        return self.window.shell

    @property
    def page(self) -> Any:
        """The page of the open site."""
        return self.window.shell.page

    def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds and the worker has answered everything."""
        self.bot.waitUntil(lambda: bool(holds()) and not self.tasks.busy, timeout=PATIENCE)

    def settle(self) -> None:
        """Wait until the worker has answered everything."""
        self.until(lambda: True)

    def type(self, widget: QWidget, text: str) -> None:
        """Type into a field."""
        widget.setFocus()
        QTest.keyClicks(widget, text)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def click(self, widget: QWidget) -> None:
        """Click in the middle of something."""
        assert widget.isVisible(), f"{widget.accessibleName()} cannot be seen"
        assert widget.isEnabled(), f"{widget.accessibleName()} cannot be pressed"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def unlock(self, passphrase: str = practice.PASSPHRASE) -> None:
        """Type the passphrase and Enter, and wait for the first page."""
        self.type(self.front.passphrase.edit, passphrase)
        self.key(Qt.Key.Key_Return)
        self.until(lambda: self.window.shell is not None and self.window.shell.page is not None)

    def close(self) -> None:
        """Close the window as a person does and wait for the end of all work."""
        if not shiboken6.isValid(self.window):  # the test has closed it
            return
        self.window.close()
        self.bot.waitUntil(lambda: not self.window.isVisible(), timeout=PATIENCE)
        self.tasks.close()
        # The window and pages that were left a moment before go now: a later test would dress them again.
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
