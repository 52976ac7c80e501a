"""Work off the main thread: one worker for the database, results back on the main thread.

Rules kept here:
- One worker thread for the whole life, so that SQLite is only ever touched from one thread and needs no
  locks, and works are done in the order they were asked for.
- The signal belongs to `Tasks`, which outlives every work; a work touches no widget.
- Every error goes to `failed`, so that no screen is left waiting. One that is neither a refusal (`errors.Refusal`)
  nor a failure of the machine (`OSError`) is a fault of the program: it is raised on the main thread as well, where
  the last-resort dialog shows it.
- While a worker lives, Python's cyclic garbage is collected on the main thread only: the collector runs on whichever
  thread happens to allocate, and a widget that is collected on the worker would be destroyed there, which Qt does not
  survive.
- `close()` waits for what was asked, so that a save is never cut off.
"""

from __future__ import annotations

import gc
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from anifro_desktop.errors import Refusal

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[], Any]
    done: Done | None
    failed: Failed | None


@dataclass(frozen=True, slots=True)
class _Outcome:
    job: _Job
    value: Any = None
    error: BaseException | None = None


class _Garbage(QObject):
    """Collects on the main thread while it lives: young objects often, all of them once a minute."""

    OFTEN_MS = 2000
    ALL_EVERY = 30
    _living = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._round = 0
        self._timer = QTimer(self)
        self._timer.setInterval(self.OFTEN_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()
        _Garbage._living += 1
        gc.disable()

    def _collect(self) -> None:
        self._round += 1
        gc.collect(2 if self._round % self.ALL_EVERY == 0 else 1)

    def stop(self) -> None:
        """Give the work back to Python, once no worker is left."""
        self._timer.stop()
        _Garbage._living -= 1
        if not _Garbage._living:
            gc.enable()


class Tasks(QObject):
    """The one database worker. Made once by the application and passed to the screens."""

    busy_changed = Signal(bool)  # True with the first work asked for, False when the last has been answered
    _finished = Signal(object)  # an _Outcome, from the worker to the main thread

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._waiting = 0
        self._closed = False
        self._garbage = _Garbage(self)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._serve, name="database", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether something asked for has not been answered yet."""
        return self._waiting > 0

    def run(self, work: Callable[[], Any], done: Done | None = None, failed: Failed | None = None) -> None:
        """Do `work` on the worker; then `done(value)` or `failed(error)` on the main thread.

        Raises:
            RuntimeError: asked for after `close()`.
        """
        if self._closed:
            raise RuntimeError("work was asked for after the worker was closed")
        self._waiting += 1
        if self._waiting == 1:
            self.busy_changed.emit(True)
        self._jobs.put(_Job(work, done, failed))

    def close(self) -> None:
        """Wait until everything asked for is done, then end the worker.

        Answers still come while waiting is over.
        """
        if self._closed:
            return
        self._closed = True
        self._jobs.put(None)
        self._thread.join()
        self._garbage.stop()

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._finished.emit(_do(job))

    def _deliver(self, outcome: _Outcome) -> None:
        self._waiting -= 1
        if self._waiting == 0:
            self.busy_changed.emit(False)
        job = outcome.job
        if outcome.error is None:
            if job.done is not None:
                job.done(outcome.value)
            return
        if job.failed is not None and isinstance(outcome.error, Exception):
            job.failed(outcome.error)
        if job.failed is None or not isinstance(outcome.error, Refusal | OSError):
            raise outcome.error


def _do(job: _Job) -> _Outcome:
    """The outcome of one work.

    Every error is carried over and raised again on the main thread, none is lost.
    """
    try:
        return _Outcome(job, value=job.work())
    except BaseException as error:
        return _Outcome(job, error=error)
