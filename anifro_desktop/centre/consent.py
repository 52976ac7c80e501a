"""Whose data may be analysed: whoever withdrew and does not let what was collected before be used is left out.

Rules kept here:
- Left out is a subject of which a withdrawal that counts now says that its data may not be used. An open answer does
  not say so; an amended answer, or a withdrawal declared a mistake, brings the subject back.
- Left out means out of every table, count and comparison of scores; only the code is listed, so that the subject
  stays countable. The store keeps every signed version as it came, and `assembling` still reads it.

Source: Regulation (EU) 2016/679, art. 7, 17 and 89.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from anifro_desktop.centre.assembling import Subject

_WITHDRAWAL, _USE_BEFORE, _NO = "withdrawal", "wd_use_before", 0


@dataclass(frozen=True, slots=True)
class Sorted:
    """Subjects as they came: those whose data may be used, and the codes of those left out."""

    usable: tuple[Subject, ...]
    excluded: tuple[str, ...]


def may_use(subject: Subject) -> bool:
    """Whether nobody said that the data of a subject may not be used."""
    return not any(_is_no(event.answers.get(_USE_BEFORE)) for event in subject.events_of(_WITHDRAWAL))


def by_consent(subjects: Iterable[Subject]) -> Sorted:
    """Subjects parted by whether their data may be used."""
    everybody = tuple(subjects)
    left_out = tuple(subject.code for subject in everybody if not may_use(subject))
    return Sorted(tuple(filter(may_use, everybody)), left_out)


def _is_no(answer: object) -> bool:
    return type(answer) is int and answer == _NO
