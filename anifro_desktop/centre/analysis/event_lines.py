"""The lines of a table of events: what each counts, read from the answers of an event.

What is not known has a line of its own, never under "no". An answer that a list no longer offers is still counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from anifro_desktop import forms
from anifro_desktop.centre.adverse import Adverse
from anifro_desktop.forms.model import Label
from anifro_desktop.scores.model import Tri


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: its name, how it is called, and which events it counts. always: people read it also
    where it counts none."""

    name: str
    label: Label
    test: Callable[[Any], bool]
    always: bool = True


UNKNOWN = Label("Non noto o senza risposta", "Not known or not answered")
EVERY = Line("any", Label("In tutto", "All"), lambda what: True)
_YES_NO: Mapping[int | None, Tri] = {0: False, 1: True}
_LONG = 8  # codes: of a longer list people read those that were answered


def code_of(what: Adverse | Mapping[str, Any], field: str) -> int | None:
    """The code (or the day) answered of an adverse event or in a record; None where nothing was, or a reason stands
    there."""
    value = (what.event.answers if isinstance(what, Adverse) else what).get(field)
    return value if type(value) is int else None


def yes_no(field: str) -> Callable[[Any], Tri]:
    """What was answered to a question of yes or no."""
    return lambda what: _YES_NO.get(code_of(what, field))


def told(name: str, label: Label, of: Callable[[Any], Tri]) -> list[Line]:
    """A line for what is so, and one for what is not known."""
    open_one = Label(f"{label.it}: non noto", f"{label.en}: not known")
    return [
        Line(name, label, lambda what: of(what) is True),
        Line(f"{name}_unknown", open_one, lambda what: of(what) is None),
    ]


def codes_of(codes: str) -> list[tuple[int, Label, bool]]:
    """The codes of a list, with their words and whether each is always read; also those that are not offered any
    more."""
    found = forms.load().code_lists[codes]
    always = len(found.codes) <= _LONG
    offered = [(code.value, code.label, always) for code in found.codes]
    return offered + [(code.value, code.label, False) for code in found.withdrawn]


def coded(
    field: str, codes: str, only: Callable[[Any], bool] = lambda _: True, before: Label | None = None
) -> list[Line]:
    """A line for each code of a field, and one for those without. only: those that are asked; before: what stands
    before the words of each code."""
    found = [
        Line(f"{field}_{value}", after(before, label), _answered(field, value, only), always)
        for value, label, always in codes_of(codes)
    ]
    return [*found, Line(f"{field}_unknown", after(before, UNKNOWN), _answered(field, None, only))]


def _answered(field: str, value: int | None, only: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda what: only(what) and code_of(what, field) == value


def after(before: Label | None, label: Label) -> Label:
    """Words after others; those that are the same in both languages are a name, and stay as they are."""
    if before is None:
        return label
    it, en = (text if label.it == label.en else text[:1].lower() + text[1:] for text in (label.it, label.en))
    return Label(f"{before.it}: {it}", f"{before.en}: {en}")
