"""The list of entries, a page at a time, and all that is known of the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QWidget

from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.rows import Column, Rows
from anifro_desktop.ui.widgets import Button, Card, Hint, Text
from anifro_desktop.ui.words import role_name
from anifro_desktop.workflows.audit import papers, words
from anifro_desktop.workflows.audit.model import Line

PAGE = 200  # entries read at a time


class Entries(QWidget):
    """The list at the left, the entry at the right (under it at large text)."""

    page_wanted = Signal(int)  # index of the first entry of another page
    history_wanted = Signal(object)  # a Line of an answer or a result
    open_wanted = Signal(object)  # a Line: the record it is about

    erase_wanted = Signal(object)  # a Line: words of its reason are a name

    def __init__(self, may_erase: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lang = texts.language()
        self.start = self.found = 0
        self.table = _List(
            self.tr("Entries of the audit trail"),
            (
                Column(self.tr("No."), lambda one: str(one.number), 66, drop=6),
                Column(self.tr("When"), _when, 172),
                Column(self.tr("Who"), lambda one: one.who, 60, drop=2),
                Column(self.tr("Where"), lambda one: one.place.get(lang), 190, drop=3),
                Column(self.tr("What"), lambda one: one.what.get(lang), 170, strong=True),
                Column(self.tr("Before → after"), lambda one: one.change.get(lang), 160, drop=1),
                Column(self.tr("Reason"), lambda one: one.reason.get(lang), 110, drop=5),
            ),
            stretch=4,
        )
        self.table.current.connect(self._show_line)
        self.table.opened.connect(self._open)
        self.none = Hint(self.tr("No entry is like that: change or clear the filters."))
        self.none.hide()
        self.newer, self.older = Button(self.tr("Newer")), Button(self.tr("Older"))
        self.newer.clicked.connect(lambda: self.page_wanted.emit(max(self.start - PAGE, 0)))
        self.older.clicked.connect(lambda: self.page_wanted.emit(self.start + PAGE))
        self.count = Hint()
        self.count.setWordWrap(False)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        foot.addWidget(self.newer)
        foot.addWidget(self.older)
        foot.addWidget(self.count)
        foot.addStretch(1)
        card = Card()
        card.body.setContentsMargins(1, theme.px(6), 1, theme.px(10))
        card.body.addWidget(self.none)
        card.body.addWidget(self.table, 1)
        card.body.addLayout(foot)
        self.detail = _Detail(may_erase)
        self.detail.erase.clicked.connect(lambda: self.erase_wanted.emit(self.table.item))
        self.detail.history.clicked.connect(lambda: self.history_wanted.emit(self.table.item))
        self.detail.open.clicked.connect(lambda: self.open_wanted.emit(self.table.item))
        wide = theme.scale() <= 1.5
        direction = QBoxLayout.Direction
        box = QBoxLayout(direction.LeftToRight if wide else direction.TopToBottom, self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(14))
        box.addWidget(card, 1)
        box.addWidget(self.detail)
        if wide:
            self.detail.setFixedWidth(theme.px(330))

    def show_page(self, lines: Sequence[Line], start: int, found: int) -> None:
        """Show some of the entries found. start: index of the first of them."""
        self.start, self.found = start, found
        self.table.show_items(lines, key=lambda one: one.number)
        self.table.setVisible(bool(lines))
        self.none.setVisible(not lines)
        self.newer.setEnabled(start > 0)
        self.older.setEnabled(start + len(lines) < found)
        shown = self.tr("{first}–{last} of {found}").format(
            first=min(start + 1, found), last=start + len(lines), found=found
        )
        self.count.setText(shown)
        self.count.setAccessibleName(self.tr("Entries shown: {shown}").format(shown=shown))

    def _show_line(self, line: Line | None) -> None:
        self.detail.show_line(line)

    def _open(self, line: Line) -> None:
        if line.kind == "answers":
            self.history_wanted.emit(line)
        elif line.subject:
            self.open_wanted.emit(line)


class _List(Rows):
    """As high as the page leaves room for: its entries are more than any page shows."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(270))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme.px(270))


class _Detail(Card):
    """Everything of one entry, as words."""

    def __init__(self, may_erase: bool, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Entry"), parent)
        self._may_erase = may_erase
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnStretch(1, 1)
        self._facts: list[tuple[Text, Text]] = []
        for row, title in enumerate(self._titles()):
            name, value = Text(title, "hint", "muted"), Text("")
            name.setWordWrap(False)
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(value, row, 1)
            self._facts.append((name, value))
        self.history = Button(self.tr("History of this question"))
        self.open = Button(self.tr("Open the record"))
        self.body.addLayout(self._grid)
        self.body.addWidget(self.history)
        self.body.addWidget(self.open)
        self.erase = Button(self.tr("Erase the words of this reason…"))
        self.body.addWidget(self.erase)
        self.body.addStretch(1)

    def _titles(self) -> tuple[str, ...]:
        return (
            self.tr("When"),
            self.tr("UTC"),
            self.tr("Clock"),
            self.tr("Who"),
            self.tr("Device"),
            self.tr("Kind"),
            self.tr("Where"),
            self.tr("What"),
            self.tr("Before"),
            self.tr("After"),
            self.tr("Reason"),
        )

    def show_line(self, line: Line | None) -> None:
        """Show an entry, or that none is chosen."""
        self.setEnabled(line is not None)
        self.history.setVisible(line is not None and line.kind == "answers")
        self.open.setVisible(line is not None and bool(line.subject))
        self.erase.setVisible(self._may_erase and line is not None and bool(line.words))
        self.set_title(
            self.tr("No entry chosen")
            if line is None
            else self.tr("Entry {number}").format(number=line.number)
        )
        values = ("",) * len(self._facts) if line is None else self._values(line)
        for (name, shown), value in zip(self._facts, values, strict=True):
            shown.setText(value)
            shown.setAccessibleName(f"{name.text()}: {value}")
            name.setVisible(bool(value))
            shown.setVisible(bool(value))

    def _values(self, line: Line) -> tuple[str, ...]:
        lang = texts.language()
        clock = "" if line.clock_ok else words.SUSPECT.get(lang)
        roles = ", ".join(role_name(role) for role in line.role.split("+"))
        who = f"{line.who} {line.name} · {roles}"
        return (
            papers.moment(line.when),
            line.utc,
            clock,
            who,
            line.device[:8],
            line.sort.get(lang),
            line.place.get(lang),
            line.what.get(lang),
            line.old.get(lang),
            line.new.get(lang),
            line.reason.get(lang),
        )


def _when(line: Line) -> str:
    """The local time; what is doubtful about it is said in words."""
    text = f"{line.when:%d/%m/%Y %H:%M:%S}"
    return text if line.clock_ok else f"{text} ({words.SUSPECT.get(texts.language())})"
