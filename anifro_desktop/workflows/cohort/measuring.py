"""The figures of a cohort, from the answers and scores that its sessions gave and from nothing else.

Unknown stays out: a mean is over those who have a value, a share over those whose state is known. Person-years run from
the first dose to the earliest of today, last contact, withdrawal and death, and are not reset by an event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from statistics import mean, median, stdev
from typing import Any

from anifro_desktop.forms.derived import phga
from anifro_desktop.forms.inputs import ANTIMALARIALS, IMMUNOSUPPRESSANTS
from anifro_desktop.scores import sfi
from anifro_desktop.study.schedule import windows
from anifro_desktop.study.visit_keys import ENROLMENT, HISTORY, is_event, is_visit
from anifro_desktop.workflows.cohort.chance import YEAR
from anifro_desktop.workflows.cohort.sessions import Patient, Record

LABORATORY = (
    *("haemoglobin", "platelets", "wbc", "proteinuria_mg_24h", "urine_rbc_hpf", "urine_wbc_hpf"),
    *("c3_low", "c4_low", "dsdna_raised"),
)
_ENDS = {"de": "de_date", "wd": "wd_date", "lo": "lo_last_contact"}
_ZOSTER, _SERIOUS_INFECTION, _CARDIOVASCULAR, _NEOPLASM, _MALIGNANT = 1, 2, 4, 5, 1
_STOPPED, _PERMANENT, _ANIFROLUMAB = 4, 2, (15, 16)


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure of the cohort. count: how many patients, visits or years it rests on; None: nothing to measure."""

    value: float | None
    count: float


class Followed:
    """One patient as the figures see them."""

    def __init__(self, patient: Patient, today: date) -> None:
        self.age = patient.age
        by_key = {record.key: record for record in patient.records}
        self.enrolment, self.history = by_key[ENROLMENT].answers, by_key[HISTORY].answers
        self.visits = [record for record in patient.records if is_visit(record.key)]
        self.planned = {record.key: record for record in self.visits}
        self.events = [record for record in patient.records if is_event(record.key)]
        start = self.enrolment["first_dose_date"]
        assert isinstance(start, date)
        self.start, self.end = start, min([today, *self._ends()])

    def _ends(self) -> Iterator[date]:
        for event in self.events:
            on = event.answers.get(_ENDS.get(event.key.partition("-")[0], ""))
            if isinstance(on, date):
                yield on

    @property
    def years(self) -> float:
        """Years of follow-up."""
        return (self.end - self.start).days / YEAR

    def of(self, prefix: str) -> list[Record]:
        """The events under a prefix."""
        return [event for event in self.events if event.key.startswith(f"{prefix}-")]

    def stopped(self) -> date | None:
        """When anifrolumab was given up for good."""
        for event in self.of("dc"):
            get = event.answers.get
            wanted = get("dc_what") == _STOPPED and get("dc_permanence") == _PERMANENT
            on = get("dc_date")
            if wanted and get("dc_drug") in _ANIFROLUMAB and isinstance(on, date):
                return on
        return None


Cohort = Sequence[Followed]


def score(record: Record | None, name: str, part: str = "") -> Any:
    """A result or one of its parts, if it is complete; None otherwise."""
    found = None if record is None else record.scores.get(name)
    if found is None:
        return None
    return found.parts.get(part) if part else found.value if found.complete else None


def measure(patients: Iterable[Patient], today: date, *, course: bool = True) -> dict[str, Measured]:
    """Every figure by its name. course: also those that need the whole follow-up."""
    cohort = [Followed(patient, today) for patient in patients]
    found = _baseline(cohort) | _drugs(cohort) | _reasons(cohort) | _month_6(cohort)
    if course:
        found |= _later(cohort) | _flares(cohort) | _safety(cohort) | _retention(cohort)
        found |= _damage(cohort) | _visits_missing(cohort, today) | _late(cohort)
    return found | _answers_missing(cohort)


def _first(cohort: Cohort, get: Callable[[Record], Any]) -> list[Any]:
    """A value of each baseline visit, where there is one."""
    values = (get(patient.planned["baseline"]) for patient in cohort)
    return [value for value in values if value is not None]


def _average(values: Sequence[float]) -> Measured:
    return Measured(mean(values) if values else None, len(values))


def _spread(values: Sequence[float]) -> Measured:
    return Measured(stdev(values) if len(values) > 1 else None, len(values))


def _share(values: Iterable[Any]) -> Measured:
    """Percent of those that are known."""
    known = [bool(value) for value in values if value is not None]
    return Measured(100 * sum(known) / len(known) if known else None, len(known))


def _number(record: Record, name: str) -> float | None:
    value = record.answers.get(name)
    return float(value) if isinstance(value, int | Decimal) else None


def _phga(record: Record) -> float | None:
    value = phga(record.answers)
    return float(value) if isinstance(value, int | Decimal) else None


def _yes(record: Record, name: str) -> bool | None:
    value = record.answers.get(name)
    return value == 1 if type(value) is int else None


def _baseline(cohort: Cohort) -> dict[str, Measured]:
    ages = [float(patient.age) for patient in cohort]
    lasting = [years for patient in cohort if (years := _duration(patient)) is not None]
    activity = _first(cohort, lambda visit: score(visit, "sledai2k"))
    globals_ = _first(cohort, _phga)
    skin = _first(cohort, lambda v: score(v, "clasi", "activity") if _yes(v, "rash") else None)
    damage = _first(cohort, lambda visit: score(visit, "sdi"))
    items = {name: _share(_yes(patient.planned["baseline"], name) for patient in cohort) for name in _ITEMS}
    return {
        "age": _average(ages),
        "age_sd": _spread(ages),
        "women": _share(patient.enrolment.get("sex") == 1 for patient in cohort),
        "white": _share(patient.history.get("hx_ethnicity") == 1 for patient in cohort),
        "duration": _average(lasting),
        "duration_sd": _spread(lasting),
        "sledai": _average(activity),
        "sledai_sd": _spread(activity),
        "phga": _average(globals_),
        "phga_sd": _spread(globals_),
        "clasi": _average(skin),
        "clasi_sd": _spread(skin),
        "tender": _average(
            _first(cohort, lambda v: score(v, "joints", "tjc28") if _yes(v, "arthritis") else None)
        ),
        "swollen": _average(
            _first(cohort, lambda v: score(v, "joints", "sjc28") if _yes(v, "arthritis") else None)
        ),
        "sdi": _average(damage),
        **items,
    }


_ITEMS = ("rash", "arthritis", "low_complement", "increased_dna_binding")


def _duration(patient: Followed) -> float | None:
    """Years since the diagnosis, from the middle of its month."""
    text = patient.history.get("hx_diagnosis_date")
    if not isinstance(text, str) or len(text) != 7:
        return None
    return (patient.start - date(int(text[:4]), int(text[5:]), 15)).days / YEAR


def _drugs(cohort: Cohort) -> dict[str, Measured]:
    doses = _first(cohort, lambda visit: score(visit, "prednisone"))
    users = [dose for dose in doses if dose > 0]

    def any_of(drugs: Iterable[str]) -> Measured:
        return _share(_first(cohort, lambda v: any(_yes(v, f"on_{drug}") for drug in drugs)))

    return {
        "steroid": _share(dose > 0 for dose in doses),
        "dose": Measured(median(users) if users else None, len(users)),
        "dose_high": _share(dose > 25 for dose in users),
        "antimalarial": any_of(ANTIMALARIALS),
        "immunosuppressant": any_of(IMMUNOSUPPRESSANTS),
    }


def _reasons(cohort: Cohort) -> dict[str, Measured]:
    return {
        name: _share(patient.history.get(name) == 1 for patient in cohort)
        for name in ("rs_skin", "rs_joints", "rs_blood", "rs_kidney", "rs_serositis", "rs_steroid_dependence")
    }


def _month_6(cohort: Cohort) -> dict[str, Measured]:
    pairs = [
        (patient.planned["baseline"], patient.planned["m06"])
        for patient in cohort
        if "m06" in patient.planned
    ]
    now = [visit for _, visit in pairs]
    points = [value for visit in now if (value := score(visit, "sledai2k")) is not None]
    doses = [(score(one, "prednisone"), score(two, "prednisone")) for one, two in pairs]
    known = [(before, after) for before, after in doses if before is not None and after is not None]
    return {
        "lldas_m06": _share(score(visit, "lldas") for visit in now),
        "doris_m06": _share(score(visit, "doris") for visit in now),
        "sledai_m06": _average(points),
        "dose_low_m06": _share(after <= 7.5 for before, after in known if before >= 10),
        "dose_m06": _average([after for _, after in known]),
        "clasi50_m06": _share(
            score(visit, "clasi", "clasi50") for visit in now if score(visit, "clasi", "clasi50_evaluable")
        ),
        "joints50_m06": _share(
            score(visit, "joints", "response50")
            for visit in now
            if score(visit, "joints", "response50_evaluable")
        ),
    }


def _later(cohort: Cohort) -> dict[str, Measured]:
    return {
        f"{name}_{key}": _share(score(patient.planned.get(key), name) for patient in cohort)
        for name in ("lldas", "doris")
        for key in ("m12", "m24", "m36")
    }


def _rate(count: int, years: float) -> Measured:
    return Measured(100 * count / years if years else None, years)


def _years(cohort: Cohort) -> float:
    return sum(patient.years for patient in cohort)


def _flares(cohort: Cohort) -> dict[str, Measured]:
    found = [score(visit, "sfi") for patient in cohort for visit in patient.visits]
    severe, mild = found.count(sfi.SEVERE), found.count(sfi.MILD_MODERATE)
    return {
        "flares": _rate(severe + mild, _years(cohort)),
        "flares_severe": Measured(100 * severe / (severe + mild) if severe + mild else None, severe + mild),
    }


def _safety(cohort: Cohort) -> dict[str, Measured]:
    years = _years(cohort)
    adverse = [event.answers for patient in cohort for event in patient.of("ae")]

    def of(category: int) -> list[Mapping[str, Any]]:
        return [answers for answers in adverse if answers.get("aesi_category") == category]

    malignant = [answers for answers in of(_NEOPLASM) if answers.get("neo_behaviour") == _MALIGNANT]
    stays = sum(len(patient.of("hs")) for patient in cohort)
    return {
        "zoster": _rate(len(of(_ZOSTER)), years),
        "serious_infection": _rate(len(of(_SERIOUS_INFECTION)), years),
        "hospital": _rate(stays, years),
        "cardiovascular": _rate(len(of(_CARDIOVASCULAR)), years),
        "malignancy": _rate(len(malignant), years),
        "death": _rate(sum(len(patient.of("de")) for patient in cohort), years),
    }


def _retention(cohort: Cohort) -> dict[str, Measured]:
    """Kaplan-Meier: the share that still takes the drug, death and permanent stop being the events."""
    times: list[tuple[int, bool]] = []
    for patient in cohort:
        stopped, dead = patient.stopped(), bool(patient.of("de"))
        until = stopped or patient.end
        times.append(((until - patient.start).days, stopped is not None or dead))
    return {
        "retention_w26": Measured(100 * _kept(times, 182), len(times)),
        "retention_m12": Measured(100 * _kept(times, 365), len(times)),
    }


def _kept(times: Sequence[tuple[int, bool]], until: int) -> float:
    share = 1.0
    for day in sorted({day for day, event in times if event and day <= until}):
        at_risk = sum(time >= day for time, _ in times)
        share *= 1 - sum(event and time == day for time, event in times) / at_risk
    return share


def _damage(cohort: Cohort) -> dict[str, Measured]:
    """Points of the damage index a year, from baseline to the last time it was done."""
    points, years = 0.0, 0.0
    for patient in cohort:
        done = [visit for visit in patient.visits if score(visit, "sdi") is not None and visit.on is not None]
        if len(done) > 1 and done[0].on is not None and done[-1].on is not None:
            points += score(done[-1], "sdi") - score(done[0], "sdi")
            years += (done[-1].on - done[0].on).days / YEAR
    return {"sdi_year": Measured(points / years if years else None, years)}


def _visits_missing(cohort: Cohort, today: date) -> dict[str, Measured]:
    """Planned visits whose window closed while the patient was followed, without a visit."""
    due = missed = 0
    for patient in cohort:
        for key, window in windows(patient.start).items():
            if window.closes < min(patient.end, today) and key != "baseline":
                due += 1
                missed += key not in patient.planned
    return {"missing_visits": Measured(100 * missed / due if due else None, due)}


def _answers_missing(cohort: Cohort) -> dict[str, Measured]:
    """Required questions of the visits without a value: laboratory, and all others."""
    visits = [visit for patient in cohort for visit in patient.visits]
    others = [form for form in {form for visit in visits for form in visit.asked} if form != "laboratory"]
    asked = sum(visit.asked.get(form, 0) for visit in visits for form in others)
    left = sum(visit.open.get(form, 0) for visit in visits for form in others)
    tests = len(LABORATORY) * len(visits)
    done = sum(_number(visit, name) is not None for visit in visits for name in LABORATORY)
    return {
        "missing_items": Measured(100 * left / asked if asked else None, asked),
        "missing_laboratory": Measured(100 * (tests - done) / tests if tests else None, tests),
    }


def _late(cohort: Cohort) -> dict[str, Measured]:
    """Days from the start of an adverse event to the site's knowing of it, where that was asked."""
    delays = []
    for answers in (event.answers for patient in cohort for event in patient.of("ae")):
        aware, start = answers.get("ae_awareness"), answers.get("ae_start")
        if isinstance(aware, str) and isinstance(start, date | str):
            began = date.fromisoformat(str(start))
            delays.append((datetime.fromisoformat(aware).date() - began) / timedelta(days=1))
    return {"late_entry": Measured(median(delays) if delays else None, len(delays))}
