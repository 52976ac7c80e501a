"""Proving that what is stored is what was entered: when it is checked, how far, and what that may stop.

- At each unlocking, `quick`: anchors, key file, first bytes, the newest entries of the trail.
- When the last full check is older than a week, `begin`, `prove` and `finish`, behind the work: on a copy.
- Before each export, `before_export`: in full. What means that data were altered, or an older copy put back, stops it.
- At any time, `full`, as a person asks.

Rules kept here:
- That a full check was made, and how much it found, is told to the trail and kept beside it.
- Nothing that is found is acted on here; the data stay as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from anifro_desktop.record import Json
from anifro_desktop.workflows.errors import CannotNoteSeen, DataAltered, NotYourRole
from anifro_desktop.workflows.model import Finding

if TYPE_CHECKING:
    from anifro_desktop.store import checkup
    from anifro_desktop.store.clock import Doubt
    from anifro_desktop.store.database import Database
    from anifro_desktop.store.erasing import Told
    from anifro_desktop.store.findings import Finding as Found
    from anifro_desktop.workflows.site import Site

ACT = "verified"
EVERY = timedelta(days=7)
# Findings after which nothing leaves. Each means that an answer, a signature, the trail or a sealed bundle is not what
# a person here left, or that part of it is gone: sent on, it would be taken for the truth. The others stop nothing,
# since the data are whole by trail and signatures: a key file that was mended from its copy, an anchor beside the
# database that was lost (the trail tells of it until an administrator notes why), the first bytes of the file, which
# hold no data. What a receipt is ahead of has a lock of its own (`sending`), with a way on.
ALTERED = frozenset(
    (
        *("page_damaged", "structure_damaged", "link_broken", "schema_changed", "row_changed", "row_missing"),
        *("trail_gap", "trail_hash", "trail_hidden", "trail_transaction", "trail_signer", "trail_signature"),
        *("trail_time", "trail_role", "trail_entering", "record_author", "record_role", "visit_unsigned"),
        *("trail_form", "trail_lent", "facts_differ"),
        *(
            "record_broken",
            "record_changed",
            "record_hidden",
            "signature_broken",
            "bundle_changed",
            "bundle_chain",
            "rolled_back",
        ),
    )
)
# What a person may note as seen, since the data are whole and only a file beside them was not.
NOTABLE = frozenset(("anchor_damaged", "key_file_untold"))
# Each says already that sending is locked, and why.
_LOCKING = frozenset(("rolled_back", "receipt_ahead"))


@dataclass(frozen=True, slots=True)
class Copied:
    """A full check that was begun. seq: the entry up to which it looks."""

    copy: checkup.Copy
    seq: int


def quick(site: Site) -> list[Finding]:
    """What can be seen at once, at each unlocking: anchors, key file, first bytes, the newest entries of the trails."""
    from anifro_desktop.store.verify import verify as verify_store

    return _own([one for store in _stores(site) for one in verify_store(store, quick=True)])


def full(site: Site) -> list[Finding]:
    """`verify`, told to the trail.

    Raises:
        CannotSave: the disk is full or failed, so that not all could be checked or told.
    """
    found, seq = verify(site), site.clinical.audit_head().seq
    _tell(site, found, seq)
    return found


def last_full(site: Site) -> datetime | None:
    """When everything was last checked, whatever was found."""
    known = site.clinical.setting(ACT)
    return datetime.fromisoformat(str(known["utc"])) if isinstance(known, dict) else None


def due(site: Site) -> bool:
    """Whether the last full check is older than a week, or of tomorrow; of a new site, whether it is a week old."""
    now, last = site.clock.now(), last_full(site) or founded(site)
    return not now - EVERY < last <= now


def begin(site: Site) -> Copied:
    """The short part, on the database's thread: copy.

    Raises:
        NoRoom, DiskFull, CannotWrite, CannotSave, DatabaseDamaged: nothing was begun.
    """
    from anifro_desktop.store import checkup

    seq = site.clinical.audit_head().seq
    return Copied(checkup.begin(site.folder, site.keys, tuple(_stores(site))), seq)


def prove(copied: Copied) -> list[Finding]:
    """The long part, which needs nothing of the open site and may run on any thread.

    Raises:
        CannotSave: the disk is full or failed.
    """
    from anifro_desktop.store import checkup

    return _own(checkup.prove(copied.copy))


def discard(copied: Copied) -> None:
    """Throw a check away that was begun and that nobody waits for any more."""
    from anifro_desktop.store import checkup

    checkup.discard(copied.copy)


def finish(site: Site, copied: Copied, found: list[Finding]) -> list[Finding]:
    """Add what only the open site knows, and tell the trail: all that was found."""
    known = _distinct(site, [*found, *quick(site), *_states(site), *_backups(site), *_sheets(site)])
    _tell(site, known, copied.seq)
    return known


def before_export(site: Site) -> None:
    """Check everything before something leaves.

    Raises:
        DataAltered: something is not what was entered here, or an older copy of it was put back; nothing may leave.
    """
    altered = [one for one in full(site) if one.code in ALTERED]
    if any(one.code == "rolled_back" for one in altered):
        # Its next bundle would bear a number that another one has. The way on is a restore, or to begin anew.
        site.clinical.lock_sending("rolled_back")
    if altered:
        raise DataAltered(len(altered))


def altered_of(site: Site, subject: str) -> list[Finding]:
    """What a full check would find altered in the records of one patient, also as the open transaction has them."""
    from anifro_desktop.store.clinical_checks import record_findings

    found = [*_own(list(record_findings(site.clinical, subject))), *_states(site, subject)]
    return [one for one in found if one.code in ALTERED]


def seen(site: Site) -> None:
    """What the anchors told was looked into, since sending begins anew: it is not found again."""
    site.clinical.log("checked")
    if site.identities is not None:
        site.identities.log("checked")


def note_seen(site: Site, reason: str) -> None:
    """Note that an anchor found missing or damaged was looked into, and what it was: it is not found again.

    Raises:
        NotYourRole: not a site administrator. CannotNoteSeen: no reason, nothing of the kind, or older data.
    """
    if not site.may("site_admin"):
        raise NotYourRole("note what a check found as seen", "site administrator")
    if not reason.strip():
        raise CannotNoteSeen("reason")
    if behind(site):
        raise CannotNoteSeen("older")
    if not any(one.code in NOTABLE for one in quick(site)):
        raise CannotNoteSeen("nothing")
    for store in _stores(site):
        store.log("checked", reason=reason.strip())
        store.anchors_seen()


def behind(site: Site) -> list[Finding]:
    """What tells that the data here are older than they once were: this computer's anchors, or its backups."""
    return [one for one in [*quick(site), *_backups(site)] if one.code == "rolled_back"]


def erasures(site: Site) -> tuple[Told, ...]:
    """What the check believes because an administrator erased it: by whom, when and why, in the order of the acts."""
    from anifro_desktop.store.erasing import told

    return tuple(sorted((one for store in _stores(site) for one in told(store)), key=lambda one: one.utc))


def clock_doubt(site: Site) -> Doubt | None:
    """The first time since unlocking at which this computer's clock could not be believed."""
    return site.clinical.clock_doubt


def _stores(site: Site) -> list[Database]:
    return [site.clinical] if site.identities is None else [site.clinical, site.identities]


def _own(found: list[Found]) -> list[Finding]:
    return [Finding(item.code, item.sentence, item.params) for item in found]


def _tell(site: Site, found: list[Finding], seq: int) -> None:
    with site.clinical.transaction() as tx:
        detail: dict[str, Json] = {"findings": len(found), "to": seq}
        site.clinical.log(ACT, detail=detail)
        site.clinical.set_setting(ACT, {"utc": tx.stamp.utc, **detail})


def founded(site: Site) -> datetime:
    """When the site was made."""
    first = site.clinical.audit_entries(limit=1)
    return datetime.fromisoformat(first[0].entry.utc) if first else site.clock.now()


def verify(site: Site, pulse: Callable[[int], object] = lambda _more: None) -> list[Finding]:
    """Check both databases, the audit trail, signatures and sealed bundles; no finding means that all is well. pulse:
    told of how many entries of the trails more were checked; raising there stops it."""
    from anifro_desktop.store.verify import verify as verify_store

    found = _own([one for store in _stores(site) for one in verify_store(store, pulse=pulse)])
    return _distinct(site, [*found, *_states(site), *_bundles(site), *_backups(site), *_sheets(site)])


def _states(site: Site, subject: str | None = None) -> list[Finding]:
    """Visits and other records that say they are signed and are not, or that are of another day than their forms, and
    patients of whom the same is true; signatures that do not hold the stores find. subject: of one patient alone."""
    from anifro_desktop.store.findings import Finding as Found
    from anifro_desktop.workflows.agreeing import differing
    from anifro_desktop.workflows.signing import unfounded

    found = [Found("visit_unsigned", {"record": row.id}) for row in unfounded(site, subject)]
    found += [
        Found("facts_differ", {"table": table, "record": record, "field": name})
        for table, record, name in differing(site, subject)
    ]
    return _own(found)


def _backups(site: Site) -> list[Finding]:
    """Whether the trails here still have what the backups of this epoch end with."""
    from anifro_desktop.store.findings import Finding as Found
    from anifro_desktop.workflows import backups

    ahead = backups.ahead(site)
    return _own([Found("rolled_back", {"name": name, "seq": seq}) for name, seq in ahead])


def _sheets(site: Site) -> list[Finding]:
    """A recovery sheet that was made and never confirmed as shown."""
    from anifro_desktop.store import sheet
    from anifro_desktop.store.findings import Finding as Found

    unseen = sheet.numbers(site.folder)[1]
    return _own([Found("sheet_unseen", {"number": unseen})]) if unseen else []


def _distinct(site: Site, found: list[Finding]) -> list[Finding]:
    """Each finding once, and of an older file the furthest that it ever was; and that sending is locked, if nothing
    else says so."""
    from anifro_desktop.store.findings import Finding as Found

    known = {repr(one): one for one in found}
    older = [one for one in found if one.code == "rolled_back"]
    for one in older:
        if any(one.params["name"] == other.params["name"] and _further(other, one) for other in older):
            known.pop(repr(one), None)
    if site.clinical.sending_locked() and not any(one.code in _LOCKING for one in found):
        known |= {repr(one): one for one in _own([Found("sending_locked")])}
    return list(known.values())


def _further(one: Finding, other: Finding) -> bool:
    return int(one.params["seq"]) > int(other.params["seq"])


def _bundles(site: Site) -> list[Finding]:
    found = []
    for row in site.clinical.bundles():
        if hashlib.sha256(site.clinical.bundle_bytes(row.epoch, row.seq)).hexdigest() != row.sha256:
            sentence = (
                f"Bundle {row.seq} is not the file that was sealed: restore a backup before sending it again."
            )
            found.append(Finding("bundle_changed", sentence, {"bundle": row.seq}))
    return found
