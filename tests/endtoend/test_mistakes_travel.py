"""Mistakes, a serious event and a withdrawal on their way to the real centre: what counts there, what never arrives."""

from __future__ import annotations

from datetime import date

from event_acts import NOT_SERIOUS, ZOSTER, completed, signed_event, withdrawal
from leaks import Search, words_of
from study_parts import PASSPHRASE, enrol, signed, someone
from whole_study import Study

from anifro_desktop.centre.assembling import Subject
from anifro_desktop.centre.reading import all_subjects
from anifro_desktop.identity import Identity
from anifro_desktop.workflows import events, joining, mistakes, visits
from anifro_desktop.workflows.site import Site

WRONG_PATIENT, TWICE, OTHER = 1, 2, 4
DAY_0, MONTH_6, GONE = date(2024, 3, 4), date(2024, 9, 3), date(2024, 10, 20)
SERIOUS = {
    **ZOSTER,
    "ae_start": "2024-05-20",
    "interrupt_from": "2024-05-21",
    "ae_awareness": "21/05/2024 09:30",
}
LIGHT = {**NOT_SERIOUS, "ae_start": "2024-06-02"}
PERSON = someone(1, name="Gelsomina", phone="+39 050 000001")
OTHER_PERSON = someone(2, name="Ortensia")


def enrolled(site: Site, person: Identity) -> str:
    """A patient enrolled on day 0."""
    return enrol(site, person, consent_date=DAY_0.isoformat(), enrolment_date=DAY_0.isoformat())


def carried(study: Study) -> dict[str, Subject]:
    """Everything on its way: sent, taken in, answered. The centre's subjects afterwards, by code."""
    assert study.send().code == 0
    done = study.take_in()
    assert done.code == 0, done.err
    assert {item["bad"] for item in done.data["bundles"]} == {0}
    assert study.hear().code == 0
    with study.at_centre() as centre:
        return {subject.code: subject for subject in all_subjects(centre)}


def visits_of(subject: Subject) -> dict[str, str]:
    """What the centre holds of each visit: the physician's global."""
    return {visit.key: str(visit.answers.get("phga")) for visit in subject.visits}


def events_of(subject: Subject) -> dict[str, bool]:
    """The events that count at the centre, and whether each is signed."""
    return {event.key: event.signed for event in subject.events}


def check_nothing_leaked(study: Study) -> None:
    """Neither the stick nor the centre knows a person or a day, not even from the words of a reason."""
    search = Search(words_of(PERSON) | words_of(OTHER_PERSON), (DAY_0, MONTH_6, GONE, date(1991, 5, 20)))
    assert search.in_files(study.stick) == {}
    with study.at_centre() as centre:
        held = [item.revision.to_json() for item in centre.store.revisions()]
    assert search.find(repr(held).encode()) == set()


def test_the_centre_follows_every_mistake_and_never_sees_whose_it_was(study: Study) -> None:
    with study.at_site() as site:
        right, wrong = enrolled(site, OTHER_PERSON), enrolled(site, PERSON)
        signed(site, wrong, "baseline", DAY_0)
        signed(site, wrong, "m06", MONTH_6, 1, phga="0,4")
        completed(site, wrong, "adverse_event", **SERIOUS)
        signed_event(site, wrong, "adverse_event", **LIGHT)
    held = carried(study)
    assert visits_of(held[wrong]) == {"baseline": "1.8", "m06": "0.4"}
    assert events_of(held[wrong]) == {"ae-001": False, "ae-002": True}  # the serious one before its signature
    told = f"{PERSON.surname} {PERSON.phone}, born 1991-05-20"
    with study.at_site() as site:
        mistakes.move(site, wrong, "m06", right, WRONG_PATIENT, told, PASSPHRASE)
        visits.sign_confirmed(site, visits.open_visit(site, right, "m06", MONTH_6), "responsible")
        mistakes.void(site, wrong, "baseline", OTHER, told, PASSPHRASE)
        signed(site, wrong, "baseline", DAY_0, phga="2")
        mistakes.void(site, wrong, "ae-002", TWICE, told, PASSPHRASE)
        visits.sign(site, events.go_on(site, wrong, "ae-001"), "responsible", PASSPHRASE)
        signed_event(site, wrong, "withdrawal", **withdrawal(GONE))
    held = carried(study)
    assert visits_of(held[wrong]) == {"baseline": "2"}
    assert visits_of(held[right]) == {"m06": "0.4"}
    assert events_of(held[wrong]) == {"ae-001": True, "wd-001": True}
    (gone,) = held[wrong].events_of("withdrawal")
    assert gone.day == (GONE - DAY_0).days
    check_nothing_leaked(study)


def test_a_patient_enrolled_twice_is_one_at_the_centre(study: Study) -> None:
    with study.at_site() as site:
        keep, drop = enrolled(site, PERSON), enrolled(site, PERSON)
        signed(site, drop, "baseline", DAY_0)
        signed_event(site, drop, "adverse_event", **LIGHT)
    assert set(carried(study)) == {keep, drop}
    with study.at_site() as site:
        joined = joining.join(site, keep, drop, TWICE, f"is {PERSON.surname}", PASSPHRASE)
        assert {key for key, _ in joined.moved} == {"baseline", "ae-001"}
        for key in ("baseline", "ae-001"):
            visits.sign_confirmed(site, visits.open_visit(site, keep, key, DAY_0), "responsible")
    held = carried(study)
    assert set(held) == {keep}
    assert (set(visits_of(held[keep])), set(events_of(held[keep]))) == ({"baseline"}, {"ae-001"})
    with study.at_centre() as centre:
        assert [row for row in centre.store.differences() if row.kind == "differs"] == []
    check_nothing_leaked(study)
