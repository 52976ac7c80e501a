"""Which installations may send: cards taken in after somebody compared their fingerprint aloud or on paper.

Rules kept here:
- No card without its fingerprint, however it came; nothing is registered on a mismatch.
- A site may have several writers, each with its own keys and chain. The same card again changes nothing.
- A revoked writer's bundles are refused from then on; what it sent before stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from anifro_desktop.centre.errors import FingerprintDiffers, OtherKey, OtherStudy, SuiteTooWeak
from anifro_desktop.centre.office import DATA_MANAGER, Centre
from anifro_desktop.crypto.fingerprint import same
from anifro_desktop.crypto.hybrid import HYBRID
from anifro_desktop.store.centre_rows import WriterRow
from anifro_desktop.sync.bundle import VerifyKey
from anifro_desktop.sync.keyset import Card, read_card

_SUITE = HYBRID  # every card carries an X-Wing key, so a site seals with suite 2 or better


@dataclass(frozen=True, slots=True)
class Registered:
    """A writer that may send. new: whether this card was not known yet."""

    site: str
    writer: str
    fingerprint: str
    new: bool


def register(centre: Centre, card_bytes: bytes, fingerprint: str) -> Registered:
    """Take a site's card in. fingerprint: as the site read it out.

    Raises:
        RoleNeeded: not a data manager. KeyFileDamaged: not a whole card. FingerprintDiffers, OtherStudy,
        OtherKey, SuiteTooWeak: nothing was registered.
    """
    centre.need(DATA_MANAGER)
    card = read_card(card_bytes)
    if not same(card.fingerprint, fingerprint):
        raise FingerprintDiffers(card.fingerprint)
    if card.study != centre.study:
        raise OtherStudy(card.study)
    if (least := centre.min_suite) > _SUITE and card.mldsa is None:
        raise SuiteTooWeak(_SUITE, least)
    known = writer_row(centre, card.site, card.writer)
    if known is not None:
        if known.fingerprint != card.fingerprint:
            raise OtherKey(card.site, card.writer[:8])
        return Registered(card.site, card.writer, card.fingerprint, new=False)
    _keep(centre, card, card_bytes)
    return Registered(card.site, card.writer, card.fingerprint, new=True)


def revoke(centre: Centre, site: str, writer: str, reason: str) -> None:
    """Refuse everything this writer sends from now on.

    Raises:
        RoleNeeded: not a data manager. NotFound: no such writer.
    """
    centre.need(DATA_MANAGER)
    with centre.store.transaction():
        centre.store.set_writer_state(site, writer, "revoked", reason)
        _next_version(centre)


def writer_row(centre: Centre, site: str, writer: str) -> WriterRow | None:
    """The registration of a writer, if there is one."""
    return next((row for row in centre.store.writers() if (row.site, row.writer) == (site, writer)), None)


def verify_key(centre: Centre, site: str, writer: str) -> VerifyKey | None:
    """The keys that a writer's bundles are checked with; None if it is unknown or revoked."""
    row = writer_row(centre, site, writer)
    if row is None or row.state != "registered":
        return None
    return read_card(centre.store.secret(_card_name(site, writer)) or b"").verify_key


def _keep(centre: Centre, card: Card, card_bytes: bytes) -> None:
    row = WriterRow(card.site, card.writer, card.sign, card.seal, card.fingerprint, centre.min_suite)
    with centre.store.transaction():
        centre.store.register_writer(row)
        centre.store.keep_secret(_card_name(card.site, card.writer), card_bytes)
        _next_version(centre)


def _next_version(centre: Centre) -> None:
    """The version of the registry that receipts name rises with every change of it."""
    centre.store.set_setting("registry_version", centre.registry_version + 1)


def _card_name(site: str, writer: str) -> str:
    return f"card/{site}/{writer}"
