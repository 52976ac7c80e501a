"""`clinical.db`: everything a site knows of its subjects but their identity, in one store.

The parts are `kept`, `subjects`, `drafts`, `revisions`, `outbox`, `screened` and `threads`; here are the site's own
keys.

Rules kept here:
- The site's signing and receiving seeds and its screening key are made in the database and never leave it; how the
  first two change is in `own_keys`.
- The first administrator's key is pinned at the same moment: a key file of other administrators is refused.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.store.amended import Amended
from anifro_desktop.store.clinical_checks import outbox_findings, record_findings
from anifro_desktop.store.clock import Clock
from anifro_desktop.store.drafts import Drafts
from anifro_desktop.store.findings import Finding
from anifro_desktop.store.keyacts import untold
from anifro_desktop.store.lending import lent_keys
from anifro_desktop.store.outbox import Outbox
from anifro_desktop.store.own_keys import OwnKeys
from anifro_desktop.store.schema import CLINICAL
from anifro_desktop.store.screened import Screened
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.subjects import Subjects
from anifro_desktop.store.threads import Threads
from anifro_desktop.store.transfers import Transfers

_OWN = ("signing", "receiving", "screening")


@dataclass(frozen=True, slots=True)
class SiteKeys:
    """The site's own keys: Ed25519 and X-Wing seeds of 32 bytes, and the HMAC key of the screening."""

    signing_seed: bytes = field(repr=False)
    receiving_seed: bytes = field(repr=False)
    screening_key: bytes = field(repr=False)


class ClinicalStore(Screened, Subjects, Drafts, Outbox, Threads, Transfers, Amended, OwnKeys):
    """The clinical database of a site; made on first opening."""

    NAME = "clinical"
    SCHEMA = CLINICAL

    def __init__(self, folder: Path, keys: Keys, clock: Clock | None = None) -> None:
        """Open, or make with the site's keys; see `Database` for what is refused.

        Raises:
            VaultDamaged: the key file belongs to other administrators than this database.
            KeyFileOld: it is older than one this database was opened with.
        """
        super().__init__(folder, keys, clock)
        try:
            self._found()
        except BaseException:
            self.close()
            raise

    def _found(self) -> None:
        with self.transaction():
            if self._pin_root():
                made = (signing.new_seed(), hybrid.new_seed(), secrets.token_bytes(32))
                for name, value in zip(_OWN, made, strict=True):
                    self.keep_secret(name, value)
            self._pin_version()

    def own_findings(self) -> Iterator[Finding]:
        """Broken revisions, signatures, bundles, and receipts that know more than this database."""
        yield from record_findings(self)
        yield from outbox_findings(self)

    def lent(self) -> frozenset[bytes]:
        """As in every trail, and what a recovery sheet gave without this one telling of it."""
        return lent_keys(self)

    def told_findings(self, after: int) -> Iterable[Finding]:
        """Versions of the key file that no act is told of."""
        return untold(self, after)

    def site_keys(self) -> SiteKeys:
        """The site's own keys."""
        with self.transaction():
            return SiteKeys(*(self.secret(name) or b"" for name in _OWN))

    def centre_keyset(self) -> bytes | None:
        """The centre's key file as last accepted."""
        return self.secret("centre_keyset")

    def set_centre_keyset(self, data: bytes, reason: str = "") -> None:
        """Keep a keyset of the centre that was verified."""
        self.keep_secret("centre_keyset", data, reason)

    def waiting_keyset(self) -> bytes | None:
        """A key file of the centre under another root, which waits for a person to compare its fingerprint."""
        return self.secret("waiting_keyset") or None

    def keep_waiting_keyset(self, data: bytes) -> None:
        """Keep one, or none (no bytes)."""
        self.keep_secret("waiting_keyset", data)
