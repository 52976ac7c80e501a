"""What is said of a place for backups wherever one is chosen."""

from __future__ import annotations

from anifro_desktop.ui.texts import translate


def near_words() -> str:
    """The warning where the second place is on the disk of the data."""
    return translate(
        "BackupCard", "Beware: it is on the same disk as the data, and a fault of the disk takes both."
    )
