"""Items 1 and 2 of LLDAS: the SLEDAI-2K descriptors now, and against the previous assessment.

Franklyn 2016 (doi 10.1136/annrheumdis-2015-207726); the operational reading is described in `lldas`. A
descriptor is new when present now and absent before; unknown at either visit it may be new, unless it is
absent now or was present before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from anifro_desktop.scores.model import Tri, at_most, both, negated
from anifro_desktop.scores.sledai2k import WEIGHTS

MOST_POINTS = 4

# Descriptors of the organs that the definition names; any one fails item 1.
MAJOR_ORGAN = frozenset(
    (
        *("urinary_casts", "hematuria", "proteinuria", "pyuria"),
        *("seizure", "psychosis", "organic_brain_syndrome", "visual_disturbance"),
        *("cranial_nerve_disorder", "lupus_headache", "cva"),
        *("pleurisy", "pericarditis"),
        *("vasculitis", "fever"),
    )
)
# Activity that SLEDAI-2K does not ask for.
ACTIVITY_FLAGS = ("hemolytic_anemia_active", "gi_lupus_activity", "other_major_organ_activity")

_ITEMS = tuple((item, weight, item in MAJOR_ORGAN) for item, weight in WEIGHTS.items())
_NOTHING: Mapping[str, Tri] = {}


@dataclass(slots=True)
class Descriptors:
    """The descriptors of two assessments, counted. low, high: bounds of the total now; major: whether a
    major organ is active; new: whether a descriptor certainly is new, maybe_new: whether one may be; open:
    descriptors unknown now with their answer before; present_unknown: present now, unknown before."""

    compared: bool
    low: int = 0
    high: int = 0
    major: Tri = False
    new: bool = False
    maybe_new: bool = False
    open: list[tuple[str, int, bool, Tri]] = field(default_factory=list)
    present_unknown: list[str] = field(default_factory=list)

    def quiet(self, answers: Mapping[str, Any]) -> Tri:
        """Item 1."""
        flags = [negated(answers.get(flag)) for flag in ACTIVITY_FLAGS]
        return both(at_most(self.low, self.high, MOST_POINTS), negated(self.major), *flags)

    def no_new(self, other: Tri) -> Tri:
        """Item 2; other: a new feature outside the descriptors."""
        if self.new or other:
            return False
        return None if self.maybe_new or other is None or not self.compared else True

    def open_now(self) -> list[str]:
        """Descriptors unknown now whose answer could still fail LLDAS, if nothing known does."""
        return [
            item
            for item, weight, major, before in self.open
            if major or not before or self._could_pass_four(item, weight)
        ]

    def open_before(self, stuck: bool) -> list[str]:
        """Answers of the previous assessment that could still settle LLDAS; stuck: it cannot become met."""
        if not self.compared:
            return [] if stuck and not self.high else ["previous"]
        keys = {
            item
            for item, weight, major, before in self.open
            if before is None and not major and self.low + weight <= MOST_POINTS
        }
        keys.update(self.present_unknown)
        return [f"previous.{item}" for item in WEIGHTS if item in keys]

    def _could_pass_four(self, item: str, weight: int) -> bool:
        """Whether some answers of the other open descriptors make this one lift the total above the limit.

        Others that would fail LLDAS by themselves (major organs, those absent before) must stay absent.
        """
        reachable = 1 << self.low
        for other, other_weight, major, before in self.open:
            if other != item and not major and before is not False:
                reachable |= reachable << other_weight
        return any(
            reachable >> total & 1 for total in range(max(0, MOST_POINTS - weight + 1), MOST_POINTS + 1)
        )


def compare(answers: Mapping[str, Any]) -> Descriptors:
    """Count the descriptors of `answers` and compare them with those of `answers["previous"]` (None: there
    is none)."""
    get = answers.get
    previous = get("previous")
    found = Descriptors(previous is not None)
    before = (_NOTHING if previous is None else previous).get
    for item, weight, major in _ITEMS:
        present = get(item)
        if present is False:
            continue
        found.high += weight
        was = before(item)
        if was is None:
            found.maybe_new = True
        if present is None:
            found.open.append((item, weight, major, was))
            found.maybe_new = found.maybe_new or was is False
            if major and not found.major:
                found.major = None
            continue
        found.low += weight
        if major:
            found.major = True
        if was is False:
            found.new = True
        elif was is None:
            found.present_unknown.append(item)
    return found
