"""The centre's questions: what is asked by itself, to whom files go, what a site may not say, and what is kept."""

from __future__ import annotations

import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from centre_builders import QUIET, claiming, course, enrolment, event, record_id, revision, schedule, visit
from centre_sites import SyntheticSite

from anifro_desktop.centre import forgotten, querying
from anifro_desktop.centre.asking import CONFLICTS, DIFFERENCES, OVERDUE, questions
from anifro_desktop.centre.errors import AskedAlready, QueryNotRaised, RoleNeeded
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.monitoring.contradictions import contradictions
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.querying import Question
from anifro_desktop.centre.registering import register, revoke
from anifro_desktop.centre.unanswered import unanswered
from anifro_desktop.centre.words import spoken
from anifro_desktop.store.doorplate import User
from anifro_desktop.store.verify import verify
from anifro_desktop.sync.bundle import VerifyKey
from anifro_desktop.sync.query import act_revision, open_queries
from anifro_desktop.thread import Act, Query, Thread

SUBJECT, SECOND, FOREIGN = "P03-7KQF-4", "P03-9M2D-R", "P04-9M2D-3"
OF_FIRST = "A01-7KQF-2"


def arrived(centre: Centre, site: SyntheticSite, revisions: Any) -> None:
    (outcome,) = ingest(centre, [site.bundle(centre.keyset, revisions)])
    assert (outcome.status, outcome.bad) == ("accepted", 0), outcome


def asked(centre: Centre, **more: str) -> Thread:
    facts = {"subject": SUBJECT, "text": "È giusto?", "visit": "baseline", "field": "platelets"}
    return querying.raise_query(centre, Question(**(facts | more)))


def opened(centre: Centre, site: SyntheticSite, folder: Path) -> tuple[Thread, ...]:
    """The newest file of questions for a site, opened as the site opens it."""
    files = sorted(folder.glob(f"*-{site.code}-{site.writer[:8]}-q001-*"))
    data = files[-1].read_bytes()
    return open_queries(
        data,
        key_for=lambda _: VerifyKey(centre.keyset.verify_key.ed25519),
        seed_for=lambda _: site.seal_seed,
    )[0]


def said(query: Query, act: str = "answer", n: int = 2, text: str = "Confermato.", **more: Any) -> Act:
    return Act(str(uuid.uuid4()), query.id, n, act, text, "U01", **more)


def test_a_question_names_the_version_that_was_looked_at(centre: Centre, site: SyntheticSite) -> None:
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    query = asked(centre).query
    assert (query.kind, query.form, query.ver) == ("field", "laboratory", 1)
    assert query.record == record_id(SUBJECT, "baseline", "laboratory")
    assert asked(centre, visit="m06", field="").query.kind == "missing"


def test_a_file_holds_every_thread_and_is_made_only_when_something_is_new(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    assert querying.write_queries(centre, tmp_path) == []
    first = asked(centre)
    (written,) = querying.write_queries(centre, tmp_path)
    assert (written.number, written.threads, written.unsettled) == (1, 1, 1)
    assert querying.write_queries(centre, tmp_path) == []
    (file,) = tmp_path.iterdir()
    bytes_before = file.read_bytes()
    file.unlink()
    assert querying.write_queries(centre, tmp_path) == []
    assert file.read_bytes() == bytes_before
    querying.close(centre, first.query.id)
    (written,) = querying.write_queries(centre, tmp_path)
    assert (written.number, written.threads, written.unsettled) == (2, 1, 0)
    assert [one.state for one in opened(centre, site, tmp_path)] == ["closed"]
    assert verify(centre.store) == []


def test_each_computer_of_a_site_gets_what_is_about_its_own_patients(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    other = SyntheticSite()
    register(centre, other.card_bytes, other.card.fingerprint)
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    arrived(centre, other, course(SECOND, visits=("baseline",)))
    asked(centre)
    asked(centre, subject=SECOND)
    querying.write_queries(centre, tmp_path)
    assert [one.query.subject for one in opened(centre, site, tmp_path)] == [SUBJECT]
    assert [one.query.subject for one in opened(centre, other, tmp_path)] == [SECOND]


def test_a_revoked_computer_gets_no_more_files(centre: Centre, site: SyntheticSite, tmp_path: Path) -> None:
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    asked(centre)
    revoke(centre, site.code, site.writer, "rubato")
    assert querying.write_queries(centre, tmp_path) == []


def test_an_answer_is_kept_once_and_in_any_order(centre: Centre, site: SyntheticSite) -> None:
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    query = asked(centre).query
    digest = centre.definitions.digest
    answer = act_revision(query, said(query), digest)
    arrived(centre, site, [act_revision(query, said(query, n=3, text="E ancora."), digest)])
    arrived(centre, site, [answer])
    arrived(centre, site, [answer])  # a new epoch sends everything again
    (thread,) = querying.threads(centre)
    assert (thread.state, [one.text for one in thread.acts]) == (
        "answered",
        ["È giusto?", "Confermato.", "E ancora."],
    )


def test_an_answer_to_a_question_that_is_not_known_here_is_kept(centre: Centre, site: SyntheticSite) -> None:
    """The centre was restored: what it asked after its backup is gone, and the answers come all the same."""
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    lost = Query(str(uuid.uuid4()), SUBJECT, "field", "baseline", "laboratory", "platelets")
    arrived(centre, site, [act_revision(lost, said(lost), centre.definitions.digest)])
    assert [one.query for one in centre.store.stray_acts()] == [lost.id]
    assert querying.threads(centre) == []  # it was never put back, so nobody forgot anything


def put_back(centre: Centre, *sites: SyntheticSite) -> None:
    for site in sites:
        centre.store.change_writer(site.code, site.writer, rno_above=1000, put_back=True)


def test_a_question_that_was_forgotten_is_marked_and_says_nothing_that_the_site_chose(
    centre: Centre, site: SyntheticSite
) -> None:
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    put_back(centre, site)
    lost = Query(str(uuid.uuid4()), SUBJECT, "field", "baseline", "laboratory", "platelets")
    digest = centre.definitions.digest
    later, first = said(lost, n=4, text="E ancora."), said(lost)
    arrived(centre, site, [act_revision(lost, later, digest), act_revision(lost, first, digest)])
    (thread,) = querying.threads(centre)
    assert (thread.query.kind, thread.query.visit, thread.query.about) == ("other", "", "forgotten")
    assert (thread.state, [one.act for one in thread.acts]) == ("answered", ["raise", "answer", "answer"])
    assert "Confermato" not in thread.text
    assert querying.close(centre, lost.id).state == "closed"


def test_who_does_not_keep_the_patient_makes_no_forgotten_question(
    centre: Centre, site: SyntheticSite
) -> None:
    other = SyntheticSite()
    register(centre, other.card_bytes, other.card.fingerprint)
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    put_back(centre, site, other)
    lost = Query(str(uuid.uuid4()), SUBJECT, "field", "baseline", "laboratory", "platelets")
    arrived(centre, other, [act_revision(lost, said(lost), centre.definitions.digest)])
    assert querying.threads(centre) == []


def test_a_site_makes_no_more_forgotten_questions_than_a_patient_may_have(
    centre: Centre, site: SyntheticSite
) -> None:
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    put_back(centre, site)
    invented = [Query(str(uuid.uuid4()), SUBJECT, "field") for _ in range(forgotten.MOST + 1)]
    arrived(centre, site, [act_revision(one, said(one), centre.definitions.digest) for one in invented])
    assert len(querying.threads(centre)) == forgotten.MOST


@pytest.mark.parametrize("act", ["close", "cancel", "raise", "ask"])
def test_a_site_settles_and_asks_nothing(centre: Centre, site: SyntheticSite, act: str) -> None:
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    query = asked(centre).query
    forged = act_revision(query, said(query, act), centre.definitions.digest)
    (outcome,) = ingest(centre, [site.bundle(centre.keyset, [forged])])
    assert (outcome.status, outcome.records, outcome.bad) == ("accepted", 0, 1)
    assert [one.state for one in querying.threads(centre)] == ["open"]


def test_a_site_answers_only_what_is_asked_about_its_own_patient(centre: Centre, site: SyntheticSite) -> None:
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    query = asked(centre).query
    other = SyntheticSite("P04")
    register(centre, other.card_bytes, other.card.fingerprint)
    act = act_revision(replace(query, subject=FOREIGN), said(query), centre.definitions.digest)
    (outcome,) = ingest(centre, [other.bundle(centre.keyset, [act])])
    assert (outcome.records, outcome.bad) == (0, 1)
    assert [one.state for one in querying.threads(centre)] == ["open"]


def test_each_finding_becomes_a_question_in_both_languages(centre: Centre, site: SyntheticSite) -> None:
    wrong = claiming(course(SUBJECT, visits=("baseline",)), "baseline", sledai2k={"value": 3})
    arrived(centre, site, wrong)
    for lang, words in (("it", "ricalcolato"), ("en", "computed again")):
        (one,) = questions(centre, (DIFFERENCES,), lang)
        assert (one.kind, one.visit, one.about) == ("score", "baseline", "sledai2k")
        assert words in one.text
    missing = questions(centre, (OVERDUE,), "en")
    assert [one.visit for one in missing][:2] == ["m06", "m12"]
    raised = querying.raise_new(centre, [*questions(centre, (DIFFERENCES,), "it"), *missing])
    assert len(raised) == 1 + len(missing)
    assert querying.raise_new(centre, questions(centre, (DIFFERENCES, OVERDUE), "it")) == []


def test_a_visit_that_is_accounted_for_is_not_asked_about(centre: Centre, site: SyntheticSite) -> None:
    opens = schedule(SUBJECT, "m24").values["m12_opens"]
    assert isinstance(opens, int)
    arrived(centre, site, course(SUBJECT, "m24", visits=("baseline",)))
    assert [one.visit for one in questions(centre, (OVERDUE,), "en")] == ["m06", "m12", "m24"]
    arrived(
        centre, site, [event(SUBJECT, "mv-001", mv_visit=6), event(SUBJECT, "lo-001", lo_last_contact=opens)]
    )
    assert [one.visit for one in questions(centre, (OVERDUE,), "en")] == ["m12"]  # it was open on that day


def test_two_contents_of_one_version_become_a_question(centre: Centre, site: SyntheticSite) -> None:
    arrived(centre, site, [enrolment(SUBJECT), schedule(SUBJECT, None)])
    arrived(centre, site, [revision(SUBJECT, "baseline", "vitals", {"weight_kg": 62}, 0)])
    arrived(centre, site, [revision(SUBJECT, "baseline", "vitals", {"weight_kg": 63}, 0)])
    (one,) = questions(centre, (CONFLICTS,), "it")
    assert (one.kind, one.form, one.about) == ("conflict", "vitals", "v1")


def test_a_contradiction_that_was_kept_with_a_reason_is_not_asked_about(
    centre: Centre, site: SyntheticSite
) -> None:
    answers = {**QUIET, "platelets": 84, "thrombocytopenia": 0}
    made = [enrolment(SUBJECT), schedule(SUBJECT, None), *visit(SUBJECT, "baseline", 0, answers)]
    arrived(centre, site, made)
    found = contradictions(centre, "it")
    assert "thrombocytopenia" in [one.question.field for one in found]
    form = centre.definitions.fields["thrombocytopenia"].form
    (last,) = [item for item in made if item.form == form]
    kept = {"thrombocytopenia": {"kind": "override", "reason": 1, "text": ""}}
    arrived(centre, site, [replace(last, ver=2, prev="0" * 64, notes=kept)])
    assert "thrombocytopenia" not in [one.question.field for one in contradictions(centre, "it")]


def test_what_cannot_be_asked_has_a_sentence_in_both_languages(centre: Centre, site: SyntheticSite) -> None:
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    wrong = {
        "text": " ",
        "subject": "P03-AAAA-A",
        "visit": "m99",
        "form": "no_such",
        "field": "no_such",
    }
    for name, value in wrong.items():
        with pytest.raises(QueryNotRaised) as refused:
            asked(centre, **{name: value})
        assert spoken(refused.value, "it").startswith("Nulla è stato chiesto")
        assert spoken(refused.value, "en").startswith("Nothing was asked")
    asked(centre)
    with pytest.raises(AskedAlready) as again:
        asked(centre)
    assert "già una richiesta aperta" in spoken(again.value, "it")
    assert len(querying.threads(centre)) == 1


def test_a_statistician_reads_and_asks_nothing(centre: Centre, site: SyntheticSite) -> None:
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    one = asked(centre)
    centre.keys = replace(centre.keys, user=User("ST1", "Synthetic", ("statistician",)))
    assert querying.threads(centre) == [one]
    with pytest.raises(RoleNeeded):
        asked(centre, field="wbc")
    with pytest.raises(RoleNeeded):
        querying.close(centre, one.query.id)


def test_characters_that_nobody_sees_are_left_out_of_a_question(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    one = asked(centre, text="Chiamare \u202ail reparto\u202c, \x07per favore?")
    assert one.text == "Chiamare il reparto, per favore?"
    querying.ask_again(centre, one.query.id, "Ancora \u2066qui\u2069?")
    assert [item.threads for item in querying.write_queries(centre, tmp_path)] == [1]
    assert [act.text for act in opened(centre, site, tmp_path)[0].acts][1:] == ["Ancora qui?"]


def test_words_that_cannot_be_read_are_not_kept(centre: Centre, site: SyntheticSite) -> None:
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    with pytest.raises(QueryNotRaised, match="cannot be read"):
        asked(centre, text="Giusto \udcff?")
    one = asked(centre)
    with pytest.raises(QueryNotRaised) as refused:
        querying.close(centre, one.query.id, "bene \ud83d")
    assert "illeggibili" in spoken(refused.value, "it")
    assert [len(thread.acts) for thread in querying.threads(centre)] == [1]


def test_a_computer_that_cannot_be_asked_keeps_no_other_from_its_questions(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    first = SyntheticSite("A01")
    register(centre, first.card_bytes, first.card.fingerprint)
    arrived(centre, first, course(OF_FIRST, visits=("baseline",)))
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    asked(centre, subject=OF_FIRST)
    asked(centre)
    centre.store.change_writer("A01", first.writer, xwing=b"\xff" * 1216)
    assert [made.site for made in querying.write_queries(centre, tmp_path)] == ["P03"]
    assert unanswered(centre) == (("A01", first.writer, "query"),)


def test_an_answer_with_the_last_number_is_not_taken(centre: Centre, site: SyntheticSite) -> None:
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    query = asked(centre).query
    act = act_revision(query, said(query, n=999_999), centre.definitions.digest)
    (outcome,) = ingest(centre, [site.bundle(centre.keyset, [act])])
    assert outcome.bad == 1
    assert querying.close(centre, query.id).state == "closed"


def test_thousands_of_long_answers_do_not_keep_a_question_from_being_sent(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    query = asked(centre).query
    answers = [said(query, n=number, text="\U0001f600" * 500) for number in range(2, 600)]
    with centre.store.transaction():
        for answer in answers:
            centre.store.keep_act(answer)
    querying.ask_again(centre, query.id, "E adesso?")
    assert [made.threads for made in querying.write_queries(centre, tmp_path)] == [1]
    (thread,) = opened(centre, site, tmp_path)
    assert (thread.text, thread.acts[-1].text, thread.state) == ("È giusto?", "E adesso?", "open")
    assert thread.acts[-2] == replace(answers[-1], at=thread.acts[-2].at)


def test_an_answer_is_taken_in_without_reading_all_that_was_said_before(
    centre: Centre, site: SyntheticSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a bundle of twenty thousand answers to one question would take a night."""
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    query = asked(centre).query
    acts = [act_revision(query, said(query, n=number), centre.definitions.digest) for number in range(2, 5)]
    data = site.bundle(centre.keyset, acts)
    with monkeypatch.context() as watched:
        watched.setattr("anifro_desktop.store.threads.thread", None)
        (outcome,) = ingest(centre, [data])
    assert (outcome.records, outcome.bad) == (3, 0)
    (thread,) = querying.threads(centre)
    assert len(thread.acts) == 4


def test_a_conflict_at_a_place_that_cannot_be_named_is_not_asked_about(
    centre: Centre, site: SyntheticSite, tmp_path: Path
) -> None:
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    odd = revision(SUBJECT, "Ciao", "of_later", {}, 1, definition="ab" * 32)
    for value in (1, 2):
        arrived(centre, site, [replace(odd, values={"some": value})])
    asked(centre)
    assert centre.store.conflicts()
    assert querying.raise_new(centre, questions(centre, [CONFLICTS], "en")) == []
    assert [made.threads for made in querying.write_queries(centre, tmp_path)] == [1]


@pytest.mark.parametrize(
    "text",
    [
        "Telefonare a Maria Rossi, nata il 02/11/1987",
        "Chiamare il 347 123 4567",
        "Chiedere alla dott.ssa Rossi",
        "Il valore del 2026-11-20 è giusto?",
    ],
)
def test_the_centre_writes_no_number_and_no_date_of_anybody(
    centre: Centre, site: SyntheticSite, text: str
) -> None:
    arrived(centre, site, course(SUBJECT, visits=("baseline",)))
    query = asked(centre).query.id
    for act in (querying.ask_again, querying.close, querying.cancel):
        with pytest.raises(QueryNotRaised, match="look like a date"):
            act(centre, query, text)
    with pytest.raises(QueryNotRaised) as refused:
        asked(centre, field="wbc", text=text)
    assert "sembrano una data" in spoken(refused.value, "it")
    assert [len(thread.acts) for thread in querying.threads(centre)] == [1]
