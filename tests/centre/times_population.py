"""Invented people with every kind of course, made without visits' answers: what an analysis of time reads of them."""

from __future__ import annotations

import random
from typing import Any

from centre_builders import event

from anifro_desktop.centre.adverse import Adverse
from anifro_desktop.centre.analysis.person import Moment, Person
from anifro_desktop.centre.assembling import Event
from anifro_desktop.centre.course import Damage, OpenFlare
from anifro_desktop.centre.exposure import FOLLOWED, Exposure
from anifro_desktop.scores import retention
from anifro_desktop.scores.flare_events import FlareEvent
from anifro_desktop.scores.response import on_days
from anifro_desktop.scores.response_rules import LLDAS_AT_BASELINE, RULES

_REVISION = event("P03-7KQF-4", "ae-001", ae_start=1)
QUIET_EXPOSURE = Exposure(0, 0, 1000, FOLLOWED, 0, 900, retention.on_days(0, [], [1000], 900))


def moment(key: str, day: int | None, sledai: float | None = None, **states: bool) -> Moment:
    """An assessment with a SLEDAI-2K and some states."""
    return Moment(key, day, {} if sledai is None else {"sledai2k": sledai}, states)


def person(code: str = "P03-7KQF-4", **given: Any) -> Person:
    """Somebody treated and followed from day 0 for 1000 days, of whom nothing happened, but for what is given."""
    moments = given.pop("assessments", ())
    facts: dict[str, Any] = {
        "site": "P03",
        "code": code,
        "enrolled": True,
        "exposure": QUIET_EXPOSURE,
        "assessments": moments,
        "at": {"baseline": moments[0]} if moments else {},
        "due": (),
        "responses": _responses(moments),
        "flares": (),
        "open_flares": 0,
        "unsettled_flares": (),
        "damage": Damage(0, 0, False, 1000),
        "adverse": (),
        "zoster": (False, None),
        "infection": (False, None),
        "events": {},
        "doses": (),
        "organs": {},
        "category": None,
        "drugs": {},
        "answers": {},
        "results": {},
    }
    return Person(**{**facts, **given})


def _responses(moments: tuple[Moment, ...]) -> dict[str, Any]:
    start: dict[str, Any] = _measures(moments[0]) if moments else {}
    if moments and moments[0].states.get("lldas") is False:
        start |= dict.fromkeys(LLDAS_AT_BASELINE, False)
    return {rule: on_days(rule, start, [(one.day, _measures(one)) for one in moments[1:]]) for rule in RULES}


def _measures(one: Moment) -> dict[str, Any]:
    return {**one.values, **one.states, "sledai": one.values.get("sledai2k")}


def adverse(
    key: str, start: tuple[int, int] | None, category: int | None, serious: bool | None = True
) -> Adverse:
    """An adverse event that began on one of some study days."""
    told = Event("P03", "P03-7KQF-4", key, "adverse_event", None, {}, _REVISION)
    return Adverse(told, start, serious, None, None, None, None, None, None, category)


def population(count: int, seed: int) -> list[Person]:
    """People of every kind, the same for the same seed."""
    draw = random.Random(seed)
    return [_somebody(draw, f"S{place:04d}") for place in range(count)]


def _somebody(draw: random.Random, code: str) -> Person:
    day0 = draw.choice([0, 0, 5, -40, -200, -600])
    entry = max(day0, 0)
    end = draw.choice([None, entry - 1, entry, *(entry + draw.randint(1, 1900) for _ in range(12))])
    first = None if draw.random() < 0.1 else day0
    last = None if first is None or draw.random() < 0.2 else day0 + draw.randint(0, 900)
    held = None if first is None else retention.on_days(first, _stops(draw, day0), _until(end), last)
    span = (entry, end if end is not None and end >= entry else entry)
    flares = sorted(
        draw.sample(range(span[0], span[1] + 1), min(draw.choice([0, 0, 1, 2]), span[1] - span[0] + 1))
    )
    events = tuple(_adverse(draw, f"ae-{place:03d}", span) for place in range(draw.choice([0, 0, 1, 2])))
    return person(
        code,
        enrolled=draw.choice([True] * 8 + [False, None]),
        exposure=Exposure(day0, entry, end, FOLLOWED, first, last, held),
        assessments=_moments(draw),
        flares=tuple(FlareEvent(day, draw.choice(["mild_moderate", "severe"])) for day in flares),
        unsettled_flares=tuple(_open(draw, span) for _ in range(draw.choice([0, 0, 0, 1]))),
        damage=draw.choice(
            [
                Damage(0, 1, True, draw.randint(-50, 1500)),
                Damage(0, 0, False, draw.randint(0, 1500)),
                Damage(None, None, None, None),
            ]
        ),
        adverse=events,
        zoster=draw.choice([(False, None), (True, draw.randint(*span)), (True, None), (None, None)]),
        infection=draw.choice([(False, None), (True, draw.randint(*span)), (True, None), (None, None)]),
    )


def _until(end: int | None) -> list[int]:
    return [] if end is None else [end]


def _stops(draw: random.Random, day0: int) -> list[retention.Event]:
    kinds = (retention.PERMANENT, retention.PERMANENT, retention.DEATH, retention.TEMPORARY, None)
    reasons = ("primary_inefficacy", "secondary_inefficacy", "adverse_event", "infection", "other", None)
    return [
        retention.Event(
            draw.choice(kinds), draw.choice([None, *[day0 + draw.randint(0, 1500)] * 4]), draw.choice(reasons)
        )
        for _ in range(draw.choice([0, 1, 1, 2]))
    ]


def _moments(draw: random.Random) -> tuple[Moment, ...]:
    days = [-3, *sorted(draw.sample(range(1, 1800), draw.randint(0, 6)))]
    return tuple(
        Moment(
            f"v{place}",
            None if place and draw.random() < 0.05 else day,
            {
                name: value
                for name, value in {
                    "sledai2k": draw.choice([0.0, 4.0, 8.0, 12.0]),
                    "clasi_activity": draw.choice([0.0, 6.0, 12.0]),
                    "tjc28": draw.choice([2.0, 8.0]),
                    "sjc28": draw.choice([2.0, 8.0]),
                    "pred_eq": draw.choice([0.0, 5.0, 10.0]),
                }.items()
                if draw.random() < 0.9
            },
            {name: draw.random() < 0.4 for name in ("doris", "lldas", "sdi_accrual") if draw.random() < 0.85},
        )
        for place, day in enumerate(days)
    )


def _open(draw: random.Random, span: tuple[int, int]) -> OpenFlare:
    least, most = draw.choice([("none", "severe"), ("none", "mild_moderate"), ("mild_moderate", "severe")])
    return OpenFlare(draw.choice([None, span[0] - 5, draw.randint(*span)]), least, most)


def _adverse(draw: random.Random, key: str, span: tuple[int, int]) -> Adverse:
    low = draw.randint(*span)
    start = draw.choice([None, (low, low), (low, low), (low, low + 30)])
    return adverse(key, start, draw.choice([1, 2, 3, None]), draw.choice([True, False, None]))
