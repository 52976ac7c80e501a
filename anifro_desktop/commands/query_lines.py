"""A question with its thread, as lines and as JSON: the same at a site and at the centre."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from anifro_desktop.commands.words import moment
from anifro_desktop.forms.library import Library
from anifro_desktop.thread import Thread
from anifro_desktop.workflows import query_words

SHORT = 8  # digits of an id that lists show; more where that is not enough


def lines(thread: Thread, library: Library, lang: str, *, at_centre: bool = False) -> Iterator[str]:
    """The whole thread. at_centre: in the centre's words."""
    yield head(thread, library, lang, at_centre=at_centre)
    for act in thread.acts:
        told = query_words.said(act, lang, at_centre=at_centre)
        yield f"    {moment(act.at, lang)} {act.who:4} {told}".rstrip()


def head(thread: Thread, library: Library, lang: str, *, at_centre: bool = False) -> str:
    """One line of a list."""
    query, states = thread.query, query_words.STATES_AT_CENTRE if at_centre else query_words.STATES
    told = [query.id[:SHORT], query.subject, query_words.place(query, library, lang)]
    told += [query_words.KINDS[query.kind].get(lang), states[thread.state].get(lang)]
    return " | ".join(told)


def as_json(thread: Thread) -> dict[str, Any]:
    """For a machine; without the names of files that brought an act."""
    acts = [{name: value for name, value in asdict(act).items() if name != "source"} for act in thread.acts]
    return {**asdict(thread.query), "state": thread.state, "acts": acts}
