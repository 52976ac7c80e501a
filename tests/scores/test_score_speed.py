"""The five rules together stay far below what a person can notice, also on a slow and busy machine."""

from __future__ import annotations

import statistics
import time

from anifro_desktop.scores.registry import RULES
from anifro_desktop.scores.sledai2k import WEIGHTS

ITEMS = dict.fromkeys(WEIGHTS, False) | {"rash": True, "alopecia": None}
SHARED = {"phga": 0.4, "pred_eq": 5, "pulse_30d": False}
ANSWERS = {
    "sledai2k": {**ITEMS, "labs": {"platelets": 84, "wbc": 2.6, "c3_low": True, "temperature_c": 36.5}},
    "sledas": {"swollen28": 4, "platelets": 84, "wbc": 2.6, "proteinuria_mg": 140, "rash_local": True},
    "doris": {**ITEMS, **SHARED, "stable": True},
    "lldas": {**ITEMS, **SHARED, "previous": ITEMS, "drugs": {"methotrexate": 15}, "weight_kg": 62},
    "prednisone": {"schedules": [{"drug": "prednisone", "mg_per_cycle": 12.5, "cycle_days": 1}]},
}
MOST_SECONDS = 0.001  # measured: 0.04 ms


def test_all_five_rules_take_less_than_a_millisecond() -> None:
    taken = []
    for _ in range(200):
        start = time.perf_counter()
        for rule, answers in ANSWERS.items():
            RULES[rule].score(answers)
        taken.append(time.perf_counter() - start)
    assert statistics.median(taken) < MOST_SECONDS
