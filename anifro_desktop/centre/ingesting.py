"""Bundles taken in: read, verified, opened, judged, applied; each in one transaction with its chain and its
answer.

Rules kept here:
- Nothing is believed before its signature: what is unknown, revoked, damaged or altered is refused with
  nothing parsed and the database untouched. A copy goes to the quarantine folder, where it is counted and
  never read again.
- A repeated bundle changes no data and is answered again. One that comes too early is held, and applied when
  the missing ones have come, so any order ends in the same state. Two different files under one number freeze
  that epoch.
- One bad record does not stop the others; it is counted and answered. One bundle that the store cannot hold does not
  stop those of other sites.
- Every subject that a bundle touches is scored again, in the same transaction.
- Several programs may take in at once (see `working`): a bundle's transaction is about its site and subjects alone, and
  looks anew at how far the chain has come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from anifro_desktop.centre import quarantine, writer_keys
from anifro_desktop.centre.applying import apply_bundle
from anifro_desktop.centre.office import DATA_MANAGER, Centre
from anifro_desktop.centre.registering import set_aside, writer_row
from anifro_desktop.files import FilesError, read_regular
from anifro_desktop.store.centre_answers import AnswerRow
from anifro_desktop.store.centre_rows import CentreBundle, ChainRow
from anifro_desktop.store.errors import NotStorable
from anifro_desktop.sync.bundle import MAX_FILE, Opened, file_hash, open_bundle, peek_header
from anifro_desktop.sync.chain import Verdict, WriterState, judge, may_hold, missing
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.folder import Folder
from anifro_desktop.sync.garbage import uncollected
from anifro_desktop.sync.header import Header
from anifro_desktop.sync.names import bundle_name, is_bundle_name, parse_name

TAKEN = ("data",)  # kinds of files that sites send
_HANDOVER = "handover"  # from site to site, with identities: passed over, and said
READ = (*TAKEN, _HANDOVER)  # kinds that are told of
_PASSED = ("foreign", _HANDOVER)
Source = Path | bytes | tuple[str, bytes | str]
_MOST_SUBJECTS = 500  # that a bundle locks one by one: a server has room for some thousand locks
_TOO_NEW = "needs_upgrade"
# Reasons found only behind a good signature: the header is then the site's own, and the site is answered.
_SIGNED = frozenset(
    {
        *("wrong_recipient", "cannot_decrypt", "bad_frame", "bad_lines", "bad_count", "manifest_mismatch"),
        *("bad_record", _TOO_NEW),
    }
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.

    status: `accepted`, `duplicate`, `held`, `quarantined` (a fork), `refused`, or `ignored` (not a bundle's
    name in a folder). code: why, if not accepted. records: taken; bad: not taken; differences: new ones about
    scores. missing: numbers of this writer still to come. excluded: subjects of the bundle whose consent for data
    collected before is withdrawn.
    """

    name: str
    status: str
    code: str = ""
    site: str = ""
    writer: str = ""
    epoch: int = 0
    seq: int = 0
    records: int = 0
    bad: int = 0
    differences: int = 0
    missing: tuple[int, ...] = ()
    excluded: tuple[str, ...] = ()


def ingest(centre: Centre, sources: Iterable[Source]) -> list[Outcome]:
    """Take in files, whole folders, bytes, or names with bytes or a code as `fetching` brings them; then whatever was
    held and can now be applied.

    Raises:
        RoleNeeded: not a data manager. CannotRead, CrowdedFolder: a folder cannot be listed. CannotSave: the
        store cannot be written; what was reported before is safe.
    """
    centre.need(DATA_MANAGER)
    outcomes = list(_release_all(centre))
    for source in sources:
        for name, data in _files(source):
            if isinstance(data, str):
                outcomes.append(Outcome(name, "ignored" if data in _PASSED else "refused", data))
            else:
                outcomes += _take(centre, name, data)
    return outcomes


def open_data(centre: Centre, data: bytes) -> Opened:
    """A data bundle, checked and opened.

    Raises:
        BundleRefused: anything at all is wrong.
    """
    routing = peek_header(data)
    row = writer_row(centre, routing.site, routing.writer)
    return open_bundle(
        data,
        expect_type="data",
        key_for=lambda header: writer_keys.key_for(centre, header, file_hash(data)),
        seed_for=centre.opening_seed,
        min_suite=row.min_suite if row else centre.min_suite,
    )


def state_of(centre: Centre, site: str, writer: str, epoch: int, seq: int = 0) -> WriterState:
    """How far an epoch of a writer has come. seq: the number to be judged, of which it is said what was accepted."""
    row = centre.store.chain(site, writer, epoch)
    if row is None:
        return WriterState(epoch)
    sha256 = centre.store.seen(site, writer, epoch, seq) if 0 < seq < row.next_seq else None
    seen = {} if sha256 is None else {seq: sha256}
    return WriterState(epoch, row.next_seq, row.last_hash, seen, row.frozen)


def held_numbers(centre: Centre, site: str, writer: str, epoch: int) -> list[int]:
    """Numbers of the bundles of an epoch that wait."""
    rows = centre.store.bundles(site=site, writer=writer, epoch=epoch, state="held")
    return [row.seq for row in rows]


def _files(source: Source) -> Iterator[tuple[str, bytes | str]]:
    """Names and bytes, or a code where there is nothing to read."""
    if isinstance(source, bytes):
        yield "", source
    elif isinstance(source, tuple):
        yield source
    elif source.is_dir():
        folder = Folder(source)
        yield from ((odd.name, odd.why) for odd in folder.odd())
        for name in folder.list():
            if parse_name(name).kind in READ:
                yield from _file(source / name)
    else:
        yield from _file(source)


def _file(path: Path) -> Iterator[tuple[str, bytes | str]]:
    if is_bundle_name(path.name) and parse_name(path.name).kind == _HANDOVER:
        yield path.name, _HANDOVER
        return
    try:
        yield path.name, read_regular(path, MAX_FILE)
    except FilesError as error:
        yield path.name, error.code


def _take(centre: Centre, name: str, data: bytes) -> list[Outcome]:
    with uncollected():
        outcome = _taken(centre, name, data)
    if outcome.status != "accepted":
        return [outcome]
    return [outcome, *_release(centre, outcome.site, outcome.writer, outcome.epoch)]


def _taken(centre: Centre, name: str, data: bytes) -> Outcome:
    try:
        opened = open_data(centre, data)
        with _storable():
            outcome = _admit(centre, name, data, opened)
    except BundleRefused as refused:
        return _refuse(centre, name, data, refused)
    if outcome.status in ("accepted", "held", "duplicate"):
        quarantine.drop(centre.quarantine, opened.sha256)
    return outcome


def _admit(centre: Centre, name: str, data: bytes, opened: Opened) -> Outcome:
    header = opened.header
    with centre.store.transaction(*_about(opened)):
        state = state_of(centre, header.site, header.writer, header.epoch, header.seq)
        verdict = judge(state, header, opened.sha256)
        row = _row(header, opened.sha256, "applied")
        outcome = _outcome(name or row.name, header, "accepted")
        if verdict.action in ("accept", "hold"):
            writer_keys.note_use(centre, opened)
            writer_keys.hear(centre, row, opened)
        if verdict.action == "accept":
            writer_keys.take_in(centre, row, opened)
            applied = apply_bundle(centre, row, data, opened)
            _advance(centre, row, verdict.state)
            outcome = replace(
                outcome,
                records=applied.records,
                bad=applied.bad,
                differences=applied.differences,
                excluded=applied.excluded,
            )
        elif verdict.action == "duplicate":
            centre.store.answer_again(opened.sha256, "duplicate")
            outcome = replace(outcome, status="duplicate", code="again")
        elif verdict.action == "hold":
            return _hold(centre, outcome, row, data, "gap")
        else:
            outcome = _fork(centre, outcome, row, data, verdict)
    return outcome


@contextmanager
def _storable() -> Iterator[None]:
    """A bundle that the store cannot hold is refused as a whole: nothing of it was kept."""
    try:
        yield
    except NotStorable as error:
        raise BundleRefused("bad_record", "not storable") from error


def _fork(centre: Centre, outcome: Outcome, row: CentreBundle, data: bytes, verdict: Verdict) -> Outcome:
    known = centre.store.bundles(sha256=row.sha256, state="forked")
    code = known[0].code if known else verdict.reason  # the first reason stays, however often it comes
    centre.store.keep_bundle(replace(row, state="forked", code=code), data)
    _advance(centre, row, verdict.state)
    centre.store.answer([_answer(row, "quarantined", code)])
    return replace(outcome, status="quarantined", code=code)


def _hold(centre: Centre, outcome: Outcome, row: CentreBundle, data: bytes, code: str) -> Outcome:
    waiting = [
        held for held in centre.store.bundles(site=row.site, state="held") if held.sha256 != row.sha256
    ]
    if not may_hold(len(waiting) + 1, sum(held.size for held in waiting) + len(data)):
        return replace(outcome, status="refused", code="hold_full")
    centre.store.keep_bundle(replace(row, state="held", code=code), data)
    centre.store.answer([_answer(row, "held", code)])
    state = state_of(centre, row.site, row.writer, row.epoch)
    gaps = missing(state, held_numbers(centre, row.site, row.writer, row.epoch))
    return replace(outcome, status="held", code=code, missing=gaps)


def _refuse(centre: Centre, name: str, data: bytes, refused: BundleRefused) -> Outcome:
    code = refused.code
    if code not in _SIGNED:
        new = not quarantine.has(centre.quarantine, code, data)
        # Where the copies are full nothing tells a new arrival from the same again, so nothing is owed for it.
        if quarantine.keep(centre.quarantine, code, data) and new and code == writer_keys.REVOKED_KEY:
            writer_keys.tell_again(centre, data)
        return Outcome(name, "refused", code)
    header = peek_header(data)
    row = _row(header, file_hash(data), "refused")
    outcome = _outcome(name or row.name, header, "refused")
    with centre.store.transaction(_site(header.site)):
        # A program that knows more than this one may have applied it.
        if centre.store.bundles(sha256=row.sha256, state="applied"):
            centre.store.answer_again(row.sha256, "duplicate")
            return replace(outcome, status="duplicate", code="again")
        if code == _TOO_NEW:
            return _hold(centre, replace(outcome, status="held"), row, data, code)
        quarantine.keep(centre.quarantine, code, data)
        if centre.store.bundles(sha256=row.sha256, state="held"):
            centre.store.keep_bundle(replace(row, code=code), data)
        centre.store.answer([_answer(row, "refused", code)])
    return replace(outcome, code=code)


def _release_all(centre: Centre) -> Iterator[Outcome]:
    """Held bundles of every chain that can go on: after an interruption, or an upgrade of the program."""
    chains = {(row.site, row.writer, row.epoch) for row in centre.store.bundles(state="held")}
    for chain in sorted(chains):
        yield from _release(centre, *chain)


def _release(centre: Centre, site: str, writer: str, epoch: int) -> Iterator[Outcome]:
    """Apply, in order, the held bundles whose turn has come."""
    progress = True
    while progress:
        progress = False
        state = state_of(centre, site, writer, epoch)
        for row in centre.store.bundles(site=site, writer=writer, epoch=epoch, state="held"):
            if row.seq > state.next_seq:
                continue
            data = centre.store.bundle_bytes(row.sha256)
            try:
                opened = open_data(centre, data)
                with _storable(), centre.store.transaction(*_about(opened)):
                    # Another program may have applied it since.
                    waits = centre.store.bundles(sha256=row.sha256, state="held")
                    outcome = _admit(centre, row.name, data, opened) if waits else None
            except BundleRefused as refused:
                if refused.code == _TOO_NEW:
                    continue
                outcome = _drop(centre, row, data, refused)
            if outcome is not None:
                yield outcome
            progress = True
            break


def _site(site: str) -> str:
    return f"site/{site}"


def _about(opened: Opened) -> set[str]:
    """What the transaction of a bundle is about; nothing, that is the whole store, where that would be very much."""
    subjects = {f"subject/{line.get('subject')}" for line in opened.lines[1:]}
    return set() if len(subjects) > _MOST_SUBJECTS else {_site(opened.header.site), *subjects}


def _drop(centre: Centre, row: CentreBundle, data: bytes, refused: BundleRefused) -> Outcome:
    """A held bundle that turns out to be wrong, or is no longer believed, its writer having been revoked meanwhile."""
    if refused.code in _SIGNED:
        return _refuse(centre, row.name, data, refused)
    with centre.store.transaction(_site(row.site)):
        set_aside(centre, row, refused.code)
    return Outcome(row.name, "quarantined", refused.code, row.site, row.writer, row.epoch, row.seq)


def _advance(centre: Centre, row: CentreBundle, state: WriterState) -> None:
    where = (row.site, row.writer, row.epoch)
    centre.store.set_chain(ChainRow(*where, state.next_seq, state.last_hash, state.frozen))


def _row(header: Header, sha256: str, state: str) -> CentreBundle:
    name = bundle_name(header, sha256)
    return CentreBundle(sha256, header.site, header.writer, header.epoch, header.seq, name, state)


def _answer(row: CentreBundle, status: str, code: str) -> AnswerRow:
    return AnswerRow(row.sha256, 0, row.site, row.writer, row.epoch, row.seq, status, code)


def _outcome(name: str, header: Header, status: str) -> Outcome:
    return Outcome(name, status, "", header.site, header.writer, header.epoch, header.seq)
