"""One is said as one, in both languages, wherever a command counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from anifro_desktop.centre.words import spoken
from anifro_desktop.commands import sync_words
from anifro_desktop.commands.count_words import centre_counted, lacking, size_of_table
from anifro_desktop.commands.counting import counted
from anifro_desktop.commands.refusals import said
from anifro_desktop.commands.site_sync import gap_words
from anifro_desktop.errors import Refusal
from anifro_desktop.store.backup_errors import BackupUnsound
from anifro_desktop.workflows.errors import DataAltered
from anifro_desktop.workflows.reconciling import Gap


@pytest.mark.parametrize(
    ("what", "count", "italian", "english"),
    [
        ("records", 1, "1 scheda o risposta", "1 form or answer"),
        ("records", 0, "0 schede o risposte", "0 forms or answers"),
        ("bad", 1, "1 scheda non accolta", "1 form not taken"),
        ("bad", 21, "21 schede non accolte", "21 forms not taken"),
        ("differences", 1, "1 punteggio diverso", "1 score differs"),
        ("patients", 1, "1 paziente", "1 patient"),
        ("patients", 2, "2 pazienti", "2 patients"),
        ("serious", 1, "evento avverso grave 1", "serious adverse event 1"),
        ("asked", 1, "1 richiesta aspetta la sede", "1 question waits for the site"),
        ("asked", 2, "2 richieste aspettano la sede", "2 questions wait for the site"),
        ("answered", 1, "1 aspetta Pisa", "1 waits for Pisa"),
        ("verified", 1, "1 verifica con la fonte", "1 source verification"),
    ],
)
def test_the_centre_counts_in_one_and_in_many(what: str, count: int, italian: str, english: str) -> None:
    assert centre_counted(what, count, "it") == italian
    assert centre_counted(what, count, "en") == english


def test_one_missing_bundle_and_one_row_are_singular() -> None:
    assert lacking((3,), "it") == "manca 3"
    assert lacking((3, 4), "it") == "mancano 3, 4"
    assert size_of_table(1, 2, "it") == "1 riga, 2 variabili"


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize(
    "kind", ["not_sealed", "not_received", "not_merged", "more_there", "out_of_step", "not_told"]
)
def test_what_differs_between_the_counts_is_said_of_one_version(kind: str, lang: str) -> None:
    one, two = (gap_words(Gap(kind, count, bundles=(2,)), lang) for count in (1, 2))
    assert ("1 version" in one) == (kind != "not_told")
    assert not any(wrong in one for wrong in ("1 versioni", "1 versions", "sono", "have left", "count as"))
    assert "{" not in one + two
    assert (one == two) == (kind == "not_told")


@pytest.mark.parametrize(
    ("name", "facts", "italian", "english"),
    [
        (
            "leaves",
            {"number": "0002", "records": 1, "patients": 1},
            "Pacchetto 0002: 1 scheda di 1 paziente",
            "Bundle 0002: 1 record of 1 patient",
        ),
        (
            "others",
            {"count": 1},
            "  e 1 altro, solo per i tre fatti insieme",
            "  and 1 other, only by the three facts together",
        ),
    ],
)
def test_what_leaves_is_said_of_one(name: str, facts: dict[str, Any], italian: str, english: str) -> None:
    words = sync_words.REVIEW[name]
    assert counted(words.it, **facts) == italian
    assert counted(words.en, **facts) == english


def test_one_patient_who_could_be_recognised_is_one() -> None:
    told = counted(sync_words.REVIEW["rare"].it, few=1, patients=2, least=3)
    assert told.startswith("1 di 2 pazienti ha sesso")
    assert "può riconoscerlo" in told


@pytest.mark.parametrize(
    ("refusal", "italian", "english"),
    [
        (BackupUnsound, ("1 errore nei dati", "2 errori nei dati"), ("1 fault in", "2 faults in")),
        (DataAltered, ("1 punto in cui", "2 punti in cui"), ("1 place where", "2 places where")),
    ],
)
def test_what_a_check_found_is_said_of_one(
    refusal: Callable[[int], Refusal], italian: tuple[str, str], english: tuple[str, str]
) -> None:
    for count, one, other in zip((1, 2), italian, english, strict=True):
        assert f"trovato {one}" in said(refusal(count), "it")
        assert f"found {other}" in said(refusal(count), "en")
    assert "trovato 1 errore nei dati" in spoken(BackupUnsound(1), "it")
