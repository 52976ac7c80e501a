"""Subjects that were handed over to another installation, or taken over from one.

Rules kept here:
- What was handed over stays and is only read: its status says `AWAY`, and every act that would change it is refused.
- What is taken over is written as it was: versions with their digests, signatures with their keys. `verify` checks the
  signatures of another installation's people with the keys that came along, of which the trail keeps the hash.
- What is taken over is sent from here too, whole: whether what was sealed there ever came, nobody here knows. That it
  was sealed once is kept, since of a mistake that had left the centre is to be told.
- The trail of before is kept beside the hand-over, as it came; the trail here tells of every row that was written.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

import sqlalchemy as sa

from anifro_desktop.record import Json, RecordError, Revision, encoded, struck
from anifro_desktop.store.audit import ENTRY_FIELDS
from anifro_desktop.store.clinical_checks import signature_holds, unfit_author
from anifro_desktop.store.clock import local_text
from anifro_desktop.store.database import Database
from anifro_desktop.store.errors import NotFound
from anifro_desktop.store.made import TAKEN_OVER, Making, Place, person, read_packed, told_in
from anifro_desktop.store.schema import (
    AUDIT,
    DRAFT,
    DRAFTS,
    HANDOVER,
    HANDOVERS,
    POSITION,
    REVISION,
    REVISIONS,
    SEALED,
    SETTING,
    SETTINGS,
    SIGNATURE,
    SIGNATURES,
    SUBJECT,
    SUBJECTS,
    TAKEN,
    TAKEN_VERSION,
    VISIT,
    VISITS,
)
from anifro_desktop.store.subjects import VOID
from anifro_desktop.store.transaction import Transaction

OUT, IN = "out", "in"
ELSEWHERE = 0  # the epoch of what was sealed where a subject was taken over from
_ID = 36  # characters of a record's id, before `/version`
_AMENDING = "amending/"  # settings of a visit that is being amended, by its id
# Of an entry of a trail.
_TEXTS, _NUMBERS = (
    ("utc", "user", "role", "device", "table", "record", "field", "reason", "hash"),
    ("seq", "tx", "utc_offset"),
)
Row = dict[str, Json]


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """A hand-over as this side knows it. side: `out` or `in`. number: of the sender's file. site, writer: the other
    side. held: the hand-over by which the sender had the subject. acts: what this side said, as [act, user, UTC], the
    latest last. signers: of another installation, its people by installation and code."""

    id: str
    subject: str
    side: str
    number: int
    site: str
    writer: str
    sha256: str
    held: str
    name: str
    made: str
    acts: Sequence[Json] = ()
    signers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def act(self) -> str:
        """What this side said last."""
        last = self.acts[-1]
        return str(last[0]) if isinstance(last, list) else ""


_COLUMNS = tuple(HandoverRow.__slots__)


class Transfers(Database):
    """The part of the clinical store about hand-overs."""

    def handovers(self, subject: str | None = None) -> tuple[HandoverRow, ...]:
        """Every hand-over, or those of a subject, the oldest first."""
        query = sa.select(*(HANDOVERS.c[name] for name in _COLUMNS))
        query = query.order_by(HANDOVERS.c.made, HANDOVERS.c.side.desc(), HANDOVERS.c.number)
        if subject is not None:
            query = query.where(HANDOVERS.c.subject == subject)
        with self.transaction() as tx:
            rows = tx.connection.execute(query).mappings().all()
        return tuple(HandoverRow(**dict(row) | {"signers": row["signers"] or {}}) for row in rows)

    def handover_bytes(self, handover: str) -> bytes:
        """The very file that was made here.

        Raises:
            NotFound: no such hand-over from here.
        """
        query = sa.select(HANDOVERS.c.bytes).where(HANDOVERS.c.id == handover)
        with self.transaction() as tx:
            data = tx.connection.execute(query).scalar()
        if data is None:
            raise NotFound("hand-over", handover)
        return bytes(data)

    def add_handover(
        self, row: HandoverRow, *, data: bytes | None = None, trail: bytes | None = None
    ) -> None:
        """Note a hand-over. data: the file made here; trail: the packed trail that came."""
        facts = asdict(row) | {"acts": list(row.acts), "signers": dict(row.signers) or None}
        with self.transaction() as tx:
            tx.put(HANDOVER, facts | {"bytes": data, "trail": trail})

    def say(self, handover: str, act: str, reason: str) -> HandoverRow:
        """Add what this side says of a hand-over.

        Raises:
            NotFound: no such hand-over.
        """
        with self.transaction() as tx:
            row = next((one for one in self.handovers() if one.id == handover), None)
            if row is None:
                raise NotFound("hand-over", handover)
            said: Json = [act, self.keys.user.code, tx.stamp.utc]
            tx.put(HANDOVER, {"id": handover, "acts": [*row.acts, said]}, reason)
        return next(one for one in self.handovers() if one.id == handover)

    def sealed_now(self, records: Iterable[str]) -> dict[str, int]:
        """The version that was sealed in this epoch, of those records of which any was."""
        with self.transaction() as tx:
            query = sa.select(SEALED.c.record, SEALED.c.ver).where(SEALED.c.record.in_(list(records)))
            rows = tx.connection.execute(query.where(SEALED.c.epoch == _epoch(tx)))
            return {row.record: row.ver for row in rows}

    def set_away(self, subject: str, status: str, reason: str) -> None:
        """Give a subject the status `AWAY`, or the one that it has when it is here."""
        with self.transaction() as tx:
            tx.put(SUBJECT, {"code": subject, "status": status}, reason)

    def taken_trail(self, subject: str) -> bytes | None:
        """The packed trail that came with a subject last."""
        query = sa.select(HANDOVERS.c.trail).where(HANDOVERS.c.subject == subject, HANDOVERS.c.side == IN)
        with self.transaction() as tx:
            found = tx.connection.execute(query.order_by(HANDOVERS.c.made.desc()).limit(1)).scalar()
        return None if found is None else bytes(found)

    def strike_taken(self, texts: Iterable[str], reason: str, subject: str | None = None) -> int:
        """Put the hash in the place of texts wherever they stand in the trails that came with patients, or with one;
        how many trails changed."""
        gone = {text: struck(text) for text in texts if text}
        query = sa.select(HANDOVERS.c.id, HANDOVERS.c.trail).where(HANDOVERS.c.trail.is_not(None))
        if subject is not None:
            query = query.where(HANDOVERS.c.subject == subject)
        changed = 0
        with self.transaction() as tx:
            for row in tx.connection.execute(query).all():
                entries = read_packed(bytes(row.trail))
                left = [_struck(entry, gone) for entry in entries]
                if left != entries:
                    packed = zlib.compress(b"".join(encoded(entry) + b"\n" for entry in left))
                    tx.put(HANDOVER, {"id": row.id, "trail": packed}, reason)
                    changed += 1
        return changed

    def taken_versions(self) -> tuple[tuple[str, int, str, tuple[str, ...]], ...]:
        """Record and number of every version made elsewhere, the installation, and hashes of texts erased there."""
        query = sa.select(TAKEN.c.record, TAKEN.c.ver, TAKEN.c.origin, TAKEN.c.struck)
        with self.transaction() as tx:
            rows = tx.connection.execute(query.order_by(TAKEN.c.record, TAKEN.c.ver)).all()
        return tuple((row.record, row.ver, row.origin, tuple(row.struck or ())) for row in rows)

    def rows_of(self, subject: str) -> dict[str, list[Row]]:
        """Every row of a subject, by the kinds of `sync.transfer`, but for who it is and who signed."""
        with self.transaction() as tx:
            of = tx.connection.execute
            visits = list(of(sa.select(VISITS).where(VISITS.c.subject == subject)).mappings())
            ids = [row["id"] for row in visits]
            versions = list(of(_versions(subject)).mappings())
            records = sorted({row["record"] for row in versions})
            drafts = of(sa.select(DRAFTS).where(DRAFTS.c.visit_id.in_(ids))).mappings().all()
            signed = of(sa.select(SIGNATURES).where(SIGNATURES.c.record.in_(records))).mappings().all()
            sealed = of(
                sa.select(SEALED.c.record, sa.func.max(SEALED.c.ver).label("ver"))
                .where(SEALED.c.record.in_(records))
                .group_by(SEALED.c.record)
            ).mappings()
            settings = of(
                sa.select(SETTINGS).where(SETTINGS.c.key.in_([f"{_AMENDING}{one}" for one in ids]))
            ).mappings()
            return {
                "subject": [dict(of(sa.select(SUBJECTS).where(SUBJECTS.c.code == subject)).mappings().one())],
                "visit": [dict(row) | {"place": None} for row in visits],
                "draft": [_without(row, "seq") for row in drafts],
                "setting": [dict(row) for row in settings],
                "revision": [
                    {"record": row["record"], "ver": row["ver"], "body": json.loads(row["body"])}
                    for row in versions
                ],
                "signature": [dict(row) for row in signed],
                "origin": [self._origin(row) for row in versions],
                "position": [dict(row) for row in sealed],
            }

    def _origin(self, row: Mapping[Any, Any]) -> Row:
        struck: list[Json] = [*sorted(Revision.from_json(json.loads(row["body"])).struck())]
        origin = row["origin"] or self.keys.writer
        return {"record": row["record"], "ver": row["ver"], "origin": origin, "struck": struck}

    def trail_of(self, subject: str) -> list[Row]:
        """The entries of this trail about a subject, as rows with their hashes."""
        with self.transaction() as tx:
            visits = sa.select(VISITS.c.id).where(VISITS.c.subject == subject)
            records = sa.select(REVISIONS.c.record).where(REVISIONS.c.subject == subject)
            inside = sa.func.substr(AUDIT.c.record, 1, _ID)
            about = sa.or_(
                AUDIT.c.record == subject,
                AUDIT.c.record.startswith(f"{subject}/", autoescape=True),
                inside.in_(visits),
                inside.in_(records),
            )
            found = (
                tx.connection.execute(sa.select(AUDIT).where(about).order_by(AUDIT.c.seq)).mappings().all()
            )
        return [{name: row[name] for name in (*ENTRY_FIELDS, "hash")} for row in found]

    def take_over(self, row: HandoverRow, rows: Mapping[str, Sequence[Row]], trail: bytes) -> None:
        """Write everything of a subject that came, one transaction with the note of the hand-over.

        Raises:
            CannotSave, Conflict: nothing was written.
        """
        with self.transaction() as tx:
            self.add_handover(row, trail=trail)
            tx.put(SUBJECT, rows["subject"][0], TAKEN_OVER)
            for visit in sorted(rows.get("visit", ()), key=lambda one: one["state"] != VOID):
                tx.put(VISIT, visit, TAKEN_OVER)
            for draft in rows.get("draft", ()):
                tx.put(DRAFT, draft | {"seq": tx.seq}, TAKEN_OVER)
            for setting in rows.get("setting", ()):
                tx.put(SETTING, setting, TAKEN_OVER)
            self._take_versions(tx, row.id, rows)
            for signature in rows.get("signature", ()):
                tx.put(SIGNATURE, signature, TAKEN_OVER)
            self._take_positions(tx, rows.get("position", ()))

    def _take_versions(self, tx: Transaction, handover: str, rows: Mapping[str, Sequence[Row]]) -> None:
        known = {
            (one.record, one.ver)
            for one in tx.connection.execute(_versions(str(rows["subject"][0]["code"]))).all()
        }
        new = [one for one in rows.get("revision", ()) if (one["record"], one["ver"]) not in known]
        for one in new:
            revision = Revision.from_json(_object(one["body"]))
            tx.connection.execute(sa.insert(REVISIONS), _version(revision))
            tx.record(REVISION.name, revision.id, str(revision.ver), None, revision.digest(), TAKEN_OVER)
        fresh = {(one["record"], one["ver"]) for one in new}
        for one in rows.get("origin", ()):
            if (one["record"], one["ver"]) in fresh and one["origin"] != self.keys.writer:
                facts = {"handover": handover, "struck": one["struck"] or None}
                tx.put(TAKEN_VERSION, one | facts, TAKEN_OVER)

    def _take_positions(self, tx: Transaction, positions: Iterable[Row]) -> None:
        places = sa.select(SEALED.c.record, SEALED.c.ver).filter_by(epoch=ELSEWHERE)
        known = {row.record: row.ver for row in tx.connection.execute(places)}
        for one in positions:
            if _whole(one["ver"]) > known.get(str(one["record"]), 0):
                tx.put(POSITION, one | {"epoch": ELSEWHERE}, TAKEN_OVER)


def unsound(
    rows: Mapping[str, Sequence[Row]], signers: Mapping[str, Any], trail: Iterable[Mapping[str, Json]]
) -> str:
    """What in a file is not as a person left it; nothing if all is. signers: see `HandoverRow`; trail: its entries."""
    entries = tuple(trail)
    if not all(map(_is_entry, entries)):
        return "trail"
    told = told_in(entries)
    origins = {(one["record"], one["ver"]): str(one["origin"]) for one in rows.get("origin", ())}
    try:
        found = [Revision.from_json(_object(one["body"])) for one in rows.get("revision", ())]
    except RecordError:
        return "record"
    before: Revision | None = None
    for revision in sorted(found, key=lambda item: (item.id, item.ver)):
        last = before if before is not None and before.id == revision.id else None
        if not _is_made(revision, last, origins[revision.id, revision.ver], told, signers):
            return "record"
        before = revision
    known = {(item.id, item.ver): item for item in found}
    signatures = rows.get("signature", ())
    return "" if all(_is_signed(one, known, told, signers) for one in signatures) else "signature"


def _is_made(
    revision: Revision,
    last: Revision | None,
    origin: str,
    told: Mapping[Place, Making],
    signers: Mapping[str, Any],
) -> bool:
    """Whether a version follows the one before it, and was made there by somebody who may."""
    follows = (last.ver + 1, last.digest()) if last is not None else (1, "")
    if (revision.ver, revision.prev) != follows or revision.signature:
        return False
    making = told.get((REVISION.name, revision.id, str(revision.ver)))
    if making is None or making.device != origin:
        return False
    return not unfit_author(revision, making, person(signers, origin, revision.who), last)


def _is_signed(
    signature: Row,
    known: Mapping[tuple[str, int], Revision],
    told: Mapping[Place, Making],
    signers: Mapping[str, Any],
) -> bool:
    place = (str(signature["record"]), int(str(signature["ver"])))
    facts = {"by": str(signature["signer"]), "when": str(signature["signed"])}
    facts |= {name: str(signature[name]) for name in ("name", "meaning", "digest")}
    making = told.get((SIGNATURE.name, f"{place[0]}/{place[1]}", f"{facts['by']}/sig"))
    maker = person(signers, making.device if making is not None else "", facts["by"])
    return signature_holds(known[place], facts, str(signature["sig"]), making, maker)


def _is_entry(told: Mapping[str, Json]) -> bool:
    """Whether an entry of a trail is whole: all columns, each of its kind, and a moment that there is."""
    if set(told) != {*ENTRY_FIELDS, "hash"} or not isinstance(told["clock_ok"], bool):
        return False
    if not all(isinstance(told[name], str) for name in _TEXTS):
        return False
    if any(not isinstance(told[name], int) or isinstance(told[name], bool) for name in _NUMBERS):
        return False
    with suppress(OverflowError, ValueError):
        return bool(local_text(str(told["utc"]), _whole(told["utc_offset"])))
    return False


def people_of(store: Database, names: Mapping[str, str]) -> dict[str, Any]:
    """The people of this installation, as `HandoverRow.signers` holds them. names: by code. Keys that somebody else's
    passphrase opened sign nothing, and stay here."""
    keys, lent = store.keys, store.lent()
    return {
        code: {
            "name": names.get(code, ""),
            "names": sorted(keys.names.get(code, ())),
            "roles": sorted(keys.roles.get(code, ())),
            "keys": [key.hex() for key in found if key not in lent],
        }
        for code, found in keys.signers.items()
    }


def _struck(value: Any, gone: Mapping[str, str]) -> Any:
    """A value of a trail with texts struck out; the words of a reason stand after its code."""
    if isinstance(value, dict):
        return {name: _struck(item, gone) for name, item in value.items()}
    if isinstance(value, list):
        return [_struck(item, gone) for item in value]
    if not isinstance(value, str):
        return value
    code, mark, words = value.partition(": ")
    return gone.get(value) or (f"{code}{mark}{gone[words]}" if mark and words in gone else value)


def _versions(subject: str) -> sa.Select[Any]:
    same = sa.and_(TAKEN.c.record == REVISIONS.c.record, TAKEN.c.ver == REVISIONS.c.ver)
    query = sa.select(REVISIONS.c.record, REVISIONS.c.ver, REVISIONS.c.body, TAKEN.c.origin)
    query = query.outerjoin(TAKEN, same).where(REVISIONS.c.subject == subject)
    return query.order_by(REVISIONS.c.record, REVISIONS.c.ver)


def _version(revision: Revision) -> dict[str, Any]:
    names = ("ver", "prev", "subject", "visit", "form")
    row = {name: getattr(revision, name) for name in names}
    body, digest = revision.written()
    return row | {"record": revision.id, "digest": digest, "body": body}


def _epoch(tx: Transaction) -> int:
    query = sa.select(SETTINGS.c.value).where(SETTINGS.c.key == "epoch")
    return int(tx.connection.execute(query).scalar() or 1)


def _whole(value: Json) -> int:
    return value if isinstance(value, int) else 0


def _without(row: Mapping[Any, Any], name: str) -> Row:
    return {key: value for key, value in row.items() if key != name}


def _object(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise RecordError("not a revision")
    return value
