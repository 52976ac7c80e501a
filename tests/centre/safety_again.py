"""The safety tables counted a second time, from the answers as they were drawn and by no table of the program. And the
invented patients whose answers these are."""

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


# ---- patients


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


# ---- whether an event counts


def start_of(kind: str, one: Answers) -> tuple[int, int] | None:
    given = one.get(STARTS[kind])
    return span(Apart(**given) if isinstance(given, dict) else given)


def placed(kind: str, one: Answers, who: Who) -> str:
    start = start_of(kind, one)
    if start is None:
        return "perhaps"
    first, last = start
    if last < who["entry"]:
        return "before"
    if first > who["end"]:
        return "after"
    return "within" if who["entry"] <= first and last <= who["end"] else "perhaps"


def counting(kind: str, who: Who) -> dict[str, Answers]:
    return {key: one for key, one in who[kind].items() if placed(kind, one, who) in ("within", "perhaps")}


# ---- what an event is


def code(one: Answers, name: str) -> int | None:
    value = one.get(name)
    return value if type(value) is int else None


def serious(one: Answers) -> bool | None:
    given = [one.get(name) for name in SERIOUS]
    return True if 1 in given else False if given.count(0) == 6 else None


def emergent(one: Answers, who: Who) -> bool | None:
    start, first, last = start_of("ae", one), who["dose"], who["last"]
    if start is None:
        return None
    if first is not None and start[1] < first:
        return False
    if last is None or (start[0] > last + 84 and not who["stopped"]):
        return None
    if start[0] > last + 84:
        return False
    return True if start[0] >= first and start[1] <= last + 84 else None


def onset(one: Answers, who: Who) -> str:
    start, first = start_of("ae", one), who["dose"]
    if start is None or first is None:
        return "onset_unknown"
    classes = {"pre_treatment" if day < first else "early" if day <= first + 168 else "late" for day in start}
    return classes.pop() if len(classes) == 1 else "onset_unknown"


def infection(one: Answers) -> bool | None:
    category = code(one, "aesi_category")
    return None if category is None else serious(one) if category in (1, 3) else category == 2


def mace(one: Answers) -> bool | None:
    category, kind = code(one, "aesi_category"), code(one, "cv_type")
    return (
        None if category is None or (category == 4 and kind is None) else category == 4 and kind in (1, 2, 3)
    )


def fatal(one: Answers) -> bool | None:
    outcome = code(one, "outcome")
    return (False if one.get("ser_death") == 0 else None) if outcome in (None, 0) else outcome == 5


def stopped(one: Answers) -> bool | None:
    action = code(one, "action_taken")
    return None if action in (None, 0) else action == 1


def related(one: Answers) -> str:
    cause = code(one, "causality_who")
    return "relation_unknown" if cause is None else {4: "not_related", 5: "not_assessed", 6: "not_assessed"}.get(
        cause, "related"
    )  # fmt: skip


def severe(one: Answers) -> bool | None:
    grade = code(one, "ae_grade")
    return None if grade is None else grade >= 3


def yes(one: Answers, name: str) -> bool | None:
    return {0: False, 1: True, None: None}[code(one, name)]


# ---- the lines that an event stands in


def tri(name: str, value: bool | None) -> Iterator[str]:
    if value is not False:
        yield name if value else f"{name}_unknown"


def coded(one: Answers, name: str) -> Iterator[str]:
    value = code(one, name)
    yield f"{name}_{'unknown' if value is None else value}"


def lines(table: str, one: Answers, who: Who) -> set[str]:
    """The lines of a table that count an event."""
    return set(_LINES[table](one, who))


def _overall(one: Answers, who: Who) -> Iterator[str]:
    grave, new = serious(one), emergent(one, who)
    both = False if False in (grave, new) else None if None in (grave, new) else True
    yield "any"
    yield from tri("serious", grave)
    yield from ["not_serious"] if grave is False else []
    yield from tri("emergent", new)
    yield from ["not_emergent"] if new is False else []
    yield from tri("serious_emergent", both)
    yield from tri("severe", severe(one))
    yield from tri("fatal", fatal(one))
    yield from tri("stopped", stopped(one))
    yield from tri("interrupted", yes(one, "interrupted"))


def _exposed(one: Answers, who: Who) -> Iterator[str]:
    category = code(one, "aesi_category")
    yield "any"
    yield from tri("serious", serious(one))
    yield from tri("severe", severe(one))
    yield from tri("related", {"related": True, "not_related": False}.get(related(one)))
    yield from tri("fatal", fatal(one))
    yield from tri("stopped", stopped(one))
    yield from tri("zoster", None if category is None else category == 1)
    yield from tri("serious_infection", infection(one))


def _twice(name: str, one: Answers) -> Iterator[str]:
    yield f"{name}_all"
    yield from [f"{name}_serious"] if serious(one) else []


def _relation(one: Answers, who: Who) -> Iterator[str]:
    yield from _twice(related(one), one)
    yield from _twice("conservative", one) if related(one) in ("related", "not_assessed") else ()


def _special(one: Answers, *categories: int) -> Iterator[str]:
    if code(one, "aesi_category") in categories:
        yield "any"
        yield from tri("serious", serious(one))
    elif code(one, "aesi_category") is None:
        yield "category_unknown"


def _infections(one: Answers, who: Who) -> Iterator[str]:
    yield from _special(one, 1, 2, 3)
    yield from tri("serious_infection", infection(one))
    yield from ["zoster"] if code(one, "aesi_category") == 1 else []
    yield from coded(one, "oinf_site") if code(one, "aesi_category") == 3 else ()


def _serious_infections(one: Answers, who: Who) -> Iterator[str]:
    yield from _special(one, 2)
    if code(one, "aesi_category") == 2:
        yield from coded(one, "sinf_site")
        yield from coded(one, "sinf_organism")
        yield from tri("sinf_iv", yes(one, "sinf_iv"))


def _heart(one: Answers, who: Who) -> Iterator[str]:
    yield from _special(one, 4)
    yield from tri("mace", mace(one))
    yield from coded(one, "cv_type") if code(one, "aesi_category") == 4 else ()


def _neoplasms(one: Answers, who: Who) -> Iterator[str]:
    yield from _special(one, 5)
    if code(one, "aesi_category") == 5:
        yield from coded(one, "neo_behaviour")
        yield from coded(one, "neo_site")
        yield from coded(one, "neo_precancer") if code(one, "neo_behaviour") == 3 else ()


def _reactions(one: Answers, who: Who) -> Iterator[str]:
    yield from _special(one, 6)
    if code(one, "aesi_category") == 6:
        yield from tri("hyp_anaphylaxis", yes(one, "hyp_anaphylaxis"))
        yield from tri("hyp_angioedema", yes(one, "hyp_angioedema"))
        yield from coded(one, "hyp_site")


def _stays(one: Answers, who: Who) -> Iterator[str]:
    yield "any"
    yield from coded(one, "hosp_reason")


def _deaths(one: Answers, who: Who) -> Iterator[str]:
    yield "any"
    yield from coded(one, "de_cause")
    yield from tri("de_related", yes(one, "de_related"))


def _pregnancies(one: Answers, who: Who) -> Iterator[str]:
    yield "any"
    yield from coded(one, "pr_outcome")
    yield from coded(one, "pr_exposure")
    yield from tri("pr_anomaly", False if code(one, "pr_outcome") == 0 else yes(one, "pr_anomaly"))


_LINES: Mapping[str, Any] = {
    "adverse_overall": _overall,
    "adverse_exposed": _exposed,
    "adverse_onset": lambda one, who: _twice(onset(one, who), one),
    "adverse_relation": _relation,
    "adverse_system": lambda one, who: coded(one, "ae_system"),
    "serious_system": lambda one, who: coded(one, "ae_system") if serious(one) else (),
    "adverse_category": lambda one, who: coded(one, "aesi_category"),
    "adverse_outcome": lambda one, who: coded(one, "outcome"),
    "adverse_action": lambda one, who: coded(one, "action_taken"),
    "infections": _infections,
    "serious_infections": _serious_infections,
    "cardiovascular": _heart,
    "neoplasms": _neoplasms,
    "hypersensitivity": _reactions,
    "hospital_stays": _stays,
    "hospital_nights": _stays,
    "deaths": _deaths,
    "pregnancies": _pregnancies,
}
TABLES = dict.fromkeys(_LINES, "ae") | {
    "hospital_stays": "hs", "hospital_nights": "hs", "deaths": "de", "pregnancies": "pr",
}  # fmt: skip


def zoster(one: Answers) -> dict[str, Any]:
    """What an episode says to each outcome: True, False, `NA`, or None where that is not known."""

    def asked(name: str, yes_if: Any) -> Any:
        value = code(one, name)
        return NA if one.get(name) is NA else None if value is None else yes_if(value)

    def is_(value: int) -> Any:
        return lambda given: given == value

    found = {"serious": serious(one), "dermatomes": asked("zos_dermatomes", lambda given: given > 2)}
    found |= {f"zos_side_{side}": asked("zos_side", is_(side)) for side in (1, 2, 3)}
    for name in ("disseminated", "ophthalmic", "cns", "pain_90d", "antiviral", "hospitalised", "sequelae"):
        found[f"zos_{name}"] = asked(f"zos_{name}", is_(1))
    found["recurrence"] = asked("zos_recurrence", lambda given: given > 0)
    found["vaccinated"] = asked("zos_vaccine_doses", lambda given: given > 0)
    found["vaccinated_twice"] = asked("zos_vaccine_doses", lambda given: given > 1)
    found |= {f"zos_anifrolumab_{held}": asked("zos_anifrolumab", is_(held)) for held in (1, 2, 3)}
    healed = one.get("zos_resolution")
    return found | {"healed": healed if healed in (NA, None) else True}


def zoster_numbers(one: Answers) -> dict[str, Any]:
    """The measures of an episode: a number, `NA`, or None where that is not known."""
    start = one.get("ae_start")

    def since_start(day: Any) -> Any:
        return day - start if type(day) is int and type(start) is int else None

    return {
        "dermatomes": code(one, "zos_dermatomes"),
        "recurrence": code(one, "zos_recurrence"),
        "vaccine_doses": code(one, "zos_vaccine_doses"),
        "antiviral_days": NA if one.get("zos_antiviral") == 0 else code(one, "zos_antiviral_days"),
        "healing_days": NA if one.get("zos_resolution") is NA else since_start(one.get("zos_resolution")),
        "duration_days": NA if one.get("ae_ongoing") == 1 else since_start(one.get("ae_end")),
    }
