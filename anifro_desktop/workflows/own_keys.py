"""The keys with which this site signs for the centre and opens its answers: made anew, told, and taken into use.

There are two ways. The usual one: the next bundle tells the centre the new card, signed with the keys of before, and
once a receipt says that it was taken the site signs with the new keys; nothing is sent again. The other, for a computer
that was lost or restored, where the centre may know later keys than this database: new keys at once, whose card
somebody reads out to the centre again; sending begins anew, with everything.

Rules kept here:
- Only one change is under way: a second one takes the place of the first, wherever that has got to.
- What was sealed to keys of before is still opened.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anifro_desktop.errors import Refusal
from anifro_desktop.workflows.errors import NoReason, NotYourRole
from anifro_desktop.workflows.exchange_errors import WriterRevoked

if TYPE_CHECKING:
    from anifro_desktop.sync.keyset import Card
    from anifro_desktop.sync.receipt import Receipt
    from anifro_desktop.workflows.site import Site


@dataclass(frozen=True, slots=True)
class KeyState:
    """How it stands. fingerprint: of the card in use; coming: new keys are made and the centre does not know them yet;
    told: number of the bundle of this epoch that tells of them, 0 if none does yet."""

    fingerprint: str
    coming: bool
    told: int


def state(site: Site) -> KeyState:
    """How the site's keys stand."""
    following = site.clinical.next_keys()
    if following is None:
        return KeyState(site.card().fingerprint, coming=False, told=0)
    same = following.epoch == site.clinical.next_position().epoch
    return KeyState(site.card().fingerprint, coming=True, told=following.seq if same else 0)


def renew(site: Site, reason: str) -> None:
    """Make new keys, which the next bundle tells to the centre.

    Raises:
        NotYourRole, NoReason, CannotSave: nothing was changed.
    """
    _check(site, reason)
    site.clinical.renew_own_keys(reason)


def renew_at_once(site: Site, reason: str) -> Card:
    """Make new keys and sign with them from now on; their card, beside the database, goes to the centre by hand.

    Raises:
        NotYourRole, NoReason, WriterRevoked, CannotSave: nothing was changed. CannotWrite: the card is not there, do it
        again.
    """
    from anifro_desktop.workflows.site import write_card

    _check(site, reason)
    if site.clinical.setting("sending_locked") == "revoked":
        raise WriterRevoked
    with site.clinical.transaction():
        site.clinical.make_next_keys(reason)
        site.clinical.use_next_keys(reason)
        site.clinical.start_epoch(reason)
        site.clinical.log("site_keys_used", "", {"epoch": site.clinical.next_position().epoch}, reason)
    return write_card(site.clinical)


def to_announce(site: Site) -> bytes | None:
    """The card that the next bundle has to tell; None if there is nothing to tell."""
    from anifro_desktop.crypto import hybrid
    from anifro_desktop.sync.keyset import make_card

    following = site.clinical.next_keys()
    if following is None or following.epoch == site.clinical.next_position().epoch:
        return None
    return make_card(
        study=site.keyset().study,
        site=site.code,
        writer=site.keys.writer,
        sign_seed=following.signing_seed,
        seal_public=hybrid.public_bytes(following.receiving_seed),
    )


def confirm(site: Site, receipt: Receipt) -> None:
    """Take the next keys into use if a receipt says that the centre knows them."""
    following = site.clinical.next_keys()
    if following is None or not following.seq or receipt.epoch != following.epoch:
        return
    if receipt.acked_to < following.seq:
        return
    with site.clinical.transaction():
        site.clinical.use_next_keys()
        site.clinical.log("site_keys_used")
    write_card_again(site)


def write_card_again(site: Site) -> None:
    """Put the card of the keys in use beside the database; where that cannot be done, the one of before stays."""
    from anifro_desktop.workflows.site import write_card

    with suppress(Refusal):
        write_card(site.clinical)


def _check(site: Site, reason: str) -> None:
    if not site.may("site_admin"):
        raise NotYourRole("change the keys", "site administrator")
    if not reason.strip():
        raise NoReason
