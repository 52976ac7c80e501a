"""The threads about one question of a visit, over the visit: read, answered, or the way to amend it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.thread import OPEN, Thread
from anifro_desktop.ui import theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.messages import Dialog
from anifro_desktop.ui.queries.saying import say
from anifro_desktop.ui.queries.thread_card import ThreadCard
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets.scroll import Scroll

WIDTH = 600


class QuestionDialog(Dialog):
    """said: called after each act. amend: opens the record for changes, None where it is open or may not be."""

    def __init__(
        self,
        desk: Desk,
        threads: Sequence[Thread],
        said: Callable[[], object],
        amend: Callable[[], object] | None,
        parent: QWidget,
    ) -> None:
        super().__init__(translate("Queries", "Questions from Pisa"), _how(threads, amend), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(min(theme.px(WIDTH) + theme.px(44), parent.window().width()))
        self._desk, self._said = desk, said
        answers = desk.site.may("investigator", "data_entry")
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, theme.px(6), 0)
        self.cards = []
        for thread in threads:
            card = ThreadCard(desk.site.library, answers, go=False)
            card.show_thread(thread)
            card.said.connect(lambda what, query, text, card=card: self._say(card, what, query, text))
            self.cards.append(card)
            box.addWidget(card)
        box.addStretch(1)
        self.area = Scroll(self)
        self.area.setWidget(inside)
        self.area.setMinimumHeight(min(theme.px(400), parent.window().height() - theme.px(200)))
        self.body.addWidget(self.area, 1)
        self.close_button = self.add_act(translate("Queries", "Close"))
        self.amend_button = None
        if amend is not None and answers:
            self.amend_button = self.add_act(translate("Queries", "Amend this record…"), amend)

    def _say(self, card: ThreadCard, what: str, query: str, text: str) -> None:
        say(self._desk, card, what, query, text, self._said)

    def first_focus(self) -> None:
        """To the first answer that can be given, else to the way back."""
        first = next((card for card in self.cards if card.words.isVisibleTo(self)), None)
        (self.close_button if first is None else first.words).setFocus(Qt.FocusReason.OtherFocusReason)


def _how(threads: Sequence[Thread], amend: Callable[[], object] | None) -> str:
    if not any(thread.state == OPEN for thread in threads):
        return ""
    if amend is None:
        return translate("Queries", "A corrected answer says by itself to Pisa that it is one.")
    return translate(
        "Queries", "If the record is wrong, amend it: Pisa is told by itself. Else answer in words."
    )
