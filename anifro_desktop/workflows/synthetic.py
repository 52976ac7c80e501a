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
from anifro_desktop.workflows.synthetic_events import between, events
from anifro_desktop.workflows.synthetic_visits import Invented, visit_answers

MONTHS = {"baseline": 0, "m06": 6, "m12": 12, "m24": 24, "m36": 36, "m48": 48, "m60": 60}
_GIVEN = {
    1: ("Ada", "Bianca", "Clelia", "Dora", "Elsa", "Fosca", "Gemma", "Ilda", "Lia", "Mina", "Norma", "Olga"),
    2: ("Aldo", "Bruno", "Carlo", "Dino", "Elio", "Fabio", "Gino", "Ivo", "Livio", "Nino", "Oreste", "Piero"),
}


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
    person = _person(rng)
    born = date(start.year - rng.randrange(19, 68), rng.randrange(1, 13), rng.randrange(1, 28))
    days = _days(rng, start, plan.today)
    happened = events(rng, list(days.values()), plan.today, responder=person.responder)
    visits, before = [], None
    for key, day in days.items():
        visits.append(
            {"visit": key, "date": day.isoformat(), "sign": True}
            | visit_answers(person, key, between(happened, before, day))
        )
        before = day
    return {
        "format": "anifro-visit/1",
        "identity": {
            "surname": f"Sintetica-{number + 1:03d}" if person.sex == 1 else f"Sintetico-{number + 1:03d}",
            "name": rng.choice(_GIVEN[person.sex]),
            "birth_date": born.isoformat(),
            "hospital_number": f"SYN{plan.seed:02d}{number + 1:05d}",
        },
        "enrolment": _enrolment(rng, person.sex, start),
        "enrolment_absent": ["classification"],
        "history": _history(rng, person, start),
        "events": [event.typed() for event in happened],
        "visits": visits,
    }


def _person(rng: random.Random) -> Invented:
    return Invented(
        rng,
        sex=2 if rng.random() < 0.12 else 1,
        weight=rng.uniform(48, 82),
        responder=rng.random() < 0.7,
        drug=rng.choice(("azathioprine", "mycophenolate_mofetil", "methotrexate", "")),
    )


def _days(rng: random.Random, start: date, today: date) -> dict[str, date]:
    """The visits that were made, and when."""
    days: dict[str, date] = {}
    for key, months in MONTHS.items():
        day = target(start, months) + timedelta(days=0 if months == 0 else rng.randrange(-12, 22))
        if day > today:
            break
        if months == 0 or rng.random() >= 0.06:  # some visits are missed
            days[key] = day
    return days


def _enrolment(rng: random.Random, sex: int, start: date) -> dict[str, Any]:
    """Consent, criteria that are met, and classification by EULAR/ACR 2019."""
    return {
        "consent_date": start.isoformat(),
        "consent_version": "1.0",
        "enrolment_date": start.isoformat(),
        "sex": sex,
        "incl_informed_consent": 1,
        "incl_classification": 1,
        "incl_active_disease": 1,
        "incl_anifrolumab": 1,
        "first_dose_date": start.isoformat(),
        "cl_malar_rash": rng.randrange(2),
        "cl_alopecia": rng.randrange(2),
        "cl_synovitis": 1,
        "cl_erosive": 0,
        "cl_leukopenia": rng.randrange(3),
        "cl_ana": 2,
        "cl_dsdna": 1,
        "cl_dsdna_high": 1,
        "cl_dsdna_specific": 1,
        "cl_low_c3": rng.randrange(2),
        "criteria_set": 3,
    }


def _history(rng: random.Random, person: Invented, start: date) -> dict[str, Any]:
    """Everything before enrolment, with the drugs taken now among those ever used."""
    diagnosed = start.year - rng.randrange(1, 20)
    answers: dict[str, Any] = {
        "hx_diagnosis_date": str(diagnosed),
        "hx_first_symptom_date": str(diagnosed - rng.randrange(3)),
        "hx_ethnicity": 1,
        "rs_joints": 1,
        "rs_skin": rng.randrange(2),
        "rs_steroid_dependence": rng.randrange(2),
        "hx_ro": rng.randrange(2),
        "co_hypertension": int(rng.random() < 0.25),
        "hx_hbv": rng.randrange(2),
        "hx_hcv": 0,
        "hx_hiv": 0,
        "hx_tb": 0,
        "hx_smoking": 0,
        "hx_vax_zoster_doses": 2,
        "hx_vax_zoster_date": str(start.year - 1),
        "hx_vax_zoster_live": 0,
        "hx_vax_influenza": 1,
        "hx_vax_pneumococcal": rng.randrange(4),
        "hx_vax_covid_doses": 3,
        "hx_vax_covid_date": "2022",
        "hx_vax_hpv": rng.randrange(3),
        "hx_gc_ever": 1,
        "hx_gc_max_mg": rng.choice((25, 50)),
        "hx_gc_years": rng.randrange(1, 12),
        "ever_hydroxychloroquine": 1,
        "stop_hydroxychloroquine": 6,
    }
    if person.drug:
        name = person.drug.removesuffix("_mofetil")
        answers |= {f"ever_{name}": 1, f"stop_{name}": 6}
    if person.sex == 1:
        answers["hx_menopause"] = 3
    return {"answers": answers, "absent": ["history"], "sign": True}
