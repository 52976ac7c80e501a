"""Whose row it is: patients who are here already, too like another, not clear, or named by their study code."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from import_parts import (
    FIRST,
    MAPPING,
    OTHER,
    SECOND,
    acts,
    bring,
    csv_of,
    reasons,
    states,
)
from leaks import Search
from study_parts import DAY_0, enrol, keys_of, someone

from anifro_desktop.workflows import patients
from anifro_desktop.workflows.site import Site


def test_a_patient_who_is_here_already_is_recognised_or_named(site: Site) -> None:
    person = someone(1, surname="Sintetica", name="Prova")
    subject = enrol(site, person)
    taken = bring(site, csv_of(FIRST, SECOND))
    assert {outcome.subject for outcome in taken.outcomes} == {subject}
    near = bring(site, csv_of(FIRST | {"id": "9", "cognome": "Sintetika"}), apply=False)
    assert reasons(near.outcomes[0]) == ["row_double"]
    assert subject in near.outcomes[0].reasons[0].what.get("it")
    assert subject not in near.outcomes[0].reasons[0].what.plain("it")


def test_another_person_of_the_same_name_is_enrolled_once_the_mapping_says_so(site: Site) -> None:
    first = bring(site, csv_of(FIRST))
    twin = MAPPING.replace('key = "id"', 'key = "id"\nanother_person = ["5"]')
    taken = bring(site, csv_of(FIRST | {"id": "5"}), twin)
    assert states(taken) == ["new"]
    assert taken.outcomes[0].subject != first.outcomes[0].subject
    assert states(bring(site, csv_of(FIRST | {"id": "5"}), twin)) == ["there"]
    assert reasons(bring(site, csv_of(FIRST | {"id": "6"})).outcomes[0]) == ["row_several"]


def test_somebody_too_like_another_row_is_refused_in_the_trial_and_in_the_import(site: Site) -> None:
    slip = FIRST | {"id": "3", "cognome": "Sintetika"}
    for apply in (False, True):
        taken = bring(site, csv_of(FIRST, slip), apply=apply)
        assert reasons(taken.outcomes[1]) == ["row_double_row"]


def test_one_person_under_two_keys_of_the_file_is_refused(site: Site) -> None:
    for apply in (False, True):
        taken = bring(site, csv_of(FIRST, FIRST | {"id": "3"}), apply=apply)
        assert reasons(taken.outcomes[1]) == ["row_same_person"]
    assert len(patients.patients(site)) == 1


def test_rows_by_study_code_need_no_names_and_must_not_name_somebody_else(site: Site) -> None:
    subject = enrol(site, someone(1, surname="Sintetica", name="Prova"))
    mapping = MAPPING.replace('key = "id"', f'key = "id"\n[subject.codes]\n1 = "{subject}"')
    assert states(bring(site, csv_of(SECOND), mapping)) == ["new"]
    wrong = bring(site, csv_of({"id": "1", "visita": "04/06/2026", **_who(OTHER)}), mapping)
    assert reasons(wrong.outcomes[0]) == ["row_identity"]
    by_column = MAPPING.replace('key = "id"', 'code = "id"')
    assert states(bring(site, csv_of(SECOND | {"id": subject.lower()}), by_column)) == ["there"]
    assert reasons(bring(site, csv_of(SECOND | {"id": "P03-7KQF-W"}), by_column).outcomes[0]) == ["row_code"]


def _who(row: dict[str, str]) -> dict[str, str]:
    return {name: row[name] for name in ("cognome", "nome", "nato")}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((SECOND,), "row_nobody"),
        ((FIRST | {"id": ""},), "row_no_key"),
        ((FIRST, SECOND | {"cognome": "Sintetika"}), "row_identities"),
        ((FIRST | {"nato": "20/05/91"},), "cell_date"),
        ((FIRST | {"nato": "20/05/2027"},), "row_identity_refused"),
        ((FIRST | {"nato": "05/03/2026"},), "row_identity_refused"),
    ],
)
def test_a_person_who_is_not_clear_is_nobody(site: Site, rows: tuple[dict[str, str], ...], code: str) -> None:
    for apply in (False, True):
        taken = bring(site, csv_of(*rows), apply=apply)
        assert states(taken) == ["refused"] * len(rows)
        assert code in reasons(taken.outcomes[0])
    assert patients.patients(site) == []


def test_a_name_with_the_spaces_of_excel_is_taken(site: Site) -> None:
    bring(site, csv_of(FIRST | {"cognome": "De\u00a0 Sintetica"}))
    assert [row.name for row in patients.patients(site)] == ["De Sintetica Prova"]


def test_names_go_to_the_identity_file_and_into_no_file_or_sentence(site: Site, site_folder: Path) -> None:
    odd = csv_of(FIRST, SECOND, OTHER | {"nato": "31/02/1979"}, FIRST | {"id": "7", "cognome": "Sintetika"})
    taken = bring(site, odd)
    told = [remark for outcome in taken.outcomes for remark in (*outcome.reasons, *outcome.notes)]
    said = "\n".join(remark.what.get(lang) + remark.column for remark in told for lang in ("it", "en"))
    search = Search(("Sintetica", "Sintetico", "Sintetika"), (date(1991, 5, 20), DAY_0, date(2026, 9, 4)))
    assert told
    assert search.find(said.encode()) == set()
    assert search.find(json.dumps(acts(site)).encode()) == set()
    identity = site.names[taken.outcomes[0].subject]
    assert (identity.surname, identity.birth_date) == ("Sintetica", date(1991, 5, 20))
    site.clinical.checkpoint()
    assert search.in_files(site_folder) == {}
    assert keys_of(site_folder).site == "P03"
