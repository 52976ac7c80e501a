"""In which order conditional fields are worked out, and who depends on whom. Made once for a session.

`show_if` and `derive` may read any field of the same level; a ring of such fields is a fault of the definitions. A
field may ask for itself (`answered(first_dose_date)`): then its remembered value is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from anifro_desktop.forms.derived import QUANTITIES, Quantity
from anifro_desktop.forms.model import Check, Condition, Definitions, Field, Form


@dataclass(frozen=True, slots=True)
class Plan:
    """What a session needs to know beforehand.

    fields: the session's fields by id, in reading order. steps: conditional and derived fields, each after all it
    reads. checks: by the field they stand at. looks: by field, the fields whose problem or suggestion it can change.
    quantities: those that can be worked out from these fields.
    """

    fields: Mapping[str, Field]
    steps: tuple[Field, ...]
    checks: Mapping[str, tuple[Check, ...]]
    looks: Mapping[str, frozenset[str]]
    quantities: Mapping[str, Quantity]


def make_plan(definitions: Definitions, forms: Iterable[Form]) -> Plan:
    """The plan for some forms of one level."""
    fields = {item.id: item for form in forms for item in form.fields}
    checks: dict[str, list[Check]] = {}
    looks: dict[str, set[str]] = {}
    for check in definitions.checks:
        if check.field in fields:
            checks.setdefault(check.field, []).append(check)
            _note(looks, check.field, check.when)
    for rule in definitions.suggestions.values():
        for condition in (rule.present, rule.absent):
            if rule.field in fields and condition is not None:
                _note(looks, rule.field, condition)
    steps, _ = in_order(fields)
    return Plan(
        fields,
        tuple(fields[name] for name in steps),
        {name: tuple(found) for name, found in checks.items()},
        {name: frozenset(found) for name, found in looks.items()},
        {name: one for name, one in QUANTITIES.items() if not fields.keys().isdisjoint(one.sources)},
    )


def in_order(fields: Mapping[str, Field]) -> tuple[list[str], list[str]]:
    """The conditional and derived fields, each after all it reads; and those that stand in a ring."""
    waiting = {
        item.id: reads(item) & fields.keys() - {item.id} for item in fields.values() if _conditional(item)
    }
    done: list[str] = []
    while waiting:
        ready = [name for name, needed in waiting.items() if not needed & waiting.keys()]
        if not ready:
            return done, sorted(waiting)
        done.extend(ready)
        for name in ready:
            del waiting[name]
    return done, []


def sources(condition: Condition) -> frozenset[str]:
    """The fields a condition reads, those behind a derived quantity included."""
    found = set(condition.names)
    for name in condition.names & QUANTITIES.keys():
        found.update(QUANTITIES[name].sources)
    return frozenset(found)


def reads(item: Field) -> frozenset[str]:
    """The names that decide whether a field is asked, or what it is derived to."""
    found: set[str] = set()
    if item.show_if is not None:
        found |= sources(item.show_if)
    for rule in item.derive:
        found |= sources(rule.when)
    return frozenset(found)


def named(item: Field) -> frozenset[str]:
    """The names whose change asks for working a field out again: its own, and those in its conditions."""
    conditions = [rule.when for rule in item.derive] + ([] if item.show_if is None else [item.show_if])
    return frozenset({item.id}.union(*(condition.names for condition in conditions)))


def _conditional(item: Field) -> bool:
    return item.show_if is not None or bool(item.derive)


def _note(looks: dict[str, set[str]], at: str, condition: Condition) -> None:
    for name in sources(condition) - {at}:
        looks.setdefault(name, set()).add(at)
