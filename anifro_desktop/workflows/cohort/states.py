"""What the clinician finds at one visit, and how it moves to the next: towards a level, or into a flare.

Rules kept here, so that a score moves only for a reason that is recorded: without a flare no item, no dose and no
serology comes back; the physician's global rises by less than 1. Low disease activity keeps only items that were there
before. Levels: 0 active, 1 low disease activity, 2 remission.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from anifro_desktop.scores.sledai2k import WEIGHTS
from anifro_desktop.workflows.cohort.chance import cut

ACTIVE, LOW, REMISSION = 0, 1, 2
SKIN = frozenset({"rash", "alopecia", "mucosal_ulcers"})
_MINOR = ("rash", "alopecia", "mucosal_ulcers", "arthritis", "leukopenia", "thrombocytopenia")
_STEPS = (0, 2.5, 5, 7.5, 10, 12.5, 15, 20, 25, 37.5, 50)


@dataclass(frozen=True, slots=True)
class State:
    """Findings and treatment at a visit. items: SLEDAI-2K items but serology; tender, swollen, active: joints of 28;
    skin: points of erythema and scale; dose: mg of prednisone a day; drug: an immunosuppressant, or none ("")."""

    items: frozenset[str]
    low_c3: bool
    low_c4: bool
    dna: bool
    phga: float
    dose: float
    tender: int
    swollen: int
    active: int
    skin: int
    antimalarial: bool
    drug: str

    @property
    def serology(self) -> int:
        """Points of complement and anti-dsDNA."""
        return 2 * (self.low_c3 or self.low_c4) + 2 * self.dna

    @property
    def points(self) -> int:
        """SLEDAI-2K."""
        return sum(WEIGHTS[item] for item in self.items) + self.serology


def towards(rng: random.Random, before: State, level: int, *, first: bool) -> State:
    """The findings at a visit without a flare. first: the first visit after baseline, where most of the fall is."""
    calm = _calmer_serology(rng, before, first=first)
    if level == REMISSION:
        dose = min(before.dose, rng.choice((0, 2.5, 2.5, 5, 5)))
        return _with_joints(rng, replace(calm, items=frozenset(), phga=rng.randrange(5) / 10, dose=dose), 0.0)
    if level == LOW:
        return _low(rng, calm)
    return _still_active(rng, calm, first=first)


def flaring(rng: random.Random, before: State, pattern: frozenset[str], *, severe: bool) -> State:
    """The findings at a flare. pattern: items that this patient is prone to."""
    come = {item for item in sorted(pattern) if rng.random() < (0.75 if severe else 0.55)}
    fresh = come - before.items
    if not fresh:
        rest = [item for item in ("arthritis", "rash", "mucosal_ulcers") if item not in before.items]
        fresh = {rng.choice(rest)} if rest else set()
    if severe and rng.random() < 0.3:
        fresh |= {rng.choice(("proteinuria", "vasculitis", "pleurisy", "pericarditis"))}
    wanted = rng.uniform(1.7, 2.5) if severe else min(before.phga + rng.uniform(0.4, 1.0), 2.2)
    phga = max(wanted, min(before.phga + 0.2, 2.8), 1.1)
    raised = before.dose
    if severe:
        raised = max(rng.choice((20, 25, 25, 37.5)), before.dose)
    elif rng.random() < 0.6:
        raised = next(step for step in _STEPS if step >= min(before.dose + 5, 20))
    state = replace(
        before,
        items=before.items | fresh,
        dna=before.dna or rng.random() < 0.2,
        low_c3=before.low_c3 or rng.random() < 0.15,
        phga=round(phga, 1),
        dose=max(raised, before.dose),
    )
    return _with_joints(rng, state, 1.0)


def _calmer_serology(rng: random.Random, before: State, *, first: bool) -> State:
    gone = 0.22 if first else 0.10
    return replace(
        before,
        low_c3=before.low_c3 and rng.random() >= gone,
        low_c4=before.low_c4 and rng.random() >= gone,
        dna=before.dna and rng.random() >= gone,
    )


def _low(rng: random.Random, state: State) -> State:
    room, kept = 4 - state.serology, set()
    for item in rng.sample(_MINOR, len(_MINOR)):
        if item in state.items and WEIGHTS[item] <= room and rng.random() < 0.5:
            kept.add(item)
            room -= WEIGHTS[item]
    phga = rng.randrange(3, 11) / 10 if kept else rng.randrange(5, 11) / 10
    dose = min(state.dose, rng.choice((2.5, 5, 5, 7.5)))
    return _with_joints(rng, replace(state, items=frozenset(kept), phga=phga, dose=dose), 0.55)


def _still_active(rng: random.Random, state: State, *, first: bool) -> State:
    stays = 0.62 if first else 0.88
    lasting = 0.86 if first else 0.92  # skin and joints, for which the drug is mostly given
    kept = frozenset(
        item
        for item in sorted(state.items)
        if rng.random() < (lasting if item in ("rash", "arthritis") else stays)
    )
    phga = cut(state.phga * rng.uniform(0.55, 0.95), 0.6, 2.4)
    dose = state.dose
    if dose > 7.5:
        lower = next(step for step in reversed(_STEPS) if step <= max(7.5, dose * 0.7))
        dose = lower if rng.random() < (0.35 if first else 0.5) else dose
    found = replace(state, items=kept, phga=round(phga, 1), dose=dose)
    if found.points <= 4 and found.phga <= 1 and found.dose <= 7.5:
        found = replace(found, phga=min(1.1 + rng.randrange(5) / 10, round(state.phga + 0.9, 1)))
    return _with_joints(rng, found, 0.92)


def _with_joints(rng: random.Random, state: State, share: float) -> State:
    """The state with joints and skin that agree with its items. share: how much of what there was is left."""
    inflamed = "arthritis" in state.items
    if inflamed:
        drawn = max(state.swollen, 3 if share >= 1 else 2) * share * rng.uniform(0.7, 1.3)
        swollen = round(cut(drawn, 2, 24))
        active = max(2, swollen - rng.randrange(2))
        tender = min(28, max(active, swollen + rng.randrange(0, 4)))
    else:
        swollen = 1 if share > 0 and rng.random() < 0.15 else 0
        active = 0
        tender = rng.choice((0, 0, 1, 2)) if share > 0 else rng.choice((0, 0, 0, 1))
    skin = 0
    if "rash" in state.items:
        skin = round(cut(max(state.skin, 3 if share >= 1 else 1) * share * rng.uniform(0.6, 1.25), 1, 45))
    return replace(state, tender=tender, swollen=swollen, active=active, skin=skin)
