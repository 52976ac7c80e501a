"""The audit trail of one record, over its review: the newest entries first, each in full under the list; Escape closes
it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.messages import Dialog
from anifro_desktop.ui.rows import Column, Rows
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets import Hint, Text
from anifro_desktop.workflows.audit.model import Line


def show_trail(parent: QWidget, lines: Sequence[Line], count: int) -> Dialog:
    """Open the dialog. count: how many entries there are; the rest is on the page of the audit trail."""
    lang = texts.language()
    dialog = Dialog(translate("Audit", "Audit trail of this record"), "", parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    room = parent.window().width() - theme.px(24)
    dialog.setMaximumWidth(min(theme.px(980), room))
    dialog.setMinimumWidth(min(theme.px(940), room))
    table = Rows(
        translate("Audit", "Entries, the newest first"),
        (
            Column(translate("Audit", "When"), lambda line: f"{line.when:%d/%m/%Y %H:%M:%S}", 160),
            Column(translate("Audit", "Who"), lambda line: f"{line.who} {line.name}".strip(), 150, drop=2),
            Column(translate("Audit", "What"), lambda line: line.what.get(lang), 200, strong=True),
            Column(translate("Audit", "Change"), lambda line: line.change.get(lang), 200, drop=1),
            Column(translate("Audit", "Why"), lambda line: line.reason.get(lang), 150, drop=3),
        ),
        stretch=3,
    )
    whole = Text("", parent=dialog)
    table.current.connect(lambda line: whole.setText(_whole(line, lang)))
    table.show_items(lines, key=lambda line: line.number)
    table.setMinimumHeight(theme.px(220))
    whole.setText(_whole(table.item, lang))
    dialog.body.addWidget(table, 1)
    dialog.body.addWidget(whole)
    if count > len(lines):
        more = translate(
            "Audit", "The newest {shown} of {count}; all are on the page of the audit trail (Alt+5)."
        )
        dialog.body.addWidget(Hint(more.format(shown=len(lines), count=count), dialog))
    dialog.add_act(translate("Audit", "Close"), main=True)
    dialog.open()
    table.setFocus()
    return dialog


def _whole(line: Line | None, lang: str) -> str:
    """An entry in full, since cells are cut where they are too narrow."""
    if line is None:
        return ""
    parts = (line.place.get(lang), line.what.get(lang), line.change.get(lang), line.reason.get(lang))
    return " · ".join(part for part in parts if part)
