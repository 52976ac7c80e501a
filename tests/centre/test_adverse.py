"""What the centre works out of adverse events, from days and from dates of which the day is not known."""

from __future__ import annotations

from typing import Any

import pytest
from centre_builders import DEFINITIONS, enrolment, event, received, schedule

from anifro_desktop.centre.adverse import RELATED, Adverse, first_start
from anifro_desktop.centre.assembling import subjects
from anifro_desktop.centre.course import Course, course
from anifro_desktop.record import Missing, Revision
from anifro_desktop.scores.ae import CRITERIA

CODE = "P03-7KQF-4"
NOT_SERIOUS: dict[str, Any] = dict.fromkeys(CRITERIA, 0)
STOPPED: dict[str, Any] = {"dc_drug": 15, "dc_what": 4, "dc_permanence": 2, "dc_reason": 7, "dc_date": 60}


def told(*events: Revision) -> Course:
    """The course of a subject with these events, first dosed at enrolment and last on day 56."""
    made = [enrolment(CODE), schedule(CODE, None)]
    made += [event(CODE, f"ad-{number:03}", ad_given=1, ad_date=28 * (number - 1)) for number in (1, 2, 3)]
    (subject,) = subjects(received([*made, *events]), DEFINITIONS)
    return course(subject)


def one(*others: Revision, **answers: Any) -> Adverse:
    """One adverse event among these."""
    (found,) = told(event(CODE, "ae-001", **{"aesi_category": 0, **answers}), *others).adverse
    return found


@pytest.mark.parametrize(
    ("start", "day", "onset", "emergent"),
    [
        (-1, -1, "pre_treatment", False),
        (0, 0, "early", True),
        (140, 140, "early", True),
        (141, 141, "early", False),
        (168, 168, "early", False),
        (169, 169, "late", False),
        ({"months": 2}, None, "early", True),  # day 29 to 91
        ({"months": 0}, None, None, None),
        ({"months": -1}, None, "pre_treatment", False),
        ({"months": 6}, None, None, False),
        ({"years": 1}, None, None, None),
        ({"years": 2}, None, "late", False),
        (Missing.NOT_KNOWN, None, None, None),
    ],
)
def test_onset_is_definite_where_every_possible_day_agrees(
    start: Any, day: int | None, onset: str | None, emergent: bool | None
) -> None:
    found = one(event(CODE, "dc-001", **STOPPED), ae_start=start)
    assert (found.onset_day, found.onset_class, found.emergent) == (day, onset, emergent)


def test_long_after_the_last_known_dose_is_open_while_treatment_goes_on() -> None:
    assert one(ae_start=140).emergent is True
    assert one(ae_start=141).emergent is None
    assert one(event(CODE, "dc-001", **{**STOPPED, "dc_permanence": 1}), ae_start=141).emergent is None
    assert one(event(CODE, "dc-001", **STOPPED), ae_start=141).emergent is False
    assert one(ae_start=-30).emergent is False


@pytest.mark.parametrize(
    ("answers", "serious"),
    [
        ({}, None),
        (NOT_SERIOUS, False),
        ({**NOT_SERIOUS, "ser_important": Missing.NOT_KNOWN}, None),
        ({"ser_hospitalisation": 1}, True),
    ],
)
def test_serious_as_soon_as_one_criterion_is(answers: dict[str, Any], serious: bool | None) -> None:
    assert one(**answers).serious is serious


@pytest.mark.parametrize(
    ("code", "related"),
    [
        (1, "related"),
        (3, "related"),
        (4, "not_related"),
        (5, "not_assessed"),
        (6, "not_assessed"),
        (Missing.NOT_KNOWN, None),
    ],
)
def test_related_by_causality(code: Any, related: str | None) -> None:
    assert one(causality_who=code).related == related


def test_the_codes_of_causality_are_those_of_the_rule() -> None:
    labels = {code.value: code.label.en.lower() for code in DEFINITIONS.code_lists["causality_who"].codes}
    assert labels == RELATED


@pytest.mark.parametrize(
    ("answers", "mace"),
    [
        ({"aesi_category": 0}, False),
        ({"aesi_category": 4, "cv_type": 1}, True),
        ({"aesi_category": 4, "cv_type": 3}, True),
        ({"aesi_category": 4, "cv_type": 4}, False),
        ({"aesi_category": 4}, None),
    ],
)
def test_major_cardiovascular_events(answers: dict[str, Any], mace: bool | None) -> None:
    assert one(**answers).mace is mace


def test_the_first_zoster_and_the_first_serious_infection() -> None:
    found = told(
        event(CODE, "ae-001", aesi_category=1, ae_start=-40, **NOT_SERIOUS),
        event(CODE, "ae-002", aesi_category=1, ae_start=70, **NOT_SERIOUS),
        event(CODE, "ae-003", aesi_category=1, ae_start=30, **NOT_SERIOUS),
        event(CODE, "ae-004", aesi_category=3, ae_start=20, **NOT_SERIOUS),
        event(CODE, "ae-005", aesi_category=3, ae_start=90, ser_hospitalisation=1),
        event(CODE, "ae-006", aesi_category=2, ae_start=95),
    )
    assert found.zoster == (True, 30)
    assert found.infection == (True, 90)


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ([], (False, None)),
        ([(False, (5, 5))], (False, None)),
        ([(True, (-9, -9))], (False, None)),
        ([(True, (5, 5)), (True, (3, 3))], (True, 3)),
        ([(True, (5, 5)), (None, (3, 3))], (True, None)),
        ([(True, (5, 5)), (True, (4, 61))], (True, None)),
        ([(True, (5, 5)), (True, None)], (True, None)),
        ([(True, (5, 5)), (True, (6, 61))], (True, 5)),
        ([(True, (-9, 61))], (None, None)),
        ([(True, None)], (None, None)),
        ([(None, (5, 5))], (None, None)),
    ],
)
def test_a_first_day_is_told_only_where_no_other_can_be_earlier(starts: Any, expected: Any) -> None:
    assert first_start(starts, 0) == expected
