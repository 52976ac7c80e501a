"""With which keys an installation may have signed a bundle: those of its cards, one after the other.

Rules kept here:
- A card is believed because somebody compared its fingerprint, or because a bundle signed with the card before it
  announced it.
- Once a bundle was met that is signed with a later key, an earlier key counts only for earlier numbers of the same
  epoch. So nobody goes on with a key that was replaced, in whatever order bundles come.
- After a card was compared anew, the keys before it count only for what is here already. The same holds for a revoked
  installation after its last number.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from anifro_desktop.centre.errors import OldCard
from anifro_desktop.store.writer_keys import ANNOUNCED, COMPARED, WriterKeyRow
from anifro_desktop.sync import announcing
from anifro_desktop.sync.bundle import Header, Opened, VerifyKey, is_signed, peek_header
from anifro_desktop.sync.errors import BundleRefused
from anifro_desktop.sync.keyset import Card, read_card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anifro_desktop.centre.office import Centre
    from anifro_desktop.store.centre_rows import CentreBundle, WriterRow

REVOKED = "revoked"
REVOKED_KEY = "revoked_key"


def key_for(centre: Centre, header: Header, sha256: str) -> VerifyKey | None:
    """The keys that a bundle has to be signed with; None if its sender or the key is not known.

    Raises:
        BundleRefused: `replaced_key` or `revoked_key`: such a bundle is not taken any more.
    """
    row = centre.store.writer(header.site, header.writer)
    keys = centre.store.writer_keys(header.site, header.writer)
    own = next((key for key in keys if key.kid == header.sig_kid), None)
    if row is None or own is None or header.study != centre.study:
        return None
    if not _here(centre, sha256):
        _check_time(row, keys, own, header)
    return card_of(centre, own).verify_key


def card_of(centre: Centre, key: WriterKeyRow) -> Card:
    """The card of a key."""
    return read_card(centre.store.secret(_name(key.site, key.writer, key.number)) or b"")


def keep_first(centre: Centre, card: Card, data: bytes) -> None:
    """The first card of an installation."""
    _keep(centre, WriterKeyRow(card.site, card.writer, 1, card.sig_kid, card.fingerprint, COMPARED), data)


def replace_compared(centre: Centre, card: Card, data: bytes) -> None:
    """A card that was compared in place of those before: its computer was restored, or its keys are in wrong hands.

    Raises:
        OldCard: of keys that were in use before.
    """
    keys = centre.store.writer_keys(card.site, card.writer)
    if any(key.kid == card.sig_kid for key in keys):
        raise OldCard(card.site, card.writer[:8])
    for key in keys:
        centre.store.put_writer_key(replace(key, closed=True))
    number = keys[-1].number + 1
    _keep(
        centre, WriterKeyRow(card.site, card.writer, number, card.sig_kid, card.fingerprint, COMPARED), data
    )
    _take(centre, card)


def close_before(centre: Centre, card: Card) -> bool:
    """Take a card that was announced as compared now: whoever announced it may be somebody who has the keys before it.
    False if there was nothing to close."""
    keys = centre.store.writer_keys(card.site, card.writer)
    own = next(key for key in keys if key.kid == card.sig_kid)
    left = [key for key in keys if key.number < own.number and not key.closed]
    for key in left:
        centre.store.put_writer_key(replace(key, closed=True))
    centre.store.put_writer_key(replace(own, came=COMPARED))
    return bool(left)


def only_announced(centre: Centre, card: Card) -> bool:
    """Whether a card is known because a bundle announced it, and nobody compared it since."""
    keys = centre.store.writer_keys(card.site, card.writer)
    return any(key.kid == card.sig_kid and key.came == ANNOUNCED for key in keys)


def take_announced(centre: Centre, row: CentreBundle, card: Card, data: bytes) -> bool:
    """A card that a bundle announced; False if it was known."""
    keys = centre.store.writer_keys(row.site, row.writer)
    if any(key.kid == card.sig_kid for key in keys):
        return False
    place = (row.site, row.writer, keys[-1].number + 1, card.sig_kid, card.fingerprint, ANNOUNCED)
    _keep(centre, WriterKeyRow(*place, row.epoch, row.seq), data)
    _take(centre, card)
    return True


def note_use(centre: Centre, opened: Opened) -> None:
    """Note the earliest bundle that is signed with a key."""
    header = opened.header
    keys = centre.store.writer_keys(header.site, header.writer)
    own = next(key for key in keys if key.kid == header.sig_kid)
    place = (header.epoch, header.seq)
    if not own.used_epoch or place < (own.used_epoch, own.used_seq):
        centre.store.put_writer_key(replace(own, used_epoch=header.epoch, used_seq=header.seq))


def take_in(centre: Centre, row: CentreBundle, opened: Opened) -> None:
    """What an accepted bundle says of its writer's keys.

    Raises:
        BundleRefused: `manifest_mismatch`.
    """
    following = announcing.announced(opened)
    if following is not None:
        take_announced(centre, row, *following)


def hear(centre: Centre, row: CentreBundle, opened: Opened) -> None:
    """What a bundle, applied or waiting, says of how far its writer heard the centre.

    Raises:
        BundleRefused: `manifest_mismatch`.
    """
    heard = announcing.heard(opened)
    writer = centre.store.writer(row.site, row.writer)
    if writer is None or heard <= writer.rno_above:
        return
    if heard > centre.store.last_rno(
        row.site, row.writer
    ):  # of before our data were put back, or of another centre
        centre.store.change_writer(row.site, row.writer, rno_above=heard)
    elif writer.put_back:
        centre.store.change_writer(row.site, row.writer, put_back=False)


def tell_again(centre: Centre, data: bytes) -> None:
    """Owe an installation that was revoked another receipt, which says so; nobody else who names its key."""
    header = peek_header(data)
    for key in centre.store.writer_keys(header.site, header.writer):
        if key.kid == header.sig_kid and is_signed(data, card_of(centre, key).verify_key):
            centre.store.change_writer(header.site, header.writer, owed=True)


def _here(centre: Centre, sha256: str) -> bool:
    """Whether a bundle was taken before."""
    return any(row.state == "applied" for row in centre.store.bundles(sha256=sha256))


def _check_time(row: WriterRow, keys: Sequence[WriterKeyRow], own: WriterKeyRow, header: Header) -> None:
    if row.state == REVOKED and (header.epoch != row.valid_epoch or header.seq > row.valid_seq):
        raise BundleRefused(REVOKED_KEY)
    later = [key for key in keys if key.number > own.number and key.used_epoch]
    before = all(header.epoch == key.used_epoch and header.seq < key.used_seq for key in later)
    if own.closed or not before:
        raise BundleRefused("replaced_key")


def _keep(centre: Centre, row: WriterKeyRow, data: bytes) -> None:
    centre.store.keep_secret(_name(row.site, row.writer, row.number), data)
    centre.store.put_writer_key(row)


def _take(centre: Centre, card: Card) -> None:
    """Answer under the new card from now on."""
    centre.store.change_writer(
        card.site, card.writer, owed=True, ed25519=card.sign, xwing=card.seal, fingerprint=card.fingerprint
    )
    centre.store.set_setting("registry_version", centre.registry_version + 1)


def _name(site: str, writer: str, number: int) -> str:
    return f"card/{site}/{writer}/{number}"
