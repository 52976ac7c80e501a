"""Which form may stand under which key, and records that were voided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from centre_builders import enrolment, event, revision
from centre_sites import SyntheticSite

from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.reading import all_subjects
from anifro_desktop.sync.records import AuditHead, Record, data_lines

CODE = "P03-7KQF-4"


@pytest.mark.parametrize(
    ("form", "key", "taken"),
    [
        ("history", "history", True),
        ("history", "", False),
        ("enrolment", "history", False),
        ("classification", "", True),
        ("classification", "baseline", False),
        ("phga", "u07", True),
        ("phga", "early", True),
        ("phga", "m07", False),
        ("phga", "history", False),
        ("phga", "ae-001", False),
        ("sf36", "m01", True),
        ("flare", "baseline", False),
        ("adverse_event", "ae-001", True),
        ("adverse_event", "ae-1", False),
        ("adverse_event", "ad-001", False),
        ("adverse_event", "", False),
        ("adverse_event", "m06", False),
    ],
)
def test_a_form_stands_under_the_keys_of_its_kind(
    centre: Centre, site: SyntheticSite, form: str, key: str, taken: bool
) -> None:
    (outcome,) = ingest(centre, [site.bundle(centre.keyset, [revision(CODE, key, form, {})])])
    assert (outcome.records, outcome.bad) == ((1, 0) if taken else (0, 1))
    told = [row.detail for row in centre.store.answers() if row.code == "bad_record"]
    assert told == ([] if taken else ["1 bad_visit"])


def test_other_definitions_may_have_asked_a_form_at_other_visits(centre: Centre, site: SyntheticSite) -> None:
    older = revision(CODE, "baseline", "flare", {}, definition="0" * 64)
    astray = revision(CODE, "ae-001", "flare", {}, definition="0" * 64)
    (outcome,) = ingest(centre, [site.bundle(centre.keyset, [older, astray])])
    assert (outcome.records, outcome.bad) == (1, 1)


def test_a_voided_event_is_gone_from_everything(centre: Centre, site: SyntheticSite) -> None:
    kept = event(CODE, "ae-001", aesi_category=0, ae_start=3)
    voided = event(CODE, "ae-002", aesi_category=1, ae_start=9)
    ingest(centre, [site.bundle(centre.keyset, [enrolment(CODE), kept, voided])])
    assert len(all_subjects(centre)[0].events) == 2
    stone = replace(voided, visit="ae-002~1", ver=2, prev=voided.digest(), values={}, signature={})
    header = site.header()
    lines = data_lines(header, [Record(stone, op="del")], audit=AuditHead(1, "ab" * 32), app="0.1.0")
    (outcome,) = ingest(centre, [site.seal(centre.keyset, header, lines)])
    assert (outcome.status, outcome.records, outcome.bad) == ("accepted", 1, 0)
    assert [one.key for one in all_subjects(centre)[0].events] == ["ae-001"]


def test_only_a_tombstone_stands_under_the_key_of_a_mistake(centre: Centre, site: SyntheticSite) -> None:
    (outcome,) = ingest(
        centre, [site.bundle(centre.keyset, [revision(CODE, "m06~1", "phga", {"phga": "1"}, 183)])]
    )
    assert (outcome.records, outcome.bad) == (0, 1)
