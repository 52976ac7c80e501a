"""Which fields of a visit would settle a key that a score names as missing.

A key without a field of this visit (`previous`, `previous.rash`) keeps its name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from anifro_desktop.forms import settling_visit
from anifro_desktop.forms.classifying import settling
from anifro_desktop.forms.derived import IN_GRAMS
from anifro_desktop.record import Answers, Missing, Value

_SAME_QUESTION: Mapping[str, str] = {
    "anti_dsdna": "increased_dna_binding",
    "hemolytic_anemia_active": "hemolytic_anemia",
}
_SCHEDULE_KEYS = {"drug": "drug", "mg_per_cycle": "mg", "cycle_days": "cycle_days"}


def settling_fields(key: str, rule: str, answers: Answers, dose_open: tuple[str, ...]) -> tuple[str, ...]:
    """The fields behind a missing key.

    Args:
        key: a key of the rule's contract.
        rule: the rule that misses it.
        answers: the answers of the visit.
        dose_open: keys that the prednisone equivalent misses, for rules that need the dose.
    """
    if rule == "sfi":
        return settling_visit.flare_fields(key, answers, partial(_dose_fields, dose_open))
    if key == "pred_eq":
        return _dose_fields(dose_open, answers)
    if key == "low_complement" and rule == "sledas":
        return tuple(name for name in ("c3_low", "c4_low") if not _has_value(answers.get(name)))
    find = _BY_RULE.get(rule) or _SPECIAL.get(key.partition(".")[0])
    return (_SAME_QUESTION.get(key, key),) if find is None else find(key, answers)


def _dose_fields(dose_open: tuple[str, ...], answers: Answers) -> tuple[str, ...]:
    return tuple(name for inner in dose_open for name in _schedule_fields(inner, answers))


def _schedule_fields(key: str, answers: Answers) -> tuple[str, ...]:
    if key == "schedules":
        return ("gc_oral",)
    _, number, name = key.split(".")
    if number == "1" and answers.get("gc_second") != 1:
        return ("gc_second",)
    return (f"gc{int(number) + 1}_{_SCHEDULE_KEYS[name]}",)


def _drug_fields(key: str, answers: Answers) -> tuple[str, ...]:
    drug = key.removeprefix("drugs.")
    return (f"{drug}_dose",) if answers.get(f"on_{drug}") == 1 else (f"on_{drug}",)


def _rash_fields(key: str, answers: Answers) -> tuple[str, ...]:
    return ("rash_extent",) if answers.get("rash") == 1 else ("rash",)


def _proteinuria_fields(key: str, answers: Answers) -> tuple[str, ...]:
    """The 24-hour value, or the spot ratio where that was said not to be available."""
    daily = "proteinuria_g_24h" if answers.get("proteinuria_unit") == IN_GRAMS else "proteinuria_mg_24h"
    if not isinstance(answers.get(daily), Missing):
        return (daily,)
    return ("upcr",) if _has_value(answers.get("upcr_unit")) else ("upcr_unit",)


def _has_value(value: Value | None) -> bool:
    return value is not None and not isinstance(value, Missing)


_SPECIAL: Mapping[str, Callable[[str, Answers], tuple[str, ...]]] = {
    "schedules": _schedule_fields,
    "drugs": _drug_fields,
    "rash_local": _rash_fields,
    "rash_general": _rash_fields,
    "proteinuria_mg": _proteinuria_fields,
    "swollen28": settling_visit.joint_fields,
    "phga": settling_visit.phga_fields,
}
_BY_RULE: Mapping[str, Callable[[str, Answers], tuple[str, ...]]] = {
    "clasi": settling_visit.clasi_fields,
    "joints": settling_visit.joint_fields,
    "sdi": settling_visit.sdi_fields,
    "sf36": partial(settling_visit.numbered_fields, "sf36_"),
    "facit_fatigue": partial(settling_visit.numbered_fields, "facit_"),
    "lupusqol": partial(settling_visit.numbered_fields, "lupusqol_"),
    "eq5d5l": settling_visit.eq5d_fields,
    "ae": settling_visit.event_fields,
    "pain_vas": partial(settling_visit.scale_fields, "pain_vas"),
    "fatigue_vas": partial(settling_visit.scale_fields, "fatigue_vas"),
    "ptga": partial(settling_visit.scale_fields, "ptga"),
    **{rule: partial(settling, rule) for rule in ("acr1997", "slicc2012", "eular2019")},
}
