"""Fingerprints: form, tolerance of how people type them, and no accidental agreement."""

from __future__ import annotations

import base64
import hashlib
import re

from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop.crypto.fingerprint import fingerprint, same


@given(st.binary(max_size=100))
def test_form_and_origin(data: bytes) -> None:
    text = fingerprint(data)
    assert re.fullmatch(r"[A-Z2-7]{5}(-[A-Z2-7]{5}){4}", text)
    assert base64.b32encode(hashlib.sha256(data).digest()).decode().startswith(text.replace("-", ""))


def test_a_known_one() -> None:
    assert fingerprint(b"abc") == "XJ4BN-P4PAH-H6UQK-BIDPF-3LRCE"


def test_people_may_type_it_their_way() -> None:
    text = fingerprint(b"abc")
    assert same(text, text.lower())
    assert same(text, text.replace("-", " "))
    assert same(text, f"  {text.replace('-', '')}\n")
    assert same(text, text.replace("-", " - "))


def test_others_and_nothing_do_not_agree() -> None:
    text = fingerprint(b"abc")
    assert not same(text, fingerprint(b"abd"))
    assert not same(text, text[:-1])
    assert not same(text, "")
    assert not same("", "")
    assert not same(" - ", "-")


@given(st.text(max_size=40))
def test_any_text_may_be_typed(typed: str) -> None:
    assert not same(fingerprint(b"abc"), typed)
