"""The answers of an adverse event of each kind; the ones that were serious brought a stay in hospital."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from anifro_desktop.workflows.cohort import settings as s

_CRITERIA = ("death", "life_threatening", "hospitalisation", "disability", "congenital", "important")
_INFECTIONS = {
    1: "infezione delle vie aeree superiori",
    2: "bronchite",
    3: "infezione urinaria",
    4: "infezione della pelle",
    5: "COVID-19",
}
_OTHERS = {7: "cefalea", 13: "nausea", 16: "lombalgia", 20: "febbricola", 14: "aumento delle transaminasi"}


def _event(on: date, today: date, days: int, grade: int, **more: Any) -> dict[str, Any]:
    """An event of so many days; one that is not over yet is ongoing."""
    over = on + timedelta(days=days)
    answers: dict[str, Any] = {"aesi_category": 0, "ae_start": on.isoformat(), "ae_grade": grade}
    answers |= {"ae_ongoing": 0, "ae_end": over.isoformat()} if over <= today else {"ae_ongoing": 1}
    answers |= {"first_or_repeat": 1} | {f"ser_{criterion}": 0 for criterion in _CRITERIA}
    answers |= {"causality_who": 4, "action_taken": 4, "interrupted": 0, "treatment_given": 0}
    answers |= {"outcome": 1 if over <= today else 3}
    return answers | more


def _serious(rng: random.Random, on: date, today: date, **more: Any) -> dict[str, Any]:
    """What is asked of a serious or related event besides: when the site became aware of it, and the report."""
    median, spread = s.LATE_ENTRY
    later = min(on + timedelta(days=round(median * 2.718281828 ** rng.gauss(0, spread))), today)
    aware = datetime.combine(later, time(9, 30))
    given = {"ae_awareness": aware.isoformat(timespec="minutes")}
    sent = aware + timedelta(hours=rng.randrange(2, 60))
    if sent.date() <= today:
        given["ae_report_sent"] = sent.isoformat(timespec="minutes")
    return given | more


def zoster(rng: random.Random, on: date, today: date, *, on_drug: bool) -> dict[str, Any]:
    """Herpes zoster, possibly related."""
    days = rng.randrange(10, 28)
    healed = on + timedelta(days=days)
    widespread = rng.random() < 0.1
    answers = _event(on, today, days, rng.choice((1, 2, 2, 2, 3)), aesi_category=1, ae_system=1)
    answers |= _serious(rng, on, today, ae_verbatim="herpes zoster (sintetico)")
    answers |= {"causality_who": 3, "expected": 1} if on_drug else {"action_taken": 9}
    held = on_drug and rng.random() < 0.5
    if held:
        answers |= {"interrupted": 1, "interrupt_from": on.isoformat()}
    return answers | {
        "zos_dermatomes": 3 if widespread else rng.choice((1, 1, 2)),
        "zos_side": 3 if widespread else rng.choice((1, 2)),
        "zos_disseminated": int(widespread),
        "zos_ophthalmic": int(rng.random() < 0.06),
        "zos_cns": 0,
        "zos_pain_90d": int(rng.random() < 0.12),
        "zos_antiviral": 1,
        "zos_antiviral_days": 7,
        "zos_recurrence": 0,
        "zos_vaccine_doses": 0,
        "zos_resolution": healed.isoformat() if healed <= today else {"missing": "not_applicable"},
        "zos_sequelae": 0,
        "treatment_given": 1,
    }


def serious_infection(rng: random.Random, on: date, today: date, *, stay: bool) -> dict[str, Any]:
    """A serious infection: in hospital, or treated into the vein elsewhere."""
    answers = _event(on, today, rng.randrange(8, 30), 3, aesi_category=2, ae_system=1)
    answers |= _serious(
        rng, on, today, ae_verbatim="infezione grave (sintetica)", causality_who=3, expected=1
    )
    return answers | {
        "ser_hospitalisation": int(stay),
        "ser_important": int(not stay),
        "sinf_site": rng.choice((2, 2, 3, 4, 5, 10)),
        "sinf_organism": rng.choice((0, 1, 1, 5)),
        "sinf_iv": 1,
        "sinf_tuberculosis": 0,
        "sinf_fungal": 0,
        "treatment_given": 1,
    }


def infection(rng: random.Random, on: date, today: date) -> dict[str, Any]:
    """A mild infection."""
    site = rng.choice((1, 1, 1, 2, 3, 3, 4, 5))
    answers = _event(on, today, rng.randrange(4, 15), rng.choice((1, 1, 2)), aesi_category=3, ae_system=1)
    return answers | {"ae_verbatim": f"{_INFECTIONS[site]} (sintetica)", "oinf_site": site}


def other(rng: random.Random, on: date, today: date) -> dict[str, Any]:
    """Something of no special interest."""
    system = rng.choice(tuple(_OTHERS))
    answers = _event(on, today, rng.randrange(2, 25), rng.choice((1, 1, 2)), ae_system=system)
    return answers | {"ae_verbatim": f"{_OTHERS[system]} (sintetica)"}


def cardiovascular(rng: random.Random, on: date, today: date) -> dict[str, Any]:
    """A cardiovascular event with a stay in hospital."""
    kind = rng.choice((2, 3, 6, 7))
    answers = _event(on, today, 20, 3, aesi_category=4, ae_system=10, cv_type=kind, treatment_given=1)
    return answers | _serious(
        rng, on, today, ae_verbatim="evento cardiovascolare (sintetico)", ser_hospitalisation=1
    )


def malignancy(rng: random.Random, on: date, today: date) -> dict[str, Any]:
    """A malignant neoplasm."""
    answers = _event(on, today, 100_000, 3, aesi_category=5, ae_system=2, treatment_given=1)
    answers |= _serious(rng, on, today, ae_verbatim="neoplasia (sintetica)", ser_important=1)
    return answers | {"neo_behaviour": 1, "neo_site": rng.choice((2, 13, 1, 8)), "neo_stage": 1}


def reaction(rng: random.Random, on: date, today: date) -> dict[str, Any]:
    """A mild reaction to an infusion."""
    answers = _event(on, today, 1, rng.choice((1, 2)), aesi_category=6, ae_system=4, causality_who=2)
    answers |= _serious(rng, on, today, ae_verbatim="reazione all'infusione (sintetica)", expected=1)
    return answers | {"hyp_anaphylaxis": 0, "hyp_angioedema": 0, "hyp_site": 1, "hyp_hours": "1.5"}


def fatal(rng: random.Random, on: date, today: date) -> dict[str, Any]:
    """The event that led to death."""
    start = on - timedelta(days=5)
    answers = _event(start, today, 5, 5, aesi_category=2, ae_system=1, ser_death=1, outcome=5)
    answers |= _serious(rng, on, today, ae_verbatim="sepsi (sintetica)", ser_hospitalisation=1)
    answers |= {"sinf_site": 10, "sinf_organism": 1, "sinf_iv": 1, "treatment_given": 1}
    return answers | {"sinf_tuberculosis": 0, "sinf_fungal": 0}
