"""Records of events for the tests of their forms. All patients are synthetic."""

from __future__ import annotations

from forms_builders import DEFINITIONS, SUBJECT, TODAY

from anifro_desktop.forms.session import Visit, VisitSession


def event(form: str, **texts: str) -> VisitSession:
    """A new record of an event form, with some answers typed in the order given."""
    prefix = DEFINITIONS.form(form).prefix
    session = VisitSession(DEFINITIONS, (form,), SUBJECT, Visit(f"{prefix}-001", TODAY), today=TODAY)
    for field, text in texts.items():
        session.set_text(field, text)
    return session


def problems(session: VisitSession) -> dict[str, tuple[str, str]]:
    """What is wrong: field to (severity, code)."""
    return {problem.field: (problem.severity, problem.code) for problem in session.problems()}


def asked(session: VisitSession) -> set[str]:
    """The questions asked now."""
    return {field for section in session.sections() for field in section.visible_fields}


def required(session: VisitSession) -> set[str]:
    """The questions asked now that count towards the progress."""
    return {
        name
        for name in asked(session)
        if DEFINITIONS.fields[name].required and not DEFINITIONS.fields[name].computed
    }
