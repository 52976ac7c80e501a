"""SLICC 2012 classification criteria: 4 or more of 17, or lupus nephritis on biopsy with antibodies.

Petri M et al. Arthritis Rheum 2012;64:2677-86 (doi 10.1002/art.34473). Rule A: 4 or more, with at least one of the
11 clinical and one of the 6 immunologic criteria. Rule B: lupus nephritis proven by biopsy (`biopsy_lupus_nephritis`,
itself no criterion of rule A), with antinuclear or anti-dsDNA antibodies. Criteria are cumulative: present once ever
is present. Anti-dsDNA by ELISA: above twice the laboratory's limit (setting).

The direct Coombs test counts only without haemolytic anaemia. Haemolytic anaemia can therefore undo a
classification: it is a clinical criterion, and the test was perhaps the only immunologic one.

Missing answers: counts are judged by their bounds, for both possible answers where haemolytic anaemia is unknown.
`minimum` and `maximum` bound the number of criteria that count while it is open, also when the class is settled.

Parts: each criterion as it counts (True, False, None: `direct_coombs` is False beside haemolytic anaemia),
`biopsy_lupus_nephritis`, `n_clinical`, `n_immunologic` (None while open), `rule_a`, `rule_b`.
Reasons: `count_lt_4`, `no_clinical_criterion`, `no_immunologic_criterion` (rule A); `no_nephritis_on_biopsy`,
`no_ana_or_dsdna` (rule B).
Warnings: `direct_coombs_not_counted`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from typing import Any

from anifro_desktop.scores.classification import bounds, reached, tally
from anifro_desktop.scores.keys import Absent, Key, YesNo
from anifro_desktop.scores.model import Part, Score, both, either, negated

RULE = "slicc2012"
NUMBER = 1
TITLE = "SLICC 2012 criteria|Criteri SLICC 2012"
SOURCE = "Petri 2012, doi 10.1002/art.34473"
SETTINGS = ("slicc2012",)

CLINICAL = (
    "acute_cutaneous",
    "chronic_cutaneous",
    "oral_nasal_ulcers",
    "nonscarring_alopecia",
    "synovitis",
    "serositis",
    "renal",
    "neurologic",
    "hemolytic_anemia",
    "leukopenia_or_lymphopenia",
    "thrombocytopenia",
)
IMMUNOLOGIC = ("ana", "anti_dsdna", "anti_sm", "antiphospholipid", "low_complement", "direct_coombs")
NEEDED = 4

ANEMIA, COOMBS, BIOPSY = "hemolytic_anemia", "direct_coombs", "biopsy_lupus_nephritis"
NEPHRITIS_ANTIBODIES = ("ana", "anti_dsdna")

ITEMS = (*CLINICAL, *IMMUNOLOGIC, BIOPSY)
KEYS: dict[str, Key] = dict.fromkeys(ITEMS, YesNo())
ABSENT = Absent(dict.fromkeys(ITEMS, False))

# Answers that do the same are counted together: one slot for each kind.
_PLAIN_CLINICAL = tuple(key for key in CLINICAL if key != ANEMIA)
_PLAIN_IMMUNOLOGIC = tuple(key for key in IMMUNOLOGIC if key not in (COOMBS, *NEPHRITIS_ANTIBODIES))
_SLOTS = (_PLAIN_CLINICAL, _PLAIN_IMMUNOLOGIC, NEPHRITIS_ANTIBODIES, (ANEMIA,), (COOMBS,), (BIOPSY,))
_SLOT = {key: slot for slot, keys in enumerate(_SLOTS) for key in keys}

Ranges = tuple[tuple[int, int], ...]  # least and most present, by slot
World = tuple[
    tuple[int, int], tuple[int, int]
]  # least and most clinical, least and most immunologic criteria


def score(answers: Mapping[str, Any]) -> Score:
    """Whether rule A or rule B is met by the criteria and the biopsy (True, False, None)."""
    get = answers.get
    ranges = tuple(tally(answers, keys) for keys in _SLOTS)
    worlds = _worlds(ranges)
    rule_a = reached(
        all(_rule_a(clinical[0], immunologic[0]) for clinical, immunologic in worlds),
        any(_rule_a(clinical[1], immunologic[1]) for clinical, immunologic in worlds),
    )
    rule_b = both(get(BIOPSY), either(get("ana"), get("anti_dsdna")))
    value = either(rule_a, rule_b)
    parts: dict[str, Part] = {key: get(key) for key in ITEMS}
    parts[COOMBS] = both(get(COOMBS), negated(get(ANEMIA)))
    parts["n_clinical"] = _settled([clinical for clinical, _ in worlds])
    parts["n_immunologic"] = _settled([immunologic for _, immunologic in worlds])
    parts["rule_a"], parts["rule_b"] = rule_a, rule_b
    minimum, maximum = bounds(value, min(map(_least, worlds)), max(map(_most, worlds)))
    return Score(
        RULE,
        value,
        value is not None,
        minimum,
        maximum,
        parts,
        _missing(answers, ranges) if value is None else (),
        _reasons(ranges, worlds) if value is False else (),
        ("direct_coombs_not_counted",) if get(ANEMIA) and get(COOMBS) else (),
    )


def _worlds(ranges: Ranges) -> list[World]:
    """The bounds of both counts for each answer that haemolytic anaemia can have."""
    clinical, plain, antibodies, anemia, coombs, _ = ranges
    low, high = plain[0] + antibodies[0], plain[1] + antibodies[1]
    found: list[World] = []
    if anemia[0] == 0:
        found.append((clinical, (low + coombs[0], high + coombs[1])))
    if anemia[1] == 1:
        found.append(((clinical[0] + 1, clinical[1] + 1), (low, high)))
    return found


def _rule_a(clinical: int, immunologic: int) -> bool:
    return clinical >= 1 and immunologic >= 1 and clinical + immunologic >= NEEDED


def _least(world: World) -> int:
    return world[0][0] + world[1][0]


def _most(world: World) -> int:
    return world[0][1] + world[1][1]


def _settled(counts: list[tuple[int, int]]) -> int | None:
    """The count, if it is the same whatever the open answers are."""
    found = {number for count in counts for number in count}
    return found.pop() if len(found) == 1 else None


def _missing(answers: Mapping[str, Any], ranges: Ranges) -> tuple[str, ...]:
    """The open answers that could still settle the class."""
    clinical = ranges[0]
    # More than NEEDED clinical criteria do what NEEDED do.
    decisive = _decisive(((min(clinical[0], NEEDED), min(clinical[1], NEEDED)), *ranges[1:]))
    return tuple(key for key in ITEMS if answers.get(key) is None and decisive[_SLOT[key]])


@lru_cache(maxsize=4096)
def _decisive(ranges: Ranges) -> tuple[bool, ...]:
    """By slot: whether one criterion more or less can make a difference, given what the other slots can hold."""
    held = [range(low, high + 1) for low, high in ranges]
    return tuple(
        any(
            _met((*others[:slot], count, *others[slot:])) != _met((*others[:slot], count + 1, *others[slot:]))
            for count in held[slot][:-1]
            for others in product(*held[:slot], *held[slot + 1 :])
        )
        for slot in range(len(held))
    )


def _met(present: tuple[int, ...]) -> bool:
    """Whether the criteria are met by what is present in each slot."""
    clinical, plain, antibodies, anemia, coombs, biopsy = present
    counted = coombs and not anemia
    return bool(biopsy and antibodies) or _rule_a(clinical + anemia, plain + antibodies + counted)


def _reasons(ranges: Ranges, worlds: list[World]) -> tuple[str, ...]:
    """Why neither rule is met; only what is certain."""
    _, _, antibodies, _, _, biopsy = ranges
    codes = ["count_lt_4"] if max(map(_most, worlds)) < NEEDED else []
    codes += ["no_clinical_criterion"] if not any(clinical[1] for clinical, _ in worlds) else []
    codes += ["no_immunologic_criterion"] if not any(immunologic[1] for _, immunologic in worlds) else []
    codes += ["no_nephritis_on_biopsy"] if not biopsy[1] else []
    codes += ["no_ana_or_dsdna"] if not antibodies[1] else []
    return tuple(codes)
