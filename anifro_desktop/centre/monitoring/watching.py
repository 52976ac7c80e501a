"""What central monitoring looks at: subjects as they stand, every version behind them, and what was said about them.

Of patients whose data may not be used nothing is here, nor of what is of a day after a withdrawal. Screening failures
are: their records are a site's work too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from anifro_desktop.centre import hearing, verification
from anifro_desktop.centre.analysis.table import Named, Record
from anifro_desktop.centre.assembling import Received, Subject, subjects
from anifro_desktop.centre.consent import by_consent
from anifro_desktop.centre.office import DATA_MANAGER, STATISTICIAN, Centre
from anifro_desktop.centre.reading import everything
from anifro_desktop.centre.rescoring import DIFFERS
from anifro_desktop.forms.model import Definitions, Label
from anifro_desktop.record import Revision
from anifro_desktop.sourcemark import SourceMark
from anifro_desktop.thread import Thread

ALL = Named("all", Label("tutti i centri", "all sites"))
SITE = Named("site", Label("Centro", "Site"))


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
    """All of it. versions: of each subject, by record and number. differing: visits of which the centre computes a
    score otherwise. marks: of source verification, with `verified` or `changed`. today: as `Version.arrived`."""

    definitions: Definitions
    subjects: tuple[Subject, ...]
    versions: Mapping[str, tuple[Version, ...]]
    threads: tuple[Thread, ...]
    differing: frozenset[tuple[str, str]]
    marks: tuple[tuple[SourceMark, str], ...]
    today: int

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
    days = {row.sha256: day_of(row.received) for row in centre.store.bundles()}
    pairs = everything(centre)
    found = subjects((item for item, _ in pairs), centre.definitions, centre.packs)
    told = by_consent(found)
    usable, late = told.usable, frozenset(told.late)
    codes = {one.code for one in usable}
    return Watched(
        definitions=centre.definitions,
        subjects=usable,
        versions=_versions(
            (item, days[bundle])
            for item, bundle in pairs
            if item.revision.subject in codes and (item.revision.subject, item.revision.visit) not in late
        ),
        threads=tuple(one for one in hearing.threads(centre) if one.query.subject in codes),
        differing=frozenset(
            (row.subject, row.visit)
            for row in centre.store.differences()
            if row.kind == DIFFERS and row.subject in codes
        ),
        marks=tuple((mark, state) for mark, state in verification.marks(centre) if mark.subject in codes),
        today=day_of(centre.now()),
    )


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
    for key in sorted(known):
        item, arrived = known[key]
        by_subject.setdefault(key[0], []).append(Version(item.site, item.revision, arrived, item.sender))
    return {code: tuple(some) for code, some in by_subject.items()}
