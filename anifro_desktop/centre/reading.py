"""What the store holds, as the values that assembling and re-scoring take."""

from __future__ import annotations

from collections.abc import Iterable

from anifro_desktop.centre.assembling import Received, Subject, subjects
from anifro_desktop.centre.office import Centre
from anifro_desktop.store.centre_rows import ReceivedRevision


def all_subjects(centre: Centre) -> list[Subject]:
    """Every subject as it stands now, by site and code."""
    return subjects(_received(centre, centre.store.revisions()), centre.definitions, centre.packs)


def one_subject(centre: Centre, code: str) -> Subject | None:
    """One subject as it stands now; None if nothing of it counts."""
    found = subjects(_received(centre, centre.store.revisions(code)), centre.definitions, centre.packs)
    return found[0] if found else None


def _received(centre: Centre, rows: Iterable[ReceivedRevision]) -> list[Received]:
    return [Received(row.site, centre.epoch_of(row.bundle), row.revision, row.op == "del") for row in rows]
