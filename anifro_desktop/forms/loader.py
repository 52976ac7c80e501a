"""The definition files of this package, read once into `Definitions`.

Every fault of every file is found before one `DefinitionFaults` names them all, in words. The digest covers the whole
pack: the content (not the layout) of all files, the settings of the protocol and the versions of the rules. So it is
the same on every machine and changes with every changed word. Packs of the past are read by `library`.
"""

from __future__ import annotations

import functools
import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from anifro_desktop.forms import building
from anifro_desktop.forms.errors import DefinitionFaults
from anifro_desktop.forms.model import Definitions
from anifro_desktop.record import canonical
from anifro_desktop.scores import registry
from anifro_desktop.study.protocol import PROTOCOL

CODE_LISTS, SUGGESTIONS = "codelists.toml", "suggestions.toml"
TOMBSTONES, PACK = "tombstones.toml", "pack.toml"
SHARED = (CODE_LISTS, SUGGESTIONS, TOMBSTONES, PACK)


@functools.cache
def load() -> Definitions:
    """The definitions of the study.

    Raises:
        DefinitionFaults: the files of this installation are wrong; every fault is listed.
    """
    return read(texts_in(resources.files("anifro_desktop.forms") / "definitions"))


def texts_in(folder: Traversable) -> dict[str, str]:
    """The definition files of a folder."""
    files = (item for item in folder.iterdir() if item.name.endswith(".toml"))
    return {item.name: item.read_text(encoding="utf-8") for item in files}


def rules_here() -> dict[str, str]:
    """The version of each rule of this program."""
    return {rule: registry.version(rule) for rule in registry.RULES}


def read(
    texts: Mapping[str, str], *, protocol: str | None = None, rules: Mapping[str, str] | None = None
) -> Definitions:
    """Definitions from file names and their texts (one form a file, besides the shared files).

    Args:
        protocol, rules: digest of the settings and versions of the rules that belong to them; None: those of this
            program.

    Raises:
        DefinitionFaults: every fault of every file.
    """
    settings = PROTOCOL.digest() if protocol is None else protocol
    versions = rules_here() if rules is None else dict(rules)
    faults: list[str] = []
    raw = {name: _parse(name, texts[name], faults) for name in sorted(texts)}
    definitions = building.build(
        {name: data for name, data in raw.items() if name not in SHARED},
        lists=raw.get(CODE_LISTS, {}),
        suggestions=raw.get(SUGGESTIONS, {}),
        tombstones=raw.get(TOMBSTONES, {}),
        pack=raw.get(PACK, {}),
        digest=_digest(raw, settings, versions),
        faults=faults,
    )
    if faults:
        raise DefinitionFaults(tuple(dict.fromkeys(faults)))
    return replace(definitions, pack=replace(definitions.pack, protocol=settings, rules=versions))


def _digest(raw: Mapping[str, Any], protocol: str, rules: Mapping[str, str]) -> str:
    pack = {"files": _plain(raw), "protocol": protocol, "rules": rules}
    return hashlib.sha256(canonical(pack)).hexdigest()


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
