"""Keysets and enrolment cards: fingerprints that people compare, versions that only rise, roots that hand
over."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.sync import signed
from anifro_desktop.sync.bundle import kid
from anifro_desktop.sync.errors import (
    ForeignKeyset,
    KeyFileDamaged,
    KeyFileRefused,
    OldKeyset,
    WrongFingerprint,
)
from anifro_desktop.sync.keyset import (
    make_card,
    make_keyset,
    new_writer,
    next_keyset,
    read_card,
    read_keyset,
)

ROOT, NEW_ROOT, SIGN, SEAL, MLDSA = (bytes([number]) * 32 for number in range(1, 6))
WRITER = "00112233445566778899aabbccddeeff"
FIRST_DAY, LAST_DAY = date(2026, 1, 1), date(2027, 1, 1)


def keyset(**changes: Any) -> bytes:
    facts = {
        "study": "NCT07215754",
        "version": 1,
        "root_seed": ROOT,
        "sign_public": signing.public_bytes(SIGN),
        "seal_public": hybrid.public_bytes(SEAL),
        "created": FIRST_DAY,
        "expires": LAST_DAY,
    }
    return make_keyset(**{**facts, **changes})


def card(**changes: Any) -> bytes:
    facts = {
        "study": "NCT07215754",
        "site": "P03",
        "writer": WRITER,
        "sign_seed": SIGN,
        "seal_public": hybrid.public_bytes(SEAL),
    }
    return make_card(**{**facts, **changes})


NOBODY = (1).to_bytes(32, "little")  # the key of the point zero: an empty signature by it fits any text
EMPTY = NOBODY + bytes(32)


def test_a_card_with_a_key_for_which_anybody_signs_is_refused() -> None:
    kind, body, _, _ = card().split(b"\n")
    nobodys = body.replace(signing.public_bytes(SIGN).hex().encode(), NOBODY.hex().encode())
    with pytest.raises(KeyFileDamaged):
        read_card(b"\n".join((kind, nobodys, EMPTY.hex().encode(), b"")))


def test_a_keyset_with_a_key_for_which_anybody_signs_is_refused_though_the_root_signed_it() -> None:
    with pytest.raises(KeyFileDamaged):
        keyset(sign_public=NOBODY)


def test_a_keyset_there_and_back() -> None:
    found = read_keyset(keyset(mldsa_public=signing.mldsa_public_bytes(MLDSA)))
    assert (found.study, found.version, found.created, found.expires) == (
        "NCT07215754",
        1,
        FIRST_DAY,
        LAST_DAY,
    )
    assert found.root == signing.public_bytes(ROOT)
    assert found.seal == hybrid.public_bytes(SEAL)
    assert found.verify_key.ed25519 == signing.public_bytes(SIGN)
    assert found.verify_key.mldsa == signing.mldsa_public_bytes(MLDSA)


def test_a_card_there_and_back() -> None:
    found = read_card(card())
    assert (found.study, found.site, found.writer) == ("NCT07215754", "P03", WRITER)
    assert found.verify_key.ed25519 == signing.public_bytes(SIGN)
    assert found.sig_kid == kid(signing.public_bytes(SIGN))
    assert (found.seal, found.mldsa) == (hybrid.public_bytes(SEAL), None)


def test_the_fingerprint_of_a_keyset_is_that_of_its_root() -> None:
    first, second = read_keyset(keyset()), read_keyset(keyset(version=2))
    assert first.fingerprint == second.fingerprint
    assert read_keyset(keyset(), first.fingerprint.lower().replace("-", " ")) == first
    assert read_keyset(keyset(root_seed=NEW_ROOT)).fingerprint != first.fingerprint


def test_the_fingerprint_of_a_card_covers_all_of_it() -> None:
    prints = {
        read_card(data).fingerprint
        for data in (
            card(),
            card(site="P04"),
            card(writer="1" * 32),
            card(sign_seed=ROOT),
            card(seal_public=hybrid.public_bytes(ROOT)),
            card(mldsa_public=signing.mldsa_public_bytes(MLDSA)),
        )
    }
    assert len(prints) == 6
    assert read_card(card(), read_card(card()).fingerprint).site == "P03"


@pytest.mark.parametrize("typed", ["", "ABCDE", "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"])
def test_another_fingerprint_is_refused_in_words(typed: str) -> None:
    for read, data in ((read_keyset, keyset()), (read_card, card())):
        with pytest.raises(WrongFingerprint, match="do not use it") as caught:
            read(data, typed)
        assert read(data).fingerprint not in str(caught.value)  # it would be copied


def test_expiry_only_warns() -> None:
    found = read_keyset(keyset())
    assert not found.expired(LAST_DAY)
    assert found.expired(date(2027, 1, 2))


class TestFollowing:
    current = read_keyset(keyset(version=3))

    def test_a_newer_one(self) -> None:
        assert next_keyset(self.current, keyset(version=4)).version == 4

    def test_the_same_again(self) -> None:
        assert next_keyset(self.current, keyset(version=3)) == self.current

    @pytest.mark.parametrize(
        "changes", [{"version": 2}, {"version": 3, "expires": date(2030, 1, 1)}], ids=str
    )
    def test_an_older_one_or_another_of_the_same_number(self, changes: Any) -> None:
        with pytest.raises(OldKeyset):
            next_keyset(self.current, keyset(**changes))

    def test_another_study(self) -> None:
        with pytest.raises(ForeignKeyset):
            next_keyset(self.current, keyset(version=4, study="OTHER"))

    def test_a_new_root_needs_the_old_one(self) -> None:
        with pytest.raises(ForeignKeyset):
            next_keyset(self.current, keyset(version=4, root_seed=NEW_ROOT))
        with pytest.raises(ForeignKeyset):
            next_keyset(self.current, keyset(version=4, root_seed=NEW_ROOT, old_root_seed=SIGN))
        handed = keyset(version=4, root_seed=NEW_ROOT, old_root_seed=ROOT)
        after = next_keyset(self.current, handed)
        assert after.root == signing.public_bytes(NEW_ROOT)
        with pytest.raises(ForeignKeyset):
            next_keyset(after, keyset(version=5))

    def test_the_old_root_alone_cannot_name_another(self) -> None:
        body = json.loads(keyset(version=4).split(b"\n")[1])
        body["root"] = signing.public_bytes(NEW_ROOT).hex()
        with pytest.raises(KeyFileDamaged):
            next_keyset(self.current, signed.sign_text("keyset", body, [ROOT]))


@pytest.mark.parametrize(("make", "read"), [(keyset, read_keyset), (card, read_card)])
class TestDamage:
    def test_every_byte_matters(self, make: Callable[[], bytes], read: Callable[[bytes], object]) -> None:
        data = make()
        for position in range(len(data)):
            changed = data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]
            with pytest.raises(KeyFileDamaged):
                read(changed)

    def test_every_cut_is_refused(self, make: Callable[[], bytes], read: Callable[[bytes], object]) -> None:
        data = make()
        for length in range(len(data)):
            with pytest.raises(KeyFileDamaged):
                read(data[:length])

    def test_other_shapes(self, make: Callable[[], bytes], read: Callable[[bytes], object]) -> None:
        data = make()
        kind, body, signature, _ = data.split(b"\n")
        for other in (
            data + b"\n",
            data.replace(b"\n", b"\r\n"),
            b"\n".join((kind, body, signature, signature, signature, b"")),
            b"\n".join((kind, body, b"")),
            b"\n".join((kind, body, signature.upper(), b"")),
            b"\n".join((kind, body.replace(b":", b": "), signature, b"")),
            b"\n".join((kind, b"[]", signature, b"")),
            data + bytes(signed.MAX_BYTES),
        ):
            with pytest.raises(KeyFileDamaged):
                read(other)


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    for candidate in (data, b"anifro-keyset-v1\n" + data, b"anifro-enrol-v1\n{}\n" + data):
        for read in (read_keyset, read_card):
            with pytest.raises(KeyFileRefused):
                read(candidate)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("study", "a b"),
        ("study", None),
        ("version", 0),
        ("version", True),
        ("version", "1"),
        ("root", "00"),
        ("sign", None),
        ("seal", "zz" * 1216),
        ("seal", "é" * 1216),
        ("mldsa", "00"),
        ("created", "yesterday"),
        ("expires", None),
    ],
)
def test_a_well_signed_keyset_out_of_form_is_refused(name: str, value: Any) -> None:
    body = {**json.loads(keyset().split(b"\n")[1]), name: value}
    with pytest.raises(KeyFileDamaged):
        read_keyset(signed.sign_text("keyset", body, [ROOT]))


@pytest.mark.parametrize(
    "changes", [{"site": "p03"}, {"writer": "short"}, {"study": ""}, {"seal_public": b""}]
)
def test_what_no_reader_takes_is_not_made(changes: Any) -> None:
    with pytest.raises(KeyFileDamaged):
        card(**changes)


def test_a_card_is_not_a_keyset() -> None:
    with pytest.raises(KeyFileDamaged):
        read_keyset(card())
    with pytest.raises(KeyFileDamaged):
        read_card(keyset())


def test_writers_are_fresh() -> None:
    names = {new_writer() for _ in range(20)}
    assert len(names) == 20
    assert read_card(card(writer=names.pop())).writer not in names


def test_a_card_to_which_nothing_can_be_sealed_is_refused() -> None:
    with pytest.raises(KeyFileDamaged):
        card(seal_public=b"\xff" * 1216)
