"""Typing what a visit file says into a session, through the same checks and notes as at the window.

Order: the answers in the order of the forms; then, form by form, what other answers suggest and what is left open as
absent; then the reasons. Answers typed this way carry the note `transcribed`, those left absent the note of that act.
Faults are told in sentences without any value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from anifro_desktop.errors import Refusal
from anifro_desktop.forms.model import Label, Section
from anifro_desktop.forms.session import Problem, VisitSession
from anifro_desktop.record import Missing, Note
from anifro_desktop.workflows.transcription import Fault, Typed

_NOT_HERE = Label(
    "la sua scheda non è richiesta a questa visita. Toglierlo.",
    "its form is not asked at this visit. Take it out.",
)
_HIDDEN = Label(
    "non è chiesto con queste risposte. Toglierlo o correggere le altre.",
    "is not asked with these answers. Take it out or mend the others.",
)

_REASON = {
    "nothing_to_explain": Label(
        "questa risposta non va contro nulla, quindi non chiede un motivo. Toglierlo.",
        "this answer stands against nothing, so it asks for no reason. Take it out.",
    ),
    "reason_refused": Label(
        "scegliere uno dei motivi dell'elenco; «altro» vuole qualche parola.",
        "choose one of the listed reasons; 'other' needs a few words.",
    ),
}


def type_in(session: VisitSession, typed: Typed, where: Label) -> list[Label]:
    """Type one record into its session; return a sentence for each thing that is not accepted."""
    return [fault.label for fault in type_whole(session, typed, where)]


def type_whole(session: VisitSession, typed: Typed, where: Label) -> list[Fault]:
    """`type_in`, with what is not accepted by field and in both languages."""
    order = [item.id for form in session.forms for item in form.fields if item.id in typed.answers]
    note = Note("transcribed", text=typed.source)
    for name in order:
        _type_one(session, name, typed.answers[name], note)
    faults = [Fault(where, name, _NOT_HERE) for name in typed.answers if name not in order]
    faults += _by_form(session, typed, where)
    faults += _refused(session, order, where)
    for name, (reason, text) in typed.reasons.items():
        try:
            session.explain(name, reason, text)
        except Refusal as refusal:
            at = Label(f"{where.it}, reasons", f"{where.en}, reasons")
            words = _REASON.get(refusal.code, Label(str(refusal), str(refusal)))
            faults.append(Fault(at, name, words))
    if typed.sign:
        faults += _unsettled(session, where)
    return list(dict.fromkeys(faults))


def _type_one(session: VisitSession, name: str, answer: Any, note: Note) -> None:
    if isinstance(answer, Mapping):
        session.set_missing(name, Missing(answer["missing"]))
    elif session.definitions.fields[name].codes is not None:
        session.set_value(name, answer, note=note)
    else:
        session.set_text(name, str(answer), note=note)


def _by_form(session: VisitSession, typed: Typed, where: Label) -> list[Fault]:
    """Form by form, for a later form may suggest by what an earlier one leaves absent: first what is suggested, then
    what is absent."""
    forms = [form.id for form in session.forms]
    acts = [("suggested", place, _accept) for place in typed.suggested]
    acts += [("absent", place, _leave_absent) for place in typed.absent]
    named = {place: place.partition("/")[0] for _, place, _ in acts}
    acts.sort(key=lambda act: forms.index(named[act[1]]) if named[act[1]] in forms else -1)
    return [Fault(where, "", _no_place(name, place)) for name, place, act in acts if not act(session, place)]


def _no_place(name: str, place: str) -> Label:
    return Label(
        f'"{name}" nomina {place}, che non è né scheda né sezione.',
        f'"{name}" names {place}, which is no form or section.',
    )


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


def _refused(session: VisitSession, order: list[str], where: Label) -> Iterator[Fault]:
    for name in order:
        state = session.state(name)
        if not state.visible:
            yield Fault(where, name, _HIDDEN)
        elif state.problem is not None and state.problem.severity == "hard":
            yield Fault(where, name, in_words(session, state.problem))


def in_words(session: VisitSession, problem: Problem) -> Label:
    """A problem of a session in both languages."""
    return Label(session.problem_text(problem, "it"), session.problem_text(problem, "en"))


def quoting(problem: Problem) -> bool:
    """Whether the words of a problem name other answers."""
    return problem.code == "contradiction"


def _unsettled(session: VisitSession, where: Label) -> Iterator[Fault]:
    """What keeps it from being signed."""
    for problem in session.problems():
        if problem.severity != "soft" and not problem.settled:
            yield Fault(where, problem.field, in_words(session, problem), quoting(problem))
