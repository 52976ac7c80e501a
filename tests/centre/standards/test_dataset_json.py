"""The study as Dataset-JSON: by the rules of the format, and what is read back is what the centre holds."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from odmlib.dataset_json_1_1.model import DatasetJSON
from standards_builders import CODE, study

from anifro_desktop.centre.standards.dataset_json import SETS, document, is_day, study_day
from anifro_desktop.centre.standards.history import Holding
from anifro_desktop.centre.standards.odm import Made
from anifro_desktop.centre.standards.parameters import parameter
from anifro_desktop.centre.standards.sent import sent_definitions, sent_values
from anifro_desktop.record import Missing

MADE = Made(datetime(2026, 1, 5, 10, tzinfo=UTC), "1.0")
PYTHON = {"string": str, "integer": int, "float": (int, float)}


@pytest.fixture(scope="module")
def holding() -> Holding:
    return study()


@pytest.fixture(scope="module")
def files(holding: Holding) -> dict[str, dict[str, Any]]:
    return {one.name: json.loads("".join(document(one, holding, MADE))) for one in SETS}


def rows(given: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(zip([one["name"] for one in given["columns"]], row, strict=True)) for row in given["rows"]]


def test_each_file_keeps_the_rules_of_the_format(files: dict[str, dict[str, Any]]) -> None:
    for name, given in files.items():
        assert given["datasetJSONVersion"] == "1.1.0"
        assert given["records"] == len(given["rows"]) > 0
        assert re.fullmatch(r"[A-Z][A-Z0-9]{0,7}", name)
        assert len(given["label"]) <= 40
        names = [column["name"] for column in given["columns"]]
        assert len(set(names)) == len(names)
        for column in given["columns"]:
            assert set(column) - {"keySequence"} == {"itemOID", "name", "label", "dataType"}
            assert re.fullmatch(r"[A-Z][A-Z0-9]{0,7}", column["name"])
            assert len(column["label"]) <= 40
        for row in given["rows"]:
            assert len(row) == len(names)
            for cell, column in zip(row, given["columns"], strict=True):
                assert cell is None or (cell != "" and isinstance(cell, PYTHON[column["dataType"]]))
        more = {key: value for key, value in given.items() if key not in ("columns", "rows", "sourceSystem")}
        assert DatasetJSON(**more).records == given["records"]


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
    for one in holding.subjects:
        revisions = [*one.forms.values(), *(event.revision for event in one.events)]
        revisions += [form for visit in one.visits for form in visit.forms.values()]
        for revision in revisions:
            for name, value in sent_values(revision, holding.current, holding.library).items():
                row = read[revision.subject, revision.visit or "enrolment", name]
                answers += 1
                if isinstance(value, Missing):
                    assert (row["AVAL"], row["REASND"]) == (None, value.value)
                elif isinstance(value, str):
                    assert row["AVALC"] == value
                elif is_day(sent.fields[name], sent):
                    assert row["AVAL"] == study_day(value)  # type: ignore[arg-type]
                else:
                    assert Decimal(str(row["AVAL"])) == value
    results = [row for row in read.values() if row["SRCVAR"] not in sent.fields]
    assert answers + len(results) == len(read) == files["ADRES"]["records"]
    assert read[CODE, "m06", "waist_cm"]["AVAL"] == 90
    assert read[CODE, "baseline", "sledai2k"]["AVAL"] == 14
    assert read[CODE, "m12", "wbc"]["REASND"] == "not_done"
    assert (CODE, "m12", "haemoglobin") not in read
    assert not [key for _, key, _ in read if key.startswith("u01")]


def test_subjects_and_adverse_events_have_a_row_each(files: dict[str, dict[str, Any]]) -> None:
    first = rows(files["ADSL"])[0]
    assert (first["USUBJID"], first["AGE"], first["SEX"], first["TRTSDY"]) == (CODE, 34, "F", 1)
    assert [(row["USUBJID"], row["ASEQ"]) for row in rows(files["ADAE"])] == [(CODE, 1)]
