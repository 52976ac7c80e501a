"""Joints: one by one (28 or 66/68) or only counted, with arthritis suggested from either."""

from __future__ import annotations

import pytest
from forms_filling import asked, filled, form_of, problem, suggested

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.scores.joints import JOINTS_28, JOINTS_66, JOINTS_68

SINGLE_28, SINGLE_68, COUNTED = "1", "2", "3"
FIELDS_28 = {f"j_{joint}" for joint in JOINTS_28}
FIELDS_68 = {f"j_{joint}" for joint in JOINTS_68}


def examined(method: str, **states: str) -> VisitSession:
    """All joints normal but some, in the order of an examination."""
    session = filled("joints sledai2k", {"joint_method": method, **{f"j_{k}": v for k, v in states.items()}})
    for section in form_of("joints").sections:
        session.all_absent("joints", section.id)
    return session


def test_every_joint_of_the_rule_has_one_question_and_hips_cannot_be_swollen() -> None:
    fields = {item.id: item for item in form_of("joints").fields if item.id.startswith("j_")}
    assert fields.keys() == FIELDS_68
    for name, item in fields.items():
        assert item.codes is not None
        swells = name.removeprefix("j_") in JOINTS_66
        assert item.codes.values == ((0, 1, 2, 3) if swells else (0, 1))
        assert item.codes.absent == 0
    assert [name for name in fields if not fields[name].label.en.startswith(("Right ", "Left "))] == []
    for text in ("it", "en"):
        assert len({item.label.get(text) for item in fields.values()}) == len(JOINTS_68)


@pytest.mark.parametrize(
    ("method", "joints", "counts"),
    [(SINGLE_28, FIELDS_28, False), (SINGLE_68, FIELDS_68, False), (COUNTED, set(), True)],
)
def test_only_what_the_method_needs_is_asked(method: str, joints: set[str], counts: bool) -> None:
    session = filled("joints", {"joint_method": method})
    shown = set(asked(session, "joints"))
    assert {name for name in shown if name.startswith("j_")} == joints
    assert ({"tjc28", "sjc28", "active28"} <= shown) is counts


def test_before_the_method_is_chosen_nothing_else_is_asked() -> None:
    assert asked(filled("joints"), "joints") == ["joint_method"]


def test_remaining_joints_of_a_hand_are_normal_in_one_act_and_found_ones_stay() -> None:
    session = filled("joints", {"joint_method": SINGLE_28, "j_r_mcp2": "3"})
    assert session.open_absent_count("joints", "right_hand") == 10
    session.all_absent("joints", "right_hand")
    assert session.answers["j_r_mcp2"] == 3
    assert session.answers["j_r_pip5"] == 0
    assert "j_l_mcp2" not in session.answers
    assert "j_r_dip2" not in session.answers
    session.undo()
    assert "j_r_pip5" not in session.answers


def test_arthritis_is_suggested_from_two_joints_both_tender_and_swollen() -> None:
    two = examined(SINGLE_28, r_mcp2="3", l_knee="3", r_wrist="1")
    assert suggested(two, "arthritis") == 1
    state = two.state("arthritis").suggestion
    assert state is not None
    assert state.text.it == "dalle articolazioni: 2 dolenti e tumefatte (presente se almeno 2); 2 tumefatte"
    two.set_text("swollen_not_sle", "1")
    assert suggested(two, "arthritis") == 0


def test_tender_in_one_joint_and_swollen_in_another_is_no_active_joint() -> None:
    assert suggested(examined(SINGLE_28, r_mcp2="1", r_mcp3="2", l_mcp2="1", l_mcp3="2"), "arthritis") == 0


def test_joints_outside_the_28_do_not_count_for_arthritis() -> None:
    assert suggested(examined(SINGLE_68, r_ankle="3", l_ankle="3", r_dip2="3"), "arthritis") == 0


def test_nothing_is_suggested_while_a_joint_is_open() -> None:
    session = filled("joints sledai2k", {"joint_method": SINGLE_28, "j_r_mcp2": "1"})
    session.all_absent("joints", "right_hand")
    assert suggested(session, "arthritis") is None


def test_counts_suggest_as_joints_do_and_must_agree_with_one_another() -> None:
    counts = {"joint_method": COUNTED, "tjc28": "4", "sjc28": "3", "active28": "2"}
    session = filled("joints sledai2k", counts)
    assert suggested(session, "arthritis") == 1
    session.set_text("active28", "4")
    assert problem(session, "active28") == ("hard", "active_above_counts")


def test_swelling_of_another_cause_is_asked_only_where_there_may_be_swelling() -> None:
    counted = filled("joints", {"joint_method": COUNTED, "sjc28": "0"})
    assert not counted.state("swollen_not_sle").visible
    counted.set_text("sjc28", "1")
    assert counted.state("swollen_not_sle").visible
    single = filled("joints", {"joint_method": SINGLE_28})
    assert single.state("swollen_not_sle").visible
    assert not single.state("swollen_not_sle").field.required
