"""The forger of the golden bundles, and one site and one centre with fixed keys."""

from __future__ import annotations

import functools
import importlib.util
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from anifro_desktop.crypto import hybrid, signing
from anifro_desktop.sync.bundle import (
    Header,
    Opened,
    VerifyKey,
    file_hash,
    kid,
    open_bundle,
    peek_header,
    seal_bundle,
)
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.header import NO_PREVIOUS
from anifro_desktop.sync.names import bundle_name

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "servers"))

MAKER = Path(__file__).parent.parent / "vectors" / "bundles" / "make.py"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bundle_maker", MAKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_MAKER = _load()


@pytest.fixture(scope="session")
def maker() -> ModuleType:
    """`tests/vectors/bundles/make.py`."""
    return _MAKER


@dataclass(frozen=True)
class Parties:
    """A site that seals and a centre that opens."""

    site_sign: bytes = _MAKER.SITE_SIGN
    site_mldsa: bytes = _MAKER.SITE_MLDSA
    centre_seal: bytes = _MAKER.CENTRE_SEAL

    def header(self, **changes: Any) -> Header:
        facts = {
            "study": "NCT07215754",
            "site": "P03",
            "writer": _MAKER.WRITER,
            "epoch": 1,
            "seq": 1,
            "prev": NO_PREVIOUS,
            "type": "data",
            "created": "2026-03-01T09:30:00Z",
        }
        return Header(**{**facts, **changes})

    def seal(self, header: Header, lines: list[Any], suite: int = 2) -> bytes:
        public = hybrid.public_bytes(self.centre_seal, suite)
        return seal_bundle(header, lines, self.site_sign, public, suite, mldsa_seed=self.site_mldsa)

    def manifest(self, header: Header, **more: Any) -> dict[str, Any]:
        names = ("study", "site", "writer", "epoch", "seq", "schema", "type")
        return {**{name: getattr(header, name) for name in names}, **more}

    def key_for(self, header: Header) -> VerifyKey | None:
        if header.writer != _MAKER.WRITER:
            return None
        return VerifyKey(signing.public_bytes(self.site_sign), signing.mldsa_public_bytes(self.site_mldsa))

    def seed_for(self, name: str) -> bytes | None:
        known = {kid(hybrid.public_bytes(self.centre_seal, suite)) for suite in (1, 2)}
        return self.centre_seal if name in known else None

    def open(self, data: bytes, expect_type: str = "data", min_suite: int = 1) -> Opened:
        return open_bundle(
            data, expect_type=expect_type, key_for=self.key_for, seed_for=self.seed_for, min_suite=min_suite
        )


@pytest.fixture(scope="session")
def parties() -> Parties:
    return Parties()


@pytest.fixture(scope="session")
def code_of(parties: Parties) -> Callable[[bytes], str]:
    """The code with which a bundle is refused, or `open`."""

    def code(data: bytes, **options: Any) -> str:
        try:
            parties.open(data, **options)
        except BundleRefused as refusal:
            return refusal.code
        return "open"

    return code


@pytest.fixture(scope="session")
def sealed(parties: Parties) -> Callable[..., tuple[str, bytes]]:
    """A data bundle with its name, of a number and about so many bytes."""

    @functools.cache  # sealing twice gives other bytes
    def make(seq: int = 1, size: int = 0) -> tuple[str, bytes]:
        header = parties.header(seq=seq, prev=NO_PREVIOUS if seq == 1 else "1" * 64)
        padding = [random.Random(seq).randbytes(500).hex() for _ in range(size // 500)]
        data = parties.seal(header, [parties.manifest(header), *({"n": one} for one in padding)])
        return bundle_name(peek_header(data), file_hash(data)), data

    return make
