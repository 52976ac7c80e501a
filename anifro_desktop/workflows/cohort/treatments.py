"""What the patient is given: doses of anifrolumab, why it was given up, and the courses of prednisone.

Of the doses the first, those missed or not given, and the last; a course of prednisone begins a week after the visit at
which its dose was decided, or with the flare.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from anifro_desktop.workflows.cohort import adverse
from anifro_desktop.workflows.cohort import settings as s
from anifro_desktop.workflows.cohort.chance import days_of
from anifro_desktop.workflows.cohort.people import Person
from anifro_desktop.workflows.cohort.tale import Happened, Tale

EVERY = timedelta(days=28)
# Codes of `stop_reason` with their weights: inefficacy, adverse event, patient's decision, remission, access, other.
_WHY_STOPPED = {1: 26, 2: 18, 3: 14, 7: 18, 6: 9, 9: 6, 8: 5, 13: 4}
_TAPER, _FLARE, _FIRST = 1, 2, 4


def stop(tale: Tale) -> None:
    """Anifrolumab is given up; to be told after the adverse events, one of which may be why."""
    rng, stopped = tale.rng, tale.line.stopped
    if stopped is None:
        return
    known = [
        e for e in tale.found if e.form == "adverse_event" and timedelta(0) <= stopped - e.on <= 3 * EVERY
    ]
    reason = rng.choices(tuple(_WHY_STOPPED), tuple(_WHY_STOPPED.values()))[0]
    if reason == 3 and not known:
        reason = 1
    if any(e.form == "pregnancy" and abs((e.on - stopped).days) < 90 for e in tale.found):
        reason = 5
    change: dict[str, Any] = {"dc_drug": 15, "dc_what": 4, "dc_date": stopped.isoformat()}
    change |= {"dc_permanence": 2, "dc_reason": reason, "dc_contrib": 0}
    if reason == 3:
        tale.caused("drug_change", stopped, change, known[-1], "dc_ae", "treatment")
    else:
        tale.add("drug_change", stopped, change, "treatment")


def doses(tale: Tale) -> None:
    """The first dose, a few that were not given, and the last known one."""
    start, last = tale.person.start, tale.line.stopped or tale.line.last
    given = (last - start) // EVERY
    final = start + given * EVERY
    if final >= last and given:
        final -= EVERY
    _given(tale, start)
    if final > start:
        _given(tale, final)
    for place in range(1, given - 1):
        if tale.rng.random() < 0.012:
            not_given(tale, start + place * EVERY, tale.rng.choice((5, 7, 7, 8, 9, 10)), None)
    for on in days_of(tale.rng, s.REACTION, start, last)[:1]:
        near = start + ((on - start) // EVERY) * EVERY
        if near not in (start, final):
            event = tale.add("adverse_event", near, adverse.reaction(tale.rng, near, tale.today), "ae")
            answers = _dose(tale.person, near) | {"ad_reaction": 1}
            tale.caused("administration", near, answers, event, "ad_ae")


def _given(tale: Tale, on: date) -> None:
    tale.add("administration", on, _dose(tale.person, on) | {"ad_reaction": 0})


def _dose(person: Person, on: date) -> dict[str, Any]:
    return _regimen(person, on) | {
        "ad_given": 1,
        "ad_planned": on.isoformat(),
        "ad_batch": f"SYN-{on:%y%m}",
        "ad_batch_checked": 1,
    }


def _regimen(person: Person, on: date) -> dict[str, Any]:
    access = 2 if person.number % 7 == 0 else 1
    return {
        "ad_date": on.isoformat(),
        "ad_route": 1,
        "ad_dose_mg": 300,
        "ad_interval_days": 28,
        "ad_access": access,
    }


def not_given(tale: Tale, on: date, reason: int, cause: Happened | None) -> None:
    """A dose that was planned and not given."""
    if not tale.treated(on) or on > tale.line.last:
        return
    answers = _regimen(tale.person, on) | {"ad_given": 0, "ad_reason": reason}
    if cause is None:
        tale.add("administration", on, answers, "dose_missed")
    else:
        tale.caused("administration", on, answers, cause, "ad_ae", "dose_missed")


def prednisone(tale: Tale) -> None:
    """The courses, without a gap between them but where there was no prednisone."""
    changes: list[tuple[date, float, int]] = []
    previous: date | None = None
    for visit in tale.line.visits:
        dose = visit.state.dose
        if not changes:
            changes.append((visit.on - timedelta(days=60), dose, _FIRST))
        elif dose != changes[-1][1] and previous is not None:
            raised = dose > changes[-1][1] and visit.flare is not None
            begins = visit.flare.on if raised and visit.flare is not None else previous + timedelta(days=7)
            changes.append((min(begins, visit.on), dose, _FLARE if raised else _TAPER))
        previous = visit.on
    for place, (first, dose, why) in enumerate(changes):
        over = changes[place + 1][0] - timedelta(days=1) if place + 1 < len(changes) else None
        if dose and (over is None or over >= first):
            kinds = () if why == _FIRST else ("treatment",)
            tale.add("gc_course", first, _course(first, over, dose, why), *kinds)


def _course(first: date, over: date | None, dose: float, why: int) -> dict[str, Any]:
    answers: dict[str, Any] = {"gcc_drug": 1, "gcc_mg": f"{dose:g}", "gcc_cycle_days": 1}
    answers |= {"gcc_start": first.isoformat(), "gcc_ongoing": int(over is None), "gcc_why": why}
    return answers if over is None else answers | {"gcc_stop": over.isoformat()}
