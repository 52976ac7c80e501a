"""The trail knows when the computer was in the patient's hands; only the passphrase gets it back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from study_parts import PASSPHRASE, TestClock, enrol, open_site, opened_site

from anifro_desktop.store.errors import WrongPassphrase
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.workflows import handing, people, visits
from anifro_desktop.workflows.errors import NotYourRole
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site


def acts(site: Site) -> list[tuple[str, str, object]]:
    """What the trail says of acts since the unlocking."""
    entries = [item.entry for item in site.clinical.audit_entries(table="act")]
    return [(entry.field, entry.record, entry.new) for entry in entries if entry.field != "unlock"]


def test_what_the_patient_answers_stands_in_the_trail_between_two_acts(site: Site) -> None:
    subject = enrol(site)
    visit = visits.open_visit(site, subject, "baseline", date(2026, 3, 4))
    before = len(acts(site))
    handing.hand_over(site, visit, ["sf36", "scales"])
    visits.save_draft(site, visit, visit.session.entries(visit.session.set_text("sf36_1", "3").fields))
    with pytest.raises(WrongPassphrase):
        handing.take_back(site, visit, "not this one at all")
    assert len(acts(site)) == before + 1
    handing.take_back(site, visit, PASSPHRASE)
    about = f"{subject}/baseline"
    assert acts(site)[before:] == [
        ("handed_over", about, {"forms": ["sf36", "scales"]}),
        ("taken_back", about, None),
    ]


def test_somebody_who_enters_nothing_hands_nothing_over(site_folder: Path, clock: TestClock) -> None:
    site = opened_site(site_folder, clock)
    subject = enrol(site)
    visits.open_visit(site, subject, "baseline", date(2026, 3, 4))
    people.add(site, Person("U03", "Prova Tre", ("monitor",)), PASSPHRASE, temporary=False, cost=FLOOR)
    site.close()
    monitor = open_site(site_folder, clock, "U03")
    visit = visits.open_visit(monitor, subject, "baseline", date(2026, 3, 4))
    with pytest.raises(NotYourRole):
        handing.hand_over(monitor, visit, ["sf36"])
    monitor.close()
