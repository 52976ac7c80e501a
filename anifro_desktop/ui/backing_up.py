"""Backups behind an open site, the daily one and those asked for: copied on the database's worker, verified on a thread
of its own.

Rules kept here:
- Verifying and copying to a stick take seconds, and nothing typed waits for them: only the first copy and the end use
  the database's worker.
- A site that is locked meanwhile gets its backup after the next unlocking, which sweeps away what this one left.
- A backup that cannot be made is said, and the work goes on.
- One at a time: the next, and a drill, would sweep away what this one has not finished.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from anifro_desktop.ui.tasks import Tasks


class DailyBackup(QObject):
    """tasks: the database's worker. made: what was made; refused: why there is none, or no second copy.

    asked: whether the last one was asked for by a person. busy: whether one is being made."""

    made = Signal(object)
    refused = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._prover: Tasks | None = None  # most days begin without a backup, and then without a thread
        self._site: Any = None
        self.asked = self.busy = False

    def begin(self, site: Any) -> None:
        """Make a backup of the open site if one is due."""

        def copy() -> Any:
            from anifro_desktop.workflows import backups

            return backups.begin(site, why="daily") if backups.due(site) else None

        self._start(site, copy, asked=False)

    def make(self, site: Any) -> None:
        """Make a backup of the open site now, unless one is being made."""

        def copy() -> Any:
            from anifro_desktop.workflows import backups

            return backups.begin(site)

        if not self.busy:
            self._start(site, copy, asked=True)

    def _start(self, site: Any, copy: Any, asked: bool) -> None:
        self._site, self.asked = site, asked
        self._show_busy(True)
        self._tasks.run(copy, lambda begun: self._prove(site, begun), lambda error: self._failed(site, error))

    def _show_busy(self, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit(busy)

    def leave(self) -> None:
        """The site is about to be closed."""
        self._site = None
        self.busy = False

    def close(self) -> None:
        """Wait for what is being verified, and end the thread."""
        if self._prover is not None:
            self._prover.close()

    def _prove(self, site: Any, begun: Any) -> None:
        if site is not self._site:
            return
        if begun is None:
            self._show_busy(False)
            return

        def prove() -> Any:
            from anifro_desktop.workflows import backups

            return backups.prove(begun)

        self._prover = self._prover or Tasks(self)
        self._prover.run(
            prove, lambda proved: self._finish(site, proved), lambda error: self._failed(site, error)
        )

    def _finish(self, site: Any, proved: Any) -> None:
        if site is not self._site:
            return

        def finish() -> Any:
            from anifro_desktop.workflows import backups

            return backups.finish(site, proved)

        self._tasks.run(finish, lambda made: self._say(site, made), lambda error: self._failed(site, error))

    def _say(self, site: Any, made: Any) -> None:
        if site is self._site:
            self._show_busy(False)
        self.made.emit(made)
        if made.trouble is not None:
            self.refused.emit(made.trouble)

    def _failed(self, site: Any, error: Exception) -> None:
        if site is self._site:
            self._show_busy(False)
            self.refused.emit(error)
