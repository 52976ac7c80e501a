"""Mistakes of people: declared, moved, joined. Nothing typed is lost, nothing of it counts, the centre learns of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from event_acts import DOSE, NOT_SERIOUS, ZOSTER, begun, completed, signed_event, state, withdrawal
from leaks import Search, words_of
from study_parts import (
    DAY_0,
    PASSPHRASE,
    Pisa,
    TestClock,
    dump,
    enrol,
    fill,
    open_site,
    opened_site,
    scores_of,
    signed,
    someone,
    type_in,
    versions,
)

from anifro_desktop.forms.errors import ReasonRefused
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.errors import NotDraft, WrongPassphrase
from anifro_desktop.store.vault import FLOOR, add_user
from anifro_desktop.sync.records import Record, read_batch
from anifro_desktop.workflows import checking, events, joining, mistakes, patients, sending, visits, voided
from anifro_desktop.workflows.errors import (
    IsVoid,
    JoinRefused,
    MoveRefused,
    NotYourRole,
    SubjectJoined,
    UnknownVisit,
    VoidRefused,
)
from anifro_desktop.workflows.site import Site

WRONG_PATIENT, TWICE, NEVER, OTHER = 1, 2, 3, 4
MONTH_6 = date(2026, 9, 3)
MONTH_12 = date(2026, 11, 10)  # early, yet after month 6


@pytest.fixture
def subject(site: Site) -> str:
    """A woman enrolled and first treated on 4 March 2026."""
    return enrol(site)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def void(site: Site, subject: str, key: str, reason: int = WRONG_PATIENT, text: str = "") -> None:
    mistakes.void(site, subject, key, reason, text, PASSPHRASE)


def move(site: Site, subject: str, key: str, to: str) -> mistakes.Moved:
    return mistakes.move(site, subject, key, to, WRONG_PATIENT, "", PASSPHRASE)


def join(site: Site, keep: str, drop: str) -> joining.Joined:
    return joining.join(site, keep, drop, TWICE, "", PASSPHRASE)


def left(site: Site, pisa: Pisa, stick: Path) -> list[Record]:
    """The records of the next bundle."""
    return list(read_batch(pisa.open((stick / sending.export(site, stick).name).read_bytes(), site)).records)


def typed(site: Site, subject: str, key: str) -> dict[str, Any]:
    return dict(visits.open_visit(site, subject, key, site.today()).session.answers)


def trail(site: Site, act: str) -> list[tuple[str, Any]]:
    entries = site.clinical.audit_entries(table="act", field=act)
    return [(item.entry.record, item.entry.new) for item in entries]


# Declared


def test_a_signed_visit_that_was_a_mistake_is_emptied_signed_and_gone_from_every_list(
    site: Site, subject: str
) -> None:
    opened = signed(site, subject, "m06", MONTH_6, 1)
    forms = versions(site, subject, "m06")
    void(site, subject, "m06", OTHER, "of the patient before her")
    assert versions(site, subject, "m06") == {}
    (row,) = patients.patients(site)
    assert (row.visits, row.sledai, row.doris) == ((), (), None)
    last = [site.clinical.revision(item.id) for item in site.clinical.revisions(subject, "m06", latest=False)]
    assert {item.form for item in last} == set(forms)
    for item in last:
        assert (item.ver, item.visit, item.why, item.why_text) == (
            2,
            "m06~1",
            "void_4",
            "of the patient before her",
        )
        assert (item.values, item.notes, item.scores, item.context, item.day) == ({}, {}, {}, {}, None)
        assert (item.signature["meaning"], item.signature["digest"]) == ("void", item.digest())
    told = [entry.entry for entry in site.clinical.audit_entries(table="visits", record=opened.id)][-2:]
    assert {(item.field, item.old, item.new) for item in told} == {
        ("key", "m06", "m06~1"),
        ("state", "signed", "void"),
    }
    assert {item.reason for item in told} == {"void_4: of the patient before her"}
    assert checking.verify(site) == []


def test_the_same_visit_is_made_again_as_often_as_needed(site: Site, subject: str) -> None:
    for number, phga in enumerate(("0,4", "0,5", "0,6"), start=1):
        opened = signed(site, subject, "m06", MONTH_6, 1, phga=phga)
        assert opened.key == "m06"
        assert set(versions(site, subject, "m06").values()) == {1}
        if number < 3:
            void(site, subject, "m06")
    assert [row.key for row in site.clinical.entries(subject, voided=True)] == ["", "m06", "m06~1", "m06~2"]
    assert str(typed(site, subject, "m06")["phga"]) == "0.6"
    assert [item.key for item in voided.voided(site, subject)] == ["m06~2", "m06~1"]
    assert checking.verify(site) == []


def test_what_was_typed_into_a_mistake_can_be_read_and_not_changed(site: Site, subject: str) -> None:
    signed(site, subject, "baseline", DAY_0)
    draft = visits.open_visit(site, subject, "m06", MONTH_6)
    type_in(site, draft, {"phga": "1,7", "wbc": "2,,6"})
    for key in ("baseline", "m06"):
        void(site, subject, key, TWICE, "")
    read = voided.read_voided(site, subject, "m06~1")
    assert str(read.session.answers["phga"]) == "1.7"
    assert read.session.state("wbc").raw_text == "2,,6"
    completed_once = voided.read_voided(site, subject, "baseline~1")
    assert (completed_once.session.answers["platelets"], completed_once.state) == (84, "void")
    found = {item.was: (item.reason, item.who, item.state) for item in voided.voided(site, subject)}
    assert found == {"baseline": (TWICE, "U01", "signed"), "m06": (TWICE, "U01", "draft")}
    for act in (visits.complete, lambda site, visit: visits.amend(site, visit, 1), _sign):
        for opened in (draft, read, completed_once):
            with pytest.raises(IsVoid):
                act(site, opened)
    with pytest.raises(NotDraft):
        visits.save_draft(site, draft, draft.session.entries(["phga"]))
    with pytest.raises(UnknownVisit):
        voided.read_voided(site, subject, "m06")


def _sign(site: Site, visit: Any) -> None:
    visits.sign_confirmed(site, visit, "responsible")


def test_a_draft_that_was_a_mistake_leaves_nothing_to_send(site: Site, subject: str, stick: Path) -> None:
    sending.export(site, stick)
    fill(site, subject, "baseline", DAY_0)
    void(site, subject, "baseline")
    assert site.clinical.revisions(subject, "baseline~1", latest=False) == ()
    assert (sending.preview(site).leaving, sending.preview(site).held_back) == ((), ())


def test_visits_compared_with_a_mistake_are_scored_again(site: Site, subject: str) -> None:
    signed(site, subject, "baseline", DAY_0)
    signed(site, subject, "m06", MONTH_6, 1)
    signed(site, subject, "m12", MONTH_12, 2)
    assert scores_of(site, subject, "m06")["lldas"]["parts"]["lldas_no_new"] is True
    void(site, subject, "baseline")
    (summary,) = site.clinical.revisions(subject, "m06", "visit_summary")
    assert (summary.ver, summary.why, summary.signature, summary.context) == (2, "recalculated", {}, {})
    assert scores_of(site, subject, "m06")["lldas"]["parts"]["lldas_no_new"] is None
    (summary,) = site.clinical.revisions(subject, "m12", "visit_summary")
    assert summary.ver == 2
    assert (summary.context["previous"], "baseline" in summary.context) == ("m06", False)
    assert state(site, subject, "m12") == "complete"  # what it is compared with changed: to be signed again


def test_numbers_of_events_and_of_unscheduled_visits_are_not_given_again(site: Site, subject: str) -> None:
    begun(site, subject, "adverse_event", **NOT_SERIOUS)
    visits.open_visit(site, subject, "unscheduled", DAY_0)
    void(site, subject, "ae-001")
    void(site, subject, "u01")
    assert events.events(site, subject) == []
    assert events.open_event(site, subject, "adverse_event").key == "ae-002"
    assert visits.open_visit(site, subject, "unscheduled", DAY_0).key == "u02"


def test_an_event_that_was_a_mistake_counts_for_nothing(site: Site, subject: str) -> None:
    signed(site, subject, "baseline", DAY_0)
    completed(site, subject, "administration", ad_date="2026-04-01", **DOSE)
    completed(site, subject, "adverse_event", **NOT_SERIOUS)
    month_6 = visits.open_visit(site, subject, "m12", MONTH_12)
    assert (month_6.session.facts["n_ae_since"], month_6.session.facts["n_anifro_since"]) == (1, 1)
    void(site, subject, "ae-001")
    void(site, subject, "ad-001")
    again = visits.open_visit(site, subject, "m12", MONTH_12)
    assert (again.session.facts["n_ae_since"], again.session.facts["n_anifro_since"]) == (0, 0)
    assert events.open_event(site, subject, "administration").session.previous is None


def test_a_history_that_was_a_mistake_is_begun_anew(site: Site, subject: str) -> None:
    opened = visits.open_history(site, subject)
    type_in(site, opened, {"hx_diagnosis_date": "2016"})
    visits.sign_confirmed(site, opened, "responsible")
    void(site, subject, "history")
    again = visits.open_history(site, subject)
    assert again.id != opened.id
    assert dict(again.session.answers) == {}
    read = voided.read_voided(site, subject, "history~1")
    assert read.session.answers["hx_diagnosis_date"] == "2016"


def test_a_mistake_while_it_was_amended_is_read_as_it_was_typed_last(site: Site, subject: str) -> None:
    opened = signed(site, subject, "baseline", DAY_0)
    visits.amend(site, opened, 1)
    type_in(site, opened, {"phga": "2"})
    void(site, subject, "baseline")
    read = voided.read_voided(site, subject, "baseline~1").session
    assert (str(read.answers["phga"]), read.answers["platelets"]) == ("2", 84)
    assert versions(site, subject, "baseline") == {}
    assert checking.verify(site) == []


def test_what_cannot_be_declared_changes_nothing(site: Site, subject: str) -> None:
    signed(site, subject, "baseline", DAY_0)
    before = dump(site)
    refused: list[tuple[type[Exception], tuple[Any, ...]]] = [
        (VoidRefused, (subject, "", TWICE, "", PASSPHRASE)),
        (UnknownVisit, (subject, "m06", TWICE, "", PASSPHRASE)),
        (ReasonRefused, (subject, "baseline", OTHER, " ", PASSPHRASE)),
        (ReasonRefused, (subject, "baseline", 9, "why not", PASSPHRASE)),
        (WrongPassphrase, (subject, "baseline", TWICE, "", "another passphrase")),
    ]
    for refusal, given in refused:
        with pytest.raises(refusal):
            mistakes.void(site, *given)
    assert dump(site) == before


def test_only_an_investigator_declares_moves_or_joins(site_folder: Path, clock: TestClock) -> None:
    site = opened_site(site_folder, clock)
    add_user(site_folder, site.keys, User("U02", "Prova", ("data_entry",)), PASSPHRASE, cost=FLOOR)
    subject, other = enrol(site), enrol(site, someone(2))
    fill(site, subject, "baseline", DAY_0)
    site.close()
    entering = open_site(site_folder, clock, "U02")
    before = dump(entering)
    for act in (
        lambda: void(entering, subject, "baseline"),
        lambda: move(entering, subject, "baseline", other),
        lambda: join(entering, subject, other),
    ):
        with pytest.raises(NotYourRole):
            act()
    assert dump(entering) == before
    entering.close()


# What the centre is told


def test_the_centre_is_told_with_tombstones_and_of_nothing_that_was_in_them(
    site: Site, pisa: Pisa, stick: Path
) -> None:
    person = someone()
    subject = enrol(site, person)
    signed(site, subject, "baseline", DAY_0)
    sent = {record.revision.id for record in left(site, pisa, stick) if record.revision.visit == "baseline"}
    void(site, subject, "baseline", OTHER, f"{person.surname} was seen on 2026-03-04")
    (ahead,) = sending.preview(site).leaving
    assert (ahead.voided, ahead.values, {visit for visit, _, _ in ahead.records}) == (
        len(sent),
        0,
        {"baseline"},
    )
    records = left(site, pisa, stick)
    assert {record.revision.id for record in records} == sent
    for record in records:
        item = record.revision
        assert (record.op, item.visit, item.ver, item.why, item.day) == ("del", "baseline", 2, "void_4", None)
        assert (item.values, item.notes, item.scores, item.why_text) == ({}, {}, {}, "")
        assert item.signature["meaning"] == "void"
    search = Search(words_of(person), (DAY_0, date(1991, 5, 20)))
    assert search.find(str([record.line() for record in records]).encode()) == set()
    assert sending.preview(site).leaving == ()


def test_what_was_not_sent_before_it_was_declared_never_leaves(
    site: Site, subject: str, pisa: Pisa, stick: Path
) -> None:
    sending.export(site, stick)
    signed(site, subject, "baseline", DAY_0)
    completed(site, subject, "adverse_event", **ZOSTER)
    for key in ("baseline", "ae-001"):
        void(site, subject, key)
    records = left(site, pisa, stick)
    assert {record.op for record in records} == {"del"}
    assert all(record.revision.values == {} for record in records)


def test_a_visit_made_again_leaves_beside_its_tombstones(
    site: Site, subject: str, pisa: Pisa, stick: Path
) -> None:
    signed(site, subject, "baseline", DAY_0)
    sending.export(site, stick)
    void(site, subject, "baseline")
    signed(site, subject, "baseline", DAY_0, phga="2")
    records = left(site, pisa, stick)
    phga = {record.op: record.revision for record in records if record.revision.form == "phga"}
    assert {op: dict(item.values) for op, item in phga.items()} == {"del": {}, "put": {"phga": "2"}}
    assert phga["put"].id != phga["del"].id


# Moved


def test_a_visit_of_the_wrong_patient_goes_to_the_right_one_as_a_draft(site: Site, subject: str) -> None:
    other = enrol(site, someone(2))
    opened = fill(site, subject, "baseline", DAY_0, thrombocytopenia=0)
    change = opened.session.explain("thrombocytopenia", 4)
    visits.save_draft(site, opened, opened.session.entries(change.fields))
    _sign(site, opened)
    answers = dict(opened.session.answers)
    moved = move(site, subject, "baseline", other)
    assert (moved.subject, moved.key) == (other, "baseline")
    there = visits.open_visit(site, other, "baseline", site.today())
    assert (there.state, there.session.completed) == ("draft", False)
    assert dict(there.session.answers) == answers
    assert there.session.notes["thrombocytopenia"].reason == 4
    assert site.clinical.visit(there.id).date == DAY_0
    assert state(site, subject, "baseline~1") == "void"
    assert trail(site, "moved_to") == [(f"{subject}/baseline", {"subject": other, "key": "baseline"})]
    assert trail(site, "moved_from") == [(f"{other}/baseline", {"subject": subject, "key": "baseline"})]
    _sign(site, there)
    assert checking.verify(site) == []


def test_a_draft_that_is_moved_keeps_what_was_not_understood(site: Site, subject: str) -> None:
    other = enrol(site, someone(2))
    opened = visits.open_visit(site, subject, "m06", MONTH_6)
    type_in(site, opened, {"phga": "1,2,3", "platelets": {"missing": "not_done"}})
    move(site, subject, "m06", other)
    there = visits.open_visit(site, other, "m06", site.today()).session
    assert there.state("phga").raw_text == "1,2,3"
    assert there.answers["platelets"] == "not_done"


def test_both_ends_of_a_move_are_one_transaction(site: Site, subject: str) -> None:
    other = enrol(site, someone(2))
    signed(site, subject, "baseline", DAY_0)
    before = site.clinical.audit_head().seq
    move(site, subject, "baseline", other)
    told = [item.entry for item in site.clinical.audit_entries(after=before)]
    assert {item.tx for item in told} == {before + 1}
    assert {"visits", "revisions", "signatures", "draft_values", "act"} <= {item.table for item in told}


def test_dates_that_do_not_fit_the_other_patient_are_problems_at_their_fields(
    site: Site, subject: str
) -> None:
    late = enrol(
        site,
        someone(2),
        consent_date="2026-10-01",
        enrolment_date="2026-10-01",
    )
    signed_event(site, subject, "adverse_event", **ZOSTER)
    completed(site, subject, "reconsent", rc_date="2026-05-01", rc_version="2", rc_reason=1)
    moved = [move(site, subject, key, late) for key in ("ae-001", "rc-001")]
    assert [item.key for item in moved] == ["ae-001", "rc-001"]
    there = visits.open_visit(site, late, "rc-001", site.today()).session
    assert {(item.field, item.severity) for item in there.problems()} == {("rc_date", "hard")}
    assert not there.can_sign()


def test_the_number_of_an_event_that_stays_behind_asks_to_be_put_right(site: Site, subject: str) -> None:
    other = enrol(site, someone(2))
    begun(site, subject, "adverse_event", **ZOSTER)
    begun(site, subject, "hospitalisation", hosp_reason=1, hosp_ae=1)
    begun(site, subject, "hospitalisation", hosp_reason=1, hosp_ae={"missing": "not_known"})
    for key in ("hs-001", "hs-002"):
        move(site, subject, key, other)
    assert typed(site, other, "hs-002")["hosp_ae"] == "not_known"
    there = visits.open_visit(site, other, "hs-001", site.today()).session
    assert there.state("hosp_ae").value is None
    assert there.state("hosp_ae").raw_text == "ae-001"
    assert "hosp_ae" in {item.field for item in there.problems() if item.severity == "hard"}


def test_every_number_of_an_adverse_event_is_known_to_be_one(site: Site) -> None:
    found = {
        item.id
        for form in site.definitions.of_level("event")
        for item in form.fields
        if item.type == "integer" and "ae-003" in item.help.it
    }
    assert found == mistakes.AE_NUMBERS


def test_an_unscheduled_visit_gets_a_number_of_the_other_patient(site: Site, subject: str) -> None:
    other = enrol(site, someone(2))
    for on in (date(2026, 5, 2), date(2026, 5, 9)):
        visits.open_visit(site, other, "unscheduled", on)
    visits.open_visit(site, subject, "unscheduled", date(2026, 5, 16))
    assert move(site, subject, "u01", other).key == "u03"


def test_a_move_that_cannot_be_is_refused_and_changes_nothing(site: Site, subject: str) -> None:
    screening = patients.start_enrolment(site).subject
    failed = enrol(site, someone(2), incl_active_disease="0")
    has_it, gone = enrol(site, someone(3)), enrol(site, someone(4))
    visits.open_visit(site, has_it, "m06", MONTH_6)
    completed(site, gone, "withdrawal", **withdrawal(date(2026, 8, 1)))
    joined, free = enrol(site, someone(5)), enrol(site, someone(6))
    join(site, has_it, joined)
    signed(site, subject, "m06", MONTH_6, 1)
    before = dump(site)
    for why, key, to in (
        ("same", "m06", subject),
        ("enrolment", "", has_it),
        ("taken", "m06", has_it),
        ("not_enrolled", "m06", screening),
        ("not_enrolled", "m06", failed),
        ("ended", "m06", gone),
        ("joined", "m06", joined),
    ):
        with pytest.raises(MoveRefused) as refused:
            move(site, subject, key, to)
        assert refused.value.params["why"] == why
    with pytest.raises(WrongPassphrase):
        mistakes.move(site, subject, "m06", free, WRONG_PATIENT, "", "another passphrase")
    assert dump(site) == before


# Joined


@pytest.fixture
def twice(site: Site) -> tuple[str, str]:
    """One person under two codes, the second without month 6 and with a baseline of its own."""
    keep, drop = enrol(site), enrol(site, someone())
    signed(site, keep, "baseline", DAY_0)
    completed(site, keep, "adverse_event", **NOT_SERIOUS)
    signed(site, drop, "baseline", DAY_0, phga="1,9")
    signed(site, drop, "m06", MONTH_6, 1)
    completed(site, drop, "adverse_event", **NOT_SERIOUS)
    completed(site, drop, "adverse_event", **ZOSTER)
    begun(site, drop, "hospitalisation", hosp_reason=1, hosp_ae=2)
    return keep, drop


def test_two_enrolments_of_one_person_are_found_and_become_one(site: Site, twice: tuple[str, str]) -> None:
    keep, drop = twice
    assert [item.subject for item in joining.candidates(site, keep)] == [drop]
    before = dump(site)
    ahead = joining.preview(site, keep, drop)
    assert (set(ahead.moves), set(ahead.both)) == ({"ae-002", "hs-001", "m06"}, {"ae-001", "baseline"})
    assert dump(site) == before
    joined = join(site, keep, drop)
    assert set(joined.moved) == {("ae-002", "ae-002"), ("hs-001", "hs-001"), ("m06", "m06")}
    assert set(joined.collided) == {"ae-001", "baseline"}
    rows = {row.subject: row for row in patients.patients(site)}
    assert (rows[drop].status, rows[drop].goes_on_as, rows[drop].due, rows[drop].visits) == (
        "joined",
        keep,
        None,
        (),
    )
    assert [(item.key, item.state) for item in rows[keep].visits] == [
        ("baseline", "signed"),
        ("m06", "draft"),
    ]
    assert str(typed(site, keep, "baseline")["phga"]) == "1.8"
    assert typed(site, keep, "hs-001")["hosp_ae"] == 2
    assert str(voided.read_voided(site, drop, "baseline~1").session.answers["phga"]) == "1.9"
    assert site.clinical.entries(drop) == ()
    assert joining.candidates(site, keep) == []
    assert patients.read_identity(site, drop) == someone()  # kept where it was
    assert checking.verify(site) == []


def test_numbers_of_events_follow_the_event_they_belong_to(site: Site) -> None:
    keep, drop = enrol(site), enrol(site, someone())
    begun(site, keep, "adverse_event", **NOT_SERIOUS)
    begun(site, drop, "adverse_event", **ZOSTER)
    begun(site, drop, "hospitalisation", hosp_reason=1, hosp_ae=1)
    assert set(join(site, keep, drop).moved) == {("ae-001", "ae-002"), ("hs-001", "hs-001")}
    assert typed(site, keep, "hs-001")["hosp_ae"] == 2


def test_an_unscheduled_visit_of_the_same_day_is_the_same_visit(site: Site) -> None:
    keep, drop = enrol(site), enrol(site, someone())
    visits.open_visit(site, keep, "unscheduled", date(2026, 5, 2))
    for on in (date(2026, 5, 2), date(2026, 5, 9)):
        visits.open_visit(site, drop, "unscheduled", on)
    joined = join(site, keep, drop)
    assert (joined.moved, joined.collided) == ((("u02", "u02"),), ("u01",))


def test_the_centre_takes_everything_of_the_dropped_code_back(
    site: Site, twice: tuple[str, str], pisa: Pisa, stick: Path
) -> None:
    keep, drop = twice
    sent = {record.revision.id for record in left(site, pisa, stick) if record.revision.subject == drop}
    join(site, keep, drop)
    records = [record for record in left(site, pisa, stick) if record.revision.subject == drop]
    assert {record.op for record in records} == {"del"}
    assert sent <= {record.revision.id for record in records}
    assert {"enrolment", "schedule", "phga"} <= {record.revision.form for record in records}
    assert sending.preview(site).leaving == ()


def test_joining_is_one_transaction_told_at_both_codes(site: Site, twice: tuple[str, str]) -> None:
    keep, drop = twice
    before = site.clinical.audit_head().seq
    join(site, keep, drop)
    told = [item.entry for item in site.clinical.audit_entries(after=before)]
    assert {item.tx for item in told} == {before + 1}
    ((about, detail),) = trail(site, "joined_into")
    assert (about, detail["subject"]) == (drop, keep)
    ((about, detail),) = trail(site, "joined_from")
    assert (about, detail["subject"], detail["collided"]) == (keep, drop, ["ae-001", "baseline"])


def test_nothing_more_is_begun_under_a_code_that_was_joined(site: Site, twice: tuple[str, str]) -> None:
    keep, drop = twice
    join(site, keep, drop)
    before = dump(site)
    acts: list[Callable[[], object]] = [
        lambda: visits.open_visit(site, drop, "m12", MONTH_12),
        lambda: visits.visit_choices(site, drop, MONTH_12),
        lambda: events.open_event(site, drop, "adverse_event"),
        lambda: visits.open_history(site, drop),
    ]
    for act in acts:
        with pytest.raises(SubjectJoined) as refused:
            act()
        assert refused.value.params["kept"] == keep
    assert dump(site) == before


def test_a_code_joined_before_goes_on_under_the_last_one(site: Site) -> None:
    first, second, third = enrol(site), enrol(site, someone()), enrol(site, someone())
    join(site, second, first)
    join(site, third, second)
    rows = {row.subject: row.goes_on_as for row in patients.patients(site)}
    assert rows == {first: third, second: third, third: ""}


def test_an_enrolment_that_was_never_finished_is_joined_too(site: Site, subject: str, stick: Path) -> None:
    opened = patients.start_enrolment(site)
    type_in(site, opened, {"consent_version": "1.0"})
    joined = join(site, subject, opened.subject)
    assert (joined.moved, joined.collided) == ((), ())
    rows = {row.subject: (row.status, row.goes_on_as) for row in patients.patients(site)}
    assert rows == {subject: ("enrolled", ""), opened.subject: ("joined", subject)}
    sending.export(site, stick)
    assert sending.preview(site).held_back == ()


def test_enrolments_that_cannot_be_joined_are_refused_and_left_as_they_are(site: Site, subject: str) -> None:
    failed = enrol(site, someone(2), incl_active_disease="0")
    gone = enrol(site, someone(3))
    completed(site, gone, "withdrawal", **withdrawal(date(2026, 8, 1)))
    signed(site, subject, "m06", MONTH_6, 1)
    joined, kept = enrol(site, someone(4)), enrol(site, someone(5))
    join(site, kept, joined)
    before = dump(site)
    for why, keep, drop in (
        ("same", subject, subject),
        ("not_enrolled", failed, subject),
        ("joined", joined, subject),
        ("joined", subject, joined),
        ("ended", gone, subject),
    ):
        with pytest.raises(JoinRefused) as refused:
            join(site, keep, drop)
        assert refused.value.params["why"] == why
    with pytest.raises(WrongPassphrase):
        joining.join(site, subject, failed, TWICE, "", "another passphrase")
    assert dump(site) == before
