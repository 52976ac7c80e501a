"""Setting a long report on pages takes seconds: a thread of its own does it, so that nothing waits.

Qt lays text out in any thread that Qt made; the database's worker is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QThread

from anifro_desktop.errors import Refusal
from anifro_desktop.forms.document import Block


class Press(QThread):
    """Writes one PDF, answers on the main thread, and is gone. It outlives its page; the program waits for it."""

    def __init__(self, path: Path, title: str, blocks: Sequence[Block]) -> None:
        application = QCoreApplication.instance()
        super().__init__(application)
        self._work = (path, title, tuple(blocks))
        self.error: Exception | None = None
        application.aboutToQuit.connect(self.wait)

    def run(self) -> None:
        from anifro_desktop.ui.paper import write_report

        try:
            write_report(*self._work)
        except (Refusal, OSError) as error:
            self.error = error


def write(
    owner: QObject,
    path: Path,
    report: tuple[str, Sequence[Block]],
    done: Callable[[Path], object],
    failed: Callable[[Exception], object],
) -> None:
    """Write a report (title and blocks) to a file; `done` or `failed` while `owner` still exists."""
    press = Press(path, *report)

    def answer() -> None:
        press.deleteLater()
        if not shiboken6.isValid(owner):
            return
        if press.error is None:
            done(path)
        else:
            failed(press.error)

    press.finished.connect(answer)
    press.start()
