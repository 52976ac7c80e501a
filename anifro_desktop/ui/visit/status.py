"""The lines that say how the visit as a whole stands: a banner above, the counts below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.ui import theme
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets import Banner, Hint, Surface
from anifro_desktop.workflows.model import Recovered


class VisitBanner(QWidget):
    """Says that a visit can only be read, or what was recovered; hidden while there is nothing to say."""

    amend = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._banner = Banner("info", self)
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), 0)
        box.addWidget(self._banner)
        self.hide()

    def show_state(self, state: str, recovered: Recovered | None, of_visit: bool = True) -> None:
        """Say what holds for this state. of_visit: it is a visit, not an event or a form of the patient."""
        self.setVisible(True)
        amend = [(translate("Visit", "Amend"), self.amend.emit)]
        if state == "signed":
            title = translate("Visit", "This visit is signed")
            title = title if of_visit else translate("Visit", "This record is signed")
            text = translate("Visit", "It can be read. To change it, amend it with a reason.")
            self._banner.say(title, text, amend, "success")
        elif state == "complete":
            title = translate("Visit", "This visit is complete")
            title = title if of_visit else translate("Visit", "This record is complete")
            text = translate("Visit", "It waits for a signature. To change it, amend it with a reason.")
            self._banner.say(title, text, amend, "info")
        elif state == "void":
            title = translate("Visit", "This was declared a mistake")
            text = translate("Visit", "It can be read, and counts for nothing.")
            self._banner.say(title, text, tone="warning")
        elif recovered is not None:
            self._say_recovered(recovered)
        else:
            self.setVisible(False)

    def _say_recovered(self, recovered: Recovered) -> None:
        text = translate(
            "Visit", "{count} answers were on disk, the last of {time}. Work goes on where it was."
        )
        when = f"{recovered.when.astimezone():%d/%m/%Y %H:%M:%S}"
        words = text.format(count=recovered.fields, time=when)
        self._banner.say(translate("Visit", "This draft was recovered"), words, tone="info")


class StatusLine(Surface):
    """The most used keys left, what is open right. Left out where the text is large and room is scarce."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", "t", parent)
        self._keys = Hint("", self)
        self._keys.setText(
            translate("Visit", "Enter next · ↑ back · Ctrl+↓ next open · F1 definition · Ctrl+? all keys")
        )
        self._keys.setWordWrap(False)
        self._keys.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._counts = Hint("", self)
        self._counts.setWordWrap(False)
        box = QHBoxLayout(self)
        box.setContentsMargins(theme.px(20), theme.px(4), theme.px(20), theme.px(4))
        box.addWidget(self._keys, 1)
        box.addWidget(self._counts)

    def show_session(self, session: VisitSession) -> None:
        """Count what is open and what disagrees."""
        sections = session.sections()
        open_ = sum(section.total - section.done for section in sections)
        to_settle = sum(not problem.settled for problem in session.problems())
        text = translate("Visit", "{open} open · {settle} to check").format(open=open_, settle=to_settle)
        self._counts.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keys.setVisible(self.width() >= theme.px(900))
