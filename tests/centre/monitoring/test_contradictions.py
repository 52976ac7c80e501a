"""Each contradiction: a case that makes it, and one just beside that does not. All patients are synthetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from centre_builders import (
    DEFINITIONS,
    DRUGS,
    QUIET,
    Past,
    claiming,
    enrolment,
    event,
    received,
    revision,
    schedule,
    visit,
)
from centre_sites import SyntheticSite

from anifro_desktop.centre import querying
from anifro_desktop.centre.assembling import Subject, subjects
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.monitoring.contradictions import contradictions, found, raise_contradictions
from anifro_desktop.centre.monitoring.sentences import NAMES, SENTENCES
from anifro_desktop.centre.office import Centre
from anifro_desktop.forms.screening import screen
from anifro_desktop.record import Missing, Revision
from anifro_desktop.thread import MAX_TEXT, Query, fault

CODE = "P03-7KQF-4"
NOTHING = {
    "since_ae": 0,
    "since_hospital": 0,
    "since_treatment": 0,
    "since_vaccine_pregnancy": 0,
    "pulse_since": 0,
}
BEFORE: Mapping[str, Any] = {**QUIET, **DRUGS}
AFTER: Mapping[str, Any] = {**QUIET, **DRUGS, **NOTHING, "hospitalised_for_sle": 0}


class Case(NamedTuple):
    """before, after: what the visits of day 0 and of day 183 say otherwise; events by key; own: of the enrolment."""

    before: Mapping[str, Any] = {}
    after: Mapping[str, Any] = {}
    events: Mapping[str, Mapping[str, Any]] = {}
    own: Mapping[str, Any] = {}


def made(case: Case) -> list[Revision]:
    first, second = {**BEFORE, **case.before}, {**AFTER, **case.after}
    past: Past = ("baseline", first)
    return [
        enrolment(CODE, **case.own),
        schedule(CODE, "m06"),
        *visit(CODE, "baseline", 0, first),
        *visit(CODE, "m06", 183, second, past, past, past),
        *(event(CODE, key, **answers) for key, answers in case.events.items()),
    ]


def subject_of(revisions: Iterable[Revision]) -> Subject:
    (subject,) = subjects(received(revisions), DEFINITIONS)
    return subject


def rules(case: Case) -> set[str]:
    return {one.rule for one in found(subject_of(made(case)))}


FATAL = {"ae_start": 90, "ae_ongoing": 0, "ae_end": 200, "outcome": 5, "ser_death": 1}
IN_HOSPITAL = {"ae_start": 90, "ser_hospitalisation": 1}
STAY = {"hs_admission": 90, "hs_ongoing": 0, "hs_discharge": 95, "hosp_reason": 1, "hosp_ae": 1}
STOP = {"dc_drug": 15, "dc_what": 4, "dc_permanence": 2, "dc_date": 100}
DOSE = {"ad_given": 1, "ad_date": 101}
ON_TIME = {"ad_given": 1, "ad_date": 0, "ad_route": 1, "ad_interval_days": 28}
SKIPPED = {"ad_given": 0, "ad_route": 1, "ad_interval_days": 56}
COURSE = {"gcc_drug": 1, "gcc_mg": Decimal(5), "gcc_cycle_days": 1, "gcc_start": 10, "gcc_ongoing": 1}
PREDNISONE = {"gc_oral": 1, "gc1_drug": 1, "gc1_mg": Decimal(5), "gc1_cycle_days": 1, "gc_second": 0}
OFF = {"on_anifrolumab_iv": 0, "on_anifrolumab_sc": 0}
SEVERE = {"phga": Decimal("2.6"), "gc_raised_activity": 0, **{f"newis_{name}": 0 for name in (
    "cyclophosphamide", "azathioprine", "methotrexate", "mycophenolate")}, "new_biologic_activity": 0,
    "nsaid_or_hcq_added": 0}  # fmt: skip
YES_AE, YES_CHANGE = {"since_ae": 1}, {"since_treatment": 1}

# rule: what makes it, and the nearest that does not.
CASES: Mapping[str, tuple[Case, Case]] = {
    "visit_after_death": (Case(events={"de-001": {"de_date": 182}}), Case(events={"de-001": {"de_date": 183}})),
    "event_after_death": (
        Case(events={"de-001": {"de_date": 200}, "ad-001": {**DOSE, "ad_date": 201}}),
        Case(events={"de-001": {"de_date": 200}, "ad-001": {**DOSE, "ad_date": 200}}),
    ),
    "fatal_without_death": (
        Case(events={"ae-001": FATAL}),
        Case(events={"ae-001": FATAL, "de-001": {"de_date": 200}}),
    ),
    "death_without_event": (
        Case(events={"ae-001": {**FATAL, "outcome": 1}, "de-001": {"de_date": 200}}),
        Case(events={"ae-001": {"ae_start": 90}, "de-001": {"de_date": 200}}),  # its outcome is open
    ),
    "hospital_without_stay": (
        Case(events={"ae-001": IN_HOSPITAL, "hs-001": {**STAY, "hosp_ae": 2}}),
        Case(events={"ae-001": IN_HOSPITAL, "hs-001": {**STAY, "hosp_ae": Missing.NOT_KNOWN}}),
    ),
    "stay_of_no_event": (Case(events={"hs-001": STAY}), Case(events={"hs-001": STAY, "ae-001": IN_HOSPITAL})),
    "stay_not_serious": (
        Case(events={"hs-001": STAY, "ae-001": {**IN_HOSPITAL, "ser_hospitalisation": 0}}),
        Case(events={"hs-001": STAY, "ae-001": {"ae_start": 90}}),
    ),
    "dose_after_stop": (
        Case(events={"dc-001": STOP, "ad-001": DOSE}),
        Case(events={"dc-001": STOP, "dc-002": {**STOP, "dc_what": 6, "dc_date": 101}, "ad-001": DOSE}),
    ),
    "dose_due_unrecorded": (  # two intervals without a record; a skipped dose is one
        Case(events={"ad-001": ON_TIME, "ad-002": {**ON_TIME, "ad_date": 56}}),
        Case(events={"ad-001": ON_TIME, "ad-002": {**ON_TIME, "ad_date": 55}, "ad-003": {**SKIPPED, "ad_date": 83}}),
    ),
    "withdrawn_without_stop": (
        Case(events={"ae-001": {"ae_start": 90, "action_taken": 1}}),
        Case(events={"ae-001": {"ae_start": 90, "action_taken": 1}, "dc-001": STOP}),
    ),
    "pregnancy_of_man": (
        Case(events={"pr-001": {"pr_known": 90}}, own={"sex": 2}),
        Case(events={"pr-001": {"pr_known": 90}}),
    ),
    "pregnancy_age": (
        Case(events={"pr-001": {"pr_known": 366}}, own={"age_at_enrolment": 55}),
        Case(events={"pr-001": {"pr_known": 365}}, own={"age_at_enrolment": 55}),
    ),
    "courses_overlap": (
        Case(events={"gc-001": COURSE, "gc-002": {**COURSE, "gcc_start": 50}}),
        Case(events={
            "gc-001": {**COURSE, "gcc_ongoing": 0, "gcc_stop": 50}, "gc-002": {**COURSE, "gcc_start": 50},
        }),
    ),
    "consent_after_enrolment": (Case(own={"consent_date": 1}), Case(own={"consent_date": 0})),
    "missed_but_made": (
        Case(events={"mv-001": {"mv_visit": 6}}), Case(events={"mv-001": {"mv_visit": 12}}),
    ),
    "since_ae_unrecorded": (
        Case(after=YES_AE, events={"ae-001": {"ae_start": 184}}),
        Case(after=YES_AE, events={"ae-001": {"ae_start": 183}}),
    ),
    "since_ae_denied": (  # such as zoster that the visit does not tell of
        Case(events={"ae-001": {"ae_start": 1, "aesi_category": 1}}),
        Case(events={"ae-001": {"ae_start": {"months": 1}, "aesi_category": 1}}, after={"since_ae": 1}),
    ),
    "since_hospital_unrecorded": (
        Case(after={"since_hospital": 1}),
        Case(after={"since_hospital": 1}, events={"hs-001": {"hs_admission": -3, "hs_ongoing": 0, "hs_discharge": 1}}),
    ),
    "since_hospital_denied": (
        Case(events={"hs-001": {"hs_admission": 183}}), Case(events={"hs-001": {"hs_admission": 184}}),
    ),
    "since_treatment_unrecorded": (
        Case(after=YES_CHANGE),
        Case(after=YES_CHANGE, events={"dc-001": {"dc_drug": 5, "dc_what": 2}}),  # its day is open
    ),
    "since_treatment_denied": (
        Case(events={"gc-001": {**COURSE, "gcc_why": 2}}), Case(events={"gc-001": {**COURSE, "gcc_why": 4}}),
    ),
    "since_vaccine_pregnancy_unrecorded": (
        Case(after={"since_vaccine_pregnancy": 1}),
        Case(after={"since_vaccine_pregnancy": 1}, events={"vx-001": {"vx_date": {"months": 6}}}),
    ),
    "since_vaccine_pregnancy_denied": (
        Case(events={"vx-001": {"vx_date": 40}}), Case(events={"vx-001": {"vx_date": {"months": 6}}}),
    ),
    "pulse_since_unrecorded": (
        Case(after={"pulse_since": 1}, events={"gp-001": {"gcp_date": 90, "gcp_reason": 2}}),
        Case(after={"pulse_since": 1}, events={"gp-001": {"gcp_date": 90}}),
    ),
    "pulse_since_denied": (
        Case(events={"gp-001": {"gcp_date": 90, "gcp_reason": 1}}),
        Case(events={"gp-001": {"gcp_date": 90, "gcp_reason": 2}}),
    ),
    "hospitalised_for_sle_unrecorded": (
        Case(after={"hospitalised_for_sle": 1}, events={"hs-001": {**STAY, "hosp_for_sle": 0}}),
        Case(after={"hospitalised_for_sle": 1}, events={"hs-001": {**STAY, "hosp_reason": 2}}),
    ),
    "hospitalised_for_sle_denied": (
        Case(events={"hs-001": {**STAY, "hosp_reason": 2}}), Case(events={"hs-001": STAY}),
    ),
    "pulse_unrecorded": (
        Case(after={"pulse_30d": 1}, events={"gp-001": {"gcp_date": 152}}),
        Case(after={"pulse_30d": 1}, events={"gp-001": {"gcp_date": 153}}),
    ),
    "pulse_denied": (
        Case(events={"gp-001": {"gcp_date": 160, "gcp_reason": 1}}),
        Case(events={"gp-001": {"gcp_date": 150, "gcp_reason": 1}}),
    ),
    "rash_without_clasi": (Case(after={"rash": 1}), Case(after={"rash": 1, "skin_involved": Missing.NOT_KNOWN})),
    "arthritis_without_joints": (
        Case(after={"arthritis": 1, "tjc28": 3}),
        Case(after={"arthritis": 1, "tjc28": 3, "sjc28": 2, "active28": 2}),
    ),
    "joints_without_arthritis": (
        Case(after={"tjc28": 2, "sjc28": 2, "active28": 2, "swollen_not_sle": 0}),
        Case(after={"tjc28": 2, "sjc28": 2, "active28": 1, "swollen_not_sle": 0}),
    ),
    "phga_zero_active": (
        Case(after={"arthritis": 1, "tjc28": 2, "sjc28": 2, "active28": 2}),
        Case(after={"rash": 1}),  # 2 points of clinical activity
    ),
    "severe_flare_untreated": (
        Case(after=SEVERE), Case(after=SEVERE, events={"dc-001": {"dc_drug": 5, "dc_what": 1, "dc_date": 213}}),
    ),
    "course_denied": (
        Case(events={"gc-001": COURSE}), Case(events={"gc-001": {**COURSE, "gcc_start": 183}}),
    ),
    "course_dose": (
        Case(after={**PREDNISONE, "gc1_mg": Decimal(10)}, events={"gc-001": COURSE}),
        Case(after={**PREDNISONE, "gc1_mg": Decimal(10), "gc1_cycle_days": 2}, events={"gc-001": COURSE}),
    ),
    "stop_unrecorded": (
        Case(after=OFF), Case(after=OFF, events={"dc-001": {**STOP, "dc_date": 183}}),
    ),
    "weight_kg_jump": (
        Case(before={"weight_kg": 50}, after={"weight_kg": Decimal("60.1")}),
        Case(before={"weight_kg": 50}, after={"weight_kg": 60}),
    ),
    "height_cm_jump": (
        Case(before={"height_cm": 160}, after={"height_cm": 154}),
        Case(before={"height_cm": 160}, after={"height_cm": 155}),
    ),
    "damage_falls": (
        Case(before={"sdi_cataract": 1}), Case(before={"sdi_cataract": 1}, after={"sdi_cataract": 1}),
    ),
    "blood_of_other_day": (
        Case(after={"lab_date": 152}), Case(after={"lab_date": 153}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", CASES)
def test_a_contradiction_is_found_and_what_stands_just_beside_it_is_not(rule: str) -> None:
    makes, does_not = CASES[rule]
    assert rule in rules(makes)
    assert rule not in rules(does_not)


def test_two_visits_of_one_day_are_asked_about_at_one_of_them() -> None:
    same = [*made(Case()), *visit(CODE, "u01", 183, AFTER)]
    (one,) = [one for one in found(subject_of(same)) if one.rule == "two_visits_one_day"]
    assert (one.visit, "m06" in one.text.en) == ("u01", True)
    apart = [*made(Case()), *visit(CODE, "u01", 184, AFTER)]
    assert all(one.rule != "two_visits_one_day" for one in found(subject_of(apart)))


def test_every_check_has_its_case_and_says_nothing_that_may_not_be_sent() -> None:
    assert SENTENCES.keys() - {"two_visits_one_day"} == CASES.keys()
    for rule, text in SENTENCES.items():
        for words in (text.it, text.en):
            assert len(words) <= MAX_TEXT, rule
            assert not screen(
                words.format(points=8, other="m06", event="ae-001", days=56, interval=28)
            ).hits, rule


def unrecorded(**events: Mapping[str, Any]) -> set[str]:
    """Doses after which others were due; the drug is taken up to the visit of day 183."""
    case = Case(events={key.replace("_", "-"): answers for key, answers in events.items()})
    return {one.visit for one in found(subject_of(made(case))) if one.rule == "dose_due_unrecorded"}


def test_after_the_last_dose_time_counts_up_to_the_last_visit_on_the_drug() -> None:
    assert unrecorded(ad_001={**ON_TIME, "ad_date": 127}) == {"ad-001"}
    assert unrecorded(ad_001={**ON_TIME, "ad_date": 128}) == set()
    weekly = {"ad_given": 1, "ad_route": 2}  # the interval is that of the route
    assert unrecorded(ad_001={**weekly, "ad_date": 169}) == {"ad-001"}
    assert unrecorded(ad_001={**weekly, "ad_date": 170}) == set()


@pytest.mark.parametrize(
    "more",
    [
        {"ad_002": {"ad_given": 1}},  # a dose without its day may be any
        {"dc_001": {**STOP, "dc_what": 5, "dc_date": 101}},  # a pause
        {"dc_001": {"dc_what": 4, "dc_date": 120}},  # of a drug that is not said
        {"dc_001": {"dc_drug": 15, "dc_what": 4}},  # of a day that is open
    ],
)
def test_what_may_explain_a_dose_that_is_missing_asks_nothing(more: Mapping[str, Any]) -> None:
    assert unrecorded(ad_001={**ON_TIME, "ad_date": 100}) == {"ad-001"}
    assert unrecorded(ad_001={**ON_TIME, "ad_date": 100}, **more) == set()
    elsewhere = {"dc_drug": 15, "dc_what": 4, "dc_date": 99}  # before that dose
    assert unrecorded(ad_001={**ON_TIME, "ad_date": 100}, dc_001=elsewhere) == {"ad-001"}


def test_a_stay_for_a_flare_may_be_that_of_the_event_and_names_none() -> None:
    flare = {**STAY, "hosp_reason": 2, "hosp_ae": Missing.NOT_APPLICABLE}
    assert "hospital_without_stay" not in rules(Case(events={"ae-001": IN_HOSPITAL, "hs-001": flare}))
    earlier = {**flare, "hs_admission": 89}
    assert "hospital_without_stay" in rules(Case(events={"ae-001": IN_HOSPITAL, "hs-001": earlier}))


def test_a_long_course_overlaps_more_than_the_next_one() -> None:
    short = {**COURSE, "gcc_start": 20, "gcc_ongoing": 0, "gcc_stop": 30}
    later = {**COURSE, "gcc_start": 40}
    case = Case(events={"gc-001": COURSE, "gc-002": short, "gc-003": later})
    assert {one.visit for one in found(subject_of(made(case))) if one.rule == "courses_overlap"} == {
        "gc-002",
        "gc-003",
    }


def test_a_quiet_patient_contradicts_nothing() -> None:
    assert rules(Case()) == set()


def test_a_finding_names_a_question_of_a_form_and_a_place_that_can_be_sent() -> None:
    for makes, _ in CASES.values():
        for one in found(subject_of(made(makes))):
            form = DEFINITIONS.form(one.form)
            assert one.field in ("", *(item.id for item in form.fields)), one
            query = Query(
                "00000000-0000-4000-8000-000000000000", CODE, "contradiction", one.visit, one.form, one.field
            )
            assert fault(query) == ""
            assert len(one.about) <= 64
    assert set(NAMES) <= set(DEFINITIONS.fields)


def test_what_a_site_kept_with_a_reason_is_no_contradiction() -> None:
    revisions = made(CASES["weight_kg_jump"][0])
    note = {"weight_kg": {"kind": "override", "reason": 5, "text": ""}}
    kept = [
        revision(CODE, "m06", "vitals", one.values, 183, notes=note, ver=2, prev=one.digest())
        for one in revisions
        if (one.visit, one.form) == ("m06", "vitals")
    ]
    assert {one.rule for one in found(subject_of([*revisions, *kept]))} == set()


def test_a_reason_stands_under_the_name_that_the_question_had_then() -> None:
    subject = subject_of(made(CASES["weight_kg_jump"][0]))
    note = {"body_mass_kg": {"kind": "override", "reason": 5, "text": ""}}
    older = replace(DEFINITIONS, digest="older", names={"body_mass_kg": "weight_kg"})
    before, after = subject.visits
    told = replace(after.forms["vitals"], definition="older", notes=note)
    held = replace(after, forms={**after.forms, "vitals": told}, packs=(older,))
    assert {one.rule for one in found(replace(subject, visits=(before, held)))} == set()


def arrive(centre: Centre, site: SyntheticSite, revisions: list[Revision]) -> None:
    (outcome,) = ingest(centre, [site.bundle(centre.keyset, revisions)])
    assert (outcome.status, outcome.bad) == ("accepted", 0), outcome


def test_a_contradiction_is_asked_once_and_again_only_after_the_data_changed(
    centre: Centre, site: SyntheticSite
) -> None:
    revisions = made(Case(before={"weight_kg": 50}, after={"weight_kg": 70}))
    arrive(centre, site, revisions)
    (asked,) = raise_contradictions(centre, "it")
    assert (asked.query.visit, asked.query.form, asked.query.field) == ("m06", "vitals", "weight_kg")
    assert "20 %" in asked.text
    assert raise_contradictions(centre, "it") == []
    querying.close(centre, asked.query.id)
    assert raise_contradictions(centre, "en") == []  # settled, in other words too
    assert [one.asked for one in contradictions(centre, "en")] == [True]
    (old,) = [one for one in revisions if (one.visit, one.form) == ("m06", "vitals")]
    arrive(centre, site, [revision(CODE, "m06", "vitals", {"weight_kg": 71}, 183, ver=2, prev=old.digest())])
    (again,) = raise_contradictions(centre, "en")
    assert again.query.id != asked.query.id
    arrive(centre, site, [revision(CODE, "m06", "vitals", {"weight_kg": 72}, 183, ver=3, prev="0" * 64)])
    assert raise_contradictions(centre, "en") == []  # the last one is still open


def test_an_answer_that_the_definitions_suggest_otherwise_stands_among_them(
    centre: Centre, site: SyntheticSite
) -> None:
    arrive(centre, site, claiming(made(Case(after={"low_complement": 1})), "m06"))
    assert [(one.rule, one.question.field) for one in contradictions(centre, "it")] == [
        ("suggestion", "low_complement")
    ]
    assert contradictions(centre, "it", "P99") == []
    assert len(raise_contradictions(centre, "it")) == 1
    assert raise_contradictions(centre, "en") == []
