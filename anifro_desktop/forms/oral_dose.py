"""The glucocorticoid by mouth that a visit's treatment form records: its schedules, and what they come to a day.

None by mouth = no schedule (dose 0); not answered = unknown; "second scheme" open = a second schedule of which nothing
is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from anifro_desktop.scores import prednisone

GC_DRUGS: Mapping[int, str] = {
    1: "prednisone",
    2: "prednisolone",
    3: "methylprednisolone",
    4: "triamcinolone",
    5: "deflazacort",
    6: "dexamethasone",
    7: "betamethasone",
    8: "hydrocortisone",
    9: "cortisone",
}
SOURCES = (
    "gc_oral",
    "gc_second",
    *(f"{scheme}_{part}" for scheme in ("gc1", "gc2") for part in ("drug", "mg", "cycle_days")),
)
_HUNDREDTHS = 2


def schedules(answers: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The schedules on arrival as the rule takes them; None while it is open whether there are any."""
    oral = answers.get("gc_oral")
    if oral not in (0, 1):
        return None
    if oral == 0:
        return []
    rows = [_schedule(answers, "gc1")]
    return rows if answers.get("gc_second") == 0 else [*rows, _schedule(answers, "gc2")]


def mg_a_day(answers: Mapping[str, Any]) -> Decimal | None:
    """The dose on arrival in mg of prednisone a day, to hundredths; None while it is open."""
    dose = prednisone.score({"schedules": schedules(answers)}).parts["pred_eq"]
    return Decimal(str(round(dose, _HUNDREDTHS))) if isinstance(dose, int | float) else None


def _schedule(answers: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    drug, mg, cycle = (answers.get(f"{prefix}_{part}") for part in ("drug", "mg", "cycle_days"))
    return {
        "drug": GC_DRUGS[drug] if type(drug) is int else None,
        "mg_per_cycle": float(mg) if isinstance(mg, int | Decimal) else None,
        "cycle_days": cycle if isinstance(cycle, int) else None,
    }
