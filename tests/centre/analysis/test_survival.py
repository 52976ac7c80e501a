"""Curves, tests and hazard ratios against published numbers, against R's `survival`, and at their edges."""

from __future__ import annotations

import csv
import math
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from survival_builders import Groups, entering, lung, remission, spells

from anifro_desktop.centre.analysis.survival import Spell, compare, kaplan_meier
from anifro_desktop.centre.analysis.table import Cell

DATA: dict[str, Groups] = {
    "remission": remission(),
    "lung": lung(),
    "late_tied": entering(3, ("a", "b", "c"), tied=True),
    "late_untied": entering(5, ("a", "b"), tied=False),
}
# One line a number: data, group, what, time, value. `survdiff` of R knows no entry: where nothing is tied, the score
# test of Cox's model is the log-rank test.
SCRIPT = """
suppressMessages(library(survival))
options(digits = 15)
d <- read.csv(commandArgs(TRUE)[1])
say <- function(...) cat(..., "\\n", sep = ",")
for (set in unique(d$data)) {
  s <- d[d$data == set, ]
  s$group <- factor(s$group, levels = unique(s$group))
  late <- any(s$entry > 0)
  for (one in levels(s$group)) {
    g <- s[s$group == one, ]
    f <- if (late) survfit(Surv(entry, exit, event) ~ 1, g, conf.type = "log-log")
         else survfit(Surv(exit, event) ~ 1, g, conf.type = "log-log")
    for (i in which(f$n.event > 0)) {
      say(set, one, "survival", f$time[i], f$surv[i])
      say(set, one, "low", f$time[i], f$lower[i])
      say(set, one, "high", f$time[i], f$upper[i])
      say(set, one, "risk", f$time[i], f$n.risk[i])
    }
    m <- quantile(f, 0.5)
    say(set, one, "median", 0, m$quantile)
    say(set, one, "median_low", 0, m$lower)
    say(set, one, "median_high", 0, m$upper)
  }
  cox <- if (late) coxph(Surv(entry, exit, event) ~ group, s, ties = "breslow")
         else coxph(Surv(exit, event) ~ group, s, ties = "breslow")
  found <- summary(cox)
  for (i in seq_len(nrow(found$conf.int))) {
    say(set, levels(s$group)[i + 1], "ratio", 0, found$conf.int[i, 1])
    say(set, levels(s$group)[i + 1], "ratio_low", 0, found$conf.int[i, 3])
    say(set, levels(s$group)[i + 1], "ratio_high", 0, found$conf.int[i, 4])
    say(set, levels(s$group)[i + 1], "wald", 0, found$coefficients[i, 5])
  }
  chi2 <- if (late) found$sctest[1] else survdiff(Surv(exit, event) ~ group, s)$chisq
  say(set, "", "chi2", 0, chi2)
}
"""
Key = tuple[str, str, str, float]


@pytest.fixture(scope="module")
def by_r(tmp_path_factory: pytest.TempPathFactory) -> dict[Key, float | None]:
    """Every number of R, of all data."""
    place: Path = tmp_path_factory.mktemp("r")
    with (place / "data.csv").open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("data", "group", "entry", "exit", "event"))
        for name, groups in DATA.items():
            for group, held in groups.items():
                for one in held:
                    lines.writerow((name, group, repr(one.entry), repr(one.exit), int(one.event)))
    script = place / "survival.R"
    script.write_text(SCRIPT)
    said = subprocess.run(
        ["Rscript", "--vanilla", str(script), str(place / "data.csv")],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    rows = [line.split(",")[:5] for line in said.splitlines()]
    return {
        (data, group, what, round(float(time), 6)): None if value.strip() in ("NA", "NaN") else float(value)
        for data, group, what, time, value in rows
    }


def of_curves() -> Iterator[tuple[Key, float | None]]:
    """The same numbers by the program: curves and medians."""
    for data, groups in DATA.items():
        for group, held in groups.items():
            curve = kaplan_meier(held)
            for step in curve.steps:
                time = round(step.time, 6)
                yield (data, group, "survival", time), step.survival
                yield (data, group, "low", time), step.low
                yield (data, group, "high", time), step.high
                yield (data, group, "risk", time), step.at_risk
            yield (data, group, "median", 0.0), curve.median.value
            yield (data, group, "median_low", 0.0), curve.median.low
            yield (data, group, "median_high", 0.0), curve.median.high


def of_comparisons() -> Iterator[tuple[Key, float | None]]:
    """The same numbers by the program: tests and ratios."""
    for data, groups in DATA.items():
        found = compare(groups)
        yield (data, "", "chi2", 0.0), found.chi2
        for group, (ratio, wald) in found.ratios.items():
            yield (data, group, "ratio", 0.0), ratio.value
            yield (data, group, "ratio_low", 0.0), ratio.low
            yield (data, group, "ratio_high", 0.0), ratio.high
            yield (data, group, "wald", 0.0), wald.value


def test_every_curve_median_test_and_ratio_is_that_of_r(by_r: dict[Key, float | None]) -> None:
    ours = {**dict(of_curves()), **dict(of_comparisons())}
    assert set(ours) == set(by_r)
    # With ties the score test is no log-rank test.
    del ours["late_tied", "", "chi2", 0.0]
    assert len(ours) > 800
    for key, value in ours.items():
        assert value == (None if by_r[key] is None else pytest.approx(by_r[key], rel=1e-7)), key


# Kaplan-Meier of 6-mercaptopurine, as printed in Collett, Modelling Survival Data in Medical Research, and in the
# manual of R's `survival`; hazard ratio by Breslow 4.52 (Cox DR. J R Stat Soc B 1972;34:187-220: coefficient 1.51).
def test_the_leukaemia_trial_gives_the_published_numbers() -> None:
    groups = remission()
    curve = kaplan_meier(groups["mercaptopurine"])
    assert [(step.time, round(step.survival, 3), step.at_risk) for step in curve.steps] == [
        (6, 0.857, 21),
        (7, 0.807, 17),
        (10, 0.753, 15),
        (13, 0.690, 12),
        (16, 0.627, 11),
        (22, 0.538, 7),
        (23, 0.448, 6),
    ]
    assert curve.median == Cell(23.0, "days", 13.0, None)
    assert kaplan_meier(groups["placebo"]).median == Cell(8.0, "days", 4.0, 11.0)
    found = compare({name: groups[name] for name in ("mercaptopurine", "placebo")})
    assert found.chi2 == pytest.approx(16.79, abs=5e-3)
    ratio = found.ratios["placebo"][0]
    assert ratio.value is not None
    assert math.log(ratio.value) == pytest.approx(1.509, abs=5e-4)
    assert ratio.low == pytest.approx(2.027, abs=5e-4)
    assert ratio.high == pytest.approx(10.09, abs=5e-3)


# R's `survival`, documentation of `lung` and `survdiff`: medians 270 and 426 days, chi-square 10.3, p 0.001.
def test_the_lung_data_give_the_published_numbers() -> None:
    groups = lung()
    assert kaplan_meier(groups["men"]).median == Cell(270.0, "days", 210.0, 306.0)
    assert kaplan_meier(groups["women"]).median == Cell(426.0, "days", 345.0, 524.0)
    found = compare(groups)
    assert found.chi2 == pytest.approx(10.33, abs=5e-3)
    assert found.p.value == pytest.approx(0.00131, abs=5e-6)
    assert found.ratios["women"][0].value == pytest.approx(0.5884, abs=5e-5)


def test_of_nobody_there_is_neither_survival_nor_median() -> None:
    curve = kaplan_meier([])
    assert (curve.steps, curve.median.value, curve.survival(10).value, curve.at_risk(0)) == (
        (),
        None,
        None,
        0,
    )
    found = compare({"a": [], "b": []})
    assert (found.chi2, found.p.value, found.ratios["b"][0].value) == (None, None, None)


def test_without_events_all_survive_for_as_long_as_somebody_was_followed() -> None:
    curve = kaplan_meier(spells([5, 9], [False, False]))
    assert curve.survival(9) == Cell(1.0, "share")
    assert curve.survival(9.5).value is None
    assert curve.median.value is None
    assert curve.censored == (5, 9)
    assert compare({"a": spells([5], [False]), "b": spells([9], [False])}).p.value is None


def test_one_subject_with_the_event_leaves_nobody_and_no_limits() -> None:
    curve = kaplan_meier(spells([7], [True]))
    assert curve.survival(6.9) == Cell(1.0, "share")
    assert curve.survival(7) == Cell(0.0, "share")
    assert curve.survival(1000) == Cell(0.0, "share")
    assert curve.median == Cell(7.0, "days")
    assert curve.emptied is None


def test_all_events_at_once_bring_the_curve_to_nothing_at_once() -> None:
    curve = kaplan_meier(spells([4, 4, 4], [True, True, True]))
    assert [(step.time, step.survival, step.low, step.at_risk) for step in curve.steps] == [(4, 0, None, 3)]


def test_an_event_comes_before_a_censoring_of_the_same_day() -> None:
    curve = kaplan_meier(spells([4, 4, 6], [False, True, False]))
    assert curve.steps[0].at_risk == 3
    assert curve.survival(4).value == pytest.approx(2 / 3)
    assert curve.at_risk(4) == 3
    assert curve.at_risk(4.1) == 1


def test_the_median_is_the_first_time_with_one_half() -> None:
    # (3/4)(2/3) is one half, but for its rounding
    assert kaplan_meier(spells([1, 2, 3, 4], [True] * 4)).median.value == 2


def test_whoever_enters_on_the_day_of_an_event_is_not_at_risk_of_it() -> None:
    curve = kaplan_meier([Spell(0, 5, True), Spell(0, 8, False), Spell(5, 9, False)])
    assert curve.steps[0].at_risk == 2
    assert (curve.at_risk(0), curve.at_risk(5), curve.at_risk(6)) == (2, 2, 2)


def test_nothing_is_said_of_the_time_before_the_first_entry() -> None:
    curve = kaplan_meier([Spell(100, 200, True), Spell(120, 300, False)])
    assert curve.survival(90).value is None
    assert curve.survival(150).value == 1.0


def test_a_curve_that_nobody_was_left_under_stays_at_nothing_and_says_so() -> None:
    curve = kaplan_meier([Spell(0, 5, True), Spell(6, 20, True), Spell(6, 30, False)])
    assert [step.survival for step in curve.steps] == [0, 0]
    assert all(step.low is None for step in curve.steps)
    assert curve.emptied is not None
    assert (curve.emptied.time, curve.emptied.at_risk) == (5, 1)
    assert curve.survival(25) == Cell(0.0, "share")


@pytest.mark.parametrize("end", [10.0, 9.0])
def test_a_spell_without_time_at_risk_is_an_error(end: float) -> None:
    with pytest.raises(ValueError, match="time at risk"):
        kaplan_meier([Spell(10, end, True)])


def test_a_group_without_events_has_no_ratio_and_leaves_the_others_as_they_are() -> None:
    late = entering(9, ("a", "b"), tied=True)
    quiet = [Spell(one.entry, one.exit, False) for one in late["a"]]
    both = compare({**late, "quiet": quiet})
    assert both.ratios["quiet"][0].value is None
    assert both.ratios["b"] == compare(late).ratios["b"]
    assert both.freedom == 2
    assert compare({"quiet": quiet, **late}).ratios["b"][0].value is None


def test_groups_never_at_risk_together_cannot_be_compared() -> None:
    found = compare(
        {"a": [Spell(0, 5, True), Spell(0, 6, True)], "b": [Spell(10, 15, True), Spell(10, 16, True)]}
    )
    assert found.p.value is None
    assert found.ratios["b"][0].value is None
