"""Record versions as the lines of a data bundle, and back.

A line is `{table, id, subject, ver, prev, op, day, data}`: `data` is one pseudonymised Revision, `table`
its form, `ver` its number, `op` put or del (a tombstone: no values). Line 1 is the manifest: where the
bundle belongs, how many lines of each table, the head of the site's audit trail, the version of the
program.

Rules kept here:
- What a newer program adds to a line or to its revision is kept and passed on, never dropped.
- A site speaks of its own subjects, and of those it says that it took over.
- Last net before a file leaves, and again when it arrives: no instant, no free reason, no calendar date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from anifro_desktop.record import REVISION_FIELDS, Json, RecordError, Revision, canonical, check_kinds
from anifro_desktop.sync.bundle import MANIFEST_REPEATS, Opened
from anifro_desktop.sync.errors import BundleRefused, NotPseudonymised
from anifro_desktop.sync.frame import MARKS, Line, Written
from anifro_desktop.sync.garbage import uncollected
from anifro_desktop.sync.header import Header

# Aims for one bundle, far below the reader's limits: raw bytes, and values (see `frame.MAX_MARKS`).
SPLIT_BYTES = 4 * 1024 * 1024
SPLIT_MARKS = 200_000
# The calendar of the forms has 300 years; no honest study day is further from enrolment.
MAX_DAY = 300 * 366
# Texts of context and signature together, and characters of each: some visits named by their keys.
MAX_TEXTS, MAX_TEXT = 32, 4000

_LINE_FIELDS = frozenset({"table", "id", "subject", "ver", "prev", "op", "day", "data"})
_REVISION_FIELDS = frozenset(REVISION_FIELDS)
_OPS = frozenset({"put", "del"})
_MAPS = ("values", "notes", "scores", "context", "signature")
_REPEATED = ("table", "id", "subject", "ver", "prev", "op", "day")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TABLE = re.compile(r"[a-z][a-z0-9_]{0,25}")
_SUBJECT = re.compile(r"[A-Z0-9]{2,8}-[A-Z0-9-]{1,20}")
_HASH = re.compile(r"[0-9a-f]{64}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_DATE = re.compile(r"(?<![0-9])(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Record:
    """One version of one record. extra, data_extra: what a newer program added to line and revision."""

    revision: Revision
    op: str = "put"
    extra: Mapping[str, Json] = field(default_factory=dict)
    data_extra: Mapping[str, Json] = field(default_factory=dict)

    def line(self) -> Line:
        """The line of the bundle."""
        revision = self.revision
        return {
            **self.extra,
            "table": revision.form,
            "id": revision.id,
            "subject": revision.subject,
            "ver": revision.ver,
            "prev": revision.prev,
            "op": self.op,
            "day": revision.day,
            "data": {**self.data_extra, **_fields(revision)},
        }


class Part(list[Record]):
    """The records of one bundle. texts: of their lines, as they were when they were counted."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[bytes] = []


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The last entry of the site's audit trail: number (0: none yet) and hash."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Batch:
    """The content of a data bundle."""

    header: Header
    counts: Mapping[str, int]
    audit: AuditHead
    app: str
    records: tuple[Record, ...]


@uncollected()
def data_lines(
    header: Header,
    records: Sequence[Record],
    *,
    audit: AuditHead,
    app: str,
    also: Collection[str] = (),
    told: Line | None = None,
) -> list[Line]:
    """The lines to seal: manifest, then the records. `app` is the version of the program. also: subjects of other sites
    that were taken over here. told: what else the manifest says (see `announcing`).

    Raises:
        NotPseudonymised: a revision still has something that may not leave the site.
        BundleRefused: a record that the centre would refuse.
    """
    lines = [record.line() for record in records]
    if isinstance(records, Part):
        lines = [Written(line, text) for line, text in zip(lines, records.texts, strict=True)]
    manifest: Line = {name: getattr(header, name) for name in MANIFEST_REPEATS}
    manifest |= {
        "counts": dict(_counts(records)),
        "audit": {"seq": audit.seq, "hash": audit.hash},
        "app": app,
    }
    manifest |= told or {}
    try:
        _would_be_read(header, (manifest, *lines), records, also)
    except BundleRefused:
        for record in records:
            if leak := _leak(record, _inside(record.revision.scores)[1]):
                raise NotPseudonymised(record.revision.id, leak) from None
        raise
    return [manifest, *lines]


def _would_be_read(
    header: Header, lines: Sequence[Line], records: Sequence[Record], also: Collection[str]
) -> None:
    """Refuse what `_read` would, of lines that were made of these very records."""
    taken = {*also, *taken_in(lines)}
    for line, record in zip(lines[1:], records, strict=True):
        if record.op not in _OPS:
            raise BundleRefused("bad_record", "op")
        _check_kinds(line["data"])
        _judge(header, record, taken)
    _batch(header, lines[0], records)


def read_batch(opened: Opened, also: Collection[str] = ()) -> Batch:
    """The records of an opened data bundle. also: subjects of other sites that its writer took over, beside those of
    which the bundle says so itself.

    Raises:
        BundleRefused: `bad_record`, `foreign_subject` or `manifest_mismatch`.
    """
    return _read(opened.header, opened.lines, also)


def split(records: Iterable[Record], max_bytes: int = SPLIT_BYTES) -> Iterator[Part]:
    """The records in order, with their texts, in parts that each fit well into one bundle; none for no records."""
    part = Part()
    size = marks = 0
    for record in records:
        text = canonical(record.line())
        more = sum(map(text.count, MARKS))
        if part and (size + len(text) > max_bytes or marks + more > SPLIT_MARKS):
            yield part
            part, size, marks = Part(), 0, 0
        part.append(record)
        part.texts.append(text)
        size += len(text)
        marks += more
    if part:
        yield part


def taken_in(lines: Sequence[Line]) -> frozenset[str]:
    """The subjects of which the lines of a bundle say that its writer took them over."""
    found = set()
    for line in lines[1:]:
        match line:
            case {"table": "handover", "subject": str(subject), "data": {"values": {"act": "taken"}}}:
                found.add(subject)
    return frozenset(found)


def _read(header: Header, lines: Sequence[Line], also: Collection[str]) -> Batch:
    taken = {*also, *taken_in(lines)}
    return _batch(header, lines[0], [read_record(header, line, taken) for line in lines[1:]])


def _batch(header: Header, manifest: Line, records: Sequence[Record]) -> Batch:
    versions = Counter((record.revision.id, record.revision.ver) for record in records)
    if len(versions) != len(records):
        raise BundleRefused("bad_record", "version twice")
    counts, app = manifest.get("counts"), manifest.get("app")
    # As text, because in Python `True == 1`.
    if canonical(counts) != canonical(_counts(records)) or not isinstance(app, str) or len(app) > 32:
        raise BundleRefused("manifest_mismatch", "counts")
    return Batch(header, _counts(records), _audit(manifest.get("audit")), app, tuple(records))


def _audit(value: Json) -> AuditHead:
    match value:
        case {"seq": int(seq), "hash": str(digest)} if not isinstance(seq, bool) and seq >= 0:
            if _HASH.fullmatch(digest):
                return AuditHead(seq, digest)
    raise BundleRefused("manifest_mismatch", "audit")


def _counts(records: Iterable[Record]) -> Mapping[str, int]:
    return dict(Counter(record.revision.form for record in records))


def read_record(header: Header, line: Line, taken: Collection[str]) -> Record:
    """The record of one line. taken: the subjects of other sites that its writer took over.

    Raises:
        BundleRefused: `bad_record` or `foreign_subject`.
    """
    data = line.get("data")
    if not isinstance(data, dict):
        raise BundleRefused("bad_record", "data")
    try:
        known = data if data.keys() == _REVISION_FIELDS else _among(data, _REVISION_FIELDS)
        revision = Revision.from_json(known)
    except RecordError as error:
        raise BundleRefused("bad_record", "revision") from error
    record = Record(
        revision=revision,
        op="del" if line.get("op") == "del" else "put",
        extra=_beside(line, _LINE_FIELDS),
        data_extra=_beside(data, _REVISION_FIELDS),
    )
    if not _repeats(line, record):
        raise BundleRefused("bad_record", "line and revision differ")
    _judge(header, record, taken)
    return record


def _check_kinds(data: Any) -> None:
    try:
        check_kinds(data)
    except RecordError as error:
        raise BundleRefused("bad_record", "revision") from error


def _judge(header: Header, record: Record, taken: Collection[str]) -> None:
    fault = _fault(record)
    if fault:
        raise BundleRefused("bad_record", fault)
    subject = record.revision.subject
    if not subject.startswith(f"{header.site}-") and subject not in taken:
        raise BundleRefused("foreign_subject")


def _beside(told: Line, known: Set[str]) -> dict[str, Json]:
    return {name: told[name] for name in sorted(told.keys() - known)}


def _among(told: Line, known: Set[str]) -> Line:
    return {name: value for name, value in told.items() if name in known}


def _fields(revision: Revision) -> dict[str, Json]:
    """The fields of a revision as JSON; not copied where they are JSON already, which is nearly always."""
    found = {name: getattr(revision, name) for name in REVISION_FIELDS}
    return found if all(type(found[name]) is dict for name in _MAPS) else revision.to_json()


def _repeats(line: Line, record: Record) -> bool:
    """Whether a line says of its record what the revision in it does; by type too, since in Python `True == 1`."""
    revision = record.revision
    said = (
        revision.form,
        revision.id,
        revision.subject,
        revision.ver,
        revision.prev,
        record.op,
        revision.day,
    )
    told = tuple(line.get(name, line) for name in _REPEATED)
    return said == told and [*map(type, said)] == [*map(type, told)]


def _fault(record: Record) -> str:
    revision = record.revision
    texts = (revision.visit, revision.definition, revision.who, revision.why)
    maps = [*revision.context.values(), *revision.signature.values()]
    names, said = _inside(revision.scores)
    rules = {
        "id": _UUID.fullmatch(revision.id),
        "table": _TABLE.fullmatch(revision.form),
        "subject": _SUBJECT.fullmatch(revision.subject),
        "ver": 1 <= revision.ver <= 999_999,
        "prev": revision.prev == "" if revision.ver == 1 else _HASH.fullmatch(revision.prev),
        "op": record.op == "put" or not revision.values,
        "texts": len(max(texts, key=len)) <= 128 and _plain(texts),
        "day": revision.day is None or abs(revision.day) <= MAX_DAY,
        "maps": len(maps) <= MAX_TEXTS
        and all(isinstance(item, str) and len(item) <= MAX_TEXT for item in maps)
        and _plain(maps),
        "scores": _plain(names),
        "leak": not _leak(record, said),
    }
    return next((name for name, kept in rules.items() if not kept), "")


def _leak(record: Record, said: Sequence[str]) -> str:
    """What of a record may not leave the site. said: the texts in its scores (see `_inside`)."""
    revision = record.revision
    for name in ("when", "why_text", "salt"):
        if getattr(revision, name):
            return name
    if revision.signature.get("when"):
        return "signature"
    for name, texts in (
        ("values", _inside(revision.values)[1]),
        ("notes", _inside(revision.notes)[1]),
        ("scores", said),
    ):
        if texts and dated("\n".join(texts)):  # no date goes over a line's end
            return name
    return ""


def dated(text: str) -> bool:
    """Whether a text has a calendar date as this program writes dates, which no net lets through."""
    return bool(_DATE.search(text))


def _plain(texts: Iterable[str]) -> bool:
    return not _CONTROL.search("".join(texts))


def _inside(value: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """The names in an object and in all objects inside it; and its texts, but for those too short for a date."""
    names: list[str] = []
    texts: list[str] = []
    left: list[Any] = [value]
    for item in left:  # what is found inside is looked at after it
        inside = item
        if isinstance(item, Mapping):
            names += item
            inside = item.values()
        for inner in inside:
            if type(inner) in _FLAT:  # first: most of it
                continue
            if isinstance(inner, str):
                texts += [inner] if len(inner) >= _DATE_LENGTH else []
            elif isinstance(inner, Mapping | list | tuple):
                left.append(inner)
    return names, texts


_FLAT = frozenset({int, float, bool, type(None)})
_DATE_LENGTH = len("2026-01-31")
