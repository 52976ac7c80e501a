"""What is wrong at a field, and what the other answers suggest for it. At most one problem a field.

In this order: a text that is no value, a hard check, a contradiction with a suggestion, an unusual value, a soft
check. A contradiction or soft problem counts as accepted while the field carries a reason (`override` note).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from anifro_desktop.forms import texts, types
from anifro_desktop.forms.derived import QUANTITIES
from anifro_desktop.forms.facts import asked_as
from anifro_desktop.forms.model import Definitions, Field, Label, SuggestionRule
from anifro_desktop.forms.plan import Plan
from anifro_desktop.forms.sheet import Cell, Sheet
from anifro_desktop.forms.spans import span
from anifro_desktop.forms.state import Problem, Subject, Suggestion
from anifro_desktop.forms.types import Fault
from anifro_desktop.forms.types.numbers import shortest
from anifro_desktop.record import Missing, Value

_BLANK = re.compile(r"\{([a-z0-9_]+)\}")
_NO_ANSWER = "–"
_HUNDREDTH = Decimal("0.01")


class Judge:
    """Judges the fields of one sheet. born_after: no date lies before it; today: none after it."""

    __slots__ = ("_born_after", "_definitions", "_plan", "_sheet", "_today")

    def __init__(
        self, definitions: Definitions, plan: Plan, sheet: Sheet, *, today: date, born_after: date | None
    ) -> None:
        self._definitions = definitions
        self._plan = plan
        self._sheet = sheet
        self._today = today
        self._born_after = born_after

    def read(self, item: Field, typed: str) -> Value | Fault:
        """The value of a typed text, with the limits that depend on the day and the patient."""
        value = types.parse(item, typed)
        return value if isinstance(value, Fault) else self.admit(item, value)

    def admit(self, item: Field, value: Value) -> Value | Fault:
        """The value if the field can have it, else the fault."""
        if item.type in types.DATED and isinstance(value, date | str):
            first, last = span(value if isinstance(value, date) else value[:10])
            if first > self._today:
                return Fault("date_future")
            if self._born_after is not None and last < self._born_after:
                return Fault("date_before_birth")
        return types.check_value(item, value)

    def problem(self, field: str) -> Problem | None:
        """What is wrong at a field that is asked now, or None."""
        if field in self._sheet.hidden:
            return None
        item, cell = self._plan.fields[field], self._sheet.cell(field)
        if cell.raw_text:
            return self._unread(item, cell.raw_text)
        for check in self._plan.checks.get(field, ()):
            if check.severity == "hard" and check.when.test(self._sheet.env):
                return Problem(field, "hard", check.id)
        found = next(self._doubts(item, cell), None)
        if found is None or cell.note is None or cell.note.kind != "override":
            return found
        return Problem(field, found.severity, found.code, found.params, accepted=True)

    def suggested(self, field: str) -> int | None:
        """The code that other answers suggest, or None."""
        rule = self._definitions.suggestions.get(field)
        if rule is None:
            return None
        if rule.present is not None and rule.present.test(self._sheet.env):
            return 1
        return 0 if rule.absent is not None and rule.absent.test(self._sheet.env) else None

    def suggestion(self, field: str) -> Suggestion | None:
        """The suggestion in words, or None."""
        value = self.suggested(field)
        if value is None:
            return None
        rule = self._definitions.suggestions[field]
        return Suggestion(field, value, rule.sources, Label(self._basis(rule, "it"), self._basis(rule, "en")))

    def words(self, problem: Problem, lang: str) -> str:
        """The sentence of a problem."""
        check = next(
            (one for one in self._plan.checks.get(problem.field, ()) if one.id == problem.code), None
        )
        if check is not None:
            return check.text.get(lang)
        item = self._plan.fields[problem.field]
        blanks = {name: _localised(str(value), lang) for name, value in problem.params.items()}
        blanks["unit"] = f" {item.unit_label.get(lang)}" if item.unit_label is not None else ""
        blanks["label"] = item.label.get(lang)
        if problem.code == "contradiction":
            blanks.update(self._contradiction_words(item, lang))
        return texts.PROBLEMS[problem.code].get(lang).format(**blanks)

    def text(self, item: Field, value: Value | None, lang: str) -> str:
        """A value for reading; a missing reason in words; empty without one."""
        if value is None:
            return ""
        if isinstance(value, Missing):
            return texts.MISSING[value].get(lang)
        return types.TYPES[item.type].text(value, item, lang)

    def _unread(self, item: Field, raw_text: str) -> Problem:
        fault = self.read(item, raw_text)
        if not isinstance(fault, Fault):
            return Problem(item.id, "hard", "retype")
        return Problem(item.id, "hard", fault.code, fault.params)

    def _doubts(self, item: Field, cell: Cell) -> Iterator[Problem]:
        value = cell.value
        if value is not None and not isinstance(value, Missing):
            suggested = self.suggested(item.id)
            if suggested is not None and suggested != value:
                yield Problem(item.id, "contradiction", "contradiction")
            if item.soft is not None and isinstance(value, int | Decimal) and not item.soft.hold(value):
                yield Problem(item.id, "soft", "unusual_value", types.limit_params(item.soft))
        for check in self._plan.checks.get(item.id, ()):
            if check.severity == "soft" and check.when.test(self._sheet.env):
                yield Problem(item.id, "soft", check.id)

    def _contradiction_words(self, item: Field, lang: str) -> Mapping[str, str]:
        suggested = self.suggested(item.id)
        return {
            "answer": self.text(item, self._sheet.cell(item.id).value, lang),
            "basis": self._basis(self._definitions.suggestions[item.id], lang),
            "suggested": self.text(item, suggested, lang),
        }

    def _basis(self, rule: SuggestionRule, lang: str) -> str:
        """Where a suggestion comes from; parts between semicolons without any value are left out."""
        head, colon, rest = rule.text.get(lang).partition(": ")
        parts = [part for part in (rest if colon else head).split("; ") if self._told(part)]
        words = "; ".join(_BLANK.sub(lambda blank: self._answer(blank[1], lang), part) for part in parts)
        return f"{head}: {words}" if colon else words

    def _told(self, part: str) -> bool:
        names = _BLANK.findall(part)
        given = (self._sheet.env.get(name) for name in names)
        return not names or any(value is not None and not isinstance(value, Missing) for value in given)

    def _answer(self, field: str, lang: str) -> str:
        value = self._sheet.env.get(field)
        if field in QUANTITIES and value is not None:
            return _localised(format(shortest(value.quantize(_HUNDREDTH, ROUND_HALF_UP)), "f"), lang)
        if value is None:
            return _NO_ANSWER
        item = self._definitions.fields.get(asked_as(field))
        return str(value) if item is None else self.text(item, value, lang)


def born_after(subject: Subject, today: date) -> date | None:
    """The earliest birth that fits the patient's age at enrolment; no date of the study lies before it."""
    if subject.age is None:
        return None
    on = subject.enrolled or today
    return date(on.year - subject.age - 1, on.month, min(on.day, 28))


def _localised(text: str, lang: str) -> str:
    """Numbers of a sentence with the language's separator."""
    if lang.startswith("en"):
        return re.sub(r"(?<=\d),(?=\d)", ".", text)
    return re.sub(r"(?<=\d)\.(?=\d)", ",", text)
