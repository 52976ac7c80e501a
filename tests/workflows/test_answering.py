"""Answers to the centre's questions: what leaves is what the centre takes, and what can never leave stays."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from anifro_desktop.commands.refusals import said
from anifro_desktop.sync.query import read_act
from anifro_desktop.thread import Act, Query
from anifro_desktop.workflows import held_texts, queries, sending
from anifro_desktop.workflows.exchange_errors import QueryRefused, TextStays
from anifro_desktop.workflows.site import Site


@pytest.fixture
def question(site: Site, subject: str) -> str:
    """A question of the centre about a patient; its id."""
    query = Query(str(uuid.uuid4()), subject, "field", "baseline", "laboratory", "platelets")
    site.clinical.keep_query(query)
    site.clinical.keep_act(Act(str(uuid.uuid4()), query.id, 1, "raise", "Giusto?", "DM1"))
    return query.id


def leaving(site: Site) -> list[str]:
    """What of the answers leaves, as the centre reads it."""
    return [read_act(record.revision).text for record in queries.outgoing(site)]


@pytest.mark.parametrize(
    "typed", ["Confermo: \u202aè giusto\u202c.", "Confermo\x07: è giusto.", "Confermo: è giusto.\u2069"]
)
def test_characters_that_nobody_sees_are_left_out_of_an_answer(site: Site, question: str, typed: str) -> None:
    queries.answer(site, question, typed)
    assert leaving(site) == ["Confermo: è giusto."]


def test_an_answer_that_cannot_be_read_is_refused(site: Site, question: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        queries.ask_back(site, question, "Giusto \udcff?", keep=True)
    assert "illeggibili" in said(refused.value, "it")
    assert "cannot be read" in said(refused.value, "en")
    assert leaving(site) == []


@pytest.mark.parametrize("text", ["Visita del 2026-11-20, confermo", "Codice 2011-22-33"])
def test_a_date_is_let_go_by_nobody_and_keeps_nothing_else_here(
    site: Site, question: str, stick: Path, text: str
) -> None:
    queries.answer(site, question, text, keep=True)
    (one,) = held_texts.held(site)
    with pytest.raises(TextStays) as refused:
        held_texts.let_go(site, one.item, "It is needed")
    assert said(refused.value, "it").startswith("Nulla è stato lasciato uscire")
    site.clinical.release(one.item, text, "It was let go by the program of before")
    assert held_texts.held(site) == (one,)
    assert leaving(site) == ["[withheld]"]
    sending.export(site, stick)
