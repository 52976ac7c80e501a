"""One visit file a patient (`docs/visit-file.md`): what the typing of the whole course would hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from anifro_desktop.workflows.cohort import background
from anifro_desktop.workflows.cohort.events import events, since, typed
from anifro_desktop.workflows.cohort.findings import visit_file
from anifro_desktop.workflows.cohort.people import invent
from anifro_desktop.workflows.cohort.settings import Plan
from anifro_desktop.workflows.cohort.timeline import follow
from anifro_desktop.workflows.transcription import FORMAT


def courses(plan: Plan) -> Iterator[dict[str, Any]]:
    """The visit files, one a patient, in the order of enrolment."""
    return (course(plan, number) for number in range(plan.patients))


def course(plan: Plan, number: int) -> dict[str, Any]:
    """The visit file of one patient."""
    person, rng = invent(plan, number)
    line = follow(rng, person, plan.today)
    happened = events(rng, person, line, plan.today)
    days: list[date | None] = [None, *(visit.on for visit in line.visits)]
    visits = [
        visit_file(rng, person, visit, since(happened, before, visit.on))
        for before, visit in zip(days, line.visits, strict=False)
    ]
    return {
        "format": FORMAT,
        "identity": background.identity(rng, person),
        "enrolment": background.enrolment(rng, person),
        "enrolment_absent": ["classification"],
        "history": {"answers": background.history(rng, person), "absent": ["history"], "sign": True},
        "events": typed(happened),
        "visits": visits,
    }


def as_bytes(content: dict[str, Any]) -> bytes:
    """A visit file as it lies on a disk."""
    return json.dumps(content, ensure_ascii=False).encode()
