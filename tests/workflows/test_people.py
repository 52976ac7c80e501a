"""The people of a site as its administrator handles them, and what the trail tells of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from study_parts import DAY_0, PASSPHRASE, PERSON, TestClock, enrol, fill, open_site

from anifro_desktop.store.errors import (
    CannotSave,
    LastAdministrator,
    PassphraseNotChosen,
    PassphraseTooShort,
    UnknownUser,
    UserDisabled,
    WrongPassphrase,
)
from anifro_desktop.store.identities import IdentityStore
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.workflows import checking, people, visits
from anifro_desktop.workflows.errors import InForce, UserCodeRefused
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site, unlock

OTHER = "copper window slate harbour moss"
NURSE = Person("U02", "Nadia Finta", ("data_entry",))
REASON = "contract ended"


@pytest.fixture
def staffed(site: Site) -> Site:
    """A site with a nurse, who has a passphrase for one unlocking."""
    people.add(site, NURSE, PASSPHRASE, cost=FLOOR)
    return site


def acts(site: Site) -> list[tuple[str, str, str]]:
    return [(one.act, one.about, one.reason) for one in people.history(site)]


def test_an_added_person_unlocks_and_chooses_a_passphrase(staffed: Site, clock: TestClock) -> None:
    folder = staffed.folder
    staffed.close()
    nurse = open_site(folder, clock, "U02")
    assert nurse.keys.temporary
    with pytest.raises(PassphraseTooShort):
        people.change_passphrase(nurse, PASSPHRASE, "short", cost=FLOOR)
    with pytest.raises(WrongPassphrase):
        people.change_passphrase(nurse, OTHER, OTHER, cost=FLOOR)
    people.change_passphrase(nurse, PASSPHRASE, OTHER, cost=FLOOR)
    assert not nurse.keys.temporary
    assert checking.verify(nurse) == []
    nurse.close()
    nurse = unlock(folder, "U02", OTHER, clock)
    assert [one.temporary for one in people.members(nurse)] == [False, False]
    nurse.close()


def test_every_act_stands_in_the_trail_with_its_reason_and_the_list_tells_the_state(staffed: Site) -> None:
    people.change(staffed, Person("U02", "Nadia Finta", ("data_entry", "investigator")), "now a physician")
    people.disable(staffed, "U02", REASON)
    assert [one.state for one in people.members(staffed)] == ["active", "disabled"]
    people.enable(staffed, "U02", "back")
    people.reset(staffed, "U02", OTHER, "forgot", cost=FLOOR)
    people.remove(staffed, "U02", REASON)
    assert [one.state for one in people.members(staffed)] == ["active", "removed"]
    assert acts(staffed) == [
        ("user_added", "U02", ""),
        ("user_changed", "U02", "now a physician"),
        ("user_disabled", "U02", REASON),
        ("user_enabled", "U02", "back"),
        ("passphrase_reset", "U02", "forgot"),
        ("user_removed", "U02", REASON),
        ("keys_renewed", "", ""),
    ]
    changed = people.history(staffed)[1].detail
    assert changed == {"old": ["data_entry"], "new": ["data_entry", "investigator"]}
    assert checking.verify(staffed) == []


def test_what_a_removed_person_signed_still_holds_and_the_person_is_out(
    site: Site, clock: TestClock, tmp_path: Path
) -> None:
    """A second investigator signs a visit, then leaves with a copy of the whole folder."""
    people.add(site, Person("U02", "Ugo Finto", ("investigator",)), PASSPHRASE, temporary=False, cost=FLOOR)
    subject, folder = enrol(site), site.folder
    site.close()
    second = open_site(folder, clock, "U02")
    opened = fill(second, subject, "baseline", DAY_0)
    visits.complete(second, opened)
    visits.sign(second, opened, "responsible", PASSPHRASE)
    second.close()
    taken = tmp_path / "taken"
    shutil.copytree(folder, taken)

    first = open_site(folder, clock)
    people.remove(first, "U02", REASON)
    assert checking.verify(first) == []
    assert first.clinical.revisions(subject, "baseline")[0].signature
    first.close()
    with pytest.raises(UnknownUser):
        open_site(folder, clock, "U02")
    for name in ("keyslots.json", "keyslots.json.bak"):
        shutil.copy(taken / name, folder / name)
    with pytest.raises(Exception, match="damaged or is not the file its key belongs to"):
        open_site(folder, clock, "U02")


def test_who_becomes_monitor_loses_the_identities_for_good(staffed: Site, clock: TestClock) -> None:
    subject, folder, before = enrol(staffed), staffed.folder, staffed.identities
    assert before is not None
    old = before.key
    people.change(staffed, Person("U02", "Nadia Finta", ("monitor",)), "left the ward")
    assert before.key != old  # the key that the person knew opens nothing any more
    assert staffed.names[subject].surname == "Sintetica-001"
    assert checking.verify(staffed) == []
    staffed.close()
    nurse = open_site(folder, clock, "U02")
    assert nurse.identities is None
    nurse.close()
    again = open_site(folder, clock)
    assert again.names[subject].surname == "Sintetica-001"
    again.close()


def test_a_change_of_keys_that_a_full_disk_stopped_is_finished_at_the_next_unlocking(
    staffed: Site, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise CannotSave("full")

    folder = staffed.folder
    with monkeypatch.context() as patch:
        patch.setattr(IdentityStore, "rekey", full)
        with pytest.raises(InForce) as refused:
            people.remove(staffed, "U02", REASON)
    assert str(refused.value).startswith("U02 is out, but the databases do not have their new keys yet")
    staffed.close()
    with pytest.raises(UnknownUser):  # out at once, all the same
        open_site(folder, clock, "U02")
    site = open_site(folder, clock)
    assert acts(site)[-2:] == [("user_removed", "U02", REASON), ("keys_renewed", "", "")]
    assert [len(known) for known in site.keys.databases.values()] == [1, 1]
    assert checking.verify(site) == []
    site.close()


def test_a_disabled_person_is_told_so(staffed: Site, clock: TestClock) -> None:
    people.disable(staffed, "U02", REASON)
    folder = staffed.folder
    staffed.close()
    with pytest.raises(UserDisabled):
        open_site(folder, clock, "U02")


@pytest.mark.parametrize(
    "act",
    [
        lambda site: people.disable(site, PERSON.code, REASON),
        lambda site: people.remove(site, PERSON.code, REASON),
        lambda site: people.change(site, Person(PERSON.code, PERSON.name, ("investigator",)), REASON),
    ],
)
def test_the_only_administrator_cannot_be_lost(site: Site, act: Callable[[Site], None]) -> None:
    before = (site.folder / "keyslots.json").read_bytes()
    with pytest.raises(LastAdministrator):
        act(site)
    assert (site.folder / "keyslots.json").read_bytes() == before


@pytest.mark.parametrize(
    "person",
    [
        Person("u2", "Nadia Finta", ("monitor",)),
        Person("", "Nadia Finta", ("monitor",)),
        Person("U 2", "Nadia Finta", ("monitor",)),
        Person("U02", " ", ("monitor",)),
        Person("U02", "Nadia Finta", ()),
        Person("U02", "Nadia Finta", ("data_manager",)),
    ],
)
def test_a_person_who_cannot_be_one_is_refused(site: Site, person: Person) -> None:
    with pytest.raises(UserCodeRefused):
        people.add(site, person, PASSPHRASE, cost=FLOOR)
    assert len(people.members(site)) == 1


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("CANARINO", "Gelsomina Canarino"),
        ("GCANARINO1", "Gelsomina Canarino"),
        ("LI", "Li Finta"),
        ("DALI", "Ugo D'Alì"),
    ],
)
def test_a_code_that_tells_the_name_is_refused(site: Site, code: str, name: str) -> None:
    with pytest.raises(UserCodeRefused) as refused:
        people.add(site, Person(code, name, ("data_entry",)), PASSPHRASE, cost=FLOOR)
    assert refused.value.params["why"] == "telling"


@pytest.mark.parametrize(
    ("code", "name"), [("GC1", "Gelsomina Canarino"), ("U02", "U Finta"), ("77", "Li Finta")]
)
def test_initials_and_numbers_tell_no_name(code: str, name: str) -> None:
    people.check_person(Person(code, name, ("data_entry",)))


def test_whoever_has_such_a_code_already_can_be_given_other_roles() -> None:
    people.check_person(Person("CANARINO", "Gelsomina Canarino", ("monitor",)), "Gelsomina Canarino")


def test_the_sheet_opens_a_site_whose_only_passphrase_was_thrown_away(site: Site, clock: TestClock) -> None:
    subject, folder = enrol(site), site.folder
    made = people.make_sheet(site)
    people.sheet_shown(site, made.number)
    site.close()
    text = " ".join(" ".join(row) for row in made.rows)
    with pytest.raises(UserCodeRefused):
        people.recover(folder, text, "U77", OTHER, clock, cost=FLOOR)
    people.recover(folder, text, PERSON.code, OTHER, clock, cost=FLOOR)
    with pytest.raises(WrongPassphrase):
        open_site(folder, clock)
    again = unlock(folder, PERSON.code, OTHER, clock)
    assert again.names[subject].surname == "Sintetica-001"
    assert acts(again) == [("sheet_made", "", ""), ("sheet_shown", "", ""), ("recovered", PERSON.code, "")]
    assert [one.by for one in people.history(again)] == [PERSON.code, PERSON.code, "SHEET-1"]
    assert checking.verify(again) == []
    again.close()


def test_the_trail_holds_neither_passphrases_nor_the_sheet(staffed: Site) -> None:
    made = people.make_sheet(staffed)
    people.reset(staffed, "U02", OTHER, "forgot", cost=FLOOR)
    said = repr(staffed.clinical.audit_entries())
    for secret in (PASSPHRASE, OTHER, *("".join(row) for row in made.rows), *made.rows[0]):
        assert secret not in said


def test_nobody_signs_with_a_passphrase_that_an_administrator_gave(site: Site, clock: TestClock) -> None:
    people.add(site, Person("U02", "Ugo Finto", ("investigator",)), PASSPHRASE, cost=FLOOR)
    subject, folder = enrol(site), site.folder
    site.close()
    second = open_site(folder, clock, "U02")
    opened = fill(second, subject, "baseline", DAY_0)
    visits.complete(second, opened)
    for sign in (
        lambda: visits.sign(second, opened, "responsible", PASSPHRASE),
        lambda: visits.sign_confirmed(second, opened, "responsible"),
    ):
        with pytest.raises(PassphraseNotChosen):
            sign()
    assert second.clinical.revisions(subject, "baseline")[0].signature == {}
    people.change_passphrase(second, PASSPHRASE, OTHER, cost=FLOOR)
    visits.sign(second, opened, "responsible", OTHER)
    assert second.clinical.revisions(subject, "baseline")[0].signature
    second.close()
