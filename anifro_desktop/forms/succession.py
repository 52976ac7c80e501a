"""What a new pack may not do to the one before it; checked before it is published, and by a test ever after.

Rules kept here:
- An id is never used again: one that goes leaves a tombstone, and tombstones stay as they are.
- A field keeps its type, its unit and its level, under a new name too; two fields never become one.
- An option code keeps its meaning: it stands with the same label, among the codes or among the withdrawn. Other words
  for the same meaning are said as such (`reworded` in `pack.toml`).
- A form of events stays, with its prefix: its records are listed by it.
- What the program itself reads by its name stays: the fields that make a visit and a subject (`BY_NAME`), those that
  derived quantities are worked out from, and the field that dates a form of events.
"""

from __future__ import annotations

from collections.abc import Iterator

from anifro_desktop.forms.derived import QUANTITIES
from anifro_desktop.forms.library import successor
from anifro_desktop.forms.model import CodeList, Definitions, Field
from anifro_desktop.scores.ae import CRITERIA

BY_NAME = frozenset(
    {
        "visit_date",
        "visit_planned",
        "enrolment_date",
        "enrolment_half",
        "age_at_enrolment",
        "sex",
        "screening_outcome",
        "first_dose_date",
        *CRITERIA,  # a serious adverse event leaves before its signature
    }
)


def faults(old: Definitions, new: Definitions) -> list[str]:
    """Everything that a pack does wrong to the one before it, in words; empty if nothing."""
    if old.pack.id == new.pack.id:
        return [f'pack "{old.pack.id}" was published: a changed one needs another id (pack.toml)']
    return [*_ids(old, new), *_forms(old, new), *_fields(old, new), *_lists(old, new)]


def _ids(old: Definitions, new: Definitions) -> Iterator[str]:
    for name, stone in old.tombstones.items():
        if name in new.fields:
            yield f'id "{name}" was used before and may not be used again'
        elif name not in new.tombstones or new.tombstones[name].renamed != stone.renamed:
            yield f'the tombstone of "{name}" was changed or taken away'
    for name in old.fields:
        if name not in new.fields and name not in new.tombstones:
            yield f'id "{name}" is gone without a tombstone'
    kept = BY_NAME.union(*(quantity.sources for quantity in QUANTITIES.values()))
    for name in sorted(kept & old.fields.keys() - new.fields.keys()):
        yield f'id "{name}" is read by the program by its name: it can be neither renamed nor withdrawn'


def _forms(old: Definitions, new: Definitions) -> Iterator[str]:
    now = {form.id: form for form in new.of_level("event")}
    for form in old.of_level("event"):
        found = now.get(form.id)
        if found is None or found.prefix != form.prefix:
            yield f'form "{form.id}" of events is gone or has another prefix'
        elif found.dated != form.dated:
            yield f'form "{form.id}" of events is dated by another field'


def _fields(old: Definitions, new: Definitions) -> Iterator[str]:
    taken: dict[str, str] = {}
    for name, was in old.fields.items():
        found = successor(name, new.fields, new.tombstones)
        if not found:
            continue
        if found in taken:
            yield f'"{taken[found]}" and "{name}" have both become "{found}"'
        taken[found] = name
        yield from _field(was, new.fields[found], old, new)


def _field(was: Field, item: Field, old: Definitions, new: Definitions) -> Iterator[str]:
    levels = (old.form(was.form).level, new.form(item.form).level)
    for what, one, other in (
        ("type", was.type, item.type),
        ("unit", was.unit, item.unit),
        ("level", *levels),
    ):
        if one != other:
            yield f'"{item.id}" has the {what} {other or "none"}, before {one or "none"}: it needs a new id'
    if was.codes is not None and item.codes is not None and was.codes.id != item.codes.id:
        yield from _codes(was.codes, item.codes, new)


def _lists(old: Definitions, new: Definitions) -> Iterator[str]:
    for name, was in old.code_lists.items():
        if name in new.code_lists:
            yield from _codes(was, new.code_lists[name], new)


def _codes(was: CodeList, now: CodeList, new: Definitions) -> Iterator[str]:
    for code in (*was.codes, *was.withdrawn):
        here = f"code {code.value} of list {now.id}"
        if now.label(code.value) is None:
            yield f'{here} is gone: it must stand in "withdrawn"'
        elif now.label(code.value) != code.label and f"{now.id}/{code.value}" not in new.pack.reworded:
            yield f'{here} has another label: a new meaning needs a new code, new words "reworded" in pack.toml'
    for code in was.withdrawn:
        if code.value in now.values:
            yield f"code {code.value} of list {now.id} was withdrawn and may not be used again"
