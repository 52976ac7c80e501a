"""What the data are read against, as ODM's `ReferenceData`: the planned visits with their windows, and the settings of
the protocol.

They are no subject's data, and ODM has no other place for them: a `StudyEventDef` knows no window.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from anifro_desktop.study.protocol import PROTOCOL
from anifro_desktop.study.schedule import OPTIONAL, PLANNED
from anifro_desktop.workflows.archive.odm_study import STUDY, Addition, attribute

_VISITS, _SETTINGS = "IG.ref_visits", "IG.ref_settings"


class _Column(NamedTuple):
    oid: str
    name: str
    kind: str
    length: int
    label: str


_GROUPS: tuple[tuple[str, str, tuple[_Column, ...]], ...] = (
    (
        _VISITS,
        "Planned visits and their windows",
        (
            _Column("RV.key", "visit", "text", 10, "Visit (key)"),
            _Column("RV.months", "months", "integer", 10, "Target: calendar months after day 0"),
            _Column("RV.before_days", "before_days", "integer", 10, "Window opens: days before the target"),
            _Column("RV.after_days", "after_days", "integer", 10, "Window closes: days after the target"),
            _Column("RV.due", "due", "text", 8, "Whether everybody is due (planned), or nobody (optional)"),
        ),
    ),
    (
        _SETTINGS,
        "Settings of the protocol",
        (
            _Column("RS.key", "setting", "text", 80, "Setting"),
            _Column("RS.value", "value", "text", 2000, "Value"),
            _Column("RS.unit", "unit", "text", 20, "Unit (UCUM)"),
            _Column("RS.status", "status", "text", 10, "Stated by the study, published, or proposed"),
            _Column("RS.meaning", "meaning", "text", 500, "What it says"),
        ),
    ),
)


def definitions() -> Addition:
    """The groups and items of it, for the `MetaDataVersion`."""
    groups = "".join(_group(*one) for one in _GROUPS)
    return Addition(groups, "".join(_item(column) for *_, columns in _GROUPS for column in columns))


def data(version: str, act: str = "") -> str:
    """The `ReferenceData` element. version: OID of the `MetaDataVersion`. act: of a file that tells a history."""
    rows = [*_rows(_VISITS, list(_visits())), *_rows(_SETTINGS, list(_settings()))]
    kind = f' TransactionType="{act}"' if act else ""
    groups = "".join(
        f'<ItemGroupData ItemGroupOID="{group}" ItemGroupRepeatKey="{number}"{kind}>{items}</ItemGroupData>\n'
        for group, number, items in rows
    )
    return f'<ReferenceData StudyOID="{STUDY}" MetaDataVersionOID="{version}">\n{groups}</ReferenceData>\n'


def _visits() -> Iterator[tuple[str, ...]]:
    for kind, visits in (("planned", PLANNED), ("optional", OPTIONAL)):
        for one in visits:
            yield one.key, str(one.months), str(one.before_days), str(one.after_days), kind


def _settings() -> Iterator[tuple[str, ...]]:
    for one in PROTOCOL.settings.values():
        if one.key.partition(".")[0] not in ("visit", "optional_visit"):
            value = one.value if isinstance(one.value, str) else json.dumps(one.value)
            yield one.key, value, one.unit, one.status, one.en


def _rows(group: str, lines: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, int, str]]:
    (columns,) = (columns for name, _, columns in _GROUPS if name == group)
    for number, line in enumerate(lines, 1):
        items = "".join(
            f'<ItemData ItemOID="{column.oid}" Value="{attribute(cell)}"/>'
            for column, cell in zip(columns, line, strict=True)
            if cell
        )
        yield group, number, items


def _group(oid: str, label: str, columns: Sequence[_Column]) -> str:
    refs = "".join(
        f'<ItemRef ItemOID="{column.oid}" OrderNumber="{number}" Mandatory="No"/>'
        for number, column in enumerate(columns, 1)
    )
    return (
        f'<ItemGroupDef OID="{oid}" Name="{attribute(label)}" Repeating="Yes" IsReferenceData="Yes">'
        f"<Description>{_english(label)}</Description>{refs}</ItemGroupDef>\n"
    )


def _item(column: _Column) -> str:
    return (
        f'<ItemDef OID="{column.oid}" Name="{column.name}" DataType="{column.kind}" Length="{column.length}">'
        f"<Description>{_english(column.label)}</Description></ItemDef>\n"
    )


def _english(text: str) -> str:
    return f'<TranslatedText xml:lang="en">{escape(text)}</TranslatedText>'
