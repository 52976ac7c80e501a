"""Time to response: the first assessment that meets a rule, in days from day 0.

Endpoints of NCT07215754 made computable (settings): the first hit counts, without confirmation; who meets the
rule at baseline already, or has too little to lose, is not evaluable. An assessment counts only after day 0.

| rule | evaluable if at baseline | met when |
|---|---|---|
| `ttr_lldas` | LLDAS fails by activity, PhGA, dose or drugs | LLDAS |
| `ttr_doris` | not DORIS | DORIS |
| `ttr_sledai4` | SLEDAI-2K at least 4 | SLEDAI-2K at least 4 lower |
| `ttr_clasi50` | CLASI activity at least 10 | CLASI activity at most half |
| `ttr_joint50` | at least 6 tender and 6 swollen of 28 | both counts at most half |
| `ttr_gc5` | prednisone equivalent above 5 mg/day | at most 5 mg/day |

Missing answers: three-valued. A known hit is an event whatever is open; its day is final once no assessment
before it is open. Without a hit the subject is censored at the last assessment that could be judged (day 0 if
none could); assessments after it that could not be judged change nothing, one before or on that day leaves
`event` open, since it may have been the hit. An assessment without a date may stand anywhere: a hit without
one leaves `event` open too. `days_min` and
`days_max` bound the day. Beside this, the *observed* reading passes over what cannot be judged or dated.

Value: `event`; None also for whoever is not evaluable, who leaves the analysis (reason `not_evaluable`).

Units: days; `pred_eq` mg/day; counts of 28 joints.

Parts: `evaluable`, `event`, `days` (to the event, or to censoring), `days_min`, `days_max`, `observed_event`,
`observed_days`.
Reasons: `not_evaluable`. Warnings: `not_after_day0` (such an assessment is not counted),
`open_before_hit` (an assessment before the hit could not be judged, or has no date).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anifro_desktop.scores.keys import LIMIT, Absent, Block, Day, Key, Number, OneOf, Rows, YesNo, as_date
from anifro_desktop.scores.model import Score, Tri
from anifro_desktop.scores.response_rules import RULES, evaluable, judge, open_at_baseline, open_now

RULE = "response"
NUMBER = 1
TITLE = "Time to response|Tempo alla risposta"
SOURCE = (
    "Study NCT07215754; definitions set by the protocol"
    "|Studio NCT07215754; definizioni fissate dal protocollo"
)
SETTINGS = ("response", "clasi", "joints")

_MEASURES: dict[str, Key] = {
    "sledai": Number(0, 105, whole=True),
    "clasi_activity": Number(0, 70, whole=True),
    "tjc28": Number(0, 28, whole=True, unit="{joints}"),
    "sjc28": Number(0, 28, whole=True, unit="{joints}"),
    "pred_eq": Number(0, unit="mg/d"),
    "lldas": YesNo(),
    "doris": YesNo(),
}
_LLDAS_ITEMS = ("lldas_activity", "lldas_no_new", "lldas_phga", "lldas_gc", "lldas_drugs")

KEYS: dict[str, Key] = {
    "rule": OneOf(RULES),
    "day0": Day(),
    "baseline": Block({**_MEASURES, **dict.fromkeys(_LLDAS_ITEMS, YesNo())}),
    "visits": Rows(Block({"date": Day(), **_MEASURES})),
}
ABSENT = Absent({"visits": []})

Visit = tuple[int | None, Mapping[str, Any]]  # days since day 0 (None: not known), and its measures


@dataclass(frozen=True, slots=True)
class Response:
    """Whether and when a rule was met; days since day 0. open: positions of the visits that keep `event` or
    `days` from being settled."""

    evaluable: Tri
    event: Tri = None
    days: int | None = None
    days_min: int | None = None
    days_max: int | None = None
    observed_event: Tri = None
    observed_days: int | None = None
    open: tuple[int, ...] = ()


def on_days(rule: str, baseline: Mapping[str, Any], visits: Sequence[Visit] | None) -> Response:
    """The response of one subject. visits: in any order; None if it is not known which there were."""
    able = evaluable(rule, baseline)
    if not able or visits is None:
        return Response(able)
    judged = [(day, judge(rule, baseline, visit)) for day, visit in visits]
    later = [(day, met) for day, met in judged if day is not None and day > 0]
    hit = min((day for day, met in later if met), default=None)
    last = max((day for day, met in later if met is False), default=0)
    undated = any(day is None for day, _ in judged)
    until = hit - 1 if hit is not None else LIMIT if undated else last
    opens = _open_places(judged, last, until, hit)
    days = [judged[place][0] or 1 for place in opens if judged[place][1] is not False]
    low = min([hit or last, *days])
    high = hit if hit is not None else None if undated else last
    event = True if hit is not None else None if opens else False
    return Response(True, event, low if low == high else None, low, high, hit is not None, hit or last, opens)


def _open_places(
    judged: Sequence[tuple[int | None, Tri]], last: int, until: int, hit: int | None
) -> tuple[int, ...]:
    """The visits that keep the response from being settled: those that could not be judged up to the day
    `until`, and those without a date that may be a hit, or may be the last that could be judged."""
    places = [place for place, (day, met) in enumerate(judged) if met is None and 0 < (day or 0) <= until]
    trailing = hit is None and any((judged[place][0] or 0) > last for place in places)
    places += [
        place for place, (day, met) in enumerate(judged) if day is None and (trailing or met is not False)
    ]
    return tuple(sorted(places))


def score(answers: Mapping[str, Any]) -> Score:
    """Time to response (value: whether there was one) from baseline and follow-up assessments."""
    get = answers.get
    rule, day0, rows = get("rule"), get("day0"), get("visits")
    baseline = get("baseline") or {}
    visits = None if rows is None else [(_days(day0, row.get("date")), row) for row in rows]
    found = Response(None) if rule is None else on_days(rule, baseline, visits)
    parts = {
        "evaluable": found.evaluable,
        "event": found.event,
        "days": found.days,
        "days_min": found.days_min,
        "days_max": found.days_max,
        "observed_event": found.observed_event,
        "observed_days": found.observed_days,
    }
    settled = found.event is not None or found.evaluable is False
    missing = () if settled else _missing(answers, found, visits)
    reasons = ("not_evaluable",) if found.evaluable is False else ()
    warnings = ["not_after_day0"] if any(day is not None and day <= 0 for day, _ in visits or ()) else []
    warnings += ["open_before_hit"] if found.event and found.days is None else []
    return Score(
        RULE, found.event, found.event is not None, None, None, parts, missing, reasons, tuple(warnings)
    )


def _days(day0: str | None, on: str | None) -> int | None:
    return None if day0 is None or on is None else (as_date(on) - as_date(day0)).days


def _missing(answers: Mapping[str, Any], found: Response, visits: Sequence[Visit] | None) -> tuple[str, ...]:
    """The open answers that could still settle whether there was an event."""
    rule, baseline = answers.get("rule"), answers.get("baseline")
    if rule is None:
        return ("rule",)
    keys = []
    if found.evaluable is None:
        keys += ["baseline"] if baseline is None else _under("baseline", open_at_baseline(rule, baseline))
    if visits is None:
        return (*keys, "visits")
    dateless = []
    for place in found.open:
        visit = visits[place][1]
        dateless += [f"visits.{place}.date"] if visit.get("date") is None else []
        keys += _under(f"visits.{place}", open_now(rule, visit))
    undated = any(visits[place][0] is None for place in found.open)
    keys += ["day0"] if undated and answers.get("day0") is None else []
    return (*keys, *dateless)


def _under(head: str, keys: Sequence[str]) -> list[str]:
    return [f"{head}.{key}" for key in keys]
