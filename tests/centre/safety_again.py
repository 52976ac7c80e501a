"""The safety tables counted a second time, from the answers as they were drawn (`safety_population`) and by no table of
the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from safety_population import NA, SERIOUS, Answers, Who, start_of


def placed(kind: str, one: Answers, who: Who) -> str:
    start = start_of(kind, one)
    if start is None:
        return "perhaps"
    first, last = start
    if last < who["entry"]:
        return "before"
    if first > who["end"]:
        return "after"
    return "within" if who["entry"] <= first and last <= who["end"] else "perhaps"


def counting(kind: str, who: Who) -> dict[str, Answers]:
    return {key: one for key, one in who[kind].items() if placed(kind, one, who) in ("within", "perhaps")}


# ---- what an event is


def code(one: Answers, name: str) -> int | None:
    value = one.get(name)
    return value if type(value) is int else None


def serious(one: Answers) -> bool | None:
    given = [one.get(name) for name in SERIOUS]
    return True if 1 in given else False if given.count(0) == 6 else None


def emergent(one: Answers, who: Who) -> bool | None:
    start, first, last = start_of("ae", one), who["dose"], who["last"]
    if start is None:
        return None
    if first is not None and start[1] < first:
        return False
    if last is None or (start[0] > last + 84 and not who["stopped"]):
        return None
    if start[0] > last + 84:
        return False
    return True if start[0] >= first and start[1] <= last + 84 else None


def onset(one: Answers, who: Who) -> str:
    start, first = start_of("ae", one), who["dose"]
    if start is None or first is None:
        return "onset_unknown"
    classes = {"pre_treatment" if day < first else "early" if day <= first + 168 else "late" for day in start}
    return classes.pop() if len(classes) == 1 else "onset_unknown"


def infection(one: Answers) -> bool | None:
    category = code(one, "aesi_category")
    return None if category is None else serious(one) if category in (1, 3) else category == 2


def mace(one: Answers) -> bool | None:
    category, kind = code(one, "aesi_category"), code(one, "cv_type")
    return (
        None if category is None or (category == 4 and kind is None) else category == 4 and kind in (1, 2, 3)
    )


def fatal(one: Answers) -> bool | None:
    outcome = code(one, "outcome")
    return (False if one.get("ser_death") == 0 else None) if outcome in (None, 0) else outcome == 5


def stopped(one: Answers) -> bool | None:
    action = code(one, "action_taken")
    return None if action in (None, 0) else action == 1


def related(one: Answers) -> str:
    cause = code(one, "causality_who")
    return "relation_unknown" if cause is None else {4: "not_related", 5: "not_assessed", 6: "not_assessed"}.get(
        cause, "related"
    )  # fmt: skip


def severe(one: Answers) -> bool | None:
    grade = code(one, "ae_grade")
    return None if grade is None else grade >= 3


def yes(one: Answers, name: str) -> bool | None:
    return {0: False, 1: True, None: None}[code(one, name)]


# ---- the lines that an event stands in


def tri(name: str, value: bool | None) -> Iterator[str]:
    if value is not False:
        yield name if value else f"{name}_unknown"


def coded(one: Answers, name: str) -> Iterator[str]:
    value = code(one, name)
    yield f"{name}_{'unknown' if value is None else value}"


def lines(table: str, one: Answers, who: Who) -> set[str]:
    """The lines of a table that count an event."""
    return set(_LINES[table](one, who))


def _overall(one: Answers, who: Who) -> Iterator[str]:
    grave, new = serious(one), emergent(one, who)
    both = False if False in (grave, new) else None if None in (grave, new) else True
    yield "any"
    yield from tri("serious", grave)
    yield from ["not_serious"] if grave is False else []
    yield from tri("emergent", new)
    yield from ["not_emergent"] if new is False else []
    yield from tri("serious_emergent", both)
    yield from tri("severe", severe(one))
    yield from tri("fatal", fatal(one))
    yield from tri("stopped", stopped(one))
    yield from tri("interrupted", yes(one, "interrupted"))


def _exposed(one: Answers, who: Who) -> Iterator[str]:
    category = code(one, "aesi_category")
    yield "any"
    yield from tri("serious", serious(one))
    yield from tri("severe", severe(one))
    yield from tri("related", {"related": True, "not_related": False}.get(related(one)))
    yield from tri("fatal", fatal(one))
    yield from tri("stopped", stopped(one))
    yield from tri("zoster", None if category is None else category == 1)
    yield from tri("serious_infection", infection(one))


def _twice(name: str, one: Answers) -> Iterator[str]:
    yield f"{name}_all"
    yield from [f"{name}_serious"] if serious(one) else []


def _relation(one: Answers, who: Who) -> Iterator[str]:
    yield from _twice(related(one), one)
    yield from _twice("conservative", one) if related(one) in ("related", "not_assessed") else ()


def _special(one: Answers, *categories: int) -> Iterator[str]:
    if code(one, "aesi_category") in categories:
        yield "any"
        yield from tri("serious", serious(one))
    elif code(one, "aesi_category") is None:
        yield "category_unknown"


def _infections(one: Answers, who: Who) -> Iterator[str]:
    yield from _special(one, 1, 2, 3)
    yield from tri("serious_infection", infection(one))
    yield from ["zoster"] if code(one, "aesi_category") == 1 else []
    yield from coded(one, "oinf_site") if code(one, "aesi_category") == 3 else ()


def _serious_infections(one: Answers, who: Who) -> Iterator[str]:
    yield from _special(one, 2)
    if code(one, "aesi_category") == 2:
        yield from coded(one, "sinf_site")
        yield from coded(one, "sinf_organism")
        yield from tri("sinf_iv", yes(one, "sinf_iv"))


def _heart(one: Answers, who: Who) -> Iterator[str]:
    yield from _special(one, 4)
    yield from tri("mace", mace(one))
    yield from coded(one, "cv_type") if code(one, "aesi_category") == 4 else ()


def _neoplasms(one: Answers, who: Who) -> Iterator[str]:
    yield from _special(one, 5)
    if code(one, "aesi_category") == 5:
        yield from coded(one, "neo_behaviour")
        yield from coded(one, "neo_site")
        yield from coded(one, "neo_precancer") if code(one, "neo_behaviour") == 3 else ()


def _reactions(one: Answers, who: Who) -> Iterator[str]:
    yield from _special(one, 6)
    if code(one, "aesi_category") == 6:
        yield from tri("hyp_anaphylaxis", yes(one, "hyp_anaphylaxis"))
        yield from tri("hyp_angioedema", yes(one, "hyp_angioedema"))
        yield from coded(one, "hyp_site")


def _stays(one: Answers, who: Who) -> Iterator[str]:
    yield "any"
    yield from coded(one, "hosp_reason")


def _deaths(one: Answers, who: Who) -> Iterator[str]:
    yield "any"
    yield from coded(one, "de_cause")
    yield from tri("de_related", yes(one, "de_related"))


def _pregnancies(one: Answers, who: Who) -> Iterator[str]:
    yield "any"
    yield from coded(one, "pr_outcome")
    yield from coded(one, "pr_exposure")
    yield from tri("pr_anomaly", False if code(one, "pr_outcome") == 0 else yes(one, "pr_anomaly"))


_LINES: Mapping[str, Any] = {
    "adverse_overall": _overall,
    "adverse_exposed": _exposed,
    "adverse_onset": lambda one, who: _twice(onset(one, who), one),
    "adverse_relation": _relation,
    "adverse_system": lambda one, who: coded(one, "ae_system"),
    "serious_system": lambda one, who: coded(one, "ae_system") if serious(one) else (),
    "adverse_category": lambda one, who: coded(one, "aesi_category"),
    "adverse_outcome": lambda one, who: coded(one, "outcome"),
    "adverse_action": lambda one, who: coded(one, "action_taken"),
    "infections": _infections,
    "serious_infections": _serious_infections,
    "cardiovascular": _heart,
    "neoplasms": _neoplasms,
    "hypersensitivity": _reactions,
    "hospital_stays": _stays,
    "hospital_nights": _stays,
    "deaths": _deaths,
    "pregnancies": _pregnancies,
}
TABLES = dict.fromkeys(_LINES, "ae") | {
    "hospital_stays": "hs", "hospital_nights": "hs", "deaths": "de", "pregnancies": "pr",
}  # fmt: skip


def zoster(one: Answers) -> dict[str, Any]:
    """What an episode says to each outcome: True, False, `NA`, or None where that is not known."""

    def asked(name: str, yes_if: Any) -> Any:
        value = code(one, name)
        return NA if one.get(name) is NA else None if value is None else yes_if(value)

    def is_(value: int) -> Any:
        return lambda given: given == value

    found = {"serious": serious(one), "dermatomes": asked("zos_dermatomes", lambda given: given > 2)}
    found |= {f"zos_side_{side}": asked("zos_side", is_(side)) for side in (1, 2, 3)}
    for name in ("disseminated", "ophthalmic", "cns", "pain_90d", "antiviral", "hospitalised", "sequelae"):
        found[f"zos_{name}"] = asked(f"zos_{name}", is_(1))
    found["recurrence"] = asked("zos_recurrence", lambda given: given > 0)
    found["vaccinated"] = asked("zos_vaccine_doses", lambda given: given > 0)
    found["vaccinated_twice"] = asked("zos_vaccine_doses", lambda given: given > 1)
    found |= {f"zos_anifrolumab_{held}": asked("zos_anifrolumab", is_(held)) for held in (1, 2, 3)}
    healed = one.get("zos_resolution")
    return found | {"healed": healed if healed in (NA, None) else True}


def zoster_numbers(one: Answers) -> dict[str, Any]:
    """The measures of an episode: a number, `NA`, or None where that is not known."""
    start = one.get("ae_start")

    def since_start(day: Any) -> Any:
        return day - start if type(day) is int and type(start) is int else None

    return {
        "dermatomes": code(one, "zos_dermatomes"),
        "recurrence": code(one, "zos_recurrence"),
        "vaccine_doses": code(one, "zos_vaccine_doses"),
        "antiviral_days": NA if one.get("zos_antiviral") == 0 else code(one, "zos_antiviral_days"),
        "healing_days": NA if one.get("zos_resolution") is NA else since_start(one.get("zos_resolution")),
        "duration_days": NA if one.get("ae_ongoing") == 1 else since_start(one.get("ae_end")),
    }
