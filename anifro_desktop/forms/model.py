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
from anifro_desktop.study.visit_keys import KINDS, kind_of

Level = Literal["subject", "visit", "event"]
Severity = Literal["hard", "soft", "contradiction"]
TypeName = Literal["choice", "integer", "decimal", "date", "partial_date", "moment", "text"]


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
    """Options shared by fields. withdrawn: codes that are no longer offered; they keep their meaning and may never be
    used again. absent: the code that "all remaining absent" answers, or None where that is not offered."""

    id: str
    codes: tuple[Code, ...]
    withdrawn: tuple[Code, ...] = ()
    absent: int | None = None
    _labels: Mapping[int, Label] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        every = (*self.codes, *self.withdrawn)
        object.__setattr__(self, "_labels", {code.value: code.label for code in reversed(every)})

    def label(self, value: int) -> Label | None:
        """The label of a code, withdrawn or not, or None if the list never had such a code."""
        return self._labels.get(value)

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
    max_length: characters of a text. line: words at evenly spaced marks of the line on paper, lower to upper limit.
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
    line: tuple[Label, ...] = ()


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
    """One form. level: of the subject, of a visit, or of an event (one record per event, any number of them).

    scores: results computed from it and kept with it (on the form that carries them); live: results only shown beside
    it. derived: written by the site at export, never asked. timetable: visit kinds (`study.visit_keys`) at which it is
    asked; optional: kinds at which it is offered and nothing in it is required. prefix: of the keys of its events
    (`ae` gives `ae-001`). title, dated: fields that name and order its events in a list.
    """

    id: str
    label: Label
    order: int
    level: Level
    scores: tuple[str, ...]
    derived: bool
    sections: tuple[Section, ...]
    help: Label = Label("", "")
    live: tuple[str, ...] = ()
    timetable: tuple[str, ...] = KINDS
    optional: tuple[str, ...] = ()
    prefix: str = ""
    title: str = ""
    dated: str = ""

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
class Pack:
    """Which version of the study this is: forms, code lists, settings of the protocol and rules together.

    id: for people, such as `2026.1`. published: the day in ISO form, empty while it is a draft. note: one line about
    it. reworded: codes (`list/3`) that have other words than in the pack before and mean the same. protocol: digest of
    the settings. rules: version of each rule.
    """

    id: str = ""
    published: str = ""
    note: Label = Label("", "")
    reworded: tuple[str, ...] = ()
    protocol: str = ""
    rules: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Definitions:
    """All forms of the study, as one pack. digest: SHA-256 (hex) of the whole pack, the same on every machine.

    Of an older pack, as `library` gives it out: names: its field ids to those that took their place since, where they
    differ; foreign: rules that this program carries out in another version.
    """

    forms: tuple[Form, ...]
    code_lists: Mapping[str, CodeList]
    fields: Mapping[str, Field]
    checks: tuple[Check, ...]
    suggestions: Mapping[str, SuggestionRule]
    tombstones: Mapping[str, Tombstone]
    digest: str
    pack: Pack = Pack()
    names: Mapping[str, str] = field(default_factory=dict)
    foreign: frozenset[str] = frozenset()

    def form(self, form_id: str) -> Form:
        """The form of that id (KeyError if there is none)."""
        for item in self.forms:
            if item.id == form_id:
                return item
        raise KeyError(form_id)

    def of_level(self, level: Level) -> tuple[Form, ...]:
        """The forms of a subject, of a visit or of events, in order."""
        return tuple(form for form in self.forms if form.level == level)

    def of_visit(self, key: str) -> tuple[Form, ...]:
        """The forms asked or offered at a visit, in order; what the site computes itself is not among them."""
        kind = kind_of(key)
        return tuple(
            form
            for form in self.of_level("visit")
            if not form.derived and (kind in form.timetable or kind in form.optional)
        )

    def event_form(self, key: str) -> Form:
        """The form of an event's key such as `ae-001` (KeyError if there is none)."""
        prefix = key.partition("-")[0]
        for item in self.of_level("event"):
            if item.prefix == prefix:
                return item
        raise KeyError(key)
