"""The order of Tab through parts of a page, also through those that were made later than what follows them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain(parts: Iterable[QWidget], after: QWidget | None = None) -> None:
    """Let Tab go through everything inside these parts, one part after the other.

    after: the control they come after; without one they come where the first of them comes now.
    """
    last = after
    for part in parts:
        for widget in part.findChildren(QWidget):
            # A group of segments hands its focus on, and the list of a choice is a window of its own.
            if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.focusProxy() is not None:
                continue
            if widget.window() is not part.window():
                continue
            if last is not None:
                QWidget.setTabOrder(last, widget)
            last = widget
