"""Where the audit trail stood, written outside the database, so that an older database put back is noticed.

Two files per database: `anchor.json`, written whole and synced at close and export, and `anchor.now`, two lines
of which one is overwritten in place after each COMMIT. Both carry MACs made with a key derived from the database's.

Rules kept here:
- An anchor is written only after the COMMIT it tells of, so an honest database is never behind its anchor.
- `anchor.now` is synced when it is made, not at each save: after a power cut it may be older, never ahead. Its 320
  bytes lie in one sector, so a line that does not check was damaged or changed.
- Whoever puts back database *and* anchors is found out at the next contact with the centre, not here.
"""

from __future__ import annotations

import contextlib
import hmac
import os
from pathlib import Path

from anifro_desktop.crypto import kdf
from anifro_desktop.errors import Refusal
from anifro_desktop.files import read_regular, strict_json, write_atomic
from anifro_desktop.record import Json, canonical
from anifro_desktop.store.audit import Head

FORMAT = "anifro/anchor/v1"
_LINE = 160  # number 20, hash 64, MAC 64, spaces and newline
_LIMIT = 4096


class Anchor:
    """Both anchor files of one database. name: `clinical`, `identity` or `centre`; stem: of the file names.

    keys: of the database; the first writes, any of them is believed, as both are while a key is being changed.
    """

    def __init__(self, folder: Path, stem: str, name: str, *keys: bytes) -> None:
        self.settled = folder / f"{stem}.json"
        self.current = folder / f"{stem}.now"
        self._name = name
        self._keys = [kdf.hkdf(key, b"anifro/anchor") for key in keys]
        self._descriptor: int | None = None
        self._older = 0

    def exists(self) -> bool:
        """Whether this database ever closed or saved anything here."""
        return self.settled.exists() or self.current.exists()

    def known(self) -> Head | None:
        """The furthest head that either file vouches for; None if neither does."""
        heads = [head for head in (self._settled_head(), *self._current_heads()) if head is not None]
        return max(heads, key=lambda head: head.seq, default=None)

    def faults(self) -> list[str]:
        """Names of the files that are missing, damaged or made by somebody without the key."""
        bad = [] if self._settled_head() is not None else [self.settled.name]
        return bad if None not in self._current_heads() else [*bad, self.current.name]

    def begin(self, utc: str) -> None:
        """Make both files for a database that has no entry yet.

        Raises:
            CannotWrite: they could not be written.
        """
        self.begin_at(Head(), utc)

    def begin_at(self, head: Head, utc: str) -> None:
        """Write both files for a head.

        Raises:
            CannotWrite: they could not be written.
        """
        self.settle(head, utc)
        write_atomic(self.current, self._text(head) * 2)

    def note(self, head: Head) -> None:
        """Overwrite the older line of `anchor.now`. A failure here is not one of the save it follows."""
        with contextlib.suppress(OSError, Refusal):
            if self._descriptor is None:
                self._open(head)
            else:
                os.lseek(self._descriptor, self._older * _LINE, os.SEEK_SET)
                os.write(self._descriptor, self._text(head))
                self._older = 1 - self._older

    def settle(self, head: Head, utc: str) -> None:
        """Write `anchor.json`, synced.

        Raises:
            CannotWrite: the file could not be written; the old one is whole.
        """
        write_atomic(self.settled, self._table(head, utc))

    def renew(self, head: Head, utc: str, *keys: bytes) -> None:
        """Write both files anew under other keys.

        Raises:
            CannotWrite: one or both are still under the old ones.
        """
        self.close()
        self._keys = [kdf.hkdf(key, b"anifro/anchor") for key in keys]
        self.begin_at(head, utc)

    def close(self) -> None:
        """Let go of the open file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _open(self, head: Head) -> None:
        heads = self._current_heads()
        if None in heads:
            write_atomic(self.current, self._text(head) * 2)
        self._older = min(range(2), key=lambda line: known.seq if (known := heads[line]) else -1)
        self._descriptor = os.open(self.current, os.O_RDWR | getattr(os, "O_BINARY", 0))
        self.note(head)

    def _text(self, head: Head, key: int = 0) -> bytes:
        line = f"{head.seq:020d} {head.hash} {self._mac(key, head.seq, head.hash)}"
        return f"{line:<{_LINE - 1}}\n".encode("ascii")

    def _table(self, head: Head, utc: str, key: int = 0) -> bytes:
        table: dict[str, Json] = {
            "format": FORMAT,
            "database": self._name,
            "seq": head.seq,
            "hash": head.hash,
            "utc": utc,
            "mac": self._mac(key, head.seq, head.hash, utc),
        }
        return canonical(table) + b"\n"

    def _mac(self, key: int, *facts: str | int) -> str:
        message = "|".join((FORMAT, self._name, *map(str, facts)))
        return hmac.digest(self._keys[key], message.encode("utf-8"), "sha256").hex()

    def _settled_head(self) -> Head | None:
        with contextlib.suppress(Refusal):
            raw = read_regular(self.settled, _LIMIT)
            table = strict_json(raw)
            match table:
                case {"seq": int(seq), "hash": str(digest), "utc": str(utc)}:
                    head = Head(seq, digest)
                    made = (self._table(head, utc, key) for key in range(len(self._keys)))
                    return head if any(hmac.compare_digest(one, raw) for one in made) else None
        return None

    def _current_heads(self) -> list[Head | None]:
        raw = b""
        with contextlib.suppress(Refusal):
            raw = read_regular(self.current, _LIMIT)
        return [self._read_line(raw[start : start + _LINE]) for start in (0, _LINE)]

    def _read_line(self, line: bytes) -> Head | None:
        match line.decode("ascii", "replace").split():
            case [seq, digest, _] if seq.isascii() and seq.isdigit():
                head = Head(int(seq), digest)
                try:
                    made = (self._text(head, key) for key in range(len(self._keys)))
                    return head if any(hmac.compare_digest(one, line) for one in made) else None
                except UnicodeEncodeError:
                    return None
        return None
