"""Three sites and a centre with a bad post between them, copies that go on and backups put back: `count` examples.

The state machine is that of the tests (`tests/endtoend/exchange_machine.py`), with other examples in every run. What
fails is played again until it is short, and told step by step.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "endtoend"))

import once
from exchange import SITES, peopled
from exchange_machine import Exchange
from whole_study import make_study

STEPS = 10


class Told(Exchange):
    """As in the tests, and how far it is."""

    def teardown(self) -> None:
        before = Exchange.happened["examples"]
        super().teardown()
        done = Exchange.happened["examples"]
        if done > before and done % 100 == 0:
            print(f"   {done} examples", flush=True)


def main(count: int) -> None:
    """Play `count` examples; raises on the first that does not end as it should."""
    with tempfile.TemporaryDirectory(prefix="anifro-chain-") as folder, once.keys(), once.statements():
        study = make_study(Path(folder) / "study", *SITES)
        Exchange.template, Exchange.patients = study, peopled(study)
        some = settings(
            max_examples=count,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=False,
            database=None,
            print_blob=True,
            suppress_health_check=[HealthCheck.too_slow],
        )
        run_state_machine_as_test(Told, settings=some)
    print("   " + ", ".join(f"{number} {what}" for what, number in sorted(Exchange.happened.items())))
