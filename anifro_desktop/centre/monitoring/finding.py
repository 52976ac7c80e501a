"""A contradiction found at the centre, and what all checks look with.

Rules kept here:
- A check speaks only of what is known. An unanswered question, a missing reason or a date that may be on either side
  contradicts nothing.
- What a finding rests on stands in `seen`: while that is the same, it is the same finding.
- A text holds no answer that a person could be known by, and no date.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from anifro_desktop.centre.assembling import Event, Subject, Visit
from anifro_desktop.centre.monitoring.sentences import sentence
from anifro_desktop.centre.spans import Span, span
from anifro_desktop.forms.model import Label

YES, NO = 1, 0
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction. rule: which check found it. visit: key of the visit or event where it is asked about (empty:
    the enrolment), form and field there. seen: the answers and days that it rests on, with the keys of what has
    them. told: what stands in its sentence."""

    rule: str
    visit: str
    form: str
    field: str
    seen: tuple[object, ...]
    told: Mapping[str, object] = dataclasses.field(default_factory=dict)

    @property
    def text(self) -> Label:
        """What it says."""
        return sentence(self.rule, self.told)

    @property
    def about(self) -> str:
        """What tells it from the same rule's finding on other data: `rule.` and digits of a digest."""
        rested = repr((self.visit, self.form, self.field, *map(str, self.seen)))
        return f"{self.rule}.{hashlib.sha256(rested.encode()).hexdigest()[:_DIGITS]}"


Found = Iterator[Finding]


@dataclass(frozen=True, slots=True)
class Interval:
    """A visit with its day, and the one before it: what is asked there as "since the last visit" is of these days."""

    before: Visit
    visit: Visit
    start: int
    end: int

    def surely(self, days: Span | None) -> bool:
        """Whether something certainly was after the visit before, up to this one."""
        return days is not None and self.start < days[0] and days[1] <= self.end

    def perhaps(self, days: Span | None) -> bool:
        """Whether something may have been on one of these days, both ends included."""
        return days is None or (self.start <= days[1] and days[0] <= self.end)


def intervals(subject: Subject) -> list[Interval]:
    """Each visit after the first with the one before it, of those with a day."""
    held = [
        (visit.day, visit) for visit in subject.visits if visit.summary is not None and visit.day is not None
    ]
    return [
        Interval(before, visit, start, end) for (start, before), (end, visit) in pairwise(held) if start < end
    ]


def code(answers: Mapping[str, Any], name: str) -> int | None:
    """An answer that is a whole number; None while it is not given or has a reason."""
    value = answers.get(name)
    return value if type(value) is int else None


def all_no(answers: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    """Whether each of some questions is certainly answered no."""
    return all(code(answers, name) == NO for name in names)


def when(event: Event, name: str) -> Span | None:
    """The days on which something of an event may have been; None where that is open."""
    return span(event.answers.get(name))
