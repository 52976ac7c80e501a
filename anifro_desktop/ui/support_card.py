"""The support file, in the settings: what it is for, where to write it, done."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import Labelled
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.widgets import Banner, Button, Card, LineEdit, Text
from anifro_desktop.ui.widgets.flow import FlowLayout


class SupportCard(Card):
    """A typed path does what the dialog does, so that all of it works from the keyboard alone."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("If something is wrong"), parent)
        self._desk = desk
        self.banner = Banner(parent=self)
        self.path = LineEdit(40)
        self.path.returnPressed.connect(self.write_here)
        self.write_button = Button(self.tr("Write the support file"), parent=self)
        self.write_button.clicked.connect(self.write_here)
        self.choose_button = Button(self.tr("Choose where…"), parent=self)
        self.choose_button.clicked.connect(self._choose)
        self.body.addWidget(Text(self._about(), "hint", "muted", self))
        self.body.addWidget(self.banner)
        self.body.addWidget(Labelled(self.tr("File to write"), self.path))
        buttons = FlowLayout(gap=theme.px(8))
        buttons.addWidget(self.write_button)
        buttons.addWidget(self.choose_button)
        self.body.addLayout(buttons)

    def _about(self) -> str:
        return self.tr(
            "Whoever helps you asks for a support file: versions, counts and what a full check finds, by code. It "
            "holds no answer, no name and no date of a patient; you can read it before you send it."
        )

    def write_here(self) -> None:
        """Write the file whose path stands in the line."""
        if not self.path.text().strip():
            self.banner.say(self.tr("Write where the file is to go, or choose it."), tone="warning")
            self.path.setFocus()
            return
        site, lang = self._desk.site, self._desk.language
        path = Path(self.path.text().strip()).expanduser()

        def work() -> str:
            from anifro_desktop.workflows.outputs import check_output
            from anifro_desktop.workflows.supporting import support

            support(site, check_output(path), lang)
            return path.name

        self.banner.hide()
        self._desk.run(self, work, self._written, self._refused)

    def _written(self, name: str) -> None:
        self.banner.say(
            self.tr("{name} is written: read it, then send it.").format(name=name), tone="success"
        )

    def _refused(self, error: Exception) -> None:
        self.banner.say(sentence(error), tone="danger")

    def _choose(self) -> None:
        name = f"anifro-support-{datetime.now().astimezone():%Y%m%d}.txt"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Support file"), name, "*.txt")
        if chosen:
            self.path.setText(chosen)
            self.write_here()
