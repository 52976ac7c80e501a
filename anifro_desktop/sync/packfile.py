"""A version of the forms on its way from the centre to a site: a sealed file of type `pack`, signed by the centre.

The header's number is that of the version among those the centre sent, from 1, and `prev` the digest of the version
before it. Line 2 says which version it is; each further line is one definition file. Definitions are data: what a
score computes is the program's, and the line names the settings and the versions of the rules that belong to them.

Rules kept here:
- File names are of one plain form, each once; a text is a text. Nothing is read as a definition here.
- Whatever is wrong is `BundleRefused`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from anifro_desktop.crypto.hybrid import HYBRID
from anifro_desktop.record import Json
from anifro_desktop.sync.bundle import MANIFEST_REPEATS, Opened, VerifyKey, open_bundle, seal_bundle
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.frame import Line
from anifro_desktop.sync.header import NO_PREVIOUS, Header

MAX_FILES = 500
_HASH = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
_FILE = re.compile(r"[a-z][a-z0-9_]{0,40}\.toml")
_WORD = re.compile(r"[A-Za-z0-9._-]{1,64}")
_NAMES = ("id", "digest", "after", "protocol", "rules")


@dataclass(frozen=True, slots=True)
class PackFile:
    """A version as it travels. number: from 1. id: for people. digest: of the whole version. after: digest of the one
    before it, empty at 1. protocol: digest of the settings; rules: version of each rule. files: name to text."""

    number: int
    id: str
    digest: str
    after: str
    protocol: str
    rules: Mapping[str, str]
    files: Mapping[str, str] = field(repr=False)


def pack_header(pack: PackFile, study: str, site: str, writer: str, created: str) -> Header:
    """The header of the file for one installation."""
    prev = NO_PREVIOUS if pack.number == 1 else pack.after
    return Header(study, site, writer, 1, pack.number, prev, "pack", created)


def seal_pack(
    header: Header, pack: PackFile, signer_seed: bytes, recipient_public: bytes, suite: int = HYBRID
) -> bytes:
    """Make the file.

    Raises:
        BundleRefused: something no reader would take. BadKey: an unusable key.
    """
    manifest: Line = {name: getattr(header, name) for name in MANIFEST_REPEATS}
    about: Line = {name: getattr(pack, name) for name in _NAMES if name != "rules"}
    about["rules"] = dict(pack.rules)
    files: list[Line] = [{"name": name, "text": text} for name, text in sorted(pack.files.items())]
    lines = [manifest, about, *files]
    _read(header, lines)
    return seal_bundle(header, lines, signer_seed, recipient_public, suite)


def open_pack(
    data: bytes,
    *,
    key_for: Callable[[Header], VerifyKey | None],
    seed_for: Callable[[str], bytes | None],
    min_suite: int = HYBRID,
) -> tuple[PackFile, Opened]:
    """Check and read a file (arguments as of `open_bundle`).

    Raises:
        BundleRefused: anything at all is wrong.
    """
    opened = open_bundle(data, expect_type="pack", key_for=key_for, seed_for=seed_for, min_suite=min_suite)
    return _read(opened.header, opened.lines), opened


def _read(header: Header, lines: Sequence[Line]) -> PackFile:
    if not 3 <= len(lines) <= MAX_FILES:
        raise BundleRefused("bad_pack", "lines")
    about = lines[1]
    rules = about.get("rules")
    if set(about) != set(_NAMES) or not isinstance(rules, dict):
        raise BundleRefused("bad_pack", "names")
    after = "" if header.seq == 1 else header.prev
    if about["after"] != after:
        raise BundleRefused("bad_pack", "after")
    for name, rule in (("id", _ID), ("digest", _HASH), ("protocol", _HASH)):
        _text(about[name], rule, name)
    for rule_name, version in rules.items():
        _text(rule_name, _WORD, "rules")
        _text(version, _WORD, "rules")
    files: dict[str, str] = {}
    for line in lines[2:]:
        name = _text(line.get("name"), _FILE, "file")
        text = line.get("text")
        if name in files or not isinstance(text, str):
            raise BundleRefused("bad_pack", "file")
        files[name] = text
    return PackFile(
        number=header.seq,
        id=str(about["id"]),
        digest=str(about["digest"]),
        after=after,
        protocol=str(about["protocol"]),
        rules={name: str(version) for name, version in rules.items()},
        files=files,
    )


def _text(value: Json, rule: re.Pattern[str], what: str) -> str:
    if not isinstance(value, str) or not rule.fullmatch(value):
        raise BundleRefused("bad_pack", what)
    return value
