"""What the store holds, as the values that assembling and re-scoring take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from anifro_desktop.centre.assembling import OWN_KEYS, SUMMARY, Received, Subject, subjects
from anifro_desktop.centre.consent import WITHDRAWAL
from anifro_desktop.centre.custody import Custody, custodies, custody_of
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.standing import ADVERSE
from anifro_desktop.store.centre_rows import Place, ReceivedRevision
from anifro_desktop.sync.header import MAX_EPOCH


def all_subjects(centre: Centre) -> list[Subject]:
    """Every subject as it stands now, by site and code."""
    centre.learn_positions()
    return subjects(
        _received(centre, centre.store.revisions(), custodies(centre)), centre.definitions, centre.packs
    )


def one_subject(centre: Centre, code: str) -> Subject | None:
    """One subject as it stands now; None if nothing of it counts."""
    known = custody_of(centre, code)
    held = {} if known is None else {code: known}
    rows = _received(centre, centre.store.revisions(code), held)
    found = subjects(rows, centre.definitions, centre.packs)
    return found[0] if found else None


def touched(
    centre: Centre, code: str, keys: Set[str] | None, known: Mapping[Place, ReceivedRevision]
) -> tuple[Subject | None, frozenset[str] | None]:
    """As much of a subject as it takes to score anew what new records under some keys (None: any) bear upon; and the
    keys of that: these, and those of the visits that name one of them as an earlier one. None: all. known: what came
    just now, and need not be read.

    Of the visits that are not looked at, there are the days alone. A subject that changed hands or withdrew is read
    whole: which of its records count may have changed.
    """
    if keys is None or centre.store.statements(subject=code):
        return one_subject(centre, code), None
    light = centre.store.light_revisions(code, SUMMARY)
    named: dict[str, set[str]] = {}
    for row in light:
        named.setdefault(row.revision.visit, set()).update(row.revision.context.get("earlier", "").split())
    about = {*keys, *(key for key, names in named.items() if names & keys)}
    needed = about.union(OWN_KEYS, *(named.get(key, ()) for key in about))
    rows = [*centre.store.some_revisions(code, needed, (WITHDRAWAL, ADVERSE), known)]
    if any(row.revision.form == WITHDRAWAL for row in rows):  # what is of a later day hangs on all of it
        return one_subject(centre, code), frozenset(about)
    rows += [row for row in light if row.revision.visit not in needed]
    found = subjects(_received(centre, rows, {}), centre.definitions, centre.packs)
    return (found[0] if found else None), frozenset(about)


def left_out(centre: Centre) -> dict[str, int]:
    """Of subjects that were handed over: how many versions do not count, by subject."""
    held = custodies(centre)
    found = {}
    for code, known in held.items():
        rows = centre.store.revisions(code)
        found[code] = sum(_rank(centre, known, row) is None for row in rows)
    return {code: count for code, count in found.items() if count}


def _received(
    centre: Centre, rows: Iterable[ReceivedRevision], held: Mapping[str, Custody]
) -> list[Received]:
    """What counts, each with the site that keeps its subject now, and later keepers as later epochs."""
    found = []
    for row in rows:
        site, epoch = row.site, centre.epoch_of(row.bundle)
        known = held.get(row.revision.subject)
        if known is not None:
            rank = _rank(centre, known, row)
            if rank is None:
                continue
            site, epoch = known.keepers[-1][0], rank * (MAX_EPOCH + 1) + epoch
        found.append(Received(site, epoch, row.revision, row.op == "del", row.digest))
    return found


def _rank(centre: Centre, known: Custody, row: ReceivedRevision) -> int | None:
    epoch, seq = centre.position_of(row.bundle)
    return known.rank((row.site, row.writer), epoch, seq)
