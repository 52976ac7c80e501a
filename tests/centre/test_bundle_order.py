"""The chain of a computer's bundles at the centre: repeated, early, in any order, forked, held, revoked meanwhile."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import Any

import pytest
from centre_builders import DEFINITIONS, course, enrolment, received
from centre_held import CODE, data_only, dump, parts_of, statuses
from centre_sites import SyntheticSite

from anifro_desktop.centre.assembling import subjects
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.quarantine import counts
from anifro_desktop.centre.reading import all_subjects
from anifro_desktop.centre.receipts import write_receipts
from anifro_desktop.centre.registering import register, revoke
from anifro_desktop.sync.bundle import file_hash
from anifro_desktop.sync.records import AuditHead, Record, data_lines


def test_a_repeated_bundle_changes_nothing_and_is_answered_again(centre: Centre, site: SyntheticSite) -> None:
    data = site.bundle(centre.keyset, course(CODE))
    ingest(centre, [data])
    before = dump(centre)
    for _ in range(3):
        (outcome,) = ingest(centre, [data])
        assert (outcome.status, outcome.code) == ("duplicate", "again")
    assert dump(centre) == before
    assert [row.status for row in centre.store.answers()] == ["duplicate"]


def test_one_that_comes_too_early_is_held_and_names_the_missing(centre: Centre, site: SyntheticSite) -> None:
    one, two, three, four = (site.bundle(centre.keyset, part) for part in parts_of(course(CODE), (2, 8, 8)))
    assert statuses(ingest(centre, [one])) == ["accepted"]
    (held,) = ingest(centre, [four])
    assert (held.status, held.code, held.missing) == ("held", "gap", (2, 3))
    (held,) = ingest(centre, [three])
    assert held.missing == (2,)
    assert len(centre.store.revisions()) == 2
    assert [(item.status, item.seq) for item in ingest(centre, [two])] == [
        ("accepted", 2),
        ("accepted", 3),
        ("accepted", 4),
    ]
    assert len(centre.store.revisions()) == len(course(CODE))
    assert centre.store.differences() == ()


@pytest.mark.parametrize("seed", range(5))
def test_any_order_with_repeats_ends_in_the_same_state(
    centre: Centre, site: SyntheticSite, seed: int
) -> None:
    bundles = [site.bundle(centre.keyset, part) for part in parts_of(course(CODE), (3, 7, 9, 9))]
    order = bundles * 2
    random.Random(seed).shuffle(order)
    for data in order:
        ingest(centre, [data])
    (subject,) = subjects(received(course(CODE)), DEFINITIONS)  # what was sent, without any bundle
    assert all_subjects(centre) == [subject]
    (chain,) = centre.store.chains()
    assert (chain.next_seq, chain.last_hash, chain.frozen) == (6, file_hash(bundles[-1]), False)
    assert {row.state for row in centre.store.bundles()} == {"applied"}
    assert centre.store.differences() == ()


def test_two_sites_and_two_writers_do_not_disturb_each_other(centre: Centre, site: SyntheticSite) -> None:
    second, other = SyntheticSite("P03"), SyntheticSite("P01")
    for one in (second, other):
        register(centre, one.card_bytes, one.card.fingerprint)
    bundles = [
        site.bundle(centre.keyset, course(CODE)),
        second.bundle(centre.keyset, course("P03-0000-Z")),
        other.bundle(centre.keyset, course("P01-0000-N")),
    ]
    assert statuses(ingest(centre, bundles)) == ["accepted"] * 3
    assert len(all_subjects(centre)) == 3


def test_another_file_under_a_known_number_freezes_the_epoch(centre: Centre, site: SyntheticSite) -> None:
    first = site.bundle(centre.keyset, course(CODE)[:2])
    site.seq, site.prev = 1, "0" * 64
    rival = site.bundle(centre.keyset, [enrolment(CODE, outcome=2)])
    assert statuses(ingest(centre, [first])) == ["accepted"]
    data = data_only(centre)
    (fork,) = ingest(centre, [rival])
    assert (fork.status, fork.code) == ("quarantined", "changed")
    (again,) = ingest(centre, [rival])
    assert (again.status, again.code) == ("quarantined", "changed")
    assert data_only(centre) == data
    (chain,) = centre.store.chains()
    assert chain.frozen
    (late,) = ingest(centre, [site.bundle(centre.keyset, course(CODE)[2:])])
    assert (late.status, late.code) == ("quarantined", "frozen")
    assert statuses(ingest(centre, [first])) == ["duplicate"]
    assert data_only(centre) == data


def test_a_new_epoch_starts_again_after_a_fork(centre: Centre, site: SyntheticSite) -> None:
    first = site.bundle(centre.keyset, course(CODE)[:2])
    site.seq, site.prev = 1, "0" * 64
    ingest(centre, [first, site.bundle(centre.keyset, [])])
    site.epoch, site.seq, site.prev = 2, 1, "0" * 64
    assert statuses(ingest(centre, [site.bundle(centre.keyset, course(CODE))])) == ["accepted"]
    assert len(all_subjects(centre)[0].visits) == 4


def test_a_wrong_predecessor_is_a_fork(centre: Centre, site: SyntheticSite) -> None:
    ingest(centre, [site.bundle(centre.keyset, [])])
    site.prev = "ab" * 32
    (outcome,) = ingest(centre, [site.bundle(centre.keyset, course(CODE))])
    assert (outcome.status, outcome.code) == ("quarantined", "prev")
    assert centre.store.revisions() == ()


def test_what_was_applied_stays_so_where_an_older_program_meets_it(
    centre: Centre, site: SyntheticSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = site.header(crit=("card",))
    lines = data_lines(header, [Record(enrolment(CODE))], audit=AuditHead(1, "ab" * 32), app="0.1.0")
    data = site.seal(centre.keyset, header, lines)
    assert statuses(ingest(centre, [data])) == ["accepted"]
    before = dump(centre)
    with monkeypatch.context() as older:
        older.setattr("anifro_desktop.sync.bundle.KNOWN_CRIT", frozenset())
        assert statuses(ingest(centre, [data])) == ["duplicate"]
    assert statuses(ingest(centre, [data])) == ["duplicate"]
    assert dump(centre) == before
    assert statuses(ingest(centre, [site.bundle(centre.keyset, [])])) == ["accepted"]


@pytest.mark.parametrize("early", [False, True])
def test_a_wrong_manifest_is_refused_whether_it_waited_or_not(
    centre: Centre, site: SyntheticSite, early: bool
) -> None:
    first, header = site.bundle(centre.keyset, []), site.header()
    (manifest,) = data_lines(header, [], audit=AuditHead(1, "ab" * 32), app="0.1.0")
    wrong = site.seal(centre.keyset, header, [{**manifest, "heard": -1}])
    for data in [wrong, first] if early else [first, wrong]:
        ingest(centre, [data])
    answers = [(row.seq, row.status, row.code) for row in centre.store.answers()]
    assert answers == [(1, "accepted", ""), (2, "refused", "manifest_mismatch")]
    assert counts(centre.quarantine) == {"manifest_mismatch": 1}
    assert centre.store.bundles(state="held") == ()
    assert statuses(ingest(centre, [])) == []


def test_what_a_revoked_computer_has_waiting_takes_no_room_of_its_site(
    centre: Centre, site: SyntheticSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anifro_desktop.sync.chain.HOLD_FILES", 2)
    lost = SyntheticSite("P03", seq=2, prev="ab" * 32)
    register(centre, lost.card_bytes, lost.card.fingerprint)
    ingest(centre, [lost.bundle(centre.keyset, []) for _ in range(2)])
    revoke(centre, "P03", lost.writer, "stolen laptop")
    told = {(row.seq, row.status, row.code) for row in centre.store.answers(writer=lost.writer)}
    assert told == {(2, "quarantined", "revoked_key"), (3, "quarantined", "revoked_key")}
    one, two = site.bundle(centre.keyset, []), site.bundle(centre.keyset, [])
    assert statuses(ingest(centre, [two])) == ["held"]
    assert statuses(ingest(centre, [one])) == ["accepted", "accepted"]


def test_a_revoked_computer_is_owed_nothing_more_where_no_copy_is_kept(
    centre: Centre, site: SyntheticSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ingest(centre, [site.bundle(centre.keyset, [])])
    revoke(centre, "P03", site.writer, "stolen laptop")
    write_receipts(centre, tmp_path)
    monkeypatch.setattr("anifro_desktop.sync.chain.HOLD_FILES", 1)
    one, two = site.bundle(centre.keyset, []), site.bundle(centre.keyset, [])
    ingest(centre, [one])
    assert len(write_receipts(centre, tmp_path)) == 1
    for _ in range(2):
        ingest(centre, [one, two])
        assert write_receipts(centre, tmp_path) == []


def test_an_interrupted_release_is_taken_up_again(
    centre: Centre, site: SyntheticSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = (site.bundle(centre.keyset, part) for part in parts_of(course(CODE), (5, 5)))
    ingest(centre, [three, two])
    calls = itertools.count()
    real = centre.store.add_revisions

    def failing(rows: Any) -> int:
        if next(calls) == 1:
            raise KeyboardInterrupt
        return real(rows)

    monkeypatch.setattr(centre.store, "add_revisions", failing)
    with pytest.raises(KeyboardInterrupt):
        ingest(centre, [one])
    assert [row.next_seq for row in centre.store.chains()] == [2]
    assert len(centre.store.revisions()) == 5
    monkeypatch.setattr(centre.store, "add_revisions", real)
    assert statuses(ingest(centre, [])) == ["accepted", "accepted"]
    assert len(centre.store.revisions()) == len(course(CODE))


def test_too_many_held_bundles_are_not_kept(
    centre: Centre, site: SyntheticSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anifro_desktop.sync.chain.HOLD_FILES", 2)
    site.bundle(centre.keyset, [])
    early = [site.bundle(centre.keyset, []) for _ in range(3)]
    outcomes = ingest(centre, early)
    assert [(item.status, item.code) for item in outcomes] == [
        ("held", "gap"),
        ("held", "gap"),
        ("refused", "hold_full"),
    ]
    assert len(centre.store.bundles(state="held")) == 2
