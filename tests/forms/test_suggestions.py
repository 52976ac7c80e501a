"""What other answers suggest, contradictions with it, and when a settled contradiction opens again."""

from __future__ import annotations

import pytest
from forms_builders import visit_session

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.record import Missing, Note


def suggested(session: VisitSession, field: str) -> int | None:
    suggestion = session.state(field).suggestion
    return None if suggestion is None else suggestion.value


def typed(**texts: str) -> VisitSession:
    session = visit_session()
    for field, text in texts.items():
        session.set_text(field, text)
    return session


@pytest.mark.parametrize(
    ("field", "answers", "value"),
    [
        ("thrombocytopenia", {"platelets": "99"}, 1),
        ("thrombocytopenia", {"platelets": "100"}, 0),
        ("thrombocytopenia", {}, None),
        ("leukopenia", {"wbc": "2,99"}, 1),
        ("leukopenia", {"wbc": "3"}, 0),
        ("proteinuria", {"proteinuria_mg_24h": "500,1"}, 1),
        ("proteinuria", {"proteinuria_mg_24h": "500"}, 0),
        ("proteinuria", {"proteinuria_unit": "2", "proteinuria_g_24h": "0,501"}, 1),
        ("proteinuria", {"proteinuria_unit": "2", "proteinuria_g_24h": "0,5"}, 0),
        ("proteinuria", {"upcr_unit": "3", "upcr": "0,5"}, 0),
        ("proteinuria", {"upcr_unit": "3", "upcr": "0,51"}, 1),
        ("proteinuria", {"upcr_unit": "2", "upcr": "501"}, 1),
        ("proteinuria", {"upcr_unit": "1", "upcr": "56,56"}, 0),
        ("proteinuria", {"upcr_unit": "1", "upcr": "56,57"}, 1),
        ("proteinuria", {"proteinuria_mg_24h": "300", "upcr_unit": "2", "upcr": "600"}, 1),
        ("hematuria", {"urine_rbc_hpf": "5"}, 0),
        ("hematuria", {"urine_rbc_hpf": "6"}, 1),
        ("pyuria", {"urine_wbc_hpf": "6"}, 1),
        ("low_complement", {"c3_low": "1"}, 1),
        ("low_complement", {"c3_low": "0", "c4_low": "0"}, 0),
        ("low_complement", {"c3_low": "0"}, None),
        ("low_complement", {"c3_low": "0", "c4_low": "0", "ch50_low": "1"}, 1),
        ("increased_dna_binding", {"dsdna_raised": "1"}, 1),
        ("increased_dna_binding", {"dsdna_raised": "0"}, 0),
        ("fever", {"temperature_c": "38,1"}, 1),
        ("fever", {"temperature_c": "38"}, None),
        ("fever", {"temperature_c": "36,5"}, None),
        ("arthritis", {"joint_method": "3", "tjc28": "4", "sjc28": "3", "active28": "2"}, 1),
        ("arthritis", {"joint_method": "3", "tjc28": "4", "sjc28": "3", "active28": "1"}, 0),
        ("arthritis", {"joint_method": "3", "tjc28": "1"}, 0),
        (
            "arthritis",
            {"joint_method": "3", "tjc28": "4", "sjc28": "3", "active28": "3", "swollen_not_sle": "1"},
            0,
        ),
        ("mucosal_ulcers", {"skin_involved": "1", "clasi_mucous": "1"}, 1),
        ("mucosal_ulcers", {"skin_involved": "1", "clasi_mucous": "0"}, None),
        ("neuropsychiatric", {"lupus_headache": "1"}, 1),
        ("neuropsychiatric", {"lupus_headache": "0"}, None),
        ("serositis", {"pericarditis": "1"}, 1),
        ("serositis", {"pericarditis": "0", "pleurisy": "0"}, None),
        ("mucocutaneous_vasculitis", {"vasculitis": "1", "systemic_vasculitis": "0"}, 1),
        ("systemic_vasculitis", {"vasculitis": "1", "mucocutaneous_vasculitis": "0"}, 1),
    ],
)
def test_suggestions(field: str, answers: dict[str, str], value: int | None) -> None:
    assert suggested(typed(**answers), field) == value


def test_a_suggestion_is_told_with_its_values_in_both_languages_and_never_answered() -> None:
    session = typed(platelets="84", wbc="2,6")
    state = session.state("thrombocytopenia")
    assert state.value is None
    assert state.problem is None
    assert state.suggestion is not None
    assert state.suggestion.sources == ("platelets",)
    assert state.suggestion.text.it == "dal laboratorio: piastrine 84 ×10⁹/L (presente sotto 100)"
    leukopenia = session.state("leukopenia").suggestion
    assert leukopenia is not None
    assert leukopenia.text.en == "from laboratory: white cells 2.6 ×10⁹/L (present below 3)"


def test_accepting_a_suggestion_is_an_answer_like_any_other() -> None:
    session = typed(platelets="84")
    change = session.accept_suggestion("thrombocytopenia")
    assert change.fields == {"thrombocytopenia"}
    assert session.answers["thrombocytopenia"] == 1
    assert not session.accept_suggestion("fever")
    assert not session.accept_suggestion("phga")


@pytest.mark.parametrize(
    ("region", "extent", "contradicts"),
    [
        ("chest", "1", True),
        ("feet", "1", True),
        ("ears", "1", False),
        ("v_neck", "1", False),
        ("legs", "2", False),
    ],
)
def test_erythema_below_the_neck_contradicts_a_rash_above_it_only(
    region: str, extent: str, contradicts: bool
) -> None:
    session = typed(**{"skin_involved": "1", f"clasi_e_{region}": "1", "rash": "1", "rash_extent": extent})
    problem = session.state("rash_extent").problem
    assert (problem is not None) is contradicts


def test_a_contradiction_stands_at_the_item_until_accepted_or_explained() -> None:
    session = typed(platelets="84", thrombocytopenia="0")
    problem = session.state("thrombocytopenia").problem
    assert problem is not None
    assert (problem.severity, problem.settled) == ("contradiction", False)
    assert session.problem_text(problem, "it") == (
        "«Trombocitopenia» è «Assente», ma dal laboratorio: piastrine 84 ×10⁹/L (presente sotto 100). "
        "Accettare «Presente», oppure mantenere la risposta con un motivo."
    )
    assert not session.can_sign()
    change = session.explain("thrombocytopenia", 1, "eparina")
    assert change.fields == {"thrombocytopenia"}
    assert change.scores == frozenset()
    assert session.state("thrombocytopenia").note == Note("override", 1, "eparina")
    assert session.can_sign()
    session.undo()
    session.accept_suggestion("thrombocytopenia")
    assert session.problems() == ()


def test_a_changed_value_opens_the_contradiction_again_and_undo_brings_the_reason_back() -> None:
    session = typed(platelets="84", thrombocytopenia="0")
    session.explain("thrombocytopenia", 1)
    change = session.set_text("platelets", "70")
    assert change.fields == {"platelets", "thrombocytopenia"}
    problem = session.state("thrombocytopenia").problem
    assert problem is not None
    assert not problem.accepted
    session.undo()
    assert session.state("thrombocytopenia").note == Note("override", 1)
    assert session.can_sign()
    session.redo()
    assert not session.can_sign()


def test_a_source_that_becomes_hidden_opens_it_again_too() -> None:
    session = typed(upcr_unit="2", upcr="600", proteinuria="0")
    session.explain("proteinuria", 2)
    session.clear("upcr_unit")
    assert session.state("proteinuria").note is None
    assert session.state("proteinuria").problem is None


def test_a_missing_reason_contradicts_nothing() -> None:
    session = typed(platelets="84")
    session.set_missing("thrombocytopenia", Missing.NOT_KNOWN)
    assert session.state("thrombocytopenia").problem is None
    assert suggested(session, "thrombocytopenia") == 1


def test_a_note_about_the_section_does_not_settle_a_contradiction() -> None:
    session = visit_session()
    session.all_absent("sledai2k", "immuno_blood")
    session.set_text("platelets", "84")
    assert session.state("thrombocytopenia").note == Note("all_absent")
    assert not session.can_sign()
