"""What is worked out of a part of a subject, as it comes, is what comes out of all of it at the end."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from centre_builders import claiming, course, event
from centre_sites import FakeClock, SyntheticSite

from anifro_desktop.centre.applying import _difference_row
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.reading import one_subject
from anifro_desktop.centre.rescoring import rescore
from anifro_desktop.centre.standing import _row
from anifro_desktop.centre.status import status

CODE = "P03-7KQF-4"


@pytest.mark.parametrize("seed", range(6))
def test_in_any_order_and_any_parts(centre: Centre, site: SyntheticSite, seed: int) -> None:
    """Visits, an amendment of one that others rest on, a wrong score, a visit voided, adverse events."""
    chance = random.Random(seed)
    revisions = claiming(course(CODE), "m12", sledai2k={"value": "99"})
    first = next(item for item in revisions if (item.visit, item.form) == ("baseline", "joints"))
    revisions.append(replace(first, ver=2, prev=first.digest(), values={**first.values, "tjc28": 9}, why="1"))
    revisions.append(event(CODE, "ae-001", ae_start=20, ser_death=0, ser_hospitalisation=1))
    chance.shuffle(revisions)
    while revisions:
        size = chance.randint(1, 12)
        some, revisions = revisions[:size], revisions[size:]
        (outcome,) = ingest(centre, [site.bundle(centre.keyset, some)])
        assert (outcome.status, outcome.bad) == ("accepted", 0)
        subject = one_subject(centre, CODE)
        assert subject is not None
        wanted = {replace(_difference_row(item), open=True) for item in rescore(subject, centre.definitions)}
        assert {replace(row, found="") for row in centre.store.differences()} == wanted
        known = centre.store.standings_of([CODE]).get(CODE)
        assert known == _row(subject, dict(known.serious) if known else {}, "")
    assert {row.rule for row in centre.store.differences() if row.kind == "differs"} >= {"sledai2k"}


def test_the_inbox_of_serious_events(centre: Centre, site: SyntheticSite, clock: FakeClock) -> None:
    serious = event(CODE, "ae-001", ae_start=20, ser_death=0, ser_hospitalisation=1)
    mild = event(CODE, "ae-002", ae_start=30, **dict.fromkeys(serious_criteria(), 0))
    ingest(centre, [site.bundle(centre.keyset, [*course(CODE), replace(serious, signature={}), mild])])
    (one,) = status(centre).sites
    assert (one.serious, one.serious_new, one.serious_unsigned) == (1, 1, 1)
    clock.forward(days=20)
    signed = replace(serious, ver=2, prev=serious.digest(), why="signed")
    ingest(centre, [site.bundle(centre.keyset, [signed])])
    (one,) = status(centre).sites
    assert (one.serious, one.serious_new, one.serious_unsigned) == (1, 0, 0)


def serious_criteria() -> tuple[str, ...]:
    from anifro_desktop.scores import ae

    return tuple(ae.CRITERIA)
