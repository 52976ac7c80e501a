"""What lies behind a session: the sheet, its judge, its history, and the scores kept up to date after every step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from anifro_desktop.forms import scoring
from anifro_desktop.forms.history import History, Moved
from anifro_desktop.forms.judging import Judge, born_after
from anifro_desktop.forms.model import Definitions, Form
from anifro_desktop.forms.plan import make_plan
from anifro_desktop.forms.sheet import Cell, Sheet
from anifro_desktop.forms.state import Change, PastVisit, Problem, ScoreChange, Subject
from anifro_desktop.record import Answers, Note
from anifro_desktop.scores.model import Score


class Desk:
    """The parts of one session, wired together.

    fields: of the session, by id, in reading order. scores: empty for forms of the subject.
    """

    def __init__(
        self,
        definitions: Definitions,
        forms: Sequence[Form],
        subject: Subject,
        *,
        today: date,
        previous: PastVisit | None,
        baseline: PastVisit | None,
    ) -> None:
        plan = make_plan(definitions, forms)
        self.fields = plan.fields
        self.sheet = Sheet(plan, {"enrolled": subject.enrolled})
        self.judge = Judge(definitions, plan, self.sheet, today=today, born_after=born_after(subject, today))
        self.history = History(plan, self.sheet)
        self.scores: Mapping[str, Score] = {}
        self._scored = any(form.level == "visit" for form in forms)
        self._previous, self._baseline = previous, baseline
        self._before = scoring.before(None if previous is None else previous.answers)
        self._past: dict[str, Mapping[str, Score]] = {}
        self._problems: dict[str, Problem | None] = {}

    def fill(self, answers: Answers, notes: Mapping[str, Note]) -> None:
        """Take what is already recorded; answers to other forms are left aside."""
        for name in self.fields:
            self.sheet.write(name, Cell(answers.get(name), "", notes.get(name)))
        self.begin()

    def begin(self) -> None:
        """Work everything out for cells that were written without a step; nothing can be undone."""
        self.sheet.refresh()
        self.history.forget()
        self._problems.clear()
        self._score()

    def done(self, moved: Moved | None) -> Change:
        """The change of a step, after bringing scores up to date."""
        if moved is None:
            return Change()
        self._problems.clear()
        scores = self._score() if moved.answers else frozenset()
        return Change(moved.fields, moved.visible, moved.redraw, scores)

    def problem(self, field: str) -> Problem | None:
        """What is wrong at a field; worked out at most once between two steps."""
        if field not in self._problems:
            self._problems[field] = self.judge.problem(field)
        return self._problems[field]

    def changes(self, rule: str) -> ScoreChange:
        """How far a numeric score moved since the visit before and since baseline."""
        now = self.scores.get(rule)
        return ScoreChange(
            scoring.difference(now, self._scores_of(self._previous).get(rule)),
            scoring.difference(now, self._scores_of(self._baseline).get(rule)),
        )

    def _score(self) -> frozenset[str]:
        if not self._scored:
            return frozenset()
        before, self.scores = self.scores, scoring.score_with(self.sheet.answers, self._before)
        return frozenset(rule for rule, score in self.scores.items() if score != before.get(rule))

    def _scores_of(self, past: PastVisit | None) -> Mapping[str, Score]:
        if past is None or not self._scored:
            return {}
        if past.key not in self._past:
            self._past[past.key] = scoring.score_visit(past.answers)
        return self._past[past.key]
