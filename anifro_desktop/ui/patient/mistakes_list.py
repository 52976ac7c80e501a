"""What was declared a mistake for a patient: what it was, who said so, when and why; Enter opens it, to be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from anifro_desktop.forms.model import Definitions
from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.entry_words import entry_name
from anifro_desktop.ui.messages import Dialog
from anifro_desktop.ui.rows import Column, Rows
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.translation import day_time

if TYPE_CHECKING:
    from anifro_desktop.workflows.voided import Voided

REASONS = "void_reason"


def show(desk: Desk, subject: str, chosen: Callable[[str], object], parent: QWidget) -> None:
    """Read the mistakes, then list them; `chosen` is told the key of the one to open."""
    site = desk.site

    def read() -> list[Voided]:
        from anifro_desktop.workflows import voided

        return voided.voided(site, subject)

    desk.run(parent, read, lambda found: _open(site.definitions, found, chosen, parent))


def _open(
    definitions: Definitions, found: Sequence[Voided], chosen: Callable[[str], object], parent: QWidget
) -> None:
    words = (
        translate("Mistakes", "They can be read, and count for nothing.")
        if found
        else translate("Mistakes", "Nothing was entered by mistake for this patient.")
    )
    dialog = Dialog(translate("Mistakes", "Entered by mistake"), words, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.add_act(translate("Mistakes", "Close"), main=not found)
    if found:
        dialog.setMaximumWidth(theme.px(760))
        dialog.setMinimumWidth(min(theme.px(700), parent.window().width() - theme.px(16)))
        table = Rows(translate("Mistakes", "Entered by mistake"), _columns(definitions), stretch=3)
        table.setMinimumHeight(theme.px(200))
        table.show_items(found)

        def go(item: Voided) -> None:
            dialog.accept()
            chosen(item.key)

        table.opened.connect(go)
        dialog.body.addWidget(table, 1)
        dialog.add_act(translate("Mistakes", "Open"), lambda: chosen(table.item.key), main=True)
    dialog.open()
    if found:
        table.setFocus()


def _columns(definitions: Definitions) -> tuple[Column, ...]:
    def reason(item: Voided) -> str:
        label = definitions.code_lists[REASONS].label(item.reason)
        known = "–" if label is None else label.get(texts.language())
        return f"{known}: {item.text}" if item.text else known

    return (
        Column(
            translate("Mistakes", "What"), lambda item: entry_name(definitions, item.was), 160, strong=True
        ),
        Column(translate("Mistakes", "When"), lambda item: day_time(item.when), 130),
        Column(translate("Mistakes", "Who"), lambda item: item.who, 60, drop=1),
        Column(translate("Mistakes", "Reason"), reason, 180),
    )
