"""V3, the synthetic patient with a whole course: four visits, every form of each, with what must come out."""

from __future__ import annotations

import pytest
from scenario_filling import QUIET, fill, fill_items, new_visit, past
from scenario_vignettes import worked

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.study.visit_keys import kind_of

BASELINE, MONTH_6, MONTH_12, MONTH_24 = range(4)


def unanswered(session: VisitSession) -> list[str]:
    """The questions without an answer that are required at this visit."""
    fields, kind = session.definitions.fields, kind_of(session.visit.key)
    offered = {form.id for form in session.forms if kind in form.optional}
    shown = [
        name
        for section in session.sections()
        for name in section.visible_fields
        if section.form not in offered
    ]
    asked = [name for name in shown if fields[name].required and not fields[name].computed]
    return [name for name in asked if name not in session.answers]


@pytest.mark.parametrize("number", range(4))
def test_every_form_of_the_visit_is_done_and_it_can_be_signed(number: int) -> None:
    visit = worked("v3").visits[number]
    assert visit.can_sign()
    assert visit.problems() == ()
    assert unanswered(visit) == ["visit_planned"]  # written when the visit is opened


def test_history_and_first_dose_are_on_record() -> None:
    patient = worked("v3")
    assert patient.history is not None
    assert patient.history.answers["hx_diagnosis_date"] == "2016"
    assert unanswered(patient.history) == []
    assert patient.events["ad-001"].can_sign()


def test_it_is_classified_by_slicc_with_four_clinical_and_three_immunologic_criteria() -> None:
    enrolment = worked("v3").enrolment
    slicc = enrolment.scores["slicc2012"]
    assert (slicc.value, slicc.parts["n_clinical"], slicc.parts["n_immunologic"]) == (True, 4, 3)
    met = {name for name, present in slicc.parts.items() if present is True}
    assert {"acute_cutaneous", "synovitis", "leukopenia_or_lymphopenia", "thrombocytopenia"} <= met
    assert {"ana", "anti_dsdna", "low_complement"} <= met
    assert unanswered(enrolment) == []


def test_reasons_and_changes() -> None:
    baseline, month_6, _, month_24 = worked("v3").visits
    assert baseline.scores["lldas"].parts["lldas_no_new"] is None
    assert {"sledai2k_gt_4", "phga_gt_1", "pred_eq_gt_7_5"} <= set(baseline.scores["lldas"].reasons)
    assert month_6.scores["doris"].reasons == ("csledai2k_gt_0",)
    assert month_24.changes("sledai2k").previous == 8
    assert month_24.changes("sledai2k").baseline == -4
    assert month_6.changes("sledai2k").previous == -10
    assert month_6.scores["sledas"].parts["meaningful_improvement"] is True
    assert month_24.changes("doris").previous is None
    assert baseline.changes("sledai2k").previous is None
    assert month_24.changes("sdi").baseline == 0
    assert month_6.changes("facit_fatigue").baseline == 16


def test_the_flare_at_month_24_is_suggested_item_by_item() -> None:
    month_24 = worked("v3").visits[MONTH_24]
    for field in ("nw_ulcers", "nw_arthritis"):
        suggestion = month_24.state(field).suggestion
        assert suggestion is not None
        assert suggestion.value == 1
    assert month_24.state("nw_rash").suggestion is None
    parts = month_24.scores["sfi"].parts
    assert parts["classic"] == parts["bliss"] == "mild_moderate"
    month_24.set_text("gc_raised_activity", "0")  # had the dose been raised for another reason
    assert month_24.scores["sfi"].parts["bliss_fired"] == [
        "mm_sledai",
        "mm_ulcers",
        "mm_arthritis",
        "mm_phga",
    ]


def test_joints_are_counted_however_they_were_recorded() -> None:
    counts = [visit.scores["joints"].parts for visit in worked("v3").visits]
    assert [part["tjc68"] for part in counts] == [None, None, None, 2]
    assert [part["response50_evaluable"] for part in counts] == [
        None,
        False,
        False,
        False,
    ]  # 4 swollen at baseline
    assert all(part["contradictions"] == [] for part in counts)


def test_damage_that_falls_is_found_though_the_visit_between_had_no_index() -> None:
    baseline = fill(new_visit("baseline"), {"sdi_cataract": "1"})
    between = new_visit("m06", previous=past(baseline), baseline=past(baseline))
    fill_items(between, QUIET, absent=[form.id for form in between.forms if form.id != "damage"])
    assert between.scores["sdi"].value is None
    year = new_visit("m12", previous=past(between), baseline=past(baseline), damage=past(baseline))
    fill(year, {})
    assert year.scores["sdi"].parts["contradictions"] == ["cataract"]
    problem = year.state("sdi_cataract").problem
    assert problem is not None
    assert problem.severity == "hard"


@pytest.mark.parametrize("key", ["baseline", "m06", "m12", "u01", "early"])
def test_a_quiet_visit_answers_every_form_of_its_kind(key: str) -> None:
    before = past(fill(new_visit("baseline"), {}))
    visit = fill(new_visit(key, previous=None if key == "baseline" else before, baseline=before), {})
    assert unanswered(visit) == ["visit_date", "visit_planned"]  # written when the visit is opened
    assert visit.can_sign()
    open_scores = {name for name, score in visit.scores.items() if not score.complete}
    assert open_scores == ({"lldas"} if key == "baseline" else set())
    assert ("sfi" in visit.scores) == (key != "baseline")


def test_the_range_closes_as_the_answers_come_in() -> None:
    present = {name for name, answer in worked("v3").visits[BASELINE].answers.items() if answer == 1}
    visit = new_visit()
    items = [item.id for item in visit.definitions.form("sledai2k").fields]
    lows: list[float] = []
    highs: list[float] = []
    for name in items:
        score = visit.scores["sledai2k"]
        assert score.value is None
        assert len(score.missing) == len(items) - len(lows)
        lows.append(float(score.minimum))  # type: ignore[arg-type]
        highs.append(float(score.maximum))  # type: ignore[arg-type]
        visit.set_text(name, "1" if name in present else "0")
    assert lows == sorted(lows)
    assert highs == sorted(highs, reverse=True)
    assert (lows[0], highs[0]) == (0, 105)
    assert visit.scores["sledai2k"].value == 14
