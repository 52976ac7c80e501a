"""The second half of reading definitions: everything that refers to fields, checked against them.

Conditions of `show_if` and `derive`, checks between answers, and suggestions. A condition may read fields of its own
level (of an event form: of that form), derived quantities, and facts of the session (`facts`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from anifro_desktop.forms.conditions import ConditionError, Kind, Name, compile_condition, nearest
from anifro_desktop.forms.derived import QUANTITIES
from anifro_desktop.forms.facts import AT_BASELINE, AT_ENROLMENT, ELSEWHERE, FACTS, WAS, is_fact
from anifro_desktop.forms.model import (
    Check,
    Condition,
    Derivation,
    Field,
    Label,
    SuggestionRule,
)
from anifro_desktop.forms.plan import in_order, sources
from anifro_desktop.forms.reading import Table

_KINDS: Mapping[str, Kind] = {
    "choice": "choice",
    "integer": "number",
    "decimal": "number",
    "date": "date",
    "partial_date": "date",
    "moment": "moment",
    "text": "text",
}
_BLANK = re.compile(r"\{([a-z0-9_]+)\}")


def link_fields(
    fields: Mapping[str, Field], tables: Mapping[str, Table], levels: Mapping[str, str]
) -> dict[str, Field]:
    """The fields with their conditions."""
    names = _names_by_level(fields, levels, quantities=False)
    linked: dict[str, Field] = {}
    for name, item in fields.items():
        table, known = tables[name], names[levels[name]]
        for reserved in (*FACTS, *QUANTITIES):
            if name == reserved or name.startswith(ELSEWHERE):
                table.fault(f'id "{name}" is the name of a fact of the session; choose another')
        show_if = _condition(table, "show_if", known)
        derive = tuple(_derivations(table, item, known))
        linked[name] = replace(item, show_if=show_if, derive=derive) if show_if or derive else item
    _, ring = in_order(linked)
    if ring:
        tables[ring[0]].fault(f"the conditions of {', '.join(ring)} depend on one another in a ring")
    return linked


def link_checks(
    tables: Iterable[tuple[str, Table]], fields: Mapping[str, Field], levels: Mapping[str, str]
) -> tuple[Check, ...]:
    """The checks between answers."""
    names = _names_by_level(fields, levels)
    checks: dict[str, Check] = {}
    for form_id, table in tables:
        check_id, field_id = table.id(), table.text("field")
        if check_id in checks:
            table.fault(f'check "{check_id}" is defined twice')
        if field_id not in fields:
            table.fault(f'unknown field "{field_id}"{nearest(field_id, list(fields))}')
            continue
        severity = table.one_of("severity", ("hard", "soft"), "hard")
        when = _condition(table, "when", names[levels[field_id]])
        if when is not None:
            checks[check_id] = Check(
                check_id,
                form_id,
                field_id,
                "hard" if severity == "hard" else "soft",
                when,
                table.label("text"),
            )
    return tuple(checks.values())


def link_suggestions(
    raw: Mapping[str, Any], fields: Mapping[str, Field], levels: Mapping[str, str], faults: list[str]
) -> dict[str, SuggestionRule]:
    """The suggestions, by the field they are for."""
    names = _names_by_level(fields, levels)
    rules: dict[str, SuggestionRule] = {}
    for entry in Table("suggestions.toml", raw, ("suggestion",), (), faults).items("suggestion"):
        name = entry.get("field", "?") if isinstance(entry, dict) else "?"
        table = Table(
            f"suggestions.toml, {name}",
            entry,
            ("field", "present", "absent", "text"),
            ("field", "text"),
            faults,
        )
        if name in rules:
            table.fault("the field has two suggestions")
        if name not in fields:
            table.fault(f'unknown field "{name}"{nearest(str(name), list(fields))}')
            continue
        codes = fields[name].codes
        if codes is None or set(codes.values) != {0, 1}:
            table.fault("only a present/absent field can have a suggestion")
        known = names[levels[name]]
        present, absent = _condition(table, "present", known), _condition(table, "absent", known)
        if present is None and absent is None:
            table.fault('needs "present" or "absent"')
        rules[name] = SuggestionRule(
            name, present, absent, _blanks(table, fields), _sources(present, absent, name)
        )
    return rules


def _names_by_level(
    fields: Mapping[str, Field], levels: Mapping[str, str], *, quantities: bool = True
) -> dict[str, dict[str, Name]]:
    """What conditions may name. Quantities are worked out after all fields, so `show_if` cannot use them."""
    names: dict[str, dict[str, Name]] = {
        level: dict(FACTS) for level in {"subject", "visit", *levels.values()}
    }
    for name, item in fields.items():
        known = Name(_KINDS[item.type], item.codes)
        names[levels[name]][name] = known
        if levels[name] == "visit":
            names["visit"][WAS + name] = names["subject"][AT_BASELINE + name] = known
        elif levels[name] == "subject":
            names["visit"][AT_ENROLMENT + name] = known
    for name, quantity in QUANTITIES.items() if quantities else ():
        for level in {levels[source] for source in quantity.sources if source in levels}:
            names[level][name] = Name("number")
    return names


def _condition(table: Table, key: str, names: Mapping[str, Name]) -> Condition | None:
    text = table.text(key)
    if not text:
        return None
    try:
        return compile_condition(text, names)
    except ConditionError as error:
        table.fault(f"{key}: {error}")
        return None


def _derivations(table: Table, item: Field, names: Mapping[str, Name]) -> Iterable[Derivation]:
    for entry in table.items("derive"):
        row = Table(f"{table.where}, derive", entry, ("value", "when"), ("value", "when"), table.faults)
        when = _condition(row, "when", names)
        if item.codes is None or row.whole("value", -1) not in item.codes.values:
            row.fault('"value" is no code of the field')
        elif when is not None:
            yield Derivation(row.whole("value"), when)


def _blanks(table: Table, fields: Mapping[str, Field]) -> Label:
    text = table.label("text")
    for lang in (text.it, text.en):
        for name in _BLANK.findall(lang):
            if name not in fields and name not in QUANTITIES and not is_fact(name):
                table.fault(f'text: unknown field "{name}"{nearest(name, list(fields))}')
    return text


def _sources(present: Condition | None, absent: Condition | None, own: str) -> tuple[str, ...]:
    found: set[str] = set()
    for condition in (present, absent):
        if condition is not None:
            found |= sources(condition)
    return tuple(sorted(name for name in found - {own} - QUANTITIES.keys() if not is_fact(name)))
