"""What a visit's sum of glucocorticoid is made from: the events of its patient as they stand, and its other visits."""

from __future__ import annotations

from datetime import date
from typing import Any

from event_acts import begun, completed
from study_parts import DAY_0, PASSPHRASE, enrol, signed, someone, type_in

from anifro_desktop.forms.cumulative import Cumulative, at_visit
from anifro_desktop.workflows import mistakes, visits
from anifro_desktop.workflows.site import Site

ON = date(2026, 9, 3)
NONE: dict[str, Any] = {"gc_oral": 0}
COURSE = {"gcc_drug": 1, "gcc_mg": 10, "gcc_cycle_days": 1, "gcc_start": "2026-08-25", "gcc_ongoing": 1}
PULSE = {
    "gcp_date": "2026-08-20",
    "gcp_drug": 3,
    "gcp_route": 1,
    "gcp_mg": 500,
    "gcp_days": 3,
    "gcp_reason": 1,
}


def at_month_6(site: Site, subject: str) -> tuple[Cumulative, Cumulative | None]:
    """The sums of a visit opened anew, on which nothing is taken by mouth."""
    opened = visits.open_visit(site, subject, "m06", ON)
    if opened.session.answers.get("gc_oral") != 0:
        type_in(site, opened, NONE)
    assert opened.session.taken is not None
    whole, since_last = at_visit(opened.session, opened.session.taken)
    assert whole is not None
    return whole, since_last


def test_events_in_draft_and_completed_count_and_those_of_another_patient_do_not(site: Site) -> None:
    subject, other = enrol(site), enrol(site, someone(2))
    signed(site, subject, "baseline", DAY_0, **NONE)
    begun(site, subject, "gc_course", **COURSE)
    opened = completed(site, subject, "gc_pulse", **PULSE)
    completed(site, other, "gc_pulse", **PULSE)
    whole, since_last = at_month_6(site, subject)
    assert (whole.mg, whole.courses, whole.pulses) == (100 + 3 * 625, 1, 1)
    assert since_last is not None
    assert since_last.mg == whole.mg
    visits.amend(site, opened, 1)
    type_in(site, opened, {"gcp_days": 1})
    assert at_month_6(site, subject)[0].mg == 100 + 625  # as it is typed


def test_an_event_just_begun_leaves_the_sum_unknown(site: Site) -> None:
    subject = enrol(site)
    signed(site, subject, "baseline", DAY_0, **NONE)
    begun(site, subject, "gc_pulse", gcp_date="2026-08-20")
    whole, _ = at_month_6(site, subject)
    assert whole.mg is None
    assert [(item.key, item.fields) for item in whole.open] == [
        ("gp-001", ("gcp_drug", "gcp_mg", "gcp_days"))
    ]


def test_what_was_entered_by_mistake_does_not_count(site: Site) -> None:
    subject = enrol(site)
    signed(site, subject, "baseline", DAY_0, **NONE)
    completed(site, subject, "gc_pulse", **PULSE)
    mistakes.void(site, subject, "gp-001", 1, "", PASSPHRASE)
    assert at_month_6(site, subject)[0].mg == 0


def test_a_dose_at_an_earlier_visit_that_no_course_gives_leaves_the_sum_unknown(site: Site) -> None:
    subject = enrol(site)
    signed(site, subject, "baseline", DAY_0)  # 12.5 mg by mouth
    whole, since_last = at_month_6(site, subject)
    assert whole.mg is None
    assert [(item.key, item.mg) for item in whole.unrecorded] == [("baseline", 12.5)]
    assert since_last is not None
    assert since_last.mg is None  # nobody recorded how long it went on


def test_only_a_visit_is_told(site: Site) -> None:
    subject = enrol(site)
    assert begun(site, subject, "gc_course", **COURSE).session.taken is None
    assert visits.open_history(site, subject).session.taken is None
