"""What the computer, the data folder and the databases refuse."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

MACHINE: Mapping[str, Any] = MappingProxyType(
    {
        "environment": QT_TRANSLATE_NOOP(
            "Refusals", "This computer cannot do it now: try again, and if it happens again call the centre."
        ),
        "files": QT_TRANSLATE_NOOP(
            "Refusals",
            "A file could not be read or written: check that the disk or stick is connected and try again.",
        ),
        "cannot_write": QT_TRANSLATE_NOOP(
            "Refusals", "A file could not be written: check that the folder may be written to and try again."
        ),
        "disk_full": QT_TRANSLATE_NOOP(
            "Refusals", "The disk is full: free some space and try again. Nothing was changed."
        ),
        "folder_closed": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing can be written into the folder {name}: check that it is there and that you may write to it, or "
            "choose another one.",
        ),
        "folder_gone": QT_TRANSLATE_NOOP(
            "Refusals", "The folder or the stick is not there: connect it again and try again."
        ),
        "cannot_read": QT_TRANSLATE_NOOP(
            "Refusals", "The file cannot be read: check that it is there and that its stick is connected."
        ),
        "not_regular": QT_TRANSLATE_NOOP(
            "Refusals", "This is not an ordinary file: choose the file itself, not a link or a folder."
        ),
        "too_large": QT_TRANSLATE_NOOP(
            "Refusals", "The file is larger than any file of the study: check that the right one was chosen."
        ),
        "bad_json": QT_TRANSLATE_NOOP("Refusals", "The file is damaged: get it again from its source."),
        "other_instance": QT_TRANSLATE_NOOP(
            "Refusals", "The program is already open on this data: use its window, or close it first."
        ),
        "unsafe_folder.network": QT_TRANSLATE_NOOP(
            "Refusals",
            "The data folder lies on a network share, where databases get damaged: choose a folder on "
            "this computer's disk.",
        ),
        "unsafe_folder.cloud": QT_TRANSLATE_NOOP(
            "Refusals",
            "The data folder is synchronised with a cloud service, where databases get damaged: choose "
            "another folder on this computer.",
        ),
        "server_trouble": QT_TRANSLATE_NOOP(
            "Refusals", "The database server cannot be used: check that it runs, its address and the network."
        ),
        "not_on_server": QT_TRANSLATE_NOOP(
            "Refusals", "These data lie on a database server, not in a file: let the server make its backups."
        ),
        "not_storable": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was saved, because a value in it is none that the database can hold: report it to the "
            "study's technical support.",
        ),
        "old_sqlite": QT_TRANSLATE_NOOP(
            "Refusals",
            "The database library {version} is too old to keep data safely: install this program again.",
        ),
        "kdf_memory": QT_TRANSLATE_NOOP(
            "Refusals", "Unlocking needs {mebibytes} MB of free memory: close other programs and try again."
        ),
        "definition_faults": QT_TRANSLATE_NOOP(
            "Refusals", "The forms of this installation are damaged: install this program again."
        ),
        "protocol_faults": QT_TRANSLATE_NOOP(
            "Refusals", "The protocol settings of this installation are damaged: install this program again."
        ),
        "wording_faults": QT_TRANSLATE_NOOP(
            "Refusals", "The wording was not loaded: correct the file and load it again."
        ),
        "vault_exists": QT_TRANSLATE_NOOP(
            "Refusals",
            "This folder already holds a site: unlock it, or choose an empty folder for a new one.",
        ),
        "vault_missing": QT_TRANSLATE_NOOP(
            "Refusals",
            "The key file keyslots.json is missing from the data folder: choose the right folder or "
            "restore it from a backup.",
        ),
        "vault_damaged": QT_TRANSLATE_NOOP(
            "Refusals",
            "The key file and its copy are damaged or were changed: restore keyslots.json from a backup. "
            "The data itself was not touched.",
        ),
        "vault_missing.alone": QT_TRANSLATE_NOOP(
            "Refusals",
            "The key file keyslots.json is gone, and the data in this folder do not open without it: look for it where "
            "it was moved, copy it from the newest backup, or put that backup back.",
        ),
        "database_missing": QT_TRANSLATE_NOOP(
            "Refusals",
            "{name} is missing from the data folder: look for it where it was moved, or restore a backup.",
        ),
        "database_damaged": QT_TRANSLATE_NOOP(
            "Refusals",
            "{name} is damaged, or is not the file its key belongs to: nothing was changed. Restore a backup.",
        ),
        "newer_schema": QT_TRANSLATE_NOOP(
            "Refusals", "{name} was written by a newer version of this program: install that version."
        ),
        "store": QT_TRANSLATE_NOOP(
            "Refusals",
            "The data could not be used: close the program, open it again and call the centre if it "
            "happens again.",
        ),
        "store_environment": QT_TRANSLATE_NOOP(
            "Refusals", "This computer did not let the data be used: try again."
        ),
        "output_refused.there": QT_TRANSLATE_NOOP(
            "Refusals", "There is a file {name} already, and nothing is written over it: choose another name."
        ),
        "output_refused.folder": QT_TRANSLATE_NOOP(
            "Refusals", "{name} is a folder of the data themselves: choose another folder."
        ),
        "output_refused.data": QT_TRANSLATE_NOOP(
            "Refusals", "{name} would stand among the data themselves: choose another folder."
        ),
        "not_compacted": QT_TRANSLATE_NOOP(
            "Refusals",
            "It is erased in the data and the trail, but the file could not be written anew, since the disk is full or"
            " failed, and may still hold it: make room and do the same once more.",
        ),
        "cannot_save.full": QT_TRANSLATE_NOOP(
            "Refusals", "Nothing was saved, because the disk is full: free some space and try again."
        ),
        "cannot_save.readonly": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was saved, because the data folder may not be written to: check its permissions and "
            "try again.",
        ),
        "cannot_save.busy": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was saved, because another program is using the data: close it and try again.",
        ),
        "cannot_save.io": QT_TRANSLATE_NOOP(
            "Refusals",
            "Nothing was saved, because the disk reported an error: try again, and if it happens again "
            "copy the data folder to another disk.",
        ),
        "cannot_save": QT_TRANSLATE_NOOP("Refusals", "Nothing was saved: try again."),
        "no_site_here": QT_TRANSLATE_NOOP(
            "Refusals",
            "This folder belongs to a coordinating centre, not to a site: choose the site's folder.",
        ),
    }
)
