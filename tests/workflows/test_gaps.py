"""Gaps of anifrolumab: asked of the site past the limit of the route, and never decided here."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from event_acts import DOSE, begun, completed, withdrawal
from study_parts import DAY_0, PASSPHRASE, TestClock, enrol, type_in

from anifro_desktop.study.protocol import PROTOCOL
from anifro_desktop.study.schedule import window
from anifro_desktop.workflows import events, mistakes, visits
from anifro_desktop.workflows.gaps import LIMITS, Gap, gaps
from anifro_desktop.workflows.site import Site
from anifro_desktop.workflows.timeline import course

IV, SC = 1, 2


@pytest.fixture
def subject(site: Site) -> str:
    """A woman enrolled and first treated on 4 March 2026."""
    return enrol(site, first_dose_date=DAY_0.isoformat())


def dose(site: Site, subject: str, ago: int, **changes: Any) -> date:
    """A dose some days ago."""
    on = site.today() - timedelta(days=ago)
    completed(site, subject, "administration", **{**DOSE, "ad_date": on.isoformat(), **changes})
    return on


def change(site: Site, subject: str, what: int, ago: int, **more: Any) -> None:
    """A change of anifrolumab some days ago: 4 stopped, 5 paused, 6 restarted."""
    on = site.today() - timedelta(days=ago)
    given = {"dc_drug": 15, "dc_what": what, "dc_date": on.isoformat(), **more}
    completed(site, subject, "drug_change", **given)


def asked(site: Site) -> list[tuple[str, int, str]]:
    return [(gap.subject, gap.days, gap.key) for gap in gaps(site)]


def test_the_limits_are_those_of_the_protocol() -> None:
    assert LIMITS == {IV: 84, SC: 28}
    assert PROTOCOL.settings["anifrolumab.gap_iv_days"].unit == "d"


@pytest.mark.parametrize(("route", "drug", "limit"), [(IV, 15, 84), (SC, 16, 28)])
def test_the_day_after_the_limit_asks_and_the_last_day_does_not(
    route: int, drug: int, limit: int, site: Site, subject: str
) -> None:
    other = enrol(site)
    dose(site, subject, limit, ad_route=route)
    last = dose(site, other, limit + 1, ad_route=route)
    assert gaps(site) == [Gap(other, last, limit + 1, drug)]
    assert gaps(site, subject) == []
    assert course(site, other).gap == gaps(site, other)[0]
    assert course(site, subject).gap is None


def test_the_route_is_that_of_the_last_dose(site: Site, subject: str) -> None:
    dose(site, subject, 90, ad_route=IV)
    dose(site, subject, 29, ad_route=SC)
    assert asked(site) == [(subject, 29, "")]


def test_where_the_route_is_open_the_longer_limit_holds(site: Site, subject: str) -> None:
    dose(site, subject, 84, ad_route={"missing": "not_known"})
    assert asked(site) == []
    other = enrol(site)
    dose(site, other, 85, ad_route={"missing": "not_known"})
    assert [(gap.subject, gap.drug) for gap in gaps(site)] == [(other, None)]


def test_a_dose_that_was_not_given_or_was_a_mistake_is_no_dose(site: Site, subject: str) -> None:
    dose(site, subject, 100)
    dose(site, subject, 72, ad_given=0, ad_reason=1)
    assert asked(site) == [(subject, 100, "")]
    dose(site, subject, 44, ad_given=2, ad_reason=1)
    assert asked(site) == []
    mistakes.void(site, subject, "ad-003", 3, "", PASSPHRASE)
    assert asked(site) == [(subject, 100, "")]


def test_without_any_dose_given_nothing_is_asked(site: Site, subject: str) -> None:
    dose(site, subject, 100, ad_given=0, ad_reason=1)
    begun(site, subject, "administration", ad_given=1)
    assert asked(site) == []


def test_a_dose_without_a_date_is_asked_for_and_hides_no_other_gap(site: Site, subject: str) -> None:
    other = enrol(site)
    dose(site, subject, 100)
    dose(site, other, 90)
    undated = begun(site, subject, "administration", ad_given=1)
    assert asked(site) == [(subject, 100, "ad-002"), (other, 90, "")]
    type_in(site, undated, {"ad_date": site.today().isoformat()})
    assert asked(site) == [(other, 90, "")]


@pytest.mark.parametrize(
    ("what", "more"),
    [
        (5, {"dc_restart_planned": 1, "dc_reason": 5}),
        (5, {"dc_restart_planned": 0}),
        (4, {"dc_permanence": 1, "dc_restart_planned": 1}),
        (4, {"dc_permanence": 2, "dc_reason": 1}),
        (4, {"dc_permanence": 1, "dc_date": {"missing": "not_known"}}),
    ],
)
def test_what_was_accounted_for_is_not_asked(what: int, more: Any, site: Site, subject: str) -> None:
    dose(site, subject, 100)
    assert asked(site) == [(subject, 100, "")]
    change(site, subject, what, 100, **more)
    assert asked(site) == []


def test_a_pause_before_the_last_dose_or_of_another_drug_accounts_for_nothing(
    site: Site, subject: str
) -> None:
    change(site, subject, 5, 150)
    dose(site, subject, 100)
    change(site, subject, 4, 60, dc_drug=5, dc_permanence=2, dc_reason=3)
    assert asked(site) == [(subject, 100, "")]


def test_after_a_restart_the_gap_runs_from_it(site: Site, subject: str) -> None:
    dose(site, subject, 200)
    change(site, subject, 5, 190)
    change(site, subject, 6, 84)
    assert asked(site) == []
    other = enrol(site)
    dose(site, other, 200)
    change(site, other, 5, 190)
    change(site, other, 6, 85)
    assert asked(site) == [(other, 200, "")]


def test_a_change_that_was_only_begun_is_gone_on_with(site: Site, subject: str) -> None:
    dose(site, subject, 100)
    opened = begun(site, subject, "drug_change", dc_drug=15)
    assert asked(site) == [(subject, 100, "dc-001")]
    type_in(site, opened, {"dc_what": 5, "dc_date": site.today().isoformat()})
    assert asked(site) == []


@pytest.mark.parametrize("form", ["withdrawal", "death", "lost"])
def test_nothing_is_asked_once_follow_up_has_ended(form: str, site: Site, subject: str) -> None:
    last = dose(site, subject, 100)
    on = (last + timedelta(days=10)).isoformat()
    answers: dict[str, Any] = {
        "withdrawal": withdrawal(last + timedelta(days=10)),
        "death": {"de_date": on, "de_cause": 1, "de_related": 0, "de_ae": {"missing": "not_applicable"}},
        "lost": {"lo_last_contact": on, "lo_attempts": 3, "lo_reason": 1},
    }
    completed(site, subject, form, **answers[form])
    assert asked(site) == []


def test_who_was_lost_and_came_back_is_asked_again(site: Site, subject: str) -> None:
    last = dose(site, subject, 100)
    earlier = (last - timedelta(days=60)).isoformat()
    completed(site, subject, "lost", lo_last_contact=earlier, lo_attempts=3, lo_reason=1)
    assert asked(site) == [(subject, 100, "")]


def test_signed_doses_count_and_nothing_is_written(site: Site, subject: str) -> None:
    dose(site, subject, 100)
    opened = events.go_on(site, subject, "ad-001")
    visits.sign_confirmed(site, opened, "responsible")
    before = site.clinical.audit_head()
    assert asked(site) == [(subject, 100, "")]
    assert site.clinical.audit_head() == before


def test_a_gap_that_grew_long_after_the_last_visit_of_the_study_is_not_asked(
    site: Site, clock: TestClock, subject: str
) -> None:
    closes = window(DAY_0, "m60").closes
    clock.forward(days=(closes - site.today()).days + 400)
    end = (site.today() - closes).days
    dose(site, subject, end + LIMITS[IV] + 1)
    assert [gap.subject for gap in gaps(site)] == [subject]
    dose(site, subject, end + LIMITS[IV])
    assert gaps(site) == []
