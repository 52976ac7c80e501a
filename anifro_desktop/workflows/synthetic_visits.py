"""One visit of a synthetic patient, every form of it: items that agree with joints, skin and laboratory, questionnaires
that follow activity, and a flare form that agrees with the visit before.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from anifro_desktop.scores import facit_fatigue, sf36
from anifro_desktop.scores.joints import JOINTS_28

# Items with no laboratory value or joint behind them, with their chance of being present in fully active disease.
_CLINICAL = {
    "rash": 0.65,
    "alopecia": 0.45,
    "mucosal_ulcers": 0.3,
    "pleurisy": 0.08,
    "pericarditis": 0.06,
    "vasculitis": 0.05,
}
# The item behind each question of what is new or worse.
_NEW = {
    "nw_rash": ("rash", "vasculitis"),
    "nw_ulcers": ("mucosal_ulcers",),
    "nw_pleuritis": ("pleurisy",),
    "nw_pericarditis": ("pericarditis",),
    "nw_arthritis": ("arthritis",),
    "nw_nephritis": ("proteinuria",),
}
_DOSES = {"azathioprine": "100", "mycophenolate_mofetil": "2000", "methotrexate": "15"}
_DAMAGE = ("sdi_cataract", "sdi_osteoporosis_fracture", "sdi_scarring_alopecia", "sdi_diabetes")
_ABSENT = ("joints", "clasi", "sledai2k", "sledas", "treatment", "flare", "damage")
_MIDWAY = "m06"  # the damage index is not done there


@dataclass
class Invented:
    """A synthetic patient on the way. found: the items present at the visit before; damage: items so far."""

    rng: random.Random
    sex: int
    weight: float
    responder: bool
    drug: str
    found: set[str] | None = None
    platelets: int = 0
    damage: set[str] = field(default_factory=set)


def visit_answers(person: Invented, key: str, since: Mapping[str, int]) -> dict[str, Any]:
    """The answers of one visit, and the forms whose open items are absent. since: counts of `synthetic_events`."""
    rng, first = person.rng, key == "baseline"
    activity = 1.0 if first else (0.18 if person.responder else 0.62) * rng.uniform(0.6, 1.4)
    joints, active = _joints(rng, activity)
    blood, present = _laboratory(rng, activity)
    present |= {name for name, chance in _CLINICAL.items() if rng.random() < chance * min(activity, 1)}
    present |= {"arthritis"} if active >= 2 else set()
    answers: dict[str, Any] = {} if first else _since_last(since)
    answers |= {
        "temperature_c": f"{rng.uniform(36.1, 37.2):.1f}",
        "weight_kg": f"{person.weight + rng.uniform(-1.5, 1.5):.1f}",
    }
    answers |= joints | _skin(rng, present) | blood | dict.fromkeys(sorted(present), 1)
    answers |= _organs(rng, present)
    answers["phga"] = f"{min(2.9, max(0.0, rng.gauss(1.7 * activity, 0.2))):.1f}"
    answers |= _treatment(person, activity, first) | {"pulse_30d": int(since["pulse_30d"] > 0)}
    answers |= {} if first else _flare(person, present, blood["platelets"], since)
    answers |= {} if key == _MIDWAY else _damage(person, first)
    answers |= _patient(rng, activity)
    person.found, person.platelets = present, blood["platelets"]
    left = {"flare"} if first else {"damage"} if key == _MIDWAY else set()
    return {"answers": answers, "absent": [form for form in _ABSENT if form not in left]}


def _joints(rng: random.Random, activity: float) -> tuple[dict[str, Any], int]:
    """Joints one by one, sometimes only counted; and how many are both tender and swollen."""
    swollen = min(14, max(0, round(rng.gauss(6 * activity - 1.2, 1.4))))
    active = max(0, swollen - rng.randrange(0, 2))
    tender = max(active, swollen + rng.randrange(0, 3) - (0 if swollen else rng.randrange(0, 2)))
    if rng.random() < 0.25:
        return {"joint_method": 3, "tjc28": tender, "sjc28": swollen, "active28": active}, active
    states = [3] * active + [2] * (swollen - active) + [1] * (tender - active)
    places = rng.sample(JOINTS_28, len(states))
    return {"joint_method": 1} | {
        f"j_{joint}": state for joint, state in zip(places, states, strict=True)
    }, active


def _laboratory(rng: random.Random, activity: float) -> tuple[dict[str, Any], set[str]]:
    """Laboratory values, and the items that they make present."""
    platelets = max(22, round(rng.gauss(225 - 70 * activity, 38)))
    wbc = max(1.2, round(rng.gauss(5.6 - 1.7 * activity, 1.1), 1))
    proteinuria = max(20, round(rng.gauss(110 + 190 * activity, 120)))
    low_c3, raised = rng.random() < 0.25 + 0.4 * activity, rng.random() < 0.25 + 0.45 * activity
    present = {"thrombocytopenia"} if platelets < 100 else set()
    present |= {"leukopenia"} if wbc < 3 else set()
    present |= {"proteinuria"} if proteinuria > 500 else set()
    present |= {"low_complement"} if low_c3 else set()
    present |= {"increased_dna_binding"} if raised else set()
    values = {
        "haemoglobin": f"{rng.gauss(12.8 - 0.8 * activity, 0.7):.1f}",
        "platelets": platelets,
        "wbc": f"{wbc:.1f}",
        "proteinuria_mg_24h": proteinuria,
        "urine_rbc_hpf": rng.randrange(0, 4),
        "urine_wbc_hpf": rng.randrange(0, 4),
        "c3_low": int(low_c3),
        "c4_low": int(low_c3 and rng.random() < 0.5),
        "ch50_low": {"missing": "not_done"},
        "dsdna_raised": int(raised),
    }
    return values, present


def _skin(rng: random.Random, present: set[str]) -> dict[str, Any]:
    """CLASI for the skin items that are present."""
    if not present & {"rash", "alopecia", "mucosal_ulcers"}:
        return {"skin_involved": 0}
    answers = {"skin_involved": 1}
    if "rash" in present:
        answers |= {"clasi_e_nose_malar": rng.randrange(1, 4), "clasi_e_hands": rng.randrange(0, 3)}
        answers |= {"clasi_s_nose_malar": rng.randrange(0, 2)}
    if "alopecia" in present:
        answers["clasi_alopecia"] = 1
    if "mucosal_ulcers" in present:
        answers["clasi_mucous"] = 1
    return answers


def _organs(rng: random.Random, present: set[str]) -> dict[str, Any]:
    """What SLE-DAS asks besides."""
    answers: dict[str, Any] = {}
    if "rash" in present:
        answers["rash_extent"] = rng.choice((1, 2))
    if "vasculitis" in present:
        answers["mucocutaneous_vasculitis"] = 1
    if present & {"pleurisy", "pericarditis"}:
        answers["serositis"] = 1
    return answers


def _treatment(person: Invented, activity: float, first: bool) -> dict[str, Any]:
    rng = person.rng
    lower = rng.choice((0, 2.5, 5, 5, 7.5)) if activity < 0.35 else 10
    dose = rng.choice((12.5, 10, 15, 20)) if first else lower
    steroid: dict[str, Any] = {"gc_oral": 0}
    if dose:
        steroid = {"gc_oral": 1, "gc1_drug": 1, "gc1_mg": str(dose), "gc1_cycle_days": 1, "gc_second": 0}
    drugs: dict[str, Any] = {"on_hydroxychloroquine": 1, "hydroxychloroquine_dose": "400"}
    drugs |= {"on_anifrolumab_iv": 1, "anifrolumab_iv_dose": "300"}
    if person.drug:
        drugs |= {f"on_{person.drug}": 1, f"{person.drug}_dose": _DOSES[person.drug]}
    return steroid | drugs | {"stable": 1, "not_tolerated": 0, "investigational": 0}


def _since_last(since: Mapping[str, int]) -> dict[str, Any]:
    return {
        "since_ae": int(since["ae"] > 0),
        "since_hospital": 0,
        "since_dose_missed": 0,
        "since_treatment": int(since["pulse"] > 0),
        "since_vaccine_pregnancy": 0,
    }


def _flare(person: Invented, present: set[str], platelets: int, since: Mapping[str, int]) -> dict[str, Any]:
    """What was not there at the visit before is new."""
    new = present - (person.found or set())
    found = {field for field, items in _NEW.items() if new & set(items)}
    found |= {"nw_platelets_lt60"} if platelets < 60 <= person.platelets else set()
    decided = ("nsaid_or_hcq_added", "new_biologic_activity", "hospitalised_for_sle")
    drugs = ("cyclophosphamide", "azathioprine", "methotrexate", "mycophenolate")
    return {
        **dict.fromkeys(sorted(found), 1),
        **dict.fromkeys(decided, 0),
        **{f"newis_{drug}": 0 for drug in drugs},
        "pulse_since": int(since["pulse"] > 0),
    }


def _damage(person: Invented, first: bool) -> dict[str, Any]:
    """What there was, and now and then one item more."""
    if person.rng.random() < (0.3 if first else 0.12):
        person.damage.add(person.rng.choice(_DAMAGE))
    return dict.fromkeys(sorted(person.damage), 1)


def _patient(rng: random.Random, activity: float) -> dict[str, Any]:
    """Scales and questionnaires: the more active the disease, the worse."""

    def health() -> float:
        return min(1.0, max(0.0, rng.gauss(0.85 - 0.45 * activity, 0.15)))

    scale = {name: round(100 * (1 - health())) for name in ("pain_vas", "fatigue_vas", "ptga")}
    answers: dict[str, Any] = {"vas_scale": 1, **scale}
    for item, points in sf36.RECODES.items():
        worst, best = min(points), max(points)
        wanted = worst + health() * (best - worst)
        answers[f"sf36_{item}"] = 1 + min(range(len(points)), key=lambda place: abs(points[place] - wanted))
    for item, code in enumerate(facit_fatigue.ITEMS, start=1):
        level = round(4 * health())
        answers[f"facit_{item}"] = level if code in facit_fatigue.NOT_REVERSED else 4 - level
    for dimension in ("mo", "sc", "ua", "pd", "ad"):
        answers[f"eq5d_{dimension}"] = 1 + round(3 * (1 - health()))
    return answers | {"eq_vas": round(100 * health())}
