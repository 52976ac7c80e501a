"""Find (Ctrl+K): a patient by code or name, a question of the open visit, or any command, in one line.

Typing narrows, arrows move, Enter goes there, Escape goes back to where one was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.rows import Column, Rows
from anifro_desktop.ui.widgets import Heading, Hint, LineEdit

_MOST = 40
_STEPS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be gone to. kind: in words. also: further words it is found by. keys: its shortcut."""

    text: str
    kind: str
    go: Callable[[], object]
    also: str = ""
    keys: str = ""


def matches(target: Target, typed: str) -> bool:
    """Whether every word typed occurs in the target, whatever the case; hyphens may be left out."""
    hay = f"{target.text} {target.also} {target.kind}".casefold()
    plain = hay.replace("-", "").replace("’", "'")
    return all(word in hay or word.replace("-", "") in plain for word in typed.casefold().split())


class FindDialog(QDialog):
    """targets: in the order in which they are offered. title, prompt: what is looked for, if not just anything."""

    def __init__(
        self, targets: Sequence[Target], parent: QWidget | None = None, title: str = "", prompt: str = ""
    ) -> None:
        super().__init__(parent)
        self._targets = list(targets)
        self.setWindowTitle(title or self.tr("Find"))
        self.setAccessibleName(title or self.tr("Find"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.line = LineEdit(40)
        prompt = prompt or self.tr("Patient by code or name, question, or command")
        self.line.setPlaceholderText(prompt)
        self.line.setAccessibleName(prompt)
        self.line.textChanged.connect(self._narrow)
        self.line.returnPressed.connect(self._go_to_current)
        self.line.installEventFilter(self)
        columns = (
            Column(self.tr("What"), lambda one: one.text, 280, strong=True),
            Column(self.tr("Kind"), lambda one: one.kind, 176, drop=1),
            Column(self.tr("Keys"), lambda one: one.keys, 110, drop=2),
        )
        keyed = any(target.keys for target in targets)
        self.list = Rows(self.tr("Found"), columns if keyed else columns[:2], stretch=0)
        self.list.opened.connect(self._go)
        self.list.setMinimumHeight(theme.px(300))
        self.none = Hint(self.tr("Nothing is called like this."))
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(12))
        if title:
            box.addWidget(Heading(title, 2, self))
        box.addWidget(self.line)
        box.addWidget(self.none)
        box.addWidget(self.list, 1)
        self.resize(min(theme.px(620), 1100), min(theme.px(440), 640))
        self._narrow("")

    def add(self, targets: Sequence[Target]) -> None:
        """Offer these before the others (patients come from the store a moment later)."""
        self._targets = [*targets, *self._targets]
        self._narrow(self.line.text())

    def _narrow(self, typed: str) -> None:
        found = [target for target in self._targets if matches(target, typed)][:_MOST]
        self.list.show_items(found)
        if found:
            self.list.selectRow(0)
        self.none.setVisible(not found)

    def _go_to_current(self) -> None:
        self._go(self.list.item)

    def _go(self, target: Target | None) -> None:
        if target is not None:
            self.accept()
            target.go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _STEPS:
            QCoreApplication.sendEvent(self.list, QKeyEvent(event))
            return True
        return super().eventFilter(watched, event)
