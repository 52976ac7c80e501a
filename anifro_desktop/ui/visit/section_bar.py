"""The section list on one line, for windows too narrow for it: back, the form on show with its count, on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from anifro_desktop.ui import icons, texts, theme
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.pages import FormPage
from anifro_desktop.ui.visit.section_list import count_text, status_text
from anifro_desktop.ui.widgets import Button, Surface


class SectionBar(Surface):
    """Opens the same forms as the list, from a menu."""

    opened = Signal(str)  # form id
    step = Signal(int)  # one form on (1) or back (-1)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", "b", parent)
        self._menu = QMenu(self)
        self.back = Button("", icon=icons.icon("chevron_left"), parent=self)
        self.back.setAccessibleName(translate("Sections", "Previous section"))
        self.back.clicked.connect(lambda: self.step.emit(-1))
        self.on = Button("", icon=icons.icon("chevron_right"), parent=self)
        self.on.setAccessibleName(translate("Sections", "Next section"))
        self.on.clicked.connect(lambda: self.step.emit(1))
        self.current = Button("", icon=icons.icon("menu"), parent=self)
        self.current.setMenu(self._menu)
        self.current.setMinimumWidth(theme.px(120))  # so that a long text never makes the page wider
        self._texts: tuple[str, ...] = ("",)
        box = QHBoxLayout(self)
        box.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(4))
        box.setSpacing(theme.px(6))
        box.addWidget(self.back)
        box.addWidget(self.current, 1)
        box.addWidget(self.on)

    def show_pages(self, pages: tuple[FormPage, ...], chosen: str) -> None:
        """Show where each form stands."""
        self._menu.clear()
        lang = texts.language()
        for page in pages:
            words = f"{page.form.label.get(lang)}  ({status_text(page)})"
            action = self._menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(lambda _=False, form=page.form.id: self.opened.emit(form))
            if page.form.id == chosen:
                text = f"{page.form.label.get(lang)} · {status_text(page)}"
                self._texts = text, f"{page.form.label.get(lang)} · {count_text(page)}"
                self._say()
                self.current.setAccessibleName(translate("Sections", "Section: {name}").format(name=text))
        ids = [page.form.id for page in pages]
        at = ids.index(chosen) if chosen in ids else 0
        self.back.setEnabled(at > 0)
        self.on.setEnabled(at < len(ids) - 1)

    def _say(self) -> None:
        """The form with its state and count; without the word where there is no room for it, as the menu and the
        accessible name still have it."""
        room = self.current.width()
        shown = [text.replace("&", "&&") for text in self._texts]
        self.current.setText(
            next((text for text in shown if self.current.width_with(text) <= room), shown[-1])
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.layout().activate()
        self._say()
