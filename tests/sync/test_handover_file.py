"""A hand-over's file and a version of the forms: what the readers take, and that whatever else comes is one refusal."""

from __future__ import annotations

import random
import uuid
import zlib
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import pytest

from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.record import Revision
from anifro_desktop.sourcemark import SourceMark
from anifro_desktop.sync.bundle import VerifyKey, seal_bundle
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.header import NO_PREVIOUS, Header
from anifro_desktop.sync.names import bundle_name, parse_name
from anifro_desktop.sync.packfile import PackFile, open_pack, pack_header, seal_pack
from anifro_desktop.sync.transfer import (
    HANDED,
    Parcel,
    Statement,
    open_parcel,
    read_statement,
    seal_parcel,
    statement_revision,
    unpack_trail,
)
from anifro_desktop.thread import Act, Query

SIGN, SEAL = signing.new_seed(), hybrid.new_seed()
SUBJECT, RECORD, VISIT = "P03-7KQF-4", str(uuid.UUID(int=1)), str(uuid.UUID(int=2))
HEADER = Header("NCT07215754", "P03", "ab" * 16, 1, 1, NO_PREVIOUS, "handover", "2026-11-23T09:00:00Z")
TO = ("P07", "cd" * 16)
REVISION = Revision(
    RECORD, SUBJECT, "m06", "phga", 1, "", {"phga": "1.5"}, "0" * 64, "U01", "2026-09-03T09:00:00+02:00", 183
)
ROWS: dict[str, list[dict[str, Any]]] = {
    "subject": [
        {"code": SUBJECT, "status": "enrolled", "sex": "female", "age": 35, "enrolled": "2026-03-04",
         "first_dose": None, "created": "2026-03-04T09:00:00.000Z"}
    ],
    "visit": [
        {"id": VISIT, "subject": SUBJECT, "key": "m06", "date": None, "state": "draft", "place": None, "pack": None}
    ],
    "revision": [{"record": RECORD, "ver": 1, "body": REVISION.to_json()}],
    "origin": [{"record": RECORD, "ver": 1, "origin": "ab" * 16, "struck": []}],
}  # fmt: skip
PARCEL = Parcel(str(uuid.UUID(int=3)), SUBJECT, "", *TO, True, "0.1.0", ROWS, ({"seq": 1, "field": "x"},))
ASKED = Query(str(uuid.UUID(int=4)), SUBJECT, "other")
MARKED = SourceMark(str(uuid.UUID(int=5)), SUBJECT, RECORD, 1, "phga", 1, "mark", "M01")
NOBODY = dict.fromkeys(("surname", "name", "birth_date", "tax_code", "hospital_number", "phone", "email"), "")
PACK = PackFile(
    2, "2027.1", "ab" * 32, "cd" * 32, "ef" * 32, {"sledai2k": "1"}, {"pack.toml": 'id = "2027.1"\n'}
)


def opened(data: bytes) -> Parcel:
    parcel, _ = open_parcel(
        data, key_for=lambda _: VerifyKey(signing.public_bytes(SIGN)), seed_for=lambda _: SEAL
    )
    return parcel


def sealed(parcel: Parcel = PARCEL) -> bytes:
    return seal_parcel(HEADER, parcel, SIGN, hybrid.public_bytes(SEAL))


def forged(change: Callable[[list[dict[str, Any]]], None]) -> bytes:
    """A file as no honest program makes it, signed as it should be."""
    from anifro_desktop.sync.bundle import open_bundle

    honest = open_bundle(
        sealed(),
        expect_type="handover",
        key_for=lambda _: VerifyKey(signing.public_bytes(SIGN)),
        seed_for=lambda _: SEAL,
    )
    lines = [dict(line) for line in honest.lines]
    change(lines)
    return seal_bundle(HEADER, lines, SIGN, hybrid.public_bytes(SEAL))


def test_what_is_sealed_is_read_as_it_was() -> None:
    found = opened(sealed())
    assert found == replace(PARCEL, rows=found.rows)
    assert {kind: list(rows) for kind, rows in found.rows.items()} == ROWS
    name = bundle_name(HEADER, "ab" * 32)
    assert parse_name(name).kind == "handover"


def _first(lines: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(line for line in lines if line.get("kind") == kind)


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[0].update(handover="1"),
        lambda lines: lines[0].update(subject="P03"),
        lambda lines: lines[0].update(to="P07"),
        lambda lines: lines[0].update(to={"site": "P07", "writer": "x"}),
        lambda lines: lines[0].update(practice=1),
        lambda lines: lines[0].update(held="x"),
        lambda lines: lines[0].pop("app"),
        lambda lines: lines.append({"kind": "unheard_of"}),
        lambda lines: lines.append({"no": "kind"}),
        lambda lines: lines.append({"kind": ["visit"]}),
        lambda lines: _first(lines, "visit").update(subject="P03-0000-Z"),
        lambda lines: _first(lines, "visit").update(id=["x"]),
        lambda lines: _first(lines, "visit").update(more=1),
        lambda lines: _first(lines, "subject").update(code="P03-0000-Z"),
        lambda lines: lines.append(dict(_first(lines, "subject"))),
        lambda lines: _first(lines, "revision").update(body="x"),
        lambda lines: _first(lines, "revision").update(ver=True),
        lambda lines: _first(lines, "revision")["body"].update(subject="P03-0000-Z"),
        lambda lines: lines.append(dict(_first(lines, "revision"))),
        lambda lines: lines.remove(_first(lines, "origin")),
        lambda lines: lines.append({"kind": "draft", "visit_id": RECORD, "field": "x", "value": 1, "note": None,
                                    "raw_text": "", "utc": ""}),
        lambda lines: lines.append({"kind": "query", "row": {"subject": "P03-0000-Z"}}),
        lambda lines: lines.append({"kind": "query", "row": []}),
        lambda lines: lines.append({"kind": "query", "row": {"id": RECORD, "subject": SUBJECT}}),
        lambda lines: lines.append({"kind": "query", "row": {**asdict(ASKED), "form": "../x"}}),
        lambda lines: lines.append({"kind": "query_act", "row": asdict(Act(VISIT, RECORD, 1, "close"))}),
        lambda lines: lines.append({"kind": "mark", "row": {"subject": SUBJECT, "field": 1}}),
        lambda lines: lines.append({"kind": "mark", "row": {**asdict(MARKED), "subject": ["x"]}}),
        lambda lines: lines.append({"kind": "mark", "row": asdict(replace(MARKED, subject="P03-0000-Z"))}),
        lambda lines: lines.append({"kind": "mark", "row": asdict(replace(MARKED, at="soon"))}),
        lambda lines: lines.append({"kind": "setting", "key": "sending_locked", "value": False}),
        lambda lines: lines.append({"kind": "setting", "key": f"amending/{RECORD}", "value": None}),
        lambda lines: lines.append({"kind": "position", "record": VISIT, "ver": 1}),
        lambda lines: _first(lines, "revision").update(body={"subject": SUBJECT, "id": RECORD, "ver": 1}),
        lambda lines: _first(lines, "subject").update(enrolled="2026-02-30"),
        lambda lines: _first(lines, "subject").update(status="moved"),
        lambda lines: _first(lines, "subject").update(age="35"),
        lambda lines: _first(lines, "subject").update(created=""),
        lambda lines: _first(lines, "visit").update(date="yesterday"),
        lambda lines: _first(lines, "visit").update(place={"field": 1}),
        lambda lines: _first(lines, "visit").update(key="../x"),
        lambda lines: _first(lines, "origin").update(struck="x"),
        lambda lines: lines.append({"kind": "identity", **NOBODY, "birth_date": "1990-13-01"}),
        lambda lines: lines.append({"kind": "identity", **NOBODY, "surname": "A\u202eB"}),
        lambda lines: _first(lines, "trail").update(packed="!"),
        lambda lines: _first(lines, "trail").update(packed="AAAA"),
        lambda lines: _first(lines, "trail").update(packed="è"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_hold_together_is_one_refusal(
    change: Callable[[list[dict[str, Any]]], None],
) -> None:
    with pytest.raises(BundleRefused) as refused:
        opened(forged(change))
    assert refused.value.code == "bad_handover"


def test_mutants_are_never_taken() -> None:
    data, chance = sealed(), random.Random(7)
    for _ in range(300):
        mutant = bytearray(data)
        place = chance.randrange(len(mutant))
        if chance.random() < 0.2:
            del mutant[place:]
        else:
            mutant[place] ^= 1 << chance.randrange(8)
        with pytest.raises(BundleRefused):
            opened(bytes(mutant))


def test_a_trail_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anifro_desktop.sync.transfer.MAX_TRAIL", 1000)
    with pytest.raises(BundleRefused):
        unpack_trail(zlib.compress(b'{"a":1}\n' * 1000))


@pytest.mark.parametrize("line", [b"{}", b'{"a":[' + b"0," * 99 + b"0]}"], ids=["entries", "values"])
def test_a_trail_of_very_many_entries_or_values_is_not_read(
    monkeypatch: pytest.MonkeyPatch, line: bytes
) -> None:
    monkeypatch.setattr("anifro_desktop.sync.transfer.MAX_ENTRIES", 300)
    monkeypatch.setattr("anifro_desktop.sync.transfer.MAX_TRAIL_MARKS", 2_000)
    assert len(unpack_trail(zlib.compress(line + b"\n"))) == 1
    monkeypatch.setattr("anifro_desktop.sync.transfer.strict_json", None)  # nothing may be parsed
    with pytest.raises(BundleRefused):
        unpack_trail(zlib.compress((line + b"\n") * 301))


def statement(**facts: Any) -> Revision:
    said = Statement(PARCEL.id, SUBJECT, HANDED, 1, *TO, "ab" * 32, "", "U01")
    return statement_revision(replace(said, **facts), HEADER.writer, "", "")


def test_a_statement_is_read_as_it_was_said_and_no_other() -> None:
    assert read_statement(statement(), HEADER.writer).act == HANDED
    for facts in ({"act": "sold"}, {"sha256": "x"}, {"site": "p7"}, {"held": "x"}, {"writer": ""}):
        with pytest.raises(BundleRefused):
            read_statement(statement(**facts), HEADER.writer)
    with pytest.raises(BundleRefused):  # another installation's word
        read_statement(statement(), TO[1])
    with pytest.raises(BundleRefused):
        read_statement(replace(statement(), values={**statement().values, "more": 1}), HEADER.writer)


def pack_data(pack: PackFile = PACK) -> bytes:
    header = pack_header(pack, "NCT07215754", "P03", "ab" * 16, "2026-11-23T09:00:00Z")
    return seal_pack(header, pack, SIGN, hybrid.public_bytes(SEAL))


def opened_pack(data: bytes) -> PackFile:
    pack, _ = open_pack(
        data, key_for=lambda _: VerifyKey(signing.public_bytes(SIGN)), seed_for=lambda _: SEAL
    )
    return pack


def test_a_version_of_the_forms_comes_as_it_was_sent() -> None:
    assert opened_pack(pack_data()) == PACK
    first = replace(PACK, number=1, after="")
    assert opened_pack(pack_data(first)) == first


@pytest.mark.parametrize(
    "facts",
    [
        {"files": {}},
        {"files": {"../pack.toml": "x"}},
        {"files": {"pack.TOML": "x"}},
        {"id": "a b"},
        {"digest": "x"},
        {"rules": {"sledai2k": "x y"}},
        {"protocol": ""},
    ],
)
def test_a_version_that_no_reader_would_take_is_not_made(facts: dict[str, Any]) -> None:
    with pytest.raises(BundleRefused):
        pack_data(replace(PACK, **facts))
