"""The synthetic cohort: repeatable, plainly invented, typed without a fault, and as near the figures as it says."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from anifro_desktop.forms import load
from anifro_desktop.forms.scoring import score_json
from anifro_desktop.workflows import checking, visits
from anifro_desktop.workflows.cohort import table
from anifro_desktop.workflows.cohort.figures import BASELINE, FIGURES, MONTH_6
from anifro_desktop.workflows.cohort.files import as_bytes, course, courses
from anifro_desktop.workflows.cohort.measuring import Measured, measure
from anifro_desktop.workflows.cohort.sessions import Patient, type_at, type_without_store
from anifro_desktop.workflows.cohort.settings import DOCUMENTED
from anifro_desktop.workflows.site import Site

DOCUMENT = Path(__file__).parents[2] / "docs" / "cohort.md"
HALF_A_YEAR = timedelta(days=215)  # the window of month 6 is over


@pytest.fixture(scope="module")
def half_a_year() -> list[Patient]:
    """The whole documented cohort up to month 6."""
    definitions, today = load(), DOCUMENTED.today
    return [
        type_without_store(as_bytes(content), definitions, today, until=HALF_A_YEAR)
        for content in courses(DOCUMENTED)
    ]


@pytest.fixture(scope="module")
def found(half_a_year: list[Patient]) -> list[table.Line]:
    measured = measure(half_a_year, DOCUMENTED.today, course=False)
    return [line for line in table.lines(measured) if line.figure.group in (BASELINE, MONTH_6)]


def test_baseline_and_month_6_lie_within_their_tolerances(found: list[table.Line]) -> None:
    assert len(found) > 30
    off = [(line.figure.name, line.measured.value) for line in found if line.within is not True]
    assert off == []


def test_the_document_says_what_the_sessions_gave(found: list[table.Line]) -> None:
    kept = DOCUMENT.read_text(encoding="utf-8").splitlines()
    written = table.as_markdown(found, "en", DOCUMENTED.patients, DOCUMENTED.seed).splitlines()
    rows = [row for row in written if row.startswith("| ")]
    assert [row for row in rows if row not in kept] == []
    assert kept[0] == written[0]
    assert "every patient is invented" in kept[0]


def test_the_same_seed_gives_the_same_people() -> None:
    plan = replace(DOCUMENTED, patients=3)
    assert list(courses(plan)) == list(courses(plan))
    other = list(courses(replace(plan, seed=plan.seed + 1)))
    assert all(one != two for one, two in zip(courses(plan), other, strict=True))


def test_everybody_is_invented_and_nothing_lies_after_the_end() -> None:
    for content in courses(DOCUMENTED):
        assert content["identity"]["surname"].startswith("Sintetic")
        ends = [
            _ended(event) for event in content["events"] if event["form"] in ("death", "lost", "withdrawal")
        ]
        last = min([DOCUMENTED.today, *ends])
        assert max(date.fromisoformat(visit["date"]) for visit in content["visits"]) <= last


def _ended(event: dict[str, Any]) -> date:
    field = {"death": "de_date", "lost": "lo_last_contact", "withdrawal": "wd_date"}[event["form"]]
    return date.fromisoformat(event["answers"][field])


def test_a_site_keeps_what_the_sessions_gave(site: Site) -> None:
    """The path with drafts, signatures and audit, and the one without a store, agree on every score."""
    data = as_bytes(course(DOCUMENTED, 3))
    alone = type_without_store(data, site.definitions, site.today())
    kept = type_at(site, data)
    assert [record.scores for record in kept.records] == [record.scores for record in alone.records]
    (subject,) = [row.code for row in site.clinical.subjects()]
    (summary,) = site.clinical.revisions(subject, "baseline", "visit_summary")
    baseline = next(record for record in alone.records if record.key == "baseline")
    assert summary.scores == {name: score_json(score) for name, score in baseline.scores.items()}
    assert {row.state for row in site.clinical.entries(subject)} == {"signed"}
    assert checking.verify(site) == []


def test_suggestions_are_accepted_form_by_form_before_the_rest_is_absent(site: Site) -> None:
    content = course(DOCUMENTED, 0)
    first = content["visits"][0]
    first["answers"] = {"joint_method": 1, "j_r_wrist": 3, "j_l_wrist": 3, "platelets": 180}
    first |= {"suggested": ["sledai2k"], "absent": ["joints", "sledai2k"], "reasons": {}}
    content |= {"visits": [first], "events": []}
    type_at(site, json.dumps(content).encode())
    (row,) = site.clinical.subjects()
    opened = visits.open_visit(site, row.code, "baseline", site.today())
    state = opened.session.state
    assert (state("arthritis").value, state("arthritis").note) == (1, None)
    assert (state("thrombocytopenia").value, state("thrombocytopenia").note) == (0, None)
    seizure = state("seizure")
    assert seizure.note is not None
    assert (seizure.value, seizure.note.kind) == (0, "all_absent")


def test_a_figure_out_of_tolerance_is_told_in_both_languages() -> None:
    off = table.lines({"age": Measured(60.0, 150), "women": Measured(90.0, 150), "sdi": Measured(None, 0)})
    italian, english = (table.as_text(off, lang, 150, 1) for lang in ("it", "en"))
    assert "NO" in next(line for line in english.splitlines() if line.startswith("Age, mean"))
    assert "not known" in next(line for line in english.splitlines() if line.startswith("Damage"))
    assert "Entro la tolleranza: 1 misure su 3." in italian


def test_a_cohort_with_nothing_of_a_kind_is_never_within_its_tolerance() -> None:
    none = table.lines({figure.name: Measured(0.0, DOCUMENTED.patients) for figure in FIGURES})
    assert [line.figure.name for line in none if line.within is not False] == []
