"""What is asked once: identity, enrolment, classification criteria and medical history.

The first dose is given on the day of the baseline visit. Every surname says that it is synthetic.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from anifro_desktop.workflows.cohort import settings as s
from anifro_desktop.workflows.cohort.people import Person, involves_skin

_GIVEN = {
    1: ("Ada", "Bianca", "Clelia", "Dora", "Elsa", "Fosca", "Gemma", "Ilda", "Lia", "Mina", "Norma", "Olga"),
    2: ("Aldo", "Bruno", "Carlo", "Dino", "Elio", "Fabio", "Gino", "Ivo", "Livio", "Nino", "Oreste", "Piero"),
}
_EVER = {
    "co_hypertension": 0.30,
    "co_dyslipidaemia": 0.18,
    "co_diabetes": 0.04,
    "co_osteoporosis": 0.16,
    "co_fibromyalgia": 0.14,
    "co_depression": 0.12,
    "co_thyroid": 0.15,
    "co_sjogren": 0.12,
    "co_asthma": 0.05,
    "co_vte": 0.05,
    "hx_raynaud": 0.33,
    "hx_lung": 0.05,
    "hx_vasculitis": 0.06,
    "hx_ro": 0.42,
    "hx_la": 0.16,
    "hx_rnp": 0.24,
    "hx_aps": 0.08,
    "hx_serious_infection": 0.08,
    "hx_family_autoimmune": 0.10,
    "hx_gc_pulse": 0.4,
}
_DRUGS_BEFORE = {
    "methotrexate": 0.45,
    "azathioprine": 0.45,
    "mycophenolate": 0.50,
    "ciclosporin": 0.10,
    "tacrolimus": 0.06,
    "cyclophosphamide": 0.12,
    "belimumab": 0.42,
    "rituximab": 0.15,
}
_NOW = {"mycophenolate_mofetil": "mycophenolate"}


def identity(rng: random.Random, person: Person) -> dict[str, str]:
    """A name that nobody bears."""
    ending = "a" if person.sex == 1 else "o"
    return {
        "surname": f"Sintetic{ending}-{person.number + 1:03d}",
        "name": rng.choice(_GIVEN[person.sex]),
        "birth_date": person.born.isoformat(),
        "hospital_number": f"SYN{person.seed:04d}{person.number + 1:05d}",
    }


def enrolment(rng: random.Random, person: Person) -> dict[str, Any]:
    """Consent, criteria and the classification."""
    on = person.start.isoformat()
    return {
        "consent_date": on,
        "consent_version": "1.0",
        "consent_recontact": int(rng.random() < 0.9),
        "enrolment_date": on,
        "sex": person.sex,
        "incl_informed_consent": 1,
        "incl_classification": 1,
        "incl_active_disease": 1,
        "incl_anifrolumab": 1,
        "first_dose_date": on,
    } | _classification(rng, person)


def _classification(rng: random.Random, person: Person) -> dict[str, Any]:
    """Ever present; anti-dsDNA with joints or malar rash is enough for the set of 2019."""
    items, first = person.first.items, person.first
    joints = "arthritis" in items or rng.random() < 0.6
    malar = ("rash" in items and rng.random() < 0.6) or not joints
    low_c4 = first.low_c4 or rng.random() < 0.2
    answers: dict[str, Any] = {
        "cl_malar_rash": int(malar),
        "cl_discoid": int("sdi_skin_scarring" in person.old_damage or rng.random() < 0.12),
        "cl_subacute": int(rng.random() < 0.12),
        "cl_photosensitivity": int(rng.random() < 0.5),
        "cl_alopecia": int("alopecia" in items or rng.random() < 0.2),
        "cl_oral_ulcers": int("mucosal_ulcers" in items or rng.random() < 0.15),
        "cl_synovitis": int(joints),
        "cl_leukopenia": 2 if "leukopenia" in items or rng.random() < 0.35 else 0,
        "cl_thrombocytopenia": int("thrombocytopenia" in items or rng.random() < 0.1),
        "cl_ana": 2,
        "cl_dsdna": 1,
        "cl_dsdna_high": 1,
        "cl_dsdna_specific": 1,
        "cl_sm": int(rng.random() < 0.25),
        "cl_low_c3": int(first.low_c3 or rng.random() < 0.3),
        "cl_low_c4": int(low_c4),
        "cl_proteinuria": 2 if "proteinuria" in items or rng.random() < 0.2 else 0,
        "criteria_set": 3,
    }
    answers |= {"cl_erosive": 0} if joints else {}
    answers |= {"cl_protein_persistent": 1} if answers["cl_proteinuria"] else {}
    return answers


def history(rng: random.Random, person: Person) -> dict[str, Any]:
    """Diagnosis, reasons for starting, what there was before."""
    diagnosed = person.start - timedelta(days=int(person.duration * 365.25) + 30)
    answers: dict[str, Any] = {
        "hx_diagnosis_date": f"{diagnosed:%Y-%m}",
        "hx_first_symptom_date": str(diagnosed.year - rng.randrange(1, 4)),
        "hx_ethnicity": person.ethnicity,
    }
    answers |= _reasons(rng, person)
    answers |= {name: 1 for name, chance in _EVER.items() if rng.random() < chance}
    if rng.random() < 0.15:
        answers |= {"hx_zoster": 1, "hx_zoster_episodes": 1, "hx_zoster_date": str(diagnosed.year + 1)}
        if diagnosed.year + 1 >= person.start.year:
            answers["hx_zoster_date"] = str(diagnosed.year)
    answers |= {
        "hx_hbv": rng.choice((0, 1, 1)),
        "hx_hcv": 0,
        "hx_hiv": 0,
        "hx_tb": int(rng.random() < 0.03) * 2,
    }
    smoking = rng.choices((0, 1, 2), (62, 22, 16))[0]
    answers |= {"hx_smoking": smoking} | ({"hx_pack_years": rng.randrange(2, 30)} if smoking else {})
    return answers | _reproductive(person) | _vaccines(rng, person) | _before(rng, person)


def _reasons(rng: random.Random, person: Person) -> dict[str, Any]:
    items = person.first.items
    there = {
        "rs_skin": involves_skin(person.first) and bool(items & {"rash"} or rng.random() < 0.2),
        "rs_joints": "arthritis" in items,
        "rs_blood": bool(items & {"leukopenia", "thrombocytopenia"}),
    }
    found = {name for name, present in there.items() if present and rng.random() < s.REASONS[name]}
    found |= {"rs_blood"} if rng.random() < s.BLOOD_REASON_OTHERWISE else set()
    found |= {"rs_kidney"} if items & {"proteinuria", "hematuria"} and rng.random() < 0.6 else set()
    found |= {"rs_serositis"} if items & {"pleurisy", "pericarditis"} and rng.random() < 0.7 else set()
    found |= {"rs_steroid_dependence"} if rng.random() < s.STEROID_DEPENDENCE else set()
    return dict.fromkeys(sorted(found or {"rs_other"}), 1)


def _reproductive(person: Person) -> dict[str, Any]:
    if person.sex != 1:
        return {}
    if person.age >= 51:
        return {"hx_menopause": 3}
    return {"hx_menopause": 1, "hx_childbearing": int(person.age < 45)}


def _vaccines(rng: random.Random, person: Person) -> dict[str, Any]:
    doses = rng.choice((2, 3, 3, 4))
    return {
        "hx_vax_zoster_doses": 0,
        "hx_vax_zoster_live": 0,
        "hx_vax_influenza": int(rng.random() < 0.6),
        "hx_vax_pneumococcal": rng.choice((0, 0, 2)),
        "hx_vax_covid_doses": doses,
        "hx_vax_covid_date": _month(person.start - timedelta(days=rng.randrange(40, 300))),
        "hx_vax_hpv": 0,
    }


def _month(on: date) -> str:
    return f"{on:%Y-%m}"


def _before(rng: random.Random, person: Person) -> dict[str, Any]:
    """Drugs taken before; the one taken now is still taken."""
    now = _NOW.get(person.first.drug, person.first.drug)
    answers: dict[str, Any] = {"hx_gc_ever": 1, "hx_gc_max_mg": rng.choice((15, 25, 25, 50))}
    answers["hx_gc_years"] = f"{max(0.5, person.duration * rng.uniform(0.4, 0.9)):.1f}"
    antimalarial = 6 if person.first.antimalarial else 2
    answers |= {"ever_hydroxychloroquine": 1, "stop_hydroxychloroquine": antimalarial}
    for name, chance in _DRUGS_BEFORE.items():
        if name == now or rng.random() < chance:
            answers |= {f"ever_{name}": 1, f"stop_{name}": 6 if name == now else rng.choice((1, 1, 2))}
    return answers
