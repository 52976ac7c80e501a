"""The audit review of the centre: who did what, and what of the primary endpoints was changed after a signature."""

from __future__ import annotations

from dataclasses import replace

from centre_builders import course, event
from centre_monitored import CODE, SECOND, cell, looked_at

from anifro_desktop.centre.analysis.table import Record
from anifro_desktop.centre.monitoring.audit_review import audit_review, people, primary
from anifro_desktop.record import Revision

BASELINE = Record("P03", CODE, "baseline")


def of(revisions: list[Revision], form: str) -> Revision:
    return next(one for one in revisions if (one.visit, one.form) == ("baseline", form))


def amended(old: Revision, **more: object) -> Revision:
    facts = {"ver": old.ver + 1, "prev": old.digest(), "who": "U07", "signature": {}, "why": "1"}
    return replace(old, **(facts | more))  # type: ignore[arg-type]


def study() -> list[Revision]:
    revisions = course(CODE, visits=("baseline",))
    phga = of(revisions, "phga")
    first = amended(phga, values={"phga": "1.5"}, why="5")
    again = amended(first, values={"phga": "1.4"}, why="5")
    weight = amended(of(revisions, "vitals"), values={"weight_kg": "70"}, notes={
        "weight_kg": {"kind": "override", "reason": 5, "text": ""}})  # fmt: skip
    wrong = event(CODE, "ae-001", ae_start=3)
    gone = amended(wrong, values={}, why="void_2", who="U08")
    return [*revisions, first, again, weight, wrong, gone]


def test_each_person_stands_with_what_was_done() -> None:
    found = people(looked_at(("P03", study(), {})))
    typed = [one for one in study() if one.ver == 1 and one.form != "schedule"]
    mine, theirs = ("site_p03", "person_u03"), ("site_p03", "person_u07")
    assert cell(found, "entries", *mine).value == len(typed)
    assert cell(found, "signatures", *mine).value == len(typed)
    assert cell(found, "changes", *mine).value == 0
    assert cell(found, "changes", *theirs).behind == (BASELINE, BASELINE, BASELINE)
    assert [cell(found, f"reason_{code}", *theirs).value for code in (1, 5)] == [1, 2]
    assert cell(found, "after_signature", *theirs).value == 3
    assert cell(found, "primary", *theirs).value == 2
    assert cell(found, "kept", *theirs).behind == (BASELINE,)
    assert cell(found, "voids", "site_p03", "person_u08").behind == (Record("P03", CODE, "ae-001"),)
    assert cell(found, "changes", "site_p03", "person_u08").value == 0


def test_what_the_primary_endpoints_rest_on_is_listed_where_it_was_changed_after_a_signature() -> None:
    found = primary(looked_at(("P03", study(), {})))
    (row,) = found.rows  # the weight is none of theirs
    assert [head.name for head in row.heads] == [
        "site_p03", "patient_p03_7kqf_4", "visit_baseline", "phga", "phga", "person_u07", "reason_5",
    ]  # fmt: skip
    assert row.cells[0].behind == (BASELINE, BASELINE)


def test_what_was_never_signed_may_be_changed() -> None:
    unsigned = [replace(one, signature={}) for one in study()]
    assert primary(looked_at(("P03", unsigned, {}))).rows == ()


def test_an_answer_kept_with_a_reason_counts_for_whoever_kept_it() -> None:
    revisions = course(SECOND, visits=("baseline",))
    note = {"weight_kg": {"kind": "override", "reason": 5, "text": ""}}
    told = [replace(one, notes=note, who="U09") if one.form == "vitals" else one for one in revisions]
    found = people(looked_at(("P03", told, {})))
    assert cell(found, "kept", "site_p03", "person_u09").behind == (Record("P03", SECOND, "baseline"),)


def test_of_a_patient_who_moved_each_site_has_what_its_people_did() -> None:
    moved = looked_at(("P05", study(), {}))
    versions = {
        code: tuple(replace(one, sender="P03") for one in some) for code, some in moved.versions.items()
    }
    found = people(replace(moved, versions=versions))
    assert {row.heads[0].name for row in found.rows} == {"site_p03"}
    behind = cell(found, "changes", "site_p03", "person_u07").behind
    assert set(behind) == {Record("P05", CODE, "baseline")}  # where the patient is found now


def test_the_review_says_what_stays_at_the_site() -> None:
    section = audit_review(looked_at(("P03", study(), {})))
    assert "stay at the site" in section.notes[0].en
    assert [one.name for one in section.tables] == ["audit_people", "audit_primary"]
