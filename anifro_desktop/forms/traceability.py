"""From every line of the study's synopsis to the answers that feed it and the results they become.

The lines stand in `traceability.toml`; this module reads them against the definitions, so that a line without answers,
or one that names an answer or a result that does not exist, is a fault, and writes the table that people read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from anifro_desktop.forms.document import Block, Heading, Table, Words
from anifro_desktop.forms.errors import DefinitionFaults
from anifro_desktop.forms.model import Definitions, Label

GROUPS: Mapping[str, Label] = {
    "eligibility": Label("Criteri di arruolamento", "Eligibility"),
    "primary": Label("Endpoint primari", "Primary endpoints"),
    "secondary": Label("Endpoint secondari", "Secondary endpoints"),
    "safety": Label("Endpoint di sicurezza", "Safety endpoints"),
    "frame": Label("Impianto dello studio", "Frame of the study"),
}
KINDS = ("visit", "subject", "form", "course", "event", "data")
_TITLE = Label("Tracciabilità: dalla sinossi alle risposte", "Traceability: from the synopsis to the answers")
_SAID = Label(
    "Ogni riga della sinossi, le risposte che la alimentano e i risultati che ne derivano; scritta dalle definizioni.",
    "Every line of the synopsis, the answers that feed it and the results they become; written from the definitions.",
)
_HEAD = (Label("Riga", "Line"), Label("Risposte", "Answers"), Label("Risultati", "Results"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the synopsis. fields: ids of the answers that feed it. results: `kind:name` as in the file."""

    id: str
    group: str
    text: Label
    fields: tuple[str, ...]
    results: tuple[str, ...]


def load(definitions: Definitions) -> tuple[Line, ...]:
    """The lines, in order.

    Raises:
        DefinitionFaults: a line is fed by nothing, or names what the definitions do not have.
    """
    text = (resources.files("anifro_desktop.forms") / "traceability.toml").read_text(encoding="utf-8")
    return read(text, definitions)


def read(text: str, definitions: Definitions) -> tuple[Line, ...]:
    """The lines of a text; see `load`."""
    faults: list[str] = []
    lines = tuple(_line(entry, definitions, faults) for entry in tomllib.loads(text).get("line", []))
    for line in lines:
        if [other.id for other in lines].count(line.id) > 1:
            faults.append(f"traceability.toml: the line {line.id} stands there twice")
    if faults:
        raise DefinitionFaults(tuple(dict.fromkeys(faults)))
    return lines


def blocks(definitions: Definitions, lang: str) -> Iterator[Block]:
    """The table in Italian ("it") or English ("en"), group by group."""
    lines = load(definitions)
    yield Heading(1, _TITLE.get(lang))
    yield Words(_SAID.get(lang))
    for group, label in GROUPS.items():
        yield Heading(2, label.get(lang))
        rows = tuple(
            (line.text.get(lang), _listed(line.fields), _listed(line.results))
            for line in lines
            if line.group == group
        )
        yield Table(tuple(head.get(lang) for head in _HEAD), rows)


def _line(entry: Mapping[str, Any], definitions: Definitions, faults: list[str]) -> Line:
    name, where = entry["id"], f"traceability.toml, line {entry['id']}"
    if entry["group"] not in GROUPS:
        faults.append(f'{where}: there is no group "{entry["group"]}"')
    fields: dict[str, None] = {}
    for given in entry["fields"]:
        found = _fields(given, definitions)
        if not found:
            faults.append(f'{where}: "{given}" names no answer that is asked and leaves the site')
        fields |= dict.fromkeys(found)
    for result in entry["results"]:
        if result.partition(":")[0] not in KINDS:
            faults.append(f'{where}: "{result}" is no kind of result')
    if not fields or not entry["results"]:
        faults.append(f"{where}: nothing feeds it, or it becomes nothing")
    label = Label(entry["text"]["it"], entry["text"]["en"])
    return Line(name, entry["group"], label, tuple(fields), tuple(entry["results"]))


def _fields(given: str, definitions: Definitions) -> tuple[str, ...]:
    kind, _, name = given.rpartition(":")
    if kind == "form":
        forms = [form for form in definitions.forms if form.id == name]
        return tuple(item.id for form in forms for item in form.fields if item.export and not item.computed)
    leaving = [item for item in definitions.fields.values() if item.export]
    if kind == "prefix":
        return tuple(item.id for item in leaving if item.id.startswith(name) and not item.computed)
    return tuple(item.id for item in leaving if item.id == given)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
