"""What has to be said about one answer, under it: a problem, a contradiction, a suggestion, a reason that was given.

In words, with the acts as links. It has a symbol, so that it does not live by its colour.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.forms.model import Field
from anifro_desktop.forms.state import FieldState
from anifro_desktop.ui import icons, texts, theme
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets import LinkButton, Text
from anifro_desktop.ui.widgets.flow import FlowLayout


class Notice(QWidget):
    """Stands at its question; hidden while there is nothing to say."""

    accept = Signal(str)  # field: take the suggested answer
    keep = Signal(str)  # field: keep the answer, with a reason
    resized = Signal()  # needs another height

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.found: tuple[str, ...] = ()  # what in a free text may tell who somebody is
        self._shown: tuple[str, str, bool, bool] = ("", "", False, False)
        self._built = False
        self._tone = "warning"

    def _build(self) -> None:
        """Made when first needed: most questions never say anything."""
        self._built = True
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.px(36), theme.px(6), theme.px(10), theme.px(4))
        box.setSpacing(0)
        self._text = Text("", "hint", parent=self)
        box.addWidget(self._text)
        links = FlowLayout(gap=theme.px(6))
        self.accept_link = LinkButton("", "hint", self)
        self.keep_link = LinkButton("", "hint", self)
        self.accept_link.clicked.connect(lambda: self.accept.emit(self.field.id))
        self.keep_link.clicked.connect(lambda: self.keep.emit(self.field.id))
        links.addWidget(self.accept_link)
        links.addWidget(self.keep_link)
        box.addLayout(links)

    def show_state(self, state: FieldState, problem: str) -> bool:
        """Say what there is to say; True if that changed the height. problem: in words, empty for none."""
        text, tone = self._words(state, problem)
        open_problem = state.problem is not None and bool(problem)
        contradiction = (
            open_problem and state.problem is not None and state.problem.severity == "contradiction"
        )
        may_accept = state.suggestion is not None and (contradiction or not state.answered)
        may_keep = open_problem and state.problem is not None and state.problem.severity != "hard"
        shown = (text, tone, may_accept, may_keep)
        if shown == self._shown:
            return False
        self._shown = shown
        if not text:
            self.hide()
            return True
        self._fill(state, shown)
        self.show()
        return True

    def _words(self, state: FieldState, problem: str) -> tuple[str, str]:
        if problem and state.problem is not None:
            if state.problem.settled:
                return self._kept(state, problem), "info"
            return problem, "danger" if state.problem.severity == "hard" else "warning"
        if state.suggestion is not None and not state.answered:
            word = self._suggested(state)
            return translate("Notice", "Suggested: {answer}").format(answer=word.lower()), "info"
        if self.found:
            from anifro_desktop.ui import sync_words

            kinds = texts.listed([sync_words.found(why) for why in self.found])
            words = translate("Notice", "This may tell who somebody is ({kinds}): better without it.")
            return words.format(kinds=kinds), "warning"
        return "", ""

    def _kept(self, state: FieldState, problem: str) -> str:
        text = state.note.text if state.note is not None else ""
        kept = translate("Notice", "Kept, with a reason")
        return f"{problem} {kept}{': ' + text if text else ''}."

    def _suggested(self, state: FieldState) -> str:
        if state.suggestion is None or state.field.codes is None:
            return ""
        label = state.field.codes.label(state.suggestion.value)
        return label.get(texts.language()) if label is not None else ""

    def _fill(self, state: FieldState, shown: tuple[str, str, bool, bool]) -> None:
        if not self._built:
            self._build()
        text, self._tone, may_accept, may_keep = shown
        self._text.setText(text)
        question = state.field.label.get(texts.language())
        word = translate("Notice", "Mark {answer}").format(answer=self._suggested(state).lower())
        self.accept_link.setText(word)
        self.accept_link.setAccessibleName(f"{question}: {word}")
        self.accept_link.setVisible(may_accept)
        again = state.problem is not None and state.problem.settled
        keep = (
            translate("Notice", "Change the reason") if again else translate("Notice", "Keep, with a reason")
        )
        self.keep_link.setText(keep)
        self.keep_link.setAccessibleName(f"{question}: {keep}")
        self.keep_link.setVisible(may_keep)
        self.setAccessibleName(text)
        self.resized.emit()
        self.update()

    def sizeHint(self) -> QSize:
        return super().sizeHint() if self._built else QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        ink, ground = theme.tokens().tone(self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 1) if self._tone != "info" else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        radius = theme.px(6)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        side = theme.px(17)
        icons.paint(painter, QRectF(theme.px(10), theme.px(7), side, side), _symbol(self._tone), ink)


def _symbol(tone: str) -> str:
    return "info" if tone == "info" else "alert"
