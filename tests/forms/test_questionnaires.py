"""What the patient is asked alone: which forms, which questions, which answers."""

from __future__ import annotations

from datetime import date

import pytest

from anifro_desktop.forms import load
from anifro_desktop.forms.questionnaires import is_questionnaire, own_wording, questions, to_choose
from anifro_desktop.forms.session import Subject, Visit, VisitSession
from anifro_desktop.scores import facit_fatigue, lupusqol, sf36

FORMS = ("scales", "sf36", "facit_fatigue", "eq5d5l", "lupusqol")


@pytest.fixture
def session() -> VisitSession:
    return VisitSession(
        load(), FORMS, Subject("P03-7KQF-W", "female", 34), Visit("m06"), today=date(2026, 11, 23)
    )


def test_questionnaires_are_the_forms_that_the_patient_fills() -> None:
    assert {form.id for form in load().forms if is_questionnaire(form)} == set(FORMS)


def test_every_item_is_asked_with_the_answers_that_it_can_have(session: VisitSession) -> None:
    asked = {name: questions(session, load().form(name)) for name in FORMS}
    lengths = {name: len(found) for name, found in asked.items()}
    assert lengths == {"scales": 3, "sf36": 36, "facit_fatigue": 13, "eq5d5l": 6, "lupusqol": 34}
    assert [len(one.offered) for one in asked["sf36"]] == [len(sf36.RECODES[item]) for item in range(1, 37)]
    assert {one.offered for one in asked["facit_fatigue"]} == {(0, 1, 2, 3, 4)}
    assert {one.offered for one in asked["lupusqol"]} == {(0, 1, 2, 3, 4)}
    assert len(facit_fatigue.ITEMS) == 13
    assert len(lupusqol.ITEMS) == 34
    assert [one.offered for one in asked["eq5d5l"]] == [(1, 2, 3, 4, 5)] * 5 + [()]
    assert (asked["eq5d5l"][5].low, asked["eq5d5l"][5].high) == (0, 100)


def test_the_kind_of_scale_is_chosen_by_the_clinic_and_says_how_far_the_scales_run(
    session: VisitSession,
) -> None:
    scales = load().form("scales")
    missing = to_choose(session, scales)
    assert missing is not None
    assert missing.id == "vas_scale"
    session.set_value("vas_scale", 2)
    assert to_choose(session, scales) is None
    assert {one.offered for one in questions(session, scales)} == {tuple(range(11))}
    session.set_value("vas_scale", 1)
    assert {(one.offered, one.high) for one in questions(session, scales)} == {((), 100)}
    assert all(to_choose(session, load().form(name)) is None for name in FORMS if name != "scales")


def test_the_three_scales_have_words_of_our_own_and_no_licensed_item_has(session: VisitSession) -> None:
    session.set_value("vas_scale", 2)
    for name in FORMS:
        for question in questions(session, load().form(name)):
            own = own_wording(question)
            assert (own is not None) is (name == "scales")
            if own is not None:
                assert set(own.options) == {0, 10}
                assert own.label.it != own.label.en
