"""A monitor's mark that a record was compared with its source: values that travel, and whether the mark still holds.

Rules kept here:
- A mark is about one version: of a whole form, or of one question. It is never changed; taking it back is another act.
- It holds as long as what it was about is still the same. A form that changed since is to be looked at again, and the
  mark says so instead of disappearing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MARK, UNMARK = "mark", "unmark"
HOLDS, FALLEN = "verified", "changed"

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_RULES = {
    "id": _UUID,
    "record": _UUID,
    "field": re.compile(r"[a-z0-9_]{0,26}"),
    "act": re.compile(f"{MARK}|{UNMARK}"),
    "who": re.compile(r"[A-Za-z0-9_-]{0,16}"),
}
_MOST = 999_999


@dataclass(frozen=True, slots=True)
class SourceMark:
    """One act of verification. id: UUID. record, ver: the version that was looked at. field: a question, or empty for
    the whole form. n: its number among the acts about this place, from 1. who: code of the monitor. at: when, at the
    site only."""

    id: str
    subject: str
    record: str
    ver: int
    field: str
    n: int
    act: str
    who: str = ""
    at: str = ""
    source: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """What it is about."""
        return (self.record, self.field)


def standing(marks: Iterable[SourceMark]) -> dict[tuple[str, str], SourceMark]:
    """The last act about each place, where that is a mark; the same whatever the order in which they came."""
    last: dict[tuple[str, str], SourceMark] = {}
    for mark in sorted(marks, key=lambda one: (one.n, one.id)):
        last[mark.place] = mark
    return {place: mark for place, mark in last.items() if mark.act == MARK}


def stands(mark: SourceMark, then: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> str:
    """`HOLDS`, or `FALLEN` where the answers of the form, then and now, are not the same any more (None: not here)."""
    if then is None or now is None:
        return FALLEN
    same = then.get(mark.field) == now.get(mark.field) if mark.field else dict(then) == dict(now)
    return HOLDS if same else FALLEN


def fault(mark: SourceMark) -> str:
    """Which part of a mark cannot be as it is; empty if all can."""
    for name, rule in _RULES.items():
        value = getattr(mark, name)
        if not isinstance(value, str) or not rule.fullmatch(value):
            return name
    for name in ("ver", "n"):
        value = getattr(mark, name)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST:
            return name
    return ""
