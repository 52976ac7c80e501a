"""Who the invented patients are: traits that do not change, and what is found at baseline.

A hidden severity ties items, joints, skin and the physician's global together; a hidden response decides the course.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from anifro_desktop.scores.joints import JOINTS_28
from anifro_desktop.workflows.cohort import settings as s
from anifro_desktop.workflows.cohort.chance import cut, gamma, normal_share, pick, poisson
from anifro_desktop.workflows.cohort.states import SKIN, State

DOSES = (2.5, 5, 7.5, 10, 12.5, 15, 20, 25, 30, 37.5, 50)
DAMAGE = {
    "sdi_cataract": 14,
    "sdi_osteoporosis_fracture": 9,
    "sdi_avascular_necrosis": 7,
    "sdi_deforming_arthritis": 10,
    "sdi_scarring_alopecia": 7,
    "sdi_skin_scarring": 8,
    "sdi_venous_thrombosis": 6,
    "sdi_neuropathy": 5,
    "sdi_cognitive_psychosis": 4,
    "sdi_valvular": 4,
    "sdi_stroke": 4,
    "sdi_pulm_fibrosis": 3,
    "sdi_gfr_lt50": 3,
    "sdi_diabetes": 3,
    "sdi_retinal_optic": 4,
    "sdi_muscle_atrophy": 2,
    "sdi_gonadal_failure": 2,
    "sdi_angina_cabg": 2,
}
AREAS = (
    "nose_malar",
    "rest_of_face",
    "v_neck",
    "arms",
    "hands",
    "scalp",
    "chest",
    "back_buttocks",
    "legs",
    "ears",
    "neck_shoulders",
    "abdomen",
    "feet",
)


@dataclass(frozen=True, slots=True)
class Person:
    """One invented patient. response: the shared part of the course, standard normal, low is good; areas, joints: the
    order in which skin and joints are touched; old_damage: items of the damage index at baseline; next_damage: those
    that come later."""

    number: int
    seed: int
    sex: int
    born: date
    start: date
    duration: float
    ethnicity: int
    severity: float
    response: float
    wellbeing: float
    weight: float
    height: int
    areas: tuple[str, ...]
    joints: tuple[str, ...]
    old_damage: tuple[str, ...]
    next_damage: tuple[str, ...]
    first: State

    @property
    def age(self) -> float:
        """At the start, in years."""
        return (self.start - self.born).days / 365.25


def invent(plan: s.Plan, number: int) -> tuple[Person, random.Random]:
    """A patient, and the chance that goes on with the course; each has one of their own, so that more patients or a
    longer course leave the others as they are."""
    rng = random.Random(f"{plan.seed}/{number}")  # noqa: S311 - invented people need a repeatable chance
    back = plan.first_back - (plan.first_back - plan.last_back) * number / max(plan.patients - 1, 1)
    start = plan.today - timedelta(days=round(back * 30.4375) + rng.randrange(-9, 10))
    severity = rng.gauss(0, 1)
    damage = _damage_order(rng)
    held = min(poisson(rng, s.DAMAGE), len(damage))
    sex = 1 if rng.random() < s.WOMEN else 2
    mean, spread, least, greatest = s.AGE
    age = next(value for value in iter(lambda: rng.gauss(mean, spread), None) if least <= value <= greatest)
    person = Person(
        number=number,
        seed=plan.seed,
        sex=sex,
        born=start - timedelta(days=int(age * 365.25) + 1),
        start=start,
        duration=min(gamma(rng, *s.DURATION), age - 8),
        ethnicity=1 if rng.random() < s.WHITE else rng.choice((2, 3, 4, 5, 6, 7)),
        severity=severity,
        response=rng.gauss(0, 1),
        wellbeing=rng.gauss(0, 1),
        weight=cut(rng.gauss(64 if sex == 1 else 76, 11), 42, 120),
        height=round(rng.gauss(163 if sex == 1 else 175, 6)),
        areas=tuple(rng.sample(AREAS, len(AREAS))),
        joints=tuple(rng.sample(JOINTS_28, len(JOINTS_28))),
        old_damage=damage[:held],
        next_damage=damage[held:],
        first=_at_baseline(rng, severity),
    )
    return person, rng


def _damage_order(rng: random.Random) -> tuple[str, ...]:
    """The items in the order in which this patient would come by them."""
    return tuple(sorted(DAMAGE, key=lambda item: rng.random() ** (1 / DAMAGE[item]), reverse=True))


def _at_baseline(rng: random.Random, severity: float) -> State:
    items = {name for name, chance in s.ITEMS.items() if _present(rng, severity, chance)}
    if not items:  # active disease is a criterion of inclusion
        items = {"rash" if rng.random() < 0.5 else "arthritis"}
    low_c3 = rng.random() < s.LOW_C3
    swollen = active = 0
    if "arthritis" in items:
        swollen = round(cut(gamma(rng, *s.SWOLLEN) * (1 + 0.25 * severity), 2, 22))
        active = max(2, swollen - rng.randrange(2))
        tender = min(28, max(active, swollen + round(rng.gauss(s.MORE_TENDER, 2))))
    else:
        tender = rng.choice((0, 0, 0, 1, 2, 3))
    skin = round(cut(gamma(rng, *s.CLASI) * (1 + 0.2 * severity), 1, 45)) if "rash" in items else 0
    mean, spread = s.PHGA
    share = s.SEVERITY_TO_PHGA
    drawn = rng.gauss(0, 1)
    phga = cut(mean + spread * (share * severity + (1 - share**2) ** 0.5 * drawn), 0.5, 3)
    dose = _dose(rng) if rng.random() < s.STEROID else 0.0
    return State(
        items=frozenset(items),
        low_c3=low_c3,
        low_c4=rng.random() < (s.LOW_C4_TOO if low_c3 else s.LOW_C4_ALONE),
        dna=rng.random() < s.RAISED_DNA,
        phga=round(phga, 1),
        dose=dose,
        tender=tender,
        swollen=swollen,
        active=active,
        skin=skin,
        antimalarial=rng.random() < s.ANTIMALARIAL,
        drug=pick(rng, s.DRUGS),
    )


def _present(rng: random.Random, severity: float, chance: float) -> bool:
    """Whether an item is there: the more severe, the likelier, with the chance kept over all patients."""
    share = s.SEVERITY_TO_ITEMS if chance < 0.5 else s.SEVERITY_TO_ITEMS / 2
    drawn = share * severity + (1 - share**2) ** 0.5 * rng.gauss(0, 1)
    return normal_share(drawn) > 1 - chance


def _dose(rng: random.Random) -> float:
    median, spread = s.DOSE
    drawn = median * 2.718281828 ** rng.gauss(0, spread)
    return min(DOSES, key=lambda dose: abs(dose - drawn))


def involves_skin(state: State) -> bool:
    """Whether the skin form has anything active to say."""
    return bool(state.items & SKIN)
