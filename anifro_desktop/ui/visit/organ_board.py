"""What the score panel says of flare, joints, skin, damage, response and questionnaires (see `scoreboard`).

Rules kept here as there: a range while answers are missing, never a plain number; a class only when it is certain.
"""

from __future__ import annotations

from anifro_desktop.forms.session import VisitSession
from anifro_desktop.scores.model import Score, Tri
from anifro_desktop.ui import texts
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.visit.score_lines import Block, Line, changes, range_text, unanswered

QUESTIONNAIRES = ("sf36", "facit_fatigue", "eq5d5l", "lupusqol", "pain_vas", "fatigue_vas", "ptga")
RESPONSE_FALL = 4


def flare(session: VisitSession) -> Block:
    """The class since the visit before, and what fired it."""
    score = session.scores["sfi"]
    name = translate("Scores", "Flare (SFI, BLISS)")
    badge, tone = _flare_class(score)
    fired = score.parts.get("bliss_fired") or ()
    lines = [Line(" · ".join(_fired_words(key) for key in fired), plain=True)] if fired else []
    if session.previous is None:
        lines.append(Line(translate("Scores", "no visit before to compare with"), plain=True))
    else:
        lines.extend(unanswered(session, score))
    return Block("sfi", "", name, badge=badge, tone=tone, lines=tuple(lines))


def _flare_class(score: Score) -> tuple[str, str]:
    words = {
        "none": (translate("Scores", "no flare"), "success"),
        "mild_moderate": (translate("Scores", "mild or moderate"), "warning"),
        "severe": (translate("Scores", "severe"), "danger"),
    }
    if score.value in words:
        return words[str(score.value)]
    if score.minimum == "mild_moderate":
        return translate("Scores", "at least mild or moderate"), "warning"
    return translate("Scores", "unknown"), "neutral"


def _fired_words(key: str) -> str:
    return {
        "mm_sledai": translate("Scores", "SLEDAI-2K up by 3 or more"),
        "mm_rash": translate("Scores", "rash"),
        "mm_ulcers": translate("Scores", "ulcers"),
        "mm_pleuritis": translate("Scores", "pleuritis"),
        "mm_pericarditis": translate("Scores", "pericarditis"),
        "mm_arthritis": translate("Scores", "arthritis"),
        "mm_fever": translate("Scores", "fever"),
        "mm_pred": translate("Scores", "prednisone raised"),
        "mm_drug": translate("Scores", "NSAID or hydroxychloroquine added"),
        "mm_phga": translate("Scores", "PhGA up by 1 or more"),
        "sv_organ": translate("Scores", "organ involvement with treatment step"),
        "sv_pred": translate("Scores", "prednisone above 0.5 mg/kg, or pulse"),
        "sv_drug": translate("Scores", "new immunosuppressant"),
        "sv_hosp": translate("Scores", "admitted for SLE"),
        "sv_phga": translate("Scores", "PhGA above 2.5"),
    }.get(key, key)


def joints(session: VisitSession) -> Block:
    """Tender and swollen of 28, of 68 and 66 where they were examined."""
    parts = session.scores["joints"].parts
    tender, swollen = _count(parts.get("tjc28")), _count(parts.get("sjc28"))
    lines = []
    if parts.get("tjc68") is not None:
        text = translate("Scores", "{tender} tender of 68, {swollen} swollen of 66")
        lines.append(
            Line(text.format(tender=_count(parts["tjc68"]), swollen=_count(parts.get("sjc66"))), plain=True)
        )
    lines.extend(unanswered(session, session.scores["joints"]))
    name = translate("Scores", "tender / swollen joints (28)")
    return Block("joints", f"{tender} / {swollen}", name, lines=tuple(lines))


def _count(value: object) -> str:
    return texts.number(value) if isinstance(value, int) else "?"


def skin(session: VisitSession) -> Block:
    """CLASI activity with its band, and damage."""
    score = session.scores["clasi"]
    badge, tone = {
        "mild": (translate("Scores", "mild"), "success"),
        "moderate": (translate("Scores", "moderate"), "warning"),
        "severe": (translate("Scores", "severe"), "danger"),
    }.get(str(score.parts.get("band")), ("", "neutral"))
    damage = score.parts.get("damage")
    shown = texts.number(damage) if isinstance(damage, int) else "?"
    lines = [Line(translate("Scores", "damage {value}").format(value=shown), plain=True)]
    lines.extend(unanswered(session, score))
    return Block(
        "clasi",
        range_text(score, 0),
        translate("Scores", "CLASI activity"),
        badge=badge,
        tone=tone,
        changes=changes(session, "clasi", 0),
        lines=tuple(lines),
    )


def damage(session: VisitSession) -> Block:
    """The damage index and what it gained since baseline."""
    score = session.scores["sdi"]
    gained = score.parts.get("accrual")
    words: dict[object, tuple[str, str]] = {
        True: (translate("Scores", "damage accrued"), "warning"),
        False: (translate("Scores", "no new damage"), "success"),
    }
    badge, tone = words.get(gained, ("", "neutral"))
    return Block(
        "sdi",
        range_text(score, 0),
        translate("Scores", "damage index (SDI)"),
        badge=badge,
        tone=tone,
        changes=changes(session, "sdi", 0),
        lines=unanswered(session, score),
    )


def response(session: VisitSession) -> Block:
    """The responses since baseline, each met, not met or unknown."""
    moved = session.changes("sledai2k").baseline
    fall: Tri = None if moved is None else round(-moved, 9) >= RESPONSE_FALL
    dose, clasi = session.scores["prednisone"].parts, session.scores["clasi"].parts
    found = session.scores["joints"].parts
    lines = [
        Line(translate("Scores", "SLEDAI-2K down by 4 or more"), fall),
        Line(translate("Scores", "prednisone at most 5 mg/day, no pulse"), dose.get("steroid_le5")),
    ]
    if dose.get("stop_denominator"):
        lines.append(Line(translate("Scores", "off glucocorticoids"), dose.get("steroid_stopped")))
    if clasi.get("clasi50_evaluable"):
        lines.append(Line(translate("Scores", "CLASI activity halved"), clasi.get("clasi50")))
    if found.get("response50_evaluable"):
        lines.append(Line(translate("Scores", "joint counts halved"), found.get("response50")))
    return Block("response", "", translate("Scores", "Response since baseline"), lines=tuple(lines))


def questionnaires(session: VisitSession) -> Block:
    """What the patient filled, a line each; those without any answer are left out."""
    lines = [Line(line, plain=True) for line in _filled(session)]
    if not lines:
        lines = [Line(translate("Scores", "not filled yet"), plain=True)]
    return Block("proms", "", translate("Scores", "Questionnaires"), lines=tuple(lines))


def _filled(session: VisitSession) -> list[str]:
    lines = []
    if "sf36" in session.scores:
        parts = session.scores["sf36"].parts
        if any(parts.get(scale) is not None for scale in ("PF", "RP", "BP", "GH", "VT", "SF", "RE", "MH")):
            text = translate("Scores", "SF-36: physical {pcs}, mental {mcs}")
            lines.append(text.format(pcs=_decimal(parts.get("PCS"), 1), mcs=_decimal(parts.get("MCS"), 1)))
    named = (
        ("facit_fatigue", translate("Scores", "FACIT-Fatigue {value} of 52"), 1),
        ("eq5d5l", translate("Scores", "EQ-5D-5L index {value}"), 3),
        ("pain_vas", translate("Scores", "pain {value} of 100"), 0),
        ("fatigue_vas", translate("Scores", "fatigue {value} of 100"), 0),
        ("ptga", translate("Scores", "patient's global {value} of 100"), 0),
    )
    for name, text, decimals in named:
        score = session.scores.get(name)
        if score is not None and score.value is not None:
            lines.append(text.format(value=_decimal(score.value, decimals)))
    return lines


def _decimal(value: object, decimals: int) -> str:
    return (
        texts.number(value, decimals)
        if isinstance(value, int | float) and not isinstance(value, bool)
        else "?"
    )
