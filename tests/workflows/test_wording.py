"""The site's licensed wording: loaded whole or not at all, kept in the data folder, and found nowhere else.

All texts are made up: those of real questionnaires are licensed.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from leaks import Search
from study_parts import PASSPHRASE, Pisa, TestClock, enrol, open_site, opened_site, signed

from anifro_desktop.files import CannotRead, CannotWrite
from anifro_desktop.forms import load as definitions
from anifro_desktop.forms.wording import WordingFaults
from anifro_desktop.record import canonical
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.staff import add_user
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.workflows import sending, wording
from anifro_desktop.workflows.errors import NotYourRole
from anifro_desktop.workflows.site import Site

PLANTED = ("Zaffiro inventato", "Smeraldo di prova", "Topazio", "Sapphire made up")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A wording file as a site would write it."""
    question, answer, ends, english = PLANTED
    texts = {
        "sf36_1": {
            "label": {"it": question, "en": english},
            "options": {"1": {"it": answer}, "5": {"it": ends}},
        },
        "facit_3": {"label": {"it": f"{question} bis"}},
        "eq_vas": {"label": {"it": f"{question} ter"}, "options": {"0": {"it": ends}}},
    }
    path = tmp_path / "outside" / "texts.json"
    path.parent.mkdir()
    path.write_text(json.dumps(texts), encoding="utf-8")
    return path


def label(site: Site, field: str) -> str:
    """The text of a question; empty where there is none."""
    found = site.wording.label(field)
    return found.it if found is not None else ""


def test_loaded_wording_is_there_at_once_and_after_the_next_unlocking(
    site_folder: Path, clock: TestClock, file: Path
) -> None:
    site = opened_site(site_folder, clock)
    assert wording.loaded(site).forms == ()
    loaded = wording.load(site, file)
    assert loaded.forms == (("sf36", 1), ("facit_fatigue", 1), ("eq5d5l", 1))
    assert not loaded.damaged
    assert label(site, "sf36_1") == "Zaffiro inventato"
    site.close()
    file.unlink()
    again = open_site(site_folder, clock)
    assert label(again, "facit_3") == "Zaffiro inventato bis"
    assert again.wording.options("sf36_1")[5].en == "Topazio"
    again.close()


def test_another_file_takes_the_place_of_the_first(site: Site, file: Path, tmp_path: Path) -> None:
    wording.load(site, file)
    other = tmp_path / "other.toml"
    other.write_text('[sf36_2]\nlabel = { it = "Altro" }\n', encoding="utf-8")
    assert wording.load(site, other).forms == (("sf36", 1),)
    assert (label(site, "sf36_1"), label(site, "sf36_2")) == ("", "Altro")


def test_a_file_with_a_fault_changes_nothing(site: Site, file: Path, tmp_path: Path) -> None:
    wording.load(site, file)
    kept = (site.folder / wording.FILE).read_bytes()
    bad = tmp_path / "bad.toml"
    bad.write_text(
        '[sf36_2]\nlabel = { it = "Altro" }\n[platelets]\nlabel = { it = "x" }\n', encoding="utf-8"
    )
    with pytest.raises(WordingFaults):
        wording.load(site, bad)
    with pytest.raises(CannotRead):
        wording.load(site, tmp_path / "nowhere.toml")
    assert (site.folder / wording.FILE).read_bytes() == kept
    assert (label(site, "sf36_1"), label(site, "sf36_2")) == ("Zaffiro inventato", "")


def test_a_disk_that_takes_nothing_leaves_what_was_loaded(
    site: Site, file: Path, locked_folder: Path
) -> None:
    home, site.folder = site.folder, locked_folder
    with pytest.raises(CannotWrite):
        wording.load(site, file)
    assert not site.wording.questions
    site.folder = home


def test_wording_can_be_taken_away(site: Site, file: Path) -> None:
    wording.load(site, file)
    assert wording.remove(site).forms == ()
    assert label(site, "sf36_1") == ""
    assert not (site.folder / wording.FILE).exists()
    assert wording.remove(site) == wording.Loaded(())


@pytest.mark.parametrize("data", [b"{", b'{"sf36_1": 3}', b"\xff\xfe"])
def test_a_damaged_file_keeps_nobody_from_unlocking(data: bytes, site_folder: Path, clock: TestClock) -> None:
    (site_folder / wording.FILE).write_bytes(data)
    again = open_site(site_folder, clock)
    assert not again.wording.questions
    assert wording.loaded(again).damaged
    again.close()


def test_only_a_site_administrator_loads_or_removes_it(
    site_folder: Path, clock: TestClock, file: Path
) -> None:
    site = opened_site(site_folder, clock)
    wording.load(site, file)
    add_user(site.folder, site.keys, User("U02", "Prova Due", ("data_entry",)), PASSPHRASE, cost=FLOOR)
    site.close()
    other = open_site(site_folder, clock, "U02")
    for act in (lambda: wording.load(other, file), lambda: wording.remove(other)):
        with pytest.raises(NotYourRole):
            act()
    assert label(other, "sf36_1") == "Zaffiro inventato"
    other.close()


def test_the_trail_tells_of_it_without_a_text(site: Site, file: Path) -> None:
    wording.load(site, file)
    wording.remove(site)
    loaded, removed = [item.entry for item in site.clinical.audit_entries(table="act")][-2:]
    assert (loaded.field, removed.field) == ("wording_loaded", "wording_removed")
    assert isinstance(loaded.new, dict)
    assert loaded.new["questions"] == 3
    assert Search(PLANTED, ()).find(repr((loaded, removed)).encode()) == set()


def test_planted_wording_is_found_in_its_own_file_and_nowhere_else(
    site_folder: Path, clock: TestClock, pisa: Pisa, file: Path, tmp_path: Path
) -> None:
    """Bundle, databases, audit trail, records with their scores and definitions: the whole way of the answers."""
    site = opened_site(site_folder, clock)
    wording.load(site, file)
    subject = enrol(site)
    signed(site, subject, "baseline", date(2026, 3, 4), sf36_1="3", facit_3="2", eq_vas="70")
    stick = tmp_path / "stick"
    stick.mkdir()
    sending.export(site, stick)
    bundle = pisa.open(next(stick.glob("*.anfb")).read_bytes(), site)
    lines = b"\n".join(canonical(line) for line in bundle.lines)
    trail = repr([item.entry for item in site.clinical.audit_entries()]).encode()
    made = site.clinical.revisions(latest=False)
    revisions = b"".join(canonical(item.to_json()) for item in made)
    site.close()
    search = Search(PLANTED, ())
    assert b'"sf36_1":3' in lines
    for content in (lines, trail, revisions):
        assert search.find(content) == set()
    assert {item.definition for item in made} == {definitions().digest}
    assert set(search.in_files(site_folder, stick)) == {str(site_folder / wording.FILE)}
    assert search.in_files(file.parent)
