"""The centre's questions about a patient with all that was said, and source verification, as part of the document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from anifro_desktop.workflows import query_words
from anifro_desktop.workflows.archive.model import Head, Item, Text

if TYPE_CHECKING:
    from anifro_desktop.workflows.archive.papers import Reader


def question_items(reader: Reader, subject: str) -> Iterator[Item]:
    """Every question, settled ones too, and every act of verification, also those taken back."""
    site, lang = reader.site, reader.lang
    threads, marks = site.clinical.threads(subject), site.clinical.marks(subject)
    yield Head(1, reader.say("queries"))
    if not threads:
        yield Text(reader.say("no_queries"))
    for thread in threads:
        query = thread.query
        state = query_words.STATES[thread.state].get(lang)
        yield Head(2, f"{query_words.place(query, site.library, lang)} · {state}")
        yield Text(f"{query_words.KINDS[query.kind].get(lang)} · {query.id}", small=True)
        for act in thread.acts:
            yield Text(f"{act.at} {reader.person(act.who)} · {query_words.said(act, lang)}")
    if marks:
        yield Head(1, reader.say("verification"))
    for mark in sorted(marks, key=lambda one: (one.record, one.n)):
        what = reader.say("marked" if mark.act == "mark" else "unmarked")
        named = reader.label(mark.field) if mark.field else reader.say("whole_form")
        version = reader.say("version_of", record=mark.record, ver=mark.ver)
        yield Text(f"{mark.at} {reader.person(mark.who)} · {what} · {named} · {version}")
