"""Times to an event computed a second time, naively and in fractions, by no code of the program."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from anifro_desktop.centre.analysis.person import Person

Answer = str | tuple[Fraction, Fraction, bool]  # why left out, or entry, exit and event


def naive(table: str, line: str, one: Person) -> Answer:
    """What one person gives to a line of a table."""
    if one.exposure.first is None:
        return "untreated"
    found = naive_event(table, line, one)
    if isinstance(found, str):
        return found
    day, happened = found
    begin = Fraction(0)
    if "naive" not in line and one.exposure.day0 < 0:
        begin = Fraction(-one.exposure.day0)
    return "no_time" if Fraction(day) <= begin else (begin, Fraction(day), happened)


def naive_event(table: str, line: str, one: Person) -> str | tuple[Fraction | int, bool]:
    if table.startswith("ttr_"):
        return naive_response(table, line, one)
    if table == "drug_retention":
        return naive_retention(line, one)
    day0, observed = one.exposure.day0, "observed" in line
    if table == "time_to_damage":
        return naive_damage(line, one)
    if table.endswith("flare"):
        found, unsure = naive_flare(table, one)
    else:
        found, unsure = naive_infection(table, one, observed)
    if (unsure and not observed) or one.exposure.end is None:
        return "unsettled"
    if found is not None and found <= one.exposure.end:
        return found - day0, True
    return one.exposure.end - day0, False


def naive_response(rule: str, line: str, one: Person) -> str | tuple[int, bool]:
    found = one.responses[rule]
    if found.evaluable is False:
        return "not_evaluable"
    if found.evaluable is None:
        return "unsettled"
    if line == "confirmed":
        return naive_confirmed(rule, one)
    event, days = (
        (found.observed_event, found.observed_days) if "observed" in line else (found.event, found.days)
    )
    return "unsettled" if event is None or days is None else (days, event)


def naive_confirmed(rule: str, one: Person) -> tuple[int, bool]:
    start = one.assessments[0].values

    def met(now: Any) -> bool | None:
        value = now.values.get
        if rule in ("ttr_doris", "ttr_lldas"):
            return now.states.get(rule[4:])
        if rule == "ttr_gc5":
            return None if value("pred_eq") is None else value("pred_eq") <= 5
        if rule == "ttr_sledai4":
            return None if value("sledai2k") is None else start["sledai2k"] - value("sledai2k") >= 4
        names = ["clasi_activity"] if rule == "ttr_clasi50" else ["tjc28", "sjc28"]
        parts = [None if value(name) is None else 2 * value(name) <= start[name] for name in names]
        return False if False in parts else None if None in parts else True

    seen = [
        (now.day, met(now)) for now in one.assessments[1:] if now.day is not None and met(now) is not None
    ]
    for place in range(len(seen) - 1):
        if seen[place][1] and seen[place + 1][1]:
            return seen[place][0], True
    return (seen[-1][0] if seen else 0), False


def naive_retention(line: str, one: Person) -> str | tuple[int, bool]:
    kept = one.exposure.retained
    assert kept is not None
    if not kept.at_risk:
        return "no_time"
    if "observed" in line:
        return "unsettled" if kept.days_max is None else (kept.days_max, kept.event is True)
    days = kept.days_last_dose if line == "last_dose" else kept.days
    if kept.event is None or kept.days is None or days is None:
        return "unsettled"
    if line in ("inefficacy", "adverse_event") and kept.event:
        if kept.reason is None:
            return "unsettled"
        wanted = (
            "inefficacy" in kept.reason
            if line == "inefficacy"
            else kept.reason in ("adverse_event", "infection")
        )
        return days, wanted
    return days, kept.event


def naive_damage(line: str, one: Person) -> str | tuple[Fraction | int, bool]:
    if one.damage.accrued is None or one.damage.day is None:
        return "unsettled"
    day = one.damage.day - one.exposure.day0
    if line != "halfway" or not one.damage.accrued:
        return day, one.damage.accrued
    clean = [
        now.day
        for now in one.assessments
        if now.day is not None and now.day < day and now.state("sdi_accrual") is False
    ]
    return Fraction(day + max([*clean, 0]), 2), True


def naive_flare(table: str, one: Person) -> tuple[int | None, bool]:
    severe_only = "severe" in table
    days = [flare.onset for flare in one.flares if flare.flare == "severe" or not severe_only]
    found = min(days) if days else None
    unsure = False
    for open_one in one.unsettled_flares:
        matters = (
            open_one.most == "severe" and open_one.least != "severe"
            if severe_only
            else open_one.least == "none"
        )
        if open_one.onset is None:
            matters = open_one.most == "severe" or not severe_only
        else:
            last = one.exposure.end if found is None else found - 1
            inside = one.exposure.entry <= open_one.onset and (last is None or open_one.onset <= last)
            matters = matters and inside
        unsure = unsure or matters
    return found, unsure


def naive_infection(table: str, one: Person, observed: bool) -> tuple[Any, bool]:
    state, day = one.zoster if table == "first_zoster" else one.infection
    if not observed:
        return day, state is None or (state and day is None)
    days = []
    for seen in one.adverse:
        zoster = seen.category == 1
        infection = seen.category == 2 or (seen.category in (1, 3) and seen.serious is True)
        meant = zoster if table == "first_zoster" else infection
        if meant and seen.start is not None and seen.start[0] >= one.exposure.entry:
            days.append(Fraction(seen.start[0] + seen.start[1], 2))
    return min(days, default=None), False


def naive_survival(inside: Sequence[tuple[Fraction, Fraction, bool]], day: Fraction) -> Fraction | None:
    left = Fraction(1)
    for time in sorted({out for _, out, happened in inside if happened and out <= day}):
        risk = sum(begin < time <= out for begin, out, _ in inside)
        left *= 1 - Fraction(sum(happened and out == time for _, out, happened in inside), risk)
    if left == 0:
        return left
    over = not inside or day > max(out for _, out, _ in inside) or day < min(begin for begin, _, _ in inside)
    return None if over else left
