"""One set of answers, three ways: the `score` command, the session behind the window, the centre. One result."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from random_visits import DAYS, DEFINITIONS, ENROLLED, PERSON, has_missing, past, visit

from anifro_desktop.centre.assembling import Received, subjects
from anifro_desktop.centre.rescoring import rescore
from anifro_desktop.cli import main
from anifro_desktop.forms.joint_counts import COUNTED
from anifro_desktop.forms.pseudonym import pseudonymise
from anifro_desktop.forms.scoring import RESULTS, RULES, score_inputs, score_json, score_visit
from anifro_desktop.forms.session import PastVisit, VisitSession
from anifro_desktop.forms.settling import settling_fields
from anifro_desktop.record import Revision, canonical, value_to_json

COUNT = 1000
COMPARED = ("value", "complete", "minimum", "maximum", "parts", "reasons", "warnings")


@pytest.fixture(scope="module")
def series() -> list[tuple[VisitSession, PastVisit | None]]:
    """A thousand visits; every second one has the visit before it as its past."""
    made: list[tuple[VisitSession, PastVisit | None]] = []
    for number in range(COUNT):
        before = past(made[-1][0]) if number % 2 else None
        made.append((visit(number, before), before))
    return made


def plain(score: Any) -> Any:
    """A score as any JSON reader gives it back."""
    return json.loads(json.dumps({name: getattr(score, name) for name in (*COMPARED, "missing")}))


def test_the_series_holds_what_it_should(series: list[tuple[VisitSession, PastVisit | None]]) -> None:
    scores = [session.scores for session, _ in series]
    for rule in RULES:
        complete = sum(item[rule].complete for item in scores if rule in item)
        assert 50 < complete < COUNT - 50, rule
    for state in ("doris", "lldas"):
        assert {item[state].value for item in scores} == {True, False, None}
    assert sum(has_missing(session) for session, _ in series) > 300
    hidden = sum(
        any(not session.state(name).visible for name in ("gc1_mg", "rash_extent")) for session, _ in series
    )
    assert hidden > 300


def test_the_score_command_gives_what_the_session_gives(
    series: list[tuple[VisitSession, PastVisit | None]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {rule: _commanded(rule, series, tmp_path, capsys) for rule in RULES}
    assert all(len(results) > COUNT // 10 for results in given.values())
    for number, (session, _) in enumerate(series):
        dose_open = tuple(given["prednisone"][number]["missing"])
        for rule in RULES:
            if number not in given[rule]:
                continue
            told, shown = given[rule][number], plain(session.scores[rule])
            assert {name: told[name] for name in COMPARED} == {name: shown[name] for name in COMPARED}, (
                number,
                rule,
            )
            # The command names keys of its contract, the session the questions that would settle them.
            fields = [
                name
                for key in told["missing"]
                for name in settling_fields(key, rule, session.answers, dose_open)
            ]
            assert list(dict.fromkeys(fields)) == shown["missing"], (number, rule)


def _commanded(
    rule: str,
    series: list[tuple[VisitSession, PastVisit | None]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> dict[int, Mapping[str, Any]]:
    """The results of those visits that the contract can write down, by their number in the series."""
    inputs = {
        number: written
        for number, (session, before) in enumerate(series)
        if (written := _written(rule, session, before)) is not None
    }
    file = tmp_path / f"{rule}.json"
    file.write_text(json.dumps(list(inputs.values()), allow_nan=False), encoding="utf-8")
    assert main(["score", RESULTS[rule].rule, str(file), "--json"]) == 0
    return dict(zip(inputs, json.loads(capsys.readouterr().out), strict=True))


def _written(rule: str, session: VisitSession, before: PastVisit | None) -> dict[str, Any] | None:
    """What the rule was given, in the words of its contract; None where the form knows more than that can say.

    Joints that were only counted have no list. The flare index is asked name by name: a list is known whole or not.
    """
    earlier = before and before.answers
    given = dict(score_inputs(rule, dict(session.answers), earlier, earlier, earlier))
    if rule == "joints" and session.answers.get("joint_method") == COUNTED:
        return None
    if rule == "joints" and given["tender"] is None and session.scores[rule].parts["tjc28"] is not None:
        return None  # all of the 28 examined, not all of the 68
    for key in ("new_or_worse", "new_immunosuppressants"):
        if key in given:
            if None in given[key].values():
                return None
            given[key] = [name for name, is_new in given[key].items() if is_new]
    return given


def test_the_centre_gives_what_the_session_gives(series: list[tuple[VisitSession, PastVisit | None]]) -> None:
    for number in range(0, COUNT, 2):
        first, second = series[number][0], series[number + 1][0]
        (subject,) = subjects(_travelled((first, second), number), DEFINITIONS)
        assert rescore(subject, DEFINITIONS) == []
        for session, arrived in zip((first, second), subject.visits, strict=True):
            before = subject.visits[0].answers if session.previous else None
            computed = score_visit(arrived.answers, before, before, before)
            assert set(RULES) - session.scores.keys() == (set() if session.previous else {"sfi"})
            for rule in session.scores:
                assert plain(computed[rule]) == plain(session.scores[rule]), (number, rule)


def test_the_centre_names_a_score_that_is_wrong(series: list[tuple[VisitSession, PastVisit | None]]) -> None:
    for number in range(0, 20, 2):
        sessions = (series[number][0], series[number + 1][0])
        for rule in RULES:
            (subject,) = subjects(_travelled(sessions, number, wrong=rule), DEFINITIONS)
            found = rescore(subject, DEFINITIONS)
            assert {(item.visit, item.rule, item.kind) for item in found} == {("m06", rule, "differs")}


def _travelled(sessions: tuple[VisitSession, ...], number: int, wrong: str = "") -> list[Received]:
    """Visits as they arrive at the centre: pseudonymised, written as the canonical text, read again."""
    found = []
    for session in sessions:
        for form in session.forms:
            revision = pseudonymise(_revision(session, form.id, number, wrong), DEFINITIONS, ENROLLED)
            arrived = Revision.from_json(json.loads(canonical(revision.to_json())))
            found.append(Received("P03", 1, arrived))
    return found


def _revision(session: VisitSession, form_id: str, number: int, wrong: str) -> Revision:
    form = DEFINITIONS.form(form_id)
    names = {item.id for item in form.fields}
    scores: dict[str, Any] = {
        rule: score_json(session.scores[rule]) for rule in form.scores if rule in session.scores
    }
    if wrong in scores and session.previous:
        scores[wrong] = {**scores[wrong], "complete": not scores[wrong]["complete"]}
    return Revision(
        id=f"{number:08d}-0000-4000-8000-{form.order:06d}{session.visit.key.encode().hex()[:6]}",
        subject=PERSON.code,
        visit=session.visit.key,
        form=form_id,
        ver=1,
        prev="",
        values={name: value_to_json(value) for name, value in session.answers.items() if name in names},
        definition=DEFINITIONS.digest,
        who="U01",
        when="",
        day=DAYS[session.visit.key],
        scores=scores,
        context=dict.fromkeys(("previous", "baseline", "damage"), "baseline")
        if scores and session.previous
        else {},
    )
