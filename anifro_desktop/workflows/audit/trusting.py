"""Signatures that rest on trust in an administrator: those with a key chosen after somebody else's reset.

Whoever resets a colleague's passphrase knows the one-time one, and could choose the next with it before the colleague
does. No program can tell the two apart; so each signature after a reset is listed, with who reset and when.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from anifro_desktop.forms.model import Label
from anifro_desktop.workflows.audit import finding
from anifro_desktop.workflows.audit.model import Trusted

if TYPE_CHECKING:
    from anifro_desktop.store.signed import AfterReset
    from anifro_desktop.workflows.site import Site

UNTOLD = Label("il registro non lo dice", "the trail does not tell")
_NOTE = Label(
    "Firme di {who} con una chiave scelta dopo che {by} gli aveva dato una frase di accesso ({when}): {count}. "
    "Chiedere a {who} se sono sue.",
    "Signatures of {who} with a key chosen after {by} had given this person a passphrase ({when}): {count}. Ask "
    "{who} whether they are his or her own.",
)


def trusted(site: Site, since: int = 0) -> tuple[Trusted, ...]:
    """Each record signed so in one act after a number of the trail, in order."""
    from anifro_desktop.store.signed import after_reset

    found = (one for one in after_reset(site.clinical) if one.seq > since)
    return tuple(dict.fromkeys(_trusted(site, one) for one in found))


def _trusted(site: Site, one: AfterReset) -> Trusted:
    name = finding.place_name(site.definitions, one.visit)
    return Trusted(one.subject, one.visit, name, one.by, one.when, one.reset, _when(one))


def _when(one: AfterReset) -> datetime | None:
    return None if one.told is None else finding.local(one.told.utc, one.told.utc_offset)


def notes(site: Site) -> tuple[Label, ...]:
    """How many there are of each person after each reset, in words."""
    counts = Counter((one.who, one.by, one.reset) for one in trusted(site))
    return tuple(_note(*key, count) for key, count in counts.items())


def _note(who: str, by: str, reset: datetime | None, count: int) -> Label:
    when = UNTOLD if reset is None else Label(f"{reset:%d/%m/%Y %H:%M}", f"{reset:%d/%m/%Y %H:%M}")
    return Label(
        _NOTE.it.format(who=who, by=by, when=when.it, count=count),
        _NOTE.en.format(who=who, by=by, when=when.en, count=count),
    )
