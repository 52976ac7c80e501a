"""Answers against what the definitions suggest, judged with the facts of other records. All patients are synthetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from centre_builders import (
    DEFINITIONS,
    DRUGS,
    QUIET,
    Past,
    classification,
    enrolment,
    event,
    received,
    revision,
    schedule,
    visit,
)

from anifro_desktop.centre.assembling import Subject, subjects
from anifro_desktop.centre.monitoring.contradictions import of_subjects
from anifro_desktop.centre.suggesting import contradicting
from anifro_desktop.record import Revision

CODE = "P03-7KQF-4"
BEFORE: Mapping[str, Any] = {**QUIET, **DRUGS}
DOSE = {"ad_given": 1, "ad_date": 100, "ad_route": 1}


def made(before: Mapping[str, Any], after: Mapping[str, Any], events: Mapping[str, Any]) -> list[Revision]:
    first: dict[str, Any] = {**BEFORE, **before}
    past: Past = ("baseline", first)
    return [
        enrolment(CODE),
        schedule(CODE, "m06"),
        *visit(CODE, "baseline", 0, first),
        *visit(CODE, "m06", 183, {**BEFORE, **after}, past, past, past),
        *(event(CODE, key, **answers) for key, answers in events.items()),
    ]


def subject_of(revisions: Iterable[Revision]) -> Subject:
    (subject,) = subjects(received(revisions), DEFINITIONS)
    return subject


def against(
    before: Mapping[str, Any], after: Mapping[str, Any], events: Mapping[str, Any]
) -> set[tuple[str, str]]:
    found = contradicting(subject_of(made(before, after, events)), DEFINITIONS)
    return {(one.key, one.field) for one in found}


@pytest.mark.parametrize(
    ("place", "before", "after", "events", "beside"),
    [
        (  # a count of joints is worked out from the answers
            ("m06", "arthritis"),
            {},
            {"arthritis": 0, "tjc28": 2, "sjc28": 2, "active28": 2, "swollen_not_sle": 0},
            {},
            {"after": {"arthritis": 1, "tjc28": 2, "sjc28": 2, "active28": 2, "swollen_not_sle": 0}},
        ),
        (  # what was there at the visit before is not new
            ("m06", "nw_rash"),
            {"rash": 0},
            {"rash": 1, "nw_rash": 0},
            {},
            {"before": {"rash": 1}},
        ),
        (  # a dose skipped since the visit before, up to its day
            ("m06", "since_dose_missed"),
            {},
            {"since_dose_missed": 0},
            {"ad-001": {"ad_given": 0, "ad_date": 183}},
            {"events": {"ad-001": {"ad_given": 0, "ad_date": 184}}},
        ),
        (  # the drug was stopped
            ("m06", "on_azathioprine"),
            {},
            {},
            {"dc-001": {"dc_drug": 5, "dc_what": 4, "dc_date": 182}},
            {"events": {"dc-001": {"dc_drug": 5, "dc_what": 4}}},  # its day is open
        ),
        (
            ("ae-001", "zos_disseminated"),
            {},
            {},
            {"ae-001": {"aesi_category": 1, "zos_dermatomes": 3, "zos_disseminated": 0}},
            {"events": {"ae-001": {"aesi_category": 1, "zos_dermatomes": 2, "zos_disseminated": 0}}},
        ),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else None,
)
def test_an_answer_against_what_else_is_recorded_is_found_and_what_stands_beside_it_is_not(
    place: tuple[str, str],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    events: Mapping[str, Any],
    beside: Mapping[str, Any],
) -> None:
    given = {"before": before, "after": after, "events": events}
    assert place in against(**given)
    assert place not in against(**{**given, **beside})


def test_the_criteria_of_the_enrolment_are_held_against_baseline() -> None:
    revisions = [
        *made({"platelets": 80, "thrombocytopenia": 1}, {}, {}),
        classification(CODE, cl_thrombocytopenia=0),
    ]
    (one,) = (one for one in contradicting(subject_of(revisions), DEFINITIONS) if not one.key)
    assert (one.field, one.elsewhere) == ("cl_thrombocytopenia", True)


def test_a_quiet_patient_and_one_whose_site_gave_a_reason_are_not_asked() -> None:
    assert against({}, {}, {}) == set()
    revisions = made({"rash": 0}, {"rash": 1, "nw_rash": 0}, {})
    (old,) = (one for one in revisions if (one.visit, one.form) == ("m06", "flare"))
    note = {"nw_rash": {"kind": "override", "reason": 5, "text": ""}}
    kept = revision(CODE, "m06", "flare", old.values, 183, notes=note, ver=2, prev=old.digest())
    found = contradicting(subject_of([*revisions, kept]), DEFINITIONS)
    assert ("m06", "nw_rash") not in {(one.key, one.field) for one in found}


def test_one_question_is_asked_of_one_answer() -> None:
    quiet = {"since_ae": 0, "since_hospital": 0, "since_treatment": 0, "since_vaccine_pregnancy": 0}
    subject = subject_of(made({}, quiet, {"ae-001": {"ae_start": 90}}))
    found = [one for one in of_subjects([subject], DEFINITIONS, (), "it") if one.question.field == "since_ae"]
    assert [one.rule for one in found] == ["since_ae_denied"]


@pytest.mark.parametrize(
    ("lang", "words"),
    [("it", "ciò che è registrato altrove"), ("en", "what is recorded elsewhere")],
)
def test_the_question_says_with_what_the_answer_does_not_go(lang: str, words: str) -> None:
    subject = subject_of(made({}, {}, {"dc-001": {"dc_drug": 5, "dc_what": 4, "dc_date": 182}}))
    (one,) = (
        one
        for one in of_subjects([subject], DEFINITIONS, (), lang)
        if one.question.field == "on_azathioprine"
    )
    assert words in one.question.text
    assert "()" not in one.question.text
