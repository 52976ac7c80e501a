"""The course of a subject: time to response, flares, damage, retention and observation, on days only."""

from __future__ import annotations

from typing import Any

import pytest
from centre_builders import (
    COURSE,
    DEFINITIONS,
    DRUGS,
    QUIET,
    claiming,
    course,
    enrolment,
    event,
    received,
    schedule,
    visit,
)

from anifro_desktop.centre.assembling import subjects
from anifro_desktop.centre.course import Course
from anifro_desktop.centre.course import course as course_of
from anifro_desktop.centre.exposure import DIED, FOLLOWED, LOST, WITHDRAWN
from anifro_desktop.record import Missing, Revision
from anifro_desktop.scores import retention
from anifro_desktop.scores.flare_events import FlareEvent

CODE = "P03-7KQF-4"
STOP: dict[str, Any] = {"dc_drug": 15, "dc_what": 4, "dc_permanence": 2, "dc_reason": 3, "dc_date": 500}


def told(revisions: list[Revision]) -> Course:
    """The course of the one subject."""
    (subject,) = subjects(received(revisions), DEFINITIONS)
    return course_of(subject)


def flaring(value: str | None, minimum: str | None = None) -> dict[str, Any]:
    """A flare result of that class, or open with a class that is certain."""
    return {"value": value, "complete": value is not None, "minimum": minimum, "parts": {}}


def assessments(*flares: tuple[str, int, dict[str, Any], int | None]) -> list[Revision]:
    """Visits by key, day and flare result, and the onset the clinician gave."""
    made = [enrolment(CODE), schedule(CODE, None)]
    for key, day, result, onset in flares:
        answers = QUIET if onset is None else {**QUIET, "flare_onset": onset}
        made += claiming(visit(CODE, key, day, answers), key, sfi=result)
    return made


def test_the_worked_patient_responds_when_the_worked_patient_responds() -> None:
    found = told(course(CODE)).responses
    assert {rule: (one.evaluable, one.event, one.days) for rule, one in found.items()} == {
        "ttr_lldas": (True, True, 183),
        "ttr_doris": (True, True, 366),
        "ttr_sledai4": (True, True, 183),
        "ttr_clasi50": (False, None, None),
        "ttr_joint50": (False, None, None),
        "ttr_gc5": (True, True, 183),
    }


def test_days_to_response_count_from_the_first_dose() -> None:
    """Enrolled 20 days after the first dose, which is day -20; baseline was before it."""
    made = [enrolment(CODE, dose_day=-20), schedule(CODE, None, day0=-20)]
    start = {**QUIET, **COURSE["baseline"][1]}
    made += visit(CODE, "baseline", -25, start)
    made += visit(CODE, "u01", 60, QUIET, ("baseline", start), ("baseline", start))
    found = told(made)
    assert (found.responses["ttr_doris"].event, found.responses["ttr_doris"].days) == (True, 80)
    assert (found.exposure.day0, found.exposure.entry, found.exposure.end) == (-20, 0, 60)


def test_without_a_baseline_nobody_knows_who_is_evaluable() -> None:
    found = told([item for item in course(CODE) if item.visit != "baseline"])
    assert {one.evaluable for one in found.responses.values()} == {None}


def test_the_worked_patient_flares_at_month_24() -> None:
    found = told(course(CODE))
    assert found.flares == (FlareEvent(735, "mild_moderate"),)
    assert found.open_flares == 0
    assert found.years == pytest.approx(735 / 365.25)


def test_close_flares_are_one_at_the_higher_class_and_the_onset_is_the_clinicians() -> None:
    mild, severe = flaring("mild_moderate"), flaring("severe")
    made = assessments(("u01", 100, mild, 92), ("u02", 121, severe, None), ("u03", 122, mild, None))
    assert told(made).flares == (FlareEvent(92, "severe", 2), FlareEvent(122, "mild_moderate"))


def test_a_flare_whose_class_is_open_counts_as_what_is_certain() -> None:
    made = assessments(
        ("u01", 50, flaring(None, "mild_moderate"), None),
        ("u02", 150, flaring(None, "none"), None),
        ("u03", 250, flaring("none"), None),
    )
    found = told(made)
    assert found.flares == (FlareEvent(50, "mild_moderate"),)
    assert found.open_flares == 1


def test_flares_before_entry_or_after_withdrawal_are_not_counted() -> None:
    severe = flaring("severe")
    made = assessments(("u01", 40, severe, -3), ("u02", 200, severe, None), ("u03", 400, severe, None))
    assert [one.onset for one in told(made).flares] == [200, 400]
    made.append(event(CODE, "wd-001", wd_date=300, wd_scope=1))
    found = told(made)
    assert [one.onset for one in found.flares] == [200]
    assert (found.exposure.end, found.exposure.why) == (300, WITHDRAWN)


def test_damage_accrues_at_the_first_assessment_above_baseline() -> None:
    made = course(CODE, visits=("baseline",))
    start = ("baseline", {**QUIET, **DRUGS, **COURSE["baseline"][1]})
    found = told(made).damage
    assert (found.baseline, found.last, found.accrued, found.day) == (0, 0, None, None)
    made += visit(CODE, "m12", 360, QUIET, start, start, start)
    found = told(made).damage
    assert (found.accrued, found.day) == (False, 360)
    worse = {**QUIET, "sdi_cataract": 1}
    made += visit(CODE, "m24", 731, worse, start, start, start)
    made += visit(CODE, "m36", 1096, worse, start, start, start)
    found = told(made).damage
    assert (found.baseline, found.last, found.accrued, found.day) == (0, 1, True, 731)


def test_an_unfinished_damage_index_tells_nothing() -> None:
    start = ("baseline", {**QUIET, **COURSE["baseline"][1]})
    made = [enrolment(CODE), schedule(CODE, None), *visit(CODE, "baseline", 0, start[1])]
    open_one = {**QUIET, "sdi_cataract": Missing.NOT_DONE}
    made += visit(CODE, "m12", 360, open_one, start, start, start)
    assert told(made).damage.accrued is None


@pytest.mark.parametrize(
    ("events", "event_", "days", "reason"),
    [
        ([], False, 735, None),
        ([STOP], True, 500, "adverse_event"),
        ([{**STOP, "dc_permanence": 1}], False, 735, None),
        ([{**STOP, "dc_permanence": Missing.NOT_KNOWN}], None, None, None),
        ([{**STOP, "dc_what": 5}], False, 735, None),
        ([{**STOP, "dc_drug": 4}], False, 735, None),
        ([{**STOP, "dc_what": 3}], False, 735, None),
        ([{**STOP, "dc_drug": 16, "dc_date": 200}, STOP], True, 200, "adverse_event"),
        ([{**STOP, "dc_date": Missing.NOT_KNOWN}], None, None, None),
    ],
)
def test_retention_ends_with_a_permanent_stop_of_anifrolumab_only(
    events: list[dict[str, Any]], event_: bool | None, days: int | None, reason: str | None
) -> None:
    made = course(CODE)
    made += [event(CODE, f"dc-{number:03}", **one) for number, one in enumerate(events, 1)]
    found = told(made).exposure.retained
    assert found is not None
    assert (found.event, found.days, found.reason) == (event_, days, reason)


def test_a_stop_without_a_day_is_dated_by_the_last_dose() -> None:
    made = [*course(CODE), event(CODE, "dc-001", **{**STOP, "dc_date": Missing.NOT_KNOWN})]
    made += [event(CODE, f"ad-{number:03}", ad_given=1, ad_date=28 * number) for number in range(1, 6)]
    made.append(event(CODE, "ad-006", ad_given=0, ad_date=168))
    found = told(made).exposure
    assert found.retained is not None
    assert (found.last, found.retained.event, found.retained.days) == (140, True, 140)


def test_death_ends_treatment_and_observation() -> None:
    found = told([*course(CODE), event(CODE, "de-001", de_date=740, de_cause=2)]).exposure
    assert (found.end, found.why) == (740, DIED)
    assert found.retained is not None
    assert (found.retained.event, found.retained.days, found.retained.reason) == (True, 740, "death")
    assert found.ended


def test_the_reasons_of_the_form_are_those_of_the_rule_in_order() -> None:
    english = [code.label.en.lower() for code in DEFINITIONS.code_lists["stop_reason"].codes]
    assert [code.value for code in DEFINITIONS.code_lists["stop_reason"].codes] == list(range(1, 14))
    for reason, label in zip(retention.REASONS, english, strict=True):
        assert reason.split("_")[0][:5] in label, (reason, label)


def test_who_had_no_dose_has_no_retention() -> None:
    found = told([enrolment(CODE, dose_day=None), *visit(CODE, "m06", 183, QUIET)]).exposure
    assert (found.first, found.retained, found.day0) == (None, None, 0)


def test_the_last_day_heard_of_ends_observation() -> None:
    made = [*course(CODE), event(CODE, "hs-001", hs_admission=760, hosp_reason=1)]
    made.append(event(CODE, "mv-001", mv_visit=36, mv_date=1200))  # no news of the patient
    found = told(made)
    assert (found.exposure.end, found.exposure.why, found.hospital) == (760, FOLLOWED, 1)
    made.append(event(CODE, "lo-001", lo_last_contact=790, lo_reason=3))
    found = told(made)
    assert (found.exposure.end, found.exposure.why) == (790, LOST)


def test_the_earlier_of_withdrawal_and_death_ends_observation() -> None:
    made = [*course(CODE), event(CODE, "de-001", de_date=900, de_cause=6)]
    made.append(event(CODE, "wd-001", wd_date=800, wd_scope=1, wd_last_contact=700))
    assert (told(made).exposure.end, told(made).exposure.why) == (800, WITHDRAWN)
    assert told(made).exposure.retained == retention.on_days(0, [retention.Event("death", 900)], [800])


def test_who_was_on_the_drug_before_is_observed_from_enrolment() -> None:
    made = [enrolment(CODE, dose_day=-400), schedule(CODE, "m24", day0=-400)]
    made += visit(CODE, "u01", 100, QUIET)
    found = told(made)
    assert (found.exposure.entry, found.exposure.end) == (0, 100)
    assert found.years == pytest.approx(100 / 365.25)
    assert found.exposure.years(found.exposure.day0) == pytest.approx(500 / 365.25)
    assert "m06" not in found.due  # its window closed on day -187
    assert {"m12", "m24"} <= set(found.due)


def test_an_event_known_to_its_month_tells_of_observation_up_to_the_first_day_that_it_may_be() -> None:
    made = [enrolment(CODE), schedule(CODE, None), *visit(CODE, "baseline", 0, QUIET)]
    found = told([*made, event(CODE, "ae-001", ae_start={"months": 3})]).exposure
    assert found.end == 60  # enrolled on 31 January, it may have begun on 1 April
    again = told([*made, event(CODE, "ae-001", ae_start={"months": -3})]).exposure
    assert again.end == 0


def test_zoster_after_the_end_of_observation_is_no_first_one() -> None:
    made = [enrolment(CODE), schedule(CODE, None), *visit(CODE, "baseline", 0, QUIET)]
    made += [event(CODE, "de-001", de_date=400), event(CODE, "ae-001", aesi_category=1, ae_start=401)]
    assert told(made).zoster == (False, None)
    on_the_day = event(CODE, "ae-002", aesi_category=1, ae_start=400)
    assert told([*made, on_the_day]).zoster == (True, 400)
