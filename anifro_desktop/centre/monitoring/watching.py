"""What central monitoring looks at: subjects as they stand, every version behind them, and what was said about them.

Of patients whose data may not be used nothing is here, nor of what is of a day after a withdrawal. Screening failures
are: their records are a site's work too. Subjects are read a few at a time, and of each is kept what the tables look
at, so that thousands fit into memory (`_lightly`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from sys import intern

from anifro_desktop.centre import hearing, verification
from anifro_desktop.centre.analysis.table import Named, Record
from anifro_desktop.centre.assembling import Received, Subject, subjects
from anifro_desktop.centre.consent import Sorted, by_consent
from anifro_desktop.centre.monitoring.contradictions import Contradiction, of_subjects
from anifro_desktop.centre.office import DATA_MANAGER, STATISTICIAN, Centre
from anifro_desktop.centre.reading import in_slices, paired
from anifro_desktop.centre.rescoring import DIFFERS
from anifro_desktop.forms.model import Definitions, Label
from anifro_desktop.record import Json, Revision
from anifro_desktop.sourcemark import SourceMark
from anifro_desktop.thread import Thread

ALL = Named("all", Label("tutti i centri", "all sites"))
SITE = Named("site", Label("Centro", "Site"))
_NOTHING: Mapping[str, Json] = {}
_NOBODY: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a record. site: that keeps its subject. arrived: ordinal of the day (`date.toordinal`) on which
    the centre took its bundle in, the first of several. sender: of a subject that moved, the site whose people made it
    (empty: the one that keeps it)."""

    site: str
    revision: Revision
    arrived: int
    sender: str = ""

    @property
    def made_at(self) -> str:
        """The site whose people made it."""
        return self.sender or self.site

    @property
    def record(self) -> Record:
        """The visit or event it is of, as what stands behind a number."""
        return Record(self.site, self.revision.subject, self.revision.visit)


@dataclass(frozen=True, slots=True)
class Watched:
    """All of it. subjects: their forms hold neither the answers as they came nor the parts of scores. versions: of each
    subject, by record and number, without scores; the version of a record that has no other holds no answers either.
    differing: visits of which the centre computes a score otherwise. marks: of source verification, with `verified` or
    `changed`. today: as `Version.arrived`. contradictions: in English."""

    definitions: Definitions
    subjects: tuple[Subject, ...]
    versions: Mapping[str, tuple[Version, ...]]
    threads: tuple[Thread, ...]
    differing: frozenset[tuple[str, str]]
    marks: tuple[tuple[SourceMark, str], ...]
    today: int
    contradictions: tuple[Contradiction, ...] = ()

    def groups(self) -> list[tuple[Named, tuple[Subject, ...]]]:
        """The subjects of each site, and those of all sites where there are several."""
        found: dict[str, list[Subject]] = {}
        for subject in self.subjects:
            found.setdefault(subject.site, []).append(subject)
        made = [(place(site), tuple(some)) for site, some in sorted(found.items())]
        return made if len(made) < 2 else [*made, (ALL, self.subjects)]

    def history(self, some: Iterable[Subject]) -> Iterable[Version]:
        """Every version of some subjects."""
        return (version for subject in some for version in self.versions.get(subject.code, ()))


def place(site: str) -> Named:
    """A site as the head of a row."""
    return named("site", site)


def named(before: str, code: str) -> Named:
    """A code as the head of a row, under a name that is a file's too."""
    plain = "".join(one if one.isascii() and one.isalnum() else "_" for one in code.lower())
    return Named(f"{before}_{plain}", Label(code, code))


def watched(centre: Centre) -> Watched:
    """What is to be looked at.

    Raises:
        RoleNeeded: neither data manager nor statistician.
    """
    centre.need(DATA_MANAGER, STATISTICIAN)
    known: list[Subject] = []
    versions: dict[str, tuple[Version, ...]] = {}
    threads = hearing.threads(centre)
    contradictions = of_subjects(_each(centre, known, versions), centre.definitions, threads, "en")
    codes = {one.code for one in known}
    return Watched(
        definitions=centre.definitions,
        subjects=tuple(known),
        versions=versions,
        threads=tuple(one for one in threads if one.query.subject in codes),
        differing=frozenset(
            (row.subject, row.visit)
            for row in centre.store.differences()
            if row.kind == DIFFERS and row.subject in codes
        ),
        marks=tuple((mark, state) for mark, state in verification.marks(centre) if mark.subject in codes),
        today=day_of(centre.now()),
        contradictions=tuple(contradictions),
    )


def _each(
    centre: Centre, known: list[Subject], versions: dict[str, tuple[Version, ...]]
) -> Iterator[Subject]:
    """Everybody whose data may be used, one after the other; known, versions: take what is kept of them."""
    days = {row.sha256: day_of(row.received) for row in centre.store.bundles()}
    for rows, held in in_slices(centre):
        pairs = paired(centre, rows, held)
        rows.clear()  # their texts are not held while the next are read
        told = by_consent(subjects((item for item, _ in pairs), centre.definitions, centre.packs))
        versions |= _versions_of(told, pairs, days)
        for subject in told.usable:
            known.append(_lightly(subject))
            yield subject


def _versions_of(
    told: Sorted, pairs: Iterable[tuple[Received, str]], days: Mapping[str, int]
) -> dict[str, tuple[Version, ...]]:
    """The versions of those whose data may be used, up to the day until which they may. days: on which each bundle
    came."""
    codes, late = {one.code for one in told.usable}, frozenset(told.late)
    return _versions(
        (item, days[bundle])
        for item, bundle in pairs
        if item.revision.subject in codes and (item.revision.subject, item.revision.visit) not in late
    )


def _lightly(subject: Subject) -> Subject:
    """A subject with all that a table of monitoring looks at, in a fraction of the room."""
    return replace(
        subject,
        forms=_short_forms(subject.forms),
        visits=tuple(
            replace(one, subject=subject.code, forms=_short_forms(one.forms)) for one in subject.visits
        ),
        events=tuple(
            replace(one, subject=subject.code, revision=_short(one.revision)) for one in subject.events
        ),
    )


def _short_forms(forms: Mapping[str, Revision]) -> dict[str, Revision]:
    return {intern(form): _short(one) for form, one in forms.items()}


def _short(one: Revision, values: Mapping[str, Json] = _NOTHING) -> Revision:
    """A version with what a table reads of it. What many have in common is there once: of a signature who signed."""
    return Revision(
        id=one.id,
        subject=intern(one.subject),
        visit=intern(one.visit),
        form=intern(one.form),
        ver=one.ver,
        prev="",
        values=values,
        definition=intern(one.definition),
        who=intern(one.who),
        when="",
        day=one.day,
        why=intern(one.why),
        notes=one.notes or _NOTHING,
        scores=_rules(tuple(one.scores)),
        context=_NOBODY,
        signature=_signed(intern(one.signature.get("by", one.who))) if one.signature else _NOBODY,
    )


@cache
def _rules(names: tuple[str, ...]) -> Mapping[str, Json]:
    return dict.fromkeys(names)


@cache
def _signed(by: str) -> Mapping[str, str]:
    return {"by": by}


def day_of(instant: str) -> int:
    """The day of an ISO instant."""
    return date.fromisoformat(instant[:10]).toordinal()


def _versions(found: Iterable[tuple[Received, int]]) -> dict[str, tuple[Version, ...]]:
    """Each version once, as it first arrived; a later one that is signed takes the place of the same without."""
    known: dict[tuple[str, str, str, int, str], tuple[Received, int]] = {}
    for item, arrived in found:
        one = item.revision
        where = (one.subject, one.form, one.id, one.ver, item.digest or one.digest())
        before = known.get(where)
        if before is None:
            known[where] = (item, arrived)
        else:
            signed = item if one.signature and not before[0].revision.signature else before[0]
            known[where] = (signed, min(arrived, before[1]))
    by_subject: dict[str, list[Version]] = {}
    several = Counter(key[:3] for key in known)
    for key in sorted(known):
        item, arrived = known[key]
        values = item.revision.values if several[key[:3]] > 1 else _NOTHING
        version = Version(item.site, _short(item.revision, values), arrived, item.sender)
        by_subject.setdefault(key[0], []).append(version)
    return {code: tuple(some) for code, some in by_subject.items()}
