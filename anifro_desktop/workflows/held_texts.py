"""Free texts that would leave and are held back: the list to look at, and letting one go.

Rules kept here:
- Held back is a text in which the screening found something, until an investigator lets it go with a reason. Without
  one nothing happens to it: the centre is told that there are words, not which.
- What left as a mark in its place before it was let go is said once more, as a new message: what was sealed stays so.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anifro_desktop.forms.screening import Hit
from anifro_desktop.workflows import queries, screening

if TYPE_CHECKING:
    from anifro_desktop.workflows.site import Site


@dataclass(frozen=True, slots=True)
class HeldText:
    """A text that is held back. item: its id; hits: what was found in it; sent: whether a mark in its place left
    already. visit and field: where the question stands."""

    item: str
    subject: str
    visit: str
    field: str
    text: str = dataclasses.field(repr=False)
    hits: tuple[Hit, ...] = ()
    sent: bool = False


def held(site: Site) -> tuple[HeldText, ...]:
    """Every text that is held back, by patient and visit."""
    own = [(query, act) for query, act in queries.own_acts(site) if act.text]
    found = [(query, act, screening.look(site, act.text)) for query, act in own]
    kept = [
        (query, act, looked)
        for query, act, looked in found
        if not looked.clean and not screening.let_out(site, act.id, act.text)
    ]
    gone = site.clinical.gone_now(act.id for _, act, _ in kept)
    texts = (
        HeldText(act.id, query.subject, query.visit, query.field, act.text, looked.hits, act.id in gone)
        for query, act, looked in kept
    )
    return tuple(sorted(texts, key=lambda one: (one.subject, one.visit, one.item)))


def let_go(site: Site, item: str, reason: str) -> None:
    """Let a text go, with the next bundle.

    Raises:
        NotYourRole, NoReason. NotFound: no such text is held back. TextStays: there is a date in it.
    """
    from anifro_desktop.store.errors import NotFound

    kept = {one.item: one for one in held(site)}
    if item not in kept:
        raise NotFound("text", item)
    one = kept[item]
    where = f"{one.subject}/{one.visit}"
    with site.clinical.transaction():
        screening.release(site, item, one.text, reason, where)
        if one.sent:
            query, act = next(pair for pair in queries.own_acts(site) if pair[1].id == item)
            screening.release(site, queries.say_again(site, query, act), one.text, reason, where)
