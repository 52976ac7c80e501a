"""One synthetic study for every test: made once in a run, copied for each test."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from study_parts import Pisa, TestClock, copied, make_site, opened_site, setup
from whole_study import Study, make_study

from anifro_desktop.workflows.site import Site


@pytest.fixture(scope="session")
def pisa_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pisa, Path]:
    """The centre's keys, and a new site that trusts them."""
    pisa = Pisa()
    folder = tmp_path_factory.mktemp("template") / "site"
    return pisa, make_site(folder, setup(pisa.keyset, pisa.fingerprint))


@pytest.fixture
def clock() -> TestClock:
    """23 November 2026, nine in the morning."""
    return TestClock()


@pytest.fixture
def pisa(pisa_template: tuple[Pisa, Path]) -> Pisa:
    """The centre's keys, no receipt written yet."""
    made = pisa_template[0]
    return Pisa(made.root, made.sign, made.seal)


@pytest.fixture
def site_folder(pisa_template: tuple[Pisa, Path], tmp_path: Path) -> Path:
    """A site without patients, closed."""
    return copied(pisa_template[1], tmp_path / "site")


@pytest.fixture
def site(site_folder: Path, clock: TestClock) -> Iterator[Site]:
    """A site without patients, unlocked."""
    opened = opened_site(site_folder, clock)
    yield opened
    opened.close()


@pytest.fixture
def locked_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that is there and takes no file, not even from the administrator of the machine."""
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    # Rights do not bind the administrator; the kernel's own folder does.
    yield folder if not os.access(folder, os.W_OK) else Path("/sys")
    folder.chmod(stat.S_IRWXU)


@pytest.fixture(scope="session")
def study_template(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """A centre and three registered sites without patients."""
    return make_study(tmp_path_factory.mktemp("study") / "study", "P03", "P04", "P07")


@pytest.fixture
def study(study_template: Study, tmp_path: Path) -> Study:
    """A copy of it for this test alone."""
    return study_template.copy(tmp_path / "study")
