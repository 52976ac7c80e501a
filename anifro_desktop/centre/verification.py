"""Source verification as the centre sees it: which marks of the monitors still hold on what counts now.

A mark is about records of its own patient, and counts as records do: by whoever kept the patient.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from anifro_desktop.centre import hearing
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.reading import counted
from anifro_desktop.record import Revision
from anifro_desktop.sourcemark import FALLEN, HOLDS, SourceMark, standing, stands


def by_site(centre: Centre) -> Mapping[str, Counter[str]]:
    """How many marks hold, and how many are on something that changed since, for each site."""
    found: dict[str, Counter[str]] = {}
    for mark, state in marks(centre):
        found.setdefault(mark.subject.partition("-")[0], Counter())[state] += 1
    return found


def marks(centre: Centre) -> list[tuple[SourceMark, str]]:
    """The marks that stand, each with `verified` or `changed`. One on a version that has not come yet holds until
    another is here."""
    return [
        (mark, _state(mark, versions))
        for subject, some in hearing.marks(centre).items()
        for versions in [_versions(centre, subject)]
        for _, mark in sorted(standing(some).items())
    ]


def _versions(centre: Centre, subject: str) -> dict[str, dict[int, Revision]]:
    found: dict[str, dict[int, Revision]] = {}
    for row in counted(centre, subject):
        found.setdefault(row.revision.id, {})[row.revision.ver] = row.revision
    return found


def _state(mark: SourceMark, versions: Mapping[str, Mapping[int, Revision]]) -> str:
    known = versions.get(mark.record, {})
    if not known or max(known) <= mark.ver:
        return HOLDS
    then, now = known.get(mark.ver), known[max(known)]
    return FALLEN if now.void or then is None else stands(mark, then.values, now.values)
