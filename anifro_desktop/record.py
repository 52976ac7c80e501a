"""The values that travel: answers, revisions, and their one canonical text.

A `Revision` is made by a visit session, appended by the store, carried by a bundle and read by the centre; nobody
describes it again on the way. Names and birth dates never enter one. Standard library only.

Rules kept here:
- A key that is not in `Answers` was *not answered*; a `Missing` says why there is no value. Neither is ever 0.
- Decimals travel as text and floats never travel at all, so a value is the same bytes on every machine.
- `canonical()` is the only text that is hashed or signed.
- A digest is over the hashes of texts, not the texts (`veiled`): one that was typed by mistake can be erased for ever,
  leaving its hash, and the digest and every signature over it still hold.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from json.encoder import encode_basestring
from typing import Any


class RecordError(Exception):
    """A revision or JSON text that breaks the rules of this module."""


class Missing(StrEnum):
    """Why a question has no value. Never a number among the answers."""

    NOT_DONE = "not_done"
    NOT_KNOWN = "not_known"
    NOT_APPLICABLE = "not_applicable"
    REFUSED = "refused"


# Stands in a record for a text that was erased: the text's hash.
STRUCK = re.compile(r"\[--- (?P<hash>[0-9a-f]{64})\]")

# How `Revision.why` begins where a record is declared a mistake.
VOID = "void_"

# A typed answer: choices and whole numbers are int (never bool), measured numbers Decimal, texts str.
Value = int | Decimal | str | date | Missing
Answers = Mapping[str, Value]

# What JSON may hold here: no floats anywhere.
Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Note:
    """What was said about an answer beside its value.

    kind: `override` (kept against a suggestion or a soft check), `unchanged` (confirmed same as last visit),
    `all_absent` (answered with "all remaining absent"), `transcribed` (typed from a file).
    reason: code of the list `override_reason`, or None. text: free text, stays at the site.
    """

    kind: str
    reason: int | None = None
    text: str = ""

    def to_json(self) -> dict[str, Json]:
        """Plain JSON of the note."""
        return {"kind": self.kind, "reason": self.reason, "text": self.text}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Note:
        """The note that `to_json` wrote."""
        return cls(str(data["kind"]), data.get("reason"), str(data.get("text", "")))


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of one form of one subject.

    id: UUID of the record, the same over all its versions. subject: study code. visit: visit key (`baseline`,
    `m06`, `u01`, ...), empty for a form of the subject itself. ver: 1, 2, 3 ... prev: digest of the version before,
    empty at 1. values: field id to JSON value (int; decimals and texts as str; a date as ISO text at the site and as
    whole study days, int, in a bundle; `{"missing": reason}`). notes: field id to `Note` JSON. scores: rule to
    result, only on forms that carry scores. context: which visits were previous and baseline for the scores
    (visit key to record digest is not needed: the centre re-scores with the visits named). definition: digest of the
    definitions. who: user code. when: ISO instant with milliseconds and offset, empty in a bundle. day: whole days
    since enrolment of the visit's date (None for a subject form). why: `first`, a code of `change_reason`,
    `recalculated`, `signed` (the same again, for a signature that came after it was sent), or `void_` and a code of
    `void_reason`. why_text: free text, stays at the site. signature: empty, or `by`, `meaning`, `when`, `digest`,
    `sig`.
    salt: 32 random hex digits, set by the store and empty in a bundle: the digest of the site's own version leaves the
    site, and without a salt its dates and texts could be guessed until the digest fits.
    """

    id: str
    subject: str
    visit: str
    form: str
    ver: int
    prev: str
    values: Mapping[str, Json]
    definition: str
    who: str
    when: str
    day: int | None
    why: str = "first"
    why_text: str = ""
    notes: Mapping[str, Json] = field(default_factory=dict)
    scores: Mapping[str, Json] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)
    signature: Mapping[str, str] = field(default_factory=dict)
    salt: str = ""

    @property
    def void(self) -> bool:
        """Whether this version says that the record was a mistake; it holds no values then."""
        return self.why.startswith(VOID)

    def to_json(self) -> dict[str, Json]:
        """Every field, as plain JSON."""
        return {name: _plain(getattr(self, name)) for name in REVISION_FIELDS}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Revision:
        """The revision that `to_json` wrote.

        Raises:
            RecordError: a field is missing, unknown or of the wrong kind.
        """
        if data.keys() != _FIELDS:
            odd = sorted(set(data) ^ set(REVISION_FIELDS))
            raise RecordError(f"revision with missing or unknown fields: {', '.join(odd)}")
        check_kinds(data)
        return cls(*[data[name] for name in REVISION_FIELDS])

    def digest(self) -> str:
        """SHA-256 (hex) of the canonical text without the signature, with the hashes of its texts in their place: what
        a signature is bound to."""
        return self.written()[1]

    def written(self, *, plain: bool = False) -> tuple[str, str]:
        """The canonical text of all fields, and the digest: both at once, since most of the work is the same. plain:
        they were read from JSON, and need not be looked through for what may not travel.

        Raises:
            RecordError: something that may not travel.
        """
        try:
            parts = {name: _text(getattr(self, name), plain) for name in _IN_ORDER}
            body = _object(parts)
            for name in _TYPED:
                if typed := getattr(self, name):
                    kept = typed if plain or _is_plain(typed) else _plain(typed)
                    parts[name] = _text(veiled(kept), True)
            parts["signature"] = "{}"
            return body, hashlib.sha256(_object(parts).encode("utf-8")).hexdigest()
        except UnicodeEncodeError as error:
            raise RecordError("a text with a broken character cannot travel") from error

    def struck(self) -> frozenset[str]:
        """Hashes of the texts that were erased in this version."""
        return frozenset(found for name in _TYPED for found in struck_in(getattr(self, name)))


_TYPED = ("values", "notes", "why_text")  # what may hold a person's own words
REVISION_FIELDS = tuple(Revision.__dataclass_fields__)
_FIELDS = frozenset(REVISION_FIELDS)
_IN_ORDER = tuple(sorted(REVISION_FIELDS))

_KINDS: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "subject": str,
    "visit": str,
    "form": str,
    "ver": int,
    "prev": str,
    "values": dict,
    "definition": str,
    "who": str,
    "when": str,
    "day": (int, type(None)),
    "why": str,
    "why_text": str,
    "notes": dict,
    "scores": dict,
    "context": dict,
    "signature": dict,
    "salt": str,
}


def check_kinds(data: Mapping[str, Any]) -> None:
    """Refuse what is no revision's JSON, though it has all its fields.

    Raises:
        RecordError: a field of the wrong kind.
    """
    for name, kind in _KINDS.items():
        value = data[name]
        if type(value) is not kind and (not isinstance(value, kind) or isinstance(value, bool)):
            raise RecordError(f"revision field {name} is of the wrong kind")


_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
)


def _plain(value: Any) -> Json:
    if value is None or isinstance(value, bool | int | str):  # first: most of what travels
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise RecordError(f"a {type(value).__name__} cannot travel")


def _is_plain(value: Any) -> bool:
    """Whether a value is made of nothing but what travels: then it need not be copied."""
    if type(value) is dict:
        return all(
            type(key) is str and (type(item) in _SCALARS or _is_plain(item)) for key, item in value.items()
        )
    if type(value) is list:
        return all(type(item) in _SCALARS or _is_plain(item) for item in value)
    return type(value) in _SCALARS


_SCALARS = frozenset({str, int, bool, type(None)})


def _text(value: Any, plain: bool) -> str:
    """The canonical text of a value, as a part of a larger one."""
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if value is None:
        return "null"
    if kind is int:
        return str(value)
    if kind is dict and not value:
        return "{}"
    return _ENCODER.encode(value if plain or _is_plain(value) else _plain(value))


def _object(parts: Mapping[str, str]) -> str:
    return "{" + ",".join([f'"{name}":{parts[name]}' for name in _IN_ORDER]) + "}"


def canonical(value: Any) -> bytes:
    """The one text of a JSON value: sorted keys, no spaces, UTF-8, no floats (the RFC 8785 subset used here).

    Raises:
        RecordError: something that may not travel (a float, a lone surrogate, another type).
    """
    return encoded(value if _is_plain(value) else _plain(value))


def encoded(value: Json) -> bytes:
    """The canonical text of a value that is plain JSON already, such as `Revision.to_json()`.

    Raises:
        RecordError: a broken character.
    """
    try:
        return _ENCODER.encode(value).encode("utf-8")
    except UnicodeEncodeError as error:
        raise RecordError("a text with a broken character cannot travel") from error


def value_to_json(value: Value) -> Json:
    """An answer as it stands in a site's revision: decimals as text, dates as ISO text."""
    if isinstance(value, Missing):
        return {"missing": value.value}
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return value


def text_hash(text: str) -> str:
    """SHA-256 (hex) of a text: what is left of it in a digest, and of an erased one for ever."""
    try:
        return hashlib.sha256(encode_basestring(text).encode("utf-8")).hexdigest()
    except UnicodeEncodeError as error:
        raise RecordError("a text with a broken character cannot travel") from error


def struck(text: str) -> str:
    """What stands for a text that was erased."""
    return f"[--- {text_hash(text)}]"


def veiled(value: Json) -> Json:
    """A value with the hash of each text in its place. An erased text, be it `STRUCK` or told by `erased` in place of
    it or beside nothing, gives what the text gave."""
    if isinstance(value, str):
        found = STRUCK.fullmatch(value) if value.startswith("[") else None
        return found["hash"] if found is not None else text_hash(value) if value else ""
    if isinstance(value, dict):
        gone = _erased_in(value)
        inside: dict[str, Json] = {
            name: item if type(item) is int else veiled(item)
            for name, item in value.items()
            if name != "erased" or not gone
        }
        return gone if gone and len(value) == 1 else inside | {"text": gone} if gone else inside
    return [veiled(item) for item in value] if isinstance(value, list) else value


def struck_in(value: Any) -> Iterator[str]:
    """Hashes of the texts in a value that were erased: all that `veiled` takes for one."""
    if isinstance(value, str):
        found = STRUCK.fullmatch(value)
        if found is not None:
            yield found["hash"]
    elif isinstance(value, Mapping):
        if gone := _erased_in(value):
            yield gone
        for name, item in value.items():
            if name != "erased" or not gone:
                yield from struck_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from struck_in(item)


def _erased_in(value: Mapping[str, Any]) -> str:
    """The hash of the text that an object stands for, or had; nothing where it has or stands for what it says."""
    gone = value.get("erased")
    return gone if isinstance(gone, str) and (len(value) == 1 or value.get("text") == "") else ""
