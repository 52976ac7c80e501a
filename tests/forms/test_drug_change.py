"""The form of changes of treatment: dose in the drug's own unit, activity, and why a drug was stopped."""

from __future__ import annotations

import pytest
from event_builders import asked, event, problems
from forms_builders import DEFINITIONS

from anifro_desktop.forms import inputs
from anifro_desktop.record import Missing
from anifro_desktop.scores.ceilings import DRUGS

DOSES = {"dc_mg_day", "dc_mg_week", "dc_mg_4wk", "dc_mg"}
CONTRIBUTING = {item.id for item in DEFINITIONS.form("drug_change").fields if item.id.startswith("dc_c_")}


def test_every_drug_of_the_rules_has_its_code_and_is_asked_in_the_unit_of_the_visit_form() -> None:
    """The list keeps the order of the ceilings; a code and its unit never part."""
    names = dict(zip(DRUGS, range(1, 19), strict=True))
    labels = DEFINITIONS.code_lists["study_drug"]
    assert labels.values == tuple(range(1, 21))
    for drug, code in names.items():
        label = labels.label(code)
        assert label is not None
        assert label == DEFINITIONS.fields[f"on_{drug}"].label
        shown = asked(event("drug_change", dc_drug=str(code), dc_what="1")) & DOSES
        assert len(shown) == 1
        unit = DEFINITIONS.fields[shown.pop()].unit
        assert unit == ("mg" if drug == "rituximab" else DEFINITIONS.fields[f"{drug}_dose"].unit)
    assert set(inputs.DRUGS) == set(names)


@pytest.mark.parametrize(
    ("what", "dose", "activity", "reason", "permanence", "restart"),
    [
        ("1", True, True, False, False, False),
        ("2", True, True, False, False, False),
        ("3", True, False, False, False, False),
        ("4", False, False, True, True, False),
        ("5", False, False, True, False, True),
        ("6", True, True, False, False, False),
    ],
)
def test_the_kind_of_change_decides_what_is_asked(
    what: str, dose: bool, activity: bool, reason: bool, permanence: bool, restart: bool
) -> None:
    shown = asked(event("drug_change", dc_drug="5", dc_what=what))
    assert bool(shown & DOSES) is dose
    assert ("dc_for_activity" in shown) is activity
    assert ("dc_reason" in shown) is reason
    assert ("dc_permanence" in shown) is permanence
    assert ("dc_restart_planned" in shown) is restart
    assert not shown & (CONTRIBUTING | {"dc_contrib", "dc_ae"})


def test_a_permanent_stop_cannot_be_signed_without_its_reason() -> None:
    session = event("drug_change", dc_drug="15", dc_what="4", dc_permanence="2")
    assert problems(session)["dc_reason"] == ("hard", "dc_permanent_needs_reason")
    assert not session.can_sign()
    session.set_missing("dc_reason", Missing.NOT_KNOWN)
    assert not session.can_sign()
    session.set_text("dc_reason", "2")
    assert problems(session) == {}


def test_a_temporary_stop_or_pause_of_anifrolumab_without_a_reason_is_asked_about() -> None:
    session = event("drug_change", dc_drug="16", dc_what="5", dc_restart_planned="1")
    assert problems(session) == {"dc_reason": ("soft", "dc_anifrolumab_reason")}
    assert problems(event("drug_change", dc_drug="5", dc_what="5", dc_restart_planned="1")) == {}


def test_a_pause_without_a_planned_restart_is_to_be_classified() -> None:
    session = event("drug_change", dc_drug="15", dc_what="5", dc_reason="9", dc_restart_planned="0")
    assert problems(session) == {"dc_restart_planned": ("soft", "dc_pause_without_restart")}


def test_contributing_reasons_are_asked_for_anifrolumab_only_and_without_the_primary_one() -> None:
    session = event(
        "drug_change", dc_drug="15", dc_what="4", dc_permanence="2", dc_reason="3", dc_contrib="0"
    )
    assert not asked(session) & CONTRIBUTING
    session.set_text("dc_contrib", "1")
    assert asked(session) & CONTRIBUTING == CONTRIBUTING - {"dc_c_adverse_event"}
    session.set_text("dc_drug", "13")
    assert not asked(session) & CONTRIBUTING


def test_the_remaining_contributing_reasons_take_one_act() -> None:
    session = event(
        "drug_change",
        dc_drug="15",
        dc_what="4",
        dc_permanence="2",
        dc_reason="2",
        dc_contrib="1",
        dc_c_infection="1",
    )
    session.all_absent("drug_change", "stop")
    assert {session.answers[name] for name in CONTRIBUTING - {"dc_c_infection", "dc_c_sec_ineff"}} == {0}
    assert session.answers["dc_c_infection"] == 1
    assert "dc_ae" in asked(session)


def test_every_reason_but_death_and_loss_can_contribute() -> None:
    reasons = set(DEFINITIONS.code_lists["stop_reason"].values)
    assert reasons == set(range(1, 14))
    assert len(CONTRIBUTING) == len(reasons) - 2


@pytest.mark.parametrize("reason", ["3", "4"])
def test_an_adverse_event_or_infection_as_reason_asks_for_its_number(reason: str) -> None:
    session = event("drug_change", dc_drug="15", dc_what="4", dc_permanence="1", dc_reason=reason)
    assert problems(session) == {"dc_ae": ("soft", "dc_ae_needed")}
    session.set_text("dc_ae", "3")
    assert problems(session) == {}
    session.set_text("dc_reason", "7")
    assert "dc_ae" not in asked(session)
