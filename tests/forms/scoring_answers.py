"""A quiet visit with every question answered that some score reads, and random visits. All patients are synthetic."""

from __future__ import annotations

import random
from decimal import Decimal

from forms_builders import DEFINITIONS, VISIT_FORMS

from anifro_desktop.forms.inputs import DRUGS, ITEMS
from anifro_desktop.forms.model import Field
from anifro_desktop.record import Missing, Value
from anifro_desktop.scores.facit_fatigue import ITEMS as FACIT_ITEMS
from anifro_desktop.scores.facit_fatigue import NOT_REVERSED

FIELDS = DEFINITIONS.fields


def fields_of(form: str, prefix: str = "") -> list[str]:
    """The fields of a form whose names begin so."""
    return [item.id for item in DEFINITIONS.form(form).fields if item.id.startswith(prefix)]


QUIET: dict[str, Value] = {
    **dict.fromkeys(ITEMS, 0),
    "joint_method": 3,
    "tjc28": 0,
    "sjc28": 0,
    "active28": 0,
    "platelets": 200,
    "wbc": Decimal(5),
    "proteinuria_mg_24h": Decimal(100),
    "c3_low": 0,
    "c4_low": 0,
    "neuropsychiatric": 0,
    "systemic_vasculitis": 0,
    "mucocutaneous_vasculitis": 0,
    "cardiac_pulmonary": 0,
    "serositis": 0,
    "hemolytic_anemia": 0,
    "gi_lupus_activity": 0,
    "other_major_organ_activity": 0,
    "other_new_feature": 0,
    "phga": Decimal("0.2"),
    "gc_oral": 0,
    "pulse_30d": 0,
    "stable": 1,
    "not_tolerated": 0,
    "investigational": 0,
    "weight_kg": Decimal(60),
    **{f"on_{drug}": 0 for drug in DRUGS},
    "skin_involved": 0,
    **dict.fromkeys(fields_of("damage"), 0),
    **dict.fromkeys(fields_of("flare", "nw_"), 0),
    **dict.fromkeys(fields_of("flare", "newis_"), 0),
    "nsaid_or_hcq_added": 0,
    "new_biologic_activity": 0,
    "pulse_since": 0,
    "hospitalised_for_sle": 0,
    **dict.fromkeys(fields_of("sf36"), 2),
    **{f"facit_{number}": 4 if code in NOT_REVERSED else 0 for number, code in enumerate(FACIT_ITEMS, 1)},
    **dict.fromkeys(fields_of("eq5d5l", "eq5d_"), 1),
    "eq_vas": 90,
    **dict.fromkeys(fields_of("lupusqol"), 4),
    "vas_scale": 1,
    "pain_vas": Decimal(10),
    "fatigue_vas": Decimal(20),
    "ptga": Decimal(5),
}


def quiet(**changes: Value | None) -> dict[str, Value]:
    """A quiet visit with some answers changed, or taken out (None)."""
    return {name: value for name, value in {**QUIET, **changes}.items() if value is not None}


def random_answers(seed: int, forms: tuple[str, ...] = VISIT_FORMS) -> dict[str, Value]:
    """Some answers to some questions, missing reasons and both ends of every limit among them; the same every time."""
    chance = random.Random(seed)
    share, reasons = chance.choice((0.5, 0.9, 1)), chance.choice((0, 0.02, 0.3))
    asked = [item for name in forms for item in DEFINITIONS.form(name).fields if chance.random() < share]
    given = {item.id: _value(item, chance, reasons) for item in asked}
    return {name: value for name, value in given.items() if value is not None}


def _value(item: Field, chance: random.Random, reasons: float) -> Value | None:
    if item.missing and chance.random() < reasons:
        return chance.choice(item.missing)
    if item.codes is not None:
        return chance.choice(item.codes.values)
    if item.hard is None:
        return None
    end = chance.choice((item.hard.low, item.hard.high))
    return int(end) if item.type == "integer" else end


def is_open(answers: dict[str, Value], field: str) -> bool:
    """Whether a question has no value, or one that its scale does not have (a check keeps it from being signed)."""
    value = answers.get(field)
    scale = {"phga_raw": "phga_scale"}.get(field, "vas_scale")
    if field in ("pain_vas", "fatigue_vas", "ptga", "phga_raw") and answers.get(scale) == 2:
        return not isinstance(value, Decimal) or value > 10
    return value is None or isinstance(value, Missing)
