"""Sending: what leaves, what stays, what is held back and why; then where a bundle stands, until Pisa has merged it.

Nothing leaves by itself: a person looks, chooses a folder or a stick, and saves the sealed file there. The same page
takes the centre's answers in and says in words what they mean, bundles that never arrived above all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from anifro_desktop.errors import Refusal
from anifro_desktop.ui import send_words, sync_words, theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import Labelled
from anifro_desktop.ui.look_card import LookCard
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.rows import Column, Rows
from anifro_desktop.ui.send_preview import LeavesCard, StaysCard
from anifro_desktop.ui.server_card import ServerCard
from anifro_desktop.ui.translation import day_time
from anifro_desktop.ui.widgets import Button, Card, Hint, LineEdit, PrimaryButton, Surface, Text
from anifro_desktop.ui.widgets.arranged import Arranged
from anifro_desktop.ui.widgets.link_row import LinkRow
from anifro_desktop.ui.words import bundle_state, size
from anifro_desktop.workflows.model import Preview, Received, SentBundle

if TYPE_CHECKING:
    from anifro_desktop.sync.carrying import Halt
    from anifro_desktop.workflows.delivering import Step, Watch


class SendPage(Page):
    """The page of the rail's third place."""

    patient_wanted = Signal(str)  # subject: something of this patient is held back
    unsigned_wanted = Signal()  # the list of what is not signed
    log_wanted = Signal()  # what became of each bundle
    _step = Signal(object)  # how far a sending is, from the worker

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Send to Pisa"), "", parent)
        self._desk = desk
        self._preview: Preview | None = None
        self._leaves = False
        self.bring = Button(self.tr("Bring in an answer from Pisa…"))
        self.bring.clicked.connect(self._choose_answer)
        self.save = PrimaryButton(self.tr("Save to USB or folder…"))
        self.save.clicked.connect(self._choose_folder)
        self.save.setEnabled(False)
        self.header.acts.addWidget(self.bring)
        self.header.acts.addWidget(self.save)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(theme.px(6))
        self.progress.setAccessibleName(self.tr("Working"))
        self.progress.hide()
        self.body.addWidget(self.progress)
        self.body.addWidget(self._at_work())
        self.unsigned = LinkRow("", "", "alert", "warning")
        self.unsigned.clicked.connect(self.unsigned_wanted)
        self.unsigned.hide()
        self.body.addWidget(self.unsigned)
        direction = QBoxLayout.Direction
        top = QBoxLayout(direction.LeftToRight if theme.scale() <= 1.5 else direction.TopToBottom)
        top.setSpacing(theme.px(16))
        self.leaves = LeavesCard()
        self.stays = StaysCard()
        self.stays.patient_wanted.connect(self.patient_wanted)
        top.addWidget(self.leaves, 1)
        top.addWidget(self.stays, 1)
        self.look = LookCard(desk)
        self.look.released.connect(self.refresh)
        self.look.looked.connect(self.stays.show_texts)
        self.server = ServerCard(desk)
        self.server.busy.connect(self._busy)
        self.server.sent.connect(self._on_server)
        self.server.received.connect(self._received)
        self.server.refused.connect(self._failed)
        self._before = _column(top, self.look)
        self._after = _column(self.server, self._where(), self._sent_card())
        self._parts = Arranged(self._before, self._after)
        self.body.addWidget(self._parts, 1)
        # At the foot, always in sight; at large text it would leave no room and goes with the rest.
        (self.layout() if theme.scale() <= 1.5 else self.body).addWidget(self._keys_line())

    def _at_work(self) -> QWidget:
        """How far a sending is, in words, and the way to stop it."""
        self.work = QWidget()
        line = QHBoxLayout(self.work)
        line.setContentsMargins(0, 0, 0, 0)
        self.how_far = Hint()
        self.stop = Button(self.tr("Stop"))
        self.stop.clicked.connect(self._stop)
        line.addWidget(self.how_far, 1)
        line.addWidget(self.stop)
        self.work.hide()
        self._halt: Halt | None = None
        self._step.connect(self._show_step, Qt.ConnectionType.QueuedConnection)
        return self.work

    def _keys_line(self) -> Surface:
        """Whose keys seal and sign, always in sight: to be compared by telephone when in doubt."""
        line = Surface("surface", "t")
        self.sealed_for = Text("", "small", "muted")
        self.signed_by = Text("", "small", "muted")
        wide = theme.scale() <= 1.5
        box = QBoxLayout(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom, line)
        box.setContentsMargins(theme.px(20), theme.px(4), theme.px(20), theme.px(4))
        box.addWidget(self.sealed_for, 1)
        box.addWidget(self.signed_by)
        self.signed_by.setWordWrap(not wide)
        return line

    def _where(self) -> Card:
        """A typed path does what the dialogs do, so that all of it works from the keyboard alone."""
        card = Card()
        self.path = LineEdit(50)
        self.path.setPlaceholderText(self.tr("Folder or stick"))
        self.path.returnPressed.connect(self.save_here)
        self.save_here_button = Button(self.tr("Save the bundle there"))
        self.save_here_button.clicked.connect(self.save_here)
        self.bring_here_button = Button(self.tr("Bring in answers from there"))
        self.bring_here_button.clicked.connect(self.bring_here)
        wide = theme.scale() <= 1.5
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        line.setSpacing(theme.px(8))
        line.addWidget(Labelled(self.tr("Folder, stick or file"), self.path), 1)
        for button in (self.save_here_button, self.bring_here_button):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        card.body.addLayout(line)
        return card

    def _sent_card(self) -> Card:
        card = Card(self.tr("Sent so far"))
        card.body.setContentsMargins(1, theme.px(12), 1, theme.px(10))
        card.heading.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        self.nothing = Hint(self.tr("Nothing has been sent yet."))
        self.nothing.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        self.table = Rows(
            self.tr("Bundles sent so far"),
            (
                Column(self.tr("Bundle"), lambda one: f"{one.seq:04d}", 100, strong=True),
                Column(self.tr("Made"), lambda one: day_time(one.made), 150),
                Column(self.tr("Records"), lambda one: str(one.records), 80, drop=2),
                Column(self.tr("Size"), lambda one: size(one.size), 100, drop=4),
                Column(
                    self.tr("State"),
                    lambda one: bundle_state(one.state)[0],
                    190,
                    tone=lambda one: bundle_state(one.state)[1],
                ),
                Column(self.tr("Pisa's answer"), lambda one: day_time(one.receipt), 150, drop=1),
            ),
            stretch=4,
        )
        self.table.setMinimumHeight(theme.px(120))
        self.table.opened.connect(lambda _one: self.send_again())
        self.table.current.connect(self._show_note)
        self.again = Button(self.tr("Save again to the folder above"))
        self.again.clicked.connect(self.send_again)
        self.note = Hint()
        wide = theme.scale() <= 1.5
        foot = QBoxLayout(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        foot.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        self.log = Button(self.tr("What became of each, and the counts"))
        self.log.clicked.connect(self.log_wanted)
        foot.addWidget(self.again)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.log)
        card.body.addWidget(self.nothing)
        card.body.addWidget(self.table, 1)
        card.body.addLayout(foot)
        return card

    def first_focus(self) -> None:
        (self.save if self.save.isEnabled() else self.bring).setFocus()

    def refresh(self) -> None:
        site = self._desk.site

        def read() -> tuple[Preview, list[SentBundle]]:
            from anifro_desktop.workflows import sending

            return sending.preview(site), sending.sent(site)

        def stopped() -> Exception | None:
            from anifro_desktop.workflows import sending

            return sending.stopped(site)

        def count() -> int:
            from anifro_desktop.workflows import signoff

            return len(signoff.unsigned(site, endpoints=True))

        self._desk.run(self, read, lambda answer: self._show(*answer), self._refused)
        self._desk.run(self, stopped, lambda why: self._refused(why) if why else None)
        self._desk.run(self, count, self._show_unsigned, self._refused)
        self.server.refresh()
        self.look.refresh()

    def _show_unsigned(self, count: int) -> None:
        """Before data are cut: how much that feeds endpoints is not signed, and the way to the list."""
        self.unsigned.setVisible(count > 0)
        title = self.tr("%n record(s) of endpoint forms are not signed", "", count)
        self.unsigned.set_words(
            title, self.tr("They do not leave. Open the list to sign them before data are cut.")
        )

    def _show(self, preview: Preview, sent: Sequence[SentBundle]) -> None:
        first, self._preview = self._preview is None, preview
        self._busy(False)
        waiting = [one.seq for one in sent if one.state == "sealed"]  # sealed before, and nowhere yet
        self._leaves = preview.something or bool(waiting)
        self.header.line.setText(self._line(preview, waiting))
        self.save.setEnabled(self._leaves)
        self.save_here_button.setEnabled(self._leaves)
        self.server.set_leaves(self._leaves)
        # What is to be looked at before it leaves comes first; with nothing new, what became of what was sent.
        self._parts.put_first(self._before if preview.something else self._after)
        self.leaves.show_preview(preview)
        self.stays.show_preview(preview)
        self.table.show_items(sorted(sent, key=lambda one: -one.seq), key=lambda one: one.seq)
        self.table.setVisible(bool(sent))
        self.again.setVisible(bool(sent))
        self.nothing.setVisible(not sent)
        site = f"{self._desk.site.code} {self._desk.site.name}"
        sealed = self.tr("Encrypted for the centre, Pisa · key {centre}").format(centre=preview.centre_key)
        signed = self.tr("Signed by {site} · key {own}").format(site=site, own=preview.site_key)
        self.sealed_for.setText(sealed)
        self.signed_by.setText(signed)
        if first and self.bring.hasFocus():
            self.first_focus()

    def _line(self, preview: Preview, waiting: Sequence[int]) -> str:
        """What leaves, in one line; why the button is grey where nothing does."""
        records = sum(len(one.records) for one in preview.leaving)
        parts = []
        if records:
            records_words = self.tr("%n record(s)", "", records)
            patients_words = self.tr("of %n patient(s)", "", len(preview.leaving))
            parts.append(f"{records_words} {patients_words}")
        if said := preview.answers + preview.marks:
            parts.append(self.tr("%n answer(s) and mark(s)", "", said))
        if not parts and waiting:
            return self.tr("Bundle {number} is sealed and waits").format(number=f"{min(waiting):04d}")
        if not parts and not preview.something:
            return self.tr("Nothing new to send")
        line = self.tr("Bundle {number}").format(number=f"{preview.seq:04d}")
        return " · ".join([line, *(parts or [self.tr("no records: schedules or keys")])])

    def _show_note(self, one: SentBundle | None) -> None:
        self.note.setText("" if one is None else send_words.note(one.note))

    def _busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        if not busy:
            self._at_rest()
        for button in (self.bring, self.bring_here_button, self.again):
            button.setEnabled(not busy)
        if not self.server.exchange.running:
            self.server.setEnabled(not busy)
        if busy:
            self.save.setEnabled(False)
            self.save_here_button.setEnabled(False)

    def _at_rest(self) -> None:
        had_focus = self.stop.hasFocus()
        self._halt = None
        self.work.hide()
        self.progress.setRange(0, 0)
        if had_focus:
            self.path.setFocus()

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Where to save the bundle"), self.path.text())
        if chosen:
            self.path.setText(chosen)
            self.save_here()

    def _choose_answer(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("The centre's answer"), self.path.text(), self.tr("Answers from Pisa (*.anfb)")
        )
        if chosen:
            self.path.setText(chosen)
            self.bring_here()

    def _typed(self) -> Path | None:
        text = self.path.text().strip()
        if not text:
            self.banner.say(self.tr("Type or choose a folder or a stick first."), tone="warning")
            self.path.setFocus()
            return None
        return Path(text).expanduser()

    def save_here(self) -> None:
        """Seal what is signed and save it in the folder typed."""
        folder = self._typed()
        if folder is None or not self.save.isEnabled():
            return
        site, watch = self._desk.site, self._watch()

        def work() -> SentBundle:
            from anifro_desktop.workflows import sending

            return sending.export(site, folder, watch)

        self._start(work, self._saved)

    def send_again(self) -> None:
        """Save the same bytes of the bundle under the cursor once more."""
        one, folder = self.table.item, self._typed()
        if one is None or folder is None:
            return
        site, watch = self._desk.site, self._watch()

        def work() -> SentBundle:
            from anifro_desktop.workflows import sending

            return sending.resend(site, one.seq, folder, watch)

        self._start(work, self._saved)

    def bring_here(self) -> None:
        """Take in the centre's answers that lie at the path typed."""
        path = self._typed()
        if path is None:
            return
        site = self._desk.site

        def work() -> list[Received]:
            from anifro_desktop.workflows import receiving

            return receiving.receive(site, path)

        self._start(work, self._received)

    def _watch(self) -> Watch:
        """Follow what begins now, and let it be stopped; leaving the page stops nothing."""
        from anifro_desktop.sync.carrying import Halt
        from anifro_desktop.workflows.delivering import Watch

        self._halt = Halt()

        def tell(step: Any) -> None:
            with contextlib.suppress(RuntimeError):  # the page was left meanwhile
                self._step.emit(step)

        self.how_far.setText("")
        self.work.show()
        self.stop.setFocus()
        return Watch(self._halt, tell)

    def _show_step(self, step: Step) -> None:
        if self._halt is None:
            return
        self.how_far.setText(sync_words.step(step.what, min(step.done + 1, step.of), step.of))
        self.progress.setRange(0, step.of)
        self.progress.setValue(step.done)

    def _stop(self) -> None:
        if self._halt is not None:
            self._halt.stop()
            self.how_far.setText(self.tr("Stopping…"))

    def _start(self, work: Any, done: Any) -> None:
        self.banner.hide()
        self._busy(True)
        self._desk.run(self, work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        """What was begun did not come to its end: a bundle may be sealed by now, and wait."""
        self._refused(error)
        self._desk.changed.emit()
        self.refresh()

    def _refused(self, error: Exception) -> None:
        self._busy(False)
        stopped = isinstance(error, Refusal) and error.code == "carrying_stopped"
        self.banner.say(sentence(error), tone="info" if stopped else "danger")
        self.save.setEnabled(self._leaves)
        self.save_here_button.setEnabled(self._leaves)

    def _saved(self, bundle: SentBundle) -> None:
        title = self.tr("Bundle {number} is in the folder: {name}").format(
            number=f"{bundle.seq:04d}", name=bundle.name
        )
        text = self.tr(
            "%n record(s) or answer(s). Take it to Pisa and bring the answer back here: only then is it known to have "
            "arrived.",
            "",
            bundle.records,
        )
        self._say_sent(title, text)

    def _on_server(self, bundle: SentBundle) -> None:
        title = self.tr("Bundle {number} is on the server: {name}").format(
            number=f"{bundle.seq:04d}", name=bundle.name
        )
        text = self.tr(
            "%n record(s) or answer(s). Pisa takes it from there; fetch its answer later: only then is it known to "
            "have arrived.",
            "",
            bundle.records,
        )
        self._say_sent(title, text)

    def _say_sent(self, title: str, text: str) -> None:
        self.banner.say(title, text, tone="success")
        self._desk.changed.emit()
        self.refresh()

    def _received(self, answers: Sequence[Received]) -> None:
        if not answers:
            self.banner.say(self.tr("There is no answer from Pisa in that place."), tone="warning")
        else:
            title, text, tone = send_words.verdict(answers)
            self.banner.say(title, text, tone=tone)
        self._desk.changed.emit()
        self.refresh()


def _column(*parts: QWidget | QBoxLayout) -> QWidget:
    """Parts under each other."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(14))
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return whole
