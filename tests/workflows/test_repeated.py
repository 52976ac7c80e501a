"""Whether the reason for an erasure repeats what goes: every writing of a name or a date, and no reason too many."""

from __future__ import annotations

from datetime import date

import pytest

from anifro_desktop.identity import Identity
from anifro_desktop.workflows.repeated import repeats_identity, repeats_text

TEXTS = ("D'Améli", "Maria Rosaria", "1987-06-05", "DMLMRS87H45H501X", "050 7654321", "m.dameli@example.org")
KNOWN = [Identity("Verdi", "Lia", None)]


@pytest.mark.parametrize(
    "reason",
    [
        "Ameli is not her name",
        "DAMELI? no, d'AMÉLI",
        "typed for Rosaria",
        "born 5/6/1987",
        "born 05.06.87",
        "born 19870605",
        "code dmlmrs87h45h501x",
        "telephone 0507654321",
    ],
)
def test_any_writing_of_an_identity_is_found(reason: str) -> None:
    assert repeats_identity(reason, TEXTS)


@pytest.mark.parametrize(
    "reason",
    [
        "typed by mistake",
        "wrong patient, found on 23/11/2026",
        "a name in a comment",
        "see folder 12",
        "d. m.",
    ],
)
def test_a_reason_that_says_nothing_of_it_is_taken(reason: str) -> None:
    assert not repeats_identity(reason, TEXTS)


@pytest.mark.parametrize(
    ("reason", "repeated"),
    [
        ("a name in the comment", False),
        ("typed in the corridor", False),
        ("Rossi was named", True),
        ("rossi was named", True),
        ("the text: saw mr rossi in the corridor, 4711", True),
        ("number 4711", True),
        ("room 12", False),
    ],
)
def test_of_a_free_text_names_and_numbers_count(reason: str, repeated: bool) -> None:
    assert repeats_text(reason, ["saw mr Rossi in the corridor, 4711"], KNOWN) == repeated


def test_a_name_known_here_counts_in_small_letters_too() -> None:
    assert repeats_text("not verdi", ["told by lia verdi"], KNOWN)
    assert not repeats_text("not told", ["told by lia verdi"], KNOWN)


def test_the_day_of_birth_alone_is_no_date() -> None:
    assert not repeats_identity("on the 5th of 6 months", [date(1987, 6, 5).isoformat()])
