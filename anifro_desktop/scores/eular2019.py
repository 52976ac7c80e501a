"""EULAR/ACR 2019 classification criteria: 10 or more weighted points with at least one clinical criterion.

Aringer M et al. Ann Rheum Dis 2019;78:1151-9 (doi 10.1136/annrheumdis-2018-214819). Entry: antinuclear antibodies
1:80 or more on HEp-2 cells, or an equivalent test, ever; without it the patient is not classified and has no score.
In each of 10 domains only the highest weight counts: clinical 39 at most, immunologic 12, together 51. A criterion is
present if it ever was, with no likelier explanation than SLE. Fever is above 38.3 °C, not 38.

Interpretation (settings): weights are taken literally. Psychosis "without delirium" is the clinician's answer about
psychosis; delirium at another time does not undo it, and of both the higher weight counts. Low C3 and C4 says that
one of them is low, and neither low says that not both are; `low_c3_and_c4` True beside `low_c3_or_c4` False counts 4
and is a contradiction.

Missing answers: a domain is final when no unknown criterion can raise it, the total when no domain can be raised; the
class is judged by the bounds of the total. With the entry criterion unknown the class is too, unless 10 points or a
clinical criterion are out of reach. `minimum` and `maximum` bound the total while it is open, also when the class is
settled ("at least 18, classified all the same").

Parts: `eligible` (the entry criterion); `total`; points by domain: `constitutional`, `hematologic`,
`neuropsychiatric`, `mucocutaneous`, `serosal`, `musculoskeletal`, `renal`, `antiphospholipid`, `complement`,
`sle_specific`; the weight of each criterion that is present, 0 if absent (a domain is the highest of its criteria).
All None while unknown, and all but `eligible` when not eligible. `contradictions`: criteria.
Reasons: `not_eligible`, alone; otherwise `total_lt_10`, `no_clinical_criterion`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from typing import Any

from anifro_desktop.scores.classification import bounds, reached
from anifro_desktop.scores.keys import Absent, Key, YesNo
from anifro_desktop.scores.model import Part, Score, Tri, both

RULE = "eular2019"
NUMBER = 1
TITLE = "EULAR/ACR 2019 criteria|Criteri EULAR/ACR 2019"
SOURCE = "Aringer 2019, doi 10.1136/annrheumdis-2018-214819"
SETTINGS = ("eular2019",)

ENTRY = "ana_1_80"
ONE_LOW, BOTH_LOW = "low_c3_or_c4", "low_c3_and_c4"

CLINICAL: dict[str, dict[str, int]] = {
    "constitutional": {"fever": 2},
    "hematologic": {"leukopenia": 3, "thrombocytopenia": 4, "autoimmune_hemolysis": 4},
    "neuropsychiatric": {"delirium": 2, "psychosis": 3, "seizure": 5},
    "mucocutaneous": {
        "nonscarring_alopecia": 2,
        "oral_ulcers": 2,
        "subacute_or_discoid": 4,
        "acute_cutaneous": 6,
    },
    "serosal": {"effusion": 5, "acute_pericarditis": 6},
    "musculoskeletal": {"joint_involvement": 6},
    "renal": {"proteinuria": 4, "biopsy_II_V": 8, "biopsy_III_IV": 10},
}
IMMUNOLOGIC: dict[str, dict[str, int]] = {
    "antiphospholipid": {"antiphospholipid": 2},
    "complement": {ONE_LOW: 3, BOTH_LOW: 4},
    "sle_specific": {"anti_dsdna": 6, "anti_sm": 6},
}
DOMAINS = {**CLINICAL, **IMMUNOLOGIC}
CRITERIA = tuple(criterion for weights in DOMAINS.values() for criterion in weights)
NEEDED = 10


class _ComplementAbsent(Absent):
    """Left out, the answer on one low complement is the one given on both, or absent."""

    def fill(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers with what was left out read as absent; an explicit None stays unknown."""
        return super().fill({ONE_LOW: answers.get(BOTH_LOW, False), **answers})


KEYS: dict[str, Key] = dict.fromkeys((ENTRY, *CRITERIA), YesNo())
ABSENT: Absent = _ComplementAbsent(dict.fromkeys(KEYS, False))

_DOMAINS = tuple((domain, tuple(weights.items())) for domain, weights in DOMAINS.items())
_CLINICAL = len(CLINICAL)
_BOTH_WEIGHT = IMMUNOLOGIC["complement"][BOTH_LOW]
_NO_SCORE = {"total": None, **dict.fromkeys(DOMAINS), **dict.fromkeys(CRITERIA)}

Reach = tuple[tuple[int, ...], ...]  # by domain, the points it can have, least first


def score(answers: Mapping[str, Any]) -> Score:
    """Classified or not (value True, False or None), with points by domain, from the criteria and `ana_1_80`."""
    eligible = answers.get(ENTRY)
    contradictions = [ONE_LOW] if answers.get(BOTH_LOW) and answers.get(ONE_LOW) is False else []
    if eligible is False:
        refused: dict[str, Part] = {"eligible": False, **_NO_SCORE, "contradictions": contradictions}
        return Score(RULE, False, True, parts=refused, reasons=("not_eligible",))
    present = _present(answers)
    reach = _reach(present)
    clinical_low, low = _ends(reach, 0)
    clinical_high, high = _ends(reach, -1)
    value = both(eligible, reached(_met(clinical_low, low), _met(clinical_high, high)))
    reasons = ["total_lt_10"] if high < NEEDED else []
    reasons += [] if clinical_high else ["no_clinical_criterion"]
    minimum, maximum = bounds(value, low, high)
    return Score(
        RULE,
        value,
        value is not None,
        minimum,
        maximum,
        {**_points(eligible, present, reach), "contradictions": contradictions},
        _missing(present, reach, eligible) if value is None else (),
        tuple(reasons),
    )


def _ends(reach: Reach, end: int) -> tuple[int, int]:
    """Clinical points and total at the least (0) or the greatest (-1) that every domain can have."""
    points = [domain[end] for domain in reach]
    return sum(points[:_CLINICAL]), sum(points)


def _met(clinical: int, total: int) -> bool:
    return clinical > 0 and total >= NEEDED


def _present(answers: Mapping[str, Any]) -> dict[str, Tri]:
    """The criteria, with what the two on complement say of each other."""
    present: dict[str, Tri] = {criterion: answers.get(criterion) for criterion in CRITERIA}
    if present[BOTH_LOW]:
        present[ONE_LOW] = True
    elif present[ONE_LOW] is False:
        present[BOTH_LOW] = False
    return present


def _reach(present: Mapping[str, Tri]) -> Reach:
    found = []
    for _, weights in _DOMAINS:
        least = 0
        for criterion, weight in weights:
            if present[criterion] and weight > least:
                least = weight
        more = {weight for criterion, weight in weights if present[criterion] is None and weight > least}
        found.append((least, *sorted(more)))
    return tuple(found)


def _points(eligible: Tri, present: Mapping[str, Tri], reach: Reach) -> dict[str, Part]:
    """Entry, total, points by domain and by criterion, None while open."""
    parts: dict[str, Part] = {"eligible": eligible}
    final = all(len(points) == 1 for points in reach)
    parts["total"] = sum(points[0] for points in reach) if final else None
    for (domain, _), points in zip(_DOMAINS, reach, strict=True):
        parts[domain] = points[0] if len(points) == 1 else None
    for _, weights in _DOMAINS:
        for criterion, weight in weights:
            known = present[criterion]
            parts[criterion] = None if known is None else weight if known else 0
    return parts


def _missing(present: Mapping[str, Tri], reach: Reach, eligible: Tri) -> tuple[str, ...]:
    """The open answers that could still settle the class."""
    found = [ENTRY] if eligible is None else []
    for (_, weights), lifting in zip(_DOMAINS, _decisive(reach), strict=True):
        for criterion, weight in weights:
            if present[criterion] is None:
                # While both low is open, no low complement would rule it out: the answer weighs as much.
                paired = criterion == ONE_LOW and present[BOTH_LOW] is None
                found += [criterion] if (_BOTH_WEIGHT if paired else weight) in lifting else []
    return tuple(found)


@lru_cache(maxsize=4096)
def _decisive(reach: Reach) -> tuple[frozenset[int], ...]:
    """By domain: the weights that, raising it, can lift the patient into the class."""
    return tuple(frozenset(_lifting(reach, domain)) for domain in range(len(reach)))


def _lifting(reach: Reach, domain: int) -> list[int]:
    points = reach[domain]
    clinical = domain < _CLINICAL
    others = [
        (ours, ours + theirs)
        for ours, theirs in product(
            _sums([reach[one] for one in range(_CLINICAL) if one != domain]),
            _sums([reach[one] for one in range(_CLINICAL, len(reach)) if one != domain]),
        )
    ]

    def met(ours: int, total: int, more: int) -> bool:
        return _met(ours + more if clinical else ours, total + more)

    return [
        weight
        for place, weight in enumerate(points)
        if any(
            met(ours, total, weight) and not met(ours, total, less)
            for less in points[:place]
            for ours, total in others
        )
    ]


def _sums(reach: list[tuple[int, ...]]) -> set[int]:
    """Every sum that some domains can have."""
    sums = {0}
    for points in reach:
        sums = {one + more for one in sums for more in points}
    return sums
