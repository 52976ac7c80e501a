"""One file of a format, made while everybody is walked over: several files take one walk, and none is ever in memory.

What stands above the subjects may hang on all of them (how many rows there are, who signed): so it is asked for last,
and put above what was written meanwhile.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from anifro_desktop.centre.standards.history import Kept


def nothing(one: Kept) -> Iterator[str]:
    """What a file without subjects has of one."""
    return iter(())


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file. head: what stands above, of the number of pieces, asked for once all are made; of: the pieces of one
    subject; between: what stands between two of all; tail: what stands below."""

    name: str
    head: Callable[[int], str]
    of: Callable[[Kept], Iterable[str]] = nothing
    between: str = ""
    tail: str = ""


def write(folder: Path, sheets: Sequence[Sheet], everybody: Iterable[Kept]) -> None:
    """Write files into an empty folder, in one walk (OSError where that fails)."""
    bodies = [(folder / f"{one.name}.body").open("w+", encoding="utf-8", newline="") for one in sheets]
    try:
        counts = [0] * len(sheets)
        for kept in everybody:
            for number, (one, body) in enumerate(zip(sheets, bodies, strict=True)):
                counts[number] += _add(body, one, kept, counts[number])
        for one, body, count in zip(sheets, bodies, counts, strict=True):
            with (folder / one.name).open("w", encoding="utf-8", newline="") as file:
                file.write(one.head(count))
                body.seek(0)
                shutil.copyfileobj(body, file)
                file.write(one.tail)
    finally:
        for number, one in enumerate(sheets):
            bodies[number].close()
            (folder / f"{one.name}.body").unlink(missing_ok=True)


def _add(body: TextIO, sheet: Sheet, kept: Kept, before: int) -> int:
    """How many pieces were added."""
    count = 0
    for count, piece in enumerate(sheet.of(kept), 1):
        body.write((sheet.between if before + count > 1 else "") + piece)
    return count
