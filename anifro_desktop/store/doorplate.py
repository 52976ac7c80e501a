"""Who may unlock a folder, read without a key, a cipher or a database: what the unlock screen shows first.

Nothing is proved yet: signatures and MACs of the key file are checked when it is opened.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anifro_desktop.files import FilesError, StrictJsonError, read_regular, strict_json
from anifro_desktop.store.errors import VaultDamaged, VaultMissing

FILE, COPY = "keyslots.json", "keyslots.json.bak"
LIMIT = 1 << 22  # bytes; a key file has a few kilobytes for each passphrase that anybody ever had
WORKSHOP = ".new-"  # begins the name of the folder in which a site is made
_PARTS = ("clinical.db", "identity.db", "anchor.json", "anchor.now")
# States of an entry. Disabled may come back; removed, replaced and void ones hold no key and stay for their signatures.
ACTIVE, DISABLED, REMOVED, REPLACED = "active", "disabled", "removed", "replaced"
# Of a recovery sheet: the one in force, those before it, and one that was made and not yet confirmed as shown; the
# first and the last kind open the folder.
RECOVERY, VOID, MADE = "recovery", "void", "made"


@dataclass(frozen=True, slots=True)
class User:
    """A member of staff who may unlock. roles: `investigator`, `data_entry`, `site_admin`, `monitor`, and at the centre
    `data_manager`, `statistician`."""

    code: str
    name: str
    roles: tuple[str, ...]


def exists(folder: Path) -> bool:
    """Whether there is a key file or a copy of one."""
    return (folder / FILE).exists() or (folder / COPY).exists()


def bereft(folder: Path) -> bool:
    """Whether a site's databases, or where they stood, are here and its key file is not.

    What a making that was killed left is no site: its key file, which comes last, still lies in its workshop.
    """
    if exists(folder) or any(folder.glob(f"{WORKSHOP}*/{FILE}")):
        return False
    return any((folder / name).exists() for name in _PARTS)


def candidates(folder: Path) -> list[bytes]:
    """The key file and its copy, without the copy if it is the same.

    Raises:
        VaultMissing: neither is there; it says whether a site's databases are.
    """
    found: list[bytes] = []
    for name in (FILE, COPY):
        with contextlib.suppress(FilesError):
            found.append(read_regular(folder / name, LIMIT))
    if not found:
        raise VaultMissing("alone" if bereft(folder) else "")
    return list(dict.fromkeys(found))


def users(folder: Path) -> list[User]:
    """Who may unlock, in the order of the file.

    Raises:
        VaultMissing: no key file. VaultDamaged: neither it nor its copy can be read.
    """
    for raw in candidates(folder):
        with contextlib.suppress(StrictJsonError, KeyError, TypeError, AttributeError):
            data: Any = strict_json(raw)
            return list(_active(data["users"]))
    raise VaultDamaged("not readable")


def _active(entries: list[dict[str, Any]]) -> Iterator[User]:
    """Who may unlock; somebody whose passphrase was reset has a later entry and keeps the place of the first."""
    places = {str(entry["code"]): place for place, entry in reversed(list(enumerate(entries)))}
    for entry in sorted(entries, key=lambda entry: places[str(entry["code"])]):
        if entry["state"] == ACTIVE:
            yield User(str(entry["code"]), str(entry["name"]), tuple(str(role) for role in entry["roles"]))
