"""Unlocking: from the passphrase to a store that can be worked in, at the cost that a new slot is given here.

Ours is the key file opened, its signatures checked, both databases opened and the quick check of `verify`. The
reference is Argon2id alone, by the same library with the same settings: what must not be saved at, as it is what a
thief of the laptop has to pay for each guess.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from anifro_desktop.crypto import kdf
from anifro_desktop.store import vault
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.identities import IdentityStore
from anifro_desktop.store.verify import verify
from benchmarks.harness import Figure, paired, timed

MOST, LEAST_KDF = 0.8, 0.3  # seconds
ROUNDS = 9
PASSPHRASE = "a passphrase to measure"


def main() -> list[Figure]:
    """Seconds to unlock, and that enough of them are Argon2id's."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cost = vault.calibrate()
        user = User("U01", "Bench", ("investigator", "site_admin"))
        vault.create_vault(folder, "P03", user, PASSPHRASE, cost=cost)
        _unlock(folder)
        salt = bytes(kdf.SALT_BYTES)

        def derive() -> None:
            kdf.argon2id(PASSPHRASE, salt, memory_kib=cost.memory_kib, passes=cost.passes, lanes=cost.lanes)

        result = paired(lambda: timed(lambda: _unlock(folder)), lambda: timed(derive), rounds=ROUNDS)
    alone = result.reference.median / 1000
    against = f"Argon2id alone, {cost.memory_kib // 1024} MiB, {alone:.2f} s"
    return [
        Figure("unlocking", result.ours.median / 1000, "s", MOST, against),
        Figure("unlocking, over Argon2id alone", result.ratio, "×", None, against),
        Figure("least cost of a guess, over Argon2id's time", LEAST_KDF / alone, "×", 1.0, f"{LEAST_KDF} s"),
    ]


def _unlock(folder: Path) -> None:
    keys = vault.open_vault(folder, "U01", PASSPHRASE)
    clinical = ClinicalStore(folder, keys)
    identities = IdentityStore(folder, keys, clinical.log)
    try:
        clinical.log("unlock")
        verify(clinical, quick=True)
        verify(identities, quick=True)
    finally:
        identities.close()
        clinical.close()
