"""Records of two packs at the centre: each read, checked and scored by its own, and side by side in the data set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas
import pyreadstat
import pytest
from centre_builders import claiming, course, event, received
from centre_sites import SyntheticSite
from pack_builders import (
    CURRENT,
    FOREIGN,
    FOREIGN_LIBRARY,
    GONE_CODE,
    LIBRARY,
    NEW,
    NEW_CODE,
    OLDER,
    RENAMED,
    WITHDRAWN,
)

from anifro_desktop.centre.assembling import Subject, subjects
from anifro_desktop.centre.dataset import write_dataset
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.reading import all_subjects
from anifro_desktop.centre.rescoring import Difference, rescore
from anifro_desktop.centre.variables import visit_variables
from anifro_desktop.forms.library import Library
from anifro_desktop.forms.model import Definitions
from anifro_desktop.record import Json, Revision

CODE = "P03-7KQF-4"
BACK = {now: old for old, now in RENAMED.items()}
EARLY = ("", "baseline", "m06")  # what was recorded before the amendment


def under(pack: Definitions, revisions: Iterable[Revision], extra: Mapping[str, Json]) -> list[Revision]:
    """The same records as a pack makes them. extra: answers to questions that only it asks."""
    made = []
    for item in revisions:
        names = BACK if pack is not CURRENT else {}
        values = {names.get(name, name): value for name, value in item.values.items()}
        values |= {name: value for name, value in extra.items() if pack.fields[name].form == item.form}
        made.append(replace(item, definition=pack.digest, values=values))
    return made


def amended(before: Definitions = OLDER) -> list[Revision]:
    """A patient with two visits before the amendment and two after it."""
    whole = course(CODE)
    early = [item for item in whole if item.visit in EARLY]
    late = [item for item in whole if item.visit not in EARLY]
    return [
        *under(before, early, {WITHDRAWN: 90, "dsdna_method": GONE_CODE}),
        *under(CURRENT, late, {NEW: 70, "dsdna_method": NEW_CODE}),
    ]


def assembled(revisions: Iterable[Revision], packs: Library = LIBRARY) -> Subject:
    (subject,) = subjects(received(revisions), CURRENT, packs)
    return subject


def findings(revisions: Iterable[Revision], packs: Library = LIBRARY) -> list[Difference]:
    return rescore(assembled(revisions, packs), CURRENT)


@pytest.fixture
def two(centre: Centre) -> Centre:
    """A centre that knows both packs."""
    centre.definitions, centre.packs = CURRENT, LIBRARY
    return centre


def test_both_are_taken_in_and_both_are_scored_again(two: Centre, site: SyntheticSite) -> None:
    (outcome,) = ingest(two, [site.bundle(two.keyset, amended())])
    assert (outcome.status, outcome.bad, outcome.differences) == ("accepted", 0, 0)
    assert two.store.differences() == ()
    (subject,) = all_subjects(two)
    baseline = subject.visit("baseline")
    assert baseline is not None
    assert baseline.answers["weight_kg"] == 62
    assert "body_mass_kg" not in baseline.answers
    assert baseline.answers[WITHDRAWN] == 90


def test_a_record_is_checked_by_its_own_pack(two: Centre, site: SyntheticSite) -> None:
    made = amended()
    odd = [
        replace(item, values={**item.values, "weight_kg": "60"})
        if (item.visit, item.form) == ("baseline", "vitals")
        else item
        for item in made
    ]
    (outcome,) = ingest(two, [site.bundle(two.keyset, odd)])
    assert (outcome.status, outcome.bad, outcome.records) == ("accepted", 1, len(made) - 1)


def test_a_result_of_an_older_record_that_is_wrong_is_found() -> None:
    assert findings(amended()) == []
    wrong = claiming(amended(), "baseline", sledai2k={"value": 3, "complete": True})
    found = findings(wrong)
    assert {(item.visit, item.rule, item.kind) for item in found} == {("baseline", "sledai2k", "differs")}


def test_a_rule_of_another_version_is_not_judged_and_the_others_are() -> None:
    found = findings(amended(FOREIGN), FOREIGN_LIBRARY)
    assert {(item.visit, item.rule, item.kind, item.why) for item in found} == {
        ("m06", "sfi", "not_verifiable", "other_rules")
    }
    wrong = claiming(amended(FOREIGN), "m06", sledai2k={"value": 3, "complete": True})
    assert ("m06", "sledai2k", "differs") in {
        (item.visit, item.rule, item.kind) for item in findings(wrong, FOREIGN_LIBRARY)
    }


def test_a_pack_that_is_not_known_leaves_its_visits_unverified() -> None:
    found = findings(amended(), Library.of(CURRENT))
    assert {(item.visit, item.why) for item in found if not item.rule} == {
        ("baseline", "other_definitions"),
        ("m06", "other_definitions"),
    }
    assert {item.why for item in found if item.visit not in EARLY} <= {
        "previous_not_received",
        "baseline_not_received",
        "damage_not_received",
    }


def test_of_two_records_that_answer_one_question_the_newer_pack_counts() -> None:
    """A visit amended after the amendment, of which a form that is asked no more still stands."""
    made = under(OLDER, course(CODE, visits=["baseline"]), {})
    vitals = next(item for item in made if item.form == "vitals")
    moved = replace(
        vitals, id="a-new-record", form="zz", definition=CURRENT.digest, values={"weight_kg": "70"}
    )
    for order in ([*made, moved], [moved, *made]):
        (visit,) = assembled(order).visits
        assert str(visit.answers["weight_kg"]) == "70"


def tables(folder: Path, revisions: Iterable[Revision], lang: str) -> tuple[pandas.DataFrame, Any]:
    subject = assembled(revisions)
    write_dataset(folder, [subject], CURRENT, lang)
    frame, meta = pyreadstat.read_dta(folder / "visit.dta", user_missing=True)
    return frame, meta


@pytest.mark.parametrize(
    ("lang", "until", "gone"), [("it", "fino a", "Immunofluorescenza"), ("en", "until", "Immunofl")]
)
def test_old_and_new_stand_side_by_side(tmp_path: Path, lang: str, until: str, gone: str) -> None:
    frame, meta = tables(tmp_path, amended(), lang)
    assert list(frame["pack"]) == ["2026.1", "2026.1", "2027.1", "2027.1"]
    # A renamed question is one column; its label says what it was called and until when.
    assert list(frame["weight_kg"]) == [62, 62, 62, 62]
    assert "body_mass_kg" not in frame.columns
    assert meta.column_names_to_labels["weight_kg"].endswith(f"({until} 2026.1: body_mass_kg)")
    # A withdrawn one keeps its column, a new one has its own.
    assert list(frame[WITHDRAWN])[:2] == [90, 90]
    assert frame[WITHDRAWN].isna().tolist()[2:] == [True, True]
    assert meta.column_names_to_labels[WITHDRAWN].endswith(f"({until} 2026.1)")
    assert frame[NEW].isna().tolist()[:2] == [True, True]
    assert list(frame[NEW])[2:] == [70, 70]
    # A list that lost a code keeps its label beside the one that came.
    assert list(frame["dsdna_method"]) == [GONE_CODE, GONE_CODE, NEW_CODE, NEW_CODE]
    labels = meta.variable_value_labels["dsdna_method"]
    assert labels[GONE_CODE].startswith(gone)
    assert labels[NEW_CODE] == "Crithidia"
    assert list(frame["rescored"]) == [1, 1, 1, 1]
    subject, _ = pyreadstat.read_dta(tmp_path / "subject.dta")
    assert list(subject["pack"]) == ["2026.1"]


def test_an_event_names_its_pack(tmp_path: Path) -> None:
    pulse = under(OLDER, [event(CODE, "gp-001", gcp_date=3, gcp_reason=1)], {})
    write_dataset(tmp_path, [assembled([*amended(), *pulse])], CURRENT, "it")
    frame, _ = pyreadstat.read_dta(tmp_path / "gc_pulse.dta")
    assert list(frame["pack"]) == ["2026.1"]


def test_without_records_of_an_older_pack_nothing_is_added() -> None:
    only_new = under(CURRENT, course(CODE), {})
    packs = assembled(only_new).visits[0].packs
    assert packs == (CURRENT,)
    with_it = [item.column for item in visit_variables(CURRENT, "en", packs)]
    assert with_it == [item.column for item in visit_variables(CURRENT, "en")]


def test_a_question_that_no_longer_leaves_the_site_keeps_what_left_before() -> None:
    item = replace(CURRENT.fields["weight_kg"], export=False)
    form = CURRENT.form("vitals")
    section = form.sections[0]
    stays = tuple(item if field.id == item.id else field for field in section.fields)
    now = replace(form, sections=(replace(section, fields=stays),))
    third = replace(
        CURRENT,
        digest="3" * 64,
        forms=tuple(now if one.id == form.id else one for one in CURRENT.forms),
        fields={**CURRENT.fields, item.id: item},
    )
    columns = {
        one.column.name: one.column.label for one in visit_variables(third, "en", (OLDER, CURRENT, third))
    }
    assert columns["weight_kg"].endswith("(until 2027.1)")


def test_a_pack_that_is_not_known_is_named_by_its_digest(tmp_path: Path) -> None:
    subject = subjects(received(amended()), CURRENT, Library.of(CURRENT))
    write_dataset(tmp_path, subject, CURRENT, "en")
    frame, _ = pyreadstat.read_dta(tmp_path / "visit.dta")
    assert list(frame["pack"]) == [OLDER.digest[:8], OLDER.digest[:8], "2027.1", "2027.1"]
