"""Numbers in a registered site's own records that no question and no rule has: they end nothing, neither the taking in
of what others send, nor the study's tables.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from centre_builders import DEFINITIONS, course, travelled
from centre_sites import SyntheticSite

from anifro_desktop.centre.dataset import write_dataset
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.reading import all_subjects
from anifro_desktop.centre.registering import register
from anifro_desktop.centre.reporting import report
from anifro_desktop.centre.status import status
from anifro_desktop.record import Revision

CODE, OTHER = "P03-7KQF-4", "P07-8C2M-N"


@pytest.fixture
def neighbour(centre: Centre) -> SyntheticSite:
    """The site that sends such numbers."""
    made = SyntheticSite("P07")
    register(centre, made.card_bytes, made.card.fingerprint)
    return made


def every_number(low: bool, beyond: int) -> list[Revision]:
    """A course with every number as small or as large as its question takes, or so much beyond that."""
    found = []
    for one in course(OTHER, visits=("baseline", "m06")):
        ends = {
            item.id: item.hard.low - beyond if low else item.hard.high + beyond
            for item in DEFINITIONS.form(one.form).fields
            if item.hard is not None and item.type in ("integer", "decimal") and item.export
        }
        odd = {name: travelled(name, number) for name, number in ends.items()}
        found.append(replace(one, values={**one.values, **odd}))
    return found


@pytest.mark.parametrize("beyond", [0, 1])
@pytest.mark.parametrize("low", [True, False])
def test_numbers_that_no_question_takes_end_nothing(
    centre: Centre, site: SyntheticSite, neighbour: SyntheticSite, low: bool, beyond: int, tmp_path: Path
) -> None:
    """What a site sends of its own patient may be taken or not; what others send comes through."""
    (outcome,) = ingest(centre, [neighbour.bundle(centre.keyset, every_number(low, beyond))])
    assert outcome.status == "accepted"
    assert bool(outcome.bad) == bool(beyond)
    assert ingest(centre, [site.bundle(centre.keyset, course(CODE))])[0].status == "accepted"
    found = all_subjects(centre)
    report(found)
    write_dataset(tmp_path / "out", found, centre.definitions, "it")
    status(centre)


@pytest.mark.parametrize("number", ["1e308", "0.5", "-1e300", "nan", 2**53 - 1, "9" * 400])
def test_results_that_no_rule_has_do_not_keep_a_data_set_from_being_written(
    centre: Centre, neighbour: SyntheticSite, number: Any, tmp_path: Path
) -> None:
    def other(result: Any) -> Any:
        if isinstance(result, dict):
            return {name: other(part) for name, part in result.items()}
        return result if isinstance(result, bool) or result is None else number

    made = course(OTHER, visits=("baseline",))
    sent = [replace(one, scores=other(dict(one.scores))) for one in made]
    (outcome,) = ingest(centre, [neighbour.bundle(centre.keyset, sent)])
    assert (outcome.status, outcome.bad, bool(outcome.differences)) == ("accepted", 0, True)
    found = all_subjects(centre)
    report(found)
    write_dataset(tmp_path / "out", found, centre.definitions, "en")
