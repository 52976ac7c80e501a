"""The classification criteria and the scales against second transcriptions: tables, and sets that are complete."""

from __future__ import annotations

import random
import runpy
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from anifro_desktop.scores import acr1997, eular2019, slicc2012, vas
from anifro_desktop.scores.contract import validate
from anifro_desktop.scores.keys import OneOf, YesNo
from anifro_desktop.scores.reading import read_csv
from anifro_desktop.study.protocol import PROTOCOL

SETS = 2000


def _second(rule: str) -> Any:
    return SimpleNamespace(**runpy.run_path(str(Path(__file__).parent / "second" / f"{rule}.py")))


ACR, SLICC, EULAR, SCALES = _second("acr1997"), _second("slicc2012"), _second("eular2019"), _second("vas")


def _answer_sets(keys: list[str], seed: int) -> Iterator[dict[str, bool]]:
    """Complete sets, few criteria present in most of them, as classes are decided by few."""
    chance = random.Random(seed)
    for _ in range(SETS):
        often = chance.choice((0.1, 0.2, 0.3, 0.5, 0.9))
        yield {key: chance.random() < often for key in keys}


def test_the_lists_are_the_same() -> None:
    assert list(acr1997.CRITERIA) == ACR.CRITERIA
    assert list(slicc2012.CLINICAL) == SLICC.CLINICAL
    assert list(slicc2012.IMMUNOLOGIC) == SLICC.IMMUNOLOGIC
    assert slicc2012.BIOPSY == SLICC.NEPHRITIS
    assert eular2019.DOMAINS == EULAR.WEIGHTS
    assert list(eular2019.CLINICAL) == [name for name, kind in EULAR.KINDS.items() if kind == "clinical"]
    assert eular2019.ENTRY == EULAR.ENTRY


def test_each_set_is_asked_with_its_criteria_and_nothing_else() -> None:
    assert dict.fromkeys(ACR.CRITERIA, YesNo()) == acr1997.KEYS
    assert dict.fromkeys([*SLICC.CLINICAL, *SLICC.IMMUNOLOGIC, SLICC.NEPHRITIS], YesNo()) == slicc2012.KEYS
    criteria = [criterion for weights in EULAR.WEIGHTS.values() for criterion in weights]
    assert dict.fromkeys([EULAR.ENTRY, *criteria], YesNo()) == eular2019.KEYS
    assert vas.KEYS["scale"] == OneOf(tuple(SCALES.SCALES))


def test_acr1997_on_complete_sets() -> None:
    for answers in _answer_sets(list(acr1997.KEYS), 1997):
        found = acr1997.score(answers)
        assert found.value is ACR.classified(answers)
        assert found.parts == {**answers, "count": ACR.count(answers)}


def test_slicc2012_on_complete_sets() -> None:
    for answers in _answer_sets(list(slicc2012.KEYS), 2012):
        found = slicc2012.score(answers)
        assert found.value is SLICC.classified(answers)
        assert found.parts["n_clinical"] == SLICC.n_clinical(answers)
        assert found.parts["n_immunologic"] == SLICC.n_immunologic(answers)
        assert found.parts["rule_a"] is SLICC.rule_a(answers)
        assert found.parts["rule_b"] is SLICC.rule_b(answers)
        counted = {key for key in SLICC.IMMUNOLOGIC if found.parts[key]}
        assert counted == SLICC.immunologic(answers)


def test_eular2019_on_complete_sets() -> None:
    for answers in _answer_sets(list(eular2019.KEYS), 2019):
        entered = {**answers, "ana_1_80": True}
        found = eular2019.score(entered)
        assert found.value is EULAR.classified(entered)
        assert found.parts["total"] == EULAR.total(answers)
        assert {domain: found.parts[domain] for domain in EULAR.WEIGHTS} == EULAR.points(answers)
        assert eular2019.score({**answers, "ana_1_80": False}).value is False


@pytest.mark.parametrize("scale", list(SCALES.SCALES))
def test_scales_on_every_hundredth(scale: str) -> None:
    greatest = int(SCALES.SCALES[scale][0])
    for hundredths in range(greatest * 100 + 1):
        raw = hundredths / 100
        found = vas.score({"raw": raw, "scale": scale})
        exact = SCALES.value(repr(raw), scale)
        assert abs(Decimal(repr(found.value)) - exact) < Decimal("1e-9")
        assert found.parts["band"] == (SCALES.band(exact) if scale.startswith("phga") else None)


@pytest.mark.parametrize("scale", list(SCALES.SCALES))
def test_scales_end_where_they_end(scale: str) -> None:
    greatest = float(SCALES.SCALES[scale][0])
    assert validate("vas", {"raw": greatest, "scale": scale}) == []
    refused = validate("vas", {"raw": greatest + 1e-6, "scale": scale}, "input 2|dato 2")
    assert [fault.text() for fault in refused] == [
        f"input 2, raw: must be a number from 0 to {greatest:g}, or null"
    ]


def test_settings_of_the_criteria() -> None:
    assert PROTOCOL.number("acr1997.dipstick_plus") == 3
    assert PROTOCOL.number("slicc2012.elisa_times") == 2
    assert PROTOCOL.number("vas.period_days") == 7


def test_every_row_of_a_table_is_held_to_the_range_of_its_own_scale() -> None:
    text = "raw,scale\n12,vas_0_100\n12,nrs_0_10\n12,\n,phga_0_3\n3.5,phga_0_3\n"
    assert [fault.text() for fault in read_csv("vas", text).faults] == [
        "line 3, raw: must be a number from 0 to 10, or empty",
        "line 6, raw: must be a number from 0 to 3, or empty",
    ]
