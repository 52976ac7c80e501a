"""Where a file is, or is to be: typed, or chosen by the button beside it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from anifro_desktop.ui.fields import Labelled
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets import Button, LineEdit


class FileField(Labelled):
    """Other than `TextField` it keeps every blank: a path may have two in a row."""

    def __init__(self, label: str, hint: str, parent: QWidget) -> None:
        self.edit = LineEdit(48)
        self.button = Button(translate("ImportPage", "Choose…"))
        super().__init__(label, self.edit, hint, self.button, parent)
        self.button.setAccessibleName(f"{label}: {self.button.text()}")

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.edit.text().strip()

    @property
    def path(self) -> Path:
        """The file meant."""
        return Path(self.text).expanduser().absolute()

    def given(self, problem: str) -> bool:
        """Whether there is a path; `problem` is said where there is none."""
        self.say("" if self.text else problem)
        if not self.text:
            self.edit.setFocus()
        return bool(self.text)
