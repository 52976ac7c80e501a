"""A question with its thread, as lines and as JSON: the same at a site and at the centre."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from anifro_desktop.forms.library import Library
from anifro_desktop.thread import Thread
from anifro_desktop.workflows import query_words

SHORT = 8  # digits of an id that lists show; more where that is not enough


def lines(thread: Thread, library: Library, lang: str) -> Iterator[str]:
    """The whole thread."""
    yield head(thread, library, lang)
    for act in thread.acts:
        yield f"    {act.at[:16].replace('T', ' ')} {act.who:4} {query_words.said(act, lang)}".rstrip()


def head(thread: Thread, library: Library, lang: str) -> str:
    """One line of a list."""
    query = thread.query
    told = [query.id[:SHORT], query.subject, query_words.place(query, library, lang)]
    told += [query_words.KINDS[query.kind].get(lang), query_words.STATES[thread.state].get(lang)]
    return " | ".join(told)


def as_json(thread: Thread) -> dict[str, Any]:
    """For a machine; without the names of files that brought an act."""
    acts = [{name: value for name, value in asdict(act).items() if name != "source"} for act in thread.acts]
    return {**asdict(thread.query), "state": thread.state, "acts": acts}
