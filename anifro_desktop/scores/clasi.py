"""CLASI: activity (0 to 70) and damage (0 to 56) of cutaneous lupus, never added together.

Albrecht J et al. J Invest Dermatol 2005;125:889-94 (PMID 16297185); bands: Klein R et al. Arch Dermatol
2011;147:203-8 (doi 10.1001/archdermatol.2010.435); CLASI-50 at a baseline of 10 or more: Morand 2020 (doi
10.1056/NEJMoa1912196). The worst lesion of each area counts. The scalp has a scale of its own for scars
(0, 3 to 6), so `scarring.scalp` does not exist. Points of dyspigmentation double where it usually lasts 12 months
or more.

Missing answers: a sum is final once no open answer can change it; band, CLASI-50 and damage as soon as both bounds
agree. `dyspig_ge_12m` is needed only where dyspigmentation is not 0. `value`, `complete`, `minimum`, `maximum` and
`missing` speak of activity alone, since it is complete without the damage half; `damage`, `damage_minimum`,
`damage_maximum` and `damage_missing` say the same of damage.

CLASI-50 (settings): activity at most half of its baseline. Evaluable, for the primary set, from a baseline of 10;
worked out as a description from a baseline of 1. At baseline 0 percentage and CLASI-50 are undefined (null).

Units: points. `pct_change`: percent of baseline, a fall is negative.

Parts: points by component, each a sum over its areas (`dyspigmentation` as it counts, doubled or not); `activity`,
`band` (`mild` up to 9, `moderate` up to 20, `severe`), `damage` and its three companions, `pct_change`,
`clasi50_evaluable`, `clasi50`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anifro_desktop.scores.keys import Absent, Block, Key, Number, YesNo
from anifro_desktop.scores.model import Part, Score, Tri
from anifro_desktop.study.protocol import PROTOCOL

RULE = "clasi"
NUMBER = 1
TITLE = "CLASI"
SOURCE = "Albrecht 2005, PMID 16297185; Klein 2011, doi 10.1001/archdermatol.2010.435"
SETTINGS = ("clasi",)

AREAS = (
    "scalp",
    "ears",
    "nose_malar",
    "rest_of_face",
    "v_neck",
    "posterior_neck_shoulders",
    "chest",
    "abdomen",
    "back_buttocks",
    "arms",
    "hands",
    "legs",
    "feet",
)
SCARRING_AREAS = AREAS[1:]  # all but the scalp
# Greatest points of an area, and of the answers that are asked once.
AREA_MOST = {"erythema": 3, "scale": 2, "dyspigmentation": 1, "scarring": 2}
ONCE_MOST = {"mucous": 1, "recent_hair_loss": 1, "alopecia_nonscarring": 3, "scalp_scarring": 6}
SCALP_SCARRING = (0, 3, 4, 5, 6)
ACTIVITY = ("erythema", "scale", "mucous", "recent_hair_loss", "alopecia_nonscarring")
DAMAGE = ("dyspigmentation", "scarring", "scalp_scarring")
ACTIVITY_MOST, DAMAGE_MOST = 70, 56
# Band and its greatest activity.
BANDS = (("mild", 9), ("moderate", 20), ("severe", ACTIVITY_MOST))
RESPONSE_BASELINE = PROTOCOL.number("clasi.response_baseline")
DESCRIPTIVE_BASELINE = PROTOCOL.number("clasi.descriptive_baseline")

AREAS_OF = {
    part: SCARRING_AREAS if part == "scarring" else AREAS
    for part in ("erythema", "scale", "dyspigmentation", "scarring")
}
KEYS: dict[str, Key] = {
    **{
        part: Block(dict.fromkeys(areas, Number(0, AREA_MOST[part], whole=True)))
        for part, areas in AREAS_OF.items()
    },
    "mucous": Number(0, 1, whole=True),
    "recent_hair_loss": Number(0, 1, whole=True),
    "alopecia_nonscarring": Number(0, 3, whole=True),
    "dyspig_ge_12m": YesNo(),
    "scalp_scarring": Number(0, 6, whole=True, only=SCALP_SCARRING),
    "baseline_activity": Number(0, ACTIVITY_MOST, whole=True),
}
_ZEROS = {part: dict.fromkeys(areas, 0) for part, areas in AREAS_OF.items()}
ABSENT = Absent(
    {**_ZEROS, **dict.fromkeys(ONCE_MOST, 0), "dyspig_ge_12m": False},
    inside={part: Absent(zeros) for part, zeros in _ZEROS.items()},
)


@dataclass(slots=True)
class _Sum:
    """Points known to lie from low to high, and the open answers that keep them from being one number."""

    low: int
    high: int
    missing: list[str]

    @property
    def exact(self) -> int | None:
        return self.low if self.low == self.high else None


def score(answers: Mapping[str, Any]) -> Score:
    """CLASI activity, with damage and the response since baseline among its parts."""
    sums = {part: _areas(answers, part) for part in AREAS_OF}
    sums |= {part: _once(answers, part) for part in ONCE_MOST}
    sums["dyspigmentation"] = _doubled(sums["dyspigmentation"], answers.get("dyspig_ge_12m"))
    activity, damage = _total(sums, ACTIVITY), _total(sums, DAMAGE)
    low, high = activity.low, activity.high
    complete = low == high
    parts: dict[str, Part] = {part: sums[part].exact for part in (*ACTIVITY, *DAMAGE)}
    parts["activity"] = activity.exact
    band = _band(low)
    parts["band"] = band if band == _band(high) else None
    parts["damage"] = damage.exact
    parts["damage_minimum"] = None if damage.exact is not None else damage.low
    parts["damage_maximum"] = None if damage.exact is not None else damage.high
    parts["damage_missing"] = damage.missing
    _response(parts, activity, answers.get("baseline_activity"))
    if complete:
        return Score(RULE, low, True, parts=parts)
    return Score(RULE, None, False, low, high, parts, tuple(activity.missing))


def _areas(answers: Mapping[str, Any], part: str) -> _Sum:
    """A component that is asked of every area."""
    given = (answers.get(part) or {}).get
    total, missing = 0, []
    for area in AREAS_OF[part]:
        points = given(area)
        if points is None:
            missing.append(f"{part}.{area}")
        else:
            total += int(points)
    return _Sum(total, total + AREA_MOST[part] * len(missing), missing)


def _once(answers: Mapping[str, Any], part: str) -> _Sum:
    """A component that is asked once."""
    points = answers.get(part)
    return _Sum(0, ONCE_MOST[part], [part]) if points is None else _Sum(int(points), int(points), [])


def _doubled(found: _Sum, lasting: Tri) -> _Sum:
    """Dyspigmentation as it counts; whether it lasts does not matter while it is certain that there is none."""
    if lasting is None and found.high:
        return _Sum(found.low, 2 * found.high, [*found.missing, "dyspig_ge_12m"])
    factor = 2 if lasting else 1
    return _Sum(factor * found.low, factor * found.high, found.missing)


def _total(sums: Mapping[str, _Sum], parts: tuple[str, ...]) -> _Sum:
    return _Sum(
        sum([sums[part].low for part in parts]),
        sum([sums[part].high for part in parts]),
        [key for part in parts for key in sums[part].missing],
    )


def _band(activity: int) -> str:
    return next(band for band, most in BANDS if activity <= most)


def _response(parts: dict[str, Part], activity: _Sum, baseline: float | None) -> None:
    """Write the change since baseline into the parts."""
    evaluable = change = half = None
    if baseline is not None:
        evaluable = baseline >= RESPONSE_BASELINE
        if baseline and activity.exact is not None:
            change = (activity.exact - baseline) / baseline * 100
        if baseline >= DESCRIPTIVE_BASELINE:
            least, most = 2 * activity.low <= baseline, 2 * activity.high <= baseline
            half = least if least == most else None
    parts["pct_change"] = change
    parts["clasi50_evaluable"] = evaluable
    parts["clasi50"] = half
