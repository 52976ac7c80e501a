"""From raw TOML tables to `Definitions`: forms and fields; `linking` adds what refers to fields.

All fields are built first, without conditions, so that a condition may mention any field of its level.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, get_args

from anifro_desktop.forms import linking
from anifro_desktop.forms.conditions import nearest
from anifro_desktop.forms.model import (
    Code,
    CodeList,
    Definitions,
    Field,
    Form,
    Label,
    Level,
    Section,
    TypeName,
)
from anifro_desktop.forms.reading import Table
from anifro_desktop.forms.shared import Parts, read_lists, read_pack, read_tombstones
from anifro_desktop.record import Missing
from anifro_desktop.study.visit_keys import KINDS, PREFIX

_FORM_KEYS = (
    "id", "order", "level", "label", "help", "source", "scores", "live", "derived", "defaults", "section", "check",
    "timetable", "optional", "prefix", "title", "dated",
)  # fmt: skip
_FIELD_KEYS = (
    "id", "type", "label", "help", "codes", "unit", "decimals", "soft", "hard", "show_if", "export", "required",
    "carry", "patient_scale", "points", "missing", "source", "derive", "max_length", "computed",
    "line",
)  # fmt: skip
_DEFAULT_KEYS = ("type", "codes", "unit", "export", "required", "carry", "missing", "computed")
_NUMBERS = ("integer", "decimal")
_SCORES = (
    "sledai2k", "prednisone", "sledas", "doris", "lldas", "sfi", "clasi", "sdi", "joints", "sf36", "rand36",
    "facit_fatigue", "eq5d5l", "lupusqol", "pain_vas", "fatigue_vas", "ptga", "acr1997", "slicc2012", "eular2019", "ae",
)  # fmt: skip


def build(
    files: Mapping[str, Mapping[str, Any]],
    *,
    lists: Mapping[str, Any],
    suggestions: Mapping[str, Any],
    tombstones: Mapping[str, Any],
    pack: Mapping[str, Any],
    digest: str,
    faults: list[str],
) -> Definitions:
    """The definitions of some raw files; faults are added to `faults`, and stand-ins take their place."""
    parts = Parts(faults)
    read_lists(lists, parts)
    read_tombstones(tombstones, parts)
    for name, raw in files.items():
        if raw:
            _read_form(name, raw, parts)
    _check_tombstones(parts)
    levels = _levels(parts)
    fields = linking.link_fields(parts.fields, parts.raw, levels)
    forms = tuple(_linked(form, fields) for form in sorted(parts.forms, key=lambda form: form.order))
    checks = linking.link_checks(parts.checks, fields, levels)
    rules = linking.link_suggestions(suggestions, fields, levels, faults)
    named = read_pack(pack, parts)
    return Definitions(forms, parts.lists, fields, checks, rules, parts.tombstones, digest, named)


def _linked(form: Form, fields: Mapping[str, Field]) -> Form:
    """The form with its fields as they are after linking."""
    sections = (
        replace(section, fields=tuple(fields[item.id] for item in section.fields))
        for section in form.sections
    )
    return replace(form, sections=tuple(sections))


def _levels(parts: Parts) -> dict[str, str]:
    """Which fields a field's conditions may read: those of its level; in a form of events, those of that form."""
    levels = {form.id: form.id if form.level == "event" else form.level for form in parts.forms}
    return {name: levels[item.form] for name, item in parts.fields.items()}


def _check_tombstones(parts: Parts) -> None:
    for old, stone in parts.tombstones.items():
        if old in parts.fields:
            parts.raw[old].fault(f'id "{old}" was used before and may not be used again (tombstones.toml)')
        if stone.renamed and stone.renamed not in parts.fields and stone.renamed not in parts.tombstones:
            parts.faults.append(
                f'tombstones.toml: "{old}" was renamed to "{stone.renamed}", which does not exist'
                + nearest(stone.renamed, list(parts.fields))
            )


def _read_form(file: str, raw: Mapping[str, Any], parts: Parts) -> None:
    table = Table(file, raw, _FORM_KEYS, ("id", "order", "level", "label", "section"), parts.faults)
    form_id = table.id()
    level: Level = table.one_of("level", get_args(Level), "visit")
    for form in parts.forms:
        if form.id == form_id:
            table.fault(f'form "{form_id}" is defined twice')
        elif form.order == table.whole("order"):
            table.fault(f'has the order {form.order} of form "{form.id}"; each form needs its own')
    form = Form(
        form_id,
        table.label("label"),
        table.whole("order"),
        level,
        _scores(table, "scores"),
        table.flag("derived"),
        tuple(_read_sections(table, form_id, parts)),
        table.label("help", optional=True),
        live=_scores(table, "live"),
        timetable=_kinds(table, "timetable") if "timetable" in table.raw else KINDS,
        optional=_kinds(table, "optional"),
        prefix=table.text("prefix"),
        title=table.text("title"),
        dated=table.text("dated"),
    )
    _check_level(form, table, parts)
    parts.forms.append(form)
    parts.checks.extend(_named(table, "check", form_id))


def _scores(table: Table, key: str) -> tuple[str, ...]:
    names = table.words(key)
    for score in names:
        if score not in _SCORES:
            table.fault(f'unknown score "{score}"{nearest(score, _SCORES)}')
    return names


def _kinds(table: Table, key: str) -> tuple[str, ...]:
    kinds = table.words(key)
    for kind in kinds:
        if kind not in KINDS:
            table.fault(f'"{key}" names "{kind}", which is no kind of visit{nearest(kind, KINDS)}')
    return kinds


def _check_level(form: Form, table: Table, parts: Parts) -> None:
    """Timetables belong to visits, prefixes to events."""
    if form.level != "visit" and ("timetable" in table.raw or "optional" in table.raw):
        table.fault("only a form of a visit has a timetable")
    for kind in set(form.timetable) & set(form.optional):
        table.fault(f'"{kind}" is both in "timetable" and in "optional"')
    if form.level != "event":
        for key in ("prefix", "title", "dated"):
            if key in table.raw:
                table.fault(f'only a form of events has "{key}"')
        return
    if not PREFIX.fullmatch(form.prefix):
        table.fault('"prefix" must be 2 to 4 lower-case letters')
    for other in parts.forms:
        if other.prefix == form.prefix:
            table.fault(f'has the prefix "{form.prefix}" of form "{other.id}"; each form needs its own')
    fields = {item.id: item for item in form.fields}
    for key, name, kinds in (("title", form.title, None), ("dated", form.dated, ("date", "partial_date"))):
        if name not in fields:
            table.fault(f'"{key}" must name a field of the form, not "{name}"{nearest(name, list(fields))}')
        elif kinds is not None and fields[name].type not in kinds:
            table.fault(f'"{key}" must name a date of the form, not "{name}"')


def _named(table: Table, key: str, form_id: str) -> Iterator[tuple[str, Table]]:
    keys = ("id", "field", "severity", "when", "text")
    for entry in table.items(key):
        name = entry.get("id", "?") if isinstance(entry, dict) else "?"
        yield form_id, Table(f"{table.where}, check {name}", entry, keys, keys, table.faults)


def _read_sections(table: Table, form_id: str, parts: Parts) -> Iterator[Section]:
    defaults = Table(
        f"{table.where}, defaults", table.raw.get("defaults", {}), _DEFAULT_KEYS, (), table.faults
    )
    source = table.text("source")
    seen: set[str] = set()
    for entry in table.items("section"):
        name = entry.get("id", "?") if isinstance(entry, dict) else "?"
        section = Table(
            f"{table.where}, section {name}",
            entry,
            ("id", "label", "field"),
            ("id", "label", "field"),
            table.faults,
        )
        if section.id() in seen:
            section.fault("the id is used twice in this form")
        seen.add(section.id())
        fields: list[Field] = []
        for raw in section.items("field"):
            merged = _merged({**defaults.raw, "source": source}, raw) if isinstance(raw, dict) else raw
            item = _read_field(table, merged, (form_id, section.text("id")), parts)
            if item is not None:
                fields.append(item)
        if not fields:
            section.fault("has no fields")
        yield Section(section.text("id"), section.label("label"), tuple(fields))


def _merged(defaults: Mapping[str, Any], raw: Mapping[str, Any]) -> dict[str, Any]:
    """A field with the defaults of its form; codes and units only where its type takes them."""
    merged = {**defaults, **raw}
    if merged.get("type") != "choice" and "codes" not in raw:
        merged.pop("codes", None)
    if merged.get("type") not in _NUMBERS and "unit" not in raw:
        merged.pop("unit", None)
    return merged


def _read_field(form: Table, raw: object, place: tuple[str, str], parts: Parts) -> Field | None:
    name = raw.get("id", "?") if isinstance(raw, dict) else "?"
    table = Table(
        f"{form.where}, field {name}", raw, _FIELD_KEYS, ("id", "type", "label", "help"), form.faults
    )
    field_id = table.id()
    if field_id in parts.fields:
        table.fault(f'id "{field_id}" is already used by form {parts.fields[field_id].form}')
        return None
    item = _field(table, place, parts)
    _check_kind(item, table)
    parts.fields[field_id] = item
    parts.raw[field_id] = table
    return item


def _field(table: Table, place: tuple[str, str], parts: Parts) -> Field:
    return Field(
        table.text("id"),
        table.one_of("type", get_args(TypeName), "text"),
        table.label("label"),
        table.label("help"),
        *place,
        codes=_codes(table, parts),
        unit=table.text("unit"),
        unit_label=_unit(table, parts),
        decimals=table.whole("decimals"),
        soft=table.limits("soft"),
        hard=table.limits("hard"),
        export=table.flag("export"),
        required=table.flag("required"),
        carry=table.flag("carry"),
        patient_scale=table.flag("patient_scale"),
        computed=table.flag("computed"),
        points=table.whole("points") if "points" in table.raw else None,
        missing=_missing(table),
        source=table.text("source"),
        max_length=table.whole("max_length", 200),
        line=table.labels("line"),
    )


def _codes(table: Table, parts: Parts) -> CodeList | None:
    name = table.text("codes")
    if not name:
        return None
    if name not in parts.lists:
        table.fault(f'unknown code list "{name}"{nearest(name, list(parts.lists))}')
        return CodeList(name, (Code(0, Label("?", "?")),))
    return parts.lists[name]


def _unit(table: Table, parts: Parts) -> Label | None:
    unit = table.text("unit")
    if unit and unit not in parts.units:
        table.fault(f'unknown unit "{unit}"{nearest(unit, list(parts.units))}')
    return parts.units.get(unit)


def _missing(table: Table) -> tuple[Missing, ...]:
    if "missing" not in table.raw:
        return tuple(Missing)
    reasons = []
    for word in table.words("missing"):
        if word in [reason.value for reason in Missing]:
            reasons.append(Missing(word))
        else:
            table.fault(
                f'unknown missing reason "{word}"{nearest(word, [reason.value for reason in Missing])}'
            )
    return tuple(reasons)


def _check_kind(item: Field, table: Table) -> None:
    """What a type needs and what it cannot have."""
    number = item.type in _NUMBERS
    if item.type == "choice" and item.codes is None:
        table.fault('a choice needs "codes"')
    if item.type != "choice" and item.codes is not None:
        table.fault(f'a {item.type} cannot have "codes"')
    for key in ("soft", "hard", "unit"):
        if key in table.raw and not number:
            table.fault(f'a {item.type} cannot have "{key}"')
    if item.type == "decimal" and not 1 <= item.decimals <= 6:
        table.fault('a decimal needs "decimals" from 1 to 6')
    if item.type != "decimal" and "decimals" in table.raw:
        table.fault(f'a {item.type} cannot have "decimals"')
    if "line" in table.raw and (not number or len(item.line) < 2):
        table.fault('"line" needs a number and at least two marks')
    if item.hard is None and number:
        table.fault('a number needs "hard" limits')
    if item.carry and item.patient_scale:
        table.fault('a scale the patient fills cannot have "carry"')
    if "derive" in table.raw and not item.computed:
        table.fault('a field with "derive" must be "computed"')
