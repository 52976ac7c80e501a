"""The events of one patient while they are thought of, one after the other."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

from anifro_desktop.workflows.cohort.people import Person
from anifro_desktop.workflows.cohort.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Happened:
    """One event. kinds: what it counts as for the visit that comes next (see `since`); cause: for an event that names
    an adverse event, that one."""

    form: str
    on: date
    answers: dict[str, Any]
    kinds: tuple[str, ...] = ()
    cause: Happened | None = None
    names: str = ""


class Tale:
    """What has happened so far, and to whom."""

    def __init__(self, rng: random.Random, person: Person, line: Timeline, today: date) -> None:
        self.rng, self.person, self.line, self.today = rng, person, line, today
        self.found: list[Happened] = []

    def add(self, form: str, on: date, answers: dict[str, Any], *kinds: str) -> Happened:
        """One more event."""
        event = Happened(form, on, answers, kinds)
        self.found.append(event)
        return event

    def caused(
        self, form: str, on: date, answers: dict[str, Any], cause: Happened, names: str, *kinds: str
    ) -> None:
        """One more event that names the adverse event behind it in a field."""
        self.found.append(Happened(form, on, answers, kinds, cause, names))

    def treated(self, on: date) -> bool:
        """Whether anifrolumab was not given up by then."""
        return self.line.stopped is None or on < self.line.stopped
