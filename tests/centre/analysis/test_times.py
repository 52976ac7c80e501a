"""Times to an event: who counts from when until when, against a second, naive computation and at the edges."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from centre_builders import DEFINITIONS, QUIET, claiming, course, enrolment, event, received, schedule, visit
from times_again import naive, naive_survival
from times_population import QUIET_EXPOSURE, adverse, moment, person, population

from anifro_desktop.centre.analysis import times
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.centre.analysis.person import person as person_of
from anifro_desktop.centre.analysis.table import Cell, Record, Row, Section, Table
from anifro_desktop.centre.assembling import subjects
from anifro_desktop.centre.course import Damage, OpenFlare
from anifro_desktop.record import Revision
from anifro_desktop.scores import retention
from anifro_desktop.scores.flare_events import FlareEvent

CODE = "P03-7KQF-4"
MONTHS = (6, 12, 24, 36, 48, 60)
MAKERS = (
    times.time_to_response,
    times.time_to_flare,
    times.time_to_damage,
    times.drug_retention,
    times.time_to_infection,
)


@pytest.fixture(scope="module")
def people() -> list[Person]:
    return population(250, seed=11)


@pytest.fixture(scope="module")
def sections(people: list[Person]) -> list[Section]:
    return [maker(people) for maker in MAKERS]


def lines(section: Section, name: str) -> dict[str, dict[str, Cell]]:
    """The cells of a table, by line and column."""
    (table,) = [one for one in section.tables if one.name == name]
    return {row.heads[0].name: cells(table, row) for row in table.rows}


def cells(table: Table, row: Row) -> dict[str, Cell]:
    return {column.name: cell for column, cell in zip(table.columns, row.cells, strict=True)}


def numbers(line: Mapping[str, Cell], *names: str) -> tuple[float | None, ...]:
    return tuple(line[name].value for name in names)


def told(revisions: list[Revision]) -> Person:
    (subject,) = subjects(received(revisions), DEFINITIONS)
    return person_of(subject)


def test_every_line_of_every_table_is_that_of_a_second_computation(
    people: list[Person], sections: list[Section]
) -> None:
    seen = 0
    reasons: set[str] = set()
    for table in [table for section in sections for table in section.tables]:
        for row in table.rows:
            line, at = row.heads[0].name, cells(table, row)
            answers = [naive(table.name, line, one) for one in people if one.enrolled is True]
            inside = [answer for answer in answers if not isinstance(answer, str)]
            expected: dict[str, float] = {
                "enrolled": len(answers),
                **{why: answers.count(why) for why in ("untreated", "not_evaluable", "unsettled", "no_time")},
                "analysed": len(inside),
                "events": sum(event for _, _, event in inside),
                "censored": sum(not event for _, _, event in inside),
            }
            assert {name: at[name].value for name in expected} == expected, (table.name, line)
            assert at["years"].value == pytest.approx(
                float(sum(out - begin for begin, out, _ in inside)) / 365.25
            )
            for month in MONTHS:
                left = naive_survival(inside, Fraction(304375, 10000) * month)
                if table.name.startswith("ttr_"):
                    left = None if left is None else 1 - left
                shown = at[f"m{month:02d}"].value
                assert (shown is None) == (left is None), (table.name, line, month)
                assert shown is None or shown == pytest.approx(float(left or 0), abs=1e-9)
            reasons.update(answer for answer in answers if isinstance(answer, str))
            seen += 1
    assert reasons == {"untreated", "not_evaluable", "unsettled", "no_time"}
    assert seen == 6 * 5 + 2 * 4 + 3 + 7 + 2 * 4


def test_numbers_at_risk_under_every_curve_are_those_of_a_second_count(
    people: list[Person], sections: list[Section]
) -> None:
    for figure in [figure for section in sections for figure in section.figures]:
        assert figure.marks == (0, *MONTHS)
        for series in figure.series:
            answers = [naive(figure.table, series.name, one) for one in people if one.enrolled is True]
            inside = [answer for answer in answers if not isinstance(answer, str)]
            first = sum(begin == 0 for begin, _, _ in inside)
            days = [Fraction(304375, 10000) * month for month in MONTHS]
            later = [sum(begin < day <= out for begin, out, _ in inside) for day in days]
            assert series.at_risk == (first, *later), (figure.name, series.name)
            xs = [point.x for point in series.points]
            assert xs == sorted(xs)
            assert all(0 <= point.y <= 1 for point in series.points)


def test_names_are_stable_and_labels_stand_in_both_languages(sections: list[Section]) -> None:
    tables = [table for section in sections for table in section.tables]
    names = [section.name for section in sections] + [
        figure.name for one in sections for figure in one.figures
    ]
    names += [
        named.name for table in tables for named in (*table.columns, *(row.heads[0] for row in table.rows))
    ]
    assert all(re.fullmatch("[a-z][a-z0-9_]*", name) for name in names)
    assert len({table.name for table in tables}) == len(tables) == 12
    labels = [named.label for table in tables for named in table.columns]
    labels += [note for table in tables for note in table.notes] + [table.title for table in tables]
    assert all(label.it and label.en for label in labels)


def test_every_event_names_the_record_behind_it() -> None:
    found = lines(times.time_to_response([told(course(CODE))]), "ttr_lldas")["delayed"]
    assert found["events"].behind == (Record("P03", CODE, "m06"),)
    assert found["median"].value == 183
    # 6 months are 182.625 days: a visit on day 183 is too late for them
    assert numbers(found, "m06", "m12") == (0.0, 1.0)


def test_a_response_lost_at_the_next_assessment_is_not_confirmed() -> None:
    found = lines(times.time_to_response([told(course(CODE))]), "ttr_doris")
    assert numbers(found["delayed"], "events", "censored") == (1, 0)
    assert numbers(found["confirmed"], "events", "censored") == (0, 1)
    assert found["confirmed"]["years"].value == pytest.approx(735 / 365.25)


def test_an_assessment_that_could_not_be_judged_does_not_unconfirm() -> None:
    seen = (
        moment("baseline", 0, doris=False),
        moment("a", 90, doris=True),
        moment("b", 180),
        moment("c", 365, doris=True),
    )
    found = lines(times.time_to_response([person(assessments=seen)]), "ttr_doris")["confirmed"]
    assert found["events"].behind == (Record("P03", CODE, "a"),)
    assert found["median"].value == 90


def test_an_open_assessment_before_the_hit_leaves_the_settled_reading_only() -> None:
    seen = (moment("baseline", 0, doris=False), moment("a", 90), moment("b", 180, doris=True))
    found = lines(times.time_to_response([person(assessments=seen)]), "ttr_doris")
    assert numbers(found["delayed"], "unsettled", "analysed") == (1, 0)
    assert numbers(found["delayed_observed"], "unsettled", "events", "median") == (0, 1, 180)


def test_whoever_was_on_the_drug_is_at_risk_from_enrolment_on() -> None:
    late = replace(
        QUIET_EXPOSURE, day0=-200, first=-200, end=800, retained=retention.on_days(-200, [], [800])
    )
    seen = (moment("baseline", -3, doris=False), moment("a", 150, doris=True))
    held = [person(exposure=late, assessments=seen)]
    response = lines(times.time_to_response(held), "ttr_doris")
    assert numbers(response["delayed"], "no_time", "events") == (1, 0)
    assert numbers(response["naive"], "no_time", "events") == (0, 1)
    kept = lines(times.drug_retention(held), "drug_retention")
    assert kept["delayed"]["years"].value == pytest.approx(800 / 365.25)
    assert kept["naive"]["years"].value == pytest.approx(1000 / 365.25)
    assert numbers(kept["delayed"], "m06", "m12") == (None, 1.0)


@pytest.mark.parametrize(
    ("onset", "outcome"), [(0, "no_time"), (1, "events"), (1000, "events"), (1001, "censored")]
)
def test_a_flare_counts_from_the_day_after_entry_to_the_last_day(onset: int, outcome: str) -> None:
    flaring = person(flares=(FlareEvent(onset, "severe"),))
    for table in ("first_flare", "first_severe_flare"):
        found = lines(times.time_to_flare([flaring]), table)["delayed"]
        assert found[outcome].value == 1


@pytest.mark.parametrize(
    ("one", "flare", "severe"),
    [
        (OpenFlare(300, "none", "severe"), True, True),
        (OpenFlare(500, "none", "severe"), False, False),
        (OpenFlare(499, "none", "mild_moderate"), True, False),
        (OpenFlare(499, "mild_moderate", "severe"), False, True),
        (OpenFlare(None, "none", "mild_moderate"), True, False),
        (OpenFlare(None, "mild_moderate", "mild_moderate"), True, False),
        (OpenFlare(-1, "none", "severe"), False, False),
    ],
)
def test_an_open_assessment_excludes_whose_first_flare_it_may_be(
    one: OpenFlare, flare: bool, severe: bool
) -> None:
    made = person(flares=(FlareEvent(500, "severe"),), unsettled_flares=(one,))
    section = times.time_to_flare([made])
    for table, unsettled in (("first_flare", flare), ("first_severe_flare", severe)):
        found = lines(section, table)
        assert found["delayed"]["unsettled"].value == unsettled
        assert numbers(found["delayed_observed"], "events", "median") == (1, 500)


def test_an_open_class_of_a_visit_reaches_the_analysis() -> None:
    made = [enrolment(CODE), schedule(CODE, None)]
    results: dict[str, Any] = {"complete": False, "value": None, "parts": {}}
    made += claiming(
        visit(CODE, "m06", 180, QUIET),
        "m06",
        sfi={**results, "minimum": "mild_moderate", "maximum": "severe"},
    )
    made += claiming(
        visit(CODE, "m12", 365, QUIET), "m12", sfi={**results, "value": "severe", "complete": True}
    )
    one = told(made)
    assert one.unsettled_flares == (OpenFlare(180, "mild_moderate", "severe"),)
    section = times.time_to_flare([one])
    assert lines(section, "first_flare")["delayed"]["median"].value == 180
    assert lines(section, "first_severe_flare")["delayed"]["unsettled"].value == 1


def test_damage_stands_on_the_day_it_was_seen_and_half_way_before() -> None:
    seen = (
        moment("baseline", 0),
        moment("m12", 360, sdi_accrual=False),
        moment("m24", 720, sdi_accrual=True),
    )
    found = lines(
        times.time_to_damage([person(assessments=seen, damage=Damage(0, 1, True, 720))]), "time_to_damage"
    )
    assert found["delayed_observed"]["median"].value == 720
    assert found["halfway"]["median"].value == 540
    assert found["delayed_observed"]["events"].behind == (Record("P03", CODE, "m24"),)


def test_damage_that_cannot_be_compared_is_unknown_and_not_absent() -> None:
    found = lines(times.time_to_damage([person(damage=Damage(None, 0, None, None))]), "time_to_damage")
    assert numbers(found["delayed_observed"], "unsettled", "censored") == (1, 0)


def kept(*events: retention.Event, last: int | None = 900) -> Person:
    held = retention.on_days(0, list(events), [1000], last)
    return person(exposure=replace(QUIET_EXPOSURE, last=last, retained=held))


def test_a_reason_counts_and_the_others_are_censored_on_their_day() -> None:
    people = [
        kept(retention.Event("permanent_stop", 100, "secondary_inefficacy")),
        kept(retention.Event("permanent_stop", 200, "infection")),
        kept(retention.Event("permanent_stop", 300, "patient_decision")),
        kept(retention.Event("permanent_stop", 400, None)),
        kept(retention.Event("death", 500)),
        kept(),
    ]
    found = lines(times.drug_retention(people), "drug_retention")
    names = ("unsettled", "events", "censored")
    assert numbers(found["delayed"], *names) == (0, 5, 1)
    assert numbers(found["inefficacy"], *names) == (1, 1, 4)
    assert numbers(found["adverse_event"], *names) == (1, 1, 4)
    assert found["delayed"]["m06"].value == pytest.approx(5 / 6)
    assert found["inefficacy"]["m60"].value is None


def test_a_stop_that_may_be_for_good_is_unknown_and_observed_as_going_on() -> None:
    found = lines(times.drug_retention([kept(retention.Event(None, 100))]), "drug_retention")
    assert numbers(found["delayed"], "unsettled", "analysed") == (1, 0)
    assert numbers(found["delayed_observed"], "events", "censored") == (0, 1)
    assert found["delayed_observed"]["years"].value == pytest.approx(1000 / 365.25)


def test_the_last_dose_may_stand_for_the_decision() -> None:
    stop = retention.Event("permanent_stop", 700, "other")
    found = lines(times.drug_retention([kept(stop, last=616)]), "drug_retention")
    assert (found["delayed"]["median"].value, found["last_dose"]["median"].value) == (700, 616)


def test_an_infection_of_which_the_month_is_known_stands_in_its_middle_in_the_observed_reading() -> None:
    one = person(adverse=(adverse("ae-001", (60, 90), 1),), zoster=(True, None), infection=(True, None))
    section = times.time_to_infection([one])
    for table in ("first_zoster", "first_serious_infection"):
        found = lines(section, table)
        assert numbers(found["delayed"], "unsettled", "analysed") == (1, 0)
        assert numbers(found["delayed_observed"], "events", "median") == (1, 75)
        assert found["delayed_observed"]["events"].behind == (Record("P03", CODE, "ae-001"),)


def test_an_infection_on_the_day_of_entry_leaves_no_time_at_risk_and_is_not_passed_over() -> None:
    one = person(adverse=(adverse("ae-001", (0, 0), 1),), zoster=(True, 0), infection=(True, 0))
    section = times.time_to_infection([one])
    for table in ("first_zoster", "first_serious_infection"):
        for line in ("delayed", "delayed_observed"):
            assert numbers(lines(section, table)[line], "no_time", "censored") == (1, 0)


def test_a_zoster_of_the_store_is_an_event_on_its_day() -> None:
    made = [*course(CODE), event(CODE, "ae-001", aesi_category=1, ae_start=70, ser_hospitalisation=1)]
    section = times.time_to_infection([told(made)])
    for table in ("first_zoster", "first_serious_infection"):
        found = lines(section, table)["delayed"]
        assert found["median"].value == 70
        assert found["events"].behind == (Record("P03", CODE, "ae-001"),)


def test_who_is_not_enrolled_or_not_treated_is_in_no_analysis_and_the_untreated_are_counted() -> None:
    untreated = replace(QUIET_EXPOSURE, first=None, last=None, retained=None)
    held = [person("A", enrolled=False), person("B", enrolled=None), person("C", exposure=untreated)]
    for maker in MAKERS:
        for table in maker(held).tables:
            for row in table.rows:
                assert numbers(cells(table, row), "enrolled", "untreated", "analysed") == (1, 1, 0)


def test_of_nobody_every_table_stands_with_zeros_and_without_estimates() -> None:
    for maker in MAKERS:
        section = maker([])
        for table in section.tables:
            for row in table.rows:
                found = cells(table, row)
                assert numbers(found, "enrolled", "events", "median", "m60") == (0, 0, None, None)
        assert all(series.points == () for figure in section.figures for series in figure.series)


def test_a_curve_that_came_down_while_few_were_at_risk_says_so_under_table_and_figure() -> None:
    late = replace(QUIET_EXPOSURE, day0=-500, first=-500, end=500)
    people = [person("A", flares=(FlareEvent(100, "severe"),)), person("B", exposure=late)]
    section = times.time_to_flare(people)
    assert any("day 100 all subjects at risk (1)" in note.en for note in section.tables[0].notes)
    assert any("giorno 100" in note.it for note in section.figures[0].notes)


def test_response_is_the_share_with_it_and_limits_turn_with_it() -> None:
    def responding(code: str, day: int) -> Person:
        return person(code, assessments=(moment("baseline", 0, doris=False), moment("a", day, doris=True)))

    people = [responding("A", 100), responding("B", 200), responding("C", 400)]
    cell = lines(times.time_to_response(people), "ttr_doris")["delayed"]["m06"]
    assert cell.value == pytest.approx(1 / 3)
    assert cell.low is not None
    assert cell.high is not None
    # log(-log S) limits of S = 2/3 with Greenwood's error, worked by hand: 0.0541 to 0.9452
    assert cell.low == pytest.approx(1 - 0.9452, abs=5e-4)
    assert cell.high == pytest.approx(1 - 0.0541, abs=5e-4)
