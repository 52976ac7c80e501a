"""A study to try things on: real keys, real folders, people's acts as functions, a clock that moves only when told to.

Nothing is replaced by a double. The cost of passphrases is the lowest that is allowed, and sites are copied from one
that was made once, because making keys is slow. Every patient is synthetic, or one of the worked patients.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.forms import load
from anifro_desktop.identity import Identity
from anifro_desktop.record import Json, Missing, Revision
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.clock import Clock
from anifro_desktop.store.identities import IdentityStore
from anifro_desktop.store.instance import InstanceLock
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.vault import FILE, FLOOR, open_vault
from anifro_desktop.sync.bundle import Opened, open_bundle
from anifro_desktop.sync.header import NO_PREVIOUS, Header
from anifro_desktop.sync.keyset import make_keyset, read_keyset
from anifro_desktop.sync.names import bundle_name
from anifro_desktop.sync.receipt import Item, Receipt, seal_receipt
from anifro_desktop.sync.records import Record, read_batch
from anifro_desktop.workflows import patients, visits
from anifro_desktop.workflows.model import OpenVisit, Person, Place, Setup
from anifro_desktop.workflows.site import Site, create_site, unlock

STUDY = "NCT07215754"
PASSPHRASE = "una frase lunga di prova"
PERSON = Person("U01", "Dr. Firma di Prova", ("investigator", "site_admin"))
VISITS = Path(__file__).parents[1] / "vectors" / "visits"
VIGNETTES = ("v1", "v2", "v3", "v4")
DAY_0 = date(2026, 3, 4)


@dataclass
class TestClock:
    """A clock that moves only when told to; its stop-watch moves with it."""

    __test__ = False

    moment: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    seconds: float = 0.0

    def now(self) -> datetime:
        return self.moment

    def elapsed(self) -> float:
        return self.seconds

    def forward(self, **delta: float) -> None:
        step = timedelta(**delta)
        self.moment += step
        self.seconds += step.total_seconds()


@dataclass
class Pisa:
    """The centre as far as a site sees it: its keys, and receipts that it signs."""

    root: bytes = field(default_factory=signing.new_seed)
    sign: bytes = field(default_factory=signing.new_seed)
    seal: bytes = field(default_factory=hybrid.new_seed)
    rno: int = 1
    prev: str = NO_PREVIOUS

    @property
    def keyset(self) -> bytes:
        return make_keyset(
            study=STUDY,
            version=1,
            root_seed=self.root,
            sign_public=signing.public_bytes(self.sign),
            seal_public=hybrid.public_bytes(self.seal),
            created=date(2026, 1, 1),
            expires=date(2036, 1, 1),
        )

    @property
    def fingerprint(self) -> str:
        return read_keyset(self.keyset).fingerprint

    def open(self, data: bytes, site: Site) -> Opened:
        """A site's bundle, opened as the centre opens it."""
        card = site.card()
        return open_bundle(
            data,
            expect_type="data",
            key_for=lambda _: card.verify_key,
            seed_for=lambda _: self.seal,
            min_suite=hybrid.HYBRID,
        )

    def receipt(self, site: Site, **facts: Any) -> tuple[str, bytes]:
        """The next receipt for a site: its file name and bytes. By default, all that it sealed is accepted."""
        card, sent = site.card(), site.clinical.bundles()
        given: dict[str, Any] = {
            "epoch": 1,
            "acked_to": len(sent),
            "items": tuple(Item(row.seq, row.sha256, "accepted") for row in sent),
            "missing": (),
        }
        receipt = Receipt(
            study=STUDY,
            site=card.site,
            writer=card.writer,
            rno=self.rno,
            centre_time="2026-11-23T10:00:00Z",
            registry_version=1,
            **(given | facts),
        )
        data = seal_receipt(receipt, self.sign, card.seal, prev=self.prev)
        header = Header(
            study=STUDY,
            site=card.site,
            writer=card.writer,
            epoch=receipt.epoch,
            seq=receipt.rno,
            prev=self.prev,
            type="receipt",
            created=receipt.centre_time,
        )
        digest = _sha256(data)
        self.rno, self.prev = self.rno + 1, digest
        return bundle_name(header, digest), data


def _sha256(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def setup(keyset: bytes, fingerprint: str, code: str = "P03", **more: Any) -> Setup:
    """What the first run asks for."""
    facts: dict[str, Any] = {"person": PERSON, "passphrase": PASSPHRASE, "practice": True}
    return Setup(code=code, name="Centro di prova", keyset=keyset, fingerprint=fingerprint, **(facts | more))


def make_site(folder: Path, wanted: Setup, clock: TestClock | None = None) -> Path:
    """A new site, at the lowest cost of its passphrase."""
    create_site(folder, wanted, clock or TestClock(), cost=FLOOR)
    return folder


def copied(template: Path, folder: Path) -> Path:
    """A copy of a site that is closed: the same keys and rows."""
    shutil.copytree(template, folder)
    return folder


def open_site(folder: Path, clock: TestClock, person: str = PERSON.code) -> Site:
    """The site, unlocked."""
    return unlock(folder, person, PASSPHRASE, clock)


_KEYS: dict[tuple[bytes, str], Keys] = {}


def keys_of(folder: Path, person: str = PERSON.code) -> Keys:
    """The keys of a vault, derived once in a run for each key file: a passphrase costs a sixth of a second."""
    place = ((folder / FILE).read_bytes(), person)
    if place not in _KEYS:
        _KEYS[place] = open_vault(folder, person, PASSPHRASE)
    return _KEYS[place]


def opened_site(folder: Path, clock: Clock) -> Site:
    """The site as `unlock` opens it, with keys that are known already."""
    lock = InstanceLock(folder)
    clinical = ClinicalStore(folder, keys_of(folder), clock)
    identities = IdentityStore(folder, clinical.keys, clinical.log, clock)
    names = dict(identities.all())
    return Site(folder, clinical.keys, clock, lock, clinical, identities, load(), clinical.settings(), names)


def vector(name: str) -> dict[str, Any]:
    """The visit file of a worked patient."""
    return dict(json.loads((VISITS / f"{name}.json").read_text(encoding="utf-8")))


def expected(name: str) -> list[dict[str, Any]]:
    """What must come out of it, visit by visit."""
    return list(json.loads((VISITS / f"{name}.expected.json").read_text(encoding="utf-8"))["visits"])


def expected_subject(name: str) -> dict[str, Any]:
    """What its classification criteria must come to."""
    return dict(json.loads((VISITS / f"{name}.expected.json").read_text(encoding="utf-8"))["subject"])


# A person's acts


def someone(number: int = 1, **parts: Any) -> Identity:
    """A synthetic person."""
    given = {
        "surname": f"Sintetica-{number:03d}",
        "name": "Prova",
        "birth_date": date(1991, 5, 20),
        "hospital_number": f"SYN{number:05d}",
    }
    return Identity(**(given | parts))


ENROLMENT: Mapping[str, str] = {
    "consent_date": "2026-03-04",
    "consent_version": "1.0",
    "enrolment_date": "2026-03-04",
    "sex": "1",
    "incl_informed_consent": "1",
    "incl_classification": "1",
    "incl_active_disease": "1",
    "incl_anifrolumab": "1",
}


def type_in(site: Site, visit: OpenVisit, answers: Mapping[str, Any]) -> None:
    """Type answers in reading order, then save all of them with the place of the last, as one autosave may do."""
    order = [item.id for form in visit.session.forms for item in form.fields if item.id in answers]
    changed: set[str] = set()
    for name in order:
        answer = answers[name]
        if isinstance(answer, Mapping):
            changed |= visit.session.set_missing(name, Missing(answer["missing"])).fields
        else:
            changed |= visit.session.set_text(name, str(answer)).fields
    place = Place(visit.subject, visit.key, visit.session.definitions.fields[order[-1]].form, order[-1])
    visits.save_draft(site, visit, visit.session.entries(changed), place)


def all_absent(site: Site, visit: OpenVisit, *forms: str) -> None:
    """Answer what is open in some forms with absent, as Ctrl+Enter does in each of their sections."""
    changed: set[str] = set()
    for section in visit.session.sections():
        if section.form in forms:
            changed |= visit.session.all_absent(section.form, section.section.id).fields
    visits.save_draft(site, visit, visit.session.entries(changed))


def enrol(site: Site, person: Identity | None = None, **answers: str) -> str:
    """Enrol a synthetic patient; the study code."""
    opened = patients.start_enrolment(site)
    patients.save_identity(site, opened.subject, person or someone())
    type_in(site, opened, {**ENROLMENT, **answers})
    return patients.finish_confirmed(site, opened).subject


def fill(site: Site, subject: str, key: str, on: date, number: int = 0, **changes: Any) -> OpenVisit:
    """Open a visit and type one of the visits of the synthetic course V3 into it, some answers changed."""
    opened = visits.open_visit(site, subject, key, on)
    course = vector("v3")["visits"][number]
    type_in(site, opened, {**course["answers"], **changes})
    all_absent(site, opened, *course["absent"])
    return opened


def signed(site: Site, subject: str, key: str, on: date, number: int = 0, **changes: Any) -> OpenVisit:
    """A visit filled and signed, by somebody who confirmed the passphrase a moment ago."""
    opened = fill(site, subject, key, on, number, **changes)
    visits.sign_confirmed(site, opened, "responsible")
    return opened


# What is stored, for comparing


def scores_of(site: Site, subject: str, visit: str) -> dict[str, Any]:
    """The scores that the last version of a visit's summary carries."""
    (summary,) = site.clinical.revisions(subject, visit, "visit_summary")
    return dict(summary.scores)


def versions(site: Site, subject: str, visit: str) -> dict[str, int]:
    """The last version of each form of a visit."""
    return {item.form: item.ver for item in site.clinical.revisions(subject, visit)}


def dump(site: Site) -> dict[str, Any]:
    """All that the site holds, but for notes of places and of acts: equal dumps mean that nothing was changed."""
    return dump_stores(site.clinical, site.identities)


def dump_stores(clinical: ClinicalStore, identities: IdentityStore | None) -> dict[str, Any]:
    """`dump` of a site that nobody has unlocked."""
    rows = {
        "subjects": clinical.subjects(),
        "visits": [(row.id, row.subject, row.key, row.date, row.state) for row in clinical.visits()],
        "drafts": {row.id: clinical.draft(row.id) for row in clinical.visits()},
        "revisions": [item.to_json() for item in clinical.revisions(latest=False)],
        "bundles": clinical.bundles(),
        "receipts": clinical.receipts(),
        "settings": clinical.settings(),
    }
    if identities is not None:
        rows["identities"] = identities.audit_head()
    return rows


def sent_records(opened: Opened) -> list[Revision]:
    """The revisions that a bundle carries."""
    records: tuple[Record, ...] = read_batch(opened).records
    return [item.revision for item in records]


def comparable(value: Json) -> Any:
    """A travelled score value as a number, yes/no or nothing."""
    return float(value) if isinstance(value, str) else value
