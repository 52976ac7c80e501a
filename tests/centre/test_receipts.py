"""Receipts as the site opens them: what arrived, what is missing, what was wrong; numbered and chained."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from centre_builders import claiming, course, revision
from centre_sites import STUDY, FakeClock, SyntheticSite

from anifro_desktop.centre import receipts
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.receipts import write_receipts
from anifro_desktop.centre.registering import register, revoke
from anifro_desktop.centre.status import status
from anifro_desktop.centre.unanswered import unanswered
from anifro_desktop.crypto import hybrid
from anifro_desktop.sync.bundle import kid
from anifro_desktop.sync.chain import LocalChain, judge_receipt
from anifro_desktop.sync.folder import Folder
from anifro_desktop.sync.names import parse_name
from anifro_desktop.sync.receipt import Item, Receipt, open_receipt
from anifro_desktop.sync.records import AuditHead, data_lines

CODE = "P03-7KQF-4"


def opened(centre: Centre, site: SyntheticSite, folder: Path) -> list[tuple[Receipt, str]]:
    """Every receipt in a folder that is for this site, in order, with its hash."""
    found = []
    for name in sorted(Folder(folder).list(), key=lambda name: parse_name(name).seq):
        if parse_name(name).writer8 == site.writer[:8]:
            receipt, whole = open_receipt(
                Folder(folder).get(name),
                key_for=lambda header: centre.keyset.verify_key,
                seed_for=lambda wanted: (
                    site.seal_seed if kid(hybrid.public_bytes(site.seal_seed)) == wanted else None
                ),
            )
            found.append((receipt, whole.sha256))
    return found


def test_a_receipt_says_what_arrived(centre: Centre, site: SyntheticSite, tmp_path: Path) -> None:
    data = site.bundle(centre.keyset, course(CODE))
    ingest(centre, [data])
    (written,) = write_receipts(centre, tmp_path)
    ((receipt, _),) = opened(centre, site, tmp_path)
    assert (receipt.study, receipt.site, receipt.writer) == (STUDY, "P03", site.writer)
    assert (receipt.rno, receipt.epoch, receipt.acked_to, receipt.missing) == (1, 1, 1, ())
    assert receipt.items == (Item(1, site.prev, "accepted"),)
    assert receipt.centre_time == "2026-11-23T09:00:00Z"
    assert receipt.registry_version == 1
    assert written.rno == 1


def test_a_receipt_names_the_missing(centre: Centre, site: SyntheticSite, tmp_path: Path) -> None:
    bundles = [site.bundle(centre.keyset, [item]) for item in course(CODE)[:6]]
    ingest(centre, [bundles[0], bundles[3], bundles[5]])
    write_receipts(centre, tmp_path)
    ((receipt, sha256),) = opened(centre, site, tmp_path)
    assert (receipt.acked_to, receipt.missing) == (1, (2, 3, 5))
    assert [(item.seq, item.status) for item in receipt.items] == [(1, "accepted"), (4, "held"), (6, "held")]
    hashes = {number: item.sha256 for number, item in enumerate(receipt.items)}
    local = LocalChain(1, 6, {1: hashes[0], 4: hashes[1], 6: hashes[2]} | dict.fromkeys((2, 3, 5), "0" * 64))
    verdict = judge_receipt(local, receipt, sha256)
    assert (verdict.action, verdict.acked, verdict.resend) == ("apply", (1,), (2, 3, 5))


def test_released_bundles_are_said_to_be_accepted(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    one, two, three = (site.bundle(centre.keyset, [item]) for item in course(CODE)[:3])
    ingest(centre, [three, two])
    write_receipts(centre, tmp_path)
    ingest(centre, [one])
    write_receipts(centre, tmp_path)
    first, second = (receipt for receipt, _ in opened(centre, site, tmp_path))
    assert (first.acked_to, first.missing) == (0, (1,))
    assert (second.rno, second.acked_to, second.missing) == (2, 3, ())
    assert [(item.seq, item.status) for item in second.items] == [(n, "accepted") for n in (1, 2, 3)]


def test_receipts_are_chained(centre: Centre, site: SyntheticSite, tmp_path: Path) -> None:
    for item in course(CODE)[:3]:
        ingest(centre, [site.bundle(centre.keyset, [item])])
        write_receipts(centre, tmp_path)
    rows = centre.store.receipts("P03", site.writer)
    assert [row.rno for row in rows] == [1, 2, 3]
    assert [row.prev for row in rows] == ["0" * 64, rows[0].sha256, rows[1].sha256]


def test_nothing_new_makes_no_receipt_but_puts_the_last_one_back(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    ingest(centre, [site.bundle(centre.keyset, course(CODE))])
    write_receipts(centre, tmp_path)
    (path,) = tmp_path.iterdir()
    data = path.read_bytes()
    path.unlink()
    assert write_receipts(centre, tmp_path) == []
    assert path.read_bytes() == data


def test_a_repeated_bundle_is_answered_again(centre: Centre, site: SyntheticSite, tmp_path: Path) -> None:
    data = site.bundle(centre.keyset, course(CODE))
    ingest(centre, [data])
    write_receipts(centre, tmp_path)
    ingest(centre, [data])
    (written,) = write_receipts(centre, tmp_path)
    assert (written.rno, written.acked_to, written.items) == (2, 1, 1)
    assert opened(centre, site, tmp_path)[1][0].items[0].status == "duplicate"


def test_differing_scores_and_bad_records_are_counted(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    revisions = claiming(course(CODE), "m24", sledai2k={"value": 40}, sledas={"value": 40})
    revisions.append(replace(revision(CODE, "u01", "phga", {}, 9), values={"phga": "very"}))
    ingest(centre, [site.bundle(centre.keyset, revisions)])
    write_receipts(centre, tmp_path)
    ((receipt, _),) = opened(centre, site, tmp_path)
    assert [item.code for item in receipt.items] == ["", "bad_record", "score_differs", "score_differs"]
    assert {(item.seq, item.status, item.sha256) for item in receipt.items} == {(1, "accepted", site.prev)}


def test_a_fork_is_told(centre: Centre, site: SyntheticSite, tmp_path: Path) -> None:
    first = site.bundle(centre.keyset, course(CODE)[:1])
    site.seq, site.prev = 1, "0" * 64
    ingest(centre, [first, site.bundle(centre.keyset, course(CODE)[:2])])
    write_receipts(centre, tmp_path)
    ((receipt, sha256),) = opened(centre, site, tmp_path)
    assert [(item.status, item.code) for item in receipt.items if item.status != "accepted"] == [
        ("quarantined", "changed")
    ]
    mine = LocalChain(1, 1, {1: site.prev})
    assert judge_receipt(mine, receipt, sha256).action == "fork"


def test_each_writer_and_each_epoch_has_its_own(centre: Centre, site: SyntheticSite, tmp_path: Path) -> None:
    second = SyntheticSite()
    register(centre, second.card_bytes, second.card.fingerprint)
    ingest(centre, [site.bundle(centre.keyset, []), second.bundle(centre.keyset, [])])
    site.epoch, site.seq, site.prev = 2, 1, "0" * 64
    ingest(centre, [site.bundle(centre.keyset, [])])
    assert len(write_receipts(centre, tmp_path)) == 3
    assert [(item.rno, item.epoch) for item, _ in opened(centre, site, tmp_path)] == [(1, 1), (2, 2)]
    assert [(item.rno, item.epoch) for item, _ in opened(centre, second, tmp_path)] == [(1, 1)]


def test_the_newest_is_about_the_newest_epoch(centre: Centre, site: SyntheticSite, tmp_path: Path) -> None:
    """An old copy of a site that was put back since, and goes on, reads the newest alone."""
    ingest(centre, [site.bundle(centre.keyset, [])])
    before = site.seq, site.prev
    site.epoch, site.seq, site.prev = 2, 1, "0" * 64
    ingest(centre, [site.bundle(centre.keyset, [])])
    write_receipts(centre, tmp_path)
    site.epoch, (site.seq, site.prev) = 1, before
    ingest(centre, [site.bundle(centre.keyset, [])])
    assert [item.rno for item in write_receipts(centre, tmp_path)] == [3, 4]
    epochs = [(item.rno, item.epoch, item.acked_to) for item, _ in opened(centre, site, tmp_path)]
    assert epochs[-2:] == [(3, 1, 2), (4, 2, 1)]
    assert write_receipts(centre, tmp_path) == []


def test_a_revoked_writer_gets_one_more_that_says_so(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    ingest(centre, [site.bundle(centre.keyset, [])])
    revoke(centre, "P03", site.writer, "stolen")
    assert len(write_receipts(centre, tmp_path)) == 1
    assert write_receipts(centre, tmp_path) == []


def test_a_long_list_is_said_in_several_receipts(centre: Centre, site: SyntheticSite, tmp_path: Path) -> None:
    from anifro_desktop.store.centre_answers import AnswerRow

    centre.store.answer(
        AnswerRow(f"{number:064x}", 0, "P03", site.writer, 1, number, "held", "gap")
        for number in range(1, 2502)
    )
    written = write_receipts(centre, tmp_path)
    assert [item.items for item in written] == [2000, 501]
    receipts = [receipt for receipt, _ in opened(centre, site, tmp_path)]
    assert [item.seq for receipt in receipts for item in receipt.items] == list(range(1, 2502))


def test_the_clock_of_the_centre_stands_in_the_receipt(
    centre: Centre, site: SyntheticSite, tmp_path: Path, clock: FakeClock
) -> None:
    clock.forward(days=2, hours=1)
    ingest(centre, [site.bundle(centre.keyset, [])])
    write_receipts(centre, tmp_path)
    assert opened(centre, site, tmp_path)[0][0].centre_time == "2026-11-25T10:00:00Z"


def test_a_computer_that_cannot_be_answered_keeps_no_other_from_its_receipt(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    first = SyntheticSite("A01")
    register(centre, first.card_bytes, first.card.fingerprint)
    ingest(centre, [first.bundle(centre.keyset, []), site.bundle(centre.keyset, [])])
    centre.store.change_writer("A01", first.writer, xwing=b"\xff" * 1216)
    assert [made.site for made in write_receipts(centre, tmp_path)] == ["P03"]
    assert status(centre).unanswered == (("A01", first.writer, "receipt"),)
    centre.store.change_writer("A01", first.writer, xwing=first.card.seal)
    assert [made.site for made in write_receipts(centre, tmp_path)] == ["A01"]
    assert unanswered(centre) == ()


def test_a_site_that_heard_a_number_near_the_last_is_not_believed(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    header = site.header()
    lines = data_lines(header, [], audit=AuditHead(1, "ab" * 32), app="0.1.0", told={"heard": 99_999_999})
    (outcome,) = ingest(centre, [site.seal(centre.keyset, header, lines)])
    assert (outcome.status, outcome.code) == ("refused", "manifest_mismatch")
    assert [made.rno for made in write_receipts(centre, tmp_path)] == [1]


def test_counts_that_would_not_fit_are_not_told(
    centre: Centre, site: SyntheticSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(centre, [site.bundle(centre.keyset, course("P03-7KQF-4", visits=("baseline",)))])
    monkeypatch.setattr(receipts, "_MOST_COUNTS", 100)
    assert unanswered(centre) == ()
    write_receipts(centre, tmp_path)
    assert [receipt.counts for receipt, _ in opened(centre, site, tmp_path)] == [None]
