"""The four worked patients by commands alone, from a typed file to the Stata file: the same scores at every stage."""

from __future__ import annotations

import pandas
import pyreadstat
import pytest
from agreement import check_chain
from study_parts import VIGNETTES, vector
from whole_study import Study

from anifro_desktop.centre.reading import all_subjects


@pytest.fixture(scope="module")
def followed(study_template: Study, tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, dict[str, str]]:
    """All four entered, sent, taken in, answered, and written for Stata. With the study code of each."""
    study = study_template.copy(tmp_path_factory.mktemp("followed") / "study")
    subjects = {}
    for name in VIGNETTES:
        entered = study.enter(vector(name))
        assert entered.code == 0, entered.err
        assert {item["state"] for item in entered.data} == {"signed"}
        subjects[name] = entered.data[0]["subject"]
    sent = study.send()
    assert sent.code == 0, sent.err
    taken = study.take_in()
    assert taken.code == 0, taken.err + taken.out
    assert [(item["status"], item["bad"], item["differences"]) for item in taken.data["bundles"]] == [
        ("accepted", 0, 0)
    ]
    heard = study.hear()
    assert heard.code == 0, heard.err
    assert [(item["state"], item["acked_to"], item["missing"]) for item in heard.data] == [("receipt", 1, [])]
    written = study.dataset()
    assert written.code == 0, written.err
    return study, subjects


def test_the_scores_are_the_same_in_store_bundle_centre_and_data_set(
    followed: tuple[Study, dict[str, str]],
) -> None:
    check_chain(*followed)


def test_the_site_and_the_centre_know_that_all_is_well(followed: tuple[Study, dict[str, str]]) -> None:
    study, subjects = followed
    status = study.command("site", "status").data
    assert [(item["seq"], item["state"]) for item in status["bundles"]] == [(1, "merged")]
    assert (status["to_send"], status["held_back"]) == (0, [])
    assert {row["subject"] for row in status["patients"]} == set(subjects.values())
    assert study.command("site", "verify").data == []
    centre = study.command("centre", "status").data
    (site,) = [item for item in centre["sites"] if item["site"] == "P03"]
    assert (site["enrolled"], site["visits"], site["differing"], site["bad_records"]) == (4, 9, 0, 0)


def test_reasons_for_missing_values_arrive_in_stata(followed: tuple[Study, dict[str, str]]) -> None:
    study, subjects = followed
    frame, meta = pyreadstat.read_dta(study.results / "visit.dta", user_missing=True)
    row = frame[frame["subj_id"] == subjects["v4"]].iloc[0]
    assert row["platelets"] == row["thrombocytopenia"] == "a"  # not done
    assert row["visit_planned"] == row["serves"] == 99
    assert row["leukopenia"] == 0
    assert meta.variable_value_labels["doris"] == {0.0: "not met", 1.0: "met"}


def test_events_arrive_in_days_and_the_centre_learns_who_left(followed: tuple[Study, dict[str, str]]) -> None:
    study, subjects = followed
    with study.at_centre() as centre:
        known = {subject.code: subject for subject in all_subjects(centre)}
    left = known[subjects["v4"]]
    assert [event.key for event in left.events] == ["ae-001", "hs-001", "wd-001"]
    zoster, _, withdrawal = (event.answers for event in left.events)
    assert (zoster["aesi_category"], zoster["ae_serious"], zoster["interrupted"]) == (1, 1, 1)
    assert zoster["ae_start"] == 201
    assert withdrawal["wd_date"] == 400
    assert {event.form for event in known[subjects["v2"]].events} == {
        "administration",
        "adverse_event",
        "gc_pulse",
    }
    status = {row["subject"]: row["status"] for row in study.command("site", "status").data["patients"]}
    assert status[subjects["v4"]] == "withdrawn"
    assert status[subjects["v3"]] == "enrolled"


def test_days_count_from_the_enrolment_and_from_the_first_dose(
    followed: tuple[Study, dict[str, str]],
) -> None:
    study, subjects = followed
    frame = pandas.read_stata(study.results / "visit.dta", convert_categoricals=False)
    days = {name: frame[frame["subj_id"] == code] for name, code in subjects.items()}
    assert list(days["v3"]["visit_dy"]) == [0, 183, 366, 735]
    assert list(days["v3"]["serves"]) == [0, 6, 12, 24]
    assert list(days["v4"]["visit_dy"]) == [77]
    assert list(days["v4"]["dose_dy"]) == [77 + 151]
    people = pandas.read_stata(study.results / "subject.dta", convert_categoricals=False)
    ages = dict(zip(people["subj_id"], people["age_at_enrolment"], strict=True))
    assert [ages[subjects[name]] for name in VIGNETTES] == [24, 35, 34, 71]
    halves = dict(zip(people["subj_id"], people["enrolment_half"], strict=True))
    assert [halves[subjects[name]] for name in VIGNETTES] == ["2010H2", "2023H1", "2023H1", "2025H1"]


def test_the_report_counts_what_the_vectors_say(followed: tuple[Study, dict[str, str]]) -> None:
    study, _ = followed
    report = study.command("centre", "report")
    assert report.code == 0
    met = {(line["endpoint"], line["visit"]): (line["met"], line["known"]) for line in report.data["lines"]}
    # V3 is the only one with planned visits after baseline: LLDAS at months 6 and 12, DORIS at month 12.
    assert [met["doris", visit] for visit in ("m06", "m12", "m24")] == [(0, 1), (1, 1), (0, 1)]
    assert [met["lldas", visit] for visit in ("m06", "m12", "m24")] == [(1, 1), (1, 1), (0, 1)]


def test_everything_again_changes_nothing(study: Study) -> None:
    assert study.enter(vector("v1")).code == 0
    assert study.send().code == 0
    first = study.take_in().data
    again = study.take_in()
    assert again.code == 0
    assert [item["status"] for item in again.data["bundles"] if item["status"] != "ignored"] == ["duplicate"]
    assert first["bundles"][0]["status"] == "accepted"
    assert [item["state"] for item in study.hear().data] == ["receipt", "receipt"]
    assert {item["state"] for item in study.hear().data} == {"repeated"}
    with study.at_centre() as centre:
        # Enrolment, classification and schedule, and each form of the one visit.
        assert len(centre.store.revisions()) == 3 + len(centre.definitions.of_visit("baseline"))
