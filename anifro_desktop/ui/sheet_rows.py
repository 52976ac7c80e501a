"""The four rows of a recovery sheet, typed from paper: Enter leads to the next, and each is checked by itself.

Two beside two where the text leaves room for it, so that all of them are in sight at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.fields import TextField

_ROWS = 4


class SheetRows(QWidget):
    """fields: one for each row. entered: Enter in the last one."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = [
            TextField(self.tr("Row {number}").format(number=at + 1), "", 26) for at in range(_ROWS)
        ]
        columns = 2 if theme.scale() <= 1.5 else 1
        box = QGridLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(14))
        for at, field in enumerate(self.fields):
            field.edit.returnPressed.connect(lambda at=at: self._after(at))
            box.addWidget(field, at // columns, at % columns, Qt.AlignmentFlag.AlignTop)

    def _after(self, at: int) -> None:
        if at + 1 < _ROWS:
            self.fields[at + 1].edit.setFocus()
        else:
            self.entered.emit()

    @property
    def text(self) -> str:
        """All that was typed."""
        return " ".join(field.text for field in self.fields)

    def checks(self) -> Iterator[tuple[TextField, str]]:
        """Each row with what is wrong with it, for `say_all`."""
        from anifro_desktop.workflows import recovery

        wrong = recovery.wrong_rows([field.text for field in self.fields])
        words = self.tr("Not as printed: four groups of four letters. Compare it letter by letter.")
        for at, field in enumerate(self.fields, 1):
            yield field, words if at in wrong else ""

    def first_focus(self) -> None:
        """The first row."""
        self.fields[0].edit.setFocus()

    def set_read_only(self, read_only: bool) -> None:
        """While what was typed is used."""
        for field in self.fields:
            field.edit.setReadOnly(read_only)

    def forget(self) -> None:
        """Nothing that was typed stays."""
        for field in self.fields:
            field.edit.clear()
