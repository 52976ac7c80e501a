"""Flares: what is new since the previous assessment is suggested, what got worse or came and went is asked."""

from __future__ import annotations

from decimal import Decimal

import pytest
from forms_builders import DEFINITIONS
from forms_filling import filled, form_of, kinds, problem, suggested

from anifro_desktop.record import Value

FORMS = "laboratory sledai2k sledas treatment flare visit_summary"


@pytest.mark.parametrize(
    ("field", "item"),
    [
        ("nw_rash", "rash"),
        ("nw_rash", "mucocutaneous_vasculitis"),
        ("nw_ulcers", "mucosal_ulcers"),
        ("nw_pleuritis", "pleurisy"),
        ("nw_pericarditis", "pericarditis"),
        ("nw_arthritis", "arthritis"),
        ("nw_fever", "fever"),
        ("nw_cns", "seizure"),
        ("nw_cns", "cva"),
        ("nw_vasculitis", "systemic_vasculitis"),
        ("nw_nephritis", "proteinuria"),
        ("nw_nephritis", "hematuria"),
        ("nw_nephritis", "urinary_casts"),
        ("nw_myositis", "myositis"),
        ("newis_cyclophosphamide", "on_cyclophosphamide"),
        ("newis_azathioprine", "on_azathioprine"),
        ("newis_methotrexate", "on_methotrexate"),
        ("nsaid_or_hcq_added", "on_hydroxychloroquine"),
    ],
)
def test_new_is_what_was_absent_at_the_previous_visit(field: str, item: str) -> None:
    def now(answer: str, **previous: Value) -> int | None:
        return suggested(filled(FORMS, {item: answer}, previous=previous), field)

    assert now("1", **{item: 0}) == 1
    assert now("1", **{item: 1}) is None
    assert now("1") is None
    assert now("0", **{item: 0}) is None
    assert now("0", **{item: 1}) is None


def test_nothing_of_a_flare_is_ever_suggested_to_be_absent() -> None:
    rules = [DEFINITIONS.suggestions.get(item.id) for item in form_of("flare").fields]
    assert {rule.absent for rule in rules if rule is not None} == {None}


@pytest.mark.parametrize(
    ("platelets", "was", "value"),
    [
        ("59", {"platelets": 60}, 1),
        ("59", {}, 1),
        ("59", {"platelets": 59}, None),
        ("60", {"platelets": 90}, None),
    ],
)
def test_platelets_below_60(platelets: str, was: dict[str, Value], value: int | None) -> None:
    assert suggested(filled(FORMS, {"platelets": platelets}, previous=was), "nw_platelets_lt60") == value


@pytest.mark.parametrize(
    ("haemoglobin", "haemolytic", "value"), [("6,9", "1", 1), ("7", "1", None), ("6,9", "0", None)]
)
def test_haemoglobin_counts_where_the_anaemia_is_haemolytic(
    haemoglobin: str, haemolytic: str, value: int | None
) -> None:
    answers = {"haemoglobin": haemoglobin, "hemolytic_anemia": haemolytic}
    assert suggested(filled(FORMS, answers), "nw_hemolytic_anemia") == value


def test_a_drug_that_was_counted_when_it_was_prescribed_is_not_counted_again() -> None:
    before: dict[str, Value] = {"on_methotrexate": 0, "newis_methotrexate": 1}
    assert suggested(filled(FORMS, {"on_methotrexate": "1"}, previous=before), "newis_methotrexate") is None
    added: dict[str, Value] = {"on_hydroxychloroquine": 0, "nsaid_or_hcq_added": 1}
    assert (
        suggested(filled(FORMS, {"on_hydroxychloroquine": "1"}, previous=added), "nsaid_or_hcq_added") is None
    )


def test_a_switch_between_mycophenolates_is_no_start() -> None:
    none: dict[str, Value] = {"on_mycophenolate_mofetil": 0, "on_mycophenolic_acid": 0}
    started = filled(FORMS, {"on_mycophenolic_acid": "1"}, previous=none)
    assert suggested(started, "newis_mycophenolate") == 1
    mofetil: dict[str, Value] = {"on_mycophenolate_mofetil": 1, "on_mycophenolic_acid": 0}
    switched = {"on_mycophenolate_mofetil": "0", "on_mycophenolic_acid": "1"}
    assert suggested(filled(FORMS, switched, previous=mofetil), "newis_mycophenolate") is None


@pytest.mark.parametrize(
    ("field", "fact"),
    [
        ("pulse_since", "n_pulse_since"),
        ("hospitalised_for_sle", "n_hosp_sle_since"),
        ("new_biologic_activity", "n_biologic_new_since"),
        ("nsaid_or_hcq_added", "n_hcq_nsaid_since"),
    ],
)
def test_recorded_events_are_told_with_their_number(field: str, fact: str) -> None:
    session = filled(FORMS, facts={fact: 2})
    suggestion = session.state(field).suggestion
    assert suggestion is not None
    assert suggestion.value == 1
    assert " 2" in suggestion.text.it
    for none in (0, None):
        assert suggested(filled(FORMS, facts={fact: none}), field) is None


def test_all_manifestations_left_are_absent_in_one_act_but_no_decision_is() -> None:
    session = filled(FORMS, {"nw_rash": "1"})
    session.all_absent("flare", "new_or_worse")
    assert (session.answers["nw_rash"], session.answers["nw_hemolytic_anemia"]) == (1, 0)
    assert session.open_absent_count("flare", "consequences") == 0


def test_it_is_not_asked_at_baseline_and_never_answered_as_last_time() -> None:
    assert "baseline" not in kinds("flare")
    assert {"m06", "unscheduled", "early"} <= kinds("flare")
    assert not any(item.carry for item in form_of("flare").fields)


def test_an_onset_after_the_visit_blocks_signing() -> None:
    session = filled(FORMS, {"visit_date": "10/11/2026", "flare_onset": "11/11/2026"})
    assert problem(session, "flare_onset") == ("hard", "onset_after_visit")
    session.set_text("flare_onset", "01/11/2026")
    assert problem(session, "flare_onset") is None


def test_a_fall_of_haemoglobin_by_more_than_3_suggests_severe_haemolytic_anaemia() -> None:
    def told(now: str, before: str, anaemia: str = "1") -> int | None:
        answers = {"haemoglobin": now, "hemolytic_anemia": anaemia}
        session = filled("laboratory sledas flare", answers, previous={"haemoglobin": Decimal(before)})
        return suggested(session, "nw_hemolytic_anemia")

    assert told("8,0", "12.5") == 1
    assert told("9,5", "12.5") is None  # a fall of just 3
    assert told("9,4", "12.5") == 1
    assert told("8,0", "12.5", "0") is None


@pytest.mark.parametrize("drug", ["cyclophosphamide", "azathioprine", "methotrexate", "mycophenolate"])
def test_a_drug_started_and_stopped_between_two_visits_is_new(drug: str) -> None:
    field, fact = f"newis_{drug}", f"n_new_{drug}_since"
    assert suggested(filled("flare", facts={fact: 1}), field) == 1
    assert suggested(filled("flare", facts={fact: 0}), field) is None
    assert suggested(filled("flare", previous={field: 1}, facts={fact: 1}), field) is None
