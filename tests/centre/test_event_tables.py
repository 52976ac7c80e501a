"""The files of events, of courses and of classification, as Stata's readers see them."""

from __future__ import annotations

import re
from pathlib import Path

import pandas
import pyreadstat
import pytest
from centre_builders import (
    COURSE,
    DEFINITIONS,
    DRUGS,
    FILLED,
    QUIET,
    claiming,
    classification,
    course,
    enrolment,
    event,
    history,
    received,
    schedule,
    visit,
)

from anifro_desktop.centre.assembling import subjects
from anifro_desktop.centre.course_variables import course_variables
from anifro_desktop.centre.dataset import write_dataset
from anifro_desktop.centre.do_files import opening
from anifro_desktop.centre.scored_classes import CLASSES
from anifro_desktop.centre.tabling import tables
from anifro_desktop.centre.variables import SCORES
from anifro_desktop.record import Missing, Revision

CODE, OTHER = "P03-7KQF-4", "P03-0000-Z"


def written(folder: Path, revisions: list[Revision], *names: str) -> list[pandas.DataFrame]:
    """The files of those names, codes as numbers."""
    write_dataset(folder, subjects(received(revisions), DEFINITIONS), DEFINITIONS, "en")
    return [
        pandas.read_stata(folder / f"{name}.dta", convert_missing=True, convert_categoricals=False)
        for name in names
    ]


def said(cells: pandas.Series) -> list[str]:
    """The cells as Stata shows them."""
    return [str(cell).removesuffix(".0") for cell in cells]


def busy(code: str) -> list[Revision]:
    """A subject with events of several forms."""
    return [
        enrolment(code, dose_day=10),
        schedule(code, None, day0=10),
        event(code, "ad-001", ad_given=1, ad_date=10, ad_route=1, ad_dose_mg=300, ad_interval_days=28),
        event(code, "ad-002", ad_given=0, ad_date=38, ad_reason=1),
        event(
            code, "ae-001", aesi_category=1, ae_start=45, ae_grade=2, ser_hospitalisation=1, ae_awareness=47,
            causality_who=3, ae_serious=1, ae_related=1,
        ),
        event(code, "ae-002", aesi_category=0, ae_start={"months": 4}, ae_end={"years": 1}),
        event(code, "ae-003", aesi_category=4, cv_type=2, ae_start=Missing.NOT_KNOWN),
    ]  # fmt: skip


def test_one_line_an_event_with_what_was_answered_and_what_the_centre_works_out(tmp_path: Path) -> None:
    (events, doses) = written(tmp_path, [*busy(CODE), *busy(OTHER)], "adverse_event", "administration")
    assert list(events["subj_id"]) == [OTHER] * 3 + [CODE] * 3
    assert list(events["event_no"]) == [1, 2, 3] * 2
    assert list(events["event_key"])[:3] == ["ae-001", "ae-002", "ae-003"]
    mine = events[events["subj_id"] == CODE]
    assert said(mine["ae_start_dy"]) == ["45", ".", ".c"]
    assert said(mine["ae_start_mo"]) == [".", "4", "."]
    assert said(mine["ae_start_yr"]) == [".", ".", "."]
    assert said(mine["ae_end_yr"]) == [".", "1", "."]
    assert said(mine["ae_awareness_dy"]) == ["47", ".", "."]
    assert said(mine["serious"]) == ["1", ".", "."]
    assert said(mine["related"]) == ["1", ".", "."]
    assert said(mine["onset_day"]) == ["35", ".", "."]
    assert said(mine["onset_class"]) == ["1", "1", "."]
    assert said(mine["treat_emergent"]) == ["1", ".", "."]
    assert said(mine["mace"]) == ["0", "0", "1"]
    assert said(mine["signed"]) == ["1", "1", "1"]
    mine = doses[doses["subj_id"] == CODE]
    assert said(mine["ad_given"]) == ["1", "0"]
    assert said(mine["ad_dy"]) == ["10", "38"]
    assert said(mine["ad_dose_mg"]) == ["300", "."]


def test_every_form_of_events_has_its_file_also_without_a_line(tmp_path: Path) -> None:
    write_dataset(tmp_path, [], DEFINITIONS, "it")
    names = {path.name for path in tmp_path.iterdir()}
    wanted = {f"{form.id}.dta" for form in DEFINITIONS.of_level("event")}
    assert names == wanted | {
        *("subject.dta", "visit.dta", "course.dta", "flare.dta", "predictors.dta", "time.dta", "period.dta"),
        *("open_anifro.do", "anifro_tables.do"),
    }
    for name in wanted:
        frame, meta = pyreadstat.read_dta(tmp_path / name)
        assert len(frame) == 0
        assert list(frame.columns)[:4] == ["site", "subj_id", "event_no", "event_key"]
        assert meta.file_label.startswith("Anifrolumab nel LES NCT07215754: ")
    text = (tmp_path / "open_anifro.do").read_text()
    assert all(name in text for name in names - {"open_anifro.do"})


def test_no_free_text_of_an_event_is_in_any_file() -> None:
    made = tables([], DEFINITIONS, "it")
    columns = {variable.column.name for table in made.values() for variable in table.variables}
    for item in DEFINITIONS.fields.values():
        if item.type == "text" and not item.export:
            assert item.id not in columns


@pytest.mark.parametrize("lang", ["it", "en"])
def test_what_the_centre_adds_is_said_in_full(lang: str) -> None:
    """Only the wording of definitions may be too long for Stata, and then the codebook has it whole."""
    own = [variable.column.label for variable in course_variables(DEFINITIONS, lang)]
    own += [item.label.get(lang) for item in (*SCORES, *CLASSES)]
    assert all(len(label) <= 80 and not label.endswith("…") for label in own)


def test_the_course_of_the_worked_patient(tmp_path: Path) -> None:
    (frame,) = written(tmp_path, [*course(CODE), *busy(OTHER)], "course")
    assert list(frame["subj_id"]) == [OTHER, CODE]
    mine = frame.iloc[1]
    expected = {
        "entry_dy": 0, "end_dy": 735, "end_why": 1, "ttr_lldas_able": 1, "ttr_lldas": 1, "ttr_lldas_dy": 183,
        "ttr_doris_dy": 366, "ttr_clasi50_able": 0, "ret_event": 0, "ret_dy": 735, "flare_n": 1,
        "flare_mm_n": 1, "flare_sev_n": 0, "flare1_dy": 735, "sdi_base": 0, "sdi_accrued": 0,
        "sdi_accrued_dy": 735, "ae_n": 0, "zoster": 0, "due_m24": 1, "has_m24": 1, "due_m36": 0,
    }  # fmt: skip
    assert {name: int(mine[name]) for name in expected} == expected
    assert mine["fu_years"] == pytest.approx(735 / 365.25)
    assert str(mine["ret_reason"]) == str(mine["flare1_sev_dy"]) == str(mine["zoster_dy"]) == "."
    other = frame.iloc[0]
    expected = {
        "ae_n": 3,
        "sae_n": 1,
        "mace_n": 1,
        "zoster": 1,
        "zoster_dy": 35,
        "end_dy": 80,  # an event of month 4 began then at the earliest
        "serious_inf": 1,
    }
    assert {name: int(other[name]) for name in expected} == expected


def test_classification_and_history_stand_at_the_subject(tmp_path: Path) -> None:
    made = [enrolment(CODE), enrolment(OTHER), history(CODE, hx_diagnosis_date={"months": -70})]
    made.append(classification(CODE, cl_ana=2, cl_malar_rash=1, cl_synovitis=1, cl_erosive=0, cl_sm=1))
    (frame,) = written(tmp_path, made, "subject")
    assert list(frame["subj_id"]) == [OTHER, CODE]
    assert said(frame["eular2019"]) == [".", "1"]
    assert said(frame["eular2019_min"]) == [
        ".",
        "18",
    ]  # rash 6, joints 6, antibodies 6; fever and others open
    assert said(frame["acr1997"]) == [".", "1"]
    assert said(frame["class_rescored"]) == [".", "1"]
    assert said(frame["hx_diagnosis_mo"]) == [".", "-70"]
    assert said(frame["hx_diagnosis_dy"]) == [".", "."]


def test_results_of_organs_and_questionnaires_stand_at_the_visit(tmp_path: Path) -> None:
    start = {**QUIET, **DRUGS, **COURSE["baseline"][1], **FILLED}
    now = {**QUIET, **DRUGS, **COURSE["m24"][1], **FILLED, "sdi_cataract": 1}
    past = ("baseline", start)
    made = [enrolment(CODE), schedule(CODE, None), *visit(CODE, "baseline", 0, start)]
    made += visit(CODE, "m24", 735, now, past, past, past)
    (frame,) = written(tmp_path, made, "visit")
    expected = {
        "sfi": [".", "1"], "sfi_classic": [".", "1"], "sfi_bliss": [".", "1"], "sfi_mm_arthritis": [".", "1"],
        "sfi_sv_hosp": [".", "0"], "sfi_min": [".", "."], "clasi_activity": ["0", "0"], "clasi_band": ["1", "1"],
        "clasi50_able": [".", "0"], "joints_tjc28": ["5", "2"], "joints_sjc28": ["4", "2"],
        "joints_tjc68": [".", "."], "joints_resp50": [".", "1"], "joints_resp50_able": [".", "0"],
        "sdi": ["0", "1"], "sdi_change": [".", "1"], "sdi_accrual": [".", "1"], "stop_denominator": [".", "1"],
        "steroid_stopped": ["0", "0"], "sledas_worse": [".", "0"], "sledas_better": [".", "1"],
        "facit_fatigue": ["35", "35"], "sf36_transition": ["1", "1"], "lupusqol_pain": ["75", "75"],
        "pain_100": ["40", "40"], "fatigue_100": ["50", "50"], "ptga_100": ["35", "35"],
        "eq5d_index": ["0.762", "0.762"], "eq_vas": ["70", "70"], "rescored": ["1", "1"],
    }  # fmt: skip
    assert {name: said(frame[name]) for name in expected} == expected
    assert all(
        0 <= frame[f"sf36_{scale}"][0] <= 100 for scale in ("pf", "rp", "bp", "gh", "vt", "sf", "re", "mh")
    )
    assert frame["sf36_pcs"][0] != frame["sf36_mcs"][0]


def test_a_result_that_is_no_number_does_not_block_the_files(tmp_path: Path) -> None:
    made = claiming(
        course(CODE), "m24", sledai2k={"value": "many"}, sledas={"value": "inf"}, sfi={"value": 3}
    )
    (frame,) = written(tmp_path, made, "visit")
    for name in ("sledai2k", "sledas", "sfi"):
        assert said(frame[name])[3] == "."
    assert said(frame["rescored"]) == ["1", "1", "1", "0"]


def test_the_do_file_opens_what_is_there() -> None:
    text = opening(DEFINITIONS)
    made = tables([], DEFINITIONS, "en")
    assert set(re.findall(r"([a-z_]+)\.dta", text)) == set(made)
    keys = re.findall(r"isid ([a-z_ ]+)", text)
    assert keys == ["site subj_id", "site subj_id", "site subj_id visit_no"]
