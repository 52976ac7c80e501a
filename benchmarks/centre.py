"""What a site's whole study costs on its way to the centre: sealed, taken in, scored again; and sealing beside `age`.

150 patients with 12 visits each, as after a new epoch: every form that is asked at every visit. Sealing is all that
happens to records that were read and pseudonymised: checked, written as lines, compressed, encrypted, signed. Taking in
is everything that the centre does, on its embedded store, with the audit trail and every score computed again.

`age` encrypts and authenticates the same 10 MB to one X25519 recipient; here they are encrypted to a hybrid key, hashed
and signed besides. Neither side compresses.
"""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
import time
from pathlib import Path

import pyrage

sys.path.append(str(Path(__file__).parents[1] / "tests" / "centre"))
sys.path.append(str(Path(__file__).parents[1] / "tests" / "forms"))

from centre_population import everything, template, whole
from centre_sites import PASSPHRASE, SyntheticSite

from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import create_centre, open_centre
from anifro_desktop.centre.registering import register
from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.passphrase import FLOOR
from anifro_desktop.sync.keyset import Keyset
from benchmarks.harness import Figure, paired, timed

PATIENTS, VISITS = 150, 12
SEALED, TAKEN = 2.0, 5.0  # seconds
OVER_AGE = 3.0
MEGABYTES, ROUNDS = 10, 7


def main() -> list[Figure]:
    """Seconds of the processor for a whole study, and the ratio to `age`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "centre"
        person = User("DM1", "Bench", ("data_manager", "statistician"))
        create_centre(folder, "PISA", "Bench", person, PASSPHRASE, cost=FLOOR)
        centre = open_centre(folder, "DM1", PASSPHRASE)
        try:
            site = SyntheticSite()
            register(centre, site.card_bytes, site.card.fingerprint)
            records = everything(site.code, template(VISITS), PATIENTS)
            started = time.process_time()
            sent = list(whole(site, centre.keyset, records))
            sealed = time.process_time() - started
            started = time.process_time()
            outcomes = ingest(centre, sent)
            taken = time.process_time() - started
            ratio = _over_age(centre.keyset)
        finally:
            centre.close()
    if any((item.status, item.bad, item.differences) != ("accepted", 0, 0) for item in outcomes):
        raise AssertionError("a sound bundle was not taken")
    what = f"{PATIENTS} patients with {VISITS} visits"
    made = f"{len(records)} records in {len(sent)} bundles of {sum(map(len, sent)) / 1e6:.1f} MB"
    return [
        Figure(f"{what} sealed", sealed, "s", SEALED, made),
        Figure(
            f"{what} taken in and scored again",
            taken,
            "s",
            TAKEN,
            f"{1000 * taken / len(records):.2f} ms a record",
        ),
        ratio,
    ]


def _over_age(keyset: Keyset) -> Figure:
    plain = random.Random(10).randbytes(MEGABYTES * 1_000_000)
    signer, someone = signing.new_seed(), pyrage.x25519.Identity.generate().to_public()

    def ours() -> None:
        sealed = hybrid.seal(keyset.seal, b"bench", plain)
        signing.sign(signer, hashlib.sha512(sealed).digest())

    result = paired(lambda: timed(ours), lambda: timed(lambda: pyrage.encrypt(plain, [someone])), ROUNDS)
    against = f"age {result.reference.median:.0f} ms, here {result.ours.median:.0f} ms"
    return Figure(f"{MEGABYTES} MB sealed, over age", result.ratio, "×", OVER_AGE, against)
