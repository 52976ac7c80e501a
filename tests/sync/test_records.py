"""Record versions in a bundle: there and back, strict reading, the last net against identifiers."""

from __future__ import annotations

import copy
import uuid
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop.record import Revision
from anifro_desktop.sync.bundle import Opened
from anifro_desktop.sync.errors import BundleRefused, NotPseudonymised
from anifro_desktop.sync.frame import write_lines
from anifro_desktop.sync.records import AuditHead, Record, data_lines, read_batch, split

AUDIT = AuditHead(42, "e" * 64)
FIRST = Revision(
    id="6f1c2f0e-0a3b-4c5d-8e9f-001122334455",
    subject="P03-7KQF-W",
    visit="m06",
    form="sledai2k",
    ver=1,
    prev="",
    values={"rash": 1, "weight_kg": "61.5", "alopecia": {"missing": "not_done"}},
    definition="d" * 64,
    who="U03",
    when="",
    day=182,
    notes={"rash": {"kind": "override", "reason": 2, "text": ""}},
    scores={"sledai2k": {"value": "8"}},
    context={"previous": "m03"},
    signature={"by": "U03", "meaning": "responsible", "digest": "a" * 64, "sig": "b" * 128},
)
SECOND = replace(FIRST, ver=2, prev="c" * 64, why="correction")


def opened(parties: Any, lines: list[Any]) -> Opened:
    return Opened(parties.header(), tuple(lines), "f" * 64)


def lines_of(parties: Any, *records: Record) -> list[Any]:
    return data_lines(parties.header(), records, audit=AUDIT, app="0.1.0")


def test_there_and_back_through_a_sealed_bundle(parties: Any) -> None:
    records = (Record(FIRST), Record(SECOND), Record(replace(SECOND, ver=3, values={}), op="del"))
    header = parties.header()
    lines = data_lines(header, records, audit=AUDIT, app="0.1.0")
    batch = read_batch(parties.open(parties.seal(header, lines)))
    assert batch.records == records
    assert (batch.audit, batch.app, batch.counts) == (AUDIT, "0.1.0", {"sledai2k": 3})
    assert batch.records[0].revision.digest() == FIRST.digest()


def test_the_line_has_the_described_fields(parties: Any) -> None:
    line = lines_of(parties, Record(FIRST))[1]
    assert set(line) == {"table", "id", "subject", "ver", "prev", "op", "day", "data"}
    assert (line["table"], line["ver"], line["op"], line["day"]) == ("sledai2k", 1, "put", 182)
    assert line["data"] == FIRST.to_json()


def test_an_empty_bundle_is_allowed(parties: Any) -> None:
    assert read_batch(opened(parties, lines_of(parties))).records == ()


def test_what_a_newer_program_adds_is_passed_on(parties: Any) -> None:
    lines = lines_of(parties, Record(FIRST))
    lines[1]["origin"] = {"device": [1, 2]}
    lines[1]["data"]["later"] = "kept"
    batch = read_batch(opened(parties, lines))
    assert batch.records[0].extra == {"origin": {"device": [1, 2]}}
    assert batch.records[0].data_extra == {"later": "kept"}
    again = data_lines(parties.header(), batch.records, audit=AUDIT, app="0.1.0")
    assert again == lines


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("table",), "vitals"),
        (("id",), "another"),
        (("subject",), "P03-AAAA-B"),
        (("ver",), 2),
        (("ver",), True),
        (("prev",), "0" * 64),
        (("op",), "patch"),
        (("op",), "del"),
        (("op",), None),
        (("day",), 183),
        (("day",), None),
        (("data",), None),
        (("data",), []),
        (("data", "values"), []),
        (("data", "ver"), "1"),
        (("data", "when"), "2026-03-01T10:00:00.000+01:00"),
        (("data", "why_text"), "asked the patient"),
        (("data", "context"), {"previous": 3}),
        (("data", "signature"), {"by": None}),
        (("data", "values"), {"consent_date": "2026-03-01"}),
        (("data", "who"), "x" * 200),
    ],
    ids=str,
)
def test_a_line_that_contradicts_itself_is_refused(parties: Any, path: tuple[str, ...], value: Any) -> None:
    lines = lines_of(parties, Record(FIRST))
    target = lines[1]
    for name in path[:-1]:
        target = target[name]
    target[path[-1]] = value
    with pytest.raises(BundleRefused) as caught:
        read_batch(opened(parties, lines))
    assert caught.value.code == "bad_record"


@pytest.mark.parametrize("name", ["table", "id", "subject", "ver", "prev", "op", "day", "data"])
def test_every_field_of_a_line_is_needed(parties: Any, name: str) -> None:
    lines = lines_of(parties, Record(FIRST))
    del lines[1][name]
    with pytest.raises(BundleRefused):
        read_batch(opened(parties, lines))


@pytest.mark.parametrize("name", Revision.__dataclass_fields__)
def test_every_field_of_a_revision_is_needed(parties: Any, name: str) -> None:
    lines = copy.deepcopy(lines_of(parties, Record(FIRST)))
    del lines[1]["data"][name]
    with pytest.raises(BundleRefused):
        read_batch(opened(parties, lines))


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "not-a-uuid"},
        {"id": FIRST.id.upper()},
        {"form": "Sledai"},
        {"form": "../x"},
        {"subject": "P03-"},
        {"subject": "P03-ä"},
        {"ver": 0},
        {"ver": 2},
        {"prev": "0" * 64},
        {"ver": 2, "prev": "short"},
    ],
    ids=str,
)
def test_a_revision_out_of_form_neither_leaves_nor_arrives(parties: Any, changes: Any) -> None:
    with pytest.raises(BundleRefused) as caught:
        lines_of(parties, Record(replace(FIRST, **changes)))
    assert caught.value.code == "bad_record"


def test_a_site_speaks_of_its_own_subjects_only(parties: Any) -> None:
    for subject in ("P04-7KQF-W", "P033-7KQF-W"):
        with pytest.raises(BundleRefused) as caught:
            lines_of(parties, Record(replace(FIRST, subject=subject)))
        assert caught.value.code == "foreign_subject"


def test_a_version_comes_once(parties: Any) -> None:
    with pytest.raises(BundleRefused):
        lines_of(parties, Record(FIRST), Record(replace(FIRST, day=183)))


def test_a_tombstone_has_no_values(parties: Any) -> None:
    with pytest.raises(BundleRefused):
        lines_of(parties, Record(FIRST, op="del"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("counts", {"sledai2k": 2}),
        ("counts", {"sledai2k": 1, "vitals": 0}),
        ("counts", {"sledai2k": True}),
        ("counts", None),
        ("audit", None),
        ("audit", {"seq": -1, "hash": "e" * 64}),
        ("audit", {"seq": True, "hash": "e" * 64}),
        ("audit", {"seq": 1, "hash": "short"}),
        ("app", None),
        ("app", "x" * 100),
    ],
    ids=str,
)
def test_the_manifest_is_checked(parties: Any, name: str, value: Any) -> None:
    lines = lines_of(parties, Record(FIRST))
    lines[0][name] = value
    with pytest.raises(BundleRefused) as caught:
        read_batch(opened(parties, lines))
    assert caught.value.code == "manifest_mismatch"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"when": "2026-03-01T10:00:00.000+01:00"}, "when"),
        ({"why_text": "typed the wrong day"}, "why_text"),
        ({"values": {"consent_date": "2026-03-01"}}, "values"),
        ({"values": {"comment": "seen on 1987-12-31, well"}}, "values"),
        ({"notes": {"rash": {"kind": "override", "text": "since 2024-01-01"}}}, "notes"),
        ({"scores": {"sledai2k": {"parts": [{"on": "2025-05-05"}]}}}, "scores"),
        ({"signature": {"by": "U03", "when": "2026-03-01T10:00:00Z"}}, "signature"),
    ],
    ids=str,
)
def test_what_is_not_pseudonymised_does_not_leave(parties: Any, changes: Any, field: str) -> None:
    with pytest.raises(NotPseudonymised) as caught:
        lines_of(parties, Record(replace(FIRST, **changes)))
    assert caught.value.params == {"record": FIRST.id, "field": field}
    for text in ("2026-03-01", "1987", "wrong day"):
        assert text not in str(caught.value)


def test_hashes_and_numbers_are_not_taken_for_dates(parties: Any) -> None:
    values = {"a": "12026-03-01", "b": "2026-03-011", "c": "20.26", "d": 20260301}
    lines_of(parties, Record(replace(FIRST, values=values)))


@given(st.lists(st.integers(1, 4000), max_size=30), st.integers(1000, 20_000))
def test_split_keeps_order_and_size(lengths: list[int], limit: int) -> None:
    records = [
        Record(replace(FIRST, id=str(uuid.UUID(int=number)), values={"text": "x" * length}))
        for number, length in enumerate(lengths)
    ]
    parts = list(split(records, limit))
    assert [record for part in parts for record in part] == records
    assert all(parts)
    for part in parts:
        assert len(part) == 1 or sum(len(str(record.line())) for record in part) <= limit * 1.2


def test_split_counts_values_too() -> None:
    many = {f"f{number}": number for number in range(5000)}
    records = [Record(replace(FIRST, id=str(uuid.UUID(int=number)), values=many)) for number in range(100)]
    assert 2 < len(list(split(records))) < 10


def test_what_was_split_leaves_as_the_same_bytes(parties: Any) -> None:
    (part,) = split([Record(FIRST), Record(SECOND)])
    assert len(part.texts) == 2
    told = data_lines(parties.header(), part, audit=AUDIT, app="0.1.0")
    assert write_lines(told) == write_lines(lines_of(parties, Record(FIRST), Record(SECOND)))


def test_a_record_changed_after_it_was_split_does_not_leave(parties: Any) -> None:
    (part,) = split([Record(FIRST)])
    part[0] = Record(replace(FIRST, day=183))
    with pytest.raises(BundleRefused):
        write_lines(data_lines(parties.header(), part, audit=AUDIT, app="0.1.0"))


def test_an_act_that_is_none_does_not_leave(parties: Any) -> None:
    with pytest.raises(BundleRefused) as caught:
        lines_of(parties, Record(FIRST, op="patch"))
    assert caught.value.code == "bad_record"
