"""One person enrolled twice: the other code is chosen, then which of the two goes on, and the two are joined.

Before anything is done the page says what would move and what both have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui import icons, texts
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.entry_words import entry_name
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.patient.declaring import DeclaringCard
from anifro_desktop.ui.patient.picker import PatientPicker
from anifro_desktop.ui.widgets import Button, Card, Hint, Option, SegmentedChoice
from anifro_desktop.workflows.model import PatientRow

if TYPE_CHECKING:
    from anifro_desktop.workflows.joining import Joined, Preview

REASONS, TWICE = "void_reason", "2"


class TwicePage(Page):
    """subject: the patient whose page it was asked on."""

    joined = Signal(str, str)  # the code that goes on, and what was done in words
    back_wanted = Signal()

    def __init__(self, desk: Desk, subject: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Enrolled twice"), subject, parent)
        self._desk, self._subject = desk, subject
        self._keep, self._drop = "", ""
        back = Button(self.tr("Back"), icon=icons.icon("back"))
        back.clicked.connect(self.back_wanted)
        self.header.acts.addWidget(back)
        who = Card(self.tr("The other code of the same person"))
        self.picker = PatientPicker(
            self.tr("The other code of the same person"), desk.preferences.hide_names, alike=True
        )
        self.picker.chosen.connect(self._other)
        who.body.addWidget(self.picker)
        which = Card(self.tr("The code that goes on"))
        which.body.addWidget(Hint(self.tr("Usually the one under which more was sent.")))
        self.choice = SegmentedChoice()
        self.choice.setAccessibleName(self.tr("The code that goes on"))
        self.choice.chosen.connect(self._choose)
        which.body.addWidget(self.choice)
        self.card = DeclaringCard(desk.site.definitions.code_lists[REASONS], not desk.site.signer_named)
        self.card.choose_reason(TWICE)
        self.card.given.connect(self._given)
        self.card.back_wanted.connect(self.back_wanted)
        column = self.add_column(820)
        for card in (who, which, self.card):
            column.addWidget(card)
        self._cannot(self.tr("Choose the other code, and which of the two goes on."))

    def first_focus(self) -> None:
        self.picker.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        site, subject = self._desk.site, self._subject

        def read() -> tuple[list[PatientRow], dict[str, int]]:
            from anifro_desktop.workflows import joining, patients

            return patients.patients(site), {
                one.subject: one.alike for one in joining.candidates(site, subject)
            }

        self._desk.run(self, read, lambda found: self._offer(*found))

    def _offer(self, rows: Sequence[PatientRow], alike: dict[str, int]) -> None:
        others = [row for row in rows if row.subject != self._subject and row.status != "joined"]
        self.picker.offer(others, alike)

    def _other(self, row: PatientRow | None) -> None:
        codes = [self._subject] if row is None else [self._subject, row.subject]
        if [segment.option.key for segment in self.choice.segments] == codes:
            return
        self._keep = self._drop = ""
        self.choice.set_options([Option(code, code) for code in codes])
        self._cannot(self.tr("Choose the other code, and which of the two goes on."))

    def _choose(self, keep: str) -> None:
        row = self.picker.row
        if row is None:
            return
        self.choice.set_chosen(keep)
        self._keep, self._drop = keep, row.subject if keep == self._subject else self._subject
        site, pair = self._desk.site, (self._keep, self._drop)

        def read() -> Preview:
            from anifro_desktop.workflows import joining

            return joining.preview(site, *pair)

        self._desk.run(self, read, lambda found: self._say(found, pair), self._refused)

    def _cannot(self, words: str) -> None:
        self.card.show_outcome(words, self.tr("Join the two"), False)

    def _refused(self, error: Exception) -> None:
        self._cannot(sentence(error))

    def _say(self, found: Preview, pair: tuple[str, str]) -> None:
        if pair != (self._keep, self._drop):
            return
        keep, drop = pair
        moves = self.tr("To {keep} go, as drafts to look through and sign: {entries}.")
        nothing = self.tr("Nothing goes to {keep}.")
        parts = [(moves if found.moves else nothing).format(keep=keep, entries=self._names(found.moves))]
        if found.both:
            both = self.tr(
                "Both have: {entries}. That of {drop} stays readable there and counts for nothing."
            )
            parts.append(both.format(entries=self._names(found.both), drop=drop))
        parts.append(self.tr("The patient goes on as {keep}; {drop} is closed.").format(keep=keep, drop=drop))
        self.card.show_outcome(" ".join(parts), self.tr("Join {drop} to {keep}").format(drop=drop, keep=keep))

    def _names(self, keys: Sequence[str]) -> str:
        definitions = self._desk.site.definitions
        return texts.listed([entry_name(definitions, key) for key in keys])

    def _given(self, reason: int, text: str, passphrase: str, person: str) -> None:
        site, keep, drop = self._desk.site, self._keep, self._drop

        def work() -> Joined:
            from anifro_desktop.workflows import joining

            return joining.join(site, keep, drop, reason, text, passphrase, person=person)

        self._desk.run(self, work, self._done, self.card.refused)

    def _done(self, joined: Any) -> None:
        words = self.tr("{drop} was joined to this patient. Drafts to look through: {count}.")
        self.joined.emit(self._keep, words.format(drop=self._drop, count=len(joined.moved)))
