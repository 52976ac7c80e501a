"""Contradictions between what a visit says of the time since the one before it, and the events that were recorded.

An event of which the day is open may have been then: it contradicts no "yes". Only one that certainly was then
contradicts a "no".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from anifro_desktop.centre.assembling import Event, Subject
from anifro_desktop.centre.monitoring.finding import NO, YES, Finding, Found, Interval, code, intervals, when
from anifro_desktop.centre.spans import Span

_FLARE, _FOR_ACTIVITY, _NO_CHANGE = 2, 1, 4  # codes of `hosp_reason`, `gc_pulse_reason`, `gc_why`
_LONG_AGO, _OPEN = -(10**6), 10**6
PULSE_DAYS = 30  # before a visit, of `pulse_30d`


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question about the time since the last visit. events: the forms that a yes goes with, and the field that dates
    each; lasting: a yes may also be about one that began before. meant: whether an event is of the kind, None where
    that is open."""

    form: str
    field: str
    events: tuple[tuple[str, str], ...]
    meant: Callable[[Event], bool | None] = lambda event: True
    lasting: bool = False


def _for_sle(event: Event) -> bool | None:
    told = code(event.answers, "hosp_for_sle")
    reason = code(event.answers, "hosp_reason")
    if told is not None:
        return told == YES
    return None if reason is None else reason == _FLARE


def _for_activity(event: Event) -> bool | None:
    reason = code(event.answers, "gcp_reason")
    return None if reason is None else reason == _FOR_ACTIVITY


def _a_change(event: Event) -> bool | None:
    """Open of a course recorded without a change, and of a pulse that may not be for SLE."""
    if event.form == "gc_course":
        return None if code(event.answers, "gcc_why") in (_NO_CHANGE, None) else True
    return _for_activity(event) or None if event.form == "gc_pulse" else True


_ASKED = (
    _Asked(
        "since_last",
        "since_ae",
        (("adverse_event", "ae_start"),),
        lasting=True,
    ),
    _Asked(
        "since_last",
        "since_hospital",
        (("hospitalisation", "hs_admission"),),
        lasting=True,
    ),
    _Asked(
        "since_last",
        "since_treatment",
        (
            ("drug_change", "dc_date"),
            ("gc_course", "gcc_start"),
            ("gc_course", "gcc_stop"),
            ("gc_pulse", "gcp_date"),
        ),
        _a_change,
    ),
    _Asked(
        "since_last",
        "since_vaccine_pregnancy",
        (("vaccination", "vx_date"), ("pregnancy", "pr_known"), ("pregnancy", "pr_outcome_date")),
    ),
    _Asked(
        "flare",
        "pulse_since",
        (("gc_pulse", "gcp_date"),),
        _for_activity,
    ),
    _Asked(
        "flare",
        "hospitalised_for_sle",
        (("hospitalisation", "hs_admission"),),
        _for_sle,
        lasting=True,
    ),
)
_ENDS = {"adverse_event": ("ae_ongoing", "ae_end"), "hospitalisation": ("hs_ongoing", "hs_discharge")}


def since(subject: Subject) -> Found:
    """A yes without its event, and a no with one."""
    for one in intervals(subject):
        for asked in _ASKED:
            said = code(one.visit.answers, asked.field)
            if said == YES and asked.form in one.visit.forms:
                yield from _unrecorded(subject, one, asked)
            elif said == NO and asked.form in one.visit.forms:
                yield from _denied(subject, one, asked)


def _unrecorded(subject: Subject, one: Interval, asked: _Asked) -> Found:
    for form, field in asked.events:
        for event in subject.events_of(form):
            days = _lasted(event, field) if asked.lasting else when(event, field)
            if (
                asked.meant(event) is not False
                and (days is not None or not _empty(event, field))
                and one.perhaps(days)
            ):
                return
    seen = (one.start, one.end, YES)
    yield Finding(f"{asked.field}_unrecorded", one.visit.key, asked.form, asked.field, seen)


def _denied(subject: Subject, one: Interval, asked: _Asked) -> Found:
    found = [
        event.key
        for form, field in asked.events
        for event in subject.events_of(form)
        if asked.meant(event) is True and one.surely(when(event, field))
    ]
    if not found:
        return
    seen = (one.start, one.end, NO, *sorted(set(found)))
    yield Finding(f"{asked.field}_denied", one.visit.key, asked.form, asked.field, seen, {"event": found[0]})


def _empty(event: Event, field: str) -> bool:
    """Whether a second date of a form stands for nothing, such as the end of what goes on."""
    return field in ("gcc_stop", "pr_outcome_date") and when(event, field) is None


def _lasted(event: Event, field: str) -> Span | None:
    """From when to when an event may have gone on."""
    start = when(event, field)
    ongoing, end = _ENDS[event.form]
    ended = when(event, end) if event.answers.get(ongoing) == NO else None
    return (_LONG_AGO if start is None else start[0], _OPEN if ended is None else ended[1])


def pulses(subject: Subject) -> Found:
    """A pulse in the days before a visit that no event tells of, or an event that the visit denies."""
    held = [(when(one, "gcp_date"), _for_activity(one), one.key) for one in subject.events_of("gc_pulse")]
    for visit in subject.visits:
        said, day = code(visit.answers, "pulse_30d"), visit.day
        if day is None or said is None:
            continue
        near = [one for one in held if one[0] is None or (one[0][1] >= day - PULSE_DAYS and one[0][0] <= day)]
        sure = [
            key
            for days, meant, key in near
            if meant and days and day - PULSE_DAYS < days[0] and days[1] <= day
        ]
        seen = (day, said, *sure)
        if said == YES and not any(meant is not False for _, meant, _ in near):
            yield Finding("pulse_unrecorded", visit.key, "treatment", "pulse_30d", seen)
        if said == NO and sure:
            yield Finding("pulse_denied", visit.key, "treatment", "pulse_30d", seen)


CHECKS = (since, pulses)
