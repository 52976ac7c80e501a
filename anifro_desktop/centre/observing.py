"""Whether something began under observation: between entry and its end, as patient-years run.

Rules kept here:
- What may have begun then (its start is not known, or only to its month or year) counts: an event is not lost for want
  of a day. What certainly began before entry, or after death or withdrawal, does not. Without these an event tells by
  itself that observation lasted so long (`exposure`).
"""

from __future__ import annotations

from typing import Literal

from anifro_desktop.centre.exposure import Exposure
from anifro_desktop.centre.spans import Span

When = Literal["before", "within", "perhaps", "after"]
COUNTED = ("within", "perhaps")


def when(spent: Exposure, start: Span | None) -> When:
    """Whether something began before, within or after observation; `perhaps` within, where that is not known. start:
    the study days on which it may have begun."""
    if start is None:
        return "perhaps"
    if start[1] < spent.entry:
        return "before"
    if spent.end is None or start[1] <= spent.end:
        return "within" if start[0] >= spent.entry else "perhaps"
    return "after" if start[0] > spent.end else "perhaps"


def counts(spent: Exposure, start: Span | None) -> bool:
    """Whether something began within observation, or may have."""
    return when(spent, start) in COUNTED
