"""The study as CDISC Dataset-JSON 1.1, one data set a file: `ADSL` subjects, `ADRES` every answer and result, `ADAE`
adverse events, `ADTTE` times to events.

Rules kept here:
- Days are study days as CDISC counts them: the day of enrolment is 1, the day before it -1, and there is no day 0. Only
  these files count so; all others of the program count from 0.
- `ADRES` has one row for each question or result that has a value or a reason for having none; what was not answered
  has no row. `AVAL` is the number or code, `AVALC` the text or the code's label in English, `REASND` the reason.
- `PARCAT1` says whether the test code is CDISC's or ours (`parameters`); `SRCVAR` is the variable of the Stata files.
- Rows are made as they are written, for the long file would not fit into memory.
- Columns of the same content have CDISC's names; where it has none, ours, and the label says so where it matters.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from anifro_desktop.centre.assembling import CLASSIFICATION, SUMMARY, Subject
from anifro_desktop.centre.event_variables import ADVERSE
from anifro_desktop.centre.exposure import exposure
from anifro_desktop.centre.planning import enrolment_state
from anifro_desktop.centre.scored import ScoreVariable, score_cell
from anifro_desktop.centre.scored_classes import CLASSES
from anifro_desktop.centre.standards import adtte
from anifro_desktop.centre.standards.history import Holding, Kept
from anifro_desktop.centre.standards.odm import Made
from anifro_desktop.centre.standards.parameters import parameter
from anifro_desktop.centre.standards.sent import DAYS, sent_definitions
from anifro_desktop.centre.standards.sheet import Sheet
from anifro_desktop.centre.variables import SCORES
from anifro_desktop.forms.model import Definitions, Field
from anifro_desktop.record import Missing, Revision
from anifro_desktop.workflows.archive.odm_study import STUDY, version_oid

VERSION = "1.1.0"
Cell = str | int | float | None
_RESULTS: Mapping[str, tuple[ScoreVariable, ...]] = {SUMMARY: SCORES, CLASSIFICATION: CLASSES}
_SEX: Mapping[Any, str] = {1: "F", 2: "M"}
_NY: Mapping[Any, str] = {0: "N", 1: "Y"}


@dataclass(frozen=True, slots=True)
class Set:
    """A data set. columns: name, label, data type; keys: names of those that tell a row from the others; rows: of one
    subject."""

    name: str
    label: str
    columns: tuple[tuple[str, str, str], ...]
    keys: tuple[str, ...]
    rows: Callable[[Subject, Study], Iterator[list[Cell]]]


@dataclass(frozen=True, slots=True)
class Study:
    """What every row is made with: what is held, and its definitions as the data follow them."""

    holding: Holding
    sent: Definitions


def study_day(day: int | None) -> int | None:
    """The study day of whole days since enrolment: 1 for 0, -1 for -1."""
    return None if day is None else day + 1 if day >= 0 else day


def sheets(holding: Holding, made: Made) -> list[Sheet]:
    """The files, one for each data set."""
    study = Study(holding, sent_definitions(holding.current, holding.packs))
    return [_sheet(one, study, made) for one in SETS]


def _sheet(one: Set, study: Study, made: Made) -> Sheet:
    def above(count: int) -> str:
        return (
            json.dumps(_head(one, study, made) | {"records": count}, ensure_ascii=False)[:-1]
            + ', "rows": [\n'
        )

    def of(kept: Kept) -> Iterator[str]:
        if kept.subject is not None:
            yield from (json.dumps(row, ensure_ascii=False) for row in one.rows(kept.subject, study))

    return Sheet(f"{one.name.lower()}.json", above, of, between=",\n", tail="\n]}\n")


def _head(one: Set, study: Study, made: Made) -> dict[str, Any]:
    cut = study.holding.cut
    origin = "CENTRE" if cut is None else f"CENTRE.{cut.name}.{cut.digest}"
    known = {} if cut is None else {"dbLastModifiedDateTime": cut.made}
    return {
        "datasetJSONCreationDateTime": made.at.isoformat(timespec="seconds"),
        "datasetJSONVersion": VERSION,
        "fileOID": f"{origin}.{one.name}",
        **known,
        "sourceSystem": {"name": "anifro-desktop", "version": made.version},
        "studyOID": STUDY,
        "metaDataVersionOID": version_oid(study.sent.digest),
        "itemGroupOID": f"IG.{one.name}",
        "name": one.name,
        "label": one.label,
        "columns": [_column(one, number) for number in range(len(one.columns))],
    }


def _column(one: Set, number: int) -> dict[str, Any]:
    name, label, kind = one.columns[number]
    made: dict[str, Any] = {
        "itemOID": f"IT.{one.name}.{name}",
        "name": name,
        "label": label,
        "dataType": kind,
    }
    return made | ({"keySequence": one.keys.index(name) + 1} if name in one.keys else {})


def _subject(one: Subject, study: Study) -> Iterator[list[Cell]]:
    answers = one.answers
    age, enrolled, first = _number(answers.get("age_at_enrolment")), enrolment_state(one), exposure(one).first
    yield [
        *_whose(one),
        one.site,
        age,
        None if age is None else "YEARS",
        _SEX.get(answers.get("sex")),
        None if enrolled is None else _flag(enrolled),
        None if enrolled is None else _flag(enrolled and first is not None),
        study_day(first),
        _flag(one.signed),
    ]


def _results(one: Subject, study: Study) -> Iterator[list[Cell]]:
    own = [(revision.visit or "enrolment", None, [revision]) for revision in one.forms.values()]
    visits = [(visit.key, visit.day, list(visit.forms.values())) for visit in one.visits]
    events = [(event.key, event.day, [event.revision]) for event in one.events]
    for key, day, revisions in (*own, *visits, *events):
        place = [*_whose(one), key, study_day(day)]
        for revision in revisions:
            yield from ([*place, *told] for told in _told(study, revision))


def _told(study: Study, revision: Revision) -> Iterator[list[Cell]]:
    """What a record says, one row a question and a result."""
    values = study.holding.reading.values(revision)
    for name, value in values.items():
        field = study.sent.fields.get(name)
        if field is not None:
            yield [*_parameter(name, field.label.en, revision.form), *_answer(field, value, study.sent)]
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


def _adverse(one: Subject, study: Study) -> Iterator[list[Cell]]:
    fields = study.holding.current.fields
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
            _NY.get(told.get("ae_serious")),
            _label(fields["ae_related"], told),
            _label(fields["outcome"], told),
            _flag(event.signed),
        ]


def _times(one: Subject, study: Study) -> Iterator[list[Cell]]:
    return ([*_whose(one), *row] for row in adtte.rows(one, study_day))


def _flag(held: bool) -> str:
    return "Y" if held else "N"


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
_ROW = ("STUDYID", "USUBJID")
SETS: Sequence[Set] = (
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
            ("SAFFL", "Safety Population Flag", "string"),
            ("TRTSDY", "Study Day of First Anifrolumab Dose", "integer"),
            _SIGNED,
        ),
        _ROW,
        _subject,
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
        (*_ROW, "AVISIT", "PARAMCD"),
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
        (*_ROW, "ASEQ"),
        _adverse,
    ),
    Set(
        "ADTTE",
        "Times to Events",
        (*_WHOSE, *adtte.COLUMNS),
        (*_ROW, "PARAMCD", "READING"),
        _times,
    ),
)
