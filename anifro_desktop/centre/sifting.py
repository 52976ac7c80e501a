"""The records of one opened bundle, the good apart from the bad: one bad record never stops the others.

A bundle that is here was signed by a registered site and opened whole. If it would be refused for one record,
the chain would stand still behind it for ever; so each record is judged alone, and what is wrong is counted
and named by place and code, never by content.

A record stands under the right key, or is bad: a form of the subject under the subject's own keys, a form of visits
under a visit at which it is asked or offered, a form of events under a key with its prefix. A tombstone stands under
the key of a mistake (`m06~1`), which tells the key it had.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from anifro_desktop.centre.answering import BadAnswer, check_answers
from anifro_desktop.forms.library import Library
from anifro_desktop.forms.model import Definitions, Form
from anifro_desktop.study.subject_code import check_code
from anifro_desktop.study.visit_keys import ENROLMENT, HISTORY, is_event, is_visit, key_before, kind_of
from anifro_desktop.sync.bundle import Opened
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.frame import Line
from anifro_desktop.sync.header import Header
from anifro_desktop.sync.query import ACT_FORM, read_act
from anifro_desktop.sync.records import Batch, Record, read_batch, read_record, taken_in
from anifro_desktop.sync.sourcemarks import MARK_FORM, read_mark
from anifro_desktop.sync.transfer import FORM as HANDOVER_FORM
from anifro_desktop.sync.transfer import read_statement

_OF_ONE_RECORD = frozenset({"bad_record", "foreign_subject"})


@dataclass(frozen=True, slots=True)
class Bad:
    """A record that was not taken. place: its line among the records, from 1. code: why. detail: a field or
    rule."""

    place: int
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Sifted:
    """What a bundle holds. good: with their places, from 1."""

    batch: Batch
    good: tuple[tuple[int, Record], ...]
    bad: tuple[Bad, ...]


def sift(
    opened: Opened,
    definitions: Definitions,
    packs: Library | None = None,
    also: Collection[str] = (),
) -> Sifted:
    """Sort the records of a bundle. packs: the current one and those before it (None: only the current one is known).
    also: subjects of other sites that its writer took over.

    Raises:
        BundleRefused: the manifest does not belong to the bundle.
    """
    good: list[tuple[int, Record]] = []
    bad: list[Bad] = []
    library = packs or Library.of(definitions)
    for place, record in enumerate(_records(opened, {*also, *taken_in(opened.lines)}), 1):
        if isinstance(record, BundleRefused):
            bad.append(Bad(place, record.code, record.detail))
        elif fault := _fault(record, library, opened.header.writer):
            bad.append(Bad(place, *fault))
        else:
            good.append((place, record))
    return Sifted(_facts(opened), tuple(good), tuple(bad))


def _records(opened: Opened, also: Collection[str]) -> list[Record | BundleRefused]:
    try:
        return list(read_batch(opened, also).records)
    except BundleRefused as refused:
        if refused.code not in _OF_ONE_RECORD:
            raise
    tables = Counter(str(line.get("table")) for line in opened.lines[1:])
    if opened.manifest.get("counts") != tables:
        raise BundleRefused("manifest_mismatch", "counts")
    return [_alone(opened.header, line, also) for line in opened.lines[1:]]


def _alone(header: Header, line: Line, also: Collection[str]) -> Record | BundleRefused:
    """One record, read as if it had come by itself."""
    try:
        return read_record(header, line, also)
    except BundleRefused as refused:
        return refused


def _facts(opened: Opened) -> Batch:
    """The bundle's own facts, without its records."""
    return read_batch(replace(opened, lines=({**opened.manifest, "counts": {}},)))


def _fault(record: Record, packs: Library, writer: str) -> tuple[str, str] | None:
    """What is wrong with a record by its own pack; where that is unknown, by the current one as far as that goes."""
    revision = record.revision
    if revision.form in (ACT_FORM, MARK_FORM, HANDOVER_FORM):
        return _said_fault(record, writer)
    own = packs.by_digest(revision.definition)
    known, definitions = own is not None, own or packs.current
    if not _is_code(revision.subject):
        return "bad_subject_code", ""
    form = next((form for form in definitions.forms if form.id == revision.form), None)
    if known and form is None:
        return "unknown_form", ""
    key = key_before(revision.visit) if record.op == "del" else revision.visit
    if form is not None and not _stands(form, key, known):
        return "bad_visit", ""
    try:
        if known:
            check_answers(revision, definitions)
    except BadAnswer as bad:
        return "bad_answer", str(bad)
    return None


def _said_fault(record: Record, writer: str) -> tuple[str, str] | None:
    """What is wrong with an answer to a question, a mark, or what is said of a hand-over: no record of a form, and all
    but the last said once."""
    revision = record.revision
    if not _is_code(revision.subject):
        return "bad_subject_code", ""
    if record.op != "put" or (revision.ver != 1 and revision.form != HANDOVER_FORM):
        return "bad_record", "version"
    try:
        if revision.form == ACT_FORM:
            read_act(revision)
        elif revision.form == HANDOVER_FORM:
            read_statement(revision, writer)
        else:
            read_mark(revision)
    except BundleRefused as refused:
        return refused.code, refused.detail
    return None


@lru_cache(maxsize=4096)  # a bundle has many records of each subject
def _is_code(subject: str) -> bool:
    return check_code(subject) == subject


def _stands(form: Form, key: str, known: bool) -> bool:
    """Whether a form may stand under a key. known: the record follows these definitions; others may have asked a form
    at other visits."""
    if form.level == "subject":
        return key == (HISTORY if form.id == HISTORY else ENROLMENT)
    if form.level == "event":
        return is_event(key) and key.startswith(f"{form.prefix}-")
    return is_visit(key) and (not known or form.derived or kind_of(key) in (*form.timetable, *form.optional))
