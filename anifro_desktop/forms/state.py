"""The facts a visit session is given and the facts it gives back: frozen, without Qt, clock or database.

`anifro_desktop.forms.session` gives them all out again; screens import them from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date
from typing import Literal

from anifro_desktop.forms.model import Field, Label, Section, Severity
from anifro_desktop.forms.scaled import Scaled
from anifro_desktop.record import Answers, Json, Note, Value

SectionStatus = Literal["open", "started", "done", "attention"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose visit it is. age: whole years at enrolment. first_dose, last_dose: of anifrolumab, as far as they are
    known."""

    code: str
    sex: Literal["female", "male"] | None = None
    age: int | None = None
    enrolled: date | None = None
    first_dose: date | None = None
    last_dose: date | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """Which visit it is. key: empty for the forms of the subject."""

    key: str
    date: date | None = None


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A visit before this one, to read beside it."""

    key: str
    date: date | None
    answers: Answers


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one field. code: a name of `forms.texts`, or the id of a check of the definitions.
    params: blanks of the sentence, never an answer. accepted: a reason was given (soft and contradiction)."""

    field: str
    severity: Severity
    code: str
    params: Mapping[str, str | int] = default(default_factory=dict)
    accepted: bool = False

    @property
    def unfinished(self) -> bool:
        """The text may still become right ("12,", "14/3"): say so only when the field is left."""
        return self.code in ("number_unfinished", "date_unfinished", "moment_unfinished")

    @property
    def settled(self) -> bool:
        """Nothing more to do here."""
        return self.accepted and self.severity != "hard"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What other answers say about a field. value: the code suggested. sources: the fields it comes from.
    text: those answers in words, in both languages."""

    field: str
    value: int
    sources: tuple[str, ...]
    text: Label


@dataclass(frozen=True, slots=True)
class FieldState:
    """A field as it stands now.

    value: None while unanswered or hidden. text: the value for reading, in the session's language (label of a code
    or of a missing reason, `dd/mm/yyyy`, the number with the language's separator), or the raw text. raw_text: what
    was typed and could not be understood, else empty. previous: the answer of the visit before, if it has a value.
    answered: has a value or a missing reason. scaled: of a number on a scale that another answer names.
    """

    field: Field
    value: Value | None
    text: str
    raw_text: str
    visible: bool
    problem: Problem | None
    suggestion: Suggestion | None
    note: Note | None
    previous: Value | None
    answered: bool
    scaled: Scaled | None = None


@dataclass(frozen=True, slots=True)
class SectionState:
    """Progress of one section. form: form id. done, total: required fields that are asked now."""

    form: str
    section: Section
    visible_fields: tuple[str, ...]
    done: int
    total: int
    status: SectionStatus


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """Difference of a score to the visit before and to baseline; None while either is unknown or not a number."""

    previous: float | None
    baseline: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """What an act changed. fields: to save. visible: shown or hidden by it. redraw: all that may look different.
    scores: rules whose result differs."""

    fields: frozenset[str] = frozenset()
    visible: frozenset[str] = frozenset()
    redraw: frozenset[str] = frozenset()
    scores: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.fields)


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer as it is kept in a draft. value_json: None = not answered. raw_text: typed but not understood."""

    field: str
    value_json: Json
    note_json: Json
    raw_text: str = ""
