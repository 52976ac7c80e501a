"""The screening of free texts at a site: who is known, what a text to be sent may say, and letting one go.

Rules kept here:
- Whoever may not read identities screens all the same: what is known of people are keyed hashes in the clinical file.
- Hashes follow each identity that is saved or erased. What a name was before it was corrected still counts; what was
  erased counts no more. People who work here count too.
- A text that was found out is held back, never changed; an investigator lets it go, with a reason. It is let go as it
  stands: changed by a letter, it is held back again.
- A date as the program writes them (2026-11-20) is let go by nobody: Pisa would not take what holds one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from anifro_desktop.forms.screening import Screened, Tokens, screen, tokens_of, tokens_of_name
from anifro_desktop.sync.records import dated
from anifro_desktop.workflows.errors import NoReason, NotYourRole
from anifro_desktop.workflows.exchange_errors import TextStays

if TYPE_CHECKING:
    from anifro_desktop.identity import Identity
    from anifro_desktop.workflows.site import Site

RELEASING = ("investigator",)


def tokens(site: Site) -> Tokens:
    """Everybody known here: patients, and the people who work here. Kept with the site until an identity changes."""
    if site.known is None:
        from anifro_desktop.workflows.entrance import people

        key = site.clinical.site_keys().screening_key
        patients = (one for hashes in site.clinical.known().values() for one in hashes)
        staff = (one for person in people(site.folder) for one in tokens_of_name(person.name, key))
        site.known = Tokens(key).knowing((*patients, *staff))
    return site.known


def look(site: Site, text: str) -> Screened:
    """What of a text may tell who somebody is; where it is read as it is typed, and before it leaves."""
    return screen(text, tokens(site))


def leaving(site: Site, item: str, text: str) -> str:
    """What may leave of a text: itself, if nothing was found in it or somebody let it go, or a mark in its place.

    item: what the text is, such as the id of an answer.
    """
    found = look(site, text)
    return text if found.clean or let_out(site, item, text) else found.leaving


def let_out(site: Site, item: str, text: str) -> bool:
    """Whether somebody let a text go that can go."""
    return not dated(text) and site.clinical.released(item, text)


def is_held(site: Site, item: str, text: str) -> bool:
    """Whether a text is held back."""
    return leaving(site, item, text) != text


def release(site: Site, item: str, text: str, reason: str, about: str) -> None:
    """Let a text go as it stands. about: the patient and visit, for the trail.

    Raises:
        NotYourRole: not an investigator. NoReason. TextStays: there is a date in it.
    """
    if not site.may(*RELEASING):
        raise NotYourRole("let a text go", "investigator")
    if not reason.strip():
        raise NoReason
    if dated(text):
        raise TextStays
    with site.clinical.transaction():
        site.clinical.release(item, text, reason.strip())
        site.clinical.log("text_released", about, {"item": item}, reason=reason.strip())


def remember(site: Site, subject: str, identity: Identity) -> None:
    """After an identity was saved: know it, and still what it was before."""
    key = site.clinical.site_keys().screening_key
    site.clinical.set_known(
        subject, site.clinical.known().get(subject, frozenset()) | tokens_of(identity, key)
    )
    _learn(site)


def forget(site: Site, subject: str) -> None:
    """After an identity, or what it was before, was erased: know only what stands there still."""
    person = site.names.get(subject)
    key = site.clinical.site_keys().screening_key
    site.clinical.set_known(subject, tokens_of(person, key) if person is not None else ())
    _learn(site)


def catch_up(site: Site) -> None:
    """Know everybody whose identity is here and is not known yet: after a restore, or a program that was cut off."""
    if site.identities is None:
        _learn(site)
        return
    key, known = site.clinical.site_keys().screening_key, site.clinical.known()
    for subject, person in site.names.items():
        hashes = tokens_of(person, key)
        if not hashes <= known.get(subject, frozenset()):
            site.clinical.set_known(subject, known.get(subject, frozenset()) | hashes)
    for subject in known.keys() - site.names.keys():
        if known[subject]:
            site.clinical.set_known(subject, ())
    _learn(site)


def _learn(site: Site) -> None:
    site.known = None
    tokens(site)
