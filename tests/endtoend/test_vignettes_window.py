"""The four worked patients typed into the real window with key events alone, from the unlock screen to the Stata file.

The scores are read from the accessible text of the panel, before and after signing; then store, bundle, centre and
data set must agree with the same vectors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from agreement import check_chain
from leaks import Search
from study_parts import VIGNETTES, expected, vector
from whole_study import Study
from window_hands import Hands

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
_STATES = {True: "met", False: "not met", None: "unknown"}
_FLARES = {"none": "no flare", "mild_moderate": "mild or moderate", "severe": "severe", None: "unknown"}


@dataclass(frozen=True)
class Typed:
    """The study after everything was typed. said: what the panel said of each visit, at the review and once signed."""

    study: Study
    subjects: dict[str, str]
    said: dict[tuple[str, int], list[dict[str, str]]]


@pytest.fixture(scope="module")
def typed(qapp: Any, study_template: Study, tmp_path_factory: pytest.TempPathFactory) -> Typed:
    """All four typed, signed and sent from the window; taken in and written for Stata by the centre."""
    study = study_template.copy(tmp_path_factory.mktemp("typed") / "study")
    hands = Hands.on(study.site())
    hands.unlock()
    subjects: dict[str, str] = {}
    said: dict[tuple[str, int], list[dict[str, str]]] = {}
    for name in VIGNETTES:
        content = vector(name)
        subjects[name] = hands.enrol(content)
        if "history" in content:
            hands.find(subjects[name])
            hands.open_history()
            hands.fill(content["history"])
            hands.sign()
        events = content.get("events", [])
        leaving = [event for event in events if event["form"] == "withdrawal"]  # when it happens: at the end
        for event in events:
            if event not in leaving:
                _add(hands, subjects[name], event)
        for number, visit in enumerate(content["visits"]):
            hands.find(subjects[name])
            hands.new_visit(visit["date"])
            hands.fill(visit)
            hands.until(lambda: hands.page.review is not None, "the review")
            at_review = hands.scores()
            hands.sign()
            said[name, number] = [at_review, hands.scores()]
        for event in leaving:
            _add(hands, subjects[name], event)
    hands.send(study.stick)
    assert study.take_in().code == 0
    hands.bring_in(study.stick)
    hands.close()
    assert study.dataset().code == 0
    return Typed(study, subjects, said)


def _add(hands: Hands, subject: str, event: dict[str, Any]) -> None:
    hands.find(subject)
    hands.add_event(event["form"])
    hands.fill(event)
    hands.sign()


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name in VIGNETTES for number in range(len(expected(name)))]
)
def test_the_screen_says_the_scores(name: str, number: int, typed: Typed) -> None:
    wanted = expected(name)[number]
    for scores in typed.said[name, number]:
        _check_number(scores["sledai2k"], "SLEDAI-2K", wanted["sledai2k"])
        _check_number(scores["sledas"], "SLE-DAS", wanted["sledas"])
        _check_number(scores["prednisone"], "prednisone eq.", wanted["pred_eq"])
        assert scores["doris"] == f"DORIS remission {_STATES[wanted['doris']]}"
        assert scores["lldas"] == f"LLDAS {_STATES[wanted['lldas']]}"
        _check_number(scores["clasi"], "CLASI activity", wanted["clasi"])
        _check_number(scores["sdi"], "damage index (SDI)", wanted["sdi"])
        counts = " / ".join(
            "?" if wanted.get(name) is None else str(wanted[name]) for name in ("tjc28", "sjc28")
        )
        assert scores["joints"].startswith(f"tender / swollen joints (28) {counts}")
        if "sfi" in scores:  # it is not asked at baseline
            assert scores["sfi"].startswith(f"Flare (SFI, BLISS) {_FLARES[wanted['sfi']]}")
        if wanted["facit"] is not None:
            assert (
                f"FACIT-Fatigue {wanted['facit']:.1f} of 52, EQ-5D-5L index {wanted['eq5d']}"
                in scores["proms"]
            )


def _check_number(said: str, name: str, wanted: float | str | None) -> None:
    """The figure after the score's name; a range or nothing while it is not known."""
    match = re.match(rf"{re.escape(name)} ([^,]*)", said)
    assert match is not None, said
    figure = match[1].split()
    if wanted is None:
        assert figure[0] == "?" or figure[:2] == ["at", "least"] or figure[1] == "to", said
    else:
        assert float(figure[0]) == float(wanted), said
        assert "to" not in figure, said


def test_store_bundle_centre_and_data_set_agree(typed: Typed) -> None:
    check_chain(typed.study, typed.subjects)


def test_the_window_left_everything_in_good_order(typed: Typed) -> None:
    status = typed.study.command("site", "status").data
    assert [(item["seq"], item["state"]) for item in status["bundles"]] == [(1, "merged")]
    assert status["held_back"] == []
    assert typed.study.command("site", "verify").data == []


def test_the_window_left_nobody_and_no_date_in_any_file(typed: Typed) -> None:
    words, dates = set(), set()
    for name in VIGNETTES:
        content = vector(name)
        words |= {content["identity"]["surname"], content["identity"]["hospital_number"]}
        dates |= {date.fromisoformat(visit["date"]) for visit in content["visits"]}
        dates |= {date.fromisoformat(content["identity"]["birth_date"])}
        dates |= {date.fromisoformat(content["enrolment"]["consent_date"])}
    assert Search(words, dates).in_files(typed.study.root) == {}
