"""The study for REDCap: a dictionary by its rules, and data that say what the centre holds."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pandas
import pytest
from standards_builders import CODE, UNPLANNED, standing

from anifro_desktop.centre.standards.branching import branching
from anifro_desktop.centre.standards.history import Holding
from anifro_desktop.centre.standards.redcap import HEADERS, dictionary

NAME, FORM, KIND, LABEL, CHOICES, CHECK, LOW, LOGIC = (HEADERS[place] for place in (0, 1, 3, 4, 5, 7, 8, 11))
Row = dict[str, str]
REASONS = {"not_done", "not_known", "not_applicable", "refused"}


@pytest.fixture(scope="module")
def files(written: dict[str, Path]) -> dict[str, list[Row]]:
    return {
        path.stem.removeprefix("redcap_"): rows(path.read_bytes()) for path in written["redcap"].iterdir()
    }


def rows(given: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(given.decode(), newline="")))


def judge(lines: list[Row], events: set[str]) -> None:
    """Fails where a dictionary breaks a rule of REDCap. events: their unique names."""
    assert tuple(lines[0]) == HEADERS
    assert (lines[0][NAME], lines[0][KIND]) == ("subj_id", "text")
    names = [line[NAME] for line in lines]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*[a-z0-9]", name) and len(name) <= 100 for name in names)
    forms = [form for form, _ in groupby(line[FORM] for line in lines)]
    assert len(set(forms)) == len(forms)
    for line in lines:
        assert line[KIND] in ("text", "notes", "radio")
        assert line[LABEL].strip()
        assert line[CHECK] in (("", "integer", "number") if line[KIND] == "text" else ("",))
        assert line[CHECK] or not line[LOW]
        assert set(re.findall(r"\[([a-z0-9_]+)\]", line[LOGIC])) <= {*names, *events}
        assert line[LOGIC].count("(") == line[LOGIC].count(")")
        assert (line[KIND] == "radio") == bool(line[CHOICES])
        if line[KIND] == "radio":
            choices = [part.split(", ", 1) for part in line[CHOICES].split(" | ")]
            assert all(
                len(one) == 2 and re.fullmatch(r"-?[0-9]+", one[0]) and one[1].strip() for one in choices
            )
            assert len({code for code, _ in choices}) == len(choices)


def unique(files: dict[str, list[Row]]) -> set[str]:
    """The unique names of the events."""
    return {line["unique_event_name"] for line in files["events"]}


def test_the_dictionary_keeps_the_rules_of_redcap(files: dict[str, list[Row]], holding: Holding) -> None:
    english = rows(dictionary(holding.current, "en", holding.packs))
    for lines in (files["dictionary"], english):
        judge(lines, unique(files))
        assert {line[FORM] for line in lines} == {
            form.id for form in holding.current.forms if any(item.export for item in form.fields)
        }
    assert len(HEADERS) == 18
    (menopause,) = (line for line in english if line[NAME] == "hx_menopause")
    assert "[enrolment_arm_1][sex] = '1'" in menopause[LOGIC]
    assert not [line[NAME] for line in english if line[HEADERS[6]].startswith("Asked if")]  # all can be said
    assert [line[NAME] for line in english] == [line[NAME] for line in files["dictionary"]]


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines.append(dict(lines[3])),
        lambda lines: lines.append({**lines[3], NAME: "other"}),
        lambda lines: lines[3].update({NAME: "Sex"}),
        lambda lines: lines[3].update({LABEL: " "}),
        lambda lines: lines[3].update({LOGIC: "[nobody] = 1"}),
        lambda lines: next(one for one in lines if one[CHOICES]).update({CHOICES: "1, yes | 1, no"}),
        lambda lines: next(one for one in lines if one[CHOICES]).update({CHOICES: "1, | 2, no"}),
        lambda lines: lines.insert(0, lines.pop()),
    ],
)
def test_a_wrong_dictionary_would_be_seen(
    files: dict[str, list[Row]], change: Callable[[list[Row]], object]
) -> None:
    wrong = [dict(line) for line in files["dictionary"]]
    change(wrong)
    with pytest.raises(AssertionError):
        judge(wrong, unique(files))


def test_events_designations_and_repeats_go_together(files: dict[str, list[Row]]) -> None:
    # REDCap makes the unique name of an event: 18 characters of its name, and its arm.
    for line in files["events"]:
        assert line["unique_event_name"] == f"{line['event_name'][:18]}_arm_{line['arm_num']}"
    stands = {(line["unique_event_name"], line["form"]) for line in files["designations"]}
    assert {event for event, _ in stands} <= unique(files)
    assert {form for _, form in stands} == {line[FORM] for line in files["dictionary"]}
    repeating = {(line["event_name"], line["form_name"]) for line in files["repeating"]}
    assert ("unscheduled_arm_1", "") in repeating
    assert {one for one in repeating if one[1]} == {one for one in stands if one[0] == "events_arm_1"}
    again = {event for event, _ in repeating}
    for line in files["data"]:
        event, form = line["redcap_event_name"], line["redcap_repeat_instrument"]
        assert ((event, form) in repeating) == bool(line["redcap_repeat_instance"])
        assert event in again or not form
        told = {name for _, name in stands if line.get(f"{name}_complete")}
        assert {(event, name) for name in told} <= stands


@pytest.mark.parametrize(
    ("condition", "logic"),
    [
        ("rash == 1", "[rash] = '1'"),
        (
            "not (rash == 1 or pain <= 3)",
            "((not isblankormissingcode([rash]) and [rash] <> '1') and "
            "(not isblankormissingcode([pain]) and [pain] > 3))",
        ),
        (
            "answered(rash) and not answered(pain)",
            "(not isblankormissingcode([rash]) and isblankormissingcode([pain]))",
        ),
        (
            "rash > pain",
            "(not isblankormissingcode([rash]) and not isblankormissingcode([pain]) and [rash] > [pain])",
        ),
        ("rash == 1 and sum_of_all > 2", None),
    ],
)
def test_a_condition_shows_nothing_that_is_not_known(condition: str, logic: str | None) -> None:
    assert branching(condition, lambda name: f"[{name}]" if name in ("rash", "pain") else None) == logic


def test_the_data_give_every_answer_back(files: dict[str, list[Row]], holding: Holding) -> None:
    places = ("subj_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance")
    read = {tuple(line[name] for name in places): line for line in files["data"]}
    assert len(read) == len(files["data"])
    lines = files["dictionary"]
    listed = {
        line[NAME]: {part.split(",")[0] for part in line[CHOICES].split(" | ")}
        for line in lines
        if line[CHOICES]
    }
    assert set(next(iter(read.values()))) == {line[NAME] for line in lines} | {
        *places, *(f"{line[FORM]}_complete" for line in lines),
    }  # fmt: skip
    for line in read.values():
        assert all(line[name] in {"", *REASONS, *codes} for name, codes in listed.items())
    answers: Counter[tuple[str, ...]] = Counter()
    for subject in standing(holding):
        own = [(f"{one.visit or 'enrolment'}_arm_1", "", "", one) for one in subject.forms.values()]
        visits = [
            ("unscheduled_arm_1", "", str(int(visit.key[1:])), form)
            if visit.key.startswith("u")
            else (f"{visit.key}_arm_1", "", "", form)
            for visit in subject.visits
            for form in visit.forms.values()
        ]
        events = [("events_arm_1", one.form, str(one.number), one.revision) for one in subject.events]
        for event, form, number, revision in (*own, *visits, *events):
            line = read[subject.code, event, form, number]
            for name, value in holding.reading.values(revision).items():
                answers[subject.code, event, form, number] += 1
                assert line[name] == str(value)
    questions = {line[NAME] for line in lines if "@READONLY" not in line[HEADERS[17]]} - {"subj_id", "site"}
    for place, line in read.items():
        assert sum(bool(line[name]) for name in questions) <= answers[place]  # and nothing beside
    assert read[CODE, "m06_arm_1", "", ""]["waist_cm"] == "90"
    assert read[CODE, "m12_arm_1", "", ""]["haemoglobin"] == ""
    assert read[CODE, "m12_arm_1", "", ""]["wbc"] == "not_done"
    assert read[CODE, "baseline_arm_1", "", ""]["sledai2k"] == "14"


def test_a_partial_date_and_a_visit_beyond_the_plan_stand_in_their_places(
    files: dict[str, list[Row]],
) -> None:
    kept = {
        (line["redcap_event_name"], line["redcap_repeat_instance"]): line
        for line in files["data"]
        if line["subj_id"] == CODE
    }
    event = kept["events_arm_1", "1"]
    assert (event["ae_start_dy"], event["ae_start_mo"], event["ae_start_yr"]) == ("", "2", "")
    assert event["ae_ongoing"] == "not_known"
    beyond = kept["unscheduled_arm_1", str(int(UNPLANNED[1:]))]
    assert (beyond["weight_kg"], beyond["visit_dy"]) == ("61", "90")
    assert ("unscheduled_arm_1", "1") not in kept  # it was a mistake


def test_another_reader_of_csv_finds_the_same(written: dict[str, Path], files: dict[str, list[Row]]) -> None:
    for name, lines in files.items():
        path = written["redcap"] / f"redcap_{name}.csv"
        frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
        assert frame.to_dict(orient="records") == lines
        assert not path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert path.read_bytes().endswith(b"\r\n")
