"""What the patient answers: the more active the disease and the lower the wellbeing, the worse, item by item.

Some questionnaires are not done, and now and then one item is left out.
"""

from __future__ import annotations

import random
from typing import Any

from anifro_desktop.scores import facit_fatigue, sf36
from anifro_desktop.workflows.cohort import settings as s
from anifro_desktop.workflows.cohort.chance import cut
from anifro_desktop.workflows.cohort.people import Person
from anifro_desktop.workflows.cohort.states import State

NOT_DONE = {"missing": "not_done"}


def patient_answers(rng: random.Random, person: Person, state: State) -> dict[str, Any]:
    """Scales, SF-36, FACIT-Fatigue and EQ-5D-5L of one visit."""
    health = 0.80 - 0.20 * state.phga + 0.10 * person.wellbeing - 0.006 * state.tender + rng.gauss(0, 0.05)
    parts = (_scales, _sf36, _facit, _eq5d)
    answers: dict[str, Any] = {}
    for part in parts:
        given = part(rng, health)
        left_out = rng.random() < s.QUESTIONNAIRE_NOT_DONE
        answers |= dict.fromkeys(given, NOT_DONE) if left_out else given
    return answers


def _now(rng: random.Random, health: float) -> float:
    return cut(rng.gauss(health, 0.12), 0, 1)


def _scales(rng: random.Random, health: float) -> dict[str, Any]:
    scales = ("pain_vas", "fatigue_vas", "ptga")
    return {"vas_scale": 1} | {name: round(100 * (1 - _now(rng, health))) for name in scales}


def _sf36(rng: random.Random, health: float) -> dict[str, Any]:
    answers = {}
    for item, points in sf36.RECODES.items():
        low, high = min(points), max(points)
        wanted = low + _now(rng, health) * (high - low)
        nearest = min(range(len(points)), key=lambda place: abs(points[place] - wanted))
        answers[f"sf36_{item}"] = 1 + nearest
    return answers


def _facit(rng: random.Random, health: float) -> dict[str, Any]:
    answers = {}
    for item, code in enumerate(facit_fatigue.ITEMS, start=1):
        level = round(4 * _now(rng, health))
        answers[f"facit_{item}"] = level if code in facit_fatigue.NOT_REVERSED else 4 - level
    return answers


def _eq5d(rng: random.Random, health: float) -> dict[str, Any]:
    dimensions = ("mo", "sc", "ua", "pd", "ad")
    answers = {f"eq5d_{name}": 1 + round(3.4 * (1 - _now(rng, health))) for name in dimensions}
    return answers | {"eq_vas": round(100 * _now(rng, health))}
