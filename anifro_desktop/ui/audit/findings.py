"""What a full check said: that all is well, or each finding with where, since when, and what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.messages import Dialog
from anifro_desktop.ui.people.acting import ReasonDialog
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets import Card, Hint, Text
from anifro_desktop.ui.widgets.scroll import Scroll
from anifro_desktop.workflows import checking
from anifro_desktop.workflows.audit.proving import Explained, Proof

_TALLEST = 420


def show_findings(parent: QWidget, proof: Proof, note: Callable[[], object] | None = None) -> Dialog:
    """Open the dialog with every finding of a check that found something. note: for who may note some as seen."""
    lang = texts.language()
    text = translate(
        "Audit", "Nothing was changed by the check. Until it is settled, send nothing and enter nothing new."
    )
    title = translate("Audit", "The check found something: {count}").format(count=len(proof.findings))
    dialog = Dialog(title, text, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    room = parent.window()
    dialog.setMaximumWidth(min(theme.px(860), room.width() - theme.px(24)))
    dialog.setMinimumWidth(min(theme.px(760), room.width() - theme.px(24)))
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, theme.px(8), 0)
    column.setSpacing(theme.px(10))
    for one in proof.findings:
        column.addWidget(_card(one, lang))
    column.addStretch(1)
    scroll = Scroll(dialog)
    scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    scroll.setAccessibleName(title)
    scroll.setWidget(inner)
    inside = dialog.minimumWidth() - theme.px(60)
    scroll.setMinimumHeight(
        min(
            column.totalHeightForWidth(inside) + theme.px(8),
            theme.px(_TALLEST),
            max(room.height() - theme.px(260), 120),
        )
    )
    dialog.body.addWidget(scroll, 1)
    dialog.add_act(translate("Audit", "Close"), main=True)
    if note is not None:
        dialog.add_act(translate("Audit", "Seen…"), note)
    dialog.open()
    return dialog


class SeenDialog(ReasonDialog):
    """A missing or damaged anchor file was looked into: what it was. done: after it was noted."""

    def __init__(self, desk: Desk, parent: QWidget, done: Callable[[], object]) -> None:
        text = translate(
            "Audit",
            "Only for a file beside the databases that was missing, damaged or changed, once you know who or what "
            "touched it. The trail keeps your name and the reason, and the check finds it no more.",
        )
        title = translate("Audit", "Note what was found as seen")
        super().__init__(desk, title, text, translate("Audit", "Being noted…"), parent)
        self._done = done
        self.finish(translate("Audit", "Note as seen"), self._note)
        self.reason.edit.setFocus()

    def _note(self) -> None:
        site, reason = self._desk.site, self.given()
        if reason:
            self.work(lambda: checking.note_seen(site, reason), lambda _: self._done())


def _card(one: Explained, lang: str) -> Card:
    card = Card()
    card.body.addWidget(Text(one.what.get(lang), "strong"))
    card.body.addWidget(Text(translate("Audit", "Where: {place}").format(place=one.where.get(lang))))
    card.body.addWidget(Text(translate("Audit", "Since when: {since}").format(since=one.since.get(lang))))
    card.body.addWidget(Text(translate("Audit", "What to do: {act}").format(act=one.act.get(lang))))
    card.body.addWidget(Hint(translate("Audit", "Code for the centre: {code}").format(code=one.code)))
    card.setAccessibleName(" ".join((one.what.get(lang), one.act.get(lang))))
    return card
