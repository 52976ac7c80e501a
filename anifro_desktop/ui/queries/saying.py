"""Says to the centre what was typed at a thread, on the worker; the same from the page and from a visit."""

from __future__ import annotations

from collections.abc import Callable

from anifro_desktop.thread import Thread
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.queries.thread_card import ANSWER, ASK_BACK, CORRECTED, ThreadCard


def say(desk: Desk, card: ThreadCard, what: str, query: str, text: str, done: Callable[[], object]) -> None:
    """Do it; on the card, show the thread as it is then, or why it was refused."""
    site = desk.site

    def work() -> Thread:
        from anifro_desktop.workflows import queries

        does: dict[str, Callable[..., Thread]] = {
            ANSWER: queries.answer,
            ASK_BACK: queries.ask_back,
            CORRECTED: queries.corrected,
        }
        return does[what](site, query, text)

    def told(thread: Thread) -> None:
        card.forget(query)
        if card.shown is not None and card.shown.query.id == query:
            card.show_thread(thread)
        desk.changed.emit()
        done()

    desk.run(card, work, told, lambda error: card.refuse(sentence(error)))
