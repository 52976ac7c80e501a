"""The session of a visit: answering, hidden questions, acts over a section, saving and recovering."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from forms_builders import DEFINITIONS, ENROLLED, TODAY, VISIT_FORMS, enrolment_session, visit_session

from anifro_desktop.forms.errors import (
    DerivedField,
    MissingNotAllowed,
    NothingToExplain,
    ReasonRefused,
    UnknownField,
    WrongKind,
)
from anifro_desktop.forms.session import Change, Entry, Subject, Visit, VisitSession
from anifro_desktop.record import Missing, Note


def test_nothing_is_filled_in_beforehand() -> None:
    session = visit_session(previous={"rash": 1, "weight_kg": Decimal(62)})
    assert session.answers == {}
    assert not session.can_undo
    assert session.state("weight_kg").previous == Decimal(62)
    assert {section.status for section in session.sections()} == {"open"}


def test_an_answer_says_what_to_save_and_what_to_redraw() -> None:
    session = visit_session()
    change = session.set_text("platelets", "84")
    assert change.fields == {"platelets"}
    assert {"platelets", "thrombocytopenia"} <= change.redraw
    assert change.scores == {"sledas"}
    assert session.answers["platelets"] == 84
    assert session.set_text("platelets", "84") == Change()
    assert not session.set_text("platelets", "84")


def test_shown_text_follows_the_language_and_typed_text_does_not() -> None:
    session = visit_session()
    session.set_text("phga", "0.5")
    session.set_text("rash", "1")
    session.set_missing("alopecia", Missing.NOT_KNOWN)
    session.set_text("visit_date", "140326")
    shown = {name: session.state(name).text for name in ("phga", "rash", "alopecia", "visit_date")}
    assert shown == {"phga": "0,5", "rash": "Presente", "alopecia": "Non noto", "visit_date": "14/03/2026"}
    session.lang = "en"
    assert [session.state(name).text for name in shown] == ["0.5", "Present", "Not known", "14/03/2026"]


def test_a_text_that_is_no_value_is_kept_and_counts_as_unanswered() -> None:
    session = visit_session()
    session.set_text("phga", "0,4")
    change = session.set_text("phga", " 0,4 circa ")
    state = session.state("phga")
    assert change.fields == {"phga"}
    assert (state.value, state.raw_text, state.text, state.answered) == (
        None,
        "0,4 circa",
        "0,4 circa",
        False,
    )
    assert state.problem is not None
    assert (state.problem.severity, state.problem.code) == ("hard", "number_trailing")
    assert "phga" not in session.answers
    assert not session.can_sign()
    assert session.problem_text(state.problem, "it").startswith("Scrivere solo il numero")
    session.set_text("phga", "0,4")
    assert session.can_sign()


@pytest.mark.parametrize(("field", "typed"), [("phga", "1,"), ("visit_date", "14/3")])
def test_what_may_become_right_is_marked_as_unfinished(field: str, typed: str) -> None:
    session = visit_session()
    session.set_text(field, typed)
    problem = session.state(field).problem
    assert problem is not None
    assert problem.unfinished
    assert problem.severity == "hard"
    session.set_text(field, "x")
    problem = session.state(field).problem
    assert problem is not None
    assert not problem.unfinished


def test_values_are_held_to_the_same_limits_as_texts() -> None:
    session = visit_session()
    session.set_value("phga", Decimal("3.1"))
    assert session.state("phga").raw_text == "3.1"
    problem = session.state("phga").problem
    assert problem is not None
    assert (
        session.problem_text(problem, "it")
        == "Valore fuori dai limiti: sono ammessi valori da 0 a 3. Correggere il valore."
    )
    session.set_value("phga", 2)
    assert session.answers["phga"] == Decimal(2)
    session.set_value("rash", 7)
    assert session.state("rash").raw_text == "7"
    with pytest.raises(WrongKind):
        session.set_value("rash", "1")
    with pytest.raises(WrongKind):
        session.set_value("rash", True)


def test_dates_lie_between_birth_and_today() -> None:
    session = visit_session()
    for typed, code in (("23/11/2026", "date_future"), ("01/01/1990", "date_before_birth")):
        session.set_text("visit_date", typed)
        problem = session.state("visit_date").problem
        assert problem is not None
        assert (problem.code, problem.severity) == (code, "hard")
    session.set_text("visit_date", "22/11/2026")
    assert session.state("visit_date").problem is None
    assert ENROLLED <= TODAY
    session.set_text("visit_date", "22/05/2026")
    problem = session.state("visit_date").problem
    assert problem is not None
    assert (problem.code, problem.severity) == ("visit_before_enrolment", "soft")


def test_a_hidden_field_is_blank_to_everyone_and_remembers() -> None:
    session = visit_session()
    assert not session.state("rash_extent").visible
    change = session.set_text("rash", "1")
    assert change.visible == {"rash_extent"}
    session.set_text("rash_extent", "2")
    assert session.scores["sledas"].parts["rash_general"] == 3.887
    change = session.set_text("rash", "0")
    state = session.state("rash_extent")
    assert change.visible == {"rash_extent"}
    assert (state.visible, state.value, state.text, state.answered, state.problem) == (
        False,
        None,
        "",
        False,
        None,
    )
    assert "rash_extent" not in session.answers
    assert session.scores["sledas"].parts["rash_general"] == 0
    session.set_text("rash", "1")
    assert session.state("rash_extent").value == 2


def test_hiding_goes_through_several_questions() -> None:
    session = visit_session()
    for field, typed in (("gc_oral", "1"), ("gc_second", "1"), ("gc2_mg", "4")):
        session.set_text(field, typed)
    change = session.set_text("gc_oral", "0")
    assert {"gc1_drug", "gc_second", "gc2_drug", "gc2_mg"} <= change.visible
    assert set(session.answers) == {"gc_oral"}
    session.set_text("gc_oral", "1")
    assert session.answers["gc2_mg"] == 4


def test_missing_reasons_answer_a_question_without_a_value() -> None:
    session = visit_session()
    session.set_missing("rash", Missing.REFUSED)
    assert session.state("rash").answered
    assert "rash" in session.scores["sledai2k"].missing
    with pytest.raises(MissingNotAllowed):
        session.set_missing("visit_date", Missing.NOT_DONE)


def test_clearing_and_emptying_are_the_same() -> None:
    session = visit_session()
    session.set_text("phga", "1")
    session.set_text("phga", "  ")
    assert session.state("phga").value is None
    assert session.clear("phga") == Change()
    session.undo()
    assert session.state("phga").value == 1


def test_all_remaining_absent_is_one_step_with_a_note() -> None:
    session = visit_session()
    session.set_text("seizure", "1")
    session.set_missing("psychosis", Missing.NOT_KNOWN)
    assert session.open_absent_count("sledai2k", "cns") == 5
    change = session.all_absent("sledai2k", "cns")
    assert len(change.fields) == 5
    assert session.open_absent_count("sledai2k", "cns") == 0
    assert session.state("cva").note == Note("all_absent")
    assert session.state("seizure").value == 1
    assert session.state("psychosis").value is Missing.NOT_KNOWN
    session.undo()
    assert set(session.answers) == {"seizure", "psychosis"}
    assert session.all_absent("laboratory", "blood") == Change()


def test_all_remaining_absent_leaves_open_what_other_answers_say_is_present() -> None:
    session = visit_session()
    session.set_text("platelets", "84")
    session.all_absent("sledai2k", "immuno_blood")
    assert session.state("thrombocytopenia").value is None
    assert session.state("leukopenia").value == 0


def test_an_unfinished_text_is_not_overwritten_by_an_act_over_the_section() -> None:
    session = visit_session(previous={"joint_method": 3, "tjc28": 3, "sjc28": 2})
    session.set_text("joint_method", "3")
    session.set_text("tjc28", "3,")
    session.same_section("joints", "joints")
    assert session.state("tjc28").raw_text == "3,"
    assert session.state("sjc28").value == 2


def test_same_as_last_visit_is_confirmed_and_never_offered_for_judgements() -> None:
    session = visit_session(
        previous={"weight_kg": Decimal(62), "phga": Decimal(1), "platelets": 90, "rash": Missing.NOT_DONE}
    )
    session.same_as_last("weight_kg")
    assert session.state("weight_kg").note == Note("unchanged")
    for field in ("phga", "platelets", "rash", "alopecia"):
        assert session.same_as_last(field) == Change()
    assert set(session.answers) == {"weight_kg"}
    session.set_text("weight_kg", "63")
    assert session.state("weight_kg").note is None


def test_same_section_follows_the_questions_it_opens_as_one_step() -> None:
    session = visit_session(
        previous={"gc_oral": 1, "gc1_drug": 1, "gc1_mg": Decimal(5), "gc1_cycle_days": 1, "gc_second": 0}
    )
    change = session.same_section("treatment", "glucocorticoids")
    assert change.fields == {"gc_oral", "gc1_drug", "gc1_mg", "gc1_cycle_days", "gc_second"}
    assert session.scores["prednisone"].value == 5
    assert "prednisone" in change.scores
    session.undo()
    assert session.answers == {}
    assert not session.can_undo


def test_progress_counts_required_questions_and_says_what_needs_attention() -> None:
    session = visit_session()

    def joints() -> tuple[int, int, str]:
        state = next(state for state in session.sections() if state.form == "joints")
        return state.done, state.total, state.status

    assert joints() == (0, 1, "open")
    session.set_text("joint_method", "3")
    assert joints() == (1, 4, "started")
    session.set_text("tjc28", "2")
    assert joints() == (2, 4, "started")
    session.set_text("sjc28", "1")
    session.set_text("active28", "2")
    assert joints() == (4, 4, "attention")
    session.set_text("active28", "1")
    assert joints() == (4, 4, "done")


def test_cross_field_checks_are_hard_or_soft_as_declared() -> None:
    session = visit_session()
    for field in ("on_anifrolumab_iv", "on_anifrolumab_sc"):
        session.set_text(field, "1")
    problem = session.state("on_anifrolumab_sc").problem
    assert problem is not None
    assert (problem.severity, problem.accepted) == ("soft", False)
    assert session.can_sign()
    session.explain("on_anifrolumab_sc", 5, "passaggio di via")
    assert session.state("on_anifrolumab_sc").problem == problem.__class__(
        problem.field, "soft", problem.code, problem.params, True
    )
    session.set_text("on_anifrolumab_iv", "0")
    assert session.state("on_anifrolumab_sc").note is None


def test_an_unusual_value_asks_for_a_reason_and_keeps_it_until_it_changes() -> None:
    session = visit_session()
    session.set_text("weight_kg", "180")
    problem = session.state("weight_kg").problem
    assert problem is not None
    assert session.problem_text(problem, "en") == (
        "Unusual value (usually from 35 to 160 kg): correct it, or confirm with a reason."
    )
    session.explain("weight_kg", 5, "pesato due volte")
    problem = session.state("weight_kg").problem
    assert problem is not None
    assert problem.settled
    session.set_text("weight_kg", "190")
    problem = session.state("weight_kg").problem
    assert problem is not None
    assert not problem.accepted


def test_reasons_are_checked() -> None:
    session = visit_session()
    with pytest.raises(NothingToExplain):
        session.explain("weight_kg", 1)
    session.set_text("weight_kg", "180")
    for reason, text in ((9, ""), (5, " ")):
        with pytest.raises(ReasonRefused):
            session.explain("weight_kg", reason, text)
    session.set_text("weight_kg", "18x")
    with pytest.raises(NothingToExplain):
        session.explain("weight_kg", 1)


def test_questions_of_other_forms_are_unknown() -> None:
    session = visit_session()
    for act in (
        lambda: session.state("sex"),
        lambda: session.set_text("sex", "1"),
        lambda: session.entries(["sex"]),
        lambda: session.all_absent("sledai2k", "nowhere"),
    ):
        with pytest.raises(UnknownField):
            act()
    with pytest.raises(KeyError):
        VisitSession(DEFINITIONS, ["flares"], Subject("P03-7KQF-W"), Visit("m06"), today=TODAY)


def test_a_draft_comes_back_as_it_was_with_nothing_to_undo() -> None:
    session = visit_session()
    session.set_text("platelets", "84")
    session.set_text("thrombocytopenia", "0")
    session.explain("thrombocytopenia", 1, "metotrexato")
    session.set_text("rash", "1")
    session.set_text("rash_extent", "2")
    session.set_text("rash", "0")
    session.set_text("phga", "0,4x")
    session.set_missing("wbc", Missing.NOT_DONE)
    session.set_text("weight_kg", "62,5")
    fields = [item.id for form in session.forms for item in form.fields]
    saved = session.entries(fields)
    assert Entry("wbc", {"missing": "not_done"}, None) in saved
    assert Entry("weight_kg", "62.5", None) in saved
    assert Entry("phga", None, None, "0,4x") in saved
    again = visit_session()
    assert again.load_entries(saved) == ()
    assert not again.can_undo
    assert [again.state(name) for name in fields] == [session.state(name) for name in fields]
    assert again.scores == session.scores
    again.set_text("rash", "1")
    assert again.state("rash_extent").value == 2


def test_a_draft_entry_that_no_longer_fits_is_seen_rather_than_lost() -> None:
    session = visit_session()
    entries = [Entry("rash", 7, None), Entry("gone", 1, None), Entry("phga", None, None, "1")]
    assert session.load_entries(entries) == ("gone",)
    assert session.state("rash").raw_text == "7"
    problem = session.state("phga").problem
    assert problem is not None
    assert problem.code == "retype"
    assert not session.can_sign()


def test_recorded_answers_and_notes_are_taken_over() -> None:
    session = VisitSession(
        DEFINITIONS,
        VISIT_FORMS,
        Subject("P03-7KQF-W"),
        Visit("m06", TODAY),
        today=TODAY,
        answers={"platelets": 84, "thrombocytopenia": 0, "sex": 1},
        notes={"thrombocytopenia": Note("override", 1, "")},
        completed=True,
    )
    assert session.completed
    assert session.can_sign()
    assert session.notes == {"thrombocytopenia": Note("override", 1, "")}
    assert "sex" not in session.answers


def test_enrolment_derives_eligibility_and_outcome() -> None:
    session = enrolment_session()
    assert session.scores == {}
    session.set_value("age_at_enrolment", 17)
    assert session.answers["incl_age"] == 0
    assert session.answers["screening_outcome"] == 2
    change = session.set_value("age_at_enrolment", 34)
    assert {"age_at_enrolment", "incl_age", "screening_outcome"} == change.fields
    assert "screening_outcome" not in session.answers
    for field in ("incl_informed_consent", "incl_classification", "incl_active_disease"):
        session.set_text(field, "1")
    session.set_text("incl_anifrolumab", "1")
    assert session.answers["screening_outcome"] == 1
    session.undo()
    assert "screening_outcome" not in session.answers
    with pytest.raises(DerivedField):
        session.set_text("screening_outcome", "1")


def test_a_section_that_the_program_fills_is_done_when_it_is_filled() -> None:
    session = enrolment_session()

    def outcome() -> tuple[int, str]:
        state = next(state for state in session.sections() if state.section.id == "outcome")
        return state.total, state.status

    assert outcome() == (0, "open")
    session.set_text("incl_active_disease", "0")
    assert outcome() == (0, "done")


def test_enrolment_dates_are_checked_against_each_other() -> None:
    session = enrolment_session()
    session.set_text("incl_informed_consent", "1")
    assert [problem.code for problem in session.problems()] == ["consent_date_needed"]
    session.set_text("consent_date", "20/05/2026")
    session.set_text("enrolment_date", "19/05/2026")
    assert [problem.code for problem in session.problems()] == ["enrolled_before_consent"]
    session.set_text("enrolment_date", "20/05/2026")
    assert session.can_sign()


def test_the_first_dose_is_asked_once_treatment_began_and_stays_once_given() -> None:
    session = enrolment_session()
    assert not session.state("first_dose_date").visible
    session.set_text("incl_anifrolumab", "2")
    assert [problem.code for problem in session.problems()] == ["first_dose_needed"]
    session.set_text("first_dose_date", "01/02/2026")
    session.set_text("incl_anifrolumab", "1")
    assert session.answers["first_dose_date"] == date(2026, 2, 1)
    session.clear("first_dose_date")
    assert not session.state("first_dose_date").visible
    session.set_value("first_dose_date", date(2026, 6, 1))
    assert session.state("first_dose_date").visible
