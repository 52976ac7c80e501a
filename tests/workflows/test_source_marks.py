"""Source verification: who may mark, what a mark covers, that it falls visibly, and that it reaches the centre."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from study_parts import DAY_0, PASSPHRASE, Pisa, TestClock, fill, open_site, sent_records, signed, type_in

from anifro_desktop.commands.refusals import said
from anifro_desktop.store.slots import User
from anifro_desktop.store.staff import add_user
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.workflows import sending, source_marks, visits
from anifro_desktop.workflows.errors import NotYourRole
from anifro_desktop.workflows.exchange_errors import MarkRefused
from anifro_desktop.workflows.site import Site, unlock

LABORATORY, FIELD = "laboratory", "platelets"


@contextmanager
def monitoring(folder: Path, clock: TestClock) -> Iterator[Site]:
    """The site, unlocked by a monitor."""
    opened = unlock(folder, "U03", PASSPHRASE, clock)
    try:
        yield opened
    finally:
        opened.close()


@pytest.fixture
def monitored(site: Site, subject: str, site_folder: Path) -> str:
    """A patient with a signed baseline, at a site with a monitor; closed."""
    signed(site, subject, "baseline", DAY_0)
    add_user(site.folder, site.keys, User("U03", "Marco Inventato", ("monitor",)), PASSPHRASE, cost=FLOOR)
    site.close()
    return subject


def amended(folder: Path, clock: TestClock, subject: str, **answers: Any) -> None:
    site = open_site(folder, clock)
    visit = visits.open_visit(site, subject, "baseline", date(2026, 3, 4))
    visits.amend(site, visit, 1)
    type_in(site, visit, answers)
    visits.complete(site, visit)
    site.close()


def states(site: Site, subject: str) -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    found = source_marks.verified(site, subject, "baseline")
    return {place: (one.state, one.changed) for place, one in found.items()}


def test_a_monitor_marks_a_form_and_a_question(site_folder: Path, clock: TestClock, monitored: str) -> None:
    with monitoring(site_folder, clock) as site:
        source_marks.mark(site, monitored, "baseline", LABORATORY)
        source_marks.mark(site, monitored, "baseline", "vitals", "weight_kg")
        assert states(site, monitored) == {
            (LABORATORY, ""): ("verified", ()),
            ("vitals", "weight_kg"): ("verified", ()),
        }
        source_marks.unmark(site, monitored, "baseline", LABORATORY)
        assert set(states(site, monitored)) == {("vitals", "weight_kg")}
        acts = [one.entry for one in site.clinical.audit_entries(table="act")]
        told = [(one.field, one.user) for one in acts if one.field.startswith("source")]
        assert told == [("source_mark", "U03"), ("source_mark", "U03"), ("source_unmark", "U03")]


def test_a_mark_falls_visibly_when_what_it_is_about_changes(
    site_folder: Path, clock: TestClock, monitored: str
) -> None:
    with monitoring(site_folder, clock) as site:
        source_marks.mark(site, monitored, "baseline", LABORATORY)
        source_marks.mark(site, monitored, "baseline", LABORATORY, FIELD)
        source_marks.mark(site, monitored, "baseline", "vitals")
    amended(site_folder, clock, monitored, haemoglobin="11.9")
    with monitoring(site_folder, clock) as site:
        assert states(site, monitored) == {
            (LABORATORY, ""): ("changed", ("haemoglobin",)),
            (LABORATORY, FIELD): ("verified", ()),
            ("vitals", ""): ("verified", ()),
        }
        source_marks.mark(site, monitored, "baseline", LABORATORY)
        assert states(site, monitored)[LABORATORY, ""] == ("verified", ())
    amended(site_folder, clock, monitored, **{FIELD: "191"})
    with monitoring(site_folder, clock) as site:
        assert states(site, monitored)[LABORATORY, FIELD] == ("changed", (FIELD,))


def test_only_a_monitor_marks(site: Site, subject: str) -> None:
    signed(site, subject, "baseline", DAY_0)
    with pytest.raises(NotYourRole) as refused:
        source_marks.mark(site, subject, "baseline", LABORATORY)
    assert "monitor" in said(refused.value, "it")
    assert site.clinical.marks() == ()


def test_what_is_not_completed_or_being_amended_is_not_marked(
    site_folder: Path, clock: TestClock, monitored: str
) -> None:
    site = open_site(site_folder, clock)
    clock.forward(days=1)
    fill(site, monitored, "m06", date(2026, 9, 3))
    visits.amend(site, visits.open_visit(site, monitored, "baseline", DAY_0), 1)
    site.close()
    with monitoring(site_folder, clock) as opened:
        for visit, why in (("m06", "not_completed"), ("baseline", "amending")):
            with pytest.raises(MarkRefused) as refused:
                source_marks.mark(opened, monitored, visit, LABORATORY)
            assert refused.value.params["why"] == why
        with pytest.raises(MarkRefused):
            source_marks.unmark(opened, monitored, "baseline", LABORATORY)


def test_a_mark_leaves_once_with_the_next_bundle_and_again_in_a_new_epoch(
    site_folder: Path, clock: TestClock, monitored: str, stick: Path, pisa: Pisa
) -> None:
    with monitoring(site_folder, clock) as site:
        source_marks.mark(site, monitored, "baseline", LABORATORY)
    site = open_site(site_folder, clock)
    assert sending.preview(site).marks == 1
    sending.export(site, stick)
    assert sending.preview(site).marks == 0
    (record,) = [
        item
        for row in site.clinical.bundles()
        for item in sent_records(pisa.open(site.clinical.bundle_bytes(row.epoch, row.seq), site))
        if item.form == "source_mark"
    ]
    assert (record.subject, record.who, record.when) == (monitored, "U03", "")
    assert record.values["act"] == "mark"
    site.clinical.start_epoch("put back")
    assert sending.preview(site).marks == 1
    site.close()
