"""The real window on a copy of the practice site, waited for and photographed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QDialog

from anifro_desktop.ui.preferences import Preferences
from anifro_desktop.ui.screens import practice
from anifro_desktop.ui.tasks import Tasks
from anifro_desktop.ui.theme import Appearance
from anifro_desktop.ui.translation import Translations
from anifro_desktop.ui.window import MainWindow

_STEP = 15  # milliseconds between two looks at whether something has come
_LONGEST = 2000  # looks

_VEIL = QColor(0, 0, 0, 90)


class Stage:
    """One window in one language, scheme and text size. site: on a copy of the practice site, else on an
    empty data folder. first: number of the first picture."""

    def __init__(
        self,
        home: Path,
        preferences: Preferences,
        clock: practice.FixedClock,
        out: Path,
        site: bool = True,
        first: int = 1,
    ) -> None:
        self.folder = home / "run"
        shutil.rmtree(self.folder, ignore_errors=True)
        if site:
            shutil.copytree(home / "site", self.folder)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.tasks = Tasks()
        translations = Translations()
        translations.use(preferences.language)
        look = Appearance(app, preferences.scheme, preferences.text / 100)
        self.window = MainWindow(
            self.folder, lambda: None, self.tasks, look, translations, preferences, clock
        )
        self.window.show()
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self._name = f"{preferences.language}-{preferences.scheme}-{preferences.text}"
        self._out = out
        self._number = first - 1

    @property
    def page(self) -> Any:
        """The page of the open site."""
        return self.window.shell.page

    def pause(self, milliseconds: int = _STEP) -> None:
        """Let the program run."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, holds: Callable[[], object]) -> None:
        """Let the program run until something holds and the worker is quiet.

        Raises:
            TimeoutError: it did not come.
        """
        for _ in range(_LONGEST):
            if holds() and not self.tasks.busy:
                self.pause(2 * _STEP)
                return
            self.pause()
        raise TimeoutError("what the picture waits for did not come")

    def on(self, page: str) -> None:
        """Wait for a page of the open site."""
        self.window.activateWindow()
        self.until(lambda: self.window.shell is not None and type(self.page).__name__ == page)

    def unlock(self, person: str = "") -> None:
        """With the practice passphrase, which everybody here has."""
        front: Any = self.window.page
        if person:
            front.person.set_chosen(person)
        front.passphrase.edit.setText(practice.PASSPHRASE)
        front.unlock()
        self.on("TodayPage")
        self.until(lambda: self.page.table.items)

    def snap(self, name: str, dialog: QDialog | None = None) -> None:
        """Save the window, with a dialog over it where one is open."""
        self.until(lambda: True)
        picture = self.window.grab()
        if dialog is not None:
            front = dialog.grab()
            painter = QPainter(picture)
            painter.fillRect(self.window.rect(), _VEIL)
            spare = self.window.size() - dialog.size()
            painter.drawPixmap(QPoint(spare.width() // 2, spare.height() // 2), front)
            painter.end()
        self._number += 1
        picture.save(str(self._out / f"{self._name}-{self._number:02d}-{name}.png"))

    def close(self) -> None:
        """Close as a person does."""
        self.window.close()
        self.until(lambda: not self.window.isVisible())
        self.tasks.close()
        self.window.deleteLater()
        self.pause()
