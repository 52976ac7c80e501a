"""The site's licensed wording of questionnaires, in the settings: what is loaded, load a file, take it away again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from anifro_desktop.forms.wording import WordingFaults
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.counted import COUNTED
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import Labelled
from anifro_desktop.ui.messages import Dialog, ask, sentence
from anifro_desktop.ui.page import Scroll
from anifro_desktop.ui.widgets import Banner, Button, Card, LineEdit, Text
from anifro_desktop.ui.widgets.flow import FlowLayout
from anifro_desktop.workflows.wording import KEEPERS, Loaded


class WordingCard(Card):
    """A typed path does what the dialog does, so that all of it works from the keyboard alone."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Wording of questionnaires"), parent)
        self._desk = desk
        self.state = Text("", parent=self)
        self.banner = Banner(parent=self)
        self.path = LineEdit(40)
        self.path.returnPressed.connect(self.load_here)
        self.load_button = Button(self.tr("Load"), parent=self)
        self.load_button.clicked.connect(self.load_here)
        self.choose_button = Button(self.tr("Choose a file…"), parent=self)
        self.choose_button.clicked.connect(self._choose)
        self.remove_button = Button(self.tr("Remove the wording"), parent=self)
        self.remove_button.clicked.connect(self._ask_to_remove)
        self.remove_button.hide()
        self.body.addWidget(Text(self._about(), "hint", "muted", self))
        self.body.addWidget(self.state)
        self.body.addWidget(self.banner)
        self.body.addWidget(self._acts())

    def _about(self) -> str:
        return self.tr(
            "The program holds no text of licensed questionnaires, only the numbers of their questions. A site with a "
            "licence can load its own texts: they are shown on this computer, and never leave it."
        )

    def _acts(self) -> QWidget:
        holder = QWidget(self)
        wide = theme.scale() <= 1.5
        direction = QBoxLayout.Direction
        box = QBoxLayout(direction.LeftToRight if wide else direction.TopToBottom, holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(8))
        box.addWidget(Labelled(self.tr("File with the texts (TOML or JSON)"), self.path), 1)
        buttons = FlowLayout(gap=theme.px(8))
        for button in (self.load_button, self.choose_button, self.remove_button):
            if wide:
                box.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
            else:
                buttons.addWidget(button)
        if not wide:
            box.addLayout(buttons)
        holder.setVisible(self._desk.site.may(*KEEPERS))
        return holder

    def refresh(self) -> None:
        """Say what is loaded now."""
        site = self._desk.site

        def read() -> Loaded:
            from anifro_desktop.workflows import wording

            return wording.loaded(site)

        self._desk.run(self, read, self._show)

    def _show(self, loaded: Loaded) -> None:
        self.remove_button.setVisible(bool(loaded.forms) or loaded.damaged)
        definitions, lang = self._desk.site.definitions, texts.language()
        parts = [
            COUNTED.worded_questions(count, definitions.form(form).label.get(lang))
            for form, count in loaded.forms
        ]
        self.state.setText(
            self.tr("Loaded: {forms}.").format(forms=texts.listed(parts))
            if parts
            else self.tr("No wording is loaded.")
        )
        if loaded.damaged:
            self.banner.say(
                self.tr("Not all of the wording that was loaded can be used: load the file again."),
                tone="warning",
            )

    def load_here(self) -> None:
        """Load the file whose path stands in the line."""
        if not self.path.text().strip():
            self.banner.say(self.tr("Write where the file is, or choose it."), tone="warning")
            self.path.setFocus()
            return
        site, path = self._desk.site, Path(self.path.text().strip()).expanduser()

        def work() -> Loaded:
            from anifro_desktop.workflows import wording

            return wording.load(site, path)

        self.banner.hide()
        self._desk.run(self, work, self._loaded, self._refused)

    def _loaded(self, loaded: Loaded) -> None:
        self._show(loaded)
        self.banner.say(self.tr("The wording is loaded and shown from now on."), tone="success")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, WordingFaults):
            self._show_faults(error)
        else:
            self.banner.say(sentence(error), tone="danger")

    def _show_faults(self, error: WordingFaults) -> None:
        """All of them, to be corrected in one go."""
        dialog = Dialog(self.tr("The file cannot be used yet"), sentence(error), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        said = "\n".join(f"• {fault.text(texts.language())}" for fault in error.faults)
        words = Text(said, parent=dialog)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        words.setContentsMargins(0, 0, theme.px(10), 0)
        area = Scroll(dialog)
        area.setWidget(words)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(said)
        area.setFixedHeight(min(words.heightForWidth(theme.px(540)) + theme.px(8), theme.px(200)))
        dialog.setMinimumWidth(theme.px(600))
        dialog.body.addWidget(area)
        dialog.add_act(self.tr("Close"), main=True)
        dialog.open()

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("File with the texts"), "", self.tr("Texts (*.toml *.json)")
        )
        if chosen:
            self.path.setText(chosen)
            self.load_here()

    def _ask_to_remove(self) -> None:
        ask(
            self.window(),
            self.tr("Remove the wording?"),
            self.tr("Questions are then called by their numbers again. No answer changes."),
            (self.tr("Remove"), self._remove),
            self.tr("Go back"),
        )

    def _remove(self) -> None:
        site = self._desk.site

        def work() -> Loaded:
            from anifro_desktop.workflows import wording

            return wording.remove(site)

        self.banner.hide()
        self._desk.run(self, work, self._show, self._refused)
