"""Where every site stands: what came, what waits, what is missing, what was refused, and how old the data are.

The age of a site's data is the time since its newest applied bundle was sealed, by the header of that bundle; visits
received stand beside the planned visits that are due.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from anifro_desktop.centre import quarantine
from anifro_desktop.centre.applying import BAD_RECORD
from anifro_desktop.centre.custody import custodies, names
from anifro_desktop.centre.hearing import threads
from anifro_desktop.centre.ingesting import held_numbers, state_of
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.reading import conflicts, left_out
from anifro_desktop.centre.rescoring import DIFFERS
from anifro_desktop.centre.unanswered import unanswered
from anifro_desktop.centre.verification import by_site
from anifro_desktop.centre.writer_keys import REVOKED
from anifro_desktop.sourcemark import FALLEN, HOLDS
from anifro_desktop.store.centre_rows import ChainRow, DifferenceRow, StandingRow, WriterRow
from anifro_desktop.store.clock import utc_text
from anifro_desktop.sync.bundle import peek_header
from anifro_desktop.sync.chain import missing
from anifro_desktop.thread import ANSWERED, OPEN

_NEW = timedelta(days=14)
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class ChainStatus:
    """One epoch of one writer. last: newest applied number (0: none). held: numbers that wait. missing: numbers to ask
    for. frozen: a fork stopped it. age: whole days since its newest applied bundle was sealed, None without one;
    below 0 where the clock of the site or of the centre is wrong."""

    writer: str
    epoch: int
    last: int
    held: tuple[int, ...]
    missing: tuple[int, ...]
    frozen: bool
    age: int | None


@dataclass(frozen=True, slots=True)
class Revocation:
    """A writer that was revoked. epoch, last: of the last bundle that counts (last 0: none does)."""

    writer: str
    epoch: int
    last: int


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """One site. revoked: of its writers. visits: received; served, due: planned visits after baseline with a visit in
    their window, and due (of enrolled subjects); overdue: due and not served. serious: adverse events that are; of
    these those that came in the last two weeks, and those that nobody signed yet. differing, not_verifiable: scores
    of visits. bad_records: not taken. age: of its newest bundle, in days. excluded: codes of subjects whose consent
    for data collected before is withdrawn; of them nothing but that they were enrolled is counted. late: code and
    key of what is of a day after a withdrawal, and not used. asked, answered: questions that wait for the site, and
    for the centre. verified, changed: marks of source verification that hold, and those on something that changed
    since."""

    site: str
    writers: int
    revoked: tuple[Revocation, ...]
    chains: tuple[ChainStatus, ...]
    subjects: int
    enrolled: int
    visits: int
    served: int
    due: int
    overdue: int
    serious: int
    serious_new: int
    serious_unsigned: int
    differing: int
    not_verifiable: int
    bad_records: int
    age: int | None
    excluded: tuple[str, ...] = ()
    late: tuple[tuple[str, str], ...] = ()
    asked: int = 0
    answered: int = 0
    verified: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class HandoverStatus:
    """A subject of which a hand-over was spoken. old, new: the two sides of the last one. state: see `custody`.
    left_out: versions that do not count, or wait."""

    subject: str
    state: str
    old: str
    new: str
    left_out: int


@dataclass(frozen=True, slots=True)
class Status:
    """The whole centre. refused: copies in quarantine, by reason; quarantine: where they lie. differences: every open
    finding about scores. conflicts: record and version of what came with two contents. handovers: of subjects
    between installations. unanswered: site, computer and kind of answers that could not be made."""

    name: str
    sites: tuple[SiteStatus, ...]
    refused: dict[str, int]
    quarantine: Path
    differences: tuple[DifferenceRow, ...]
    conflicts: tuple[tuple[str, int], ...]
    handovers: tuple[HandoverStatus, ...] = ()
    unanswered: tuple[tuple[str, str, str], ...] = ()


def status(centre: Centre) -> Status:
    """Look at everything, as of one moment."""
    with centre.store.reading():
        return _status(centre)


def _status(centre: Centre) -> Status:
    standings: dict[str, list[StandingRow]] = {row.site: [] for row in centre.store.writers()}
    for row in centre.store.standings():
        standings.setdefault(row.site, []).append(row)
    differences = centre.store.differences()
    writers, chains = _by("site", centre.store.writers()), _by("site", centre.store.chains())
    differing = _by("subject", differences)
    sites = [
        _site(centre, code, own, (writers.get(code, []), chains.get(code, [])), differing)
        for code, own in sorted(standings.items())
    ]
    sites = _said(centre, sites)
    return Status(
        name=str(centre.store.setting("name")),
        sites=tuple(sites),
        refused=quarantine.counts(centre.quarantine),
        quarantine=centre.quarantine,
        differences=differences,
        conflicts=tuple((item.id, item.ver) for item in conflicts(centre)),
        handovers=tuple(_handovers(centre)),
        unanswered=unanswered(centre),
    )


def differing_visits(centre: Centre) -> int:
    """How many visits have a score that the centre computes otherwise."""
    return len({(row.subject, row.visit) for row in centre.store.differences() if row.kind == DIFFERS})


def _said(centre: Centre, sites: Sequence[SiteStatus]) -> list[SiteStatus]:
    """With their questions and their marks of source verification."""
    asked = Counter((one.query.subject.partition("-")[0], one.state) for one in threads(centre))
    marks = by_site(centre)
    return [
        replace(
            site,
            asked=asked[site.site, OPEN],
            answered=asked[site.site, ANSWERED],
            verified=marks.get(site.site, Counter())[HOLDS],
            changed=marks.get(site.site, Counter())[FALLEN],
        )
        for site in sites
    ]


def _handovers(centre: Centre) -> Iterator[HandoverStatus]:
    out = left_out(centre)
    for code, known in sorted(custodies(centre).items()):
        sides = names(known.between)
        yield HandoverStatus(code, known.state, sides["from"], sides["to"], out.get(code, 0))


def _by(name: str, rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    """Rows by what they are of, each looked at once: of a thousand sites none may be looked for among all."""
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def _site(
    centre: Centre,
    code: str,
    own: Sequence[StandingRow],
    machines: tuple[Sequence[WriterRow], Sequence[ChainRow]],
    differing: Mapping[str, Sequence[DifferenceRow]],
) -> SiteStatus:
    writers, links = machines
    chains = tuple(_chain(centre, row) for row in links)
    waiting = {(row.writer, row.epoch) for row in centre.store.bundles(site=code, state="held")}
    known = {(chain.writer, chain.epoch) for chain in chains}
    chains += tuple(_chain(centre, ChainRow(code, *place, 1, "")) for place in sorted(waiting - known))
    scores = {
        (found.subject, found.visit, found.rule, found.kind)
        for row in own
        for found in differing.get(row.subject, ())
    }
    served, due = (sum(numbers) for numbers in ([row.served for row in own], [row.due for row in own]))
    since = utc_text(centre.clock.now() - _NEW)
    return SiteStatus(
        site=code,
        writers=len(writers),
        revoked=tuple(
            Revocation(row.writer, row.valid_epoch, row.valid_seq) for row in writers if row.state == REVOKED
        ),
        chains=chains,
        subjects=len(own),
        enrolled=sum(row.enrolled == 1 for row in own),
        visits=sum(row.visits for row in own),
        served=served,
        due=due,
        overdue=due - served,
        serious=sum(len(row.serious) for row in own),
        serious_new=sum(came >= since for row in own for _, came in row.serious),
        serious_unsigned=sum(row.unsigned for row in own),
        differing=sum(place[3] == DIFFERS for place in scores),
        not_verifiable=sum(place[3] != DIFFERS for place in scores),
        bad_records=centre.store.findings(BAD_RECORD, site=code),
        age=min((chain.age for chain in chains if chain.age is not None), default=None),
        excluded=tuple(row.subject for row in own if row.excluded),
        late=tuple((row.subject, key) for row in own for key in row.late),
    )


def _chain(centre: Centre, row: ChainRow) -> ChainStatus:
    where = (row.site, row.writer, row.epoch)
    held = held_numbers(centre, *where)
    return ChainStatus(
        writer=row.writer,
        epoch=row.epoch,
        last=row.next_seq - 1,
        held=tuple(sorted(held)),
        missing=missing(state_of(centre, *where), held),
        frozen=row.frozen,
        age=_age(centre, row),
    )


def _age(centre: Centre, row: ChainRow) -> int | None:
    if row.next_seq == 1:
        return None
    created = peek_header(centre.store.bundle_bytes(row.last_hash)).created
    since = centre.clock.now().astimezone(UTC) - datetime.fromisoformat(created)
    return int(since / timedelta(days=1))  # towards 0: clocks that are some hours apart make no day
