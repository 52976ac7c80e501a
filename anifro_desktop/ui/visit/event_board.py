"""What the panel says of an adverse event: serious or not, by when whom to tell, and how it stands to the treatment.

Plain facts made from the session's result `ae` (see `score_lines`). A time to tell somebody is shown unless it is known
that nobody need be told; the program shows it and sends nothing.
Sources: ICH E2A 1994; Ministerial Decree 30 April 2015, art. 22(3).
"""

from __future__ import annotations

from datetime import datetime

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.scores.model import Score
from anifro_desktop.ui import texts
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.score_lines import Block, Line, links_to

RULE = "ae"
AWARENESS, REPORT_SENT = "ae_awareness", "ae_report_sent"


def block(session: VisitSession) -> Block:
    """The block of the event, as the answers stand."""
    score = session.scores[RULE]
    badge, tone = {
        True: (translate("Safety", "serious"), "danger"),
        False: (translate("Safety", "not serious"), "neutral"),
        None: (translate("Safety", "seriousness unknown"), "warning"),
    }[score.value if isinstance(score.value, bool) else None]
    lines = (*_criteria(session, score), *_clocks(session, score), *_treatment(score))
    return Block(RULE, "", translate("Safety", "Event"), badge=badge, tone=tone, lines=lines)


def _criteria(session: VisitSession, score: Score) -> tuple[Line, ...]:
    """The criteria of seriousness that are open while none is met."""
    if not score.missing:
        return ()
    links, more = links_to(session, score.missing)
    words = translate("Safety", "{count} criteria of seriousness open").format(count=len(score.missing))
    return (Line(words, plain=True, links=links, more=more),)


def _clocks(session: VisitSession, score: Score) -> tuple[Line, ...]:
    """By when whom to tell: the study centre unless that is done, and the drug authority."""
    told = session.answers.get(REPORT_SENT) is not None
    centre, authority = None if told else score.parts["sae_due"], score.parts["adr_biologic_due"]
    lines = []
    if centre is not None:
        words = (
            translate("Safety", "tell the study centre by {time}")
            if score.value is True
            else translate("Safety", "if serious, tell the study centre by {time}")
        )
        lines.append(Line(words.format(time=_time(centre)), plain=True))
    if authority is not None:
        words = translate("Safety", "if the drug is suspected, tell the drug authority by {time}")
        lines.append(Line(words.format(time=_time(authority)), plain=True))
    if not lines and score.value is not False and session.answers.get(AWARENESS) is None:
        links, more = links_to(session, (AWARENESS,))
        words = translate("Safety", "by when to tell it: unknown until it is said when it became known")
        lines.append(Line(words, plain=True, links=links, more=more))
    return tuple(lines)


def _treatment(score: Score) -> tuple[Line, ...]:
    parts = score.parts
    emergent = parts["treatment_emergent"]
    lines = [Line(translate("Safety", "under treatment"), emergent if isinstance(emergent, bool) else None)]
    if isinstance(parts["onset_day"], int):
        day = texts.number(parts["onset_day"])
        lines.append(
            Line(translate("Safety", "began on day {day} from the first dose").format(day=day), plain=True)
        )
    related = {
        "related": translate("Safety", "related to anifrolumab"),
        "not_related": translate("Safety", "not related to anifrolumab"),
        "not_assessed": translate("Safety", "relation to anifrolumab not assessed"),
    }.get(str(parts["related"]))
    return (*lines, *((Line(related, plain=True),) if related else ()))


def _time(due: str) -> str:
    return f"{datetime.fromisoformat(due):%d/%m/%Y %H:%M}"
