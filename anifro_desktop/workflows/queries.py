"""The centre's questions at the site: read, answered, corrected, asked back; and what of it leaves with a bundle.

Rules kept here:
- A question stands at its place: patient, visit, form, field. A record that was amended or declared a mistake since
  does not lose it.
- A correction is made where every correction is made, with its reason; what is said here is which version it is. When a
  form is completed and what was asked about has changed, that is said by itself.
- Words that leave are screened when they are given, where they are refused unless the person keeps to them, and again
  when they are sealed, where they are withheld until an investigator lets them go (`held_texts`).
- Reading a file again, an older one, or one after a restore adds what is new in it and changes nothing else.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from anifro_desktop.forms.screening import MOST
from anifro_desktop.record import Json, Revision
from anifro_desktop.sync.query import act_revision, open_queries
from anifro_desktop.sync.records import Record
from anifro_desktop.thread import (
    ANSWER,
    ANSWERED,
    ASK_BACK,
    CORRECT,
    OPEN,
    UNSETTLED,
    Act,
    Query,
    Thread,
    fault,
    one_line,
)
from anifro_desktop.workflows import screening
from anifro_desktop.workflows.custody import check_kept, taken_over
from anifro_desktop.workflows.errors import NotYourRole
from anifro_desktop.workflows.exchange_errors import QueryRefused
from anifro_desktop.workflows.site import ENTERING

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.sync.bundle import VerifyKey
    from anifro_desktop.sync.header import Header
    from anifro_desktop.workflows.site import Site

US, CENTRE = "us", "centre"
_WAITING = {OPEN: US, ANSWERED: CENTRE}


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file of questions brought. asked: new questions; said: other new messages of the centre; regained: own
    messages that this computer did not have any more."""

    asked: int
    said: int
    regained: int


def waiting(thread: Thread) -> str:
    """Who is to act: `us`, `centre`, or nobody."""
    return _WAITING.get(thread.state, "")


def threads(
    site: Site, subject: str | None = None, visit: str | None = None, *, unsettled: bool = False
) -> tuple[Thread, ...]:
    """The questions, or those about a patient or a visit, those that wait for us first."""
    order = (US, CENTRE, "")
    found = [
        one
        for one in site.clinical.threads(subject)
        if (visit is None or one.query.visit == visit) and (not unsettled or one.state in UNSETTLED)
    ]
    return tuple(sorted(found, key=lambda one: order.index(waiting(one))))


def counts(site: Site, subject: str | None = None) -> Mapping[str, int]:
    """How many questions are in each state."""
    return Counter(one.state for one in site.clinical.threads(subject))


def at_fields(site: Site, subject: str, visit: str) -> dict[str, tuple[Thread, ...]]:
    """The questions about each field of a visit; about a form or the visit as a whole under an empty field."""
    found: dict[str, tuple[Thread, ...]] = {}
    for one in threads(site, subject, visit):
        found[one.query.field] = (*found.get(one.query.field, ()), one)
    return found


def answer(site: Site, query: str, text: str, *, keep: bool = False) -> Thread:
    """Answer a question in words; the thread after it. keep: these words are meant, though they look like somebody's
    name, number or date; they are held back here until an investigator lets them go.

    Raises:
        NotYourRole. NotFound: no such question. QueryRefused: it is settled, or these words may not leave.
    """
    return _say(site, query, ANSWER, _words(site, text, keep))


def ask_back(site: Site, query: str, text: str, *, keep: bool = False) -> Thread:
    """Ask the centre what it means. keep, and what is raised: as `answer`."""
    return _say(site, query, ASK_BACK, _words(site, text, keep))


def corrected(site: Site, query: str, text: str = "") -> Thread:
    """Say that the record was corrected; the last version of it is named.

    Raises:
        As `answer`. QueryRefused: nothing was corrected since the question.
    """
    thread = _thread(site, query)
    now = _now(site, thread.query)
    if now is None or not _newer(thread.query, now):
        raise QueryRefused("not_changed")
    return _say(site, query, CORRECT, _words(site, text) if text.strip() else "", now)


def note_corrections(site: Site, row: VisitRow) -> None:
    """After a completion: say of each open question about it that it was corrected, if what it asks about changed."""
    for thread in threads(site, row.subject, row.key):
        if thread.state != OPEN:
            continue
        now = _now(site, thread.query)
        if now is not None and _answers(thread.query, _seen(site, thread), now):
            _put(site, thread, CORRECT, "", now)


def take(
    site: Site,
    data: bytes,
    *,
    key_for: Callable[[Header], VerifyKey | None],
    seed_for: Callable[[str], bytes | None],
) -> Taken:
    """Read a file of questions; everything in it that is new is kept in one transaction.

    Raises:
        BundleRefused: anything at all is wrong; nothing was kept. NotForThisSite.
    """
    found, opened = open_queries(data, key_for=key_for, seed_for=seed_for, also=taken_over(site))
    new: Counter[str] = Counter()
    with site.clinical.transaction():
        for thread in found:
            new["asked"] += site.clinical.keep_query(thread.query)
            for act in thread.acts:
                kept = site.clinical.keep_act(replace(act, source=opened.sha256))
                new["said" if act.by_centre else "regained"] += kept
        said = new["said"] - new["asked"]
        if new.total():
            detail: Json = {"asked": new["asked"], "said": said, "sha256": opened.sha256}
            site.clinical.log("queries_received", detail=detail)
    return Taken(new["asked"], said, new["regained"])


def outgoing(site: Site) -> list[Record]:
    """What was said here and is not sealed yet in this epoch, as records."""
    own = own_acts(site)
    gone = site.clinical.gone_now(act.id for _, act in own)
    digest = site.definitions.digest
    return [Record(act_revision(query, _fit(site, act), digest)) for query, act in own if act.id not in gone]


def own_acts(site: Site) -> list[tuple[Query, Act]]:
    """What was said here, with the question it was said to."""
    return [(one.query, act) for one in site.clinical.threads() for act in one.acts if not act.by_centre]


def say_again(site: Site, query: Query, act: Act) -> str:
    """Say to a question, settled or not, what was said there before; the id of what is said now."""
    thread = _thread(site, query.id)
    version = site.clinical.revision(act.record, act.ver) if act.record and act.ver else None
    return _put(site, thread, act.act, act.text, version)


def _fit(site: Site, act: Act) -> Act:
    return replace(act, text=screening.leaving(site, act.id, act.text)) if act.text else act


def _say(site: Site, query: str, act: str, text: str, version: Revision | None = None) -> Thread:
    if not site.may(*ENTERING):
        raise NotYourRole("answer a question", "investigator or data entry")
    with site.clinical.transaction():
        thread = _thread(site, query)
        if thread.state not in UNSETTLED:
            raise QueryRefused("settled")
        _put(site, thread, act, text, version)
        return _thread(site, query)


def _put(site: Site, thread: Thread, act: str, text: str, version: Revision | None) -> str:
    """Keep an act; its id."""
    query = thread.query
    check_kept(site, query.subject)
    made = Act(
        id=str(uuid.uuid4()),
        query=query.id,
        n=thread.next_number,
        act=act,
        text=text,
        who=site.keys.user.code,
        at=site.clock.now().isoformat(timespec="seconds"),
        record=version.id if version else "",
        ver=version.ver if version else 0,
    )
    wrong = fault(made)
    if wrong:  # Pisa could not take it
        raise QueryRefused("full" if wrong == "n" else "characters")
    site.clinical.keep_act(made)
    detail: dict[str, Json] = {"field": query.field} if query.field else {}
    detail |= {"version": version.ver} if version else {}
    site.clinical.log(f"query_{act}", f"{query.subject}/{query.visit}", detail or None)
    return made.id


def _thread(site: Site, query: str) -> Thread:
    from anifro_desktop.store.errors import NotFound

    found = site.clinical.thread_of(query)
    if found is None:
        raise NotFound("query", query)
    return found


def _now(site: Site, query: Query) -> Revision | None:
    """The version that stands now where a question is about; of a whole visit the newest of its forms."""
    found = site.clinical.revisions(query.subject, query.visit, query.form or None)
    return max(found, key=lambda one: (one.id == query.record, one.when), default=None)


def _newer(query: Query, now: Revision) -> bool:
    return now.id != query.record or now.ver > query.ver


def _answers(query: Query, before: Revision | None, now: Revision) -> bool:
    """Whether a version settles, by being another one than the one before, what a question is about."""
    if before is None:
        return _newer(query, now)
    if query.field:
        return bool(_value(before, query.field) != now.values.get(query.field))
    return (before.id, before.ver) != (now.id, now.ver) and dict(before.values) != dict(now.values)


def _seen(site: Site, thread: Thread) -> Revision | None:
    """The version that was last spoken of, or that the centre looked at, if it is here."""
    from anifro_desktop.store.errors import NotFound

    spoken = [(act.record, act.ver) for act in thread.acts if act.record and act.ver]
    record, ver = (spoken or [(thread.query.record, thread.query.ver)])[-1]
    if not record or not ver:
        return None
    try:
        return site.clinical.revision(record, ver)
    except NotFound:
        return None


def _value(revision: Revision | None, field: str) -> Any:
    return None if revision is None else revision.values.get(field)


def _words(site: Site, text: str, keep: bool = False) -> str:
    """Typed words as they are kept: one line. Refused where they cannot leave as they are, unless they are kept to."""
    line = one_line(text)
    if not line:
        raise QueryRefused("no_words")
    if len(line) > MOST:
        raise QueryRefused("long")
    if not keep and not screening.look(site, line).clean:
        raise QueryRefused("identifying")
    return line
