"""What the score panel says of activity, dose and states, as plain facts: no widget, so it can be compared and tested.

Rules kept here: while answers are missing a score is a range, never a plain number; a state names each criterion as
met, not met or unknown with value and threshold; what is unknown names the answers that would settle it.
"""

from __future__ import annotations

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.scores.model import Score
from anifro_desktop.ui import texts
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit import criteria
from anifro_desktop.ui.visit.dose_lines import cumulative_lines
from anifro_desktop.ui.visit.score_lines import Block, Line, changes, label, links_to, range_text, unanswered


def sledai(session: VisitSession) -> Block:
    """SLEDAI-2K and its items with points."""
    score = session.scores["sledai2k"]
    items = [
        f"{label(session, key).lower()} {points}"
        for key, points in score.parts.items()
        if key in session.definitions.fields and isinstance(points, int) and points > 0
    ]
    lines = [Line(" · ".join(items), plain=True)] if items else []
    lines.extend(unanswered(session, score))
    return Block(
        "sledai2k",
        range_text(score, 0),
        translate("Scores", "SLEDAI-2K"),
        changes=changes(session, "sledai2k", 0),
        lines=tuple(lines),
    )


def sledas(session: VisitSession) -> Block:
    """SLE-DAS and its category."""
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
        changes=changes(session, "sledas", 2),
        lines=unanswered(session, score),
    )


def prednisone(session: VisitSession) -> Block:
    """The prednisone equivalent on arrival, and what came together since enrolment."""
    score = session.scores["prednisone"]
    figure = texts.number(score.value) if isinstance(score.value, int | float) else _dose_range(score)
    return Block(
        "prednisone",
        figure,
        translate("Scores", "prednisone eq."),
        unit=translate("Scores", "mg/day"),
        changes=changes(session, "prednisone", None),
        lines=(*unanswered(session, score), *cumulative_lines(session)),
    )


def _dose_range(score: Score) -> str:
    if isinstance(score.minimum, int | float) and score.minimum > 0:
        return f"≥ {texts.number(score.minimum)}"
    return "?"


def state(session: VisitSession, rule: str, name: str) -> Block:
    """A state, criterion by criterion."""
    score = session.scores[rule]
    badge, tone = {
        True: (translate("Scores", "met"), "success"),
        False: (translate("Scores", "not met"), "neutral"),
        None: (translate("Scores", "unknown"), "warning"),
    }[score.value if isinstance(score.value, bool) else None]
    lines = []
    for found in criteria.of(session, rule):
        lines.append(Line(found.text, found.met, False, *links_to(session, found.open)))
    return Block(rule, "", name, badge=badge, tone=tone, lines=tuple(lines))
