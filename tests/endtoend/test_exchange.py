"""Three sites and a centre under loss, repetition, delay, forks and backups put back: it always ends the same."""

from __future__ import annotations

import pytest
from exchange import peopled
from exchange_machine import Exchange
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from whole_study import Study


@pytest.mark.parametrize(("examples", "steps"), [(5, 25)])
def test_whatever_happens_on_the_way_it_ends_the_same(
    study_template: Study, tmp_path_factory: pytest.TempPathFactory, examples: int, steps: int
) -> None:
    study = study_template.copy(tmp_path_factory.mktemp("exchange") / "study")
    Exchange.template, Exchange.patients = study, peopled(study)
    Exchange.happened.clear()
    run_state_machine_as_test(Exchange, settings=settings(max_examples=examples, stateful_step_count=steps))
    assert Exchange.happened["accepted"] > 0
