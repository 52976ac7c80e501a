"""Damage: the 41 items with their points, when they are asked, and that damage never falls."""

from __future__ import annotations

from forms_builders import DEFINITIONS
from forms_filling import filled, form_of, kinds, problem

from anifro_desktop.scores import sdi

# Ids that would be too long with their prefix.
SHORT = {
    "significant_tissue_loss": "signif_tissue_loss",
    "gi_infarction_resection": "gi_infarct_resection",
    "mesenteric_insufficiency": "mesenteric_insuff",
    "stricture_upper_gi_surgery": "stricture_gi_surgery",
    "pancreatic_insufficiency": "pancreatic_insuff",
}
FIELDS = {item.id: item for item in form_of("damage").fields}


def test_items_and_points_are_those_of_the_rule_by_domain() -> None:
    points = {}
    for item, scale in sdi.ITEMS.items():
        codes = FIELDS[f"sdi_{SHORT.get(item, item)}"].codes
        assert codes is not None
        assert codes.absent == 0
        points[item] = codes.values
        assert codes.values == scale
    assert len(FIELDS) == len(points) == 41
    sections = {section.id: [item.id for item in section.fields] for section in form_of("damage").sections}
    assert sections == {
        domain: [f"sdi_{SHORT.get(item, item)}" for item in items] for domain, items in sdi.DOMAINS.items()
    }


def test_every_item_may_be_confirmed_unchanged_and_none_may_fall() -> None:
    assert all(item.carry for item in FIELDS.values())
    checked = {check.field: check for check in DEFINITIONS.checks if check.form == "damage"}
    assert checked.keys() == FIELDS.keys()
    for name, check in checked.items():
        assert check.when.names == {name, f"was_{name}"}
        assert check.severity == "hard"


def test_a_lower_score_than_before_blocks_signing_and_a_higher_one_does_not() -> None:
    session = filled("damage", {"sdi_stroke": "1", "sdi_mi": "2"}, previous={"sdi_stroke": 2, "sdi_mi": 1})
    assert problem(session, "sdi_stroke") == ("hard", "fall_stroke")
    assert problem(session, "sdi_mi") is None
    assert not session.can_sign()
    session.set_text("sdi_stroke", "2")
    assert session.can_sign()


def test_a_previous_visit_without_damage_contradicts_nothing() -> None:
    session = filled("damage", {"sdi_stroke": "0"}, previous={"rash": 1})
    assert problem(session, "sdi_stroke") is None


def test_it_is_asked_once_a_year_and_offered_in_between() -> None:
    yearly = {"baseline", "m12", "m24", "m36", "m48", "m60", "early"}
    assert kinds("damage") == yearly
    assert kinds("damage", optional=True) == {"m01", "m03", "m06", "m09", "unscheduled"}
    assert {section.total for section in filled("damage", visit="m06").sections()} == {0}
    assert sum(section.total for section in filled("damage", visit="m12").sections()) == 41
