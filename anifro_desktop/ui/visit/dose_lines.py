"""What the panel says of the cumulative glucocorticoid dose: how much, from how many records, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from anifro_desktop.forms.cumulative import Arrival, Cumulative, at_visit
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.ui import texts
from anifro_desktop.ui.counted import COUNTED
from anifro_desktop.ui.entry_words import entry_name
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.score_lines import Line
from anifro_desktop.ui.words import visit_name

_PLACES = 0  # mg over months
_MOST = 3  # records and visits named, of those that leave the dose unknown


def cumulative_lines(session: VisitSession) -> tuple[Line, ...]:
    """The dose since enrolment and since the visit before; nothing where it is not asked about."""
    if session.taken is None:
        return ()
    whole, since_last = at_visit(session, session.taken)
    if whole is None:
        return ()
    words = [_sum(translate("Scores", "Cumulative since enrolment"), whole)]
    previous = session.previous
    if since_last is not None and previous is not None:
        since = translate("Scores", "Cumulative since {visit}").format(visit=visit_name(previous.key))
        words.append(_sum(since, since_last))
    missing = tuple(_missing(session, whole))
    words += missing[:_MOST]
    if len(missing) > _MOST:
        words.append(translate("Scores", "and {count} more").format(count=len(missing) - _MOST))
    return tuple(Line(text, plain=True) for text in words)


def _sum(name: str, found: Cumulative) -> str:
    """`Cumulative since enrolment: 1850 mg (2 courses, 1 pulse)`."""
    if found.mg is not None:
        amount = translate("Scores", "{amount} mg").format(amount=texts.number(found.mg, _PLACES))
    elif found.least > 0:
        least = texts.number(found.least, _PLACES)
        amount = translate("Scores", "unknown, at least {amount} mg").format(amount=least)
    else:
        amount = translate("Scores", "not known")
    records = [COUNTED.courses(found.courses)] if found.courses else []
    records += [COUNTED.pulses(found.pulses)] if found.pulses else []
    made_of = ", ".join(records) or translate("Scores", "no course or pulse recorded")
    return f"{name}: {amount} ({made_of})"


def _missing(session: VisitSession, found: Cumulative) -> Iterator[str]:
    """What would make it known, record by record."""
    fields = session.definitions.fields
    for item in found.open:
        asked = texts.listed([fields[name].label.get(texts.language()).lower() for name in item.fields])
        name = entry_name(session.definitions, item.key)
        yield translate("Scores", "{record}, missing: {answers}").format(record=name, answers=asked)
    for arrival in found.unrecorded:
        yield _unrecorded(arrival)


def _unrecorded(arrival: Arrival) -> str:
    visit = visit_name(arrival.key)
    if arrival.mg is None:
        return translate("Scores", "{visit}: dose by mouth not known, no course recorded").format(visit=visit)
    return translate("Scores", "{visit}: {dose} mg/day by mouth, more than the courses recorded give").format(
        visit=visit, dose=texts.number(arrival.mg)
    )
