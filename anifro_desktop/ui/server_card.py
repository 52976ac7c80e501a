"""Sending over the network, on the page *Send*: to which server, how far it is, stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui import sync_words, theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.exchange import Exchange
from anifro_desktop.ui.translation import clock
from anifro_desktop.ui.widgets import Button, Card, Text
from anifro_desktop.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from anifro_desktop.workflows.delivering import Waits


class ServerCard(Card):
    """Hidden until a connection is set up in the settings. What leaves is what the page shows above."""

    busy = Signal(bool)
    sent = Signal(object)  # a SentBundle
    received = Signal(object)  # the list of Received
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Over the network"), parent)
        self._desk = desk
        self._leaves = False
        self.where = Text("", parent=self)
        self.state = Text("", "hint", "muted", self)
        self.state.hide()
        self.waiting = Text("", "body", "text", self)
        self.waiting.hide()
        self._again = QTimer(self)  # lives as long as the page: nothing leaves behind anybody's back
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.send)
        self.send_button = Button(self.tr("Send to the server"), parent=self)
        self.fetch_button = Button(self.tr("Fetch answers from there"), parent=self)
        self.stop_button = Button(self.tr("Stop"), parent=self)
        self.stop_button.hide()
        self.body.addWidget(self.where)
        self.body.addWidget(self.state)
        self.body.addWidget(self.waiting)
        buttons = FlowLayout(gap=theme.px(8))
        for button in (self.send_button, self.fetch_button, self.stop_button):
            buttons.addWidget(button)
        self.body.addLayout(buttons)
        # It goes on when the page is left; only locking, or somebody, stops it.
        self.exchange = desk.exchange = desk.exchange or Exchange(desk)
        self.exchange.step.connect(self._step)
        self.exchange.waits.connect(self._waits)
        self.exchange.sent.connect(self.sent)
        self.exchange.received.connect(self.received)
        self.exchange.refused.connect(self.refused)
        self.exchange.ended.connect(self._ended)
        self.send_button.clicked.connect(self.send)
        self.fetch_button.clicked.connect(self.fetch)
        self.stop_button.clicked.connect(self._stop)
        self.hide()

    def refresh(self) -> None:
        """Show the connection there is."""
        site = self._desk.site

        def read() -> tuple[str, Waits]:
            from anifro_desktop.workflows import connecting, delivering, sending

            found = connecting.kept(site.clinical)
            waits = delivering.Waits(()) if sending.stopped(site) else delivering.waits(site)
            return "" if found is None else found.place.host, waits

        self._desk.run(self, read, lambda answer: self._show(*answer))

    def _show(self, host: str, waits: Waits) -> None:
        self.setVisible(bool(host))
        self.where.setText(self.tr("Server: {host}").format(host=host))
        self._show_waiting(host, waits)
        if self.exchange.running:
            self._run(True)

    def _show_waiting(self, host: str, waits: Waits) -> None:
        """What did not come there, why, and when it is tried again by itself."""
        shown = bool(host and waits.bundles and waits.code)
        self.waiting.setVisible(shown)
        self._again.stop()
        if not shown:
            return
        bundles = ", ".join(f"{seq:04d}" for seq in waits.bundles)
        words = self.tr("Waiting: {bundles}. {why}")
        parts = [words.format(bundles=bundles, why=sync_words.failure(waits.code, waits.place))]
        if waits.due is None:
            parts.append(self.tr("Send again when that is settled."))
        else:
            parts.append(self.tr("Tried again by itself after {time}.").format(time=clock(waits.due)))
            left = (waits.due - self._desk.site.clock.now()).total_seconds()
            self._again.start(max(1, round(left)) * 1000)
        self.waiting.setText(" ".join(parts))

    def set_leaves(self, leaves: bool) -> None:
        """Whether there is anything to send; answers can always be fetched."""
        self._leaves = leaves
        self.send_button.setEnabled(leaves and not self.exchange.running)

    def send(self) -> None:
        """Put what leaves on the server."""
        if not self.exchange.running:
            self._say(self.tr("Checking and sealing…"))
            self.exchange.send()
            self._run(True)
            self.stop_button.setFocus()

    def fetch(self) -> None:
        """Bring in what is new there."""
        if not self.exchange.running:
            self._say(self.tr("Looking for answers…"))
            self.exchange.fetch()
            self._run(True)
            self.stop_button.setFocus()

    def _stop(self) -> None:
        self._say(self.tr("Stopping…"))
        self.exchange.stop()

    def _step(self, done: int, of: int) -> None:
        self._say(self.tr("Sending bundle {number} of {of}…").format(number=done + 1, of=of))

    def _waits(self, why: str, seconds: float) -> None:
        again = self.tr("Tried again in {seconds} s.").format(seconds=max(1, round(seconds)))
        self._say(f"{why} {again}")

    def _say(self, words: str) -> None:
        self.state.setText(words)

    def _ended(self) -> None:
        had_focus = self.stop_button.hasFocus()
        self._run(False)
        if had_focus:
            self.fetch_button.setFocus()

    def _run(self, running: bool) -> None:
        self.fetch_button.setEnabled(not running)
        self.send_button.setEnabled(self._leaves and not running)
        self.stop_button.setVisible(running)
        self.state.setVisible(running)
        self.busy.emit(running)
