"""Choosing a patient of the site, by code or name: a line to type into, and the list it narrows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anifro_desktop.identity import folded
from anifro_desktop.study.subject_code import check_code
from anifro_desktop.ui import theme, worklist
from anifro_desktop.ui.rows import Column, Rows
from anifro_desktop.ui.search import SearchLine
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets import Hint
from anifro_desktop.ui.words import patient_status
from anifro_desktop.workflows.model import PatientRow

_LINES = 3


class PatientPicker(QWidget):
    """The patient on whom the cursor stands is the one chosen.

    name: what is chosen, for a screen reader. alike: whether patients who are like one in question are to be offered.
    """

    chosen = Signal(object)  # the PatientRow, None where nobody matches

    def __init__(
        self, name: str, hide_names: bool, alike: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows: Sequence[PatientRow] = ()
        self._alike: dict[str, int] = {}
        self.search = SearchLine(30)
        prompt = translate("Picker", "Study code or name")
        self.search.setPlaceholderText(prompt)
        self.search.setAccessibleName(f"{name}: {prompt}")
        self.search.textChanged.connect(lambda _text: self._list())
        self.search.down.connect(self._to_list)
        self.search.returnPressed.connect(self._to_list)
        self.none = Hint("")
        columns = (
            worklist.code_column(),
            worklist.name_column(hide_names),
            Column(translate("Picker", "Status"), lambda row: patient_status(row.status), 120, drop=1),
            Column(translate("Picker", "Alike"), self._alike_words, 80, drop=2),
        )
        self.table = Rows(name, columns if alike else columns[:3])
        self.table.setFixedHeight(theme.px(40) * _LINES + theme.px(36))
        self.table.current.connect(self.chosen)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.search)
        box.addWidget(self.none)
        box.addWidget(self.table)
        self.setFocusProxy(self.search)

    @property
    def row(self) -> PatientRow | None:
        """The patient chosen."""
        return self.table.item

    def offer(self, rows: Sequence[PatientRow], alike: dict[str, int] | None = None) -> None:
        """Offer these patients. alike: how much some are like the one in question (0 to 100); they are listed before
        anything is typed, and nobody else is, so that nobody is chosen by accident."""
        self._alike = alike or {}
        self._rows = sorted(rows, key=lambda row: (-self._alike.get(row.subject, 0), row.subject))
        self._list()

    def _list(self) -> None:
        wanted, code = folded(self.search.text()), check_code(self.search.text())
        found = [
            row
            for row in self._rows
            if row.subject == code
            or (wanted and (wanted in folded(row.name) or wanted in folded(row.subject)))
            or (not wanted and row.subject in self._alike)
        ]
        self.table.show_items(found, key=lambda row: row.subject)
        self.table.setVisible(bool(found))
        self.none.setText(
            translate("Picker", "Nobody here matches what was typed.")
            if wanted
            else translate("Picker", "Type the code or the name.")
        )
        self.none.setVisible(not found)

    def _to_list(self) -> None:
        self.table.setFocus()

    def _alike_words(self, row: PatientRow) -> str:
        share = self._alike.get(row.subject)
        return "–" if share is None else f"{share} %"
