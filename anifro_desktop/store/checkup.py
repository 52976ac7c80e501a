"""The full check of a site while somebody works in it: a copy is made quickly and looked through at leisure.

    copy = begin(...)   with the databases held still: their pages, and no more
    prove(copy)         the copy is opened and verified in full; needs nothing of the open site, on any thread

Rules kept here:
- Copying reads and proves every page of the living file; trail, rows, signatures and bundles are the same in the copy.
  What only the living file has, its anchors and its past, is for the quick check.
- The copy lies in the data folder, under the same keys, and is deleted; what a kill leaves is swept by the next.
"""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from anifro_desktop.files import make_folder
from anifro_desktop.store import copies
from anifro_desktop.store.database import Database
from anifro_desktop.store.errors import DatabaseDamaged
from anifro_desktop.store.findings import Finding
from anifro_desktop.store.room import check_room, databases_size
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.verify import verify

_START = ".verify-"
# What a copy cannot know: it has no anchors and no past of its own.
_OF_THE_PAST = frozenset(("key_file_mended", "key_file_untold", "anchor_damaged", "rolled_back"))


@dataclass(frozen=True, slots=True)
class Copy:
    """Databases copied to be checked. names: of the stores in it."""

    folder: Path
    keys: Keys
    names: tuple[str, ...]


def begin(data: Path, keys: Keys, stores: tuple[Database, ...]) -> Copy:
    """Copy open stores of a data folder into a folder of its own.

    Raises:
        NoRoom, DiskFull, CannotWrite, CannotSave: nothing was copied. DatabaseDamaged: pages that do not check.
    """
    for left in data.glob(f"{_START}*"):
        shutil.rmtree(left, ignore_errors=True)
    check_room(data, databases_size(data))
    folder = data / f"{_START}{secrets.token_hex(4)}"
    make_folder(folder)
    try:
        with copies.open_sources(*stores) as sources:
            for name, source in sources.items():
                copies.copy(source, folder / f"{name}.db")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Copy(folder, keys, tuple(store.NAME for store in stores))


def prove(copy: Copy) -> list[Finding]:
    """Everything wrong with the data in a copy, which is deleted.

    Raises:
        CannotSave: the disk is full or failed; nothing could be checked.
    """
    try:
        return [one for name in copy.names for one in _findings(copy, name) if one.code not in _OF_THE_PAST]
    finally:
        discard(copy)


def discard(copy: Copy) -> None:
    """Throw a copy away that nobody waits for any more."""
    shutil.rmtree(copy.folder, ignore_errors=True)


def _findings(copy: Copy, name: str) -> list[Finding]:
    kind = copies.STORES[name]
    try:
        store = kind(copy.folder, copy.keys) if name == "clinical" else _identities(copy)
    except DatabaseDamaged:
        return [Finding("page_damaged", {"name": f"{name}.db", "count": 1})]
    try:
        return verify(store)
    finally:
        store.close()


def _identities(copy: Copy) -> Database:
    from anifro_desktop.store.identities import IdentityStore

    return IdentityStore(copy.folder, copy.keys, _untold)


def _untold(*_: object, **__: object) -> None:
    """Nobody reads an identity in a check, so there is nothing to tell."""
