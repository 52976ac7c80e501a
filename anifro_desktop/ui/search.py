"""A line in which something is looked for: the down arrow goes to the list under it, Escape empties it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from anifro_desktop.ui.widgets import LineEdit


class SearchLine(LineEdit):
    """Where a code, a name or a word is typed."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
