"""The trail for those who read it: found by what people know, read as on the form, each answer with its history."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from study_parts import DAY_0, PASSPHRASE, TestClock, enrol, fill, signed, someone, type_in

from anifro_desktop.forms.document import markdown
from anifro_desktop.store import trail
from anifro_desktop.store.doorplate import User
from anifro_desktop.workflows import mistakes, patients, visits
from anifro_desktop.workflows.audit import finding, item, papers, proving, review, words
from anifro_desktop.workflows.audit.model import Filter, Line, as_json
from anifro_desktop.workflows.errors import NotInTrail, NotYourRole
from anifro_desktop.workflows.model import Finding, OpenVisit
from anifro_desktop.workflows.site import Site

SOURCE_CORRECTED = 2


@pytest.fixture
def baseline(site: Site, subject: str) -> OpenVisit:
    """A signed baseline with 84 platelets (×10⁹/L)."""
    return signed(site, subject, "baseline", DAY_0)


def shown(site: Site, **wanted: object) -> tuple[Line, ...]:
    if "field" in wanted:
        wanted["fields"] = (wanted.pop("field"),)
    return finding.lines(site, finding.find(site, Filter(**wanted)))  # type: ignore[arg-type]


def amend(site: Site, visit: OpenVisit, words_: str = "", **answers: object) -> None:
    visits.amend(site, visit, SOURCE_CORRECTED, words_)
    type_in(site, visit, answers)
    visits.complete(site, visit)


# Reading entries


def test_an_answer_reads_as_on_its_form_in_both_languages(
    site: Site, subject: str, baseline: OpenVisit
) -> None:
    sex = next(one for one in shown(site, subject=subject, visit="", field="sex") if one.table == "answers")
    assert (sex.what.it, sex.new.it) == ("Sesso", "Femmina")
    assert sex.new.en == "Female"
    assert sex.place.en.startswith(f"{subject} · Enrolment")
    platelets = shown(site, subject=subject, visit="baseline", field="platelets")[0]
    assert platelets.new.it == "84 ×10⁹/L"
    assert platelets.place.it == f"{subject} · Basale · Laboratorio"
    assert (platelets.who, platelets.name) == ("U01", "Dr. Firma di Prova")


def test_old_and_new_reason_and_time_stand_in_the_line(
    site: Site, subject: str, baseline: OpenVisit, clock: TestClock
) -> None:
    clock.forward(days=3)
    amend(site, baseline, "second sheet", platelets="90")
    line = next(one for one in shown(site, subject=subject, field="platelets") if one.old.en.startswith("84"))
    assert line.change.en == "84 ×10⁹/L → 90 ×10⁹/L"
    changed = next(
        one
        for one in shown(site, subject=subject, field="platelets")
        if one.table == "answers" and one.old.en.startswith("84")
    )
    assert changed.reason.en == "Source document corrected: second sheet"
    assert changed.reason.it == "Documento originale corretto: second sheet"
    assert changed.when.date() == clock.now().date()
    assert changed.utc.endswith("Z")
    assert as_json(changed, "en")["new"] == "90 ×10⁹/L"


def test_a_missing_reason_and_a_decimal_read_in_words(site: Site, subject: str) -> None:
    visit = visits.open_visit(site, subject, "baseline", DAY_0)
    type_in(site, visit, {"temperature_c": "37.5", "platelets": {"missing": "not_done"}})
    assert shown(site, subject=subject, field="temperature_c")[0].new.it.startswith("37,5")
    assert shown(site, subject=subject, field="temperature_c")[0].new.en.startswith("37.5")
    assert shown(site, subject=subject, field="platelets")[0].new.en == "Not done"


def test_a_result_is_in_the_trail_with_each_completion_that_changed_it(
    site: Site, subject: str, baseline: OpenVisit
) -> None:
    amend(site, baseline, alopecia="0")
    results = shown(site, subject=subject, visit="baseline", field="sledai2k")
    assert [one.what.en for one in results] == ["SLEDAI-2K", "SLEDAI-2K"]
    assert results[0].old == results[1].new
    assert results[0].new != results[1].new


def test_a_suspect_clock_is_said(site: Site, subject: str, clock: TestClock) -> None:
    clock.moment -= timedelta(days=400)
    site.clinical.log("checked")
    newest = shown(site, kinds=("acts",))[0]
    assert newest.what.en == "Findings of the check seen"
    assert not newest.clock_ok


def test_no_name_of_a_patient_is_in_any_line(site: Site) -> None:
    person = someone(7, surname="Inventata", tax_code="NVNPRV91E60G702P")
    code = enrol(site, person)
    patients.read_identity(site, code)
    kinds = tuple(words.KINDS)
    text = repr(shown(site, kinds=kinds)) + repr(shown(site, subject=code, kinds=kinds))
    for secret in ("Inventata", "NVNPRV91E60G702P", "SYN00007", "1991-05-20", "20/05/1991"):
        assert secret not in text


# Finding


def test_a_filter_finds_no_less_and_no_more_than_it_says(
    site: Site, subject: str, baseline: OpenVisit
) -> None:
    other = enrol(site, someone(2, surname="Altra"))
    fill(site, other, "baseline", DAY_0, platelets="200")
    both = {one.subject for one in shown(site, field="platelets")}
    assert both == {subject, other}
    assert {one.subject for one in shown(site, subject=subject)} == {subject}
    assert {one.visit for one in shown(site, subject=subject, visit="")} == {""}
    laboratory = shown(site, form="laboratory")
    assert {one.form for one in laboratory} == {"laboratory"}
    typed_only = [one for one in laboratory if one.subject == other]
    assert {one.table for one in typed_only} == {"draft_values"}, "answers of a form that is not complete yet"


def test_every_entry_has_exactly_one_kind_and_none_is_lost(
    site: Site, subject: str, baseline: OpenVisit
) -> None:
    found = [finding.find(site, Filter(kinds=(kind,))) for kind in words.KINDS]
    numbers = sorted(number for some in found for number in some)
    assert numbers == list(range(1, site.clinical.audit_head().seq + 1))


def test_without_a_kind_technical_details_are_left_out(site: Site, subject: str, baseline: OpenVisit) -> None:
    assert {one.kind for one in shown(site)} == {"answers", "acts", "people", "identities"}


def test_changes_after_completion_and_after_signature_are_told_apart(
    site: Site, subject: str, clock: TestClock
) -> None:
    visit = fill(site, subject, "baseline", DAY_0)
    assert shown(site, subject=subject, visit="baseline", after="completion") == ()
    visits.complete(site, visit)
    amend(site, visit, platelets="80")
    assert "80 ×10⁹/L" in {
        one.new.en for one in shown(site, subject=subject, visit="baseline", after="completion")
    }
    assert shown(site, subject=subject, visit="baseline", after="signature") == ()
    visits.sign(site, visit, "responsible", PASSPHRASE)
    amend(site, visit, platelets="70")
    after = {one.new.en for one in shown(site, subject=subject, visit="baseline", after="signature")}
    assert "70 ×10⁹/L" in after
    assert "80 ×10⁹/L" not in after


def test_a_range_of_days_holds_both_its_ends(site: Site, subject: str, clock: TestClock) -> None:
    first = clock.now().date()
    clock.forward(days=2)
    site.clinical.log("checked")
    assert len(shown(site, kinds=("acts",), since=first + timedelta(days=2))) == 1
    assert (
        shown(site, kinds=("acts",), since=first + timedelta(days=1), until=first + timedelta(days=1)) == ()
    )
    assert len(shown(site, kinds=("acts",), since=first + timedelta(days=1), until=clock.now().date())) == 1


def test_a_voided_visit_is_found_under_the_key_it_had(site: Site, subject: str, baseline: OpenVisit) -> None:
    mistakes.void(site, subject, "baseline", 1, "", PASSPHRASE)
    found = shown(site, subject=subject, visit="baseline", field="platelets")
    assert found[0].old.en == "84 ×10⁹/L"
    assert found[0].reason.en == "Wrong patient"
    assert found[0].place.en == f"{subject} · Baseline · Laboratory"


@pytest.mark.parametrize(
    ("wanted", "what"),
    [
        ({"subject": "P03-XXXX-X"}, "subject"),
        ({"visit": "m60"}, "visit"),
        ({"form": "laboratry"}, "form"),
        ({"field": "platlets"}, "field"),
        ({"kinds": ("answer",)}, "kind"),
        ({"after": "breakfast"}, "after"),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(
    site: Site, subject: str, wanted: dict[str, object], what: str
) -> None:
    given = {"subject": subject, **wanted} if what == "visit" else wanted
    with pytest.raises(NotInTrail) as refused:
        shown(site, **given)
    assert refused.value.params["what"] == what
    if what == "field":
        assert "platelets?" in str(refused.value)


def test_what_is_looked_for_as_a_patient_is_not_repeated(site: Site) -> None:
    with pytest.raises(NotInTrail) as refused:
        shown(site, subject="Mario Rossi")
    assert "Rossi" not in str(refused.value) + str(refused.value.params)


def test_reading_the_trail_writes_nothing(site: Site, subject: str, baseline: OpenVisit) -> None:
    before = site.clinical.audit_head()
    shown(site, subject=subject)
    item.history(site, subject, "baseline", "platelets")
    review.review(site)
    assert site.clinical.audit_head() == before


# Identities


def test_each_look_at_an_identity_is_told_and_the_list_once_a_sitting(site: Site, subject: str) -> None:
    listed = len([one for one in shown(site, kinds=("identities",)) if one.field == "identities_listed"])
    assert listed == 1
    read_before = [one for one in shown(site, kinds=("identities",)) if one.field == "identity_read"]
    patients.read_identity(site, subject)
    patients.read_identity(site, subject)
    patients.patients(site)
    told = [one for one in shown(site, kinds=("identities",)) if one.field == "identity_read"]
    assert len(told) == len(read_before) + 2
    assert told[0].subject == subject
    again = [one for one in shown(site, kinds=("identities",)) if one.field == "identities_listed"]
    assert len(again) == 1, "not once for every list on the screen"


# The history of an answer


def test_a_history_has_a_line_for_each_value(
    site: Site, subject: str, baseline: OpenVisit, clock: TestClock
) -> None:
    clock.forward(days=1)
    amend(site, baseline, "second sheet", platelets="90")
    past = item.history(site, subject, "baseline", "platelets")
    assert past.question.it == "Piastrine"
    assert not past.computed
    assert [one.value.en for one in past.values] == ["84 ×10⁹/L", "90 ×10⁹/L"]
    first, second = past.values
    assert (first.version, second.version) == (1, 2)
    assert first.why.en == ""
    assert second.why.en == "Source document corrected: second sheet"
    assert second.when.date() - first.when.date() == timedelta(days=1)
    assert second.completed is not None


def test_what_is_only_typed_has_no_version(site: Site, subject: str) -> None:
    visit = visits.open_visit(site, subject, "baseline", DAY_0)
    type_in(site, visit, {"platelets": "84"})
    type_in(site, visit, {"platelets": "48"})
    past = item.history(site, subject, "baseline", "platelets")
    assert [(one.value.en, one.version) for one in past.values] == [("84 ×10⁹/L", None), ("48 ×10⁹/L", None)]


def test_a_result_has_a_history_too(site: Site, subject: str, baseline: OpenVisit) -> None:
    amend(site, baseline, alopecia="0")
    past = item.history(site, subject, "baseline", "sledai2k")
    assert past.computed
    assert [one.version for one in past.values] == [1, 2]
    assert past.values[1].why.en == "Source document corrected"


def test_a_result_that_followed_from_another_visit_says_so(site: Site, subject: str) -> None:
    signed(site, subject, "m06", date(2026, 9, 3), number=1)
    signed(site, subject, "baseline", DAY_0)
    whys = [
        one.why.en
        for name in words.SCORES
        for one in item.history(site, subject, "m06", name).values
        if one.version == 2
    ]
    assert whys
    assert set(whys) == {"worked out again"}


def test_a_derived_answer_has_a_history(site: Site, subject: str) -> None:
    past = item.history(site, subject, "", "age_at_enrolment")
    assert past.computed
    assert [one.value.en for one in past.values] == ["34 years"]


def test_a_note_stands_beside_its_value(site: Site, subject: str) -> None:
    fill(site, subject, "baseline", DAY_0)
    absent = next(
        one for one in shown(site, subject=subject, visit="baseline") if one.field.endswith("/note")
    )
    field = absent.field.removesuffix("/note")
    assert item.history(site, subject, "baseline", field).values[0].note.en == 'with "all remaining absent"'


def test_a_question_never_answered_has_an_empty_history(site: Site, subject: str) -> None:
    visits.open_visit(site, subject, "baseline", DAY_0)
    assert item.history(site, subject, "baseline", "platelets").values == ()


# The review


def test_a_late_visit_is_named_with_its_days(site: Site, subject: str, clock: TestClock) -> None:
    signed(site, subject, "baseline", clock.now().date() - timedelta(days=8))
    signed(site, subject, "unscheduled", clock.now().date() - timedelta(days=7), number=1)
    report = review.review(site)
    assert [(one.subject, one.visit, one.days) for one in report.late] == [(subject, "baseline", 8)]


def test_changes_after_completion_are_counted_once_and_by_person(
    site: Site, subject: str, baseline: OpenVisit
) -> None:
    assert review.review(site).changes == 0
    amend(site, baseline, platelets="90")
    visits.sign(site, baseline, "responsible", PASSPHRASE)
    report = review.review(site)
    assert report.changes == 1
    assert report.by == {"U01": 1}
    assert [line.new.en for line in finding.lines(site, report.signed)] == ["90 ×10⁹/L"]
    assert [(one.field, one.changes, one.endpoint) for one in report.often] == [("platelets", 1, True)]
    assert [(label.en, count) for label, count in report.reasons] == [("Source document corrected", 1)]
    assert report.endpoint == report.signed


def test_a_change_that_is_still_being_made_is_counted(site: Site, subject: str, baseline: OpenVisit) -> None:
    visits.amend(site, baseline, SOURCE_CORRECTED)
    type_in(site, baseline, {"platelets": "90"})
    report = review.review(site)
    assert report.changes == 1
    visits.complete(site, baseline)
    assert review.review(site).changes == 1


def test_a_question_outside_the_endpoints_is_not_called_one(
    site: Site, subject: str, baseline: OpenVisit
) -> None:
    amend(site, baseline, temperature_c="37")
    report = review.review(site)
    assert report.changes == 1
    assert report.endpoint == ()


def test_night_and_bulk_edits_are_named(site: Site, subject: str, clock: TestClock) -> None:
    night = clock.now().replace(hour=22)
    clock.forward(seconds=(night - clock.now()).total_seconds())
    visit = visits.open_visit(site, subject, "baseline", DAY_0)
    type_in(site, visit, {"platelets": "150"})
    acts = {(one.act, one.who, one.subjects) for one in review.review(site).bursts}
    assert ("night", "U01", (subject,)) in acts
    assert not any(act == "bulk" for act, *_ in acts)
    fill(site, subject, "baseline", DAY_0)
    found = {one.act: one for one in review.review(site).bursts}
    assert found["bulk"].count >= review.BULK
    assert found["all_absent"].count > 0


def test_answers_by_day_are_no_night_edits(site: Site, subject: str) -> None:
    visit = visits.open_visit(site, subject, "baseline", DAY_0)
    type_in(site, visit, {"platelets": "150"})
    assert not any(one.act == "night" for one in review.review(site).bursts)


def test_a_review_is_told_to_the_trail_and_the_next_begins_after_it(
    site: Site, subject: str, baseline: OpenVisit
) -> None:
    amend(site, baseline, platelets="90")
    report = review.review(site)
    done = review.mark_reviewed(site, report, "nothing  unusual")
    assert (done.who, done.to, done.words) == ("U01", report.to, "nothing unusual")
    line = shown(site, kinds=("acts",))[0]
    assert line.what.en == "Audit trail reviewed"
    assert line.reason.en == "nothing unusual"
    after = review.review(site)
    assert (after.since, after.changes) == (report.to, 0)
    assert after.reviews == (done,)
    assert review.review(site, everything=True).changes == 1


def test_a_visit_begun_before_the_last_review_is_not_late_again(
    site: Site, subject: str, clock: TestClock
) -> None:
    visit = fill(site, subject, "baseline", DAY_0)
    review.mark_reviewed(site, review.review(site), "")
    type_in(site, visit, {"platelets": "151"})
    assert review.review(site).late == ()


def test_data_entry_does_not_review_its_own_work(site: Site) -> None:
    site.keys = replace(site.keys, user=User("U01", "Dr. Firma di Prova", ("data_entry",)))
    before = site.clinical.audit_head()
    with pytest.raises(NotYourRole):
        review.mark_reviewed(site, review.review(site), "")
    assert site.clinical.audit_head() == before


def test_entries_with_a_suspect_clock_are_counted(site: Site, clock: TestClock) -> None:
    assert review.review(site).suspect == 0
    clock.moment -= timedelta(hours=5)
    site.clinical.log("checked")
    assert review.review(site).suspect == 1


def test_kinds_of_the_store_have_words() -> None:
    assert set(trail.KINDS) == set(words.KINDS)
    assert set(trail.AFTER) == set(words.AFTER)


# What a check says


def test_every_finding_of_the_store_is_explained_in_both_languages(site: Site) -> None:
    from anifro_desktop.store.findings import SENTENCES

    blanks = {
        "name": "clinical.db", "count": 2, "seq": 5, "table": "visits", "record": "x", "field": "state",
        "object": "audit_no_update", "ver": 1, "signer": "U01", "bundle": "1/1", "acked": 3, "epoch": 1,
        "number": 2,
    }  # fmt: skip
    for code in SENTENCES:
        told = proving.explain(site, Finding(code, "", blanks))
        for lang in ("it", "en"):
            for text in (told.what, told.where, told.since, told.act):
                assert text.get(lang)
                assert "{" not in text.get(lang)
        assert told.what.it != told.what.en


def test_a_value_changed_outside_the_program_is_placed_and_dated(
    site: Site, subject: str, baseline: OpenVisit
) -> None:
    assert proving.prove(site).findings == ()
    with site.clinical.transaction() as tx:
        tx.connection.exec_driver_sql("UPDATE draft_values SET value = '300' WHERE field = 'platelets'")
    (told,) = proving.prove(site).findings
    assert told.where.en == f"File clinical.db · Typed answer · {subject} · Baseline · Platelets"
    written = next(one for one in shown(site, field="platelets") if one.table == "draft_values")
    assert f"After entry {written.number} of 23/11/2026" in told.since.en
    assert "restore the newest verified backup" in told.act.en


def test_a_check_is_told_to_the_trail_and_dates_what_is_found_later(site: Site, clock: TestClock) -> None:
    assert proving.last_good(site) is None
    proof = proving.prove(site)
    assert proving.last_good(site) == clock.now()
    assert proof.entries < site.clinical.audit_head().seq
    told = proving.explain(
        site, Finding("page_damaged", "", {"name": "clinical.db", "count": 1}), clock.now()
    )
    assert "full check of 23/11/2026" in told.since.en


# Copies


def test_a_copy_in_csv_has_every_entry_and_no_formula(site: Site, subject: str, baseline: OpenVisit) -> None:
    review.mark_reviewed(site, review.review(site), "=HYPERLINK(1)")
    numbers = finding.find(site, Filter(kinds=tuple(words.KINDS)))
    rows = list(csv.DictReader(io.StringIO(papers.as_csv(finding.lines(site, numbers), "it"))))
    assert len(rows) == len(numbers)
    assert [row["reason"] for row in rows if row["field"] == "audit_reviewed"] == ["'=HYPERLINK(1)"]


def test_a_print_names_who_when_and_the_head_of_the_trail_but_no_patient(
    site: Site, subject: str, baseline: OpenVisit
) -> None:
    wanted = Filter(subject=subject, visit="baseline", fields=("platelets",))
    text = markdown(papers.trail_blocks(site, wanted, finding.find(site, wanted), "en"))
    assert "Printed by U01 Dr. Firma di Prova on 23/11/2026 09:00:00 +00:00" in text
    assert site.clinical.audit_head().hash[:16] in text
    assert "84 ×10⁹/L" in text
    assert "Sintetica" not in text


def test_a_long_trail_is_printed_in_part_and_says_so(
    site: Site, subject: str, baseline: OpenVisit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "MOST", 10)
    numbers = finding.find(site, Filter())
    text = markdown(papers.trail_blocks(site, Filter(), numbers, "en"))
    assert f"Entries found: {len(numbers)}; printed: 10." in text


def test_the_review_reads_in_both_languages(site: Site, subject: str, baseline: OpenVisit) -> None:
    amend(site, baseline, platelets="90")
    report = review.review(site)
    italian, english = (markdown(papers.report_blocks(site, report, lang)) for lang in ("it", "en"))
    assert "Risposte cambiate dopo il completamento: 1; dopo la firma: 1; di endpoint: 1." in italian
    assert "Visits entered late" in english
    assert "84 ×10⁹/L → 90 ×10⁹/L" in english
