"""What the centre gives on in the formats of other systems: subjects as they stand, now or in a cut, and every version
of their records with the moment at which it came.

Rules kept here:
- Subjects whose consent for what was collected before is withdrawn are in neither, nor is what is of a day after a
  withdrawal (`consent`).
- A version that came several times is one: it came when it came first, and is signed if it ever came signed.
- Of a cut there are the subjects and no versions: it freezes what counted, and who changed what and when is told of
  everything that came.
- Everybody is walked over a few at a time, for the history of thousands does not fit into memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from anifro_desktop.centre.assembling import Received, Subject, subjects
from anifro_desktop.centre.consent import by_consent, later_keys, may_use
from anifro_desktop.centre.cutting import CutWalk
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.packs import by_age, packs_of
from anifro_desktop.centre.reading import in_slices, paired
from anifro_desktop.centre.standards.sent import Reading
from anifro_desktop.forms.library import Library
from anifro_desktop.forms.model import Definitions
from anifro_desktop.record import Revision
from anifro_desktop.store.centre_cuts import CutRow
from anifro_desktop.study.visit_keys import key_before

Came = tuple[Received, str]  # a version, and the moment at which it came


@dataclass(frozen=True, slots=True)
class Arrived:
    """One version of a record. site: whose people made it; of a subject that moved, not the one that keeps it now.
    came: UTC, when the centre first received it. digest: of the revision."""

    site: str
    revision: Revision
    came: str
    digest: str
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """One subject. site: that keeps it. subject: as it stands; None where nothing of it stands any more. versions: by
    record and number."""

    site: str
    code: str
    subject: Subject | None
    versions: tuple[Arrived, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """What may be given on. reading: how its records are read. walk: over everybody, by site and code, as often as it
    is called. packs: of what is given, oldest first. excluded: codes of subjects left out; since: whom a withdrawal
    that came after the cut changes."""

    current: Definitions
    reading: Reading
    walk: Callable[[], Iterable[Kept]]
    packs: tuple[Definitions, ...]
    excluded: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    cut: CutRow | None = None


def holding(centre: Centre, cut: CutRow | None = None) -> Holding:
    """What a centre holds. cut: as of it (None: now).

    Raises:
        CutDiffers: the store does not hold any more what the cut was made of.
    """
    if cut is not None:
        return _of_cut(centre, cut)
    came = {bundle.sha256: bundle.received for bundle in centre.store.bundles()}

    def slices() -> Iterator[list[Came]]:
        for rows, held in in_slices(centre):
            yield [(item, came[bundle]) for item, bundle in paired(centre, rows, held)]

    return held_in_slices(slices, centre.definitions, centre.packs)


def held(arrived: Iterable[Came], current: Definitions, library: Library) -> Holding:
    """The same of versions, each with the moment at which it came."""
    given = list(arrived)
    return held_in_slices(lambda: iter([given]), current, library)


def held_in_slices(
    slices: Callable[[], Iterator[list[Came]]], current: Definitions, library: Library
) -> Holding:
    """The same of versions that come some subjects at a time, as often as they are asked for."""
    walk = _Walk(slices, current, library)
    digests = {version.revision.definition for one in walk for version in one.versions}
    packs = by_age(library.packs(digests))
    return Holding(current, Reading(current, library), lambda: iter(walk), packs, tuple(walk.excluded))


def _of_cut(centre: Centre, cut: CutRow) -> Holding:
    walk = CutWalk(centre, cut)
    current = walk.definitions
    library = centre.packs.only(cut.packs)
    assert library is not None  # or the definitions of the cut were refused
    packs = by_age(pack for subject in walk for pack in packs_of(subject))

    def everybody() -> Iterator[Kept]:
        return (Kept(one.site, one.code, one) for one in walk)

    reading = Reading(current, library)
    return Holding(current, reading, everybody, packs, tuple(walk.excluded), tuple(walk.since), cut)


@dataclass(slots=True)
class _Walk:
    """A walk over everybody of whom something may be given on. excluded: whole at its end."""

    slices: Callable[[], Iterator[list[Came]]]
    current: Definitions
    library: Library
    excluded: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Kept]:
        self.excluded = []
        for given in self.slices():
            yield from self._kept(given)

    def _kept(self, given: list[Came]) -> Iterator[Kept]:
        everybody = subjects((item for item, _ in given), self.current, self.library)
        used = by_consent(everybody)
        self.excluded += used.excluded
        standing = {one.code: one for one in used.usable}
        late = {(one.code, key) for one in everybody if may_use(one) for key in later_keys(one)}
        by_subject: dict[tuple[str, str], list[Came]] = {}
        for item, moment in given:
            code, key = item.revision.subject, key_before(item.revision.visit)
            if code not in used.excluded and (code, key) not in late:
                by_subject.setdefault((item.site, code), []).append((item, moment))
        for (site, code), some in sorted(by_subject.items()):
            yield Kept(site, code, standing.get(code), _versions(some))


def _versions(some: Iterable[Came]) -> tuple[Arrived, ...]:
    """Each version once, by record and number."""
    known: dict[tuple[str, int, str], Arrived] = {}
    for item, moment in some:
        one = item.revision
        digest = item.digest or one.digest()
        place = (one.id, one.ver, digest)
        new = Arrived(item.sender or item.site, one, moment, digest, item.deleted)
        known[place] = _earlier(known.get(place), new)
    return tuple(known[place] for place in sorted(known))


def _earlier(known: Arrived | None, new: Arrived) -> Arrived:
    if known is None:
        return new
    first = known if known.came <= new.came else new
    signed = known.revision if known.revision.signature else new.revision
    return Arrived(first.site, signed, first.came, first.digest, known.deleted or new.deleted)
