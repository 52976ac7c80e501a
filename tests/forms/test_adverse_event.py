"""The adverse-event form: which questions it opens, what it works out, and which contradictions it tells."""

from __future__ import annotations

import re
from datetime import date

import pytest
from event_builders import asked, event, problems, required
from forms_builders import DEFINITIONS, ENROLLED

from anifro_desktop.forms.errors import DerivedField
from anifro_desktop.forms.pseudonym import pseudonymise
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.record import Missing, Revision

CRITERIA = (
    "ser_death",
    "ser_life_threatening",
    "ser_hospitalisation",
    "ser_disability",
    "ser_congenital",
    "ser_important",
)
EXTRA = {
    0: set(),
    1: {
        "zos_dermatomes",
        "zos_side",
        "zos_disseminated",
        "zos_ophthalmic",
        "zos_cns",
        "zos_pain_90d",
        "zos_antiviral",
        "zos_hospitalised",
        "zos_recurrence",
        "zos_vaccine_doses",
        "zos_resolution",
        "zos_sequelae",
        "zos_anifrolumab",
    },
    2: {"sinf_site", "sinf_organism", "sinf_iv", "sinf_tuberculosis", "sinf_fungal"},
    3: {"oinf_site"},
    4: {"cv_type"},
    5: {"neo_behaviour", "neo_site", "neo_site_text", "neo_histology"},
    6: {"hyp_anaphylaxis", "hyp_angioedema", "hyp_site", "hyp_hours"},
}
SPECIAL = re.compile(r"zos_|sinf_|oinf_|cv_|neo_|hyp_")


def serious(**criteria: str) -> VisitSession:
    return event("adverse_event", **criteria)


@pytest.mark.parametrize("category", EXTRA)
def test_the_category_opens_its_own_questions_and_no_others(category: int) -> None:
    session = event("adverse_event", aesi_category=str(category))
    assert {name for name in asked(session) if SPECIAL.match(name)} == EXTRA[category]


def test_the_category_comes_first_and_every_category_is_tried_here() -> None:
    form = DEFINITIONS.form("adverse_event")
    assert form.fields[0].id == "aesi_category"
    assert set(EXTRA) == set(DEFINITIONS.code_lists["aesi"].values)
    assert (form.prefix, form.title, form.dated) == ("ae", "ae_verbatim", "ae_start")


def test_changing_the_category_hides_the_answers_of_the_other_and_remembers_them() -> None:
    session = event("adverse_event", aesi_category="1", zos_antiviral="1", zos_antiviral_days="7")
    session.set_text("aesi_category", "3")
    assert not {"zos_antiviral", "zos_antiviral_days"} & set(session.answers)
    session.set_text("aesi_category", "1")
    assert session.answers["zos_antiviral_days"] == 7


@pytest.mark.parametrize(
    ("answers", "opened"),
    [
        ({"aesi_category": "1", "zos_vaccine_doses": "0"}, set()),
        ({"aesi_category": "1", "zos_vaccine_doses": "2"}, {"zos_vaccine_last"}),
        ({"aesi_category": "1", "zos_sequelae": "1"}, {"zos_sequelae_text"}),
        ({"aesi_category": "2", "sinf_organism": "0"}, set()),
        ({"aesi_category": "2", "sinf_organism": "1"}, {"sinf_organism_text"}),
        ({"aesi_category": "5", "neo_behaviour": "1"}, {"neo_stage"}),
        ({"aesi_category": "5", "neo_behaviour": "2"}, {"neo_stage"}),
        ({"aesi_category": "5", "neo_behaviour": "3"}, {"neo_precancer"}),
        ({"aesi_category": "5", "neo_behaviour": "4"}, set()),
    ],
)
def test_an_answer_opens_what_follows_from_it(answers: dict[str, str], opened: set[str]) -> None:
    session = event("adverse_event", **answers)
    shown = {name for name in asked(session) if SPECIAL.match(name)}
    assert shown - EXTRA[int(answers["aesi_category"])] == opened


@pytest.mark.parametrize("criterion", CRITERIA)
def test_one_criterion_makes_an_event_serious_whatever_else_is_open(criterion: str) -> None:
    assert serious(**{criterion: "1"}).answers["ae_serious"] == 1


@pytest.mark.parametrize("left_out", CRITERIA)
def test_an_event_is_not_serious_only_when_all_six_criteria_are_excluded(left_out: str) -> None:
    session = serious(**{name: "0" for name in CRITERIA if name != left_out})
    assert "ae_serious" not in session.answers
    session.set_missing(left_out, Missing.NOT_KNOWN)
    assert "ae_serious" not in session.answers
    session.set_text(left_out, "0")
    assert session.answers["ae_serious"] == 0


def test_what_is_worked_out_cannot_be_typed() -> None:
    session = event("adverse_event", aesi_category="1")
    for field in ("ae_serious", "ae_related", "zos_hospitalised", "zos_anifrolumab"):
        with pytest.raises(DerivedField):
            session.set_text(field, "1")


@pytest.mark.parametrize(("who", "related"), [(1, 1), (2, 1), (3, 1), (4, 0), (5, 2), (6, 2)])
def test_relation_follows_from_causality(who: int, related: int) -> None:
    session = event("adverse_event", causality_who=str(who))
    assert session.answers["ae_related"] == related
    assert ("expected" in asked(session)) is (related != 0)
    for criterion in CRITERIA:
        session.set_text(criterion, "0")
    assert ("ae_awareness" in asked(session)) is (related != 0)


def test_the_reporting_clock_is_asked_unless_the_event_is_known_to_be_neither_serious_nor_related() -> None:
    none = {**dict.fromkeys(CRITERIA, "0"), "causality_who": "4"}
    for open_answer in none:
        given = {name: text for name, text in none.items() if name != open_answer}
        assert {"ae_awareness", "ae_report_sent"} <= asked(event("adverse_event", **given))
    assert not {"ae_awareness", "ae_report_sent"} & asked(event("adverse_event", **none))
    found = event("adverse_event", **{**none, "ser_important": "1"})
    assert {"ae_awareness", "ae_report_sent"} <= asked(found)
    assert problems(found)["ae_awareness"] == ("soft", "ae_awareness_needed")
    found.set_text("ae_awareness", "20/11/2026 9:30")
    assert "ae_awareness" not in problems(found)
    found.set_text("ae_report_sent", "20/11/2026 9:29")
    assert problems(found)["ae_report_sent"] == ("hard", "ae_report_before_awareness")
    found.set_text("ae_report_sent", "20/11/2026 9:30")
    assert "ae_report_sent" not in problems(found)


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("10/6/2026", "9/6/2026", True),
        ("10/6/2026", "10/6/2026", False),
        ("06/2026", "31/5/2026", True),
        ("06/2026", "1/6/2026", False),  # may have started that day
        ("2026", "12/2025", True),
        ("2026", "2026", False),
        ("7/2026", "2026", False),
    ],
)
def test_an_end_before_the_start_is_told_as_soon_as_it_is_certain(start: str, end: str, wrong: bool) -> None:
    session = event("adverse_event", ae_start=start, ae_ongoing="0", ae_end=end)
    assert (problems(session).get("ae_end") == ("hard", "ae_end_before_start")) is wrong


def test_an_ongoing_event_asks_no_end_and_one_with_an_end_is_contradicted() -> None:
    assert "ae_end" not in asked(event("adverse_event", ae_ongoing="1"))
    session = event("adverse_event", ae_start="1/6/2026", ae_ongoing="0", ae_end="9/6/2026")
    assert problems(session) == {}
    session.set_text("ae_ongoing", "1")
    assert problems(session) == {"ae_end": ("hard", "ae_end_while_ongoing")}
    assert not session.can_sign()
    session.clear("ae_end")
    assert "ae_end" not in asked(session)
    assert session.can_sign()


@pytest.mark.parametrize(
    ("answers", "field", "severity", "code"),
    [
        ({"outcome": "5", "ser_death": "0"}, "ser_death", "hard", "ae_fatal_needs_death"),
        ({"outcome": "5"}, "ser_death", "hard", "ae_fatal_needs_death"),
        ({"ae_grade": "5"}, "outcome", "hard", "ae_grade5_needs_fatal"),
        ({"ae_grade": "5", "outcome": "1"}, "outcome", "hard", "ae_grade5_needs_fatal"),
        ({"ser_death": "1", "outcome": "3"}, "outcome", "soft", "ae_death_not_fatal"),
        ({"ser_death": "1", "outcome": "0"}, "outcome", "soft", "ae_death_not_fatal"),
        ({"outcome": "5", "ser_death": "1", "ae_grade": "4"}, "ae_grade", "soft", "ae_fatal_grade"),
        ({"aesi_category": "4", "cv_type": "1"}, "ser_death", "hard", "ae_cv_death_needs_death"),
        ({"ae_ongoing": "1", "outcome": "1"}, "outcome", "soft", "ae_ongoing_outcome"),
        ({"ae_ongoing": "1", "outcome": "4"}, "outcome", "soft", "ae_ongoing_outcome"),
        ({"ae_ongoing": "0", "outcome": "3"}, "outcome", "soft", "ae_ended_outcome"),
        ({"ae_ongoing": "0", "outcome": "2"}, "outcome", "soft", "ae_ended_outcome"),
        ({"interrupted": "1"}, "interrupt_from", "soft", "ae_interrupt_dates"),
        (
            {"interrupted": "1", "interrupt_from": "10/6/2026", "interrupt_to": "9/6/2026"},
            "interrupt_to",
            "hard",
            "ae_interrupt_order",
        ),
        (
            {"ae_start": "10/6/2026", "interrupted": "1", "interrupt_from": "9/6/2026"},
            "interrupt_from",
            "soft",
            "ae_interrupt_before_start",
        ),
        (
            {"aesi_category": "1", "ae_start": "10/6/2026", "zos_resolution": "5/2026"},
            "zos_resolution",
            "hard",
            "zos_resolved_before_start",
        ),
        (
            {
                "aesi_category": "1",
                "ae_start": "6/2026",
                "zos_vaccine_doses": "1",
                "zos_vaccine_last": "7/2026",
            },
            "zos_vaccine_last",
            "soft",
            "zos_vaccine_after_start",
        ),
        (
            {"aesi_category": "1", "outcome": "4", "zos_sequelae": "0"},
            "zos_sequelae",
            "soft",
            "zos_sequelae_outcome",
        ),
        (
            {"aesi_category": "1", "outcome": "1", "zos_sequelae": "1"},
            "zos_sequelae",
            "soft",
            "zos_sequelae_outcome",
        ),
    ],
)
def test_contradictions_stand_at_the_answer_to_correct(
    answers: dict[str, str], field: str, severity: str, code: str
) -> None:
    session = event("adverse_event", **answers)
    assert problems(session)[field] == (severity, code)
    assert session.can_sign() is (severity == "soft")


def test_a_fatal_event_told_in_full_has_no_contradiction() -> None:
    session = event(
        "adverse_event",
        aesi_category="4",
        ae_start="1/6/2026",
        ae_ongoing="0",
        ae_end="2/6/2026",
        ae_grade="5",
        ser_death="1",
        cv_type="1",
        outcome="5",
        ae_awareness="2/6/2026 8:00",
    )
    assert problems(session) == {}


def test_more_than_two_dermatomes_suggest_dissemination_and_two_exclude_nothing() -> None:
    for count, value in (("3", 1), ("2", None)):
        session = event("adverse_event", aesi_category="1", zos_dermatomes=count)
        suggestion = session.state("zos_disseminated").suggestion
        assert (None if suggestion is None else suggestion.value) == value
    tuberculosis = event("adverse_event", aesi_category="2", sinf_organism="2", sinf_tuberculosis="0")
    assert problems(tuberculosis)["sinf_tuberculosis"] == ("contradiction", "contradiction")


@pytest.mark.parametrize(
    ("answers", "held"),
    [
        ({"action_taken": "1", "interrupted": "0"}, 3),
        ({"action_taken": "1", "interrupted": "1"}, 3),
        ({"action_taken": "4", "interrupted": "1"}, 2),
        ({"action_taken": "4", "interrupted": "0"}, 1),
        ({"action_taken": "2", "interrupted": "0"}, 1),
        ({"action_taken": "4"}, None),
        ({"action_taken": "9", "interrupted": "0"}, None),
        ({"action_taken": "0", "interrupted": "0"}, None),
    ],
)
def test_what_was_done_with_anifrolumab_in_zoster_follows_from_the_action(
    answers: dict[str, str], held: int | None
) -> None:
    assert event("adverse_event", aesi_category="1", **answers).answers.get("zos_anifrolumab") == held


def test_zoster_of_the_awkward_patient() -> None:
    """Two dermatomes, hospitalised, drug interrupted: serious, and the time the site knew is asked."""
    session = event(
        "adverse_event",
        aesi_category="1",
        ae_verbatim="herpes zoster toracico",
        ae_system="1",
        ae_start="1/10/2026",
        ae_ongoing="1",
        ae_grade="3",
        ser_hospitalisation="1",
        zos_dermatomes="2",
        causality_who="3",
        action_taken="4",
        interrupted="1",
        interrupt_from="2/10/2026",
        outcome="3",
        ae_awareness="2/10/2026 11:15",
    )
    answers = session.answers
    assert (answers["ae_serious"], answers["ae_related"]) == (1, 1)
    assert (answers["zos_hospitalised"], answers["zos_anifrolumab"]) == (1, 2)
    assert problems(session) == {}


def test_words_stay_at_the_site_and_dates_leave_as_differences() -> None:
    values = {
        "aesi_category": 5,
        "ae_verbatim": "adenoma",
        "ae_start": "2026-06",
        "ae_end": "2026-06-01",
        "neo_histology": "adenoma tubulare",
        "neo_site_text": "colon destro",
        "meddra_pt": "Colon adenoma",
        "expected_version": "12/2025",
        "treatment_text": "polipectomia",
        "ae_awareness": "2026-06-02T09:30+02:00",
    }
    revision = Revision(
        "r1", "P03-7KQF-W", "ae-001", "adverse_event", 1, "", values, "d", "u1", "2026-06-02T10:00:00Z", None
    )
    left = pseudonymise(revision, DEFINITIONS, ENROLLED)
    assert left.values == {"aesi_category": 5, "ae_start": {"months": 1}, "ae_end": 9, "ae_awareness": 10}
    assert date(2026, 6, 1).toordinal() - ENROLLED.toordinal() == 9


def test_no_free_text_and_no_dictionary_term_may_leave() -> None:
    assert {item.id for item in DEFINITIONS.form("adverse_event").fields if not item.export} == {
        "ae_verbatim",
        "zos_sequelae_text",
        "sinf_organism_text",
        "neo_site_text",
        "neo_histology",
        "expected_version",
        "treatment_text",
        "meddra_pt",
        "meddra_version",
    }


def test_safety_answers_are_never_carried_over_and_the_minor_event_is_short() -> None:
    form = DEFINITIONS.form("adverse_event")
    assert not [item.id for item in form.fields if item.carry]
    minor = event(
        "adverse_event",
        aesi_category="0",
        ae_ongoing="0",
        causality_who="4",
        interrupted="0",
        **dict.fromkeys(CRITERIA, "0"),
    )
    assert len(required(minor)) <= 20


def test_codes_are_those_of_the_published_lists() -> None:
    lists = DEFINITIONS.code_lists
    assert set(lists["action_taken"].values) == {0, 1, 2, 3, 4, 9}
    assert set(lists["ae_outcome"].values) == {0, 1, 2, 3, 4, 5}
    assert lists["causality_who"].values == (1, 2, 3, 4, 5, 6)
    assert [lists["ae_outcome"].label(code).en for code in (4, 5)] == ["Recovered with sequelae", "Fatal"]  # type: ignore[union-attr]
    for code in lists["infection_site"].codes:  # one code, one meaning in both lists
        assert lists["serious_infection_site"].label(code.value) == code.label
