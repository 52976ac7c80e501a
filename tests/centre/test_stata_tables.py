"""The data set in the hands of others: five readers see the same in each `.dta`, and the tables of `anifro_tables.do`,
recomputed by R from these files alone, are those of the report, number by number.

Hazard ratios and periods, which are in no report, are compared with a slow recount from the courses, without any file.
"""

from __future__ import annotations

import math
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy
import pandas
import pyreadstat
import pytest
from centre_builders import DEFINITIONS
from recounted import LISTINGS, Numbers, Place, differences, environment, recounted, tabled, told
from stata_expressions import StataError
from stata_study import study
from stata_subset import Stata

from anifro_desktop.centre import carried
from anifro_desktop.centre.analysis.contents import contents
from anifro_desktop.centre.analysis.person import person
from anifro_desktop.centre.analysis.table import Contents
from anifro_desktop.centre.consent import by_consent
from anifro_desktop.centre.course import Course, course
from anifro_desktop.centre.dataset import write_dataset
from anifro_desktop.centre.do_files import protocol_tables
from anifro_desktop.centre.planning import enrolment_state
from anifro_desktop.centre.publishing.listing import table_csv
from anifro_desktop.centre.reporting import Report, report

MARKS = (183, 365, 731, 1096)  # days at which the curves are compared
NEAR = pytest.approx


class Made(NamedTuple):
    """A study in files, what the program says of it, and what R makes of the files."""

    folder: Path
    courses: list[Course]
    contents: Contents
    report: Report
    numbers: dict[str, list[float]]
    columns: dict[tuple[str, str], list[str]]
    again: Numbers

    def __repr__(self) -> str:
        return "Made"  # all of it takes minutes to write under a test that fails


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder, out = tmp_path_factory.mktemp("study"), tmp_path_factory.mktemp("r") / "numbers"
    subjects = study(11, 80)
    write_dataset(folder, iter(subjects), DEFINITIONS, "it")
    again = recounted(folder, out, Path(__file__).with_name("stata_readers.R"))
    numbers = {}
    for line in out.with_name("numbers.numbers").read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition("\t")
        numbers[name] = [math.nan if word == "NA" else float(word) for word in rest.split()]
    seen = out.with_name("numbers.columns").read_text(encoding="utf-8").splitlines()
    columns = {(cells[0], cells[1]): cells[2:] for cells in (line.split("\t") for line in seen)}
    return Made(
        folder,
        [course(one) for one in subjects],
        contents([person(one) for one in by_consent(subjects).usable]),
        report(subjects),
        numbers,
        columns,
        again,
    )


def enrolled(made: Made) -> list[Course]:
    return [one for one in made.courses if enrolment_state(one.subject)]


# ---- readers


def test_haven_readstata13_pandas_and_pyreadstat_see_the_same_columns(made: Made) -> None:
    expected = set()
    for path in sorted(made.folder.glob("*.dta")):
        frame, meta = pyreadstat.read_dta(path, user_missing=True)
        other = pandas.read_stata(path, convert_missing=True, convert_categoricals=False)
        assert list(other.columns) == list(frame.columns)
        for name in frame.columns:
            expected.add((path.name, name))
            label, again, *counts = made.columns[path.name, name]
            assert label == again == meta.column_names_to_labels[name]
            text = meta.readstat_variable_types[name] == "string"
            cells = [cell for cell in frame[name] if not _is_nan(cell)]
            reasons = [0] * 4 if text else [cells.count(letter) for letter in "abcd"]
            kept = [cell for cell in cells if (cell if text else not isinstance(cell, str))]
            total = 0.0 if text else float(sum(kept))
            labels = len(meta.variable_value_labels.get(name, {}))
            wanted = (
                [len(frame)] * 2 + [len(kept)] * 2 + [total] * 2 + reasons * 2 + [labels] * 2 + [float(text)]
            )
            assert [float(count) for count in counts] == NEAR(wanted), (path.name, name)
            if not text:
                shown = [str(cell) for cell in other[name]]
                assert [shown.count(f".{letter}") for letter in "abcd"] == reasons
    assert expected == made.columns.keys()


def test_gretl_sees_the_same_columns(made: Made, tmp_path: Path) -> None:
    files = [
        path for path in sorted(made.folder.glob("*.dta")) if len(pandas.read_stata(path, columns=["site"]))
    ]
    script = tmp_path / "read.inp"
    script.write_text("set verbose off\n" + "".join(map(_gretl, files)), encoding="utf-8")
    done = subprocess.run(
        ["gretlcli", "-b", str(script)],
        check=True, capture_output=True, env={**environment(), "HOME": str(tmp_path)},
    )  # fmt: skip
    lines = [line.split("\t") for line in done.stdout.decode().splitlines() if line.count("\t") == 5]
    seen = {(file, name): rest for file, name, *rest in lines}
    assert seen.keys() == {place for place in made.columns if place[0] in {path.name for path in files}}
    for place, (rows, filled, total, label) in seen.items():
        wanted = made.columns[place]
        assert (label, rows) == (wanted[0], wanted[2])
        if wanted[-1] == "0":  # of texts gretl counts codes of its own
            assert filled == wanted[4]
            assert float("0" if total == "NA" else total) == NEAR(float(wanted[6]))


def _gretl(path: Path) -> str:
    return f"""open "{path}" --quiet
strings names = varnames(dataset)
loop i=1..nelem(names) --quiet
  string n = names[i]
  bundle about = getinfo(@n)
  printf "{path.name}\\t%s\\t%d\\t%d\\t%.15g\\t%s\\n", n, $nobs, nobs(@n), sum(@n), about.description
endloop
"""


def _is_nan(cell: Any) -> bool:
    return isinstance(cell, float) and math.isnan(cell)


# ---- tables


def test_every_number_of_the_report_is_the_one_that_r_makes_of_the_files(made: Made) -> None:
    report = told({table.name: table_csv(table, "en") for table in made.contents.tables()})
    assert differences(report, made.again) == []
    assert sum(value is not None and value != 0 for value in report.values()) > 5000
    for name in {table.name for table in made.contents.tables()} - set(LISTINGS):
        assert any(value for place, value in report.items() if place.table == name), name


def test_the_serious_events_that_the_report_lists_are_those_of_the_file(made: Made) -> None:
    (listed,) = (table for table in made.contents.tables() if table.name == "serious_listing")
    frame = pandas.read_stata(made.folder / "adverse_event.dta", convert_categoricals=False)
    grave = frame[frame["serious"] == 1]
    assert {(row.heads[0].name, row.heads[1].name) for row in listed.rows} == set(
        zip(grave["subj_id"], grave["event_key"], strict=True)
    )
    assert len(listed.rows) > 10


def test_the_do_file_makes_the_tables_of_the_report(made: Made) -> None:
    """The file itself, run by a reader that knows the part of Stata that it uses."""
    session = Stata(made.folder)
    session.run((made.folder / "anifro_tables.do").read_text(encoding="utf-8"))
    report = told({table.name: table_csv(table, "en") for table in made.contents.tables()})
    assert differences(report, tabled(session.files)) == []


def test_the_do_file_that_opens_the_data_set_puts_subject_and_course_beside_each_visit(made: Made) -> None:
    session = Stata(made.folder)
    session.run((made.folder / "open_anifro.do").read_text(encoding="utf-8"))
    visits = pandas.read_stata(made.folder / "visit.dta", convert_categoricals=False)
    assert session.count == len(visits)
    assert {"sledai2k", "first_dose_dy", "ttr_lldas", "subj_signed"} <= session.data.keys()


@pytest.mark.parametrize(
    ("slip", "told_of"),
    [
        ("keep if enroled == 1", "enroled not found"),
        ("keep if site == 1", "type mismatch"),
        ("summarize site", "is a text"),
        ("egen most = maximum(end_dy), by(site subj_id)", "egen"),
        ("generate entry_dy = 1", "already defined"),
        ("display `total'", "macro total"),
        ("stset end_dy, failure(ret_event == 1) entry(time entry_dy)", "entry"),
        ("tabulate site", "unrecognized"),
        ("foreach month in 6 12 {\n count", "missing"),
        ('merge 1:1 site subj_id using "visit.dta", nogenerate keepusing(lldas)', "no key"),
    ],
)
def test_a_slip_of_the_pen_in_a_do_file_does_not_pass(made: Made, slip: str, told_of: str) -> None:
    with pytest.raises(StataError, match=told_of):
        Stata(made.folder).run(f'use "course.dta", clear\n{slip}\n')


def test_the_do_file_is_the_same_in_both_languages_but_for_what_it_says() -> None:
    made = [protocol_tables(DEFINITIONS, lang) for lang in ("it", "en")]
    assert ["Riacutizzazioni" in text for text in made] == [True, False]
    assert max(len(line) for text in made for line in text.splitlines()) <= 120
    bare = [[line for line in text.splitlines() if not re.match(r"\s*(\*|display)", line)] for text in made]
    assert bare[0] == bare[1]
    assert "@" not in made[0]


def test_the_numbers_at_risk_under_a_curve_are_those_of_the_files(made: Made) -> None:
    compared = 0
    for section in made.contents.sections:
        for figure in (one for one in section.figures if one.kind == "steps"):
            for series in figure.series:
                columns = [f"risk_m{int(month):02d}" for month in figure.marks]
                found = [made.again[Place(figure.table, series.name, column)] for column in columns]
                assert found == list(series.at_risk)
                compared += 1
    assert compared > 20


# ---- time to event


class Time(NamedTuple):
    """From when to when somebody was at risk, and whether the event came."""

    entry: int
    time: int
    event: bool


def kaplan_meier(times: Sequence[Time]) -> list[float]:
    """Survival at the marks, then its lower and upper log(-log S) limits, as Stata's; NaN where there are none."""
    curve, low, high = [], [], []
    for mark in MARKS:
        survival, variance = 1.0, 0.0
        for day in sorted({one.time for one in times if one.event and one.time <= mark}):
            risk = sum(one.entry < day <= one.time for one in times)
            dead = sum(one.event and one.time == day for one in times)
            survival *= 1 - dead / risk
            variance += dead / (risk * (risk - dead)) if risk > dead else math.inf
        curve.append(survival)
        if 0 < survival < 1:
            half = 1.959963984540054 * math.sqrt(variance) / math.log(survival)
            low.append(survival ** math.exp(-half))
            high.append(survival ** math.exp(half))
        else:
            low.append(math.nan)
            high.append(math.nan)
    return [*curve, *low, *high]


def counted(times: Sequence[Time | None]) -> list[Time]:
    return [one for one in times if one is not None and one.time > max(one.entry, 0)]


def compare(found: list[float], times: list[Time]) -> None:
    assert found[:2] == [len(times), sum(one.event for one in times)]
    curve = kaplan_meier(times)
    assert found[2:6] == NEAR(curve[:4])
    # R gives limits at S = 1 or S = 0 by conventions of its own; Stata gives none.
    for mine, theirs in zip(curve[4:], found[6:], strict=True):
        assert math.isnan(mine) or theirs == NEAR(mine)


def first_flare(one: Course, *classes: str) -> Time | None:
    days = [flare.onset for flare in one.flares if flare.flare in classes]
    until = min(days, default=one.exposure.end)
    if until is None:
        return None
    day0 = one.exposure.day0
    return Time(one.exposure.entry - day0, until - day0, bool(days))


def test_the_hazard_ratio_is_that_of_breslows_ties(made: Made) -> None:
    from statsmodels.duration.hazard_regression import PHReg

    rows = []
    for one in enrolled(made):
        start, time = one.served.get("baseline"), first_flare(one, "mild_moderate", "severe")
        active = None if start is None else carried.number(start.scores, "sledai2k")
        treated = one.exposure.first is not None
        if treated and time is not None and time.time > time.entry and active is not None:
            rows.append((*time, active >= 10))
    entry, time_, event, high = (numpy.array(column, dtype=float) for column in zip(*rows, strict=True))
    fitted = PHReg(time_, high[:, None], status=event, entry=entry, ties="breslow").fit()
    found = made.numbers["cox first_flare"]
    assert found == NEAR([len(rows), fitted.params[0], fitted.bse[0]], rel=1e-4)


# ---- person-periods and flares


def test_periods_give_the_same_curve_and_the_same_time(made: Made) -> None:
    times = counted([first_flare(one, "mild_moderate", "severe") for one in enrolled(made)])
    compare(made.numbers["period flare1"], times)
    flares, severe, years = made.numbers["period all"]
    (every, _, grave) = made.report.flares
    on_entry = [flare for one in enrolled(made) for flare in one.flares if flare.onset == one.exposure.entry]
    assert flares == every.events - len(on_entry)
    assert severe == grave.events - sum(flare.flare == "severe" for flare in on_entry)
    assert years == NEAR(every.patient_years)
    assert made.numbers["flares"] == [every.events, grave.events]


def test_periods_follow_one_another_from_entry_to_the_end(made: Made) -> None:
    period = pandas.read_stata(made.folder / "period.dta", convert_categoricals=False)
    visits = pandas.read_stata(
        made.folder / "visit.dta", columns=["subj_id", "visit_no", "lldas"], convert_categoricals=False
    )
    states = {(row.subj_id, row.visit_no): row.lldas for row in visits.itertuples()}
    seen = 0
    for one in made.courses:
        mine = period[period["subj_id"] == one.subject.code]
        spent = one.exposure
        if spent.end is None or spent.end <= spent.entry:
            assert mine.empty
            continue
        assert list(mine["period_no"]) == list(range(1, len(mine) + 1))
        assert list(mine["start_dy"])[1:] == list(mine["stop_dy"])[:-1]
        assert (mine["start_dy"].iloc[0], mine["stop_dy"].iloc[-1]) == (
            spent.entry - spent.day0, spent.end - spent.day0,
        )  # fmt: skip
        assert list(mine["last_period"]) == [0] * (len(mine) - 1) + [1]
        for row in mine[mine["visit_no"].notna()].itertuples():
            seen += 1
            assert row.lldas == states[row.subj_id, row.visit_no] or math.isnan(row.lldas)
            assert math.isnan(row.lldas) == math.isnan(states[row.subj_id, row.visit_no])
    assert seen > 100


def test_what_is_open_is_open_in_every_period(made: Made) -> None:
    period = pandas.read_stata(made.folder / "period.dta", convert_categoricals=False)
    open_ones = 0
    for one in made.courses:
        mine = period[period["subj_id"] == one.subject.code]
        happened, day = one.zoster
        if happened is None or (happened and day is None):
            open_ones += len(mine)
            assert mine["zoster"].isna().all()
        else:
            assert mine["zoster"].sum() == int(bool(happened) and one.exposure.entry < (day or 0))
    assert open_ones
