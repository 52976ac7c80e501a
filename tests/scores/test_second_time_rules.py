"""Adverse events, visit windows, response and retention against second transcriptions: tables, and answers that are
complete."""

from __future__ import annotations

import random
import runpy
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from anifro_desktop.scores import ae, response, response_rules, retention, schedule
from anifro_desktop.scores.contract import validate
from anifro_desktop.study.protocol import PROTOCOL
from anifro_desktop.study.schedule import OPTIONAL, PLANNED

SETS = 1500
DAY0 = date(2026, 1, 1)


def _second(rule: str) -> Any:
    return SimpleNamespace(**runpy.run_path(str(Path(__file__).parent / "second" / f"{rule}.py")))


AE, SCHEDULE, RESPONSE, RETENTION = map(_second, ("ae", "schedule", "response", "retention"))


def _iso(days: int) -> str:
    return (DAY0 + timedelta(days=days)).isoformat()


def test_adverse_events_have_the_same_tables() -> None:
    assert list(ae.CRITERIA) == [f"ser_{name}" for name in AE.SERIOUS_IF.split()]
    assert {
        name: {cause for cause, one in ae.RELATED.items() if one == name} for name in AE.CAUSES
    } == AE.CAUSES
    assert ae.FOLLOW_UP_DAYS == AE.WEEKS_AFTER_LAST_DOSE * 7
    assert ae.EARLY_DAYS == AE.EARLY_WEEKS * 7
    assert [one for one in range(-2, 9) if not validate("ae", {"grade": one})] == list(AE.GRADES)
    assert [one for one in range(-2, 9) if not validate("ae", {"outcome": one})] == list(AE.OUTCOMES)


def test_complete_adverse_events() -> None:
    chance = random.Random(71)
    for _ in range(SETS):
        first = chance.randrange(-40, 40)
        last = first + chance.choice((0, 28, 90, 400))
        start = chance.choice((first, last + 84, first + 168)) + chance.randrange(-2, 3)
        answers = {name: chance.random() < 0.15 for name in ae.CRITERIA}
        cause = chance.choice(list(ae.RELATED))
        dates = {"ae_start": _iso(start), "first_dose": _iso(first), "last_dose": _iso(last)}
        found = ae.score({**answers, "causality_who": cause, **dates}).parts
        expected = AE.onset(start, first, last)
        assert {key: found[key] for key in expected} == expected
        assert found["serious"] == AE.serious(answers)
        assert found["related"] == AE.relation(cause)


@pytest.mark.parametrize(
    "zone", ["Europe/Rome", "America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]
)
def test_clocks_count_elapsed_hours_and_show_the_zones_own_time(zone: str) -> None:
    chance = random.Random(72)
    for _ in range(300):
        day, minute = chance.randrange(365 * 8), chance.randrange(1440)
        offset = chance.choice(("Z", "+00:00", "+02:00", "-03:30", "+13:00"))
        aware = f"{_iso(day)}T{minute // 60:02}:{minute % 60:02}:07{offset}"
        for clock, hours in ((ae.SAE_CLOCK, AE.HOURS_SERIOUS), (ae.BIOLOGIC_CLOCK, AE.HOURS_BIOLOGIC)):
            due = ae.due(aware, zone, clock)
            assert due is not None
            assert AE.seconds_until(aware, due) == hours * 3600
            assert date.fromisoformat(due[:10]) >= date.fromisoformat(aware[:10]) - timedelta(days=1)
            shown = AE.local_offset(due, zone)
            assert ae.as_moment(due).utcoffset() == shown


def test_visits_have_the_same_months_and_windows() -> None:
    def table(visits: Any) -> dict[str, tuple[int, int, int]]:
        return {one.key: (one.months, one.before_days, one.after_days) for one in visits}

    assert table(PLANNED) == SCHEDULE.PLANNED
    assert table(OPTIONAL) == SCHEDULE.OPTIONAL
    months = sorted(months for months, *_ in (SCHEDULE.PLANNED | SCHEDULE.OPTIONAL).values())
    assert list(schedule.VISITS) == months
    assert [one for one in range(-1, 70) if not validate("schedule", {"month": one})] == months
    assert schedule.WEEKS_24.days == SCHEDULE.DAY_24_WEEKS


def test_complete_windows() -> None:
    chance = random.Random(73)
    for _ in range(400):
        day0 = date(2023, 12, 1) + timedelta(days=chance.randrange(1800))
        key, (months, before, after) = chance.choice(list((SCHEDULE.PLANNED | SCHEDULE.OPTIONAL).items()))
        middle = SCHEDULE.target(day0, months)
        dates = [middle + timedelta(days=chance.randrange(-70, 71)) for _ in range(chance.randrange(5))]
        cut = middle + timedelta(days=after + chance.randrange(-2, 3))
        given = [one.isoformat() for one in dates]
        found = schedule.score(
            {"day0": day0.isoformat(), "month": months, "dates": given, "data_cut": cut.isoformat()}
        )
        serving = SCHEDULE.chosen(dates, middle, before, after)
        assert found.value == found.parts["target"] == middle.isoformat()
        assert found.parts["opens"] == (middle - timedelta(days=before)).isoformat()
        assert found.parts["closes"] == (middle + timedelta(days=after)).isoformat()
        assert found.parts["selected"] == (serving and serving.isoformat())
        assert found.parts["due"] is (key in SCHEDULE.PLANNED and (cut - middle).days >= after)
        inside = before >= (middle - day0).days - SCHEDULE.DAY_24_WEEKS >= -after
        assert found.parts["day168_inside"] is (inside if months == 6 else None)


def test_response_has_the_same_rules_and_thresholds() -> None:
    assert list(response_rules.RULES) == RESPONSE.NAMES
    assert response_rules.SLEDAI_FALL == 4
    assert response_rules.CLASI_BASELINE == 10
    assert response_rules.JOINTS_BASELINE == 6
    assert response_rules.DOSE == 5


def test_complete_responses() -> None:
    chance = random.Random(74)
    for _ in range(SETS):
        rule = chance.choice(RESPONSE.NAMES)
        base = _measures(chance, 1.0) | {
            f"lldas_{item}": chance.random() < 0.6 for item in ("activity", "no_new", "phga", "gc", "drugs")
        }
        visits = [(chance.randrange(-3, 40), _measures(chance, 0.6)) for _ in range(chance.randrange(5))]
        found = response.on_days(rule, base, visits)
        if not RESPONSE.evaluable(rule, base):
            assert found == response.Response(False)
            continue
        event, days = RESPONSE.outcome([(day, RESPONSE.met(rule, base, now)) for day, now in visits])
        assert found == response.Response(True, event, days, days, days, event, days)


def _measures(chance: random.Random, share: float) -> dict[str, Any]:
    return {
        "sledai": round(chance.randrange(14) * share),
        "clasi_activity": round(chance.randrange(4, 24) * share),
        "tjc28": round(chance.randrange(4, 14) * share),
        "sjc28": round(chance.randrange(4, 14) * share),
        "pred_eq": chance.choice((4.9, 5, 5.0000000004, 5.0000000006, 5.1, 10, 20 * share)),
        "lldas": chance.random() < 0.4,
        "doris": chance.random() < 0.4,
    }


def test_retention_has_the_same_kinds_and_reasons() -> None:
    assert list(retention.TYPES) == list(RETENTION.KINDS)
    assert [kind for kind in retention.TYPES if kind in retention.ENDS] == [
        kind for kind, ends in RETENTION.KINDS.items() if ends
    ]
    assert list(retention.REASONS) == RETENTION.WHY.split()
    assert list(retention.CENSORS) == RETENTION.CENSORED_BY.split()
    assert PROTOCOL.word("retention.undated") == "last_dose"


def test_complete_courses_of_treatment() -> None:
    chance = random.Random(75)
    for _ in range(SETS):
        rows = [
            (chance.choice(list(RETENTION.KINDS)), chance.randrange(30)) for _ in range(chance.randrange(4))
        ]
        censors = {key: chance.randrange(40) for key in retention.CENSORS if chance.random() < 0.4}
        found = retention.score(
            {
                "first_dose": _iso(0),
                "events": [{"type": kind, "date": _iso(day)} for kind, day in rows],
                **{key: _iso(day) for key, day in censors.items()},
            }
        ).parts
        event, days = RETENTION.outcome(rows, min(censors.values(), default=None))
        assert (found["event"], found["days"]) == (event, days)
        assert found["days_min"] == found["days_max"] == days
