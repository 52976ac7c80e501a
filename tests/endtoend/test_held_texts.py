"""Words to the centre that look like somebody's name or number: held back, looked at, let go with a reason."""

from __future__ import annotations

from typing import Any

import pytest
from agreement import opened_bundles
from leaks import Search, planted, words_of, written
from study_parts import PASSPHRASE, PERSON, enrol, someone, type_in, vector
from whole_study import Study

from anifro_desktop.centre.querying import Question, raise_query
from anifro_desktop.record import canonical
from anifro_desktop.store.errors import NotFound
from anifro_desktop.workflows import held_texts, queries, sending, visits
from anifro_desktop.workflows.exchange_errors import QueryRefused
from anifro_desktop.workflows.site import Site

NAMED = "Chiesto a Testoni, conferma."


@pytest.fixture
def asked(study: Study) -> Study:
    """A site whose patient is at the centre, asked one question."""
    assert study.enter(vector("v1")).code == 0
    study.send()
    study.take_in()
    with study.at_centre() as centre, study.at_site() as site:
        code = site.clinical.subjects()[0].code
        raise_query(centre, Question(code, "Giusto?", visit="baseline", field="platelets"))
    assert study.command("centre", "reply", "--to", study.stick).code == 0
    study.hear()
    with study.at_site() as site:
        enrol(site, someone(7, surname="Testoni"))
    return study


def answers_there(study: Study) -> list[str]:
    """What the centre reads of this site's answers, after one exchange."""
    study.send()
    study.take_in()
    with study.at_centre() as centre:
        return [act.text for one in centre.store.threads() for act in one.acts if not act.by_centre]


def question(site: Site) -> str:
    return queries.threads(site)[0].query.id


def test_words_kept_to_are_held_back_until_they_are_let_go(asked: Study) -> None:
    with asked.at_site() as site:
        with pytest.raises(QueryRefused):
            queries.answer(site, question(site), NAMED)
        queries.answer(site, question(site), NAMED, keep=True)
        (one,) = held_texts.held(site)
        assert [one.text[hit.start : hit.end] for hit in one.hits] == ["Testoni"]
        assert (one.visit, one.field, one.sent) == ("baseline", "platelets", False)
        held_texts.let_go(site, one.item, "Testoni is the laboratory's method")
        assert held_texts.held(site) == ()
    assert answers_there(asked) == [NAMED]


def test_let_go_after_a_mark_has_left_it_is_said_once_more(asked: Study) -> None:
    with asked.at_site() as site:
        queries.answer(site, question(site), NAMED, keep=True)
    assert answers_there(asked) == ["[withheld]"]
    with asked.at_site() as site:
        (one,) = held_texts.held(site)
        assert one.sent
        held_texts.let_go(site, one.item, "Testoni is the laboratory's method")
        assert held_texts.held(site) == ()
        with pytest.raises(NotFound):
            held_texts.let_go(site, one.item, "Once more")
    assert answers_there(asked) == ["[withheld]", NAMED]


def test_the_commands_show_it_and_let_it_go(asked: Study) -> None:
    with asked.at_site() as site:
        queries.answer(site, question(site), NAMED, keep=True)
    review = asked.command("site", "review")
    assert review.code == 0, review.err
    (text,) = review.data["texts_held"]
    assert (text["found"], text["text"]) == ([["identity", "Testoni"]], NAMED)
    assert review.data["recognisable"]["patients"] == 2
    assert (review.data["answers"], review.data["marks"]) == (1, 0)
    missing = asked.command("site", "release", text["item"])
    assert missing.code == 2
    done = asked.command("site", "release", text["item"][:8], "--reason", "A method")
    assert done.code == 0, done.err
    assert asked.command("site", "review").data["texts_held"] == []


def test_no_planted_person_and_no_date_leaves_in_any_words(study: Study) -> None:
    """Thirty people are typed into every answer in words, every reason and every answer to the centre; every bundle is
    opened, and searched for them and for every way to write their birth dates."""
    people = planted(30)
    born = {person.birth_date for person in people if person.birth_date}
    assert study.enter(vector("v1")).code == 0
    with study.at_site() as site:
        subject = site.clinical.subjects()[0].code
        for person in people:
            enrol(site, person)
        _amend_with_words(site, subject, people)
    study.send()
    study.take_in()
    with study.at_centre() as centre:
        for number in range(len(people)):
            raise_query(centre, Question(subject, "Come mai?", "other", "baseline", about=f"n{number}"))
    assert study.command("centre", "reply", "--to", study.stick).code == 0
    study.hear()
    with study.at_site() as site:
        for one, person in zip(queries.threads(site, unsettled=True), people, strict=False):
            assert person.birth_date is not None
            words = [person.full_name, person.tax_code, person.hospital_number, *written(person.birth_date)]
            for text in (
                ", ".join(words),
                person.surname.lower(),
                f"visto {words[-1]}",
                f"tel {person.phone}",
            ):
                queries.answer(site, one.query.id, text[:200], keep=True)
        assert len(held_texts.held(site)) == 4 * len(people)
        sending.export(site, study.stick)
    content = b"\n".join(canonical(line) for opened in opened_bundles(study) for line in opened.lines)
    assert content.count(b"[withheld]") == 4 * len(people)
    found = Search({word for person in people for word in words_of(person)}, born).find(content)
    assert found == set()


def _amend_with_words(site: Site, subject: str, people: list[Any]) -> None:
    visit = visits.open_visit(site, subject, "baseline", site.today())
    visits.amend(site, visit, 1, f"Corretto per {people[0].full_name}, {people[1].tax_code}")
    names = ", ".join(person.surname for person in people)[:190]
    type_in(site, visit, {"summary_comment": names, "haemoglobin": "11.9"})
    visits.complete(site, visit)
    visits.sign(site, visit, "responsible", PASSPHRASE, person=PERSON.code)
