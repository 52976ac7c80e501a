"""A dialog whose act takes a moment: asked, done on the worker, and closed only when it is done.

While it runs nothing can be pressed or closed in it; a refusal is said in it and all that was typed stays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import TextField
from anifro_desktop.ui.messages import Dialog, sentence
from anifro_desktop.ui.page import Scroll
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets import Banner, Hint


def work_bar(name: str) -> QProgressBar:
    """A bar that only says that something is being done. name: what, for assistive technology."""
    bar = QProgressBar()
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setFixedHeight(theme.px(6))
    bar.setAccessibleName(name)
    bar.hide()
    return bar


def waiting(error: Exception) -> str:
    """Why something was refused, and how long until the next try where one has to wait."""
    wait = int(getattr(error, "params", {}).get("wait", 0))
    words = sentence(error)
    if not wait:
        return words
    left = translate("People", "Seconds until the next try: {seconds}.").format(seconds=wait)
    return f"{words} {left}"


class _Fitting(Scroll):
    """As high as what it holds, where there is room; else it scrolls."""

    def __init__(self, inner: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setWidget(inner)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inner = self.widget()
        layout = inner.layout() if inner is not None else None
        if layout is None:
            return theme.px(80)
        # A field within a part of its own takes the least height of its words, be they wrapped there or not.
        return max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())

    def sizeHint(self) -> QSize:
        return QSize(theme.px(400), self.heightForWidth(max(self.width(), theme.px(400))))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), min(theme.px(80), self.sizeHint().height()))


class ActDialog(Dialog):
    """during: what is said while it is being done. Fill `rows`; then `finish` with the words of the act and the act."""

    def __init__(self, desk: Desk, title: str, text: str, during: str, parent: QWidget) -> None:
        super().__init__(title, text, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(min(theme.px(560), parent.window().width() - theme.px(16)))
        self._desk = desk
        self.busy = False
        self.banner = Banner("danger", self)
        inner = QWidget()
        self.rows = QVBoxLayout(inner)
        self.rows.setContentsMargins(0, 0, theme.px(4), 0)
        self.rows.setSpacing(theme.px(12))
        self.scroller = _Fitting(inner, self)
        self.body.addWidget(self.scroller)
        self.during = Hint(during, self)
        self.progress = work_bar(during)
        self.during.hide()

    def finish(self, words: str, act: Callable[[], object]) -> None:
        """Add what stands at the foot. act: what the main button does."""
        self.scroller.setVisible(self.rows.count() > 0)
        for part in (self.banner, self.during, self.progress):
            self.body.addWidget(part)
        self.back = self.add_act(translate("People", "Go back"))
        self.go = self.add_button(words, main=True)
        self.go.clicked.connect(act)

    def work(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """Do `work` on the worker; then close and `done`, or say why not."""
        self._show_busy(True)

        def answered(value: Any) -> None:
            self._show_busy(False)
            self.accept()
            done(value)

        self._desk.run(self, work, answered, self._refused)

    def _refused(self, error: Exception) -> None:
        self._show_busy(False)
        self.banner.say(waiting(error))

    def _show_busy(self, busy: bool) -> None:
        self.busy = busy
        self.go.setEnabled(not busy)
        self.back.setEnabled(not busy)
        self.during.setVisible(busy)
        self.progress.setVisible(busy)
        if busy:
            self.banner.hide()

    def reject(self) -> None:
        """Escape goes back, but not in the middle of the work."""
        if not self.busy:
            super().reject()


class ReasonDialog(ActDialog):
    """An act on somebody that needs a reason, which stands in the audit trail."""

    def __init__(self, desk: Desk, title: str, text: str, during: str, parent: QWidget) -> None:
        super().__init__(desk, title, text, during, parent)
        self.reason = TextField(
            translate("People", "Reason"), translate("People", "It stands in the audit trail"), 40
        )
        self.reason.edit.setMaxLength(200)
        self.rows.addWidget(self.reason)

    def given(self) -> str:
        """The reason; empty, and said at the field, where none was typed."""
        text = self.reason.text
        self.reason.say("" if text else translate("People", "Type the reason."))
        if not text:
            self.reason.edit.setFocus()
        return text
