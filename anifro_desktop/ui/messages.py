"""What the program says when it did not do something: one calm sentence in the language in use.

Every refusal carries a stable code; the sentence for it stands in `refusals`, its blanks are filled from the
refusal's parameters, which never hold an answer or an identity. Failures of the machine (`OSError`) get a sentence by
their kind, without the path. Nothing here shows a code alone, a traceback or "OK".
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from string import Formatter

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from anifro_desktop.errors import Refusal
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.refusals import SENTENCES
from anifro_desktop.ui.widgets import Button, Heading, Hint, PrimaryButton, Text

translate = QCoreApplication.translate

_FULL = {errno.ENOSPC, errno.EDQUOT}


def sentence(error: Exception) -> str:
    """What happened, to what, what to do next, in the language in use."""
    if isinstance(error, Refusal):
        return _of_refusal(error)
    if isinstance(error, OSError) and error.errno in _FULL:
        return translate("Messages", "The disk is full: free some space and try again. Nothing was changed.")
    return translate(
        "Messages",
        "The computer could not read or write a file: check that the disk or stick is connected and may be "
        "written to, and try again.",
    )


def _of_refusal(error: Refusal) -> str:
    blanks = error.blanks(texts.language())
    for key in (*(f"{error.code}.{value}" for value in error.params.values()), error.code):
        template = SENTENCES.get(key)
        if template is not None and _blanks(template) <= set(blanks):
            return translate("Refusals", template).format(**blanks)
    return str(error)


def _blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


class Dialog(QDialog):
    """A small dialog: title, words, acts named by verbs. The first act is the way back and answers Escape."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(theme.px(380))
        self.setMaximumWidth(theme.px(620))
        if parent is not None:
            # At large text a dialog stays within its window; what it holds scrolls.
            self.setMaximumHeight(max(parent.window().height() - theme.px(16), theme.px(200)))
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(10))
        self.body.addWidget(Heading(title, 2, self))
        if text:
            self.body.addWidget(Text(text, parent=self))
        self._acts = QHBoxLayout()
        self._acts.setSpacing(theme.px(8))
        self._acts.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.px(22), theme.px(18), theme.px(22), theme.px(16))
        box.setSpacing(theme.px(18))
        box.addLayout(self.body)
        box.addLayout(self._acts)

    def add_act(self, words: str, act: Callable[[], object] | None = None, main: bool = False) -> Button:
        """A button that closes the dialog and then does `act`."""
        button = self.add_button(words, main)
        button.clicked.connect(lambda: self._close_with(act))
        return button

    def add_button(self, words: str, main: bool = False) -> Button:
        """A button that closes nothing by itself."""
        button = PrimaryButton(words, parent=self) if main else Button(words, parent=self)
        self._acts.addWidget(button)
        if main:
            button.setAutoDefault(True)
            button.setDefault(True)
        return button

    def _close_with(self, act: Callable[[], object] | None) -> None:
        self.accept()
        if act is not None:
            act()

    def event(self, event: QEvent) -> bool:
        """Grow with what is said in it later, such as why a passphrase was refused."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            needed = min(self.layout().totalHeightForWidth(self.width()), self.maximumHeight())
            if needed > self.height():
                self.resize(self.width(), needed)
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, Button):
                focused.click()
                return
        super().keyPressEvent(event)


def ask(
    parent: QWidget,
    title: str,
    text: str,
    act: tuple[str, Callable[[], object]],
    stay: str,
) -> Dialog:
    """Ask before an act, with verbs on both buttons. Does not block; the dialog is returned for its page."""
    dialog = Dialog(title, text, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.add_act(stay)
    dialog.add_act(act[0], act[1], main=True)
    dialog.open()
    return dialog


def last_resort(parent: QWidget | None, place: str, log: Path | None, leave: Callable[[], object]) -> Dialog:
    """What is shown for a fault of the program itself. place: type and line of code, never a value."""
    dialog = Dialog(
        translate("Messages", "Something in the program went wrong"),
        translate(
            "Messages",
            "The last step was not finished. Everything marked as saved is safe on this computer. Going on is "
            "possible; if it happens again, close the program, open it again and tell the centre.",
        ),
        parent,
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.body.addWidget(Hint(translate("Messages", "For the centre: {place}").format(place=place), dialog))
    if log is not None:
        words = translate("Messages", "Details without any data of patients are in the file {name}.")
        dialog.body.addWidget(Hint(words.format(name=log.name), dialog))
    dialog.add_act(translate("Messages", "Close the program"), leave)
    dialog.add_act(translate("Messages", "Go on"), main=True)
    dialog.open()
    return dialog
