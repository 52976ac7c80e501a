"""Studies whose truth is known: patients drawn at set rates, as the centre receives them. Everybody is invented.

Nothing here scores an answer: a visit carries the results that were drawn. What a study is drawn with is `Truth`; what
an endpoint then estimates is worked out there by formula, or, for flares that must lie 30 days apart, by a long draw of
that process alone.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from centre_builders import DEFINITIONS, record_id, schedule

from anifro_desktop.centre.assembling import Received, Subject, subjects
from anifro_desktop.record import Revision
from anifro_desktop.study.schedule import PLANNED

YEAR = 365.25
SEPARATION = 30  # days between two flares that are two
DELAYED = -120  # first dose of those who were on the drug before enrolment
MONTHS: Mapping[str, int] = {item.key: item.months for item in PLANNED}
FOLLOWUPS = tuple(key for key in MONTHS if key != "baseline")
_SIGNED = {"by": "U03", "meaning": "responsible", "digest": "0" * 64, "sig": "00"}


@dataclass(frozen=True, slots=True)
class Truth:
    """What a study is drawn with. Chances 0 to 1; hazards and rates per patient-year; lldas, doris: of those seen at
    each follow-up; effect: how far a patient's visits go together (SD of a normal shared by them). through: the planned
    visits of which each patient's last is drawn."""

    lldas: tuple[float, ...] = (0.45, 0.60, 0.62, 0.65, 0.65, 0.65)
    doris: tuple[float, ...] = (0.30, 0.42, 0.45, 0.48, 0.48, 0.48)
    effect: float = 0.8
    missed: float = 0.08
    stop: float = 0.12
    withdraw: float = 0.04
    flare: float = 0.35
    severe: float = 1 / 6
    adverse: float = 1.2
    serious: float = 0.12
    zoster: float = 0.05
    related: float = 0.3
    accrual: float = 0.06
    sledai: float = 8.0
    fall: float = 4.5
    spread: float = 3.0
    delayed: float = 0.2
    through: tuple[str, ...] = FOLLOWUPS

    def seen(self, place: int) -> float:
        """The chance of being seen at a follow-up: not missed, and not withdrawn before."""
        on = self.delayed * math.exp(-self.withdraw * (_target(FOLLOWUPS[place], DELAYED)) / YEAR)
        return (1 - self.missed) * (
            on + (1 - self.delayed) * math.exp(-self.withdraw * _target(FOLLOWUPS[place], 0) / YEAR)
        )

    def retained(self, months: int) -> float:
        """The chance to be on the drug so long after the first dose."""
        return math.exp(-self.stop * months * 30.4375 / YEAR)


def study(seed: int, truth: Truth, patients: int = 150, sites: int = 10) -> list[Subject]:
    """One study. The same seed gives the same study."""
    rng = random.Random(seed)
    received = []
    for number in range(patients):
        site = f"P{number % sites + 1:02}"
        code = f"{site}-{number:04d}-X"
        received += [Received(site, 1, one) for one in _patient(rng, truth, code)]
    return subjects(received, DEFINITIONS)


def flares(rng: random.Random, rate: float, end: float) -> list[float]:
    """Days of flares of one patient up to a day, at least the separation apart."""
    found: list[float] = []
    day = 0.0
    while (day := day + rng.expovariate(rate / YEAR)) <= end:
        if not found or math.floor(day) - math.floor(found[-1]) >= SEPARATION:
            found.append(day)
    return found


def _patient(rng: random.Random, truth: Truth, code: str) -> Iterator[Revision]:
    day0 = DELAYED if rng.random() < truth.delayed else 0
    due = rng.choice(truth.through)
    gone = rng.expovariate(truth.withdraw / YEAR)
    yield _form(code, "", "enrolment", _enrolment(day0))
    yield schedule(code, due, day0)
    shared = rng.gauss(0, truth.effect)
    lately = 0
    if day0 == 0:
        yield _summary(code, "baseline", 0, _baseline(rng, truth))
    for place, key in enumerate(FOLLOWUPS):
        day = _target(key, day0)
        results = _results(rng, truth, place, shared)
        if day < 0 or day > gone or rng.random() < truth.missed or MONTHS[key] > MONTHS[due]:
            continue
        lately = day
        yield _summary(code, key, day, results)
    if gone < _target(due, day0):
        lately = math.floor(gone)
        yield _form(code, "wd-001", "withdrawal", {"wd_date": lately, "wd_scope": 1, "wd_use_before": 1})
    yield from _events(rng, truth, code, day0, lately)


def _events(rng: random.Random, truth: Truth, code: str, day0: int, end: int) -> Iterator[Revision]:
    stopped = math.floor(rng.expovariate(truth.stop / YEAR))
    if stopped <= end:
        change = {"dc_date": stopped, "dc_drug": 15, "dc_what": 4, "dc_permanence": 2, "dc_reason": 1}
        yield _form(code, "dc-001", "drug_change", change)
    for number, day in enumerate(flares(rng, truth.flare, end), 1):
        kind = "severe" if rng.random() < truth.severe else "mild_moderate"
        yield _summary(code, f"u{number:02}", math.floor(day), {"sfi": {"value": kind, "complete": True}})
    number = 0
    for rate, serious, category in (
        (truth.adverse, 0, 0),
        (truth.serious, 1, 0),
        (truth.zoster, 0, 1),
    ):
        for day in _poisson(rng, rate, end):
            number += 1
            cause = 3 if rng.random() < truth.related else 4
            facts = {"aesi_category": category, "ae_start": day, "causality_who": cause, "ae_grade": 2}
            yield _form(code, f"ae-{number:03}", "adverse_event", facts | _seriousness(serious))


def _poisson(rng: random.Random, rate: float, end: float) -> list[int]:
    found, day = [], 0.0
    while (day := day + rng.expovariate(rate / YEAR)) < end:
        found.append(math.floor(day))
    return found


def _results(rng: random.Random, truth: Truth, place: int, shared: float) -> dict[str, Any]:
    """What one follow-up carries. The normal behind LLDAS and DORIS has variance 1 + effect²: the threshold knows."""
    drawn = (shared + rng.gauss(0, 1)) / math.sqrt(1 + truth.effect**2)
    level = statistics.NormalDist().cdf(drawn)
    accrued = rng.random() < truth.accrual
    now = rng.gauss(truth.sledai - truth.fall, truth.spread)
    return {
        "lldas": {"value": level < truth.lldas[place], "complete": True},
        "doris": {"value": level < truth.doris[place], "complete": True},
        "sledas": {"value": repr(now), "complete": True, "parts": {}},
        "sdi": {"value": int(accrued), "complete": True, "parts": {"accrual": accrued}},
    }


def _baseline(rng: random.Random, truth: Truth) -> dict[str, Any]:
    before = rng.gauss(truth.sledai, truth.spread)
    return {
        "sledas": {"value": repr(before), "complete": True, "parts": {}},
        "sdi": {"value": 0, "complete": True, "parts": {}},
        "doris": {"value": False, "complete": True},
    }


def _target(key: str, day0: int) -> int:
    return day0 + round(MONTHS[key] * 30.4375)


def _enrolment(day0: int) -> dict[str, Any]:
    facts = {"consent_date": 0, "sex": 1, "age_at_enrolment": 34, "incl_age": 1, "incl_anifrolumab": 1}
    return facts | {"screening_outcome": 1, "enrolment_half": "2026H2", "first_dose_date": day0}


def _seriousness(serious: int) -> dict[str, int]:
    names = ("death", "life_threatening", "hospitalisation", "disability", "congenital")
    return {f"ser_{name}": 0 for name in names} | {"ser_important": serious}


def _summary(code: str, key: str, day: int, scores: dict[str, Any]) -> Revision:
    planned = MONTHS.get(key, 99)
    return _form(code, key, "visit_summary", {"visit_date": day, "visit_planned": planned}, day, scores)


def _form(
    code: str,
    key: str,
    form: str,
    values: Mapping[str, Any],
    day: int | None = None,
    scores: Mapping[str, Any] | None = None,
) -> Revision:
    return Revision(
        id=record_id(code, key, form),
        subject=code,
        visit=key,
        form=form,
        ver=1,
        prev="",
        values=dict(values),
        definition=DEFINITIONS.digest,
        who="U03",
        when="",
        day=day,
        scores=dict(scores or {}),
        signature=_SIGNED,
    )
