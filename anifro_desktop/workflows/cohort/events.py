"""What happens between visits, as events of a visit file, and what a visit is told about it.

Events are in the order of their days; the number of an adverse event is its place among them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from anifro_desktop.study.protocol import PROTOCOL
from anifro_desktop.workflows.cohort import adverse, treatments
from anifro_desktop.workflows.cohort import settings as s
from anifro_desktop.workflows.cohort.chance import days_of
from anifro_desktop.workflows.cohort.people import Person
from anifro_desktop.workflows.cohort.states import State
from anifro_desktop.workflows.cohort.tale import Happened, Tale
from anifro_desktop.workflows.cohort.timeline import MONTHS, Flare, Timeline

_PULSE = timedelta(days=2)  # from the first to the last day of a series
_RECENT = timedelta(days=PROTOCOL.number("glucocorticoid.pulse_days"))
_STUDY_DRUG = {"methotrexate": 4, "azathioprine": 5, "mycophenolate_mofetil": 6}
_NEW_DOSE = {
    "methotrexate": {"dc_mg_week": 15},
    "azathioprine": {"dc_mg_day": 100},
    "mycophenolate_mofetil": {"dc_mg_day": 2000},
}


def events(rng: random.Random, person: Person, line: Timeline, today: date) -> list[Happened]:
    """The events of one patient, by day."""
    tale = Tale(rng, person, line, today)
    _safety(tale)
    for visit in line.visits:
        if visit.flare is not None:
            _flare(tale, visit.flare, visit.on)
    for missed in line.missed:
        tale.add("missed_visit", missed.noted, _missed(rng, missed.key, missed.noted))
    _pregnancy(tale)
    _vaccinations(tale)
    treatments.stop(tale)
    treatments.doses(tale)
    treatments.prednisone(tale)
    _end(tale)
    return sorted(tale.found, key=lambda event: event.on)


def typed(happened: Iterable[Happened]) -> list[dict[str, Any]]:
    """Events as a visit file holds them."""
    told, found = list(happened), []
    adverse_events = [event for event in told if event.form == "adverse_event"]
    numbers = {id(event): number for number, event in enumerate(adverse_events, start=1)}
    for event in told:
        named = {event.names: numbers[id(event.cause)]} if event.cause is not None else {}
        found.append({"form": event.form, "answers": event.answers | named, "sign": True})
    return found


# The ends of events that a visit is asked about as it is about their beginnings.
_ENDS = {"gcc_stop": "treatment", "pr_outcome_date": "vaccine_pregnancy"}


def since(happened: Sequence[Happened], before: date | None, on: date) -> dict[str, int]:
    """How much of each kind happened from the visit before to this one, both days included."""
    counts = dict.fromkeys(
        (
            *("ae", "hospital", "dose_missed", "treatment", "vaccine_pregnancy", "pulse", "pulse_30d"),
            *("raised_30d", "new_drug", "nsaid", "stay_sle"),
        ),
        0,
    )
    given = (event.on for event in happened if event.form == "administration" and event.answers["ad_given"])
    if (first := min(given, default=None)) is not None and on - _RECENT <= first < on:
        counts["raised_30d"] += 1  # anifrolumab itself was started
    for event in happened:
        for field, kind in _ENDS.items():
            ends = event.answers.get(field)
            if ends and before is not None and before <= date.fromisoformat(ends) <= on:
                counts[kind] += 1
        if before is not None and before <= event.on <= on:
            for kind in event.kinds:
                counts[kind] += 1
        if "pulse" in event.kinds and on - _RECENT - _PULSE <= event.on <= on:
            counts["pulse_30d"] += 1
        if "new_drug" in event.kinds and on - _RECENT <= event.on <= on:
            counts["raised_30d"] += 1
    return counts


def _safety(tale: Tale) -> None:
    rng, first, last = tale.rng, tale.person.start + timedelta(days=7), tale.line.last - timedelta(days=12)
    if last <= first:
        return
    for on in days_of(rng, s.ZOSTER, first, last):
        answers = adverse.zoster(rng, on, tale.today, on_drug=tale.treated(on))
        event = tale.add("adverse_event", on, answers, "ae")
        if answers.get("interrupted") == 1:
            treatments.not_given(tale, on + timedelta(days=6), 1, event)
    for on in days_of(rng, s.SERIOUS_INFECTION, first, last):
        stay = rng.random() < s.STAY_FOR_INFECTION
        event = tale.add("adverse_event", on, adverse.serious_infection(rng, on, tale.today, stay=stay), "ae")
        if stay:
            _stay(tale, on + timedelta(days=1), 1, event)
    plain: tuple[tuple[float, Callable[[random.Random, date, date], dict[str, Any]]], ...] = (
        (s.INFECTION, adverse.infection),
        (s.OTHER_EVENT, adverse.other),
        (s.MALIGNANCY, adverse.malignancy),
    )
    for hazard, kind in plain:
        for on in days_of(rng, hazard, first, last):
            tale.add("adverse_event", on, kind(rng, on, tale.today), "ae")
    for on in days_of(rng, s.CARDIOVASCULAR, first, last):
        event = tale.add("adverse_event", on, adverse.cardiovascular(rng, on, tale.today), "ae")
        _stay(tale, on, 1, event)
    for on in days_of(rng, s.OTHER_STAY, first, last):
        _stay(tale, on, 3, None)


def _flare(tale: Tale, flare: Flare, visit: date) -> None:
    """What a flare brings, between its onset and the visit that records it."""
    on = flare.on
    if flare.pulse:
        pulse = {"gcp_drug": 3, "gcp_route": 1, "gcp_mg": 250, "gcp_days": 3, "gcp_reason": 1}
        tale.add("gc_pulse", on, {"gcp_date": on.isoformat()} | pulse, "pulse", "treatment")
    if flare.stay:
        _stay(tale, on, 2, None)
    if flare.new_drug and _was_new(tale, flare, visit):
        change = {"dc_drug": _STUDY_DRUG[flare.new_drug], "dc_what": 1, "dc_date": on.isoformat()}
        change |= _NEW_DOSE[flare.new_drug] | {"dc_for_activity": 1}
        tale.add("drug_change", on, change, "new_drug", "treatment")
        _replaced(tale, on, next(item.before for item in tale.line.visits if item.on == visit))
    if not flare.severe and tale.rng.random() < 0.15:
        change = {"dc_drug": 20, "dc_drug_text": "FANS", "dc_what": 1, "dc_date": on.isoformat()}
        change |= {"dc_mg_day": 500, "dc_for_activity": 1}
        tale.add("drug_change", on, change, "nsaid", "treatment")


def _replaced(tale: Tale, on: date, before: State | None) -> None:
    """The drug that gave way to a new one."""
    if before is not None and before.drug in _STUDY_DRUG:
        change = {"dc_drug": _STUDY_DRUG[before.drug], "dc_what": 4, "dc_date": on.isoformat()}
        tale.add("drug_change", on, change | {"dc_permanence": 2, "dc_reason": 2}, "treatment")


def _was_new(tale: Tale, flare: Flare, visit: date) -> bool:
    before = next(item.before for item in tale.line.visits if item.on == visit)
    return before is None or before.drug != flare.new_drug


def _stay(tale: Tale, on: date, reason: int, cause: Happened | None) -> None:
    """A stay in hospital, never beyond the last day of follow-up."""
    out = min(on + timedelta(days=tale.rng.randrange(3, 11)), tale.line.last)
    stay = {"hs_admission": on.isoformat(), "hs_ongoing": 0, "hs_discharge": out.isoformat()}
    kinds = ("hospital", "stay_sle") if reason == 2 else ("hospital",)
    if cause is None:
        tale.add("hospitalisation", on, stay | {"hosp_reason": reason}, *kinds)
    else:
        tale.caused("hospitalisation", on, stay | {"hosp_reason": reason}, cause, "hosp_ae", *kinds)


def _missed(rng: random.Random, key: str, noted: date) -> dict[str, Any]:
    reason = rng.choice((1, 3, 3, 4, 5, 6, 7))
    return {"mv_visit": MONTHS[key], "mv_date": noted.isoformat(), "mv_reason": reason, "mv_will_attend": 1}


def _vaccinations(tale: Tale) -> None:
    """Influenza in autumn for some, the recombinant zoster vaccine for a few."""
    rng, first, last = tale.rng, tale.person.start, tale.line.last
    for year in range(first.year, last.year + 1):
        on = date(year, 10, rng.randrange(8, 29))
        if rng.random() < s.INFLUENZA_VACCINE and first < on < last:
            shot = {"vx_vaccine": 2, "vx_date": on.isoformat(), "vx_dose": 1}
            tale.add("vaccination", on, shot, "vaccine_pregnancy")
    for on in days_of(rng, s.ZOSTER_VACCINE, first, last)[:1]:
        shot = {"vx_vaccine": 1, "vx_date": on.isoformat(), "vx_dose": 1}
        tale.add("vaccination", on, shot, "vaccine_pregnancy")


def _pregnancy(tale: Tale) -> None:
    rng, person, line = tale.rng, tale.person, tale.line
    until = line.stopped or line.last
    if person.sex != 1 or person.age > 41 or until <= person.start:
        return
    for on in days_of(rng, s.PREGNANCY, person.start, until)[:1]:
        last_dose = on - timedelta(days=rng.randrange(20, 45))
        answers: dict[str, Any] = {"pr_known": on.isoformat(), "pr_exposure": 1}
        answers["pr_last_dose"] = max(last_dose, person.start).isoformat()
        over = on + timedelta(days=235)
        if over <= line.last:
            answers |= {"pr_outcome": 1, "pr_outcome_date": over.isoformat(), "pr_anomaly": 0}
        else:
            answers["pr_outcome"] = 0
        tale.add("pregnancy", on, answers, "vaccine_pregnancy")


def _end(tale: Tale) -> None:
    end, rng = tale.line.end, tale.rng
    if end is None:
        return
    on = end.on.isoformat()
    if end.form == "death":
        event = tale.add(
            "adverse_event", end.on - timedelta(days=5), adverse.fatal(rng, end.on, tale.today), "ae"
        )
        answers = {"de_date": on, "de_cause": 2, "de_related": 0}
        tale.caused("death", end.on, answers, event, "de_ae")
    elif end.form == "lost":
        attempts = {"lo_attempts": 3, "lo_reason": rng.choice((1, 2, 3, 6))}
        tale.add("lost", end.on, {"lo_last_contact": on} | attempts)
    else:
        answers = {"wd_date": on, "wd_scope": 1, "wd_use_before": 1, "wd_reason": rng.choice((1, 2, 2, 4, 6))}
        tale.add("withdrawal", end.on, answers | {"wd_last_contact": on})
