"""What was changed in people, rights, passphrases and keys, the newest first: for the periodic review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.people import words
from anifro_desktop.ui.rows import Column, Rows
from anifro_desktop.ui.translation import day_time
from anifro_desktop.ui.widgets import Card, Text
from anifro_desktop.workflows.people import Act

_MOST = 10  # rows in sight; the list scrolls beyond


class HistoryCard(Card):
    """A list to read; it changes nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        title = self.tr("Changes of people and rights")
        self.set_title(title)
        self.body.setContentsMargins(1, theme.px(12), 1, theme.px(10))
        self.heading.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        self.empty = Text(self.tr("Nothing was changed since the site was made."), ink="muted")
        self.empty.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        self.table = Rows(
            title,
            (
                Column(self.tr("When"), lambda one: day_time(datetime.fromisoformat(one.utc)), 145),
                Column(self.tr("By"), lambda one: one.by, 56),
                Column(self.tr("What"), words.act_text, 230, strong=True),
                Column(self.tr("About"), lambda one: one.about or "–", 70),
                Column(self.tr("Reason"), lambda one: one.reason or "–", 200, drop=1),
            ),
            stretch=2,
        )
        self.body.addWidget(self.empty)
        self.body.addWidget(self.table)

    def show_acts(self, acts: Sequence[Act]) -> None:
        """List them."""
        newest = tuple(reversed(acts))
        self.table.show_items(newest, key=lambda one: (one.utc, one.act, one.about))
        self.table.setVisible(bool(newest))
        self.empty.setVisible(not newest)
        self.table.setFixedHeight(theme.px(40) * min(max(len(newest), 1), _MOST) + theme.px(37))
