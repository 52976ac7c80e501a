"""What the score panel says, as plain facts made from the session: no widget, so it can be compared and tested.

Rules kept here: while answers are missing a score is a range, never a plain number; a state names each criterion as
met, not met or unknown with value and threshold; what is unknown names the answers that would settle it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.scores.model import Score, Tri
from anifro_desktop.ui import texts
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit import criteria
from anifro_desktop.ui.words import visit_name

ORDER = ("sledai2k", "sledas", "prednisone", "doris", "lldas")
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


def board(session: VisitSession, rules: Sequence[str] = ORDER) -> tuple[Block, ...]:
    """The blocks of these rules, in order, for the session as it stands."""
    makers: dict[str, Callable[[VisitSession], Block]] = {
        "sledai2k": _sledai,
        "sledas": _sledas,
        "prednisone": _prednisone,
        "doris": partial(_state, rule="doris", name=translate("Scores", "DORIS remission")),
        "lldas": partial(_state, rule="lldas", name=translate("Scores", "LLDAS")),
    }
    return tuple(makers[rule](session) for rule in rules if rule in session.scores)


def range_text(score: Score, decimals: int) -> str:
    """The value, or the range it must lie in: `8–31`, `≥ 3.12` where there is no upper end."""
    if score.complete and isinstance(score.value, int | float):
        return texts.number(score.value, decimals)
    low = texts.number(score.minimum, decimals) if isinstance(score.minimum, int | float) else "?"
    if not isinstance(score.maximum, int | float):
        return "?" if low == "?" else f"≥ {low}"
    high = texts.number(score.maximum, decimals)
    return low if low == high else f"{low}–{high}"


def _sledai(session: VisitSession) -> Block:
    score = session.scores["sledai2k"]
    items = [
        f"{_label(session, key).lower()} {points}"
        for key, points in score.parts.items()
        if key in session.definitions.fields and isinstance(points, int) and points > 0
    ]
    lines = [Line(" · ".join(items), plain=True)] if items else []
    lines.extend(_unanswered(session, score))
    return Block(
        "sledai2k",
        range_text(score, 0),
        translate("Scores", "SLEDAI-2K"),
        changes=_changes(session, "sledai2k", 0),
        lines=tuple(lines),
    )


def _sledas(session: VisitSession) -> Block:
    score = session.scores["sledas"]
    badge, tone = {
        "remission_range": (translate("Scores", "remission range"), "success"),
        "mild": (translate("Scores", "mild"), "warning"),
        "moderate_severe": (translate("Scores", "moderate or severe"), "danger"),
    }.get(str(score.parts.get("category")), ("", "neutral"))
    return Block(
        "sledas",
        range_text(score, 2),
        translate("Scores", "SLE-DAS"),
        badge=badge,
        tone=tone,
        changes=_changes(session, "sledas", 2),
        lines=_unanswered(session, score),
    )


def _prednisone(session: VisitSession) -> Block:
    score = session.scores["prednisone"]
    figure = texts.number(score.value) if isinstance(score.value, int | float) else _dose_range(score)
    return Block(
        "prednisone",
        figure,
        translate("Scores", "prednisone eq."),
        unit=translate("Scores", "mg/day"),
        changes=_changes(session, "prednisone", None),
        lines=_unanswered(session, score),
    )


def _dose_range(score: Score) -> str:
    if isinstance(score.minimum, int | float) and score.minimum > 0:
        return f"≥ {texts.number(score.minimum)}"
    return "?"


def _state(session: VisitSession, rule: str, name: str) -> Block:
    score = session.scores[rule]
    badge, tone = {
        True: (translate("Scores", "met"), "success"),
        False: (translate("Scores", "not met"), "neutral"),
        None: (translate("Scores", "unknown"), "warning"),
    }[score.value if isinstance(score.value, bool) else None]
    lines = []
    for found in criteria.of(session, rule):
        lines.append(Line(found.text, found.met, False, *_links(session, found.open)))
    return Block(rule, "", name, badge=badge, tone=tone, lines=tuple(lines))


def _unanswered(session: VisitSession, score: Score) -> tuple[Line, ...]:
    if score.complete:
        return ()
    fields = [name for name in score.missing if name in session.definitions.fields]
    links, more = _links(session, fields)
    text = translate("Scores", "{count} unanswered").format(count=len(fields))
    return (Line(text, plain=True, links=links, more=more),)


def _links(session: VisitSession, fields: Sequence[str]) -> tuple[tuple[Link, ...], int]:
    wanted = [field for field in dict.fromkeys(fields) if session.state(field).visible]
    links = tuple(Link(field, _label(session, field)) for field in wanted[:MOST_LINKS])
    return links, len(wanted) - len(links)


def _changes(session: VisitSession, rule: str, decimals: int | None) -> tuple[str, ...]:
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


def _label(session: VisitSession, field: str) -> str:
    return session.definitions.fields[field].label.get(texts.language())
