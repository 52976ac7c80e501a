"""The support file: useful, readable, and nothing of thirty planted people in it, whatever they were typed into."""

from __future__ import annotations

import getpass
import json
import platform
from datetime import date, timedelta
from pathlib import Path

import pytest
from leaks import Search, words_of
from study_parts import DAY_0, TestClock, enrol, signed, someone

from anifro_desktop.store.errors import WrongPassphrase
from anifro_desktop.workflows.site import Site
from anifro_desktop.workflows.supporting import support, support_locked

PEOPLE = tuple(
    someone(
        number,
        surname=f"Piantatissim{'aeiou'[number % 5]}{'bcdfgl'[number % 6]}ò",
        name=f"Nomefinto{number:02d}",
        birth_date=date(1950, 1, 3) + timedelta(days=397 * number),
        phone=f"050 77{number:04d}1",
        email=f"finta{number:02d}@prova.example",
    )
    for number in range(30)
)


@pytest.fixture
def planted(site: Site) -> Search:
    """Thirty people; the first also in free text, in a reason, in the log, and in settings."""
    for person in PEOPLE:
        enrol(site, person)
    subject = enrol(site, someone(99))
    first = PEOPLE[0]
    signed(site, subject, "baseline", DAY_0, summary_comment=f"{first.full_name} {first.email}")
    site.clinical.set_setting("backup_second", f"/home/{first.surname}/stick")
    site.clinical.log("checked", reason=first.full_name)
    log = site.folder / "log"
    log.mkdir()
    lines = (
        f"2026-11-23 09:00:00,000 ERROR {first.full_name} went wrong",
        "2026-11-23 09:00:01,000 ERROR fault: KeyError in today.py, line 120",
        f"2026-11-23 09:00:02,000 ERROR fault: KeyError in {first.surname}.py, line 1",
    )
    (log / "anifro.log").write_text("\n".join(lines), encoding="utf-8")
    dates = [person.birth_date for person in PEOPLE if person.birth_date]
    return Search({word for person in PEOPLE for word in words_of(person)}, [*dates, DAY_0])


def test_nothing_of_anybody_is_in_it(site: Site, planted: Search, tmp_path: Path) -> None:
    support(site, tmp_path / "support.txt", "it")
    data = (tmp_path / "support.txt").read_bytes()
    assert planted.find(data) == set()
    own = {site.person.name, site.name, str(Path.home()), str(site.folder), platform.node()}
    own |= {f'"{getpass.getuser()}"', site.code + "-"}
    assert not {word for word in own if word and word.encode() in data}


def test_it_says_what_a_developer_asks(site: Site, planted: Search, tmp_path: Path) -> None:
    facts = support(site, tmp_path / "support.txt", "en")
    text = (tmp_path / "support.txt").read_text("utf-8")
    assert json.loads(text[text.index("\n{\n") :]) == facts
    databases = facts["databases"]
    assert isinstance(databases, dict)
    clinical = databases["clinical"]
    assert isinstance(clinical, dict)
    rows = clinical["rows"]
    assert isinstance(rows, dict)
    assert rows["subjects"] == len(PEOPLE) + 1
    assert clinical["schema"] == clinical["newest"]
    assert facts["findings"] == {}
    assert facts["faults"] == ["fault: KeyError in today.py, line 120"]
    assert "databases.clinical.rows.subjects: 31" in text
    people = facts["people"]
    assert isinstance(people, dict)
    assert people["roles"] == {"investigator/active": 1, "site_admin/active": 1}
    settings = facts["settings"]
    assert isinstance(settings, dict)
    assert (settings["practice"], settings["second_backup_place"]) == (True, True)


def test_findings_are_told_by_code_and_count(site: Site, subject: str, tmp_path: Path) -> None:
    with site.clinical.transaction() as tx:
        tx.connection.exec_driver_sql("UPDATE subjects SET sex = 'male'")
    assert support(site, tmp_path / "support.txt", "en")["findings"] == {"row_changed": 1, "facts_differ": 1}


def test_a_site_that_does_not_unlock_has_one_too(site_folder: Path, clock: TestClock, tmp_path: Path) -> None:
    facts = support_locked(site_folder, tmp_path / "support.txt", "en", clock, WrongPassphrase("U01"))
    assert (facts["unlocked"], facts["refused"]) == (False, WrongPassphrase.code)
    assert isinstance(facts["files"], dict)
    assert facts["files"]["keyslots.json"]
