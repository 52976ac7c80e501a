"""The centre's questions: raised, closed, opened again; what the sites say to them; the files that carry them.

Rules kept here:
- A question names a place: patient, visit, form, field. About one place one question of a kind is open at a time; the
  same finding is not asked about again after somebody settled it.
- What a person here writes is looked over for numbers of people, addresses and dates, as a site's answers are.
- Only the centre settles a question, and each act is in the audit trail.
- A site's acts are kept as they came, also those about a question that this store does not know (any more); those of
  whoever kept the patient count (`hearing`).
- Of a patient whose data may not be used nothing is asked, and what was asked is taken back.
- Each installation gets one file with all threads of the patients that it keeps, whenever something in them is new.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from anifro_desktop.centre import custody, hearing
from anifro_desktop.centre.consent import may_use
from anifro_desktop.centre.errors import AskedAlready, QueryNotRaised
from anifro_desktop.centre.office import DATA_MANAGER, STATISTICIAN, Centre
from anifro_desktop.centre.putting import Outlet, outlet
from anifro_desktop.centre.reading import one_subject, standing_now
from anifro_desktop.centre.unanswered import QUERIES, apart
from anifro_desktop.forms.screening import screen
from anifro_desktop.record import Revision, canonical
from anifro_desktop.store.centre_rows import QueryFile, WriterRow
from anifro_desktop.store.errors import NotFound
from anifro_desktop.study.visit_keys import ENROLMENT, HISTORY, is_event, is_visit
from anifro_desktop.sync.bundle import file_hash, kid, peek_header
from anifro_desktop.sync.header import NO_PREVIOUS, Header
from anifro_desktop.sync.names import bundle_name
from anifro_desktop.sync.query import query_lines, seal_queries, split_threads
from anifro_desktop.thread import (
    ASK,
    CANCEL,
    CLOSE,
    MAX_TEXT,
    RAISE,
    UNSETTLED,
    Act,
    Query,
    Thread,
    fault,
    one_line,
)

_TWICE = (
    "Due computer proseguono con questo paziente: telefonare a Pisa e all'altro computer. / Two computers go on with "
    "this patient: telephone Pisa and the other computer."
)
_WITHDRAWN = "Consenso revocato / consent withdrawn."


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be asked, and about what. Everything but the patient and the text may be empty."""

    subject: str
    text: str
    kind: str = ""
    visit: str = ""
    form: str = ""
    field: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class WrittenQueries:
    """A file of questions made now. threads: how many it holds; unsettled: of these."""

    name: str
    site: str
    writer: str
    number: int
    threads: int
    unsettled: int


def raise_query(centre: Centre, asked: Question) -> Thread:
    """Ask a site something; the new thread.

    Raises:
        RoleNeeded: not a data manager. QueryNotRaised: no such place, or nothing that may be asked, or words that look
        like somebody's number or a date. AskedAlready.
    """
    centre.need(DATA_MANAGER)
    with centre.store.transaction():
        _check(centre, asked)
        for open_one in _unsettled(hearing.threads(centre, asked.subject)):
            if open_one.query.place == _query(centre, asked).place:
                raise AskedAlready(open_one.query.id)
        return _raise(centre, asked)


def raise_new(centre: Centre, questions: Iterable[Question]) -> list[Thread]:
    """Ask each question that is not open and was never asked in the same words; those asked now. What stands at a place
    that no file of questions can name, such as a visit with an odd key, is not asked about.

    Raises:
        RoleNeeded: not a data manager.
    """
    centre.need(DATA_MANAGER)
    raised = []
    with centre.store.transaction():
        for asked in questions:
            query = _query(centre, asked)
            if fault(query):
                continue
            place = query.place
            known = [one for one in hearing.threads(centre, asked.subject) if one.query.place == place]
            if not any(one.state in UNSETTLED or one.text == _line(asked.text) for one in known):
                raised.append(_raise(centre, asked))
    return raised


def ask_again(centre: Centre, query: str, text: str) -> Thread:
    """Say more to a question, which is then for the site to answer, also if it was settled. Raises as `close`."""
    return _say(centre, query, ASK, _words(text))


def close(centre: Centre, query: str, text: str = "") -> Thread:
    """Settle a question; the thread after it.

    Raises:
        RoleNeeded: not a data manager. NotFound: no such question. QueryNotRaised: it is settled, or the text cannot
        be sent.
    """
    return _say(centre, query, CLOSE, _words(text, needed=False))


def cancel(centre: Centre, query: str, text: str = "") -> Thread:
    """Take a question back. Raises as `close`."""
    return _say(centre, query, CANCEL, _words(text, needed=False))


def threads(centre: Centre, site: str = "", subject: str = "", state: str = "") -> list[Thread]:
    """Questions, or those about a site or patient or in a state.

    Raises:
        RoleNeeded: neither data manager nor statistician.
    """
    centre.need(DATA_MANAGER, STATISTICIAN)
    return [
        one
        for one in hearing.threads(centre, subject or None)
        if one.query.subject.startswith(f"{site}-" if site else "") and state in ("", one.state)
    ]


def find(centre: Centre, query: str) -> Thread:
    """The question whose id begins so.

    Raises:
        NotFound: none, or more than one. RoleNeeded.
    """
    found = [one for one in threads(centre) if one.query.id.startswith(query.lower())]
    if len(found) != 1 or not query:
        raise NotFound("query", query)
    return found[0]


def take_act(centre: Centre, act: Act, subject: str) -> bool:
    """Keep what a site said, with the time of receipt; False where it is about another patient's question."""
    asked = centre.store.query_of(
        act.query
    )  # without the thread: a bundle may have thousands of answers to it
    if asked is not None and asked.subject != subject:
        return False
    centre.store.keep_act(replace(act, at=centre.now()))
    return True


def raise_again(centre: Centre, query: Query, n: int, words: str) -> None:
    """Take up a question that a site still has under this id. n: the number of what the site said to it, which stays
    after it, as what is said by the centre under one number comes first."""
    centre.store.keep_query(query)
    _put(centre, query, n, RAISE, _line(words))


def take_back(centre: Centre, subject: str) -> None:
    """Cancel what is asked about a patient whose data may not be used (any more)."""
    for one in _unsettled(hearing.threads(centre, subject)):
        _put(centre, one.query, one.next_number, CANCEL, _WITHDRAWN)


def write_queries(centre: Centre, to: Path | Outlet) -> list[WrittenQueries]:
    """Make every file of questions that says something new and put it into the folder; with nothing new, the newest one
    is put there again if it is gone. Returns the new ones.

    Raises:
        RoleNeeded: not a data manager. CannotWrite, DiskFull, FolderGone, NotCarried, Stopped: made and kept, but not
        there.
    """
    centre.need(DATA_MANAGER)
    place = outlet(to)
    kept = _by_keeper(centre)
    written: list[WrittenQueries] = []
    for writer in centre.store.writers():
        if writer.state == "registered":
            own = kept.get((writer.site, writer.writer), [])
            with apart(centre, writer, QUERIES):
                written += _make(centre, writer, own)
            for file in centre.store.query_files(writer.site, writer.writer):
                data = centre.store.query_file_bytes(writer.site, writer.writer, file.part)
                place.put_if_absent(file.name, data)
    return written


def tell_of_trouble(centre: Centre, known: custody.Custody) -> bool:
    """Ask about a subject where two installations go on with it; says whether there is such trouble.

    Raises:
        RoleNeeded: not a data manager.
    """
    if known.state not in custody.TROUBLE:
        return False
    raise_new(centre, [Question(known.subject, _TWICE, kind="other", about="handover")])
    return True


def _by_keeper(centre: Centre) -> dict[tuple[str, str], list[Thread]]:
    keepers: dict[str, tuple[str, str] | None] = {}
    found: dict[tuple[str, str], list[Thread]] = {}
    for one in hearing.threads(centre):
        subject = one.query.subject
        if subject not in keepers:
            keepers[subject] = custody.keeper(centre, subject)
        keeper = keepers[subject]
        if keeper is not None:
            found.setdefault(keeper, []).append(one)
    return found


def _make(centre: Centre, writer: WriterRow, own: Sequence[Thread]) -> list[WrittenQueries]:
    made = []
    with centre.store.transaction():
        files = {file.part: file for file in centre.store.query_files(writer.site, writer.writer)}
        if not own and not files:
            return []
        for part, some in enumerate(split_threads(own)):
            content = hashlib.sha256(canonical(query_lines(some))).hexdigest()
            known = files.get(part)
            if known is None or known.content != content or _of_before(centre, writer, known):
                last = max(files.values(), key=lambda file: file.number, default=None)
                file = _seal(centre, writer, part, some, content, last)
                files[part] = file
                unsettled = len(_unsettled(some))
                made.append(
                    WrittenQueries(file.name, writer.site, writer.writer, file.number, len(some), unsettled)
                )
    return made


def _of_before(centre: Centre, writer: WriterRow, file: QueryFile) -> bool:
    """Whether a file is signed with keys that were replaced since, or sealed to such."""
    header = peek_header(centre.store.query_file_bytes(file.site, file.writer, file.part))
    return (header.sig_kid, header.enc_kid) != (kid(centre.keyset.sign), kid(writer.xwing))


def _seal(
    centre: Centre,
    writer: WriterRow,
    part: int,
    some: Sequence[Thread],
    content: str,
    last: QueryFile | None,
) -> QueryFile:
    header = Header(
        study=centre.study,
        site=writer.site,
        writer=writer.writer,
        epoch=1,
        seq=last.number + 1 if last else 1,
        prev=last.sha256 if last else NO_PREVIOUS,
        type="query",
        created=centre.now(),
    )
    also = {one.query.subject for one in some}  # of another site too, if the writer took them over
    data = seal_queries(header, some, centre.signing_seed, writer.xwing, also=also)
    sha256 = file_hash(data)
    where = (writer.site, writer.writer, part, header.seq, header.prev)
    file = QueryFile(*where, content, sha256, bundle_name(header, sha256))
    centre.store.keep_query_file(file, data)
    return file


def _say(centre: Centre, query: str, act: str, text: str) -> Thread:
    centre.need(DATA_MANAGER)
    with centre.store.transaction():
        known = find(centre, query)
        if act != ASK and known.state not in UNSETTLED:
            raise QueryNotRaised("settled")
        _put(centre, known.query, known.next_number, act, text)
        return find(centre, known.query.id)


def _raise(centre: Centre, asked: Question) -> Thread:
    query = _query(centre, asked)
    centre.store.keep_query(query)
    _put(centre, query, 1, RAISE, _line(asked.text))
    return find(centre, query.id)


def _put(centre: Centre, query: Query, n: int, act: str, text: str) -> None:
    who, at = centre.keys.user.code, centre.now()
    made = Act(str(uuid.uuid4()), query.id, n, act, text, who, at)
    if fault(query) or fault(made):  # kept, it could never be sent, nor anything beside it
        raise QueryNotRaised("characters")
    centre.store.keep_act(made)
    centre.store.log(f"query_{act}", f"{query.subject}/{query.visit}", {"query": query.id})


def _unsettled(some: Iterable[Thread]) -> list[Thread]:
    return [one for one in some if one.state in UNSETTLED]


def _check(centre: Centre, asked: Question) -> None:
    subject = one_subject(centre, asked.subject)
    if custody.keeper(centre, asked.subject) is None:
        raise QueryNotRaised("subject")
    if subject is not None and not may_use(subject):
        raise QueryNotRaised("excluded")
    key = asked.visit
    if not (key in (ENROLMENT, HISTORY) or is_visit(key) or is_event(key)):
        raise QueryNotRaised("visit")
    forms = {form.id: form for form in centre.definitions.forms}
    if asked.form and asked.form not in forms:
        raise QueryNotRaised("form")
    if asked.field and centre.packs.field(asked.field) is None:
        raise QueryNotRaised("field")
    _words(asked.text)


def _query(centre: Centre, asked: Question) -> Query:
    item = centre.packs.field(asked.field) if asked.field else None
    form = asked.form or (item.form if item else "")
    seen = _seen(centre, asked.subject, asked.visit, form)
    kind = asked.kind or ("field" if asked.field else "other" if seen else "missing")
    record, ver = (seen.id, seen.ver) if seen is not None and form else ("", 0)
    place = (asked.subject, kind, asked.visit, form, asked.field)
    return Query(str(uuid.uuid4()), *place, record, ver, asked.about)


def _seen(centre: Centre, subject: str, visit: str, form: str) -> Revision | None:
    found = [one for one in standing_now(centre, subject, visit) if form in ("", one.form)]
    return found[-1] if found else None


def _words(text: str, *, needed: bool = True) -> str:
    """Typed words as they are sent; refused where they tell who somebody is, or a day. Names are not known here."""
    line = _line(text, needed=needed)
    if any(hit.why != "too_long" for hit in screen(line).hits):
        raise QueryNotRaised("identifying")
    return line


def _line(text: str, *, needed: bool = True) -> str:
    line = one_line(text)
    if needed and not line:
        raise QueryNotRaised("no_words")
    if len(line) > MAX_TEXT:
        raise QueryNotRaised("long")
    return line
