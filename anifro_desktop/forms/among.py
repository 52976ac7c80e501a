"""An event among what else is recorded of its patient: what a check of an event may ask about the rest.

The rest is passed in (`Among`, under the name `AMONG`, which no condition can say); what follows from it and from the
answers of the event has a name here, as the quantities of `derived` have, and is unknown where either is. 1 is yes and
0 no:
`ad_doses_same_day`: other doses given on the day of this one. `ad_days_apart`: days to the nearest other infusion,
before or after, the same day left out. `ad_days_least`: the least there should be. `ad_stopped`: treatment had been
stopped for good before this day and not begun again by it. `ad_usual_mg`, `ad_usual_days`: the regimen of the route.
`hosp_ae_there` and its like: whether there is an adverse event of that number. `de_ae_fatal`: whether its outcome is
fatal. `de_ae_same_day`: whether it may have ended on the day of death. `mv_made`: whether the visit was made in its
window; `mv_served`: whether any visit was.
Source of the regimens: Saphnelo, EU product information (settings `anifrolumab`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date
from decimal import Decimal
from typing import Any

from anifro_desktop.scores.model import Tri
from anifro_desktop.study.protocol import PROTOCOL

AMONG = "among.rest"
INTRAVENOUS, SUBCUTANEOUS = 1, 2  # codes of the list `anifrolumab_route`
REGIMENS: Mapping[Any, Mapping[str, int]] = {
    INTRAVENOUS: PROTOCOL.table("anifrolumab.regimen_iv"),
    SUBCUTANEOUS: PROTOCOL.table("anifrolumab.regimen_sc"),
}
LEAST_DAYS = Decimal(str(PROTOCOL.number("anifrolumab.iv_least_days")))

Told = Callable[[Mapping[str, Any]], Decimal | None]


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose that was given. route: code, or None where it is not known."""

    on: date
    route: int | None


@dataclass(frozen=True, slots=True)
class Turn:
    """Anifrolumab stopped for good (`stopped`), or begun again."""

    on: date
    stopped: bool


@dataclass(frozen=True, slots=True)
class Adverse:
    """An adverse event. ended: the days it may have ended on, or None."""

    fatal: Tri = None
    ended: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Among:
    """The rest of a patient's record, as far as the form of the event asks about it. adverse: by number. made: planned
    visits made in their windows, by code. served: those in whose window there was any visit."""

    doses: tuple[Dose, ...] = ()
    turns: tuple[Turn, ...] = ()
    adverse: Mapping[int, Adverse] = default(default_factory=dict)
    made: frozenset[int] = frozenset()
    served: frozenset[int] = frozenset()


def _doses_same_day(rest: Among, answers: Mapping[str, Any]) -> Decimal | None:
    on = _day(answers, "ad_date")
    return None if on is None else Decimal(sum(dose.on == on for dose in rest.doses))


def _days_apart(rest: Among, answers: Mapping[str, Any]) -> Decimal | None:
    on = _day(answers, "ad_date")
    if on is None:
        return None
    infusions = [dose.on for dose in rest.doses if dose.route == INTRAVENOUS and dose.on != on]
    return min((Decimal(abs((other - on).days)) for other in infusions), default=None)


def _stopped(rest: Among, answers: Mapping[str, Any]) -> Decimal | None:
    on = _day(answers, "ad_date")
    if on is None:
        return None
    before = [turn for turn in rest.turns if turn.on < on or (turn.on == on and not turn.stopped)]
    last = max(before, key=lambda turn: (turn.on, not turn.stopped), default=None)
    return Decimal(last is not None and last.stopped)


def _usual(name: str) -> Callable[[Among, Mapping[str, Any]], Decimal | None]:
    def told(_: Among, answers: Mapping[str, Any]) -> Decimal | None:
        regimen = REGIMENS.get(answers.get("ad_route"))
        return None if regimen is None else Decimal(regimen[name])

    return told


def _there(field: str) -> Callable[[Among, Mapping[str, Any]], Decimal | None]:
    def told(rest: Among, answers: Mapping[str, Any]) -> Decimal | None:
        number = answers.get(field)
        return Decimal(number in rest.adverse) if type(number) is int else None

    return told


def _cause(rest: Among, answers: Mapping[str, Any]) -> Adverse:
    """The adverse event that a death names."""
    number = answers.get("de_ae")
    return rest.adverse.get(number, Adverse()) if type(number) is int else Adverse()


def _cause_fatal(rest: Among, answers: Mapping[str, Any]) -> Decimal | None:
    fatal = _cause(rest, answers).fatal
    return None if fatal is None else Decimal(fatal)


def _cause_same_day(rest: Among, answers: Mapping[str, Any]) -> Decimal | None:
    ended, on = _cause(rest, answers).ended, _day(answers, "de_date")
    return None if ended is None or on is None else Decimal(ended[0] <= on <= ended[1])


def _made(rest: Among, answers: Mapping[str, Any]) -> Decimal | None:
    visit = answers.get("mv_visit")
    return Decimal(visit in rest.made) if type(visit) is int else None


def _served(rest: Among, answers: Mapping[str, Any]) -> Decimal | None:
    visit = answers.get("mv_visit")
    return Decimal(visit in rest.served) if type(visit) is int else None


def _day(answers: Mapping[str, Any], field: str) -> date | None:
    value = answers.get(field)
    return value if isinstance(value, date) else None


def _asked(told: Callable[[Among, Mapping[str, Any]], Decimal | None]) -> Told:
    """Unknown while nobody said what the rest is."""
    return lambda env: told(env[AMONG], env) if AMONG in env else None


NUMBERS = ("hosp_ae", "ad_ae", "dc_ae", "de_ae", "pr_ae")
# By name: the fields it is worked out from, and how.
TOLD: Mapping[str, tuple[tuple[str, ...], Told]] = {
    "ad_doses_same_day": (("ad_date",), _asked(_doses_same_day)),
    "ad_days_apart": (("ad_date",), _asked(_days_apart)),
    "ad_days_least": (("ad_date",), lambda _: LEAST_DAYS),
    "ad_stopped": (("ad_date",), _asked(_stopped)),
    "ad_usual_mg": (("ad_route",), _asked(_usual("dose_mg"))),
    "ad_usual_days": (("ad_route",), _asked(_usual("interval_days"))),
    **{f"{field}_there": ((field,), _asked(_there(field))) for field in NUMBERS},
    "de_ae_fatal": (("de_ae",), _asked(_cause_fatal)),
    "de_ae_same_day": (("de_ae", "de_date"), _asked(_cause_same_day)),
    "mv_made": (("mv_visit",), _asked(_made)),
    "mv_served": (("mv_visit",), _asked(_served)),
}
