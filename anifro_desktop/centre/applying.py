"""One accepted bundle written into the store: its records, what was wrong with some, and the scores computed
again.

Called inside the transaction of the bundle; it opens none that could be saved without the rest. What is well formed is
kept, whoever sent it: whether it counts is custody's to say, which knows what comes later too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from anifro_desktop.centre import custody, forgotten
from anifro_desktop.centre.assembling import ENROLMENT_FORM, Subject
from anifro_desktop.centre.consent import WITHDRAWAL, may_use
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.querying import take_act, take_back, tell_of_trouble
from anifro_desktop.centre.reading import Touched, touched
from anifro_desktop.centre.rescoring import DIFFERS, Difference, rescore
from anifro_desktop.centre.sifting import Bad, sift
from anifro_desktop.centre.standing import note_standings
from anifro_desktop.store.centre_answers import AnswerRow
from anifro_desktop.store.centre_rows import CentreBundle, DifferenceRow, ReceivedRevision
from anifro_desktop.study.visit_keys import key_before
from anifro_desktop.sync.bundle import Opened
from anifro_desktop.sync.query import ACT_FORM, read_act
from anifro_desktop.sync.records import Record
from anifro_desktop.sync.sourcemarks import MARK_FORM, read_mark
from anifro_desktop.sync.transfer import FORM as HANDOVER_FORM
from anifro_desktop.sync.transfer import read_statement
from anifro_desktop.thread import Act

BAD_RECORD, SCORE_DIFFERS, HANDOVER_FORK = "bad_record", "score_differs", "handover_fork"
# A receipt lists at most so many findings about one bundle. Of more bad records than that, the centre notes only the
# last besides, whose place says how many there were.
MAX_FINDINGS = 200
_AT_ONCE = 50  # subjects that are read together


@dataclass(frozen=True, slots=True)
class Applied:
    """What one bundle brought. differences: scores of visits that differ now and did not before. excluded: of the
    subjects that it tells of, those whose data may not be used."""

    records: int
    bad: int
    differences: int
    excluded: tuple[str, ...] = ()


def apply_bundle(centre: Centre, row: CentreBundle, data: bytes, opened: Opened) -> Applied:
    """Write an accepted bundle.

    Raises:
        BundleRefused: its manifest does not belong to it; nothing was written.
    """
    sifted = sift(
        opened, centre.definitions, centre.packs, custody.taken_over(centre, (row.site, row.writer))
    )
    centre.store.keep_bundle(row, data)
    bad = list(sifted.bad)
    moved, unheard = _keep_statements(centre, row, sifted.good, bad)
    good: list[Record] = []
    said = sum(moved.values())
    for place, record in sifted.good:
        if record.revision.form == HANDOVER_FORM:
            continue
        if record.revision.subject in unheard:
            bad.append(Bad(place, "foreign_subject"))
        elif record.revision.form in (ACT_FORM, MARK_FORM):
            kept = _said(centre, row, record)
            said += kept
            bad += [] if kept else [Bad(place, "other_patient")]
        else:
            good.append(record)
    came = [_received(row, record) for record in good]
    centre.store.add_revisions(came)
    known = {item.place: item for item in came}
    changed = sorted(_changed(good, moved).items())
    differing: list[str] = []
    excluded: list[str] = []
    held: dict[str, custody.Custody] = {}
    for start in range(0, len(changed), _AT_ONCE):
        some = dict(changed[start : start + _AT_ONCE])
        held |= custody.custodies_of(centre, some)
        _look_again(centre, touched(centre, some, held, known), differing, excluded)
    forgotten.take_up(centre, row, _acts(row, sifted.good))
    forked = [code for code in sorted(held) if tell_of_trouble(centre, held[code])]
    centre.store.answer(_answers(row, bad, differing, forked))
    return Applied(len(good) + said, len(bad), len(differing), tuple(excluded))


def _look_again(
    centre: Centre, found: Mapping[str, Touched], differing: list[str], excluded: list[str]
) -> None:
    """Note what follows from what some subjects are now: where they stand, and how their scores compare. Of those
    whose data may not be used the codes go to `excluded`; what differs now and did not before, to `differing`."""
    note_standings(centre, {code: subject for code, (subject, _) in found.items()})
    before: dict[str, list[DifferenceRow]] = {}
    for old in centre.store.differences_of(found):
        before.setdefault(old.subject, []).append(old)
    for code, (subject, about) in sorted(found.items()):
        usable = subject is not None and may_use(subject)
        asked = (subject, about) if usable else (None, None)
        differing += _score_again(centre, code, *asked, before.get(code, ()))
        if subject is not None and not usable:
            excluded.append(code)
            take_back(centre, code)


def _changed(good: Iterable[Record], moved: Iterable[str]) -> dict[str, set[str] | None]:
    """The keys of each subject under which something came; None where everything of it is to be looked at again: it
    changed hands, its consent or enrolment is another."""
    found: dict[str, set[str] | None] = dict.fromkeys(moved)
    for record in good:
        revision = record.revision
        keys = found.setdefault(revision.subject, set())
        if revision.form == WITHDRAWAL or (revision.form == ENROLMENT_FORM and record.op == "del"):
            found[revision.subject] = None
        elif keys is not None:
            keys.add(key_before(revision.visit))
    return found


def _said(centre: Centre, row: CentreBundle, record: Record) -> bool:
    """Keep an answer to a question, or a mark of source verification; False where a question is another patient's."""
    revision = record.revision
    if revision.form == ACT_FORM:
        return take_act(centre, read_act(revision, row.sha256), revision.subject)
    centre.store.keep_mark(read_mark(revision, row.sha256))
    return True


def _acts(row: CentreBundle, good: Iterable[tuple[int, Record]]) -> list[tuple[str, Act]]:
    """What a bundle says to questions, with the subject of each."""
    return [
        (one.revision.subject, read_act(one.revision, row.sha256))
        for _, one in good
        if one.revision.form == ACT_FORM
    ]


def _keep_statements(
    centre: Centre, row: CentreBundle, records: Iterable[tuple[int, Record]], bad: list[Bad]
) -> tuple[Counter[str], frozenset[str]]:
    """Keep what a bundle says of hand-overs; of which subjects it speaks, and how often. What is too much goes to
    `bad`; and the subjects of other sites that are too many."""
    about, room, unheard = Counter[str](), dict[str, int](), set[str]()
    writer = (row.site, row.writer)
    said = [(place, record) for place, record in records if record.revision.form == HANDOVER_FORM]
    others = custody.spoken_of(centre, writer) if said else set[str]()
    for place, record in said:
        subject = record.revision.subject
        if not custody.of_site(subject, writer) and subject not in others:
            if len(others) >= custody.MAX_TAKEN:
                unheard.add(subject)
            else:
                others.add(subject)
        if subject not in room:
            room[subject] = 0 if subject in unheard else custody.may_say(centre, subject, writer)
        if about[subject] >= room[subject]:
            bad.append(Bad(place, "too_many"))
            continue
        custody.keep_statement(centre, row, place, read_statement(record.revision, row.writer))
        about[subject] += 1
    return +about, frozenset(unheard)


def _received(row: CentreBundle, record: Record) -> ReceivedRevision:
    extra = {"line": dict(record.extra), "data": dict(record.data_extra)}
    kept = {name: value for name, value in extra.items() if value}
    return ReceivedRevision(
        row.site,
        row.writer,
        record.revision,
        row.sha256,
        record.op,
        kept,
        *record.revision.written(plain=True),
        row.epoch,
    )


def _score_again(
    centre: Centre,
    code: str,
    subject: Subject | None,
    about: frozenset[str] | None,
    before: Collection[DifferenceRow],
) -> list[str]:
    """Note every finding about a subject (None: nothing of it is to be looked at), or about what stands under some
    keys. before: what was found of it at any time. Returns `subject/visit/rule` of those that differ and did not."""
    findings = rescore(subject, centre.definitions, about) if subject else []
    if findings or before:
        centre.store.set_differences(code, [_difference_row(found) for found in findings], about)
    were = {_place(found) for found in before if found.open}
    return sorted({_place(found) for found in findings if found.kind == DIFFERS} - were)


def _place(found: Difference | DifferenceRow) -> str:
    return f"{found.subject}/{found.visit}/{found.rule}"


def _difference_row(found: Difference) -> DifferenceRow:
    return DifferenceRow(
        found.subject,
        found.visit,
        found.rule,
        found.part,
        found.kind,
        found.carried,
        found.computed,
        found.why,
    )


def _answers(
    row: CentreBundle, bad: Iterable[Bad], differing: Iterable[str], forked: Iterable[str]
) -> Iterable[AnswerRow]:
    where = (row.site, row.writer, row.epoch, row.seq, "accepted")
    yield AnswerRow(row.sha256, 0, *where)
    findings = [(BAD_RECORD, f"{item.place} {item.code} {item.detail}".strip()) for item in bad]
    last = len(findings)
    findings += [(SCORE_DIFFERS, place) for place in differing]
    findings += [(HANDOVER_FORK, code) for code in forked]
    for number, (code, detail) in enumerate(findings, 1):
        if MAX_FINDINGS < number < last:
            continue
        yield AnswerRow(row.sha256, number, *where, code, detail)
