"""What the store holds, as the values that assembling and re-scoring take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from anifro_desktop.centre.assembling import OWN_KEYS, SUMMARY, Received, Subject, agreed, subjects
from anifro_desktop.centre.consent import WITHDRAWAL
from anifro_desktop.centre.custody import Custody, custodies, custody_of
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.standing import ADVERSE
from anifro_desktop.record import Revision
from anifro_desktop.store.centre_rows import Place, ReceivedRevision


def all_subjects(centre: Centre) -> list[Subject]:
    """Every subject as it stands now, by site and code."""
    centre.learn_positions()
    rows = centre.store.revisions()
    senders: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        senders.setdefault(row.revision.subject, set()).add((row.site, row.writer))
    return subjects(_received(centre, rows, custodies(centre, senders)), centre.definitions, centre.packs)


def one_subject(centre: Centre, code: str) -> Subject | None:
    """One subject as it stands now; None if nothing of it counts."""
    found = subjects(counted(centre, code), centre.definitions, centre.packs)
    return found[0] if found else None


def standing_now(centre: Centre, code: str, visit: str) -> list[Revision]:
    """The version that counts of each form of a subject under a key."""
    return [item.revision for item in agreed(counted(centre, code)) if item.revision.visit == visit]


def counted(centre: Centre, code: str) -> list[Received]:
    """What counts of one subject."""
    known = custody_of(centre, code)
    return _received(centre, centre.store.revisions(code), {} if known is None else {code: known})


def conflicts(centre: Centre) -> list[Revision]:
    """Of each version that came with more than one text that counts, one of these, by record and number."""
    candidates = centre.store.conflicts()
    rows = centre.store.revisions_of(record for record, _ in candidates)
    held = {code: custody_of(centre, code) for code in {row.revision.subject for row in rows}}
    known = {code: found for code, found in held.items() if found is not None}
    texts: dict[tuple[str, int, str, str], dict[str, Revision]] = {}
    for item in _received(centre, rows, known):
        one = item.revision
        texts.setdefault((one.id, one.ver, one.subject, one.form), {})[item.digest] = one
    return [some[min(some)] for _, some in sorted(texts.items()) if len(some) > 1]


def touched(
    centre: Centre, code: str, keys: Set[str] | None, known: Mapping[Place, ReceivedRevision]
) -> tuple[Subject | None, frozenset[str] | None]:
    """As much of a subject as it takes to score anew what new records under some keys (None: any) bear upon; and the
    keys of that: these, and those of the visits that name one of them as an earlier one. None: all. known: what came
    just now, and need not be read.

    Of the visits that are not looked at, there are the days alone. A subject that several sent, or that withdrew, is
    read whole: which of its records count may have changed.
    """
    if keys is None or custody_of(centre, code) is not None:
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
        ranks: dict[tuple[str, int, str], bool] = {}
        for row in centre.store.revisions(code):
            counts = _rank(centre, known, row) is not None
            ranks[row.place[:3]] = ranks.get(row.place[:3], False) or counts
        found[code] = sum(not counts for counts in ranks.values())
    return {code: count for code, count in found.items() if count}


def _received(
    centre: Centre, rows: Iterable[ReceivedRevision], held: Mapping[str, Custody]
) -> list[Received]:
    """What counts, each with the site that keeps its subject now."""
    found = []
    for row in rows:
        site, turn = row.site, 0
        known = held.get(row.revision.subject)
        if known is not None:
            rank = _rank(centre, known, row)
            if rank is None:
                continue
            site, turn = known.keepers[-1][0], rank
        epoch = centre.epoch_of(row.bundle)
        found.append(Received(site, epoch, row.revision, row.op == "del", row.digest, turn))
    return found


def _rank(centre: Centre, known: Custody, row: ReceivedRevision) -> int | None:
    epoch, seq = centre.position_of(row.bundle)
    return known.rank((row.site, row.writer), epoch, seq)
