"""What several forms share: code lists, units, tombstones, the pack's name; and the parts that a reading of all files
collects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from anifro_desktop.forms.model import Code, CodeList, Field, Form, Label, Pack, Tombstone
from anifro_desktop.forms.reading import Table


@dataclass(slots=True)
class Parts:
    """What has been read so far; `linking` finishes it."""

    faults: list[str]
    lists: dict[str, CodeList] = field(default_factory=dict)
    units: dict[str, Label] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)
    fields: dict[str, Field] = field(default_factory=dict)
    raw: dict[str, Table] = field(default_factory=dict)
    checks: list[tuple[str, Table]] = field(default_factory=list)
    tombstones: dict[str, Tombstone] = field(default_factory=dict)


def read_lists(raw: Mapping[str, Any], parts: Parts) -> None:
    """Code lists and units."""
    top = Table("codelists.toml", raw, ("list", "unit"), (), parts.faults)
    for entry in top.items("list"):
        name = entry.get("id", "?") if isinstance(entry, dict) else "?"
        table = Table(
            f"codelists.toml, list {name}",
            entry,
            ("id", "codes", "withdrawn", "absent"),
            ("id", "codes"),
            parts.faults,
        )
        if table.id() in parts.lists:
            table.fault(f'list "{name}" is defined twice')
        parts.lists[table.id()] = _code_list(table)
    for entry in top.items("unit"):
        code = entry.get("ucum", "?") if isinstance(entry, dict) else "?"
        table = Table(
            f"codelists.toml, unit {code}", entry, ("ucum", "label"), ("ucum", "label"), parts.faults
        )
        if code in parts.units:
            table.fault(f'unit "{code}" is defined twice')
        parts.units[table.text("ucum")] = table.label("label")


def _code_list(table: Table) -> CodeList:
    codes: list[Code] = []
    withdrawn = tuple(_code(table, entry) for entry in table.items("withdrawn"))
    gone = {code.value for code in withdrawn}
    for entry in table.items("codes"):
        code = _code(table, entry)
        if code.value in (other.value for other in codes):
            table.fault(f"code {code.value} is used twice")
        if code.value in gone:
            table.fault(f"code {code.value} was withdrawn and may not be used again")
        codes.append(code)
    if not codes:
        table.fault("has no codes")
    absent = table.whole("absent") if "absent" in table.raw else None
    if absent is not None and absent not in (code.value for code in codes):
        table.fault(f'"absent" is {absent}, which is no code of the list')
    return CodeList(table.text("id"), tuple(codes), withdrawn, absent)


def _code(table: Table, entry: object) -> Code:
    row = Table(f"{table.where}, code", entry, ("value", "label"), ("value", "label"), table.faults)
    value = row.whole("value", -1)
    if value < 0:
        row.fault("a code is a whole number from 0")
    return Code(value, row.label("label"))


def read_pack(raw: Mapping[str, Any], parts: Parts) -> Pack:
    """The name of the pack; nothing where the file is left out."""
    if not raw:
        return Pack()
    keys = ("id", "published", "note", "reworded")
    table = Table("pack.toml", raw, keys, ("id", "note"), parts.faults)
    day = raw.get("published", "")
    if day and type(day) is not date:
        table.fault('"published" must be a day such as 2026-11-30, without quotes')
    return Pack(table.text("id"), str(day), table.label("note"), table.words("reworded"))


def read_tombstones(raw: Mapping[str, Any], parts: Parts) -> None:
    """Ids that may not be used again."""
    top = Table("tombstones.toml", raw, ("renamed", "withdrawn"), (), parts.faults)
    for kind in ("renamed", "withdrawn"):
        keys = ("old", "new", "why") if kind == "renamed" else ("id", "why")
        for entry in top.items(kind):
            table = Table(f"tombstones.toml, {kind}", entry, keys, keys, parts.faults)
            old = table.text("old" if kind == "renamed" else "id")
            if old in parts.tombstones:
                table.fault(f'id "{old}" is buried twice')
            parts.tombstones[old] = Tombstone(old, table.text("new"), table.label("why"))
