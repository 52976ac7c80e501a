"""Answers of one pack read by another: beside a visit of the other, and moved into it after a preview.

Rules kept here:
- No answer is lost. It stands under its own id or the one that took its place; or it stays where it is, kept but no
  longer asked; or, where the new pack cannot have it (a code withdrawn, a limit changed, a reason no longer offered),
  it stands as a typed text that has a problem.
- Nothing is moved here: a `Move` is a preview, with the entries that carry it out.
- A result is said to differ when its value, its bounds or its completeness do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from anifro_desktop.forms import texts, types
from anifro_desktop.forms.errors import BadEntry
from anifro_desktop.forms.library import successor
from anifro_desktop.forms.model import Definitions, Field, Label, Pack
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.forms.state import Entry
from anifro_desktop.record import Json, Missing, Value
from anifro_desktop.scores.model import Score, nine

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in words. field: its id in the pack it was given under."""

    field: str
    label: Label
    text: Label


@dataclass(frozen=True, slots=True)
class Renamed:
    """A question that goes under another id. label, to: its words before and now."""

    field: str
    now: str
    label: Label
    to: Label


@dataclass(frozen=True, slots=True)
class Differs:
    """A result by name, before and after; None where there is no such result."""

    score: str
    before: Score | None
    after: Score | None


@dataclass(frozen=True, slots=True)
class Move:
    """What moving a visit to the current pack does.

    old: None for a pack that this program does not know. kept: answers that stand as they are, renamed questions
    included. aside: no longer asked, kept as they are. unfit: kept as typed texts that have to be settled; their ids
    are the new ones. opened: questions that the old pack did not have and that will be open. entries: what to save.
    """

    old: Pack | None
    new: Pack
    kept: int
    renamed: tuple[Renamed, ...]
    aside: tuple[Answer, ...]
    unfit: tuple[Answer, ...]
    opened: tuple[Field, ...]
    scores: tuple[Differs, ...]
    entries: tuple[Entry, ...]


def between(answers: Mapping[str, _T], old: Definitions, new: Definitions) -> dict[str, _T]:
    """Answers of a pack, or what was said of them, under the ids of another; what the other does not ask is left
    out."""
    back = {now: name for name, now in new.names.items()}
    now = ((old.names.get(name, name), value) for name, value in answers.items())
    found = ((back.get(name, name), value) for name, value in now)
    return {name: value for name, value in found if name in new.fields}


def move(
    entries: Iterable[Entry], old: Definitions | None, new: VisitSession, before: Mapping[str, Score]
) -> Move:
    """The preview of a move.

    Args:
        entries: all that the visit holds, under the ids of its pack. old: that pack, if it is known.
        new: a session of the same visit under the current pack, still without answers; it is filled here.
        before: the visit's results as they stand.
    """
    now, fields = new.definitions, {item.id: item for form in new.forms for item in form.fields}
    kept, renamed, aside, unfit, saved = 0, [], [], [], []
    for entry in entries:
        was = None if old is None else old.fields.get(entry.field)
        name = successor(entry.field, now.fields, now.tombstones)
        item = fields.get(name)
        if was is not None and was.derive and (item is None or item.derive):
            continue  # worked out anew from the others
        if item is None:
            if is_given(entry):
                aside.append(in_words(entry, was))
            continue
        fitted = fit(item, entry, new.lang)
        saved.append(fitted)
        if fitted.value_json != entry.value_json:
            unfit.append(in_words(replace(entry, field=name), item))
        else:
            kept += is_given(entry)
        if name != entry.field:
            saved.append(Entry(entry.field, None, None))
            if is_given(entry):
                renamed.append(Renamed(entry.field, name, _label(entry.field, was), item.label))
    new.load_entries(saved)
    return Move(
        None if old is None else old.pack,
        now.pack,
        kept,
        tuple(renamed),
        tuple(aside),
        tuple(unfit),
        () if old is None else tuple(_opened(old, new)),
        () if old is None else tuple(_differing(before, new.scores)),
        tuple(saved),
    )


def fit(item: Field, entry: Entry, lang: str) -> Entry:
    """An entry as a field can have it: its value where it still may, else what it said, as a typed text."""
    moved = replace(entry, field=item.id)
    if entry.value_json is None:
        return moved
    try:
        value = types.from_json(item, entry.value_json)
    except BadEntry:
        return replace(moved, value_json=None, raw_text=_plain(entry.value_json, lang))
    if isinstance(value, Missing):
        fits = value in item.missing
    elif item.codes is not None:
        fits = value in item.codes.values
    else:
        fits = types.parse(item, types.typed(item, value)) == value
    return moved if fits else replace(moved, value_json=None, raw_text=_typed(item, value, lang))


def _typed(item: Field, value: Value, lang: str) -> str:
    """What a person would have typed."""
    if isinstance(value, Missing) or item.codes is not None:
        return _text(item, value).get(lang)
    return types.typed(item, value)


def _plain(value: Json, lang: str) -> str:
    if isinstance(value, dict) and value.get("missing") in list(Missing):
        return texts.MISSING[Missing(str(value["missing"]))].get(lang)
    return str(value)


def is_given(entry: Entry) -> bool:
    """Whether something was answered or typed."""
    return entry.value_json is not None or bool(entry.raw_text)


def in_words(entry: Entry, item: Field | None) -> Answer:
    """What an entry says, by a field that knows its codes."""
    label, text = _label(entry.field, item), Label(entry.raw_text, entry.raw_text)
    if entry.value_json is None:
        return Answer(entry.field, label, text)
    try:
        value = None if item is None else types.from_json(item, entry.value_json)
    except BadEntry:
        value = None
    if item is None or value is None:
        return Answer(
            entry.field, label, Label(_plain(entry.value_json, "it"), _plain(entry.value_json, "en"))
        )
    return Answer(entry.field, label, _text(item, value))


def _label(field: str, item: Field | None) -> Label:
    return Label(field, field) if item is None else item.label


def _text(item: Field, value: Value) -> Label:
    if isinstance(value, Missing):
        return texts.MISSING[value]
    kind = types.TYPES[item.type]
    return Label(kind.text(value, item, "it"), kind.text(value, item, "en"))


def _opened(old: Definitions, new: VisitSession) -> Iterable[Field]:
    """Questions of the new session that are asked, open, and were not there before."""
    tombstones, fields = new.definitions.tombstones, new.definitions.fields
    known = {successor(name, fields, tombstones) for name in old.fields}
    for form in new.forms:
        for item in form.fields:
            state = new.state(item.id)
            if item.id not in known and state.visible and not state.answered and not item.computed:
                yield item


def _differing(before: Mapping[str, Score], after: Mapping[str, Score]) -> Iterable[Differs]:
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if _told(was) != _told(now):
            yield Differs(name, was, now)


def _told(score: Score | None) -> tuple[object, ...]:
    if score is None:
        return (None,)
    told = (score.value, score.minimum, score.maximum, score.complete)
    return tuple(nine(part) if isinstance(part, float) else part for part in told)
