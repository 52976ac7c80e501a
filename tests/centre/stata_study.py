"""A synthetic study for the readers of its files: many subjects with courses of all kinds, made fast.

Results are set, not computed: what the files say of them is looked at, not whether they are right. Everybody is
invented; the same seed makes the same study.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from centre_builders import (
    COURSE,
    DEFINITIONS,
    DRUGS,
    QUIET,
    enrolment,
    event,
    history,
    revision,
    schedule,
    visit,
)

from anifro_desktop.centre.analysis.organs import SYSTEMS
from anifro_desktop.centre.assembling import Received, Subject, subjects
from anifro_desktop.record import Missing, Revision
from anifro_desktop.study.schedule import PLANNED
from anifro_desktop.study.subject_code import ALPHABET

PATTERN = "P03-7KQF-4"
KEPT = (
    "visit_summary",
    "flare",
    "laboratory",
    "phga",
    "treatment",
    "eq5d5l",
)  # forms of a visit, to be quick
CRITERIA = ("acr1997", "slicc2012", "eular2019")
SCALES = ("PF", "RP", "BP", "GH", "VT", "SF", "RE", "MH", "PCS", "MCS")
SERIOUS = (
    "ser_death",
    "ser_life_threatening",
    "ser_hospitalisation",
    "ser_disability",
    "ser_congenital",
    "ser_important",
)
ZOSTER = 1  # code of `aesi_category`
# Questions with codes by category, and numbers of an episode of zoster with their bounds.
ASKED = {
    ZOSTER: (
        "zos_disseminated", "zos_ophthalmic", "zos_cns", "zos_antiviral", "zos_hospitalised", "zos_sequelae",
        "zos_anifrolumab", "zos_side",
    ),
    2: ("sinf_site", "sinf_organism", "sinf_iv"),
    3: ("oinf_site",),
    4: ("cv_type",),
    5: ("neo_behaviour", "neo_precancer", "neo_site"),
    6: ("hyp_anaphylaxis", "hyp_angioedema", "hyp_site"),
}  # fmt: skip
NUMBERS = {"zos_dermatomes": 5, "zos_recurrence": 3, "zos_vaccine_doses": 3, "zos_antiviral_days": 10}
FLARES = (None, "none", "none", "none", "mild_moderate", "severe")


def study(seed: int, number: int) -> list[Subject]:
    """So many subjects, by site and code."""
    random_one = random.Random(seed)
    answers = {**QUIET, **DRUGS, **COURSE["baseline"][1]}
    forms = [item for item in visit(PATTERN, "m12", 0, answers | {"eq_vas": 1}) if item.form in KEPT]
    codes = [
        f"P0{place % 3 + 1}-{ALPHABET[place // 32]}{ALPHABET[place % 32]}KQ-0" for place in range(number)
    ]
    made = [item for code in codes for item in _subject(random_one, code, forms)]
    return subjects([Received(item.subject[:3], 1, item) for item in made], DEFINITIONS)


def _subject(chance: random.Random, code: str, forms: list[Revision]) -> Iterator[Revision]:
    day0 = chance.choice([0, 0, 0, 7, -150, None])
    outcome = chance.choice([1, 1, 1, 1, 1, 1, 1, 2])
    yield enrolment(
        code, outcome, dose_day=day0, sex=chance.choice([1, 1, 2]), age_at_enrolment=chance.randrange(18, 80)
    )
    if chance.random() < 0.7:
        diagnosed = chance.choice(
            [-chance.randrange(9000), {"months": -chance.randrange(200)}, {"years": -7}]
        )
        yield history(code, hx_diagnosis_date=diagnosed)
    if chance.random() < 0.7:
        criteria = {rule: _result(chance.choice([True, True, False, None])) for rule in CRITERIA}
        yield revision(code, "", "classification", {}, scores=criteria)
    reached = chance.randrange(1, len(PLANNED))
    yield schedule(code, PLANNED[reached].key, day0=day0 or 0)
    if chance.random() < 0.05:  # enrolled, never seen since
        return
    for place, planned in enumerate(PLANNED[: reached + 1]):
        if place and chance.random() < 0.15:
            continue
        target = round(planned.months * 30.4375) + (day0 or 0)
        day = target if place == 0 else target + chance.randrange(-70, 71)
        yield from _visit(chance, code, planned.key, day, forms, start=place == 0)
    end = round(PLANNED[reached].months * 30.4375) + (day0 or 0) + 80
    yield from _events(chance, code, day0, end)


def _visit(
    chance: random.Random, code: str, key: str, day: int, forms: list[Revision], *, start: bool
) -> Iterator[Revision]:
    scores = _scores(chance, start=start)
    for form in forms:
        values: dict[str, Any] = dict(form.values)
        if form.form == "laboratory":
            values["platelets"] = chance.choice(
                [150, 210, *({"missing": reason.value} for reason in Missing)]
            )
            values.pop(chance.choice(["wbc", "haemoglobin"]), None)
        if form.form == "phga":
            values["phga"] = chance.choice(["0", "0.4", "1.2", "2", {"missing": Missing.NOT_DONE.value}])
        if form.form == "eq5d5l":
            values["eq_vas"] = chance.randrange(101)
        if form.form == "treatment":
            values |= {name: chance.choice([0, 1]) for name in values if name.startswith("on_")}
            values.pop(
                chance.choice(["on_mepacrine", "on_methotrexate", "on_azathioprine", "on_rituximab"]), None
            )
        given = {name: value for name, value in values.items() if name != "visit_date"}
        made = revision(code, key, form.form, {}, day)
        if "visit_date" in values:
            given["visit_date"] = day
        yield replace(made, values=given, scores=scores if form.form == "visit_summary" else {})


def _scores(chance: random.Random, *, start: bool) -> dict[str, Any]:
    sledai = chance.choice([None, 0, 2, 4, 8]) if not start else chance.choice([4, 8, 10, 14, 20, None])
    doris = False if start else chance.choice([True, False, False, None])
    items = {f"lldas_{item}": not start for item in ("activity", "no_new", "phga", "gc", "drugs")}
    total = chance.choice([0, 1, 2])
    dose = chance.choice(["0", "0", "2.5", "5", "7.5", "12.5", None])
    flare = "none" if start else chance.choice(FLARES)

    def states(*names: str) -> dict[str, bool | None]:
        return {name: chance.choice([True, True, False, None]) for name in names}

    def number(top: int) -> str | None:
        return chance.choice([None, *(f"{chance.randrange(100 * top) / 100}" for _ in range(5))])

    points = {item: chance.choice([0] * 12 + [2, None]) for _, items in SYSTEMS.values() for item in items}
    clinical = None if sledai is None else max(sledai - 4, 0)
    category = chance.choice(["remission_range", "mild", "moderate_severe", None])
    return {
        "sledai2k": _result(sledai, clinical=clinical, **points),
        "sledas": _result(
            None if sledai is None else f"{sledai * 0.9 + chance.randrange(300) / 100:.4f}",
            category=category,
            **states("sledas_remission", "sledas_lda"),
        ),
        "doris": _result(doris, **states("doris_off_gc", "doris_off_treatment", "doris_complete")),
        "lldas": _result(
            None if start else chance.choice([True, True, False, None]), **items, **states("lldas5")
        ),
        "prednisone": _result(
            dose,
            pred_eq=dose,
            steroid_le5=dose and float(dose) <= 5,
            steroid_stopped=dose and float(dose) == 0,
        ),
        "sfi": _result(flare),
        "sdi": _result(total, accrual=None if start else chance.choice([True, False, False, False, None])),
        "clasi": _result(chance.choice([0, 4, 12, None]), damage=chance.choice([0, 1, None])),
        "joints": _result(0, tjc28=chance.choice([0, 6, 8, None]), sjc28=chance.choice([0, 6, 7])),
        "ptga": _result(number(100)),
        "pain_vas": _result(number(100)),
        "fatigue_vas": _result(number(100)),
        "facit_fatigue": _result(number(52)),
        "eq5d5l": _result(number(1)),
        "sf36": _result(None, **{scale: number(100) for scale in SCALES}),
    }


def _result(value: Any, **parts: Any) -> dict[str, Any]:
    return {"value": value, "complete": value is not None, "parts": parts}


def _events(chance: random.Random, code: str, day0: int | None, end: int) -> Iterator[Revision]:
    if day0 is not None:
        yield event(code, "ad-001", ad_given=1, ad_date=day0, ad_route=1, ad_dose_mg=300, ad_interval_days=28)
    for number in range(1, chance.randrange(0, 4)):
        yield event(code, f"ae-{number:03d}", **_adverse(chance, end))
    for number in range(1, chance.choice([1, 1, 2, 3])):
        yield event(code, f"hs-{number:03d}", **_stay(chance, end))
    if chance.random() < 0.1:
        anomaly = {} if chance.random() < 0.5 else {"pr_anomaly": chance.choice([0, 1])}
        known = {"pr_known": chance.randrange(0, max(end, 1)), "pr_outcome": chance.choice([0, 1, 1, 2])}
        yield event(code, "pr-001", **known, **anomaly, pr_exposure=chance.choice([0, 1, 2]))
    if chance.random() < 0.15:
        died = end - chance.choice([0, 40, 200])
        yield event(
            code, "de-001", de_date=died, de_cause=chance.choice([1, 2, 3]), de_related=chance.choice([0, 1])
        )
    elif chance.random() < 0.05:
        yield event(code, "lo-001", lo_last_contact=end)
    if day0 is not None and chance.random() < 0.3:
        yield event(
            code,
            "dc-001",
            dc_drug=15,
            dc_what=4,
            dc_permanence=chance.choice([2, 2, 2, 1]),
            **({"dc_reason": chance.randrange(1, 14)} if chance.random() < 0.9 else {}),
            dc_date=chance.randrange(1, max(end, 2)),
        )
    if chance.random() < 0.1:
        yield event(code, "wd-001", wd_date=end, wd_scope=1, wd_last_contact=end, wd_use_before=1)


def _stay(chance: random.Random, end: int) -> dict[str, Any]:
    """The answers of a stay in hospital, some of them not given."""
    admitted = chance.randrange(-60, max(end, 1))
    given = {
        "hosp_reason": chance.choice([1, 1, 2, 3]),
        "hs_admission": admitted,
        "hs_discharge": admitted + chance.randrange(1, 20),
        "hs_ongoing": 0,
    }
    if chance.random() < 0.2:
        given |= {"hs_ongoing": 1}
        del given["hs_discharge"]
    for name in chance.sample(sorted(given), chance.choice([0, 0, 0, 1])):
        del given[name]
    return given


def _adverse(chance: random.Random, end: int) -> dict[str, Any]:
    """The answers of an adverse event of any kind, some of them not given."""

    def code_of(*names: str) -> dict[str, Any]:
        fields = [DEFINITIONS.fields[name] for name in names]
        return {one.id: chance.choice(one.codes.codes).value for one in fields if one.codes is not None}

    category = chance.choice([0, 1, 1, 1, 2, 3, 4, 5, 6])
    start = chance.choice(
        [*(chance.randrange(-60, max(end, 1) + 40) for _ in range(6)), {"months": 3}, {"months": 0}]
    )
    given = {
        **dict.fromkeys(SERIOUS, 0),
        **code_of("ae_system", "outcome", "action_taken", "interrupted", "causality_who", "ae_grade"),
        **code_of("ae_ongoing", *ASKED.get(category, ())),
        "aesi_category": category,
        "ae_start": start,
        chance.choice(SERIOUS): chance.choice([0, 1]),
    }
    if type(start) is int:
        given["ae_end"] = start + chance.randrange(60)
    if category == ZOSTER:
        given |= {name: chance.randrange(most) for name, most in NUMBERS.items()}
        healed = start + chance.randrange(40) if type(start) is int else {"months": 4}
        given["zos_resolution"] = chance.choice([healed, healed, Missing.NOT_APPLICABLE, Missing.NOT_KNOWN])
        given["zos_pain_90d"] = chance.choice([0, 1, Missing.NOT_APPLICABLE])
    for name in chance.sample(sorted(given), chance.choice([0, 0, 1, 2])):
        del given[name]
    return given
