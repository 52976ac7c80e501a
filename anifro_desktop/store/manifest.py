"""What a backup says of itself: its manifest, and the backups that lie in a folder.

A backup is one folder, `backup-SITE-WRITER-TIME`, with copies of the databases under their own keys, the key file, the
anchors, the site's wording of questionnaires where there is one, and `manifest.json`.

Rules kept here:
- Strict JSON, read field by field; no name, no answer and no path stands in it. Row counts are numbers of table rows.
- It carries a MAC under a key derived from the clinical database's, so that parts of two backups cannot be joined.
- A folder counts as a backup by its final name only, which it gets after its copy was opened and verified.
"""

from __future__ import annotations

import contextlib
import hmac
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from anifro_desktop.crypto import kdf
from anifro_desktop.errors import Refusal
from anifro_desktop.files import read_regular, strict_json
from anifro_desktop.record import Json, canonical
from anifro_desktop.store.audit import Head
from anifro_desktop.store.backup_errors import BackupDamaged, BackupMissing
from anifro_desktop.store.rawkeys import DatabaseKey

FORMAT = "anifro/backup/v1"
FILE = "manifest.json"
LIMIT = 1 << 20
DATABASES = ("clinical", "identity")
NEEDED = frozenset(("clinical.db", "identity.db", "keyslots.json"))
BEHIND = "behind"
PARTS = NEEDED | {"anchor.json", "anchor.now", "identity-anchor.json", "identity-anchor.now", "wording.json"}
_NAME = re.compile(r"backup-(?P<site>[0-9A-Z]{2,8})-(?P<writer8>[0-9a-f]{8})-(?P<time>[0-9]{8}T[0-9]{9}Z)")
_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Part:
    """One file. size: bytes; sha256: hex."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup's manifest. writer: the installation; epoch: of its bundles; why: `asked`, `daily`, `update`, or
    `behind` of data that were older than they had been; app: the program's version; utc: ISO with milliseconds. heads,
    rows: by database; mac: hex."""

    site: str
    writer: str
    epoch: int
    why: str
    app: str
    utc: str
    heads: Mapping[str, Head]
    rows: Mapping[str, Mapping[str, int]]
    parts: Mapping[str, Part]
    mac: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """The name of its folder."""
        stamp = self.moment.strftime("%Y%m%dT%H%M%S") + f"{self.moment.microsecond // 1000:03d}Z"
        return f"backup-{self.site}-{self.writer[:8]}-{stamp}"

    @property
    def moment(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.utc).astimezone(UTC)

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(part.size for part in self.parts.values())

    def body(self) -> dict[str, Json]:
        """Everything but the MAC."""
        return {
            "format": FORMAT,
            "site": self.site,
            "writer": self.writer,
            "epoch": self.epoch,
            "why": self.why,
            "app": self.app,
            "utc": self.utc,
            "heads": {name: {"seq": head.seq, "hash": head.hash} for name, head in self.heads.items()},
            "rows": {name: dict(rows) for name, rows in self.rows.items()},
            "parts": {name: {"size": part.size, "sha256": part.sha256} for name, part in self.parts.items()},
        }

    def vouched(self, key: DatabaseKey) -> Manifest:
        """With its MAC."""
        return replace(self, mac=_mac(self, key))

    def is_vouched(self, keys: Sequence[DatabaseKey]) -> bool:
        """Whether one of the clinical database's keys made its MAC."""
        return any(hmac.compare_digest(self.mac, _mac(self, key)) for key in keys)

    def to_bytes(self) -> bytes:
        """The file."""
        return canonical(self.body() | {"mac": self.mac}) + b"\n"


@dataclass(frozen=True, slots=True)
class Listed:
    """A backup in a folder. manifest: None where it cannot be read; whole: every part is there in its size."""

    path: Path
    manifest: Manifest | None
    whole: bool


def _mac(manifest: Manifest, key: DatabaseKey) -> str:
    return hmac.digest(kdf.hkdf(key.key, b"anifro/backup"), canonical(manifest.body()), "sha256").hex()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup; its MAC and its parts are still to be checked.

    Raises:
        BackupMissing: there is none. BackupDamaged: it is not exactly what this program writes.
    """
    if not (folder / FILE).is_file():
        raise BackupMissing(folder.name)
    try:
        raw = read_regular(folder / FILE, LIMIT)
        data: Any = strict_json(raw)
        manifest = _manifest(data)
    except (Refusal, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BackupDamaged(folder.name, "manifest") from error
    if manifest.to_bytes() != raw or not NEEDED <= manifest.parts.keys() <= PARTS:
        raise BackupDamaged(folder.name, "manifest")
    return manifest


def _manifest(data: dict[str, Any]) -> Manifest:
    if data["format"] != FORMAT or set(data["heads"]) != set(DATABASES):
        raise ValueError("not a backup of this format")
    manifest = Manifest(
        site=_text(data["site"]),
        writer=_text(data["writer"]),
        epoch=_whole(data["epoch"]),
        why=_text(data["why"]),
        app=_text(data["app"]),
        utc=_text(data["utc"]),
        heads={name: Head(_whole(head["seq"]), _hash(head["hash"])) for name, head in data["heads"].items()},
        rows={
            name: {_text(table): _whole(count) for table, count in rows.items()}
            for name, rows in data["rows"].items()
        },
        parts={
            _text(name): Part(_whole(part["size"]), _hash(part["sha256"]))
            for name, part in data["parts"].items()
        },
        mac=_hash(data["mac"]),
    )
    if _NAME.fullmatch(manifest.name) is None:
        raise ValueError("not a name of this program")
    return manifest


def listed(folder: Path, site: str = "", writer: str = "") -> list[Listed]:
    """The backups in a folder, newest first; of one site and one installation, if these are named.

    The newest is the one of the latest epoch whose trail goes furthest: the time in a name is only as good as the clock
    that day. Nothing is proved: only names, manifests and sizes are read.
    """
    return sorted(_listed(folder, site, writer), key=_reach, reverse=True)


def _reach(item: Listed) -> tuple[str, int, int, str]:
    known, name = item.manifest, item.path.name
    return (name[:-19], *((known.epoch, known.heads["clinical"].seq) if known else (0, 0)), name[-19:])


def _listed(folder: Path, site: str, writer: str) -> Iterator[Listed]:
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            parts = _NAME.fullmatch(path.name)
            if parts is None or not path.is_dir() or path.is_symlink():
                continue
            if (site or parts["site"], writer[:8] or parts["writer8"]) != (parts["site"], parts["writer8"]):
                continue
            yield _look(path)


def _look(path: Path) -> Listed:
    try:
        manifest = read_manifest(path)
    except Refusal:
        return Listed(path, None, whole=False)
    whole = manifest.name == path.name and all(
        _size(path / name) == part.size for name, part in manifest.parts.items()
    )
    return Listed(path, manifest, whole)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError("not a whole number")
    return value


def _hash(value: object) -> str:
    if _HEX.fullmatch(_text(value)) is None:
        raise ValueError("not a hash")
    return str(value)
