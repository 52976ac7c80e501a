"""What became of each bundle, and whether the counts agree. Reached from the page *Send* and Find."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from anifro_desktop.ui import icons, sync_words, theme
from anifro_desktop.ui.commands import add_key
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.rows import Column, Rows
from anifro_desktop.ui.send_preview import Lines
from anifro_desktop.ui.translation import clock, day_time
from anifro_desktop.ui.widgets import Button, Card, Hint, Text

if TYPE_CHECKING:
    from anifro_desktop.workflows.reconciling import Counts
    from anifro_desktop.workflows.synclog import Event, Life


class SyncLogPage(Page):
    """The life of each bundle, the newest first, one event a line; above it the counts."""

    back_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("What became of each bundle"), "", parent)
        self._desk = desk
        self.back = Button(self.tr("Back"), icon=icons.icon("back"))
        self.back.clicked.connect(self.back_wanted)
        add_key(self, "Alt+Left", self.back.click)
        self.save = Button(self.tr("Save as a table…"))
        self.save.clicked.connect(self._choose)
        self.header.acts.addWidget(self.back)
        self.header.acts.addWidget(self.save)
        self.body.addWidget(self._counts_card())
        self.body.addWidget(self._log_card(), 1)

    def _counts_card(self) -> Card:
        card = Card(self.tr("Do the counts agree?"))
        self.counts = Lines()
        self.verdict = Text("", "strong")
        self.gaps = QVBoxLayout()
        self.gaps.setSpacing(theme.px(4))
        card.body.addWidget(self.counts)
        card.body.addWidget(self.verdict)
        card.body.addLayout(self.gaps)
        return card

    def _log_card(self) -> Card:
        card = Card(self.tr("Bundle by bundle"))
        card.body.setContentsMargins(1, theme.px(12), 1, theme.px(10))
        card.heading.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        self.table = Rows(
            self.tr("What happened to each bundle"),
            (
                Column(self.tr("Bundle"), lambda one: f"{one.seq:04d}", 96, strong=True),
                Column(self.tr("When"), lambda one: day_time(one.when), 150),
                Column(
                    self.tr("What happened"),
                    lambda one: sync_words.event(one)[0],
                    300,
                    tone=lambda one: sync_words.event(one)[1],
                ),
                Column(self.tr("Why"), self._why, 260, drop=1),
            ),
            stretch=3,
        )
        self.table.setMinimumHeight(theme.px(180))
        self.table.current.connect(self._tell)
        self.none = Hint(self.tr("Nothing has been sent yet."))
        self.whole = Hint()
        for part in (self.none, self.whole):
            part.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        card.body.addWidget(self.none)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.whole)
        return card

    def first_focus(self) -> None:
        (self.table if self.table.items else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        site = self._desk.site

        def read() -> Any:
            from anifro_desktop.workflows import reconciling, synclog

            return reconciling.counts(site), synclog.lives(site)

        self._desk.run(self, read, lambda answer: self._show(*answer))

    def _show(self, counts: Counts, lives: tuple[Life, ...]) -> None:
        first = not self.table.items
        words = {
            "entered": self.tr("Versions of forms completed here"),
            "mistakes": self.tr("of them mistakes that never leave"),
            "sealed": self.tr("Sealed in bundles"),
            "received": self.tr("Received by Pisa"),
            "merged": self.tr("Merged by Pisa"),
        }
        told = any(line.merged is not None for line in counts.lines)
        self.counts.show_lines(
            [
                (text, "–" if name == "merged" and not told else str(counts.total(name)))
                for name, text in words.items()
                if name != "mistakes" or counts.total(name)
            ]
        )
        self.verdict.setText(
            self.tr("Everything agrees: what was entered is sealed, received and merged.")
            if counts.agree
            else ""
        )
        self.verdict.setVisible(counts.agree)
        while item := self.gaps.takeAt(0):
            if item.widget():
                item.widget().hide()
                item.widget().deleteLater()
        for one in counts.gaps:
            text, tone = sync_words.gap(one)
            self.gaps.addWidget(Text(text, "body", "danger" if tone == "danger" else "text"))
        events = [event for life in lives for event in life.events]
        self.table.show_items(events, key=lambda one: (one.epoch, one.seq, one.when, one.event, one.code))
        self.table.setVisible(bool(events))
        self.none.setVisible(not events)
        if first and self.back.hasFocus():
            self.first_focus()

    def _why(self, one: Event) -> str:
        due = self.tr("Tried again after {time}.").format(time=clock(one.due)) if one.due else ""
        return " ".join(part for part in (sync_words.why(one), due) if part)

    def _tell(self, one: Event | None) -> None:
        self.whole.setText("" if one is None else self._why(one))

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Where to save the table"), "", self.tr("Table (*.csv)")
        )
        if chosen:
            self.save_as(Path(chosen))

    def save_as(self, path: Path) -> None:
        """Write the log as a table there; it holds no identity."""
        site = self._desk.site

        def work() -> None:
            from anifro_desktop.files import write_atomic
            from anifro_desktop.workflows import synclog

            write_atomic(path, synclog.as_csv(site))

        self._desk.run(self, work, lambda _: self._saved(path), self._refused)

    def _saved(self, path: Path) -> None:
        text = self.tr("It holds numbers, times and reasons, and nobody's name.")
        self.banner.say(self.tr("Saved: {name}").format(name=path.name), text, tone="success")

    def _refused(self, error: Exception) -> None:
        self.banner.say(sentence(error), tone="danger")
