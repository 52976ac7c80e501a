"""A withdrawal goes from the site to the centre and is obeyed there: by files, counts, questions and status."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pandas
import pytest
from event_acts import ZOSTER, completed, signed_event, withdrawal
from study_parts import PASSPHRASE, enrol, signed, someone
from whole_study import Study

from anifro_desktop.centre.asking import SOURCES, questions
from anifro_desktop.centre.consent import by_consent
from anifro_desktop.centre.dataset import write_dataset
from anifro_desktop.centre.errors import QueryNotRaised
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.querying import Question, raise_query
from anifro_desktop.centre.reading import all_subjects
from anifro_desktop.centre.reporting import report
from anifro_desktop.centre.status import status
from anifro_desktop.thread import UNSETTLED
from anifro_desktop.workflows import events, mistakes, sending
from anifro_desktop.workflows.site import Site

DAY_0, MONTH_6, MONTH_12 = date(2024, 3, 4), date(2024, 9, 3), date(2025, 3, 4)
GONE = date(2024, 10, 20)
NO, YES = 0, 1


@pytest.fixture(scope="module")
def seen_twice(study_template: Study, tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, str]:
    """A patient enrolled on day 0, seen at baseline and at month 6."""
    study = study_template.copy(tmp_path_factory.mktemp("patient") / "study")
    with study.at_site() as site:
        code = enrol(site, someone(1), consent_date=DAY_0.isoformat(), enrolment_date=DAY_0.isoformat())
        signed(site, code, "baseline", DAY_0)
        signed(site, code, "m06", MONTH_6)
    return study, code


@pytest.fixture
def study(seen_twice: tuple[Study, str], tmp_path: Path) -> Study:
    """A copy of it for this test alone."""
    return seen_twice[0].copy(tmp_path / "study")


@pytest.fixture
def site(study: Study) -> Iterator[Site]:
    with study.at_site() as opened:
        yield opened


@pytest.fixture
def subject(seen_twice: tuple[Study, str]) -> str:
    return seen_twice[1]


def sent(site: Site, stick: Path) -> list[bytes]:
    """Everything that the site sealed so far, once what is new is sealed too."""
    sending.export(site, stick)
    return [site.clinical.bundle_bytes(row.epoch, row.seq) for row in site.clinical.bundles()]


def obeyed(centre: Centre, folder: Path) -> dict[str, Any]:
    """What a centre makes of all it has."""
    found = all_subjects(centre)
    write_dataset(folder, found, centre.definitions, "en")
    visits_file = pandas.read_stata(folder / "visit.dta") if (folder / "visit.dta").exists() else None
    (own,) = [one for one in status(centre).sites if one.site == "P03"]
    return {
        "files": sorted(path.name for path in folder.glob("*.dta")),
        "visits": [] if visits_file is None or visits_file.empty else sorted(visits_file["visit_key"]),
        "excluded": by_consent(found).excluded,
        "late": own.late,
        "enrolled": own.enrolled,
        "reported": report(found).excluded,
        "asked": [one.visit for one in questions(centre, SOURCES, "en") if one.kind == "missing"],
    }


def at_centre(study: Study, bundles: list[bytes], folder: Path, name: str) -> dict[str, Any]:
    copy = study.copy(folder / name)
    out = folder / f"{name}-out"
    out.mkdir()
    with copy.at_centre() as centre:
        ingest(centre, bundles)
        return obeyed(centre, out)


def test_no_further_data(study: Study, site: Site, subject: str, tmp_path: Path) -> None:
    """What came before stays; nothing later is asked for."""
    signed_event(site, subject, "withdrawal", **withdrawal(GONE))
    found = at_centre(study, sent(site, study.stick), tmp_path, "one")
    assert found["visits"] == ["baseline", "m06"]
    assert (found["excluded"], found["late"], found["asked"]) == ((), (), [])
    assert found["enrolled"] == 1


def test_data_of_before_not_to_be_used(study: Study, site: Site, subject: str, tmp_path: Path) -> None:
    with study.at_centre() as centre:
        ingest(centre, sent(site, study.stick))
        asked = raise_query(centre, Question(subject, "Is this right?", visit="m06", form="phga"))
        signed_event(site, subject, "withdrawal", **{**withdrawal(GONE), "wd_use_before": NO})
        ingest(centre, sent(site, study.stick))
        found = obeyed(centre, study.results)
        assert (found["visits"], found["excluded"], found["reported"]) == ([], (subject,), (subject,))
        assert (found["asked"], found["enrolled"]) == ([], 1)
        thread = centre.store.thread_of(asked.query.id)
        assert thread is not None
        assert thread.state not in UNSETTLED
        with pytest.raises(QueryNotRaised):
            raise_query(centre, Question(subject, "And this?", visit="m06", form="phga"))


def test_in_whatever_order_the_bundles_come(study: Study, site: Site, subject: str, tmp_path: Path) -> None:
    sent(site, study.stick)
    signed_event(site, subject, "adverse_event", **{**ZOSTER, "ae_start": "2024-05-20"})
    sent(site, study.stick)
    signed_event(site, subject, "withdrawal", **{**withdrawal(GONE), "wd_use_before": NO})
    bundles = sent(site, study.stick)
    wanted = at_centre(study, bundles, tmp_path, "straight")
    assert wanted["excluded"] == (subject,)
    for number, order in enumerate(permutations(bundles)):
        assert at_centre(study, [*order, order[0]], tmp_path, f"order{number}") == wanted


def test_what_comes_of_a_later_day_is_kept_and_not_used(
    study: Study, site: Site, subject: str, tmp_path: Path
) -> None:
    """A visit of month 12 was sent before anybody told of the withdrawal of month 7."""
    signed(site, subject, "m12", MONTH_12)
    first = sent(site, study.stick)
    with study.copy(tmp_path / "late").at_centre() as centre:
        ingest(centre, first)
        assert obeyed(centre, study.results)["visits"] == ["baseline", "m06", "m12"]
    mistakes.void(site, subject, "m12", 4, "after the withdrawal", PASSPHRASE)
    signed_event(site, subject, "withdrawal", **withdrawal(GONE))
    bundles = sent(site, study.stick)
    assert at_centre(study, bundles, tmp_path, "all")["visits"] == ["baseline", "m06"]


def test_a_withdrawal_that_was_a_mistake_brings_everything_back(
    study: Study, site: Site, subject: str, tmp_path: Path
) -> None:
    signed_event(site, subject, "withdrawal", **{**withdrawal(GONE), "wd_use_before": NO})
    before = sent(site, study.stick)
    mistakes.void(site, subject, "wd-001", 4, "another patient", PASSPHRASE)
    bundles = sent(site, study.stick)
    assert at_centre(study, before, tmp_path, "before")["excluded"] == (subject,)
    found = at_centre(study, bundles[::-1], tmp_path, "after")
    assert (found["excluded"], found["visits"]) == ((), ["baseline", "m06"])


def test_an_unsigned_withdrawal_stays_at_the_site_until_it_is_signed(
    study: Study, site: Site, subject: str, tmp_path: Path
) -> None:
    sent(site, study.stick)
    completed(site, subject, "withdrawal", **{**withdrawal(GONE), "wd_use_before": NO})
    held = {(one.visit, one.why) for one in sending.preview(site).held_back}
    assert ("wd-001", "unsigned") in held
    assert [one.key for one in events.events(site, subject)] == ["wd-001"]
