"""Sealing: known answers of the standards, an independent HPKE beside ours, and refusals."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop.crypto import hybrid
from anifro_desktop.crypto.errors import BadKey, CannotOpen

SEED = bytes(range(32))
XWING_LABEL = bytes.fromhex("5c2e2f2f5e5c")  # the draft's little drawing: \.//^\


# An HPKE written from RFC 9180, sections 4 and 5, and the X-Wing draft, sharing no code with ours.


def extract(salt: bytes, label: bytes, ikm: bytes, suite_id: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite_id + label + ikm, "sha256")


def expand(prk: bytes, label: bytes, info: bytes, length: int, suite_id: bytes) -> bytes:
    info = length.to_bytes(2, "big") + b"HPKE-v1" + suite_id + label + info
    out = block = b""
    for number in range(1, length // 32 + 2):
        block = hmac.digest(prk, block + info + bytes([number]), "sha256")
        out += block
    return out[:length]


def schedule(shared: bytes, info: bytes, kem: int, aead: int, key_length: int) -> tuple[bytes, bytes]:
    suite_id = b"HPKE" + b"".join(part.to_bytes(2, "big") for part in (kem, 1, aead))
    context = b"\0" + extract(b"", b"psk_id_hash", b"", suite_id) + extract(b"", b"info_hash", info, suite_id)
    secret = extract(shared, b"secret", b"", suite_id)
    key = expand(secret, b"key", context, key_length, suite_id)
    return key, expand(secret, b"base_nonce", context, 12, suite_id)


def x25519_shared(private: X25519PrivateKey, other: bytes, enc: bytes, recipient: bytes) -> bytes:
    suite_id = b"KEM" + (0x20).to_bytes(2, "big")
    dh = private.exchange(X25519PublicKey.from_public_bytes(other))
    return expand(extract(b"", b"eae_prk", dh, suite_id), b"shared_secret", enc + recipient, 32, suite_id)


def xwing_combine(mlkem: bytes, x25519: bytes, ciphertext: bytes, public: bytes) -> bytes:
    return hashlib.sha3_256(mlkem + x25519 + ciphertext + public + XWING_LABEL).digest()


def xwing_decapsulate(seed: bytes, enc: bytes) -> bytes:
    parts = hashlib.shake_256(seed).digest(96)
    mlkem = MLKEM768PrivateKey.from_seed_bytes(parts[:64])
    x25519 = X25519PrivateKey.from_private_bytes(parts[64:])
    shared = x25519.exchange(X25519PublicKey.from_public_bytes(enc[1088:]))
    return xwing_combine(
        mlkem.decapsulate(enc[:1088]), shared, enc[1088:], x25519.public_key().public_bytes_raw()
    )


def xwing_encapsulate(public: bytes) -> tuple[bytes, bytes]:
    mlkem, ciphertext = MLKEM768PublicKey.from_public_bytes(public[:1184]).encapsulate()
    ephemeral = X25519PrivateKey.generate()
    point = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public[1184:]))
    return xwing_combine(mlkem, shared, point, public[1184:]), ciphertext + point


@pytest.fixture(scope="module")
def draft() -> dict[str, bytes]:
    """The published X-Wing vector: seed, pk, ct, ss."""
    blocks = (Path(__file__).parent / "xwing_vector.txt").read_text(encoding="ascii").split("\n\n")[1:]
    named = (block.split("\n", 1) for block in blocks)
    return {name: bytes.fromhex(text) for name, text in named}


def test_the_independent_hpke_gives_the_answer_of_rfc_9180() -> None:
    """RFC 9180, A.1.1, first encryption. Ours has no associated data, so the vector proves the stand-in."""
    ephemeral = X25519PrivateKey.from_private_bytes(
        bytes.fromhex("52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736")
    )
    recipient = X25519PrivateKey.from_private_bytes(
        bytes.fromhex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8")
    )
    enc, public = ephemeral.public_key().public_bytes_raw(), recipient.public_key().public_bytes_raw()
    assert enc.hex() == "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"
    shared = x25519_shared(ephemeral, public, enc, public)
    assert shared.hex() == "fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc"
    key, nonce = schedule(shared, b"Ode on a Grecian Urn", 0x20, 1, 16)
    assert (key.hex(), nonce.hex()) == ("4531685d41d65f03dc48f6b8302c05b0", "56d890e5accaaf011cff4b7d")
    sealed = AESGCM(key).encrypt(nonce, b"Beauty is truth, truth beauty", b"Count-0")
    assert sealed.hex() == (
        "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a"
    )


def test_the_seed_gives_the_published_public_key(draft: dict[str, bytes]) -> None:
    assert hybrid.public_bytes(draft["seed"]) == draft["pk"]


def test_the_independent_x_wing_gives_the_published_secret(draft: dict[str, bytes]) -> None:
    assert xwing_decapsulate(draft["seed"], draft["ct"]) == draft["ss"]


def test_what_the_published_ciphertext_carries_is_opened(draft: dict[str, bytes]) -> None:
    key, nonce = schedule(draft["ss"], b"info", 0x647A, 2, 32)
    sealed = draft["ct"] + AESGCM(key).encrypt(nonce, b"to the centre", b"")
    assert hybrid.open_sealed(draft["seed"], b"info", sealed) == b"to the centre"


def test_ours_opens_what_the_independent_one_seals() -> None:
    shared, enc = xwing_encapsulate(hybrid.public_bytes(SEED))
    key, nonce = schedule(shared, b"info", 0x647A, 2, 32)
    assert hybrid.open_sealed(SEED, b"info", enc + AESGCM(key).encrypt(nonce, b"text", b"")) == b"text"


@pytest.mark.parametrize("suite", [2, 3])
def test_the_independent_one_opens_what_ours_seals(suite: int) -> None:
    sealed = hybrid.seal(hybrid.public_bytes(SEED), b"info", b"text", suite)
    key, nonce = schedule(xwing_decapsulate(SEED, sealed[:1120]), b"info", 0x647A, 2, 32)
    assert AESGCM(key).decrypt(nonce, sealed[1120:], b"") == b"text"


def test_the_independent_one_opens_suite_1() -> None:
    public = hybrid.public_bytes(SEED, 1)
    sealed = hybrid.seal(public, b"info", b"text", 1)
    shared = x25519_shared(X25519PrivateKey.from_private_bytes(SEED), sealed[:32], sealed[:32], public)
    key, nonce = schedule(shared, b"info", 0x20, 2, 32)
    assert AESGCM(key).decrypt(nonce, sealed[32:], b"") == b"text"


@pytest.mark.parametrize("suite", hybrid.SUITES)
def test_sealing_adds_what_is_announced(suite: int) -> None:
    sealed = hybrid.seal(hybrid.public_bytes(SEED, suite), b"", b"12345", suite)
    assert len(sealed) == 5 + hybrid.OVERHEAD[suite]


@given(st.sampled_from(hybrid.SUITES), st.binary(max_size=64), st.binary(max_size=256))
def test_round_trip(suite: int, info: bytes, text: bytes) -> None:
    sealed = hybrid.seal(hybrid.public_bytes(SEED, suite), info, text, suite)
    assert hybrid.open_sealed(SEED, info, sealed, suite) == text


@pytest.mark.parametrize("suite", hybrid.SUITES)
def test_another_info_key_or_byte_does_not_open(suite: int) -> None:
    sealed = hybrid.seal(hybrid.public_bytes(SEED, suite), b"info", b"text", suite)
    tries = [(SEED, b"Info", sealed), (bytes(32), b"info", sealed), (SEED, b"info", sealed[:-1])]
    tries += [
        (SEED, b"info", sealed[:position] + bytes([sealed[position] ^ 1]) + sealed[position + 1 :])
        for position in range(len(sealed))
    ]
    for seed, info, changed in tries:
        with pytest.raises(CannotOpen):
            hybrid.open_sealed(seed, info, changed, suite)


@pytest.mark.parametrize("suite", hybrid.SUITES)
@given(st.binary(max_size=1300))
def test_any_bytes_are_refused_in_the_one_way(suite: int, junk: bytes) -> None:
    with pytest.raises(CannotOpen):
        hybrid.open_sealed(SEED, b"", junk, suite)


def test_a_suite_does_not_open_another() -> None:
    sealed = hybrid.seal(hybrid.public_bytes(SEED), b"", b"text")
    with pytest.raises(CannotOpen):
        hybrid.open_sealed(SEED, b"", sealed, 1)


@pytest.mark.parametrize("public", [b"", bytes(32), bytes(1215), b"\xff" * 1216])
def test_an_unusable_public_key_is_refused(public: bytes) -> None:
    with pytest.raises(BadKey):
        hybrid.seal(public, b"", b"text")


def test_a_public_key_of_low_order_is_refused() -> None:
    with pytest.raises(BadKey):
        hybrid.seal(bytes(32), b"", b"text", 1)
    with pytest.raises(BadKey):
        hybrid.seal(hybrid.public_bytes(SEED)[:1184] + bytes(32), b"", b"text")


@pytest.mark.parametrize("suite", [0, 4, 255])
def test_an_unknown_suite_is_refused(suite: int) -> None:
    with pytest.raises(BadKey):
        hybrid.seal(hybrid.public_bytes(SEED), b"", b"text", suite)
    with pytest.raises(BadKey):
        hybrid.open_sealed(SEED, b"", bytes(2000), suite)


@pytest.mark.parametrize("seed", [b"", bytes(31), bytes(33)])
@pytest.mark.parametrize("suite", hybrid.SUITES)
def test_a_seed_of_the_wrong_length_is_refused(seed: bytes, suite: int) -> None:
    with pytest.raises(BadKey):
        hybrid.public_bytes(seed, suite)
    with pytest.raises(BadKey):
        hybrid.open_sealed(seed, b"", bytes(2000), suite)


def test_seeds_are_fresh() -> None:
    seeds = {hybrid.new_seed() for _ in range(20)}
    assert len(seeds) == 20
    assert {len(seed) for seed in seeds} == {32}
