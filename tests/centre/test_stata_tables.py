"""The data set in the hands of others: five readers see the same in each `.dta`, and the tables of `anifro_tables.do`,
recomputed by R from these files alone, are those of the program.

The program itself is asked for what it has (`report`); the curves, measures and periods are compared with a slow
recount from the courses and visits, which uses no file.
"""

from __future__ import annotations

import math
import re
import statistics
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy
import pandas
import pyreadstat
import pytest
from centre_builders import DEFINITIONS
from stata_study import study

from anifro_desktop.centre import carried
from anifro_desktop.centre.course import Course, course
from anifro_desktop.centre.dataset import write_dataset
from anifro_desktop.centre.do_files import protocol_tables
from anifro_desktop.centre.planning import enrolment_state, followups, months_of
from anifro_desktop.centre.reporting import Report, report
from anifro_desktop.centre.tabling import tables

Numbers = dict[str, list[float]]
MARKS = (183, 365, 731, 1096)  # days at which the curves are compared
NEAR = pytest.approx


class Made(NamedTuple):
    """A study in files, what the program says of it, and what R makes of the files."""

    folder: Path
    courses: list[Course]
    report: Report
    numbers: Numbers
    columns: dict[tuple[str, str], list[str]]

    def __repr__(self) -> str:
        return "Made"  # all of it takes minutes to write under a test that fails


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder, out = tmp_path_factory.mktemp("study"), tmp_path_factory.mktemp("r") / "numbers"
    subjects = study(11, 80)
    write_dataset(folder, iter(subjects), DEFINITIONS, "it")
    script = Path(__file__).with_name("stata_tables.R")
    subprocess.run(["Rscript", str(script), str(folder), str(out)], check=True, env=_environment())
    numbers = {}
    for line in out.read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition("\t")
        numbers[name] = [math.nan if word == "NA" else float(word) for word in rest.split()]
    seen = out.with_name("numbers.columns").read_text(encoding="utf-8").splitlines()
    columns = {(cells[0], cells[1]): cells[2:] for cells in (line.split("\t") for line in seen)}
    return Made(folder, [course(one) for one in subjects], report(subjects), numbers, columns)


def _environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


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
        check=True, capture_output=True, env={**_environment(), "HOME": str(tmp_path)},
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


def test_states_by_visit_are_those_of_the_report(made: Made) -> None:
    names = {"steroid_stop_sustained": "gc_stop_sust"}
    compared = 0
    for line in made.report.lines:
        found = made.numbers[f"state {names.get(line.endpoint, line.endpoint)} {line.visit}"]
        assert found[:3] == [line.met, line.known, line.due]
        for interval, limits in ((line.non_responder, found[3:5]), (line.observed, found[5:7])):
            expected = [math.nan] * 2 if interval is None else [interval.low, interval.high]
            assert limits == NEAR(expected, nan_ok=True)
        compared += 1
    assert compared == sum(name.startswith("state ") for name in made.numbers)
    assert sum(line.met for line in made.report.lines) > 100


def test_rates_are_those_of_the_report(made: Made) -> None:
    names = {"any": "flare_n", "mild_moderate": "flare_mm_n", "severe": "flare_sev_n"}
    for rate in made.report.flares:
        found = made.numbers[f"rate {names[rate.severity]}"]
        assert found[:4] == NEAR([rate.events, rate.subjects, rate.patient_years, rate.per_100])
    for kind, name in {"any": "ae_n", "serious": "sae_n", "treatment_emergent": "ae_te_n"}.items():
        (count,) = (one for one in made.report.events if one.kind == kind)
        assert made.numbers[f"rate {name}"][:2] == [count.events, count.subjects]


def test_measures_by_visit_are_those_of_the_visits(made: Made) -> None:
    places = {
        "sledai2k": ("sledai2k", "value"), "sledas": ("sledas", "value"),
        "pred_eq": ("prednisone", "pred_eq"), "joints_tjc28": ("joints", "tjc28"),
    }  # fmt: skip
    for measure, place in places.items():
        for planned in ("baseline", "m06", "m12"):
            pairs = []
            for one in enrolled(made):
                here, start = one.served.get(planned), one.served.get("baseline")
                value = None if here is None else carried.number(here.scores, *place)
                base = None if start is None else carried.number(start.scores, *place)
                pairs.append((value, base))
            at = [value for value, _ in pairs if value is not None]
            change = [value - base for value, base in pairs if value is not None and base is not None]
            found = made.numbers[f"measure {measure} m{'00' if planned == 'baseline' else planned[1:]}"]
            assert found[:3] == NEAR([len(at), statistics.fmean(at), statistics.stdev(at)])
            assert found[6:8] == NEAR([len(change), statistics.fmean(change)])


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


@pytest.mark.parametrize(
    ("name", "classes"), [("flare1", ("mild_moderate", "severe")), ("flare1_sev", ("severe",))]
)
def test_time_to_the_first_flare(made: Made, name: str, classes: tuple[str, ...]) -> None:
    times = counted([first_flare(one, *classes) for one in enrolled(made)])
    compare(made.numbers[f"curve {name}"], times)


@pytest.mark.parametrize("rule", ["lldas", "doris", "sledai4", "joint50"])
def test_time_to_response_settled_and_observed(made: Made, rule: str) -> None:
    settled, observed = [], []
    for one in enrolled(made):
        response, entry = one.responses[f"ttr_{rule}"], one.exposure.entry - one.exposure.day0
        if response.evaluable is not True:
            continue
        if response.event is not None and response.days is not None:
            settled.append(Time(entry, response.days, response.event))
        if response.observed_event is not None and response.observed_days is not None:
            observed.append(Time(entry, response.observed_days, response.observed_event))
    compare(made.numbers[f"curve ttr_{rule}"], counted(settled))
    compare(made.numbers[f"curve ttr_{rule}_obs"], counted(observed))
    assert len(observed) > 10


def test_time_to_damage_and_to_the_end_of_treatment(made: Made) -> None:
    damage: list[Time | None] = []
    kept: list[Time | None] = []
    for one in enrolled(made):
        spent, day0 = one.exposure, one.exposure.day0
        if one.damage.accrued is not None and one.damage.day is not None:
            damage.append(Time(spent.entry - day0, one.damage.day - day0, one.damage.accrued))
        held = spent.retained
        if held is not None and held.event is not None and held.days is not None and spent.first is not None:
            kept.append(Time(max(spent.entry - spent.first, 0), held.days, held.event))
    compare(made.numbers["curve damage"], counted(damage))
    compare(made.numbers["curve retention"], counted(kept))


@pytest.mark.parametrize(("name", "part"), [("zoster1", "zoster"), ("serious_inf1", "infection")])
def test_time_to_zoster_and_to_serious_infection(made: Made, name: str, part: str) -> None:
    times: list[Time | None] = []
    for one in enrolled(made):
        happened, day = getattr(one, part)
        until = day if happened else one.exposure.end
        if happened is not None and until is not None:
            times.append(Time(one.exposure.entry - one.exposure.day0, until - one.exposure.day0, happened))
    compare(made.numbers[f"curve {name}"], counted(times))


def test_the_hazard_ratio_is_that_of_breslows_ties(made: Made) -> None:
    from statsmodels.duration.hazard_regression import PHReg

    rows = []
    for one in enrolled(made):
        start, time = one.served.get("baseline"), first_flare(one, "mild_moderate", "severe")
        active = None if start is None else carried.number(start.scores, "sledai2k")
        if time is not None and time.time > time.entry and active is not None:
            rows.append((*time, active >= 10))
    entry, time_, event, high = (numpy.array(column, dtype=float) for column in zip(*rows, strict=True))
    fitted = PHReg(time_, high[:, None], status=event, entry=entry, ties="breslow").fit()
    found = made.numbers["cox flare1"]
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


# ---- the do-file


@pytest.mark.parametrize("lang", ["it", "en"])
def test_the_do_file_names_only_what_is_there_and_is_in_one_language(
    lang: str,
) -> None:
    text = protocol_tables(lang)
    assert not re.search(r"^(it|en)>", text, re.MULTILINE)
    assert ("Tassi per 100" in text, "Rates per 100" in text) == (lang == "it", lang == "en")
    there = {item.column.name for table in tables([], DEFINITIONS, lang).values() for item in table.variables}
    listed = re.findall(
        r"(?:foreach state in|foreach event in|local measures|keepusing\() ?([a-z0-9_ ]+(?:///\n[a-z0-9_ ]+)*)",
        text,
    )
    named = {word for words in listed for word in words.replace("///", " ").split()}
    named |= {word for line in re.findall(r'curve "[^"]+" (\w+ \w+ \w+)', text) for word in line.split()}
    for rule in ("lldas", "doris", "sledai4", "clasi50", "joint50", "gc5"):
        named |= {
            name.replace("ttr_", f"ttr_{rule}")
            for name in ("ttr_", "ttr__dy", "ttr__obs", "ttr__obs_dy", "ttr__able")
        }
    named -= {"ttr_"}
    assert len(named) > 60
    assert named <= there, named - there
    assert text.count("{") == text.count("}")
    assert max(map(len, text.splitlines())) <= 120
    made_there = set(re.findall(r"generate \w+ (\w+) =|egen \w+ (\w+) =", text))
    assert not {name for pair in made_there for name in pair} & there  # it makes no variable that there is
    months = " ".join(str(months_of(planned)) for planned in followups())
    assert f"foreach month in {months} {{" in text
    assert set(re.findall(r'"(\w+)\.dta"', text)) == {"visit", "course", "period"}
