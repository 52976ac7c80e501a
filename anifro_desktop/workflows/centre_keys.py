"""The centre's keys as this site believes them: newer ones taken, another root confirmed by people, expiry told.

Rules kept here:
- A newer keyset of the root that is pinned is taken as it comes; its version only rises.
- Another root signed by both is kept, and used only after somebody compared its fingerprint with the centre. Another
  root without the old one's signature (the centre lost everything) is taken only by `replace`, with the fingerprint
  typed as it was read aloud; sending then begins anew, with everything.
- Expiry is told and stops nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from anifro_desktop.crypto.fingerprint import same
from anifro_desktop.record import Json
from anifro_desktop.sync.bundle import kid
from anifro_desktop.sync.errors import ForeignKeyset, OldKeyset, WrongFingerprint
from anifro_desktop.sync.keyset import Keyset, next_keyset, read_keyset
from anifro_desktop.sync.keysetfile import open_keyset
from anifro_desktop.workflows.errors import NoReason, NotYourRole
from anifro_desktop.workflows.exchange_errors import NoKeysetWaits

if TYPE_CHECKING:
    from anifro_desktop.sync.bundle import VerifyKey
    from anifro_desktop.sync.header import Header
    from anifro_desktop.workflows.site import Site

TAKEN, REPEATED, WAITS = "keyset", "repeated_keyset", "keyset_waits"
_BEFORE = "centre_keys_before"  # the setting with the names of the centre's signing keys of before
_WHAT = "centre keyset"


@dataclass(frozen=True, slots=True)
class CentreKeys:
    """How the centre's keys stand here. fingerprint: of the root in use; waiting: that of another root, for a person
    to compare, empty if none waits; expired: a newer keyset should be asked for."""

    version: int
    fingerprint: str
    expires: date
    expired: bool
    waiting: str = ""


def state(site: Site) -> CentreKeys:
    """How they stand."""
    keyset, other = site.keyset(), site.clinical.waiting_keyset()
    waiting = "" if other is None else read_keyset(other).fingerprint
    expired = keyset.expired(site.today())
    return CentreKeys(keyset.version, keyset.fingerprint, keyset.expires, expired, waiting)


def take_bundle(
    site: Site,
    data: bytes,
    *,
    key_for: Callable[[Header], VerifyKey | None],
    seed_for: Callable[[str], bytes | None],
) -> str:
    """Take a keyset that came as a bundle (arguments as of `open_bundle`); what became of it, as `take` says.

    Raises:
        BundleRefused: not the centre's, or not for this site. What `take` does.
    """
    return take(site, open_keyset(data, key_for=key_for, seed_for=seed_for))


def take(site: Site, data: bytes) -> str:
    """Take a keyset's file: `keyset` if it is in use now, `repeated_keyset` if it or a later one was before, or
    `keyset_waits` for somebody to compare another root's fingerprint.

    Raises:
        KeyFileDamaged, ForeignKeyset: nothing was changed. OldKeyset: another keyset under the number in use.
    """
    current = site.keyset()
    try:
        keyset = next_keyset(current, data)
    except OldKeyset as refusal:
        if int(refusal.params["version"]) < current.version:
            return REPEATED
        raise
    if keyset == current:
        return REPEATED
    if keyset.root != current.root:
        if site.clinical.waiting_keyset() != data:
            with site.clinical.transaction():
                site.clinical.keep_waiting_keyset(data)
                site.clinical.log("keyset_waits", "", _told(current, keyset))
        return WAITS
    _use(site, keyset, data)
    return TAKEN


def accept(site: Site, fingerprint: str) -> None:
    """Use the keyset that waits. fingerprint: of its root, as it was compared with the centre.

    Raises:
        NotYourRole, NoKeysetWaits. WrongFingerprint: nothing was changed.
    """
    _check_role(site)
    data = site.clinical.waiting_keyset()
    if data is None:
        raise NoKeysetWaits
    keyset = next_keyset(site.keyset(), data)
    if not same(keyset.fingerprint, fingerprint):
        raise WrongFingerprint(_WHAT)
    _use(site, keyset, data)


def replace(site: Site, data: bytes, fingerprint: str, reason: str) -> int:
    """Believe a centre that lost everything and made another root: take its keyset, and begin sending anew; the epoch.
    fingerprint: as the centre reads it out.

    Raises:
        NotYourRole, NoReason, KeyFileDamaged, WrongFingerprint: nothing was changed. ForeignKeyset: another study's.
        OldKeyset: it is the root in use, whose keysets are taken as they come.
    """
    _check_role(site)
    if not reason.strip():
        raise NoReason
    current, keyset = site.keyset(), read_keyset(data, fingerprint)
    if keyset.study != current.study:
        raise ForeignKeyset
    if keyset.root == current.root:
        raise OldKeyset(keyset.version, current.version)
    with site.clinical.transaction():
        _use(site, keyset, data, reason)
        return site.clinical.start_epoch(reason)


def is_of_before(site: Site, sig_kid: str) -> bool:
    """Whether a file names a signing key that the centre has replaced: what it says came later by another file too."""
    before = site.clinical.setting(_BEFORE, [])
    return isinstance(before, list) and sig_kid in before


def _use(site: Site, keyset: Keyset, data: bytes, reason: str = "") -> None:
    current = site.keyset()
    known = site.clinical.setting(_BEFORE, [])
    before = [one for one in known if isinstance(one, str)] if isinstance(known, list) else []
    name = kid(current.sign)
    with site.clinical.transaction():
        site.clinical.set_centre_keyset(data, reason)
        if keyset.sign != current.sign and name not in before:
            site.clinical.set_setting(_BEFORE, [*before, name])
        if site.clinical.waiting_keyset() is not None:
            site.clinical.keep_waiting_keyset(b"")
        site.clinical.log("keyset_taken", "", _told(current, keyset), reason)


def _told(current: Keyset, keyset: Keyset) -> Json:
    told: dict[str, Json] = {"version": keyset.version}
    if current.root != keyset.root:
        told |= {"old": current.fingerprint, "new": keyset.fingerprint}
    return told


def _check_role(site: Site) -> None:
    if not site.may("site_admin"):
        raise NotYourRole("change the centre's keys", "site administrator")
