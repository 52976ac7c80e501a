"""A site on this computer: making it, unlocking it, and the place where somebody was.

Rules kept here:
- A new site is made whole in a folder of its own and moved in at the end, its key file last; half a site is no site.
- One program at a time has the data folder, for as long as it is unlocked.
- A visit that was open when the program ended without locking is named at the next unlocking.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from anifro_desktop.files import make_folder, move, write_atomic
from anifro_desktop.forms.library import Library
from anifro_desktop.forms.library import load as load_packs
from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.wording import Wording
from anifro_desktop.identity import Identity
from anifro_desktop.record import Json
from anifro_desktop.store import doorplate, swap
from anifro_desktop.store.doorplate import FILE, User
from anifro_desktop.store.slots import Keys
from anifro_desktop.store.vault import Cost, create_vault, open_vault
from anifro_desktop.study.subject_code import SiteCodeRefused, is_site_code
from anifro_desktop.sync.keyset import Card, Keyset, make_card, read_card, read_keyset
from anifro_desktop.workflows import backups, new_forms
from anifro_desktop.workflows.entrance import exists
from anifro_desktop.workflows.errors import NoSiteHere
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.model import Created, Finding, Opening, Place, Recovered, Setup
from anifro_desktop.workflows.people import check_person
from anifro_desktop.workflows.wording import kept

if TYPE_CHECKING:
    from anifro_desktop.forms.screening import Tokens
    from anifro_desktop.store.clinical import ClinicalStore
    from anifro_desktop.store.clock import Clock
    from anifro_desktop.store.identities import IdentityStore
    from anifro_desktop.store.instance import InstanceLock

ENTERING = ("investigator", "data_entry")


@dataclass(slots=True)
class Site:
    """An unlocked site. definitions: the current pack; names: subject to identity, read once; None for a role without
    identities; library: every pack that records here may be made under; wording: of questionnaires, as loaded here;
    signer_named: the first signature since unlocking was given, with the person's code beside the passphrase; known:
    whom the screening of free texts knows, once it was asked; own: the packs of this program, without those that came
    by file."""

    folder: Path
    keys: Keys
    clock: Clock
    lock: InstanceLock
    clinical: ClinicalStore
    identities: IdentityStore | None
    definitions: Definitions
    settings: Mapping[str, Json]
    names: dict[str, Identity] = field(default_factory=dict, repr=False)
    library: Library = field(default_factory=load_packs, repr=False)
    wording: Wording = field(default_factory=Wording, repr=False)
    signer_named: bool = False
    known: Tokens | None = field(default=None, repr=False)
    own: Library = field(default_factory=load_packs, repr=False)

    @property
    def code(self) -> str:
        """The site's code, such as `P03`."""
        return self.keys.site

    @property
    def name(self) -> str:
        """The site's name, for the people who work there."""
        return str(self.settings.get("site_name", self.code))

    @property
    def practice(self) -> bool:
        """Whether every patient here is synthetic."""
        return bool(self.settings.get("practice", False))

    @property
    def person(self) -> Person:
        """Who unlocked it."""
        return _person(self.keys.user)

    def today(self) -> date:
        """Today's date by this computer's clock."""
        return self.clock.now().date()

    def may(self, *roles: str) -> bool:
        """Whether the person has one of these roles."""
        return bool(set(self.keys.user.roles) & set(roles))

    def keyset(self) -> Keyset:
        """The centre's keys, as pinned at set-up."""
        return read_keyset(self.clinical.centre_keyset() or b"")

    def card(self) -> Card:
        """This site's own public keys, as the centre registered them."""
        return read_card(_card(self.clinical, self.keyset()))

    def close(self) -> None:
        """Put the visits aside in good order, close the files and let another program have the folder; only once."""
        if self.clinical.closed:
            return
        try:
            for visit in self.clinical.entries():
                if visit.place.get("open"):
                    self.clinical.set_place(visit.id, {**visit.place, "open": False})
        finally:
            _close(self.clinical, self.identities, self.lock)


def create_site(folder: Path, setup: Setup, clock: Clock, *, cost: Cost | None = None) -> Created:
    """Make a site. cost: of its passphrase (None measures this machine).

    Raises:
        SiteCodeRefused, UserCodeRefused, PassphraseTooShort, VaultExists, BackupPlace: ask again. VaultMissing: a
        site's databases lie there, and its key file does not. WrongFingerprint, KeyFileDamaged: the centre's
        file is not the one it read out. UnsafeFolder, CannotWrite: another folder is needed. Nothing was made.
    """
    from anifro_desktop.store.errors import VaultExists, VaultMissing
    from anifro_desktop.store.instance import check_folder

    if not is_site_code(setup.code):
        raise SiteCodeRefused(
            "The site code must have 2 to 6 digits or capital letters, without I, L, O and U. Choose another one."
        )
    check_person(setup.person)
    read_keyset(setup.keyset, setup.fingerprint)
    if exists(folder):
        raise VaultMissing("alone") if doorplate.bereft(folder) else VaultExists
    check_folder(folder)
    if setup.second is not None:
        backups.check_place(folder, setup.second)
    with _workshop(folder) as workshop:
        card = _furnish(workshop, setup, clock, cost)
    _move_in(
        workshop, folder
    )  # where it stops, the workshop stays: it says that what was moved is no site yet
    for left in folder.glob(f"{doorplate.WORKSHOP}*"):  # of a making that was killed or stopped too
        shutil.rmtree(left, ignore_errors=True)
    name = f"card-{setup.code}-{card.writer[:8]}.anfk"
    return Created(folder / name, card.fingerprint)


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """A folder inside the site's own to make it in; gone if nothing comes of it, and the site's own if that is new."""
    fresh = not folder.exists()
    make_folder(folder)
    workshop = folder / f"{doorplate.WORKSHOP}{secrets.token_hex(4)}"
    make_folder(workshop)
    try:
        yield workshop
    except BaseException:
        shutil.rmtree(workshop, ignore_errors=True)
        if fresh and not any(folder.iterdir()):
            folder.rmdir()
        raise


def _furnish(workshop: Path, setup: Setup, clock: Clock, cost: Cost | None) -> Card:
    from anifro_desktop.store.clinical import ClinicalStore
    from anifro_desktop.store.identities import IdentityStore

    person = User(setup.person.code, setup.person.name, setup.person.roles)
    keys = create_vault(workshop, setup.code, person, setup.passphrase, cost=cost)
    clinical = ClinicalStore(workshop, keys, clock)
    try:
        facts: dict[str, Json] = {"site_name": setup.name, "practice": setup.practice}
        with clinical.transaction():
            for key, value in facts.items():
                clinical.set_setting(key, value)
            clinical.set_centre_keyset(setup.keyset)
            if setup.second is not None:
                backups.keep_second(clinical, setup.second)
        card = write_card(clinical)
        IdentityStore(workshop, keys, clinical.log, clock).close()
    finally:
        clinical.close()
    return card


def write_card(clinical: ClinicalStore) -> Card:
    """Write the card of a site, to be handed to the centre, beside its database.

    Raises:
        KeyFileDamaged: the site has no keys of the centre. CannotWrite.
    """
    data = _card(clinical, read_keyset(clinical.centre_keyset() or b""))
    card = read_card(data)
    write_atomic(clinical.folder / f"card-{card.site}-{card.writer[:8]}.anfk", data)
    return card


def _move_in(workshop: Path, folder: Path) -> None:
    """Move a finished site into its folder, the key file last: before it, the folder holds no site."""
    order = sorted(workshop.iterdir(), key=lambda path: (path.name.startswith(FILE), path.name == FILE))
    for path in order:
        target = folder / path.name
        if target.exists():
            move(target, folder / f"{path.name}.aside-{secrets.token_hex(4)}")
        move(path, target)


def _card(clinical: ClinicalStore, keyset: Keyset) -> bytes:
    from anifro_desktop.crypto import hybrid

    own = clinical.site_keys()
    return make_card(
        study=keyset.study,
        site=clinical.keys.site,
        writer=clinical.keys.writer,
        sign_seed=own.signing_seed,
        seal_public=hybrid.public_bytes(own.receiving_seed),
    )


def unlock(
    folder: Path, person_code: str, passphrase: str, clock: Clock, *, packs: Library | None = None
) -> Site:
    """Open the site for one person. packs: the packs it works with (None: those of this program).

    Raises:
        WrongPassphrase, UnknownUser, VaultMissing, VaultDamaged, OtherInstance, UnsafeFolder, OldSqlite,
        DatabaseDamaged: see `store.errors`.
    """
    from anifro_desktop.crypto import signing
    from anifro_desktop.store.clinical import ClinicalStore
    from anifro_desktop.store.identities import IdentityStore
    from anifro_desktop.store.instance import lock_folder

    lock = lock_folder(folder)
    clinical = identities = None
    try:
        swap.finish(folder)
        keys = open_vault(folder, person_code, passphrase)
        if keys.kind != "site":
            raise NoSiteHere
        backups.before_update(folder, keys, clock)
        clinical = ClinicalStore(folder, keys, clock)
        if signing.public_bytes(keys.secrets.signing_seed) in clinical.lent():
            # A recovery that broke off before the trail was told: a passphrase is to be chosen first.
            keys = clinical.keys = replace(keys, temporary=True)
        if "identity" in keys.databases:
            identities = IdentityStore(folder, keys, clinical.log, clock)
        detail: Json = {"failed_before": keys.failed, "keys_mended": list(keys.damaged)}
        clinical.log("unlock", detail=detail)
        names = identities.all() if identities else {}
        settings = clinical.settings()
    except BaseException:
        _close(clinical, identities, lock)
        raise
    own = packs or load_packs()
    known = new_forms.library_of(own, clinical)
    current = known.current
    worded = kept(folder, current)
    site = Site(
        folder,
        keys,
        clock,
        lock,
        clinical,
        identities,
        current,
        settings,
        dict(names),
        known,
        worded,
        own=own,
    )
    return _settled(site)


def _settled(site: Site) -> Site:
    """The site, with a change of keys that was broken off finished (where that fails, both keys still open it), and
    everybody in it known to the screening of texts."""
    from anifro_desktop.errors import Refusal
    from anifro_desktop.workflows import people, screening

    with suppress(Refusal):
        people.go_on_renewing(site)
    with suppress(Refusal):
        screening.catch_up(site)
    return site


def _close(clinical: ClinicalStore | None, identities: IdentityStore | None, lock: InstanceLock) -> None:
    try:
        if identities is not None:
            identities.close()
    finally:
        try:
            if clinical is not None:
                clinical.close()
        finally:
            lock.release()


def opening(site: Site) -> Opening:
    """What there is to say after unlocking."""
    counts = site.clinical.draft_counts()
    left = [visit for visit in site.clinical.entries() if visit.place.get("open") and visit.id in counts]
    recovered = None
    if left:
        visit = max(left, key=lambda item: counts[item.id].seq)
        count = counts[visit.id]
        place = Place(
            visit.subject, visit.key, str(visit.place.get("form", "")), str(visit.place.get("field", ""))
        )
        recovered = Recovered(place, count.values, datetime.fromisoformat(count.utc))
    sent = [datetime.fromisoformat(row.made) for row in site.clinical.bundles()]
    return Opening(recovered, max(sent, default=None), site.keys.failed, tuple(_checked(site)))


def _checked(site: Site) -> list[Finding]:
    """What the quick check of an unlocking found. Imported here: what it needs is part of this module."""
    from anifro_desktop.workflows import checking

    return checking.quick(site)


def remember_place(site: Site, visit_id: str, place: Place, *, is_open: bool = True) -> None:
    """Note where somebody is, so that the next unlocking leads back there."""
    kept = site.clinical.visit(visit_id).place
    known = {} if place.field else {"form": kept.get("form", ""), "field": kept.get("field", "")}
    site.clinical.set_place(visit_id, place_json(place, is_open=is_open) | known)


def place_json(place: Place, *, is_open: bool = True) -> dict[str, Json]:
    """A place as it is kept beside a visit."""
    return {"form": place.form, "field": place.field, "open": is_open}


def _person(user: User) -> Person:
    return Person(user.code, user.name, tuple(user.roles))
