"""Handing the recovery sheet to a printer, through the system's own dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from anifro_desktop.ui.people.sheet_paper import Page, paint_sheet


def ask_to_print(parent: QWidget, page: Page, done: Callable[[], object]) -> None:
    """Ask for a printer; print the page on it and call `done`, unless the dialog is left."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # slow to load, and seldom needed

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)

    def answered(result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            paint_sheet(printer, page)
            done()

    dialog.finished.connect(answered)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()
