"""Two different packs of the study: the one of this program with what came of an amendment, and the one before it.

The program reads today's ids, so the *older* pack is the one that is edited. From it to the current one: two questions
were renamed (`body_mass_kg`, which ceilings per kg read, and `pred1_mg`, the daily glucocorticoid), one was withdrawn
(`waist_cm`), one is new (`heart_rate`); the list `dsdna_method` lost the code 8 and got the code 3; heights above
230 cm are no longer taken; a setting of the protocol changed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import resources

from forms_builders import definition_texts

from anifro_desktop.forms.library import Library, seen_from
from anifro_desktop.forms.loader import read
from anifro_desktop.forms.model import Definitions
from anifro_desktop.scores import registry
from anifro_desktop.study.protocol import read_protocol

WHY = 'why = { it = "Emendamento di prova", en = "Amendment for a test" }\n'
GONE = '{ value = 8, label = { it = "Immunofluorescenza", en = "Immunofluorescence" } }'
_CRITHIDIA = '  { value = 3, label = { it = "Crithidia", en = "Crithidia" } },\n'
WAIST = """
[[section.field]]
id = "waist_cm"
type = "integer"
unit = "cm"
hard = { min = 40, max = 200 }
required = false
label = { it = "Circonferenza vita", en = "Waist" }
help = { it = "Misurata in piedi.", en = "Measured standing." }
"""
_TOMBSTONES = f"""
[[renamed]]
old = "body_mass_kg"
new = "weight_kg"
{WHY}
[[renamed]]
old = "pred1_mg"
new = "gc1_mg"
{WHY}
[[withdrawn]]
id = "waist_cm"
{WHY}"""
RENAMED = {"body_mass_kg": "weight_kg", "pred1_mg": "gc1_mg"}
WITHDRAWN, NEW = "waist_cm", "heart_rate"
GONE_CODE, NEW_CODE = 8, 3
# Settings that differ in the older pack: one that no result of a visit reads, one that flares are read by.
UNREAD = ("[response.sledai_fall]\nvalue = 4", "[response.sledai_fall]\nvalue = 5")
READ_BY_SFI = ("[sfi.severe_rise]\nvalue = 3", "[sfi.severe_rise]\nvalue = 4")


def older_texts() -> dict[str, str]:
    """The definition files of the pack before."""
    texts = definition_texts()
    for name, text in texts.items():
        changed = text
        for old, now in RENAMED.items():
            changed = re.sub(rf"\b{now}\b", old, changed)
        texts[name] = changed
    before, rest = texts["vitals.toml"].split('[[section.field]]\nid = "heart_rate"')
    texts["vitals.toml"] = before.replace(
        "hard = { min = 80, max = 230 }", "hard = { min = 80, max = 260 }"
    ) + (WAIST + "\n" + rest[rest.index("[[check]]") :])
    lists = texts["codelists.toml"]
    assert _CRITHIDIA in lists
    texts["codelists.toml"] = lists.replace(_CRITHIDIA, f"  {GONE},\n")
    return _named(texts, "2026.1")


def current_texts() -> dict[str, str]:
    """The definition files of this program, with what the amendment left behind."""
    texts = definition_texts()
    texts["tombstones.toml"] += _TOMBSTONES
    texts["codelists.toml"] = texts["codelists.toml"].replace(
        'id = "dsdna_method"\n', f'id = "dsdna_method"\nwithdrawn = [{GONE}]\n'
    )
    return _named(texts, "2027.1")


def _named(texts: dict[str, str], name: str) -> dict[str, str]:
    return {**texts, "pack.toml": texts["pack.toml"].replace('id = "2026.1-draft"', f'id = "{name}"')}


def older(*settings: tuple[str, str]) -> Definitions:
    """The pack before, with settings of its own."""
    text = (resources.files("anifro_desktop.study") / "protocol.toml").read_text(encoding="utf-8")
    for now, then in settings:
        assert now in text
        text = text.replace(now, then)
    protocol = read_protocol(text)
    rules = {rule: registry.version_under(rule, protocol) for rule in registry.RULES}
    return read(older_texts(), protocol=protocol.digest(), rules=rules)


OLDER = older(UNREAD)
FOREIGN = older(READ_BY_SFI)  # as OLDER, but that this program reads flares otherwise
CURRENT = read(current_texts())
LIBRARY = Library.of(CURRENT, OLDER)
FOREIGN_LIBRARY = Library.of(CURRENT, FOREIGN)
# The program as it was before the amendment: it read the ids of that pack, which this one knows by today's names.
BEFORE = Library.of(replace(seen_from(OLDER, CURRENT), foreign=frozenset()))
FOREIGN_BEFORE = Library.of(replace(seen_from(FOREIGN, CURRENT), foreign=frozenset()))
