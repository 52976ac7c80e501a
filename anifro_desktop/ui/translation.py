"""The two languages of the window's own texts, switched while it runs.

The `.ts` sources lie in `resources/i18n`, the compiled `.qm` beside this file in `i18n`; Qt's own buttons come from
Qt's `qtbase_*.qm`. English is loaded too: its file holds the plural forms. Study wording is not here but in the form
definitions, which carry both languages.

Instants are shown in the computer's time zone by fixed patterns, never by Qt's locale: its Italian short date is
`dd/MM/yy` and reads a year back wrongly.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

if TYPE_CHECKING:
    from datetime import datetime

FOLDER = Path(__file__).parent / "i18n"


class Translations:
    """Installs one language at a time; holds the translators, which Qt does not own."""

    def __init__(self) -> None:
        self.language = ""
        self._installed: list[QTranslator] = []

    def use(self, language: str) -> None:
        """Speak `it` or `en` from now on. Widgets made before keep their texts until they are made again."""
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self._installed = []
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for folder, name in ((qt_folder, f"qtbase_{language}"), (str(FOLDER), f"anifro_{language}")):
            translator = QTranslator()
            if translator.load(name, folder):
                QCoreApplication.installTranslator(translator)
                self._installed.append(translator)
        QLocale.setDefault(QLocale("it_IT" if language == "it" else "en_GB"))
        self.language = language


def day_time(value: datetime | None) -> str:
    """An instant in the computer's time zone, `dd/MM/yyyy HH:MM`; a dash where there is none."""
    if value is None:
        return "–"
    return f"{_here(value):%d/%m/%Y %H:%M}"


def clock(value: datetime) -> str:
    """The time of an instant in the computer's time zone, `HH:MM:SS`."""
    return f"{_here(value):%H:%M:%S}"


def _here(value: datetime) -> datetime:
    from datetime import UTC  # no instant stands on the first screen

    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone()
