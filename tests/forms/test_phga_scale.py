"""The physician's global on 0–3, 0–10 or 0–100 mm: typed once as it was marked, compared exactly on 0–3."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from forms_builders import DEFINITIONS, visit_session
from scoring_answers import quiet

from anifro_desktop.forms.derived import phga
from anifro_desktop.forms.scoring import before, score_inputs, score_visit
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.record import Missing, Value

ON_3, ON_10, ON_100 = 1, 2, 3


def marked(scale: int, raw: str | Value | None, **more: Value | None) -> dict[str, Value]:
    """A quiet visit whose global was marked on another scale."""
    value = Decimal(raw) if type(raw) is str else raw
    return quiet(phga=None, phga_scale=scale, phga_raw=value, **more)


def filled(scale: int | None, raw: str = "") -> VisitSession:
    """The form as somebody fills it."""
    session = visit_session()
    if scale is not None:
        session.set_value("phga_scale", scale)
    if raw:
        session.set_text("phga_raw", raw)
    return session


def asked(session: VisitSession) -> tuple[str, ...]:
    """The questions of the form that are asked now."""
    (section,) = (one for one in session.sections() if one.form == "phga")
    return section.visible_fields


@pytest.mark.parametrize(
    ("scale", "raw", "on_0_3", "doris", "lldas"),
    [
        (ON_100, "0", "0", True, True),
        (ON_100, "16", "0.48", True, True),
        (ON_100, "16.6", "0.498", True, True),
        (ON_100, "16.7", "0.501", False, True),
        (ON_100, "17", "0.51", False, True),
        (ON_100, "33", "0.99", False, True),
        (ON_100, "33.3", "0.999", False, True),
        (ON_100, "33.4", "1.002", False, False),
        (ON_100, "34", "1.02", False, False),
        (ON_100, "100", "3", False, False),
        (ON_10, "1.6", "0.48", True, True),
        (ON_10, "1.7", "0.51", False, True),
        (ON_10, "3.3", "0.99", False, True),
        (ON_10, "3.4", "1.02", False, False),
        (ON_10, "10", "3", False, False),
    ],
)
def test_a_mark_is_brought_to_0_3_exactly_and_compared_unrounded(
    scale: int, raw: str, on_0_3: str, doris: bool, lldas: bool
) -> None:
    answers = marked(scale, raw)
    assert phga(answers) == Decimal(on_0_3)
    for rule in ("doris", "lldas"):
        assert score_inputs(rule, answers)["phga"] == float(on_0_3)
    assert score_inputs("sfi", answers)["now"]["phga"] == float(on_0_3)
    scores = score_visit(answers)
    assert scores["doris"].parts["doris_phga"] is doris
    assert scores["lldas"].parts["lldas_phga"] is lldas


def test_every_mark_scores_as_the_same_number_typed_on_0_3() -> None:
    for scale, greatest, step in ((ON_10, 10, Decimal("0.3")), (ON_100, 100, Decimal("0.03"))):
        for tenths in range(greatest * 10 + 1):
            raw = Decimal(tenths) / 10
            assert phga({"phga_scale": scale, "phga_raw": raw}) == raw * step
    assert score_visit(marked(ON_100, "40")) == score_visit(quiet(phga=Decimal("1.2")))


@pytest.mark.parametrize("scale", [None, ON_3])
def test_without_another_scale_the_global_is_asked_as_ever(scale: int | None) -> None:
    session = filled(scale)
    assert asked(session) == ("phga", "phga_scale")
    (section,) = (one for one in session.sections() if one.form == "phga")
    assert (section.done, section.total) == (0, 1)
    session.set_text("phga", "0,4")
    (section,) = (one for one in session.sections() if one.form == "phga")
    assert (section.done, section.total, section.status) == (1, 1, "done")
    assert phga(session.answers) == Decimal("0.4")


@pytest.mark.parametrize("scale", [ON_10, ON_100])
def test_on_another_scale_the_mark_is_asked_in_its_place_and_required(scale: int) -> None:
    session = filled(scale)
    assert asked(session) == ("phga_scale", "phga_raw")
    (section,) = (one for one in session.sections() if one.form == "phga")
    assert (section.done, section.total) == (0, 1)


@pytest.mark.parametrize(
    ("scale", "raw", "code"),
    [
        (ON_100, "100", None),
        (ON_100, "101", "out_of_range"),
        (ON_100, "100,1", "out_of_range"),
        (ON_10, "10", None),
        (ON_10, "10,1", "phga_raw_above_10"),
        (ON_10, "17", "phga_raw_above_10"),
        (ON_100, "-1", "out_of_range"),
        (ON_100, "16,66", "number_decimals"),
    ],
)
def test_a_mark_outside_its_scale_stops_the_visit_and_is_no_answer(
    scale: int, raw: str, code: str | None
) -> None:
    session = filled(scale, raw)
    problem = session.state("phga_raw").problem
    if code is None:
        assert problem is None
        assert phga(session.answers) == 3
        return
    assert problem is not None
    assert (problem.severity, problem.code) == ("hard", code)
    assert phga(session.answers) is None
    assert not session.can_sign()


@pytest.mark.parametrize("reason", [Missing.NOT_DONE, Missing.REFUSED])
def test_a_reason_for_no_mark_is_the_reason_for_no_global(reason: Missing) -> None:
    answers = marked(ON_100, reason)
    assert phga(answers) is reason
    assert score_inputs("doris", answers)["phga"] is None
    assert score_visit(answers)["doris"].value is None


@pytest.mark.parametrize(("scale", "field"), [(None, "phga"), (ON_3, "phga"), (ON_10, "phga_raw")])
def test_an_open_global_is_never_none_and_names_the_question_that_would_settle_it(
    scale: int | None, field: str
) -> None:
    answers = quiet(phga=None, phga_scale=scale)
    assert phga(answers) is None
    for rule in ("doris", "lldas", "sfi"):
        score = score_visit(answers, quiet())[rule]
        assert (score.value, score.missing) == (None, (field,)), rule


def test_the_number_of_another_scale_is_never_read_on_the_one_in_force() -> None:
    both: dict[str, Any] = {"phga": Decimal(2), "phga_raw": Decimal(10)}
    assert phga(both) == 2
    assert phga({**both, "phga_scale": ON_3}) == 2
    assert phga({**both, "phga_scale": ON_10}) == 3
    assert phga({**both, "phga_scale": ON_100}) == Decimal("0.3")


def test_changing_the_scale_hides_what_was_typed_and_gives_it_back() -> None:
    session = visit_session()
    session.set_text("phga", "1,2")
    change = session.set_value("phga_scale", ON_100)
    assert change.visible == {"phga", "phga_raw"}
    assert "phga" not in session.answers
    assert session.scores["doris"].parts["doris_phga"] is None
    session.set_text("phga_raw", "17")
    assert session.scores["doris"].parts["doris_phga"] is False
    session.clear("phga_scale")
    assert (session.answers["phga"], session.answers.get("phga_raw")) == (Decimal("1.2"), None)


def test_visits_marked_on_different_scales_are_compared_on_0_3() -> None:
    assert before(marked(ON_100, "40")).phga == before(quiet(phga=Decimal("1.2"))).phga == 1.2
    risen = score_visit(marked(ON_10, "7.4"), marked(ON_100, "40"))["sfi"]
    assert risen == score_visit(quiet(phga=Decimal("2.22")), quiet(phga=Decimal("1.2")))["sfi"]
    assert risen.parts["mm_phga"] is True
    # 40 is no fall to 1.3: on 0–3 it is a rise of 0.1.
    assert score_visit(quiet(phga=Decimal("1.3")), marked(ON_100, "40"))["sfi"].parts["mm_phga"] is False


def test_beside_the_mark_stands_what_it_comes_to_and_the_ends_of_its_scale() -> None:
    session = filled(ON_100)
    scaled = session.state("phga_raw").scaled
    assert scaled is not None
    assert (scaled.limits.high, scaled.on_0_3) == (100, None)
    session.set_text("phga_raw", "17")
    scaled = session.state("phga_raw").scaled
    assert scaled is not None
    assert scaled.on_0_3 == Decimal("0.51")
    change = session.set_value("phga_scale", ON_10)
    assert "phga_raw" in change.redraw
    scaled = session.state("phga_raw").scaled
    assert scaled is not None
    assert (scaled.limits.high, scaled.on_0_3) == (10, None)
    assert session.state("phga").scaled is None


@pytest.mark.parametrize(
    ("then", "now", "field", "shown", "on_0_3"),
    [
        ({"phga_scale": 3, "phga_raw": Decimal(40)}, 3, "phga_raw", 40, False),
        ({"phga_scale": 3, "phga_raw": Decimal(40)}, 2, "phga_raw", Decimal("1.2"), True),
        ({"phga": Decimal("1.8")}, 2, "phga_raw", Decimal("1.8"), True),
        ({"phga_scale": 3, "phga_raw": Decimal(40)}, None, "phga", Decimal("1.2"), None),
        ({"phga_scale": 3, "phga_raw": Missing.REFUSED}, 2, "phga_raw", Missing.REFUSED, False),
        ({}, 2, "phga_raw", None, False),
    ],
)
def test_the_visit_before_reads_on_the_same_scale_or_on_0_3(
    then: dict[str, Value], now: int | None, field: str, shown: Value | None, on_0_3: bool | None
) -> None:
    session = visit_session(previous=then)
    if now is not None:
        session.set_value("phga_scale", now)
    state = session.state(field)
    assert state.previous == shown
    assert (None if state.scaled is None else state.scaled.previous_on_0_3) is on_0_3


def test_the_scale_stays_as_it_was_and_the_global_never() -> None:
    session = visit_session(previous=marked(ON_100, "40"))
    session.same_section("phga", "phga")
    assert session.answers["phga_scale"] == ON_100
    assert "phga_raw" not in session.answers
    assert {item.id for item in DEFINITIONS.form("phga").fields if item.carry} == {"phga_scale"}
    untouched = visit_session(previous=quiet())
    untouched.same_section("phga", "phga")
    assert asked(untouched) == ("phga", "phga_scale")
