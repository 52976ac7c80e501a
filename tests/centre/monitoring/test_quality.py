"""The tables of data quality: what a site would be called about, counted again by hand. All patients are synthetic."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from centre_builders import (
    DEFINITIONS,
    enrolment,
    event,
    history,
    schedule,
    visit,
)
from centre_monitored import ANSWERS, CODE, OTHER, SECOND, cell, looked_at, patient
from centre_sites import FakeClock, SyntheticSite

from anifro_desktop.centre import querying
from anifro_desktop.centre.analysis.table import Record, Section, Table
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.monitoring import conduct, digits, missing_forms
from anifro_desktop.centre.monitoring.contradictions import raise_contradictions
from anifro_desktop.centre.monitoring.quality import quality
from anifro_desktop.centre.monitoring.watching import watched
from anifro_desktop.centre.monitoring.writing import as_csv, as_text, of_site
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.querying import Question
from anifro_desktop.record import Missing, Revision


def table(section: Section, name: str) -> Table:
    return next(one for one in section.tables if one.name == name)


def test_a_visit_is_outside_its_window_from_the_day_after_its_last() -> None:
    closes = schedule(CODE, "m12").values["m06_closes"]
    assert isinstance(closes, int)
    found = looked_at(
        ("P03", patient(CODE, {"baseline": 0, "m06": closes}), {}),
        ("P04", patient(OTHER, {"baseline": 0, "m06": closes + 1}), {}),
    )
    made = conduct.visits(found)
    assert cell(made, "outside", "site_p03").value == 0
    assert cell(made, "outside", "site_p04").behind == (Record("P04", OTHER, "m06"),)
    # baseline, m06 and m12 are due: of the first site two came in their windows, of the second one
    assert [cell(made, "made", site).value for site in ("site_p03", "site_p04", "all")] == [2, 1, 3]
    assert [cell(made, "due", site).value for site in ("site_p03", "site_p04", "all")] == [3, 3, 6]
    assert cell(made, "made_share", "all").value == 0.5


def test_a_visit_is_outside_its_window_up_to_the_day_before_its_first() -> None:
    opens = schedule(CODE, "m12").values["m06_opens"]
    assert isinstance(opens, int)
    found = looked_at(
        ("P03", patient(CODE, {"baseline": 0, "m06": opens}), {}),
        ("P04", patient(OTHER, {"baseline": 0, "m06": opens - 1}), {}),
    )
    made = conduct.visits(found)
    assert [cell(made, "outside", site).value for site in ("site_p03", "site_p04")] == [0, 1]


def test_a_missed_visit_is_told_of_or_not() -> None:
    told = [*patient(CODE, {"baseline": 0, "m06": 183}), event(CODE, "mv-001", mv_visit=12, mv_reason=1)]
    made = conduct.visits(
        looked_at(("P03", told, {}), ("P04", patient(OTHER, {"baseline": 0, "m06": 183}), {}))
    )
    assert cell(made, "missed_told", "site_p03").behind == (Record("P03", CODE, "m12"),)
    assert cell(made, "missed_silent", "site_p03").value == 0
    assert cell(made, "missed_silent", "site_p04").behind == (Record("P04", OTHER, "m12"),)


def test_a_visit_is_late_by_what_is_certain_and_no_more() -> None:
    days = {"baseline": 0, "m06": 183, "m12": 366}
    arrivals = {"baseline": 105, "m06": 288 + 31, "m12": 471 + 30}  # 105 days after the first two, then later
    made = conduct.late(looked_at(("P03", patient(CODE, days), arrivals)))
    assert cell(made, "late", "site_p03").behind == (Record("P03", CODE, "m06"),)
    assert (cell(made, "median", "site_p03").value, cell(made, "longest", "site_p03").value) == (30, 31)
    assert conduct.lateness([]) == []


def test_a_form_copied_from_the_visit_before_is_told_and_one_with_another_answer_is_not() -> None:
    same = patient(
        CODE, {"baseline": 0, "m06": 183}, {"systolic_bp": 120, "diastolic_bp": 80, "heart_rate": 70}
    )
    other = patient(OTHER, {"baseline": 0}, {"systolic_bp": 120, "diastolic_bp": 80, "heart_rate": 70})
    other += visit(OTHER, "m06", 183, {**ANSWERS, "systolic_bp": 120, "diastolic_bp": 80, "heart_rate": 71})
    few = patient(
        SECOND, {"baseline": 0, "m06": 183}, {"systolic_bp": 120, "diastolic_bp": 80}
    )  # three answers
    made = conduct.identical(looked_at(("P03", [*same, *few], {}), ("P04", other, {})))
    assert cell(made, "identical", "vitals", "site_p03").behind == (Record("P03", CODE, "m06"),)
    assert cell(made, "pairs", "vitals", "site_p03").value == 1
    assert cell(made, "identical", "vitals", "site_p04").value == 0
    assert cell(made, "identical", "sf36", "all").value == 3


def test_missing_answers_are_those_of_a_count_by_hand() -> None:
    answers = {**ANSWERS, "platelets": Missing.NOT_DONE, "haemoglobin": None}
    revisions = [
        enrolment(CODE),
        *visit(CODE, "baseline", 0, {k: v for k, v in answers.items() if v is not None}),
    ]
    section = quality(looked_at(("P03", revisions, {})))
    by_field = table(section, "quality_missing_field")
    record = Record("P03", CODE, "baseline")
    assert cell(by_field, "unanswered", "laboratory", "haemoglobin", "site_p03").behind == (record,)
    assert cell(by_field, "not_done", "laboratory", "platelets", "site_p03").behind == (record,)
    assert cell(by_field, "unanswered", "laboratory", "platelets", "site_p03").value == 0
    assert not [row for row in by_field.rows if row.heads[1].name == "wbc"]  # it is answered
    asked, without = naive(revisions)
    by_site = table(section, "quality_missing")
    assert cell(by_site, "asked", "site_p03").value == asked
    assert cell(by_site, "unanswered", "site_p03").value == without
    assert cell(by_site, "share", "site_p03").value == without / asked
    total = sum(row.cells[1].value or 0 for row in by_field.rows)
    assert total == without


def test_a_whole_form_that_did_not_come_is_told_where_it_was_asked() -> None:
    revisions = patient(CODE, {"baseline": 0, "m06": 183})
    revisions = [one for one in revisions if (one.visit, one.form) != ("m06", "phga")]
    made = table(quality(looked_at(("P03", revisions, {}))), "quality_forms")
    assert cell(made, "absent", "phga", "site_p03").behind == (Record("P03", CODE, "m06"),)
    assert (cell(made, "asked", "phga", "site_p03").value, cell(made, "absent_share", "phga", "site_p03").value) == (
        2, 0.5,
    )  # fmt: skip
    assert {row.heads[0].name for row in made.rows} == {"phga", "history", "classification"}
    assert cell(made, "absent", "history", "site_p03").behind == (Record("P03", CODE, ""),)


def test_a_form_that_the_pack_of_the_visit_had_not_was_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    found = looked_at(("P03", patient(CODE, {"baseline": 0}), {}))
    (subject,) = found.subjects
    older = replace(DEFINITIONS, forms=tuple(one for one in DEFINITIONS.forms if one.id != "since_last"))
    before = tuple(
        replace(visit, packs=(older,), forms={k: v for k, v in visit.forms.items() if k != "since_last"})
        for visit in subject.visits
    )
    old = replace(found, subjects=(replace(subject, visits=before),))
    assert not [row for row in missing_forms.table(old).rows if row.heads[0].name == "since_last"]


def test_contradictions_are_counted_with_those_that_were_asked(centre: Centre, site: SyntheticSite) -> None:
    first = [*patient(CODE, {"baseline": 0}), *visit(CODE, "m06", 183, {**ANSWERS, "weight_kg": 90})]
    arrive(centre, site, first)
    made = table(quality(watched(centre)), "quality_contradictions")
    assert cell(made, "not_asked", "site_p03").behind == (Record("P03", CODE, "m06"),)
    raise_contradictions(centre, "it")
    made = table(quality(watched(centre)), "quality_contradictions")
    assert [cell(made, name, "site_p03").value for name in ("found", "asked", "not_asked")] == [1, 1, 0]


def test_a_question_that_hangs_on_dates_is_asked_where_they_say_so() -> None:
    late = event(CODE, "ad-001", ad_given=1, ad_planned=28, ad_date=30)
    punctual = event(CODE, "ad-002", ad_given=1, ad_planned=56, ad_date=56)
    partly = event(CODE, "ae-001", ae_start=3, ae_ongoing=0, ae_end={"months": 1})
    section = quality(looked_at(("P03", [enrolment(CODE), late, punctual, partly], {})))
    made = table(section, "quality_missing_field")
    where = ("administration", "ad_reason", "site_p03")
    assert cell(made, "unanswered", *where).behind == (Record("P03", CODE, "ad-001"),)
    assert cell(made, "asked", *where).value == 1


@pytest.mark.parametrize(("sex", "asked"), [(1, 1), (2, 0)])
def test_what_only_women_are_asked_is_not_missing_of_a_man(sex: int, asked: int) -> None:
    revisions = [enrolment(CODE, sex=sex), history(CODE, hx_ethnicity=1)]
    made = table(quality(looked_at(("P03", revisions, {}))), "quality_missing_field")
    assert sum(row.cells[1].value or 0 for row in made.rows if row.heads[1].name == "hx_menopause") == asked


def naive(revisions: Iterable[Revision]) -> tuple[int, int]:
    """The same from the raw JSON of each form: required questions shown for certain, and those without a value."""
    asked = without = 0
    everything = list(revisions)
    for one in everything:
        form = DEFINITIONS.form(one.form)
        env: dict[str, Any] = {}
        for other in everything:
            if other.visit == one.visit:
                env |= {
                    name: Decimal(value)
                    if isinstance(value, str) and DEFINITIONS.fields[name].type == "decimal"
                    else value
                    for name, value in other.values.items()
                    if not isinstance(value, dict)
                }
        for item in form.fields:
            if form.derived or one.visit.rstrip("0123456789") in form.optional or item.computed:
                continue
            if not (item.required and item.export) or (item.show_if and item.show_if.test(env) is not True):
                continue
            asked += 1
            without += item.id not in one.values
    return asked, without


def test_digits_are_compared_as_a_chi_square_by_hand() -> None:
    # Expected 10 of each: (18² + 14² + 8 · 4²) / 10 = 64.8 with 9 degrees of freedom.
    counts = [28, 6, 6, 6, 6, 24, 6, 6, 6, 6]
    assert digits.equal(counts) == pytest.approx(1.5756e-10, rel=1e-3)
    assert digits.equal([5] * 10) == 1
    assert digits.equal([5] * 9 + [4]) is None  # 49 values
    alike = [30, 0, 0, 0, 0, 30, 0, 0, 0, 0]
    assert digits.against(alike, alike) == 1
    # 40/20 against 20/40: chi-square 120 (40·40 − 20·20)² / 60⁴ = 13.333, 1 degree of freedom.
    assert digits.against(
        [40, 0, 0, 0, 0, 20, 0, 0, 0, 0], [20, 0, 0, 0, 0, 40, 0, 0, 0, 0]
    ) == pytest.approx(2.6073e-4, rel=1e-3)
    assert digits.against([60, *[0] * 9], [60, *[0] * 9]) is None


def test_rare_digits_are_taken_together_until_a_chi_square_holds() -> None:
    # Expected of digits 1 to 4, 3 each in 60 against 60: together 12. (40, 8, 12) against (28, 4 · 1 = 4, 28):
    # by hand with columns 68, 12, 40 of 60 against 60.
    ours, theirs = [40, 2, 2, 2, 2, 12, 0, 0, 0, 0], [28, 1, 1, 1, 1, 28, 0, 0, 0, 0]
    by_hand = sum((seen - total / 2) ** 2 / (total / 2) for seen, total in ((40, 68), (8, 12), (12, 40))) * 2
    assert by_hand == pytest.approx(9.8510, abs=1e-4)
    assert digits.against(ours, theirs) == pytest.approx(math.exp(-by_hand / 2))  # 2 degrees of freedom
    # One value in a hundred of the others, where nothing else can be told: together with the next rarest.
    assert digits.against([50, *[0] * 9], [99, 1, *[0] * 8]) is None


@pytest.mark.parametrize(
    ("value", "places", "digit"),
    [
        (Decimal("1.85"), 1, 8),
        (Decimal("0.3"), 1, 3),
        (Decimal("62.7"), 0, 2),
        (130, 0, 0),
        (Decimal("12.5"), 0, 2),
    ],
)
def test_the_last_digit_is_the_one_that_people_write(value: Any, places: int, digit: int) -> None:
    assert digits.last_digit(value, places) == digit


def test_digits_of_a_site_stand_with_the_visits_behind_them() -> None:
    ours = patient(CODE, {"baseline": 0, "m06": 183}, {"systolic_bp": 120, "ptga": 35})
    theirs = patient(OTHER, {"baseline": 0}, {"ptga": 35})
    made = digits.table(looked_at(("P03", ours, {}), ("P04", theirs, {})))
    assert cell(made, "digit_0", "systolic_bp", "site_p03").value == 2
    assert cell(made, "digit_5", "ptga", "site_p04").behind == (Record("P04", OTHER, "baseline"),)
    assert cell(made, "n", "ptga", "all").value == 3
    assert cell(made, "p_equal", "ptga", "all").value is None


def test_a_mark_on_a_scale_of_ten_has_no_millimetres() -> None:
    made = digits.table(looked_at(("P03", patient(CODE, {"baseline": 0}, {"vas_scale": 2}), {})))
    assert cell(made, "n", "pain_vas", "site_p03").value == 0
    assert cell(made, "n", "eq_vas", "site_p03").value == 1


def test_a_change_after_a_signature_is_told_and_one_before_it_is_not() -> None:
    revisions = patient(CODE, {"baseline": 0})
    old = next(one for one in revisions if one.form == "phga")
    changed = replace(
        old, ver=2, prev=old.digest(), values={**old.values, "phga": "1.5"}, why="1", signature={}
    )
    unsigned = [replace(one, signature={}) if one.form == "vitals" else one for one in revisions]
    weight = next(one for one in unsigned if one.form == "vitals")
    early = replace(weight, ver=2, prev=weight.digest(), values={"weight_kg": "70"}, why="2")
    again = replace(changed, ver=3, prev=changed.digest(), why="signed", signature=old.signature)
    made = table(quality(looked_at(("P03", [*unsigned, changed, early, again], {}))), "quality_changes")
    baseline = Record("P03", CODE, "baseline")
    assert cell(made, "changes", "site_p03").behind == (baseline, baseline)
    assert cell(made, "after_signature", "site_p03").behind == (baseline,)
    assert cell(made, "primary", "site_p03").value == 1


def arrive(centre: Centre, site: SyntheticSite, revisions: list[Revision]) -> None:
    (outcome,) = ingest(centre, [site.bundle(centre.keyset, revisions)])
    assert (outcome.status, outcome.bad) == ("accepted", 0), outcome


def test_the_whole_from_a_centre_has_a_file_with_the_records_behind_each_number(
    centre: Centre, site: SyntheticSite, clock: FakeClock
) -> None:
    arrive(centre, site, patient(CODE, {"baseline": 0}))
    clock.forward(days=190)
    arrive(centre, site, visit(CODE, "m06", 183, ANSWERS))
    querying.raise_query(centre, Question(CODE, "È giusto?", visit="m06", field="platelets"))
    clock.forward(days=12)
    section = of_site(quality(watched(centre)), "P03")
    assert cell(table(section, "quality_late"), "longest", "site_p03").value == 7
    asked = table(section, "quality_queries")
    assert (cell(asked, "open", "site_p03").value, cell(asked, "oldest", "site_p03").value) == (1, 12)
    assert cell(table(section, "quality_scores"), "visits", "site_p03").value == 2
    rows = list(csv.DictReader(io.StringIO(as_csv(section))))
    (late,) = [row for row in rows if (row["table"], row["column"]) == ("quality_queries", "open")]
    assert (late["row"], late["value"], late["records"]) == ("site_p03", "1", f"{CODE}/m06")
    assert not [row for row in rows for value in row.values() if value.startswith(("=", "+", "-", "@", "\t"))]
    for lang, words in (("it", "Qualità dei dati"), ("en", "Quality of the data")):
        assert as_text(section, lang)[0] == words
    assert of_site(section, "P99").tables[0].rows == ()


def test_nothing_of_a_day_after_a_withdrawal_is_looked_at(centre: Centre, site: SyntheticSite) -> None:
    gone = event(CODE, "wd-001", wd_date=100, wd_use_before=1)
    arrive(centre, site, [*patient(CODE, {"baseline": 0, "m06": 183}), gone])
    found = watched(centre)
    assert {one.revision.visit for one in found.versions[CODE]} == {"", "baseline", "wd-001"}
    arrive(
        centre, site, [replace(gone, ver=2, prev=gone.digest(), values={"wd_date": 100, "wd_use_before": 0})]
    )
    assert (watched(centre).subjects, watched(centre).versions) == ((), {})


def test_names_of_tables_and_columns_are_fit_for_files() -> None:
    section = quality(looked_at(("P03", patient(CODE, {"baseline": 0}), {})))
    names = [name for one in section.tables for name in (one.name, *(column.name for column in one.columns))]
    names += [head.name for one in section.tables for row in one.rows for head in row.heads]
    assert all(name.isidentifier() and name == name.lower() for name in names)
