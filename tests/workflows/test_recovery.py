"""When a recovery sheet counts as printed, and what is said of one that was typed wrongly."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from study_parts import PASSPHRASE, PERSON, TestClock

from anifro_desktop.files import CannotWrite, cannot_write
from anifro_desktop.store import keyfiles, staff
from anifro_desktop.store import sheet as sheets
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.errors import CannotSave, WrongSheet
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.workflows import checking, people, recovery
from anifro_desktop.workflows.audit import proving
from anifro_desktop.workflows.errors import InForce, NotYourRole, SheetsBeside
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site, unlock

GIVEN = "cavallo lampada nuvola sedia"
NEW = "copper window slate harbour moss"


def test_a_sheet_counts_once_it_was_read_back_and_no_longer_once_it_was_used(
    site: Site, clock: TestClock
) -> None:
    assert recovery.standing(site) == recovery.Standing(0, kept=False)
    made = people.make_sheet(site)
    assert recovery.standing(site) == recovery.Standing(1, kept=False, unseen=1)
    recovery.keep(site, made.number)
    assert recovery.standing(site) == recovery.Standing(1, kept=True)
    folder = site.folder
    site.close()
    assert recovery.sheet_number(folder) == 1

    typed = " ".join(group for row in made.rows for group in row)
    people.recover(folder, typed, PERSON.code, NEW, clock, cost=FLOOR)
    again = unlock(folder, PERSON.code, NEW, clock)
    assert recovery.standing(again) == recovery.Standing(1, kept=False)
    assert checking.verify(again) == []
    again.close()


def test_a_new_sheet_takes_the_place_of_the_one_that_was_used(site: Site, clock: TestClock) -> None:
    made, folder = people.make_sheet(site), site.folder
    people.sheet_shown(site, made.number)
    site.close()
    typed = " ".join(group for row in made.rows for group in row)
    people.recover(folder, typed, PERSON.code, NEW, clock, cost=FLOOR)
    again = unlock(folder, PERSON.code, NEW, clock)
    try:
        people.sheet_shown(again, people.make_sheet(again).number)
        assert recovery.standing(again) == recovery.Standing(2, kept=False)
    finally:
        again.close()


def test_two_different_groups_are_asked_for_in_the_order_of_the_paper(site: Site) -> None:
    made = people.make_sheet(site)
    seen = {recovery.asked(made) for _ in range(30)}
    assert len(seen) > 1
    for first, second in seen:
        assert first < second
        assert all(1 <= number <= 4 for number in (*first, *second))


def test_a_group_is_read_in_small_letters_and_with_figures_for_letters(site: Site) -> None:
    made = people.make_sheet(site)
    group = made.rows[1][2]
    assert recovery.reads(made, (2, 3), group)
    assert recovery.reads(made, (2, 3), f" {group.lower().translate(str.maketrans('oibg', '0189'))} ")
    other = ("B" if group[0] == "A" else "A") + group[1:]
    assert not recovery.reads(made, (2, 3), other)
    assert not recovery.reads(made, (2, 3), made.rows[2][3])
    assert not recovery.reads(made, (2, 3), "")
    assert not recovery.reads(made, (2, 3), group + "A")


def test_every_row_that_is_wrong_is_named(site: Site) -> None:
    rows = [" ".join(groups) for groups in people.make_sheet(site).rows]
    assert recovery.wrong_rows(rows) == ()
    assert recovery.wrong_rows([rows[0], rows[2], rows[1], rows[3].lower()]) == (2, 3)
    assert recovery.wrong_rows([rows[0][:-1], rows[1], "", rows[3]]) == (1, 3)


def test_only_an_administrator_notes_that_a_sheet_was_read_back(site: Site, clock: TestClock) -> None:
    people.add(site, Person("U02", "Nadia Finta", ("data_entry",)), GIVEN, cost=FLOOR)
    made, folder = people.make_sheet(site), site.folder
    site.close()
    nurse = unlock(folder, "U02", GIVEN, clock)
    with pytest.raises(NotYourRole):
        recovery.keep(nurse, 1)
    assert opens(folder, made)
    assert recovery.standing(nurse) == recovery.Standing(1, kept=False, unseen=1)
    nurse.close()


def typed(made: people.Sheet) -> str:
    return " ".join(group for row in made.rows for group in row)


def opens(folder: Path, made: people.Sheet) -> bool:
    try:
        sheets.open_with(folder, sheets.typed(typed(made)))
    except WrongSheet:
        return False
    return True


def test_a_new_sheet_that_nobody_saw_leaves_the_one_in_the_safe_in_force(
    site: Site, clock: TestClock
) -> None:
    folder, safe = site.folder, people.make_sheet(site)
    recovery.keep(site, safe.number)
    people.make_sheet(site)
    assert recovery.standing(site) == recovery.Standing(1, kept=True, unseen=2)
    (found,) = checking.verify(site)
    assert (found.code, found.params["number"]) == ("sheet_unseen", 2)
    assert "nessuno ha confermato" in proving.explain(site, found).spoken("it")
    site.close()
    assert recovery.sheet_number(folder) == 1
    people.recover(folder, typed(safe), PERSON.code, NEW, clock, cost=FLOOR)
    again = unlock(folder, PERSON.code, NEW, clock)
    made = people.make_sheet(again)
    people.sheet_shown(again, made.number)
    assert recovery.standing(again) == recovery.Standing(3, kept=False)
    assert [opens(folder, one) for one in (safe, made)] == [False, True]
    assert checking.verify(again) == []
    again.close()


def test_a_sheet_that_was_shown_and_could_not_end_the_one_before_is_said_to_be_beside_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe = people.make_sheet(site)
    people.sheet_shown(site, safe.number)
    made = people.make_sheet(site)
    with monkeypatch.context() as patch:
        patch.setattr(keyfiles, "write_atomic", _full)
        with pytest.raises(SheetsBeside) as refused:
            people.sheet_shown(site, made.number)
    assert "opens this site, and so do those before it" in str(refused.value)
    assert opens(site.folder, safe)
    assert opens(site.folder, made)
    recovery.keep(site, made.number)
    assert recovery.standing(site) == recovery.Standing(2, kept=True)
    assert not opens(site.folder, safe)
    assert checking.verify(site) == []


def _full(path: Path, _: bytes) -> None:
    raise cannot_write(path, OSError(errno.ENOSPC, "full"))


def test_a_passphrase_that_the_sheet_gave_is_in_the_trail_though_the_disk_was_full_after_it(
    site: Site, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, made = site.folder, people.make_sheet(site)
    recovery.keep(site, made.number)
    site.close()
    with monkeypatch.context() as patch:
        patch.setattr(ClinicalStore, "take_keys", _cannot_save)
        with pytest.raises(InForce) as refused:
            people.recover(folder, typed(made), PERSON.code, NEW, clock, cost=FLOOR)
    assert str(refused.value).startswith("U01 has the new passphrase")
    again = unlock(folder, PERSON.code, NEW, clock)
    told = people.history(again)[-1]
    assert (told.act, told.about, told.by) == ("recovered", "U01", "SHEET-1")
    assert recovery.standing(again) == recovery.Standing(1, kept=False)
    assert checking.verify(again) == []
    again.close()


def _cannot_save(*_: object) -> None:
    raise CannotSave("full")


def test_a_recovery_that_the_disk_refused_at_first_changes_nothing(
    site: Site, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, made = site.folder, people.make_sheet(site)
    recovery.keep(site, made.number)
    site.close()
    with monkeypatch.context() as patch:
        patch.setattr(keyfiles, "write_atomic", _full)
        with pytest.raises(CannotWrite):
            people.recover(folder, typed(made), PERSON.code, NEW, clock, cost=FLOOR)
    again = unlock(folder, PERSON.code, PASSPHRASE, clock)
    assert "recovered" not in [one.act for one in people.history(again)]
    assert checking.verify(again) == []
    again.close()


def test_a_key_file_that_no_act_is_told_of_is_found_until_it_was_seen(site: Site, clock: TestClock) -> None:
    folder = site.folder
    people.add(site, Person("U02", "Nadia Finta", ("data_entry",)), GIVEN, cost=FLOOR)
    staff.disable(folder, site.keys, "U02")  # by a program of somebody's own
    site.close()
    again = unlock(folder, PERSON.code, PASSPHRASE, clock)
    for found in (checking.verify(again), checking.quick(again)):
        assert [one.code for one in found] == ["key_file_untold"]
    assert "fuori dal programma" in proving.explain(again, found[0]).spoken("it")
    checking.note_seen(again, "our own doing")
    assert checking.verify(again) == []
    again.close()
