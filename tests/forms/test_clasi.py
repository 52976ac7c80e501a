"""CLASI: areas and grades of the rule, one question instead of all where the skin is clear, and what it suggests."""

from __future__ import annotations

import pytest
from forms_filling import asked, filled, form_of, kinds, suggested

from anifro_desktop.scores import clasi

PREFIX = {"erythema": "clasi_e_", "scale": "clasi_s_", "dyspigmentation": "clasi_d_", "scarring": "clasi_x_"}
SHORT = {"posterior_neck_shoulders": "neck_shoulders"}
FIELDS = {item.id: item for item in form_of("clasi").fields}
CLEAR = {"skin_involved": "0"}
INVOLVED = {"skin_involved": "1"}


@pytest.mark.parametrize("part", PREFIX)
def test_every_area_of_the_rule_is_asked_with_its_grades(part: str) -> None:
    areas = [SHORT.get(area, area) for area in clasi.AREAS_OF[part]]
    assert [name for name in FIELDS if name.startswith(PREFIX[part])] == [PREFIX[part] + a for a in areas]
    for area in areas:
        codes = FIELDS[PREFIX[part] + area].codes
        assert codes is not None
        assert codes.values == tuple(range(clasi.AREA_MOST[part] + 1))
        assert codes.absent == 0


def test_the_scalp_is_graded_by_quadrants() -> None:
    scalp, hair = FIELDS["clasi_scalp_scar"].codes, FIELDS["clasi_alopecia"].codes
    assert scalp is not None
    assert hair is not None
    assert scalp.values == clasi.SCALP_SCARRING
    assert hair.values == (0, 1, 2, 3)


def test_clear_skin_is_one_answer() -> None:
    session = filled("clasi", CLEAR)
    assert asked(session, "clasi") == ["skin_involved"]
    assert all(section.done == section.total for section in session.sections())


def test_areas_left_open_are_clear_in_one_act_for_each_sign() -> None:
    session = filled("clasi", {**INVOLVED, "clasi_e_nose_malar": "2"})
    assert session.open_absent_count("clasi", "erythema") == 12
    session.all_absent("clasi", "erythema")
    assert (session.answers["clasi_e_nose_malar"], session.answers["clasi_e_feet"]) == (2, 0)


def test_how_long_dyspigmentation_lasts_is_asked_only_where_there_is_some_and_never_answered_by_that_act() -> (
    None
):
    session = filled("clasi", INVOLVED)
    session.all_absent("clasi", "dyspigmentation")
    assert not session.state("clasi_dyspig_12m").visible
    session.set_text("clasi_d_arms", "1")
    assert session.state("clasi_dyspig_12m").visible
    assert session.open_absent_count("clasi", "dyspigmentation") == 0
    session.set_text("skin_involved", "0")
    assert not session.state("clasi_dyspig_12m").visible


def test_what_is_seen_today_is_suggested_and_clear_skin_today_excludes_nothing() -> None:
    session = filled("clasi sledai2k", INVOLVED)
    session.all_absent("clasi", "erythema")
    assert suggested(session, "rash") is None
    session.set_text("clasi_e_hands", "1")
    session.set_text("clasi_alopecia", "2")
    assert (suggested(session, "rash"), suggested(session, "alopecia")) == (1, 1)
    clear = filled("clasi sledai2k", CLEAR)
    assert (suggested(clear, "rash"), suggested(clear, "alopecia")) == (None, None)


def test_at_unscheduled_visits_it_is_offered_and_not_required() -> None:
    assert kinds("clasi", optional=True) == {"unscheduled"}
    assert "unscheduled" not in kinds("clasi")
    assert {section.total for section in filled("clasi", INVOLVED, visit="u01").sections()} == {0}
