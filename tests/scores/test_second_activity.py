"""Flares, CLASI, joints and damage against second transcriptions: tables, and answers that are complete."""

from __future__ import annotations

import random
import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from anifro_desktop.scores import clasi, joints, sdi, sfi, sfi_criteria
from anifro_desktop.scores.contract import validate
from anifro_desktop.scores.keys import Block, Number, Words
from anifro_desktop.study.protocol import PROTOCOL

SETS = 1500
CANDIDATES = [number / 2 for number in range(-2, 19)]


def _second(rule: str) -> Any:
    return SimpleNamespace(**runpy.run_path(str(Path(__file__).parent / "second" / f"{rule}.py")))


SFI, CLASI, JOINTS, SDI = _second("sfi"), _second("clasi"), _second("joints"), _second("sdi")


def _accepts(key: Any, number: float) -> bool:
    return not key.faults(number, "", "")


def test_the_flare_index_has_the_same_criteria_and_names() -> None:
    assert list(sfi.MILD_CRITERIA) == SFI.MM.split()
    assert list(sfi.SEVERE_CRITERIA) == SFI.SV.split()
    assert {key: name for name, key in sfi.MILD_MANIFESTATIONS.items()} == SFI.SIGNS
    assert set(sfi.ORGAN_MANIFESTATIONS) == SFI.ORGANS
    assert set(sfi.SEVERE_DRUGS) == SFI.DRUGS
    assert list(sfi.CLASSES) == SFI.CLASSES
    known = sfi.KEYS["new_immunosuppressants"]
    assert isinstance(known, Words)
    assert set(known.words) >= SFI.DRUGS | {"hydroxychloroquine", "belimumab_sc", "rituximab", "other"}


def test_the_thresholds_of_the_flare_index() -> None:
    found = (
        sfi_criteria.SLEDAI_MOST,
        sfi_criteria.SLEDAI_RISE,
        sfi_criteria.SLEDAI_SEVERE_ABOVE,
        sfi_criteria.SLEDAI_SEVERE_RISE,
        sfi_criteria.PHGA_MOST,
        sfi_criteria.PHGA_RISE,
        sfi_criteria.PHGA_SEVERE_ABOVE,
        sfi_criteria.DOSE_PER_KG,
    )
    assert found == (105, 3, 12, 3, 3, 1, 2.5, 0.5)
    assert PROTOCOL.word("sfi.variant") == sfi.VARIANT == "bliss"


@pytest.mark.parametrize(
    ("rule", "key", "taken", "refused"),
    [
        ("sfi", "previous.sledai", (0, 105), (-1, 105.5, 106)),
        ("sfi", "now.phga", (0, 0.05, 3), (-0.1, 3.1)),
        ("sfi", "now.pred_eq", (0, 0.5, 1000), (-1,)),
        ("sfi", "weight_kg", (0.5, 300), (0, -60)),
        ("clasi", "baseline_activity", (0, 70), (-1, 9.5, 71)),
        ("joints", "baseline_tjc28", (0, 28), (-1, 5.5, 29)),
        ("joints", "baseline_sjc28", (0, 28), (-1, 5.5, 29)),
        ("sdi", "baseline", (0, 47), (-1, 1.5, 48)),
        ("sdi", "previous.esrd", (0, 3), (1, 2, 6)),
    ],
)
def test_ranges(rule: str, key: str, taken: tuple[float, ...], refused: tuple[float, ...]) -> None:
    for value in taken:
        assert validate(rule, _nested({key: value})) == []
    for value in refused:
        assert [fault.key for fault in validate(rule, _nested({key: value}))] == [key]


def test_the_sheet_of_clasi_is_the_same() -> None:
    for column, values in CLASI.VALUES.items():
        kind = clasi.KEYS[column]
        if isinstance(kind, Block):
            assert list(kind.keys) == CLASI.areas(column), column
            numbers = list(kind.keys.values())
        else:
            numbers = [kind]
        for number in numbers:
            assert [n for n in CANDIDATES if _accepts(number, n)] == values, column
    assert sum(max(CLASI.VALUES[name]) * len(CLASI.areas(name) or [1]) for name in clasi.ACTIVITY) == 70
    assert clasi.ACTIVITY_MOST + clasi.DAMAGE_MOST == 126


def test_the_joints_are_the_same() -> None:
    assert list(joints.JOINTS_68) == JOINTS.joints("T")
    assert list(joints.JOINTS_66) == JOINTS.joints("S")
    assert list(joints.JOINTS_28) == JOINTS.joints("28")
    assert (len(joints.JOINTS_68), len(joints.JOINTS_66), len(joints.JOINTS_28)) == (68, 66, 28)
    assert max(map(len, joints.JOINTS_68)) <= 20


def test_the_form_of_the_damage_index_is_the_same() -> None:
    assert {item: list(points) for item, points in sdi.ITEMS.items()} == SDI.ITEMS
    assert {item: name for name, items in sdi.DOMAINS.items() for item in items} == SDI.DOMAIN
    assert (len(SDI.ITEMS), sum(SDI.MOST.values())) == (41, 47)
    assert (sdi.MOST, sdi.RENAL_MOST) == (47, 3)
    for item, points in SDI.ITEMS.items():
        kind = sdi.KEYS[item]
        assert isinstance(kind, Number)
        assert [n for n in CANDIDATES if _accepts(kind, n)] == points


@pytest.mark.parametrize("variant", ["classic", "bliss"])
def test_flares_of_complete_answers(variant: str) -> None:
    chance = random.Random(1)
    names = [*SFI.SIGNS.values(), *sorted(SFI.ORGANS)]
    for _ in range(SETS):
        quiet = chance.random() < 0.7
        flat = {
            **{f"{v}.sledai": chance.choice((0, 4, 7, 9, 12, 13, 14, 16, 20)) for v in ("previous", "now")},
            **{f"{v}.phga": chance.choice((0.3, 1.3, 1.5, 2.3, 2.5, 2.6)) for v in ("previous", "now")},
            **{f"{v}.pred_eq": chance.choice((0, 5, 10, 15, 30, 30.1)) for v in ("previous", "now")},
            "weight_kg": chance.choice((40, 60)),
            "new_or_worse": chance.sample(names, chance.choice((0, 0, 1, 3))),
            "nsaid_or_hcq_added": chance.random() < 0.1,
            "new_immunosuppressants": [] if quiet else chance.sample(sorted(SFI.DRUGS), 1),
            "hospitalised_for_sle": not quiet and chance.random() < 0.5,
            "iv_pulse_for_activity": not quiet and chance.random() < 0.5,
            "gc_raised_for_activity": chance.random() < 0.8,
        }
        found = sfi.score_as(variant, _nested(flat))
        fired = SFI.bliss(flat) if variant == "bliss" else SFI.criteria(flat)
        assert found.value == found.parts[variant] == SFI.flare(fired)
        assert found.complete
        assert found.parts[f"{variant}_fired"] == [
            key for key in (SFI.MM + " " + SFI.SV).split() if fired[key]
        ]
        assert {key: found.parts[key] for key in fired} == SFI.criteria(flat)


def _nested(flat: dict[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for key, value in flat.items():
        outer, dot, inner = key.partition(".")
        if dot:
            answers.setdefault(outer, {})[inner] = value
        else:
            answers[key] = value
    return answers


def test_clasi_of_complete_answers() -> None:
    chance = random.Random(2)
    for _ in range(SETS):
        often = chance.choice((0.1, 0.3, 1))
        answers: dict[str, Any] = {}
        for name, values in CLASI.VALUES.items():
            areas = CLASI.areas(name)
            picks = [chance.choice(values) if chance.random() < often else 0 for _ in areas or [0]]
            answers[name] = dict(zip(areas, picks, strict=True)) if areas else picks[0]
        answers["dyspig_ge_12m"] = chance.random() < 0.5
        answers["baseline_activity"] = chance.choice((None, 0, 1, 9, 10, 11, 20, 40, 70))
        assert validate("clasi", answers) == []
        found = clasi.score(answers)
        second = CLASI.parts(answers)
        assert found.value == second["activity"]
        assert {key: found.parts[key] for key in second} == {
            **second,
            "pct_change": pytest.approx(second["pct_change"]),
        }


def test_joints_of_complete_answers() -> None:
    chance = random.Random(3)
    for _ in range(SETS):
        tender = chance.sample(joints.JOINTS_68, chance.choice((0, 1, 4, 20, 68)))
        swollen = chance.sample(joints.JOINTS_66, chance.choice((0, 1, 4, 20, 66)))
        before = chance.choice((0, 1, 5, 6, 20, 28)), chance.choice((0, 1, 5, 6, 20, 28))
        answers = {
            "tender": tender,
            "swollen": swollen,
            "baseline_tjc28": before[0],
            "baseline_sjc28": before[1],
        }
        assert validate("joints", answers) == []
        found = joints.score(answers)
        second = JOINTS.parts(tender, swollen, *before)
        if second["response50"] is None:  # undefined, and then only a failing count can tell
            second["response50"] = found.parts["response50"]
            assert found.parts["response50"] is not True
        assert {key: found.parts[key] for key in second} == second
        assert found.value == second["active28"]


def test_damage_of_complete_answers() -> None:
    chance = random.Random(4)
    for _ in range(SETS):
        often = chance.choice((0.05, 0.3, 1))
        answers = {
            item: chance.choice(points) if chance.random() < often else 0
            for item, points in SDI.ITEMS.items()
        }
        found = sdi.score(answers)
        assert found.value == SDI.total(answers)
        assert found.parts["domains"] == SDI.domains(answers)
