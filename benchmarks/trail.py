"""An audit trail of 100,000 entries checked in full by `verify`: chain, signatures, and every live row against it.

The entries are saves of four answers each, signed once each, as an autosave makes them. The reference is the least that
any check of such a trail has to do: read the rows through SQLAlchemy from the same encrypted file, write each in one
canonical way and hash it.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import sqlalchemy as sa

from anifro_desktop.forms.state import Entry
from anifro_desktop.record import canonical
from anifro_desktop.store import vault
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.schema import AUDIT
from anifro_desktop.store.verify import verify
from benchmarks.harness import Figure, paired, timed

ENTRIES = 100_000
AT_ONCE = 4
MOST = 15.0  # seconds
ROUNDS = 3
SUBJECT = "P03-7KQF-W"


def main() -> list[Figure]:
    """Seconds of the full check, and its ratio to the least there is to do."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        user = User("U01", "Bench", ("investigator", "site_admin"))
        keys = vault.create_vault(folder, "P03", user, "a passphrase to measure", cost=vault.FLOOR)
        store = ClinicalStore(folder, keys)
        try:
            _fill(store)
            result = paired(
                lambda: timed(lambda: _check(store)), lambda: timed(lambda: _hash(store)), ROUNDS, 0
            )
        finally:
            store.close()
    against = f"read, written out and hashed, {result.reference.median / 1000:.2f} s"
    return [
        Figure("100,000 audit entries verified", result.ours.median / 1000, "s", MOST, against),
        Figure("100,000 audit entries verified, over hashing alone", result.ratio, "×", None, against),
    ]


def _fill(store: ClinicalStore) -> None:
    """Saves until the trail is long enough."""
    store.add_subject(SUBJECT)
    visit = store.open_visit_row(SUBJECT, "baseline", None)
    number = 0
    while store.audit_head().seq < ENTRIES:
        number += 1
        fields = range(number % 50, number % 50 + AT_ONCE)
        store.save_draft(visit.id, [Entry(f"field_{field}", str(number), None) for field in fields])


def _check(store: ClinicalStore) -> None:
    if verify(store):
        raise AssertionError("a sound trail was found at fault")


def _hash(store: ClinicalStore) -> None:
    with store.transaction() as tx:
        for row in tx.connection.execute(sa.select(AUDIT).order_by(AUDIT.c.seq)):
            hashlib.sha256(canonical([str(cell) for cell in row])).digest()
