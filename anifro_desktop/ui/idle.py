"""The idle lock: after ten quiet minutes the site is locked, the draft and the place are kept.

Counts from the last key, click, wheel or touch anywhere in the program, by a stop-watch that a change of the computer's
time cannot move and that runs on while the computer sleeps. An act that comes after the time is up, as the first one on
a laptop that slept, locks and does nothing else: it neither begins the time anew nor reaches the page.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

LOCKS_AFTER = 600.0  # seconds
_ACTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class Idle(QObject):
    """Watches the whole program while a site is unlocked. now: seconds that only ever rise, also in sleep
    (`Clock.elapsed`)."""

    remaining_changed = Signal(int)  # whole seconds until the lock, once a second
    expired = Signal()

    def __init__(self, parent: QObject, now: Callable[[], float], limit: float = LOCKS_AFTER) -> None:
        super().__init__(parent)
        self._limit, self._now = limit, now
        self._last = now()
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Begin to count, from the full time."""
        self._last = self._now()
        QApplication.instance().installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        QApplication.instance().removeEventFilter(self)
        self._timer.stop()

    @property
    def remaining(self) -> int:
        """Whole seconds until the lock, never below 0."""
        return max(0, round(self._limit - (self._now() - self._last)))

    def tick(self) -> None:
        """Say how long is left; lock when nothing is."""
        left = self.remaining
        self.remaining_changed.emit(left)
        if left == 0:
            self.stop()
            self.expired.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTS and self._timer.isActive():
            if self.remaining == 0:
                self.tick()
                return True
            self._last = self._now()
        return False
