"""The counts that must agree: versions entered here, sealed, received by the centre, merged there.

Counted are versions of forms, for each form of each subject, within the epoch that sends now. What was declared a
mistake before it was ever sent does not leave, and is counted apart.

Rules kept here:
- Each count has a source of its own: the versions kept here, the bundles' contents as they were sealed, the bundles
  that the centre acknowledged, and the centre's own count, which its receipt carries.
- A difference is named by its kind, with how many and of whom; the words say what to do. Nothing is set right by
  itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anifro_desktop.record import Json
from anifro_desktop.workflows.custody import away
from anifro_desktop.workflows.schedules import schedules_changed

if TYPE_CHECKING:
    from anifro_desktop.store.outbox import BundleRow, ReceiptRow
    from anifro_desktop.workflows.site import Site

Place = tuple[str, str]  # subject, form
Tally = Mapping[Place, int]

# not_sealed: signed or waiting for a signature, and in no bundle yet. not_received: in bundles that the centre did not
# acknowledge. not_merged: acknowledged, and not among what the centre counts. more_there: the centre has more than was
# ever entered here. out_of_step: the bundles hold another number than this computer thinks it sealed. not_told: no
# receipt says what the centre has.
KINDS = ("out_of_step", "not_merged", "more_there", "not_received", "not_sealed", "not_told")
WRONG = ("out_of_step", "not_merged", "more_there")  # what time and a receipt do not settle


@dataclass(frozen=True, slots=True)
class Line:
    """One form of one subject. entered: versions; mistakes: of them, those that never leave; sealed, received, merged:
    as far as they came; merged is None where the centre did not say."""

    subject: str
    form: str
    entered: int
    mistakes: int
    sealed: int
    received: int
    merged: int | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A difference. kind: of `KINDS`; count: versions; subjects: whose, by code; bundles: in which, where known."""

    kind: str
    count: int
    subjects: tuple[str, ...] = ()
    bundles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """All of it. told: when the centre last said what it has (its time, ISO), empty if it never did."""

    lines: tuple[Line, ...]
    gaps: tuple[Gap, ...]
    told: str = ""

    def total(self, what: str) -> int:
        """The sum of one count of `Line` over all lines; what the centre did not say counts as 0."""
        return sum(getattr(line, what) or 0 for line in self.lines)

    @property
    def agree(self) -> bool:
        """Whether nothing is missing anywhere."""
        return not self.gaps

    @property
    def wrong(self) -> bool:
        """Whether something differs that sending and receipts alone will not settle."""
        return any(gap.kind in WRONG for gap in self.gaps)


def counts(site: Site) -> Counts:
    """Count what this computer entered and sent, and what the centre says of it."""
    epoch = site.clinical.next_position().epoch
    bundles = [row for row in site.clinical.bundles() if row.epoch == epoch]
    told = [row for row in site.clinical.receipts() if row.body.get("counts") is not None]
    merged = _told(told[-1].body["counts"]) if told else None
    acknowledged = [row for row in bundles if row.state == "acknowledged"]
    sealed, received = _contents(bundles), _contents(acknowledged)
    reached = site.clinical.reached()
    entered = _own(site, _versions(site), reached, sealed)
    places = sorted(entered.keys() | sealed.keys() | (merged or {}).keys())
    lines = tuple(
        Line(
            *place,
            entered=entered.get(place, 0),
            mistakes=max(0, reached.get(place, 0) - sealed.get(place, 0)),
            sealed=sealed.get(place, 0),
            received=received.get(place, 0),
            merged=None if merged is None else merged.get(place, 0),
        )
        for place in places
    )
    return Counts(lines, tuple(_gaps(site, lines, bundles, told)), _when(told))


def _versions(site: Site) -> Tally:
    """The versions kept here, with the schedules that the next sending writes: what is to be sent counts them too."""
    tally = Counter(site.clinical.versions())
    tally.update((one.subject, one.form) for one in schedules_changed(site))
    return tally


def _own(site: Site, entered: Tally, reached: Tally, sealed: Tally) -> Tally:
    """The versions that are this computer's to send: not what was not yet sealed when a patient was handed over, which
    goes on elsewhere."""
    gone = away(site)
    return {
        place: min(count, max(reached.get(place, 0), sealed.get(place, 0))) if place[0] in gone else count
        for place, count in entered.items()
    }


def _gaps(
    site: Site, lines: tuple[Line, ...], bundles: list[BundleRow], told: list[ReceiptRow]
) -> Iterator[Gap]:
    voided = site.clinical.mistaken()
    yield from _gap("out_of_step", lines, lambda one: _unexplained(one, (one.subject, one.form) in voided))
    if told:
        yield from _gap("not_merged", lines, lambda one: max(0, one.received - (one.merged or 0)))
        yield from _gap("more_there", lines, lambda one: max(0, (one.merged or 0) - one.entered))
    open_ones = tuple(row.seq for row in bundles if row.state != "acknowledged")
    for gap in _gap("not_received", lines, lambda one: one.sealed - one.received):
        yield Gap(gap.kind, gap.count, gap.subjects, open_ones)
    yield from _gap("not_sealed", lines, lambda one: max(0, one.entered - one.mistakes - one.sealed))
    if not told and any(row.state == "acknowledged" for row in bundles):
        yield Gap("not_told", 0)


def _unexplained(line: Line, voided: bool) -> int:
    """Versions that this computer thinks it sealed and no bundle holds, or the reverse."""
    return 0 if voided else line.mistakes + max(0, line.sealed - line.entered)


def _gap(kind: str, lines: tuple[Line, ...], amount: Callable[[Line], int]) -> Iterator[Gap]:
    found = {line: amount(line) for line in lines}
    count = sum(found.values())
    if count:
        subjects = tuple(dict.fromkeys(line.subject for line, differs in found.items() if differs))
        yield Gap(kind, count, subjects)


def _contents(bundles: list[BundleRow]) -> Tally:
    tally: Counter[Place] = Counter()
    for row in bundles:
        tally.update(
            {
                (subject, form): count
                for subject, forms in row.contents.items()
                for form, count in forms.items()
            }
        )
    return tally


def _told(body: Json) -> Tally:
    found: dict[Place, int] = {}
    for subject, forms in body.items() if isinstance(body, dict) else ():
        for form, count in forms.items() if isinstance(forms, dict) else ():
            if isinstance(count, int):
                found[subject, form] = count
    return found


def _when(told: list[ReceiptRow]) -> str:
    return str(told[-1].body.get("centre_time", "")) if told else ""
