"""The site on which faults are made, copied for each of them, and what must hold after any of them.

Made once: three people who may unlock, two patients (a visit signed, one filled and open, one completed), a bundle that
was sent, the centre's receipt for it, a backup, and a day of work since that backup. Everybody is synthetic.
"""

from __future__ import annotations

import json
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "endtoend"))

from deciphered import pages
from sqlcipher3 import dbapi2 as driver
from study_parts import (
    DAY_0,
    PASSPHRASE,
    PERSON,
    Pisa,
    TestClock,
    enrol,
    fill,
    make_site,
    open_site,
    opened_site,
    setup,
    signed,
    someone,
)

from anifro_desktop.forms import load
from anifro_desktop.store import sheet, swap, vault
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.errors import (
    UnknownUser,
    UserDisabled,
    WrongPassphrase,
)
from anifro_desktop.store.identities import IdentityStore
from anifro_desktop.store.instance import LOCK, InstanceLock
from anifro_desktop.store.slots import Keys
from anifro_desktop.workflows import backups, checking, entrance, people, recovery, sending, visits
from anifro_desktop.workflows.archive import proving
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site

ROOT = Path(__file__).parents[2]
MONTH_6 = date(2026, 9, 3)
OTHER_PASSPHRASE = "un'altra frase lunga di prova"
REMOVED, STAYING = "U02", "U03"
MISTYPED = "Clorinda Sbagliatissima"

# What an operation said was done: a kind of `HOLDS`, and the facts that kind asks for.
Fact = list[Any]


@dataclass(frozen=True)
class Stage:
    """The folders of one copy."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def safe(self) -> Path:
        """What stands on the recovery sheet in the unit's safe, where there is one."""
        return self.root / "safe"

    @property
    def stick(self) -> Path:
        """Where bundles go; it holds one."""
        return self.root / "stick"

    @property
    def inbox(self) -> Path:
        """Where the centre's receipt lies."""
        return self.root / "inbox"

    @property
    def archives(self) -> Path:
        """Where the archive of the site goes."""
        return self.root / "archives"

    @property
    def backup(self) -> Path:
        return next((self.site / backups.FOLDER).iterdir())

    @property
    def codes(self) -> dict[str, str]:
        """Study codes: of who has a visit `open`, and of who has one `completed`."""
        return dict(json.loads((self.root / "codes.json").read_text(encoding="utf-8")))

    def copy(self, root: Path) -> Stage:
        """The same in another folder; what only a running program needs is left out."""
        shutil.copytree(self.root, root, ignore=shutil.ignore_patterns("*-shm"))
        return Stage(root)


@contextmanager
def copied(stage: Stage, beside: Path) -> Iterator[Stage]:
    """A copy for one fault, gone afterwards; it stays where a loss was found."""
    folder = beside / f"try-{secrets.token_hex(4)}"
    yield stage.copy(folder)
    shutil.rmtree(folder)


def later() -> TestClock:
    """A clock some days after the stage was set."""
    clock = TestClock()
    clock.forward(days=3)
    return clock


def set_stage(root: Path) -> Stage:
    """Make it, closed."""
    pisa, stage, clock = Pisa(), Stage(root), TestClock()
    for folder in (stage.stick, stage.inbox):
        folder.mkdir(parents=True)
    make_site(stage.site, setup(pisa.keyset, pisa.fingerprint), clock)
    site = open_site(stage.site, clock)
    for code in (REMOVED, STAYING):
        person = Person(code, "Persona di Prova", ("investigator",))
        people.add(site, person, PASSPHRASE, temporary=False, cost=vault.FLOOR)
    first = enrol(site, someone(1))
    signed(site, first, "baseline", DAY_0)
    sending.export(site, stage.stick)
    name, receipt = pisa.receipt(site)
    (stage.inbox / name).write_bytes(receipt)
    backups.make(site)
    clock.forward(days=1)
    fill(site, first, "m06", MONTH_6, 1)
    second = enrol(site, someone(2))  # whose signed enrolment waits to be sent
    visits.complete(site, fill(site, second, "baseline", DAY_0))
    site.close()
    codes = {"open": first, "completed": second}
    (root / "codes.json").write_text(json.dumps(codes), encoding="utf-8")
    return stage


def opened(stage: Stage) -> Site:
    """The site unlocked, with keys that were derived once."""
    return opened_site(stage.site, later())


def reopened(stage: Stage) -> Site:
    """The site as its user opens it again after something went wrong, by whatever passphrase opens it."""
    swap.finish(stage.site)
    keys = the_keys(stage.site)
    lock = InstanceLock(stage.site)
    clock = later()
    clinical = ClinicalStore(stage.site, keys, clock)
    identities = IdentityStore(stage.site, keys, clinical.log, clock)
    names = dict(identities.all())
    site = Site(stage.site, keys, clock, lock, clinical, identities, load(), clinical.settings(), names)
    people.go_on_renewing(site)
    return site


_KNOWN: dict[tuple[bytes, bytes, str, str], Keys | None] = {}


def lettered(made: people.Sheet) -> str:
    """What stands on a recovery sheet."""
    return " ".join(group for row in made.rows for group in row)


def put_into_the_safe(stage: Stage, site: Site) -> None:
    """Make a recovery sheet that is in force, read back and out of the computer."""
    made = people.make_sheet(site)
    recovery.keep(site, made.number)
    stage.safe.write_text(lettered(made), encoding="utf-8")


def keys_for(folder: Path, user: str, passphrase: str) -> Keys | None:
    """What a passphrase opens; None for nothing. Derived once for each state of the key files, as it takes its time."""
    place = (_bytes(folder / vault.FILE), _bytes(folder / vault.COPY), user, passphrase)
    if place not in _KNOWN:
        try:
            keys = vault.open_vault(folder, user, passphrase)
        except (WrongPassphrase, UnknownUser, UserDisabled):
            keys = None
        after = (_bytes(folder / vault.FILE), _bytes(folder / vault.COPY), user, passphrase)
        _KNOWN[place] = _KNOWN[after] = keys  # opening makes both files equal
    return _KNOWN[place]


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def the_keys(folder: Path) -> Keys:
    """The keys of a site, which exactly one of the administrator's passphrases opens."""
    found = [keys_for(folder, PERSON.code, one) for one in (PASSPHRASE, OTHER_PASSPHRASE)]
    (keys,) = [one for one in found if one is not None]
    return keys


def check_keys(stage: Stage) -> None:
    """Of all keys that the key file holds, exactly one opens each database."""
    with tempfile.TemporaryDirectory() as beside:
        copy = Path(beside) / "site"
        shutil.copytree(stage.site, copy, ignore=shutil.ignore_patterns("*-shm", LOCK, backups.FOLDER))
        swap.finish(copy)
        for name, held in the_keys(copy).databases.items():
            count = sum(_reads(copy / f"{name}.db", key.key.hex() + key.salt.hex()) for key in held)
            assert count == 1, f"{count} of {len(held)} keys open {name}.db"


def _reads(path: Path, key: str) -> bool:
    connection = driver.connect(str(path))
    try:
        connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
        connection.execute(f"PRAGMA key = \"x'{key}'\"").fetchall()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except driver.DatabaseError:
        return False
    finally:
        connection.close()
    return True


def check_sheet(stage: Stage, facts: Iterable[Fact], what: str) -> None:
    """A recovery sheet in somebody's hand opens the folder: the last that came on paper, else the one in the safe."""
    in_hand = [stage.safe.read_text(encoding="utf-8")] if stage.safe.exists() else []
    in_hand += [letters for kind, *rest in facts if kind == "on_paper" for letters in rest[1:]]
    if in_hand:
        assert sheet.open_with(stage.site, sheet.typed(in_hand[-1])), f"{what}: no sheet opens the folder"


def check_sound(stage: Stage, facts: Iterable[Fact], what: str, *, with_keys: bool = False) -> None:
    """After a fault: the site opens, `verify` finds nothing, all that was acknowledged is there, and work goes on."""
    facts = list(facts)
    if not entrance.exists(stage.site):  # only where one was to be made
        assert facts == [], f"{what}: the site is gone"
        assert (stage.root / "old").exists(), f"{what}: the site is gone"
        pisa = Pisa()
        make_site(stage.site, setup(pisa.keyset, pisa.fingerprint), later())
    if with_keys:
        check_keys(stage)
    check_sheet(stage, facts, what)
    site = reopened(stage)
    try:
        findings = [one for one in checking.verify(site) if one.code != "sheet_unseen"]
        assert findings == [], f"{what}: {findings}"
        for kind, *rest in facts:
            assert HOLDS[kind](stage, site, *rest), f"{what}: lost {kind} {rest}"
        head = site.clinical.audit_head().seq
        site.clinical.log("checked")
        assert site.clinical.audit_head().seq == head + 1, f"{what}: no work after it"
    finally:
        site.close()


# What each kind of acknowledged fact comes to. The values of a `draft` are all that may be there now.


def _draft(_: Stage, site: Site, visit: str, field: str, *values: Any) -> bool:
    held = {entry.field: str(entry.value_json) for entry in site.clinical.draft(visit)}
    return held.get(field) in values


def _state(_: Stage, site: Site, visit: str, *states: str) -> bool:
    return site.clinical.visit(visit).state in states


def _opens(stage: Stage, _: Site, user: str, passphrase: str) -> bool:
    return keys_for(stage.site, user, passphrase) is not None


def _no_longer(stage: Stage, _: Site, user: str) -> bool:
    gone, stays = (keys_for(stage.site, one, PASSPHRASE) for one in (user, STAYING))
    return gone is None and stays is not None


def _erased(_: Stage, site: Site, words: str) -> bool:
    stores = [store for store in (site.clinical, site.identities) if store is not None]
    return not any(words.encode() in pages(store) for store in stores)


def _taken_over(_: Stage, site: Site, subjects: list[str]) -> bool:
    return all(
        site.names[one].surname.startswith("Sintetic") and site.clinical.entries(one) for one in subjects
    )


def _archived(stage: Stage, site: Site, name: str) -> bool:
    proved = proving.prove(site, stage.archives / name)
    return not proved.faults and proved.made is not None


def _recovered(stage: Stage, site: Site, user: str, passphrase: str) -> bool:
    told = [one.about for one in people.history(site) if one.act == "recovered"]
    return user in told and _opens(stage, site, user, passphrase)


HOLDS: dict[str, Callable[..., bool]] = {
    "draft": _draft,
    "state": _state,
    "identity": lambda _, site, subject, surname: site.identities.get(subject).surname == surname,
    "sent": lambda stage, site, name, seq: (
        site.clinical.bundle_bytes(1, seq) == (stage.stick / name).read_bytes()
    ),
    "received": lambda _, site, count: len(site.clinical.receipts()) == count,
    "opens": _opens,
    "removed": _no_longer,
    "backup": lambda _, site, name: any(one.whole and one.name == name for one in backups.listed(site)),
    "epoch": lambda _, site, epoch: site.clinical.next_position().epoch == epoch,
    "erased": _erased,
    "taken_over": _taken_over,
    "archived": _archived,
    "on_paper": lambda *_: True,  # see `check_sheet`
    "sheet_in_force": lambda stage, _, number: sheet.numbers(stage.site) == (int(number), 0),
    "recovered": _recovered,
    "closed": lambda *_: True,
}
