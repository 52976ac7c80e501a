"""Dates: day, month and year in three fields, or all digits in one go into the first.

The cursor never jumps by itself. `140326`, `14/3/26` typed into the first field are the same day as three fields;
one letter gives today or yesterday. The year is always shown with four digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from anifro_desktop.forms.model import Field
from anifro_desktop.forms.state import FieldState
from anifro_desktop.record import Missing
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.editor import is_wrong
from anifro_desktop.ui.visit.line_editor import TypedEditor, TypingLine
from anifro_desktop.ui.widgets import Button


class DatePart(TypingLine):
    """Day, month or year. Letters that mean a day are given to the editor, not typed."""

    def __init__(self, width: int, hint: str, editor: DateEditor) -> None:
        super().__init__(width, editor)
        self._editor = editor
        self.setPlaceholderText(hint)
        self.setMaxLength(10)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and self._editor.letter(event.text()):
            event.accept()
        else:
            super().keyPressEvent(event)


class DateEditor(TypedEditor):
    """Three fields and a button for today."""

    def __init__(self, field: Field, today: date, parent: QWidget | None = None) -> None:
        self._today = today
        super().__init__(field, parent)

    def build(self) -> None:
        """Day, month, year, today."""
        names = (
            (translate("Editors", "day"), translate("Editors", "dd", "two letters for: day"), 3),
            (translate("Editors", "month"), translate("Editors", "mm", "two letters for: month"), 3),
            (translate("Editors", "year"), translate("Editors", "yyyy", "four letters for: year"), 5),
        )
        self.parts = tuple(DatePart(width, hint, self) for _, hint, width in names)
        self.row.setSpacing(theme.px(5))
        for (name, _, _), part in zip(names, self.parts, strict=True):
            part.setAccessibleName(f"{self.question}: {name}")
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            part.textEdited.connect(self.typed)
            part.left.connect(self._part_left)
            self.row.addWidget(part)
        word, letter = translate("Editors", "Today"), self._letters()[0]
        self.now = Button(word, letter.upper(), parent=self)
        self.now.setAccessibleName(f"{self.question}: {word}")
        self.now.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.now.clicked.connect(lambda: self._give(self._today))
        self.row.addWidget(self.now)

    @staticmethod
    def _letters() -> tuple[str, str]:
        return (
            translate("Editors", "t", "letter for: today"),
            translate("Editors", "y", "letter for: yesterday"),
        )

    def letter(self, text: str) -> bool:
        """Whether a letter meant today or yesterday, which is then the answer."""
        today, yesterday = self._letters()
        if self.parts[0].isReadOnly() or text.lower() not in (today, yesterday):
            return False
        self._give(self._today if text.lower() == today else self._today - timedelta(days=1))
        return True

    def _give(self, day: date) -> None:
        self.forget()
        self.parts[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._spread(texts.full_date(day))
        self.edited.emit(self.field.id, texts.full_date(day))

    def _part_left(self) -> None:
        if not any(part.hasFocus() for part in self.parts):
            self.leave()

    def text(self) -> str:
        """What was typed: the first field alone, or the three joined."""
        filled = [part.text().strip() for part in self.parts]
        while filled and not filled[-1]:
            filled.pop()
        return "/".join(filled)

    def show_state(self, state: FieldState, force: bool) -> None:
        """The day in three fields; what is no day stands as it was typed."""
        super().show_state(state, force)
        if not force and any(part.hasFocus() for part in self.parts):
            return
        self.forget()
        if isinstance(state.value, date):
            self._spread(texts.full_date(state.value))
        else:
            self._spread("" if isinstance(state.value, Missing) else state.raw_text)
        wrong = is_wrong(state)
        for part in self.parts:
            part.set_wrong(wrong)

    def _spread(self, text: str) -> None:
        pieces = text.split("/") if text.count("/") <= 2 else [text]
        for part, piece in zip(self.parts, [*pieces, "", ""], strict=False):
            if part.text() != piece:
                part.setText(piece)

    def controls(self) -> Sequence[QWidget]:
        """Day, month, year."""
        return self.parts

    def set_read_only(self, read_only: bool) -> None:
        """Parts that may not be changed."""
        for part in self.parts:
            part.setReadOnly(read_only)
        self.now.setEnabled(not read_only)
