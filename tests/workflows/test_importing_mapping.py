"""The mapping file: every fault at once with its line, what its parts mean, and the draft to begin with."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from import_parts import COLUMNS, EXAMPLES, FIRST, MAPPING, bring, csv_of, reasons, states, table_of

from anifro_desktop.forms import load
from anifro_desktop.record import Missing
from anifro_desktop.workflows.importing.cells import Refused, answer, dated, text_of
from anifro_desktop.workflows.importing.drafting import draft
from anifro_desktop.workflows.importing.loading import read_plan
from anifro_desktop.workflows.importing.mapping import Feed, Layout, Plan
from anifro_desktop.workflows.importing.units import convert, known_for
from anifro_desktop.workflows.importing.words import FaultyMapping
from anifro_desktop.workflows.site import Site


def plan_of(text: str) -> Plan:
    return read_plan(text.encode(), load())


def faults_of(text: str, lang: str = "en") -> list[str]:
    with pytest.raises(FaultyMapping) as faulty:
        plan_of(text)
    return [fault.get(lang) for fault in faulty.value.faults]


# (what is changed, into what, the end of the only fault)
FAULTS = {
    "no TOML": ("[missing]", "[missing", "not valid TOML"),
    "other format": ("import/1", "import/2", 'format = "anifro-import/1" is needed.'),
    "unknown key": ("decimal =", "decimals =", 'unknown key; did you mean "decimal"?'),
    "unknown order of dates": ('"DMY"', '"DDMM"', "one of DMY, YMD, MDY"),
    "unknown field": ("platelets = ", "platelet = ", 'unknown field of "visit"; did you mean "platelets"?'),
    "field of another record": ("phga = ", "consent_version = ", 'unknown field of "visit"'),
    "computed field": ("sex = ", "age_at_enrolment = ", "written by the program"),
    "choice without meanings": (', values = { F = 1, M = 2 } }', " }", "is a choice"),
    "unknown code": ("M = 2", "M = 3", "codes allowed: 1, 2"),
    "true for a code": ("M = 2", "M = true", "codes allowed: 1, 2"),
    "unknown reason": ('"not_done"', '"lost"', "not_done, not_known, not_applicable, refused, not_answered"),
    "unknown kind of record": ('"visit"\n', '"vist"\n', 'did you mean "visit"?'),
    "visit without a date": ('date = "visita"\n', "", '"date" is missing'),
    "no order of dates": ('dates = "DMY"\n', "", "the order of dates is missing"),
    "no key": ('key = "id"\n', "", '"key" is missing'),
    "two sources": ("always = 1, with", 'column = "x", always = 1, with', "exactly one of"),
    "always without a column": ('always = 1, with = "consenso"', "always = 1", "exactly one of"),
    "unit without a conversion": ('"plt"', '{ column = "plt", unit = "mg/dL" }', "unit without a conversion to 10*9/L"),
    "unit of no unit": ('"phga"\n', '{ column = "phga", unit = "cm" }\n', "no unit of its own"),
    "a text twice": ("si = 1", 'si = 1, " SI" = 0', "stands twice"),
    "no place": ('date = "visita"', 'date = "visita"\nabsent = ["joint"]', "is no form or section"),
    "unknown visit": ('date = "visita"', 'date = "visita"\nvisit = "m7"', "one of baseline"),
    "sign is no yes or no": ('date = "visita"', 'date = "visita"\nsign = "yes"', "true or false is needed"),
    "ignored and used": ('decimal = ","', 'decimal = ","\nignore = ["plt"]', 'column "plt" is also under "ignore"'),
    "skip everything": ('decimal = ","', 'decimal = ","\nskip = [{}]', "the name of a column is needed"),
    "header zero": ("[missing]", "[file]\nheader = 0\n[missing]", "a whole number from 1 is needed"),
    "no study code": ('key = "id"', 'key = "id"\ncodes = { 1 = "P03-7KQF-X" }', "a study code such as"),
    "a unit for boxes of numbers": ('"plt"', "{ boxes = { a = 1 } }", "codes allowed"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_its_line_and_key(name: str) -> None:
    old, new, said = FAULTS[name]
    assert old in MAPPING
    faults = faults_of(MAPPING.replace(old, new, 1))
    assert any(said in fault for fault in faults), faults
    italian = faults_of(MAPPING.replace(old, new, 1), "it")
    assert len(italian) == len(faults)
    assert all("{" not in fault.replace("{ ", "") for fault in (*faults, *italian))


def test_every_fault_is_told_at_once_each_on_its_line() -> None:
    text = MAPPING.replace("phga =", "pgha =").replace("M = 2", "M = 3").replace("surname", "surnam")
    lines = text.splitlines()
    faults = faults_of(text)
    assert len(faults) == 3
    for fault, part in zip(faults, ("surnam", "sex", "pgha"), strict=True):
        number = int(fault.split(",")[0].removeprefix("line "))
        assert part in lines[number - 1]


@given(st.text(max_size=200))
def test_any_text_is_a_mapping_or_a_list_of_faults(text: str) -> None:
    for given_text in (text, MAPPING + text, text + MAPPING):
        with suppress(FaultyMapping):
            assert plan_of(given_text).blocks


def test_a_mapping_that_is_not_utf_8_is_one_sentence() -> None:
    with pytest.raises(FaultyMapping, match="UTF-8"):
        read_plan(MAPPING.replace("si =", "sì =").encode("cp1252"), load())


# What a cell means


def feed(name: str, **facts: object) -> Feed:
    return Feed(load().fields[name], **{"column": "x", **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given_feed", "cell", "wanted"),
    [
        (feed("phga"), None, None),
        (feed("phga"), "  ", None),
        (feed("phga"), 0, "0"),
        (feed("phga", empty=Missing.NOT_DONE), None, {"missing": "not_done"}),
        (feed("phga"), "-9", {"missing": "not_known"}),
        (feed("phga"), "na", None),
        (feed("rash", values={"si": 1, "no": 0, "?": Missing.NOT_KNOWN}), "SI ", 1),
        (feed("rash", values={"si": 1, "no": 0, "?": Missing.NOT_KNOWN}), "?", {"missing": "not_known"}),
        (feed("rash", values={"true": 1, "1": 1}), True, 1),
        (feed("rash", own=True), "assente", 0),
        (feed("rash", own=True), 1.0, 1),
        (feed("platelets", unit="/uL"), 84000, "84"),
        (feed("haemoglobin", unit="g/L"), "118", "11.8"),
        (feed("haemoglobin", unit="g/L", decimal=","), "118,4", "11.8"),
        (feed("phga_scale", always=3), "5", 3),
        (feed("phga_scale", always=3), None, None),
        (feed("phga_scale", always=3), "-9", None),
        (feed("hx_diagnosis_date", dates="DMY"), "2016", "2016"),
        (feed("hx_diagnosis_date", dates="DMY"), "3/2016", "2016-03"),
        (feed("hx_diagnosis_date", dates="DMY"), 2016.0, "2016"),
        (feed("ae_awareness", dates="DMY"), "4/3/2026 9:30", "2026-03-04 9:30"),
    ],
)  # fmt: skip
def test_a_cell_becomes_what_would_be_typed(given_feed: Feed, cell: object, wanted: object) -> None:
    missing = {"-9": Missing.NOT_KNOWN, "na": None}
    assert answer(given_feed, {"x": cell}, missing)[0] == wanted  # type: ignore[dict-item]


def test_a_number_outside_the_codes_is_no_choice_and_a_reason_must_be_allowed() -> None:
    for given_feed, cell, code in (
        (feed("rash", values={"si": 1}), "1", "cell_value"),
        (feed("rash", own=True), "7", "cell_own"),
        (feed("visit_date", dates="DMY"), "-9", "cell_reason"),
        (feed("phga", decimal=","), "1.8", "cell_decimal"),
    ):
        with pytest.raises(Refused) as refused:
            answer(given_feed, {"x": cell}, {"-9": Missing.NOT_KNOWN})
        assert refused.value.why.code == code


def test_boxes_mean_nothing_unless_one_of_the_question_is_ticked() -> None:
    boxes = feed("rash", boxes={"skin___1": 1}, unticked=0)
    for cells, wanted in (
        ({"skin___1": "1", "skin___2": "0"}, 1),
        ({"skin___1": "0", "skin___2": "1"}, 0),
        ({"skin___1": "0", "skin___2": "0"}, None),
        ({"skin___1": "", "skin___2": ""}, None),
        ({"skin___1": "Unchecked", "skin___2": "Checked"}, 0),
    ):
        assert answer(boxes, cells, {})[0] == wanted
    one = feed("gcp_drug", boxes={"d___1": 1, "d___2": 4})
    assert answer(one, {"d___1": "0", "d___2": "1"}, {})[0] == 4
    for cells, code in (
        ({"d___1": "1", "d___2": "1"}, "cell_boxes"),
        ({"d___1": "2", "d___2": ""}, "cell_box"),
    ):
        with pytest.raises(Refused) as refused:
            answer(one, cells, {})
        assert refused.value.why.code == code


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("14/03/2026", "DMY", "2026-03-14"),
        ("14.3.2026", "DMY", "2026-03-14"),
        ("03/14/2026", "MDY", "2026-03-14"),
        ("2026-03-14", "YMD", "2026-03-14"),
        ("20260314", "YMD", "2026-03-14"),
        ("2026-03-14", "DMY", None),
        ("14/03/2026", "MDY", None),
        ("14/03/26", "DMY", None),
        ("14/3-2026", "DMY", None),
        ("29/02/2026", "DMY", None),
        ("29/02/2024", "DMY", "2024-02-29"),
        ("١٤/03/2026", "DMY", None),
    ],
)
def test_a_date_is_read_in_the_order_declared_and_in_no_other(text: str, order: str, day: str | None) -> None:
    if day is None:
        with pytest.raises(Refused):
            dated(text, order)
    else:
        assert dated(text, order) == day


@given(st.decimals(0, 10_000, places=3))
def test_units_convert_there_and_back(value: Decimal) -> None:
    for unit in ("g/dL", "10*9/L", "mg/L", "mg/(24.h)", "kg", "cm"):
        for other in known_for(unit):
            there, _ = convert(value, other, unit, 12)
            assert convert(there, unit, other, 3)[0] == value


@pytest.mark.parametrize(
    ("value", "given_unit", "wanted", "result"),
    [("118", "g/L", "g/dL", "11.8"), ("84123", "/uL", "10*9/L", "84.1"), ("0.5", "g/(24.h)", "mg/(24.h)", "500.0"),
     ("1.2", "mg/dL", "mg/L", "12.0"), ("170", "cm", "m", "1.7")],
)  # fmt: skip
def test_units_by_known_answers(value: str, given_unit: str, wanted: str, result: str) -> None:
    assert str(convert(Decimal(value), given_unit, wanted, 1)[0]) == result


def test_excels_binary_fractions_are_what_excel_shows() -> None:
    assert [text_of(cell) for cell in (0.1 + 0.2, 11.8, 184.0, 1e20, -0.0)] == [
        "0.3", "11.8", "184", "100000000000000000000", "-0",
    ]  # fmt: skip


# Which rows, which visit


def test_rows_left_out_by_the_mapping_are_counted_and_not_entered(site: Site) -> None:
    mapping = 'skip = [{ rash = "no" }]\n' + MAPPING
    assert states(bring(site, csv_of(FIRST, FIRST | {"id": "2", "rash": "NO"}), mapping)) == [
        "new",
        "skipped",
    ]


def test_an_empty_cell_is_no_answer_and_an_empty_record_none_at_all(site: Site) -> None:
    row = FIRST | {"phga": "", "plt": "", "rash": "", "visita": ""}
    (outcome,) = bring(site, csv_of(row)).outcomes
    assert [one.key for one in outcome.made] == [""]
    empty = MAPPING.replace('"plt"', '{ column = "plt", empty = "not_done" }')
    (outcome,) = bring(site, csv_of(row | {"id": "2"}), empty, apply=False).outcomes
    assert outcome.state != "new"  # the same person; and a reason alone makes no visit
    assert reasons(outcome) == []


# The draft


def test_the_draft_of_a_table_with_the_names_of_the_codebook_is_a_mapping_that_imports(site: Site) -> None:
    columns = (
        "record_id", "surname", "name", "birth_date", "consent_date", "enrolment_date", "sex", "incl_informed_consent",
        "incl_classification", "incl_active_disease", "incl_anifrolumab", "visit_date", "phga", "rash",
    )  # fmt: skip
    row = (
        "1",
        "Sintetica",
        "Prova",
        "1991-05-20",
        "2026-03-04",
        "2026-03-04",
        *"11111",
        "2026-03-04",
        "1.8",
        "1",
    )
    data = csv_of(dict(zip(columns, row, strict=True)), columns=columns)
    text = draft(table_of(data), Layout(), site.definitions, "en")
    assert '# sex = { column = "sex", codes = "own" }' in text  # a number may mean something else there
    taken = bring(site, data, re.sub(r'^# (?=\w+ = .*codes = "own")', "", text, flags=re.MULTILINE))
    assert [one.key for one in taken.outcomes[0].made] == ["", "baseline"]


def test_a_draft_leaves_what_is_unsure_as_a_comment_and_holds_no_names(site: Site) -> None:
    table = table_of((EXAMPLES / "spreadsheet.csv").read_bytes())
    text = draft(table, Layout(), site.definitions, "it")
    assert not any(word in text for word in ("Sintetic", "Prova", "1991", "telefonata"))
    said = tomllib.loads(text)
    assert said["identity"] == {"surname": "Cognome", "name": "Nome", "birth_date": "Nato il"}
    assert "dates" not in said  # one of the dates is of no order
    assert "sex" not in str(said.get("record"))
    assert '# sex = { column = "Sesso", values = { "" = 0 } }' in text
    loose = text.partition("Senza posto")[2]
    assert all(f'"{column}"' in loose for column in ("Hb (g/L)", "Note"))


def test_labels_of_the_codebook_are_certain_and_a_record_without_anything_certain_is_a_comment(
    site: Site,
) -> None:
    data = b"Paziente;Data visita;Rash;Visita\nA;04/03/2026;Presente;T0\nB;31/03/2026;Assente;T6\n"
    text = draft(table_of(data), Layout(), site.definitions, "it")
    said = tomllib.loads(text)
    assert said["dates"] == "DMY"
    assert [record["form"] for record in said["record"]] == ["visit"]
    assert said["record"][0]["fields"]["rash"] == {"column": "Rash", "codes": "own"}
    assert '# form = "missed_visit"' in text


def test_the_draft_of_a_redcap_export_knows_its_events_and_instruments(site: Site) -> None:
    table = table_of((EXAMPLES / "redcap.csv").read_bytes())
    said = tomllib.loads(draft(table, Layout(), site.definitions, "en"))
    assert said["subject"] == {"key": "record_id"}
    assert "visit_complete" in said["ignore"]
    (visit,) = [record for record in said["record"] if record["form"] == "visit"]
    assert visit["when"] == {"redcap_repeat_instrument": ""}
    assert "visit" not in visit  # one event is none of ours: left as a comment
    assert visit["fields"]["phga"] == "phga"


def test_the_page_shows_the_examples_as_they_are() -> None:
    page = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
    for name in ("spreadsheet.csv", "spreadsheet.toml", "redcap.toml"):
        assert (EXAMPLES / name).read_text(encoding="utf-8").strip() in page
    assert COLUMNS
