"""What sites said to questions and of sources, as far as it counts: as with records, what was said by whoever kept the
patient when it was sealed.

Everything that came is kept, as it came. The same act from several bundles (a new epoch, the next keeper) counts once:
as the first of those that kept the patient said it first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from anifro_desktop.centre.custody import Custody, custody_of, keeper
from anifro_desktop.centre.office import Centre
from anifro_desktop.sourcemark import SourceMark
from anifro_desktop.thread import Act, Query, Thread

_Said = TypeVar("_Said", Act, SourceMark)


def threads(centre: Centre, subject: str | None = None) -> tuple[Thread, ...]:
    """Every question, or those about one subject, with what counts of what was said, by subject and place."""
    return centre.store.threads(subject, _picked(centre))


def thread_of(centre: Centre, query: str) -> Thread | None:
    """One question with what counts of what was said; None if it is not here."""
    return centre.store.thread_of(query, _picked(centre))


def marks(centre: Centre) -> dict[str, list[SourceMark]]:
    """The marks that count, also those taken back, by subject."""
    found: dict[str, list[SourceMark]] = {}
    for mark in centre.store.marks():
        found.setdefault(mark.subject, []).append(mark)
    ears = _Ears(centre)
    return {subject: ears.heard(subject, some) for subject, some in sorted(found.items())}


def _picked(centre: Centre) -> Callable[[Query, Iterable[Act]], Iterable[Act]]:
    ears = _Ears(centre)
    return lambda query, acts: ears.heard(query.subject, acts)


class _Ears:
    """Whose word counts, asked for once of each subject."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._known: dict[str, tuple[Custody | None, tuple[str, str] | None]] = {}

    def heard(self, subject: str, said: Iterable[_Said]) -> list[_Said]:
        """What counts of what was said of a subject, once each. What comes from no bundle is the centre's own."""
        found: dict[str, tuple[tuple[int, int, int, str], _Said]] = {}
        for one in said:
            place = self._place(subject, one.source) if one.source else (-1, 0, 0, "")
            if place is not None and (one.id not in found or place < found[one.id][0]):
                found[one.id] = (place, one)
        return [one for _, one in found.values()]

    def _place(self, subject: str, source: str) -> tuple[int, int, int, str] | None:
        """Where among what counts a bundle stands; None if nothing of it counts for this subject."""
        if subject not in self._known:
            known = custody_of(self._centre, subject)
            self._known[subject] = (known, None if known else keeper(self._centre, subject))
        known, only = self._known[subject]
        site, writer, epoch, seq = self._centre.origin_of(source)
        if known is None:
            return (0, epoch, seq, source) if (site, writer) == only else None
        rank = known.rank((site, writer), epoch, seq)
        return None if rank is None else (rank, epoch, seq, source)
