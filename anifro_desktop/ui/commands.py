"""Every command of the window once: words, keys, group. The menu, the sheet of keys and Find are made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.messages import Dialog
from anifro_desktop.ui.page import Scroll
from anifro_desktop.ui.widgets import Heading, Text

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done from anywhere. keys: as Qt reads them, empty for none."""

    group: str
    text: str
    keys: str
    act: Callable[[], object]


def make_actions(commands: Sequence[Command], parent: QWidget) -> list[QAction]:
    """The commands with their keys in force while `parent` is shown."""
    actions = []
    for command in commands:
        action = QAction(command.text, parent)
        if command.keys:
            action.setShortcut(QKeySequence(command.keys))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False, act=command.act: act())
        parent.addAction(action)
        actions.append(action)
    return actions


def add_key(owner: QWidget, keys: str, act: Callable[[], object], alone: bool = False) -> None:
    """A key in force while `owner` or what is in it has the focus. alone: only `owner` itself, as for bare letters."""
    action = QAction(owner)
    action.setShortcut(QKeySequence(keys))
    context = Qt.ShortcutContext
    action.setShortcutContext(context.WidgetShortcut if alone else context.WidgetWithChildrenShortcut)
    action.triggered.connect(lambda _checked=False: act())
    owner.addAction(action)


def make_menu(commands: Sequence[Command], actions: Sequence[QAction], parent: QWidget) -> QMenu:
    """All commands, group by group."""
    menu = QMenu(parent)
    menu.setAccessibleName(translate("Commands", "Menu"))
    group = ""
    for command, action in zip(commands, actions, strict=True):
        if command.group != group:
            menu.addSection(command.group)
            group = command.group
        menu.addAction(action)
    return menu


def keys_sheet(groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], parent: QWidget) -> Dialog:
    """One sheet of all keys: groups of (keys, what they do)."""
    dialog = Dialog(translate("Commands", "Keys"), "", parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    inner = QWidget()
    grid = QGridLayout(inner)
    grid.setContentsMargins(0, 0, theme.px(8), 0)
    grid.setHorizontalSpacing(theme.px(20))
    grid.setVerticalSpacing(theme.px(5))
    grid.setColumnStretch(1, 1)
    row = 0
    for title, lines in groups:
        heading = Heading(title, 3)
        heading.setContentsMargins(0, theme.px(8) if row else 0, 0, 0)
        grid.addWidget(heading, row, 0, 1, 2)
        row += 1
        for keys, words in lines:
            shown = Text(keys, "strong")
            shown.setWordWrap(False)
            grid.addWidget(shown, row, 0)
            grid.addWidget(Text(words), row, 1)
            row += 1
    grid.setRowStretch(row, 1)
    scroll = Scroll(dialog)
    scroll.setWidget(inner)
    scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    scroll.setAccessibleName(translate("Commands", "Keys"))
    scroll.setMinimumHeight(min(theme.px(460), 440))
    dialog.body.addWidget(scroll)
    dialog.setMaximumWidth(1200)
    dialog.setMinimumWidth(min(theme.px(560), 1100))
    dialog.add_act(translate("Commands", "Close the sheet"), main=True)
    dialog.open()
    return dialog
