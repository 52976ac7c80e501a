"""Who keeps a patient, as far as statements go: the same whatever the order in which they came."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import pytest
from centre_builders import enrolment
from centre_sites import SyntheticSite

from anifro_desktop.centre.custody import FORK, custody
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre
from anifro_desktop.store.centre_custody import StatementRow
from anifro_desktop.sync.records import Record
from anifro_desktop.sync.transfer import Statement, statement_revision

OLD, NEW, THIRD = ("P03", "aa" * 16), ("P07", "bb" * 16), ("P09", "cc" * 16)


def said(
    who: tuple[str, str], place: int, hand: str, act: str, ver: int, to: tuple[str, str], held: str
) -> StatementRow:
    return StatementRow(*who, 1, 4, place, "P03-7KQF-4", hand, act, ver, *to, "f1", held, "U01", "00")


def test_two_statements_of_one_number_in_one_bundle_come_to_the_same_in_any_order() -> None:
    rows = [
        said(OLD, 0, "h1", "handed", 2, NEW, "h2"),
        said(OLD, 1, "h1", "handed", 2, THIRD, ""),
        said(OLD, 2, "h2", "given_up", 1, THIRD, ""),
    ]
    found = {
        (one.keepers, one.state)
        for order in permutations(rows)
        for one in [custody("P03-7KQF-4", order, {OLD})]
    }
    assert len(found) == 1


def test_thousands_of_statements_are_looked_through_once() -> None:
    hands = [f"h{number:05}" for number in range(20_000)]
    rows = [said(OLD, number, hand, "taken_back", 2, NEW, "") for number, hand in enumerate(hands)]
    rows += [said(NEW, number, hand, "taken", 1, THIRD, "") for number, hand in enumerate(hands)]
    random.Random(3).shuffle(rows)
    found = custody("P03-7KQF-4", rows, {OLD})
    assert found.keepers == (OLD,)
    assert found.state == "waiting"


class Counted(tuple[StatementRow, ...]):
    """Statements that count how often they are looked through."""

    looks = 0

    def __iter__(self) -> Iterator[StatementRow]:
        type(self).looks += 1
        return super().__iter__()


def test_thousands_of_records_of_one_bundle_are_judged_by_one_look_at_the_statements() -> None:
    """Else a bundle of a thousand statements and twenty thousand records would keep the centre busy for a minute, and
    again at every look at this patient."""
    found = replace(custody("P03-7KQF-4", moved_on(), {OLD}), said=Counted(moved_on()))
    assert {found.rank(OLD, 1, 6) for _ in range(20_000)} == {2}
    assert Counted.looks == 1


def test_a_computer_says_no_more_of_a_patient_than_a_patient_can_need(
    centre: Centre, site: SyntheticSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anifro_desktop.centre.custody.MAX_SAID", 3)

    def statements(subject: str, many: int) -> bytes:
        made = [
            Statement(str(uuid.uuid4()), subject, "handed", 1, *NEW, "f1" * 32, "", "U01")
            for _ in range(many)
        ]
        rows = [statement_revision(one, site.writer, "ab" * 32, "") for one in made]
        return site.bundle(centre.keyset, rows)

    sent = [statements("P03-7KQF-4", 2), statements("P03-7KQF-4", 2), statements("P03-0000-Z", 1)]
    assert [(one.records, one.bad) for one in ingest(centre, sent)] == [(2, 0), (1, 1), (1, 0)]
    assert len(centre.store.statements(subject="P03-7KQF-4")) == 3
    assert [row.detail for row in centre.store.answers(code="bad_record")] == ["2 too_many"]


def test_a_computer_speaks_of_no_more_patients_of_others_than_a_site_can_take_over(
    centre: Centre, site: SyntheticSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every overview looks at each of them, whether there is such a patient or not."""
    monkeypatch.setattr("anifro_desktop.centre.custody.MAX_TAKEN", 2)

    def taken(*subjects: str) -> bytes:
        said = [Statement(str(uuid.uuid4()), one, "taken", 1, *NEW, "f1" * 32, "", "U01") for one in subjects]
        rows = [statement_revision(one, site.writer, "ab" * 32, "") for one in said]
        records = [Record(row).line() for row in (*rows, *map(enrolment, subjects))]
        return site.raw_bundle(centre.keyset, records)

    others = ("P07-8C2M-N", "P04-9M2D-3", "A01-7KQF-2")
    sent = [taken(*others), taken(others[2]), taken(others[0], "P03-7KQF-4")]
    assert [(one.records, one.bad) for one in ingest(centre, sent)] == [(4, 2), (0, 2), (4, 0)]
    assert {row.revision.subject for row in centre.store.revisions()} == {*others[:2], "P03-7KQF-4"}


def moved_on() -> list[StatementRow]:
    """From the first to the second, and back."""
    return [
        said(OLD, 0, "h1", "handed", 1, NEW, ""),
        said(NEW, 0, "h1", "taken", 1, OLD, ""),
        said(NEW, 1, "h2", "handed", 1, OLD, "h1"),
        said(OLD, 1, "h2", "taken", 1, NEW, "h1"),
    ]


def test_who_let_a_patient_go_does_not_hand_him_on_once_more() -> None:
    late = [
        said(NEW, 2, "h0", "handed", 1, THIRD, "h1"),
        said(THIRD, 0, "h0", "taken", 1, NEW, "h1"),
    ]
    found = custody("P03-7KQF-4", [*late, *moved_on()], {OLD})
    assert found.keepers == (OLD, NEW, OLD)
    assert (found.state, found.between) == (FORK, (NEW, THIRD))


def test_a_hand_over_that_was_used_is_not_turned_to_somebody_else_afterwards() -> None:
    late = [
        said(NEW, 2, "h2", "handed", 2, THIRD, "h1"),
        said(THIRD, 0, "h2", "taken", 1, NEW, "h1"),
    ]
    assert custody("P03-7KQF-4", [*late, *moved_on()], {OLD}).keepers == (OLD, NEW, OLD)


def test_what_is_sealed_after_letting_go_counts_for_nothing_though_it_is_let_go_again() -> None:
    again = replace(said(NEW, 0, "h2", "handed", 2, OLD, "h1"), seq=9)
    found = custody("P03-7KQF-4", [*moved_on(), again], {OLD})
    assert (found.rank(NEW, 1, 4), found.rank(NEW, 1, 6), found.rank(OLD, 1, 6)) == (1, None, 2)
