"""One start of one window, measured from inside: prints the clock once the window is painted, and ends.

    python -m benchmarks.start_child unlock FOLDER    the program up to its unlock screen, with that site
    python -m benchmarks.start_child empty            a bare Qt window

The clock is the system's monotonic one, the same in every process: the parent subtracts its own reading.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

SIZE = (1280, 800)


class Painted(QObject):
    """Calls `done` when a widget has been painted, together with everything in it."""

    def __init__(self, widget: QWidget, done: Callable[[], None]) -> None:
        super().__init__()
        self._done = done
        widget.installEventFilter(self)

    def eventFilter(self, widget: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            widget.removeEventFilter(self)
            # The children are painted after this event and before the event loop comes round again.
            QTimer.singleShot(0, self._done)
        return False


def unlock_screen(folder: str) -> tuple[QWidget, object]:
    """The unlock page, and the window to hold on to, as Qt ends one that nobody holds."""
    from anifro_desktop.app import open_window
    from anifro_desktop.ui.unlock import UnlockPage

    window = open_window(["--data", folder])
    page = window.findChild(UnlockPage)
    if page is None:
        raise SystemExit("The program opened without its unlock screen.")
    return page, window


def empty_window() -> tuple[QWidget, object]:
    application = QApplication([])
    window = QWidget()
    window.resize(*SIZE)
    window.show()
    return window, application


def finish() -> None:
    print(time.perf_counter_ns(), flush=True)
    os._exit(0)  # taking things down is not part of a start


def main(kind: str, folder: str = "") -> None:
    widget, _held = unlock_screen(folder) if kind == "unlock" else empty_window()
    _filter = Painted(widget, finish)
    widget.update()  # one that was painted already is painted once more, and counted with that
    QApplication.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
