"""Erasing an identity that was typed by mistake: as a name in an answer or in a reason, or as an identity of its own.

First the very text that will go is chosen and shown; then why, what will happen, what is not reached, the passphrase.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui import icons, texts, theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import PassphraseField, TextField, say_all
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.patient.picker import PatientPicker
from anifro_desktop.ui.people.acting import waiting, work_bar
from anifro_desktop.ui.rows import Column, Rows
from anifro_desktop.ui.widgets import (
    Banner,
    Button,
    Card,
    DangerButton,
    Heading,
    Hint,
    Option,
    SegmentedChoice,
    Text,
)
from anifro_desktop.ui.widgets.flow import FlowLayout
from anifro_desktop.workflows.model import PatientRow

if TYPE_CHECKING:
    from anifro_desktop.workflows.erasable import Erasable
    from anifro_desktop.workflows.erasing import Erasure

FORMER, REASON, EARLIER, WHOLE = "former", "reason", "earlier", "whole"
_LINES = 4  # of the list, before it scrolls


@dataclass(frozen=True, slots=True)
class Asked:
    """What an erasure was asked for at: a question of a visit or event, or the reason at an entry of the trail
    (`number`); nothing of it where it was asked for from anywhere."""

    subject: str = ""
    visit: str = ""
    field: str = ""
    number: int = 0


class ErasePage(Page):
    """asked: where it was asked for; what is known of it is not asked again."""

    back_wanted = Signal()

    def __init__(self, desk: Desk, asked: Asked | None = None, parent: QWidget | None = None) -> None:
        asked = asked or Asked()
        super().__init__(self.tr("Erase what was typed by mistake"), asked.subject, parent)
        self._desk, self._asked = desk, asked
        self._subject = asked.subject
        self._kind = REASON if asked.number else FORMER if asked.field else ""
        self._read = 0  # only the answer to the newest question is shown
        self.back = Button(self.tr("Go back"), icon=icons.icon("back"))
        self.back.clicked.connect(self.back_wanted)
        self.header.acts.addWidget(self.back)
        column = self.add_column(820)
        column.addWidget(self._what())
        column.addWidget(self._why())
        self._show_items(())

    # What goes

    def _what(self) -> Card:
        card = Card(self.tr("What is to go"))
        self.picker = PatientPicker(self.tr("Patient"), self._desk.preferences.hide_names)
        self.picker.chosen.connect(self._whose)
        self.kind = SegmentedChoice(
            (
                Option(FORMER, self.tr("What an answer was before")),
                Option(REASON, self.tr("The words of a reason")),
                Option(EARLIER, self.tr("What the identity was before")),
                Option(WHOLE, self.tr("The whole identity")),
            )
        )
        self.kind.setAccessibleName(self.tr("What is to go"))
        self.kind.set_chosen(self._kind or None)
        self.kind.chosen.connect(self._choose)
        lang = texts.language()
        self.table = Rows(
            self.tr("What can be erased"),
            (
                Column(self.tr("Where"), lambda one: one.place.get(lang), 190, drop=1),
                Column(self.tr("What"), lambda one: one.what.get(lang), 200),
                Column(self.tr("Text"), lambda one: one.text, 200, strong=True),
            ),
            stretch=2,
        )
        self.table.current.connect(lambda _item: self._say())
        self.none = Hint("")
        self.chosen = Text("", "strong")
        self.left_out = Hint(
            self.tr(
                "The reasons of erasures are not listed: look for the erasure in the audit trail, where its reason can "
                "be erased too."
            )
        )
        for part in (self.picker, self.kind, self.none, self.table, self.left_out, self.chosen):
            card.body.addWidget(part)
        self.picker.setVisible(not self._asked.subject and not self._asked.number)
        self.kind.setVisible(not self._asked.number)
        return card

    def _whose(self, row: PatientRow | None) -> None:
        if row is not None and row.subject != self._subject:
            self._subject = row.subject
            self._look()

    def _choose(self, kind: str) -> None:
        self._kind = kind
        self.kind.set_chosen(kind)
        self._look()

    def first_focus(self) -> None:
        first = self.picker.search if not self._asked.subject else self.kind
        (self.reason.edit if self._asked.number else first).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        site = self._desk.site

        def read() -> list[PatientRow]:
            from anifro_desktop.workflows import patients

            return patients.patients(site)

        self._desk.run(self, read, self.picker.offer)
        self._look()

    def _look(self) -> None:
        """Read what can go of what is chosen."""
        self.refused.hide()
        if not self._kind or not (self._subject or self._asked.number):
            return
        self._read += 1
        now, read = self._read, self._reader()

        def show(found: Sequence[Erasable]) -> None:
            if now == self._read:
                self._show_items(found)

        def failed(error: Exception) -> None:
            if now == self._read:
                self._show_items(())
                self.refused.say(waiting(error))

        self._desk.run(self, read, show, failed)

    def _reader(self) -> Callable[[], Sequence[Erasable]]:
        site, subject, number, kind = self._desk.site, self._subject, self._asked.number, self._kind

        def read() -> Sequence[Erasable]:
            from anifro_desktop.workflows import erasable

            if number:
                return (erasable.reason(site, number),)
            if kind == FORMER:
                return erasable.former_texts(site, subject)
            if kind == REASON:
                return erasable.reasons(site, subject)
            return erasable.identity(site, subject, former_only=kind == EARLIER)

        return read

    def _show_items(self, found: Sequence[Erasable]) -> None:
        asked = self._asked
        self.table.show_items(
            found, key=lambda one: (one.visit, one.field, one.number, one.text), first=bool(asked.number)
        )
        self.table.setFixedHeight(theme.px(40) * min(max(len(found), 1), _LINES) + theme.px(37))
        self.table.setVisible(bool(found))
        self.none.setVisible(not found)
        self.none.setText(self._nothing())
        self.left_out.setVisible(self._kind == REASON and bool(self._subject))
        for at, one in enumerate(found):
            if asked.field and (one.visit, one.field) == (asked.visit, asked.field):
                self.table.selectRow(at)
                self.reason.edit.setFocus()
        self._say()

    def _nothing(self) -> str:
        if not self._kind or not (self._subject or self._asked.number):
            return self.tr("Choose the patient and what is to go.")
        if self._kind == FORMER:
            return self.tr(
                "There is nothing to erase. What stands in an answer now is corrected first, as any other, and can be "
                "erased afterwards."
            )
        return self.tr("There is nothing to erase.")

    # Why, and what will happen

    def _why(self) -> Card:
        card = Card(self.tr("Why"))
        self.reason = TextField(
            self.tr("Reason"),
            self.tr("It stays in the audit trail: write it without the name that is to go"),
            40,
        )
        self.reason.edit.setMaxLength(200)
        self.passphrase = PassphraseField(self.tr("Your passphrase"))
        self.passphrase.entered.connect(self.go)
        self.reason.edit.returnPressed.connect(self.passphrase.edit.setFocus)
        self.outcome, self.stays, self.beyond = Text(""), Text(""), Text("")
        self.refused = Banner("danger")
        self.during = work_bar(self.tr("It is being erased, and the file is written anew"))
        self.act = DangerButton(self.tr("Erase for ever"))
        self.act.clicked.connect(self.go)
        card.body.addWidget(self.reason)
        card.body.addWidget(Heading(self.tr("What will happen"), 3))
        parts = (self.outcome, self.stays, self.beyond, self.refused, self.passphrase, self.during)
        for part in parts:
            card.body.addWidget(part)
        acts = FlowLayout(gap=theme.px(8))
        acts.addWidget(self.act)
        card.body.addLayout(acts)
        return card

    def _say(self) -> None:
        """What goes and what stays, as it is chosen now."""
        item, whole = self.table.item, self._kind in (EARLIER, WHOLE)
        some = bool(self.table.items) if whole else item is not None
        self.act.setEnabled(some and not self.during.isVisibleTo(self))
        self.chosen.setVisible(some)
        if not some:
            self.outcome.setText(self.tr("Choose first what is to go."))
        else:
            gone = ", ".join(one.text for one in self.table.items) if whole else item.text
            self.chosen.setText(self.tr("This will go: “{text}”").format(text=gone))
            self.outcome.setText(self._outcome(1 if whole else item.count))
        self.stays.setText(
            self.tr(
                "In its place stays its hash (SHA-256), and the audit trail keeps who erased it, when and why. It "
                "cannot be undone."
            )
        )
        self.beyond.setText(
            self.tr(
                "Bundles already sent are not reached, and need not be: they hold no name and no free text. Backups, "
                "archives and prints of before still hold it; the backups will be named."
            )
        )
        for part in (self.stays, self.beyond):
            part.setVisible(some)

    def _outcome(self, count: int) -> str:
        if self._kind == FORMER:
            return self.tr(
                "The text goes from the drafts, from the earlier versions of the form and from the audit trail. What "
                "stands in the answer now stays."
            )
        if self._kind == REASON:
            return self.tr(
                "The words go wherever they are the reason for a change (entries of the audit trail: {count}); the "
                "coded reason stays. Forms whose last version was given with them have to be signed again."
            ).format(count=count)
        if self._kind == EARLIER:
            return self.tr("What the identity was before goes from this computer. The present one stays.")
        return self.tr(
            "The whole identity goes from this computer, as it is and as it was. The study code and the answers stay."
        )

    # Erasing

    def go(self) -> None:
        """Erase it, once why and the passphrase are typed."""
        reason, passphrase = self.reason.text, self.passphrase.text
        complete = say_all(
            [
                (self.reason, "" if reason else self.tr("Type why.")),
                (self.passphrase, "" if passphrase else self.tr("Type the passphrase.")),
            ]
        )
        if not complete or not self.act.isEnabled():
            return
        site, subject, item, kind = self._desk.site, self._subject, self.table.item, self._kind

        def work() -> Erasure:
            from anifro_desktop.workflows import erasing

            if kind == REASON:
                return erasing.erase_reason(site, item.number, reason, passphrase)
            if kind == FORMER:
                return erasing.erase_text(site, subject, item.visit, item.field, reason, passphrase)
            former = kind == EARLIER
            return erasing.erase_identity(site, subject, reason, passphrase, former_only=former)

        self._show_busy(True)
        self._desk.run(self, work, self._done, self._failed)

    def _show_busy(self, busy: bool) -> None:
        self.during.setVisible(busy)
        for control in (self.act, self.back, self.kind, self.picker, self.table):
            control.setEnabled(not busy)
        for edit in (self.reason.edit, self.passphrase.edit):
            edit.setReadOnly(busy)
        if busy:
            self.refused.hide()
            self.banner.hide()

    def _failed(self, error: Exception) -> None:
        self._show_busy(False)
        self.refused.say(waiting(error))
        self.passphrase.edit.setFocus()

    def _done(self, done: Any) -> None:
        self._show_busy(False)
        for field in (self.reason, self.passphrase):
            field.edit.clear()
        self.banner.say(*self._told(done), tone="success")
        self._desk.changed.emit()
        if self._asked.number:
            self._kind = ""
            self._show_items(())
            self.none.hide()
        else:
            self._look()
        self.back.setFocus()

    def _told(self, done: Erasure) -> tuple[str, str]:
        """What was erased, what is to be done now, and which backups still hold it."""
        if not (done.entries or done.versions or done.present):
            return self.tr("There was nothing to erase."), self.tr("The file was written anew.")
        lines = [
            self.tr("Entries of the audit trail: {entries}; versions of forms: {versions}.").format(
                entries=done.entries, versions=done.versions
            )
        ]
        if done.present:
            lines.append(
                self.tr("The patient has no identity here now: type the right one at the enrolment.")
            )
        if self._kind == REASON and done.versions:
            lines.append(self.tr("See under “What is not signed” which forms are to be signed again."))
        if done.backups:
            lines.append(
                self.tr(
                    "These backups still hold it: {names}. Make a new one and, if it must be, destroy these and every "
                    "other copy."
                ).format(names=texts.listed(done.backups))
            )
        if done.asides:
            lines.append(
                self.tr("So do these folders of earlier data: {names}.").format(
                    names=texts.listed(done.asides)
                )
            )
        return self.tr("Erased; the file was written anew without it."), " ".join(lines)
