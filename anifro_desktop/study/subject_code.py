"""Subject codes such as `P03-7KQF-W`: the site, four random characters, one check character.

Made offline, without any list of codes given out: 20 random bits within a site; the caller checks its own
subjects. Characters are the ten digits and the letters without I, L, O and U, which are taken for others
when read or typed. The check is a weighted sum over the field of 32 elements with a different weight at
each place, so every single wrong character and every exchange of two characters is noticed, wherever it
happens, the check character included. Nothing in a code comes from the person.
"""

from __future__ import annotations

from collections.abc import Callable

from anifro_desktop.errors import Refusal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_LENGTH = 4
SITE_LENGTHS = range(2, 7)

_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_TYPED = {"O": "0", "I": "1", "L": "1"}
_SEPARATORS = frozenset(" \t\r\n-_./‐‑‒–—−")
_MODULUS = 0b100101  # x^5 + x^2 + 1, primitive: its powers of x give 31 different weights


class SiteCodeRefused(Refusal):
    """A site code that could not be read back without doubt."""

    code = "site_code"


def is_site_code(site: str) -> bool:
    """Whether subject codes can be made for this site: 2 to 6 of the characters in `ALPHABET`."""
    return len(site) in SITE_LENGTHS and all(character in _VALUE for character in site)


def new_code(site: str, random: Callable[[int], bytes]) -> str:
    """A new code for a subject of `site`. random: gives so many random bytes, such as `secrets.token_bytes`.

    Raises:
        SiteCodeRefused: the site code has other characters or another length.
    """
    if not is_site_code(site):
        raise SiteCodeRefused(
            "A site code has 2 to 6 digits or capital letters, without I, L, O and U. Choose another one."
        )
    body = "".join(ALPHABET[byte & 31] for byte in random(RANDOM_LENGTH))
    return f"{site}-{body}-{_check(site + body)}"


def check_code(text: str) -> str | None:
    """The code a person meant, in its one spelling; None if it cannot be a code.

    Small letters, missing or other separators, O for 0 and I or L for 1 are understood.
    """
    typed = [character for character in text.upper() if character not in _SEPARATORS]
    plain = "".join(_TYPED.get(character, character) for character in typed)
    site, body, check = plain[: -RANDOM_LENGTH - 1], plain[-RANDOM_LENGTH - 1 : -1], plain[-1:]
    if not is_site_code(site) or any(character not in _VALUE for character in body):
        return None
    return f"{site}-{body}-{check}" if check == _check(site + body) else None


def _check(characters: str) -> str:
    """Horner's rule in GF(32): the sum of value times x^place, so that the check itself has weight 1."""
    total = 0
    for character in characters:
        total = _times_x(total ^ _VALUE[character])
    return ALPHABET[total]


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _MODULUS if doubled & 32 else doubled
