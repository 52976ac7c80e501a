"""Before data are cut: everything that is not signed is listed, endpoints can be asked for alone, and nothing
else is."""

from __future__ import annotations

from datetime import date

import pytest
from event_acts import completed
from study_parts import DAY_0, PASSPHRASE, dump, enrol, fill, signed, someone, type_in

from anifro_desktop.workflows import signoff, visits
from anifro_desktop.workflows.errors import NotInTrail
from anifro_desktop.workflows.site import Site

MONTH_6 = date(2026, 9, 3)


def listed(site: Site, **asked: object) -> set[tuple[str, str, str]]:
    return {(one.visit, one.form, one.state) for one in signoff.unsigned(site, **asked)}


def test_a_site_where_all_is_signed_lists_nothing(site: Site, subject: str) -> None:
    signed(site, subject, "baseline", DAY_0)
    assert signoff.unsigned(site) == []


def test_drafts_completed_and_changed_forms_are_listed_each_as_what_it_is(site: Site, subject: str) -> None:
    baseline = signed(site, subject, "baseline", DAY_0)
    visits.amend(site, baseline, 2)
    type_in(site, baseline, {"temperature_c": "37"})
    visits.complete(site, baseline)
    fill(site, subject, "m06", MONTH_6, 1)
    completed(site, subject, "hospitalisation", hs_admission="2026-09-20", hosp_reason=1)
    found = listed(site)
    assert {one for one in found if one[0] == "baseline"} == {("baseline", "vitals", "changed")}
    assert ("hs-001", "hospitalisation", "unsigned") in found
    assert ("m06", "sledai2k", "draft") in found
    (changed,) = signoff.unsigned(site, visit="baseline")
    assert [(one.field, one.new.en) for one in changed.changes] == [("temperature_c", "37 °C")]


def test_endpoints_can_be_asked_for_alone(site: Site, subject: str) -> None:
    visits.complete(site, fill(site, subject, "baseline", DAY_0))
    completed(site, subject, "hospitalisation", hs_admission="2026-09-20", hosp_reason=1)
    every, endpoints = listed(site), listed(site, endpoints=True)
    assert endpoints < every
    assert ("baseline", "sledai2k", "unsigned") in endpoints
    assert ("baseline", "visit_summary", "unsigned") in endpoints  # the results stand there
    assert ("hs-001", "hospitalisation", "unsigned") not in endpoints
    assert all(one.endpoint for one in signoff.unsigned(site, endpoints=True))


def test_one_patient_and_one_visit_can_be_asked_for(site: Site, subject: str) -> None:
    other = enrol(site, someone(2))
    visits.complete(site, fill(site, subject, "baseline", DAY_0))
    visits.complete(site, fill(site, other, "baseline", DAY_0))
    assert {one.subject for one in signoff.unsigned(site)} == {subject, other}
    assert {one.subject for one in signoff.unsigned(site, subject=other)} == {other}


@pytest.mark.parametrize("asked", [{"visit": "m66"}, {"visit": "m06"}, {"subject": "first", "visit": "m06"}])
def test_a_visit_that_nobody_has_is_no_visit_where_all_is_signed(
    site: Site, subject: str, asked: dict[str, str]
) -> None:
    """A key mistyped before a cut would else give a false all-clear."""
    signed(site, subject, "baseline", DAY_0)
    asked = asked | ({"subject": subject} if "subject" in asked else {})
    with pytest.raises(NotInTrail, match="check the key"):
        signoff.unsigned(site, **asked)
    with pytest.raises(NotInTrail):
        signoff.unsigned(site, subject="P03-0000-0")


def test_problems_and_open_questions_are_counted_at_their_form(site: Site, subject: str) -> None:
    fill(site, subject, "baseline", DAY_0, platelets="12345678", phga="")
    rows = {one.form: one for one in signoff.unsigned(site, visit="baseline")}
    assert rows["laboratory"].hard == 1
    assert rows["phga"].unanswered == 1
    assert (rows["vitals"].hard, rows["vitals"].unanswered) == (0, 0)


def test_the_list_changes_nothing_and_says_what_is_only_typed(site: Site, subject: str) -> None:
    baseline = signed(site, subject, "baseline", DAY_0)
    visits.amend(site, baseline, 2)
    assert signoff.unsigned(site) == []  # nothing differs from what was signed
    type_in(site, baseline, {"temperature_c": "37"})
    before = dump(site)
    assert listed(site) == {("baseline", "vitals", "changed")}
    assert dump(site) == before
    visits.sign(site, baseline, "responsible", PASSPHRASE)
    assert signoff.unsigned(site) == []
