"""Golden files: what was once written is read as it was, and what is written now is what the version says."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "vectors" / "formats"))

import make_formats as maker

FORMATS = {one.name: one for one in maker.formats()}
GOLDEN = maker.golden()
# What the files were made of, where that is one value.
MADE_OF = {
    "receipt": maker.RECEIPT,
    "query": maker.THREADS,
    "pack": maker.PACK,
    "handover": maker.PARCEL,
    "connection": {"place": maker.CONNECTION.place, "secrets": maker.CONNECTION.secrets},
}


def told(path: Path) -> Any:
    return json.loads(path.with_suffix(".told").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("of", "path"), GOLDEN, ids=[path.name for _, path in GOLDEN])
def test_every_field_of_a_golden_file_is_read_as_it_was(of: Any, path: Path) -> None:
    assert maker.told(of.read(path.read_bytes())) == told(path)


@pytest.mark.parametrize("name", FORMATS)
def test_the_writer_writes_what_its_version_says(name: str) -> None:
    """Whoever changes what is written raises the version and adds a golden file; the old one stays."""
    of = FORMATS[name]
    assert of.path.exists(), "no golden file of this version: run tests/vectors/formats/make_formats.py"
    assert of.plain(of.write()) == of.plain(of.path.read_bytes())


@pytest.mark.parametrize("name", MADE_OF)
def test_golden_files_hold_what_they_were_made_of(name: str) -> None:
    assert told(FORMATS[name].path) == json.loads(json.dumps(maker.told(MADE_OF[name])))


def test_the_records_of_the_golden_bundle_are_the_ones_sealed() -> None:
    found = told(FORMATS["data"].path)
    assert found["batch"]["records"] == json.loads(json.dumps(maker.told(maker.RECORDS)))
    assert found["announced"] is None
    card, data = told(FORMATS["data-card"].path)["announced"]
    assert bytes.fromhex(data) == maker.card(maker.NEXT_SIGN, maker.NEXT_SEAL)
    assert card["sign"] == maker.signing.public_bytes(maker.NEXT_SIGN).hex()


def test_a_changed_writer_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from anifro_desktop.sync import receipt

    before = receipt._body
    monkeypatch.setattr(receipt, "_body", lambda told: before(told) | {"colour": "blue"})
    of = FORMATS["receipt"]
    assert of.plain(of.write()) != of.plain(of.path.read_bytes())


def test_every_kind_of_bundle_that_is_written_has_a_golden_file() -> None:
    from anifro_desktop.sync.header import TYPES

    kinds = {maker.open_kind(path.read_bytes()) for _, path in GOLDEN if path.suffix == ".anfb"}
    assert kinds == set(TYPES) - {"enrol"}  # a card is a signed text; nobody writes a bundle of it
