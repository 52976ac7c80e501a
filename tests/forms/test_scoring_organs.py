"""From answers to flare index, CLASI, joints and damage: what feeds them, what stays unknown, what would settle it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scoring_answers import QUIET, fields_of, quiet

from anifro_desktop.forms.scoring import score_inputs, score_visit
from anifro_desktop.record import Missing, Value
from anifro_desktop.scores.clasi import AREAS_OF
from anifro_desktop.scores.joints import JOINTS_28, JOINTS_68
from anifro_desktop.scores.sdi import ITEMS as SDI_ITEMS

SKIN = {**dict.fromkeys(fields_of("clasi", "clasi_"), 0), "skin_involved": 1}
EXAMINED = {f"j_{joint}": 0 for joint in JOINTS_68}


# Flares


@pytest.mark.parametrize(
    ("field", "criterion", "verdict"),
    [
        ("nw_rash", "mm_rash", "mild_moderate"),
        ("nw_ulcers", "mm_ulcers", "mild_moderate"),
        ("nw_pleuritis", "mm_pleuritis", "mild_moderate"),
        ("nw_pericarditis", "mm_pericarditis", "mild_moderate"),
        ("nw_arthritis", "mm_arthritis", "mild_moderate"),
        ("nw_fever", "mm_fever", "mild_moderate"),
        ("nsaid_or_hcq_added", "mm_drug", "mild_moderate"),
        ("newis_cyclophosphamide", "sv_drug", "severe"),
        ("newis_azathioprine", "sv_drug", "severe"),
        ("newis_methotrexate", "sv_drug", "severe"),
        ("newis_mycophenolate", "sv_drug", "severe"),
        ("hospitalised_for_sle", "sv_hosp", "severe"),
        ("pulse_since", "sv_pred", "severe"),
    ],
)
def test_each_question_of_a_flare_fires_its_criterion(field: str, criterion: str, verdict: str) -> None:
    flare = score_visit(quiet(**{field: 1}), QUIET)["sfi"]
    assert (flare.value, flare.parts["bliss_fired"]) == (verdict, [criterion])
    open_ = score_visit(quiet(**{field: Missing.NOT_KNOWN}), QUIET)["sfi"]
    assert (open_.value, open_.minimum, open_.maximum) == (None, "none", verdict)
    assert open_.missing == (field,)
    assert open_.parts[criterion] is None


@pytest.mark.parametrize(
    "organ",
    ["nw_cns", "nw_vasculitis", "nw_nephritis", "nw_myositis", "nw_platelets_lt60", "nw_hemolytic_anemia"],
)
def test_an_organ_is_severe_together_with_a_step_of_treatment(organ: str) -> None:
    five: dict[str, Value] = {"gc_oral": 1, "gc1_drug": 1, "gc1_cycle_days": 1, "gc_second": 0}
    before, now = quiet(**five, gc1_mg=Decimal(5)), quiet(**five, gc1_mg=Decimal(10))
    assert score_visit(quiet(**{organ: 1}), QUIET)["sfi"].value == "none"
    doubled = score_visit({**now, organ: 1}, before)["sfi"]
    assert (doubled.value, doubled.parts["bliss_fired"]) == ("severe", ["mm_pred", "sv_organ"])
    assert score_visit(now, before)["sfi"].value == "mild_moderate"


def test_a_new_biologic_is_told_and_makes_no_flare() -> None:
    flare = score_visit(quiet(new_biologic_activity=1), QUIET)["sfi"]
    assert (flare.value, flare.warnings) == ("none", ("new_biologic_not_counted",))


def test_both_assessments_are_compared_as_far_as_they_are_final() -> None:
    before = quiet(
        alopecia=1, phga=Decimal("0.5"), gc_oral=1, gc1_drug=3, gc1_mg=Decimal(4), gc1_cycle_days=1
    )
    given = score_inputs("sfi", quiet(rash=1, alopecia=1), before)
    # Without "second scheme" the dose of then is no final dose, and nothing is compared with it.
    assert given["previous"] == {"sledai": 2, "phga": 0.5, "pred_eq": None}
    assert given["now"] == {"sledai": 4, "phga": 0.2, "pred_eq": 0}
    assert score_inputs("sfi", QUIET, {**before, "gc_second": 0})["previous"]["pred_eq"] == 5
    assert score_inputs("sfi", quiet(fever=None), before)["now"]["sledai"] is None
    assert score_inputs("sfi", QUIET)["previous"] == {"sledai": None, "phga": None, "pred_eq": None}


def test_without_an_assessment_before_a_flare_is_open_unless_something_fires() -> None:
    flare = score_visit(quiet(rash=1, alopecia=1))["sfi"]
    assert (flare.value, flare.maximum, flare.missing) == (None, "mild_moderate", ("previous",))
    assert score_visit(quiet(rash=1, alopecia=1, hospitalised_for_sle=1))["sfi"].value == "severe"
    assert score_visit(QUIET)["sfi"].value == "none"  # so quiet that nothing can have risen


def test_what_is_open_today_is_named_by_its_questions() -> None:
    def missing(**changes: Value | None) -> tuple[str, ...]:
        return score_visit(quiet(**changes), QUIET)["sfi"].missing

    assert missing(fever=None, seizure=Missing.NOT_DONE) == ("seizure", "fever")
    assert missing(phga=None) == ("phga",)
    assert missing(gc_oral=None) == ("gc_oral",)
    assert missing(nw_fever=None, nw_rash=None) == ("nw_rash", "nw_fever")
    assert missing(newis_methotrexate=None, newis_azathioprine=1) == ()
    assert missing(pulse_since=None, hospitalised_for_sle=None) == ("hospitalised_for_sle", "pulse_since")


@pytest.mark.parametrize(
    ("answer", "verdict", "open_"),
    [(None, "mild_moderate", ()), (1, "mild_moderate", ()), (0, "none", ())],
)
def test_a_raised_dose_counts_unless_it_is_said_not_to_be_for_activity(
    answer: int | None, verdict: str, open_: tuple[str, ...]
) -> None:
    raised = {"gc_oral": 1, "gc1_drug": 1, "gc1_mg": Decimal(15), "gc1_cycle_days": 1, "gc_second": 0}
    flare = score_visit(quiet(**raised, gc_raised_activity=answer), QUIET)["sfi"]
    assert (flare.value, flare.missing) == (verdict, open_)
    unknown = score_visit(quiet(**raised, gc_raised_activity=Missing.NOT_KNOWN), QUIET)["sfi"]
    assert unknown.value == "mild_moderate"  # a reason that was not found out does not take the rise away


def test_a_raised_dose_needs_the_weight_to_tell_how_far() -> None:
    raised = {"gc_oral": 1, "gc1_drug": 1, "gc1_mg": Decimal(35), "gc1_cycle_days": 1, "gc_second": 0}
    assert score_visit(quiet(**raised), QUIET)["sfi"].value == "severe"  # 60 kg
    heavy = score_visit(quiet(**raised, weight_kg=Decimal(80)), QUIET)["sfi"]
    assert heavy.value == "mild_moderate"
    weighed = score_visit(quiet(**raised, weight_kg=None), QUIET)["sfi"]
    assert weighed.value == "severe"  # the last known weight, 60 kg, stands for one not taken
    never = {name: value for name, value in QUIET.items() if name != "weight_kg"}
    unknown = score_visit(quiet(**raised, weight_kg=None), never)["sfi"]
    assert (unknown.value, unknown.minimum, unknown.missing) == (None, "mild_moderate", ("weight_kg",))
    heavy = {**QUIET, "weight_kg": Decimal(80)}
    assert score_visit(quiet(**raised, weight_kg=None), never, weight=heavy)["sfi"].value == "mild_moderate"
    assert score_visit(quiet(**raised, weight_kg=None), QUIET, weight=heavy)["sfi"].value == "severe"


# Skin


def test_clear_skin_answers_every_area_with_none() -> None:
    given = score_inputs("clasi", quiet(clasi_e_arms=2))
    assert all(set(given[part].values()) == {0} for part in AREAS_OF)
    assert {
        given[key] for key in ("mucous", "recent_hair_loss", "alopecia_nonscarring", "scalp_scarring")
    } == {0}
    assert given["dyspig_ge_12m"] is False


def test_every_area_of_the_skin_has_its_own_answer() -> None:
    fields = fields_of("clasi", "clasi_")
    seen = []
    for field in fields:
        if field in ("clasi_dyspig_12m", "clasi_scalp_scar"):
            continue
        parts = score_visit({**QUIET, **SKIN, field: 1})["clasi"].parts
        seen.append(parts["activity"] + parts["damage"])  # type: ignore[operator]
    assert seen == [1] * (len(fields) - 2)
    scar = score_visit({**QUIET, **SKIN, "clasi_scalp_scar": 6})["clasi"].parts
    assert (scar["activity"], scar["damage"]) == (0, 6)
    lasting = {**QUIET, **SKIN, "clasi_d_arms": 1, "clasi_dyspig_12m": 1}
    assert score_visit(lasting)["clasi"].parts["damage"] == 2


def test_open_skin_is_named_by_the_question_that_comes_next() -> None:
    assert score_visit(quiet(skin_involved=None))["clasi"].missing == ("skin_involved",)
    assert score_visit(quiet(skin_involved=Missing.NOT_DONE))["clasi"].missing == ("skin_involved",)
    open_ = {**QUIET, **SKIN}
    for field in ("clasi_e_neck_shoulders", "clasi_mucous", "clasi_x_feet"):
        del open_[field]
    skin = score_visit(open_)["clasi"]
    assert (skin.value, skin.minimum, skin.maximum) == (None, 0, 4)
    assert skin.missing == ("clasi_e_neck_shoulders", "clasi_mucous")  # scars do not change activity


def test_the_skin_at_baseline_is_what_a_response_is_measured_against() -> None:
    baseline = {**QUIET, **SKIN, **dict.fromkeys(fields_of("clasi", "clasi_e_")[:6], 2)}
    now = {**QUIET, **SKIN, "clasi_e_ears": 3}
    parts = score_visit(now, QUIET, baseline)["clasi"].parts
    assert (parts["activity"], parts["pct_change"], parts["clasi50"]) == (3, -75, True)
    del baseline["clasi_mucous"]
    assert score_inputs("clasi", now, QUIET, baseline)["baseline_activity"] is None


# Joints


def test_joints_one_by_one_are_counted_for_every_rule() -> None:
    found = {"j_r_mcp2": 3, "j_l_wrist": 2, "j_r_knee": 1, "j_r_ankle": 3, "j_l_hip": 1}
    answers = quiet(**{**EXAMINED, **found, "joint_method": 2})  # type: ignore[arg-type]
    parts = score_visit(answers)["joints"].parts
    assert {key: parts[key] for key in ("tjc28", "sjc28", "tjc68", "sjc66")} == {
        "tjc28": 2,
        "sjc28": 2,
        "tjc68": 4,
        "sjc66": 3,
    }
    assert score_visit(answers)["joints"].value == 1
    assert score_inputs("sledas", answers)["swollen28"] == 2
    only_28 = {**answers, "joint_method": 1}
    assert score_visit(only_28)["joints"].parts["tjc68"] is None
    assert score_inputs("sledas", only_28)["swollen28"] == 2


def test_counts_stand_for_joints_only_where_that_is_how_they_were_recorded() -> None:
    counted = quiet(tjc28=5, sjc28=4, active28=3, **EXAMINED)
    assert score_visit(counted)["joints"].value == 3
    assert score_visit({**counted, "joint_method": 1})["joints"].value == 0
    assert score_visit(quiet(joint_method=None, sjc28=4))["joints"].value is None


def test_open_joints_are_named_by_what_is_open() -> None:
    def missing(rule: str, **changes: Value | None) -> tuple[str, ...]:
        return score_visit(quiet(**changes))[rule].missing

    assert missing("joints", joint_method=None) == ("joint_method",)
    assert missing("joints", tjc28=None, sjc28=4, active28=None) == ("tjc28", "active28")
    one_by_one = {
        **EXAMINED,
        "joint_method": 1,
        "j_r_pip3": None,
        "j_l_knee": Missing.NOT_DONE,
        "j_r_hip": None,
    }
    for rule in ("joints", "sledas"):
        assert missing(rule, **one_by_one) == ("j_r_pip3", "j_l_knee")
    all_68 = {**one_by_one, "joint_method": 2}
    assert missing("joints", **all_68) == ("j_r_pip3", "j_r_hip", "j_l_knee")
    assert missing("sledas", **all_68) == ("j_r_pip3", "j_l_knee")
    assert missing("sledas", sjc28=None) == ("sjc28",)
    assert set(missing("joints", joint_method=1)) == {f"j_{joint}" for joint in JOINTS_28}


def test_joints_at_baseline_are_what_a_response_is_measured_against() -> None:
    baseline = quiet(tjc28=8, sjc28=6, active28=6)
    parts = score_visit(quiet(tjc28=4, sjc28=3, active28=3), QUIET, baseline)["joints"].parts
    assert (parts["response50_evaluable"], parts["response50"]) == (True, True)
    worse = score_visit(quiet(tjc28=5, sjc28=3, active28=3), QUIET, baseline)["joints"].parts
    assert worse["response50"] is False


# Damage


def test_every_item_of_damage_has_its_own_answer() -> None:
    fields = fields_of("damage")
    for item, field in zip(SDI_ITEMS, fields, strict=True):
        most = SDI_ITEMS[item][-1]
        found = score_visit(quiet(**{field: most}))["sdi"]
        assert (found.value, found.parts[item]) == (most, most)
        open_ = score_visit(quiet(**{field: Missing.NOT_KNOWN}))["sdi"]
        assert (open_.minimum, open_.maximum, open_.missing) == (0, most, (field,))


def test_damage_is_compared_with_the_last_index_and_with_baseline() -> None:
    earlier = quiet(sdi_cataract=1, sdi_stroke=1)
    now = quiet(sdi_cataract=1, sdi_stroke=0, sdi_esrd=3)
    parts = score_visit(now, QUIET, earlier, earlier)["sdi"].parts
    assert (parts["change"], parts["accrual"], parts["contradictions"]) == (2, True, ["stroke"])
    assert score_visit(now, QUIET)["sdi"].parts["contradictions"] == []
    # The visit before had no damage index: the last one that did is what counts.
    no_index = quiet(**dict.fromkeys(fields_of("damage"), None))
    assert score_visit(now, no_index, earlier, earlier)["sdi"].parts["contradictions"] == ["stroke"]
