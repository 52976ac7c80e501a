"""Enrolling: the age from an identity that stays apart, screening failures kept, doubles found, nothing typed lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from study_parts import ENROLMENT, PASSPHRASE, TestClock, dump, enrol, opened_site, someone, type_in

from anifro_desktop.identity import Identity, check_letter
from anifro_desktop.store.errors import WrongPassphrase
from anifro_desktop.study.subject_code import check_code
from anifro_desktop.workflows import patients, visits
from anifro_desktop.workflows.errors import IdentityNeeded, IdentityRefused, NotReady
from anifro_desktop.workflows.site import Site

TYPED_WRONG = 1  # of the list `change_reason`
TAX_CODE = "SNTPRV91E60G702"
TAX_CODE += check_letter(TAX_CODE)


def test_an_enrolled_patient_has_a_code_an_age_and_a_signed_form(site: Site) -> None:
    subject = enrol(site)
    assert check_code(subject) == subject
    (row,) = patients.patients(site)
    assert (row.subject, row.status, row.sex, row.age) == (subject, "enrolled", "female", 34)
    assert row.enrolled == date(2026, 3, 4)
    assert row.name == "Sintetica-001 Prova"
    forms = {item.form: item for item in site.clinical.revisions(subject, "")}
    assert set(forms) == {"enrolment", "classification"}
    assert {(item.ver, item.signature["meaning"]) for item in forms.values()} == {(1, "responsible")}
    form = forms["enrolment"]
    assert form.values["age_at_enrolment"] == 34
    assert form.values["screening_outcome"] == 1
    assert form.values["enrolment_half"] == "2026H1"


def test_the_clinical_database_never_learns_who_a_patient_is(site: Site) -> None:
    subject = enrol(site, someone(phone="+39 050 000000", email="prova@example.org", tax_code=TAX_CODE))
    assert patients.read_identity(site, subject) == someone(
        phone="+39 050 000000", email="prova@example.org", tax_code=TAX_CODE
    )
    told = str(dump(site)) + str(site.clinical.audit_entries())
    for secret in ("sintetica", "1991-05-20", "syn00001", TAX_CODE.lower(), "050 000000", "example.org"):
        assert secret not in told.lower()


@pytest.mark.parametrize("criterion", ["incl_classification", "incl_active_disease", "incl_anifrolumab"])
def test_a_screening_failure_is_kept(criterion: str, site: Site) -> None:
    subject = enrol(site, **{criterion: "0"})
    (row,) = patients.patients(site)
    assert (row.subject, row.status, row.due) == (subject, "screening_failure", None)
    (form,) = site.clinical.revisions(subject, "", "enrolment")
    assert form.values["screening_outcome"] == 2
    assert form.signature


def test_a_patient_under_eighteen_is_a_screening_failure(site: Site) -> None:
    enrol(site, someone(birth_date=date(2008, 3, 5)))
    assert [(row.age, row.status) for row in patients.patients(site)] == [(17, "screening_failure")]


def test_the_birthday_counts_on_its_day(site: Site) -> None:
    enrol(site, someone(birth_date=date(2008, 3, 4)))
    assert [(row.age, row.status) for row in patients.patients(site)] == [(18, "enrolled")]


def test_an_enrolment_needs_a_person(site: Site) -> None:
    opened = patients.start_enrolment(site)
    type_in(site, opened, ENROLMENT)
    for identity in (None, Identity(surname="Sintetica"), someone(birth_date=None)):
        if identity is not None:
            patients.save_identity(site, opened.subject, identity)
        with pytest.raises(IdentityNeeded):
            patients.finish_enrolment(site, opened, PASSPHRASE)
    assert site.clinical.revisions(latest=False) == ()
    assert [row.status for row in patients.patients(site)] == ["screening"]


@pytest.mark.parametrize(
    ("part", "value"),
    [("tax_code", TAX_CODE[:-1] + "0"), ("tax_code", "NOT A TAX CODE"), ("birth_date", date(2026, 11, 24))],
)
def test_an_identity_that_cannot_be_right_is_refused_without_saying_it(
    part: str, value: str | date, site: Site
) -> None:
    opened = patients.start_enrolment(site)
    with pytest.raises(IdentityRefused) as refused:
        patients.save_identity(site, opened.subject, someone(**{part: value}))
    assert str(value) not in str(refused.value)
    assert patients.read_identity(site, opened.subject) is None


@pytest.mark.parametrize("part", ["surname", "name", "tax_code", "hospital_number", "phone", "email"])
@pytest.mark.parametrize("sign", ["\n", "\r", "\t", "\x07", "\u2028", "\u202e"])
def test_no_part_of_an_identity_holds_a_line_break_or_a_control_character(
    part: str, sign: str, site: Site
) -> None:
    text = TAX_CODE if part == "tax_code" else "Sintetica"
    opened = patients.start_enrolment(site)
    with pytest.raises(IdentityRefused) as refused:
        patients.save_identity(site, opened.subject, someone(**{part: f"{text[:4]}{sign}{text[4:]}"}))
    assert refused.value.params == {"why": "characters", "part": part}
    assert patients.read_identity(site, opened.subject) is None


def test_a_birth_after_the_enrolment_is_refused_and_nothing_is_finished(site: Site) -> None:
    opened = patients.start_enrolment(site)
    patients.save_identity(site, opened.subject, someone(birth_date=date(2026, 3, 5)))
    type_in(site, opened, ENROLMENT)
    with pytest.raises(IdentityRefused):
        patients.finish_enrolment(site, opened, PASSPHRASE)
    assert site.clinical.revisions(latest=False) == ()


def test_a_hard_problem_or_a_wrong_passphrase_finishes_nothing(site: Site) -> None:
    opened = patients.start_enrolment(site)
    patients.save_identity(site, opened.subject, someone())
    type_in(site, opened, {**ENROLMENT, "consent_date": "2026-03-05"})
    with pytest.raises(NotReady):
        patients.finish_enrolment(site, opened, PASSPHRASE)
    type_in(site, opened, {"consent_date": "2026-03-04"})
    before = dump(site)
    with pytest.raises(WrongPassphrase):
        patients.finish_enrolment(site, opened, "another passphrase")
    assert dump(site) == before


@pytest.mark.parametrize(
    "other",
    [
        {"surname": "SINTETICA", "name": "Prova"},
        {"surname": "Sintètica", "name": "Pròva"},
        {"surname": "Sintetica", "name": "Prva"},
        {"surname": "Prova", "name": "Sintetica"},
        {"surname": "Un'altra", "name": "Persona", "hospital_number": "syn00001"},
        {"surname": "Un'altra", "name": "Persona", "tax_code": TAX_CODE.lower()},
    ],
)
def test_somebody_who_may_be_known_is_named(other: dict[str, str], site: Site) -> None:
    known = enrol(site, someone(surname="Sintetica", tax_code=TAX_CODE))
    opened = patients.start_enrolment(site)
    found = patients.doubles(site, opened.subject, someone(**({"hospital_number": ""} | other)))
    assert [double.subject for double in found] == [known]
    assert found[0].alike >= 85


def test_somebody_else_is_nobodys_double(site: Site) -> None:
    known = enrol(site, someone(surname="Sintetica"))
    other = someone(surname="Verdi", name="Altra", birth_date=date(1970, 1, 1), hospital_number="")
    assert patients.doubles(site, "P03-AAAA-A", other) == []
    assert patients.doubles(site, known, someone(surname="Sintetica")) == []


def test_an_enrolment_begun_is_there_again_with_all_that_was_typed(
    site_folder: Path, clock: TestClock
) -> None:
    site = opened_site(site_folder, clock)
    opened = patients.start_enrolment(site)
    patients.save_identity(site, opened.subject, someone())
    type_in(site, opened, {"consent_date": "2026-03-04", "sex": "2", "enrolment_date": "31/12"})
    site.close()
    site = opened_site(site_folder, clock)
    again = patients.open_enrolment(site, opened.subject)
    assert again.session.answers["consent_date"] == date(2026, 3, 4)
    assert again.session.answers["sex"] == 2
    assert again.session.state("enrolment_date").raw_text == "31/12"
    assert patients.read_identity(site, opened.subject) == someone()
    site.close()


def test_a_code_begun_and_left_without_a_word_is_used_again(site: Site) -> None:
    first = patients.start_enrolment(site)
    second = patients.start_enrolment(site)
    assert second.subject == first.subject
    type_in(site, second, {"sex": "1"})
    assert patients.start_enrolment(site).subject != first.subject


def test_patients_are_found_by_code_and_by_name_without_accents(site: Site) -> None:
    subject = enrol(site, someone(surname="D’Alò-Sintetica", name="Niccolò"))
    enrol(site, someone(2, surname="Verdi", name="Prova"))
    for text in (subject, subject.lower().replace("-", ""), "alo sintet", "NICCOLO", "d'alo"):
        assert [row.subject for row in patients.find(site, text)] == [subject]
    assert patients.find(site, "nobody") == []


def test_an_enrolment_that_is_corrected_corrects_what_lists_and_schedules_know(site: Site) -> None:
    subject = enrol(site)
    opened = patients.open_enrolment(site, subject)
    visits.amend(site, opened, TYPED_WRONG)
    opened.session.set_value("sex", 2)
    opened.session.set_value("enrolment_date", date(2025, 12, 30))
    visits.save_draft(site, opened, opened.session.entries(["sex", "enrolment_date"]))
    visits.complete(site, opened)
    (row,) = patients.patients(site)
    assert (row.sex, row.enrolled, row.status) == ("male", date(2025, 12, 30), "enrolled")
    (form,) = site.clinical.revisions(subject, "", "enrolment")
    assert form.values["enrolment_half"] == "2025H2"
