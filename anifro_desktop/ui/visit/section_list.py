"""The forms of the visit, each with its state by symbol and by word, and its count."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from anifro_desktop.ui import icons, texts, theme
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.pages import FormPage
from anifro_desktop.ui.widgets import Hint, Surface
from anifro_desktop.ui.widgets.buttons import paint_ring, paint_tick
from anifro_desktop.ui.widgets.progress import ProgressLine

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def status_text(page: FormPage) -> str:
    """`started · 18 of 24`: the state in a word, and the count where something is counted."""
    word = {
        "open": translate("Sections", "open"),
        "started": translate("Sections", "started"),
        "done": translate("Sections", "done"),
        "attention": translate("Sections", "to check"),
    }[page.status]
    return f"{word} · {count_text(page)}" if page.total else word


def count_text(page: FormPage) -> str:
    """`18 of 24`."""
    return translate("Sections", "{done} of {total}").format(done=page.done, total=page.total)


class SectionButton(QAbstractButton):
    """One form of the list."""

    def __init__(self, page: FormPage, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.page = page
        self.show_page(page)

    def nextCheckState(self) -> None:
        """A click tells, it does not choose."""

    def show_page(self, page: FormPage) -> None:
        """Show its progress now."""
        self.page = page
        self.setText(page.form.label.get(texts.language()))
        self.setAccessibleName(f"{self.text()}, {status_text(page)}")
        if self.heightForWidth(self.width()) != self.height():
            self.updateGeometry()
        self.update()

    def _room(self, width: int) -> int:
        """How wide a text of the button may be."""
        return width - theme.px(34) - theme.px(2)

    def _name_height(self, width: int) -> int:
        """As high as it is once it is chosen, so that choosing moves nothing."""
        room = QRect(0, 0, self._room(width), 1000)
        return QFontMetrics(theme.font("strong")).boundingRect(room, _WRAP, self.text()).height()

    def status_lines(self, width: int) -> tuple[str, ...]:
        """State and count on one line; on two where the button is too narrow for that."""
        text = status_text(self.page)
        fits = QFontMetrics(theme.font("small")).horizontalAdvance(text) <= self._room(width)
        return (text,) if fits else tuple(text.split(" · "))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = len(self.status_lines(width)) * QFontMetrics(theme.font("small")).height()
        return self._name_height(width) + lines + theme.px(12)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(180), self.heightForWidth(theme.px(180)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, attention = self.isChecked(), self.page.status == "attention"
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(7), theme.px(7))
        if chosen:
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(0, theme.px(7), theme.px(4), self.height() - theme.px(14)), 2, 2)
        self._paint_symbol(painter)
        ink = "warning" if attention else "accent" if chosen else "text"
        left = theme.px(34)
        room = QRect(left, theme.px(5), self._room(self.width()), self.height() - theme.px(10))
        painter.setFont(theme.font("strong" if chosen else "body"))
        painter.setPen(theme.colour(ink))
        name = painter.drawText(room, _WRAP, self.text())
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("warning" if attention else "muted"))
        painter.drawText(
            room.adjusted(0, name.height(), 0, 0), _WRAP, "\n".join(self.status_lines(self.width()))
        )
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme.px(7))

    def _paint_symbol(self, painter: QPainter) -> None:
        """✓ done, ● started, ○ open, a triangle where something is to be checked."""
        side = theme.px(13)
        box = QRectF(theme.px(12), theme.px(8), side, side)
        status = self.page.status
        if status == "attention":
            icons.paint(painter, box.adjusted(-2, -2, 2, 2), "alert", theme.colour("warning"))
        elif status == "done":
            paint_tick(painter, box, theme.colour("success"))
        else:
            ink = theme.colour("accent" if status == "started" else "muted")
            painter.setPen(QPen(ink, 1.6))
            painter.setBrush(ink if status == "started" else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box.adjusted(2, 2, -2, -2))


class SectionList(Surface):
    """The list at the left: one stop for Tab, up and down move in it, Enter opens."""

    opened = Signal(str)  # form id

    def __init__(self, pages: tuple[FormPage, ...], parent: QWidget | None = None) -> None:
        super().__init__("surface", "r", parent)
        self.setAccessibleName(translate("Sections", "Sections"))
        self._buttons: dict[str, SectionButton] = {}
        self._chosen = ""
        self._summary = Hint("", self)
        self._progress = ProgressLine(self)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(theme.px(10), theme.px(14), theme.px(10), theme.px(10))
        self._box.setSpacing(theme.px(2))
        self._box.addWidget(self._summary)
        self._box.addWidget(self._progress)
        self._box.addSpacing(theme.px(8))
        self._box.addStretch(1)
        self.show_pages(pages, "")

    def show_pages(self, pages: tuple[FormPage, ...], chosen: str) -> None:
        """Show where each form stands; forms that ask nothing any more are hidden."""
        self._chosen = chosen
        for page in pages:
            if page.form.id not in self._buttons:
                self._add(page)
        asked = {page.form.id: page for page in pages}
        for form, button in self._buttons.items():
            button.setVisible(form in asked)
            if form in asked and button.page != asked[form]:
                button.show_page(asked[form])
            button.setChecked(form == chosen)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if form == chosen else Qt.FocusPolicy.ClickFocus)
        self._summarise(pages)

    def _add(self, page: FormPage) -> None:
        button = SectionButton(page, self)
        button.clicked.connect(lambda: self.opened.emit(page.form.id))
        self._buttons[page.form.id] = button
        self._box.insertWidget(self._box.count() - 1, button)

    def _summarise(self, pages: tuple[FormPage, ...]) -> None:
        done = sum(page.done for page in pages)
        total = sum(page.total for page in pages)
        complete = sum(page.status == "done" for page in pages)
        text = translate("Sections", "{done} of {total} sections · {share} %")
        share = 100 * done // total if total else 100
        self._summary.setText(text.format(done=complete, total=len(pages), share=share))
        self._progress.set_share(done / total if total else 1.0)

    def focus_chosen(self) -> None:
        """Put the focus on the form on show."""
        if self._chosen in self._buttons:
            self._buttons[self._chosen].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move the focus; Enter opens what has it."""
        shown = [button for button in self._buttons.values() if not button.isHidden()]
        at = next((i for i, button in enumerate(shown) if button.hasFocus()), None)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if at is not None and step:
            shown[(at + step) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)
        elif at is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shown[at].click()
        else:
            event.ignore()
