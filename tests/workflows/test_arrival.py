"""What is taken on arrival, as the events tell, and what a visit's treatment form says against it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from event_acts import DOSE, completed
from study_parts import DAY_0, enrol, fill, signed

from anifro_desktop.forms import load
from anifro_desktop.forms.facts import EVENT_DRUGS
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.workflows.arrival import arrival
from anifro_desktop.workflows.site import Site

ON = date(2026, 9, 3)
STARTED, RAISED, STOPPED, PAUSED, RESTARTED = 1, 2, 4, 5, 6
AZATHIOPRINE = 5


def before(days: int) -> date:
    return ON - timedelta(days=days)


def change(what: int, days: int, drug: int | None = AZATHIOPRINE, **more: Any) -> dict[str, Any]:
    given = {"dc_drug": drug, "dc_what": what, "dc_date": before(days), **more}
    return {name: value for name, value in given.items() if value is not None}


def told(name: str, **events: list[dict[str, Any]]) -> int | Decimal | None:
    return arrival(events, ON)[name]


def test_each_drug_has_its_code() -> None:
    definitions = load()
    for drug, code in EVENT_DRUGS.items():
        label = definitions.code_lists["study_drug"].label(code)
        assert label == definitions.fields[f"on_{drug}"].label


@pytest.mark.parametrize(
    ("changes", "taken"),
    [
        ([], None),
        ([change(STARTED, 90)], 1),
        ([change(STARTED, 90), change(STOPPED, 30)], 0),
        ([change(STOPPED, 30), change(STARTED, 90)], 0),  # the order of recording means nothing
        ([change(PAUSED, 30), change(RESTARTED, 10)], 1),
        ([change(STARTED, 90), change(STOPPED, 0)], 1),  # decided today
        ([change(STOPPED, 30), change(STARTED, 30)], None),
        ([change(STARTED, 90), change(STOPPED, 30, drug=4)], 1),
        ([change(STARTED, 90), change(STOPPED, 30, drug=None)], None),
        ([change(STARTED, 90), {"dc_drug": AZATHIOPRINE, "dc_what": STOPPED}], None),
    ],
)
def test_the_last_change_before_the_visit_decides(changes: list[dict[str, Any]], taken: int | None) -> None:
    assert told("ev_on_azathioprine", drug_change=changes) == taken


def test_the_dose_is_that_of_the_last_change_in_the_unit_of_the_drug() -> None:
    raised = change(RAISED, 30, dc_mg_day=Decimal(150), dc_mg_week=Decimal(15))
    assert told("ev_dose_azathioprine", drug_change=[raised]) == 150
    assert told("ev_dose_azathioprine", drug_change=[raised, change(STOPPED, 9)]) is None
    weekly = change(STARTED, 30, drug=4, dc_mg_week=Decimal(15))
    assert told("ev_dose_methotrexate", drug_change=[weekly]) == 15


def dose(days: int, route: int | None = 1, given: int | None = 1) -> dict[str, Any]:
    found = {"ad_date": before(days), "ad_route": route, "ad_given": given}
    return {name: value for name, value in found.items() if value is not None}


@pytest.mark.parametrize(
    ("doses", "changes", "taken"),
    [
        ([dose(8)], [], 1),
        ([dose(84)], [], 1),
        ([dose(85)], [], None),
        ([dose(8, given=0)], [], None),
        ([dose(8, route=2)], [], None),
        ([dose(40)], [change(STOPPED, 30, drug=15)], 0),
        ([dose(30)], [change(STOPPED, 30, drug=15)], 0),
        ([dose(20)], [change(STOPPED, 30, drug=15)], 1),
        ([dose(20, route=None)], [change(STOPPED, 30, drug=15)], None),
    ],
)
def test_a_dose_of_anifrolumab_says_that_it_goes_on_until_a_stop_or_a_gap(
    doses: list[dict[str, Any]], changes: list[dict[str, Any]], taken: int | None
) -> None:
    assert told("ev_on_anifrolumab_iv", administration=doses, drug_change=changes) == taken


def course(mg: int, start: int, stop: int | None = None) -> dict[str, Any]:
    ended = {"gcc_ongoing": 1} if stop is None else {"gcc_ongoing": 0, "gcc_stop": before(stop)}
    return {"gcc_drug": 1, "gcc_mg": Decimal(mg), "gcc_cycle_days": 1, "gcc_start": before(start), **ended}


@pytest.mark.parametrize(
    ("courses", "found"),
    [
        ([], (0, None, None)),
        ([course(20, 90)], (1, 20, 20)),
        ([course(20, 90, 1), course(10, 0)], (0, 20, 10)),
        ([course(20, 90, 30)], (0, 0, 0)),
        ([{**course(20, 90), "gcc_mg": None}], (1, None, None)),
    ],
)
def test_courses_by_mouth_give_the_dose_of_the_day_before_and_of_the_day(
    courses: list[dict[str, Any]], found: tuple[Any, ...]
) -> None:
    told_ = arrival({"gc_course": courses}, ON)
    assert tuple(told_[name] for name in ("n_gc_now", "gc_mg_eve", "gc_mg_day")) == found


def problem(session: VisitSession, field: str) -> str | None:
    found = session.state(field).problem
    return None if found is None else found.code


def test_a_visit_that_says_otherwise_than_the_events_is_told_so(site: Site) -> None:
    subject = enrol(site, first_dose_date="2026-03-04")
    signed(site, subject, "baseline", DAY_0)
    completed(site, subject, "administration", ad_date="2026-08-26", **DOSE)
    course_ = {"gcc_drug": 1, "gcc_mg": 20, "gcc_cycle_days": 1, "gcc_ongoing": 1, "gcc_why": 1}
    completed(site, subject, "gc_course", gcc_start="2026-03-05", **course_)
    raised = {"dc_drug": 5, "dc_what": 2, "dc_date": "2026-05-20", "dc_mg_day": 150, "dc_for_activity": 1}
    completed(site, subject, "drug_change", **raised)
    session = fill(site, subject, "m06", ON, 1).session
    answers = {"gc_oral": "0", "on_anifrolumab_iv": "0", "on_azathioprine": "1", "azathioprine_dose": "100"}
    for field, text in answers.items():
        session.set_text(field, text)
    assert problem(session, "gc_oral") == problem(session, "on_anifrolumab_iv") == "contradiction"
    assert problem(session, "azathioprine_dose") == "ev_dose_azathioprine"
    session.accept_suggestion("gc_oral")
    scheme = {"gc1_drug": "1", "gc1_mg": "10", "gc1_cycle_days": "1", "gc_second": "0"}
    for field, text in scheme.items():
        session.set_text(field, text)
    assert problem(session, "gc1_mg") == "gc_dose_not_as_course"
    session.set_text("gc1_mg", "20")
    session.set_text("azathioprine_dose", "150")
    assert problem(session, "gc1_mg") is problem(session, "azathioprine_dose") is None
    session.set_text("on_azathioprine", "0")
    assert problem(session, "on_azathioprine") == "contradiction"
