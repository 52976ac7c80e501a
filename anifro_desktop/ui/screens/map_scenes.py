"""What is photographed of the body maps: the joint count, 28 and 66/68, its table, and the CLASI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anifro_desktop.ui.screens.stage import Stage

_JOINTS = {
    "j_r_wrist": 2,
    "j_r_mcp2": 3,
    "j_r_mcp3": 1,
    "j_r_pip2": 2,
    "j_r_pip3": 0,
    "j_r_pip4": 0,
    "j_l_shoulder": 1,
    "j_l_mcp2": 3,
    "j_r_knee": 0,
    "j_l_knee": 0,
}
_FEET = {"j_r_mtp2": 1, "j_r_mtp3": 3, "j_l_ankle": 2, "j_l_hip": 1, "j_r_hip": 0}
_SKIN = {
    "skin_involved": 1,
    "clasi_e_scalp": 2,
    "clasi_s_scalp": 1,
    "clasi_d_scalp": 0,
    "clasi_scalp_scar": 3,
    "clasi_e_nose_malar": 3,
    "clasi_s_nose_malar": 2,
    "clasi_e_arms": 1,
    "clasi_d_legs": 1,
}
_CLEAR = ("ears", "chest", "abdomen", "feet")


def body_maps(stage: Stage) -> None:
    """An unscheduled visit with both maps half done."""
    shell = stage.window.shell
    shell.show_place("today")
    stage.on("TodayPage")
    stage.until(lambda: stage.page.table.items)
    row = [one for one in stage.page.table.items if len(one.visits) > 1][1]
    shell.open_visit(row.subject, "unscheduled", shell.desk.site.today())
    stage.on("VisitPage")
    page = stage.page
    stage.until(stage.window.isActiveWindow)
    _put(page, {"joint_method": 1, **_JOINTS})
    page.go_to_field("j_r_mcp4")
    stage.snap("joints")
    _put(page, {"joint_method": 2, **_FEET})
    page.go_to_field("j_r_mtp1")
    stage.snap("joints-66-68")
    page.view.act("map")
    stage.snap("joints-table")
    page.view.act("map")
    _put(page, _SKIN | {f"clasi_{part}_{area}": 0 for area in _CLEAR for part in "esdx"})
    page.go_to_field("clasi_s_arms")
    stage.snap("clasi")
    shell.show_place("today")
    stage.on("TodayPage")


def _put(page: Any, answers: Mapping[str, int]) -> None:
    for field, code in answers.items():
        page.view.binding.put(field, code)
