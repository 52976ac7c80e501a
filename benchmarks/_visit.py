"""The visit that the benchmarks work on: all forms of the study, filled as for a synthetic patient."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from anifro_desktop import forms
from anifro_desktop.forms.model import Field
from anifro_desktop.forms.session import PastVisit, Subject, Visit, VisitSession
from anifro_desktop.record import Value

DAY_0, DAY = date(2026, 5, 23), date(2026, 11, 22)
_MEASURED: dict[str, Value] = {
    "temperature_c": Decimal("36.6"),
    "weight_kg": Decimal(62),
    "joint_method": 3,
    "tjc28": 5,
    "sjc28": 4,
    "active28": 3,
    "skin_involved": 1,
    "clasi_e_nose_malar": 2,
    "haemoglobin": Decimal("11.2"),
    "platelets": 84,
    "wbc": Decimal("2.6"),
    "proteinuria_mg_24h": Decimal(640),
    "urine_rbc_hpf": 1,
    "urine_wbc_hpf": 2,
    "phga": Decimal("1.8"),
    "gc_oral": 1,
    "gc1_drug": 1,
    "gc1_mg": Decimal("12.5"),
    "gc1_cycle_days": 1,
    "stable": 1,
    "on_azathioprine": 1,
    "azathioprine_dose": Decimal(100),
    "rash_extent": 1,
}
_PRESENT = ("arthritis", "rash", "alopecia", "low_complement", "increased_dna_binding", "proteinuria")


def answers(key: str, day: date) -> dict[str, Value]:
    """Every question of a visit answered: what is present, what is measured, the rest absent or least."""
    given: dict[str, Value] = {}
    for form in forms.load().of_visit(key):
        given |= {
            item.id: _least(item) for item in form.fields if item.type == "choice" or item.patient_scale
        }
    given |= dict.fromkeys((*_PRESENT, "thrombocytopenia", "leukopenia", "c3_low", "dsdna_raised"), 1)
    given |= _MEASURED
    del given["upcr_unit"]
    return given | {"visit_date": day, "visit_planned": 6}


def _least(item: Field) -> Value:
    if item.codes is not None:
        return item.codes.values[0]
    assert item.hard is not None
    return int(item.hard.low) if item.type == "integer" else item.hard.low


def session() -> VisitSession:
    """A month 6 visit with all answers, and the baseline visit beside it."""
    definitions = forms.load()
    past = PastVisit("baseline", DAY_0, answers("baseline", DAY_0))
    return VisitSession(
        definitions,
        [form.id for form in definitions.of_visit("m06")],
        Subject("P03-7KQF-W", "female", 34, DAY_0, DAY_0),
        Visit("m06", DAY),
        today=DAY,
        answers=answers("m06", DAY),
        previous=past,
        baseline=past,
        damage=past,
    )
