"""The line at the foot: encrypted, who unlocked it, in which roles, since when, when it locks; at the right, that
nothing leaves by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QWidget

from anifro_desktop.ui import icons, theme
from anifro_desktop.ui.translation import clock, day_time
from anifro_desktop.ui.widgets import Surface, Text
from anifro_desktop.ui.widgets.flow import FlowLayout
from anifro_desktop.ui.words import role_name


class _Padlock(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(theme.px(16), theme.px(16))

    def paintEvent(self, event) -> None:
        icons.paint(QPainter(self), QRectF(self.rect()), "lock", theme.colour("muted"))


class StatusLine(Surface):
    """Words only; nothing here can be pressed."""

    def __init__(self, person: Any, since: datetime, practice: bool, parent: QWidget | None = None) -> None:
        super().__init__("surface", "t", parent)
        self._person, self._since = person, since
        self.state = Text("", "small", "muted", self)
        self.sent = Text("", "small", "muted", self)
        self.practice = Text(
            self.tr("Practice site: all patients are synthetic"), "small_strong", "warning", self
        )
        self.practice.setVisible(practice)
        self.clock = Text(
            self.tr("Clock not to be believed: check date and time"), "small_strong", "warning", self
        )
        self.clock.hide()
        left = QHBoxLayout()
        left.setSpacing(theme.px(8))
        left.addWidget(_Padlock(self))
        left.addWidget(self.state, 1)
        narrow = theme.scale() > 1.25
        right: QLayout = FlowLayout(gap=theme.px(4)) if narrow else QHBoxLayout()
        if not narrow:
            right.setSpacing(theme.px(12))
        right.addWidget(self.clock)
        right.addWidget(self.practice)
        right.addWidget(self.sent)
        direction = QBoxLayout.Direction
        both = QBoxLayout(direction.TopToBottom if narrow else direction.LeftToRight, self)
        both.setContentsMargins(theme.px(20), theme.px(4), theme.px(20), theme.px(4))
        both.setSpacing(theme.px(2))
        both.addLayout(left, 1)
        both.addLayout(right)
        for part in (self.sent, self.practice, self.clock):
            part.setWordWrap(False)
        self.show_remaining(600)
        self.show_sent(None)

    def show_remaining(self, seconds: int) -> None:
        """Minutes and seconds until the lock."""
        words = self.tr("Encrypted · {name} ({roles}) since {since} · locks in {time}")
        person = self._person
        self.state.setText(
            words.format(
                name=person.name,
                roles=", ".join(role_name(role) for role in person.roles),
                since=clock(self._since)[:5],
                time=f"{seconds // 60}:{seconds % 60:02d}",
            )
        )

    def show_clock(self, doubted: bool) -> None:
        """Whether a time of this session is marked as suspect in the audit trail."""
        self.clock.setVisible(doubted)

    def show_sent(self, when: datetime | None) -> None:
        """When something was last sent."""
        if when is None:
            self.sent.setText(self.tr("Offline · nothing sent yet"))
        else:
            self.sent.setText(self.tr("Offline · last sent {when}").format(when=day_time(when)))
