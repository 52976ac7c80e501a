"""What a person sets for this computer: language, scheme, text size, whether names are hidden.

Kept in `settings.ini` in the data folder, so that nothing of the program lies in a registry or a home folder. Never
holds anything about a patient or a passphrase. An unreadable or odd value falls back to its default: a damaged
settings file must not keep anybody from a patient.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, QSettings

LANGUAGES = ("it", "en")
SCHEMES = ("system", "light", "dark", "contrast")
TEXT_SIZES = (100, 125, 150, 175, 200, 250)
FILE = "settings.ini"


@dataclass(frozen=True, slots=True)
class Preferences:
    """language: `it` or `en`. scheme: one of `SCHEMES`. text: size in per cent, one of `TEXT_SIZES`.

    hide_names: names of patients are covered on the lists (somebody may look over the shoulder).
    """

    language: str = "it"
    scheme: str = "system"
    text: int = 100
    hide_names: bool = False


class _Session:
    """What is remembered until the program ends, and no longer."""

    maps = True


def body_maps() -> bool:
    """Whether joints and skin are shown as body maps; a table is the other way."""
    return _Session.maps


def prefer_body_maps(maps: bool) -> None:
    """Show joints and skin as body maps, or as tables, until the program ends."""
    _Session.maps = maps


def system_language() -> str:
    """English where the computer speaks English, else Italian: the study's first language."""
    return "en" if QLocale.system().language() == QLocale.Language.English else "it"


def load(folder: Path) -> Preferences:
    """The settings of this data folder, each odd or missing one replaced by its default."""
    store = QSettings(str(folder / FILE), QSettings.Format.IniFormat)
    language = str(store.value("language", ""))
    scheme = str(store.value("scheme", ""))
    text = str(store.value("text", ""))
    return Preferences(
        language=language if language in LANGUAGES else system_language(),
        scheme=scheme if scheme in SCHEMES else "system",
        text=int(text) if text in {str(size) for size in TEXT_SIZES} else 100,
        hide_names=str(store.value("hide_names", "")) == "true",
    )


def save(folder: Path, preferences: Preferences) -> bool:
    """Write the settings of this data folder. False where they could not be written (they still hold until the end)."""
    store = QSettings(str(folder / FILE), QSettings.Format.IniFormat)
    store.setValue("language", preferences.language)
    store.setValue("scheme", preferences.scheme)
    store.setValue("text", preferences.text)
    store.setValue("hide_names", "true" if preferences.hide_names else "false")
    store.sync()
    return store.status() == QSettings.Status.NoError
