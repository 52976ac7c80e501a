"""Synthetic patients, and only these, for practice, the demonstration, pictures and trials.

Each course is a visit file (see `transcription`), so that it goes through the same session, checks and audit as a
visit typed at the bedside. The same seed gives the same people. Every surname says that it is synthetic.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from anifro_desktop.study.schedule import target

MONTHS = {"baseline": 0, "m06": 6, "m12": 12, "m24": 24, "m36": 36, "m48": 48, "m60": 60}
_GIVEN = {
    1: ("Ada", "Bianca", "Clelia", "Dora", "Elsa", "Fosca", "Gemma", "Ilda", "Lia", "Mina", "Norma", "Olga"),
    2: ("Aldo", "Bruno", "Carlo", "Dino", "Elio", "Fabio", "Gino", "Ivo", "Livio", "Nino", "Oreste", "Piero"),
}
# Items with no laboratory value or joint behind them, with their chance of being present in fully active disease.
_CLINICAL = {
    "rash": 0.65,
    "alopecia": 0.45,
    "mucosal_ulcers": 0.3,
    "pleurisy": 0.08,
    "pericarditis": 0.06,
    "vasculitis": 0.05,
}
_ABSENT = ("sledai2k", "sledas", "treatment")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to invent. today: nobody has a visit after it. months_back: how long ago the first was enrolled."""

    patients: int
    today: date
    seed: int = 1
    months_back: int = 30


def courses(plan: Plan) -> Iterator[dict[str, Any]]:
    """Visit files, one a patient."""
    rng = random.Random(plan.seed)  # noqa: S311 - invented people need a repeatable chance, not a secret one
    for number in range(plan.patients):
        yield _course(rng, plan, number)


def _course(rng: random.Random, plan: Plan, number: int) -> dict[str, Any]:
    span = plan.months_back * 30
    start = plan.today - timedelta(
        days=10 + span * (plan.patients - number - 1) // max(plan.patients, 1) + rng.randrange(9)
    )
    sex = 2 if rng.random() < 0.12 else 1
    born = date(start.year - rng.randrange(19, 68), rng.randrange(1, 13), rng.randrange(1, 28))
    weight, responder = rng.uniform(48, 82), rng.random() < 0.7
    visits = []
    for key, months in MONTHS.items():
        day = target(start, months) + timedelta(days=0 if months == 0 else rng.randrange(-12, 22))
        if day > plan.today:
            break
        if months and rng.random() < 0.06:
            continue  # a missed visit
        activity = 1.0 if months == 0 else (0.18 if responder else 0.62) * rng.uniform(0.6, 1.4)
        visits.append(
            {"visit": key, "date": day.isoformat(), "sign": True} | _answers(rng, activity, weight, months)
        )
    return {
        "format": "anifro-visit/1",
        "identity": {
            "surname": f"Sintetica-{number + 1:03d}" if sex == 1 else f"Sintetico-{number + 1:03d}",
            "name": rng.choice(_GIVEN[sex]),
            "birth_date": born.isoformat(),
            "hospital_number": f"SYN{plan.seed:02d}{number + 1:05d}",
        },
        "enrolment": {
            "consent_date": start.isoformat(),
            "consent_version": "1.0",
            "enrolment_date": start.isoformat(),
            "sex": sex,
            "incl_informed_consent": 1,
            "incl_classification": 1,
            "incl_active_disease": 1,
            "incl_anifrolumab": 1,
            "first_dose_date": start.isoformat(),
        },
        "visits": visits,
    }


def _answers(rng: random.Random, activity: float, weight: float, months: int) -> dict[str, Any]:
    """One visit whose items agree with its laboratory values and joints."""
    swollen = min(28, max(0, round(rng.gauss(6 * activity - 1.2, 1.4))))
    active = max(0, swollen - rng.randrange(0, 2))
    tender = max(active, swollen + rng.randrange(0, 3) - (0 if swollen else rng.randrange(0, 2)), 0)
    platelets = max(22, round(rng.gauss(225 - 70 * activity, 38)))
    wbc = max(1.2, round(rng.gauss(5.6 - 1.7 * activity, 1.1), 1))
    proteinuria = max(20, round(rng.gauss(110 + 190 * activity, 120)))
    low_c3, raised = rng.random() < 0.25 + 0.4 * activity, rng.random() < 0.25 + 0.45 * activity
    present = {key for key, chance in _CLINICAL.items() if rng.random() < chance * min(activity, 1)}
    present |= {"arthritis"} if active >= 2 else set()
    present |= {"thrombocytopenia"} if platelets < 100 else set()
    present |= {"leukopenia"} if wbc < 3 else set()
    present |= {"proteinuria"} if proteinuria > 500 else set()
    present |= {"low_complement"} if low_c3 else set()
    present |= {"increased_dna_binding"} if raised else set()
    answers: dict[str, Any] = dict.fromkeys(sorted(present), 1)
    if "rash" in present:
        answers["rash_extent"] = rng.choice((1, 2))
    if "vasculitis" in present:
        answers["mucocutaneous_vasculitis"] = 1
    if present & {"pleurisy", "pericarditis"}:
        answers["serositis"] = 1
    answers |= {
        "temperature_c": f"{rng.uniform(36.1, 37.2):.1f}",
        "weight_kg": f"{weight + rng.uniform(-1.5, 1.5):.1f}",
        "tjc28": min(28, tender),
        "sjc28": swollen,
        "active28": min(active, tender),
        "platelets": platelets,
        "wbc": f"{wbc:.1f}",
        "proteinuria_mg_24h": proteinuria,
        "urine_rbc_hpf": rng.randrange(0, 4),
        "urine_wbc_hpf": rng.randrange(0, 4),
        "c3_low": int(low_c3),
        "c4_low": int(low_c3 and rng.random() < 0.5),
        "ch50_low": {"missing": "not_done"},
        "dsdna_raised": int(raised),
        "phga": f"{min(2.9, max(0.0, rng.gauss(1.7 * activity, 0.2))):.1f}",
    }
    return {"answers": answers | _treatment(rng, activity, months), "absent": list(_ABSENT)}


def _treatment(rng: random.Random, activity: float, months: int) -> dict[str, Any]:
    dose = (
        rng.choice((12.5, 10, 15, 20))
        if months == 0
        else rng.choice((0, 2.5, 5, 5, 7.5))
        if activity < 0.35
        else 10
    )
    steroid: dict[str, Any] = {"gc_oral": 0}
    if dose:
        steroid = {"gc_oral": 1, "gc1_drug": 1, "gc1_mg": str(dose), "gc1_cycle_days": 1, "gc_second": 0}
    second = rng.choice(("azathioprine", "mycophenolate_mofetil", "methotrexate", None))
    doses = {"azathioprine": "100", "mycophenolate_mofetil": "2000", "methotrexate": "15"}
    drugs: dict[str, Any] = {"on_hydroxychloroquine": 1, "hydroxychloroquine_dose": "400"}
    drugs |= {"on_anifrolumab_iv": 1, "anifrolumab_iv_dose": "300"}
    if second:
        drugs |= {f"on_{second}": 1, f"{second}_dose": doses[second]}
    return steroid | drugs | {"pulse_30d": 0, "stable": 1, "not_tolerated": 0, "investigational": 0}
