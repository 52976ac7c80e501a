"""The forms of the questionnaires ask what their scores read, in the same ranges, and hold no wording of any item."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from anifro_desktop.forms.loader import load
from anifro_desktop.record import Missing
from anifro_desktop.scores import eq5d5l, facit_fatigue, lupusqol, sf36
from anifro_desktop.scores.keys import Block, Number, Numbers

FORMS = ("scales", "sf36", "facit_fatigue", "eq5d5l", "lupusqol")
YEARLY = ("baseline", "m06", "m12", "m24", "m36", "m48", "m60", "early")
BETWEEN = ("m01", "m03", "m09", "unscheduled")


def _read_by_the_scores() -> dict[str, dict[str, Number]]:
    """Form: field and the range that the score takes."""
    answers, points = sf36.KEYS["answers"], facit_fatigue.KEYS["answers"]
    items = lupusqol.KEYS["answers"]
    assert isinstance(answers, Numbers)
    assert isinstance(points, Numbers)
    assert isinstance(items, Block)
    levels = {f"eq5d_{name.lower()}": kind for name, kind in eq5d5l.KEYS.items() if name != "eq_vas"}
    kinds = {
        "sf36": {f"sf36_{item}": kind for item, kind in enumerate(answers.kinds, 1)},
        "facit_fatigue": {f"facit_{item}": kind for item, kind in enumerate(points.kinds, 1)},
        "eq5d5l": {**levels, "eq_vas": eq5d5l.KEYS["eq_vas"]},
        "lupusqol": {f"lupusqol_{item}": kind for item, kind in items.keys.items()},
    }
    return {
        form: {field: kind for field, kind in read.items() if isinstance(kind, Number)}
        for form, read in kinds.items()
    }


@pytest.mark.parametrize("name", ["sf36", "facit_fatigue", "eq5d5l", "lupusqol"])
def test_the_form_asks_what_the_score_reads_in_the_same_range(name: str) -> None:
    kinds = _read_by_the_scores()[name]
    fields = load().form(name).fields
    assert [field.id for field in fields] == list(kinds)
    for field in fields:
        assert field.type == "integer"
        assert field.hard is not None
        assert (field.hard.low, field.hard.high) == (kinds[field.id].low, kinds[field.id].high)


@pytest.mark.parametrize("name", FORMS)
def test_a_patients_answers_are_exported_and_never_carried_over(name: str) -> None:
    for field in load().form(name).fields:
        assert field.export
        assert field.patient_scale
        assert not field.carry
        assert field.source
        assert field.required is (name != "lupusqol")
        assert (Missing.NOT_APPLICABLE in field.missing) is (name == "lupusqol")
        assert {Missing.NOT_DONE, Missing.REFUSED} <= set(field.missing)


def test_only_the_lupusqol_is_never_due() -> None:
    for name in FORMS:
        form = load().form(name)
        due, offered = ((), {*YEARLY, *BETWEEN}) if name == "lupusqol" else (YEARLY, set(BETWEEN))
        assert (form.timetable, set(form.optional)) == (due, offered)


LABELS = {
    "sf36": r"SF-36, (domanda|item) \d+",
    "facit_fatigue": r"FACIT-Fatigue, (domanda|item) \d+",
    "eq5d5l": r"EQ-5D-5L, (dimensione|dimension) \d \([A-Z]{2}\)|EQ VAS",
    "lupusqol": r"LupusQoL, (domanda|item) \d+",
}


@pytest.mark.parametrize("name", list(LABELS))
def test_items_are_called_by_number_and_helped_by_range_alone(name: str) -> None:
    """Their wording is licensed: it is on the paper form, not in this program."""
    for field in load().form(name).fields:
        for lang in ("it", "en"):
            assert re.fullmatch(LABELS[name], field.label.get(lang))
            assert len(field.help.get(lang)) <= 120
            assert field.hard is not None
            assert str(field.hard.high) in field.help.get(lang)


def test_the_help_of_an_item_says_which_answer_is_the_best() -> None:
    for scale in sf36.SCALES.values():
        for item in scale.items:
            table = sf36.RECODES[item]
            best = 1 + table.index(max(table))
            field = load().fields[f"sf36_{item}"]
            assert f"{best} is the best answer" in field.help.en
            assert f"{best} è la risposta migliore" in field.help.it
    for item, code in enumerate(facit_fatigue.ITEMS, 1):
        said = load().fields[f"facit_{item}"].help.en
        assert f"code {code}." in said
        assert ("higher = less fatigue" in said) is (code in facit_fatigue.NOT_REVERSED)


@pytest.mark.parametrize("field", ["pain_vas", "fatigue_vas", "ptga"])
def test_a_value_above_10_is_refused_on_the_numeric_scale_only(field: str) -> None:
    (check,) = [check for check in load().checks if check.form == "scales" and check.field == field]
    assert check.severity == "hard"
    for scale, value, problem in ((2, "10.1", True), (2, "10", False), (1, "10.1", False), (1, "100", False)):
        assert check.when.test({"vas_scale": scale, field: Decimal(value)}) is problem
    assert check.when.test({field: Decimal(50)}) is None
