"""The definition files of this package, read once into `Definitions`.

Every fault of every file is found before one `DefinitionFaults` names them all, in words. The digest covers the
content (not the layout) of all files, so it is the same on every machine and changes with every changed word.
"""

from __future__ import annotations

import functools
import hashlib
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from importlib import resources
from typing import Any

from anifro_desktop.forms import building
from anifro_desktop.forms.errors import DefinitionFaults
from anifro_desktop.forms.model import Definitions
from anifro_desktop.record import canonical

CODE_LISTS, SUGGESTIONS, TOMBSTONES = "codelists.toml", "suggestions.toml", "tombstones.toml"


@functools.cache
def load() -> Definitions:
    """The definitions of the study.

    Raises:
        DefinitionFaults: the files of this installation are wrong; every fault is listed.
    """
    folder = resources.files("anifro_desktop.forms") / "definitions"
    return read(
        {
            item.name: item.read_text(encoding="utf-8")
            for item in folder.iterdir()
            if item.name.endswith(".toml")
        }
    )


def read(texts: Mapping[str, str]) -> Definitions:
    """Definitions from file names and their texts (one form a file, besides the three shared files).

    Raises:
        DefinitionFaults: every fault of every file.
    """
    faults: list[str] = []
    raw = {name: _parse(name, texts[name], faults) for name in sorted(texts)}
    definitions = building.build(
        {name: data for name, data in raw.items() if name not in (CODE_LISTS, SUGGESTIONS, TOMBSTONES)},
        lists=raw.get(CODE_LISTS, {}),
        suggestions=raw.get(SUGGESTIONS, {}),
        tombstones=raw.get(TOMBSTONES, {}),
        digest=hashlib.sha256(canonical(_plain(raw))).hexdigest(),
        faults=faults,
    )
    if faults:
        raise DefinitionFaults(tuple(dict.fromkeys(faults)))
    return definitions


def _parse(name: str, text: str, faults: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        faults.append(f"{name}: not a TOML file: {error}")
        return {}


def _plain(value: Any) -> Any:
    """The content with decimals as text, and nothing JSON cannot hold."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, bool | int | str) else str(value)
