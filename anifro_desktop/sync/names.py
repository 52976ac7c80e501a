"""File names of bundles: `study-site-writer8-eEEE-SSSSSSSS-hash16.anfb`.

The letter before the epoch says the kind (e data, r receipt, q query, k keyset, n enrolment, h hand-over, p pack)
and the last part is the start of the file's SHA-256, so a copied or renamed file is noticed. Names carry no person and
no date. A name is only a help for people and folders: nothing is trusted because of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from anifro_desktop.sync.bundle import SUFFIX, file_hash
from anifro_desktop.sync.errors import NameRefused
from anifro_desktop.sync.header import Header

_LETTERS = {
    "data": "e",
    "receipt": "r",
    "query": "q",
    "keyset": "k",
    "enrol": "n",
    "handover": "h",
    "pack": "p",
}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_NAME = re.compile(
    r"(?P<study>[A-Za-z0-9]{2,16})-(?P<site>[A-Z0-9]{2,8})-(?P<writer8>[0-9a-f]{8})-"
    r"(?P<letter>[erqknhp])(?P<epoch>[0-9]{3})-(?P<seq>[0-9]{8})-(?P<hash16>[0-9a-f]{16})" + re.escape(SUFFIX)
)


@dataclass(frozen=True, slots=True)
class BundleName:
    """The parts of a bundle's file name; kind is one of `header.TYPES`."""

    study: str
    site: str
    writer8: str
    kind: str
    epoch: int
    seq: int
    hash16: str

    def fits(self, data: bytes) -> bool:
        """Whether the bytes are those that the name promises."""
        return file_hash(data).startswith(self.hash16)


def bundle_name(header: Header, sha256: str) -> str:
    """The file name of a bundle; `sha256` is that of the whole file."""
    return (
        f"{header.study}-{header.site}-{header.writer[:8]}-{_LETTERS[header.type]}{header.epoch:03d}-"
        f"{header.seq:08d}-{sha256[:16]}{SUFFIX}"
    )


def is_bundle_name(name: str) -> bool:
    """Whether a file name has the form of a bundle's."""
    return _matched(name) is not None


def parse_name(name: str) -> BundleName:
    """The parts of a file name.

    Raises:
        NameRefused: it is not the name of a bundle.
    """
    match = _matched(name)
    if match is None:
        raise NameRefused
    return BundleName(
        study=match["study"],
        site=match["site"],
        writer8=match["writer8"],
        kind=_KINDS[match["letter"]],
        epoch=int(match["epoch"]),
        seq=int(match["seq"]),
        hash16=match["hash16"],
    )


def _matched(name: str) -> re.Match[str] | None:
    """The parts of a name whose numbers a bundle can have: none is 0."""
    match = _NAME.fullmatch(name)
    return match if match and int(match["epoch"]) and int(match["seq"]) else None
