"""Lists whose words are too long for their columns."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from anifro_desktop.ui import theme
from anifro_desktop.ui.rows import Column, Rows

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LONG = "sperimentatore, amministratore del centro, inserimento dati, monitor"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_column_that_wraps_makes_its_row_as_high_as_its_words(qtbot, qapp, scale: float) -> None:
    theme.apply(qapp, "light", scale)
    columns = (
        Column("Code", str, 60),
        Column("Roles", lambda one: LONG if one == "U01" else one, 150, wraps=True),
    )
    rows = Rows("People", columns, unrolled=True)
    qtbot.addWidget(rows)
    rows.show_items(["U01", "U02"], key=str)
    rows.resize(theme.px(240), 400)
    rows.show()
    qtbot.waitUntil(lambda: rows.rowHeight(0) > theme.px(40))
    room = rows.columnWidth(1) - theme.px(16)
    flags = Qt.TextFlag.TextWordWrap.value
    metrics = QFontMetrics(theme.font("body"))
    assert metrics.boundingRect(QRect(0, 0, room, 9999), flags, LONG).height() <= rows.rowHeight(0)
    assert rows.rowHeight(1) == theme.px(40)
    assert rows.visualRect(rows.model().index(1, 0)).bottom() < rows.viewport().height(), "no row is hidden"
    rows.resize(theme.px(900), 400)
    qtbot.waitUntil(lambda: rows.rowHeight(0) == theme.px(40))
