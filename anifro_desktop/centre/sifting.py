"""The records of one opened bundle, the good apart from the bad: one bad record never stops the others.

A bundle that is here was signed by a registered site and opened whole. If it would be refused for one record,
the chain would stand still behind it for ever; so each record is judged alone, and what is wrong is counted
and named by place and code, never by content.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from anifro_desktop.centre.assembling import BadAnswer, check_answers
from anifro_desktop.forms.model import Definitions
from anifro_desktop.record import Revision
from anifro_desktop.study.subject_code import check_code
from anifro_desktop.sync.bundle import Opened
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.frame import Line
from anifro_desktop.sync.records import Batch, Record, read_batch

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


def sift(opened: Opened, definitions: Definitions) -> Sifted:
    """Sort the records of a bundle.

    Raises:
        BundleRefused: the manifest does not belong to the bundle.
    """
    good: list[tuple[int, Record]] = []
    bad: list[Bad] = []
    for place, record in enumerate(_records(opened), 1):
        if isinstance(record, BundleRefused):
            bad.append(Bad(place, record.code, record.detail))
        elif fault := _fault(record.revision, definitions):
            bad.append(Bad(place, *fault))
        else:
            good.append((place, record))
    return Sifted(_facts(opened), tuple(good), tuple(bad))


def _records(opened: Opened) -> list[Record | BundleRefused]:
    try:
        return list(read_batch(opened).records)
    except BundleRefused as refused:
        if refused.code not in _OF_ONE_RECORD:
            raise
    tables = Counter(str(line.get("table")) for line in opened.lines[1:])
    if opened.manifest.get("counts") != tables:
        raise BundleRefused("manifest_mismatch", "counts")
    return [_alone(opened, line) for line in opened.lines[1:]]


def _alone(opened: Opened, line: Line) -> Record | BundleRefused:
    """One record, read as if it had come by itself."""
    manifest: Line = {**opened.manifest, "counts": {str(line.get("table")): 1}}
    try:
        return read_batch(replace(opened, lines=(manifest, line))).records[0]
    except BundleRefused as refused:
        return refused


def _facts(opened: Opened) -> Batch:
    """The bundle's own facts, without its records."""
    return read_batch(replace(opened, lines=({**opened.manifest, "counts": {}},)))


def _fault(revision: Revision, definitions: Definitions) -> tuple[str, str] | None:
    forms = {form.id: form for form in definitions.forms}
    known = revision.definition == definitions.digest
    if check_code(revision.subject) != revision.subject:
        return "bad_subject_code", ""
    if known and revision.form not in forms:
        return "unknown_form", ""
    form = forms.get(revision.form)
    if form is not None and (form.level == "subject") != (revision.visit == ""):
        return "bad_visit", ""
    try:
        if known:
            check_answers(revision, definitions)
    except BadAnswer as bad:
        return "bad_answer", str(bad)
    return None
