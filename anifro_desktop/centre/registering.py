"""Which installations may send: cards taken in after somebody compared their fingerprint aloud or on paper.

Rules kept here:
- No card without its fingerprint, however it came; nothing is registered on a mismatch.
- A site may have several writers, each with its own keys and chain. The same card again changes nothing.
- A revoked writer's bundles are refused after a number, and those that wait set aside; what it sent before stays. It is
  told by a receipt, and nobody lets it in again.
- Another card of a known writer needs a word of its own (`replace`), beside its fingerprint; see `writer_keys`. That
  word closes the keys before the card, even if whoever has those announced it first.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from anifro_desktop.centre import writer_keys
from anifro_desktop.centre.errors import (
    FingerprintDiffers,
    NotACard,
    OtherKey,
    OtherStudy,
    SuiteTooWeak,
    WriterGone,
)
from anifro_desktop.centre.office import DATA_MANAGER, Centre
from anifro_desktop.crypto.fingerprint import same
from anifro_desktop.crypto.hybrid import HYBRID
from anifro_desktop.store.centre_answers import AnswerRow
from anifro_desktop.store.centre_rows import CentreBundle, WriterRow
from anifro_desktop.sync.errors import KeyFileDamaged
from anifro_desktop.sync.keyset import Card, read_card, read_keyset

_SUITE = HYBRID  # every card carries an X-Wing key, so a site seals with suite 2 or better


@dataclass(frozen=True, slots=True)
class Registered:
    """A writer that may send. new: whether this card was not known yet. announced: known only because a bundle signed
    with the keys before announced it, and those keys are not closed."""

    site: str
    writer: str
    fingerprint: str
    new: bool
    announced: bool = False


def register(centre: Centre, card_bytes: bytes, fingerprint: str, *, replace: bool = False) -> Registered:
    """Take a site's card in. fingerprint: as the site read it out. replace: the card may take the place of another of
    the same computer, which was restored or whose keys are in wrong hands, also where a bundle announced it already.

    Raises:
        RoleNeeded: not a data manager. KeyFileDamaged, NotACard: not a whole card. FingerprintDiffers, OtherStudy,
        OtherKey, OldCard, WriterGone, SuiteTooWeak: nothing was registered.
    """
    centre.need(DATA_MANAGER)
    card = _read(card_bytes)
    if not same(card.fingerprint, fingerprint):
        raise FingerprintDiffers
    if card.study != centre.study:
        raise OtherStudy(card.study)
    if (least := centre.min_suite) > _SUITE and card.mldsa is None:
        raise SuiteTooWeak(_SUITE, least)
    known = writer_row(centre, card.site, card.writer)
    if known is not None:
        if known.state == writer_keys.REVOKED:
            raise WriterGone(card.site, card.writer[:8])
        if known.fingerprint != card.fingerprint:
            if not replace:
                raise OtherKey(card.site, card.writer[:8])
            with centre.store.transaction():
                writer_keys.replace_compared(centre, card, card_bytes)
            return Registered(card.site, card.writer, card.fingerprint, new=True)
        with centre.store.transaction():
            new = replace and writer_keys.close_before(centre, card)
        announced = writer_keys.only_announced(centre, card)
        return Registered(card.site, card.writer, card.fingerprint, new=new, announced=announced)
    _keep(centre, card, card_bytes)
    return Registered(card.site, card.writer, card.fingerprint, new=True)


def last_counted(centre: Centre, site: str, writer: str, last: int | None = None) -> tuple[int, int]:
    """Epoch and number of the last bundle of a writer that would count if it were revoked; see `revoke`. What is here
    counts already, whatever smaller number is asked for.

    Raises:
        RoleNeeded, WriterGone: as `revoke`.
    """
    centre.need(DATA_MANAGER)
    known = writer_row(centre, site, writer)
    if known is not None and known.state == writer_keys.REVOKED:
        raise WriterGone(site, writer[:8])
    chains = [row for row in centre.store.chains() if (row.site, row.writer) == (site, writer)]
    newest = max(chains, key=lambda row: row.epoch, default=None)
    epoch, here = (newest.epoch, newest.next_seq - 1) if newest else (1, 0)
    return epoch, here if last is None else max(last, here)


def revoke(centre: Centre, site: str, writer: str, reason: str, last: int | None = None) -> tuple[int, int]:
    """Refuse what this writer sends after its bundle number `last` of its newest epoch (None: after what is here);
    returns epoch and number of the last that counts. What was taken before stays. It is for ever.

    Raises:
        RoleNeeded: not a data manager. NotFound: no such writer. WriterGone: it was revoked before.
    """
    centre.need(DATA_MANAGER)
    with centre.store.transaction():
        epoch, number = last_counted(centre, site, writer, last)
        facts = {"state": writer_keys.REVOKED, "valid_epoch": epoch, "valid_seq": number, "owed": True}
        centre.store.change_writer(site, writer, reason, **facts)
        for row in centre.store.bundles(site=site, writer=writer, state="held"):
            if row.epoch != epoch or row.seq > number:
                set_aside(centre, row, writer_keys.REVOKED_KEY)
        _next_version(centre)
    return epoch, number


def set_aside(centre: Centre, row: CentreBundle, code: str) -> None:
    """Answer that a held bundle will never count, and let it take no more room of what its site may have waiting."""
    data = centre.store.bundle_bytes(row.sha256)
    centre.store.keep_bundle(replace(row, state="forked", code=code), data)
    place = (row.site, row.writer, row.epoch, row.seq)
    centre.store.answer([AnswerRow(row.sha256, 0, *place, "quarantined", code)])


def writer_row(centre: Centre, site: str, writer: str) -> WriterRow | None:
    """The registration of a writer, if there is one."""
    return centre.store.writer(site, writer)


def _read(data: bytes) -> Card:
    try:
        return read_card(data)
    except KeyFileDamaged:
        with suppress(KeyFileDamaged):
            read_keyset(data)
            raise NotACard from None
        raise


def _keep(centre: Centre, card: Card, card_bytes: bytes) -> None:
    row = WriterRow(card.site, card.writer, card.sign, card.seal, card.fingerprint, centre.min_suite)
    with centre.store.transaction():
        centre.store.register_writer(row)
        writer_keys.keep_first(centre, card, card_bytes)
        _next_version(centre)


def _next_version(centre: Centre) -> None:
    """The version of the registry that receipts name rises with every change of it."""
    centre.store.set_setting("registry_version", centre.registry_version + 1)
