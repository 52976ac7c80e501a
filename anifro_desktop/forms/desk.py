"""What lies behind a session: the sheet, its judge, its history, and the scores kept up to date after every step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from anifro_desktop.forms import scoring
from anifro_desktop.forms.earlier import Before
from anifro_desktop.forms.facts import SDI, SEXES, WAS
from anifro_desktop.forms.history import History, Moved
from anifro_desktop.forms.judging import Judge, born_after
from anifro_desktop.forms.model import Definitions, Form
from anifro_desktop.forms.plan import make_plan
from anifro_desktop.forms.sheet import Cell, Sheet
from anifro_desktop.forms.state import Change, PastVisit, Problem, ScoreChange, Subject
from anifro_desktop.record import Answers, Missing, Note
from anifro_desktop.scores.model import Score


@dataclass(frozen=True, slots=True)
class Past:
    """The visits before: the last one, baseline, those with damage, and the one with the last known weight (see
    `last_known`)."""

    previous: PastVisit | None = None
    baseline: PastVisit | None = None
    damage: PastVisit | None = None
    weight: PastVisit | None = None


class Desk:
    """The parts of one session, wired together. visit: the key of what is filled. fields: of the session, by id, in
    reading order."""

    def __init__(
        self,
        definitions: Definitions,
        forms: Sequence[Form],
        subject: Subject,
        visit: str,
        *,
        today: date,
        past: Past,
        facts: Mapping[str, object],
        recorded: Mapping[str, Score],
    ) -> None:
        plan = make_plan(definitions, forms)
        self.fields = plan.fields
        self.sheet = Sheet(plan, {**_of(subject), **facts, **_was(past)})
        self.judge = Judge(definitions, plan, self.sheet, today=today, born_after=born_after(subject, today))
        self.history = History(plan, self.sheet)
        self.scores: Mapping[str, Score] = {}
        names, foreign = scoring.asked_at(_results(forms), visit, definitions), definitions.foreign
        self._names = definitions.names
        self._kept = {
            name: scoring.as_recorded(name, recorded.get(name))
            for name in names
            if scoring.RESULTS[name].rule in foreign
        }
        self._scorer = scoring.Scorer(
            [name for name in names if name not in self._kept],
            {name: item.form for name, item in plan.fields.items()},
            subject,
            _before(past, self._names),
            self._names,
        )
        self._past = past
        self._past_scores: dict[str, Mapping[str, Score]] = {}
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
        self.scores = {**self._kept, **self._scorer.all(self.sheet.answers)}

    def done(self, moved: Moved | None) -> Change:
        """The change of a step, after bringing scores up to date."""
        if moved is None:
            return Change()
        for name in moved.redraw:  # no other problem can have changed
            self._problems.pop(name, None)
        before = self.scores
        if moved.answers:
            self.scores = {**self._kept, **self._scorer.again(self.sheet.answers, moved.answers)}
        changed = frozenset(name for name, score in self.scores.items() if score != before.get(name))
        return Change(moved.fields, moved.visible, moved.redraw, changed)

    def problem(self, field: str) -> Problem | None:
        """What is wrong at a field; worked out again only after a step that may have changed it."""
        if field not in self._problems:
            self._problems[field] = self.judge.problem(field)
        return self._problems[field]

    def changes(self, name: str) -> ScoreChange:
        """How far a numeric score moved since the visit before and since baseline."""
        now = None if name in self._kept else self.scores.get(name)
        return ScoreChange(
            scoring.difference(now, self._scores_of(self._past.previous).get(name)),
            scoring.difference(now, self._scores_of(self._past.baseline).get(name)),
        )

    def _scores_of(self, past: PastVisit | None) -> Mapping[str, Score]:
        if past is None:
            return {}
        if past.key not in self._past_scores:
            self._past_scores[past.key] = scoring.score_visit(scoring.renamed(past.answers, self._names))
        return self._past_scores[past.key]


def _results(forms: Sequence[Form]) -> tuple[str, ...]:
    """The results these forms ask for, kept or only shown, in order."""
    return tuple(dict.fromkeys(name for form in forms for name in (*form.scores, *form.live)))


def _of(subject: Subject) -> dict[str, Any]:
    """What conditions may know of the subject itself."""
    return {"enrolled": subject.enrolled, "subject_sex": SEXES.get(subject.sex)}


def _before(past: Past, names: Mapping[str, str]) -> Before:
    earlier = (past.previous, past.baseline, past.damage, past.weight)
    return scoring.before(*(None if one is None else scoring.renamed(one.answers, names) for one in earlier))


def _was(past: Past) -> dict[str, Any]:
    """The answers of the visit before, and all damage found so far, under the names that conditions know them by."""
    previous = {} if past.previous is None else past.previous.answers
    damage = {} if past.damage is None else past.damage.answers
    given = {**previous, **{name: value for name, value in damage.items() if name.startswith(SDI)}}
    return {WAS + name: value for name, value in given.items() if not isinstance(value, Missing)}
