"""Entered = sealed = received = merged, for each form of each patient; every difference is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from mistake_acts import void
from study_parts import DAY_0, PASSPHRASE, Pisa, enrol, fill, signed

from anifro_desktop.workflows import receiving, reconciling, sending, visits
from anifro_desktop.workflows.reconciling import Counts
from anifro_desktop.workflows.site import Site

MONTH_6 = date(2026, 9, 3)


def hear(site: Site, pisa: Pisa, stick: Path, **facts: Any) -> None:
    """The centre's receipt for all that was sealed, with its counts."""
    name, data = pisa.receipt(site, **{"counts": all_of(site)} | facts)
    (stick / name).write_bytes(data)
    receiving.receive(site, stick / name)


def all_of(site: Site) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in site.clinical.bundles():
        for subject, forms in row.contents.items():
            for form, count in forms.items():
                found.setdefault(subject, {}).setdefault(form, 0)
                found[subject][form] += count
    return found


def totals(counts: Counts) -> tuple[int, int, int, int]:
    return tuple(counts.total(name) for name in ("entered", "sealed", "received", "merged"))  # type: ignore[return-value]


def gaps(counts: Counts) -> list[tuple[str, int]]:
    return [(gap.kind, gap.count) for gap in counts.gaps]


@pytest.fixture
def subject(site: Site) -> str:
    code = enrol(site)
    signed(site, code, "baseline", DAY_0)
    return code


def test_everything_agrees_once_the_centre_has_it(site: Site, subject: str, pisa: Pisa, stick: Path) -> None:
    before = reconciling.counts(site)
    assert gaps(before) == [("not_sealed", before.total("entered"))]
    assert not before.wrong
    assert before.total("entered") == sum(len(one.records) for one in sending.preview(site).leaving)
    sending.export(site, stick)
    sealed = reconciling.counts(site)
    assert sealed.total("entered") == before.total("entered")
    assert gaps(sealed) == [("not_received", sealed.total("sealed"))]
    assert sealed.gaps[0].bundles == (1,)
    hear(site, pisa, stick)
    after = reconciling.counts(site)
    assert after.agree
    assert after.told == "2026-11-23T10:00:00Z"
    assert len(set(totals(after))) == 1
    assert after.total("merged") > 10
    assert {line.subject for line in after.lines} == {subject}


def test_what_is_not_signed_is_waiting_and_named(site: Site, subject: str, pisa: Pisa, stick: Path) -> None:
    sending.export(site, stick)
    hear(site, pisa, stick)
    visit = fill(site, subject, "m06", MONTH_6, 1)
    visits.complete(site, visit)
    found = reconciling.counts(site)
    assert [gap.kind for gap in found.gaps] == ["not_sealed"]
    assert found.gaps[0].subjects == (subject,)


def test_a_version_the_centre_did_not_take_is_named(
    site: Site, subject: str, pisa: Pisa, stick: Path
) -> None:
    sending.export(site, stick)
    there = all_of(site)
    there[subject]["laboratory"] -= 1
    there[subject] = {form: count for form, count in there[subject].items() if count}
    hear(site, pisa, stick, counts=there)
    found = reconciling.counts(site)
    assert gaps(found) == [("not_merged", 1)]
    assert found.wrong
    (line,) = (one for one in found.lines if one.merged != one.received)
    assert (line.form, line.merged, line.received) == ("laboratory", 0, 1)


def test_more_at_the_centre_than_here_is_named(site: Site, subject: str, pisa: Pisa, stick: Path) -> None:
    """As after a restore from a backup that is older than the last bundle."""
    sending.export(site, stick)
    there = all_of(site)
    there[subject]["laboratory"] += 2
    hear(site, pisa, stick, counts=there)
    found = reconciling.counts(site)
    assert gaps(found) == [("more_there", 2)]
    assert found.wrong


def test_a_patient_at_the_centre_who_is_not_here_is_named(
    site: Site, subject: str, pisa: Pisa, stick: Path
) -> None:
    """As after a restore from a backup of before he was enrolled."""
    sending.export(site, stick)
    hear(site, pisa, stick, counts=all_of(site) | {"P03-Q7WXA": {"enrolment": 1, "phga": 2}})
    found = reconciling.counts(site)
    assert [(gap.kind, gap.count, gap.subjects) for gap in found.gaps] == [("more_there", 3, ("P03-Q7WXA",))]
    assert found.wrong


def test_mistakes_that_never_left_are_no_difference(
    site: Site, subject: str, pisa: Pisa, stick: Path
) -> None:
    sending.export(site, stick)
    visit = fill(site, subject, "m06", MONTH_6, 1)
    visits.sign(site, visit, "responsible", PASSPHRASE)
    void(site, subject, "m06", 3)
    sending.export(site, stick)
    hear(site, pisa, stick)
    found = reconciling.counts(site)
    assert found.agree
    assert found.total("mistakes") > 0
    assert found.total("entered") == found.total("sealed") + found.total("mistakes")


def test_a_receipt_without_counts_says_so(site: Site, subject: str, pisa: Pisa, stick: Path) -> None:
    sending.export(site, stick)
    hear(site, pisa, stick, counts=None)
    found = reconciling.counts(site)
    assert gaps(found) == [("not_told", 0)]
    assert all(line.merged is None for line in found.lines)


def test_a_bundle_that_waits_at_the_centre_is_not_received(
    site: Site, subject: str, pisa: Pisa, stick: Path
) -> None:
    sending.export(site, stick)
    hear(site, pisa, stick, acked_to=0, items=(), missing=(1,), counts={})
    found = reconciling.counts(site)
    assert [(gap.kind, gap.bundles) for gap in found.gaps] == [("not_received", (1,))]


def test_contents_that_do_not_fit_the_positions_are_found(site: Site, subject: str, stick: Path) -> None:
    """The counts have sources of their own: one that lies is noticed."""
    from anifro_desktop.store.schema import POSITION

    sending.export(site, stick)
    record = site.clinical.revisions(subject, "baseline", "laboratory")[0]
    with site.clinical.transaction() as tx:
        tx.put(POSITION, {"epoch": 1, "record": record.id, "ver": 1})
        tx.connection.exec_driver_sql("UPDATE outbox SET contents = '{}'")
    assert reconciling.counts(site).gaps[0].kind == "out_of_step"
