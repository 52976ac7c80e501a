"""Making a recovery sheet: made, printed or saved where the user says, and two of its groups typed back from the paper.

Rules kept here:
- The letters are never shown: they are on the page, and in this panel for as long as it is open.
- Nothing is written but the file the user named, and never beside the data that the sheet opens.
- A sheet counts, and ends those before it, only once two groups were typed back; until then Today asks for one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import Labelled, TextField, say_all
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.people import printing
from anifro_desktop.ui.people.acting import work_bar
from anifro_desktop.ui.people.sheet_paper import Page, sheet_pdf
from anifro_desktop.ui.widgets import Banner, Button, Hint, LineEdit, PrimaryButton, Text

if TYPE_CHECKING:
    from anifro_desktop.workflows.people import Sheet


class SheetPanel(QWidget):
    """Three parts, one after another: make, print or save, type back."""

    finished = Signal(int)  # the sheet of this number is made, on paper, and can be read

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sheet: Sheet | None = None
        self._places: tuple[tuple[int, int], ...] = ()
        self.banner = Banner("danger", self)
        self.progress = work_bar(self.tr("The recovery sheet is being made"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(14))
        self.making, self.taking, self.checking = self._making(), self._taking(), self._checking()
        for part in (self.making, self.taking, self.checking, self.banner, self.progress):
            box.addWidget(part)
        self.taking.hide()
        self.checking.hide()

    # Make

    def _making(self) -> QWidget:
        part, box = _part()
        box.addWidget(
            Text(
                self.tr(
                    "A sheet of paper with four rows of letters. If no administrator remembers a passphrase any more, "
                    "it gives one of them a new one. It belongs in a sealed envelope, never near this computer and "
                    "never to Pisa."
                )
            )
        )
        self.earlier = Text("", ink="warning")
        self.earlier.hide()
        box.addWidget(self.earlier)
        self.make_button = PrimaryButton(self.tr("Make the recovery sheet"))
        self.make_button.clicked.connect(self.make)
        box.addWidget(self.make_button, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def refresh(self) -> None:
        """Say which sheet a new one would take the place of."""
        site = self._desk.site

        def read() -> int:
            from anifro_desktop.workflows import recovery

            return recovery.sheet_number(site.folder)

        self._desk.run(self, read, self._show_earlier, self._refused)

    def _show_earlier(self, number: int) -> None:
        words = self.tr(
            "A new sheet takes the place of sheet {number}: the databases get new keys, and the old sheet then opens "
            "only backups and copies made before."
        )
        self.earlier.setText(words.format(number=number))
        self.earlier.setVisible(number > 0)

    def first_focus(self) -> None:
        """What comes next."""
        if self._sheet is None:
            self.make_button.setFocus()
        elif self.checking.isHidden():
            self.print_button.setFocus()

    def make(self) -> None:
        """Make it. Sheets of before open nothing once two groups of this one were typed back."""
        if not self.make_button.isEnabled():
            return
        self._busy(True)
        site = self._desk.site

        def work() -> tuple[Sheet, tuple[tuple[int, int], ...]]:
            from anifro_desktop.workflows import people, recovery

            sheet = people.make_sheet(site)
            return sheet, recovery.asked(sheet)

        self._desk.run(self, work, lambda answer: self._made(*answer), self._refused)

    def _busy(self, busy: bool) -> None:
        self.banner.hide()
        self.progress.setVisible(busy)
        for button in (self.make_button, self.check_button):
            button.setEnabled(not busy)

    def _refused(self, error: Exception) -> None:
        self._busy(False)
        self.banner.say(sentence(error), tone="danger")

    def _made(self, sheet: Sheet, places: tuple[tuple[int, int], ...]) -> None:
        self._busy(False)
        self._sheet, self._places = sheet, places
        self.number.setText(
            self.tr("Recovery sheet {number} is made. It is shown nowhere: print it or save it now.").format(
                number=sheet.number
            )
        )
        for field, (row, group) in zip(self.groups, places, strict=True):
            field.set_label(self.tr("Row {row}, group {group}").format(row=row, group=group))
        self.making.hide()
        self.taking.show()
        self.first_focus()
        self._desk.changed.emit()

    # Print or save

    def _taking(self) -> QWidget:
        part, box = _part()
        self.number = Text("", "strong")
        self.print_button = PrimaryButton(self.tr("Print…"))
        self.print_button.clicked.connect(self.print_it)
        self.path = LineEdit(40)
        self.path.returnPressed.connect(self.save_here)
        self.save_button = Button(self.tr("Save as PDF"))
        self.save_button.clicked.connect(self.save_here)
        self.choose_button = Button(self.tr("Choose where…"))
        self.choose_button.clicked.connect(self._choose)
        wide = theme.scale() <= 1.5
        direction = QBoxLayout.Direction
        line = QBoxLayout(direction.LeftToRight if wide else direction.TopToBottom)
        line.setSpacing(theme.px(8))
        line.addWidget(Labelled(self.tr("Or a file on a stick"), self.path), 1)
        for button in (self.save_button, self.choose_button):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.number)
        box.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addLayout(line)
        box.addWidget(Hint(self.tr("Once the file is printed, delete it: whoever has it opens everything.")))
        box.addWidget(
            Hint(self.tr("A sheet of before opens this site until two groups of this one are typed back."))
        )
        return part

    def _page(self) -> Page:
        assert self._sheet is not None
        site = self._desk.site
        return Page(site.code, site.name, site.today(), self._sheet)

    def print_it(self) -> None:
        """Ask for a printer and print."""
        self.banner.hide()
        printing.ask_to_print(self, self._page(), self._taken)

    def _choose(self) -> None:
        assert self._sheet is not None
        name = f"recovery-sheet-{self._desk.site.code}-{self._sheet.number}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Recovery sheet"), name, "PDF (*.pdf)")
        if chosen:
            self.path.setText(chosen)
            self._save(Path(chosen), replace=True)  # the system's dialog asked already

    def save_here(self) -> None:
        """Save the page as the file whose path stands in the line."""
        text = self.path.text().strip()
        if not text:
            self.banner.say(self.tr("Write where the file shall be, or choose it."), tone="warning")
            self.path.setFocus()
            return
        self._save(Path(text).expanduser(), replace=False)

    def _save(self, path: Path, replace: bool) -> None:
        path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        if path.resolve().is_relative_to(self._desk.site.folder.resolve()):
            words = self.tr("Not beside the data that it opens: choose a stick or another folder.")
            self.banner.say(words, tone="warning")
            return
        data = sheet_pdf(self._page())

        def work() -> bool:
            from anifro_desktop.files import write_atomic, write_new

            if not replace:
                return write_new(path, data)
            write_atomic(path, data)
            return True

        self._desk.run(self, work, self._saved, self._refused)

    def _saved(self, written: bool) -> None:
        if written:
            self._taken()
        else:
            words = self.tr("There is a file of this name already: choose another name.")
            self.banner.say(words, tone="warning")

    def _taken(self) -> None:
        """It is on paper, or will be: now the groups can be asked for."""
        self.banner.hide()
        self.checking.show()
        self.groups[0].edit.setFocus()

    # Type back

    def _checking(self) -> QWidget:
        part, box = _part()
        box.addWidget(
            Text(self.tr("From the paper, type these two groups. It shows that the page can be read."))
        )
        self.groups = (_Group(), _Group())
        line = QHBoxLayout()
        line.setSpacing(theme.px(12))
        for field in self.groups:
            line.addWidget(field)
        line.addStretch(1)
        self.groups[0].edit.returnPressed.connect(self.groups[1].edit.setFocus)
        self.groups[1].edit.returnPressed.connect(self.check)
        self.check_button = PrimaryButton(self.tr("Check"))
        self.check_button.clicked.connect(self.check)
        box.addLayout(line)
        box.addWidget(self.check_button, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def check(self) -> None:
        """Compare what was typed with the page."""
        from anifro_desktop.workflows import recovery

        sheet = self._sheet
        if sheet is None or not self.check_button.isEnabled():
            return
        wrong = self.tr("Not as printed: compare it letter by letter.")
        checks: list[Any] = [
            (field, "" if recovery.reads(sheet, place, field.text) else wrong)
            for field, place in zip(self.groups, self._places, strict=True)
        ]
        if not say_all(checks):
            return
        self._busy(True)
        site, number = self._desk.site, sheet.number
        self._desk.run(self, lambda: recovery.keep(site, number), lambda _none: self._kept(), self._refused)

    def _kept(self) -> None:
        assert self._sheet is not None
        number, self._sheet = self._sheet.number, None
        self._busy(False)
        for part in (self.making, self.taking, self.checking):
            part.hide()
        self.banner.say(
            self.tr("Recovery sheet {number} is in force.").format(number=number),
            self.tr("Close it in an envelope, sign the flap, and put it in the safe."),
            tone="success",
        )
        self._desk.changed.emit()
        self.finished.emit(number)


class _Group(TextField):
    """One group of the sheet; its label says which, once that is known."""

    def __init__(self) -> None:
        super().__init__("", characters=8)
        self.edit.setMaxLength(8)


def _part() -> tuple[QWidget, QVBoxLayout]:
    part = QWidget()
    box = QVBoxLayout(part)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(theme.px(12))
    return part, box
