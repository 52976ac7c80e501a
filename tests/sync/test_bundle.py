"""The one door for untrusted bytes: golden files, every byte, every cut, forgeries with every key in hand."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.crypto.errors import BadKey
from anifro_desktop.sync import bundle
from anifro_desktop.sync.bundle import open_bundle, peek_header, seal_bundle
from anifro_desktop.sync.errors import BUNDLE_CODES, BundleRefused

Code = Callable[..., str]
VECTORS = sorted((Path(__file__).parent.parent / "vectors" / "bundles").glob("*.vec"))


@pytest.fixture(scope="module", params=[1, 2, 3])
def sealed(request: pytest.FixtureRequest, parties: Any) -> bytes:
    header = parties.header()
    data: bytes = parties.seal(header, [parties.manifest(header), {"n": 1}], request.param)
    return data


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_golden_files(path: Path, maker: ModuleType, code_of: Code) -> None:
    facts, data = maker.read_vector(path)
    assert code_of(data) == facts["expect"]


def test_every_golden_file_is_made_by_the_maker(maker: ModuleType) -> None:
    made = maker.golden()
    assert {path.stem for path in VECTORS} == set(made)
    assert {path.stem: maker.read_vector(path)[0]["expect"] for path in VECTORS} == {
        name: expect for name, (expect, _, _) in made.items()
    }


@pytest.mark.parametrize("name", ["suite1", "suite2", "suite3", "stored", "newer-header-key"])
def test_golden_content(name: str, maker: ModuleType, parties: Any) -> None:
    path = next(path for path in VECTORS if path.stem == name)
    opened = parties.open(maker.read_vector(path)[1])
    assert opened.lines == (parties.manifest(parties.header()), {"n": 1})
    assert opened.manifest == opened.lines[0]


def test_what_is_sealed_is_opened(sealed: bytes, parties: Any) -> None:
    opened = parties.open(sealed)
    assert opened.lines == (parties.manifest(parties.header()), {"n": 1})
    assert replace(opened.header, sig_kid="", enc_kid="") == parties.header()
    assert opened.sha256 == bundle.file_hash(sealed)
    assert peek_header(sealed) == opened.header


def test_the_layout_is_the_described_one(maker: ModuleType, parties: Any) -> None:
    header = parties.header()
    data = parties.seal(header, [parties.manifest(header)])
    first, text, ciphertext = maker.take_apart(data)
    assert first[:10] == maker.MAGIC + b"\x01\x02"
    assert text == maker.text(maker.header())
    assert len(data) == 16 + len(text) + len(ciphertext) + 64


def test_every_byte_matters(sealed: bytes, code_of: Code) -> None:
    for position in range(len(sealed)):
        for mask in (0x01, 0x80):
            changed = sealed[:position] + bytes([sealed[position] ^ mask]) + sealed[position + 1 :]
            assert code_of(changed) != "open", position


def test_every_cut_is_refused(sealed: bytes, code_of: Code) -> None:
    assert {code_of(sealed[:length]) for length in range(len(sealed))} == {"not_a_bundle", "truncated"}
    assert {code_of(sealed + bytes(more)) for more in range(1, 70)} == {"truncated"}


def test_every_cut_at_the_front_is_refused(sealed: bytes, code_of: Code) -> None:
    assert {code_of(sealed[length:]) for length in range(1, len(sealed))} == {"not_a_bundle"}


@given(st.binary(max_size=300))
def test_any_bytes(parties: Any, data: bytes) -> None:
    for candidate in (data, bundle.MAGIC + data, bundle.MAGIC + b"\x01\x02" + data):
        with pytest.raises(BundleRefused):
            parties.open(candidate)


@given(st.data())
def test_two_bundles_cut_and_joined(parties: Any, maker: ModuleType, data: st.DataObject) -> None:
    one, two = maker.good(), maker.good(seq=2, prev="b" * 64)
    joined = one[: data.draw(st.integers(1, len(one) - 1))] + two[data.draw(st.integers(1, len(two) - 1)) :]
    if joined not in (one, two):
        with pytest.raises(BundleRefused):
            parties.open(joined)


def noise_text(number: int) -> str:
    """A million letters that hardly compress."""
    return base64.b85encode(hashlib.shake_256(bytes([number])).digest(800_000)).decode()


class TestForgeries:
    """Made with the site's own signing key: what a buggy or stolen site could send."""

    def content(self, maker: ModuleType, head: dict[str, Any]) -> bytes:
        content: bytes = maker.plain(maker.raw([maker.manifest(head)]))
        return content

    @pytest.mark.parametrize("suite", [1, 2, 3])
    def test_another_header_signed_again(self, maker: ModuleType, code_of: Code, suite: int) -> None:
        _, _, ciphertext = maker.take_apart(maker.good(suite))
        kid = maker.kid(hybrid.public_bytes(maker.CENTRE_SEAL, suite))
        other = maker.header(seq=2, prev="c" * 64, enc_kid=kid)
        assert code_of(maker.forge(other, b"", suite=suite, sealed=ciphertext)) == "cannot_decrypt"

    def test_another_suite_signed_again(self, maker: ModuleType, code_of: Code) -> None:
        _, head, ciphertext = maker.take_apart(maker.good(2))
        assert code_of(maker.forge(head, b"", suite=3, sealed=ciphertext)) == "cannot_decrypt"

    def test_sealed_for_another_but_named_for_us(self, maker: ModuleType, code_of: Code) -> None:
        head = maker.header()
        forged = maker.forge(head, self.content(maker, head), recipient=maker.OTHER_SEAL)
        assert code_of(forged) == "cannot_decrypt"

    def test_only_one_of_two_signatures(self, maker: ModuleType, code_of: Code) -> None:
        head = maker.header()
        forged = maker.forge(head, self.content(maker, head), suite=3, second=maker.OTHER_SIGN)
        assert code_of(forged) == "bad_signature"
        forged = maker.forge(head, self.content(maker, head), suite=3, signer=maker.OTHER_SIGN)
        assert code_of(forged) == "bad_signature"

    def test_suite_3_from_a_sender_without_a_second_key(self, maker: ModuleType, parties: Any) -> None:
        key = bundle.VerifyKey(signing.public_bytes(maker.SITE_SIGN))
        with pytest.raises(BundleRefused) as caught:
            open_bundle(
                maker.good(3),
                expect_type="data",
                key_for=lambda _: key,
                seed_for=parties.seed_for,
                min_suite=3,
            )
        assert caught.value.code == "unknown_key"

    def test_a_key_of_another_name(self, maker: ModuleType, code_of: Code) -> None:
        head = maker.header(sig_kid="0" * 16)
        assert code_of(maker.forge(head, self.content(maker, head))) == "unknown_key"

    def test_an_unknown_writer(self, maker: ModuleType, code_of: Code) -> None:
        head = maker.header(writer="0" * 32)
        assert code_of(maker.forge(head, self.content(maker, head))) == "unknown_key"

    @pytest.mark.parametrize(
        ("suite", "least", "code"), [(1, 2, "weak_suite"), (2, 3, "weak_suite"), (3, 2, "open")]
    )
    def test_no_downgrade(self, maker: ModuleType, code_of: Code, suite: int, least: int, code: str) -> None:
        assert code_of(maker.good(suite), min_suite=least) == code

    @pytest.mark.parametrize("kind", ["receipt", "query", "keyset", "enrol"])
    def test_a_bundle_where_it_does_not_belong(self, maker: ModuleType, code_of: Code, kind: str) -> None:
        assert code_of(maker.good(type=kind)) == "wrong_type"
        assert code_of(maker.good(), expect_type=kind) == "wrong_type"
        assert code_of(maker.good(type=kind), expect_type=kind) == "open"

    def test_newer_features_count_only_with_a_good_signature(self, maker: ModuleType, code_of: Code) -> None:
        newer = maker.good(crit=["later"])
        assert code_of(newer) == "needs_upgrade"
        assert code_of(maker.flip(newer, len(newer) - 1)) == "bad_signature"

    @pytest.mark.parametrize(
        "changes",
        [
            {"study": "a b"},
            {"study": ...},
            {"site": "p03"},
            {"site": "../P03"},
            {"site": "P03\n"},
            {"writer": "A" * 32},
            {"writer": ["0" * 32]},
            {"epoch": 0},
            {"epoch": 1000},
            {"epoch": True},
            {"epoch": "1"},
            {"seq": 0},
            {"seq": -1},
            {"seq": 100_000_000},
            {"seq": None},
            {"prev": "0" * 63},
            {"prev": "1" * 64},
            {"seq": 2},
            {"type": "archive"},
            {"type": ["data"]},
            {"schema": 0},
            {"created": "2026-03-01"},
            {"created": "2026-03-01T09:30:00+01:00"},
            {"crit": "later"},
            {"crit": [1]},
            {"crit": ["Later"]},
            {"crit": ["x"] * 17},
            {"sig_kid": ""},
            {"enc_kid": "g" * 16},
        ],
        ids=str,
    )
    def test_header_fields_have_strict_forms(self, maker: ModuleType, code_of: Code, changes: Any) -> None:
        assert code_of(maker.forge(maker.header(**changes), b"x")) == "bad_header"

    @pytest.mark.parametrize(
        "spoil", ["spaces", "order", "duplicate", "float", "bom", "list", "junk", "escape"]
    )
    def test_a_header_has_one_spelling(self, maker: ModuleType, code_of: Code, spoil: str) -> None:
        good = maker.text(maker.header())
        spoilt = {
            "spaces": good.replace(b":", b": ", 1),
            "order": b'{"writer"' + good[1:].replace(b',"writer"', b"", 1),
            "duplicate": good.replace(b'{"created"', b'{"created":1,"created"', 1),
            "float": good.replace(b'"epoch":1', b'"epoch":1.0'),
            "bom": b"\xef\xbb\xbf" + good,
            "list": b"[" + good + b"]",
            "junk": b"\xff" * 40,
            "escape": good.replace(b"P03", b"\\u005003"),
        }[spoil]
        assert code_of(maker.forge(spoilt, b"x")) == "bad_header"

    def test_header_lengths(self, maker: ModuleType, code_of: Code) -> None:
        assert code_of(maker.forge(b"", b"x")) == "bad_header"
        assert code_of(maker.forge(b"{" + b" " * 8192, b"x")) == "bad_header"
        padding = maker.header(later="x" * 7000)
        assert code_of(maker.forge(padding, self.content(maker, padding))) == "open"

    @pytest.mark.parametrize("name", ["study", "site", "writer", "epoch", "seq", "schema", "type"])
    def test_the_manifest_repeats_the_header(self, maker: ModuleType, code_of: Code, name: str) -> None:
        head = maker.header()
        for other in (9, "other", None, True, ...):
            line = {**maker.manifest(head), name: other}
            if other is ...:
                del line[name]
            forged = maker.forge(head, maker.plain(maker.raw([line])))
            assert code_of(forged) == "manifest_mismatch"

    def test_no_manifest(self, maker: ModuleType, code_of: Code) -> None:
        assert code_of(maker.forge(maker.header(), maker.plain(maker.raw([])))) == "bad_count"

    def test_too_large_a_file(self, code_of: Code) -> None:
        assert code_of(bundle.MAGIC + bytes(bundle.MAX_FILE)) == "too_large"

    def test_too_long_a_ciphertext(self, code_of: Code, maker: ModuleType) -> None:
        length = (bundle.MAX_CIPHERTEXT + 1).to_bytes(4, "big")
        assert code_of(maker.MAGIC + b"\x01\x02" + b"\x01\x00" + length + bytes(400)) == "bad_header"

    @pytest.mark.parametrize("version", [0, 2, 255])
    def test_other_formats(self, maker: ModuleType, code_of: Code, version: int) -> None:
        assert code_of(maker.forge(maker.header(), b"x", version=version)) == "unknown_format"

    @pytest.mark.parametrize("suite", [0, 4, 255])
    def test_other_suites(self, maker: ModuleType, code_of: Code, suite: int) -> None:
        assert code_of(maker.forge(maker.header(), b"x", suite=suite)) == "unknown_format"


class TestSealing:
    def test_what_no_reader_takes_is_not_made(self, parties: Any) -> None:
        header = parties.header()
        manifest = parties.manifest(header)
        for bad, lines in (
            (replace(header, site="p03"), [manifest]),
            (replace(header, seq=2), [manifest]),
            (replace(header, site="P04"), [manifest]),
            (header, []),
            (header, [manifest, {"deep": [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}]),
            (header, [manifest, {"number": 2**53}]),
            (header, [manifest, {"long": "x" * 1024 * 1024}]),
        ):
            with pytest.raises(BundleRefused):
                parties.seal(bad, lines)

    def test_a_bundle_beyond_the_largest_is_not_made(self, parties: Any) -> None:
        header = parties.header()
        lines = [parties.manifest(header), *({"noise": noise_text(number)} for number in range(22))]
        assert parties.open(parties.seal(header, lines[:3])).lines == tuple(lines[:3])
        with pytest.raises(BundleRefused) as caught:
            parties.seal(header, lines)
        assert caught.value.code == "too_large"

    def test_keys_are_checked(self, parties: Any, maker: ModuleType) -> None:
        header = parties.header()
        lines = [parties.manifest(header)]
        public = hybrid.public_bytes(maker.CENTRE_SEAL)
        with pytest.raises(BadKey):
            seal_bundle(header, lines, b"short", public)
        with pytest.raises(BadKey):
            seal_bundle(header, lines, maker.SITE_SIGN, public[:-1])
        with pytest.raises(BadKey):
            seal_bundle(header, lines, maker.SITE_SIGN, public, 3)
        with pytest.raises(BadKey):
            seal_bundle(header, lines, maker.SITE_SIGN, public, 4)

    def test_key_names_are_filled_in(self, parties: Any, maker: ModuleType) -> None:
        header = replace(parties.header(), sig_kid="f" * 16, enc_kid="f" * 16)
        found = peek_header(parties.seal(header, [parties.manifest(header)]))
        assert found.sig_kid == maker.kid(signing.public_bytes(maker.SITE_SIGN))
        assert found.enc_kid == maker.kid(hybrid.public_bytes(maker.CENTRE_SEAL))

    def test_a_small_bundle_is_small(self, parties: Any) -> None:
        header = parties.header()
        lines = [parties.manifest(header), *({"id": number, "value": "12.5"} for number in range(40))]
        assert len(parties.seal(header, lines, 1)) < 1000


def test_every_code_has_a_sentence_that_says_what_to_do() -> None:
    for code, sentence in BUNDLE_CODES.items():
        refusal = BundleRefused(code)
        assert (refusal.code, str(refusal), refusal.exit_code) == (code, sentence, 1)
        assert ": " in sentence
        assert sentence.endswith(".")
