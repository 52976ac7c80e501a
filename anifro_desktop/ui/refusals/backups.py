"""What backups, restores and archives refuse."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

BACKUPS: Mapping[str, Any] = MappingProxyType(
    {
        "no_room": QT_TRANSLATE_NOOP(
            "Refusals",
            "{needed} MB must be free on that disk and {free} MB are: free some space or choose another disk, "
            "and try again. Nothing was changed.",
        ),
        "no_backup": QT_TRANSLATE_NOOP(
            "Refusals", "There is no whole backup of this site here: make one first."
        ),
        "backup_place.missing": QT_TRANSLATE_NOOP(
            "Refusals",
            "The folder for the backups is not there: connect its disk or stick, or choose another folder.",
        ),
        "backup_place.cloud": QT_TRANSLATE_NOOP(
            "Refusals",
            "That folder is synchronised with a cloud service, and no identity may leave the hospital: choose "
            "a stick, another disk or a folder of the hospital's network.",
        ),
        "backup_place.inside": QT_TRANSLATE_NOOP(
            "Refusals",
            "That folder lies in the data folder, where one fault takes both: choose another disk or a stick.",
        ),
        "backup_missing": QT_TRANSLATE_NOOP(
            "Refusals", "This is not a backup: choose the folder whose name begins with backup-."
        ),
        "backup_damaged": QT_TRANSLATE_NOOP(
            "Refusals",
            "The backup {name} is damaged or was changed ({what}): choose another one. Nothing of this "
            "computer's data was touched.",
        ),
        "backup_unsound.1": QT_TRANSLATE_NOOP(
            "Refusals",
            "The check of the copy found 1 fault in the data, so it was not used; earlier backups are "
            "kept: check the data and call the centre.",
        ),
        "backup_unsound": QT_TRANSLATE_NOOP(
            "Refusals",
            "The check of the copy found {count} faults in the data, so it was not used; earlier backups are "
            "kept: check the data and call the centre.",
        ),
        "backup_foreign.site": QT_TRANSLATE_NOOP(
            "Refusals", "This backup is of another site: choose another one."
        ),
        "backup_foreign.writer": QT_TRANSLATE_NOOP(
            "Refusals", "This backup is of another computer of this site: choose another one."
        ),
        "backup_foreign.centre": QT_TRANSLATE_NOOP(
            "Refusals", "This is not the backup of a site: choose another one."
        ),
        "restore_stuck": QT_TRANSLATE_NOOP(
            "Refusals",
            "A restore was interrupted and its note cannot be read: leave the data folder as it is and call "
            "the centre.",
        ),
        "restore_stopped": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was changed: it was stopped before the backup took its place. Start again when ready.",
        ),
        "cannot_archive.reason": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was written: say why names are to be in the archive."
        ),
        "cannot_archive.inside": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was written: that folder is inside the data folder; choose another disk or a stick.",
        ),
        "cannot_archive.cloud": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was written: that folder is synchronised with a cloud service, and real dates may not leave "
            "the hospital; choose a stick or another disk.",
        ),
        "cannot_archive.there": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was written: an archive of this very second is there already; try again in a moment.",
        ),
        "cannot_archive.stopped": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was written: the archive was stopped before its end."
        ),
        "cannot_archive.none": QT_TRANSLATE_NOOP(
            "Refusals",
            "There is no archive in that folder: choose the one whose name begins with archive-.",
        ),
        "cannot_archive": QT_TRANSLATE_NOOP("Refusals", "Nothing was written: try again."),
    }
)
