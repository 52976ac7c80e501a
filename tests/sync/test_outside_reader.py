"""The page about the format holds: a reader written from it opens every golden file and refuses what ours refuses."""

from __future__ import annotations

import ast
import json
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "trials"))
sys.path.insert(0, str(Path(__file__).parents[1] / "vectors" / "formats"))

import bundle_mutants as mutants
import make_formats as golden
import outside_reader as outside

from anifro_desktop.store import sheet
from anifro_desktop.sync.bundle import file_hash, peek_header
from anifro_desktop.sync.errors import BUNDLE_CODES
from anifro_desktop.sync.header import parse_header
from anifro_desktop.sync.names import bundle_name

PAGE = Path(__file__).parents[2] / "docs" / "bundle-format.md"
VECTORS = sorted((Path(__file__).parents[1] / "vectors" / "bundles").glob("*.vec"))
BUNDLES = [path for _, path in golden.golden() if path.suffix == ".anfb"]
PATHS = {of.name: path for of, path in golden.golden()}  # of each kind the newest version
FILES = {name: path.read_bytes() for name, path in PATHS.items()}
KEY = golden.DATABASE.key


def told(name: str) -> Any:
    return json.loads(PATHS[name].with_suffix(".told").read_text(encoding="utf-8"))


def opened(data: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    kind = outside.read_header(data[16 : 16 + int.from_bytes(data[10:12])])["type"]
    return outside.open_bundle(
        data,
        kind,
        lambda head: (golden.SIGNERS[head["sig_kid"]], None) if head["sig_kid"] in golden.SIGNERS else None,
        golden.SEEDS,
    )


def test_the_reader_shares_nothing_with_the_program() -> None:
    tree = ast.parse(Path(outside.__file__).read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= {*sys.stdlib_module_names, "cryptography"}


def test_it_believes_no_key_for_which_anybody_signs() -> None:
    nobody = (1).to_bytes(32, "little")
    assert not outside.verifies(nobody, nobody + bytes(32), b"anything")


@pytest.mark.parametrize("path", BUNDLES, ids=lambda path: path.name)
def test_it_reads_in_every_bundle_what_ours_reads(path: Path) -> None:
    data = path.read_bytes()
    head, lines = opened(data)
    ours = golden.opened(data, head["type"])
    assert parse_header(outside.canonical(head)) == ours.header
    assert tuple(lines) == ours.lines
    name = bundle_name(ours.header, file_hash(data))
    *_, kind, epoch, seq, start = outside.read_name(name)
    assert (kind, epoch, seq) == (head["type"], head["epoch"], head["seq"])
    assert file_hash(data).startswith(start)


def code(data: bytes) -> str:
    """What is wrong with a bundle of the forger's."""
    maker = mutants.make
    public = golden.hybrid.public_bytes
    seeds = {outside.kid(public(maker.CENTRE_SEAL, suite)): maker.CENTRE_SEAL for suite in (1, 2)}
    known = (mutants._KEY.ed25519, mutants._KEY.mldsa)
    try:
        outside.open_bundle(data, "data", lambda _: known, seeds, weakest=1)
    except outside.Refused as refused:
        return str(refused)
    return "accepted"


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_it_refuses_what_ours_refuses_and_for_the_same_reason(path: Path, maker: ModuleType) -> None:
    facts, data = maker.read_vector(path)
    assert code(data) == facts["expect"].replace("open", "accepted")


@pytest.mark.parametrize("mutant", [mutants._outside, mutants._resigned, mutants._inside])
def test_both_find_the_same_wrong_with_spoiled_files(mutant: Any) -> None:
    """As they are, signed again, and sealed again: what an attacker, and a site in wrong hands, could send."""
    for case in range(450):
        data = mutant(1 + case % 3, random.Random(f"both/{case}"))
        assert code(data) == mutants._code(data, same_is_fine=False), case


def test_records_answers_marks_and_statements() -> None:
    head, lines = opened(FILES["data"])
    found = outside.read_records(head, lines)
    wanted = [one["revision"] for one in told("data")["batch"]["records"]]
    assert found == wanted
    assert {one["form"] for one in found} >= {"query_act", "source_mark", "handover", "laboratory"}
    assert [line["op"] for line in lines[1:]].count("del") == 1


def test_the_next_card_in_a_bundle() -> None:
    head, lines = opened(FILES["data-card"])
    assert head["crit"] == ["card"]
    body, people_compare, _ = outside.read_signed(lines[0]["card"].encode(), "enrol")
    card, _ = told("data-card")["announced"]
    assert (body["writer"], body["sign"], people_compare) == (
        card["writer"],
        card["sign"],
        card["fingerprint"],
    )
    assert lines[0]["heard"] == told("data-card")["heard"]


def test_receipt_questions_and_pack() -> None:
    _, lines = opened(FILES["receipt"])
    receipt = told("receipt")
    items = [[one["seq"], one["sha256"], one["status"], one["code"]] for one in receipt["items"]]
    assert lines[1]["items"] == items
    assert all(
        lines[1][name] == receipt[name] for name in ("acked_to", "missing", "counts", "valid_to", "put_back")
    )
    _, lines = opened(FILES["query"])
    assert [outside.state_of(line["acts"]) for line in lines[1:]] == [one.state for one in golden.THREADS]
    head, lines = opened(FILES["pack"])
    assert {line["name"]: line["text"] for line in lines[2:]} == told("pack")["files"]
    assert (lines[1]["after"], head["seq"]) == (head["prev"], told("pack")["number"])


def test_a_hand_over() -> None:
    _, lines = opened(FILES["handover"])
    wanted = told("handover")
    assert outside.unpack_trail(lines) == wanted["trail"]
    for kind, rows in wanted["rows"].items():
        assert [
            {n: v for n, v in line.items() if n != "kind"} for line in lines if line.get("kind") == kind
        ] == rows


def test_keysets_and_cards() -> None:
    for name, kind in (
        ("keyset-file", "keyset"),
        ("keyset-file-root", "keyset"),
        ("card", "enrol"),
        ("card-second", "enrol"),
    ):
        body, people_compare, _ = outside.read_signed(FILES[name], kind)
        assert all(body[part] == told(name)[part] for part in ("study", "sign", "seal", "mldsa"))
        if kind == "enrol":
            assert people_compare == told(name)["fingerprint"]
    roots = [golden.signing.public_bytes(seed) for seed in (golden.ROOT, golden.NEW_ROOT)]
    assert all(outside.signed_by(FILES["keyset-file-root"], "keyset", root) for root in roots)
    assert not outside.signed_by(FILES["keyset-file"], "keyset", roots[1])
    _, lines = opened(FILES["keyset"])
    body, _, _ = outside.read_signed(lines[1]["keyset"].encode(), "keyset")
    assert body["version"] == peek_header(FILES["keyset"]).seq
    with pytest.raises(outside.Refused):
        outside.read_signed(FILES["card"].replace(b"P03", b"P04"), "enrol")


def test_escrow_backups_and_server() -> None:
    inside = outside.read_escrow(FILES["escrow"], golden.ESCROW)
    assert inside["opening"] == told("escrow")["seeds"]
    assert outside.read_signed(inside["keyset"].encode(), "keyset")[0]["version"] == 3
    assert outside.read_sheet([" ".join(row) for row in sheet.printed(golden.ESCROW)]) == golden.ESCROW
    assert outside.read_manifest(FILES["backup"], KEY)["epoch"] == told("backup")["manifest"]["epoch"]
    assert (
        outside.read_manifest(FILES["centre-backup"], KEY)["parts"] == told("centre-backup")["made"]["parts"]
    )
    assert outside.read_server(FILES["centre-server"], KEY) == told("centre-server")


def test_the_page_names_every_code_and_every_kind() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [code for code in BUNDLE_CODES if f"`{code}`" not in page] == []
    assert all(f"`{kind}`" in page for kind in outside.TYPES)
    for kind, columns in golden.transfer_kinds().items():
        assert f"`{kind}`" in page
        assert all(name in page for name in columns), kind
