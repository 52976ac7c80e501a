"""The tables of `centre.db`: sites and their writers, what came from them, what was found, what was answered.

Rules kept here:
- Every version of every record is kept, also two of one number: nothing that arrived is overwritten.
- The bytes of every bundle are kept, of those that nobody could believe too, in a table of their own.
"""

from __future__ import annotations

import sqlalchemy as sa

from anifro_desktop.store.amended import pack_table
from anifro_desktop.store.audited import Audited
from anifro_desktop.store.common import JSON, audit_table, create_all, secrets_table, settings_table
from anifro_desktop.store.threads import thread_tables
from anifro_desktop.store.transaction import Schema
from anifro_desktop.store.writer_keys import keys_table, keysets_table

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
    *(sa.Column(name, sa.Integer, nullable=False) for name in ("valid_epoch", "valid_seq", "rno_above")),
    *(sa.Column(name, sa.Boolean, nullable=False) for name in ("owed", "put_back")),
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
    sa.Index("bundles_state", "state", "site", "writer", "epoch", "seq"),
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
    # In this order what comes together lies together, and what is looked for too; as the rows themselves do, in that of
    # their coming.
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("visit", sa.Text, primary_key=True),  # the key that it had, without the mark of a mistake
    sa.Column("form", sa.Text, primary_key=True),
    sa.Column("record", sa.Text, primary_key=True),
    sa.Column("ver", sa.Integer, primary_key=True),
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("site", sa.Text, primary_key=True),
    sa.Column("writer", sa.Text, primary_key=True),
    sa.Column(
        "epoch", sa.Integer, primary_key=True
    ),  # within one they come in order: the first is always the same
    sa.Column("op", sa.Text, nullable=False),
    sa.Column("day", sa.Integer),
    sa.Column("earlier", sa.Text, nullable=False),  # keys of the earlier visits that its results rest on
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("extra", JSON),
    sa.Column("bundle", sa.ForeignKey(BUNDLES.c.sha256), nullable=False),
    sa.Index("revisions_record", "record"),
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
# What came under one number with more than one text.
CONFLICTS = sa.Table(
    "conflicts",
    METADATA,
    sa.Column("record", sa.Text, primary_key=True),
    sa.Column("ver", sa.Integer, primary_key=True),
    sqlite_with_rowid=False,
)
STANDINGS = sa.Table(
    "standings",
    METADATA,
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("site", sa.Text, nullable=False),
    sa.Column("enrolled", sa.Integer, nullable=False),
    sa.Column("visits", sa.Integer, nullable=False),
    sa.Column("served", sa.Integer, nullable=False),
    sa.Column("due", sa.Integer, nullable=False),
    sa.Column("excluded", sa.Boolean, nullable=False),
    sa.Column("late", JSON, nullable=False),
    sa.Column("serious", JSON, nullable=False),
    sa.Column("unsigned", sa.Integer, nullable=False),
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
# What installations said of subjects handed over from one to another, by the line it stood in.
STATEMENTS = sa.Table(
    "handover_statements",
    METADATA,
    *(sa.Column(name, sa.Text, primary_key=True) for name in ("site", "writer")),
    *(sa.Column(name, sa.Integer, primary_key=True) for name in ("epoch", "seq", "place")),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("ver", sa.Integer, nullable=False),
    *(
        sa.Column(name, sa.Text, nullable=False)
        for name in ("handover", "act", "other_site", "other_writer", "file", "held", "who")
    ),
    sa.Column("bundle", sa.ForeignKey(BUNDLES.c.sha256), nullable=False),
    sa.Index("handover_statements_subject", "subject"),
    sqlite_with_rowid=False,
)
# The newest file of questions for each writer: a later one holds all that an earlier one did.
QUERY_FILES = sa.Table(
    "query_files",
    METADATA,
    sa.Column("site", sa.Text, primary_key=True),
    sa.Column("writer", sa.Text, primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("prev", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("made", sa.Text, nullable=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
)
# The data as they stood at a moment, for an analysis: which bundles count, and the digest of what counts.
CUTS = sa.Table(
    "cuts",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("through", "note", "who", "made", "digest")),
    *(sa.Column(name, JSON, nullable=False) for name in ("packs", "bundles", "subjects")),
)

QUERY, QUERY_ACT, SOURCE_MARK = thread_tables(METADATA, said_by=("id", "source"))
PACK = pack_table(METADATA)
WRITER_KEY, KEYSET_FILE = keys_table(METADATA), keysets_table(METADATA)
QUERY_FILE = Audited(QUERY_FILES, plain=("number", "prev", "content", "sha256", "name", "made"))
STATEMENT = Audited(
    STATEMENTS,
    plain=(
        "subject",
        "ver",
        "handover",
        "act",
        "other_site",
        "other_writer",
        "file",
        "held",
        "who",
        "bundle",
    ),
)
SETTING = Audited(SETTINGS, plain=("value",))
SECRET = Audited(SECRETS, hashed=("value",))
WRITER = Audited(
    WRITERS,
    plain=(
        *("fingerprint", "min_suite", "state", "registered"),
        *("valid_epoch", "valid_seq", "rno_above", "owed", "put_back"),
    ),
    hashed=("ed25519", "xwing"),
)
CHAIN = Audited(CHAINS, plain=("next_seq", "last_hash", "frozen"))
# The hash that names a bundle is over its bytes; `verify` computes it again.
BUNDLE = Audited(BUNDLES, plain=("site", "writer", "epoch", "seq", "name", "state", "code", "received"))
QUARANTINED = Audited(QUARANTINE, plain=("name", "code", "times"))
REVISION = Audited(REVISIONS, together=("bundle", "op", "body", "extra"), within=4)
DIFFERENCE = Audited(DIFFERENCES, plain=("kind", "carried", "computed", "why", "open"))
CONFLICT = Audited(CONFLICTS)
STANDING = Audited(
    STANDINGS,
    together=("site", "enrolled", "visits", "served", "due", "excluded", "late", "serious", "unsigned"),
)
RECEIPT = Audited(RECEIPTS, plain=("prev", "sha256", "name", "made"))
ANSWER = Audited(ANSWERS, plain=("status", "code", "detail", "rno"))
CUT = Audited(
    CUTS, plain=("through", "note", "who", "made", "digest"), hashed=("packs", "bundles", "subjects")
)
_FIRST_KEPT = (AUDIT, REVISIONS, RECEIPTS, QUERY.table, QUERY_ACT.table, SOURCE_MARK.table)
APPEND_ONLY = (*_FIRST_KEPT, CUTS)


def _version_1(connection: sa.Connection) -> None:
    create_all(connection, [table for table in METADATA.sorted_tables if table is not CUTS], _FIRST_KEPT)


def _version_2(connection: sa.Connection) -> None:
    """Cuts of the data."""
    create_all(connection, [CUTS], (CUTS,))


CENTRE = Schema(
    metadata=METADATA,
    audit=AUDIT,
    audited=(
        *(SETTING, SECRET, WRITER, CHAIN, BUNDLE, QUARANTINED, REVISION, DIFFERENCE, RECEIPT, ANSWER),
        *(QUERY, QUERY_ACT, SOURCE_MARK, QUERY_FILE),
        *(CONFLICT, STANDING),
        *(STATEMENT, PACK, WRITER_KEY, KEYSET_FILE, CUT),
    ),
    migrations=(_version_1, _version_2),
    append_only=APPEND_ONLY,
)
