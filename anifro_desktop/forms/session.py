"""One visit being filled: all its forms, the visits before it to read beside, the scores, and undo.

Rules kept here:
- No Qt, no clock, no database: the day, the past and the answers so far are passed in; `entries` is what to save.
- Nothing is pre-filled. A suggestion, "same as last visit" and "all remaining absent" are acts, and leave a note.
- A text that is no value is kept as typed; the question counts as unanswered and has a hard problem.
- Hidden fields are blank to everyone but remember their value.
- A reason given for a contradiction or an unusual value falls when the answer, or one it rests on, changes.
- Undo covers every act of this session, over all its forms.

The same class serves the enrolment form: a session whose forms are of the subject, with an empty visit key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from anifro_desktop.forms import acts, progress, types
from anifro_desktop.forms import entries as drafts
from anifro_desktop.forms.cumulative import Taken
from anifro_desktop.forms.desk import Desk, Past
from anifro_desktop.forms.errors import (
    DerivedField,
    MissingNotAllowed,
    NothingToExplain,
    ReasonRefused,
    UnknownField,
)
from anifro_desktop.forms.model import Definitions, Field, Form
from anifro_desktop.forms.scaled import before, scaled
from anifro_desktop.forms.sheet import EMPTY, Cell
from anifro_desktop.forms.state import (
    Change,
    Entry,
    FieldState,
    PastVisit,
    Problem,
    ScoreChange,
    SectionState,
    Subject,
    Suggestion,
    Visit,
)
from anifro_desktop.forms.types import Fault
from anifro_desktop.record import Answers, Missing, Note, Value
from anifro_desktop.scores.model import Score
from anifro_desktop.study.visit_keys import kind_of

__all__ = [
    "Change",
    "Entry",
    "FieldState",
    "PastVisit",
    "Problem",
    "ScoreChange",
    "SectionState",
    "Subject",
    "Suggestion",
    "Visit",
    "VisitSession",
]

_REASONS, _OTHER_REASON = "override_reason", 5


class VisitSession:
    """The session of one visit, or of the subject's own forms.

    Args:
        definitions: all forms of the study.
        form_ids: the forms of this session, in order, all of one level (KeyError: no such form).
        today: the day of work; no date may lie after it.
        answers, notes: what is already recorded. previous, baseline, damage, weight: past visits (the last one, the
            first one, those with damage as one, the one with the last known weight; see `last_known`), never changed.
            facts: those of `forms.facts`, and for an event the rest of the record (`forms.among`). taken: what the sum
            of glucocorticoid is made from (`forms.cumulative`); None where it is not asked about.
        completed: the visit was completed before (every further change needs a reason; the workflow asks for it).
        recorded: results as they were recorded, shown where this program carries out another version of their rule
            (`Definitions.foreign`); such a result is never worked out anew.
        lang: language of `FieldState.text`; may be set at any time.
    """

    def __init__(
        self,
        definitions: Definitions,
        form_ids: Sequence[str],
        subject: Subject,
        visit: Visit,
        *,
        today: date,
        answers: Answers | None = None,
        notes: Mapping[str, Note] | None = None,
        previous: PastVisit | None = None,
        baseline: PastVisit | None = None,
        damage: PastVisit | None = None,
        weight: PastVisit | None = None,
        facts: Mapping[str, object] | None = None,
        taken: Taken | None = None,
        recorded: Mapping[str, Score] | None = None,
        completed: bool = False,
        lang: str = "it",
    ) -> None:
        self.definitions = definitions
        self.forms: tuple[Form, ...] = tuple(definitions.form(form_id) for form_id in form_ids)
        self.subject, self.visit, self.today = subject, visit, today
        self.previous, self.baseline, self.damage, self.weight = previous, baseline, damage, weight
        self.completed = completed
        self.facts, self.taken, self.lang = dict(facts or {}), taken, lang
        past = Past(previous, baseline, damage, weight)
        self.recorded = dict(recorded or {})
        self._desk = Desk(
            definitions,
            self.forms,
            subject,
            visit.key,
            today=today,
            past=past,
            facts=self.facts,
            recorded=self.recorded,
        )
        self._sheet, self._judge, self._history = self._desk.sheet, self._desk.judge, self._desk.history
        self._desk.fill(answers or {}, notes or {})

    # Reading

    @property
    def scores(self) -> Mapping[str, Score]:
        """The results that the forms of this session ask for, by name, as the answers stand."""
        return self._desk.scores

    @property
    def answers(self) -> Answers:
        """The answers that are asked now (a live view): values and missing reasons."""
        return MappingProxyType(self._sheet.answers)

    @property
    def notes(self) -> Mapping[str, Note]:
        """The notes of fields that are asked now."""
        cells, hidden = self._sheet.cells, self._sheet.hidden
        return {name: cell.note for name, cell in cells.items() if cell.note and name not in hidden}

    def state(self, field_id: str) -> FieldState:
        """A field as it stands now (UnknownField: no form of this session has it)."""
        item = self._field(field_id)
        earlier: Answers = self.previous.answers if self.previous is not None else {}
        past = before(field_id, self._sheet.answers, earlier)
        if field_id in self._sheet.hidden:
            return FieldState(item, None, "", "", False, None, None, None, past, False)
        cell = self._sheet.cell(field_id)
        return FieldState(
            item,
            cell.value,
            cell.raw_text or self._judge.text(item, cell.value, self.lang),
            cell.raw_text,
            True,
            self._desk.problem(field_id),
            self._judge.suggestion(field_id),
            cell.note,
            past,
            cell.value is not None,
            scaled(field_id, self._sheet.answers, earlier),
        )

    def sections(self) -> tuple[SectionState, ...]:
        """Progress of every section that asks anything now, in order."""
        states = (
            progress.section_state(form, section, self._sheet, self._desk.problem, self._optional(form))
            for form in self.forms
            for section in form.sections
        )
        return tuple(state for state in states if state.visible_fields)

    def _optional(self, form: Form) -> bool:
        """Whether nothing of a form is required at this visit."""
        return kind_of(self.visit.key) in form.optional

    def changes(self, rule: str) -> ScoreChange:
        """How far a score moved since the visit before and since baseline (numbers only)."""
        return self._desk.changes(rule)

    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong now, accepted or not, in reading order."""
        found = (self._desk.problem(name) for name in self._desk.fields)
        return tuple(problem for problem in found if problem is not None)

    def problem_text(self, problem: Problem, lang: str) -> str:
        """A problem in words, as the answers stand now: what is wrong and an example of right."""
        return self._judge.words(problem, lang)

    def can_sign(self) -> bool:
        """Whether no hard problem is left and every contradiction is settled."""
        return all(problem.settled or problem.severity == "soft" for problem in self.problems())

    def open_absent_count(self, form_id: str, section_id: str) -> int:
        """How many questions `all_absent` would answer."""
        return len(
            acts.all_absent(acts.section_fields(self.forms, form_id, section_id), self._sheet, self._judge)
        )

    # Acting

    def set_text(self, field_id: str, text: str, *, note: Note | None = None) -> Change:
        """Take what was typed; an empty text clears. note: how it came about (`transcribed`), else None."""
        item, typed = self._answerable(field_id), text.strip()
        if not typed:
            return self.clear(field_id)
        value = self._judge.read(item, typed)
        cell = Cell(None, typed, note) if isinstance(value, Fault) else Cell(value, "", note)
        return self._desk.done(self._history.do({field_id: cell}))

    def set_value(self, field_id: str, value: Value, *, note: Note | None = None) -> Change:
        """Take a value, as if it had been typed: one outside the field's limits keeps its text and has a problem.

        Raises:
            WrongKind: the value is not of the field's type.
        """
        if isinstance(value, Missing):
            return self.set_missing(field_id, value)
        return self.set_text(field_id, types.typed(self._answerable(field_id), value), note=note)

    def set_missing(self, field_id: str, reason: Missing) -> Change:
        """Say why there is no value (MissingNotAllowed: the field does not take this reason)."""
        if reason not in self._answerable(field_id).missing:
            raise MissingNotAllowed(field_id, reason.value)
        return self._desk.done(self._history.do({field_id: Cell(reason)}))

    def clear(self, field_id: str) -> Change:
        """Take the answer back."""
        self._answerable(field_id)
        return self._desk.done(self._history.do({field_id: EMPTY}))

    def explain(self, field_id: str, reason: int, text: str = "") -> Change:
        """Keep an answer against a contradiction or a soft problem.

        Args:
            reason: a code of the list `override_reason`; "other" needs a text.

        Raises:
            NothingToExplain: the field has neither. ReasonRefused: no such reason, or "other" without words.
        """
        self._field(field_id)
        problem = self._desk.problem(field_id)
        if problem is None or problem.severity == "hard":
            raise NothingToExplain(field_id)
        known = reason in self.definitions.code_lists[_REASONS].values
        if not known or (reason == _OTHER_REASON and not text.strip()):
            raise ReasonRefused(field_id)
        cell = replace(self._sheet.cell(field_id), note=Note("override", reason, text.strip()))
        return self._desk.done(self._history.do({field_id: cell}))

    def accept_suggestion(self, field_id: str) -> Change:
        """Answer what the other answers suggest; nothing happens where they suggest nothing."""
        self._answerable(field_id)
        value = self._judge.suggested(field_id)
        return Change() if value is None else self._desk.done(self._history.do({field_id: Cell(value)}))

    def same_as_last(self, field_id: str) -> Change:
        """Answer as at the visit before, confirmed unchanged; nothing happens where that is not offered."""
        cell = acts.unchanged(self._answerable(field_id), self.previous)
        return Change() if cell is None else self._desk.done(self._history.do({field_id: cell}))

    def same_section(self, form_id: str, section_id: str) -> Change:
        """Answer every open question of a section as at the visit before, questions that this opens included."""
        fields = acts.section_fields(self.forms, form_id, section_id)
        moved = self._history.do(acts.all_unchanged(fields, self._sheet, self.previous))
        while moved is not None and (edit := acts.all_unchanged(fields, self._sheet, self.previous)):
            moved = moved.joined(self._history.extend(edit))
        return self._desk.done(moved)

    def all_absent(self, form_id: str, section_id: str) -> Change:
        """Answer every open present/absent question of a section with absent, as one step.

        Questions for which other answers suggest "present" stay open.
        """
        edit = acts.all_absent(acts.section_fields(self.forms, form_id, section_id), self._sheet, self._judge)
        return self._desk.done(self._history.do(edit))

    @property
    def can_undo(self) -> bool:
        """Whether there is an act to take back."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether an act was taken back last."""
        return self._history.can_redo

    def undo(self) -> Change | None:
        """Take the last act back, wherever it was; None if there is none."""
        return self._desk.done(self._history.undo()) if self.can_undo else None

    def redo(self) -> Change | None:
        """Do again what was taken back last; None if there is none."""
        return self._desk.done(self._history.redo()) if self.can_redo else None

    # Saving

    def entries(self, fields: Iterable[str]) -> tuple[Entry, ...]:
        """Fields as a draft keeps them (hidden ones with the value they remember), in reading order."""
        wanted = {self._field(name).id for name in fields}
        return tuple(
            drafts.to_entry(item, self._sheet.cell(name))
            for name, item in self._desk.fields.items()
            if name in wanted
        )

    def load_entries(self, entries: Iterable[Entry]) -> tuple[str, ...]:
        """Take a draft over the answers, leaving nothing to undo. Returns ids that no form of this session has."""
        unknown: list[str] = []
        for entry in entries:
            item = self._desk.fields.get(entry.field)
            if item is None:
                unknown.append(entry.field)
            else:
                self._sheet.write(item.id, drafts.to_cell(item, entry))
        self._desk.begin()
        return tuple(unknown)

    def _field(self, field_id: str) -> Field:
        try:
            return self._desk.fields[field_id]
        except KeyError:
            raise UnknownField(field_id) from None

    def _answerable(self, field_id: str) -> Field:
        item = self._field(field_id)
        if item.derive:
            raise DerivedField(field_id)
        return item
