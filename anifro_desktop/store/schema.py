"""The tables of `clinical.db`. Answers are JSON; there is no table per form.

Rules kept here:
- What was completed, signed or told to the trail is never updated or deleted: triggers say so.
- A migration is a numbered function in one transaction. Number 1 makes today's tables; when number 2 comes, the
  definitions that number 1 needs are frozen beside it.
"""

from __future__ import annotations

import sqlalchemy as sa

from anifro_desktop.store.amended import pack_table
from anifro_desktop.store.audited import Audited
from anifro_desktop.store.common import JSON, audit_table, create_all, secrets_table, settings_table
from anifro_desktop.store.threads import thread_tables
from anifro_desktop.store.transaction import Schema

METADATA = sa.MetaData()
SETTINGS = settings_table(METADATA)
SECRETS = secrets_table(METADATA)
AUDIT = audit_table(METADATA)

SUBJECTS = sa.Table(
    "subjects",
    METADATA,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("sex", sa.Text),
    sa.Column("age", sa.Integer),
    sa.Column("enrolled", sa.Text),
    sa.Column("first_dose", sa.Text),
    sa.Column("created", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
VISITS = sa.Table(
    "visits",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("subject", sa.ForeignKey(SUBJECTS.c.code), nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("date", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("place", JSON),
    sa.Column("pack", sa.Text),
    sa.UniqueConstraint("subject", "key"),
    sqlite_with_rowid=False,
)
DRAFTS = sa.Table(
    "draft_values",
    METADATA,
    sa.Column("visit_id", sa.ForeignKey(VISITS.c.id), primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("value", JSON),
    sa.Column("note", JSON),
    sa.Column("raw_text", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("utc", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
REVISIONS = sa.Table(
    "revisions",
    METADATA,
    sa.Column("record", sa.Text, primary_key=True),
    sa.Column("ver", sa.Integer, primary_key=True),
    sa.Column("prev", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("subject", sa.ForeignKey(SUBJECTS.c.code), nullable=False),
    sa.Column("visit", sa.Text, nullable=False),
    sa.Column("form", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Index("revisions_subject", "subject", "visit", "form"),
    sa.Index(
        "revisions_form", "form", "record", "ver"
    ),  # the lists of all patients ask for one form, of large rows
    sqlite_with_rowid=False,
)
SIGNATURES = sa.Table(
    "signatures",
    METADATA,
    sa.Column("record", sa.Text, primary_key=True),
    sa.Column("ver", sa.Integer, primary_key=True),
    sa.Column("signer", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("meaning", sa.Text, nullable=False),
    sa.Column("signed", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("sig", sa.Text, nullable=False),
    sa.ForeignKeyConstraint(["record", "ver"], ["revisions.record", "revisions.ver"]),
    sqlite_with_rowid=False,
)
OUTBOX = sa.Table(
    "outbox",
    METADATA,
    sa.Column("epoch", sa.Integer, primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("prev", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("made", sa.Text, nullable=False),
    sa.Column("records", sa.Integer, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("contents", JSON, nullable=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
)
SEALED = sa.Table(
    "sealed_positions",
    METADATA,
    sa.Column("epoch", sa.Integer, primary_key=True),
    sa.Column("record", sa.Text, primary_key=True),
    sa.Column("ver", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
RECEIPTS = sa.Table(
    "receipts",
    METADATA,
    sa.Column("rno", sa.Integer, primary_key=True),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("epoch", sa.Integer, nullable=False),
    sa.Column("acked_to", sa.Integer, nullable=False),
    sa.Column("received", sa.Text, nullable=False),
    sa.Column("body", JSON, nullable=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
)
DELIVERIES = sa.Table(
    "deliveries",
    METADATA,
    sa.Column("epoch", sa.Integer, primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("way", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("tried", sa.Text, nullable=False),
    sa.Column("due", sa.Text, nullable=False),
)
# Files of the centre that were read, by the beginnings of their hashes: so that they are not fetched over a network
# again. No data: nothing is lost with it but time, so the trail does not tell of it.
ANSWERS_READ = sa.Table(
    "answers_read",
    METADATA,
    sa.Column("hash16", sa.Text, primary_key=True),
    sqlite_with_rowid=False,
)
KNOWN_PEOPLE = sa.Table(
    "screening",
    METADATA,
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("hashes", JSON, nullable=False),
    sqlite_with_rowid=False,
)
RELEASES = sa.Table(
    "releases",
    METADATA,
    sa.Column("item", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
# Subjects handed over to another installation, or taken over from one. `acts`: what this side said of it, in order.
HANDOVERS = sa.Table(
    "handovers",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("side", sa.Text, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("site", sa.Text, nullable=False),
    sa.Column("writer", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("held", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("made", sa.Text, nullable=False),
    sa.Column("acts", JSON, nullable=False),
    sa.Column("signers", JSON),
    sa.Column("trail", sa.LargeBinary),
    sa.Column("bytes", sa.LargeBinary),
    sqlite_with_rowid=False,
)
# Versions that were made at another installation, whose people signed them. `epoch`: in which it need not be sealed
# here, since it was sealed there; 0 where it was not.
TAKEN = sa.Table(
    "taken_versions",
    METADATA,
    sa.Column("record", sa.Text, primary_key=True),
    sa.Column("ver", sa.Integer, primary_key=True),
    sa.Column("handover", sa.ForeignKey(HANDOVERS.c.id), nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("struck", JSON),
    sqlite_with_rowid=False,
)

QUERY, QUERY_ACT, SOURCE_MARK = thread_tables(METADATA)
PACK = pack_table(METADATA)
SETTING = Audited(SETTINGS, plain=("value",))
SECRET = Audited(SECRETS, hashed=("value",))
SUBJECT = Audited(SUBJECTS, plain=("status", "sex", "age", "enrolled", "first_dose", "created"))
VISIT = Audited(
    VISITS, plain=("subject", "key", "date", "state", "pack")
)  # `place` is where the cursor was: not data
DRAFT = Audited(DRAFTS, plain=("value", "note", "raw_text"), within=1, short="value")
REVISION = Audited(REVISIONS, plain=("digest",), within=1, short="digest")  # the digest is over all the rest
SIGNATURE = Audited(SIGNATURES, plain=("name", "meaning", "signed", "digest", "sig"), within=2)
BUNDLE = Audited(
    OUTBOX, plain=("prev", "sha256", "name", "state", "made", "records", "size"), hashed=("contents",)
)
POSITION = Audited(SEALED, plain=("ver",))
HANDOVER = Audited(
    HANDOVERS,
    plain=("subject", "side", "number", "site", "writer", "sha256", "held", "name", "made", "acts"),
    hashed=("signers", "trail"),
)
TAKEN_VERSION = Audited(TAKEN, plain=("handover", "origin", "struck"), within=1)
RECEIPT = Audited(RECEIPTS, plain=("sha256", "epoch", "acked_to", "received"), hashed=("body",))
DELIVERY = Audited(DELIVERIES, plain=("way", "place", "code", "tried", "due"))
KNOWN = Audited(KNOWN_PEOPLE, hashed=("hashes",))
RELEASE = Audited(RELEASES, plain=("digest",))


def _version_1(connection: sa.Connection) -> None:
    said = (QUERY.table, QUERY_ACT.table, SOURCE_MARK.table)
    create_all(
        connection, METADATA.sorted_tables, (AUDIT, REVISIONS, SIGNATURES, RECEIPTS, DELIVERIES, *said)
    )


CLINICAL = Schema(
    metadata=METADATA,
    audit=AUDIT,
    audited=(
        *(SETTING, SECRET, SUBJECT, VISIT, DRAFT, REVISION, SIGNATURE, BUNDLE, POSITION, RECEIPT),
        *(QUERY, QUERY_ACT, SOURCE_MARK),
        *(HANDOVER, TAKEN_VERSION, PACK),
        *(DELIVERY, KNOWN, RELEASE),
    ),
    migrations=(_version_1,),
)
