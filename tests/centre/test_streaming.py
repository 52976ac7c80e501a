"""Subjects read a few at a time are the same, in the same order, as all of them read at once."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from centre_builders import course, enrolment, event
from centre_population import bundles, template
from centre_sites import SyntheticSite

from anifro_desktop.centre import reading
from anifro_desktop.centre.analysis.gathering import gathered
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.monitoring.contradictions import contradictions
from anifro_desktop.centre.monitoring.watching import watched
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.registering import register
from anifro_desktop.centre.reporting import report
from anifro_desktop.sync.transfer import Statement, statement_revision


def second_site(centre: Centre) -> SyntheticSite:
    made = SyntheticSite("A07")
    register(centre, made.card_bytes, made.card.fingerprint)
    return made


def test_streamed_subjects_are_those_read_at_once(
    centre: Centre, site: SyntheticSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_SLICE", 3)
    other = second_site(centre)
    pattern = template(2)
    for one in (site, other):
        ingest(centre, list(bundles(one, centre.keyset, pattern, 5, 5)))
    moved = "P03-7KQF-4"
    hand = str(uuid.uuid4())
    out = Statement(hand, moved, "handed", 1, "A07", other.writer, "f1" * 32, "", "U01")
    came = Statement(hand, moved, "taken", 1, "P03", site.writer, "f1" * 32, "", "U01")
    ingest(centre, [site.bundle(centre.keyset, course(moved, "m06", ("baseline",)))])
    ingest(centre, [site.bundle(centre.keyset, [statement_revision(out, site.writer, "ab" * 32, "")])])
    told = [statement_revision(came, other.writer, "ab" * 32, ""), enrolment(moved, sex=2)]
    ingest(centre, [other.bundle(centre.keyset, told)])
    ingest(
        centre, [site.bundle(centre.keyset, [event(moved, "ae-001", ae_start=9)])]
    )  # let go: does not count
    streamed = list(reading.stream_subjects(centre))
    assert streamed == reading.all_subjects(centre)
    assert len(streamed) == 11
    assert [one.site for one in streamed if one.code == moved] == ["A07"]


def test_what_is_counted_does_not_hang_on_how_many_are_read_at_a_time(
    centre: Centre, site: SyntheticSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = second_site(centre)
    for one in (site, other):
        ingest(centre, list(bundles(one, centre.keyset, template(2), 3, 3)))
    signed = enrolment("P03-7KQF-4")
    amended = replace(signed, ver=2, prev=signed.digest(), why="1", values={**signed.values, "sex": 2})
    out = event("P03-7KQF-4", "wd-001", wd_date=0, wd_scope=1, wd_use_before=0)
    ingest(centre, [site.bundle(centre.keyset, [signed, amended]), site.bundle(centre.keyset, [out])])
    kept = [enrolment("P03-0000-Z"), replace(enrolment("P03-0000-Z"), ver=2, prev="0" * 64, why="1")]
    ingest(centre, [site.bundle(centre.keyset, kept)])
    found = []
    for at_once in (1, 100):
        monkeypatch.setattr(reading, "_SLICE", at_once)
        counts = report(reading.stream_subjects(centre))
        found.append((watched(centre), contradictions(centre, "en"), gathered(centre), counts))
    assert found[0] == found[1]
    seen, _, people, counts = found[0]
    assert people.excluded == counts.excluded == ("P03-7KQF-4",)
    assert "P03-7KQF-4" not in seen.versions
    assert [len(one.revision.values) > 0 for one in seen.versions["P03-0000-Z"]] == [True, True]
    assert len(people.people) == len(seen.subjects) == 7
