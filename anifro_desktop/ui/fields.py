"""A field with its label above, its hint, and the problem in words below; and the passphrase.

Label, hint and problem are given to assistive technology as name and description, so that what is seen is heard. A
problem is of what stands in the field: it goes as soon as that is changed.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.widgets import Button, Hint, LineEdit, Text


class Labelled(QWidget):
    """A label above any one control, with a hint, something beside it, and a line for the problem."""

    def __init__(
        self,
        label: str,
        control: QWidget,
        hint: str = "",
        beside: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.control = control
        self._hint = hint
        self._label = Text(label, "strong", parent=self)
        self._label.setBuddy(control)
        under = Hint(hint, self)
        under.setVisible(bool(hint))
        self.problem = Text("", "hint", "danger", self)
        self.problem.hide()
        line = QHBoxLayout()
        line.setSpacing(theme.px(4))
        line.addWidget(control, 1)
        if beside is not None:
            line.addWidget(beside)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(theme.px(4))
        self.box.addWidget(self._label)
        self.box.addWidget(under)
        self.box.addLayout(line)
        self.box.addWidget(self.problem)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        control.setAccessibleName(label)
        control.setAccessibleDescription(hint)
        if isinstance(control, LineEdit):
            control.textChanged.connect(self.changed)

    def set_label(self, label: str) -> None:
        """Ask for something else."""
        self._label.setText(label)
        self.control.setAccessibleName(label)

    def changed(self) -> None:
        """Something else stands in it: what was said of it no longer holds."""
        if not self.problem.isHidden():
            self.say("")

    def say(self, problem: str) -> None:
        """Show what is wrong, or nothing with an empty text."""
        self.problem.setText(f"! {problem}" if problem else "")
        self.problem.setVisible(bool(problem))
        self.control.setAccessibleDescription(" ".join(part for part in (self._hint, problem) if part))
        if isinstance(self.control, LineEdit):
            self.control.set_wrong(bool(problem))
        if problem:
            from PySide6.QtGui import QAccessible, QAccessibleEvent  # only here: slow to load

            event = QAccessibleEvent(self.control, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(event)


class TextField(Labelled):
    """A labelled line of text."""

    left = Signal()  # the field was left: the time to say what is wrong

    def __init__(
        self, label: str, hint: str = "", characters: int = 30, text: str = "", parent: QWidget | None = None
    ) -> None:
        self.edit = LineEdit(characters)
        super().__init__(label, self.edit, hint, parent=parent)
        self.edit.setText(text)
        self.edit.editingFinished.connect(self.left)

    @property
    def text(self) -> str:
        """What stands in it, trimmed."""
        return " ".join(self.edit.text().split())


class PassphraseField(Labelled):
    """A passphrase that can be shown, with a word where the capitals key is on."""

    entered = Signal()  # Enter was pressed in it

    def __init__(self, label: str, hint: str = "", parent: QWidget | None = None) -> None:
        self.edit = LineEdit(30)
        self.toggle = Button()
        super().__init__(label, self.edit, hint, self.toggle, parent)
        self.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.edit.installEventFilter(self)
        self.edit.returnPressed.connect(self.entered)
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._show)
        words = QCoreApplication.translate("Fields", "The capitals key seems to be on.")
        self.capitals = Text(words, "hint", "warning", self)
        self.capitals.hide()
        self.box.insertWidget(self.box.count() - 1, self.capitals)
        self._show(False)

    @property
    def text(self) -> str:
        """What stands in it, as typed."""
        return self.edit.text()

    def _show(self, shown: bool) -> None:
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        if shown:
            self.toggle.setText(QCoreApplication.translate("Fields", "Hide"))
            self.toggle.setAccessibleName(QCoreApplication.translate("Fields", "Hide the passphrase"))
        else:
            self.toggle.setText(QCoreApplication.translate("Fields", "Show"))
            self.toggle.setAccessibleName(QCoreApplication.translate("Fields", "Show the passphrase"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._watch_capitals(event)
        return super().eventFilter(watched, event)

    def _watch_capitals(self, event: QKeyEvent) -> None:
        """Qt is told of the capitals key by no system, but a letter that does not match Shift gives it away."""
        typed = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.capitals.hide()
        elif len(typed) == 1 and typed.isalpha() and typed.lower() != typed.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals.setVisible(typed.isupper() != shift)


def say_all(checks: list[tuple[TextField | PassphraseField, str]]) -> bool:
    """Show each problem at its field, focus the first; True when there is none."""
    for field, problem in checks:
        field.say(problem)
    wrong = [field for field, problem in checks if problem]
    if wrong:
        wrong[0].edit.setFocus()
    return not wrong
