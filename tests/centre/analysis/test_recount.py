"""States by visit and measures over time counted again from the visits as they were received, by another way: windows,
choice of the visit, due and sets are worked out here from the answers, on a cohort with visits on any day."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from centre_builders import DEFINITIONS, enrolment, revision, schedule

from anifro_desktop.centre.analysis.changes import activity, reported
from anifro_desktop.centre.analysis.person import person
from anifro_desktop.centre.analysis.states import damage, glucocorticoid, primary, remission, response
from anifro_desktop.centre.analysis.table import Table
from anifro_desktop.centre.assembling import Received, Subject, Visit, subjects
from anifro_desktop.record import Revision

LATER = ("m06", "m12", "m24", "m36", "m48", "m60")
STATES = {
    "doris": ("doris", ""),
    "doris_off_gc": ("doris", "doris_off_gc"),
    "doris_off_treatment": ("doris", "doris_off_treatment"),
    "doris_complete": ("doris", "doris_complete"),
    "lldas": ("lldas", ""),
    "lldas5": ("lldas", "lldas5"),
    "sledas_remission": ("sledas", "sledas_remission"),
    "sledas_lda": ("sledas", "sledas_lda"),
    "steroid_le5": ("prednisone", "steroid_le5"),
    "steroid_stopped": ("prednisone", "steroid_stopped"),
    "sdi_accrual": ("sdi", "accrual"),
}
SCALES = ("PF", "RP", "BP", "GH", "VT", "SF", "RE", "MH")
MEASURES = {
    "sledai2k": ("sledai2k", ""),
    "sledai2k_clin": ("sledai2k", "clinical"),
    "sledas": ("sledas", ""),
    "clasi_activity": ("clasi", ""),
    "clasi_damage": ("clasi", "damage"),
    "tjc28": ("joints", "tjc28"),
    "sjc28": ("joints", "sjc28"),
    "pred_eq": ("prednisone", "pred_eq"),
    "sdi": ("sdi", ""),
    "ptga": ("ptga", ""),
    "pain": ("pain_vas", ""),
    "fatigue": ("fatigue_vas", ""),
    "facit_fatigue": ("facit_fatigue", ""),
    "eq5d_index": ("eq5d5l", ""),
    "sf36_pcs": ("sf36", "PCS"),
    "sf36_mcs": ("sf36", "MCS"),
    **{f"sf36_{scale.lower()}": ("sf36", scale) for scale in SCALES},
}  # fmt: skip
ANSWERS = ("phga", "eq_vas")


def drawn(rng: random.Random) -> dict[str, Any]:
    """Results of a visit that agree with nothing, each known or not."""
    scores: dict[str, Any] = {}
    values = {
        place: rng.choice([0, rng.randrange(30), repr(rng.randrange(3000) / 100)])
        for place in MEASURES.values()
    }
    values |= {place: rng.choice([True, False]) for place in STATES.values()}
    for (rule, part), value in values.items():
        result = scores.setdefault(rule, {"value": None, "complete": True, "parts": {}})
        if rng.random() < 0.85:
            result.update({"value": value} if not part else {})
            result["parts"].update({part: value} if part else {})
    return scores


def sent(rng: random.Random, patients: int) -> list[Revision]:
    """Patients with visits on any day of the study, several or none in a window."""
    made = []
    for number in range(patients):
        code = f"P0{number % 3 + 1}-{number:04d}-X"
        day0 = rng.choice([0, 0, 7, -100])
        made += [
            enrolment(code, rng.choice([1, 1, 1, 2]), day0),
            schedule(code, rng.choice([None, *LATER]), day0),
        ]
        for visit in range(1, 13):
            target = rng.choice([0, *(round(int(key[1:]) * 30.4375) for key in LATER)])
            day = day0 + target + rng.choice([-30, 30, -45, 45, -61, 60, 0, rng.randrange(-70, 70)])
            answers = {"visit_date": day, "phga": rng.randrange(4), "eq_vas": rng.randrange(101)}
            made.append(revision(code, f"u{visit:02}", "visit_summary", answers, day, scores=drawn(rng)))
    return made


@pytest.fixture(scope="module")
def study() -> tuple[list[Subject], dict[str, Table]]:
    received = [Received(one.subject[:3], 1, one) for one in sent(random.Random(5), 60)]
    held = subjects(received, DEFINITIONS)
    people = [person(one) for one in held]
    makers = (primary, remission, response, glucocorticoid, damage, activity, reported)
    return held, {table.name: table for make in makers for table in make(people).tables}


def serving(subject: Subject, planned: str) -> Visit | None:
    """The visit nearest to the target of a window that holds it; of two the earlier."""
    start = "b" if planned == "baseline" else planned
    answers: Any = subject.answers
    target = answers["day0_day" if planned == "baseline" else f"{planned}_target"]
    best: Visit | None = None
    for visit in subject.visits:
        if visit.day is None or not answers[f"{start}_opens"] <= visit.day <= answers[f"{start}_closes"]:
            continue
        if (
            best is None
            or best.day is None
            or (abs(visit.day - target), visit.day, visit.key)
            < (
                abs(best.day - target),
                best.day,
                best.key,
            )
        ):
            best = visit
    return best


def due(subject: Subject, planned: str) -> bool:
    answers: Any = subject.answers
    through = answers.get("due_through")
    return answers["screening_outcome"] == 1 and through is not None and int(planned[1:]) <= through


def read(visit: Visit | None, place: tuple[str, str]) -> Any:
    rule, part = place
    result = visit.scores.get(rule, {}) if visit is not None else {}
    found = result.get("parts", {}).get(part) if part else result.get("value")
    return float(found) if isinstance(found, str) else found


def measure(subject: Subject, planned: str, name: str) -> Any:
    visit = serving(subject, planned)
    if name in ANSWERS:
        return None if visit is None else visit.answers[name]
    return read(visit, MEASURES[name])


def all_true(*found: bool | None) -> bool | None:
    return False if False in found else None if None in found else True


def told(value: Any, rule: Callable[[Any], bool]) -> bool | None:
    return None if value is None else rule(value)


def asked_and_met(subject: Subject, planned: str, name: str) -> tuple[bool | None, bool | None]:
    """Whether a state is asked of a subject, and whether it is met, from its visits alone."""

    def pair(of: str) -> tuple[Any, Any]:
        return measure(subject, "baseline", of), measure(subject, planned, of)

    def halved(of: str) -> bool | None:
        start, now = pair(of)
        return None if None in (start, now) else now <= start / 2

    if name in STATES:
        dose = measure(subject, "baseline", "pred_eq")
        asked = told(dose, lambda mg: mg > 0) if name == "steroid_stopped" else True
        return asked, read(serving(subject, planned), STATES[name])
    if name == "clasi50":
        return told(pair("clasi_activity")[0], lambda start: start >= 10), halved("clasi_activity")
    if name == "joints50":
        starts = [told(pair(of)[0], lambda start: start >= 6) for of in ("tjc28", "sjc28")]
        return all_true(*starts), all_true(halved("tjc28"), halved("sjc28"))
    start, now = pair("sledai2k" if name == "sledai2k_fall4" else "sledas")
    fell = None if None in (start, now) else Decimal(str(start)) - Decimal(str(now))
    if name == "sledai2k_fall4":
        return told(start, lambda points: points >= 4), told(fell, lambda by: by >= 4)
    return True, told(fell, lambda by: by >= Decimal("1.72"))


@pytest.mark.parametrize("name", [*STATES, "sledai2k_fall4", "sledas_fall172", "clasi50", "joints50"])
def test_states_are_those_of_the_visits_received(study: Any, name: str) -> None:
    held, found = study
    rows = {row.heads[0].name: row for row in found[name].rows}
    assert list(rows) == list(LATER[1:] if name == "sdi_accrual" else LATER)
    for planned, row in rows.items():
        judged = [asked_and_met(one, planned, name) for one in held if due(one, planned)]
        met = [state for asked, state in judged if asked]
        assert [cell.value for cell in row.cells[:3]] == [
            met.count(True),
            len(met) - met.count(None),
            len(met),
        ]
        if len(row.cells) > 5:
            assert row.cells[5].value == sum(asked is None for asked, _ in judged)
    assert sum(row.cells[0].value for row in rows.values()) > 0


def in_set(subject: Subject, name: str) -> bool:
    def one_or_more(of: str) -> bool:
        return (measure(subject, "baseline", of) or 0) >= 1

    if name.startswith("clasi"):
        return one_or_more("clasi_activity")
    return one_or_more("tjc28") or one_or_more("sjc28") if name in ("tjc28", "sjc28") else True


@pytest.mark.parametrize("name", [*MEASURES, *ANSWERS])
def test_measures_are_those_of_the_visits_received(study: Any, name: str) -> None:
    held, found = study
    some = [one for one in held if one.answers["screening_outcome"] == 1 and in_set(one, name)]
    for row in found[f"over_time_{name}"].rows:
        planned = row.heads[0].name
        seen = [(measure(one, "baseline", name), measure(one, planned, name)) for one in some]
        values = [float(now) for _, now in seen if now is not None]
        moved = [float(now - start) for start, now in seen if None not in (start, now)]
        assert (row.cells[0].value, row.cells[1].value) == (
            len(values),
            pytest.approx(statistics.fmean(values)),
        )
        assert row.cells[2].value == pytest.approx(statistics.stdev(values))
        if planned != "baseline":
            assert row.cells[6].value == len(moved) > 1
            assert row.cells[7].value == pytest.approx(statistics.fmean(moved))
            assert row.cells[8].value == pytest.approx(statistics.median(moved))
