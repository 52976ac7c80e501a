"""Every line of the synopsis is fed: its answers exist, and changing any of them changes a result the line names."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from forms_builders import DEFINITIONS
from scoring_answers import QUIET
from traced_results import level_of, random_case, results, values

from anifro_desktop.forms import traceability
from anifro_desktop.forms.document import markdown
from anifro_desktop.forms.errors import DefinitionFaults

LINES = traceability.load(DEFINITIONS)
TRIES = 60
# Bases on which a single answer decides.
ON = {name: 1 for name in DEFINITIONS.fields if name.startswith("on_")} | {
    "on_cyclophosphamide": 0,
    "on_other": 0,
}
DOSES = {name: 1 for name in DEFINITIONS.fields if name.endswith("_dose")} | {"rituximab_dose": 12}
GC = {
    "gc_oral": 1, "gc1_drug": 1, "gc1_mg": 2, "gc1_cycle_days": 1, "gc_second": 1, "gc2_drug": 1, "gc2_mg": 2,
    "gc2_cycle_days": 1, "weight_kg": 62,
}  # fmt: skip
SKIN = {name: 0 for name in DEFINITIONS.fields if name.startswith("clasi_")} | {"skin_involved": 1}
EVENTS = {
    "first_dose_date": 0, "ad_given": 1, "ad_date": 100, "dc_drug": 15, "dc_what": 4, "dc_permanence": 2,
    "dc_date": 200, "dc_reason": 1, "de_date": 600, "wd_date": 500, "wd_last_contact": 480, "lo_last_contact": 450,
}  # fmt: skip
CRITERIA = {name: 0 for name in DEFINITIONS.fields if name.startswith("cl_")}
BASES: tuple[Mapping[str, Any], ...] = (
    QUIET | {"first_dose_date": 0, "visit_date": 366, "wd_date": None, "de_date": None},
    QUIET | ON | DOSES | GC,
    QUIET | GC | {"gc2_mg": 6},
    QUIET | SKIN | {"clasi_e_scalp": 3, "clasi_e_ears": 3},
    EVENTS,
    EVENTS | {"dc_what": 1, "de_date": None, "wd_date": None},
    CRITERIA,
    {"joint_method": 3},
    {"joint_method": 1},
    {"joint_method": 2},
    {"proteinuria_mg_24h": None, "proteinuria": 1},
    {},
)


@cache
def case(number: int) -> dict[str, Any]:
    """A patient; the same at every call."""
    return random_case(random.Random(number), BASES[number % len(BASES)])


@cache
def known(number: int, claimed: tuple[str, ...]) -> dict[str, Any]:
    """Results of a patient, worked out once."""
    return results(case(number), claimed)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.id)
def test_every_answer_of_a_line_changes_a_result_it_claims_to_feed(line: traceability.Line) -> None:
    dead = [field for field in line.fields if not _feeds(field, line.results)]
    assert dead == []


def _feeds(field: str, claimed: tuple[str, ...]) -> bool:
    if any(name.startswith("data:") and _column(field, name[5:]) for name in claimed):
        return True
    return any(_differs(field, claimed, number) for number in range(TRIES))


def _column(field: str, name: str) -> bool:
    return DEFINITIONS.fields[field].export and (name == "*" or field.startswith(name))


def _differs(field: str, claimed: tuple[str, ...], number: int) -> bool:
    drawn = case(number)
    rest = {name: one for name, one in drawn.items() if name != field}
    given = list(values(DEFINITIONS.fields[field], random.Random(number)))
    return any(
        results(rest if value is None else {**rest, field: value}, claimed) != known(number, claimed)
        for value in given
    )


def test_every_result_a_line_names_exists() -> None:
    for line in LINES:
        found = results(case(0), line.results)
        for name in line.results:
            kind, _, rest = name.partition(":")
            if kind == "data":
                assert any(_column(field, rest) for field in line.fields), name
            else:
                assert any(one.startswith(name) for one in found), name


def test_every_answer_of_the_endpoints_stands_in_a_line() -> None:
    fed = {field for line in LINES for field in line.fields}
    for form in ("sledai2k", "flare", "clasi", "damage", "sf36", "facit_fatigue", "eq5d5l", "scales", "phga"):
        assert {item.id for item in DEFINITIONS.form(form).fields if item.export} - fed <= {
            "new_biologic_activity"
        }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('fields = ["form:phga"]', 'fields = ["pgha"]', '"pgha" names no answer'),
        ('fields = ["form:sf36"]', "fields = []", "nothing feeds it"),
        ('results = ["visit:clasi"]', 'results = ["visits:clasi"]', "no kind of result"),
    ],
)
def test_a_line_that_is_orphaned_is_a_fault(old: str, new: str, said: str) -> None:
    text = (Path(traceability.__file__).with_name("traceability.toml")).read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(DefinitionFaults, match=said):
        traceability.read(text.replace(old, new), DEFINITIONS)


def test_the_table_that_people_read_is_the_one_the_definitions_give() -> None:
    kept = Path(__file__).parents[2] / "docs" / "traceability.md"
    assert kept.read_text(encoding="utf-8") == markdown(traceability.blocks(DEFINITIONS, "en"))


def test_levels_are_known() -> None:
    assert {level_of("sex"), level_of("phga"), level_of("ae_start")} == {"subject", "visit", "adverse_event"}
