"""Signatures: RFC 8032 known answers, known attacks (tests/vectors/wycheproof), ML-DSA-65 sizes and round trip,
refusals without exceptions."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop.crypto import signing
from anifro_desktop.crypto.errors import BadKey

SEED = bytes(range(32))
VECTORS = Path(__file__).parents[1] / "vectors" / "wycheproof"

# RFC 8032, section 7.1, tests 1 to 3: seed, public key, message, signature.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("seed", "public", "message", "signature"), RFC_8032)
def test_rfc_8032(seed: str, public: str, message: str, signature: str) -> None:
    assert signing.public_bytes(bytes.fromhex(seed)).hex() == public
    assert signing.sign(bytes.fromhex(seed), bytes.fromhex(message)).hex() == signature
    assert signing.verify(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))


WYCHEPROOF = json.loads((VECTORS / "ed25519.json").read_text(encoding="ascii"))
# Cases of each kind: so that none gets lost.
KINDS = {
    "SignatureMalleability": 8,
    "InvalidEncoding": 22,
    "TruncatedSignature": 3,
    "SignatureWithGarbage": 5,
    "SmallOrderPublicKey": 8,
}


@pytest.mark.parametrize("result", ["valid", "invalid", "acceptable"])
def test_known_attacks_on_signatures_are_refused_and_what_is_valid_is_not(result: str) -> None:
    """Where the standard leaves the answer open (`acceptable`), any is right that is one; but a key of small order is
    refused."""
    cases = [one for one in WYCHEPROOF if one["result"] == result]
    said = {
        one["case"]: signing.verify(
            *(bytes.fromhex(one[name]) for name in ("public", "message", "signature"))
        )
        for one in cases
    }
    nobody = {one["case"] for one in cases if not signing.is_owned(bytes.fromhex(one["public"]))}
    wrong = {
        number
        for number, is_good in said.items()
        if (number in nobody or result != "acceptable") and is_good != (result == "valid")
    }
    assert (len(said), wrong) == ({"valid": 117, "invalid": 64, "acceptable": 29}[result], set())
    if result == "acceptable":
        assert {one["case"] for one in cases if "SmallOrderPublicKey" in one["flags"]} <= nobody


def test_every_kind_of_attack_is_among_them() -> None:
    found = Counter(flag for one in WYCHEPROOF for flag in one["flags"])
    assert {kind: found[kind] for kind in KINDS} == KINDS


def test_every_flipped_bit_of_a_signature_is_refused() -> None:
    public, signature = signing.public_bytes(SEED), signing.sign(SEED, b"message")
    for bit in range(len(signature) * 8):
        changed = bytearray(signature)
        changed[bit // 8] ^= 1 << bit % 8
        assert not signing.verify(public, b"message", bytes(changed))


def test_a_signature_has_one_spelling() -> None:
    """Adding the group order to S gives the same equation; RFC 8032 demands that it is refused."""
    order = 2**252 + 27742317777372353535851937790883648493
    signature = signing.sign(SEED, b"message")
    other = signature[:32] + (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    assert not signing.verify(signing.public_bytes(SEED), b"message", other)


FIELD, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, FIELD) % FIELD
Point = tuple[int, int]


def added(one: Point, two: Point) -> Point:
    """The sum of two points of edwards25519 (RFC 8032, section 5.1)."""
    (x1, y1), (x2, y2) = one, two
    both = D * x1 * x2 * y1 * y2
    x = (x1 * y2 + x2 * y1) * pow(1 + both, -1, FIELD)
    y = (y1 * y2 + x1 * x2) * pow(1 - both, -1, FIELD)
    return x % FIELD, y % FIELD


def times(number: int, point: Point) -> Point:
    found = (0, 1)
    while number:
        found = added(found, point) if number & 1 else found
        point, number = added(point, point), number >> 1
    return found


def on_the_curve(y: int) -> Point | None:
    """A point with this y; None if there is none."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if x * x % FIELD != square:
        x = x * pow(2, (FIELD - 1) // 4, FIELD) % FIELD
    return (x, y) if x * x % FIELD == square else None


def of_small_order() -> set[Point]:
    """Every point P with 8P = 0: the multiples of one of order 8, which the order of the group leaves of a point."""
    left = (times(ORDER, point) for y in range(2, 100) if (point := on_the_curve(y)) is not None)
    one = next(point for point in left if times(4, point) != (0, 1))
    return {times(number, one) for number in range(8)}


def spelled(point: Point) -> set[bytes]:
    """Every 32 bytes that stand for a point, also those that no honest program writes."""
    x, y = point
    signs = {0, 1} if x == 0 else {x & 1}
    return {
        (one | sign << 255).to_bytes(32, "little") for one in (y, y + FIELD) if one < 2**255 for sign in signs
    }


def test_nobody_signs_with_a_key_of_small_order() -> None:
    """For such a key anybody finds a message that an empty signature fits, without a private key."""
    points = of_small_order()
    assert len(points) == 8
    spellings = [text for point in points for text in spelled(point)]
    assert len(set(spellings)) == 8 + 2 + 2 + 2  # zero has two signs of x, y = 0 and y = 1 two spellings
    empty = (1).to_bytes(32, "little") + bytes(32)
    taken = 0
    for public in spellings:
        assert not signing.is_owned(public)
        for number in range(64):
            message = bytes([number])
            with suppress(InvalidSignature, ValueError):
                Ed25519PublicKey.from_public_bytes(public).verify(empty, message)
                taken += 1
            assert not signing.verify(public, message, empty)
    assert taken  # so there was something to refuse


@given(st.binary(min_size=32, max_size=32))
def test_every_other_key_is_somebodys(seed: bytes) -> None:
    assert signing.is_owned(signing.public_bytes(seed))


@given(st.binary(max_size=2000), st.binary(max_size=100), st.binary(max_size=3400))
def test_verifying_never_raises(public: bytes, message: bytes, signature: bytes) -> None:
    assert not signing.verify(public, message, signature)
    assert not signing.mldsa_verify(public, message, signature)


def test_ml_dsa_65() -> None:
    public, signature = signing.mldsa_public_bytes(SEED), signing.mldsa_sign(SEED, b"message")
    assert (len(public), len(signature)) == (signing.MLDSA_PUBLIC_BYTES, signing.MLDSA_SIGNATURE_BYTES)
    assert signing.mldsa_verify(public, b"message", signature)
    assert not signing.mldsa_verify(public, b"Message", signature)
    assert not signing.mldsa_verify(public, b"message", signature[:-1])
    assert not signing.mldsa_verify(signing.mldsa_public_bytes(bytes(32)), b"message", signature)


@pytest.mark.parametrize("seed", [b"", bytes(31), bytes(64)])
def test_a_seed_of_the_wrong_length_is_refused(seed: bytes) -> None:
    for act in (signing.public_bytes, signing.mldsa_public_bytes):
        with pytest.raises(BadKey):
            act(seed)
    for sign in (signing.sign, signing.mldsa_sign):
        with pytest.raises(BadKey):
            sign(seed, b"message")


def test_seeds_are_fresh() -> None:
    assert len({signing.new_seed() for _ in range(20)}) == 20
