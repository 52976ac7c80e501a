"""One or more visit forms filled by typing, for the tests of single forms. All patients are synthetic."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from forms_builders import DEFINITIONS, ENROLLED, SUBJECT, TODAY

from anifro_desktop.forms.model import Form
from anifro_desktop.forms.session import PastVisit, Visit, VisitSession
from anifro_desktop.record import Value


def filled(
    forms: str,
    answers: Mapping[str, str] | None = None,
    *,
    visit: str = "m06",
    previous: Mapping[str, Value] | None = None,
    facts: Mapping[str, int | Decimal | None] | None = None,
) -> VisitSession:
    """A session of some forms (ids with a space between), with texts typed in their order."""
    session = VisitSession(
        DEFINITIONS,
        forms.split(),
        SUBJECT,
        Visit(visit, TODAY),
        today=TODAY,
        previous=None if previous is None else PastVisit("baseline", ENROLLED, previous),
        facts=facts,
    )
    for field, text in (answers or {}).items():
        session.set_text(field, text)
    return session


def suggested(session: VisitSession, field: str) -> int | None:
    """The code that is suggested for a field."""
    suggestion = session.state(field).suggestion
    return None if suggestion is None else suggestion.value


def problem(session: VisitSession, field: str) -> tuple[str, str] | None:
    """Severity and code of what is wrong at a field."""
    found = session.state(field).problem
    return None if found is None else (found.severity, found.code)


def asked(session: VisitSession, form: str) -> list[str]:
    """The fields of a form that are asked now."""
    return [item.id for item in form_of(form).fields if session.state(item.id).visible]


def form_of(form: str) -> Form:
    """A form of the study."""
    return DEFINITIONS.form(form)


def kinds(form: str, *, optional: bool = False) -> set[str]:
    """The kinds of visit at which a form is asked, or offered without being required."""
    return set(form_of(form).optional if optional else form_of(form).timetable)
