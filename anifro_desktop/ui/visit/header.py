"""The bar over a visit: whose, which, when, how far, and whether the last answer is on disk.

On one line where all of it has room, else on more; nothing in it is ever cut.
"""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.study import schedule
from anifro_desktop.study.visit_keys import is_visit
from anifro_desktop.ui import icons, texts, theme, words
from anifro_desktop.ui.entry_words import entry_name
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.autosave import SaveState
from anifro_desktop.ui.widgets import Badge, Button, Heading, LinkButton, PrimaryButton, Surface, Text

OUTCOME = "screening_outcome"
# All on one line; the same without the words of the button beside; the facts on a second line; saving on a third; the
# badge on a line of its own.
_MODES = ("wide", "short", "narrow", "tight", "small")
_LATEST = time(20, 0, 0)  # as wide as any
_TONES = {
    "draft": "neutral",
    "complete": "info",
    "signed": "success",
    "amending": "warning",
    "void": "danger",
}


def visit_line(session: VisitSession) -> str:
    """`Female, 34 years · Month 6 · 22 Nov 2026 (day 183, in window)`; what is not known is left out.

    Of an event its kind and number; of an enrolment how far eligibility is settled.
    """
    subject, visit = session.subject, session.visit
    parts = [words.sex_and_age(subject.sex, subject.age), entry_name(session.definitions, visit.key)]
    if not visit.key:
        parts.append(_eligibility(session))
    elif is_visit(visit.key) and visit.date is not None:
        parts.append(texts.short_date(visit.date) + _day_words(session))
    return " · ".join(part for part in parts if part)


def _eligibility(session: VisitSession) -> str:
    outcome = session.answers.get(OUTCOME)
    return {
        1: translate("Visit", "all criteria met"),
        2: translate("Visit", "a criterion is not met"),
    }.get(outcome if isinstance(outcome, int) else 0, translate("Visit", "criteria not all answered"))


def _day_words(session: VisitSession) -> str:
    enrolled, when = session.subject.enrolled, session.visit.date
    if enrolled is None or when is None:
        return ""
    day = translate("Visit", "day {number}").format(number=(when - enrolled).days)
    inside = in_window(session)
    if inside is None:
        return f" ({day})"
    word = translate("Visit", "in window") if inside else translate("Visit", "out of window")
    return f" ({day}, {word})"


def in_window(session: VisitSession) -> bool | None:
    """Whether the visit's date lies in the window of its planned visit; None where no window applies."""
    enrolled, when, key = session.subject.enrolled, session.visit.date, session.visit.key
    if enrolled is None or when is None or key not in {visit.key for visit in schedule.TIMETABLE}:
        return None
    window = schedule.window(schedule.day_zero(session.subject.first_dose, enrolled), key)
    return window.opens <= when <= window.closes


class VisitHeader(Surface):
    """Facts left, state of saving and acts right; on two lines where there is little room."""

    undo = Signal()
    review = Signal()
    retry = Signal()
    beside = Signal()  # add an event; in an enrolment, the identity
    back = Signal()  # to the page before

    def __init__(self, session: VisitSession, state: str, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__("surface", "b", parent)
        self._session = session
        self._shown = ""
        self._failed = False
        self.back_button = Button("", icon=icons.icon("back"), parent=self)
        self.back_button.setAccessibleName(translate("Visit", "Back"))
        self.back_button.setToolTip(translate("Visit", "Back (Alt+←)"))
        self.back_button.clicked.connect(self.back)
        self.code = Heading(session.subject.code, 1, self)
        self.code.setWordWrap(False)
        self.line = Text(visit_line(session), "body", "muted", self)
        self.badge = Badge("", "neutral", self)
        self.saved = Text("", "hint", "muted", self)
        self.again = LinkButton(translate("Visit", "Try again"), "hint", self)
        self.again.hide()
        self.again.clicked.connect(self.retry)
        self.undo_button = Button("", icon=icons.icon("undo"), parent=self)
        self.undo_button.setAccessibleName(translate("Visit", "Undo"))
        self.undo_button.setToolTip(translate("Visit", "Undo"))
        self.undo_button.clicked.connect(self.undo)
        self.beside_button = Button(
            "", icon=icons.icon("patients" if self._enrolling else "enrol"), parent=self
        )
        self.beside_button.setAccessibleName(self._beside_words())
        self.beside_button.setToolTip(f"{self._beside_words()} (Ctrl+E)")
        self.beside_button.clicked.connect(self.beside)
        self.menu_button = Button("", icon=icons.icon("keys"), parent=self)
        self.menu_button.setAccessibleName(translate("Visit", "Commands and keys"))
        self.menu_button.setToolTip(translate("Visit", "Commands and keys"))
        self.menu_button.clicked.connect(lambda: menu.exec(self._under_menu_button()))
        self.review_button = PrimaryButton(self._review_words(False), parent=self)
        self.review_button.clicked.connect(self.review)
        self._saving = _beside(self, self.saved, self.again)
        self._buttons = (self.beside_button, self.menu_button, self.undo_button, self.review_button)
        self._acts = _beside(self, *self._buttons)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(theme.px(20), theme.px(8), theme.px(16), theme.px(8))
        self._lines.setSpacing(theme.px(2))
        self._first = QHBoxLayout()
        self._first.setSpacing(theme.px(12))
        self._lines.addLayout(self._first)
        self.set_state(state)

    @property
    def _enrolling(self) -> bool:
        return not self._session.visit.key

    def _beside_words(self) -> str:
        return translate("Visit", "Identity") if self._enrolling else translate("Visit", "Add event")

    def _review_words(self, short: bool) -> str:
        if self._enrolling:
            return translate("Visit", "Finish") if short else translate("Visit", "Finish the enrolment")
        return translate("Visit", "Review") if short else translate("Visit", "Review and sign")

    def _under_menu_button(self) -> QPoint:
        return self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft())

    def set_state(self, state: str) -> None:
        """Show the visit's state: draft, complete, signed, amending."""
        self.badge.set(words.visit_state(state), _TONES.get(state, "neutral"))
        self.review_button.setVisible(state not in ("signed", "void"))
        self.beside_button.setVisible(state != "void")
        self._arrange(self._mode())

    def show_line(self) -> None:
        """Say again what the answers may have changed."""
        self.line.setText(visit_line(self._session))
        self._arrange(self._mode())

    def set_undo(self, possible: bool) -> None:
        """Whether there is something to take back."""
        self.undo_button.setEnabled(possible)

    def set_saving(self, state: SaveState) -> None:
        """Say how saving goes. A failure stays in red, with what to do, until it is saved."""
        self._failed = state.kind == "failed"
        self.again.setVisible(self._failed)
        if state.kind == "failed" and state.error is not None:
            self.saved.set_ink("danger")
            text = translate("Visit", "Not saved. {reason} The answers stay on this screen.")
            self.saved.setText(text.format(reason=sentence(state.error)))
        else:
            self.saved.set_ink("muted")
            self.saved.setText(self._saving_words(state))
        self._arrange(self._mode())

    @staticmethod
    def _saving_words(state: SaveState) -> str:
        if state.kind == "saving":
            return translate("Visit", "Saving…")
        if state.kind == "saved" and state.when is not None:
            return _saved_words(state.when.astimezone().time())
        return ""

    def _mode(self) -> str:
        """The first of the arrangements that has room, in the order of `_MODES`; the first until it has a width."""
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            return self._shown or _MODES[0]
        able = _MODES[_MODES.index("tight") :] if self._failed else _MODES
        return next((mode for mode in able[:-1] if self._first_line(mode) <= self.width()), able[-1])

    def _first_line(self, mode: str) -> int:
        """The width that its first line needs, with the time of a save, whether or not there is one yet."""
        facts = QFontMetrics(self.line.font()).horizontalAdvance(self.line.text())
        saved = QFontMetrics(self.saved.font()).horizontalAdvance(_saved_words(_LATEST))
        widths = [part.sizeHint().width() for part in (self.back_button, self.code, self.badge)]
        widths += {"tight": [], "narrow": [saved]}.get(mode, [facts, saved])
        shown = [one for one in self._buttons if not one.isHidden()]
        words = self._act_words(mode)
        acts = sum(one.width_with(words.get(one, "")) + theme.px(6) for one in shown)
        margins, gap = self._lines.contentsMargins(), self._first.spacing()
        return sum(widths) + acts + gap * (len(widths) + 1) + margins.left() + margins.right()

    def _act_words(self, mode: str) -> dict[Button, str]:
        return {
            self.review_button: self._review_words(mode in ("tight", "small")),
            self.beside_button: self._beside_words() if mode == "wide" else "",
        }

    def _arrange(self, mode: str) -> None:
        self._saving.setVisible(bool(self.saved.text()))
        if mode == self._shown:
            return
        self._shown = mode
        one, low = mode in ("wide", "short"), mode in ("tight", "small")
        for button, text in self._act_words(mode).items():
            button.setText(text)
        while self._first.count():
            self._first.takeAt(0)
        while self._lines.count() > 1:
            self._lines.takeAt(1)
        facts, badge, saving = (
            self._first if on_first else self._lines for on_first in (one, mode != "small", not low)
        )
        self._first.addWidget(self.back_button)
        self._first.addWidget(self.code)
        facts.addWidget(self.line)
        badge.addWidget(self.badge)
        self._first.addStretch(1)
        saving.addWidget(self._saving)
        self._first.addWidget(self._acts)
        self.line.setWordWrap(not one)
        self.saved.setWordWrap(low)

    def minimumSizeHint(self) -> QSize:
        """Small: with less room it takes more lines."""
        return QSize(theme.px(300), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self._mode())


def _saved_words(when: time) -> str:
    return translate("Visit", "Saved {time}").format(time=f"{when:%H:%M:%S}")


def _beside(parent: QWidget, *parts: QWidget) -> QWidget:
    """Widgets beside each other, as one that can be moved."""
    holder = QWidget(parent)
    box = QHBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(theme.px(6))
    for part in parts:
        box.addWidget(part)
    return holder
