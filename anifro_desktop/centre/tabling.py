"""The tables of the data set: what each has for rows and for columns, and how they fill while subjects go by.

Rules kept here:
- Subjects are looked at one after the other, once, and not kept: what is kept are the cells.
- Whoever withdrew the consent for what was collected before is passed over, and the code told (`consent`).
- Which packs there are among the records is known at the end only. A question that only an older pack asked has its
  column from the subject on that brings that pack; for those before, it was not entered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from anifro_desktop.centre.assembling import CLASSIFICATION, Subject
from anifro_desktop.centre.columns import Variable
from anifro_desktop.centre.consent import by_consent, may_use, until_withdrawal
from anifro_desktop.centre.course import Course, course
from anifro_desktop.centre.course_variables import course_variables
from anifro_desktop.centre.event_variables import event_rows, event_variables
from anifro_desktop.centre.filled import Filled
from anifro_desktop.centre.glucocorticoid import Doses, doses
from anifro_desktop.centre.packs import by_age, packs_of
from anifro_desktop.centre.period_variables import (
    flare_rows,
    flare_variables,
    period_variables,
)
from anifro_desktop.centre.periods import periods
from anifro_desktop.centre.planning import months_of
from anifro_desktop.centre.predictors import TITLE as PREDICTORS
from anifro_desktop.centre.predictors import predictor_rows, predictor_variables
from anifro_desktop.centre.rescoring import rescore_classification, rescore_visit, verdict
from anifro_desktop.centre.time_variables import TITLE as TIMES
from anifro_desktop.centre.time_variables import time_rows, time_variables
from anifro_desktop.centre.variables import SubjectRow, VisitRow, subject_variables, visit_variables
from anifro_desktop.forms.model import Definitions, Form, Label

_SUBJECTS = Label("soggetti", "subjects")
_VISITS = Label("visite", "visits")
_COURSES = Label("decorso", "course")
_FLARES = Label("riacutizzazioni", "flares")
_PERIODS = Label("periodi di osservazione", "periods of observation")

Packs = Sequence[Definitions]


@dataclass(frozen=True, slots=True)
class Plan:
    """A table to be: its title after the name of the study, its columns in a language where some packs are among the
    records, and the rows that a subject, with its course, has in it."""

    title: Label
    variables: Callable[[str, Packs], tuple[Variable, ...]]
    rows: Callable[[Course], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a whole: its title after the name of the study, its variables and its rows."""

    title: Label
    variables: tuple[Variable, ...]
    rows: Sequence[Any]


def plans(definitions: Definitions) -> dict[str, Plan]:
    """Every table of the data set by its name, in the order in which they are written."""
    made = {
        "subject": Plan(
            _SUBJECTS,
            lambda lang, packs: subject_variables(definitions, lang, packs),
            lambda row: [_subject_row(row.subject, definitions)],
        ),
        "visit": Plan(
            _VISITS,
            lambda lang, packs: visit_variables(definitions, lang, packs),
            lambda row: _visit_rows(row, definitions),
        ),
        "course": Plan(_COURSES, lambda lang, _: course_variables(definitions, lang), lambda row: [row]),
        "flare": Plan(_FLARES, lambda lang, _: flare_variables(lang), flare_rows),
        "predictors": Plan(
            PREDICTORS, lambda lang, _: predictor_variables(definitions, lang), predictor_rows
        ),
        "time": Plan(TIMES, lambda lang, _: time_variables(lang), time_rows),
        "period": Plan(_PERIODS, lambda lang, _: period_variables(definitions, lang), periods),
    }
    for form in definitions.of_level("event"):
        made[form.id] = Plan(form.label, partial(event_variables, form), partial(_event_rows, form))
    return made


def tables(subjects: Iterable[Subject], definitions: Definitions, lang: str) -> dict[str, Table]:
    """Every table with all its rows, for few subjects."""
    usable = by_consent(subjects).usable
    packs = by_age(pack for subject in usable for pack in packs_of(subject))
    courses = [course(subject) for subject in usable]
    return {
        name: Table(
            plan.title, plan.variables(lang, packs), [one for row in courses for one in plan.rows(row)]
        )
        for name, plan in plans(definitions).items()
    }


class Filling:
    """The tables while they fill. excluded: codes of the subjects that were passed over. packs: those of the records
    so far, oldest first."""

    def __init__(self, definitions: Definitions, lang: str) -> None:
        self.lang = lang
        self.plans = plans(definitions)
        self.packs: tuple[Definitions, ...] = ()
        self.excluded: list[str] = []
        self._filled: dict[str, dict[str, Filled]] = {name: {} for name in self.plans}
        self._rows = dict.fromkeys(self.plans, 0)
        self._columns: dict[str, list[tuple[Variable, Filled]]] = {}
        self._renew()

    def add(self, subject: Subject) -> None:
        """Add the rows of one subject."""
        if not may_use(subject):
            self.excluded.append(subject.code)
            return
        used = until_withdrawal(subject)
        known = {pack.digest for pack in self.packs}
        if new := [pack for pack in packs_of(used) if pack.digest not in known]:
            self.packs = by_age([*self.packs, *new])
            self._renew()
        followed = course(used)
        for name, plan in self.plans.items():
            rows = plan.rows(followed)
            self._rows[name] += len(rows)
            for variable, filled in self._columns[name]:
                for row in rows:
                    filled.add(variable.cell(row))

    def table(self, name: str) -> list[Filled]:
        """The columns of a table, in order."""
        return [filled for _, filled in self._columns[name]]

    def _renew(self) -> None:
        """Take the columns that the packs known by now ask for; those that are new start with blanks."""
        for name, plan in self.plans.items():
            filled, pairs = self._filled[name], []
            for variable in plan.variables(self.lang, self.packs):
                column = variable.column
                one = filled.setdefault(column.name, Filled(column, self._rows[name]))
                one.column = column
                pairs.append((variable, one))
            self._columns[name] = pairs


def _subject_row(subject: Subject, definitions: Definitions) -> SubjectRow:
    known = CLASSIFICATION in subject.forms
    return SubjectRow(subject, verdict(rescore_classification(subject, definitions)) if known else "")


def _visit_rows(row: Course, definitions: Definitions) -> list[VisitRow]:
    """The lines of one subject, by day."""
    subject = row.subject
    serves = {visit.key: months_of(planned) for planned, visit in row.served.items()}
    taken = doses(subject)
    visits = [visit for visit in subject.visits if visit.summary is not None]
    return [
        VisitRow(
            visit=visit,
            number=number,
            serves=serves.get(visit.key),
            rescored=verdict(rescore_visit(subject, visit, definitions)),
            dose_day=row.exposure.first,
            taken=taken.get(visit.key, Doses()),
        )
        for number, visit in enumerate(visits, 1)
    ]


def _event_rows(form: Form, row: Course) -> Sequence[Any]:
    return event_rows(row, form)
