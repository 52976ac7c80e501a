"""A practice site full of synthetic patients, made through the same verbs as a real one, and a centre that answers it.

For pictures and for tests of the screens. The centre's keys are made up on the spot; its answers are receipts as a
real centre signs and seals them.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.sync.bundle import file_hash
from anifro_desktop.sync.header import NO_PREVIOUS
from anifro_desktop.sync.keyset import make_keyset, read_card, read_keyset
from anifro_desktop.sync.receipt import Item, Receipt, seal_receipt
from anifro_desktop.workflows import entering, sending, site, synthetic
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.model import Created, Setup

STUDY = "anifro"
PASSPHRASE = "cavallo lampada nuvola sedia"  # noqa: S105 - of a site that holds nobody
SITE_CODE = "P03"
SITE_NAME = "Reumatologia, Padova"
PERSON = Person("U01", "Irene Sintetica", ("investigator", "site_admin"))


@dataclass(frozen=True, slots=True)
class FixedClock:
    """Always the same moment, so that pictures and lists are the same on every day."""

    moment: datetime

    def now(self) -> datetime:
        """That moment."""
        return self.moment

    def elapsed(self) -> float:
        """Seconds that really pass."""
        return time.monotonic()


@dataclass(frozen=True, slots=True)
class Centre:
    """A centre of the practice study: its keys, and no store."""

    created: date
    root: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    sign: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    seal: bytes = field(default_factory=hybrid.new_seed, repr=False)

    @property
    def keyset(self) -> bytes:
        """The key file that a site is given."""
        return make_keyset(
            study=STUDY,
            version=1,
            root_seed=self.root,
            sign_public=signing.public_bytes(self.sign),
            seal_public=hybrid.public_bytes(self.seal),
            created=self.created,
            expires=self.created.replace(year=self.created.year + 5),
        )

    @property
    def fingerprint(self) -> str:
        """What its people read out on the telephone."""
        return read_keyset(self.keyset).fingerprint

    def setup(self) -> Setup:
        """What the first run of the practice site would ask."""
        return Setup(SITE_CODE, SITE_NAME, PERSON, PASSPHRASE, self.keyset, self.fingerprint, practice=True)

    def answer(
        self, card: Path, stick: Path, arrived: Sequence[int], rno: int = 1, differs: bool = False
    ) -> Path:
        """Write a receipt to the stick: `arrived` are the numbers of bundles that came, the others are missing."""
        own = read_card(card.read_bytes())
        files = sorted(stick.glob(f"{STUDY}-{SITE_CODE}-*-e001-*.anfb"))
        items = tuple(
            Item(number, file_hash(path.read_bytes()), "accepted", "score_differs" if differs else "")
            for number, path in enumerate(files, start=1)
            if number in arrived
        )
        whole = next((number for number in range(len(files)) if number + 1 not in arrived), len(files))
        missing = tuple(number for number in range(1, max(arrived, default=0)) if number not in arrived)
        receipt = Receipt(
            STUDY, SITE_CODE, own.writer, rno, 1, whole, items, missing, f"{self.created}T12:00:00Z", 1
        )
        path = stick / f"answer-{rno}.anfb"
        path.write_bytes(seal_receipt(receipt, self.sign, own.seal, prev=NO_PREVIOUS))
        return path


def clock_at(moment: str) -> FixedClock:
    """A clock that stands at an ISO moment, UTC where it says no offset."""
    at = datetime.fromisoformat(moment)
    return FixedClock(at if at.tzinfo else at.replace(tzinfo=UTC))


def build(
    folder: Path, clock: FixedClock, patients: int, centre: Centre, stick: Path | None = None
) -> Created:
    """Make the site with so many patients; with `stick`, a first bundle with all of them is sealed into it."""
    today = clock.now().date()
    created = site.create_site(folder, centre.setup(), clock, cost=FLOOR)
    opened = site.unlock(folder, PERSON.code, PASSPHRASE, clock)
    try:
        for course in synthetic.courses(synthetic.Plan(patients, today, months_back=26)):
            entering.enter(opened, json.dumps(course).encode(), PASSPHRASE)
        if stick is not None:
            stick.mkdir(exist_ok=True)
            sending.export(opened, stick)
    finally:
        opened.close()
    return created
