"""Bundles taken in, through real seals: forged, altered, repeated, reordered, lost, forked, half bad, too new."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from centre_builders import COURSE, course, enrolment, revision
from centre_held import CODE, dump, parts_of, statuses
from centre_sites import FakeClock, SyntheticSite

from anifro_desktop.centre.applying import MAX_FINDINGS
from anifro_desktop.centre.errors import RoleNeeded
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.quarantine import counts
from anifro_desktop.centre.reading import all_subjects
from anifro_desktop.centre.registering import register, revoke
from anifro_desktop.centre.status import status
from anifro_desktop.files import write_atomic
from anifro_desktop.record import Revision
from anifro_desktop.store.errors import NotStorable
from anifro_desktop.sync.bundle import file_hash, peek_header
from anifro_desktop.sync.names import bundle_name
from anifro_desktop.sync.records import AuditHead, Record, data_lines


def test_a_bundle_is_taken_in_whole(centre: Centre, site: SyntheticSite) -> None:
    (outcome,) = ingest(centre, [site.bundle(centre.keyset, course(CODE))])
    assert (outcome.status, outcome.seq, outcome.bad, outcome.differences) == ("accepted", 1, 0, 0)
    assert outcome.records == len(course(CODE)) == len(centre.store.revisions())
    (subject,) = all_subjects(centre)
    assert [item.key for item in subject.visits] == list(COURSE)
    assert centre.store.differences() == ()


def test_a_byte_flipped_anywhere_is_refused_and_the_store_is_untouched(
    centre: Centre, site: SyntheticSite
) -> None:
    small = site.bundle(centre.keyset, [revision(CODE, "m06", "phga", {"phga": "1"}, 183)])
    before, head = dump(centre), centre.store.audit_head()
    for place in range(0, len(small), 4):  # every byte, of the file alone: tests/sync/test_bundle.py
        flipped = bytearray(small)
        flipped[place] ^= 1 << (place % 7)
        (outcome,) = ingest(centre, [bytes(flipped)])
        assert outcome.status == "refused", place
        assert outcome.code, place
    assert centre.store.audit_head() == head  # not even a line in the trail
    assert dump(centre) == before
    assert 0 < sum(counts(centre.quarantine).values()) <= 1000
    assert statuses(ingest(centre, [small])) == ["accepted"]


def test_a_bundle_cut_or_lengthened_anywhere_is_refused(centre: Centre, site: SyntheticSite) -> None:
    small = site.bundle(centre.keyset, [revision(CODE, "m06", "phga", {"phga": "1"}, 183)])
    head = centre.store.audit_head()
    damaged = [small[:length] for length in range(0, len(small), 37)] + [small + b"\0", b"\0" + small]
    assert set(statuses(ingest(centre, damaged))) == {"refused"}
    assert centre.store.audit_head() == head


def test_an_unknown_site_is_refused_and_counted(centre: Centre, site: SyntheticSite) -> None:
    stranger = SyntheticSite("P04")
    head = centre.store.audit_head()
    (outcome,) = ingest(centre, [stranger.bundle(centre.keyset, [])])
    assert (outcome.status, outcome.code) == ("refused", "unknown_key")
    assert centre.store.audit_head() == head
    assert counts(centre.quarantine) == {"unknown_key": 1}
    ingest(centre, [stranger.bundle(centre.keyset, [])])
    assert counts(centre.quarantine) == {"unknown_key": 2}


def test_a_stranger_with_a_known_name_is_refused(centre: Centre, site: SyntheticSite) -> None:
    impostor = SyntheticSite("P03", writer=site.writer)
    (outcome,) = ingest(centre, [impostor.bundle(centre.keyset, course(CODE))])
    assert (outcome.status, outcome.code) == ("refused", "unknown_key")
    assert centre.store.revisions() == ()


def test_a_revoked_writer_is_refused_and_its_data_stay(centre: Centre, site: SyntheticSite) -> None:
    ingest(centre, [site.bundle(centre.keyset, course(CODE)[:2])])
    revoke(centre, "P03", site.writer, "stolen laptop")
    before = dump(centre)
    (outcome,) = ingest(centre, [site.bundle(centre.keyset, course(CODE)[2:])])
    assert (outcome.status, outcome.code) == ("refused", "revoked_key")
    assert dump(centre) == before
    assert len(centre.store.revisions()) == 2


def test_another_study_is_refused(centre: Centre, site: SyntheticSite) -> None:
    site.study = "OTHER"
    (outcome,) = ingest(centre, [site.bundle(centre.keyset, [])])
    assert (outcome.status, outcome.code) == ("refused", "unknown_key")


def test_a_receipt_is_no_bundle(centre: Centre, site: SyntheticSite) -> None:
    header = site.header(type="receipt")
    lines = data_lines(site.header(), [], audit=AuditHead(0, "0" * 64), app="0")
    data = site.seal(centre.keyset, header, [{**lines[0], "type": "receipt"}])
    (outcome,) = ingest(centre, [data])
    assert (outcome.status, outcome.code) == ("refused", "wrong_type")


def test_a_wrong_score_under_an_honest_seal_is_reported(centre: Centre, site: SyntheticSite) -> None:
    revisions = course(CODE)
    place = next(i for i, item in enumerate(revisions) if (item.visit, item.form) == ("m24", "visit_summary"))
    scores = dict(revisions[place].scores)
    scores["doris"] = {**scores["doris"], "value": True}  # type: ignore[dict-item]
    revisions[place] = replace(revisions[place], scores=scores)
    (outcome,) = ingest(centre, [site.bundle(centre.keyset, revisions)])
    assert (outcome.status, outcome.differences) == ("accepted", 1)
    (found,) = centre.store.differences()
    assert (found.subject, found.visit, found.rule, found.part, found.kind) == (
        CODE,
        "m24",
        "doris",
        "value",
        "differs",
    )
    assert (found.carried, found.computed) == ("true", "false")
    assert [row.code for row in centre.store.answers()] == ["", "score_differs"]


def test_a_corrected_score_closes_the_difference(centre: Centre, site: SyntheticSite) -> None:
    revisions = course(CODE)
    summary = next(item for item in revisions if (item.visit, item.form) == ("m24", "visit_summary"))
    wrong = replace(summary, scores={**summary.scores, "lldas": {"value": True}})
    others = [item for item in revisions if item is not summary]
    assert ingest(centre, [site.bundle(centre.keyset, [*others, wrong])])[0].differences == 1
    right = replace(summary, ver=2, prev="0" * 64, why="recalculated")
    assert ingest(centre, [site.bundle(centre.keyset, [right])])[0].differences == 0
    assert centre.store.differences() == ()
    assert len(centre.store.differences(only_open=False)) > 0


def test_a_previous_visit_that_comes_later_settles_what_was_not_verifiable(
    centre: Centre, site: SyntheticSite
) -> None:
    revisions = course(CODE)
    late = [item for item in revisions if item.visit == "baseline"]
    early = [item for item in revisions if item.visit != "baseline"]
    (outcome,) = ingest(centre, [site.bundle(centre.keyset, early)])
    assert outcome.differences == 0
    assert {row.kind for row in centre.store.differences()} == {"not_verifiable"}
    ingest(centre, [site.bundle(centre.keyset, late)])
    assert centre.store.differences() == ()


def _line(item: Revision, **changes: Any) -> dict[str, Any]:
    line = dict(Record(item).line())
    data = dict(line["data"])  # type: ignore[arg-type]
    for name, value in changes.items():
        data[name] = value
        if name in ("id", "subject", "ver", "prev", "day"):
            line[name] = value
    return {**line, "data": data}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"subject": "P04-7KQF-Z"}, "foreign_subject"),
        ({"subject": "P03-7KQF-X"}, "bad_subject_code"),
        ({"ver": 0}, "bad_record"),
        ({"id": "not-a-uuid"}, "bad_record"),
        ({"when": "2026-11-23T09:00:00+01:00"}, "bad_record"),
        ({"why_text": "told by her sister"}, "bad_record"),
        ({"values": {"phga": "2026-11-23"}}, "bad_record"),
        ({"values": {"phga": "a lot"}}, "bad_answer"),
        ({"values": {"phga": 1}}, "bad_answer"),
        ({"values": {"fever": 1}}, "bad_answer"),
        ({"values": {"surname": "x"}}, "bad_answer"),
        ({"visit": ""}, "bad_visit"),
        ({"values": None}, "bad_record"),
        ({"day": 109_801}, "bad_record"),
        ({"day": -(2**40)}, "bad_record"),
        ({"visit": "m24\0"}, "bad_record"),
        ({"who": "U03\x1b[31m"}, "bad_record"),
        ({"context": {"previous": "m12\0"}}, "bad_record"),
        ({"context": {"previous": "m12 " * 1001}}, "bad_record"),
        ({"context": {f"c{number}": "m12" for number in range(33)}}, "bad_record"),
        ({"values": {"phga": "3.1"}}, "bad_answer"),
        ({"signature": {"by": "U03\0"}}, "bad_record"),
        ({"scores": {"sledai2k": {"parts": {"a\0": 1}}}}, "bad_record"),
    ],
)
def test_one_bad_record_does_not_stop_the_others(
    centre: Centre, site: SyntheticSite, changes: dict[str, Any], code: str
) -> None:
    good = [item for item in course(CODE) if item.visit != "m24"]
    bad = revision(CODE, "m24", "phga", {"phga": "1"}, 735)
    lines = [_line(item) for item in good]
    lines.insert(5, _line(bad, **changes))
    (outcome,) = ingest(centre, [site.raw_bundle(centre.keyset, lines)])
    assert (outcome.status, outcome.records, outcome.bad) == ("accepted", len(good), 1)
    assert len(centre.store.revisions()) == len(good)
    (answer,) = (row for row in centre.store.answers() if row.place)
    assert answer.code == "bad_record"
    assert answer.detail.startswith(f"6 {code}")
    assert "sister" not in answer.detail
    assert statuses(ingest(centre, [site.bundle(centre.keyset, [bad])])) == ["accepted"]


@pytest.mark.parametrize("line", [{}, {"subject": True}], ids=["empty", "each-of-another"])
def test_a_bundle_of_nothing_but_bad_records_costs_little(
    centre: Centre, site: SyntheticSite, line: dict[str, Any]
) -> None:
    """Thousands of them are 2 KB; each is counted, and a few are noted."""
    header = site.header()
    (manifest,) = data_lines(header, [], audit=AuditHead(1, "ab" * 32), app="0.1.0")
    many = 5_000
    lines: list[Any] = [dict.fromkeys(line, f"P03-{number}") for number in range(many)]
    data = site.seal(centre.keyset, header, [{**manifest, "counts": {"None": many}}, *lines])
    head = centre.store.audit_head()
    (outcome,) = ingest(centre, [data])
    assert (outcome.status, outcome.records, outcome.bad) == ("accepted", 0, many)
    assert centre.store.audit_head().seq - head.seq < 1_000
    assert len(centre.store.answers()) == 1 + MAX_FINDINGS + 1
    assert [one.bad_records for one in status(centre).sites] == [many]


def test_a_bundle_that_the_store_cannot_hold_does_not_stop_other_sites(
    centre: Centre, site: SyntheticSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = SyntheticSite("A01")
    register(centre, other.card_bytes, other.card.fingerprint)
    real = centre.store.add_revisions

    def choking(rows: Any) -> int:
        rows = list(rows)
        if any(row.site == "A01" for row in rows):
            raise NotStorable
        return real(rows)

    monkeypatch.setattr(centre.store, "add_revisions", choking)
    first, second = (other.bundle(centre.keyset, []) for _ in range(2))
    held = [other.bundle(centre.keyset, [enrolment("A01-7KQ0-W")]), other.bundle(centre.keyset, [])]
    sent = [*held, second, first, site.bundle(centre.keyset, [enrolment(CODE)])]
    outcomes = ingest(centre, sent)
    told = [(item.site, item.seq, item.status, item.code) for item in outcomes if item.status != "held"]
    assert told == [
        *[("A01", 1, "accepted", ""), ("A01", 2, "accepted", ""), ("A01", 3, "refused", "bad_record")],
        ("P03", 1, "accepted", ""),
    ]
    assert [item.status for item in ingest(centre, [])] == []


def test_a_record_of_another_patient_or_writer_is_not_taken_over(
    centre: Centre, site: SyntheticSite, clock: FakeClock
) -> None:
    clock.forward(minutes=1)
    second = SyntheticSite("P03")
    register(centre, second.card_bytes, second.card.fingerprint)
    item = revision(CODE, "m24", "phga", {"phga": "1"}, 735)
    ingest(centre, [site.bundle(centre.keyset, [item])])
    stolen = replace(item, ver=2, prev="0" * 64, values={"phga": "3"})
    ingest(centre, [second.bundle(centre.keyset, [stolen])])
    moved = replace(item, subject="P03-0000-Z", ver=3, prev="0" * 64)
    ingest(centre, [site.bundle(centre.keyset, [moved])])
    assert [str(one.visits[0].answers["phga"]) for one in all_subjects(centre) if one.code == CODE] == ["1"]


def test_a_manifest_that_does_not_fit_refuses_the_bundle_and_answers(
    centre: Centre, site: SyntheticSite
) -> None:
    header = site.header()
    manifest, *lines = data_lines(
        header, [Record(item) for item in course(CODE)], audit=AuditHead(1, "ab" * 32), app="0.1.0"
    )
    data = site.seal(centre.keyset, header, [{**manifest, "counts": {"phga": 9}}, *lines])
    before = dump(centre)
    (outcome,) = ingest(centre, [data])
    assert (outcome.status, outcome.code, outcome.seq) == ("refused", "manifest_mismatch", 1)
    assert dump(centre) == before
    assert [(row.status, row.code) for row in centre.store.answers()] == [("refused", "manifest_mismatch")]


def test_one_sealed_for_somebody_else_is_answered(centre: Centre, site: SyntheticSite) -> None:
    foreign = replace(centre.keyset, seal=site.card.seal)
    before = dump(centre)
    (outcome,) = ingest(centre, [site.bundle(foreign, course(CODE))])
    assert (outcome.status, outcome.code) == ("refused", "wrong_recipient")
    assert dump(centre) == before


def test_a_newer_schema_is_held_until_the_program_is_newer(
    centre: Centre, site: SyntheticSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = site.header(schema=2)
    lines = data_lines(
        header, [Record(item) for item in course(CODE)], audit=AuditHead(1, "ab" * 32), app="9"
    )
    data = site.seal(centre.keyset, header, lines)
    (outcome,) = ingest(centre, [data])
    assert (outcome.status, outcome.code) == ("held", "needs_upgrade")
    assert centre.store.revisions() == ()
    assert ingest(centre, []) == []
    monkeypatch.setattr("anifro_desktop.sync.bundle.SCHEMA", 2)  # the upgrade
    assert statuses(ingest(centre, [])) == ["accepted"]
    assert len(all_subjects(centre)) == 1


def test_two_contents_under_one_version_are_both_kept_and_count_for_nothing(
    centre: Centre, site: SyntheticSite
) -> None:
    item = revision(CODE, "m24", "phga", {"phga": "1"}, 735)
    ingest(centre, [site.bundle(centre.keyset, [item])])
    ingest(centre, [site.bundle(centre.keyset, [replace(item, values={"phga": "2"})])])
    assert len(centre.store.revisions()) == 2
    assert centre.store.conflicts() == ((item.id, 1),)
    assert all_subjects(centre) == []


def test_a_deleted_record_counts_no_more(centre: Centre, site: SyntheticSite) -> None:
    ingest(centre, [site.bundle(centre.keyset, course(CODE))])
    gone = revision(CODE, "m24", "visit_summary", {}, 735, ver=2, prev="0" * 64)
    header = site.header()
    lines = data_lines(header, [Record(gone, op="del")], audit=AuditHead(1, "ab" * 32), app="0.1.0")
    assert statuses(ingest(centre, [site.seal(centre.keyset, header, lines)])) == ["accepted"]
    last = all_subjects(centre)[0].visits[-1]
    assert last.key == "m24"
    assert last.summary is None


def test_what_a_newer_program_added_is_kept(centre: Centre, site: SyntheticSite) -> None:
    item = revision(CODE, "m24", "phga", {"phga": "1"}, 735)
    header = site.header()
    record = Record(item, extra={"colour": "blue"}, data_extra={"mood": 3})
    lines = data_lines(header, [record], audit=AuditHead(1, "ab" * 32), app="0.1.0")
    ingest(centre, [site.seal(centre.keyset, header, lines)])
    (kept,) = centre.store.revisions()
    assert kept.extra == {"line": {"colour": "blue"}, "data": {"mood": 3}}


def test_a_record_of_newer_definitions_is_kept_and_not_guessed(centre: Centre, site: SyntheticSite) -> None:
    newer = [
        replace(item, definition="0" * 64, values={**item.values, "new_field": 7})
        if item.visit == "m24"
        else item
        for item in course(CODE)
    ]
    (outcome,) = ingest(centre, [site.bundle(centre.keyset, newer)])
    assert (outcome.bad, outcome.differences) == (0, 0)
    assert {(row.visit, row.why) for row in centre.store.differences()} == {("m24", "other_definitions")}


def test_a_folder_is_read_by_name_and_odd_files_are_left_alone(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for part in parts_of(course(CODE), (4, 10)):
        data = site.bundle(centre.keyset, part)
        write_atomic(inbox / bundle_name(peek_header(data), file_hash(data)), data)
    names = sorted(path.name for path in inbox.iterdir())
    (inbox / "holiday.jpg").write_bytes(b"no bundle")
    (inbox / f"{names[0]}.part").write_bytes(b"half")
    (inbox / names[0].replace("-00000001-", "-00000009-")).symlink_to(inbox / names[0])
    outcomes = ingest(centre, [inbox])
    assert sorted(item.name for item in outcomes if item.status == "accepted") == names
    assert {item.code for item in outcomes if item.status != "accepted"} == {
        "foreign",
        "half_copied",
        "not_regular",
    }
    assert len(list(inbox.iterdir())) == 6
    assert set(statuses(ingest(centre, [inbox / names[0]]))) == {"duplicate"}


@pytest.mark.parametrize("kind", ["missing", "link", "folder-link", "pipe"])
def test_what_is_no_regular_file_is_never_opened(
    centre: Centre, site: SyntheticSite, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "x.anfb"
    if kind == "link":
        (tmp_path / "real").write_bytes(site.bundle(centre.keyset, []))
        path.symlink_to(tmp_path / "real")
    elif kind == "folder-link":
        path.symlink_to(tmp_path / "nowhere")
    elif kind == "pipe":
        os.mkfifo(path)
    (outcome,) = ingest(centre, [path])
    assert outcome.status == "refused"
    assert outcome.code in ("cannot_read", "not_regular")
    assert centre.store.chains() == ()


def test_the_statistician_may_not_ingest(centre: Centre) -> None:
    keys = replace(centre.keys, user=replace(centre.keys.user, roles=("statistician",)))
    centre.keys = keys
    with pytest.raises(RoleNeeded, match="data_manager"):
        ingest(centre, [])
