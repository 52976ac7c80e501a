"""The parts that blocks of the score panel are made of: plain facts, and the words all of them share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.scores.model import Score, Tri
from anifro_desktop.ui import texts
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.words import visit_name

MOST_LINKS = 3


@dataclass(frozen=True, slots=True)
class Link:
    """A question to go to."""

    field: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line. met: True ✓, False ✗, None ?; plain: no mark. links: answers that would settle it; more: how many
    beyond them."""

    text: str
    met: Tri = None
    plain: bool = False
    links: tuple[Link, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One score. figure: large text, may be empty. badge: a word with its tone. changes: since other visits."""

    rule: str
    figure: str
    name: str
    unit: str = ""
    badge: str = ""
    tone: str = "neutral"
    changes: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def spoken(self) -> str:
        """The block in one sentence, for assistive technology."""
        to, at_least = translate("Scores", "to"), translate("Scores", "at least")
        range_words = self.figure.replace("–", f" {to} ", 1).replace("≥", at_least)
        parts = [" ".join(part for part in (self.name, range_words, self.unit, self.badge) if part)]
        return ", ".join(
            [*parts, *self.changes, *(line.text for line in self.lines if line.plain and line.text)]
        )


def range_text(score: Score, decimals: int) -> str:
    """The value, or the range it must lie in: `8–31`, `≥ 3.12` where there is no upper end."""
    if score.complete and isinstance(score.value, int | float):
        return texts.number(score.value, decimals)
    low = texts.number(score.minimum, decimals) if isinstance(score.minimum, int | float) else "?"
    if not isinstance(score.maximum, int | float):
        return "?" if low == "?" else f"≥ {low}"
    high = texts.number(score.maximum, decimals)
    return low if low == high else f"{low}–{high}"


def unanswered(session: VisitSession, score: Score) -> tuple[Line, ...]:
    """How many questions are open, with links to the first of them; nothing for a score that is complete."""
    if score.complete:
        return ()
    fields = [name for name in score.missing if name in session.definitions.fields]
    first, more = links_to(session, fields)
    text = translate("Scores", "{count} unanswered").format(count=len(fields))
    return (Line(text, plain=True, links=first, more=more),)


def links_to(session: VisitSession, fields: Sequence[str]) -> tuple[tuple[Link, ...], int]:
    """Links to the first of these questions that are asked, and how many there are beyond them."""
    wanted = [field for field in dict.fromkeys(fields) if session.state(field).visible]
    first = tuple(Link(field, label(session, field)) for field in wanted[:MOST_LINKS])
    return first, len(wanted) - len(first)


def changes(session: VisitSession, rule: str, decimals: int | None) -> tuple[str, ...]:
    """How far a score moved since the visit before and since baseline, in words."""
    change = session.changes(rule)
    words = []
    before, baseline = session.previous, session.baseline
    if before is not None and change.previous is not None:
        words.append(_change(change.previous, before.key, decimals))
    if (
        baseline is not None
        and change.baseline is not None
        and (before is None or before.key != baseline.key)
    ):
        words.append(_change(change.baseline, baseline.key, decimals))
    return tuple(words)


def _change(difference: float, key: str, decimals: int | None) -> str:
    """`▼ 2 since Month 0`: the sign stands in words too, for the reader who hears it."""
    amount = texts.number(abs(difference), decimals)
    visit = visit_name(key)
    if round(difference, 9) == 0:
        return translate("Scores", "= since {visit}").format(visit=visit)
    if difference < 0:
        return translate("Scores", "▼ {amount} since {visit}").format(amount=amount, visit=visit)
    return translate("Scores", "▲ {amount} since {visit}").format(amount=amount, visit=visit)


def label(session: VisitSession, field: str) -> str:
    """A question, in the language in use."""
    return session.definitions.fields[field].label.get(texts.language())
