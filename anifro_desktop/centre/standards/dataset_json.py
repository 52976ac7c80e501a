"""The study as CDISC Dataset-JSON 1.1, one data set a file: `ADSL` subjects, `ADRES` every answer and result, `ADAE`
adverse events.

Rules kept here:
- Days are study days as CDISC counts them: the day of enrolment is 1, the day before it -1, and there is no day 0. Only
  these files count so; all others of the program count from 0.
- `ADRES` has one row for each question or result that has a value or a reason for having none; what was not answered
  has no row. `AVAL` is the number or code, `AVALC` the text or the code's label in English, `REASND` the reason.
- `PARCAT1` says whether the test code is CDISC's or ours (`parameters`); `SRCVAR` is the variable of the Stata files.
- Rows are made as they are written, for the long file would not fit into memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from anifro_desktop.centre.assembling import CLASSIFICATION, SUMMARY, Subject
from anifro_desktop.centre.event_variables import ADVERSE
from anifro_desktop.centre.exposure import exposure
from anifro_desktop.centre.scored import ScoreVariable, score_cell
from anifro_desktop.centre.scored_classes import CLASSES
from anifro_desktop.centre.standards.history import Holding
from anifro_desktop.centre.standards.odm import Made
from anifro_desktop.centre.standards.parameters import parameter
from anifro_desktop.centre.standards.sent import DAYS, sent_definitions, sent_values
from anifro_desktop.centre.variables import SCORES
from anifro_desktop.forms.model import Definitions, Field
from anifro_desktop.record import Missing, Revision
from anifro_desktop.workflows.archive.odm_study import STUDY, version_oid

VERSION = "1.1.0"
Cell = str | int | float | None
_RESULTS: Mapping[str, tuple[ScoreVariable, ...]] = {SUMMARY: SCORES, CLASSIFICATION: CLASSES}
_SEX = {1: "F", 2: "M"}
_NY = {0: "N", 1: "Y"}


@dataclass(frozen=True, slots=True)
class Set:
    """A data set. columns: name, label, data type; keys: how many of the first columns tell a row."""

    name: str
    label: str
    columns: tuple[tuple[str, str, str], ...]
    keys: int
    rows: Callable[[Holding, Definitions], Iterator[list[Cell]]]


def study_day(day: int | None) -> int | None:
    """The study day of whole days since enrolment: 1 for 0, -1 for -1."""
    return None if day is None else day + 1 if day >= 0 else day


def document(one: Set, holding: Holding, made: Made) -> Iterator[str]:
    """The file of a data set, in pieces."""
    sent = sent_definitions(holding.current, holding.packs)
    head = {
        "datasetJSONCreationDateTime": made.at.isoformat(timespec="seconds"),
        "datasetJSONVersion": VERSION,
        "fileOID": f"CENTRE.{one.name}",
        "sourceSystem": {"name": "anifro-desktop", "version": made.version},
        "studyOID": STUDY,
        "metaDataVersionOID": version_oid(sent.digest),
        "itemGroupOID": f"IG.{one.name}",
        "records": sum(1 for _ in one.rows(holding, sent)),
        "name": one.name,
        "label": one.label,
        "columns": [_column(one, number) for number in range(len(one.columns))],
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    for number, row in enumerate(one.rows(holding, sent)):
        yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"


def _column(one: Set, number: int) -> dict[str, Any]:
    name, label, kind = one.columns[number]
    made: dict[str, Any] = {
        "itemOID": f"IT.{one.name}.{name}",
        "name": name,
        "label": label,
        "dataType": kind,
    }
    return made | ({"keySequence": number + 1} if number < one.keys else {})


def _subjects(holding: Holding, sent: Definitions) -> Iterator[list[Cell]]:
    for one in holding.subjects:
        answers = one.answers
        outcome = answers.get("screening_outcome")
        yield [
            *_whose(one),
            one.site,
            _number(answers.get("age_at_enrolment")),
            "YEARS" if _number(answers.get("age_at_enrolment")) is not None else None,
            _SEX.get(answers.get("sex")),  # type: ignore[arg-type]
            None if not isinstance(outcome, int) else "Y" if outcome == 1 else "N",
            study_day(exposure(one).first),
            "Y" if one.signed else "N",
        ]


def _results(holding: Holding, sent: Definitions) -> Iterator[list[Cell]]:
    for one in holding.subjects:
        own = [(revision.visit or "enrolment", None, [revision]) for revision in one.forms.values()]
        visits = [(visit.key, visit.day, list(visit.forms.values())) for visit in one.visits]
        events = [(event.key, event.day, [event.revision]) for event in one.events]
        for key, day, revisions in (*own, *visits, *events):
            place = [*_whose(one), key, study_day(day)]
            for revision in revisions:
                yield from ([*place, *told] for told in _told(holding, sent, revision))


def _told(holding: Holding, sent: Definitions, revision: Revision) -> Iterator[list[Cell]]:
    """What a record says, one row a question and a result."""
    values = sent_values(revision, holding.current, holding.library)
    for name, value in values.items():
        field = sent.fields.get(name)
        if field is not None:
            yield [*_parameter(name, field.label.en, revision.form), *_answer(field, value, sent)]
    for item in _RESULTS.get(revision.form, ()):
        cell = score_cell(revision.scores, item)
        if cell is not None and not isinstance(cell, str | Missing):
            label = (item.codes or {}).get(int(cell))
            words = None if label is None else label.en
            yield [*_parameter(item.name, item.label.en, revision.form), cell, words, None]


def _parameter(name: str, label: str, form: str) -> list[Cell]:
    code, known = parameter(name)
    return [code, label, "CDISC" if known else "SPONSOR-DEFINED", form, name]


def _answer(field: Field, value: Any, sent: Definitions) -> list[Cell]:
    """Number, text and reason."""
    if isinstance(value, Missing):
        return [None, None, value.value]
    if isinstance(value, str):
        return [None, value, None]
    if is_day(field, sent):
        return [study_day(value), None, None]
    label = field.codes.label(value) if field.codes is not None else None
    return [_number(value), label.en if label is not None else None, None]


def is_day(field: Field, sent: Definitions) -> bool:
    """Whether a question's whole number is a day since enrolment: of a date, or of the windows that the site works
    out."""
    return field.unit_label == DAYS or (field.unit == "d" and sent.form(field.form).derived)


def _adverse(holding: Holding, sent: Definitions) -> Iterator[list[Cell]]:
    fields = holding.current.fields
    for one in holding.subjects:
        for event in one.events_of(ADVERSE):
            told = event.answers
            yield [
                *_whose(one),
                event.number,
                _label(fields["ae_system"], told),
                _label(fields["aesi_category"], told),
                study_day(_day(told.get("ae_start"))),
                study_day(_day(told.get("ae_end"))),
                _number(told.get("ae_grade")),
                _NY.get(told.get("ae_serious")),  # type: ignore[arg-type]
                _label(fields["ae_related"], told),
                _label(fields["outcome"], told),
                "Y" if event.signed else "N",
            ]


def _whose(one: Subject) -> list[Cell]:
    return [STUDY.removeprefix("ST."), one.code]


def _day(answer: Any) -> int | None:
    return answer if type(answer) is int else None


def _number(answer: Any) -> int | float | None:
    if isinstance(answer, Decimal):
        return float(answer)
    return answer if type(answer) is int else None


def _label(field: Field, answers: Mapping[str, Any]) -> str | None:
    value = answers.get(field.id)
    label = field.codes.label(value) if field.codes is not None and type(value) is int else None
    return None if label is None else label.en


_WHOSE = (("STUDYID", "Study Identifier", "string"), ("USUBJID", "Unique Subject Identifier", "string"))
_SIGNED = ("SIGNFL", "Signed Flag", "string")
SETS: Iterable[Set] = (
    Set(
        "ADSL",
        "Subject-Level Analysis Dataset",
        (
            *_WHOSE,
            ("SITEID", "Study Site Identifier", "string"),
            ("AGE", "Age", "integer"),
            ("AGEU", "Age Units", "string"),
            ("SEX", "Sex", "string"),
            ("ENRLFL", "Enrolled Population Flag", "string"),
            ("TRTSDY", "Study Day of First Anifrolumab Dose", "integer"),
            _SIGNED,
        ),
        2,
        _subjects,
    ),
    Set(
        "ADRES",
        "Answers and Results, One Row Each",
        (
            *_WHOSE,
            ("AVISIT", "Visit, Event or Own Form (Key)", "string"),
            ("ADY", "Study Day (Enrolment is 1)", "integer"),
            ("PARAMCD", "Parameter Code", "string"),
            ("PARAM", "Parameter", "string"),
            ("PARCAT1", "Origin of Parameter Code", "string"),
            ("PARCAT2", "Form", "string"),
            ("SRCVAR", "Variable in the Stata Files", "string"),
            ("AVAL", "Analysis Value", "float"),
            ("AVALC", "Analysis Value (C)", "string"),
            ("REASND", "Reason Not Done", "string"),
        ),
        2,
        _results,
    ),
    Set(
        "ADAE",
        "Adverse Events",
        (
            *_WHOSE,
            ("ASEQ", "Analysis Sequence Number", "integer"),
            ("AESYS", "Organ System (Sponsor-Defined)", "string"),
            ("AESICAT", "Category of Special Interest", "string"),
            ("ASTDY", "Analysis Start Relative Day", "integer"),
            ("AENDY", "Analysis End Relative Day", "integer"),
            ("AETOXGRN", "Standard Toxicity Grade (N)", "integer"),
            ("AESER", "Serious Event", "string"),
            ("AEREL", "Causality", "string"),
            ("AEOUT", "Outcome (Sponsor-Defined)", "string"),
            _SIGNED,
        ),
        3,
        _adverse,
    ),
)
