"""The joint counts once more, from the papers and the protocol alone: a list of joints, and counting."""

from __future__ import annotations

from typing import Any

# Joint of each side: whether it is looked at for tenderness, for swelling, and in the 28-joint count.
CHART = """
tmj T S -
sternoclavicular T S -
acromioclavicular T S -
shoulder T S 28
elbow T S 28
wrist T S 28
mcp1 T S 28
mcp2 T S 28
mcp3 T S 28
mcp4 T S 28
mcp5 T S 28
thumb_ip T S 28
pip2 T S 28
pip3 T S 28
pip4 T S 28
pip5 T S 28
dip2 T S -
dip3 T S -
dip4 T S -
dip5 T S -
hip T - -
knee T S 28
ankle T S -
midfoot T S -
mtp1 T S -
mtp2 T S -
mtp3 T S -
mtp4 T S -
mtp5 T S -
great_toe_ip T S -
toe_pip2 T S -
toe_pip3 T S -
toe_pip4 T S -
toe_pip5 T S -
"""


def joints(mark: str) -> list[str]:
    rows = [line.split() for line in CHART.split("\n") if line]
    return [f"{side}_{row[0]}" for row in rows if mark in row[1:] for side in "rl"]


def parts(tender: list[str], swollen: list[str], before_tender: int, before_swollen: int) -> dict[str, Any]:
    study = joints("28")
    tender28 = sum(joint in study for joint in tender)
    swollen28 = sum(joint in study for joint in swollen)
    defined = before_tender > 0 and before_swollen > 0
    halved = defined and tender28 / before_tender <= 0.5 and swollen28 / before_swollen <= 0.5
    return {
        "tjc28": tender28,
        "sjc28": swollen28,
        "tjc68": len(tender),
        "sjc66": len(swollen),
        "active28": sum(joint in tender and joint in swollen for joint in study),
        "response50_evaluable": before_tender >= 6 and before_swollen >= 6,
        "response50": halved if defined else None,
    }
