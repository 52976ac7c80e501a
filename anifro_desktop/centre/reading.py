"""What the store holds, as the values that assembling and re-scoring take."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from anifro_desktop.centre.assembling import OWN_KEYS, SUMMARY, Received, Subject, agreed, subjects
from anifro_desktop.centre.consent import WITHDRAWAL
from anifro_desktop.centre.custody import Custody, custodies, custodies_among, custodies_of, custody_of
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.standing import ADVERSE
from anifro_desktop.record import Revision
from anifro_desktop.store.centre_rows import Arrival, Place, ReceivedRevision

_SLICE = 50  # subjects read at a time: some 5,000 versions
Touched = tuple[Subject | None, frozenset[str] | None]


class _Scope(NamedTuple):
    """Keys of one subject. about: under which scores are to be computed again; needed: under which answers are needed
    for that."""

    about: frozenset[str]
    needed: frozenset[str]


def all_subjects(centre: Centre) -> list[Subject]:
    """Every subject as it stands now, by site and code."""
    return subjects((item for item, _ in everything(centre)), centre.definitions, centre.packs)


def stream_subjects(centre: Centre) -> Iterator[Subject]:
    """The same subjects in the same order, of which no more than a slice is held at a time."""
    for rows, held in in_slices(centre):
        some = received(centre, rows, held)
        rows.clear()  # their texts are not held while the next are read
        yield from subjects(some, centre.definitions, centre.packs)


def in_slices(
    centre: Centre, bundles: Container[str] | None = None
) -> Iterator[tuple[list[ReceivedRevision], Mapping[str, Custody]]]:
    """Every version of some subjects at a time, by the site that keeps them and their code, and who keeps those of whom
    not all that came counts. bundles: as if only these had come, by SHA-256 (None: all)."""
    codes, held = _kept(centre, bundles)
    for some in _parts(codes):
        rows = centre.store.revisions_about(some)
        yield [row for row in rows if bundles is None or row.bundle in bundles], held


def arrivals(centre: Centre, bundles: Container[str]) -> Iterator[list[Arrival]]:
    """The same versions with their texts unread, by subject in some order."""
    for some in _parts(_kept(centre, bundles)[0]):
        yield [row for row in centre.store.arrivals_about(some) if row.bundle in bundles]


def _parts(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    return (codes[start : start + _SLICE] for start in range(0, len(codes), _SLICE))


def _kept(centre: Centre, bundles: Container[str] | None) -> tuple[list[str], Mapping[str, Custody]]:
    """The subjects that somebody keeps, by site and code, and who keeps those of whom not all that came counts."""
    centre.learn_positions()
    senders = centre.store.all_senders()
    said = [row for row in centre.store.statements() if bundles is None or row.bundle in bundles]
    if bundles is not None:
        doubtful = {code for code, some in senders.items() if len(some) > 1} | {row.subject for row in said}
        senders |= {code: _senders_within(centre, code, bundles) for code in doubtful}
    held = custodies_among(centre, said, senders)
    keepers = {code: known.keeper for code, known in held.items()}
    sites = {code: min(some)[0] for code, some in senders.items() if code not in held}
    sites |= {code: keeper[0] for code, keeper in keepers.items() if keeper is not None}
    return sorted(sites, key=lambda code: (sites[code], code)), held


def _senders_within(centre: Centre, code: str, bundles: Container[str]) -> frozenset[tuple[str, str]]:
    rows = centre.store.revisions_about([code])
    return frozenset((row.site, row.writer) for row in rows if row.bundle in bundles)


def everything(centre: Centre) -> list[tuple[Received, str]]:
    """Every version that counts, of every record, with the hash of the bundle that brought it."""
    centre.learn_positions()
    rows = centre.store.revisions()
    senders: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        senders.setdefault(row.revision.subject, set()).add((row.site, row.writer))
    return paired(centre, rows, custodies(centre, senders))


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
    return received(centre, centre.store.revisions(code), {} if known is None else {code: known})


def conflicts(centre: Centre) -> list[Revision]:
    """Of each version that came with more than one text that counts, one of these, by record and number."""
    candidates = centre.store.conflicts()
    rows = centre.store.revisions_of(record for record, _ in candidates)
    known = custodies_of(centre, {row.revision.subject for row in rows})
    texts: dict[tuple[str, int, str, str], dict[str, Revision]] = {}
    for item in received(centre, rows, known):
        one = item.revision
        texts.setdefault((one.id, one.ver, one.subject, one.form), {})[item.digest] = one
    return [some[min(some)] for _, some in sorted(texts.items()) if len(some) > 1]


def touched(
    centre: Centre,
    changed: Mapping[str, Set[str] | None],
    held: Container[str],
    known: Mapping[Place, ReceivedRevision],
) -> dict[str, Touched]:
    """As much of each subject as it takes to score anew what new records under some of its keys (None: any) bear upon;
    and the keys of that: these, and those of the visits that name one of them as an earlier one. None: all. held: of
    whom not all that came counts (see `custodies_of`). known: what came just now, and need not be read.

    Of the visits that are not looked at, there are the days alone. A subject that several sent, or that withdrew, is
    read whole: which of its records count may have changed.
    """
    partly = {code: keys for code, keys in changed.items() if keys is not None and code not in held}
    found: dict[str, Touched] = {
        code: (one_subject(centre, code), None) for code in changed if code not in partly
    }
    light = _by_subject(centre.store.light_revisions(partly, SUMMARY))
    scopes = {code: _scope(light.get(code, ()), keys) for code, keys in partly.items()}
    needed = {code: scope.needed for code, scope in scopes.items()}
    read = _by_subject(centre.store.some_revisions(needed, (WITHDRAWAL, ADVERSE), known))
    for code, (about, needs) in scopes.items():
        rows = read.get(code, [])
        if any(row.revision.form == WITHDRAWAL for row in rows):  # what is of a later day hangs on all of it
            found[code] = (one_subject(centre, code), about)
            continue
        rows += [row for row in light.get(code, ()) if row.revision.visit not in needs]
        whole = subjects(received(centre, rows, {}), centre.definitions, centre.packs)
        found[code] = (whole[0] if whole else None, about)
    return found


def _by_subject(rows: Iterable[ReceivedRevision]) -> dict[str, list[ReceivedRevision]]:
    found: dict[str, list[ReceivedRevision]] = {}
    for row in rows:
        found.setdefault(row.revision.subject, []).append(row)
    return found


def _scope(light: Iterable[ReceivedRevision], keys: Set[str]) -> _Scope:
    """What new records under some keys bear upon. light: the summaries of the subject's visits."""
    named: dict[str, set[str]] = {}
    for row in light:
        named.setdefault(row.revision.visit, set()).update(row.revision.context.get("earlier", "").split())
    about = frozenset({*keys, *(key for key, names in named.items() if names & keys)})
    return _Scope(about, about.union(OWN_KEYS, *(named.get(key, ()) for key in about)))


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


def received(centre: Centre, rows: Iterable[ReceivedRevision], held: Mapping[str, Custody]) -> list[Received]:
    """What counts, each with the site that keeps its subject now."""
    return [item for item, _ in paired(centre, rows, held)]


def paired(
    centre: Centre, rows: Iterable[ReceivedRevision], held: Mapping[str, Custody]
) -> list[tuple[Received, str]]:
    """What counts, each with the hash of the bundle that brought it."""
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
        sender = "" if row.site == site else row.site
        item = Received(site, epoch, row.revision, row.op == "del", row.digest, turn, sender)
        found.append((item, row.bundle))
    return found


def _rank(centre: Centre, known: Custody, row: ReceivedRevision) -> int | None:
    epoch, seq = centre.position_of(row.bundle)
    return known.rank((row.site, row.writer), epoch, seq)
