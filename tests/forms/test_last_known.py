"""Damage and weight where the last visit left them open: what any visit before found still stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from anifro_desktop.forms.last_known import last_weight, most_damage
from anifro_desktop.forms.state import PastVisit
from anifro_desktop.record import Missing, Value


def visit(key: str, **answers: Value) -> PastVisit:
    return PastVisit(key, date(2026, 3, 4), answers)


def test_damage_is_the_most_of_each_item_and_names_the_visits_that_say_so() -> None:
    last = visit("m24", sdi_cataract=Missing.NOT_KNOWN, sdi_stroke=2, sdi_mi=0, rash=1)
    found = most_damage([last, visit("m12", sdi_stroke=1, sdi_mi=0), visit("baseline", sdi_cataract=1)])
    assert found is not None
    assert found.key == "m24 baseline"
    assert found.answers == {"sdi_cataract": 1, "sdi_stroke": 2, "sdi_mi": 0}
    assert most_damage([]) is None


def test_the_weight_is_that_of_the_last_visit_with_one() -> None:
    weighed, not_done = visit("m03", weight_kg=Decimal(62)), visit("m06", weight_kg=Missing.NOT_DONE)
    assert last_weight([not_done, visit("u01"), weighed, visit("baseline", weight_kg=Decimal(70))]) is weighed
    assert (
        last_weight([weighed, visit("baseline", weight_kg=Decimal(70))]) is None
    )  # the last visit says it itself
    assert last_weight([not_done]) is None
