"""Whose data may be analysed, and up to which day: whoever withdrew and does not let what was collected before be used
is left out; of anybody who withdrew, nothing of a later day counts.

Rules kept here:
- Left out is a subject of which a withdrawal that counts now says that its data may not be used. An open answer does
  not say so; an amended answer, or a withdrawal declared a mistake, brings the subject back.
- After the day of a withdrawal that counts now nothing may be collected. A site refuses it; what comes all the same
  (late, from another computer, from before the day was corrected) is kept and not used. Of two withdrawals the earlier
  counts.
- Left out means out of every table, count and comparison of scores; only the code is listed, so that the subject
  stays countable. The store keeps every signed version as it came, and `assembling` still reads it.

Source: Regulation (EU) 2016/679, art. 7, 17 and 89.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from anifro_desktop.centre.assembling import Subject

WITHDRAWAL, _USE_BEFORE, _NO = "withdrawal", "wd_use_before", 0


@dataclass(frozen=True, slots=True)
class Sorted:
    """Subjects as they came: those whose data may be used, up to the day until which they may; and the codes of those
    left out. late: of the usable, what is of a later day, as code and key."""

    usable: tuple[Subject, ...]
    excluded: tuple[str, ...]
    late: tuple[tuple[str, str], ...] = ()


def may_use(subject: Subject) -> bool:
    """Whether nobody said that the data of a subject may not be used."""
    return not any(_is_no(event.answers.get(_USE_BEFORE)) for event in subject.events_of(WITHDRAWAL))


def by_consent(subjects: Iterable[Subject]) -> Sorted:
    """Subjects parted by whether their data may be used."""
    everybody = tuple(subjects)
    left_out = tuple(subject.code for subject in everybody if not may_use(subject))
    usable = tuple(filter(may_use, everybody))
    late = tuple((subject.code, key) for subject in usable for key in later_keys(subject))
    return Sorted(tuple(map(until_withdrawal, usable)), left_out, late)


def usable(subjects: Iterable[Subject], left_out: list[str] | None = None) -> Iterator[Subject]:
    """Those whose data may be used, up to the day until which they may, one after the other as they come. left_out:
    takes the codes of the others."""
    for subject in subjects:
        if may_use(subject):
            yield until_withdrawal(subject)
        elif left_out is not None:
            left_out.append(subject.code)


def withdrawn_on(subject: Subject) -> int | None:
    """The day of a withdrawal, in whole days since enrolment; the earliest of several, None without one."""
    days = [event.day for event in subject.events_of(WITHDRAWAL) if event.day is not None]
    return min(days, default=None)


def later_keys(subject: Subject) -> tuple[str, ...]:
    """The keys of visits and events that are certainly of a day after the withdrawal."""
    end = withdrawn_on(subject)
    if end is None:
        return ()
    days = [(visit.key, visit.day) for visit in subject.visits]
    days += [(event.key, event.not_before) for event in subject.events if event.form != WITHDRAWAL]
    return tuple(sorted(key for key, day in days if day is not None and day > end))


def until_withdrawal(subject: Subject) -> Subject:
    """The subject without what is of a day after the withdrawal."""
    late = frozenset(later_keys(subject))
    if not late:
        return subject
    return replace(
        subject,
        visits=tuple(visit for visit in subject.visits if visit.key not in late),
        events=tuple(event for event in subject.events if event.key not in late),
    )


def _is_no(answer: object) -> bool:
    return type(answer) is int and answer == _NO
