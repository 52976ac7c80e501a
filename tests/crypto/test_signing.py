"""Signatures: RFC 8032 known answers, known attacks (tests/vectors/wycheproof), ML-DSA-65 sizes and round trip,
refusals without exceptions."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
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
    """Where the standard leaves the answer open (`acceptable`), any is right that is one."""
    cases = [one for one in WYCHEPROOF if one["result"] == result]
    said = {
        one["case"]: signing.verify(
            *(bytes.fromhex(one[name]) for name in ("public", "message", "signature"))
        )
        for one in cases
    }
    wrong = {
        number
        for number, is_good in said.items()
        if result != "acceptable" and is_good != (result == "valid")
    }
    assert (len(said), wrong) == ({"valid": 117, "invalid": 64, "acceptable": 29}[result], set())


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
