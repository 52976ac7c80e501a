"""Time to response, transcribed a second time for baselines and visits that are complete."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

Measures = dict[str, Any]
NAMES = ["ttr_lldas", "ttr_doris", "ttr_sledai4", "ttr_clasi50", "ttr_joint50", "ttr_gc5"]


def exact(value: float) -> Fraction:
    return Fraction(round(value * 10**9), 10**9)


def evaluable(rule: str, base: Measures) -> bool:
    return {
        "ttr_lldas": lambda: not all(base[f"lldas_{item}"] for item in ("activity", "phga", "gc", "drugs")),
        "ttr_doris": lambda: not base["doris"],
        "ttr_sledai4": lambda: base["sledai"] > 3,
        "ttr_clasi50": lambda: base["clasi_activity"] > 9,
        "ttr_joint50": lambda: min(base["tjc28"], base["sjc28"]) > 5,
        "ttr_gc5": lambda: exact(base["pred_eq"]) > 5,
    }[rule]()


def met(rule: str, base: Measures, now: Measures) -> bool:
    return {
        "ttr_lldas": lambda: now["lldas"],
        "ttr_doris": lambda: now["doris"],
        "ttr_sledai4": lambda: base["sledai"] - now["sledai"] >= 4,
        "ttr_clasi50": lambda: 2 * now["clasi_activity"] <= base["clasi_activity"],
        "ttr_joint50": lambda: 2 * now["tjc28"] <= base["tjc28"] and 2 * now["sjc28"] <= base["sjc28"],
        "ttr_gc5": lambda: exact(now["pred_eq"]) <= 5,
    }[rule]()


def outcome(visits: list[tuple[int, bool]]) -> tuple[bool, int]:
    """Event and days from the day and result of every visit after day 0; without any, censored on day 0."""
    last = 0
    for day, hit in sorted(visits, key=lambda one: (one[0], not one[1])):
        if day < 1:
            continue
        if hit:
            return True, day
        last = day
    return False, last
