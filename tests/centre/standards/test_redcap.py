"""The study for REDCap: a dictionary by its rules, and data that say what the centre holds."""

from __future__ import annotations

import csv
import io
import re
from itertools import groupby

import pytest
from standards_builders import CODE, study

from anifro_desktop.centre.standards.branching import branching
from anifro_desktop.centre.standards.history import Holding
from anifro_desktop.centre.standards.redcap import HEADERS, data, designations, dictionary
from anifro_desktop.centre.standards.sent import sent_values

NAME, FORM, KIND, CHOICES, LOGIC = HEADERS[0], HEADERS[1], HEADERS[3], HEADERS[5], HEADERS[11]


@pytest.fixture(scope="module")
def holding() -> Holding:
    return study()


def rows(given: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(given.decode(), newline="")))


@pytest.mark.parametrize("lang", ["it", "en"])
def test_the_dictionary_keeps_the_rules_of_redcap(holding: Holding, lang: str) -> None:
    given = dictionary(holding.current, lang, holding.packs)
    lines = rows(given)
    assert len(HEADERS) == 18
    assert tuple(lines[0]) == HEADERS
    assert lines[0][NAME] == "subj_id"
    names = [line[NAME] for line in lines]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*[a-z0-9]", name) and len(name) <= 100 for name in names)
    forms = [form for form, _ in groupby(line[FORM] for line in lines)]
    assert len(set(forms)) == len(forms)
    events = {line["unique_event_name"] for line in rows(designations(holding.current, holding.packs))}
    for line in lines:
        assert line[KIND] in ("text", "notes", "radio")
        assert line[HEADERS[4]].strip()
        assert set(re.findall(r"\[([a-z0-9_]+)\]", line[LOGIC])) <= {*names, *events}
        if line[KIND] == "radio":
            choices = [part.split(", ", 1) for part in line[CHOICES].split(" | ")]
            assert all(
                len(one) == 2 and re.fullmatch(r"-?[0-9]+", one[0]) and one[1].strip() for one in choices
            )
            assert len({code for code, _ in choices}) == len(choices)
    assert {form.id for form in holding.current.forms if any(item.export for item in form.fields)} == set(
        forms
    )


@pytest.mark.parametrize(
    ("condition", "logic"),
    [
        ("rash == 1", "([rash] <> '' and [rash] = 1)"),
        (
            "not (rash == 1 or pain <= 3)",
            "(([rash] <> '' and [rash] <> 1) and ([pain] <> '' and [pain] > 3))",
        ),
        ("answered(rash) and not answered(pain)", "([rash] <> '' and [pain] = '')"),
        ("rash > pain", "([rash] <> '' and [pain] <> '' and [rash] > [pain])"),
        ("rash == 1 and sum_of_all > 2", None),
    ],
)
def test_a_condition_shows_nothing_that_is_not_known(condition: str, logic: str | None) -> None:
    assert branching(condition, lambda name: f"[{name}]" if name in ("rash", "pain") else None) == logic


def test_the_data_give_every_answer_back(holding: Holding) -> None:
    read = {
        (
            line["subj_id"],
            line["redcap_event_name"],
            line["redcap_repeat_instrument"],
            line["redcap_repeat_instance"],
        ): line
        for line in rows(data(holding))
    }
    lines = rows(dictionary(holding.current, "en", holding.packs))
    listed = {
        line[NAME]: {part.split(",")[0] for part in line[CHOICES].split(" | ")}
        for line in lines
        if line[CHOICES]
    }
    assert set(next(iter(read.values()))) <= {line[NAME] for line in lines} | {
        "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance",
        *(f"{line[FORM]}_complete" for line in lines),
    }  # fmt: skip
    reasons = {"not_done", "not_known", "not_applicable", "refused"}
    for line in read.values():
        assert all(line[name] in {"", *reasons, *codes} for name, codes in listed.items())
    for subject in holding.subjects:
        for visit in subject.visits:
            line = read[subject.code, f"{visit.key}_arm_1", "", ""]
            for form in visit.forms.values():
                for name, value in sent_values(form, holding.current, holding.library).items():
                    assert line[name] == str(value)
        for event in subject.events:
            line = read[subject.code, "events_arm_1", event.form, str(event.number)]
            for name, value in sent_values(event.revision, holding.current, holding.library).items():
                assert line[name] == str(value)
    assert read[CODE, "m06_arm_1", "", ""]["waist_cm"] == "90"
    assert read[CODE, "m12_arm_1", "", ""]["haemoglobin"] == ""
    assert read[CODE, "m12_arm_1", "", ""]["wbc"] == "not_done"
    assert read[CODE, "baseline_arm_1", "", ""]["sledai2k"] == "14"
    assert "unscheduled_arm_1" not in {place[1] for place in read}  # it was a mistake
