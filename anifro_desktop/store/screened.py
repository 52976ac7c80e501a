"""What the screening of free texts keeps at a site: who is known, as keyed hashes, and which texts a person let go.

Rules kept here:
- The hashes stand beside the clinical data, so that a text is screened, and a bundle sealed, without the identities.
- They may outlive a name that was corrected, never one that was erased: `set_known` says all that stays.
- A text is let go as it stands, by its keyed hash: one letter more, and it is another text.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable

import sqlalchemy as sa

from anifro_desktop.store.kept import Kept
from anifro_desktop.store.schema import KNOWN, RELEASE

_LABEL = b"anifro/release/v1\0"


class Screened(Kept):
    """The part of the clinical store about free texts that leave."""

    def known(self) -> dict[str, frozenset[bytes]]:
        """The hashes of everybody, by subject."""
        with self.transaction() as tx:
            rows = tx.connection.execute(sa.select(KNOWN.table)).all()
        return {row.subject: frozenset(bytes.fromhex(text) for text in row.hashes) for row in rows}

    def set_known(self, subject: str, hashes: Iterable[bytes]) -> None:
        """Keep these hashes of a subject, and no others."""
        texts = sorted(one.hex() for one in hashes)
        with self.transaction() as tx:
            tx.put(KNOWN, {"subject": subject, "hashes": texts})

    def released(self, item: str, text: str) -> bool:
        """Whether somebody let this very text go. item: what the text is, such as the id of an answer."""
        query = sa.select(RELEASE.table.c.digest).where(RELEASE.table.c.item == item)
        with self.transaction() as tx:
            return tx.connection.execute(query).scalar() == self._digest(text)

    def release(self, item: str, text: str, reason: str) -> None:
        """Let a text go; the trail keeps the reason."""
        with self.transaction() as tx:
            tx.put(RELEASE, {"item": item, "digest": self._digest(text)}, reason)

    def _digest(self, text: str) -> str:
        return hmac.digest(self.secret("screening") or b"", _LABEL + text.encode(), "sha256").hex()
