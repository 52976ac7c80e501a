"""A version of the forms that came as data: what this program can work with, what waits, what it changes."""

from __future__ import annotations

import re

import pytest
from forms_builders import definition_texts

from anifro_desktop.forms import load, loader
from anifro_desktop.forms.amendments import (
    ADDED,
    BROKEN,
    HELD,
    LIMITS,
    READY,
    Verdict,
    changes,
    judge,
)
from anifro_desktop.forms.errors import DefinitionFaults
from anifro_desktop.forms.library import Library
from anifro_desktop.study.protocol import PROTOCOL

NEW = """
[[section.field]]
id = "neck_cm"
type = "integer"
unit = "cm"
hard = { min = 20, max = 90 }
required = false
label = { it = "Collo", en = "Neck" }
help = { it = "Misurato in piedi.", en = "Measured standing." }
"""


def amended(pack: str = "2027.1", **files: str) -> dict[str, str]:
    """Today's definitions under another name, some files changed."""
    texts = definition_texts()
    text = re.sub(r'^id = ".*"$', f'id = "{pack}"\npublished = 2027-01-10', texts["pack.toml"], flags=re.M)
    return texts | {"pack.toml": text} | files


def with_question(pack: str = "2027.1") -> dict[str, str]:
    texts = amended(pack)
    return texts | {"vitals.toml": texts["vitals.toml"] + NEW}


def verdict(texts: dict[str, str], **other: object) -> Verdict:
    own = load()
    rules = loader.rules_here()
    given = {"protocol": PROTOCOL.digest(), "rules": rules, "current": own, "own": own}
    facts = given | other
    try:
        digest = loader.read(texts, protocol=facts["protocol"], rules=facts["rules"]).digest
    except DefinitionFaults:
        digest = "0" * 64
    return judge(
        texts, str(other.get("digest", digest)), *(facts[n] for n in ("protocol", "rules", "current", "own"))
    )


def test_a_new_question_is_ready_and_said_in_words() -> None:
    found = verdict(with_question())
    assert (found.state, found.why) == (READY, ())
    (change,) = changes(load(), found.pack)
    assert (change.kind, change.form, change.what.en) == (ADDED, "vitals", "Neck")


def test_limits_options_and_words_are_told_with_before_and_after() -> None:
    texts = amended()
    vitals = texts["vitals.toml"].replace(
        "hard = { min = 80, max = 230 }", "hard = { min = 80, max = 240 }", 1
    )
    assert vitals != texts["vitals.toml"]
    texts["vitals.toml"] = vitals
    found = verdict(texts)
    assert found.state == READY
    (change,) = changes(load(), found.pack)
    assert (change.kind, change.before.en[:6], change.after.en[:6]) == (LIMITS, "80–230", "80–240")


def test_limits_with_decimals_are_told_as_each_language_writes_them() -> None:
    texts = amended()
    texts["vitals.toml"] = texts["vitals.toml"].replace(
        "soft = { min = 35, max = 40.5 }", "soft = { min = 35, max = 41.5 }"
    )
    (change,) = changes(load(), verdict(texts).pack)
    assert change.after.it.endswith("35–41,5")
    assert change.after.en.endswith("35–41.5")


def test_a_rule_that_this_program_has_not_waits_for_another_program() -> None:
    rules = loader.rules_here() | {"sledai2k": "sledai2k/99"}
    assert verdict(with_question(), rules=rules).state == HELD
    assert verdict(with_question(), protocol="ab" * 32).state == HELD
    texts = with_question()
    texts["vitals.toml"] = texts["vitals.toml"].replace('type = "integer"', 'type = "photograph"', 1)
    assert verdict(texts).state == HELD


def test_what_the_program_reads_by_its_name_cannot_go_by_data_alone() -> None:
    texts = with_question()
    text = texts["phga.toml"]
    name = next(item.id for item in load().form("phga").fields if not item.computed)
    texts["phga.toml"] = text.replace(f'"{name}"', '"phga_by_another_name"')
    texts["tombstones.toml"] += (
        f'\n[[renamed]]\nold = "{name}"\nnew = "phga_by_another_name"\nwhy = {{ it = "Prova", en = "Test" }}\n'
    )
    found = verdict(texts)
    assert found.state in (HELD, BROKEN)


@pytest.mark.parametrize("what", ["digest", "id"])
def test_a_version_that_is_not_what_it_says_or_takes_a_name_again_is_broken(what: str) -> None:
    if what == "digest":
        assert verdict(with_question(), digest="ab" * 32).state == BROKEN
    else:
        published = loader.read(with_question())
        assert verdict(with_question("2027.1") | {}, current=published).state == BROKEN


def test_the_library_goes_on_with_the_version_that_came_last() -> None:
    first, second = loader.read(with_question("2027.1")), loader.read(with_question("2027.2"))
    known = Library.of(load()).extended([first, second])
    assert known.current.pack.id == "2027.2"
    assert [known.by_digest(pack.digest) is not None for pack in (load(), first, second)] == [True] * 3
    assert known.age(load().digest) < known.age(first.digest) < known.age(second.digest)
