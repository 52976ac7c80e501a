"""Withdrawal with the wish that what was collected before be not used: out of every table, still in the store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas
import pytest
from centre_builders import DEFINITIONS, course, event, received

from anifro_desktop.centre.assembling import Received, subjects
from anifro_desktop.centre.consent import by_consent
from anifro_desktop.centre.dataset import write_dataset
from anifro_desktop.centre.rendering import as_text
from anifro_desktop.centre.reporting import report
from anifro_desktop.centre.tabling import tables
from anifro_desktop.record import Missing, Revision

CODE, OTHER = "P03-7KQF-4", "P03-0000-Z"
NO, YES = 0, 1


def withdrawal(use_before: object = NO, number: int = 1, **more: object) -> Revision:
    """The patient withdraws on day 400."""
    given = {} if use_before is None else {"wd_use_before": use_before}
    made = event(CODE, f"wd-{number:03}", wd_date=400, wd_scope=1, wd_last_contact=400, **given)
    return replace(made, **more)  # type: ignore[arg-type]


def held(*withdrawals: Revision) -> list[Received]:
    """What the centre holds: two subjects with events, the first of whom withdrew."""
    records = [item for code in (CODE, OTHER) for item in course(code)]
    records += [event(code, "ae-001", aesi_category=0, ae_start=5, ser_important=1) for code in (CODE, OTHER)]
    return received([*records, *withdrawals])


def lines_by_code(items: list[Received]) -> dict[str, set[str]]:
    """The files of the data set in which each code has a line."""
    found: dict[str, set[str]] = {CODE: set(), OTHER: set()}
    for name, table in tables(subjects(items, DEFINITIONS), DEFINITIONS, "en").items():
        (code,) = (one for one in table.variables if one.column.name == "subj_id")
        for row in table.rows:
            found[str(code.cell(row))].add(name)
    return found


def test_no_file_and_no_count_holds_anything_of_whom_may_not_be_used() -> None:
    found = lines_by_code(held(withdrawal()))
    assert found[CODE] == set()
    assert found[OTHER] == {
        "subject", "visit", "course", "flare", "predictors", "period", "time", "adverse_event",
    }  # fmt: skip
    counted = report(subjects(held(withdrawal()), DEFINITIONS))
    alone = report(subjects([item for item in held() if item.revision.subject == OTHER], DEFINITIONS))
    assert replace(counted, excluded=()) == alone
    assert counted.excluded == (CODE,)
    assert f"{CODE}: excluded: consent for data collected before withdrawn." in as_text(counted, "en")
    assert f"{CODE}: escluso, revocato il consenso per i dati già raccolti." in as_text(counted, "it")


@pytest.mark.parametrize("answer", [YES, None, Missing.NOT_KNOWN])
def test_an_answer_that_is_not_no_leaves_everything_in(answer: object) -> None:
    assert lines_by_code(held(withdrawal(answer)))[CODE] == {
        "subject", "visit", "course", "predictors", "period", "time", "adverse_event", "withdrawal",
    }  # fmt: skip
    assert by_consent(subjects(held(withdrawal(answer)), DEFINITIONS)).excluded == ()


def test_an_amended_answer_brings_the_subject_back_and_out_again() -> None:
    no, yes = withdrawal(), withdrawal(YES, ver=2, prev="0" * 64)
    no_again = withdrawal(NO, ver=3, prev="0" * 64)
    assert "visit" in lines_by_code(held(no, yes))[CODE]
    assert "visit" in lines_by_code(held(yes, no))[CODE]  # in whatever order they came
    assert lines_by_code(held(no, yes, no_again))[CODE] == set()


def test_a_withdrawal_that_was_a_mistake_leaves_nothing_out() -> None:
    gone = Received("P03", 1, withdrawal(visit="wd-001~1", values={}, ver=2, prev="0" * 64), deleted=True)
    assert "visit" in lines_by_code([*held(withdrawal()), gone])[CODE]


def test_one_no_of_two_withdrawals_is_enough() -> None:
    assert lines_by_code(held(withdrawal(YES), withdrawal(NO, 2)))[CODE] == set()


def test_nothing_of_a_day_after_the_withdrawal_counts_and_it_is_named() -> None:
    """It came all the same: late, from another computer, or the day was corrected."""
    on = subjects(held(), DEFINITIONS)[1].visits[-1].day
    assert on is not None
    early = replace(withdrawal(YES), values={**withdrawal(YES).values, "wd_date": on - 1})
    told = by_consent(subjects(held(early), DEFINITIONS))
    (kept,) = [one for one in told.usable if one.code == CODE]
    assert [code for code, _ in told.late] == [CODE] * len(told.late)
    assert kept.visits
    assert all(visit.day is not None and visit.day < on for visit in kept.visits)
    same_day = replace(withdrawal(YES), values={**withdrawal(YES).values, "wd_date": on})
    assert by_consent(subjects(held(same_day), DEFINITIONS)).late == ()
    gone = Received(
        "P03",
        1,
        replace(early, visit="wd-001~1", values={}, ver=2, prev="0" * 64, why="void_4"),
        deleted=True,
    )
    assert by_consent(subjects([*held(early), gone], DEFINITIONS)).late == ()


@pytest.mark.parametrize(("months", "late"), [(13, False), (15, True)])
def test_an_event_that_began_certainly_after_the_withdrawal_does_not_count(months: int, late: bool) -> None:
    """She withdrew on day 400, in the thirteenth month or the fourteenth."""
    vague = received([event(CODE, "ae-002", aesi_category=0, ae_start={"months": months})])
    found = by_consent(subjects([*held(withdrawal(YES)), *vague], DEFINITIONS)).late
    assert ((CODE, "ae-002") in found) is late


def test_the_files_are_written_anew_without_the_subject(tmp_path: Path) -> None:
    def codes(items: list[Received]) -> set[str]:
        write_dataset(tmp_path, subjects(items, DEFINITIONS), DEFINITIONS, "en")
        return {
            code for file in tmp_path.glob("*.dta") for code in pandas.read_stata(file).get("subj_id", ())
        }

    assert codes(held()) == {CODE, OTHER}
    assert codes(held(withdrawal())) == {OTHER}
    assert not any(CODE.encode() in path.read_bytes() for path in tmp_path.iterdir())
