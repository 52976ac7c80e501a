"""What is done to the key file, and how the audit trail comes to tell of it, whatever happens in between.

The plan of an act is kept in the database before the key file is written, and taken back in the transaction that tells
of the act. A plan that was left behind is told at the next opening if the key file has the version that it was for,
and dropped if it has not.

Rules kept here:
- Each act is one version of the key file. A version that the trail has no act for was made by no program of ours.
- What gives somebody a passphrase is told with the public key that came with it, which is known once it is done.
- The trail tells of a plan by its hash alone: the words of a reason stand in it once, where they can be erased.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from anifro_desktop.record import Json, canonical
from anifro_desktop.store.findings import Finding

if TYPE_CHECKING:
    from anifro_desktop.store.database import Database
    from anifro_desktop.store.slots import Keys

ACTS = (
    *("user_added", "user_changed", "user_disabled", "user_enabled", "user_removed", "passphrase_reset"),
    *("passphrase_changed", "keys_renewing", "keys_renewed", "sheet_made", "sheet_shown", "recovered"),
)
TOLD_LATER = "key_act_told"  # an act that a later opening tells of: its detail says which, by whom and when
RESET, RECOVERED = GIVING = "passphrase_reset", "recovered"
KEY = "signing_key"  # in the detail of those
VERSION, PLAN = "key_file", "key_act"  # the setting with the newest version, and the secret with the plan


@dataclass(frozen=True, slots=True)
class KeyAct:
    """What a new version of the key file is for. act: of ACTS; about: a code; detail, reason: as the trail tells."""

    act: str
    about: str = ""
    detail: Json = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """An act that is about to be done. version: of the key file with it; by: a person's code; utc: when."""

    version: int
    by: str
    utc: str
    act: KeyAct

    def to_bytes(self) -> bytes:
        """As it is kept; with something random, since its hash stands in the trail."""
        facts: dict[str, Json] = {"version": self.version, "by": self.by, "utc": self.utc}
        return canonical({**facts, "act": asdict(self.act), "salt": secrets.token_hex(16)})

    def detail(self, keys: Keys) -> Json:
        """The detail of the act. keys: as they are with it."""
        if self.act.act not in GIVING:
            return self.act.detail
        return {KEY: keys.signers[self.act.about][0].hex()}

    def told(self, keys: Keys) -> Json:
        """The detail of `TOLD_LATER`."""
        return {"act": self.act.act, "by": self.by, "utc": self.utc, "detail": self.detail(keys)}


def read_plan(raw: bytes | None) -> Plan | None:
    """The plan that is kept; None if there is none."""
    if not raw:
        return None
    data = json.loads(raw)
    return Plan(data["version"], data["by"], data["utc"], KeyAct(**data["act"]))


def untold(store: Database, after: int = 0) -> Iterator[Finding]:
    """The entries after a number in which the trail takes note of versions of the key file, with fewer acts than
    versions up to the next such entry. The first version is that of a new site, which no act is about."""
    import sqlalchemy as sa  # not needed where acts are only named, as on the first screen

    audit = store.SCHEMA.audit.c
    noted = (audit.table == "settings") & (audit.record == VERSION)
    act = (audit.table == "act") & audit.field.in_((*ACTS, TOLD_LATER))
    query = sa.select(audit.seq, audit.table, audit.old, audit.new).where(noted | act).order_by(audit.seq)
    with store.reading() as tx:
        rows = tx.connection.execute(query).all()
    missing: dict[int, int] = {}  # the number of an entry, and how many acts it lacks
    last = 0
    for seq, table, old, new in rows:
        if table == "settings":
            last, missing[seq] = seq, _versions(old, new)
        elif last:
            missing[last] -= 1
    for seq, count in missing.items():
        if count > 0 and seq > after:
            yield Finding("key_file_untold", {"name": store.path.name, "seq": seq})


def _versions(old: Json, new: Json) -> int:
    """How many versions lie between two that were noted; what is no number is found by the trail's own check."""
    return new - old if isinstance(old, int) and isinstance(new, int) else 0
