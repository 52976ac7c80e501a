"""The audit trail as it is read: which entries answer a question, where their records stand, what was done when.

Rules kept here:
- The trail has no index but its number (see `common.audit_table`): a question is one scan that yields numbers only,
  and a page of entries is read by its numbers.
- Nothing is written.
- "After completion" and "after signature" follow from numbers, never from times.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from anifro_desktop.store.audit import ENTRY_FIELDS, Entry
from anifro_desktop.store.database import sealed_of
from anifro_desktop.store.keyacts import PLAN
from anifro_desktop.store.schema import AUDIT, REVISIONS, VISITS

if TYPE_CHECKING:
    from anifro_desktop.store.database import Database

# What an entry is about. `detail`: what another entry of the same transaction says better, as digests and raw texts.
KINDS = ("answers", "acts", "people", "identities", "exchange", "detail")
AFTER = ("completion", "signature")
_ID = 36  # characters of a record's id, before `/version` where a signature is told of
_MANY = 500  # numbers in one statement
_A = AUDIT.c
_NEW_TEXT = sa.type_coerce(_A.new, sa.Text)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; None or empty: anything.

    visit: key (empty: the enrolment), needs a subject. fields: ids of answers; scores: names of results; form: an id,
    whose answers are `form_fields`. by: code of a person. kinds: of KINDS. since, until: UTC as in the trail, the last
    one left out. after: of AFTER, changes of answers after the first completion or signature of their form.
    """

    subject: str | None = None
    visit: str | None = None
    form: str = ""
    form_fields: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    by: str = ""
    kinds: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a record of the trail stands. form: of a completed form. packs: digests, the newest first."""

    subject: str
    visit: str
    form: str = ""
    packs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """An entry with its kind and, where it is about a record of a subject, where that stands."""

    entry: Entry
    kind: str
    stand: Stand | None


class Step(NamedTuple):
    """A change of an answer or result, as far as a review needs it. had: whether there was a value before."""

    seq: int
    utc: str
    utc_offset: int
    user: str
    table: str
    record: str
    field: str
    had: bool
    reason: str
    tx: int


def numbers(store: Database, asked: Asked) -> tuple[int, ...]:
    """The numbers of the entries that answer a question, the newest first."""
    query = sa.select(_A.seq)
    if asked.after:
        first = _first_after(asked.after)
        query = query.join(first, sa.and_(first.c.record == _A.record, first.c.at < _A.seq))
        query = query.where(_A.table.in_(("answers", "draft_values")))
    query = query.where(*_conditions(asked)).order_by(_A.seq.desc())
    with store.transaction() as tx:
        return tuple(tx.connection.execute(query).scalars())


def entries(store: Database, wanted: Sequence[int]) -> tuple[Read, ...]:
    """These entries, in the order of their numbers given."""
    found: dict[int, tuple[Entry, str]] = {}
    with store.transaction() as tx:
        for start in range(0, len(wanted), _MANY):
            query = sa.select(AUDIT, _KIND).where(_A.seq.in_(wanted[start : start + _MANY]))
            for row in tx.connection.execute(query):
                entry = Entry(*row[: len(ENTRY_FIELDS)])
                found[entry.seq] = (entry, row.kind)
        stands = _stands(tx.connection, {_record_of(entry) for entry, _ in found.values()})
    chosen = (found[seq] for seq in wanted if seq in found)
    return tuple(Read(entry, kind, stands.get(_record_of(entry))) for entry, kind in chosen)


def steps(store: Database, since: int = 0) -> tuple[Step, ...]:
    """Every change of an answer or result after a number, in order."""
    had = _A.old.is_not(None)
    columns = (_A.seq, _A.utc, _A.utc_offset, _A.user, _A.table, _A.record, _A.field, had, _A.reason, _A.tx)
    query = sa.select(*columns).where(_A.seq > since, _is_answer()).order_by(_A.seq)
    with store.transaction() as tx:
        return tuple(Step(*row) for row in tx.connection.execute(query))


def firsts(store: Database, what: str) -> dict[str, int]:
    """When each form and visit was first completed or signed (`what` of AFTER): id to number."""
    first = _first_after(what)
    with store.transaction() as tx:
        return {row.record: row.at for row in tx.connection.execute(sa.select(first.c.record, first.c.at))}


def stands(store: Database, records: Iterable[str]) -> dict[str, Stand]:
    """Where the records of these ids stand: visits and completed forms."""
    with store.transaction() as tx:
        return _stands(tx.connection, set(records))


def begun(store: Database, before: int) -> set[str]:
    """The visits that had an answer before the entry of a number."""
    query = sa.select(_A.record).where(_A.seq < before, _A.table == "draft_values").distinct()
    with store.transaction() as tx:
        return set(tx.connection.execute(query).scalars())


def notes(store: Database, since: int | None) -> dict[int, str]:
    """The kind of each note that was put beside a typed answer after a number (None: no note at all), by number."""
    if since is None:
        return {}
    kind = sa.func.json_extract(_NEW_TEXT, "$.kind")
    query = sa.select(_A.seq, kind).where(
        _A.seq > since, _A.table == "draft_values", _A.field.endswith("/note"), _A.new.is_not(None)
    )
    with store.transaction() as tx:
        return {row[0]: str(row[1]) for row in tx.connection.execute(query)}


def suspect(store: Database, since: int) -> int:
    """How many entries after a number were written with a clock that could not be believed."""
    query = sa.select(sa.func.count()).where(_A.seq > since, _A.clock_ok.is_(False))
    with store.transaction() as tx:
        return int(tx.connection.execute(query).scalar_one())


def acts(store: Database, name: str) -> tuple[Entry, ...]:
    """Every act of a name, in order."""
    query = sa.select(AUDIT).where(_A.table == "act", _A.field == name).order_by(_A.seq)
    with store.transaction() as tx:
        return tuple(sealed_of(row).entry for row in tx.connection.execute(query))


def reasons(store: Database, subject: str) -> tuple[tuple[int, str], ...]:
    """The reasons of all entries about a subject, the newest first, and the words that its visits were opened for
    changes with: number and text. Not those of erasures."""
    opened = sa.func.json_extract(_NEW_TEXT, "$.text")
    text = sa.case((_A.table == "settings", opened), else_=_A.reason).label("text")
    erasing = sa.or_(_A.table == "erasure", sa.and_(_A.table == "act", _A.field.in_(_OF_ERASING)))
    given = (_of_subject(subject, None), text != "", sa.not_(erasing))
    query = sa.select(_A.seq, text).where(*given).order_by(_A.seq.desc())
    with store.transaction() as tx:
        return tuple((row.seq, str(row.text)) for row in tx.connection.execute(query))


def _is_answer() -> sa.ColumnElement[bool]:
    typed = sa.and_(_A.table == "draft_values", sa.not_(_A.field.endswith("/raw_text")))
    return sa.or_(_A.table == "answers", typed)


def _kind() -> sa.Case[str]:
    act, table, name = _A.table == "act", _A.table, _A.field
    changed = _A.old.is_not(None)
    return sa.case(
        (_is_answer(), "answers"),
        (act & name.startswith("identit"), "identities"),
        (act & sa.or_(*(name.startswith(start) for start in _OF_PEOPLE)), "people"),
        (act & name.in_(_OF_EXCHANGE), "exchange"),
        (sa.or_(act, table == "anchor"), "acts"),
        ((table == "visits") & (name == "state"), "acts"),
        ((table == "visits") & name.in_(("key", "date", "pack")) & changed, "acts"),
        ((table == "subjects") & (sa.or_(name == "status", changed)), "acts"),
        ((table == "signatures") & name.endswith("/meaning"), "acts"),
        ((table == "settings") & (_A.record == "key_file"), "people"),
        ((table == "settings") & sa.not_(_A.record.startswith("amending/")), "acts"),
        ((table == "secrets") & changed & (_A.record != PLAN), "people"),
        ((table == "outbox") & (name == "state"), "exchange"),
        ((table == "receipts") & (name == "acked_to"), "exchange"),
        else_="detail",
    )


_OF_PEOPLE = (
    *("unlock", "user_", "passphrase_", "keys_", "key_act_", "sheet_", "recovered"),
    *("site_keys_", "keyset_"),
)
_OF_ERASING = ("text_erased", "identity_erased")
_OF_EXCHANGE = ("send", "sent", "received", "queries_received", "looked_over")
_KIND = _kind().label("kind")


def _conditions(asked: Asked) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if asked.subject is not None:
        found.append(_of_subject(asked.subject, asked.visit))
    if asked.form:
        forms = sa.select(REVISIONS.c.record).where(REVISIONS.c.form == asked.form)
        typed = sa.and_(_A.table == "draft_values", _A.field.in_(_named(asked.form_fields)))
        found.append(sa.or_(typed, sa.func.substr(_A.record, 1, _ID).in_(forms)))
    if asked.fields:
        answers = _A.table.in_(("answers", "draft_values"))
        found.append(sa.and_(answers, _A.field.in_(_named(asked.fields))))
    if asked.by:
        found.append(_A.user == asked.by)
    if asked.kinds:
        found.append(_kind().in_(asked.kinds))
    if asked.since:
        found.append(_A.utc >= asked.since)
    if asked.until:
        found.append(_A.utc < asked.until)
    return found


def _named(fields: Iterable[str]) -> list[str]:
    """All that the trail calls an answer: itself, its note, what was typed, and a result of that name."""
    shapes = ("{}", "{}/note", "{}/raw_text", "note:{}", "score:{}")
    return [shape.format(name) for name in fields for shape in shapes]


def _of_subject(subject: str, visit: str | None) -> sa.ColumnElement[bool]:
    rows = sa.select(VISITS.c.id).where(VISITS.c.subject == subject)
    forms = sa.select(REVISIONS.c.record).where(REVISIONS.c.subject == subject)
    told = sa.or_(_A.record == subject, _A.record.startswith(f"{subject}/", autoescape=True))
    if visit is not None:
        # What was a mistake goes on under a key of its own, which begins with the key that it had.
        rows = rows.where(_under(VISITS.c.key, visit))
        forms = forms.where(_under(REVISIONS.c.visit, visit))
        told = _A.record == f"{subject}/{visit}"
    table, record = _A.table, _A.record
    return sa.or_(
        table.in_(("draft_values", "visits", "act")) & record.in_(rows),
        table.in_(("answers", "revisions", "signatures", "erasure"))
        & sa.func.substr(record, 1, _ID).in_(forms),
        (table == "sealed_positions") & sa.func.substr(record, -_ID).in_(forms),
        (table == "settings") & sa.func.substr(record, len("amending/") + 1).in_(rows),
        table.in_(("act", "subjects")) & told,
    )


def _under(column: sa.ColumnElement[str], key: str) -> sa.ColumnElement[bool]:
    return sa.or_(column == key, column.startswith(f"{key}~", autoescape=True))


def _first_after(what: str) -> sa.CTE:
    """Each visit and each form, with the number at which it was first completed or signed."""
    states = ('"complete"', '"signed"') if what == "completion" else ('"signed"',)
    visits = sa.select(_A.record.label("record"), sa.func.min(_A.seq).label("at")).where(
        _A.table == "visits", _A.field == "state", _NEW_TEXT.in_(states)
    )
    record = _A.record if what == "completion" else sa.func.substr(_A.record, 1, _ID)
    forms = sa.select(record.label("record"), sa.func.min(_A.seq).label("at")).where(
        _A.table == ("revisions" if what == "completion" else "signatures")
    )
    both = sa.union_all(visits.group_by(_A.record), forms.group_by(record))
    return both.cte("first")


def _record_of(entry: Entry) -> str:
    """The id of the visit or form that an entry is about."""
    record = entry.record
    if entry.table == "sealed_positions":
        return record[-_ID:]
    if entry.table == "settings":
        return record.removeprefix("amending/")
    return record[:_ID] if entry.table in ("signatures", "erasure") else record


def _stands(connection: sa.Connection, records: set[str]) -> dict[str, Stand]:
    wanted = sorted(records)
    found: dict[str, Stand] = {}
    for start in range(0, len(wanted), _MANY):
        some = wanted[start : start + _MANY]
        visits = sa.select(VISITS.c.id, VISITS.c.subject, VISITS.c.key, VISITS.c.pack)
        for row in connection.execute(visits.where(VISITS.c.id.in_(some))):
            found[row.id] = Stand(row.subject, row.key, "", (row.pack,) if row.pack else ())
        _forms(connection, some, found)
    return found


def _forms(connection: sa.Connection, records: Sequence[str], found: dict[str, Stand]) -> None:
    pack = sa.func.json_extract(REVISIONS.c.body, "$.definition").label("pack")
    columns = (*(REVISIONS.c[name] for name in ("record", "subject", "visit", "form")), pack)
    query = sa.select(*columns).where(REVISIONS.c.record.in_(records))
    packs: dict[str, dict[str, None]] = {}
    rows: dict[str, sa.Row[Any]] = {}
    newest_first = query.order_by(REVISIONS.c.record, REVISIONS.c.ver.desc())
    for row in connection.execute(newest_first):
        rows.setdefault(row.record, row)
        packs.setdefault(row.record, {})[row.pack] = None
    for record, row in rows.items():
        found[record] = Stand(row.subject, row.visit, row.form, tuple(packs[record]))
