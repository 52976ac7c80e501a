"""One answer recomputes the whole visit, five scores included, within a millisecond (95 of 100)."""

from __future__ import annotations

import random
import time

from scenario_filling import V3_BASELINE, V3_MONTH_24, fill, new_visit, past


def test_an_answer_takes_at_most_a_millisecond() -> None:
    before = past(fill(new_visit("baseline"), V3_BASELINE))
    session = fill(new_visit("m24", previous=before, baseline=before), V3_MONTH_24)
    choices = random.Random(7)
    names = [name for name in session.answers if session.state(name).field.codes is not None]
    rounds = []
    for _ in range(3):  # the best of three: another program may hold the processor for a while
        times = []
        for _ in range(500):
            name = choices.choice(names)
            codes = session.state(name).field.codes
            assert codes is not None
            typed = str(choices.choice(codes.values))
            start = time.perf_counter()
            session.set_text(name, typed)
            times.append(time.perf_counter() - start)
        rounds.append(sorted(times)[475])
    assert min(rounds) <= 0.001
