"""When a recovery sheet counts as printed, and what is said of one that was typed wrongly."""

from __future__ import annotations

import pytest
from study_parts import PERSON, TestClock

from anifro_desktop.store.vault import FLOOR
from anifro_desktop.workflows import checking, people, recovery
from anifro_desktop.workflows.errors import NotYourRole
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site, unlock

GIVEN = "cavallo lampada nuvola sedia"
NEW = "copper window slate harbour moss"


def test_a_sheet_counts_once_it_was_read_back_and_no_longer_once_it_was_used(
    site: Site, clock: TestClock
) -> None:
    assert recovery.standing(site) == recovery.Standing(0, kept=False)
    made = people.make_sheet(site)
    assert recovery.standing(site) == recovery.Standing(1, kept=False)
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
    site.close()
    typed = " ".join(group for row in made.rows for group in row)
    people.recover(folder, typed, PERSON.code, NEW, clock, cost=FLOOR)
    again = unlock(folder, PERSON.code, NEW, clock)
    try:
        people.make_sheet(again)
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
    people.make_sheet(site)
    folder = site.folder
    site.close()
    nurse = unlock(folder, "U02", GIVEN, clock)
    with pytest.raises(NotYourRole):
        recovery.keep(nurse, 1)
    assert recovery.standing(nurse) == recovery.Standing(1, kept=False)
    nurse.close()
