"""Everybody whose data may be analysed, as the analyses take them: now, or as of a cut."""

from __future__ import annotations

from dataclasses import dataclass

from anifro_desktop.centre.analysis.person import Person, person
from anifro_desktop.centre.consent import usable
from anifro_desktop.centre.cutting import CutWalk
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.reading import stream_subjects
from anifro_desktop.store.centre_cuts import CutRow


@dataclass(frozen=True, slots=True)
class Gathered:
    """people: by site and code. excluded: codes of those whose data may not be used. since: whom a withdrawal that came
    after the cut changes."""

    people: list[Person]
    excluded: tuple[str, ...]
    since: tuple[str, ...] = ()


def gathered(centre: Centre, cut: CutRow | None = None) -> Gathered:
    """Everybody, read a few at a time. cut: as of it (None: now).

    Raises:
        CutDiffers: the store does not hold any more what the cut was made of.
    """
    if cut is not None:
        walk = CutWalk(centre, cut)
        found = list(map(person, walk))
        return Gathered(found, tuple(walk.excluded), tuple(walk.since))
    excluded: list[str] = []
    found = list(map(person, usable(stream_subjects(centre), excluded)))
    return Gathered(found, tuple(excluded))
