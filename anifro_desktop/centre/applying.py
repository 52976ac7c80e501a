"""One accepted bundle written into the store: its records, what was wrong with some, and the scores computed
again.

Called inside the transaction of the bundle; it opens none that could be saved without the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from anifro_desktop.centre.assembling import Subject
from anifro_desktop.centre.consent import may_use
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.reading import one_subject
from anifro_desktop.centre.rescoring import DIFFERS, Difference, rescore
from anifro_desktop.centre.sifting import Bad, sift
from anifro_desktop.store.centre_answers import AnswerRow
from anifro_desktop.store.centre_rows import CentreBundle, DifferenceRow, ReceivedRevision
from anifro_desktop.sync.bundle import Opened
from anifro_desktop.sync.records import Record

BAD_RECORD, SCORE_DIFFERS = "bad_record", "score_differs"
# A receipt lists at most so many findings about one bundle; the centre's own list has them all.
MAX_FINDINGS = 200


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
    sifted = sift(opened, centre.definitions, centre.packs)
    owners: dict[str, tuple[str, str, str, str]] = {}
    good: list[Record] = []
    bad = list(sifted.bad)
    for place, record in sifted.good:
        if _is_owner(centre, row, record, owners):
            good.append(record)
        else:
            bad.append(Bad(place, "other_owner"))
    centre.store.keep_bundle(row, data)
    centre.store.add_revisions(_received(row, record) for record in good)
    changed = {record.revision.subject for record in good}
    differing: list[str] = []
    excluded = []
    for code in sorted(changed):
        subject = one_subject(centre, code)
        usable = subject is not None and may_use(subject)
        differing += _score_again(centre, code, subject if usable else None)
        excluded += [code] if subject is not None and not usable else []
    centre.store.answer(_answers(row, bad, differing))
    return Applied(len(good), len(bad), len(differing), tuple(excluded))


def _is_owner(
    centre: Centre, row: CentreBundle, record: Record, owners: dict[str, tuple[str, str, str, str]]
) -> bool:
    """Whether the record is this writer's, of the subject and form it always was."""
    revision = record.revision
    mine = (row.site, row.writer, revision.subject, revision.form)
    owner = owners.get(revision.id) or centre.store.owner(revision.id)
    owners[revision.id] = owner or mine
    return owner in (None, mine)


def _received(row: CentreBundle, record: Record) -> ReceivedRevision:
    extra = {"line": dict(record.extra), "data": dict(record.data_extra)}
    kept = {name: value for name, value in extra.items() if value}
    return ReceivedRevision(row.site, row.writer, record.revision, row.sha256, record.op, kept)


def _score_again(centre: Centre, code: str, subject: Subject | None) -> list[str]:
    """Note every finding about a subject (None: nothing of it is to be looked at); returns `subject/visit/rule` of
    those that differ and did not before."""
    before = {_place(found) for found in centre.store.differences() if found.subject == code}
    findings = rescore(subject, centre.definitions) if subject else []
    centre.store.set_differences(code, [_difference_row(found) for found in findings])
    return sorted({_place(found) for found in findings if found.kind == DIFFERS} - before)


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


def _answers(row: CentreBundle, bad: Iterable[Bad], differing: Iterable[str]) -> Iterable[AnswerRow]:
    where = (row.site, row.writer, row.epoch, row.seq, "accepted")
    yield AnswerRow(row.sha256, 0, *where)
    findings = [(BAD_RECORD, f"{item.place} {item.code} {item.detail}".strip()) for item in bad]
    findings += [(SCORE_DIFFERS, place) for place in differing]
    for number, (code, detail) in enumerate(findings, 1):
        yield AnswerRow(row.sha256, number, *where, code, detail)
