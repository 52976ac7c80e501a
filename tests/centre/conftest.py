"""A centre and a site to work with. Tests have no packages, so the builders' names are their own in the project."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from anifro_desktop.centre.office import Centre, create_centre, open_centre
from anifro_desktop.centre.registering import register
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.passphrase import FLOOR

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "forms"))  # packs of an amendment

from centre_sites import PASSPHRASE, FakeClock, SyntheticSite


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty centre, made once; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("centre") / "data"
    person = User("DM1", "Synthetic Person", ("data_manager", "statistician"))
    create_centre(folder, "PISA", "Synthetic centre", person, PASSPHRASE, FakeClock(), cost=FLOOR)
    return folder


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def centre(founded: Path, tmp_path_factory: pytest.TempPathFactory, clock: FakeClock) -> Iterator[Centre]:
    """An open, empty centre, in a folder apart from `tmp_path`."""
    folder = tmp_path_factory.mktemp("open") / "centre"
    shutil.copytree(founded, folder)
    opened = open_centre(folder, "DM1", PASSPHRASE, clock)
    yield opened
    opened.close()


@pytest.fixture
def site(centre: Centre) -> SyntheticSite:
    """A registered site, P03."""
    made = SyntheticSite()
    register(centre, made.card_bytes, made.card.fingerprint)
    return made
