"""A centre and a site to work with. Tests have no packages, so the builders' names are their own in the project."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from anifro_desktop.centre.office import Centre, create_centre, open_centre
from anifro_desktop.centre.registering import register
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.passphrase import FLOOR
from anifro_desktop.store.server import Address, remember
from anifro_desktop.store.vault import open_vault

if TYPE_CHECKING:
    from cluster import Cluster

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "forms"))  # packs of an amendment

from centre_sites import PASSPHRASE, FakeClock, Founded, SyntheticSite

ONCE = (
    "test_a_byte_flipped_anywhere_is_refused_and_the_store_is_untouched",  # thousands that never reach a store
    "test_a_backup_that_is_put_back_has_its_cuts",  # those of a server are made there
    "test_what_several_say_of_a_patient_comes_to_the_same_in_every_order",  # works on copies of the folder
)
BOTH_STORES = (
    "test_bundle_order",
    "test_cutting",
    "test_ingesting",
    "test_receipts",
    "test_status",
    "test_streaming",
    "test_whose_word",
    "test_workers",
)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty centre, made once; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("centre") / "data"
    person = User("DM1", "Synthetic Person", ("data_manager", "statistician"))
    create_centre(folder, "PISA", "Synthetic centre", person, PASSPHRASE, FakeClock(), cost=FLOOR)
    return folder


@pytest.fixture(scope="session")
def founded_on_server(postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """The same with its data on a server: the folder and the name of the database."""
    name = postgres.make()
    folder = tmp_path_factory.mktemp("served") / "data"
    person = User("DM1", "Synthetic Person", ("data_manager", "statistician"))
    server = Address(postgres.url(name))
    create_centre(
        folder, "PISA", "Synthetic centre", person, PASSPHRASE, FakeClock(), cost=FLOOR, server=server
    )
    return Founded(folder, name)


@pytest.fixture
def on_server(
    postgres: Cluster, founded_on_server: Founded, tmp_path_factory: pytest.TempPathFactory
) -> Founded:
    """A copy of it for one test."""
    name = postgres.make(founded_on_server.database)
    folder = tmp_path_factory.mktemp("open") / "centre"
    shutil.copytree(founded_on_server.folder, folder)
    keys = open_vault(folder, "DM1", PASSPHRASE)
    remember(folder, Address(postgres.url(name)), keys.database("centre")[0])
    return Founded(folder, name)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What hangs on how the data are kept is tried with both stores."""
    if "kept" in metafunc.fixturenames:
        both = metafunc.definition.path.stem in BOTH_STORES and metafunc.function.__name__ not in ONCE
        shared = "bench" in metafunc.fixturenames  # by several programs
        metafunc.parametrize("kept", ["server"] if shared else ["file", "server"] if both else ["file"])


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def centre(
    kept: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, clock: FakeClock
) -> Iterator[Centre]:
    """An open, empty centre, in a folder apart from `tmp_path`. kept: whether its data are in a file or on a server."""
    if kept == "server":
        folder = request.getfixturevalue("on_server").folder
    else:
        folder = tmp_path_factory.mktemp("open") / "centre"
        shutil.copytree(request.getfixturevalue("founded"), folder)
    opened = open_centre(folder, "DM1", PASSPHRASE, clock)
    yield opened
    opened.close()


@pytest.fixture
def site(centre: Centre) -> SyntheticSite:
    """A registered site, P03."""
    made = SyntheticSite()
    register(centre, made.card_bytes, made.card.fingerprint)
    return made
