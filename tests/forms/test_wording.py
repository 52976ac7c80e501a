"""The site's licensed wording: what a file may hold, and every fault of it at once, in words.

All texts are made up: those of real questionnaires are licensed.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from anifro_desktop.forms import load
from anifro_desktop.forms.wording import LONGEST, Worded, Wording, WordingFaults, read, sift, to_bytes

TOML = """
[sf36_1]
label = { it = "Frase uno", en = "Sentence one" }
options.1 = { it = "tanto", en = "a lot" }
options.5 = { it = "niente", en = "nothing" }

[eq_vas]
label = { it = "Un numero\\nsulla scala" }
options.0 = { it = "il peggio" }
options.100 = { it = "il meglio" }
"""


def faults(content: Any, lang: str = "en") -> list[str]:
    """The faults of a file, in words."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(WordingFaults) as refused:
        read(data, load())
    return [fault.text(lang) for fault in refused.value.faults]


def test_a_toml_file_gives_questions_and_answers_their_texts() -> None:
    wording = read(TOML.encode(), load())
    label = wording.label("sf36_1")
    assert label is not None
    assert (label.get("it"), label.get("en")) == ("Frase uno", "Sentence one")
    assert {code: text.it for code, text in wording.options("sf36_1").items()} == {1: "tanto", 5: "niente"}
    assert wording.label("sf36_2") is None
    assert wording.options("sf36_2") == {}


def test_a_text_in_one_language_stands_for_the_other() -> None:
    label = read(TOML.encode(), load()).label("eq_vas")
    assert label is not None
    assert label.get("en") == label.get("it") == "Un numero\nsulla scala"


def test_json_says_the_same_and_what_is_kept_is_read_again() -> None:
    wording = read(TOML.encode(), load())
    again = read(to_bytes(wording), load())
    assert again == wording
    assert json.loads(to_bytes(wording))["sf36_1"]["options"]["5"]["en"] == "nothing"
    assert read(b"\xef\xbb\xbf" + TOML.encode(), load()) == wording  # as a Windows editor saves it


@pytest.mark.parametrize("name", ["platelets", "phga", "visit_date", "arthritis"])
def test_only_questions_that_the_patient_fills_have_wording(name: str) -> None:
    assert faults({name: {"label": {"it": "x"}}}) == [
        f"{name}: this is not a question that the patient fills"
    ]


def test_every_fault_is_told_at_once_in_both_languages() -> None:
    wrong = {
        "sf36_99": {"label": {"it": "x"}},
        "sf36_1": {"label": {"it": "x", "fr": "x"}, "optoins": {}},
        "sf36_2": {"options": {"6": {"it": "x"}, "1": {}}},
        "facit_1": {"label": {"it": " ", "en": "x" * (LONGEST + 1)}, "options": []},
        "facit_2": "x",
        "vas_scale": {"label": {"it": "x\x07"}, "options": {"3": {"it": "x"}, "01": {"it": "x"}}},
    }
    assert faults(wrong) == [
        "sf36_99: the study has no question of this id",
        'sf36_1: "optoins" is not known here; use label, options',
        'sf36_1, label: "fr" is not known here; use it, en',
        "sf36_2: its text (label) is missing",
        'sf36_2: "6" is no answer of this question (1–5)',
        "sf36_2, options.1: the text is missing, in Italian (it) or in English (en)",
        f"facit_1, label.it: a printable text of 1 to {LONGEST} characters is needed",
        f"facit_1, label.en: a printable text of 1 to {LONGEST} characters is needed",
        'facit_1: "options" takes a text for each number, for example 1 = { it = … }',
        'facit_2: "label" and "options" are expected here',
        f"vas_scale, label.it: a printable text of 1 to {LONGEST} characters is needed",
        'vas_scale: "3" is no answer of this question (1, 2)',
        'vas_scale: "01" is no answer of this question (1, 2)',
    ]
    italian = faults(wrong, "it")
    assert len(italian) == len(faults(wrong))
    assert "sf36_2: «6» non è una risposta di questa domanda (1–5)" in italian


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"[sf36_1]\nlabel = { it = 'x'\n", "the file is not valid TOML (line 2)"),
        (b"[sf36_1", "the file is not valid TOML (line 1)"),
        (b'{"sf36_1": {"label": {"it": "x"}}, "sf36_1": {}}', "the file is not valid JSON"),
        (b'{"sf36_1": ', "the file is not valid JSON"),
        ("[sf36_1]\nlabel = { it = 'è' }".encode("latin-1"), "the file is not a text in UTF-8"),
        (b"", "the file holds no question"),
        (b"{}", "the file holds no question"),
    ],
)
def test_what_is_no_such_file_is_told(data: bytes, told: str) -> None:
    assert faults(data) == [told]


def test_no_fault_and_no_refusal_repeats_a_text_of_the_file() -> None:
    """Neither where a text stands where a key should: it may be licensed, and a message may be logged."""
    secret = "Zaffiro Inventato"
    wrong = {
        secret: {"label": {"it": secret}},
        "sf36_1": {
            "label": {"it": secret * 200, secret: "x"},
            secret: 1,
            "options": {secret: {"it": secret}},
        },
        "sf36_2": secret,
    }
    with pytest.raises(WordingFaults) as refused:
        read(json.dumps(wrong).encode(), load())
    assert len(refused.value.faults) == 6
    said = [str(refused.value), repr(refused.value.faults), *faults(wrong, "it")]
    assert not any("zaffiro" in text.lower() for text in said)


def test_what_can_be_used_is_told_from_what_cannot() -> None:
    """A kept file outlives the forms it was written for: questions that are gone are passed over, the others stay."""
    kept = {"gone_1": {"label": {"it": "x"}}, "sf36_3": {"label": {"it": "y"}}}
    wording, found = sift(json.dumps(kept).encode(), load())
    assert list(wording.questions) == ["sf36_3"]
    assert len(found) == 1


def test_a_field_is_named_by_its_number_and_its_text() -> None:
    wording, fields = read(TOML.encode(), load()), load().fields
    named = wording.named(fields["sf36_1"])
    assert (named.label.it, named.label.en) == ("SF-36, domanda 1: Frase uno", "SF-36, item 1: Sentence one")
    assert wording.named(fields["sf36_2"]) is fields["sf36_2"]
    assert fields["sf36_1"].label.it == "SF-36, domanda 1"


def test_wording_hides_from_a_trace() -> None:
    wording = Wording({"sf36_1": Worded(load().fields["sf36_1"].label, {})})
    assert "domanda" not in repr(wording)
