"""One visit as the clinician types it: what was measured and seen; items follow by suggestion, the rest is absent.

Laboratory values, joints and skin agree with the items of the state, so that what they suggest can be accepted. Now and
then a value past its limit is not due to SLE: the item is answered absent, with the reason.
"""

from __future__ import annotations

import random
from typing import Any

from anifro_desktop.study.schedule import UNSCHEDULED
from anifro_desktop.workflows.cohort import settings as s
from anifro_desktop.workflows.cohort.people import Person, involves_skin
from anifro_desktop.workflows.cohort.questionnaires import NOT_DONE, patient_answers
from anifro_desktop.workflows.cohort.states import State
from anifro_desktop.workflows.cohort.timeline import Visit

DOSES = {"mycophenolate_mofetil": 2000, "methotrexate": 15, "azathioprine": 100, "tacrolimus": 3}
# Items that laboratory, joints and skin suggest; the others are typed.
_SUGGESTED = frozenset(
    (
        *("arthritis", "hematuria", "proteinuria", "pyuria", "rash", "alopecia"),
        *("leukopenia", "thrombocytopenia"),
    )
)
_NEW = {
    "nw_rash": ("rash", "vasculitis"),
    "nw_ulcers": ("mucosal_ulcers",),
    "nw_pleuritis": ("pleurisy",),
    "nw_pericarditis": ("pericarditis",),
    "nw_arthritis": ("arthritis",),
    "nw_fever": ("fever",),
    "nw_cns": ("lupus_headache",),
    "nw_nephritis": ("proteinuria", "hematuria"),
    "nw_myositis": ("myositis",),
}
_LABORATORY = (
    *("haemoglobin", "platelets", "wbc", "proteinuria_mg_24h", "urine_rbc_hpf", "urine_wbc_hpf"),
    *("c3_low", "c4_low", "dsdna_raised"),
)
_SEROLOGY = ("c3_low", "c4_low", "dsdna_raised")
_MAY_BE_UNKNOWN = (
    *("temperature_c", "weight_kg", "seizure", "psychosis", "organic_brain_syndrome", "visual_disturbance"),
    *("cranial_nerve_disorder", "cva", "urinary_casts", "fever", "myositis", "phga", "sdi_cataract"),
)


def visit_file(rng: random.Random, person: Person, visit: Visit, since: dict[str, int]) -> dict[str, Any]:
    """One visit of a visit file. since: what happened since the visit before, by kind (see `events.since`)."""
    state, first = visit.state, visit.before is None
    answers: dict[str, Any] = {} if first else _since_last(since)
    answers |= _vitals(rng, person, state) | _joints(rng, person, state) | _skin(rng, person, visit)
    laboratory, reasons = _laboratory(rng, person, state)
    answers |= laboratory | _items(rng, state) | {"phga": f"{state.phga:.1f}"}
    answers |= dict.fromkeys(reasons, 0)
    answers |= _treatment(visit, since) | ({} if first else _flare(visit, since))
    with_damage = visit.key not in ("m06", UNSCHEDULED)
    if with_damage:
        answers |= dict.fromkeys(visit.damage, 1)
    if visit.key != UNSCHEDULED:
        answers |= patient_answers(rng, person, state)
    answers |= _paper(rng, visit)
    _leave_out(rng, answers, with_damage=with_damage)
    absent = ["joints", "clasi", "sledai2k", "sledas", "treatment"]
    absent += [] if first else ["flare"]
    absent += ["damage"] if with_damage else []
    suggested = ["laboratory", "sledai2k", "sledas"] + ([] if first else ["flare"])
    return {
        "visit": visit.key,
        "date": visit.on.isoformat(),
        "answers": answers,
        "suggested": suggested,
        "absent": absent,
        "reasons": {name: {"reason": reason} for name, reason in reasons.items()},
        "sign": True,
    }


def _since_last(since: dict[str, int]) -> dict[str, Any]:
    return {f"since_{name}": int(since[name] > 0) for name in _ASKED}


_ASKED = ("ae", "hospital", "dose_missed", "treatment", "vaccine_pregnancy")


def _vitals(rng: random.Random, person: Person, state: State) -> dict[str, Any]:
    fever = "fever" in state.items
    systolic = round(rng.gauss(124, 12))
    return {
        "temperature_c": f"{38.4 if fever else rng.uniform(36.0, 37.1):.1f}",
        "weight_kg": f"{person.weight + rng.uniform(-2, 2):.1f}",
        "height_cm": person.height,
        "systolic_bp": systolic,
        "diastolic_bp": min(round(rng.gauss(77, 8)), systolic - 20),
    }


def _joints(rng: random.Random, person: Person, state: State) -> dict[str, Any]:
    """Joints one by one, at the third site only counted."""
    if person.number % 3 == 2:
        counted = {"tjc28": state.tender, "sjc28": state.swollen, "active28": state.active}
        return {"joint_method": 3} | counted
    only_swollen = state.swollen - state.active
    only_tender = max(0, min(state.tender - state.active, 28 - state.swollen))
    states = [3] * state.active + [2] * only_swollen + [1] * only_tender
    places = person.joints[: len(states)]
    return {"joint_method": 1} | {f"j_{place}": code for place, code in zip(places, states, strict=True)}


def _skin(rng: random.Random, person: Person, visit: Visit) -> dict[str, Any]:
    """CLASI of that many points; old lesions stay as they were."""
    state = visit.state
    scarred = [item for item in ("sdi_scarring_alopecia", "sdi_skin_scarring") if item in visit.damage]
    if not involves_skin(state) and not scarred:
        return {"skin_involved": 0}
    answers: dict[str, Any] = {"skin_involved": 1}
    left = state.skin
    for area in person.areas:
        erythema = min(left, 1 + (state.skin > 8) + (state.skin > 16))
        if erythema <= 0:
            break
        answers[f"clasi_e_{area}"] = erythema
        left -= erythema
        if left > 0 and rng.random() < 0.5:
            answers[f"clasi_s_{area}"] = 1
            left -= 1
    if "alopecia" in state.items:
        answers |= {"clasi_alopecia": 1, "clasi_hair_loss_30d": 1}
    if "mucosal_ulcers" in state.items:
        answers["clasi_mucous"] = 1
    if "sdi_skin_scarring" in scarred:
        answers |= {f"clasi_x_{_unscalped(person)}": 1, f"clasi_d_{_unscalped(person)}": 1}
        answers["clasi_dyspig_12m"] = 1
    if "sdi_scarring_alopecia" in scarred:
        answers["clasi_scalp_scar"] = 3
    return answers


def _unscalped(person: Person) -> str:
    return next(area for area in person.areas if area != "scalp")


def _laboratory(rng: random.Random, person: Person, state: State) -> tuple[dict[str, Any], dict[str, int]]:
    """Values that agree with the items, and the items answered absent against them, with the reason."""
    has, reasons = state.items.__contains__, {}
    values: dict[str, Any] = {
        "haemoglobin": f"{max(7.5, rng.gauss(12.9 - 0.5 * state.phga, 1.0)):.1f}",
        "platelets": rng.randrange(62, 98) if has("thrombocytopenia") else rng.randrange(135, 340),
        "wbc": f"{rng.uniform(1.9, 2.9) if has('leukopenia') else rng.uniform(3.3, 9.0):.1f}",
        "creatinine_unit": 1,
        "creatinine": f"{max(0.4, rng.gauss(0.78, 0.15)):.2f}",
        "crp": f"{rng.expovariate(1 / (2 + 3 * state.phga)):.1f}",
        "esr": round(min(110, 8 + rng.expovariate(1 / (6 + 8 * state.phga)))),
        "proteinuria_mg_24h": rng.randrange(620, 2200) if has("proteinuria") else rng.randrange(30, 320),
        "urine_rbc_hpf": rng.randrange(8, 30) if has("hematuria") else rng.randrange(0, 4),
        "urine_wbc_hpf": rng.randrange(8, 30) if has("pyuria") else rng.randrange(0, 4),
    }
    if rng.random() < s.EXPLAINED:
        if state.drug and not has("leukopenia"):
            values["wbc"], reasons["leukopenia"] = "2.7", 1
        elif not has("pyuria"):
            values["urine_wbc_hpf"], reasons["pyuria"] = 14, 2
    values |= _serology(rng, person, state)
    return _without(rng, values, reasons), reasons


def _serology(rng: random.Random, person: Person, state: State) -> dict[str, Any]:
    """At the first site the values with the laboratory's limits, which suggest the rest; elsewhere low or normal."""
    if person.number % 3:
        return {"c3_low": int(state.low_c3), "c4_low": int(state.low_c4), "dsdna_raised": int(state.dna)}
    return {
        "complement_unit": 2,
        "c3_value": rng.randrange(45, 88) if state.low_c3 else rng.randrange(92, 150),
        "c3_lln": 90,
        "c4_value": rng.randrange(3, 9) if state.low_c4 else rng.randrange(11, 32),
        "c4_lln": 10,
        "dsdna_method": 1,
        "dsdna_unit": 1,
        "dsdna_value": rng.randrange(18, 220) if state.dna else rng.randrange(1, 14),
        "dsdna_uln": 15,
    }


def _without(rng: random.Random, values: dict[str, Any], reasons: dict[str, int]) -> dict[str, Any]:
    """The values, or what is left where no sample was taken or its serology was not asked for."""
    drawn = rng.random()
    if drawn < s.NO_LABORATORY:
        reasons.clear()
        return dict.fromkeys(_LABORATORY, NOT_DONE)
    if drawn < s.NO_LABORATORY + s.NO_SEROLOGY:
        kept = {
            name: value
            for name, value in values.items()
            if not name.startswith(("c3", "c4", "comple", "dsdna"))
        }
        return kept | dict.fromkeys(_SEROLOGY, NOT_DONE)
    return values


def _items(rng: random.Random, state: State) -> dict[str, Any]:
    """Items that nothing suggests, and what SLE-DAS asks besides."""
    answers: dict[str, Any] = dict.fromkeys(sorted(state.items - _SUGGESTED), 1)
    if "rash" in state.items:
        answers["rash_extent"] = 1 if state.skin < 8 else 2
    if "vasculitis" in state.items:
        answers["mucocutaneous_vasculitis"] = 1
    return answers


def _treatment(visit: Visit, since: dict[str, int]) -> dict[str, Any]:
    state = visit.state
    answers: dict[str, Any] = {"gc_oral": int(state.dose > 0)}
    if state.dose:
        answers |= {"gc1_drug": 1, "gc1_mg": f"{state.dose:g}", "gc1_cycle_days": 1, "gc_second": 0}
    if state.antimalarial:
        answers |= {"on_hydroxychloroquine": 1, "hydroxychloroquine_dose": 300}
    if state.drug:
        answers |= {f"on_{state.drug}": 1, f"{state.drug}_dose": DOSES[state.drug]}
    if visit.on_drug:
        answers |= {"on_anifrolumab_iv": 1, "anifrolumab_iv_dose": 300}
    answers["pulse_30d"] = int(since["pulse_30d"] > 0)
    return answers | {"stable": int(not since["raised_30d"]), "not_tolerated": 0, "investigational": 0}


def _flare(visit: Visit, since: dict[str, int]) -> dict[str, Any]:
    """What is new or worse, and what was done about it."""
    before, flare = visit.before, visit.flare
    new = visit.state.items - (before.items if before is not None else frozenset())
    found = {name for name, items in _NEW.items() if new & set(items)}
    if flare is not None and not found:
        found = {"nw_arthritis" if visit.on.day % 2 else "nw_rash"}
    drug = flare.new_drug.removesuffix("_mofetil") if flare is not None and _is_new(visit) else ""
    answers: dict[str, Any] = dict.fromkeys(sorted(found), 1)
    for name in ("cyclophosphamide", "azathioprine", "methotrexate", "mycophenolate"):
        answers[f"newis_{name}"] = int(name == drug)
    answers |= {
        "nsaid_or_hcq_added": int(since["nsaid"] > 0),
        "new_biologic_activity": 0,
        "pulse_since": int(since["pulse"] > 0),
        "hospitalised_for_sle": int(since["stay_sle"] > 0),
    }
    if flare is not None:
        answers["flare_onset"] = flare.on.isoformat()
    return answers


def _is_new(visit: Visit) -> bool:
    return visit.before is not None and visit.before.drug != visit.state.drug


def _paper(rng: random.Random, visit: Visit) -> dict[str, Any]:
    """A visit entered late was written on paper first."""
    median, spread = s.LATE_ENTRY
    delay = median * 2.718281828 ** rng.gauss(0, spread)
    if delay <= s.ON_PAPER_AFTER:
        return {}
    return {"from_paper": 1, "paper_date": visit.on.isoformat()}


def _leave_out(rng: random.Random, answers: dict[str, Any], *, with_damage: bool) -> None:
    """Answers that nobody knows: single items of questionnaires, rarely one of the clinician's."""
    for name in list(answers):
        patient = name.startswith(("sf36_", "facit_", "eq5d_", "pain_", "fatigue_"))
        if patient and rng.random() < s.ITEM_NOT_KNOWN:
            answers[name] = {"missing": "not_known"}
    for name in _MAY_BE_UNKNOWN:
        absent_anyway = answers.get(name, 0) == 0 and (with_damage or not name.startswith("sdi"))
        measured = name in ("temperature_c", "weight_kg", "phga")
        if (measured or absent_anyway) and rng.random() < s.CLINICAL_ITEM_NOT_KNOWN * (10 if measured else 1):
            answers[name] = {"missing": "not_known"}
