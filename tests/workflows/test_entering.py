"""Entering a visit file: the whole of it or nothing, every fault at once, and the same as typing it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from study_parts import DAY_0, PASSPHRASE, VIGNETTES, dump, expected, scores_of, vector

from anifro_desktop.errors import Refusal
from anifro_desktop.store.errors import WrongPassphrase
from anifro_desktop.workflows import checking, entering, patients, sending, visits
from anifro_desktop.workflows.site import Site
from anifro_desktop.workflows.synthetic import Plan, courses
from anifro_desktop.workflows.transcription import FaultyVisitFile

FILE = {
    "format": "anifro-visit/1",
    "identity": {"surname": "Sintetica", "name": "Prova", "birth_date": "1991-05-20", "hospital_number": "SYN1"},
    "enrolment": {
        "consent_date": "2026-03-04",
        "enrolment_date": "2026-03-04",
        "sex": 1,
        "incl_informed_consent": 1,
        "incl_classification": 1,
        "incl_active_disease": 1,
        "incl_anifrolumab": 1,
    },
    "visits": [
        {"visit": "baseline", "date": "2026-03-04", "answers": {"phga": "1,8", "rash": 1}, "sign": True},
        {"visit": "m06", "date": "2026-09-04", "answers": {"phga": 0.5, "rash": 0}, "sign": False},
    ],
}  # fmt: skip

PULSE = {
    "form": "gc_pulse",
    "answers": {
        "gcp_date": "2026-05-02", "gcp_drug": 4, "gcp_route": 2, "gcp_mg": {"missing": "not_known"}, "gcp_days": 1,
        "gcp_reason": 1,
    },
    "sign": True,
}  # fmt: skip


def enter(site: Site, content: Any, passphrase: str = PASSPHRASE) -> entering.Entered:
    return entering.enter(site, json.dumps(content).encode(), passphrase)


def changed(change: Callable[[Any], object]) -> Any:
    content = json.loads(json.dumps(FILE))
    change(content)
    return content


def test_a_file_becomes_a_patient_with_a_signed_visit_and_a_draft(site: Site) -> None:
    entered = enter(site, FILE)
    assert [(item.visit, item.state) for item in entered.visits] == [("baseline", "signed"), ("m06", "draft")]
    (row,) = patients.patients(site)
    assert (row.subject, row.name, row.status) == (entered.subject, "Sintetica Prova", "enrolled")
    (phga,) = site.clinical.revisions(entered.subject, "baseline", "phga")
    assert phga.values == {"phga": "1.8"}
    assert phga.notes == {"phga": {"kind": "transcribed", "reason": None, "text": ""}}
    assert site.clinical.revisions(entered.subject, "m06") == ()
    assert checking.verify(site) == []


def test_a_global_is_written_as_it_was_marked_on_whichever_scale(site: Site) -> None:
    marked = {"phga_raw": "17", "phga_scale": 3, "rash": 1}
    entered = enter(site, changed(lambda c: c["visits"][0].update(answers=marked)))
    (phga,) = site.clinical.revisions(entered.subject, "baseline", "phga")
    assert phga.values == {"phga_scale": 3, "phga_raw": "17"}
    (summary,) = site.clinical.revisions(entered.subject, "baseline", "visit_summary")
    assert summary.scores["doris"]["parts"]["doris_phga"] is False
    assert summary.scores["lldas"]["parts"]["lldas_phga"] is True


def test_history_and_events_are_typed_before_the_visits_which_then_know_of_them(site: Site) -> None:
    history = {"answers": {"hx_diagnosis_date": "2016"}, "absent": ["history/comorbidities"], "sign": True}
    content = changed(lambda c: c.update(history=history, events=[PULSE, {**PULSE, "sign": False}]))
    content["visits"][1]["answers"] |= {"pulse_since": 1, "skin_involved": 1}
    content["visits"][1] |= {"absent": ["clasi/erythema"], "sign": True}
    entered = enter(site, content)
    assert [(item.visit, item.state) for item in entered.before] == [
        ("history", "signed"),
        ("gp-001", "signed"),
        ("gp-002", "draft"),
    ]
    (kept,) = site.clinical.revisions(entered.subject, "history")
    assert (kept.values["hx_diagnosis_date"], kept.values["co_stroke"]) == ("2016", 0)
    assert "hx_vasculitis" not in kept.values  # of another section
    (pulse,) = site.clinical.revisions(entered.subject, "gp-001")
    assert pulse.notes["gcp_date"]["kind"] == "transcribed"
    (skin,) = site.clinical.revisions(entered.subject, "m06", "clasi")
    assert skin.values["clasi_e_feet"] == 0
    assert "clasi_s_feet" not in skin.values
    opened = visits.open_visit(site, entered.subject, "m06", date(2026, 9, 4))
    assert opened.session.facts["n_pulse_since"] == 2
    assert checking.verify(site) == []


def test_a_criterion_of_inclusion_kept_against_the_classification_needs_its_reason(site: Site) -> None:
    change, _ = FAULTS["criteria that are not met"]
    content = changed(change)
    content["enrolment_reasons"] = {
        "incl_classification": {"reason": 5, "text": "criteri di un altro centro"}
    }
    entered = enter(site, content)
    (form,) = site.clinical.revisions(entered.subject, "", "enrolment")
    assert form.notes["incl_classification"]["kind"] == "override"


def test_a_history_that_is_signed_is_not_typed_over(site: Site) -> None:
    history = {"answers": {"hx_diagnosis_date": "2016"}, "sign": True}
    subject = enter(site, changed(lambda c: c.update(history=history))).subject
    before = dump(site)
    with pytest.raises(FaultyVisitFile, match="history: is signed already"):
        enter(site, {"format": "anifro-visit/1", "subject": subject, "history": history})
    assert dump(site) == before


def test_more_visits_of_a_known_patient(site: Site) -> None:
    subject = enter(site, FILE).subject
    more = {
        "format": "anifro-visit/1",
        "subject": subject.lower().replace("-", " "),
        "visits": [{"date": "2026-10-20", "answers": {"phga": "0"}, "sign": True}],
    }
    entered = enter(site, more)
    assert (entered.subject, entered.visits[0].visit) == (subject, "u01")


@pytest.mark.parametrize("name", VIGNETTES)
def test_the_worked_patients_have_their_scores(name: str, site: Site) -> None:
    entered = enter(site, vector(name))
    for item, wanted in zip(entered.visits, expected(name), strict=True):
        scores = scores_of(site, entered.subject, item.visit)
        assert scores["sledai2k"]["value"] == wanted["sledai2k"]
        assert scores["sledas"]["parts"].get("score_2dp") == wanted["sledas"]
        assert scores["doris"]["value"] is wanted["doris"]
        assert scores["lldas"]["value"] is wanted["lldas"]


FAULTS: dict[str, tuple[Any, str]] = {
    "unknown field": (lambda c: c["visits"][0]["answers"].update(rahs=1), 'unknown field rahs (did you mean "rash"?)'),
    "unknown key": (lambda c: c["visits"][1].update(answer={}), 'unknown key "answer"'),
    "unknown form": (lambda c: c["visits"][0].update(absent=["sledai"]), "names sledai, which is no form"),
    "absent is no list": (lambda c: c["visits"][0].update(absent=[5]), "absent"),
    "impossible value": (lambda c: c["visits"][0]["answers"].update(phga="7"), "phga"),
    "unknown code": (lambda c: c["visits"][0]["answers"].update(rash=5), "allowed are 0, 1"),
    "yes for a number": (lambda c: c["visits"][0]["answers"].update(rash=True), "not true, false"),
    "number for a word": (lambda c: c["visits"][0]["answers"].update(phga="much"), "phga"),
    "unknown missing reason": (lambda c: c["visits"][0]["answers"].update(phga={"missing": "lost"}), "not_done"),
    "not asked": (lambda c: c["visits"][0]["answers"].update(gc1_mg=5), "gc1_mg: is not asked"),
    "contradiction unsettled": (lambda c: c["visits"][0]["answers"].update(platelets=84, thrombocytopenia=0),
                                "thrombocytopenia"),
    "reason without a problem": (lambda c: c["visits"][0].update(reasons={"rash": {"reason": 1}}), "rash"),
    "no such date": (lambda c: c["visits"][0].update(date="2026-02-30"), "must be a date"),
    "date in the future": (lambda c: c["visits"][1].update(date="2026-11-24"), "lies in the future"),
    "unknown visit": (lambda c: c["visits"][1].update(visit="m7"), "m7"),
    "the same visit twice": (lambda c: c["visits"][1].update(visit="baseline"), "baseline"),
    "birth date in the future": (lambda c: c["identity"].update(birth_date="2027-01-01"), "birth date"),
    "born after the enrolment": (lambda c: c["identity"].update(birth_date="2026-03-05"), "birth date"),
    "wrong tax code": (lambda c: c["identity"].update(tax_code="XXXXXX91E60G702A"), "tax code"),
    "nobody's name": (lambda c: c["identity"].update(surname=""), "urname"),
    "enrolled before consent": (lambda c: c["enrolment"].update(enrolment_date="2026-03-03"), "consent"),
    "without enrolment date": (lambda c: c["enrolment"].pop("enrolment_date"), "enrolment_date"),
    "nobody": (lambda c: c.pop("identity"), "identity"),
    "other format": (lambda c: c.update(format="anifro-visit/2"), "anifro-visit/1"),
    "visits are no list": (lambda c: c.update(visits={}), "list"),
    "a visit is no object": (lambda c: c["visits"].append(5), "object"),
    "not asked at that visit": (lambda c: c["visits"][0]["answers"].update(nw_rash=0),
                                "nw_rash: its form is not asked"),
    "damage that falls": (lambda c: [c["visits"][number]["answers"].update(sdi_mi=2 - number) for number in (0, 1)],
                          "visit 2, sdi_mi"),
    "what an event says": (lambda c: [c.update(events=[PULSE]), c["visits"][1]["answers"].update(pulse_since=0),
                                      c["visits"][1].update(sign=True)], "visit 2, pulse_since"),
    "unknown kind of event": (lambda c: c.update(events=[{"form": "adverse_evnt"}]), 'did you mean "adverse_event"?'),
    "answer of another event": (lambda c: c.update(events=[{"form": "gc_pulse", "answers": {"ae_grade": 2}}]),
                                "event 1: unknown field ae_grade"),
    "impossible event": (lambda c: c.update(events=[{"form": "gc_pulse", "answers": {"gcp_days": 99}}]),
                         "event 1, gcp_days"),
    "events are no list": (lambda c: c.update(events={}), '"events" must be a list'),
    "history is no object": (lambda c: c.update(history=[]), "history must be an object"),
    "diagnosis after enrolment": (lambda c: c.update(history={"answers": {"hx_diagnosis_date": "2026-10"}}),
                                  "history, hx_diagnosis_date"),
    "unknown form of enrolment": (lambda c: c.update(enrolment_absent=["history"]), "names history, which is no form"),
    "criteria that are not met": (lambda c: [c.update(enrolment_absent=["classification"]),
                                             c["enrolment"].update(cl_ana=0, cl_proteinuria=0, criteria_set=3)],
                                  "enrolment, incl_classification"),
    "sign is no yes or no": (lambda c: c["visits"][0].update(sign="yes"), "true or false"),
    "a number for a code": (lambda c: c.update(subject=5), "study code"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_with_one_fault_changes_nothing_at_all(name: str, site: Site) -> None:
    change, said = FAULTS[name]
    before = dump(site)
    with pytest.raises(Refusal) as refused:
        enter(site, changed(change))
    assert said in str(refused.value)
    assert dump(site) == before
    assert patients.patients(site) == []
    assert site.names == {}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"format": "anifro-visit/1", "format": "anifro-visit/1"}',
        b"\xff\xfe{\x00}\x00",
        b'{"visits": NaN}',
        b"[" * 100_000,
        b'{"format": "anifro-visit/1", "visits": [' + b"9" * 5000 + b"]}",
    ],
    ids=["empty", "cut", "list", "null", "repeated key", "not utf-8", "not a number", "deep", "huge number"],
)
def test_a_file_that_is_no_visit_file_changes_nothing(data: bytes, site: Site) -> None:
    before = dump(site)
    with pytest.raises(FaultyVisitFile) as refused:
        entering.enter(site, data, PASSPHRASE)
    assert str(refused.value).endswith("Nothing was changed. Mend the file and enter it again.")
    assert dump(site) == before


def test_every_fault_is_said_at_once_without_the_values(site: Site) -> None:
    content = changed(lambda c: c["visits"][0]["answers"].update(rahs=1, tjc28="sixty-one", rash=8))
    content["visits"][1]["date"] = "tomorrow"
    content["identity"]["shoe_size"] = 41
    with pytest.raises(FaultyVisitFile) as refused:
        enter(site, content)
    assert len(refused.value.faults) == 4
    assert not any(secret in str(refused.value) for secret in ("sixty-one", "41", "tomorrow", "Sintetica"))


def test_a_wrong_passphrase_enters_nothing(site: Site) -> None:
    before = dump(site)
    with pytest.raises(WrongPassphrase):
        enter(site, FILE, "another passphrase")
    assert dump(site) == before


def test_an_unknown_patient_is_refused(site: Site) -> None:
    before = dump(site)
    with pytest.raises(FaultyVisitFile):
        enter(site, {"format": "anifro-visit/1", "subject": "P03-7KQF-W", "visits": []})
    assert dump(site) == before


def test_a_visit_that_was_signed_is_not_typed_over(site: Site) -> None:
    subject = enter(site, FILE).subject
    visit = {"visit": "baseline", "date": "2026-03-04", "answers": {"phga": "2"}, "sign": True}
    before = dump(site)
    with pytest.raises(Refusal):
        enter(site, {"format": "anifro-visit/1", "subject": subject, "visits": [visit]})
    assert dump(site) == before


def test_the_example_of_the_page_is_entered_as_it_stands(site: Site) -> None:
    page = (Path(__file__).parents[2] / "docs" / "visit-file.md").read_text(encoding="utf-8")
    example = page.partition("```json\n")[2].partition("```")[0]
    entered = entering.enter(site, example.encode(), PASSPHRASE)
    assert [item.state for item in (*entered.before, *entered.visits)] == ["signed"] * 3


def test_an_entered_visit_is_not_a_recovered_one(site: Site) -> None:
    from anifro_desktop.workflows.site import opening

    enter(site, FILE)
    assert opening(site).recovered is None


def test_the_synthetic_courses_enter_and_verify(site: Site, tmp_path: Any) -> None:
    for course in courses(Plan(4, date(2026, 11, 22), seed=7)):
        assert course["identity"]["surname"].startswith("Sintetic")
        enter(site, course)
    rows = patients.patients(site)
    assert len(rows) == 4
    assert all(
        row.status == "enrolled" and row.visits and row.visits[0].date >= DAY_0.replace(2023) for row in rows
    )
    assert sending.export(site, tmp_path).records > 30
    assert checking.verify(site) == []


def test_the_same_seed_gives_the_same_people() -> None:
    plan = Plan(6, date(2026, 11, 22), seed=3)
    assert list(courses(plan)) == list(courses(plan))


def test_a_person_who_is_enrolled_already_is_named_and_not_enrolled_again(site: Site) -> None:
    content = vector("v1")
    entered = entering.enter(site, json.dumps(content).encode(), PASSPHRASE)
    before = dump(site)
    with pytest.raises(FaultyVisitFile, match=entered.subject):
        entering.enter(site, json.dumps(content).encode(), PASSPHRASE)
    assert dump(site) == before
    twin = entering.enter(site, json.dumps(content | {"another_person": True}).encode(), PASSPHRASE)
    assert twin.subject != entered.subject


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"enrolment": {"incl_active_disease": 0}}, "hold no visits"),
        ({"identity": {"birth_date": "2001-03-05"}}, "hold no visits"),
        ({"identity": {"birth_date": "0001-01-01"}}, "birth_date"),
        ({"identity": {"surname": "Sintetica\x00"}}, "cannot be read"),
    ],
)
def test_who_is_not_eligible_or_not_readable_gets_no_signed_visits(
    site: Site, change: dict[str, dict[str, Any]], said: str
) -> None:
    content = vector("v1")
    for part, values in change.items():
        content[part] = content[part] | values
    before = dump(site)
    with pytest.raises(FaultyVisitFile, match=said):
        entering.enter(site, json.dumps(content).encode(), PASSPHRASE)
    assert dump(site) == before
