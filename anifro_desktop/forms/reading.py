"""Reading one TOML table against the keys it may have, collecting every fault in words.

A fault never stops the reading: a stand-in takes the place of what is wrong, so that one start shows all faults.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from anifro_desktop.forms.conditions import nearest
from anifro_desktop.forms.model import Label, Limits

ID = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_ID = 26
_T = TypeVar("_T")
_Text = TypeVar("_Text", bound=str)
_NOTHING = Label("?", "?")


class Table:
    """One table of a definition file.

    where: how a fault names it (`sledai2k.toml, field fever`). faults: the list all tables of a load share.
    """

    def __init__(
        self, where: str, raw: object, keys: Iterable[str], required: Iterable[str], faults: list[str]
    ) -> None:
        self.where = where
        self.faults = faults
        self.raw: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
        if not isinstance(raw, dict):
            self.fault("a table was expected")
            return
        allowed = tuple(keys)
        for key in self.raw:
            if key not in allowed:
                self.fault(f'unknown key "{key}"{nearest(key, allowed)}')
        for key in required:
            if key not in self.raw:
                self.fault(f'key "{key}" is missing')

    def fault(self, sentence: str) -> None:
        """Note one fault of this table."""
        self.faults.append(f"{self.where}: {sentence}")

    def text(self, key: str, default: str = "") -> str:
        """A text."""
        return self._of(key, str, "a text", default)

    def flag(self, key: str) -> bool:
        """A yes/no, no by default."""
        return self._of(key, bool, "true or false", False)

    def whole(self, key: str, default: int = 0) -> int:
        """A whole number."""
        return self._of(key, int, "a whole number", default)

    def label(self, key: str, *, optional: bool = False) -> Label:
        """A text in both languages; a stand-in where one is missing."""
        if key not in self.raw:
            return Label("", "") if optional else _NOTHING
        raw = self.raw[key]
        table = Table(f"{self.where}, {key}", raw, ("it", "en"), (), self.faults)
        for lang in ("it", "en"):
            if not table.text(lang).strip():
                self.fault(f'"{key}" has no text in {"Italian (it)" if lang == "it" else "English (en)"}')
        return Label(table.text("it"), table.text("en"))

    def labels(self, key: str) -> tuple[Label, ...]:
        """A list of texts in both languages."""
        entries = self.items(key)
        parts = (
            Table(f"{self.where}, {key}", {"label": entry}, ("label",), (), self.faults) for entry in entries
        )
        return tuple(part.label("label") for part in parts)

    def id(self, key: str = "id") -> str:
        """An id, with its rules checked."""
        name = self.text(key)
        if name and not ID.fullmatch(name):
            self.fault(f'id "{name}" must be lower-case letters, digits and _, starting with a letter')
        if len(name) > LONGEST_ID:
            self.fault(f'id "{name}" has {len(name)} characters; at most {LONGEST_ID} are allowed')
        return name

    def one_of(self, key: str, allowed: Iterable[_Text], default: _Text) -> _Text:
        """A text out of a few."""
        name = self.text(key, default)
        choices = tuple(allowed)
        for choice in choices:
            if choice == name:
                return choice
        hint = nearest(name, choices) or f"; use one of {', '.join(choices)}"
        self.fault(f'"{key}" cannot be "{name}"{hint}')
        return default

    def limits(self, key: str) -> Limits | None:
        """`{ min, max }`, both included."""
        if key not in self.raw:
            return None
        ends = ("min", "max")
        table = Table(f"{self.where}, {key}", self.raw[key], ends, ends, self.faults)
        low, high = table.number("min"), table.number("max")
        if low is None or high is None:
            return None
        if low > high:
            self.fault(f'"{key}" has a min above its max')
        return Limits(low, high)

    def number(self, key: str) -> Decimal | None:
        """A whole or decimal number, or None where it is left out."""
        raw = self.raw.get(key)
        if raw is None:
            return None
        if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
            self.fault(f'"{key}" must be a number')
            return None
        return Decimal(raw)

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(str(item) for item in self.items(key))

    def items(self, key: str) -> list[Any]:
        """A list, empty by default."""
        empty: list[Any] = []
        return self._of(key, list, "a list", empty)

    def _of(self, key: str, kind: type[_T], words: str, default: _T) -> _T:
        raw = self.raw.get(key, default)
        if not isinstance(raw, kind) or (kind is int and isinstance(raw, bool)):
            self.fault(f'"{key}" must be {words}')
            return default
        return raw
