"""Random visits, the same from the same seed: unknowns, missing reasons, hidden answers, values at every limit."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from anifro_desktop import forms
from anifro_desktop.forms.model import Field
from anifro_desktop.forms.session import PastVisit, Subject, Visit, VisitSession
from anifro_desktop.forms.state import Entry
from anifro_desktop.record import Missing, Value, value_to_json

DEFINITIONS = forms.load()
DAYS = {"baseline": 0, "m06": 184}
ENROLLED = date(2026, 3, 4)
TODAY = date(2026, 11, 23)
PERSON = Subject("P03-7KQF-W", "female", 34, ENROLLED, ENROLLED)

# Where scores, states and limits change their mind.
_EDGES: Mapping[str, tuple[str, ...]] = {
    "platelets": ("1", "99", "100", "101", "3000"),
    "wbc": ("0.01", "2.99", "3", "3.01", "500"),
    "proteinuria_mg_24h": ("0", "499.9", "500", "500.1", "50000"),
    "proteinuria_g_24h": ("0", "0.499", "0.5", "0.501", "50"),
    "upcr": ("0", "56.56", "56.57", "499.99", "500", "500.01"),
    "phga": ("0", "0.49", "0.5", "0.51", "1", "1.01", "3"),
    "phga_raw": ("0", "1.6", "1.7", "3.3", "3.4", "10", "10.1", "16", "17", "33", "34", "83", "84", "100"),
    "gc1_mg": ("0.01", "2.5", "5", "5.01", "7.5", "7.51", "2000"),
    "gc2_mg": ("0.01", "2.5", "5", "7.5"),
    "gc1_cycle_days": ("1", "2", "7", "90"),
    "gc2_cycle_days": ("1", "2", "7"),
    "weight_kg": ("30", "50", "62", "80", "150"),
    "sjc28": ("0", "1", "2", "28"),
    "pain_vas": ("0", "10", "10.1", "100"),
    "hydroxychloroquine_dose": ("200", "310", "400", "400.1"),
    "azathioprine_dose": ("100", "150", "155", "155.1"),
    "methotrexate_dose": ("20", "25", "25.1"),
}

_CALM: Mapping[str, Value] = {
    **{"phga_scale": 1, "phga": Decimal("0.3"), "gc_oral": 0, "pulse_30d": 0, "stable": 1},
    **{"not_tolerated": 0, "investigational": 0},
}


def visit(number: int, previous: PastVisit | None = None) -> VisitSession:
    """Visit `number` of the series, with the visit before it if there is one."""
    chance = random.Random(f"visit {number}")  # the same on every machine
    key = "m06" if previous else "baseline"
    on = ENROLLED + timedelta(days=DAYS[key])
    session = VisitSession(
        DEFINITIONS,
        forms_of(key),
        PERSON,
        Visit(key, on),
        today=TODAY,
        previous=previous,
        baseline=previous,
        damage=previous,
    )
    calm = chance.random() < 0.1  # so quiet that a state may be met
    answered = 1.0 if calm else chance.choice((0.3, 0.7, 0.9, 0.97, 1.0, 1.0))
    missing = 0.0 if calm else chance.choice((0.0, 0.05, 0.3))
    present = 0.0 if calm else chance.choice((0.0, 0.04, 0.15, 0.5))
    fields = [item for form in session.forms for item in form.fields if not item.computed]
    chance.shuffle(fields)  # so that answers of hidden questions are among them
    given = {
        item.id: _value(item, chance, missing, present)
        for item in fields
        if item.type not in ("text", "date") and chance.random() < answered
    }
    given |= _CALM if calm else {}
    _give(session, {**given, "visit_date": on}, one_by_one=number % 50 == 0)
    return session


def forms_of(key: str) -> tuple[str, ...]:
    """The forms of a visit."""
    return tuple(form.id for form in DEFINITIONS.of_visit(key))


def _give(session: VisitSession, answers: Mapping[str, Value], *, one_by_one: bool) -> None:
    """Answer as a person does, one question after the other, or all at once as a draft that is opened again."""
    if not one_by_one:
        session.load_entries(Entry(name, value_to_json(value), None) for name, value in answers.items())
        return
    for name, value in answers.items():
        session.set_value(name, value)


def past(session: VisitSession) -> PastVisit:
    """A visit as the one before the next."""
    return PastVisit(session.visit.key, session.visit.date, dict(session.answers))


def _value(item: Field, chance: random.Random, missing: float, present: float) -> Value:
    if item.missing and chance.random() < missing:
        return chance.choice(item.missing)
    if item.codes is not None:
        if item.codes.absent is None:
            return chance.choice(item.codes.values)
        found = [value for value in item.codes.values if value != item.codes.absent]
        return chance.choice(found) if chance.random() < present else item.codes.absent
    text = _EDGES.get(item.id)
    if text is not None and chance.random() < 0.5:
        number = Decimal(chance.choice(text))
    else:
        limits = item.soft or item.hard
        assert limits is not None
        step = Decimal(1).scaleb(-item.decimals)
        whole = chance.randint(int(limits.low / step), int(limits.high / step))
        number = whole * step
    return int(number) if item.type == "integer" else number


def has_missing(session: VisitSession) -> bool:
    """Whether some answer is a reason for having none."""
    return any(isinstance(value, Missing) for value in session.answers.values())
