"""A run over the rows, in slices on the database's worker: other work comes between, and it can be stopped.

Whoever leaves the page or locks the site stops it as well: no slice is asked for any more. What was entered stays.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.widgets import Button, Surface, Text
from anifro_desktop.ui.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from anifro_desktop.workflows.importing.taking import Import


class Runner(QObject):
    """page: whose rows they are; once it is hidden, be it to be thrown away, no slice is asked for any more."""

    SLICE = 0.2  # seconds of work between two looks

    began = Signal()
    moved = Signal(int, int)  # rows settled, rows of the file
    ended = Signal(object)  # a Taken; of a part where it was stopped
    failed = Signal(Exception, object)  # why it could not go on, and the Taken of what was done

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._run: Import | None = None
        self._stopping = False

    @property
    def busy(self) -> bool:
        """Whether rows are being looked at."""
        return self._run is not None

    def start(self, run: Import) -> None:
        """Go over all rows."""
        if self._left:
            return
        self._run, self._stopping = run, False
        self.began.emit()
        self.moved.emit(0, run.rows)
        self._next(run)

    @property
    def _left(self) -> bool:
        """Whether the page is no longer shown; the site may be closed by the time the worker comes to a slice."""
        return not self._page.isVisible()

    def stop(self) -> None:
        """Stop after the patient in hand."""
        self._stopping = True

    def _next(self, run: Import) -> None:
        def work() -> bool:
            until = time.monotonic() + self.SLICE
            while (more := run.go_on()) and time.monotonic() < until:
                pass
            return more

        self._desk.run(self, work, lambda more: self._went(run, more), lambda error: self._broke(run, error))

    def _went(self, run: Import, more: bool) -> None:
        self.moved.emit(run.done, run.rows)
        if self._left:
            self._run = None
        elif more and not self._stopping:
            self._next(run)
        else:
            self._run = None
            self.ended.emit(run.taken())

    def _broke(self, run: Import, error: Exception) -> None:
        self._run = None
        self.failed.emit(error, run.taken())


class RunningLine(Surface):
    """How far it is, always in sight, with the way to stop it."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__("surface", "b", parent)
        self.during = Text("", "strong", parent=self)
        self.bar = ProgressLine(self)
        self.stop_button = Button(self.tr("Stop"), parent=self)
        self.stop_button.setAccessibleName(self.tr("Stop going over the rows"))
        self.stop_button.clicked.connect(runner.stop)
        words = QVBoxLayout()
        words.addWidget(self.during)
        words.addWidget(self.bar)
        box = QHBoxLayout(self)
        box.setContentsMargins(theme.px(20), theme.px(8), theme.px(20), theme.px(8))
        box.setSpacing(theme.px(16))
        box.addLayout(words, 1)
        box.addWidget(self.stop_button)
        runner.moved.connect(self._show)
        runner.began.connect(self.show)
        runner.ended.connect(self.hide)
        runner.failed.connect(self.hide)
        self.hide()

    def _show(self, done: int, rows: int) -> None:
        words = self.tr("Rows gone over: {done} of {rows}. Leaving this page stops it.")
        self.during.setText(words.format(done=done, rows=rows))
        self.bar.set_share(done / rows if rows else 0.0)
