"""The centre itself: made once, opened with a passphrase, closed again.

    FOLDER/keyslots.json, centre.db      people and data, encrypted FOLDER/root/keyslots.json            the
    root key, behind the same person's passphrase; belongs on a stick in a safe
    FOLDER/centre-STUDY-v1.keyset.json   public: handed to every site, with the fingerprint read out
    FOLDER/quarantine/                   refused files, kept outside the database

Rules kept here:
- The root key signs keysets and nothing else. It is derived (HKDF-SHA256) from the key of a vault of its own,
  so that it lies nowhere in the open; daily work never opens it.
- Signing and opening seeds lie in the encrypted store. Private keys are never written to any other file.
- One program at a time works on a folder, unless the data lie on a server: that keeps several apart.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from pathlib import Path

from anifro_desktop.centre.errors import CentreCode, CentreExists, CentreMissing, RoleNeeded
from anifro_desktop.crypto import hybrid, kdf, signing
from anifro_desktop.files import make_folder, move, write_atomic
from anifro_desktop.forms.library import Library
from anifro_desktop.forms.library import load as load_packs
from anifro_desktop.forms.model import Definitions
from anifro_desktop.record import Json
from anifro_desktop.store import swap, vault
from anifro_desktop.store.centre import CentreStore
from anifro_desktop.store.centre_server import open_store
from anifro_desktop.store.clock import Clock, SystemClock
from anifro_desktop.store.doorplate import FILE, WORKSHOP, User, exists
from anifro_desktop.store.instance import InstanceLock, check_folder, lock_folder
from anifro_desktop.store.passphrase import Cost
from anifro_desktop.store.server import Address, remember, remembered
from anifro_desktop.store.slots import Keys
from anifro_desktop.sync.bundle import kid
from anifro_desktop.sync.keyset import Keyset, make_keyset, read_keyset
from anifro_desktop.workflows.new_forms import library_of

STUDY = "NCT07215754"
ROOT_FOLDER, QUARANTINE = "root", "quarantine"
DATA_MANAGER, STATISTICIAN = "data_manager", "statistician"
_CODE = re.compile(r"[A-Z0-9]{2,8}")
_ROOT_INFO = b"anifro/centre/root/v1"
_VALID = timedelta(days=5 * 365)


@dataclass(frozen=True, slots=True)
class Founded:
    """A centre that has just been made. keyset: the file to hand to sites; fingerprint: what they compare."""

    folder: Path
    keyset: Path
    fingerprint: str


@dataclass(slots=True)
class Centre:
    """An open centre. definitions: the current pack; packs: every pack that records may be made under;
    own: those of this program, without those that were published here."""

    folder: Path
    keys: Keys
    store: CentreStore
    definitions: Definitions
    clock: Clock
    _lock: InstanceLock | None = field(repr=False)
    _origins: dict[str, tuple[str, str, int, int]] = field(default_factory=dict, repr=False)
    packs: Library = field(default_factory=load_packs, repr=False)
    own: Library = field(default_factory=load_packs, repr=False)

    @property
    def keyset(self) -> Keyset:
        """The public keys in use."""
        return read_keyset(self.store.secret("keyset") or b"")

    @property
    def signing_seed(self) -> bytes:
        """The Ed25519 seed that signs receipts."""
        return self.store.secret("signing") or b""

    @property
    def study(self) -> str:
        """The study's code, as bundles carry it."""
        return str(self.store.setting("study"))

    @property
    def min_suite(self) -> int:
        """The weakest cipher suite that is taken from anybody."""
        suite = self.store.setting("min_suite")
        return suite if isinstance(suite, int) else hybrid.HYBRID

    @property
    def registry_version(self) -> int:
        """The version of the list of writers."""
        version = self.store.setting("registry_version")
        return version if isinstance(version, int) else 0

    @property
    def quarantine(self) -> Path:
        """Where refused files are kept."""
        return self.folder / QUARANTINE

    def opening_seed(self, wanted: str) -> bytes | None:
        """The X-Wing seed that a header names, of now or of before, or None if it is not ours."""
        seed = self.store.secret("opening") or b""
        if seed and kid(hybrid.public_bytes(seed)) == wanted:
            return seed
        return self.store.secret(f"opening/{wanted}")

    def opening_seeds(self) -> list[bytes]:
        """Every X-Wing seed that opens what sites sealed, that in use first."""
        names = ["opening", *(name for name in self.store.secret_names() if name.startswith("opening/"))]
        return [seed for name in names if (seed := self.store.secret(name))]

    def epoch_of(self, sha256: str) -> int:
        """The epoch of a bundle that was kept."""
        return self.position_of(sha256)[0]

    def position_of(self, sha256: str) -> tuple[int, int]:
        """Epoch and number of a bundle that was kept."""
        return self.origin_of(sha256)[2:]

    def origin_of(self, sha256: str) -> tuple[str, str, int, int]:
        """Site, writer, epoch and number of a bundle that was kept; they never change, so they are asked for once."""
        if sha256 not in self._origins:
            (row,) = self.store.bundles(sha256=sha256)
            self._origins[sha256] = (row.site, row.writer, row.epoch, row.seq)
        return self._origins[sha256]

    def learn_positions(self) -> None:
        """Ask for those of every bundle at once, before a look at every subject."""
        rows = self.store.bundles()
        self._origins |= {row.sha256: (row.site, row.writer, row.epoch, row.seq) for row in rows}

    def need(self, *roles: str) -> None:
        """Refuse unless the person has one of the roles.

        Raises:
            RoleNeeded: none of them.
        """
        if not set(self.keys.user.roles) & set(roles):
            raise RoleNeeded(" / ".join(roles))

    def now(self) -> str:
        """The time in UTC, to the second, as receipts carry it."""
        return self.clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def close(self) -> None:
        """Let go of the store and of the folder."""
        try:
            self.store.close()
        finally:
            if self._lock is not None:
                self._lock.release()


def create_centre(
    folder: Path,
    code: str,
    name: str,
    person: User,
    passphrase: str,
    clock: Clock | None = None,
    *,
    study: str = STUDY,
    cost: Cost | None = None,
    server: Address | None = None,
) -> Founded:
    """Make a centre. person: its first data manager. cost: of the passphrase (None measures this machine). server:
    where its data are to lie (None: in the folder).

    Raises:
        ServerTrouble: the server cannot be used, or its database is not empty.
        CentreCode, PassphraseTooShort, CentreExists: ask again. UnsafeFolder, CannotWrite: another folder is
        needed.
    """
    for what, good in (("code", _CODE.fullmatch(code)), ("name", name.strip())):
        if not good:
            raise CentreCode(what)
    if exists(folder):
        raise CentreExists
    make_folder(folder)
    check_folder(folder)
    workshop = folder / f"{WORKSHOP}{secrets.token_hex(4)}"
    make_folder(workshop / ROOT_FOLDER)
    try:
        data = _furnish(workshop, code, name, person, passphrase, clock or SystemClock(), study, cost, server)
    except BaseException:
        shutil.rmtree(workshop, ignore_errors=True)  # half a centre holds nothing of anybody's
        raise
    _move_in(
        workshop, folder
    )  # where it stops, the workshop stays: its key file comes last, and may be the only one
    for left in folder.glob(f"{WORKSHOP}*"):  # of a founding that was killed or stopped too
        shutil.rmtree(left, ignore_errors=True)
    keyset = read_keyset(data)
    return Founded(folder, folder / keyset_name(keyset), keyset.fingerprint)


def open_centre(
    folder: Path, person: str, passphrase: str, clock: Clock | None = None, *, packs: Library | None = None
) -> Centre:
    """Open the centre for one person, by code. packs: the packs it works with (None: those of this program).

    Raises:
        CentreMissing, WrongPassphrase, UnknownUser, VaultDamaged, OtherInstance, DatabaseDamaged: nothing is
        open.
    """
    if not exists(folder) and not swap.pending(folder):
        raise CentreMissing
    check_folder(folder)
    lock = None if remembered(folder) and not swap.pending(folder) else lock_folder(folder)
    try:
        swap.finish(folder)
        keys = vault.open_vault(folder, person, passphrase)
        if keys.kind != "centre":
            raise CentreMissing
        return enter(folder, keys, clock, packs, lock)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def enter(
    folder: Path,
    keys: Keys,
    clock: Clock | None = None,
    packs: Library | None = None,
    lock: InstanceLock | None = None,
) -> Centre:
    """The centre of keys that are unlocked already. lock: its right to the folder, if it needs one. Raises as
    `open_centre`."""
    store = open_store(folder, keys, clock or SystemClock())
    own = packs or load_packs()
    known = library_of(own, store)
    return Centre(folder, keys, store, known.current, clock or SystemClock(), lock, packs=known, own=own)


def keyset_name(keyset: Keyset) -> str:
    """The file name of a keyset."""
    return f"centre-{keyset.study}-v{keyset.version}.keyset.json"


def valid_until(day: date) -> date:
    """The day after which a newer keyset should be asked for."""
    return day + _VALID


def root_seed(keys: Keys) -> bytes:
    """The seed of the root key, from the opened root vault."""
    return kdf.hkdf(keys.database("centre")[0].key, _ROOT_INFO)


def _furnish(
    workshop: Path,
    code: str,
    name: str,
    person: User,
    passphrase: str,
    clock: Clock,
    study: str,
    cost: Cost | None,
    server: Address | None,
) -> bytes:
    root = vault.create_vault(workshop / ROOT_FOLDER, code, person, passphrase, kind="centre", cost=cost)
    keys = vault.create_vault(workshop, code, person, passphrase, kind="centre", cost=cost)
    own = {"signing": signing.new_seed(), "opening": hybrid.new_seed()}
    today = clock.now().date()
    data = make_keyset(
        study=study,
        version=1,
        root_seed=root_seed(root),
        sign_public=signing.public_bytes(own["signing"]),
        seal_public=hybrid.public_bytes(own["opening"]),
        created=today,
        expires=valid_until(today),
    )
    if server is not None:
        remember(workshop, server, keys.database("centre")[0])
    store = open_store(workshop, keys, clock)
    try:
        _fill(store, {**own, "keyset": data}, {"name": name, "study": study, "min_suite": hybrid.HYBRID})
    finally:
        store.close()
    write_atomic(workshop / keyset_name(read_keyset(data)), data)
    return data


def _fill(store: CentreStore, kept: Mapping[str, bytes], settings: Mapping[str, Json]) -> None:
    with store.transaction():
        for name, secret in kept.items():
            store.keep_secret(name, secret)
        for name, value in settings.items():
            store.set_setting(name, value)


def _move_in(workshop: Path, folder: Path) -> None:
    """Move a finished centre into its folder, the key file last: before it, the folder holds no centre."""
    order = sorted(workshop.iterdir(), key=lambda path: (path.name.startswith(FILE), path.name == FILE))
    for path in order:
        target = folder / path.name
        if target.exists():
            move(target, folder / f"{path.name}.aside-{secrets.token_hex(4)}")
        move(path, target)
