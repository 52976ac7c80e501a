"""The tables of `centre.db`: sites and their writers, what came from them, what was found, what was answered.

Rules kept here:
- Every version of every record is kept, also two of one number: nothing that arrived is overwritten.
- The bytes of every bundle are kept, of those that nobody could believe too, in a table of their own.
"""

from __future__ import annotations

import sqlalchemy as sa

from anifro_desktop.store.audited import Audited
from anifro_desktop.store.common import JSON, audit_table, create_all, secrets_table, settings_table
from anifro_desktop.store.transaction import Schema

METADATA = sa.MetaData()
SETTINGS = settings_table(METADATA)
SECRETS = secrets_table(METADATA)
AUDIT = audit_table(METADATA)

WRITERS = sa.Table(
    "writers",
    METADATA,
    sa.Column("site", sa.Text, primary_key=True),
    sa.Column("writer", sa.Text, primary_key=True),
    sa.Column("ed25519", sa.LargeBinary, nullable=False),
    sa.Column("xwing", sa.LargeBinary, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("min_suite", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("registered", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
CHAINS = sa.Table(
    "chains",
    METADATA,
    sa.Column("site", sa.Text, primary_key=True),
    sa.Column("writer", sa.Text, primary_key=True),
    sa.Column("epoch", sa.Integer, primary_key=True),
    sa.Column("next_seq", sa.Integer, nullable=False),
    sa.Column("last_hash", sa.Text, nullable=False),
    sa.Column("frozen", sa.Boolean, nullable=False),
    sqlite_with_rowid=False,
)
BUNDLES = sa.Table(
    "bundles",
    METADATA,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("site", sa.Text, nullable=False),
    sa.Column("writer", sa.Text, nullable=False),
    sa.Column("epoch", sa.Integer, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("received", sa.Text, nullable=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
    sa.Index("bundles_chain", "site", "writer", "epoch", "seq"),
)
QUARANTINE = sa.Table(
    "quarantine",
    METADATA,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("times", sa.Integer, nullable=False),
    sa.Column("received", sa.Text, nullable=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
)
REVISIONS = sa.Table(
    "revisions",
    METADATA,
    sa.Column("site", sa.Text, primary_key=True),
    sa.Column("writer", sa.Text, primary_key=True),
    sa.Column("record", sa.Text, primary_key=True),
    sa.Column("ver", sa.Integer, primary_key=True),
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("form", sa.Text, nullable=False),
    sa.Column("op", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("extra", JSON),
    sa.Column("bundle", sa.ForeignKey(BUNDLES.c.sha256), nullable=False),
    sa.Index("revisions_subject", "subject", "form"),
    sa.Index("revisions_record", "record", "ver"),
    sqlite_with_rowid=False,
)
DIFFERENCES = sa.Table(
    "differences",
    METADATA,
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("visit", sa.Text, primary_key=True),
    sa.Column("rule", sa.Text, primary_key=True),
    sa.Column("part", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("carried", sa.Text, nullable=False),
    sa.Column("computed", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("open", sa.Boolean, nullable=False),
    sa.Column("found", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
RECEIPTS = sa.Table(
    "receipts",
    METADATA,
    sa.Column("site", sa.Text, primary_key=True),
    sa.Column("writer", sa.Text, primary_key=True),
    sa.Column("rno", sa.Integer, primary_key=True),
    sa.Column("prev", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("made", sa.Text, nullable=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
)
ANSWERS = sa.Table(
    "answers",
    METADATA,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("site", sa.Text, nullable=False),
    sa.Column("writer", sa.Text, nullable=False),
    sa.Column("epoch", sa.Integer, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("rno", sa.Integer, nullable=False),
    sa.Index("answers_owed", "site", "writer", "rno"),
    sqlite_with_rowid=False,
)

SETTING = Audited(SETTINGS, plain=("value",))
SECRET = Audited(SECRETS, hashed=("value",))
WRITER = Audited(
    WRITERS, plain=("fingerprint", "min_suite", "state", "registered"), hashed=("ed25519", "xwing")
)
CHAIN = Audited(CHAINS, plain=("next_seq", "last_hash", "frozen"))
# The hash that names a bundle is over its bytes; `verify` computes it again.
BUNDLE = Audited(BUNDLES, plain=("site", "writer", "epoch", "seq", "name", "state", "code", "received"))
QUARANTINED = Audited(QUARANTINE, plain=("name", "code", "times"))
REVISION = Audited(REVISIONS, plain=("bundle", "op"), hashed=("body", "extra"), within=3)
DIFFERENCE = Audited(DIFFERENCES, plain=("kind", "carried", "computed", "why", "open"))
RECEIPT = Audited(RECEIPTS, plain=("prev", "sha256", "name", "made"))
ANSWER = Audited(ANSWERS, plain=("status", "code", "detail", "rno"))


def _version_1(connection: sa.Connection) -> None:
    create_all(connection, METADATA, (AUDIT, REVISIONS, RECEIPTS))


CENTRE = Schema(
    metadata=METADATA,
    audit=AUDIT,
    audited=(SETTING, SECRET, WRITER, CHAIN, BUNDLE, QUARANTINED, REVISION, DIFFERENCE, RECEIPT, ANSWER),
    migrations=(_version_1,),
)
