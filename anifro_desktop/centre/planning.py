"""Which visit serves which planned visit, and what a subject is due at: from the days that the site computed.

The centre has no calendar. Windows arrive as whole days since enrolment in the derived form `schedule`; a
planned visit without its window cannot be judged and is served by nobody. Rules of choice, for baseline those of the
site's screens too: `study.schedule.select`.
"""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.centre.assembling import Subject, Visit
from anifro_desktop.centre.consent import withdrawn_on
from anifro_desktop.record import Answers
from anifro_desktop.scores.model import Tri
from anifro_desktop.study.schedule import BASELINE, PLANNED, Window, closed_before, select

ENROLLED, SCREENING_FAILURE = 1, 2  # codes of `screening_outcome`
ENROLLED_ON = 0  # the study day of enrolment, from which all days count


def followups() -> tuple[str, ...]:
    """The planned visits after baseline, in order."""
    return tuple(visit.key for visit in PLANNED[1:])


def enrolment_state(subject: Subject) -> Tri:
    """Whether the subject is in the study: True, False (screening failure) or None (not received or not
    settled)."""
    outcome = subject.answers.get("screening_outcome")
    return True if outcome == ENROLLED else False if outcome == SCREENING_FAILURE else None


def windows(answers: Answers) -> dict[str, Window[int]]:
    """The windows of a subject's planned visits, in days since enrolment; those not received are left out.

    The target of baseline is the first dose (`day0_day`).
    """
    found = {}
    for visit in PLANNED:
        opens, closes, target = _window_fields(visit.key)
        days = [_day(answers, name) for name in (target, opens, closes)]
        if None not in days:
            found[visit.key] = Window(*[day for day in days if day is not None])
    return found


def served(subject: Subject) -> Mapping[str, Visit]:
    """For each planned visit that has one, the visit that counts for it."""
    held = {visit.key: visit for visit in subject.visits if visit.summary is not None}
    days = [(key, visit.day) for key, visit in held.items() if visit.day is not None]
    return {planned: held[key] for planned, key in select(days, windows(subject.answers)).items()}


def due_visits(subject: Subject) -> tuple[str, ...]:
    """The planned visits whose window had closed when the site last sent, in order, baseline included; not those whose
    window closed before enrolment, which nobody could attend. Who withdrew, died or was lost is due all the same: a
    visit that there cannot be counts as not met (endpoints of the study, non-responder imputation)."""
    months = _day(subject.answers, "due_through")
    known = [visit.months for visit in PLANNED]
    if months not in known:
        return ()
    spans = windows(subject.answers)
    over = {key for key, span in spans.items() if closed_before(span, ENROLLED_ON)}
    return tuple(visit.key for visit in PLANNED if visit.months <= months and visit.key not in over)


def expected_visits(subject: Subject) -> tuple[str, ...]:
    """The planned visits due that a site can have made: not those whose window was still open when the subject
    withdrew or died."""
    end = ended_on(subject)
    over = {key for key, span in windows(subject.answers).items() if end is not None and span.closes > end}
    return tuple(key for key in due_visits(subject) if key not in over)


def told_missed(subject: Subject, planned: str) -> bool:
    """Whether a record says that a planned visit was missed."""
    months = months_of(planned)
    return any(event.answers.get("mv_visit") == months for event in subject.events_of("missed_visit"))


def ended_on(subject: Subject) -> int | None:
    """The day on which a subject withdrew or died, in whole days since enrolment; None while neither is known."""
    deaths = [event.day for event in subject.events_of("death") if event.day is not None]
    days = [*deaths, *([] if (gone := withdrawn_on(subject)) is None else [gone])]
    return min(days, default=None)


def months_of(planned: str) -> int:
    """The months of a planned visit, which are also its code (KeyError if there is no such visit)."""
    return {visit.key: visit.months for visit in PLANNED}[planned]


def _window_fields(key: str) -> tuple[str, str, str]:
    if key == BASELINE:
        return "b_opens", "b_closes", "day0_day"
    return f"{key}_opens", f"{key}_closes", f"{key}_target"


def _day(answers: Answers, name: str) -> int | None:
    value = answers.get(name)
    return value if isinstance(value, int) else None
