"""Contradictions within a visit across its forms, and against the visit before it.

Where a suggestion of the definitions looks at the same answers (skin seen by CLASI without a rash of SLEDAI-2K, for
one) the question is that suggestion's (`centre.asking`), and no check here repeats it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from anifro_desktop.centre import carried
from anifro_desktop.centre.assembling import SUMMARY, Subject, Visit
from anifro_desktop.centre.monitoring.finding import NO, YES, Finding, Found, all_no, code, intervals
from anifro_desktop.scores.sfi import SEVERE

WEIGHT_CHANGE = 0.20  # of the weight at the visit before; more is asked about
HEIGHT_CHANGE = 5.0  # cm between two visits of an adult
QUIET_PHGA_ACTIVITY = 4  # points of clinical SLEDAI-2K that a PhGA of 0 does not go with
LABORATORY_DAYS = 30  # before the visit, in which its blood is drawn
TREATED_DAYS = 30  # after a visit with a severe flare, in which a change of treatment is of that flare
_TREATMENT = (
    "gc_raised_activity", "pulse_since", "newis_cyclophosphamide", "newis_azathioprine", "newis_methotrexate",
    "newis_mycophenolate", "new_biologic_activity", "nsaid_or_hcq_added",
)  # fmt: skip
_CHANGES = {"drug_change": "dc_date", "gc_course": "gcc_start", "gc_pulse": "gcp_date"}


def skin_and_joints(subject: Subject) -> Found:
    """SLEDAI-2K against CLASI and the joint counts of the same visit."""
    for visit in subject.visits:
        skin = carried.whole(visit.scores, "clasi")
        if code(visit.answers, "rash") == YES and skin == 0:
            yield Finding("rash_without_clasi", visit.key, "sledai2k", "rash", (YES, skin))
        both = carried.whole(visit.scores, "joints", "active28")
        arthritis = code(visit.answers, "arthritis")
        if arthritis == YES and _no_joint(visit):
            yield Finding("arthritis_without_joints", visit.key, "sledai2k", "arthritis", (YES,))
        # Swelling of another cause is the site's to say; only a no rules it out.
        other = code(visit.answers, "swollen_not_sle")
        if arthritis == NO and both is not None and both >= 2 and other != YES:
            yield Finding("joints_without_arthritis", visit.key, "sledai2k", "arthritis", (NO, both))


def _no_joint(visit: Visit) -> bool:
    """Whether no joint is tender, or none swollen: in the count of 66/68 where that was made, else of 28."""
    counts = [carried.whole(visit.scores, "joints", part) for part in ("tjc68", "sjc66")]
    if None in counts:
        counts = [carried.whole(visit.scores, "joints", part) for part in ("tjc28", "sjc28")]
    return 0 in counts


def global_assessment(subject: Subject) -> Found:
    """A PhGA of 0 beside clinical activity."""
    for visit in subject.visits:
        points = carried.whole(visit.scores, "sledai2k", "clinical")
        if visit.answers.get("phga") == 0 and points is not None and points >= QUIET_PHGA_ACTIVITY:
            yield Finding("phga_zero_active", visit.key, "phga", "phga", (points,), {"points": points})


def severe_flares(subject: Subject) -> Found:
    """A severe flare after which nothing was done, by any form."""
    for one in intervals(subject):
        visit = one.visit
        if carried.found(visit.scores, "sfi") != SEVERE:
            continue
        quiet = all_no(visit.answers, (*_TREATMENT, "hospitalised_for_sle"))
        if quiet and not _treated(subject, one.start, one.end + TREATED_DAYS):
            yield Finding(
                "severe_flare_untreated", visit.key, "flare", "gc_raised_activity", (one.start, one.end)
            )


def _treated(subject: Subject, start: int, end: int) -> bool:
    """Whether a change of treatment may have been on these days."""
    return any(
        event.day is None or start <= event.day <= end
        for form in _CHANGES
        for event in subject.events_of(form)
    )


def glucocorticoid(subject: Subject) -> Found:
    """The dose of a visit against the courses that certainly go on at it."""
    for visit in subject.visits:
        held = _courses(subject, visit)
        if not held:
            continue
        oral = code(visit.answers, "gc_oral")
        seen = (visit.day, *(key for key, _, _ in held))
        if oral == NO:
            yield Finding("course_denied", visit.key, "treatment", "gc_oral", seen)
        said, drug = _daily(visit.answers, "gc1_mg", "gc1_cycle_days"), code(visit.answers, "gc1_drug")
        (_, course_drug, mg), *more = held
        one_scheme = oral == YES and not more and code(visit.answers, "gc_second") == NO
        if (
            one_scheme
            and drug == course_drug
            and None not in (said, mg)
            and abs((said or 0) - (mg or 0)) > 1e-9
        ):
            yield Finding("course_dose", visit.key, "treatment", "gc1_mg", (*seen, said, mg))


def _courses(subject: Subject, visit: Visit) -> list[tuple[str, int | None, float | None]]:
    """Courses that began before the day of a visit and went on after it: key, drug and mg a day."""
    found = []
    for one in subject.events_of("gc_course"):
        first, last = code(one.answers, "gcc_start"), code(one.answers, "gcc_stop")
        ongoing = one.answers.get("gcc_ongoing") == YES
        if visit.day is None or first is None or first >= visit.day:
            continue
        if (last is not None and last > visit.day) or (last is None and ongoing):
            mg = _daily(one.answers, "gcc_mg", "gcc_cycle_days")
            found.append((one.key, code(one.answers, "gcc_drug"), mg))
    return found


def _daily(answers: Mapping[str, Any], mg: str, days: str) -> float | None:
    given, cycle = _number(answers.get(mg)), code(answers, days)
    return None if given is None or not cycle else given / cycle


def stopped_drug(subject: Subject) -> Found:
    """Anifrolumab taken at one visit and not at the next, without a stop or a pause on record."""
    drugs = ("on_anifrolumab_iv", "on_anifrolumab_sc")
    ends = [one for one in subject.events_of("drug_change") if one.answers.get("dc_what") in (4, 5, None)]
    told = [one for one in ends if code(one.answers, "dc_drug") in (15, 16, None)]
    for one in intervals(subject):
        before = [name for name in drugs if code(one.before.answers, name) == YES]
        said = any(event.day is None or event.day <= one.end for event in told)
        if before and all_no(one.visit.answers, drugs) and not said:
            yield Finding("stop_unrecorded", one.visit.key, "treatment", before[0], (one.start, one.end))


def body(subject: Subject) -> Found:
    """Weight and height against those measured before."""
    last: dict[str, float] = {}
    for visit in subject.visits:
        for name in ("weight_kg", "height_cm"):
            now, before = _number(visit.answers.get(name)), last.get(name)
            if now is None:
                continue
            last[name] = now
            if before is None:
                continue
            most = WEIGHT_CHANGE * before if name == "weight_kg" else HEIGHT_CHANGE
            if abs(now - before) > most + 1e-9:
                yield Finding(f"{name}_jump", visit.key, "vitals", name, (before, now))


def damage(subject: Subject) -> Found:
    """An item of the damage index that was there and is not any more: damage does not go away."""
    items: dict[str, int] = {}
    for visit in subject.visits:
        form = visit.forms.get("damage")
        for name in sorted(name for name in visit.answers if name.startswith("sdi_")) if form else ():
            now = code(visit.answers, name)
            if now is None:
                continue
            if now < items.get(name, 0):
                yield Finding("damage_falls", visit.key, "damage", name, (items[name], now))
            items[name] = max(now, items.get(name, 0))


def days(subject: Subject) -> Found:
    """Two visits on one day, and blood drawn on a day that is not of its visit."""
    by_day: dict[int, str] = {}
    for visit in subject.visits:
        day, blood = visit.day, code(visit.answers, "lab_date")
        if day is None or visit.summary is None:
            continue
        if (other := by_day.setdefault(day, visit.key)) != visit.key:
            yield Finding(
                "two_visits_one_day", visit.key, SUMMARY, "visit_date", (other, day), {"other": other}
            )
        if blood is not None and not day - LABORATORY_DAYS <= blood <= day:
            yield Finding("blood_of_other_day", visit.key, "laboratory", "lab_date", (day, blood))


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, Decimal) or type(value) is int else None


CHECKS = (
    skin_and_joints, global_assessment, severe_flares, glucocorticoid, stopped_drug, body, damage, days,
)  # fmt: skip
