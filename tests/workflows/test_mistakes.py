"""Declared a mistake: nothing typed is lost, nothing of it counts, the centre learns of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from event_acts import DOSE, NOT_SERIOUS, ZOSTER, begun, completed, state
from leaks import Search, words_of
from mistake_acts import MONTH_6, MONTH_12, OTHER, TWICE, join, left, move, sign, typed, void
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
from anifro_desktop.store.staff import add_user
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.workflows import checking, events, mistakes, patients, sending, visits, voided
from anifro_desktop.workflows.errors import (
    IsVoid,
    NotYourRole,
    UnknownVisit,
    VoidRefused,
)
from anifro_desktop.workflows.site import Site


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
    for act in (visits.complete, lambda site, visit: visits.amend(site, visit, 1), sign):
        for opened in (draft, read, completed_once):
            with pytest.raises(IsVoid):
                act(site, opened)
    with pytest.raises(NotDraft):
        visits.save_draft(site, draft, draft.session.entries(["phga"]))
    with pytest.raises(UnknownVisit):
        voided.read_voided(site, subject, "m06")


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
    completed(
        site, subject, "administration", **{**DOSE, "ad_given": 2, "ad_date": "2026-04-01", "ad_reason": 8}
    )
    completed(site, subject, "adverse_event", **NOT_SERIOUS)
    month_6 = visits.open_visit(site, subject, "m12", MONTH_12)
    assert (month_6.session.facts["n_ae_since"], month_6.session.facts["n_dose_missed_since"]) == (1, 1)
    void(site, subject, "ae-001")
    void(site, subject, "ad-001")
    again = visits.open_visit(site, subject, "m12", MONTH_12)
    assert (again.session.facts["n_ae_since"], again.session.facts["n_dose_missed_since"]) == (0, 0)
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
