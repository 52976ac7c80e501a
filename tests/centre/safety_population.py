"""Patients with events of every kind, drawn: what was drawn of each, and the revisions that say so. Everybody here is
invented."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

from centre_builders import enrolment, event, revision, schedule

from anifro_desktop.centre.answering import Apart
from anifro_desktop.centre.spans import span
from anifro_desktop.record import Missing, Revision

Answers = Mapping[str, Any]
Who = Mapping[str, Any]  # a patient: `people` says what stands there
NA = Missing.NOT_APPLICABLE
SERIOUS = (
    "ser_death", "ser_life_threatening", "ser_hospitalisation", "ser_disability", "ser_congenital", "ser_important",
)  # fmt: skip
FORMS = {"ae": "adverse_event", "hs": "hospitalisation", "de": "death", "pr": "pregnancy"}
STARTS = {"ae": "ae_start", "hs": "hs_admission", "de": "de_date", "pr": "pr_known"}
YES_NO = (0, 1, Missing.NOT_KNOWN)
NOT_YET = (*YES_NO, NA)
CODES: Mapping[str, tuple[Any, ...]] = {
    "aesi_category": (0, 1, 1, 2, 2, 3, 4, 4, 5, 5, 5, 6), "ae_system": (1, 2, 7, 10, 12, 13, 99),
    "ae_grade": (1, 2, 3, 4, 5),
    "causality_who": (1, 2, 3, 4, 5, 6), "action_taken": (0, 1, 2, 3, 4, 9), "interrupted": YES_NO,
    "outcome": (0, 1, 2, 3, 4, 5), "ae_ongoing": (0, 1),
}  # fmt: skip
# What is asked of a category, besides.
ASKED: Mapping[int, Mapping[str, tuple[Any, ...]]] = {
    1: {
        "zos_dermatomes": (1, 2, 3, 4), "zos_side": (1, 2, 3), "zos_disseminated": YES_NO, "zos_ophthalmic": YES_NO,
        "zos_cns": YES_NO, "zos_pain_90d": NOT_YET, "zos_antiviral": YES_NO, "zos_hospitalised": (0, 1),
        "zos_sequelae": NOT_YET, "zos_recurrence": (0, 1, 2), "zos_vaccine_doses": (0, 1, 2),
        "zos_anifrolumab": (1, 2, 3), "zos_antiviral_days": (7, 10),
    },
    2: {"sinf_site": (1, 2, 10, 11), "sinf_organism": (0, 1, 2, 6, NA), "sinf_iv": YES_NO},
    3: {"oinf_site": (1, 2, 3, 4, 5, 6)},
    4: {"cv_type": tuple(range(1, 9))},
    5: {"neo_behaviour": (1, 2, 3, 3, 3, 3, 4), "neo_precancer": (1, 2, 3, 4, 5, 6), "neo_site": (1, 8, 99)},
    6: {"hyp_anaphylaxis": YES_NO, "hyp_angioedema": YES_NO, "hyp_site": (0, 1, 2)},
}  # fmt: skip


def people(rng: random.Random, patients: int) -> tuple[list[Revision], list[Who]]:
    """Revisions, and of each patient what was drawn. dose, last: first and last dose; entry, end: of observation;
    over: whether death or withdrawal ended it; stopped: for good; ae, hs, de, pr: answers of its events, by key."""
    revisions, known = [], []
    for number in range(patients):
        who = _patient(rng, f"P{number % 3 + 1:02}-{number:04d}-X")
        known.append(who)
        revisions += _sent(who)
    return revisions, known


def _patient(rng: random.Random, code: str) -> Who:
    dose = rng.choice([0, 0, -200, 14, None])
    day0 = 0 if dose is None else dose
    end = rng.randrange(400, 1500)
    over = rng.choice(["", "", "de", "wd"])
    doses = [] if dose is None or rng.random() < 0.2 else [dose + 28 * n for n in range(rng.randrange(1, 13))]
    stopped = bool(doses) and rng.random() < 0.6
    who: dict[str, Any] = {
        "code": code, "outcome": rng.choice([1, 1, 1, 1, 2, None]), "sex": rng.choice([1, 1, 2, None]), "dose": dose,
        "doses": doses, "last": max(doses, default=None), "day0": day0, "entry": max(day0, 0), "end": end, "seen": end,
        "over": bool(over), "wd": over == "wd", "stopped": stopped or (over == "de" and dose is not None),
        "stop": (doses[-1] + 20 if stopped else None), "ae": {}, "hs": {}, "de": {}, "pr": {},
    }  # fmt: skip
    for number in range(1, rng.randrange(14)):
        who["ae"][f"ae-{number:03}"] = _adverse(rng, _start(rng, who))
    for number in range(1, rng.randrange(3)):
        who["hs"][f"hs-{number:03}"] = _stay(
            rng, rng.choice([rng.randrange(-30, end), end + 40 * who["over"]])
        )
    if over == "de":
        cause, tie = {"de_cause": rng.randrange(1, 7)}, {"de_related": rng.choice(YES_NO)}
        who["de"]["de-001"] = {"de_date": end} | _some(rng, cause) | _some(rng, tie)
    if rng.random() < 0.5:
        who["pr"]["pr-001"] = _pregnancy(rng, end)
    if not over:
        told = [start_of("ae", one) for one in who["ae"].values()]
        who["end"] = max([end, *(start[0] for start in told if start is not None)])
    return who


def _start(rng: random.Random, who: Who) -> Any:
    """A first day anywhere, at an edge, or not known to the day."""
    end, doses = who["end"], who["doses"]
    edges = [who["entry"], who["entry"] - 1, end, *([end + 1] if who["over"] else [])]
    edges += [] if who["dose"] is None else [who["dose"] + 168, who["dose"] + 169]
    edges += [doses[-1] + 84, doses[-1] + 85] if doses else []
    near = rng.choice([edge for edge in edges if edge <= end or who["over"]])
    apart = rng.choice([{"months": rng.randrange(-6, 40)}, {"years": rng.randrange(-1, 4)}])
    return rng.choice([rng.randrange(-300, end), rng.randrange(end), near, near, apart, None])


def _adverse(rng: random.Random, start: Any) -> dict[str, Any]:
    found: dict[str, Any] = {name: rng.choice([0, 0, 0, 0, 0, 1, Missing.NOT_KNOWN]) for name in SERIOUS}
    if rng.random() < 0.4:
        found |= dict.fromkeys(SERIOUS, 0)
    found |= {} if start is None else {"ae_start": start}
    found |= _some(rng, {name: rng.choice(codes) for name, codes in CODES.items()})
    asked = ASKED.get(found.get("aesi_category", 0), {})
    found |= _some(rng, {name: rng.choice(codes) for name, codes in asked.items()})
    if isinstance(start, int):
        found |= _some(rng, {"ae_end": start + rng.randrange(1, 30)})
        if found.get("aesi_category") == 1:
            found |= _some(
                rng, {"zos_resolution": rng.choice([start + rng.randrange(5, 40), {"months": 40}, NA])}
            )
    return found


def _stay(rng: random.Random, day: int) -> dict[str, Any]:
    found = {"hs_admission": day} | _some(rng, {"hosp_reason": rng.randrange(1, 6)})
    more: list[dict[str, Any]] = [
        {"hs_discharge": day + rng.randrange(12), "hs_ongoing": 0},
        {"hs_ongoing": 1},
        {},
    ]
    return found | rng.choice([more[0], *more])


def _pregnancy(rng: random.Random, end: int) -> dict[str, Any]:
    drawn = {
        "pr_outcome": rng.randrange(7),
        "pr_exposure": rng.randrange(4),
        "pr_anomaly": rng.choice(NOT_YET),
    }
    return {"pr_known": rng.randrange(-20, end)} | _some(rng, drawn)


def _some(rng: random.Random, answers: Answers) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if rng.random() < 0.85}


def _sent(who: Who) -> Iterator[Revision]:
    code, end = who["code"], who["end"]
    if who["outcome"] is not None:
        sex = {} if who["sex"] is None else {"sex": who["sex"]}
        yield enrolment(code, who["outcome"], who["dose"], **({"sex": Missing.NOT_KNOWN} | sex))
    else:
        given = {} if who["dose"] is None else {"first_dose_date": who["dose"]}
        yield revision(code, "", "enrolment", given | ({} if who["sex"] is None else {"sex": who["sex"]}))
    yield schedule(code, "m60", who["day0"])
    yield revision(code, "u01", "visit_summary", {"visit_date": who["seen"]}, who["seen"])
    for number, day in enumerate(who["doses"], 1):
        yield event(code, f"ad-{number:03}", ad_date=day, ad_given=1 + number % 2)
    if who["stop"] is not None:
        stop = {"dc_date": who["stop"], "dc_drug": 15, "dc_what": 4, "dc_permanence": 2, "dc_reason": 1}
        yield event(code, "dc-001", **stop)
    if who["wd"]:
        yield event(code, "wd-001", wd_date=end, wd_scope=1, wd_use_before=1)
    for kind in FORMS:
        for key, answers in who[kind].items():
            yield event(code, key, **answers)


def start_of(kind: str, one: Answers) -> tuple[int, int] | None:
    """The study days on which an event may have begun."""
    given = one.get(STARTS[kind])
    return span(Apart(**given) if isinstance(given, dict) else given)
