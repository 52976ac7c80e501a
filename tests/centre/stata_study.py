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
    received,
    revision,
    schedule,
    visit,
)

from anifro_desktop.centre.assembling import Subject, subjects
from anifro_desktop.record import Missing, Revision
from anifro_desktop.study.schedule import PLANNED
from anifro_desktop.study.subject_code import ALPHABET

PATTERN = "P03-7KQF-4"
KEPT = ("visit_summary", "flare", "laboratory", "phga")  # forms of a visit, to be quick
FLARES = (None, "none", "none", "none", "mild_moderate", "severe")


def study(seed: int, number: int) -> list[Subject]:
    """So many subjects, by site and code."""
    random_one = random.Random(seed)
    answers = {**QUIET, **DRUGS, **COURSE["baseline"][1]}
    forms = [item for item in visit(PATTERN, "m12", 0, answers) if item.form in KEPT]
    codes = [f"P03-{ALPHABET[place // 32]}{ALPHABET[place % 32]}KQ-0" for place in range(number)]
    made = [item for code in codes for item in _subject(random_one, code, forms)]
    return subjects(received(made), DEFINITIONS)


def _subject(chance: random.Random, code: str, forms: list[Revision]) -> Iterator[Revision]:
    day0 = chance.choice([0, 0, 0, 7, -150, None])
    yield enrolment(code, chance.choice([1, 1, 1, 1, 1, 1, 1, 2]), dose_day=day0)
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
    return {
        "sledai2k": _result(sledai),
        "sledas": _result(None if sledai is None else f"{sledai * 0.9 + 1.12:.4f}"),
        "doris": _result(doris),
        "lldas": _result(None if start else chance.choice([True, True, False, None]), **items),
        "prednisone": _result(
            dose,
            pred_eq=dose,
            steroid_le5=dose and float(dose) <= 5,
            steroid_stopped=dose and float(dose) == 0,
        ),
        "sfi": _result(flare),
        "sdi": _result(total, accrual=None if start else chance.choice([True, False, False, False, None])),
        "clasi": _result(chance.choice([0, 4, 12])),
        "joints": _result(0, tjc28=chance.choice([0, 6, 8]), sjc28=chance.choice([0, 6, 7])),
    }


def _result(value: Any, **parts: Any) -> dict[str, Any]:
    return {"value": value, "complete": value is not None, "parts": parts}


def _events(chance: random.Random, code: str, day0: int | None, end: int) -> Iterator[Revision]:
    if day0 is not None:
        yield event(code, "ad-001", ad_given=1, ad_date=day0, ad_route=1, ad_dose_mg=300, ad_interval_days=28)
    for number in range(1, chance.randrange(0, 4)):
        start = chance.choice([chance.randrange(0, max(end, 1)), {"months": 3}])
        given: dict[str, Any] = {
            "aesi_category": chance.choice([0, 0, 1, 2, 3, 4]),
            "ae_start": start,
            "ae_grade": 2,
        }
        if chance.random() < 0.7:
            given["ser_hospitalisation"] = chance.choice([0, 1])
        yield event(code, f"ae-{number:03d}", **given)
    if day0 is not None and chance.random() < 0.3:
        yield event(
            code,
            "dc-001",
            dc_drug=15,
            dc_what=4,
            dc_permanence=2,
            dc_reason=3,
            dc_date=chance.randrange(1, max(end, 2)),
        )
    if chance.random() < 0.1:
        yield event(code, "wd-001", wd_date=end, wd_scope=1, wd_last_contact=end, wd_use_before=1)
