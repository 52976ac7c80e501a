"""The other forms of events: stays, doses, glucocorticoids, vaccines, pregnancy, and the course of the study."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from event_builders import asked, event, problems, required
from forms_builders import DEFINITIONS, SUBJECT, TODAY

from anifro_desktop.forms import oral_dose
from anifro_desktop.forms.session import Visit, VisitSession

FORMS = (
    "adverse_event",
    "hospitalisation",
    "administration",
    "gc_course",
    "gc_pulse",
    "drug_change",
    "vaccination",
    "pregnancy",
    "missed_visit",
    "reconsent",
    "lost",
    "withdrawal",
    "death",
)


@pytest.mark.parametrize("form_id", FORMS)
def test_every_event_has_a_day_and_a_name_and_keeps_its_words_at_the_site(form_id: str) -> None:
    form = DEFINITIONS.form(form_id)
    fields = {item.id: item for item in form.fields}
    assert form.level == "event"
    assert fields[form.dated].required
    assert fields[form.dated].show_if is None
    assert fields[form.title].required
    assert fields[form.title].show_if is None
    assert [item.id for item in form.fields if item.type == "text" and item.export] == []
    assert [item.id for item in form.fields if item.type != "text" and not item.export] == []


def test_prefixes_are_those_the_records_are_known_by() -> None:
    assert {form_id: DEFINITIONS.form(form_id).prefix for form_id in FORMS} == {
        "adverse_event": "ae",
        "hospitalisation": "hs",
        "administration": "ad",
        "gc_course": "gc",
        "gc_pulse": "gp",
        "drug_change": "dc",
        "vaccination": "vx",
        "pregnancy": "pr",
        "missed_visit": "mv",
        "reconsent": "rc",
        "lost": "lo",
        "withdrawal": "wd",
        "death": "de",
    }


@pytest.mark.parametrize(
    ("form_id", "first", "ongoing", "last"),
    [
        ("hospitalisation", "hs_admission", "hs_ongoing", "hs_discharge"),
        ("gc_course", "gcc_start", "gcc_ongoing", "gcc_stop"),
    ],
)
def test_a_period_ends_after_it_starts_and_not_while_it_goes_on(
    form_id: str, first: str, ongoing: str, last: str
) -> None:
    session = event(form_id, **{first: "10/6/2026", ongoing: "1"})
    assert last not in asked(session)
    session.set_text(ongoing, "0")
    session.set_text(last, "10/6/2026")
    assert last not in problems(session)
    session.set_text(last, "9/6/2026")
    assert problems(session)[last][0] == "hard"
    session.set_text(last, "11/6/2026")
    session.set_text(ongoing, "1")
    assert problems(session)[last][0] == "hard"
    session.clear(last)
    assert session.can_sign()


@pytest.mark.parametrize(("reason", "for_sle"), [("1", 0), ("2", 1), ("3", 0), ("4", 0), ("5", 0)])
def test_a_stay_is_for_sle_when_its_reason_is_a_flare(reason: str, for_sle: int) -> None:
    session = event("hospitalisation", hosp_reason=reason)
    assert session.answers["hosp_for_sle"] == for_sle
    assert ("hosp_ae" in asked(session)) is (reason == "1")
    assert (problems(session).get("hosp_ae") == ("soft", "hs_ae_needed")) is (reason == "1")


def test_a_dose_as_planned_needs_few_answers() -> None:
    session = event("administration", ad_given="1", ad_date="20/11/2026")
    assert required(session) == {
        "ad_given",
        "ad_date",
        "ad_batch",
        "ad_batch_checked",
        "ad_reaction",
        "ad_route",
        "ad_dose_mg",
        "ad_interval_days",
        "ad_access",
    }
    carried = {item.id for item in DEFINITIONS.form("administration").fields if item.carry}
    assert carried == {"ad_route", "ad_dose_mg", "ad_interval_days", "ad_access"}


@pytest.mark.parametrize(
    ("answers", "asks_why"),
    [
        ({"ad_given": "1", "ad_date": "20/11/2026"}, False),
        ({"ad_given": "1", "ad_date": "20/11/2026", "ad_planned": "20/11/2026"}, False),
        ({"ad_given": "1", "ad_date": "20/11/2026", "ad_planned": "21/11/2026"}, False),
        ({"ad_given": "1", "ad_date": "20/11/2026", "ad_planned": "13/11/2026"}, True),
        ({"ad_given": "2", "ad_date": "20/11/2026"}, True),
        ({"ad_given": "0", "ad_date": "20/11/2026"}, True),
    ],
)
def test_a_late_partial_or_skipped_dose_asks_why(answers: dict[str, str], asks_why: bool) -> None:
    assert ("ad_reason" in asked(event("administration", **answers))) is asks_why


def test_a_skipped_dose_asks_neither_batch_nor_reaction() -> None:
    shown = asked(event("administration", ad_given="0"))
    assert not shown & {"ad_batch", "ad_batch_checked", "ad_reaction", "ad_planned"}


def test_a_dose_without_batch_and_a_reaction_without_its_event_are_asked_about() -> None:
    session = event("administration", ad_given="1", ad_reaction="1")
    assert problems(session) == {"ad_batch": ("soft", "ad_batch_needed"), "ad_ae": ("soft", "ad_ae_needed")}
    session.set_text("ad_batch", "LOT42")
    session.set_text("ad_ae", "1")
    assert problems(session) == {}


def test_glucocorticoids_of_events_and_visits_share_their_drugs_and_limits() -> None:
    fields = DEFINITIONS.fields
    assert fields["gcc_drug"].codes is fields["gcp_drug"].codes is fields["gc1_drug"].codes
    assert set(oral_dose.GC_DRUGS) == set(fields["gcp_drug"].codes.values)  # type: ignore[union-attr]
    for one, other in (("gcc_mg", "gc1_mg"), ("gcc_cycle_days", "gc1_cycle_days")):
        assert (fields[one].hard, fields[one].soft) == (fields[other].hard, fields[other].soft)


def test_premedication_of_several_days_is_asked_about_and_one_of_a_day_is_not() -> None:
    assert problems(event("gc_pulse", gcp_days="1", gcp_reason="2")) == {}
    assert problems(event("gc_pulse", gcp_days="3", gcp_reason="1")) == {}
    session = event("gc_pulse", gcp_days="3", gcp_reason="2")
    assert problems(session) == {"gcp_reason": ("soft", "gcp_premedication_days")}


def test_the_triamcinolone_of_the_published_skin_patient_is_a_depot_pulse() -> None:
    session = event(
        "gc_pulse",
        gcp_date="1/6/2026",
        gcp_drug="4",
        gcp_route="2",
        gcp_mg="40",
        gcp_days="1",
        gcp_reason="1",
    )
    assert problems(session) == {}
    assert {section.status for section in session.sections()} == {"done"}


def test_a_vaccine_may_be_known_to_its_year_and_a_live_one_is_named() -> None:
    session = event("vaccination", vx_vaccine="1", vx_date="2019", vx_dose="2")
    assert problems(session) == {}
    assert "vx_name" not in asked(session)
    for other in ("6", "7"):
        assert "vx_name" in asked(event("vaccination", vx_vaccine=other))


@pytest.mark.parametrize(("sex", "refused"), [("female", False), ("male", True), (None, False)])
def test_a_pregnancy_of_a_man_is_refused(sex: Literal["female", "male"] | None, refused: bool) -> None:
    subject = replace(SUBJECT, sex=sex)
    session = VisitSession(DEFINITIONS, ("pregnancy",), subject, Visit("pr-001", TODAY), today=TODAY)
    session.set_text("pr_known", "20/10/2026")
    assert problems(session) == ({"pr_known": ("hard", "pr_of_a_man")} if refused else {})


def test_an_ongoing_pregnancy_asks_no_result_and_an_anomaly_its_event() -> None:
    result = {"pr_outcome_date", "pr_anomaly"}
    assert not asked(event("pregnancy", pr_outcome="0")) & result
    assert asked(event("pregnancy", pr_outcome="1")) >= result
    session = event("pregnancy", pr_outcome="1", pr_anomaly="1")
    assert problems(session) == {"pr_ae": ("soft", "pr_ae_needed")}
    late = event("pregnancy", pr_outcome="1", pr_last_dose="10/2026", pr_outcome_date="9/2026")
    assert problems(late)["pr_last_dose"] == ("hard", "pr_dose_after_outcome")


def test_only_a_planned_visit_can_be_missed() -> None:
    assert problems(event("missed_visit", mv_visit="6")) == {}
    for other in ("98", "99"):
        assert problems(event("missed_visit", mv_visit=other)) == {"mv_visit": ("hard", "mv_unscheduled")}


@pytest.mark.parametrize(
    ("form_id", "field"), [("reconsent", "rc_date"), ("withdrawal", "wd_date"), ("death", "de_date")]
)
def test_nothing_of_the_study_happens_before_enrolment(form_id: str, field: str) -> None:
    assert problems(event(form_id, **{field: "23/5/2026"})) == {}
    assert problems(event(form_id, **{field: "22/5/2026"}))[field][0] == "hard"


def test_a_withdrawal_says_its_extent_and_what_becomes_of_the_data() -> None:
    session = event(
        "withdrawal",
        wd_date="20/11/2026",
        wd_scope="1",
        wd_use_before="1",
        wd_reason="1",
        wd_last_contact="20/11/2026",
    )
    assert problems(session) == {}
    assert {section.status for section in session.sections()} == {"done"}
    session.set_text("wd_last_contact", "21/11/2026")
    assert problems(session) == {"wd_last_contact": ("soft", "wd_contact_after")}
