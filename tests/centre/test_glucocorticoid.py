"""Cumulative glucocorticoid at the centre: columns of the visits, summed from the events that came."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas
import pyreadstat
import pytest
from centre_builders import DEFINITIONS, QUIET, enrolment, event, received, schedule, visit

from anifro_desktop.centre.assembling import Subject, subjects
from anifro_desktop.centre.dataset import write_dataset
from anifro_desktop.centre.glucocorticoid import Doses, doses
from anifro_desktop.record import Missing, Revision

CODE = "P03-7KQF-4"
COURSE = {"gcc_drug": 1, "gcc_mg": 10, "gcc_cycle_days": 1, "gcc_ongoing": 1}
PULSE = {"gcp_drug": 3, "gcp_mg": 500, "gcp_days": 3, "gcp_route": 1, "gcp_reason": 1}
VISITS = {"baseline": 0, "m06": 183, "m12": 366}


def on(mg: int | Decimal) -> dict[str, Any]:
    """A dose of prednisone on arrival; 0 for none."""
    if mg == 0:
        return {}
    return {"gc_oral": 1, "gc1_drug": 1, "gc1_mg": mg, "gc1_cycle_days": 1, "gc_second": 0}


def revisions(*events: Revision, **mg: int | Decimal) -> list[Revision]:
    made = [enrolment(CODE), schedule(CODE, "m12"), *events]
    for key, day in VISITS.items():
        made += visit(CODE, key, day, {**QUIET, **on(mg.get(key, 0))})
    return made


def subject(*events: Revision, **mg: int | Decimal) -> Subject:
    (found,) = subjects(received(revisions(*events, **mg)), DEFINITIONS)
    return found


def test_courses_and_pulses_are_summed_to_each_visit_and_from_the_one_before() -> None:
    found = doses(
        subject(
            event(CODE, "gc-001", **{**COURSE, "gcc_start": -60, "gcc_stop": 182, "gcc_ongoing": 0}),
            event(CODE, "gc-002", **{**COURSE, "gcc_start": 183, "gcc_mg": 5}),
            event(CODE, "gp-001", gcp_date=200, **PULSE),
            baseline=10, m06=10, m12=5,
        )
    )  # fmt: skip
    assert found == {
        "baseline": Doses(10, None, False),
        "m06": Doses(10 * 183 + 5, 10 * 182 + 5, False),
        "m12": Doses(10 * 183 + 5 * 184 + 3 * 625, 5 * 183 + 3 * 625, False),
    }


def test_no_glucocorticoid_at_all_is_0_and_one_that_nobody_recorded_is_unknown() -> None:
    assert doses(subject())["m12"] == Doses(0, 0, True)
    assert doses(subject(m06=5)) == {
        "baseline": Doses(0, None),
        "m06": Doses(None, None, False),
        "m12": Doses(None, None),  # nor does anybody know how long it went on after month 6
    }


@pytest.mark.parametrize(
    "vague",
    [
        {"gcc_drug": Missing.NOT_KNOWN},
        {"gcc_mg": Missing.NOT_KNOWN},
        {"gcc_start": Missing.NOT_KNOWN},
        {"gcc_ongoing": 0, "gcc_stop": Missing.NOT_KNOWN},
        {"gcc_ongoing": Missing.NOT_KNOWN},
    ],
)
def test_an_open_answer_is_missing_and_never_a_smaller_sum(vague: dict[str, Any]) -> None:
    found = doses(subject(event(CODE, "gc-001", **{**COURSE, "gcc_start": 10, **vague}), m06=10, m12=10))
    assert found["m12"].since_enrolment is None


ENDED = {**COURSE, "gcc_start": -60, "gcc_ongoing": 0}


@pytest.mark.parametrize(
    ("course", "mg", "stopped"),
    [
        ({**ENDED, "gcc_stop": 154}, {"baseline": 10}, True),  # none on the 28 days before day 183
        ({**ENDED, "gcc_stop": 155}, {"baseline": 10}, False),
        ({**ENDED, "gcc_stop": 182}, {"baseline": 10}, False),
        ({**ENDED, "gcc_stop": 154}, {"baseline": 10, "m06": 5}, False),  # taken again at the visit itself
        ({**ENDED, "gcc_stop": Missing.NOT_KNOWN}, {"baseline": 10}, None),
        ({**ENDED, "gcc_stop": {"months": 5}}, {"baseline": 10}, None),
        ({**ENDED, "gcc_stop": 154, "gcc_mg": 5}, {"baseline": 10}, None),  # the rest of it is not on record
        ({**ENDED, "gcc_stop": 155, "gcc_mg": Missing.NOT_KNOWN}, {"baseline": 10}, None),
    ],
)
def test_a_stop_is_sustained_after_28_days_without_any_by_mouth(
    course: dict[str, Any], mg: dict[str, int], stopped: bool | None
) -> None:
    assert doses(subject(event(CODE, "gc-001", **course), **mg))["m06"].off is stopped


def test_without_a_course_a_stop_is_sustained_only_where_none_was_taken_before() -> None:
    assert doses(subject(baseline=10))["m06"].off is None  # nobody knows when it ended
    assert doses(subject(baseline=10))["m12"].off is True  # at month 6 none was taken
    assert doses(subject())["m06"].off is True
    assert doses(subject())["baseline"].off is None  # nor what was taken before the first visit


def test_a_dose_that_another_visit_of_those_days_says_is_taken_is_no_sustained_stop() -> None:
    made = revisions(baseline=0)
    made += visit(CODE, "u01", 170, {**QUIET, **on(5)})
    (found,) = subjects(received(made), DEFINITIONS)
    assert doses(found)["m06"].off is False


def test_a_visit_before_enrolment_has_no_sum() -> None:
    made = [enrolment(CODE), schedule(CODE, None), *visit(CODE, "u01", -3, QUIET)]
    made += visit(CODE, "baseline", 0, QUIET)
    (found,) = subjects(received(made), DEFINITIONS)
    assert doses(found) == {"baseline": Doses(0, 0)}


@pytest.mark.parametrize("lang", ["it", "en"])
def test_the_columns_stand_beside_the_scores_with_their_labels(tmp_path: Path, lang: str) -> None:
    made = revisions(
        event(CODE, "gc-001", **{**COURSE, "gcc_start": 0}), baseline=10, m06=10, m12=Decimal("12.5")
    )
    write_dataset(tmp_path, subjects(received(made), DEFINITIONS), DEFINITIONS, lang)
    visits = pandas.read_stata(tmp_path / "visit.dta", convert_missing=True, convert_categoricals=False)
    assert [str(cell) for cell in visits["pred_cum"]] == ["10.0", "1840.0", "."]
    assert [str(cell) for cell in visits["pred_cum_prev"]] == [".", "1830.0", "."]
    _, meta = pyreadstat.read_dta(tmp_path / "visit.dta")
    words = {"it": "Dose cumulativa dall’arruolamento", "en": "Cumulative dose since enrolment"}
    label = meta.column_names_to_labels["pred_cum"]
    assert label.startswith(words[lang])
    assert label.endswith(")")
