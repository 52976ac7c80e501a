"""The criteria of DORIS and LLDAS in words, each with the value it has and the threshold it is held against.

Thresholds come from the score modules, so that the words cannot say another number than the rule uses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from anifro_desktop.forms.derived import phga
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.record import Missing
from anifro_desktop.scores import doris, lldas
from anifro_desktop.scores.lldas_activity import ACTIVITY_FLAGS, MOST_POINTS
from anifro_desktop.scores.model import Tri
from anifro_desktop.scores.sledai2k import CLINICAL, WEIGHTS
from anifro_desktop.ui import texts
from anifro_desktop.ui.texts import translate

# Activity beside SLEDAI-2K that fails the first item of LLDAS, as the visit asks it.
FLAGS = ("hemolytic_anemia", "gi_lupus_activity", "other_major_organ_activity")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion. open: the questions whose answers would settle it."""

    text: str
    met: Tri
    open: tuple[str, ...]


def of(session: VisitSession, rule: str) -> tuple[Criterion, ...]:
    """The criteria of `doris` or `lldas`."""
    return _doris(session) if rule == "doris" else _lldas(session)


def _doris(session: VisitSession) -> tuple[Criterion, ...]:
    clinical = translate("Criteria", "clinical SLEDAI-2K {value}, must be 0").format(value=_clinical(session))
    words = translate("Criteria", "PhGA {value}, below {limit}")
    return (
        _made(session, "doris", clinical, "csledai", CLINICAL),
        _phga(session, "doris", words, doris.PHGA_BELOW),
        _dose(session, "doris", doris.DOSE),
        _made(session, "doris", _stable(session), "stable", ("stable",)),
    )


def _lldas(session: VisitSession) -> tuple[Criterion, ...]:
    drugs = (*_drug_fields(session), "not_tolerated", "investigational", "weight_kg")
    return (
        _made(session, "lldas", _activity(session), "activity", (*WEIGHTS, *FLAGS)),
        _made(session, "lldas", _no_new(session), "no_new", (*WEIGHTS, "other_new_feature")),
        _phga(session, "lldas", translate("Criteria", "PhGA {value}, at most {limit}"), lldas.PHGA),
        _dose(session, "lldas", lldas.DOSE),
        _made(session, "lldas", _drugs(session), "drugs", drugs),
    )


def _clinical(session: VisitSession) -> str:
    value = session.scores["sledai2k"].parts.get("clinical")
    if isinstance(value, int):
        return texts.number(value)
    parts = session.scores["sledai2k"].parts
    least = sum(points for item in CLINICAL if isinstance(points := parts.get(item), int))
    return translate("Criteria", "at least {value}").format(value=least) if least else "?"


def _total(session: VisitSession) -> str:
    score = session.scores["sledai2k"]
    if score.complete and isinstance(score.value, int | float):
        return texts.number(score.value)
    low, high = score.minimum, score.maximum
    if isinstance(low, int | float) and isinstance(high, int | float):
        return f"{texts.number(low)}–{texts.number(high)}"
    return "?"


def _phga(session: VisitSession, rule: str, words: str, limit: float) -> Criterion:
    value = phga(session.answers)
    shown = texts.number(value) if isinstance(value, int | Decimal) else "?"
    met = session.scores[rule].parts[f"{rule}_phga"]
    return Criterion(
        words.format(value=shown, limit=texts.number(limit)), met, _open(session, rule, ("phga", "phga_raw"))
    )


def _dose(session: VisitSession, rule: str, limit: float) -> Criterion:
    score = session.scores["prednisone"]
    value = texts.number(score.value) if isinstance(score.value, int | float) else "?"
    text = translate("Criteria", "prednisone {value} mg/day, at most {limit}")
    text = text.format(value=value, limit=texts.number(limit))
    if session.state("pulse_30d").value == 1:
        text += translate("Criteria", "; pulse within 30 days")
    return _made(session, rule, text, "gc", (*score.missing, "pulse_30d"))


def _stable(session: VisitSession) -> str:
    return {
        1: translate("Criteria", "stable treatment"),
        0: translate("Criteria", "treatment started or raised in the last 30 days"),
    }.get(_code(session, "stable"), translate("Criteria", "stable treatment not stated"))


def _activity(session: VisitSession) -> str:
    text = translate("Criteria", "SLEDAI-2K {value}, at most {limit}, no major organ")
    text = text.format(value=_total(session), limit=MOST_POINTS)
    found = set(session.scores["lldas"].reasons)
    if "major_organ" in found or found & set(ACTIVITY_FLAGS):
        return translate("Criteria", "{criterion}: major-organ activity present").format(criterion=text)
    return text


def _no_new(session: VisitSession) -> str:
    if session.previous is None:
        return translate("Criteria", "no new activity: there is no visit before")
    return translate("Criteria", "no new activity since the visit before")


def _drugs(session: VisitSession) -> str:
    found = session.scores["lldas"].reasons
    if any(reason.startswith("drug_gt_ceiling_") for reason in found):
        return translate("Criteria", "a drug above its maintenance ceiling")
    if "not_tolerated" in found:
        return translate("Criteria", "treatment not well tolerated")
    if "investigational" in found:
        return translate("Criteria", "investigational drug")
    return translate("Criteria", "maintenance drugs, well tolerated")


def _code(session: VisitSession, field: str) -> int:
    value = session.state(field).value
    return value if isinstance(value, int) else -1


def _drug_fields(session: VisitSession) -> tuple[str, ...]:
    names = [item.id for item in session.definitions.form("treatment").fields]
    return tuple(name for name in names if name.startswith("on_") or name.endswith("_dose"))


def _made(session: VisitSession, rule: str, text: str, part: str, fields: Iterable[str]) -> Criterion:
    """A criterion from its part of the score. fields: the questions behind it; named only while it is unknown."""
    met: Tri = session.scores[rule].parts[f"{rule}_{part}"]
    return Criterion(text, met, _open(session, rule, fields) if met is None else ())


def _open(session: VisitSession, rule: str, fields: Iterable[str]) -> tuple[str, ...]:
    """Of these questions, those that would settle the criterion.

    While the state is unknown the score says which; once it is settled by another criterion, those without a value.
    """
    missing = session.scores[rule].missing
    if missing:
        return tuple(field for field in fields if field in missing)
    given = session.answers
    without = [field for field in fields if isinstance(given.get(field), Missing | None)]
    known = session.definitions.fields
    return tuple(field for field in without if field in known and session.state(field).visible)
