"""Revisions: what was completed, version after version, and the signatures over them.

Rules kept here:
- Version n + 1 names the digest of version n; both are kept for ever. Triggers forbid anything else.
- Changing what was completed needs a reason; the trail tells old and new of every value, note and score.
- A signature is over the digest of one version, with the printed name, the meaning and the time; a later version is
  not signed by it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from anifro_desktop.crypto import signing
from anifro_desktop.record import Json, Revision, canonical
from anifro_desktop.store.database import Database
from anifro_desktop.store.errors import NotFound, PassphraseNotChosen, ReasonNeeded
from anifro_desktop.store.prepared import Prepared, same
from anifro_desktop.store.schema import REVISION, REVISIONS, SIGNATURE, SIGNATURES
from anifro_desktop.store.subjects import check_here
from anifro_desktop.store.transaction import Transaction

SIGNATURE_DOMAIN = b"anifro/signature/v1\0"
FIRST = "first"
_INSERT = Prepared(sa.insert(REVISIONS))
_SELF = REVISIONS.alias("self")
_LAST = Prepared(
    sa.select(REVISIONS.c.body).where(
        REVISIONS.c.record == sa.bindparam("record"),
        REVISIONS.c.ver
        == sa.select(sa.func.max(_SELF.c.ver)).where(_SELF.c.record == REVISIONS.c.record).scalar_subquery(),
    )
)
ORDER = (
    *(REVISIONS.c[name] for name in ("subject", "visit", "form", "record", "ver")),
    SIGNATURES.c.signed,
)


class Revisions(Database):
    """The part of the clinical store about completed forms."""

    def append_revision(self, revision: Revision) -> Revision:
        """Append a version; `ver`, `prev`, `who` and `when` are set here, `signature` must be empty.

        Raises:
            ReasonNeeded: a second version without a reason. NotFound: no such subject.
        """
        with self.transaction() as tx:
            check_here(tx, revision.subject)
            last = self._last(tx, revision)
            new = replace(
                revision,
                ver=last.ver + 1 if last else 1,
                prev=last.digest() if last else "",
                who=self.keys.user.code,
                when=tx.stamp.local,
                signature={},
                salt=secrets.token_hex(16),
            )
            body, digest = new.written()
            _INSERT.many(tx.connection, [_row(new, digest, body)])
            reason = _reason(new)
            for name, old, value in _changes(last, new):
                tx.record("answers", new.id, name, old, value, reason)
            tx.record(REVISION.name, new.id, str(new.ver), None, digest, reason)
        return new

    def _last(self, tx: Transaction, revision: Revision) -> Revision | None:
        found = _LAST.all(tx.connection, {"record": revision.id})
        if not found:
            return None
        if revision.why in {"", FIRST}:
            raise ReasonNeeded
        return Revision.from_json(json.loads(found[0][0]))

    def revisions(
        self,
        subject: str | None = None,
        visit: str | None = None,
        form: str | None = None,
        *,
        latest: bool = True,
    ) -> tuple[Revision, ...]:
        """Completed forms with their signature, by subject, visit, form and version: all versions, or the last one of
        each record that is no mistake."""
        query = with_signature()
        asked = ((REVISIONS.c.subject, subject), (REVISIONS.c.visit, visit), (REVISIONS.c.form, form))
        for column, value in asked:
            if value is not None:
                query = query.where(column == value)
        if latest:
            newer = REVISIONS.alias("newer")
            query = query.where(
                ~sa.exists().where(newer.c.record == REVISIONS.c.record, newer.c.ver > REVISIONS.c.ver)
            )
        with self.transaction() as tx:
            found = tuple(signed_revisions(tx.connection.execute(query.order_by(*ORDER))))
        return tuple(item for item in found if not item.void) if latest else found

    def revision(self, record: str, ver: int | None = None) -> Revision:
        """One version of a record, or its last one.

        Raises:
            NotFound: no such record or version.
        """
        query = with_signature().where(REVISIONS.c.record == record)
        with self.transaction() as tx:
            found = list(signed_revisions(tx.connection.execute(query.order_by(*ORDER))))
        chosen = [item for item in found if ver in (None, item.ver)]
        if not chosen:
            raise NotFound("record", record)
        return chosen[-1]

    def sign(self, records: Iterable[str], meaning: str) -> tuple[Revision, ...]:
        """Sign the last version of each record as the unlocked user. meaning: `responsible`, `reviewed` ...

        Raises:
            NotFound: no such record; nothing was signed. Conflict: this user signed that version before.
            PassphraseNotChosen: somebody else knows the passphrase.
        """
        if self.keys.temporary:
            raise PassphraseNotChosen(self.keys.user.code)
        with self.transaction() as tx:
            signed = [self._sign(tx, self.revision(record), meaning) for record in records]
        return tuple(signed)

    def _sign(self, tx: Transaction, revision: Revision, meaning: str) -> Revision:
        check_here(tx, revision.subject)
        user = self.keys.user
        facts = {
            "by": user.code,
            "name": user.name,
            "meaning": meaning,
            "when": tx.stamp.local,
            "digest": revision.digest(),
        }
        sig = signing.sign(self.keys.secrets.signing_seed, signature_text(revision, facts)).hex()
        row = {"record": revision.id, "ver": revision.ver, "signer": user.code, "name": user.name}
        row |= {"meaning": meaning, "signed": facts["when"], "digest": facts["digest"], "sig": sig}
        tx.put(SIGNATURE, row)
        return replace(revision, signature=_signature(facts | {"sig": sig}))


def signature_text(revision: Revision, facts: Mapping[str, str]) -> bytes:
    """The bytes a signature is over. facts: `by`, `name`, `meaning`, `when`, `digest`."""
    named: dict[str, Json] = {name: facts[name] for name in ("by", "name", "meaning", "when", "digest")}
    return SIGNATURE_DOMAIN + canonical(named | {"record": revision.id, "ver": revision.ver})


def _signature(facts: Mapping[str, str]) -> dict[str, str]:
    return {name: facts[name] for name in ("by", "meaning", "when", "digest", "sig")}


def with_signature() -> sa.Select[Any]:
    """Revisions joined with their signatures, for `signed_revisions`; order it by `ORDER`."""
    joined = sa.and_(SIGNATURES.c.record == REVISIONS.c.record, SIGNATURES.c.ver == REVISIONS.c.ver)
    columns = (SIGNATURES.c[name] for name in ("signer", "meaning", "signed", "digest", "sig"))
    return sa.select(REVISIONS.c.body, *columns).outerjoin(SIGNATURES, joined)


def signed_revisions(rows: Iterable[sa.Row[Any]]) -> Iterator[Revision]:
    """Revisions of joined rows; of two signatures of one version, the last to come counts."""
    held: Revision | None = None
    for row in rows:
        revision = Revision.from_json(json.loads(row.body))
        if row.signer is not None:
            facts = {"by": row.signer, "meaning": row.meaning, "when": row.signed}
            revision = replace(revision, signature=facts | {"digest": row.digest, "sig": row.sig})
        if held is not None and (held.id, held.ver) != (revision.id, revision.ver):
            yield held
        held = revision
    if held is not None:
        yield held


def _row(revision: Revision, digest: str, body: str) -> dict[str, Any]:
    return {
        "record": revision.id,
        "ver": revision.ver,
        "prev": revision.prev,
        "digest": digest,
        "subject": revision.subject,
        "visit": revision.visit,
        "form": revision.form,
        "body": body,
    }


def _reason(revision: Revision) -> str:
    if revision.why == FIRST:
        return ""
    return f"{revision.why}: {revision.why_text}" if revision.why_text else revision.why


def _changes(last: Revision | None, new: Revision) -> Iterator[tuple[str, Json, Json]]:
    """Every value, note and score that differs: its name in the trail, old, new."""
    for prefix, kind in (("", "values"), ("note:", "notes"), ("score:", "scores")):
        before: Mapping[str, Json] = getattr(last, kind) if last else {}
        after: Mapping[str, Json] = getattr(new, kind)
        for name in sorted({*before, *after}):
            old, value = before.get(name), after.get(name)
            if not same(old, value):
                yield prefix + name, old, value
