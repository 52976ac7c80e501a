"""Counts that can still change: joint by joint, what is known so far and what the open joints could add."""

from __future__ import annotations

from anifro_desktop.forms.joint_counts import PREFIX, Bounds, bounds, counts, lists
from anifro_desktop.record import Missing
from anifro_desktop.scores.joints import JOINTS_28, JOINTS_66, JOINTS_68


def test_nothing_answered_can_be_anything_but_a_swollen_hip() -> None:
    assert bounds({}) == (Bounds(0, 28), Bounds(0, 28), Bounds(0, 28))
    assert bounds({}, JOINTS_68) == (Bounds(0, 68), Bounds(0, len(JOINTS_66)), Bounds(0, len(JOINTS_66)))


def test_an_answer_narrows_its_counts_and_a_reason_leaves_them_open() -> None:
    answers = {"j_r_wrist": 1, "j_l_wrist": 2, "j_r_knee": 3, "j_l_knee": 0, "j_r_elbow": Missing.NOT_DONE}
    assert bounds(answers) == (Bounds(2, 26), Bounds(2, 26), Bounds(1, 25))


def test_once_all_are_known_the_bounds_are_the_counts() -> None:
    answers = {f"{PREFIX}{joint}": number % 4 for number, joint in enumerate(JOINTS_28)} | {"joint_method": 1}
    assert bounds(answers) == tuple(Bounds(count, count) for count in counts(answers))


def test_all_68_agree_with_the_lists() -> None:
    answers = {f"{PREFIX}{joint}": int(joint not in JOINTS_66) or 3 for joint in JOINTS_68} | {
        "joint_method": 2
    }
    tender, swollen = lists(answers)
    assert bounds(answers, JOINTS_68)[:2] == (
        Bounds(len(tender), len(tender)),
        Bounds(len(swollen), len(swollen)),
    )
