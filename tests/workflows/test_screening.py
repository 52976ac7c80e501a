"""Who the screening of free texts knows: kept with the clinical data, in step with the identities."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from study_parts import PASSPHRASE, PERSON, TestClock, enrol, someone

from anifro_desktop.store.vault import FLOOR
from anifro_desktop.store.verify import verify
from anifro_desktop.workflows import erasing, patients, people, screening
from anifro_desktop.workflows.errors import NoReason, NotYourRole
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site, unlock


def reopened(site: Site, clock: TestClock, user: str = PERSON.code, passphrase: str = PASSPHRASE) -> Site:
    site.close()
    return unlock(site.folder, user, passphrase, clock)


def told(site: Site, text: str) -> bool:
    return not screening.look(site, text).clean


def test_a_person_is_known_from_the_moment_of_saving(site: Site) -> None:
    person = someone(1)
    assert not told(site, f"detto da {person.surname}")
    enrol(site, person)
    assert told(site, f"detto da {person.surname}")
    assert told(site, f"cartella {person.hospital_number}") or not person.hospital_number


def test_a_corrected_name_still_counts_and_an_erased_one_does_not(site: Site, subject: str) -> None:
    former = site.names[subject]
    patients.save_identity(site, subject, replace(former, surname="Quattrocchi", tax_code=""))
    assert told(site, f"con {former.surname} ieri")
    assert told(site, "con Quattrocchi ieri")
    erasing.erase_identity(site, subject, "Typed by mistake", PASSPHRASE, former_only=True)
    assert not told(site, f"con {former.surname} ieri")
    assert told(site, "con Quattrocchi ieri")
    erasing.erase_identity(site, subject, "No patient at all", PASSPHRASE, former_only=False)
    assert not told(site, "con Quattrocchi ieri")
    assert verify(site.clinical) == []


def test_who_may_not_read_identities_screens_all_the_same(site: Site, subject: str, clock: TestClock) -> None:
    surname = site.names[subject].surname
    people.add(site, Person("U09", "Ada Visitatrice", ("monitor",)), PASSPHRASE, temporary=False, cost=FLOOR)
    site = reopened(site, clock, "U09")
    try:
        assert site.identities is None
        assert not site.names
        assert told(site, f"con {surname} ieri")
    finally:
        site.close()


def test_people_who_work_here_count(site: Site) -> None:
    assert told(site, f"deciso con {PERSON.name}")


def test_everybody_is_known_again_where_hashes_are_missing(
    site: Site, subject: str, clock: TestClock
) -> None:
    """A backup of a program before, or one that was cut off between the two files."""
    surname = site.names[subject].surname
    site.clinical.set_known(subject, ())
    site.clinical.set_known("P03-GONE-A", {b"left over"})
    site = reopened(site, clock)
    try:
        assert told(site, f"con {surname} ieri")
        assert site.clinical.known()["P03-GONE-A"] == frozenset()
    finally:
        site.close()


def test_the_clinical_file_holds_no_name(site: Site, subject: str) -> None:
    surname = site.names[subject].surname
    hashes = repr(site.clinical.known())
    assert surname.casefold() not in hashes.casefold()
    trail = repr([item.entry for item in site.clinical.audit_entries(table="screening")])
    assert surname.casefold() not in trail.casefold()
    assert all(one.hex() not in trail for one in site.clinical.known()[subject])


def test_a_text_is_held_until_somebody_lets_it_go_with_a_reason(site: Site, subject: str) -> None:
    text = f"sentita {site.names[subject].surname} al telefono"
    assert screening.is_held(site, "item", text)
    assert screening.leaving(site, "item", text) == "[withheld]"
    with pytest.raises(NoReason):
        screening.release(site, "item", text, " ", subject)
    screening.release(site, "item", text, "A street of that name", subject)
    assert screening.leaving(site, "item", text) == text
    assert screening.is_held(site, "item", text + "."), "another text is another matter"
    assert screening.is_held(site, "other", text)
    (act,) = site.clinical.audit_entries(table="act", field="text_released")
    assert act.entry.reason == "A street of that name"
    assert text not in repr(act)


def test_only_an_investigator_lets_a_text_go(site: Site, subject: str, clock: TestClock) -> None:
    people.add(site, Person("U08", "Ida Scrivana", ("data_entry",)), PASSPHRASE, temporary=False, cost=FLOOR)
    site = reopened(site, clock, "U08")
    try:
        with pytest.raises(NotYourRole):
            screening.release(site, "item", "con Verdi il 12/10/2026", "A reason", subject)
    finally:
        site.close()


def test_a_clean_text_leaves_without_a_word(site: Site, tmp_path: Path) -> None:
    assert screening.leaving(site, "item", "Valore trascritto male") == "Valore trascritto male"
