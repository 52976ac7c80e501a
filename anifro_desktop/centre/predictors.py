"""`predictors.dta`: one line a patient, what was known at baseline, and the responses that came after it. No modelling.

Rules kept here:
- A baseline column is a fact of enrolment or history, or of the visit that serves baseline (`b_`): nothing that was
  seen later stands under such a name. Without that visit they are empty.
- A response column ends with the planned visit it is of, or is time from day 0 (`ttr_`), as in `course.dta`. A visit
  that did not come leaves it empty; `due_` says whether it was to come. Who counts such a one as a failure decides
  that openly.
- Only enrolled patients have a line, treated or not: `dose_known` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from anifro_desktop.centre.answered import fields
from anifro_desktop.centre.assembling import Subject, Visit
from anifro_desktop.centre.columns import CODE, SITE, Variable, number, scores, text, whole, yes_no
from anifro_desktop.centre.course import Course
from anifro_desktop.centre.course_variables import course_variables
from anifro_desktop.centre.exposure import DAYS_PER_YEAR
from anifro_desktop.centre.planning import enrolment_state, followups
from anifro_desktop.centre.scored_classes import CLASSES
from anifro_desktop.centre.spans import span
from anifro_desktop.centre.stata import shorten
from anifro_desktop.centre.variables import SCORES
from anifro_desktop.forms.model import Definitions, Label
from anifro_desktop.record import Answers
from anifro_desktop.study.schedule import BASELINE

TITLE = Label("predittori al basale e risposte", "baseline predictors and responses")
# Organs (the SLEDAI-2K by descriptor), serology, drugs and doses; of the long forms their scores stand here.
_AT_BASELINE = ("vitals", "laboratory", "sledai2k", "sledas", "phga", "treatment")
_OF_SUBJECT = ("enrolment", "history")
_LATER_ONLY = ("change", "clasi50", "response50", "accrual", "pct_change", "meaningful", "steroid_stopped")
_RESPONSES = (
    "doris", "doris_off_gc", "doris_off_trt", "lldas", "lldas5", "sledas_rem", "sledas_lda", "sledai2k",
    "steroid_le5", "steroid_stopped", "pred_eq", "clasi50", "joints_resp50", "sdi_accrual",
)  # fmt: skip
_OF_COURSE = (
    "ttr_",
    "ret_event",
    "ret_dy",
    "entry_dy",
    "end_dy",
    "end_why",
    "flare",
    "sdi_accrued",
    "due_",
    "has_",
)
_PRECISION = {
    1: Label("al giorno", "to the day"),
    2: Label("al mese", "to the month"),
    3: Label("all’anno", "to the year"),
}


@dataclass(frozen=True, slots=True)
class PredictorRow:
    """What a line is made from. baseline: the visit that serves it."""

    course: Course
    baseline: Visit | None

    @property
    def subject(self) -> Subject:
        """Whose line it is."""
        return self.course.subject


def predictor_rows(row: Course) -> list[PredictorRow]:
    """The line of an enrolled subject; of nobody else there is one."""
    return [PredictorRow(row, row.served.get(BASELINE))] if enrolment_state(row.subject) else []


def predictor_variables(definitions: Definitions, lang: str) -> tuple[Variable, ...]:
    """The columns of `predictors.dta`: the questions of today's forms."""
    dose = Label("Prima dose nota", "First dose known")
    return (
        text("site", SITE, lang, lambda row: row.subject.site),
        text("subj_id", CODE, lang, lambda row: row.subject.code),
        yes_no("dose_known", dose, lang, lambda row: row.course.exposure.first is not None),
        *_duration(lang),
        *fields(_forms(definitions, _OF_SUBJECT), lang, lambda row: row.subject.answers),
        *scores(CLASSES, lang, lambda row: row.subject.scores),
        *_baseline(definitions, lang),
        *(variable for planned in followups() for variable in _response(planned, lang)),
        *_course(definitions, lang),
    )


def duration(answers: Answers) -> float | None:
    """Years from diagnosis to enrolment; of a diagnosis known to its month or year only, from the middle of the days it
    may have been on. Never below 0."""
    days = span(answers.get("hx_diagnosis_date"))
    return None if days is None else max(0.0, -(days[0] + days[1]) / 2 / DAYS_PER_YEAR)


def _duration(lang: str) -> tuple[Variable, ...]:
    years = Label("Durata di malattia all’arruolamento (anni)", "Disease duration at enrolment (years)")
    how = Label("Diagnosi: data nota", "Diagnosis: date known")
    return (
        number("dis_dur", years, lang, lambda row: duration(row.subject.answers)),
        whole("dis_dur_known", how, lang, lambda row: _precision(row.subject), _PRECISION),
    )


def _precision(subject: Subject) -> int | None:
    answer = subject.answers.get("hx_diagnosis_date")
    if span(answer) is None:
        return None
    return 1 if type(answer) is int else 2 if getattr(answer, "months", None) is not None else 3


def _baseline(definitions: Definitions, lang: str) -> tuple[Variable, ...]:
    own = {item.id for form in _forms(definitions, _AT_BASELINE) for item in form.fields}
    asked = fields(_forms(definitions, _AT_BASELINE), lang, _at_baseline)
    now = [item for item in SCORES if item.rule != "sfi" and not item.part.startswith(_LATER_ONLY)]
    reckoned = scores([item for item in now if item.name not in own], lang, _scores)
    before = Label("Basale", "Baseline")
    day = Label("Basale: giorni dall’arruolamento", "Baseline: days since enrolment")
    of_day = whole("b_day", day, lang, lambda row: None if row.baseline is None else row.baseline.day)
    return of_day, *(_named(one, f"b_{one.column.name}", before, lang) for one in (*asked, *reckoned))


def _at_baseline(row: PredictorRow) -> Any:
    return {} if row.baseline is None else row.baseline.answers


def _scores(row: PredictorRow) -> Any:
    return {} if row.baseline is None else row.baseline.scores


def _response(planned: str, lang: str) -> tuple[Variable, ...]:
    """The states and measures at one planned visit."""

    def at(row: PredictorRow) -> Any:
        held = row.course.served.get(planned)
        return {} if held is None else held.scores

    known = {item.name: item for item in SCORES}
    found = scores([known[name] for name in _RESPONSES], lang, at)
    before = Label(planned.upper(), planned.upper())
    return tuple(_named(one, f"{one.column.name}_{planned}", before, lang) for one in found)


def _course(definitions: Definitions, lang: str) -> tuple[Variable, ...]:
    return tuple(
        replace(one, cell=_of_course(one.cell))
        for one in course_variables(definitions, lang)
        if one.column.name.startswith(_OF_COURSE)
    )


def _of_course(cell: Callable[[Any], Any]) -> Callable[[PredictorRow], Any]:
    return lambda row: cell(row.course)


def _named(variable: Variable, name: str, before: Label, lang: str) -> Variable:
    told = variable.origin.label
    whole_label = Label(f"{before.it}: {told.it}", f"{before.en}: {told.en}")
    column = replace(
        variable.column, name=name, label=shorten(f"{before.get(lang)}: {variable.column.label}")
    )
    return replace(variable, column=column, origin=replace(variable.origin, label=whole_label))


def _forms(definitions: Definitions, ids: Sequence[str]) -> list[Any]:
    return [definitions.form(name) for name in ids]
