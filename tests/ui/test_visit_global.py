"""The physician's global by keys: as quick as ever on 0–3, typed once and never converted by head on another scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import pytest
from pages import BASELINE, PATIENT, TODAY, VisitDesk, baseline_answers, half_done, month_6
from PySide6.QtWidgets import QApplication

from anifro_desktop import forms
from anifro_desktop.forms.session import PastVisit, Visit, VisitSession
from anifro_desktop.record import Missing, Value
from anifro_desktop.ui.visit import criteria

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
MARKED: Mapping[str, Value] = {"phga_scale": 3, "phga_raw": Decimal(60)}


def after_a_mark(lang: str = "en") -> VisitSession:
    """Month 6 of a patient whose global was marked on 0–100 mm at baseline."""
    definitions = forms.load()
    before = {name: value for name, value in baseline_answers().items() if name != "phga"} | MARKED
    past = PastVisit("baseline", BASELINE, before)
    return VisitSession(
        definitions, [form.id for form in definitions.of_visit("m06")], PATIENT, Visit("m06", TODAY),
        today=TODAY, answers=half_done(), previous=past, baseline=past, damage=past, lang=lang,
    )  # fmt: skip


@pytest.fixture
def desk(qtbot) -> Iterator[VisitDesk]:
    made = VisitDesk(month_6(half_done(), "en"))
    made.view.go.open_form("phga")
    made.settle()
    yield made
    made.close()


@pytest.fixture
def again(qtbot) -> Iterator[VisitDesk]:
    made = VisitDesk(after_a_mark())
    made.view.go.open_form("phga")
    made.settle()
    yield made
    made.close()


def beside(desk: VisitDesk) -> str:
    """What stands beside the mark."""
    label = desk.row("phga_raw").editor.beside
    assert label.isVisible()
    return label.text()


def test_on_0_3_it_is_one_number_and_enter(desk: VisitDesk) -> None:
    assert desk.field == "phga"
    desk.type("0,4")
    desk.press("Enter")
    assert QApplication.focusWidget() is desk.view.body.end_button
    assert desk.session.answers["phga"] == Decimal("0.4")
    desk.press("Enter")
    assert desk.view.body.form == "treatment"


def test_a_given_global_leaves_no_open_question_behind(desk: VisitDesk) -> None:
    desk.type("0,4")
    desk.press("Ctrl+Down")
    assert desk.field == "stable"
    desk.view.go.open_form("phga")
    assert desk.field == "phga"


def test_a_reason_for_none_is_enough_too(desk: VisitDesk) -> None:
    desk.press("Ctrl+M", "d")
    assert desk.session.answers["phga"] is Missing.NOT_DONE
    assert QApplication.focusWidget() is desk.view.body.end_button


def test_on_100_mm_it_is_typed_once_and_said_on_0_3_while_it_is_typed(desk: VisitDesk) -> None:
    desk.press("Enter")
    assert desk.field == "phga_scale"
    desk.press("3")
    assert desk.field == "phga_raw"
    assert not desk.row("phga").isVisible()
    assert "from 0 to 100" in desk.row("phga_raw").editor.line.accessibleDescription()
    assert beside(desk) == ""
    desk.type("17")
    desk.row("phga_raw").editor.commit()  # as the pause in typing does
    assert beside(desk) == "= 0.51 on 0–3"
    assert "= 0.51 on 0–3" in desk.row("phga_raw").editor.line.accessibleDescription()
    assert desk.row("phga_raw").editor.line.text() == "17"
    desk.press("Enter")
    assert QApplication.focusWidget() is desk.view.body.end_button
    assert {name: desk.session.answers.get(name) for name in ("phga", *MARKED)} == {
        "phga": None, "phga_scale": 3, "phga_raw": 17,
    }  # fmt: skip
    assert criteria.of(desk.session, "doris")[1].text == "PhGA 0.51, below 0.5"
    assert criteria.of(desk.session, "doris")[1].met is False


def test_a_state_that_is_open_leads_to_the_question_on_the_scale_in_use(desk: VisitDesk) -> None:
    assert criteria.of(desk.session, "doris")[1].open == ("phga",)
    desk.press("Enter", "3")
    assert criteria.of(desk.session, "doris")[1].open == ("phga_raw",)


def test_a_number_of_another_scale_leads_to_the_question_of_the_scale(desk: VisitDesk) -> None:
    desk.type("17")
    desk.press("Enter")
    assert desk.field == "phga_scale"
    desk.press("2")
    desk.type("17")
    desk.press("Enter")
    assert "0 to 10" in desk.notice("phga_raw")
    assert beside(desk) == ""
    desk.go("phga_scale")
    desk.press("3")
    assert desk.notice("phga_raw") == ""
    assert beside(desk) == "= 0.51 on 0–3"


def test_the_scale_of_the_visit_before_takes_one_key(again: VisitDesk) -> None:
    assert again.field == "phga"
    again.press("Ctrl+Shift+D")
    assert again.field == "phga_raw"
    assert again.session.answers["phga_scale"] == 3
    again.type("34")
    again.press("Enter")
    assert beside(again) == "= 1.02 on 0–3"
    again.press("Ctrl+Z", "Ctrl+Z")
    assert again.field in ("phga", "phga_scale")
    assert "phga_scale" not in again.session.answers
    assert again.row("phga").isVisible()


def test_the_global_before_is_read_on_the_scale_of_now(again: VisitDesk) -> None:
    def before(field: str) -> str:
        return again.row(field).editor.controls()[0].accessibleDescription()

    assert "1.8" in before("phga")
    again.press("Enter", "3")
    assert "60" in before("phga_raw")
    again.go("phga_scale")
    again.press("2")
    assert "1.8 on 0–3" in before("phga_raw")
