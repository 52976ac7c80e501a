"""The button after the last question of a form: to the next section, or to the review."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

from anifro_desktop.ui.widgets import Button

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EndButton(Button):
    """Where a single digit led here by itself, an Enter straight after it is a habit and presses nothing."""

    _spare = False

    def spare_an_enter(self) -> None:
        """The next key, if it is Enter, belongs to the answer before."""
        self._spare = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        spare, self._spare = self._spare, False
        if not (spare and event.key() in _ENTER):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._spare = False
        super().focusOutEvent(event)
