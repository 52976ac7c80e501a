"""The helpers and fixtures of the chain (`tests/endtoend`) serve the workflows too."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "endtoend"))
sys.path.insert(0, str(Path(__file__).parents[1] / "forms"))  # packs of an amendment

from archive_parts import filled_in
from forging_parts import ADMIN, CLERK, MONITOR, NURSE, Opener
from study_fixtures import clock, locked_folder, pisa, pisa_template, site, site_folder, study, study_template
from study_parts import DAY_0, PASSPHRASE, Pisa, TestClock, copied, enrol, opened_site, signed

from anifro_desktop.store.vault import FLOOR
from anifro_desktop.workflows import people
from anifro_desktop.workflows.site import Site

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from anifro_desktop.workflows.archive.model import Archived

__all__ = [
    "clock",
    "locked_folder",
    "pisa",
    "pisa_template",
    "site",
    "site_folder",
    "stick",
    "study",
    "study_template",
    "subject",
]


@pytest.fixture
def filled(site: Site) -> str:
    """A patient with every kind of record, to be archived; a second patient."""
    return filled_in(site)


@pytest.fixture
def made(site: Site, filled: str, tmp_path: Path, qapp: QApplication) -> Archived:
    """The archive of that site, without names."""
    from anifro_desktop.ui.archive_paper import Printing
    from anifro_desktop.workflows.archive.making import archive

    return archive(site, tmp_path / "stick", "it", Printing())


@pytest.fixture
def subject(site: Site) -> str:
    """A woman enrolled on 4 March 2026, a candidate for anifrolumab."""
    return enrol(site)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def of_every_role(
    pisa_template: tuple[Pisa, Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    """A patient with a signed baseline, at a site with people of every role; made once."""
    folder = copied(pisa_template[1], tmp_path_factory.mktemp("every-role") / "site")
    site = opened_site(folder, TestClock())
    for person in (NURSE, MONITOR, ADMIN, CLERK):
        people.add(site, person, PASSPHRASE, temporary=False, cost=FLOOR)
    code = enrol(site)
    signed(site, code, "baseline", DAY_0)
    site.close()
    return folder, code


@pytest.fixture
def opened(site_folder: Path, subject: str, clock: TestClock) -> Iterator[Opener]:
    """Opens a site as one person after the other; closed at the end."""
    opener = Opener(site_folder, clock)
    yield opener
    opener.close()
