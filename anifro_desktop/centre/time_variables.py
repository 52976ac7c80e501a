"""The rows and variables of `time.dta`: of each enrolled subject a line for each way in which the report analyses a
time to an event (`analysis.times`), ready for `stset stop_dy, failure(event) enter(time enter_dy)`.

Whoever is not in an analysis has its line all the same, with the reason in `left_out` and no time, so that everybody
enrolled is counted. Days count from day 0; with delayed entry `enter_dy` is the day of enrolment of whoever was on the
drug already.
"""

from __future__ import annotations

from dataclasses import dataclass

from anifro_desktop.centre.analysis.person import of_course
from anifro_desktop.centre.analysis.spells import Timed, timed
from anifro_desktop.centre.analysis.time_tables import LEFT
from anifro_desktop.centre.analysis.times import ENDPOINTS
from anifro_desktop.centre.columns import CODE, SITE, Variable, number, text, whole, yes_no
from anifro_desktop.centre.course import Course
from anifro_desktop.forms.model import Label

TITLE = Label("tempo all’evento", "time to event")
_LEFT = {
    0: Label("no: analizzato", "no: analysed"),
    1: Label("prima dose non nota", "no known dose"),
    2: Label("non valutabile", "not evaluable"),
    3: Label("evento o giorno non noto", "event or day unknown"),
    4: Label("nessun tempo a rischio", "no time at risk"),
}


@dataclass(frozen=True, slots=True)
class TimeRow:
    """What a line is made from. endpoint, analysis: their names in the report."""

    course: Course
    endpoint: str
    analysis: str
    timed: Timed


def time_rows(course: Course) -> list[TimeRow]:
    """The lines of an enrolled subject; of nobody else there is one."""
    person = of_course(course)
    if person.enrolled is not True:
        return []
    return [
        TimeRow(course, endpoint.name, one.name, timed(person, one.reading, one.delayed))
        for endpoint in ENDPOINTS
        for one in endpoint.analyses
    ]


def time_variables(lang: str) -> tuple[Variable, ...]:
    """The columns."""
    endpoint = Label("Endpoint, come nelle tabelle del rapporto", "Endpoint, as in the tables of the report")
    analysis = Label("Analisi, come nelle tabelle del rapporto", "Analysis, as in the tables of the report")
    left = Label("Escluso dall’analisi, e perché", "Left out of the analysis, and why")
    enter = Label("A rischio dopo (giorni dal giorno 0)", "At risk after (days from day 0)")
    stop = Label("Evento o censura (giorni dal giorno 0)", "Event or censoring (days from day 0)")
    event = Label("Evento", "Event")
    return (
        text("site", SITE, lang, lambda row: row.course.subject.site),
        text("subj_id", CODE, lang, lambda row: row.course.subject.code),
        text("endpoint", endpoint, lang, lambda row: row.endpoint),
        text("analysis", analysis, lang, lambda row: row.analysis),
        whole("left_out", left, lang, _left, _LEFT),
        number(
            "enter_dy", enter, lang, lambda row: None if row.timed.spell is None else row.timed.spell.entry
        ),
        number("stop_dy", stop, lang, lambda row: None if row.timed.spell is None else row.timed.spell.exit),
        yes_no("event", event, lang, lambda row: None if row.timed.spell is None else row.timed.spell.event),
    )


def _left(row: TimeRow) -> int:
    """0, or the place of the reason in the order in which the report has them."""
    return 0 if row.timed.left is None else LEFT.index(row.timed.left) + 1
