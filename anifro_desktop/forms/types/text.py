"""A short free text. It stays at the site unless its field says otherwise."""

from __future__ import annotations

import unicodedata

from anifro_desktop.forms.model import Field
from anifro_desktop.forms.types.base import Fault
from anifro_desktop.record import Json, Value

NAME = "text"
STATA = "str"
REDCAP = ("notes", "")
ODM = "text"


def parse(text: str, item: Field) -> Value | Fault:
    """The text in Unicode form C; refused when too long or with control characters."""
    plain = unicodedata.normalize("NFC", text)
    if len(plain) > item.max_length:
        return Fault("text_too_long", {"most": item.max_length})
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Cn", "Co") for letter in plain if letter != "\n"):
        return Fault("text_control")
    return plain


def text(value: Value, item: Field, lang: str) -> str:
    """The text itself."""
    return str(value)


def to_json(value: Value) -> Json:
    """The text itself."""
    assert isinstance(value, str)
    return value


def from_json(data: Json, item: Field) -> Value:
    """The text itself, within its length."""
    if not isinstance(data, str) or not data or len(data) > item.max_length:
        raise ValueError("not a text of this field")
    return data
