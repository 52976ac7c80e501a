"""Sessions and definition files for the tests of the forms. All patients are synthetic."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import resources
from typing import Any

from anifro_desktop.forms import load
from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.scoring import score_inputs
from anifro_desktop.forms.session import PastVisit, Subject, Visit, VisitSession
from anifro_desktop.record import Answers, Value

TODAY = date(2026, 11, 22)
ENROLLED = date(2026, 5, 23)
SUBJECT = Subject("P03-7KQF-W", "female", 34, ENROLLED, ENROLLED)
DEFINITIONS: Definitions = load()
VISIT_FORMS = tuple(form.id for form in DEFINITIONS.of_level("visit"))


def visit_session(
    answers: Mapping[str, Value] | None = None,
    *,
    previous: Mapping[str, Value] | None = None,
    baseline: Mapping[str, Value] | None = None,
    subject: Subject = SUBJECT,
) -> VisitSession:
    """A visit with some answers already recorded."""
    return VisitSession(
        DEFINITIONS,
        VISIT_FORMS,
        subject,
        Visit("m06", TODAY),
        today=TODAY,
        answers=answers,
        previous=None if previous is None else PastVisit("b", ENROLLED, previous),
        baseline=None if baseline is None else PastVisit("baseline", ENROLLED, baseline),
    )


def enrolment_session(answers: Mapping[str, Value] | None = None) -> VisitSession:
    """An enrolment form."""
    return VisitSession(
        DEFINITIONS, ("enrolment",), Subject("P03-7KQF-W"), Visit(""), today=TODAY, answers=answers
    )


def contract_inputs(name: str, answers: Answers, *earlier: Answers | None) -> dict[str, Any]:
    """What a rule is given, as its contract writes it: the flare index is asked name by name and takes lists."""
    given = dict(score_inputs(name, answers, *earlier))
    for key in ("new_or_worse", "new_immunosuppressants"):
        if isinstance(given.get(key), Mapping):
            found = given[key]
            given[key] = None if None in found.values() else [one for one, is_new in found.items() if is_new]
    return given


def definition_texts() -> dict[str, str]:
    """The definition files as they are."""
    folder = resources.files("anifro_desktop.forms") / "definitions"
    return {
        item.name: item.read_text(encoding="utf-8")
        for item in folder.iterdir()
        if item.name.endswith(".toml")
    }
