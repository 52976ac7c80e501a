"""What became, or would become, of each row: counts, the list with its filter, one row in full, the report, entering.

No cell of the file is shown: a row's number, its column and its reason are enough to find it there.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.importing.paths import FileField
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.rows import Column, Rows
from anifro_desktop.ui.widgets import (
    Banner,
    Button,
    Card,
    Divider,
    Hint,
    Option,
    PrimaryButton,
    SegmentedChoice,
    Text,
)

if TYPE_CHECKING:
    from anifro_desktop.workflows.importing.taking import Outcome, Taken
    from anifro_desktop.workflows.importing.telling import Teller

ALL, REFUSED, NOTES, ACCEPTED = "all", "refused", "notes", "accepted"
_MOST_ROWS = 7  # of the list, before it scrolls
_TONES = {"new": "success", "entered": "success", "refused": "danger", "there": "info"}


class ResultsCard(Card):
    """Hidden until rows were gone over. `table_path`: the file they are of; the report is offered beside it."""

    said = Signal(object)  # where something was said
    enter_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._desk = desk
        self._taken: Taken | None = None
        self._teller: Any = None
        self._beside = Path()
        self.banner = Banner(parent=self)
        self.counts = Text("", "strong", parent=self)
        self.kinds = Text("", parent=self)
        self.remarks = Hint("", self)
        self._kinds = {
            ALL: self.tr("All"),
            REFUSED: self.tr("Refused"),
            NOTES: self.tr("With notes"),
            ACCEPTED: self.tr("Accepted"),
        }
        self.filter = SegmentedChoice([Option(kind, text) for kind, text in self._kinds.items()], self)
        for segment in self.filter.segments:
            segment.reserve([f"{segment.text()} 00000"])  # as many as a file may have
        self.filter.setAccessibleName(self.tr("Which rows"))
        self.filter.chosen.connect(self.show_kind)
        self.none = Hint(self.tr("There is no row of this kind."), self)
        self.table = self._list()
        self.table.current.connect(self._tell)
        self.whole = Text("", parent=self)
        self.enter_button = PrimaryButton("", parent=self)
        self.enter_button.clicked.connect(self.enter_wanted)
        self.report = FileField(
            self.tr("Report of all rows (CSV)"),
            self.tr("Rows by number, with their reasons; no names and no study codes"),
            self,
        )
        self.report.edit.returnPressed.connect(self.save_report)
        self.report.button.clicked.connect(self._choose)
        self.report_button = Button(self.tr("Save the report"), parent=self)
        self.report_button.clicked.connect(self.save_report)
        self._arrange()
        self.hide()

    def _list(self) -> Rows:
        return Rows(
            self.tr("Rows of the file"),
            (
                Column(self.tr("Row"), lambda one: str(one.row), 60, strong=True),
                Column(
                    self.tr("State"), self._state, 150, tone=lambda one: _TONES.get(self._key(one), "neutral")
                ),
                Column(self.tr("Patient"), lambda one: one.subject or "–", 126, drop=1),
                Column(self.tr("Records"), self._names, 230, drop=2),
                Column(self.tr("Why, or what to look at"), lambda one: " · ".join(self._remarks(one)), 220),
            ),
            stretch=4,
            parent=self,
        )

    def _arrange(self) -> None:
        body = self.body
        body.setSpacing(theme.px(10))
        for part in (self.banner, self.counts, self.kinds, self.remarks, self.filter, self.none):
            body.addWidget(part)
        body.addWidget(self.table)
        body.addWidget(self.whole)
        body.addLayout(_row(self.enter_button))
        body.addWidget(Divider(self))
        body.addWidget(self.report)
        body.addLayout(_row(self.report_button))

    # What is shown

    def show_taken(self, taken: Taken, teller: Teller, beside: Path) -> None:
        """Show what became of the rows of the file `beside`."""
        self._taken, self._teller, self._beside = taken, teller, beside
        self.set_title(
            self.tr("What became of the rows") if taken.applied else self.tr("What would become of the rows")
        )
        counted = Counter(self._state(one) for one in taken.outcomes)
        self.counts.setText(" · ".join(f"{state}: {count}" for state, count in counted.items()))
        for part, words in (
            (self.kinds, teller.kinds(taken)),
            (self.remarks, " ".join(remark.get(teller.lang) for remark in taken.remarks)),
        ):
            part.setText(words)
            part.setVisible(bool(words))
        self._show_kinds(taken)
        ready = 0 if taken.applied else taken.count("new")
        self.enter_button.setText(self.tr("Enter %n row(s)…", "", ready))
        self.enter_button.setVisible(bool(ready))
        self.show_kind(ALL)
        self.show()

    def _show_kinds(self, taken: Taken) -> None:
        words = self._kinds | ({ACCEPTED: self.tr("Entered")} if taken.applied else {})
        for segment, (kind, text) in zip(self.filter.segments, words.items(), strict=True):
            segment.set_text(f"{text} {len(_of(taken, kind))}")

    def show_kind(self, kind: str) -> None:
        """List the rows of one kind."""
        if self._taken is None:
            return
        self.filter.set_chosen(kind)
        found = _of(self._taken, kind)
        self.none.setVisible(not found)
        self.table.setVisible(bool(found))
        self.table.show_items(found, key=lambda one: one.row)
        self._fit()
        self._tell(self.table.item)

    def _fit(self) -> None:
        shown = min(len(self.table.items), _MOST_ROWS)
        self.table.setFixedHeight(theme.px(40) * max(shown, 1) + theme.px(37))

    def _tell(self, one: Outcome | None) -> None:
        """The chosen row in full."""
        self.whole.setVisible(one is not None)
        if one is None:
            return
        head = self.tr("Row {number}: {state}").format(number=one.row, state=self._state(one))
        made = texts.listed([self._teller.made(made) for made in one.made])
        self.whole.setText("\n".join(filter(None, (head, made, *self._remarks(one)))))

    def _names(self, one: Outcome) -> str:
        """The records of a row; their states stand below the list."""
        return ", ".join(made.name.get(self._teller.lang) for made in one.made) or "–"

    def _remarks(self, one: Outcome) -> list[str]:
        note = self.tr("Note: {words}")
        return [self._teller.said(remark) for remark in one.reasons] + [
            note.format(words=self._teller.said(remark)) for remark in one.notes
        ]

    def _key(self, one: Outcome) -> str:
        from anifro_desktop.workflows.importing.telling import state_of

        return state_of(self._taken, one) if self._taken is not None else one.state

    def _state(self, one: Outcome) -> str:
        word: str = self._teller.word(self._key(one))
        return word[:1].upper() + word[1:]

    # The report

    def save_report(self) -> None:
        """Write what became of each row to the file whose path stands in the line."""
        if not self.report.given(self.tr("Write where the report is to go, or choose it.")):
            return
        taken, teller, path = self._taken, self._teller, self.report.path

        def work() -> str:
            from anifro_desktop.files import write_atomic
            from anifro_desktop.workflows.outputs import check_output

            write_atomic(check_output(path), teller.report(taken))
            return path.name

        self._desk.run(self, work, self._saved, self._refused)

    def _saved(self, name: str) -> None:
        self.say(self.tr("The report {name} is saved.").format(name=name), "", "success")

    def _refused(self, error: Exception) -> None:
        self.say(sentence(error), "", "danger")

    def say(self, title: str, text: str, tone: str) -> None:
        """Say something above the rows."""
        self.banner.say(title, text, tone=tone)
        self.said.emit(self.banner)

    def _choose(self) -> None:
        beside = str(self._beside.with_suffix(".rows.csv"))
        chosen, _ = QFileDialog.getSaveFileName(self, self.report.edit.accessibleName(), beside, "*.csv")
        if chosen:
            self.report.edit.setText(chosen)
            self.save_report()


def _row(button: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(button)
    row.addStretch(1)
    return row


def _of(taken: Taken, kind: str) -> list[Outcome]:
    """The rows of a kind."""
    if kind == NOTES:
        return [one for one in taken.outcomes if one.notes]
    wanted = {REFUSED: "refused", ACCEPTED: "new"}.get(kind)
    return [one for one in taken.outcomes if wanted in (None, one.state)]
