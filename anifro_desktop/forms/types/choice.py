"""One option of a code list, stored as its whole number."""

from __future__ import annotations

from anifro_desktop.forms.model import Field
from anifro_desktop.forms.types.base import Fault
from anifro_desktop.record import Json, Value

NAME = "choice"
STATA = "byte"
REDCAP = ("radio", "")
ODM = "integer"


def parse(text: str, item: Field) -> Value | Fault:
    """The code typed as digits, or a label of the list in either language."""
    assert item.codes is not None
    folded = text.casefold()
    for code in item.codes.codes:
        if folded in (str(code.value), code.label.it.casefold(), code.label.en.casefold()):
            return code.value
    return Fault("choice_unknown", {"codes": ", ".join(str(value) for value in item.codes.values)})


def text(value: Value, item: Field, lang: str) -> str:
    """The label of the code."""
    label = item.codes.label(value) if item.codes is not None and isinstance(value, int) else None
    return str(value) if label is None else label.get(lang)


def to_json(value: Value) -> Json:
    """The code."""
    assert isinstance(value, int)
    return value


def from_json(data: Json, item: Field) -> Value:
    """A code of the list; a withdrawn code is still read, since old records keep it."""
    codes = item.codes
    if not isinstance(data, int) or isinstance(data, bool) or codes is None:
        raise ValueError("not a code")
    if codes.label(data) is None:
        raise ValueError("not a code of the list")
    return data
