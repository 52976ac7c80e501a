"""The recovery sheet around its making: whether one is still to be printed, and whether what was printed can be read.

Rules kept here:
- A sheet counts as kept only once two of its groups, chosen by chance, were typed back from the paper.
- A sheet that was used counts as not kept: it has left its envelope.
- One that was made and never confirmed as shown ends none of those before it, and is asked for again.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from anifro_desktop.store.errors import SheetMistyped
from anifro_desktop.workflows.people import SHEET_CHECKED, Sheet, sheet_shown

if TYPE_CHECKING:
    from anifro_desktop.workflows.site import Site

_ASKED = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """number: of the sheet that opens this site, 0 if none was made. kept: two of its groups were typed back, and it
    was not used since. unseen: number of the newest sheet that nobody confirmed as shown, which opens it too; 0 if
    there is none."""

    number: int
    kept: bool
    unseen: int = 0


def standing(site: Site) -> Standing:
    """How it is with the recovery sheet of an open site."""
    from anifro_desktop.store import sheet

    number = sheet_number(site.folder)
    kept = bool(number) and site.clinical.settings().get(SHEET_CHECKED) == number
    return Standing(number, kept, sheet.numbers(site.folder)[1])


def sheet_number(folder: Path) -> int:
    """The number of the sheet that opens a site, also a locked one: the one in force, else one that was made and not
    confirmed as shown; 0 if none was made."""
    from anifro_desktop.store import sheet

    in_force, unseen = sheet.numbers(folder)
    return in_force or unseen


def asked(sheet: Sheet) -> tuple[tuple[int, int], ...]:
    """Two groups by chance, each as row and place in it from 1, in the order of the paper."""
    places = [(row, group) for row, groups in enumerate(sheet.rows, 1) for group in range(1, len(groups) + 1)]
    return tuple(sorted(secrets.SystemRandom().sample(places, _ASKED)))


def reads(sheet: Sheet, place: tuple[int, int], typed: str) -> bool:
    """Whether a group was typed as it is printed; figures are read as the letters they were taken for."""
    from anifro_desktop.store import sheet as printed

    row, group = place
    rows = [list(groups) for groups in sheet.rows]
    whole = printed.typed(_text(rows))
    rows[row - 1][group - 1] = typed
    with contextlib.suppress(SheetMistyped):
        return printed.typed(_text(rows)) == whole
    return False


def keep(site: Site, number: int) -> None:
    """Note that the sheet of this number was read back from paper: it is in force, and those before it are ended.

    Raises:
        NotYourRole, SheetsBeside, NoSheet, InForce: see `people.sheet_shown`.
    """
    sheet_shown(site, number, read_back=True)


def wrong_rows(rows: Sequence[str]) -> tuple[int, ...]:
    """The rows, from 1, that are not as printed on any sheet."""
    from anifro_desktop.store import sheet

    right = [" ".join(groups) for groups in sheet.printed(bytes(sheet.SECRET_BYTES))]
    wrong = []
    for number, row in enumerate(rows):
        try:
            sheet.typed(" ".join([*right[:number], row, *right[number + 1 :]]))
        except SheetMistyped:
            wrong.append(number + 1)
    return tuple(wrong)


def _text(rows: Sequence[Sequence[str]]) -> str:
    return " ".join(group for groups in rows for group in groups)
