"""The window's program: the data folder, the log, the look, the language, and what happens when something breaks.

Rules kept here:
- Nothing of the program lies outside the data folder; settings are a file in it, never a registry.
- A fault of the program is logged by its type and place only: its text may hold an answer. Nobody sees a traceback.
- What touches the store is imported by the works, after the first screen is painted.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from anifro_desktop.ui import preferences, theme
from anifro_desktop.ui.tasks import Tasks
from anifro_desktop.ui.theme import Appearance
from anifro_desktop.ui.translation import Translations
from anifro_desktop.ui.window import MainWindow

NAME = "anifro-desktop"
_LOG = logging.getLogger("anifro_desktop")
_LOG_BYTES = 512 * 1024


def main(argv: Sequence[str] | None = None, unlocked: tuple[str, str] | None = None) -> int:
    """Open the window and stay until it is closed. Returns the exit code.

    unlocked: person and passphrase of a practice site that is to open without asking.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    folder = data_folder(words)
    crash = _start_log(folder)
    window = _show_window(folder)
    app = QApplication.instance()
    guard = Guard(window, folder)
    guard.install()
    if unlocked is not None:
        window.unlock_as(*unlocked)
    try:
        return int(app.exec())
    finally:
        guard.remove()
        if crash is not None:
            faulthandler.disable()
            crash.close()


def open_window(argv: Sequence[str]) -> MainWindow:
    """Make the window of the data folder that `argv` names, and show it."""
    return _show_window(data_folder(argv))


def _show_window(folder: Path) -> MainWindow:
    app = QApplication.instance() or QApplication(theme.arguments(NAME))
    assert isinstance(app, QApplication)
    app.setApplicationName(NAME)
    app.setApplicationDisplayName("Anifro")
    wanted = preferences.load(folder)
    translations = Translations()
    translations.use(wanted.language)
    appearance = Appearance(app, wanted.scheme, wanted.text / 100)
    tasks = Tasks()
    window = MainWindow(folder, lambda: check_folder(folder), tasks, appearance, translations, wanted)
    window.show()
    return window


def data_folder(argv: Sequence[str]) -> Path:
    """The folder named by `--data`, else the platform's own for this user."""
    named = _named(list(argv))
    if named is not None:
        return named.expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path(NAME, appauthor=False)


def _named(words: list[str]) -> Path | None:
    """The folder after `--data`. The usual ways to start need no parser, which is slow to make."""
    match words:
        case []:
            return None
        case ["--data", word] if not word.startswith("-"):
            return Path(word)
    from argparse import ArgumentParser

    parser = ArgumentParser(prog=NAME, description="Without a verb, the window opens.")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the data folder (default: the platform's)")
    named: Path | None = parser.parse_args(words).data
    return named


def check_folder(folder: Path) -> None:
    """Make the data folder if it is not there, and see that files can be written in it.

    Raises:
        OSError: it cannot be made, or nothing can be written there.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(f"{folder.name} may not be written to")


def _start_log(folder: Path) -> TextIO | None:
    """Write the log and the interpreter's own crashes into the data folder; go on without where that fails."""
    place = folder / "log"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        crash = (place / "crash.txt").open("a", encoding="utf-8")
    except OSError:
        return None
    faulthandler.enable(crash)
    _LOG.addHandler(LateLog(place / "anifro.log"))
    _LOG.setLevel(logging.INFO)
    _LOG.propagate = False
    return crash


class LateLog(logging.Handler):
    """The log file, opened with its first line: on most days there is none, and no start waits for it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(
                self._path, maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8", delay=True
            )
            self._file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        self._file.emit(record)


def where(kind: type[BaseException], trace: TracebackType | None) -> str:
    """A fault by type and place, `KeyError in today.py, line 120`: never its text, which may hold an answer."""
    frames = traceback.extract_tb(trace)
    own = [frame for frame in frames if "anifro_desktop" in frame.filename] or frames
    if not own:
        return kind.__name__
    return f"{kind.__name__} in {Path(own[-1].filename).name}, line {own[-1].lineno}"


class Guard(QObject):
    """Catches what nobody else caught, on any thread, logs it without values and says it calmly, one at a time."""

    _caught = Signal(str)  # the place, from any thread to the main one

    def __init__(self, window: MainWindow, folder: Path) -> None:
        super().__init__(window)
        self._window, self._log = window, folder / "log" / "anifro.log"
        self._shown = False
        self._caught.connect(self._say, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Catch from now on."""
        sys.excepthook = self.caught
        threading.excepthook = lambda args: self.caught(args.exc_type, args.exc_value, args.exc_traceback)
        qInstallMessageHandler(_qt_said)

    def remove(self) -> None:
        """Leave it to Python again."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def caught(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take a fault from any thread."""
        place = where(kind, trace)
        _LOG.error("fault: %s", place)
        self._caught.emit(place)

    def _say(self, place: str) -> None:
        if self._shown:
            return
        self._shown = True
        from anifro_desktop.ui.messages import last_resort

        dialog = last_resort(self._window, place, self._log, self._window.close)
        dialog.finished.connect(self._closed)

    def _closed(self) -> None:
        self._shown = False


def _qt_said(kind: QtMsgType, _context: object, _message: str) -> None:
    """Qt's own warnings are counted in the log by their kind; their text may quote what is on the screen."""
    if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
        _LOG.error("Qt: %s", kind.name)
