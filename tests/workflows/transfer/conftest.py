"""Two computers: one with a patient, and one that takes over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from study_parts import (
    DAY_0,
    Pisa,
    TestClock,
    copied,
    enrol,
    fill,
    make_site,
    opened_site,
    setup,
    signed,
    someone,
    type_in,
)

from anifro_desktop.workflows import visits
from anifro_desktop.workflows.site import Site

MONTH_6 = date(2026, 9, 3)


@pytest.fixture(scope="session")
def other_template(pisa_template: tuple[Pisa, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another site of the same study, without patients."""
    pisa, _ = pisa_template
    folder = tmp_path_factory.mktemp("other") / "site"
    return make_site(folder, setup(pisa.keyset, pisa.fingerprint, code="P07"))


@pytest.fixture(scope="module")
def with_patient(
    pisa_template: tuple[Pisa, Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    """A site with a patient who has a signed baseline, amended once, and a visit in draft; closed."""
    folder = copied(pisa_template[1], tmp_path_factory.mktemp("patient") / "site")
    site = opened_site(folder, TestClock())
    code = enrol(site, someone(1, surname="Canarino"))
    visit = signed(site, code, "baseline", DAY_0)
    visits.amend(site, visit, 5, "said to the monitor")
    type_in(site, visit, {"phga": "2"})
    visits.sign_confirmed(site, visit, "responsible")
    fill(site, code, "m06", MONTH_6)
    site.close()
    return folder, code


@pytest.fixture
def site_folder(with_patient: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of that site for this test alone, closed."""
    return copied(with_patient[0], tmp_path / "site")


@pytest.fixture
def new(other_template: Path, tmp_path: Path, clock: TestClock) -> Iterator[Site]:
    """The computer that takes over, at another site."""
    opened = opened_site(copied(other_template, tmp_path / "new"), clock)
    yield opened
    opened.close()


@pytest.fixture
def subject(with_patient: tuple[Path, str]) -> str:
    """The patient there."""
    return with_patient[1]
