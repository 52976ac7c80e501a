"""The visit windows: the date that serves, and what is due, move as the calendar does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop.scores import schedule
from anifro_desktop.scores.contract import score_answers, validate
from anifro_desktop.study.schedule import OPTIONAL

DAY0 = st.dates(date(1900, 1, 1), date(2199, 12, 31))
MONTH = st.sampled_from(list(schedule.VISITS))
NEVER_DUE = {visit.months for visit in OPTIONAL}


@given(DAY0, MONTH)
def test_every_day_of_the_calendar_has_its_windows(day0: date, month: int) -> None:
    answers = {"day0": day0.isoformat(), "month": month}
    assert validate("schedule", answers) == []
    found = schedule.score(answers)
    opens, target, closes = (date.fromisoformat(found.parts[key]) for key in ("opens", "target", "closes"))
    assert opens <= target <= closes
    assert target.day == day0.day or (target + timedelta(days=1)).day == 1
    assert (target.year - day0.year) * 12 + target.month - day0.month == month
    assert found.parts["day168_inside"] is (True if month == 6 else None)


@given(DAY0, MONTH, st.lists(st.integers(-80, 80), max_size=5), st.integers(-80, 80), st.randoms())
def test_the_date_that_serves(day0: date, month: int, offsets: list[int], more: int, chance: Any) -> None:
    plain = {"day0": day0.isoformat(), "month": month}
    target = date.fromisoformat(str(schedule.score(plain).value))
    dates = [(target + timedelta(days=days)).isoformat() for days in offsets]
    found = schedule.score({**plain, "dates": dates})
    assert found == schedule.score({"dates": chance.sample(dates, len(dates)), **plain})
    chosen = found.parts["selected"]
    assert (chosen is None) == (found.warnings == ("none_in_window",))
    assert chosen is None or chosen in dates
    again = schedule.score({**plain, "dates": [*dates, (target + timedelta(days=more)).isoformat()]})
    if chosen is not None:
        near = abs(date.fromisoformat(again.parts["selected"]) - target)
        assert near <= abs(date.fromisoformat(chosen) - target)


@given(DAY0, MONTH, st.integers(-10, 10), st.integers(-10, 10))
def test_due_from_the_day_the_window_closes_unless_it_closed_before_enrolment(
    day0: date, month: int, cut: int, entered: int
) -> None:
    plain = {"day0": day0.isoformat(), "month": month}
    closes = date.fromisoformat(schedule.score(plain).parts["closes"])
    found = score_answers(
        "schedule",
        {
            **plain,
            "data_cut": (closes + timedelta(days=cut)).isoformat(),
            "enrolment_date": (closes + timedelta(days=entered)).isoformat(),
        },
    )["parts"]
    assert found["due"] is (cut >= 0 and entered <= 0 and month not in NEVER_DUE)
    assert found["before_enrolment"] is (entered > 0)
