"""The history of one question: a line for each value with who, when and why; Escape closes it."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui import texts, theme
from anifro_desktop.ui.messages import Dialog
from anifro_desktop.ui.rows import Column, Rows
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets import Button, Hint, Text
from anifro_desktop.workflows.audit import papers
from anifro_desktop.workflows.audit.model import History

_ROWS_SHOWN = 8


class HistoryDialog(Dialog):
    """erase: the button for a name that was typed there, for who may erase one."""

    erase: Button | None = None


def show_history(
    parent: QWidget,
    history: History,
    print_it: Callable[[], object] | None = None,
    erase: Callable[[], object] | None = None,
) -> HistoryDialog:
    """Open the dialog; the newest value stands first. print_it, erase: what its buttons for printing and for erasing a
    name typed there do."""
    lang = texts.language()
    dialog = HistoryDialog(history.question.get(lang), "", parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    room = parent.window().width() - theme.px(24)
    dialog.setMaximumWidth(min(theme.px(940), room))
    dialog.setMinimumWidth(min(theme.px(900), room))
    dialog.body.addWidget(Hint(history.place.get(lang), dialog))
    if history.values:
        table = _table(history, lang)
        whole = Text("", parent=dialog)
        table.current.connect(lambda row: whole.setText(_whole(row)))
        whole.setText(_whole(table.item))
        dialog.body.addWidget(table, 1)
        dialog.body.addWidget(whole)
    else:
        words = translate("Audit", "This question was never answered here.")
        if history.computed:
            words = translate(
                "Audit", "The program works this out; it is kept when the form is completed, not before."
            )
        dialog.body.addWidget(Hint(words, dialog))
    close = dialog.add_act(translate("Audit", "Close"), main=print_it is None)
    if print_it is not None and history.values:
        dialog.add_act(translate("Audit", "Print…"), print_it)
    if erase is not None and history.values and not history.computed:
        dialog.erase = dialog.add_act(translate("Audit", "Erase an identity typed here…"), erase)
    dialog.open()
    (dialog.findChild(Rows) or close).setFocus()
    return dialog


def _whole(row: tuple[str, ...] | None) -> str:
    """A line in full, since cells are cut where they are too narrow."""
    return "" if row is None else "\n".join(part for part in (f"{row[0]} · {row[1]}", row[2], row[4]) if part)


def _table(history: History, lang: str) -> Rows:
    rows = [papers.item_row(history, number, lang) for number in range(len(history.values))][::-1]
    titles = (
        (translate("Audit", "When"), 228, 0),
        (translate("Audit", "Who"), 170, 2),
        (translate("Audit", "Value"), 180, 0),
        (translate("Audit", "Version"), 90, 3),
        (translate("Audit", "Why"), 150, 1),
    )
    columns = [
        Column(title, itemgetter(at), width, strong=at == 2, drop=drop)
        for at, (title, width, drop) in enumerate(titles)
    ]
    table = Rows(translate("Audit", "Values, the newest first"), columns, stretch=4)
    table.show_items(rows)
    table.setMinimumHeight(theme.px(40) * min(len(rows), _ROWS_SHOWN) + theme.px(38))
    return table
