"""Codes that can be read aloud, typed in any way, and mistyped without harm."""

from __future__ import annotations

import secrets
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop.study.subject_code import ALPHABET, SiteCodeRefused, check_code, is_site_code, new_code

SITES = st.text(ALPHABET, min_size=2, max_size=6)
BYTES = st.binary(min_size=4, max_size=4)


def _code(site: str, body: bytes) -> str:
    return new_code(site, lambda length: body[:length])


def test_the_shape_of_a_code() -> None:
    code = new_code("P03", secrets.token_bytes)
    site, body, check = code.split("-")
    assert (site, len(body), len(check)) == ("P03", 4, 1)
    assert set(body + check) <= set(ALPHABET)
    assert check_code(code) == code


def test_a_code_is_the_same_on_every_machine() -> None:
    assert _code("P03", bytes([7, 19, 23, 15])) == "P03-7KQF-4"


@given(SITES, BYTES)
def test_every_new_code_checks(site: str, body: bytes) -> None:
    code = _code(site, body)
    assert check_code(code) == code


@given(SITES, BYTES)
def test_every_single_wrong_character_is_noticed(site: str, body: bytes) -> None:
    code = _code(site, body)
    for place, right in enumerate(code):
        if right == "-":
            continue
        for wrong in ALPHABET.replace(right, ""):
            assert check_code(code[:place] + wrong + code[place + 1 :]) is None


@given(SITES, BYTES)
def test_every_exchange_of_two_characters_is_noticed(site: str, body: bytes) -> None:
    plain = _code(site, body).replace("-", "")
    for one, other in combinations(range(len(plain)), 2):
        if plain[one] != plain[other]:
            mixed = list(plain)
            mixed[one], mixed[other] = mixed[other], mixed[one]
            assert check_code("".join(mixed)) is None


def test_typing_habits_are_understood() -> None:
    code = _code("P01", bytes([0, 1, 10, 31]))
    assert code.startswith("P01-01AZ-")
    check = code[-1]
    for typed in (
        f"p01-01az-{check.lower()}",
        f" P01 01AZ {check} ",
        f"P0101AZ{check}",
        f"PO1-OIAZ-{check}",
        f"po1–olaz–{check}",
        f"P01_01AZ/{check}",
    ):
        assert check_code(typed) == code


@pytest.mark.parametrize(
    "text", ["", "-", "P03", "P03-7KQF", "P03-7KQF-U", "P03-7KUF-K", "Ü03-7KQF-K", "P" * 40]
)
def test_what_is_no_code(text: str) -> None:
    assert check_code(text) is None


@pytest.mark.parametrize("site", ["", "P", "p03", "PI3", "LUO", "P-3", "ABCDEFG", "P03 "])
def test_site_codes_that_could_be_misread_are_refused(site: str) -> None:
    assert not is_site_code(site)
    with pytest.raises(SiteCodeRefused):
        new_code(site, secrets.token_bytes)


def test_random_characters_are_spread_evenly() -> None:
    seen = {_code("P03", bytes([byte, 0, 0, 0]))[4] for byte in range(256)}
    assert seen == set(ALPHABET)
