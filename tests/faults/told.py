"""What every kind of fault shares: its count, and what a sentence to a user must be like."""

from __future__ import annotations

import re
from collections import Counter

# What comes from the program's insides and says nothing to a person.
_INSIDES = re.compile(r"Traceback|\w(Error|Exception)\b|[Ee]rrno|0x[0-9a-f]{4}|sqlite|SQLITE|\bNone\b|[{}]")
_LONGEST = 300  # characters


class Tries:
    """Tries of one kind, counted: `N tried, M lost`. A loss ends them at once, so M is 0 wherever it is printed."""

    def __init__(self, what: str) -> None:
        self.what, self.tried = what, 0
        self.told: Counter[str] = Counter()

    def __str__(self) -> str:
        more = "".join(f", {count} {what}" for what, count in self.told.items())
        return f"{self.what}: {self.tried} tried, 0 lost{more}"


def assert_plain(sentence: str, where: str) -> None:
    """A refusal is one line that a person understands, and a whole sentence."""
    assert sentence.endswith("."), f"{where}: {sentence!r} is no sentence"
    assert "\n" not in sentence, f"{where}: {sentence!r} is more than a line"
    assert len(sentence) <= _LONGEST, f"{where}: {sentence!r} is long"
    assert not _INSIDES.search(sentence), f"{where}: {sentence!r} speaks of the program's insides"


def assert_no_traceback(said: str, where: str) -> None:
    """Nothing that a child said is a traceback."""
    assert "Traceback" not in said, f"{where}: {said}"
