"""`anifro-desktop site keys` and `site keyset`: the keys with which a site signs for the centre, and the centre's."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from anifro_desktop.commands.common import read_input, say
from anifro_desktop.commands.words import day
from anifro_desktop.workflows import centre_keys, own_keys
from anifro_desktop.workflows.site import Site

Opener = Callable[[Namespace], Any]

_WORDS = {
    "it": {
        "keys": "Impronta della scheda in uso: {fingerprint}",
        "coming": "Chiavi nuove pronte: il prossimo invio le annuncia a Pisa.",
        "told": "Chiavi nuove annunciate nel pacchetto {told}: valgono dalla ricevuta di Pisa.",
        "at_once": "Chiavi nuove in uso. Consegnare a Pisa il file {card} e leggere l'impronta al telefono: "
        "{fingerprint}. Il prossimo invio porta di nuovo tutto.",
        "keyset": "Chiavi di Pisa, versione {version}, valide fino al {expires}. Impronta: {fingerprint}",
        "expired": "Queste chiavi sono scadute: si continua a lavorare e a inviare; chiedere a Pisa quelle nuove.",
        "waiting": "Pisa ha una radice nuova, firmata anche dalla vecchia. Impronta di prima: {fingerprint}; nuova: "
        "{waiting}. Farsela leggere al telefono, poi 'site keyset accept --fingerprint ...'.",
        "accepted": "Le chiavi nuove di Pisa sono in uso.",
        "replaced": "Le chiavi del centro rifatto sono in uso. Gli invii ricominciano (epoca {epoch}): il prossimo "
        "pacchetto porta di nuovo tutto. Consegnare a Pisa la scheda di questo computer.",
    },
    "en": {
        "keys": "Fingerprint of the card in use: {fingerprint}",
        "coming": "New keys are ready: the next sending tells Pisa.",
        "told": "New keys were announced in bundle {told}: they hold from Pisa's receipt on.",
        "at_once": "New keys are in use. Hand the file {card} to Pisa and read its fingerprint out: {fingerprint}. "
        "The next sending carries everything again.",
        "keyset": "Keys of Pisa, version {version}, valid until {expires}. Fingerprint: {fingerprint}",
        "expired": "These keys have expired: work and sending go on; ask Pisa for the new ones.",
        "waiting": "Pisa has a new root, signed by the old one too. Fingerprint before: {fingerprint}; new: "
        "{waiting}. Have it read out on the telephone, then 'site keyset accept --fingerprint ...'.",
        "accepted": "The new keys of Pisa are in use.",
        "replaced": "The keys of the centre made anew are in use. Sending begins anew (epoch {epoch}): the next "
        "bundle carries everything. Hand the card of this computer to Pisa.",
    },
}


def add_acts(acts: Any, act: Callable[..., ArgumentParser], unlocked: Opener) -> None:
    """Add `keys` and `keyset`. act: adds a verb that unlocks; unlocked: does it."""

    def verb(parent: Any, name: str, text: str, run: Callable[[Namespace, Site], int]) -> ArgumentParser:
        def do(args: Namespace) -> int:
            with unlocked(args) as (site, _):
                return run(args, site)

        return act(parent, name, text, do)

    keys = acts.add_parser("keys", help="the keys with which this computer signs for the centre: show, renew")
    verbs = keys.add_subparsers(dest="verb", metavar="VERB", required=True)
    verb(verbs, "show", "the card's fingerprint, and whether new keys are under way", _show)
    renewed = verb(verbs, "renew", "make new keys; the next sending announces them", _renew)
    renewed.add_argument(
        "--at-once",
        action="store_true",
        help="use them now: after a restore or a theft; the card is handed to the centre again",
    )
    _reason(renewed)
    keyset = acts.add_parser("keyset", help="the centre's keys: show, accept, replace")
    verbs = keyset.add_subparsers(dest="verb", metavar="VERB", required=True)
    verb(verbs, "show", "version, day and fingerprint", _keyset)
    accepted = verb(verbs, "accept", "use keys under a new root, after comparing its fingerprint", _accept)
    replaced = verb(verbs, "replace", "the centre lost everything: believe its new keys", _replace)
    replaced.add_argument("file", type=Path, metavar="FILE", help="the new key file of the centre")
    for parser in (accepted, replaced):
        parser.add_argument("--fingerprint", required=True, help="as the centre reads it out")
    replaced.add_argument(
        "--lost", action="store_true", required=True, help="the centre itself said so on the telephone"
    )
    _reason(replaced)


def _reason(parser: ArgumentParser) -> None:
    parser.add_argument("--reason", required=True, help="why; it stands in the audit trail")


def _show(args: Namespace, site: Site) -> int:
    now, words = own_keys.state(site), _WORDS[args.lang]
    lines = [words["keys"].format(fingerprint=now.fingerprint)]
    if now.coming:
        lines.append(words["told" if now.told else "coming"].format(told=now.told))
    say(args, {"fingerprint": now.fingerprint, "coming": now.coming, "told": now.told}, lines)
    return 0


def _renew(args: Namespace, site: Site) -> int:
    if not args.at_once:
        own_keys.renew(site, args.reason)
        return _show(args, site)
    card = own_keys.renew_at_once(site, args.reason)
    name = str(site.folder / f"card-{card.site}-{card.writer[:8]}.anfk")
    facts = {"card": name, "fingerprint": card.fingerprint}
    say(args, facts, [_WORDS[args.lang]["at_once"].format(**facts)])
    return 0


def _keyset(args: Namespace, site: Site) -> int:
    now, words = centre_keys.state(site), _WORDS[args.lang]
    facts = {"version": now.version, "expires": now.expires.isoformat(), "fingerprint": now.fingerprint}
    facts |= {"expired": now.expired, "waiting": now.waiting}
    spoken = facts | {"expires": day(now.expires.isoformat(), args.lang)}
    told = ["keyset", *(["expired"] if now.expired else []), *(["waiting"] if now.waiting else [])]
    say(args, facts, [words[name].format(**spoken) for name in told])
    return 0


def _accept(args: Namespace, site: Site) -> int:
    centre_keys.accept(site, args.fingerprint)
    say(args, {"done": "accepted"}, [_WORDS[args.lang]["accepted"]])
    return 0


def _replace(args: Namespace, site: Site) -> int:
    data = read_input(args.file, limit=1 << 20)
    epoch = centre_keys.replace(site, data, args.fingerprint, args.reason)
    say(args, {"epoch": epoch}, [_WORDS[args.lang]["replaced"].format(epoch=epoch)])
    return 0
