"""A date of a page (not of a form): day, month and year in three fields, or all digits in one go in the first.

The cursor never jumps by itself and no calendar is needed. What was typed is read when the field is left; `140326` and
`14/3/26` are then shown as three parts with a four-digit year. Where the year must be typed in full (a birth date),
two digits are refused rather than guessed.
"""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from anifro_desktop.forms.model import Field, Label
from anifro_desktop.forms.types import Fault
from anifro_desktop.forms.types import date as dates
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.fields import Labelled
from anifro_desktop.ui.widgets import LineEdit

translate = QCoreApplication.translate

_FIELD = Field("day", "date", Label("", ""), Label("", ""), "", "")
_SHORT_YEAR = re.compile(r"[0-9]{6}|.*[./ -][0-9]{2}")


class DateField(Labelled):
    """A labelled date. full_year: two digits for the year are refused. after: a control after the three parts."""

    left = Signal()  # the focus went elsewhere

    def __init__(
        self,
        label: str,
        hint: str = "",
        full_year: bool = False,
        after: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._full_year = full_year
        self.group = QWidget()
        super().__init__(label, self.group, hint, parent=parent)
        line = QHBoxLayout(self.group)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(5))
        names = (
            (translate("Fields", "day"), translate("Fields", "dd", "two letters for: day"), 6),
            (translate("Fields", "month"), translate("Fields", "mm", "two letters for: month"), 4),
            (translate("Fields", "year"), translate("Fields", "yyyy", "four letters for: year"), 6),
        )
        self.parts = tuple(LineEdit(width) for _, _, width in names)
        for (name, sample, _), part in zip(names, self.parts, strict=True):
            part.setAccessibleName(f"{label}: {name}")
            part.setPlaceholderText(sample)
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            part.setMaxLength(10)
            part.setMaximumWidth(part.sizeHint().width())
            part.installEventFilter(self)
            part.textChanged.connect(self.changed)
            line.addWidget(part)
        if after is not None:
            line.addWidget(after)
        line.addStretch(1)

    @property
    def edit(self) -> LineEdit:
        """The first part, where the focus begins."""
        return self.parts[0]

    @property
    def text(self) -> str:
        """What was typed: the first part alone, or the parts joined."""
        filled = [part.text().strip() for part in self.parts]
        while filled and not filled[-1]:
            filled.pop()
        return "/".join(filled)

    @property
    def value(self) -> date | None:
        """The day, or None where nothing or no whole date is typed."""
        text = self.text
        if not text or (self._full_year and _SHORT_YEAR.fullmatch(text)):
            return None
        found = dates.parse(text, _FIELD)
        return found if isinstance(found, date) else None

    def set_value(self, value: date | None) -> None:
        """Show a day, or nothing."""
        pieces = texts.full_date(value).split("/") if value else ["", "", ""]
        for part, piece in zip(self.parts, pieces, strict=True):
            part.setText(piece)

    def spread(self) -> None:
        """Show what was typed in one go as three parts."""
        if self.value is not None:
            self.set_value(self.value)

    def fault(self) -> str:
        """What is wrong with what was typed, in words; empty where it is a day or nothing."""
        text = self.text
        if not text or self.value is not None:
            return ""
        if self._full_year and _SHORT_YEAR.fullmatch(text):
            return translate("Fields", "Type the year with four digits, for example 1984.")
        found = dates.parse(text, _FIELD)
        if isinstance(found, Fault) and found.code == "date_impossible":
            return translate("Fields", "There is no such day. Type it as 14/03/2026.")
        return translate("Fields", "This is not a whole date. Type it as 14/03/2026.")

    def say(self, problem: str) -> None:
        super().say(problem)
        for part in self.parts:
            part.set_wrong(bool(problem))
            part.setAccessibleDescription(problem)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and not any(part.hasFocus() for part in self.parts):
            self.spread()
            self.left.emit()
        return super().eventFilter(watched, event)
