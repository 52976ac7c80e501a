"""What comes from outside is checked strictly and whole; what goes outside keeps its shape."""

from __future__ import annotations

import math

import pytest

from anifro_desktop.scores import keys, labs
from anifro_desktop.scores.contract import cell, flat, result_json, score_answers, table, validate
from anifro_desktop.scores.faults import SENTENCES, Fault
from anifro_desktop.scores.reading import read, read_csv
from anifro_desktop.scores.registry import RULES, UnknownRule, compute, version
from anifro_desktop.scores.sledai2k import CLINICAL, WEIGHTS


def _texts(rule: str, data: str | bytes, name: str = "", lang: str = "en") -> list[str]:
    raw = data.encode() if isinstance(data, str) else data
    return [fault.text(lang) for fault in read(rule, raw, name).faults]


def test_a_fault_names_key_and_allowed_values_never_the_answer() -> None:
    texts = _texts("doris", '{"phga": 3.14159, "stable": "geheim", "seizure": 7}')
    assert texts == [
        "phga: must be a number from 0 to 3, or null",
        "stable: must be true, false or null",
        "seizure: must be true, false or null",
    ]


def test_faults_are_said_in_italian_too() -> None:
    assert _texts("doris", '[{"phga": 4, "seizur": true}]', lang="it") == [
        "dato 1, phga: dev'essere un numero da 0 a 3, o null",
        "dato 1, seizur: chiave sconosciuta; forse seizure?",
    ]


def test_unknown_keys_get_the_nearest_name_also_inside_objects() -> None:
    assert _texts("sledai2k", '{"siezure": true, "labs": {"plateletes": 80}, "zzzz": 1}') == [
        "siezure: unknown key; did you mean seizure?",
        "labs.plateletes: unknown key; did you mean labs.platelets?",
        "zzzz: unknown key",
    ]


def test_all_faults_of_all_inputs_come_at_once() -> None:
    texts = _texts("sledas", '[{"wbc": 0}, 5, {"swollen28": 29, "assume": "yes"}, {"wbc": 4}]')
    assert [text.split(":")[0] for text in texts] == [
        "input 1, wbc",
        "input 2",
        "input 3, swollen28",
        "input 3, assume",
    ]


@pytest.mark.parametrize(
    "word", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9" * 5000, "true", '"1"', "[]"]
)
def test_only_finite_numbers_are_numbers(word: str) -> None:
    assert _texts("sledas", f'{{"platelets": {word}}}') == [
        "platelets: must be a number above 0, up to 1000000000, or null"
    ]


@pytest.mark.parametrize("word", ["0", "1", '"true"', "[]", "{}", "0.0"])
def test_only_true_and_false_are_yes_and_no(word: str) -> None:
    assert _texts("sledai2k", f'{{"fever": {word}}}') == ["fever: must be true, false or null"]


def test_counts_are_whole_however_they_are_written() -> None:
    assert _texts("sledas", '{"swollen28": 2.0}') == []
    assert _texts("sledas", '{"swollen28": 2.5}') == [
        "swollen28: must be a whole number from 0 to 28, or null"
    ]


def test_duplicate_keys_are_refused_wherever_they_are() -> None:
    text = '{"fever": true, "fever": false, "labs": {"wbc": 3, "wbc": 3}}'
    assert _texts("sledai2k", text) == ["fever: the key is given twice", "labs.wbc: the key is given twice"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "there is nothing to read"),
        (b"  \n", "there is nothing to read"),
        (b"\xff\xfe", "the file is not UTF-8 text"),
        (b"17", "must be one JSON object"),
        (b'"text"', "must be one JSON object"),
        (b"null", "must be one JSON object"),
        (b'{\n "fever": tru}', "not valid JSON at line 2, column 11"),
        (b'{"fever": true', "not valid JSON at line 1, column 15"),
        (b"[" * 100_000, "the JSON is nested too deep"),
    ],
)
def test_what_is_no_input_is_said_in_words(data: bytes, said: str) -> None:
    (text,) = _texts("sledai2k", data)
    assert text.startswith(said)


def test_a_file_ending_decides_how_it_is_read() -> None:
    assert _texts("sledai2k", "fever\ntrue\n", "x.json")[0].startswith("not valid JSON")
    assert _texts("sledai2k", "[1]\n", "x.CSV") == ["[1]: unknown key"]


def test_keys_that_cannot_be_printed_are_still_named() -> None:
    (text,) = _texts("sledai2k", '{"\\ud800\\u0007' + "x" * 100 + '": true}')
    assert text.isprintable()
    assert len(text) < 100
    assert _texts("sledai2k", '{"": true, "labs": {"": 1}}') == ['"": unknown key', 'labs."": unknown key']
    assert _texts("sledai2k", '{"\\u0007zq": true}') == ["\\x07zq: unknown key"]


def test_a_key_of_60_characters_is_named_whole_and_a_longer_one_is_cut() -> None:
    assert _texts("sledai2k", '{"' + "z" * 60 + '": true}') == ["z" * 60 + ": unknown key"]
    assert _texts("sledai2k", '{"' + "z" * 61 + '": true}') == ["z" * 57 + "...: unknown key"]


def test_csv_is_read_by_dotted_columns() -> None:
    text = "assume,fever,labs.platelets,labs.c3_low\nabsent,1,84.5,true\n,false,,\n"
    inputs = read("sledai2k", text.encode())
    assert inputs.faults == []
    assert inputs.shape == "table"
    assert list(inputs.answers) == [
        {"assume": "absent", "fever": True, "labs": {"platelets": 84.5, "c3_low": True}},
        {"assume": None, "fever": False, "labs": None},
    ]


def test_csv_rows_without_a_previous_visit_have_none() -> None:
    inputs = read("lldas", b"phga,previous.fever,previous.rash\n1,0,\n1,,\n")
    assert [one["previous"] for one in inputs.answers] == [{"fever": False, "rash": None}, None]


def test_csv_with_byte_order_mark_and_windows_line_ends() -> None:
    inputs = read("sledai2k", b"\xef\xbb\xbffever,rash\r\ntrue,0\r\n")
    assert list(inputs.answers) == [{"fever": True, "rash": False}]


def test_csv_faults_come_all_at_once_with_their_lines() -> None:
    text = "fever,labs,rahs,labs.wbc,labs.wbc,\nyes,1,2,0,1,\n1\n0,0,0,nan,1,\n"
    assert _texts("sledai2k", text) == [
        "labs: its items need columns of their own, such as labs.proteinuria_mg_24h",
        "rahs: unknown key; did you mean rash?",
        "labs.wbc: the key is given twice",
        "a column has no name",
        "line 2, fever: must be true, false, 1, 0 or empty",
        "line 2, labs.wbc: must be a number above 0, up to 1000000000, or empty",
        "line 3: the row has another number of cells than the header",
        "line 4, labs.wbc: must be a number above 0, up to 1000000000, or empty",
    ]


@pytest.mark.parametrize("word", ["1,5", "1_000", "٣", "inf", "0x10", "1e", "true", "--1"])
def test_csv_numbers_have_a_decimal_point_and_nothing_odd(word: str) -> None:
    (text,) = _texts("sledas", f'wbc,alopecia\n"{word}",0\n')
    assert text.startswith("line 2, wbc: must be a number above 0")


@pytest.mark.parametrize("word", ["yes", "TRUE", "2", "1.0", "x"])
def test_csv_yes_and_no_are_four_words(word: str) -> None:
    assert _texts("sledai2k", f"fever\n{word}\n", "a.csv") == [
        "line 2, fever: must be true, false, 1, 0 or empty"
    ]


def test_csv_has_no_lists_of_objects() -> None:
    texts = _texts("prednisone", "schedules,schedules.0.drug,pulse_30d\na,b,1\n")
    assert texts == [
        f"{key}: lists of objects are read from JSON only" for key in ("schedules", "schedules.0.drug")
    ]


def test_a_column_with_a_semicolon_in_its_name_is_unknown_if_the_columns_are_separated_by_commas() -> None:
    assert _texts("sledai2k", "fever;,rash\n1,0\n") == ["fever;: unknown key; did you mean fever?"]
    assert _texts("sledai2k", "fever;rash\n1;0\n")[0].startswith("the columns must be separated by commas")


def test_csv_that_is_broken() -> None:
    assert [fault.text() for fault in read_csv("sledai2k", "\n").faults] == ["there is nothing to read"]
    assert _texts("sledai2k", 'fever\n"true\n')[0].startswith("not valid CSV")


def test_an_empty_line_of_a_csv_with_one_column_is_never_left_out_in_silence() -> None:
    assert _texts("sledai2k", "fever\ntrue\n\nfalse\n") == [
        'line 3: an empty line among rows of one cell: write "" for a row without an answer, or take it out'
    ]
    inputs = read_csv("sledai2k", 'fever\ntrue\n""\nfalse\n')
    assert inputs.faults == []
    assert [answers["fever"] for answers in inputs.answers] == [True, None, False]
    table = read_csv("sledai2k", "fever,rash\n1,0\n\n,\n\n")
    assert (len(list(table.answers)), table.faults) == (2, [])


def test_a_row_of_another_length_than_the_header_is_refused() -> None:
    assert len(_texts("sledai2k", "fever,rash\n1,0,1\n")) == 1
    assert len(_texts("sledai2k", "fever,rash\n1\n")) == 1


def test_a_scale_that_does_not_exist_is_refused_beside_its_number() -> None:
    assert [fault.key for fault in validate("vas", {"raw": 5, "scale": "cm"})] == ["scale"]


def test_rows_of_lists_are_named_by_number() -> None:
    texts = _texts("prednisone", '{"schedules": [{"drug": "x"}, 3, null]}')
    assert texts[0].startswith("schedules.0.drug: must be one of prednisone, ")
    assert texts[1:] == ["schedules.1: must be an object", "schedules.2: must be an object"]


def test_the_result_has_the_keys_of_the_contract() -> None:
    result = score_answers("sledai2k", {"assume": "absent", "fever": True})
    assert list(result) == [
        *("rule", "version", "assumed", "value", "complete", "minimum", "maximum"),
        *("parts", "missing", "reasons", "warnings"),
    ]
    assert result["assumed"] == "absent"
    assert "assumed" not in score_answers("sledai2k", {"fever": True, "assume": None})


@pytest.mark.parametrize("rule", list(RULES))
def test_parts_have_the_same_keys_whatever_the_answers(rule: str) -> None:
    bare, full = score_answers(rule, {}), score_answers(rule, {"assume": "absent"})
    assert list(flat(bare["parts"])) == list(flat(full["parts"]))
    assert bare["version"] == full["version"] == version(rule)


def test_assuming_absent_keeps_an_explicit_unknown() -> None:
    assert score_answers("sledai2k", {"assume": "absent", "fever": None})["missing"] == ["fever"]
    assert score_answers("sledas", {"assume": "absent", "platelets": None})["missing"] == ["platelets"]


def test_assuming_absent_reaches_into_the_previous_assessment_but_invents_none() -> None:
    given = {"assume": "absent", "phga": 1, "pred_eq": 5}
    assert score_answers("lldas", {**given, "previous": {}})["value"] is True
    assert score_answers("lldas", {**given, "previous": None})["missing"] == ["previous"]
    assert score_answers("lldas", {**given, "previous": {"fever": None}, "fever": None})["missing"] == [
        "fever"
    ]


def test_assuming_absent_never_reads_laboratory_values() -> None:
    result = score_answers(
        "sledai2k", {"assume": "absent", "low_complement": True, "labs": {"platelets": 150}}
    )
    assert result["parts"]["contradictions"] == []
    assert result["parts"]["suggested"]["low_complement"] is None


def test_filling_leaves_the_answers_alone() -> None:
    given = {"previous": {"fever": True}}
    RULES["lldas"].absent.fill(given)
    assert given == {"previous": {"fever": True}}


def test_cells_of_a_table() -> None:
    assert [cell(value) for value in (None, True, False, 1.5, 9, "mild", ["a", "b"], [])] == [
        *("", "true", "false", "1.5", "9", "mild", "a;b", "")
    ]


@pytest.mark.parametrize("inputs", [({"assume": "absent"}, {}), ({}, {"assume": "absent"})])
def test_rows_with_and_without_what_was_assumed_share_their_columns(
    inputs: tuple[dict[str, str], ...],
) -> None:
    header, *rows = table("acr1997", inputs)
    for answers, row in zip(inputs, rows, strict=True):
        found = dict(zip(header, row, strict=True))
        assert found["assumed"] == answers.get("assume")
        assert found["value"] == ("false" if answers else None)
        assert found["parts.count"] == (0 if answers else None)


def test_every_value_of_every_fault_can_be_said_in_both_languages() -> None:
    blanks = dict.fromkeys(("hint", "allowed", "line", "column", "what", "example"), "x")
    for code in SENTENCES:
        fault = Fault("input 1|dato 1", "key", code, blanks)
        assert fault.text("en").startswith("input 1, key: ")
        assert fault.text("it").startswith("dato 1, key: ")


def test_every_kind_of_key_says_what_it_allows_in_both_languages() -> None:
    kinds = (
        keys.YesNo(),
        keys.Number(0),
        keys.Number(0, above=True),
        keys.Number(0, whole=True),
        keys.Number(0, 6, only=(0, 3)),
        keys.OneOf(("a",)),
        keys.Block({}),
        keys.Rows(keys.Block({})),
    )
    for kind in kinds:
        english, italian = kind.allowed().split("|")
        assert english != italian
        assert kind.faults("nothing of the sort", "", "key") != []


def test_rules_that_do_not_exist() -> None:
    with pytest.raises(UnknownRule):
        compute("basdai", {})
    with pytest.raises(UnknownRule):
        version("basdai")


def test_versions_tell_the_rules_apart() -> None:
    versions = {version(rule) for rule in RULES}
    assert len(versions) == len(RULES)
    assert all(text.startswith("1-") and len(text) == 18 for text in versions)


def test_results_are_finite_at_the_far_ends_of_what_is_allowed() -> None:
    far = {"upcr_mg_mmol": keys.LIMIT}
    assert validate("sledai2k", {"labs": far}) == []
    assert math.isfinite(score_answers("sledai2k", {"labs": far})["parts"]["upcr_mg_g"])
    tiny = {"assume": "absent", "wbc": 5e-324, "platelets": 5e-324, "proteinuria_mg": keys.LIMIT}
    assert math.isfinite(score_answers("sledas", tiny)["value"])
    row = {"drug": "betamethasone", "mg": keys.LIMIT, "n": keys.LIMIT}
    assert math.isfinite(score_answers("prednisone", {"oral": [], "pulses": [row]})["value"])


def test_weights_add_up_to_the_published_maxima() -> None:
    assert sum(WEIGHTS.values()) == 105
    assert sum(WEIGHTS[item] for item in CLINICAL) == 101
    assert set(labs.SUGGESTED) < set(WEIGHTS)


def test_result_json_of_a_bare_score() -> None:
    result = result_json(compute("doris", {}))
    assert result["missing"][-1] == "pulse_30d"
    assert "assumed" not in result


def test_a_number_off_its_scale_is_refused_with_the_range_of_the_scale() -> None:
    told = {raw: read("vas", b'{"raw": %d, "scale": "phga_0_3"}' % raw, "").faults[0] for raw in (4, 101)}
    assert "from 0 to 3," in told[4].text("en")
    assert "from 0 to 3," in told[101].text("en")
    negative = read("vas", b'{"raw": -1, "scale": "phga_0_3"}', "").faults[0]
    assert "end of its scale (3, 10 or 100)" in negative.text("en")
    assert "massimo della sua scala (3, 10 o 100)" in negative.text("it")
