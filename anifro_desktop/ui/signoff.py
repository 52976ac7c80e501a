"""What is not signed, before data are cut: a line for each form, those that feed endpoints first; Enter opens
the record.

The line chosen is told in full under the list: problems, open questions, and what changed since a signature.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from anifro_desktop.ui import change_words, icons, texts, theme
from anifro_desktop.ui.commands import add_key
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.entry_words import entry_name
from anifro_desktop.ui.fields import Labelled
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.rows import Column, Rows
from anifro_desktop.ui.widgets import Button, Card, ComboBox, Hint, Option, SegmentedChoice, Text
from anifro_desktop.ui.words import state_tone, visit_state

if TYPE_CHECKING:
    from anifro_desktop.workflows.signoff import Unsigned

ENDPOINTS, EVERY = "endpoints", "every"
_ANY, _ENROLMENT = "*", "enrolment"


class SignOffPage(Page):
    """Reached from the sending page and Find."""

    entry_wanted = Signal(str, str)  # subject, key
    back_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("What is not signed"), "", parent)
        self._desk = desk
        self._found: tuple[Unsigned, ...] = ()
        self._kind, self._visit = ENDPOINTS, _ANY
        self.back = Button(self.tr("Back"), icon=icons.icon("back"))
        self.back.clicked.connect(self.back_wanted)
        add_key(self, "Alt+Left", self.back.click)
        self.header.acts.addWidget(self.back)
        self.kinds = SegmentedChoice(
            (Option(ENDPOINTS, self.tr("Endpoint forms")), Option(EVERY, self.tr("All forms")))
        )
        self.kinds.setAccessibleName(self.tr("Which forms"))
        self.kinds.set_chosen(ENDPOINTS)
        self.kinds.chosen.connect(self.show_kind)
        self.visit = ComboBox()
        self.visit.picked.connect(self.show_visit)
        wide = theme.scale() <= 1.5
        filters = QBoxLayout(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        filters.setSpacing(theme.px(16))
        filters.addWidget(Labelled(self.tr("Which forms"), self.kinds))
        filters.addWidget(Labelled(self.tr("Visit or event"), self.visit))
        filters.addStretch(1)
        self.body.addLayout(filters)
        card = Card()
        card.body.setContentsMargins(1, theme.px(8), 1, theme.px(10))
        self.table = Rows(self.tr("Forms that are not signed"), self._columns(), stretch=2)
        self.table.opened.connect(lambda one: self.entry_wanted.emit(one.subject, one.visit))
        self.table.current.connect(self._tell)
        self.table.setMinimumHeight(theme.px(200))
        self.none = Hint(self.tr("Everything of this kind is signed."))
        self.whole = Text()
        for part in (self.none, self.whole):
            part.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
            part.hide()
        card.body.addWidget(self.none)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.whole)
        self.body.addWidget(card, 1)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Patient"), lambda one: one.subject, 130, strong=True),
            self._visit_column(),
            Column(self.tr("Form"), self._form, 220, wraps=True),
            Column(
                self.tr("State"),
                lambda one: visit_state(_STATE[one.state]),
                190,
                tone=lambda one: state_tone(_STATE[one.state]),
            ),
            Column(self.tr("Endpoint"), lambda one: self.tr("yes") if one.endpoint else "–", 84, drop=3),
            Column(self.tr("To settle"), lambda one: str(one.hard or "–"), 100, drop=2),
            Column(self.tr("Unanswered"), lambda one: str(one.unanswered or "–"), 124, drop=1),
        )

    def first_focus(self) -> None:
        (self.table if self.table.items else self.kinds).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        site = self._desk.site

        def read() -> Any:
            from anifro_desktop.workflows import signoff

            return signoff.unsigned(site)

        self._desk.run(self, read, self._show)

    def show_kind(self, key: str) -> None:
        """List the forms that feed endpoints, or all."""
        self._kind = key
        self.kinds.set_chosen(key)
        self._list()

    def show_visit(self, key: str) -> None:
        """List one visit or event, or all."""
        self._visit = key
        self.visit.set_chosen(key)
        self._list()

    def _show(self, found: Sequence[Unsigned]) -> None:
        first = not self._found
        self._found = tuple(found)
        keys = dict.fromkeys(one.visit for one in found)
        names = [(key or _ENROLMENT, entry_name(self._desk.site.definitions, key)) for key in keys]
        self.visit.set_options([Option(_ANY, self.tr("all")), *(Option(key, name) for key, name in names)])
        self.visit.set_chosen(self._visit)
        self._list()
        if first and (self.kinds.isAncestorOf(self.focusWidget() or self) or self.focusWidget() is None):
            self.first_focus()

    def _list(self) -> None:
        wanted = "" if self._visit == _ENROLMENT else self._visit
        rows = [
            one
            for one in self._found
            if (one.endpoint or self._kind == EVERY) and wanted in (_ANY, one.visit)
        ]
        self.table.show_items(rows, key=lambda one: (one.subject, one.visit, one.form))
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.header.line.setText(self.tr("%n form(s)", "", len(rows)))
        self._tell(self.table.item if rows else None)

    def _tell(self, one: Unsigned | None) -> None:
        """The chosen line in full."""
        self.whole.setVisible(one is not None)
        if one is None:
            return
        parts = [f"{one.subject} · {self._place(one)} · {self._form(one)}"]
        if one.changes:
            words = self.tr("Changed since it was signed: {changes}.")
            parts.append(words.format(changes=change_words.in_a_line(one.changes)))
        self.whole.setText("\n".join(parts))

    def _visit_column(self) -> Column:
        if theme.scale() <= 1.5:
            return Column(self.tr("Visit or event"), self._place, 170, wraps=True)
        return Column(self.tr("Visit"), self._place, 112, wraps=True)

    def _place(self, one: Unsigned) -> str:
        return entry_name(self._desk.site.definitions, one.visit)

    def _form(self, one: Unsigned) -> str:
        names = {form.id: form.label.get(texts.language()) for form in self._desk.site.definitions.forms}
        return names.get(one.form, one.form)


_STATE = {"draft": "draft", "unsigned": "complete", "changed": "changed"}
