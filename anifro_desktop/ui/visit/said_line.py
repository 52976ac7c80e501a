"""What others said about an answer, under it: a question of the centre, and whether it was verified with its source.

Made for the few questions of which something was said; it has words and a place in the order of Tab.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.forms.model import Field
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets import Badge, LinkButton
from anifro_desktop.ui.widgets.flow import FlowLayout


@dataclass(frozen=True, slots=True)
class Said:
    """asked: the words of the questions about it, with their tone; settled: none of them can be answered. source:
    `verified`, `changed` since, or nothing."""

    asked: str = ""
    tone: str = "warning"
    settled: bool = False
    source: str = ""


class SaidLine(QWidget):
    """Stands under its question."""

    wanted = Signal(str)  # field: show what was asked

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.badge = Badge("", parent=self)
        self.link = LinkButton("", "hint", self)
        self.link.clicked.connect(lambda: self.wanted.emit(self.field.id))
        self.source = Badge("", parent=self)
        flow = FlowLayout(gap=theme.px(6))
        for part in (self.badge, self.link, self.source):
            flow.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.px(2), 0, theme.px(2), theme.px(4))
        box.addLayout(flow)

    def show_said(self, said: Said) -> None:
        """Say it."""
        self.badge.set(said.asked, said.tone)
        self.link.setText(
            translate("Queries", "Read") if said.settled else translate("Queries", "Read and answer")
        )
        self.link.setVisible(bool(said.asked))
        question = self.field.label.get(texts.language())
        self.link.setAccessibleName(f"{question}: {said.asked}. {self.link.text()}")
        self.source.set(*source_words(said.source))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), self.heightForWidth(self.width()))


def source_words(state: str) -> tuple[str, str]:
    """A mark of source verification in words, with its tone; nothing for no mark."""
    if state == "verified":
        return translate("Queries", "Verified with its source"), "success"
    if state == "changed":
        return translate("Queries", "Changed since verified with its source"), "warning"
    return "", "neutral"
