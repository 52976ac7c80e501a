"""What stands beside a question, in words: the answer before, the limits, the hints."""

from __future__ import annotations

from decimal import Decimal

from anifro_desktop.forms import types
from anifro_desktop.forms.model import Field, Limits
from anifro_desktop.forms.state import FieldState
from anifro_desktop.record import Missing, Value
from anifro_desktop.ui import texts
from anifro_desktop.ui.texts import translate

LONGEST_SCALE = 100


def value_text(field: Field, value: Value) -> str:
    """An answer of this field for reading."""
    if isinstance(value, Missing):
        return texts.missing_name(value).lower()
    words = types.TYPES[field.type].text(value, field, texts.language())
    return words.lower() if field.type == "choice" else words


def previous_text(state: FieldState) -> str:
    """The answer of the visit before; a dash where there was none."""
    if state.previous is None:
        return "–"
    words = value_text(state.field, state.previous)
    if state.scaled is not None and state.scaled.previous_on_0_3:
        return translate("Reading", "{value} on 0–3").format(value=words)
    return words


def on_0_3_text(state: FieldState) -> str:
    """What a global marked on another scale comes to; nothing without one."""
    value = None if state.scaled is None else state.scaled.on_0_3
    return "" if value is None else on_0_3_words(value)


def on_0_3_words(value: Decimal) -> str:
    """A number on 0–3, as it stands beside one on another scale."""
    return translate("Reading", "= {value} on 0–3").format(value=texts.number(value))


def limits_text(field: Field, chosen: Limits | None = None) -> str:
    """The ends of a scale or count (`from 0 to 28`); nothing where the limits only catch slips of the keyboard.
    chosen: those of a scale that another answer names."""
    limits = chosen or field.hard
    if (
        field.type not in ("integer", "decimal")
        or limits is None
        or limits.low is None
        or limits.high is None
    ):
        return ""
    if limits.high > LONGEST_SCALE:
        return ""
    low, high = texts.number(limits.low), texts.number(limits.high)
    return translate("Reading", "from {low} to {high}").format(low=low, high=high)


def hint_text(state: FieldState) -> str:
    """The line under the question: where a suggestion comes from, else the limits of a number."""
    if state.suggestion is not None:
        return state.suggestion.text.get(texts.language())
    return limits_text(state.field, None if state.scaled is None else state.scaled.limits)


def points_text(points: int) -> str:
    """The weight of an item, as said where it has no column of its own."""
    return translate("Reading", "weight {points}").format(points=points)
