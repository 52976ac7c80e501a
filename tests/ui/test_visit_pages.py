"""How far a form is, as the section list says it: required questions decide, in all its sections together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from anifro_desktop.forms import load
from anifro_desktop.forms.session import Subject, Visit, VisitSession
from anifro_desktop.ui.visit.pages import FormPage, pages

TODAY = date(2026, 11, 22)
VITALS = {"temperature_c": "36,5", "weight_kg": "62"}


def page(form: str, answers: Mapping[str, str], visit: str = "m06") -> FormPage:
    session = VisitSession(load(), (form,), Subject("P03-7KQF-W"), Visit(visit, TODAY), today=TODAY)
    for field, text in answers.items():
        session.set_text(field, text)
    return pages(session)[0]


def test_a_form_is_done_with_its_required_questions_though_optional_ones_stay_open() -> None:
    assert page("vitals", {}).status == "open"
    assert page("vitals", {"heart_rate": "72"}).status == "started"
    assert page("vitals", VITALS).status == "done"
    assert page("vitals", {**VITALS, "systolic_bp": "80", "diastolic_bp": "80"}).status == "attention"


def test_sections_that_ask_nothing_now_or_nothing_required_do_not_count() -> None:
    assert page("clasi", {}).status == "open"
    assert page("clasi", {"skin_involved": "0"}).status == "done"
    assert page("clasi", {"skin_involved": "1"}).status == "started"
    counted = {"joint_method": "3", "tjc28": "1", "sjc28": "1", "active28": "1"}
    assert page("joints", {}).status == "open"
    assert page("joints", counted).status == "done"


def test_a_form_of_optional_questions_only_is_done_when_all_are_answered() -> None:
    assert page("clasi", {}, "u01").status == "open"
    assert page("clasi", {"skin_involved": "0"}, "u01").status == "done"
    assert page("clasi", {"skin_involved": "1"}, "u01").status == "started"
