"""Which table, by which mapping; and a draft of a mapping for whoever has none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import TextField
from anifro_desktop.ui.importing.paths import FileField
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.widgets import Banner, Button, Card, Divider, LineEdit, PrimaryButton, Text


class FilesCard(Card):
    """A typed path does what the dialog does, so that all of it works from the keyboard alone."""

    try_wanted = Signal()
    said = Signal(object)  # where something was said
    changed = Signal()  # another file is meant: what was said of the one before no longer holds

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("The files"))
        self._desk = desk
        self._busy = False
        self.table = FileField(
            self.tr("Table"), self.tr("A CSV file or an Excel workbook (.xlsx), also a REDCap export"), self
        )
        self.mapping = FileField(
            self.tr("Mapping file"),
            self.tr("Says which column answers which question (.toml); see the manual of the import"),
            self,
        )
        self.sheet = TextField(self.tr("Sheet"), self.tr("Where a workbook has several"), 24, parent=self)
        self.header = TextField(self.tr("Row of the names"), self.tr("Of the columns"), 12, "1", parent=self)
        self.draft_button = Button(self.tr("Write a draft of the mapping"), parent=self)
        self.banner = Banner("danger", self)
        self.try_button = PrimaryButton(self.tr("Try the rows"), parent=self)
        self._arrange()
        self._connect()

    @property
    def edits(self) -> tuple[LineEdit, ...]:
        """The lines to type in."""
        return self.table.edit, self.mapping.edit, self.sheet.edit, self.header.edit

    def _arrange(self) -> None:
        body = self.body
        body.setSpacing(theme.px(10))
        words = self.tr(
            "First every row is tried, and nothing is changed: you see which rows are accepted, and why the others are "
            "not. A file with names stays on the site's own disk; delete it once everything is entered."
        )
        body.addWidget(Text(words, "hint", "muted", self))
        body.addWidget(self.table)
        body.addWidget(self.mapping)
        body.addWidget(self._draft())
        body.addWidget(Divider(self))
        body.addWidget(self.banner)
        row = QHBoxLayout()
        row.addWidget(self.try_button)
        row.addStretch(1)
        body.addLayout(row)

    def _draft(self) -> QWidget:
        holder = QWidget(self)
        stack = QVBoxLayout(holder)
        stack.setContentsMargins(0, 0, 0, 0)
        words = self.tr(
            "No mapping yet? A draft is written beside the table, to be gone through and completed."
        )
        stack.addWidget(Text(words, parent=holder))
        direction = QBoxLayout.Direction
        wide = theme.scale() <= 1.5
        row = QBoxLayout(direction.LeftToRight if wide else direction.TopToBottom)
        row.setSpacing(theme.px(12))
        side = Qt.AlignmentFlag.AlignBottom if wide else Qt.AlignmentFlag.AlignLeft
        for part in (self.sheet, self.header, self.draft_button):
            row.addWidget(part, 0, side)
        row.addStretch(1)
        stack.addLayout(row)
        return holder

    def _connect(self) -> None:
        self.table.button.clicked.connect(
            lambda: self._choose(self.table, self.tr("Tables (*.csv *.txt *.xlsx)"))
        )
        self.mapping.button.clicked.connect(
            lambda: self._choose(self.mapping, self.tr("Mapping files (*.toml)"))
        )
        self.table.edit.returnPressed.connect(self.mapping.edit.setFocus)
        self.mapping.edit.returnPressed.connect(self.try_rows)
        for edit in (self.table.edit, self.mapping.edit):
            edit.textChanged.connect(self._changed)
        for edit in (self.sheet.edit, self.header.edit):
            edit.returnPressed.connect(self.write_draft)
        self.draft_button.clicked.connect(self.write_draft)
        self.try_button.clicked.connect(self.try_rows)

    def _changed(self) -> None:
        self.banner.hide()
        self.changed.emit()

    def _choose(self, field: FileField, kinds: str) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, field.edit.accessibleName(), field.text, kinds)
        if chosen:
            field.edit.setText(chosen)
            field.say("")

    def _has_table(self) -> bool:
        return self.table.given(self.tr("Write where the table is, or choose it."))

    def try_rows(self) -> None:
        """Ask for a trial, if both files are named."""
        words = self.tr("Write where the mapping file is, or choose it; or have a draft written.")
        if not self._busy and self._has_table() and self.mapping.given(words):
            self.banner.hide()
            self.try_wanted.emit()

    def write_draft(self) -> None:
        """Write a draft of a mapping beside the table."""
        number = self.header.edit.text().strip()
        known = number.isascii() and number.isdigit() and int(number) > 0
        self.header.say("" if known else self.tr("Type the number of a row, from 1."))
        if self._busy or not known or not self._has_table():
            return
        sheet, table, desk = self.sheet.edit.text().strip(), self.table.path, self._desk

        def work() -> Path:
            from anifro_desktop.workflows.importing.chosen import write_draft
            from anifro_desktop.workflows.importing.mapping import Layout

            layout = Layout(sheet=sheet, header=int(number))
            return write_draft(table, layout, desk.site.definitions, desk.language)

        self.show_busy(True)
        desk.run(self, work, self._drafted, self.refuse)

    def _drafted(self, path: Path) -> None:
        self.show_busy(False)
        self.mapping.edit.setText(str(path))
        self.mapping.say("")
        self.say(
            self.tr("The draft {name} is written beside the table.").format(name=path.name),
            self.tr(
                "Open it with a text editor and go through each line: what is certain stands as it is, the rest "
                "behind a #. Save it, then try the rows."
            ),
            "success",
        )

    def refuse(self, error: Exception) -> None:
        """Say why the files cannot be used; several faults of one file stand under each other."""
        self.show_busy(False)
        words = sentence(error)
        if "\n" in words:
            self.say(self.tr("The table or its mapping cannot be used yet."), words, "danger")
        else:
            self.say(words, "", "danger")

    def say(self, title: str, text: str, tone: str) -> None:
        """Say something about the files."""
        self.banner.say(title, text, tone=tone)
        self.said.emit(self.banner)

    def show_busy(self, busy: bool) -> None:
        """While rows are gone over, the files stay as they are."""
        self._busy = busy
        for button in (self.table.button, self.mapping.button, self.draft_button, self.try_button):
            button.setEnabled(not busy)
        for edit in self.edits:
            edit.setReadOnly(busy)
