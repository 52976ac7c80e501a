"""The study as Dataset-JSON: by the rules of the format, and what is read back is what the centre holds."""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from odmlib.dataset_json_1_1.model import DatasetJSON
from standards_builders import CODE, OTHER, UNPLANNED, standing

from anifro_desktop.centre.analysis import times
from anifro_desktop.centre.analysis.person import person
from anifro_desktop.centre.standards.dataset_json import is_day, study_day
from anifro_desktop.centre.standards.history import Holding
from anifro_desktop.centre.standards.parameters import parameter
from anifro_desktop.centre.standards.sent import sent_definitions
from anifro_desktop.record import Missing

PYTHON = {"string": str, "integer": int, "float": (int, float)}
NAME, LABEL = (
    {"type": "string", "pattern": "^[A-Z][A-Z0-9]{0,7}$"},
    {"type": "string", "minLength": 1, "maxLength": 40},
)
# The rules of CDISC Dataset-JSON 1.1 for a data set, and those of SAS transport for its names and labels.
RULES: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["datasetJSONCreationDateTime", "datasetJSONVersion", "itemGroupOID", "records", "name", "label",
                 "columns", "rows"],
    "properties": {
        **{name: {"type": "string"} for name in ("fileOID", "itemGroupOID", "metaDataVersionOID", "studyOID")},
        "datasetJSONCreationDateTime": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"},
        "dbLastModifiedDateTime": {"type": "string"},
        "datasetJSONVersion": {"const": "1.1.0"},
        "sourceSystem": {"type": "object", "required": ["name", "version"]},
        "records": {"type": "integer", "minimum": 0},
        "name": NAME,
        "label": LABEL,
        "columns": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["itemOID", "name", "label", "dataType"],
                "properties": {
                    "itemOID": {"type": "string"},
                    "name": NAME,
                    "label": LABEL,
                    "dataType": {"enum": ["string", "integer", "float"]},
                    "keySequence": {"type": "integer", "minimum": 1},
                },
            },
        },
        "rows": {"type": "array", "items": {"type": "array"}},
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def files(written: dict[str, Path]) -> dict[str, dict[str, Any]]:
    folder = written["dataset-json"]
    return {path.stem.upper(): json.loads(path.read_text(encoding="utf-8")) for path in folder.iterdir()}


def judge(given: dict[str, Any]) -> None:
    """Fails where a data set breaks a rule of the format, or its rows one of its columns."""
    jsonschema.validate(given, RULES)
    names = [column["name"] for column in given["columns"]]
    assert given["records"] == len(given["rows"])
    assert len(set(names)) == len(names)
    for row in given["rows"]:
        assert len(row) == len(names)
        for cell, column in zip(row, given["columns"], strict=True):
            assert cell is None or (cell != "" and isinstance(cell, PYTHON[column["dataType"]]))
    order = sorted((one["keySequence"], one["name"]) for one in given["columns"] if "keySequence" in one)
    assert [place for place, _ in order] == list(range(1, len(order) + 1))
    keys = Counter(tuple(row[name] for _, name in order) for row in rows(given))
    assert max(keys.values(), default=1) == 1
    more = {key: value for key, value in given.items() if key not in ("columns", "rows", "sourceSystem")}
    assert DatasetJSON(**more).records == given["records"]


def rows(given: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(zip([one["name"] for one in given["columns"]], row, strict=True)) for row in given["rows"]]


def test_each_file_keeps_the_rules_of_the_format(files: dict[str, dict[str, Any]]) -> None:
    assert set(files) == {"ADSL", "ADRES", "ADAE", "ADTTE"}
    for given in files.values():
        judge(given)
        assert given["rows"]


def test_a_wrong_file_would_be_seen(files: dict[str, dict[str, Any]]) -> None:
    first = files["ADSL"]
    for change in (
        lambda one: one.update(records=one["records"] + 1),
        lambda one: one.update(datasetJSONVersion="1.0.0"),
        lambda one: one.update(extra=1),
        lambda one: one["columns"][0].update(name="STUDYIDENT"),
        lambda one: one["columns"][0].update(label="x" * 41),
        lambda one: one["columns"][3].pop("dataType"),
        lambda one: one["rows"][0].pop(),
        lambda one: one["rows"][0].__setitem__(3, "34"),
        lambda one: one["rows"].__setitem__(0, one["rows"][1]),
    ):
        wrong = copy.deepcopy(first)
        change(wrong)
        with pytest.raises((AssertionError, jsonschema.ValidationError)):
            judge(wrong)


def test_days_have_no_zero() -> None:
    assert [study_day(day) for day in (-2, -1, 0, 1, None)] == [-2, -1, 1, 2, None]


def test_no_two_parameters_share_a_code_and_what_is_not_of_cdisc_says_so(
    files: dict[str, dict[str, Any]],
) -> None:
    told = rows(files["ADRES"])
    codes = {(row["PARAMCD"], row["SRCVAR"]) for row in told}
    assert len({code for code, _ in codes}) == len({name for _, name in codes}) == len(codes)
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]{0,7}", code) for code, _ in codes)
    assert parameter("haemoglobin") == ("HGB", True)
    assert parameter("sf36_3") == ("SF36103A", True)
    assert parameter("sf36_36") == ("SF36111D", True)
    assert parameter("sledai2k") == ("SLEDAI2K", False)
    by_code = {row["PARAMCD"]: row["PARCAT1"] for row in told}
    assert (by_code["HGB"], by_code["SLEDAI2K"]) == ("CDISC", "SPONSOR-DEFINED")


def test_every_answer_is_read_back(files: dict[str, dict[str, Any]], holding: Holding) -> None:
    sent = sent_definitions(holding.current, holding.packs)
    read = {(row["USUBJID"], row["AVISIT"], row["SRCVAR"]): row for row in rows(files["ADRES"])}
    answers = 0
    for one in standing(holding):
        revisions = [*one.forms.values(), *(event.revision for event in one.events)]
        revisions += [form for visit in one.visits for form in visit.forms.values()]
        for revision in revisions:
            for name, value in holding.reading.values(revision).items():
                row = read[revision.subject, revision.visit or "enrolment", name]
                given: Any = value
                answers += 1
                if isinstance(value, Missing):
                    assert (row["AVAL"], row["REASND"]) == (None, value.value)
                elif isinstance(value, str):
                    assert row["AVALC"] == value
                elif is_day(sent.fields[name], sent):
                    assert row["AVAL"] == study_day(given)
                else:
                    assert Decimal(str(row["AVAL"])) == value
    results = [row for row in read.values() if row["SRCVAR"] not in sent.fields]
    assert answers + len(results) == len(read) == files["ADRES"]["records"]
    assert read[CODE, "m06", "waist_cm"]["AVAL"] == 90
    assert read[CODE, "baseline", "sledai2k"]["AVAL"] == 14
    assert read[CODE, "m12", "wbc"]["REASND"] == "not_done"
    assert (CODE, "m12", "haemoglobin") not in read
    assert {key for _, key, _ in read if key.startswith("u")} == {UNPLANNED}  # the other one was a mistake


def test_subjects_and_adverse_events_have_a_row_each(files: dict[str, dict[str, Any]]) -> None:
    first = rows(files["ADSL"])[0]
    assert (first["USUBJID"], first["AGE"], first["SEX"], first["TRTSDY"]) == (CODE, 34, "F", 1)
    assert [(row["USUBJID"], row["ASEQ"]) for row in rows(files["ADAE"])] == [(CODE, 1)]
    assert {row["SAFFL"] for row in rows(files["ADSL"])} == {"Y"}


def test_times_to_events_are_those_that_the_report_analyses(
    files: dict[str, dict[str, Any]], holding: Holding
) -> None:
    people = [person(subject) for subject in standing(holding)]
    made = (times.time_to_response, times.time_to_flare, times.time_to_damage, times.drug_retention)
    tables = {table.name: table for make in (*made, times.time_to_infection) for table in make(people).tables}
    told = rows(files["ADTTE"])
    assert len(told) == len(people) * (11 * 2 + 1)
    codes = {
        "ttr_lldas": "TTRLLDAS", "ttr_doris": "TTRDORIS", "ttr_sledai4": "TTRSLED4", "ttr_clasi50": "TTRCLA50",
        "ttr_joint50": "TTRJNT50", "ttr_gc5": "TTRGC5", "first_flare": "TTFLARE", "first_severe_flare": "TTSEVFLR",
        "drug_retention": "TTSTOP", "first_serious_infection": "TTSERINF", "first_zoster": "TTZOSTER",
        "time_to_damage": "TTDAMAGE",
    }  # fmt: skip
    assert set(tables) == set(codes)
    for name, code in codes.items():
        columns = [column.name for column in tables[name].columns]
        for row in tables[name].rows:
            reading = {"naive": "SETTLED", "naive_observed": "OBSERVED"}.get(row.heads[0].name)
            mine = [one for one in told if (one["PARAMCD"], one["READING"]) == (code, reading)]
            if reading is not None:
                cells = {column: cell.value for column, cell in zip(columns, row.cells, strict=True)}
                assert cells["events"] == sum(one["CNSR"] == 0 for one in mine), name
                assert cells["censored"] == sum(one["CNSR"] == 1 for one in mine), name
                for why in ("untreated", "not_evaluable", "unsettled", "no_time"):
                    assert cells[why] == sum(one["EXCLREAS"] == why for one in mine), (name, why)


def test_a_time_to_an_event_by_hand(files: dict[str, dict[str, Any]]) -> None:
    # SLEDAI-2K falls from 14 by 4 and more at month 6, day 183; the severe flare of month 24 is the first flare.
    told = {(row["USUBJID"], row["PARAMCD"], row["READING"]): row for row in rows(files["ADTTE"])}
    fall = told[OTHER, "TTRSLED4", "SETTLED"]
    assert [fall[name] for name in ("STARTDY", "ENTRY", "AVAL", "AVALU", "CNSR", "EVNTKEY")] == [
        1, 0, 183, "DAYS", 0, "m06",
    ]  # fmt: skip
    assert (told[CODE, "TTZOSTER", "SETTLED"]["AVAL"], told[CODE, "TTZOSTER", "SETTLED"]["EXCLREAS"]) == (
        None,
        "unsettled",  # its day is not known
    )
