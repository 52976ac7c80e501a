"""Wrong passphrases of each user, counted in a file beside the key file: the next try waits longer each time.

Rules kept here:
- The count is of this computer and survives a restart; the right passphrase sets it to nothing.
- It slows down whoever guesses at the keyboard. Whoever copied the folder is slowed down by Argon2id alone.
- Neither a missing or damaged file nor a clock that jumped ever keeps anybody out for longer than `LONGEST_WAIT`.
"""

from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from anifro_desktop.files import (
    CannotWrite,
    FilesError,
    StrictJsonError,
    read_regular,
    strict_json,
    write_atomic,
)
from anifro_desktop.record import canonical
from anifro_desktop.store.doorplate import LIMIT

FILE = "attempts.json"
FREE_TRIES = 1
LONGEST_WAIT = 60  # seconds


@dataclass(frozen=True, slots=True)
class Failures:
    """How often in a row a user's passphrase was wrong, and when last; None if never."""

    count: int = 0
    last: datetime | None = None


def wait_after(count: int) -> int:
    """Seconds that the next try waits after so many wrong ones in a row: 0, 2, 4, 8 ... 60."""
    return 0 if count <= FREE_TRIES else min(2 ** (count - FREE_TRIES), LONGEST_WAIT)


def wait_left(folder: Path, user_code: str, now: datetime) -> int:
    """Seconds that a user still has to wait."""
    known = failures(folder, user_code)
    whole = wait_after(known.count)
    if not whole or known.last is None:
        return 0
    passed = (now - known.last).total_seconds()
    return 0 if passed >= whole else min(whole, math.ceil(whole - max(passed, 0)))


def failures(folder: Path, user_code: str) -> Failures:
    """The wrong tries of a user since the last right one."""
    return _read(folder).get(user_code, Failures())


def note_failure(folder: Path, user_code: str, now: datetime) -> int:
    """Count a wrong try; returns how long the next one waits, in seconds."""
    known = _read(folder)
    count = known.get(user_code, Failures()).count + 1
    _write(folder, known | {user_code: Failures(count, now)})
    return wait_after(count)


def forget(folder: Path, user_code: str) -> int:
    """Set a user's count to nothing; returns what it was."""
    known = _read(folder)
    before = known.pop(user_code, Failures()).count
    if before:
        _write(folder, known)
    return before


def _read(folder: Path) -> dict[str, Failures]:
    data: Any = None
    with contextlib.suppress(FilesError, StrictJsonError):
        data = strict_json(read_regular(folder / FILE, LIMIT))
    found: dict[str, Failures] = {}
    for code, entry in data.items() if isinstance(data, dict) else ():
        match entry:
            case {"count": int(count), "last": str(last)}:
                with contextlib.suppress(ValueError):
                    found[code] = Failures(count, datetime.fromisoformat(last))
    return found


def _write(folder: Path, known: dict[str, Failures]) -> None:
    data = {
        code: {"count": one.count, "last": one.last.isoformat() if one.last else ""}
        for code, one in sorted(known.items())
    }
    with contextlib.suppress(CannotWrite):  # never in the way of unlocking
        write_atomic(folder / FILE, canonical(data) + b"\n")
