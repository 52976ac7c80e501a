"""The full check behind an open site, once a week: copied on the database's worker, looked through on a thread of its
own.

Rules kept here:
- Nothing typed waits for it: only the copy and the end use the database's worker.
- A site that is locked meanwhile is checked after the next unlocking.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from anifro_desktop.ui.tasks import Tasks


class WeeklyCheck(QObject):
    """tasks: the database's worker. done: everything that was found, nothing if all is well; refused: why it could not
    be checked."""

    done = Signal(object)
    refused = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._prover: Tasks | None = None  # most days begin without a check, and then without a thread
        self._site: Any = None

    def begin(self, site: Any) -> None:
        """Check the open site if it is due."""
        self._site = site

        def copy() -> Any:
            from anifro_desktop.workflows import checking

            return checking.begin(site) if checking.due(site) else None

        self._tasks.run(
            copy, lambda copied: self._prove(site, copied), lambda error: self._failed(site, error)
        )

    def leave(self) -> None:
        """The site is about to be closed."""
        self._site = None

    def close(self) -> None:
        """Wait for what is being looked through, and end the thread."""
        if self._prover is not None:
            self._prover.close()

    def _prove(self, site: Any, copied: Any) -> None:
        if copied is None:
            return
        if site is not self._site:
            self._give_up(copied)
            return

        def prove() -> Any:
            from anifro_desktop.workflows import checking

            return checking.prove(copied)

        self._prover = self._prover or Tasks(self)
        self._prover.run(
            prove,
            lambda found: self._finish(site, copied, found),
            lambda error: self._failed(site, error),
        )

    def _give_up(self, copied: Any) -> None:
        def discard() -> None:
            from anifro_desktop.workflows import checking

            checking.discard(copied)

        self._tasks.run(discard)

    def _finish(self, site: Any, copied: Any, found: Any) -> None:
        if site is not self._site:
            return

        def finish() -> Any:
            from anifro_desktop.workflows import checking

            return checking.finish(site, copied, found)

        self._tasks.run(finish, self.done.emit, lambda error: self._failed(site, error))

    def _failed(self, site: Any, error: Exception) -> None:
        if site is self._site:
            self.refused.emit(error)
