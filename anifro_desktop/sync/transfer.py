"""A subject handed over from one installation to another: a sealed file of type `handover`, and the statements by which
both sides tell the centre.

The file goes from site to site, never by way of the centre, which could not open it. It holds everything that the old
installation has of the subject: rows of its tables as they stand, who signed with which key, the audit trail, and who
the subject is. Both statements are records of the form `handover` in ordinary data bundles; they hold codes only.

Rules kept here:
- The manifest names subject, receiver and the number under which both sides speak of it; every line is of one known
  kind, with exactly the columns of that kind, and about this subject.
- Each column has a form, so that nothing is taken that this program could not have written; of settings only those of
  the file's own visits come along, of positions only those of its own records.
- What the centre asked and what was said to it is judged as in a file of questions.
- The trail travels packed and is unpacked with a limit; its entries are counted before they are read.
- Whatever is wrong is `BundleRefused`.
"""

from __future__ import annotations

import base64
import contextlib
import re
import uuid
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from io import BytesIO
from typing import Any

from anifro_desktop import sourcemark, thread
from anifro_desktop.crypto.hybrid import HYBRID
from anifro_desktop.record import Json, RecordError, Revision, canonical
from anifro_desktop.sourcemark import SourceMark
from anifro_desktop.strictjson import StrictJsonError, strict_json
from anifro_desktop.study.visit_keys import ENROLMENT, HISTORY, is_event, is_visit, key_before
from anifro_desktop.sync.bundle import MANIFEST_REPEATS, Opened, VerifyKey, open_bundle, seal_bundle
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.frame import Line
from anifro_desktop.sync.header import Header
from anifro_desktop.thread import Act, Query

FORM = "handover"
# What a side says: the old one that it handed over, or took the subject back because the file was never used; the new
# one that it took over, or gave up again.
HANDED, TAKEN_BACK, TAKEN, GIVEN_UP = "handed", "taken_back", "taken", "given_up"
AWAY = "moved"  # the status of a subject that is elsewhere; nobody hands it over
ACTS = (HANDED, TAKEN_BACK, TAKEN, GIVEN_UP)
# Columns of each kind of line; those that name the subject or belong to one that does are checked by the reader.
KINDS: Mapping[str, tuple[str, ...]] = {
    "subject": ("code", "status", "sex", "age", "enrolled", "first_dose", "created"),
    "identity": ("surname", "name", "birth_date", "tax_code", "hospital_number", "phone", "email"),
    "visit": ("id", "subject", "key", "date", "state", "place", "pack"),
    "draft": ("visit_id", "field", "value", "note", "raw_text", "utc"),
    "setting": ("key", "value"),
    "revision": ("record", "ver", "body"),
    "signature": ("record", "ver", "signer", "name", "meaning", "signed", "digest", "sig"),
    "origin": ("record", "ver", "origin", "struck"),
    "signer": ("origin", "code", "name", "names", "roles", "keys"),
    "position": ("record", "ver"),
    "query": ("row",),
    "query_act": ("row",),
    "mark": ("row",),
    "trail": ("packed",),
}
# Of the trail: bytes unpacked, entries, and commas, brackets and braces (see `frame.MAX_MARKS`). A patient of twelve
# visits has some thousand entries.
MAX_TRAIL = 64 * 1024 * 1024
MAX_ENTRIES = 100_000
MAX_TRAIL_MARKS = 2_000_000
FIRST_YEAR, LAST_YEAR = 1900, 2199  # of the days that a form takes
_CHUNK = 512 * 1024
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SITE = re.compile(r"[A-Z0-9]{2,8}")
_WRITER = re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")
_SUBJECT = re.compile(r"[A-Z0-9]{2,8}-[A-Z0-9-]{1,20}")

_LINE = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]{0,500}")
_WORD = re.compile(r"[a-z][a-z_]{0,31}")
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,63}")
_STATUS = re.compile("screening|screening_failure|enrolled|withdrawn|dead")
_STATE = re.compile("draft|complete|signed|amending|void")
_KEY = re.compile(r"[a-z0-9-]{0,16}(~[0-9]{1,4})?")
_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}(Z|[+-][0-9]{2}:[0-9]{2})")
_PERSON = re.compile(r"[A-Za-z0-9_-]{1,32}")
# The form of a text in each column; `_NONE` may be missing as well.
_FORMS: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "subject": {"code": _SUBJECT, "status": _STATUS, "created": _TIME, "sex": _WORD,
                "enrolled": _DAY, "first_dose": _DAY},
    "identity": {
        **dict.fromkeys(("surname", "name", "tax_code", "hospital_number", "phone", "email"), _LINE),
        "birth_date": re.compile(rf"({_DAY.pattern})?"),
    },
    "visit": {
        "id": _UUID, "subject": _SUBJECT, "key": _KEY, "state": _STATE, "date": _DAY,
        "pack": re.compile(rf"({_HASH.pattern})?"),
    },
    "draft": {"visit_id": _UUID, "field": _FIELD, "raw_text": re.compile(r"(?s).*"), "utc": _TIME},
    "setting": {"key": re.compile(rf"amending/{_UUID.pattern}")},
    "revision": {"record": _UUID},
    "signature": {
        "record": _UUID, "signer": _PERSON, "name": _LINE, "meaning": _WORD, "signed": _TIME, "digest": _HASH,
        "sig": re.compile(r"[0-9a-f]{0,256}"),
    },
    "origin": {"record": _UUID, "origin": _WRITER},
    "signer": {"origin": _WRITER, "code": _PERSON, "name": _LINE},
    "position": {"record": _UUID},
}  # fmt: skip
_NONE = frozenset(("sex", "enrolled", "first_dose", "date", "pack"))

_BESIDE = re.compile(rf"([0-9a-f]{{64}}|{_TIME.pattern})?")

Rows = Mapping[str, Sequence[Line]]


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a file hands over. id: UUID. held: the hand-over by which the sender had the subject, empty if from the
    beginning. site, writer: of the receiver. practice: whether the subject is synthetic. rows: by kind; trail: the
    entries of the old trail about the subject, as rows of it."""

    id: str
    subject: str
    held: str
    site: str
    writer: str
    practice: bool
    app: str
    rows: Rows = field(repr=False)
    trail: tuple[Line, ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class Statement:
    """What one side says of a hand-over, the latest of its `ver` counting. site, writer: of the other side. sha256: of
    the file. held: as in `Parcel`."""

    handover: str
    subject: str
    act: str
    ver: int
    site: str
    writer: str
    sha256: str
    held: str
    who: str = ""


def seal_parcel(
    header: Header, parcel: Parcel, signer_seed: bytes, recipient_public: bytes, suite: int = HYBRID
) -> bytes:
    """Make the file; the header's type is `handover`, its site and writer are the sender's.

    Raises:
        BundleRefused: something no reader would take, too large included. BadKey: an unusable key.
    """
    manifest: Line = {name: getattr(header, name) for name in MANIFEST_REPEATS}
    manifest |= {
        "handover": parcel.id,
        "subject": parcel.subject,
        "held": parcel.held,
        "to": {"site": parcel.site, "writer": parcel.writer},
        "practice": parcel.practice,
        "app": parcel.app,
    }
    lines: list[Line] = [manifest]
    for kind, rows in parcel.rows.items():
        lines += [{"kind": kind, **row} for row in rows]
    lines += [{"kind": "trail", "packed": part} for part in _packed(parcel.trail)]
    _read(lines)
    return seal_bundle(header, lines, signer_seed, recipient_public, suite)


def open_parcel(
    data: bytes,
    *,
    key_for: Callable[[Header], VerifyKey | None],
    seed_for: Callable[[str], bytes | None],
    min_suite: int = HYBRID,
) -> tuple[Parcel, Opened]:
    """Check and read a file (arguments as of `open_bundle`).

    Raises:
        BundleRefused: anything at all is wrong.
    """
    opened = open_bundle(
        data, expect_type="handover", key_for=key_for, seed_for=seed_for, min_suite=min_suite
    )
    return _read(opened.lines), opened


def statement_id(handover: str, writer: str) -> str:
    """The id of the record in which a writer speaks of a hand-over."""
    return str(uuid.uuid5(uuid.UUID(handover), writer))


def statement_revision(said: Statement, writer: str, definition: str, prev: str) -> Revision:
    """A statement as it leaves. writer: who says it; prev: digest of its version before, empty at 1."""
    return Revision(
        id=statement_id(said.handover, writer),
        subject=said.subject,
        visit="",
        form=FORM,
        ver=said.ver,
        prev=prev,
        values={
            "handover": said.handover,
            "act": said.act,
            "site": said.site,
            "writer": said.writer,
            "file": said.sha256,
            "held": said.held,
        },
        definition=definition,
        who=said.who,
        when="",
        day=None,
        why="first" if said.ver == 1 else said.act,
    )


def read_statement(revision: Revision, writer: str) -> Statement:
    """The statement that a record of the form `handover` makes. writer: whose bundle it came in.

    Raises:
        BundleRefused: `bad_handover`.
    """
    values = dict(revision.values)
    rules = {"handover": _UUID, "site": _SITE, "writer": _WRITER, "file": _HASH}
    if set(values) != {*rules, "act", "held"} or values["act"] not in ACTS:
        raise BundleRefused("bad_handover", "statement")
    _check(values, rules)
    held = values["held"]
    if held != "" and (not isinstance(held, str) or not _UUID.fullmatch(held)):
        raise BundleRefused("bad_handover", "held")
    if revision.id != statement_id(str(values["handover"]), writer) or revision.visit:
        raise BundleRefused("bad_handover", "record")
    facts = {name: str(values[name]) for name in ("handover", "act", "site", "writer", "held")}
    return Statement(
        subject=revision.subject, ver=revision.ver, sha256=str(values["file"]), who=revision.who, **facts
    )


def _packed(trail: Sequence[Line]) -> Iterator[str]:
    raw = pack_trail(trail)
    for start in range(0, len(raw), _CHUNK):
        yield base64.b64encode(raw[start : start + _CHUNK]).decode("ascii")


def pack_trail(trail: Sequence[Line]) -> bytes:
    """A trail as it is kept: few bytes for many entries."""
    return zlib.compress(b"".join(canonical(entry) + b"\n" for entry in trail))


def unpack_trail(data: bytes) -> tuple[Line, ...]:
    """The entries of a packed trail.

    Raises:
        BundleRefused: `bad_handover`.
    """
    unpacking = zlib.decompressobj()
    try:
        raw = unpacking.decompress(data, MAX_TRAIL)
        if not unpacking.eof or unpacking.unused_data:
            raise BundleRefused("bad_handover", "trail")
        if (
            raw.count(b"\n") > MAX_ENTRIES
            or sum(raw.count(one) for one in (b",", b"[", b"{")) > MAX_TRAIL_MARKS
        ):
            raise BundleRefused("bad_handover", "trail")
        entries = [strict_json(line) for line in BytesIO(raw)]
    except (zlib.error, StrictJsonError) as error:
        raise BundleRefused("bad_handover", "trail") from error
    if not all(isinstance(entry, dict) for entry in entries):
        raise BundleRefused("bad_handover", "trail")
    return tuple(entry for entry in entries if isinstance(entry, dict))


def _read(lines: Sequence[Line]) -> Parcel:
    manifest = lines[0]
    to = manifest.get("to")
    if not isinstance(to, dict) or not isinstance(manifest.get("practice"), bool):
        raise BundleRefused("bad_handover", "manifest")
    held, app = manifest.get("held"), manifest.get("app")
    _check(manifest, {"handover": _UUID, "subject": _SUBJECT})
    _check(to, {"site": _SITE, "writer": _WRITER})
    if not isinstance(held, str) or not isinstance(app, str) or not (held == "" or _UUID.fullmatch(held)):
        raise BundleRefused("bad_handover", "manifest")
    rows: dict[str, list[Line]] = defaultdict(list)
    packed = bytearray()
    for line in lines[1:]:
        kind = line.get("kind")
        if not isinstance(kind, str) or set(line) != {"kind", *KINDS.get(kind, ("",))}:
            raise BundleRefused("bad_handover", "line")
        if not _has_form(kind, line):
            raise BundleRefused("bad_handover", kind)
        if kind == "trail":
            packed += _unpacked(line["packed"])
        else:
            rows[kind].append({name: value for name, value in line.items() if name != "kind"})
    subject = str(manifest["subject"])
    _check_about(subject, rows)
    return Parcel(
        id=str(manifest["handover"]),
        subject=subject,
        held=held,
        site=str(to["site"]),
        writer=str(to["writer"]),
        practice=manifest["practice"] is True,
        app=app,
        rows=dict(rows),
        trail=unpack_trail(bytes(packed)),
    )


def _has_form(kind: str, line: Line) -> bool:
    """Whether each column of a line can be as it is."""
    for name, rule in _FORMS.get(kind, {}).items():
        value = line[name]
        if not (value is None and name in _NONE) and not (isinstance(value, str) and rule.fullmatch(value)):
            return False
    more = _MORE.get(kind)
    return _is_number(line.get("ver", 1)) and (more is None or more(line))


def _is_number(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 999_999


def _is_subject(line: Line) -> bool:
    age = line["age"]
    return (
        all(_is_day(line[name]) for name in ("enrolled", "first_dose"))
        and line["status"] != AWAY
        and (age is None or (isinstance(age, int) and not isinstance(age, bool) and 0 <= age <= 150))
    )


def _is_day(value: Json) -> bool:
    """Whether a text that looks like a day, or none, is one of those that forms take."""
    with contextlib.suppress(ValueError):
        return not value or FIRST_YEAR <= date.fromisoformat(str(value)).year <= LAST_YEAR
    return False


def _is_visit(line: Line) -> bool:
    key = key_before(str(line["key"]))
    known = key in (ENROLMENT, HISTORY) or is_visit(key) or is_event(key)
    return known and line["place"] is None and _is_day(line["date"])


def _is_note(value: Json) -> bool:
    """Whether what was said beside an answer is nothing, or as it is kept."""
    return value is None or (
        isinstance(value, dict) and isinstance(value.get("kind"), str) and _has_words(value)
    )


def _has_words(value: Json) -> bool:
    """Whether a value is the code of a reason, if there is one, with a person's own words."""
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return False
    reason = value.get("reason", "")
    return reason is None or (isinstance(reason, int) and not isinstance(reason, bool))


def _is_origin(line: Line) -> bool:
    struck = line["struck"]
    return isinstance(struck, list) and all(isinstance(one, str) and _HASH.fullmatch(one) for one in struck)


def _is_signer(line: Line) -> bool:
    """Whether names, roles and keys are lists of texts, and each key is one."""
    lists = [line[name] for name in ("names", "roles", "keys")]
    texts = all(isinstance(one, list) and all(isinstance(item, str) for item in one) for one in lists)
    keys = line["keys"]
    return texts and isinstance(keys, list) and all(_HASH.fullmatch(str(key)) for key in keys)


def _said(kind: type[Query | Act | SourceMark], rule: Callable[[Any], str], line: Line) -> bool:
    """Whether what is inside a line is a question, an act or a mark as it may be."""
    inside: Any = line["row"]
    if not isinstance(inside, dict) or set(inside) != {item.name for item in fields(kind)}:
        return False
    made: Any = kind(**inside)  # judged by the next lines
    beside = (inside.get("source", ""), inside.get("at", ""))  # of a mark nobody else judges when it was made
    return not rule(made) and all(isinstance(one, str) and _BESIDE.fullmatch(one) for one in beside)


# What else has to be so.
_MORE: Mapping[str, Callable[[Line], bool]] = {
    "subject": _is_subject,
    "identity": lambda line: _is_day(line["birth_date"]),
    "visit": _is_visit,
    "draft": lambda line: _is_note(line["note"]),
    "setting": lambda line: _has_words(line["value"]),
    "origin": _is_origin,
    "signer": _is_signer,
    "query": lambda line: _said(Query, thread.fault, line),
    "query_act": lambda line: _said(Act, thread.fault, line),
    "mark": lambda line: _said(SourceMark, sourcemark.fault, line),
}


def _unpacked(text: Json) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except ValueError as error:
        raise BundleRefused("bad_handover", "trail") from error


def _check_about(subject: str, rows: Mapping[str, Sequence[Line]]) -> None:
    """Everything in the file is about its one subject."""
    if [row["code"] for row in rows.get("subject", ())] != [subject] or len(rows.get("identity", ())) > 1:
        raise BundleRefused("bad_handover", "subject")
    visits = {row["id"] for row in rows.get("visit", ())}
    records = {(row["record"], row["ver"]) for row in rows.get("revision", ())}
    queries = _inside(rows, "query")
    named = (
        all(row["subject"] == subject for row in rows.get("visit", ())),
        all(row["visit_id"] in visits for row in rows.get("draft", ())),
        all(_of(row["body"], subject, row) for row in rows.get("revision", ())),
        all((row["record"], row["ver"]) in records for row in rows.get("signature", ())),
        {(row["record"], row["ver"]) for row in rows.get("origin", ())} == records,
        {row["key"] for row in rows.get("setting", ())} <= {f"amending/{visit}" for visit in visits},
        {(row["record"], row["ver"]) for row in rows.get("position", ())} <= records,
        all(row["subject"] == subject for row in [*queries, *_inside(rows, "mark")]),
        {row["query"] for row in _inside(rows, "query_act")} <= {row["id"] for row in queries},
        len(records) == len(rows.get("revision", ())),
    )
    if not all(named):
        raise BundleRefused("bad_handover", "another subject")


def _of(body: Json, subject: str, row: Line) -> bool:
    """Whether a version in the file is one, and that of its line."""
    try:
        revision = Revision.from_json(body if isinstance(body, dict) else {})
    except RecordError:
        return False
    return (revision.subject, revision.id, revision.ver) == (subject, row["record"], row["ver"])


def _inside(rows: Mapping[str, Sequence[Line]], kind: str) -> list[dict[str, Json]]:
    return [row["row"] for row in rows.get(kind, ()) if isinstance(row["row"], dict)]


def _check(values: Mapping[str, Json], rules: Mapping[str, re.Pattern[str]]) -> None:
    for name, rule in rules.items():
        value = values.get(name)
        if not isinstance(value, str) or not rule.fullmatch(value):
            raise BundleRefused("bad_handover", name)
