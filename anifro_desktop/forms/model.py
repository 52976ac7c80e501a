"""What a form is made of: frozen facts read from the definition files, and nothing that changes.

Rules kept here:
- Every id is lower-case, at most 26 characters, unique in the study and never reused.
- Every text a person reads exists in Italian and in English (`Label`).
- Option codes are whole numbers and keep their meaning for ever.
- Units are UCUM codes (`Field.unit`); what a person reads beside a number is `Field.unit_label`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from anifro_desktop.record import Missing
from anifro_desktop.scores.model import Tri

Level = Literal["subject", "visit"]
Severity = Literal["hard", "soft", "contradiction"]
TypeName = Literal["choice", "integer", "decimal", "date", "text"]


@dataclass(frozen=True, slots=True)
class Label:
    """One text in both languages of the study."""

    it: str
    en: str

    def get(self, lang: str) -> str:
        """The text in `lang` ("it" or "en"; any other tag falls back to Italian, the study's language)."""
        return self.en if lang.startswith("en") else self.it


@dataclass(frozen=True, slots=True)
class Code:
    """One option of a code list. value: the whole number that is stored."""

    value: int
    label: Label


@dataclass(frozen=True, slots=True)
class CodeList:
    """Options shared by fields. withdrawn: codes that once meant something and may never be used again."""

    id: str
    codes: tuple[Code, ...]
    withdrawn: tuple[int, ...] = ()

    def label(self, value: int) -> Label | None:
        """The label of a code, or None if the list has no such code."""
        return next((code.label for code in self.codes if code.value == value), None)

    @property
    def values(self) -> tuple[int, ...]:
        """The codes in their order."""
        return tuple(code.value for code in self.codes)


@dataclass(frozen=True, slots=True)
class Limits:
    """Least and greatest value, both included."""

    low: Decimal
    high: Decimal

    def hold(self, value: int | Decimal) -> bool:
        """Whether the value lies inside."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition. text: as written in the definition. names: fields, derived quantities and facts of the
    session that it reads. test: three-valued answer for the visible answers."""

    text: str
    names: frozenset[str]
    test: Callable[[Mapping[str, Any]], Tri] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Derivation:
    """A derived field takes `value` when the condition holds (first that does)."""

    value: int
    when: Condition


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    unit: UCUM code or empty; unit_label: the unit for reading. decimals: most decimal places accepted.
    hard: values outside are refused; soft: values outside need a reason. show_if: asked only while it holds.
    export: may leave the site. required: counts towards the progress of its section. carry: "same as last visit" is
    offered. patient_scale: filled by the patient. points: weight, for the reader (the score has its own table).
    missing: reasons that may stand instead of a value. source: author, year, DOI of the definition.
    computed: written by the program, read-only for a person; derive: how, where it follows from other answers.
    max_length: characters of a text.
    """

    id: str
    type: TypeName
    label: Label
    help: Label
    form: str
    section: str
    codes: CodeList | None = None
    unit: str = ""
    unit_label: Label | None = None
    decimals: int = 0
    soft: Limits | None = None
    hard: Limits | None = None
    show_if: Condition | None = None
    export: bool = False
    required: bool = False
    carry: bool = False
    patient_scale: bool = False
    points: int | None = None
    missing: tuple[Missing, ...] = tuple(Missing)
    source: str = ""
    computed: bool = False
    derive: tuple[Derivation, ...] = ()
    max_length: int = 200


@dataclass(frozen=True, slots=True)
class Section:
    """Questions answered together."""

    id: str
    label: Label
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule between answers: a problem stands at `field` while `when` is true. severity: hard or soft."""

    id: str
    form: str
    field: str
    severity: Severity
    when: Condition
    text: Label


@dataclass(frozen=True, slots=True)
class SuggestionRule:
    """What other answers say about a present/absent item: 1 while `present` holds, 0 while `absent` holds, else
    nothing. text: where it comes from, with answers in braces (`{platelets}`)."""

    field: str
    present: Condition | None
    absent: Condition | None
    text: Label
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One form. level: of the subject or of a visit. scores: rules computed from it (on the form that carries them).
    derived: written by the site at export, never asked."""

    id: str
    label: Label
    order: int
    level: Level
    scores: tuple[str, ...]
    derived: bool
    sections: tuple[Section, ...]
    help: Label = Label("", "")

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields of the form, in reading order."""
        return tuple(item for section in self.sections for item in section.fields)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An id that may never be used again. renamed: the id that took its place, or empty for withdrawn."""

    id: str
    renamed: str
    why: Label


@dataclass(frozen=True, slots=True)
class Definitions:
    """All forms of the study. digest: SHA-256 (hex) of their content, the same on every machine."""

    forms: tuple[Form, ...]
    code_lists: Mapping[str, CodeList]
    fields: Mapping[str, Field]
    checks: tuple[Check, ...]
    suggestions: Mapping[str, SuggestionRule]
    tombstones: Mapping[str, Tombstone]
    digest: str

    def form(self, form_id: str) -> Form:
        """The form of that id (KeyError if there is none)."""
        for item in self.forms:
            if item.id == form_id:
                return item
        raise KeyError(form_id)

    def of_level(self, level: Level) -> tuple[Form, ...]:
        """The forms of a subject or of a visit, in order."""
        return tuple(form for form in self.forms if form.level == level)
