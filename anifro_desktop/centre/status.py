"""Where every site stands: what came, what waits, what is missing, what was refused, and how old the data are.

The age of a site's data is the time since its newest applied bundle was sealed, by the header of that bundle; visits
received stand beside the planned visits that are due.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from anifro_desktop.centre import quarantine
from anifro_desktop.centre.applying import BAD_RECORD
from anifro_desktop.centre.assembling import Subject
from anifro_desktop.centre.consent import by_consent
from anifro_desktop.centre.ingesting import held_numbers, state_of
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.planning import due_visits, enrolment_state, followups, served
from anifro_desktop.centre.reading import all_subjects
from anifro_desktop.centre.rescoring import DIFFERS
from anifro_desktop.store.centre_rows import ChainRow, DifferenceRow
from anifro_desktop.sync.bundle import peek_header
from anifro_desktop.sync.chain import missing


@dataclass(frozen=True, slots=True)
class ChainStatus:
    """One epoch of one writer. last: newest applied number (0: none). held: numbers that wait. missing: numbers to ask
    for. frozen: a fork stopped it. age: whole days since its newest applied bundle was sealed, None without one."""

    writer: str
    epoch: int
    last: int
    held: tuple[int, ...]
    missing: tuple[int, ...]
    frozen: bool
    age: int | None


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """One site. visits: received; served, due: planned visits after baseline with a visit in their window, and due
    (of enrolled subjects). differing, not_verifiable: scores of visits. bad_records: not taken. age: of its newest
    bundle, in days. excluded: codes of subjects whose consent for data collected before is withdrawn; of them nothing
    but that they were enrolled is counted."""

    site: str
    writers: int
    revoked: int
    chains: tuple[ChainStatus, ...]
    subjects: int
    enrolled: int
    visits: int
    served: int
    due: int
    differing: int
    not_verifiable: int
    bad_records: int
    age: int | None
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """The whole centre. refused: copies in quarantine, by reason. differences: every open finding about scores.
    conflicts: record and version of what came with two contents."""

    name: str
    sites: tuple[SiteStatus, ...]
    refused: dict[str, int]
    differences: tuple[DifferenceRow, ...]
    conflicts: tuple[tuple[str, int], ...]


def status(centre: Centre) -> Status:
    """Look at everything."""
    everybody = all_subjects(centre)
    differences = centre.store.differences()
    codes = sorted({row.site for row in centre.store.writers()} | {subject.site for subject in everybody})
    sites = []
    for code in codes:
        own = [subject for subject in everybody if subject.site == code]
        sites.append(_site(centre, code, own, differences))
    return Status(
        name=str(centre.store.setting("name")),
        sites=tuple(sites),
        refused=quarantine.counts(centre.quarantine),
        differences=differences,
        conflicts=centre.store.conflicts(),
    )


def differing_visits(centre: Centre) -> int:
    """How many visits have a score that the centre computes otherwise."""
    return len({(row.subject, row.visit) for row in centre.store.differences() if row.kind == DIFFERS})


def _site(
    centre: Centre, code: str, own: Sequence[Subject], differences: Sequence[DifferenceRow]
) -> SiteStatus:
    writers = [row for row in centre.store.writers() if row.site == code]
    chains = tuple(_chain(centre, row) for row in centre.store.chains() if row.site == code)
    waiting = {(row.writer, row.epoch) for row in centre.store.bundles(site=code, state="held")}
    known = {(chain.writer, chain.epoch) for chain in chains}
    chains += tuple(_chain(centre, ChainRow(code, *place, 1, "")) for place in sorted(waiting - known))
    codes = {subject.code for subject in own}
    scores = {(row.subject, row.visit, row.rule, row.kind) for row in differences if row.subject in codes}
    told = by_consent(own)
    counted = [subject for subject in told.usable if enrolment_state(subject)]
    due = [set(due_visits(subject)) & set(followups()) for subject in counted]
    held = [set(served(subject)) for subject in counted]
    return SiteStatus(
        site=code,
        writers=len(writers),
        revoked=sum(row.state != "registered" for row in writers),
        chains=chains,
        subjects=len(own),
        enrolled=sum(enrolment_state(subject) is True for subject in own),
        visits=sum(visit.summary is not None for subject in told.usable for visit in subject.visits),
        served=sum(len(one & two) for one, two in zip(due, held, strict=True)),
        due=sum(map(len, due)),
        differing=sum(place[3] == DIFFERS for place in scores),
        not_verifiable=sum(place[3] != DIFFERS for place in scores),
        bad_records=len(centre.store.answers(site=code, code=BAD_RECORD)),
        age=min((chain.age for chain in chains if chain.age is not None), default=None),
        excluded=told.excluded,
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
    return (centre.clock.now().astimezone(UTC) - datetime.fromisoformat(created)).days
