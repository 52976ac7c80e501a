"""Questions of the centre about records: a bundle of type `query`, with its own numbers, as receipts have.

Answers travel in the site's data bundles. A question names a subject by study code, a record, a field; its
text is written by a person at the centre and shown as plain text only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

from anifro_desktop.crypto.hybrid import HYBRID
from anifro_desktop.record import Json
from anifro_desktop.sync.bundle import MANIFEST_REPEATS, Opened, VerifyKey, open_bundle, seal_bundle
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.frame import Line
from anifro_desktop.sync.header import Header

_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_FORMS = {
    "id": re.compile(_UUID),
    "subject": re.compile(r"[A-Z0-9]{2,8}-[A-Z0-9-]{1,20}"),
    "record": re.compile(rf"({_UUID})?"),
    "field": re.compile(r"[a-z0-9_]{0,26}"),
    "status": re.compile(r"open|closed"),
    "text": re.compile(r"[^\x00-\x1f\x7f]{1,500}"),
}


@dataclass(frozen=True, slots=True)
class Query:
    """One question. record and field may be empty: about the subject, or the record. status: open, closed."""

    id: str
    subject: str
    record: str
    field: str
    text: str
    status: str = "open"


_NAMES = tuple(item.name for item in fields(Query))


def seal_queries(
    header: Header,
    queries: Sequence[Query],
    signer_seed: bytes,
    recipient_public: bytes,
    suite: int = HYBRID,
    *,
    mldsa_seed: bytes | None = None,
) -> bytes:
    """Make a file of questions; the header's type is `query`.

    Raises:
        BundleRefused: a question that no reader would take. BadKey: an unusable key.
    """
    manifest: Line = {name: getattr(header, name) for name in MANIFEST_REPEATS}
    lines: list[Line] = [{name: getattr(query, name) for name in _NAMES} for query in queries]
    for line in lines:
        _parse(header, line)
    return seal_bundle(
        header, [manifest, *lines], signer_seed, recipient_public, suite, mldsa_seed=mldsa_seed
    )


def open_queries(
    data: bytes,
    *,
    key_for: Callable[[Header], VerifyKey | None],
    seed_for: Callable[[str], bytes | None],
    min_suite: int = HYBRID,
) -> tuple[tuple[Query, ...], Opened]:
    """Check and read a file of questions (arguments as of `open_bundle`).

    Raises:
        BundleRefused: anything at all is wrong.
    """
    opened = open_bundle(data, expect_type="query", key_for=key_for, seed_for=seed_for, min_suite=min_suite)
    return tuple(_parse(opened.header, line) for line in opened.lines[1:]), opened


def _parse(header: Header, line: Line) -> Query:
    values = {name: _text(name, line.get(name)) for name in _NAMES}
    if not values["subject"].startswith(f"{header.site}-"):
        raise BundleRefused("foreign_subject")
    return Query(**values)


def _text(name: str, value: Json) -> str:
    if not isinstance(value, str) or not _FORMS[name].fullmatch(value):
        raise BundleRefused("bad_query", name)
    return value
