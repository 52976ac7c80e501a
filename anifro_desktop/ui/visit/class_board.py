"""What the panel says of the classification criteria while a patient is enrolled: ACR 1997, SLICC 2012, EULAR/ACR 2019.

Plain facts made from the session's results (see `score_lines`). While answers are missing a count or total is a range;
each rule is met, not met or unknown, and what is unknown names answers that would settle it.
Sources: Hochberg 1997, doi 10.1002/art.1780400928; Petri 2012, doi 10.1002/art.34473; Aringer 2019, doi
10.1136/annrheumdis-2018-214819.
"""

from __future__ import annotations

from collections.abc import Mapping

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.scores import acr1997, eular2019, slicc2012
from anifro_desktop.scores.model import Part, Score, Tri
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.score_lines import Block, Line, links_to

ORDER = ("acr1997", "slicc2012", "eular2019")


def block(session: VisitSession, rule: str) -> Block:
    """The block of one set of criteria, as the answers stand."""
    lines = {"acr1997": _acr1997, "slicc2012": _slicc2012, "eular2019": _eular2019}[rule](session)
    value = _tri(session.scores[rule].value)
    badge, tone = {
        True: (translate("Classification", "classified"), "success"),
        False: (translate("Classification", "not classified"), "neutral"),
        None: (translate("Classification", "unknown"), "warning"),
    }[value]
    return Block(rule, "", _name(rule), badge=badge, tone=tone, lines=(*lines, *_open(session, rule)))


def _acr1997(session: VisitSession) -> tuple[Line, ...]:
    score = session.scores["acr1997"]
    words = translate("Classification", "{count} of {all} criteria, {needed} needed")
    text = words.format(
        count=_count(score, score.parts["count"]), all=len(acr1997.CRITERIA), needed=acr1997.NEEDED
    )
    return (Line(text, _tri(score.value)),)


def _slicc2012(session: VisitSession) -> tuple[Line, ...]:
    score = session.scores["slicc2012"]
    parts = score.parts
    counted = None if parts["n_clinical"] is None or parts["n_immunologic"] is None else _sum(parts)
    words = translate(
        "Classification",
        "{count} of {all} criteria, {needed} needed, with a clinical and an immunologic one",
    )
    by_count = words.format(
        count=_count(score, counted),
        all=len(slicc2012.CLINICAL) + len(slicc2012.IMMUNOLOGIC),
        needed=slicc2012.NEEDED,
    )
    by_biopsy = translate("Classification", "or nephritis on biopsy with ANA or anti-dsDNA")
    return (Line(by_count, _tri(parts["rule_a"])), Line(by_biopsy, _tri(parts["rule_b"])))


def _eular2019(session: VisitSession) -> tuple[Line, ...]:
    score = session.scores["eular2019"]
    entry = Line(translate("Classification", "entry: ANA at least 1:80"), _tri(score.parts["eligible"]))
    if score.parts["eligible"] is False:
        return (entry,)
    words = translate("Classification", "total {count}, {needed} needed, with a clinical criterion")
    text = words.format(count=_count(score, score.parts["total"]), needed=eular2019.NEEDED)
    return (entry, Line(text, _reached(score)))


def _reached(score: Score) -> Tri:
    """Whether the points are enough, whatever the entry criterion says."""
    if score.parts["eligible"] is True:
        return _tri(score.value)
    return False if score.value is False else None


def _sum(parts: Mapping[str, Part]) -> int:
    return int(parts["n_clinical"]) + int(parts["n_immunologic"])


def _count(score: Score, settled: Part) -> str:
    """A count that is settled, else the range it must lie in."""
    return str(settled) if isinstance(settled, int) else f"{score.minimum}–{score.maximum}"


def _open(session: VisitSession, rule: str) -> tuple[Line, ...]:
    """The answers that would settle the class; nothing once it is settled."""
    fields = session.scores[rule].missing
    if not fields:
        return ()
    links, more = links_to(session, fields)
    return (Line(translate("Classification", "could be settled by"), plain=True, links=links, more=more),)


def _name(rule: str) -> str:
    return {"acr1997": "ACR 1997", "slicc2012": "SLICC 2012", "eular2019": "EULAR/ACR 2019"}[rule]


def _tri(value: object) -> Tri:
    return value if isinstance(value, bool) else None
