"""Putting a restored site in the place of the one that was there, so that a crash leaves one of the two whole.

The new site lies finished and verified in a folder inside the data folder. Writing the note `restore.json` is the
moment at which it becomes the site; what follows only moves files, and whoever comes to the door next goes on with it:

    old files -> before-restore-...    new files -> their places    the note is deleted

Rules kept here:
- Before the note there is the old site, untouched; after it, the new one. No file is deleted, none replaced.
- Each kind of move is durable before the next begins, so that no power cut leaves a name with no file.
- Imports no cipher and no database: the unlock screen waits for it.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from anifro_desktop.errors import Refusal
from anifro_desktop.files import (
    cannot_write,
    fsync_folder,
    make_folder,
    move,
    read_regular,
    strict_json,
    write_atomic,
)
from anifro_desktop.record import canonical
from anifro_desktop.store.backup_errors import RestoreStuck
from anifro_desktop.store.doorplate import COPY, FILE, LIMIT, WORKSHOP

FORMAT = "anifro/restore/v1"
NOTE = "restore.json"
STAGING, ASIDE = ".restore-", "before-restore-"
_LIMIT = 1 << 16
_STAGING = re.compile(re.escape(STAGING) + r"[0-9a-f]{8}")
_ASIDE = re.compile(re.escape(ASIDE) + r"[0-9TZ]{16}-[0-9a-f]{4}")
# What makes up a site: all of it is moved aside together, a WAL above all, which belongs to its own database only.
_SITE = re.compile(
    r"(clinical|identity|centre)\.db(-wal|-shm|-journal)?|keyslots\.json(\.bak)?|(identity-)?anchor\.(json|now)|wording\.json"
    r"|epoch\.json|server\.json|quarantine|(centre|escrow)-[A-Za-z0-9]{2,16}-v[0-9]{1,6}(\.keyset)?\.json|card-[0-9A-Z]{2,8}-[0-9a-f]{8}\.anfk"
)


@dataclass(frozen=True, slots=True)
class Swap:
    """What the note says: the folder of the new files, the folder for the old ones, and the names of both."""

    staging: str
    aside: str
    coming: tuple[str, ...]
    going: tuple[str, ...]


def new_staging() -> str:
    """A name for the folder in which a restored site is finished."""
    return f"{STAGING}{secrets.token_hex(4)}"


def commit(folder: Path, staging: Path, stamp: str) -> Path | None:
    """Put the site of a staging folder in the place of the one in the folder, whose lock the caller holds.

    stamp: `20261123T090000Z`, of the folder for the old files; that folder is returned if there were any.

    Raises:
        CannotWrite: if the note could not be written, nothing was changed; else the next opening goes on.
    """
    swap = Swap(
        staging.name,
        f"{ASIDE}{stamp}-{secrets.token_hex(2)}",
        tuple(sorted(path.name for path in staging.iterdir() if _SITE.fullmatch(path.name))),
        tuple(sorted(path.name for path in folder.iterdir() if _SITE.fullmatch(path.name))),
    )
    note = {
        "format": FORMAT,
        "staging": swap.staging,
        "aside": swap.aside,
        "coming": list(swap.coming),
        "going": list(swap.going),
    }
    write_atomic(folder / NOTE, canonical(note) + b"\n")
    finish(folder)
    return folder / swap.aside if swap.going else None


def pending(folder: Path) -> bool:
    """Whether a restore was interrupted after its note."""
    return (folder / NOTE).exists()


def finish(folder: Path) -> None:
    """Go on with what a note says, if there is one, and with a making that was cut short at its last move. The caller
    holds the folder's lock.

    Raises:
        RestoreStuck: the note cannot be read. CannotWrite: the next opening tries again.
    """
    _let_in(folder)
    if not pending(folder):
        return
    swap = _read(folder / NOTE)
    staging, aside = folder / swap.staging, folder / swap.aside
    if swap.going:
        make_folder(aside)
        fsync_folder(folder)
    arrived = {name for name in swap.coming if not (staging / name).exists()}
    for name in swap.going:
        if name not in arrived and (folder / name).exists():
            move(folder / name, _free(aside / name))
    # The key file last: a program that knows nothing of notes sees no site before it.
    for name in sorted(swap.coming, key=lambda name: (name.startswith("keyslots"), name)):
        if name not in arrived:
            move(staging / name, folder / name)
    _forget(folder / NOTE)
    shutil.rmtree(staging, ignore_errors=True)


def _let_in(folder: Path) -> None:
    """The key file of a new site, which comes last, from its workshop when its copy is there already; then workshops
    are of no use any more."""
    made = [*folder.glob(f"{WORKSHOP}*/{FILE}")] if (folder / COPY).exists() else []
    for left in made:
        if not (folder / FILE).exists() and read_regular(left, LIMIT) == read_regular(folder / COPY, LIMIT):
            move(left, folder / FILE)
    if (folder / FILE).exists():
        for workshop in folder.glob(f"{WORKSHOP}*"):
            shutil.rmtree(workshop, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Delete what restores left that were interrupted before their note."""
    if not pending(folder):
        for path in folder.glob(f"{STAGING}*"):
            shutil.rmtree(path, ignore_errors=True)


def _forget(note: Path) -> None:
    try:
        note.unlink()
    except OSError as error:
        raise cannot_write(note, error) from error
    fsync_folder(note.parent)


def _free(path: Path) -> Path:
    return path if not path.exists() else path.with_name(f"{path.name}.{secrets.token_hex(4)}")


def _read(path: Path) -> Swap:
    try:
        match strict_json(read_regular(path, _LIMIT)):
            case {
                "format": "anifro/restore/v1",
                "staging": str(staging),
                "aside": str(aside),
                "coming": list(coming),
                "going": list(going),
            } if _STAGING.fullmatch(staging) and _ASIDE.fullmatch(aside):
                return Swap(staging, aside, _names(coming), _names(going))
    except Refusal as error:
        raise RestoreStuck from error
    raise RestoreStuck


def _names(found: Collection[object]) -> tuple[str, ...]:
    names = tuple(name for name in found if isinstance(name, str) and _SITE.fullmatch(name))
    if len(names) != len(found):
        raise RestoreStuck
    return names
