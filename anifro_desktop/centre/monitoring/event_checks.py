"""Contradictions among events: deaths, hospital stays, drugs, pregnancies, courses, and the enrolment.

What a site's own form sees while it is typed in is looked at again where the records of two forms make it: either may
have been amended since.
"""

from __future__ import annotations

from anifro_desktop.centre.assembling import ENROLMENT_FORM, Event, Subject
from anifro_desktop.centre.exposure import ANIFROLUMAB, DAYS_PER_YEAR, GIVEN
from anifro_desktop.centre.monitoring.finding import NO, YES, Finding, Found, code, when
from anifro_desktop.centre.planning import months_of, served

OLDEST_PREGNANCY = 55  # completed years; above it a pregnancy is asked about
_FATAL = 5  # code of `ae_outcome`
_BY_EVENT, _FLARE, _MALE, _STOPPED, _RESTARTS, _PERMANENT, _WITHDRAWN = 1, 2, 2, 4, (1, 6), 2, 1
# Forms of events that need a living patient, and the field that dates them.
_OF_THE_LIVING = ("administration", "hospitalisation", "drug_change", "gc_course", "gc_pulse", "vaccination")


def deaths(subject: Subject) -> Found:
    """Death with something later, fatal events without a death, and a death without a fatal event."""
    died = [event for event in subject.events_of("death") if event.day is not None]
    adverse = subject.events_of("adverse_event")
    fatal = [one for one in adverse if one.answers.get("outcome") == _FATAL]
    if died:
        yield from _after_death(subject, min(died, key=lambda one: one.day or 0))
    if not subject.events_of("death"):
        for one in fatal:
            yield Finding("fatal_without_death", one.key, one.form, "outcome", (_FATAL,))
    elif not any(one.answers.get("outcome") in (_FATAL, None) for one in adverse):
        for record in subject.events_of("death"):
            yield Finding("death_without_event", record.key, record.form, "de_ae", (len(adverse),))


def _after_death(subject: Subject, death: Event) -> Found:
    day = death.day or 0
    for visit in subject.visits:
        if visit.day is not None and visit.day > day:
            seen = (death.key, day, visit.day)
            yield Finding("visit_after_death", visit.key, "visit_summary", "visit_date", seen)
    for event in subject.events:
        if event.form in _OF_THE_LIVING and event.day is not None and event.day > day:
            yield Finding("event_after_death", event.key, event.form, "", (death.key, day, event.day))


def stays(subject: Subject) -> Found:
    """Adverse events that led to hospital without a stay on record, and stays whose event says otherwise."""
    adverse = {one.number: one for one in subject.events_of("adverse_event")}
    held = subject.events_of("hospitalisation")
    named = {code(one.answers, "hosp_ae") for one in held if one.answers.get("hosp_reason") == _BY_EVENT}
    open_reason = any(code(one.answers, "hosp_reason") is None for one in held)
    for number, one in adverse.items():
        open_stay = open_reason or named & {number, None} or any(_of_flare(stay, one) for stay in held)
        if one.answers.get("ser_hospitalisation") == YES and not open_stay:
            yield Finding("hospital_without_stay", one.key, one.form, "ser_hospitalisation", (len(held),))
    for stay in held:
        if stay.answers.get("hosp_reason") == _BY_EVENT:
            yield from _of_stay(stay, adverse)


def _of_flare(stay: Event, adverse: Event) -> bool:
    """Whether a stay for a flare, which names no event, may be that of a serious flare filed as one."""
    start, admission = when(adverse, "ae_start"), when(stay, "hs_admission")
    later = start is None or admission is None or admission[1] >= start[0]
    return stay.answers.get("hosp_reason") == _FLARE and later


def _of_stay(stay: Event, adverse: dict[int, Event]) -> Found:
    number = code(stay.answers, "hosp_ae")
    if number is None:
        return
    if number not in adverse:
        yield Finding("stay_of_no_event", stay.key, stay.form, "hosp_ae", (number,))
    elif adverse[number].answers.get("ser_hospitalisation") == NO:
        one = adverse[number]
        yield Finding("stay_not_serious", one.key, one.form, "ser_hospitalisation", (stay.key,))


def anifrolumab(subject: Subject) -> Found:
    """Doses after a permanent stop, and an event that withdrew the drug without a stop on record."""
    changes = [one for one in subject.events_of("drug_change") if code(one.answers, "dc_drug") in ANIFROLUMAB]
    unknown = any(code(one.answers, "dc_drug") is None for one in subject.events_of("drug_change"))
    stops = [one for one in changes if one.answers.get("dc_what") == _STOPPED]
    ended = [one for one in stops if one.answers.get("dc_permanence") == _PERMANENT and one.day is not None]
    back = [one.day for one in changes if one.answers.get("dc_what") in _RESTARTS]
    for dose in subject.events_of("administration"):
        for stop in ended:
            restarted = any(
                day is None or stop.day < day <= (dose.day or 0) for day in back if stop.day is not None
            )
            late = dose.day is not None and stop.day is not None and dose.day > stop.day
            if dose.answers.get("ad_given") in GIVEN and late and not restarted:
                seen = (stop.key, stop.day, dose.day)
                yield Finding("dose_after_stop", dose.key, dose.form, "ad_date", seen)
                break
    for one in subject.events_of("adverse_event"):
        if one.answers.get("action_taken") == _WITHDRAWN and not stops and not unknown:
            yield Finding("withdrawn_without_stop", one.key, one.form, "action_taken", (len(changes),))


def pregnancies(subject: Subject) -> Found:
    """A pregnancy of a man, or at an age at which it is asked about."""
    sex, age = code(subject.answers, "sex"), code(subject.answers, "age_at_enrolment")
    for one in subject.events_of("pregnancy"):
        if sex == _MALE:
            yield Finding("pregnancy_of_man", one.key, one.form, "pr_known", (sex,))
        # An age in whole years may be up to a year more: only what is certain is asked about.
        if age is not None and one.day is not None and age + one.day / DAYS_PER_YEAR >= OLDEST_PREGNANCY + 1:
            yield Finding("pregnancy_age", one.key, one.form, "pr_known", (age, one.day))


def courses(subject: Subject) -> Found:
    """Two courses of one glucocorticoid at once: their doses would be added up."""
    held: dict[int, list[tuple[int, int, Event]]] = {}
    for one in subject.events_of("gc_course"):
        drug, first = code(one.answers, "gcc_drug"), when(one, "gcc_start")
        last = when(one, "gcc_stop")
        if drug is not None and first is not None and first[0] == first[1]:
            ongoing = one.answers.get("gcc_ongoing") == YES
            end = last[0] if last is not None else 10**9 if ongoing else first[1]
            held.setdefault(drug, []).append((first[0], end, one))
    for some in held.values():
        some.sort(key=lambda item: (item[0], item[1], item[2].number))
        _, reached, longest = some[0]
        for start, end, one in some[1:]:
            if start < reached:  # a course may begin on the last day of the one before
                yield Finding(
                    "courses_overlap", one.key, one.form, "gcc_start", (longest.key, reached, start)
                )
            if end > reached:
                reached, longest = end, one


def enrolment(subject: Subject) -> Found:
    """A consent given after the enrolment."""
    day = code(subject.answers, "consent_date")
    if day is not None and day > 0:
        yield Finding("consent_after_enrolment", "", ENROLMENT_FORM, "consent_date", (day,))


def missed(subject: Subject) -> Found:
    """A visit said to be missed that was made in its window."""
    made = {months_of(planned): visit.key for planned, visit in served(subject).items()}
    for one in subject.events_of("missed_visit"):
        months = code(one.answers, "mv_visit")
        if months in made:
            yield Finding("missed_but_made", one.key, one.form, "mv_visit", (months, made[months]))


CHECKS = (deaths, stays, anifrolumab, pregnancies, courses, enrolment, missed)
