"""The review report: counts, tables, the changes one by one, and the line that says it was done."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.fields import Labelled
from anifro_desktop.ui.rows import Column, Rows
from anifro_desktop.ui.widgets import Button, Card, LineEdit, PrimaryButton, Text
from anifro_desktop.workflows.audit import papers
from anifro_desktop.workflows.audit.model import Late, Report

_WIDTHS = {
    "late": (130, 150, 110, 110, 70, 70),
    "often": (320, 120, 100),
    "by": (200, 120),
    "reasons": (320, 120),
    "bursts": (260, 110, 70, 90, 260),
    "trusted": (130, 150, 90, 210, 160, 210),
}
_TALLEST = 6


class Reviewing(QWidget):
    """Fill it with `show_report`."""

    everything_wanted = Signal(bool)  # from the first entry, or from the last review
    changes_wanted = Signal(str)  # `completion` or `signature`: in the list of entries
    late_wanted = Signal(object)  # a `Late`: open that visit
    reviewed = Signal(str)  # the person's words

    def __init__(self, may_mark: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._everything = False
        self.report: Report | None = None
        self.tables: dict[str, Rows] = {}
        self._summary = Card(self.tr("Since the last review"))
        self._lines = [Text("") for _ in range(3)]
        for line in self._lines:
            self._summary.body.addWidget(line)
        self.completed = Button(self.tr("Show the changes after completion"))
        self.completed.clicked.connect(lambda: self.changes_wanted.emit("completion"))
        self.signed = Button(self.tr("Show the changes after signature"))
        self.signed.clicked.connect(lambda: self.changes_wanted.emit("signature"))
        self.span = Button(self.tr("From the first entry"))
        self.span.clicked.connect(lambda: self.everything_wanted.emit(not self._everything))
        acts = _line(self.completed, self.signed, self.span)
        self._summary.body.addLayout(acts)
        self._done = self._mark_card()
        self._tables = QVBoxLayout()
        self._tables.setSpacing(theme.px(14))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(14))
        box.addWidget(self._summary)
        box.addLayout(self._tables)
        box.addWidget(self._done)
        self._done.setVisible(may_mark)  # now that it has a parent: before, it would be a window
        box.addStretch(1)

    def _mark_card(self) -> Card:
        card = Card(self.tr("Review done"))
        self.words = LineEdit(50)
        self.words.setMaxLength(200)
        self.words.returnPressed.connect(self._mark)
        self.mark = PrimaryButton(self.tr("Record the review"))
        self.mark.clicked.connect(self._mark)
        row = _line()
        row.addWidget(Labelled(self.tr("What came of it"), self.words), 1)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(
            Text(self.tr("It is written into the trail with your name; the next report begins after it."))
        )
        card.body.addLayout(row)
        return card

    def _mark(self) -> None:
        if self.report is not None and self.mark.isEnabled():
            self.reviewed.emit(" ".join(self.words.text().split()))

    def first_focus(self) -> None:
        """Where work on the report begins."""
        self.completed.setFocus()

    def show_report(self, report: Report, everything: bool) -> None:
        """Say what the review found."""
        lang = texts.language()
        self.report, self._everything = report, everything
        title = self.tr("From the first entry") if everything else self.tr("Since the last review")
        self._summary.set_title(title)
        other = self.tr("Since the last review") if everything else self.tr("From the first entry")
        self.span.setText(other)
        self.span.setAccessibleName(other)
        self.span.setVisible(bool(report.reviews))
        for line, text in zip(self._lines, papers.summary(report, lang), strict=True):
            line.setText(text)
        self.completed.setEnabled(bool(report.completed))
        self.signed.setEnabled(bool(report.signed))
        while item := self._tables.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.tables = {}
        for name, rows in papers.report_rows(report, lang):
            self._tables.addWidget(self._table(name, rows, lang))
        self.words.clear()

    def _table(self, name: str, rows: Sequence[tuple[str, ...]], lang: str) -> Card:
        card = Card(papers.TITLES[name].get(lang))
        card.body.setContentsMargins(1, theme.px(12), 1, theme.px(10))
        card.heading.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        heads = [label.get(lang) for label in papers.HEADS[name]]
        columns = [
            Column(head, itemgetter(at), width, strong=not at, drop=at if at > 1 else 0)
            for at, (head, width) in enumerate(zip(heads, _WIDTHS[name], strict=True))
        ]
        table = Rows(papers.TITLES[name].get(lang), columns, stretch=len(columns) - 1)
        table.show_items(rows)
        table.setFixedHeight(theme.px(40) * min(len(rows), _TALLEST) + theme.px(38))
        if name == "late":
            table.opened.connect(lambda _row: self._open_late(table))
        self.tables[name] = table
        card.body.addWidget(table)
        return card

    def _open_late(self, table: Rows) -> None:
        if self.report is not None:
            late: Late = self.report.late[table.currentIndex().row()]
            self.late_wanted.emit(late)


def _line(*widgets: QWidget) -> QBoxLayout:
    """Beside one another; under one another at large text."""
    direction = QBoxLayout.Direction
    row = QBoxLayout(direction.LeftToRight if theme.scale() <= 1.5 else direction.TopToBottom)
    row.setSpacing(theme.px(8))
    for widget in widgets:
        row.addWidget(widget)
    if widgets and theme.scale() <= 1.5:
        row.addStretch(1)
    return row
