"""`predictors.dta`: one line a patient; what was known at baseline and nothing later under its name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from centre_builders import COURSE, DEFINITIONS, course, enrolment, history, received

from anifro_desktop.centre.assembling import subjects
from anifro_desktop.centre.columns import Variable
from anifro_desktop.centre.course import course as course_of
from anifro_desktop.centre.dataset import write_dataset
from anifro_desktop.centre.predictors import duration, predictor_rows, predictor_variables
from anifro_desktop.record import Revision

CODE, WITHOUT, FAILED = "P03-7KQF-4", "P03-9M2D-R", "P03-2222-2"


def lines(revisions: list[Revision], lang: str = "it") -> list[Mapping[str, Any]]:
    rows = [
        row for one in subjects(received(revisions), DEFINITIONS) for row in predictor_rows(course_of(one))
    ]
    variables: tuple[Variable, ...] = predictor_variables(DEFINITIONS, lang)
    return [{one.column.name: one.cell(row) for one in variables} for row in rows]


def test_a_line_has_the_baseline_and_the_responses_of_each_visit() -> None:
    (line,) = lines(course(CODE))
    assert (line["site"], line["subj_id"], line["age_at_enrolment"], line["b_day"]) == ("P03", CODE, 34, 0)
    assert (line["b_sledai2k"], line["b_platelets"], line["b_pred_eq"]) == (14, 84, 12.5)
    assert (line["b_azathioprine_dose"], line["b_on_hydroxychloroquine"]) == (100, 1)
    assert [line[f"lldas_{key}"] for key in ("m06", "m12", "m24", "m36")] == [1, 1, 0, None]
    assert [line[f"doris_{key}"] for key in ("m06", "m12", "m24", "m36")] == [0, 1, 0, None]
    assert [line[f"due_{key}"] for key in ("m24", "m36")] == [1, 0]
    assert (line["ttr_lldas"], line["ttr_lldas_dy"], line["ttr_doris_dy"]) == (
        1,
        COURSE["m06"][0],
        COURSE["m12"][0],
    )


def test_without_a_baseline_nothing_later_takes_its_place() -> None:
    (line,) = lines(course(WITHOUT, visits=("m06", "m12")))
    assert {name: cell for name, cell in line.items() if name.startswith("b_") and cell is not None} == {}
    assert line["sledai2k_m06"] == 4


def test_only_the_enrolled_have_a_line_and_one_without_a_dose_says_so() -> None:
    found = lines(
        [*course(CODE, visits=("baseline",)), enrolment(WITHOUT, dose_day=None), enrolment(FAILED, outcome=2)]
    )
    assert {line["subj_id"]: line["dose_known"] for line in found} == {CODE: 1, WITHOUT: 0}


@pytest.mark.parametrize(
    ("answer", "years", "known"),
    [
        (-3652, 3652 / 365.25, 1),
        ({"months": -120}, 10.0, 2),
        ({"years": -10}, 10.0, 3),
        (5, 0.0, 1),
        (None, None, None),
    ],
)
def test_the_duration_of_disease_is_that_of_the_middle_of_what_is_known(
    answer: Any, years: float | None, known: int | None
) -> None:
    told = {} if answer is None else {"hx_diagnosis_date": answer}
    revisions = [*course(CODE, visits=("baseline",)), history(CODE, **told)]
    (subject,) = subjects(received(revisions), DEFINITIONS)
    assert duration(subject.answers) == (None if years is None else pytest.approx(years, abs=0.01))
    (line,) = lines(revisions)
    assert line["dis_dur_known"] == known


def test_the_file_has_a_label_for_every_column_in_either_language(tmp_path: Path) -> None:
    everybody = subjects(received(course(CODE)), DEFINITIONS)
    told = {}
    for lang in ("it", "en"):
        write_dataset(tmp_path / lang, everybody, DEFINITIONS, lang)
        frame, meta = pyreadstat.read_dta(tmp_path / lang / "predictors.dta")
        told[lang] = meta.column_names_to_labels
        assert list(frame.columns[:2]) == ["site", "subj_id"]
        assert all(told[lang].values())
    assert (told["it"]["b_sledai2k"], told["en"]["b_sledai2k"]) == (
        "Basale: SLEDAI-2K totale", "Baseline: SLEDAI-2K total",
    )  # fmt: skip
    assert told["en"]["doris_m06"].startswith("M06: ")
