"""Keys from passphrases and keys: RFC 9106 and RFC 5869 known answers, normalisation, floors and ceilings."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from anifro_desktop.crypto import kdf

ROOT = Path(__file__).parents[2]
SALT = bytes(range(16))
LEAST = {"memory_kib": kdf.MEMORY_KIB_FLOOR, "passes": kdf.PASSES_FLOOR, "lanes": 4}


def test_rfc_9106_argon2id() -> None:
    """Section 5.3. Its memory of 32 KiB is below our floor, so the library underneath is asked."""
    tag = Argon2id(
        salt=b"\2" * 16, length=32, iterations=3, lanes=4, memory_cost=32, secret=b"\3" * 8, ad=b"\4" * 12
    ).derive(b"\1" * 32)
    assert tag.hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def test_rfc_5869_hkdf_without_salt() -> None:
    """Appendix A.3."""
    assert kdf.hkdf(b"\x0b" * 22, b"", 42).hex() == (
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    )


def test_hkdf_keeps_purposes_apart() -> None:
    assert kdf.hkdf(bytes(32), b"anifro/slots/mac") != kdf.hkdf(bytes(32), b"anifro/screening/v1")


def test_the_passphrase_is_normalised() -> None:
    composed = unicodedata.normalize("NFC", "perché così lontano")
    apart = unicodedata.normalize("NFD", composed)
    assert apart != composed
    assert kdf.argon2id(apart, SALT, **LEAST) == kdf.argon2id(composed, SALT, **LEAST)


def test_the_settings_are_those_of_the_library() -> None:
    ours = kdf.argon2id("correct horse", SALT, **LEAST, length=24)
    theirs = Argon2id(salt=SALT, length=24, iterations=3, lanes=4, memory_cost=65536).derive(b"correct horse")
    assert ours == theirs


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("memory_kib", 64 * 1024 - 1),
        ("memory_kib", 4 * 1024 * 1024 + 1),
        ("memory_kib", 0),
        ("memory_kib", -1),
        ("passes", 2),
        ("passes", 21),
        ("lanes", 0),
        ("lanes", 17),
    ],
)
def test_settings_out_of_range_are_refused_before_any_work(setting: str, value: int) -> None:
    with pytest.raises(kdf.KdfRefused) as refusal:
        kdf.argon2id("passphrase", SALT, **{**LEAST, setting: value})
    assert refusal.value.params == {"setting": setting, "value": value}
    assert "passphrase setting" in str(refusal.value)


LITTLE_MEMORY = """
import resource
from anifro_desktop.crypto import kdf
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
try:
    kdf.argon2id("passphrase", bytes(16), memory_kib=2**21, passes=3, lanes=1)
except kdf.KdfMemory as refusal:
    print(refusal.exit_code, refusal)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to a limit of memory")
def test_too_little_memory_is_said_in_words() -> None:
    told = subprocess.run(
        [sys.executable, "-c", LITTLE_MEMORY], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout == ("3 Unlocking needs 2048 MiB of free memory: close other programs and try again.\n")


@pytest.mark.parametrize("length", [0, 8, 15, 65])
def test_a_salt_of_an_odd_length_is_refused(length: int) -> None:
    with pytest.raises(kdf.KdfRefused):
        kdf.argon2id("passphrase", bytes(length), **LEAST)
