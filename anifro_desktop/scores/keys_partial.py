"""The kind of key that holds a day known perhaps only to its month or year: `2026-03-14`, `2026-03`, `2026`.

Such a day is never guessed: it is read as the first and the last day that it can be, and what follows from
it is definite only where both say the same.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from anifro_desktop.scores.faults import Fault, not_allowed
from anifro_desktop.scores.keys_time import FIRST_YEAR, LAST_YEAR, is_day

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A day of the calendar, or the month or year it lies in, as text."""

    def allowed(self) -> str:
        """What may be given."""
        return (
            f"a date such as 2026-03-14, 2026-03 or 2026 (years {FIRST_YEAR} to {LAST_YEAR}), or null"
            f"|una data come 2026-03-14, 2026-03 o 2026 (anni dal {FIRST_YEAR} al {LAST_YEAR}), o null"
        )

    def faults(self, value: Any, place: str, path: str) -> list[Fault]:
        """Another form, or a day that does not exist."""
        return [] if _is_partial(value) else [not_allowed(self.allowed(), place, path)]


def first_and_last(text: str) -> tuple[date, date]:
    """The first and the last day that a valid answer of the kind PartialDay can be."""
    year = int(text[:4])
    if len(text) == 4:
        return date(year, 1, 1), date(year, 12, 31)
    if len(text) == 7:
        month = int(text[5:])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    day = date.fromisoformat(text)
    return day, day


def _is_partial(value: Any) -> bool:
    if is_day(value):
        return True
    if not isinstance(value, str) or not (_MONTH.fullmatch(value) or _YEAR.fullmatch(value)):
        return False
    return FIRST_YEAR <= int(value[:4]) <= LAST_YEAR
