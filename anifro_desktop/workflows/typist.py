"""Typing what a visit file says into a session, through the same checks and notes as at the window.

Order: the answers in the order of the forms; then, form by form, what other answers suggest and what is left open as
absent; then the reasons. Answers typed this way carry the note `transcribed`, those left absent the note of that act.
Faults are told in sentences without any value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from anifro_desktop.errors import Refusal
from anifro_desktop.forms.model import Section
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.record import Missing, Note
from anifro_desktop.workflows.transcription import Typed

_TRANSCRIBED = Note("transcribed")


def type_in(session: VisitSession, typed: Typed, where: str) -> list[str]:
    """Type one record into its session; return a sentence for each thing that is not accepted."""
    order = [item.id for form in session.forms for item in form.fields if item.id in typed.answers]
    for name in order:
        _type_one(session, name, typed.answers[name])
    faults = [
        f"{where}, {name}: its form is not asked at this visit. Take it out."
        for name in typed.answers
        if name not in order
    ]
    faults += _by_form(session, typed, where)
    faults += _refused(session, order, where)
    for name, (reason, text) in typed.reasons.items():
        try:
            session.explain(name, reason, text)
        except Refusal as refusal:
            faults.append(f"{where}, reasons, {name}: {refusal}")
    if typed.sign:
        faults += _unsettled(session, where)
    return list(dict.fromkeys(faults))


def _type_one(session: VisitSession, name: str, answer: Any) -> None:
    if isinstance(answer, Mapping):
        session.set_missing(name, Missing(answer["missing"]))
    elif session.definitions.fields[name].codes is not None:
        session.set_value(name, answer, note=_TRANSCRIBED)
    else:
        session.set_text(name, str(answer), note=_TRANSCRIBED)


def _by_form(session: VisitSession, typed: Typed, where: str) -> list[str]:
    """Form by form, for a later form may suggest by what an earlier one leaves absent: first what is suggested, then
    what is absent."""
    forms = [form.id for form in session.forms]
    acts = [("suggested", place, _accept) for place in typed.suggested]
    acts += [("absent", place, _leave_absent) for place in typed.absent]
    named = {place: place.partition("/")[0] for _, place, _ in acts}
    acts.sort(key=lambda act: forms.index(named[act[1]]) if named[act[1]] in forms else -1)
    return [
        f'{where}: "{name}" names {place}, which is no form or section.'
        for name, place, act in acts
        if not act(session, place)
    ]


def _accept(session: VisitSession, place: str) -> bool:
    """Accept what is suggested for open questions of a form or `form/section`; says whether there is such a place."""
    known = _sections(session, place)
    for item in (item for section in known for item in section.fields):
        state = session.state(item.id)
        if state.visible and not state.answered and not state.raw_text and state.suggestion is not None:
            session.accept_suggestion(item.id)
    return bool(known)


def _leave_absent(session: VisitSession, place: str) -> bool:
    """Mark what is open in a form or `form/section`, also what this opens; says whether there is such a place."""
    known = _sections(session, place)
    for section in known:
        while session.all_absent(place.partition("/")[0], section.id):
            pass
    return bool(known)


def _sections(session: VisitSession, place: str) -> list[Section]:
    """The sections that a form or `form/section` names."""
    form_id, _, section_id = place.partition("/")
    return [
        section
        for form in session.forms
        for section in form.sections
        if form.id == form_id and section_id in ("", section.id)
    ]


def _refused(session: VisitSession, order: list[str], where: str) -> Iterator[str]:
    for name in order:
        state = session.state(name)
        if not state.visible:
            yield f"{where}, {name}: is not asked with these answers. Take it out or mend the others."
        elif state.problem is not None and state.problem.severity == "hard":
            yield f"{where}, {name}: {session.problem_text(state.problem, 'en')}"


def _unsettled(session: VisitSession, where: str) -> Iterator[str]:
    """What keeps it from being signed."""
    for problem in session.problems():
        if problem.severity != "soft" and not problem.settled:
            yield f"{where}, {problem.field}: {session.problem_text(problem, 'en')}"
