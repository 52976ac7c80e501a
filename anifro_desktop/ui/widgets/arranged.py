"""Parts of a page under each other, in an order that may change; the Tab key follows what the eye sees."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from anifro_desktop.ui import theme


class Arranged(QWidget):
    """A column of parts."""

    def __init__(self, *parts: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(14))
        self._parts = list(parts)
        for part in parts:
            self._column.addWidget(part)

    def put_first(self, first: QWidget) -> None:
        """Put one of the parts above the others, which keep their order. What had the focus has it afterwards."""
        if self._parts[0] is first:
            return
        focus = QApplication.focusWidget()
        self._parts = [first, *(part for part in self._parts if part is not first)]
        for part in self._parts[1:]:
            self._column.removeWidget(part)
            part.setParent(None)  # what is added anew is the last that Tab comes to
            self._column.addWidget(part)
            part.show()
        if focus is not None and self.isAncestorOf(focus):
            focus.setFocus()
