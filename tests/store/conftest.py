"""A vault made once (its Argon2id costs real time) and stores on fresh copies of it. Everybody here is synthetic."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as driver

from anifro_desktop.store import staff, vault
from anifro_desktop.store.centre import CentreStore
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.identities import IdentityStore
from anifro_desktop.store.slots import Keys

sys.path.insert(0, str(Path(__file__).parent))

from backup_files import PERSON, Stores, made
from store_parts import ADMIN, MANAGER, MONITOR, PASSPHRASE, SUBJECT, FakeClock, revision


@pytest.fixture(scope="session")
def site_vault(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Keys]:
    """A vault with an administrator and a monitor, and the administrator's keys."""
    folder = tmp_path_factory.mktemp("vault")
    keys = vault.create_vault(folder, "P03", ADMIN, PASSPHRASE, cost=vault.FLOOR)
    staff.add_user(folder, keys, MONITOR, PASSPHRASE, cost=vault.FLOOR)
    return folder, vault.open_vault(folder, "U01", PASSPHRASE)


@pytest.fixture(scope="session")
def centre_vault(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Keys]:
    folder = tmp_path_factory.mktemp("centre-vault")
    keys = vault.create_vault(folder, "PISA", MANAGER, PASSPHRASE, kind="centre", cost=vault.FLOOR)
    return folder, keys


@pytest.fixture
def folder(site_vault: tuple[Path, Keys], tmp_path: Path) -> Path:
    """A data folder with its key files and no database yet."""
    copy = tmp_path / "data"
    shutil.copytree(site_vault[0], copy)
    return copy


@pytest.fixture
def keys(site_vault: tuple[Path, Keys]) -> Keys:
    return site_vault[1]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def opened(folder: Path, keys: Keys) -> Iterator[Callable[[], ClinicalStore]]:
    """Opens the clinical store, closing the one opened before."""
    stores: list[ClinicalStore] = []

    def reopen() -> ClinicalStore:
        while stores:
            stores.pop().close()
        stores.append(ClinicalStore(folder, keys))
        return stores[-1]

    yield reopen
    for store in stores:
        store.close()


@pytest.fixture
def store(folder: Path, keys: Keys, clock: FakeClock) -> Iterator[ClinicalStore]:
    opened = ClinicalStore(folder, keys, clock)
    yield opened
    opened.close()


@pytest.fixture
def centre(centre_vault: tuple[Path, Keys], tmp_path: Path) -> Iterator[CentreStore]:
    opened = CentreStore(tmp_path, centre_vault[1])
    yield opened
    opened.close()


@pytest.fixture
def by_hand(folder: Path, keys: Keys) -> Callable[..., list[Any]]:
    """Somebody with the key in hand and the program closed: triggers off, statements, triggers back."""

    def change(*statements: str, name: str = "clinical", triggers_back: bool = True) -> list[Any]:
        key = keys.database(name)[0]
        connection = driver.connect(str(folder / f"{name}.db"), isolation_level=None)
        run = connection.execute
        run(f"PRAGMA key = \"x'{key.key.hex()}{key.salt.hex()}'\"")
        triggers = run("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for trigger, _ in triggers:
            run(f"DROP TRIGGER {trigger}")
        rows = [run(statement).fetchall() for statement in statements]
        for _, sql in triggers if triggers_back else ():
            run(sql)
        connection.close()
        return rows

    return change


@pytest.fixture
def stores(folder: Path, keys: Keys, clock: FakeClock) -> Iterator[Stores]:
    """A site with a patient, open."""
    clinical = ClinicalStore(folder, keys, clock)
    identities = IdentityStore(folder, keys, clinical.log, clock)
    clinical.add_subject(SUBJECT)
    clinical.append_revision(revision({"phga": "1.5"}))
    identities.save(SUBJECT, PERSON)
    yield clinical, identities
    identities.close()
    clinical.close()


@pytest.fixture
def later(stores: Stores, tmp_path: Path) -> Path:
    """A backup of a site that went on after it, closed."""
    path = made(stores, tmp_path / "stick")
    stores[0].log("lost by restoring")
    stores[1].close()
    stores[0].close()
    return path
