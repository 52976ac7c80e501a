"""Adding an adverse event to a patient who has 199 already, from the choice of its kind to the questions on the screen.

A real encrypted site and the real page, drawn offscreen. The reference is the same act for a patient without any
event: how long it takes must not depend on how much has happened. Each round is a patient's first event and another's
next one.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks.harness import Figure, paired, timed

BEFORE, ROUNDS, WARM_UP = 199, 20, 3
_FORM = "adverse_event"
_ENROLMENT = {
    "consent_date": "4/3/2026",
    "consent_version": "1.0",
    "enrolment_date": "4/3/2026",
    "sex": "1",
    "incl_informed_consent": "1",
    "incl_classification": "1",
    "incl_active_disease": "1",
    "incl_anifrolumab": "1",
}


def main() -> list[Figure]:
    """The 200th event, in milliseconds and against the first."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="anifro-bench-") as text:
        site = _site(Path(text))
        try:
            return _measured(site)
        finally:
            site.close()


def _measured(site: Any) -> list[Figure]:
    from PySide6.QtWidgets import QApplication

    from anifro_desktop.ui import theme

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light", 1.0)
    much = _patient(site, 0)
    for number in range(BEFORE):
        _type(site, much, number)
    fresh: Iterator[str] = iter([_patient(site, number) for number in range(1, ROUNDS + WARM_UP + 1)])
    found = paired(lambda: _opened(app, site, much), lambda: _opened(app, site, next(fresh)), ROUNDS, WARM_UP)
    first = f"median {found.reference.median:.0f} ms for the first event of a patient"
    return [
        Figure("adding the 200th adverse event, median", found.ours.median, "ms", 50.0, first),
        Figure("the 200th adverse event against the first", found.ratio, "times", 1.5, first),
    ]


def _opened(app: Any, site: Any, subject: str) -> float:
    """Milliseconds to begin an event and to paint its questions."""
    from anifro_desktop.ui.visit.view import VisitView
    from anifro_desktop.workflows import events

    made: list[VisitView] = []

    def act() -> None:
        opened = events.open_event(site, subject, _FORM)
        view = VisitView(opened.session, opened.state, opened.place)
        view.resize(1298, 690)
        view.show()
        app.processEvents()
        made.append(view)

    took = timed(act)
    made[0].close()
    made[0].deleteLater()
    app.processEvents()
    return took


def _type(site: Any, subject: str, number: int) -> None:
    """An adverse event as somebody leaves it: begun on some day, some answers typed, half of them completed."""
    from anifro_desktop.workflows import events, visits

    opened = events.open_event(site, subject, _FORM)
    answers = {"ae_verbatim": f"evento {number}", "ae_start": f"{1 + number % 28}/5/2026", "ae_grade": "1"}
    for field, text in answers.items():
        opened.session.set_text(field, text)
    visits.save_draft(site, opened, opened.session.entries(answers))
    if number % 2:
        visits.complete(site, opened)


def _patient(site: Any, number: int) -> str:
    from anifro_desktop.identity import Identity
    from anifro_desktop.workflows import patients, visits

    opened = patients.start_enrolment(site)
    patients.save_identity(site, opened.subject, Identity(f"Sintetica-{number}", "Prova", date(1990, 1, 1)))
    for field, text in _ENROLMENT.items():
        opened.session.set_text(field, text)
    visits.save_draft(site, opened, opened.session.entries(_ENROLMENT))
    patients.finish_with(site, opened, patients.read_identity(site, opened.subject))
    return opened.subject


def _site(home: Path) -> Any:
    from anifro_desktop.store.vault import FLOOR
    from anifro_desktop.ui.screens import practice
    from anifro_desktop.workflows import site

    clock = practice.FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    centre = practice.Centre(clock.now().date())
    site.create_site(home / "site", centre.setup(), clock, cost=FLOOR)
    return site.unlock(home / "site", practice.PERSON.code, practice.PASSPHRASE, clock)
