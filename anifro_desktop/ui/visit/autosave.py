"""Saving answers as they are given: one save at a time, on the database worker, and the truth about it.

Rules kept here: "saved" is said only after the worker came back from its COMMIT; what comes while a save runs waits
and goes with the next one; what could not be saved is kept, said in red until it is saved, and tried again with the
next answer or on request.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from anifro_desktop.forms.state import Entry
from anifro_desktop.ui.tasks import Tasks
from anifro_desktop.workflows.model import Place, Saved

Save = Callable[[tuple[Entry, ...], Place | None], Saved]


@dataclass(frozen=True, slots=True)
class SaveState:
    """kind: `idle`, `saving`, `saved`, `failed`. when: of the last commit. error: what went wrong."""

    kind: str = "idle"
    when: datetime | None = None
    error: Exception | None = None


class Autosave(QObject):
    """Takes entries, saves them through `save` (a workflow call that touches no widget), tells how it went."""

    state_changed = Signal(object)  # a SaveState

    def __init__(self, tasks: Tasks, save: Save, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._save = tasks, save
        self._waiting: dict[str, Entry] = {}
        self._place: Place | None = None
        self._running = False
        self._settled: list[Callable[[], object]] = []
        self.state = SaveState()

    @property
    def unsaved(self) -> int:
        """How many answers have not reached the disk yet."""
        return len(self._waiting) + (1 if self._running else 0)

    def put(self, entries: Sequence[Entry], place: Place | None) -> None:
        """Save these entries, now or with the next save."""
        self._waiting.update({entry.field: entry for entry in entries})
        self._place = place
        self._tell(SaveState("saving", self.state.when))
        self._start()

    def retry(self) -> None:
        """Try again what failed."""
        if self._waiting:
            self._tell(SaveState("saving", self.state.when))
            self._start()

    def settle(self, then: Callable[[], object]) -> None:
        """Call `then` once nothing is left to save: at once, or after the save that empties the queue."""
        if self.unsaved:
            self._settled.append(then)
            self._start()
        else:
            then()

    def _start(self) -> None:
        if self._running or not self._waiting:
            return
        batch, place = self._waiting, self._place
        self._waiting = {}
        self._running = True
        entries = tuple(batch.values())
        self._tasks.run(lambda: self._save(entries, place), self._done, lambda e: self._failed(batch, e))

    def _done(self, saved: Saved) -> None:
        self._running = False
        if self._waiting:
            self._start()
        else:
            self._tell(SaveState("saved", saved.when))
            settled, self._settled = self._settled, []
            for then in settled:
                then()

    def _failed(self, batch: dict[str, Entry], error: Exception) -> None:
        self._running = False
        self._waiting = {**batch, **self._waiting}
        self._tell(SaveState("failed", self.state.when, error))

    def _tell(self, state: SaveState) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
