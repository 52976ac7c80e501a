"""What the centre says of each site."""

from __future__ import annotations

from dataclasses import replace

import pytest
from centre_builders import claiming, course, enrolment, event, revision, schedule
from centre_sites import FakeClock, SyntheticSite

from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.registering import register, revoke
from anifro_desktop.centre.status import differing_visits, status

CODE = "P03-7KQF-4"


def test_an_empty_centre(centre: Centre) -> None:
    found = status(centre)
    assert found.name == "Synthetic centre"
    assert (found.sites, found.refused, found.differences, found.conflicts) == ((), {}, (), ())


def test_a_site_that_never_sent(centre: Centre, site: SyntheticSite) -> None:
    (one,) = status(centre).sites
    assert (one.site, one.writers, one.chains, one.subjects, one.age) == ("P03", 1, (), 0, None)


def test_numbers_of_a_site(centre: Centre, site: SyntheticSite, clock: FakeClock) -> None:
    revisions = [*course(CODE, due="m24"), enrolment("P03-0000-Z"), schedule("P03-0000-Z", "m06")]
    revisions.append(enrolment("P03-1111-1", outcome=2))
    ingest(centre, [site.bundle(centre.keyset, revisions)])
    clock.forward(days=11, hours=3)
    (one,) = status(centre).sites
    assert (one.subjects, one.enrolled, one.visits) == (3, 2, 4)
    assert (one.served, one.due) == (3, 4)
    assert (one.differing, one.not_verifiable, one.bad_records) == (0, 0, 0)
    assert one.age == 11
    (chain,) = one.chains
    assert (chain.last, chain.held, chain.missing, chain.frozen) == (1, (), (), False)


def test_no_visit_is_expected_of_who_withdrew_before_its_window_closed(
    centre: Centre, site: SyntheticSite
) -> None:
    gone = event(CODE, "wd-001", wd_date=400, wd_scope=1, wd_last_contact=400, wd_use_before=1)
    ingest(centre, [site.bundle(centre.keyset, [*course(CODE, due="m24", visits=("baseline", "m06")), gone])])
    (one,) = status(centre).sites
    assert (one.served, one.due) == (1, 1)  # the window of month 12 closes on day 410


def test_what_waits_and_what_is_missing(centre: Centre, site: SyntheticSite) -> None:
    bundles = [site.bundle(centre.keyset, [item]) for item in course(CODE)[:5]]
    ingest(centre, [bundles[2], bundles[4]])
    (chain,) = status(centre).sites[0].chains
    assert (chain.last, chain.held, chain.missing, chain.age) == (0, (3, 5), (1, 2, 4), None)
    ingest(centre, [bundles[0]])
    (chain,) = status(centre).sites[0].chains
    assert (chain.last, chain.held, chain.missing) == (1, (3, 5), (2, 4))


def test_findings_are_listed(centre: Centre, site: SyntheticSite) -> None:
    revisions = [item for item in course(CODE) if item.visit != "baseline"]
    revisions = claiming(revisions, "m24", doris={"value": True})
    revisions.append(replace(revision(CODE, "u01", "phga", {}, 9), values={"phga": "very"}))
    ingest(centre, [site.bundle(centre.keyset, revisions), b"nothing of ours"])
    found = status(centre)
    (one,) = found.sites
    assert (one.differing, one.not_verifiable, one.bad_records) == (1, 3 + 3 * 4, 1)
    assert found.refused == {"not_a_bundle": 1}
    assert {row.rule for row in found.differences if row.kind == "differs"} == {"doris"}
    assert differing_visits(centre) == 1


def test_the_age_of_data_from_a_clock_that_is_ahead(
    centre: Centre, site: SyntheticSite, clock: FakeClock
) -> None:
    ingest(centre, [site.bundle(centre.keyset, course(CODE))])
    clock.forward(hours=-5)
    assert status(centre).sites[0].age == 0
    clock.forward(days=-365)
    assert status(centre).sites[0].age == -365


@pytest.mark.parametrize(
    ("days", "italian", "english"),
    [
        (None, "non è ancora arrivato nulla", "nothing came yet"),
        (0, "dati di oggi", "data of today"),
        (1, "dati di 1 giorno fa", "data 1 day old"),
        (-1, "dati con una data avanti di 1 giorno: controllare", "data dated 1 day ahead: check the clock"),
        (
            -365,
            "dati con una data avanti di 365 giorni: controllare",
            "data dated 365 days ahead: check the clock",
        ),
    ],
)
def test_how_old_the_data_are_is_said(days: int | None, italian: str, english: str) -> None:
    from anifro_desktop.commands.centre_standing import _age

    assert _age(days, "it").startswith(italian)
    assert _age(days, "en").startswith(english)


def test_what_came_before_its_sender_was_registered_is_refused_no_more(centre: Centre) -> None:
    other = SyntheticSite("P01")
    bundle = other.bundle(centre.keyset, course("P01-0000-N"))
    ingest(centre, [bundle, b"nothing of ours"])
    assert status(centre).refused == {"not_a_bundle": 1, "unknown_key": 1}
    register(centre, other.card_bytes, other.card.fingerprint)
    ingest(centre, [bundle])
    assert status(centre).refused == {"not_a_bundle": 1}


def test_a_fork_and_a_revocation_show(centre: Centre, site: SyntheticSite) -> None:
    first = site.bundle(centre.keyset, [])
    site.seq, site.prev = 1, "0" * 64
    ingest(centre, [first, site.bundle(centre.keyset, course(CODE))])
    revoke(centre, "P03", site.writer, "stolen")
    (one,) = status(centre).sites
    assert (one.writers, len(one.revoked), one.chains[0].frozen) == (1, 1, True)


def test_sites_are_apart(centre: Centre, site: SyntheticSite) -> None:
    other = SyntheticSite("P01")
    register(centre, other.card_bytes, other.card.fingerprint)
    ingest(centre, [other.bundle(centre.keyset, course("P01-0000-N"))])
    one, two = status(centre).sites
    assert (one.site, one.subjects) == ("P01", 1)
    assert (two.site, two.subjects) == ("P03", 0)
