"""What a review finds, as plain facts: the same words as at the questions, in the order of the visit."""

from __future__ import annotations

from dataclasses import dataclass

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.forms.state import FieldState
from anifro_desktop.record import Missing
from anifro_desktop.study import schedule
from anifro_desktop.ui import texts, words
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.header import in_window

_ORDER = ("block", "look", "window", "open", "missing", "kept")
DATE_FIELD = "visit_date"


@dataclass(frozen=True, slots=True)
class Finding:
    """group: `block` (hard, or an unsettled contradiction), `look` (unusual), `window`, `open`, `missing`, `kept`.
    field: where the link leads."""

    group: str
    field: str
    title: str
    words: str = ""


def findings(session: VisitSession) -> tuple[Finding, ...]:
    """Everything to say before a signature, what blocks it first."""
    found = [*_problems(session), *_window(session), *_answers(session)]
    return tuple(sorted(found, key=lambda one: _ORDER.index(one.group)))


def _problems(session: VisitSession) -> list[Finding]:
    found = []
    for problem in session.problems():
        group = "kept" if problem.settled else "look" if problem.severity == "soft" else "block"
        text = session.problem_text(problem, texts.language())
        found.append(Finding(group, problem.field, _title(session, problem.field), text))
    return found


def _answers(session: VisitSession) -> list[Finding]:
    found = []
    for section in session.sections():
        open_: list[FieldState] = []
        for field in section.visible_fields:
            state = session.state(field)
            if isinstance(state.value, Missing):
                found.append(
                    Finding("missing", field, _title(session, field), texts.missing_name(state.value))
                )
            elif not state.answered and state.field.required and state.problem is None:
                open_.append(state)
        if open_:
            found.append(_open(session, section.form, section.section.label.get(texts.language()), open_))
    return found


def _open(session: VisitSession, form: str, section: str, states: list[FieldState]) -> Finding:
    """The unanswered questions of a section as one line that leads to the first of them."""
    lang = texts.language()
    name = session.definitions.form(form).label.get(lang)
    title = name if name == section else f"{name} · {section}"
    labels = ", ".join(state.field.label.get(lang) for state in states)
    count = translate("Review", "{count} unanswered: {questions}").format(count=len(states), questions=labels)
    return Finding("open", states[0].field.id, title, count)


def _window(session: VisitSession) -> list[Finding]:
    enrolled, when, key = session.subject.enrolled, session.visit.date, session.visit.key
    if in_window(session) is not False or enrolled is None or when is None:
        return []
    span = schedule.window(schedule.day_zero(session.subject.first_dose, enrolled), key)
    text = translate("Review", "{date} lies outside the window of {visit}: {opens} to {closes}.").format(
        date=texts.full_date(when),
        visit=words.visit_name(key),
        opens=texts.full_date(span.opens),
        closes=texts.full_date(span.closes),
    )
    return [Finding("window", DATE_FIELD, _title(session, DATE_FIELD), text)]


def _title(session: VisitSession, field: str) -> str:
    definition = session.definitions.fields[field]
    lang = texts.language()
    return f"{session.definitions.form(definition.form).label.get(lang)} · {definition.label.get(lang)}"
