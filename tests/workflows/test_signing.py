"""What a signature is worth: to whom and to what it is bound, what is said when it falls, and who gives the
first one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from event_acts import completed
from study_parts import DAY_0, PASSPHRASE, enrol, fill, signed, type_in

from anifro_desktop.store.engine import driver
from anifro_desktop.store.errors import NotDraft, NotFound, WrongPassphrase
from anifro_desktop.store.signed import signatures
from anifro_desktop.workflows import checking, mistakes, patients, sending, signing, visits
from anifro_desktop.workflows.errors import DataAltered, NotCompleted, NotReady, WrongSigner
from anifro_desktop.workflows.exchange_errors import SendingLocked
from anifro_desktop.workflows.model import OpenVisit
from anifro_desktop.workflows.site import Site

MONTH_6 = date(2026, 9, 3)


def by_hand(site: Site, *statements: str) -> None:
    """Change rows as somebody does who has the key and another program."""
    path, key = site.clinical.path, site.clinical.key
    connection = driver.connect(str(path), isolation_level=None)
    try:
        connection.execute(f"PRAGMA key = \"x'{key.key.hex()}{key.salt.hex()}'\"")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


def again(site: Site, subject: str, key: str) -> OpenVisit:
    return visits.open_visit(site, subject, key, site.today())


def last(site: Site, subject: str, key: str, form: str) -> Any:
    return site.clinical.revisions(subject, key, form)[0]


# To whom and to what


def test_the_first_signature_names_its_person_and_the_next_does_not(site: Site, subject: str) -> None:
    opened = fill(site, subject, "baseline", DAY_0)
    assert signing.needs_code(site)
    for given in ("", "U02", "someone"):
        with pytest.raises(WrongSigner):
            visits.sign(site, opened, "responsible", PASSPHRASE, person=given)
    with pytest.raises(WrongPassphrase):
        visits.sign(site, opened, "responsible", "another passphrase", person="U01")
    assert signing.needs_code(site)
    visits.sign(site, opened, "responsible", PASSPHRASE, person=" u01 ")
    assert not signing.needs_code(site)
    visits.amend(site, opened, 2)
    type_in(site, opened, {"temperature_c": "37"})
    visits.sign(site, opened, "reviewed", PASSPHRASE, person="")
    assert opened.state == "signed"


@pytest.mark.parametrize(
    "act",
    [
        lambda site, at: mistakes.void(site, at.subject, at.key, 1, "", PASSPHRASE, person=""),
        lambda site, at: mistakes.move(site, at.subject, at.key, "nobody", 1, "", PASSPHRASE, person=""),
        lambda site, at: patients.finish_enrolment(site, at, PASSPHRASE, person=""),
    ],
)
def test_every_act_that_signs_asks_who_signs_first(
    site: Site, subject: str, act: Callable[[Site, OpenVisit], object]
) -> None:
    other = enrol(site)
    opened = fill(site, subject, "baseline", DAY_0)
    if "nobody" in act.__code__.co_consts:
        with pytest.raises(WrongSigner):
            mistakes.move(site, subject, "baseline", other, 1, "", PASSPHRASE, person="")
        return
    with pytest.raises(WrongSigner):
        act(site, opened)


def test_a_signature_shows_name_time_with_zone_and_meaning(site: Site, subject: str) -> None:
    signed(site, subject, "baseline", DAY_0)
    found = signatures(site.clinical, subject, "baseline")
    assert {(one.by, one.name, one.meaning) for one in found} == {
        ("U01", "Dr. Firma di Prova", "responsible")
    }
    assert all(one.when == site.clock.now() and one.when.utcoffset() is not None for one in found)
    assert all(one.holds for one in found)


_COPIED = (
    "INSERT INTO signatures SELECT '{to}', {ver}, signer, name, meaning, signed, digest, sig FROM signatures "
)


def test_a_signature_copied_to_another_record_does_not_hold(site: Site, subject: str) -> None:
    signed(site, subject, "baseline", DAY_0)
    event = completed(site, subject, "hospitalisation", hs_admission="2026-09-20", hosp_reason=1)
    target, source = (
        last(site, subject, event.key, "hospitalisation"),
        last(site, subject, "baseline", "vitals"),
    )
    by_hand(site, _COPIED.format(to=target.id, ver=1) + f"WHERE record = '{source.id}'")
    assert [one.holds for one in signatures(site.clinical, subject, event.key)] == [False]
    (standing,) = signing.standings(site, again(site, subject, event.key))
    assert (standing.state, standing.signature) == ("unsigned", None)
    assert {one.code for one in checking.verify(site)} >= {"signature_broken", "row_changed"}


def test_a_signature_copied_to_a_later_version_does_not_hold(site: Site, subject: str) -> None:
    opened = signed(site, subject, "baseline", DAY_0)
    visits.amend(site, opened, 2)
    type_in(site, opened, {"temperature_c": "37"})
    visits.complete(site, opened)
    vitals = last(site, subject, "baseline", "vitals")
    by_hand(site, _COPIED.format(to=vitals.id, ver=2) + f"WHERE record = '{vitals.id}' AND ver = 1")
    held = {
        one.ver: one.holds
        for one in signatures(site.clinical, subject, "baseline")
        if one.record == vitals.id
    }
    assert held == {1: True, 2: False}
    standing = next(
        one for one in signing.standings(site, again(site, subject, "baseline")) if one.form == "vitals"
    )
    assert (standing.state, standing.signature and standing.signature.ver) == ("changed", 1)
    assert "signature_broken" in {one.code for one in checking.verify(site)}


def test_altered_data_do_not_leave_and_it_is_said(site: Site, subject: str, stick: Any) -> None:
    signed(site, subject, "baseline", DAY_0)
    by_hand(site, "UPDATE signatures SET meaning = 'reviewed'")
    with pytest.raises(DataAltered) as refusal:
        sending.export(site, stick)
    assert "Nothing was sent" in str(refusal.value)
    assert list(stick.iterdir()) == []
    assert site.clinical.bundles() == ()


def test_an_older_copy_of_the_data_sends_nothing_until_sending_begins_anew(
    site: Site, subject: str, stick: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(site, subject, "baseline", DAY_0)
    found = [checking.Finding("rolled_back", "", {"name": "clinical.db", "seq": 9})]
    with monkeypatch.context() as older:
        older.setattr(checking, "verify", lambda _site: found)
        with pytest.raises(DataAltered):
            sending.export(site, stick)
    with pytest.raises(SendingLocked):
        sending.export(site, stick)
    sending.start_anew(site, "the centre was told")
    assert sending.export(site, stick).seq == 1


# One form


def test_one_form_is_signed_alone_and_the_visit_once_none_is_left(site: Site, subject: str) -> None:
    opened = fill(site, subject, "baseline", DAY_0)
    visits.sign(site, opened, "responsible", PASSPHRASE, form="vitals")
    assert opened.state == "complete"
    assert [item.form for item in site.clinical.revisions(subject, "baseline") if item.signature] == [
        "vitals"
    ]
    forms = [form.id for form in opened.session.forms]
    for form in forms:
        visits.sign(site, opened, "responsible", PASSPHRASE, form=form)
    assert opened.state == "signed"
    with pytest.raises(NotFound):
        visits.sign(site, opened, "responsible", PASSPHRASE, form="adverse_event")


def test_a_problem_of_one_form_does_not_stand_in_the_way_of_another(site: Site, subject: str) -> None:
    opened = fill(site, subject, "baseline", DAY_0, platelets="12345678")
    assert visits.blocking(opened.session)
    with pytest.raises(NotReady):
        visits.sign(site, opened, "responsible", PASSPHRASE)
    with pytest.raises(NotReady):
        visits.sign(site, opened, "responsible", PASSPHRASE, form="laboratory")
    visits.sign(site, opened, "responsible", PASSPHRASE, form="vitals")
    assert last(site, subject, "baseline", "vitals").signature


# When it falls


def changes(site: Site, subject: str, key: str) -> dict[str, tuple[str, str, str]]:
    found = [
        one for standing in signing.standings(site, again(site, subject, key)) for one in standing.changes
    ]
    return {one.field: (one.old.en, one.new.en, one.why.en) for one in found}


def test_what_changed_since_the_signature_is_said_and_by_whom_and_why(site: Site, subject: str) -> None:
    opened = signed(site, subject, "baseline", DAY_0)
    before = opened.session.answers["platelets"]
    visits.amend(site, opened, 2, "second sheet")
    type_in(site, opened, {"platelets": "90"})
    # While it is typed, it is said already; nobody has completed it yet.
    typed = changes(site, subject, "baseline")
    assert typed["platelets"][1:] == ("90 ×10⁹/L", "")
    visits.complete(site, opened)
    found = changes(site, subject, "baseline")
    old, new, why = found["platelets"]
    assert (old, new) == (f"{before} ×10⁹/L", "90 ×10⁹/L")
    assert why.endswith(": second sheet")
    assert "sledas" in found  # a result that followed
    row = site.clinical.visit(opened.id)
    assert {one.field for one in signing.changes_since(site, row)} == set(found)
    visits.sign(site, opened, "responsible", PASSPHRASE)
    assert changes(site, subject, "baseline") == {}
    assert signing.changes_since(site, site.clinical.visit(opened.id)) == ()


def test_a_later_visit_scored_anew_loses_its_signature_and_says_the_result_that_moved(
    site: Site, subject: str
) -> None:
    baseline = signed(site, subject, "baseline", DAY_0)
    signed(site, subject, "m06", MONTH_6, 1)
    visits.amend(site, baseline, 2)
    type_in(site, baseline, {"alopecia": "0"})  # so it was new at month 6
    visits.complete(site, baseline)
    row = next(one for one in site.clinical.entries(subject) if one.key == "m06")
    assert row.state == "complete"
    found = changes(site, subject, "m06")
    assert found
    assert all(why == "worked out again" for _, _, why in found.values())


# An amendment without a change


def test_an_amendment_that_changes_nothing_leaves_the_signature(site: Site, subject: str) -> None:
    opened = signed(site, subject, "baseline", DAY_0)
    kept = site.clinical.revisions(subject, "baseline")
    visits.amend(site, opened, 2)
    visits.complete(site, opened)
    assert opened.state == "signed"
    assert site.clinical.revisions(subject, "baseline") == kept


@pytest.mark.parametrize(("is_signed", "stands"), [(True, "signed"), (False, "complete")])
def test_an_amendment_given_up_leaves_the_record_as_it_was(
    site: Site, subject: str, is_signed: bool, stands: str
) -> None:
    opened = fill(site, subject, "baseline", DAY_0)
    visits.complete(site, opened)
    if is_signed:
        visits.sign(site, opened, "responsible", PASSPHRASE)
    kept, was = site.clinical.revisions(subject, "baseline"), opened.session.answers["phga"]
    visits.amend(site, opened, 2)
    type_in(site, opened, {"phga": "0.3"})
    visits.give_up(site, opened)
    assert opened.state == stands
    assert site.clinical.revisions(subject, "baseline") == kept
    assert again(site, subject, "baseline").session.answers["phga"] == was
    with pytest.raises(NotDraft):
        visits.save_draft(site, opened, opened.session.entries(["phga"]))
    told = [one.entry for one in site.clinical.audit_entries(table="draft_values") if one.entry.new == "0.3"]
    assert told  # what was typed stays in the trail
    assert [one.entry.record for one in site.clinical.audit_entries(field="amendment_given_up")] == [
        f"{subject}/baseline"
    ]
    assert checking.verify(site) == []


def test_scores_that_followed_during_an_amendment_are_written_when_it_is_given_up(
    site: Site, subject: str
) -> None:
    baseline = signed(site, subject, "baseline", DAY_0)
    month_6 = signed(site, subject, "m06", MONTH_6, 1)
    visits.amend(site, month_6, 2)
    visits.amend(site, baseline, 2)
    type_in(site, baseline, {"alopecia": "0"})  # so it was new at month 6
    visits.complete(site, baseline)
    assert again(site, subject, "m06").state == "amending"
    visits.give_up(site, month_6)
    assert (
        month_6.state == "complete"
    )  # its results rest on another baseline now: a signature is asked for again


def test_only_what_is_complete_is_amended_and_only_an_amendment_given_up(site: Site, subject: str) -> None:
    opened = fill(site, subject, "baseline", DAY_0)
    with pytest.raises(NotCompleted):
        visits.amend(site, opened, 2)
    with pytest.raises(NotCompleted):
        visits.give_up(site, opened)
    visits.complete(site, opened)
    visits.amend(site, opened, 2)
    with pytest.raises(NotCompleted):
        visits.amend(site, opened, 2)
