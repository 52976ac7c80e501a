"""Three sites and a centre under loss, repetition, delay, forks and backups put back: it always ends the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from exchange import SITES, peopled
from exchange_machine import Exchange
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from whole_study import Study

SITE = SITES[0]


@pytest.fixture(scope="module", autouse=True)
def exchange(study_template: Study, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What each example begins with."""
    study = study_template.copy(tmp_path_factory.mktemp("exchange") / "study")
    Exchange.template, Exchange.patients = study, peopled(study)
    Exchange.happened.clear()


def overtaken_forgotten_asked(all_: Exchange) -> None:
    all_.be_overtaken(code=SITE, phga=3, kept=False)
    all_.restore_the_centre(code=SITE, phga=5, backup=True, ask=True, told=True)
    all_.be_asked(code=SITE, copy=False, phga=7, back=False)


def an_old_copy_goes_on(all_: Exchange) -> None:
    all_.fall_back(code=SITE, phga=3, older=False, goes_on=True)


def an_old_copy_sends_nothing(all_: Exchange) -> None:
    all_.fall_back(code=SITE, phga=3, older=False, goes_on=False)
    all_.exchange_answers(all_.world.desks[SITE])


def two_send_under_one_number(all_: Exchange) -> None:
    all_.fork(code=SITE, phga=3, original_first=True)


def the_copy_alone_reads_of_a_fork(all_: Exchange) -> None:
    """The receipt that first tells of it is read by the copy; the site has nothing more to send."""
    all_.fork(code=SITE, phga=0, original_first=True)
    all_.have_an_ordinary_day(code=SITE, copy=True, phga=0)


def what_an_old_copy_handed_over_is_known_to_who_took_it_alone(all_: Exchange) -> None:
    """The old copy writes, hands the patient over with it, and is overtaken by the same copy once more."""
    all_.fall_back(code=SITE, phga=0, older=False, goes_on=True)
    all_.hand_over(code=SITE, to=SITES[1], pick=0)
    all_.fall_back(code=SITE, phga=0, older=True, goes_on=False)
    all_.hand_over(code=SITE, to=SITES[1], pick=0)


@pytest.mark.parametrize(
    "course",
    [
        overtaken_forgotten_asked,
        an_old_copy_goes_on,
        an_old_copy_sends_nothing,
        two_send_under_one_number,
        the_copy_alone_reads_of_a_fork,
        what_an_old_copy_handed_over_is_known_to_who_took_it_alone,
    ],
)
def test_what_often_goes_wrong_ends_the_same(course: Callable[[Exchange], None]) -> None:
    all_ = Exchange()
    all_.begin(seed=0)
    try:
        course(all_)
    finally:
        all_.teardown()


@pytest.mark.parametrize(("examples", "steps"), [(2, 10)])
def test_whatever_happens_on_the_way_it_ends_the_same(examples: int, steps: int) -> None:
    before = Exchange.happened["accepted"]
    run_state_machine_as_test(Exchange, settings=settings(max_examples=examples, stateful_step_count=steps))
    assert Exchange.happened["accepted"] > before
