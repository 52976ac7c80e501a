"""What every value type offers, and the fault it gives back for a text it cannot read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from anifro_desktop.forms.model import Field
from anifro_desktop.record import Json, Value


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is no value. code: a name of `forms.texts`. params: blanks of the sentence, never the text."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


class ValueType(Protocol):
    """One kind of answer; every conversion of it lives in one module.

    NAME: as in the definitions. STATA: storage type. REDCAP: field type and validation. ODM: `DataType`.
    """

    NAME: str
    STATA: str
    REDCAP: tuple[str, str]
    ODM: str

    def parse(self, text: str, item: Field) -> Value | Fault:
        """The value a person typed (already trimmed, not empty), or why it is none."""

    def text(self, value: Value, item: Field, lang: str) -> str:
        """The value for reading; `parse` understands it again, except the label of a choice."""

    def to_json(self, value: Value) -> Json:
        """The value as it stands in a record."""

    def from_json(self, data: Json, item: Field) -> Value:
        """The value of a record.

        Raises:
            ValueError: the record holds something this field cannot have.
        """
