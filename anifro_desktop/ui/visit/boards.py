"""Which blocks the panel of a session has: of a visit, of the classification criteria, of an adverse event.

The results that the forms of the session ask for decide; a session without any has no panel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit import class_board, event_board, organ_board, scoreboard
from anifro_desktop.ui.visit.score_lines import Block

# The form without which a result says nothing.
OWN_FORM = {
    "sfi": "flare",
    "joints": "joints",
    "clasi": "clasi",
    "sdi": "damage",
    "sf36": "sf36",
    "facit_fatigue": "facit_fatigue",
    "eq5d5l": "eq5d5l",
    "lupusqol": "lupusqol",
    "pain_vas": "scales",
    "fatigue_vas": "scales",
    "ptga": "scales",
}


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of block. results: those it says something of; it is shown while the session has any of them."""

    results: tuple[str, ...]
    make: Callable[[VisitSession], Block]


def _kinds() -> dict[str, _Kind]:
    doris, lldas = translate("Scores", "DORIS remission"), translate("Scores", "LLDAS")
    return {
        "sledai2k": _Kind(("sledai2k",), scoreboard.sledai),
        "sledas": _Kind(("sledas",), scoreboard.sledas),
        "prednisone": _Kind(("prednisone",), scoreboard.prednisone),
        "doris": _Kind(("doris",), partial(scoreboard.state, rule="doris", name=doris)),
        "lldas": _Kind(("lldas",), partial(scoreboard.state, rule="lldas", name=lldas)),
        "sfi": _Kind(("sfi",), organ_board.flare),
        "joints": _Kind(("joints",), organ_board.joints),
        "clasi": _Kind(("clasi",), organ_board.skin),
        "sdi": _Kind(("sdi",), organ_board.damage),
        "response": _Kind(("sledai2k", "prednisone", "clasi", "joints"), organ_board.response),
        "proms": _Kind(organ_board.QUESTIONNAIRES, organ_board.questionnaires),
        **{rule: _Kind((rule,), partial(class_board.block, rule=rule)) for rule in class_board.ORDER},
        event_board.RULE: _Kind((event_board.RULE,), event_board.block),
    }


def shown(session: VisitSession) -> tuple[str, ...]:
    """The blocks of a session, in order: of the forms it asks, and a response once there is a baseline."""
    asked = {form.id for form in session.forms}
    return tuple(
        block
        for block, kind in _kinds().items()
        if any(name in session.scores and _asked(name, asked) for name in kind.results)
        and (block != "response" or session.baseline is not None)
    )


def _asked(result: str, forms: set[str]) -> bool:
    """Whether the form that a result is mostly made of is asked at all."""
    return OWN_FORM.get(result, "") in ("", *forms)


def touched(results: Iterable[str]) -> frozenset[str]:
    """The blocks that say something of some results."""
    moved = set(results)
    return frozenset(block for block, kind in _kinds().items() if not moved.isdisjoint(kind.results))


def board(session: VisitSession, blocks: Iterable[str] | None = None) -> tuple[Block, ...]:
    """These blocks, or all that are shown, for the session as it stands."""
    kinds = _kinds()
    wanted = shown(session) if blocks is None else blocks
    return tuple(kinds[block].make(session) for block in wanted)
