"""What the next bundle would hold, and what stays: the two cards at the top of the sending page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from anifro_desktop import forms
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.entry_words import entry_name
from anifro_desktop.ui.messages import Dialog
from anifro_desktop.ui.page import Scroll
from anifro_desktop.ui.widgets import Button, Card, Divider, Heading, Hint, LinkButton, Text
from anifro_desktop.ui.words import held_reason, visit_name
from anifro_desktop.workflows.model import HeldBack, Leaving, Preview

_MOST = 6  # lines that are shown of what is held back; the rest is counted


class Lines(QWidget):
    """Words at the left, a figure at the right, a hairline under each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnStretch(0, 1)

    def show_lines(self, lines: list[tuple[str, str]]) -> None:
        """Show these instead."""
        while item := self._grid.takeAt(0):
            if item.widget():
                item.widget().hide()
                item.widget().deleteLater()
        for row, (words, figure) in enumerate(lines):
            self._grid.addWidget(Text(words), 2 * row, 0)
            shown = Text(figure, "strong")
            shown.setWordWrap(False)
            self._grid.addWidget(shown, 2 * row, 1, Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(Divider(), 2 * row + 1, 0, 1, 2)


class LeavesCard(Card):
    """What leaves: counts, each patient, and the exact columns on demand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("What leaves this computer"))
        self._preview: Preview | None = None
        self.lines = Lines()
        self.details = Button(self.tr("Patient by patient, with the exact columns"))
        self.details.clicked.connect(self.show_details)
        self.body.addWidget(self.lines)
        self.body.addWidget(self.details, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def show_preview(self, preview: Preview) -> None:
        """Count it."""
        self._preview = preview
        records = sum(len(one.records) for one in preview.leaving)
        yes = self.tr("yes")
        self.lines.show_lines(
            [
                (self.tr("Study codes, never names"), str(len(preview.leaving))),
                (self.tr("Dates, as days from the enrolment"), yes),
                (self.tr("Age in years, never the birth date"), yes),
                (self.tr("Signed forms, with their history"), str(records)),
                (self.tr("Single answers"), str(sum(one.values for one in preview.leaving))),
                *self._beside(preview),
            ]
        )
        self.details.setEnabled(bool(preview.columns))

    def _beside(self, preview: Preview) -> list[tuple[str, str]]:
        """What leaves beside the forms, where anything does."""
        lines = [
            (self.tr("Answers to Pisa's questions"), preview.answers),
            (self.tr("Marks of source verification"), preview.marks),
            (self.tr("Patients handed over or taken, by code"), preview.moves),
        ]
        told = [(words, str(count)) for words, count in lines if count]
        return told + (
            [(self.tr("New signing keys of this computer"), self.tr("yes"))] if preview.keys else []
        )

    def show_details(self) -> Dialog | None:
        """Every patient's records and every column that may leave, in a dialog."""
        if self._preview is None:
            return None
        dialog = Dialog(self.tr("What leaves, exactly"), "", self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, theme.px(8), 0)
        box.setSpacing(theme.px(8))
        for one in self._preview.leaving:
            box.addWidget(Heading(one.subject, 3))
            box.addWidget(Text(self._records(one)))
        box.addWidget(Divider())
        for form, columns in self._preview.columns.items():
            box.addWidget(Heading(_form_name(form), 3))
            box.addWidget(Hint("; ".join(_column(name) for name in columns)))
        box.addStretch(1)
        scroll = Scroll(dialog)
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(self.tr("What leaves, exactly"))
        scroll.setMinimumHeight(min(theme.px(360), 440))
        dialog.body.addWidget(scroll)
        dialog.setMinimumWidth(min(theme.px(620), 1200))
        dialog.setMaximumWidth(1300)
        dialog.add_act(self.tr("Back to sending"), main=True)
        dialog.open()
        return dialog

    def _records(self, one: Leaving) -> str:
        words = [
            self.tr("{form} ({visit}, version {version})").format(
                form=_form_name(form), visit=visit_name(visit), version=version
            )
            if visit
            else self.tr("{form} (version {version})").format(form=_form_name(form), version=version)
            for visit, form, version in one.records
        ]
        return "; ".join(words) + "."


class StaysCard(Card):
    """What stays: always names; now, what is not signed yet, with the reason and the way to it."""

    patient_wanted = Signal(str)  # subject

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("What stays here"))
        always = Lines()
        always.show_lines(
            [
                (self.tr("Names, birth dates, tax codes, hospital and telephone numbers"), ""),
                (self.tr("The list that links study codes to people"), ""),
                (self.tr("Calendar dates and free texts"), ""),
            ]
        )
        self.body.addWidget(always)
        self._count, self._texts = 0, 0
        self.held_title = Heading("", 3)
        self.body.addWidget(self.held_title)
        self.held = QVBoxLayout()
        self.held.setSpacing(theme.px(2))
        self.body.addLayout(self.held)
        self.body.addStretch(1)

    def show_preview(self, preview: Preview) -> None:
        """List what is held back."""
        while item := self.held.takeAt(0):
            if item.layout():
                _empty(item.layout())
            elif item.widget():
                item.widget().hide()
                item.widget().deleteLater()
        self._count = count = len(preview.held_back)
        self._entitle()
        for one in preview.held_back[:_MOST]:
            self.held.addLayout(self._line(one))
        if count > _MOST:
            self.held.addWidget(Hint(self.tr("and %n more", "", count - _MOST)))

    def show_texts(self, count: int) -> None:
        """Count the texts held back too; the card that follows shows them."""
        self._texts = count
        self._entitle()

    def _entitle(self) -> None:
        parts = [self.tr("%n visit(s) held back", "", self._count)] if self._count else []
        parts += [self.tr("%n text(s) held back", "", self._texts)] if self._texts else []
        self.held_title.setText(" · ".join(parts) or self.tr("Nothing is held back"))

    def _line(self, one: HeldBack) -> QHBoxLayout:
        line = QHBoxLayout()
        link = LinkButton(one.subject, "body")
        link.setAccessibleName(self.tr("Open {subject}").format(subject=one.subject))
        link.clicked.connect(lambda: self.patient_wanted.emit(one.subject))
        line.addWidget(link)
        forms_words = self.tr("%n form(s)", "", one.forms)
        line.addWidget(
            Text(f"{entry_name(forms.load(), one.visit)} · {forms_words} · {held_reason(one.why)}"), 1
        )
        return line


def _empty(layout) -> None:
    while item := layout.takeAt(0):
        if item.widget():
            item.widget().hide()
            item.widget().deleteLater()


def _column(name: str) -> str:
    """A question and its column; the column alone where the forms of today have it no more."""
    known = forms.load().fields.get(name)
    return f"{known.label.get(texts.language())} ({name})" if known is not None else name


def _form_name(form_id: str) -> str:
    return forms.load().form(form_id).label.get(texts.language())
