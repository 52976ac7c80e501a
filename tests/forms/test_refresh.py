"""What is asked and derived after many answers is what a new session works out of the same answers at once."""

from __future__ import annotations

import random
from datetime import date

import pytest

from anifro_desktop.forms import load
from anifro_desktop.forms.model import Field
from anifro_desktop.forms.session import Subject, Visit, VisitSession

ON = date(2026, 9, 4)


def session(forms: tuple[str, ...], key: str) -> VisitSession:
    subject = Subject("P03-7KQF-W", enrolled=date(2026, 3, 4))
    return VisitSession(load(), forms, subject, Visit(key, ON), today=ON)


def answer(rng: random.Random, item: Field) -> str:
    if item.codes is not None:
        return str(rng.choice(item.codes.values))
    return "2026-05-01" if "date" in item.type else str(rng.randrange(0, 6))


@pytest.mark.parametrize("seed", range(8))
def test_step_by_step_is_the_same_as_all_at_once(seed: int) -> None:
    rng, definitions = random.Random(seed), load()
    level = ("visit", "event", "subject", "event")[seed % 4]
    chosen = [form.id for form in definitions.of_level(level) if not form.derived]
    forms = tuple(chosen) if level != "event" else (rng.choice(chosen),)
    stepped = session(forms, "m06" if level == "visit" else "")
    fields = [item for form in stepped.forms for item in form.fields if not item.computed]
    for _ in range(250):
        item = rng.choice(fields)
        stepped.set_text(item.id, "" if rng.random() < 0.2 else answer(rng, item))
        if rng.random() < 0.1 and stepped.can_undo:
            stepped.undo()
    names = [item.id for form in stepped.forms for item in form.fields]
    whole = session(forms, stepped.visit.key)
    whole.load_entries(stepped.entries(names))
    assert dict(whole.answers) == dict(stepped.answers)
    assert [whole.state(name).visible for name in names] == [stepped.state(name).visible for name in names]


def test_what_is_hidden_hides_what_hangs_on_it() -> None:
    visit = session(("treatment",), "m06")
    for name in ("gc_oral", "gc_second", "gc2_drug"):
        visit.set_text(name, "1")
    visit.set_text("gc_oral", "0")
    assert not {"gc_second", "gc2_drug"} & set(visit.answers)
    visit.set_text("gc_oral", "1")
    assert (visit.answers["gc_second"], visit.answers["gc2_drug"]) == (1, 1)
