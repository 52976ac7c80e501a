"""What is said of a question: who waits for whom, where it stands, who said what and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from anifro_desktop.forms.library import Library
from anifro_desktop.thread import Act, Query, Thread
from anifro_desktop.ui import texts
from anifro_desktop.ui.entry_words import entry_name
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.translation import day_time
from anifro_desktop.workflows import query_words

_TONES = {"open": "warning", "answered": "info", "closed": "success", "cancelled": "neutral"}


def state(thread: Thread) -> tuple[str, str]:
    """Who waits for whom, and the tone of it."""
    words = {
        "open": translate("Queries", "Waiting for us"),
        "answered": translate("Queries", "Waiting for Pisa"),
        "closed": translate("Queries", "Closed"),
        "cancelled": translate("Queries", "Taken back by Pisa"),
    }
    return words[thread.state], _TONES[thread.state]


def kind(query: Query) -> str:
    """What sort of question it is."""
    return query_words.KINDS[query.kind].get(texts.language())


def place(query: Query, library: Library) -> str:
    """Visit or event, and the question or form."""
    item = library.field(query.field) if query.field else None
    forms = {form.id: form for form in library.current.forms}
    named = item or forms.get(query.form)
    try:
        parts = [entry_name(library.current, query.visit)]
    except KeyError:
        parts = [query.visit]
    if named is not None and named.label.get(texts.language()) not in parts:
        parts.append(named.label.get(texts.language()))
    return " · ".join(parts)


def head(act: Act) -> str:
    """Who said it and when."""
    who = query_words.ACTS[act.act].get(texts.language())
    when = day_time(datetime.fromisoformat(act.at)) if act.at else ""
    version = (
        translate("Queries", "version {number}").format(number=act.ver) if act.ver and act.record else ""
    )
    return " · ".join(part for part in (f"{who} ({act.who})" if act.who else who, version, when) if part)


def body(act: Act) -> str:
    """The words said."""
    return query_words.WITHHELD.get(texts.language()) if act.text == "[withheld]" else act.text


def at_question(threads: Sequence[Thread]) -> tuple[str, str]:
    """What stands at a question about which something was asked, and its tone; nothing for no question."""
    if not threads:
        return "", ""
    order = ("open", "answered", "closed", "cancelled")
    first = min(threads, key=lambda one: order.index(one.state))
    words = {
        "open": translate("Queries", "Pisa asks: waiting for us"),
        "answered": translate("Queries", "Pisa asked: waiting for Pisa"),
        "closed": translate("Queries", "Pisa asked: closed"),
        "cancelled": translate("Queries", "Pisa asked: taken back"),
    }[first.state]
    many = f" ({len(threads)})" if len(threads) > 1 else ""
    return f"{words}{many}", _TONES[first.state]
