"""From answers to scores: which answer feeds which key, what stays unknown, and which field would settle it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from forms_builders import DEFINITIONS, contract_inputs
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_answers import FIELDS, QUIET, is_open, quiet, random_answers

from anifro_desktop.forms.scoring import (
    RESULTS,
    RULES,
    before,
    score_inputs,
    score_json,
    score_visit,
    score_with,
)
from anifro_desktop.record import Missing, Value, canonical
from anifro_desktop.scores.contract import validate


def test_a_quiet_visit_is_complete_in_every_score() -> None:
    scores = score_visit(QUIET, QUIET)
    assert set(scores) == set(RULES)
    assert all(score.complete and not score.missing for score in scores.values())
    assert scores["doris"].value is True
    assert scores["lldas"].value is True
    assert scores["sledas"].value == 0.366
    assert scores["sfi"].value == "none"
    assert [scores[name].value for name in ("clasi", "joints", "sdi")] == [0, 0, 0]
    assert [scores[name].value for name in ("facit_fatigue", "eq5d5l", "lupusqol")] == [52, 1, 100]
    assert [scores[name].value for name in ("pain_vas", "fatigue_vas", "ptga")] == [10, 20, 5]


def test_nothing_answered_is_nothing_known() -> None:
    for rule, score in score_visit({}).items():
        assert score.value is None, rule
        assert score.missing


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"c3_low": 1, "low_complement": 1}, True),
        ({"c4_low": 1, "low_complement": 1}, True),
        ({"c3_low": 1, "low_complement": 0}, False),
        ({"low_complement": 1}, False),  # C3 and C4 normal: CH50, which SLE-DAS does not name
        ({"c3_low": None, "c4_low": None, "low_complement": 1}, None),
        ({"c3_low": Missing.NOT_DONE, "c4_low": 1, "low_complement": 1}, True),
        ({"c3_low": Missing.NOT_DONE, "low_complement": 1}, None),
        ({"c3_low": None, "c4_low": None, "low_complement": 0}, False),
    ],
)
def test_low_complement_of_sledas_means_c3_or_c4(
    changes: dict[str, Value | None], expected: bool | None
) -> None:
    assert score_inputs("sledas", quiet(**changes))["low_complement"] is expected


def test_unknown_c3_and_c4_are_named() -> None:
    scores = score_visit(quiet(low_complement=1, c3_low=None, c4_low=Missing.NOT_DONE))
    assert scores["sledas"].missing == ("c3_low", "c4_low")


@pytest.mark.parametrize(
    ("changes", "local", "general"),
    [
        ({"rash": 0}, False, False),
        ({"rash": None}, None, None),
        ({"rash": 1, "rash_extent": 1}, True, False),
        ({"rash": 1, "rash_extent": 2}, False, True),
        ({"rash": 1, "rash_extent": 3}, False, False),
        ({"rash": 1}, None, None),
        ({"rash": 1, "rash_extent": Missing.NOT_KNOWN}, None, None),
    ],
)
def test_extent_of_the_rash(
    changes: dict[str, Value | None], local: bool | None, general: bool | None
) -> None:
    given_ = score_inputs("sledas", quiet(**changes))
    assert (given_["rash_local"], given_["rash_general"]) == (local, general)


def test_an_open_rash_is_settled_by_the_question_that_is_open() -> None:
    assert score_visit(quiet(rash=1))["sledas"].missing == ("rash_extent",)
    assert score_visit(quiet(rash=None))["sledas"].missing == ("rash",)


def test_arthritis_of_sledas_follows_the_swollen_joints_unless_they_are_not_sle() -> None:
    swollen = quiet(sjc28=2, tjc28=2)
    assert "arthritis" not in score_inputs("sledas", swollen)
    assert score_visit(swollen)["sledas"].parts["arthritis"] == pytest.approx(3.132 + 2 * 0.454)
    assert score_inputs("sledas", {**swollen, "swollen_not_sle": 1})["arthritis"] is False
    assert "arthritis" not in score_inputs("sledas", {**swollen, "swollen_not_sle": 0})


@pytest.mark.parametrize(
    ("changes", "milligrams"),
    [
        ({"proteinuria_mg_24h": Decimal(800), "upcr_unit": 2, "upcr": Decimal(100)}, 800),
        ({"proteinuria_mg_24h": Missing.NOT_DONE, "upcr_unit": 1, "upcr": Decimal(56)}, 495.04),
        ({"proteinuria_mg_24h": None, "upcr_unit": 2, "upcr": Decimal(600)}, 600),
        ({"proteinuria_mg_24h": None, "upcr_unit": 3, "upcr": Decimal("0.62")}, 620),
        ({"proteinuria_mg_24h": None, "proteinuria_unit": 2, "proteinuria_g_24h": Decimal("0.14")}, 140),
        ({"proteinuria_mg_24h": Decimal(800), "proteinuria_unit": 2}, None),
        ({"proteinuria_mg_24h": None, "upcr": Decimal(600)}, None),
    ],
)
def test_proteinuria_is_the_daily_value_or_the_converted_ratio(
    changes: dict[str, Value | None], milligrams: float | None
) -> None:
    assert score_inputs("sledas", quiet(**changes))["proteinuria_mg"] == milligrams


def test_missing_proteinuria_names_the_measure_that_can_still_be_given() -> None:
    def missing(**changes: Value | None) -> tuple[str, ...]:
        return score_visit(quiet(proteinuria=None, **changes))["sledas"].missing

    assert missing(proteinuria_mg_24h=None) == ("proteinuria", "proteinuria_mg_24h")
    assert missing(proteinuria_mg_24h=Missing.NOT_DONE) == ("proteinuria", "upcr_unit")
    assert missing(proteinuria_mg_24h=None, proteinuria_unit=2) == ("proteinuria", "proteinuria_g_24h")
    in_grams = {"proteinuria_mg_24h": None, "proteinuria_unit": 2, "proteinuria_g_24h": Missing.NOT_DONE}
    assert missing(**in_grams) == ("proteinuria", "upcr_unit")
    assert missing(proteinuria_mg_24h=Missing.NOT_DONE, upcr_unit=1) == ("proteinuria", "upcr")


@pytest.mark.parametrize(
    ("item", "changes"),
    [
        ("thrombocytopenia", {"platelets": 84}),
        ("leukopenia", {"wbc": Decimal("2.6")}),
        ("proteinuria", {"proteinuria_mg_24h": Decimal(900)}),
    ],
)
def test_attribution_is_shared_with_sledai(item: str, changes: dict[str, Value]) -> None:
    assert score_visit(quiet(**changes, **{item: 0}))["sledas"].value == 0.366
    assert score_visit(quiet(**changes, **{item: 1}))["sledas"].value > 0.366  # type: ignore[operator]
    open_ = score_visit(quiet(**changes, **{item: None}))["sledas"]
    assert open_.value is None
    assert open_.missing == (item,)


@pytest.mark.parametrize(
    ("changes", "dose", "missing"),
    [
        ({"gc_oral": 0}, 0, ()),
        ({"gc_oral": None}, None, ("gc_oral",)),
        ({"gc_oral": 1, "gc_second": 0}, None, ("gc1_drug", "gc1_mg", "gc1_cycle_days")),
        (
            {"gc_oral": 1, "gc1_drug": 3, "gc1_mg": Decimal(4), "gc1_cycle_days": 1, "gc_second": 0},
            5,
            (),
        ),
        (
            {"gc_oral": 1, "gc1_drug": 1, "gc1_mg": Decimal(10), "gc1_cycle_days": 2, "gc_second": 0},
            5,
            (),
        ),
        (
            {"gc_oral": 1, "gc1_drug": 1, "gc1_mg": Decimal(5), "gc1_cycle_days": 1},
            None,
            ("gc_second",),
        ),
        (
            {
                "gc_oral": 1,
                "gc1_drug": 1,
                "gc1_mg": Decimal(5),
                "gc1_cycle_days": 1,
                "gc_second": 1,
                "gc2_drug": 5,
                "gc2_mg": Decimal(6),
            },
            None,
            ("gc2_cycle_days",),
        ),
        (
            {"gc_oral": 1, "gc1_drug": 1, "gc1_cycle_days": 1, "gc_second": 0, "gc1_mg": Missing.NOT_KNOWN},
            None,
            ("gc1_mg",),
        ),
    ],
)
def test_glucocorticoid_schedules(
    changes: dict[str, Value | None], dose: float | None, missing: tuple[str, ...]
) -> None:
    scores = score_visit(quiet(**changes), QUIET)
    assert scores["prednisone"].value == dose
    assert scores["prednisone"].missing == missing
    if missing:
        assert scores["doris"].missing == missing
        assert scores["lldas"].missing == missing


def test_a_dose_certainly_above_every_ceiling_settles_the_states() -> None:
    answers = quiet(gc_oral=1, gc1_drug=1, gc1_mg=Decimal(25), gc1_cycle_days=1)
    scores = score_visit(answers, QUIET)
    assert scores["prednisone"].value is None
    assert scores["doris"].value is False
    assert scores["lldas"].value is False
    assert score_inputs("doris", answers)["pred_eq"] == 25
    assert score_inputs("doris", {**answers, "gc1_mg": Decimal(7)})["pred_eq"] is None


def test_drugs_not_taken_are_not_listed_and_open_ones_have_no_amount() -> None:
    given_ = score_inputs(
        "lldas",
        quiet(
            on_azathioprine=1,
            azathioprine_dose=Decimal(100),
            on_methotrexate=1,
            on_leflunomide=None,
            on_tacrolimus=Missing.NOT_KNOWN,
        ),
    )
    assert given_["drugs"] == {
        "azathioprine": 100,
        "methotrexate": None,
        "leflunomide": None,
        "tacrolimus": None,
    }
    missing = score_visit(quiet(on_methotrexate=1, on_leflunomide=None), QUIET)["lldas"].missing
    assert set(missing) == {"methotrexate_dose", "on_leflunomide"}


def test_any_use_of_cyclophosphamide_fails_without_its_dose() -> None:
    scores = score_visit(quiet(on_cyclophosphamide=1), QUIET)
    assert scores["lldas"].value is False
    assert scores["lldas"].reasons == ("drug_gt_ceiling_cyclophosphamide",)


def test_another_drug_leaves_the_clinician_to_decide() -> None:
    scores = score_visit(quiet(on_other=1), QUIET)
    assert scores["lldas"].value is None
    assert "other_clinician_decides" in scores["lldas"].warnings


@pytest.mark.parametrize(
    ("changes", "immunosuppressant", "biologic"),
    [
        ({}, False, False),
        ({"on_hydroxychloroquine": 1}, False, False),
        ({"on_azathioprine": 1}, True, False),
        ({"on_azathioprine": None}, None, False),
        ({"on_azathioprine": None, "on_other": 1}, True, False),
        ({"on_anifrolumab_sc": 1}, False, True),
        ({"on_rituximab": Missing.NOT_KNOWN}, False, None),
    ],
)
def test_kinds_of_treatment_for_doris(
    changes: dict[str, Value | None], immunosuppressant: bool | None, biologic: bool | None
) -> None:
    given_ = score_inputs("doris", quiet(**changes))
    assert (given_["immunosuppressant"], given_["biologic"]) == (immunosuppressant, biologic)


def test_haemolytic_anaemia_counts_twice() -> None:
    answers = quiet(hemolytic_anemia=1)
    assert score_inputs("sledas", answers)["hemolytic_anemia"] is True
    assert score_inputs("lldas", answers)["hemolytic_anemia_active"] is True
    assert score_visit(quiet(hemolytic_anemia=None), QUIET)["lldas"].missing == ("hemolytic_anemia",)


def test_the_previous_visit_gives_its_items_and_its_score() -> None:
    before = quiet(alopecia=1, rash=None)
    given_ = score_inputs("lldas", QUIET, before)
    assert given_["previous"]["alopecia"] is True
    assert given_["previous"]["rash"] is None
    assert score_inputs("sledas", QUIET, before)["previous"] is None
    assert score_inputs("sledas", QUIET, quiet(alopecia=1))["previous"] == pytest.approx(1.339)
    assert score_inputs("lldas", QUIET)["previous"] is None
    assert score_visit(QUIET)["lldas"].missing == ("previous",)


@settings(max_examples=60)
@given(st.integers(0, 10**9))
def test_any_answers_give_what_the_contract_takes_and_missing_names_open_questions(seed: int) -> None:
    """Whatever was answered, no rule is asked outside its contract, and every link leads to an open question."""
    answers, earlier = random_answers(seed), random_answers(seed + 1)
    past = (earlier, earlier, earlier)
    for name, score in score_visit(answers, *past).items():
        assert validate(RESULTS[name].rule, contract_inputs(name, answers, *past)) == [], name
        for field in score.missing:
            known = field.startswith("previous") or (field in FIELDS and is_open(answers, field))
            assert known, (name, field)
        assert (score.value is not None) == score.complete
        # With a drug that no rule lists, LLDAS is left to the clinician.
        assert score.complete or score.missing or "other_clinician_decides" in score.warnings, name
        json.loads(canonical(score_json(score)))


class Watched(dict[str, Value]):
    """Answers that remember which fields were asked for."""

    def __init__(self, answers: dict[str, Value]) -> None:
        super().__init__(answers)
        self.read: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.read.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Value:
        self.read.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.read.add(str(key))
        return super().__contains__(key)


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_names_every_form_whose_answers_it_reads(name: str) -> None:
    """Only those are worked out again after an answer that name its form; and none names a form for nothing."""
    forms = tuple(form.id for form in DEFINITIONS.forms)
    read: set[str] = set()
    for seed in range(60):
        answers = Watched(random_answers(seed, forms))
        score_with([name], answers, before(QUIET, QUIET, QUIET))
        read |= answers.read
    assert {FIELDS[field].form for field in read} == RESULTS[name].forms


def test_scores_travel_without_floats() -> None:
    travelling = score_json(score_visit(quiet(alopecia=1), QUIET)["sledas"])
    assert travelling["value"] == repr(0.366 + 0.973)
    assert travelling["complete"] is True
    assert travelling["missing"] == []
    canonical(travelling)
