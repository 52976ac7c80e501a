"""`anifro-desktop centre ...`: the coordinating centre's verbs.

Exit codes: 0 done · 1 refused, or something found in what came in · 2 usage · 3 environment. Results go to standard
output (JSON with --json), refusals as one sentence to standard error, in the language of --lang.
"""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anifro_desktop.commands import (
    centre_counts,
    centre_cuts,
    centre_exchange,
    centre_keys,
    centre_monitoring,
    centre_query,
    centre_standing,
    connect,
)
from anifro_desktop.commands.common import (
    a_source,
    add_common,
    code_of,
    data_folder,
    number,
    read_input,
    read_passphrase,
    read_secret,
    say,
    shown,
)
from anifro_desktop.errors import Refusal

if TYPE_CHECKING:
    from anifro_desktop.centre.office import Centre
    from anifro_desktop.store.server import Address
    from anifro_desktop.sync.connection import Connection


def add_parser(verbs: Any) -> None:
    """Add `centre` and its verbs."""
    parser: ArgumentParser = verbs.add_parser(
        "centre", help="the coordinating centre: take in, check, report"
    )
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    init = _act(acts, "init", "make a new centre and its public key file", _init)
    init.add_argument("--code", required=True, help="the centre's code, such as PISA")
    init.add_argument("--name", required=True, help="the centre's name")
    init.add_argument("--person", required=True, help="name of its first data manager")
    init.add_argument(
        "--database",
        metavar="URL",
        help="keep the data on a PostgreSQL server: postgresql://user@computer/name",
    )
    secret = init.add_mutually_exclusive_group()
    secret.add_argument(
        "--database-password-file", type=Path, metavar="FILE", help="its password, in the first line"
    )
    secret.add_argument("--ask-database-password", action="store_true", help="ask for its password")
    register = _act(acts, "register", "let a site's computer send, by its card and fingerprint", _register)
    register.add_argument("card", type=Path, metavar="CARD")
    register.add_argument("--fingerprint", required=True, help="as the site reads it out")
    register.add_argument(
        "--replace", action="store_true", help="in place of the card that this computer had before"
    )
    revoke = _act(
        acts, "revoke", "refuse for ever what a site's computer sends: see what counts still, do it", _revoke
    )
    revoke.add_argument("site", metavar="SITE")
    revoke.add_argument("writer", metavar="WRITER", help="its name, or the first digits of it")
    revoke.add_argument("--reason", required=True)
    revoke.add_argument(
        "--last",
        type=number,
        metavar="NUMBER",
        help="still take its bundles up to this one (default: up to those here)",
    )
    revoke.add_argument("--yes", action="store_true", help="do it; without it, only look")
    centre_exchange.add_acts(acts, _act, _open)
    forms = _act(
        acts, "forms", "a new version of the forms for the sites: see what it changes, send it", _forms
    )
    forms.add_argument("folder", type=Path, metavar="FOLDER", help="of definitions, with pack.toml")
    forms.add_argument("--yes", action="store_true", help="keep it for the sites; without it, only look")
    centre_keys.add_acts(acts, _act, _open)
    centre_query.add_acts(acts, _act, _open)
    centre_counts.add_acts(acts, _act, _open)
    connect.add_acts(acts, _act, connect.Acts(_open, lambda centre: centre.store, _connect, _forget))
    centre_standing.add_acts(acts, _act, _open)
    centre_cuts.add_acts(acts, _act, _open)
    centre_monitoring.add_acts(acts, _act, _open)


def run(args: Namespace) -> int:
    """Do what was asked; a refusal is said in the language of --lang."""
    from anifro_desktop.centre.words import spoken
    from anifro_desktop.sync.garbage import seldom_collected

    try:
        with seldom_collected():
            return int(args.do(args))
    except Refusal as refusal:
        print(shown(spoken(refusal, args.lang)), file=sys.stderr)
        return refusal.exit_code


def _act(acts: Any, name: str, text: str, do: Callable[[Namespace], int]) -> ArgumentParser:
    parser: ArgumentParser = acts.add_parser(name, help=text)
    add_common(parser)
    parser.add_argument(
        "--user", type=code_of, metavar="CODE", help="who opens the centre (default: its first person)"
    )
    parser.set_defaults(run=run, do=do)
    return parser


@contextmanager
def _open(args: Namespace) -> Iterator[Centre]:
    from anifro_desktop.centre import staffing
    from anifro_desktop.centre.errors import CentreMissing, OwnPassphraseNeeded
    from anifro_desktop.centre.office import open_centre
    from anifro_desktop.store import swap
    from anifro_desktop.store.doorplate import exists, users
    from anifro_desktop.store.instance import lock_folder

    folder = data_folder(args, "centre")
    if swap.pending(folder):  # a backup was being put back
        with lock_folder(folder):
            swap.finish(folder)
    if not exists(folder):
        raise CentreMissing
    user = args.user or users(folder)[0].code
    args.passphrase = read_passphrase(args, f"Passphrase {user}")  # a second act may need it, as a drill does
    centre = open_centre(folder, user, args.passphrase)
    try:
        if centre.keys.temporary and not getattr(args, "choosing", False):
            raise OwnPassphraseNeeded(user)
        staffing.settle(centre)
        yield centre
    finally:
        centre.close()


def _address(args: Namespace) -> Address | None:
    """The server that the data are to lie on, if they are."""
    from anifro_desktop.store.server import Address

    if args.database is None:
        return None
    password = ""
    if args.database_password_file is not None:
        password = read_secret(args.database_password_file)
    elif args.ask_database_password:
        password = getpass.getpass(
            {"it": "Password della base dati: ", "en": "Database password: "}[args.lang]
        )
    return Address(args.database, password)


def _init(args: Namespace) -> int:
    from anifro_desktop.centre.office import ROOT_FOLDER, create_centre
    from anifro_desktop.store.doorplate import User

    person = User(args.user or "C01", args.person, ("data_manager", "statistician"))
    passphrase = read_passphrase(args, "Passphrase (14+)")
    server = _address(args)
    made = create_centre(data_folder(args, "centre"), args.code, args.name, person, passphrase, server=server)
    root = made.folder / ROOT_FOLDER
    words = {
        "it": [
            f"Centro {args.code} creato.",
            f"File da consegnare alle sedi: {made.keyset}",
            f"Impronta da leggere alle sedi: {made.fingerprint}",
            f"Chiave radice: spostare la cartella {root} su un supporto in cassaforte.",
        ],
        "en": [
            f"Centre {args.code} is made.",
            f"File to hand to the sites: {made.keyset}",
            f"Fingerprint to read to the sites: {made.fingerprint}",
            f"Root key: move the folder {root} to a medium kept in a safe.",
        ],
    }
    data = {"keyset": str(made.keyset), "fingerprint": made.fingerprint, "root": str(root)}
    say(args, data, words[args.lang])
    return 0


def _register(args: Namespace) -> int:
    from anifro_desktop.centre.registering import register

    card = read_input(args.card, limit=1 << 20)
    with _open(args) as centre:
        made = register(centre, card, args.fingerprint, replace=args.replace)
    done = _REGISTERED[args.lang]["new" if made.new else "announced" if made.announced else "known"]
    label = {"it": "Sede", "en": "Site"}[args.lang]
    say(args, asdict(made), [f"{label} {made.site} ({made.writer[:8]}): {done}."])
    return 0


_REGISTERED = {
    "it": {
        "new": "registrata",
        "known": "già registrata; nulla è cambiato",
        "announced": "già in uso, perché un pacchetto firmato con le chiavi di prima ha annunciato questa scheda; "
        "nulla è cambiato. Se le chiavi di prima potrebbero essere in mani altrui, o il computer è stato ripristinato, "
        "ripetere con --replace: da allora non valgono più",
    },
    "en": {
        "new": "registered",
        "known": "already registered; nothing changed",
        "announced": "in use already, because a bundle signed with the keys before announced this card; nothing "
        "changed. If the keys before may be in wrong hands, or the computer was restored, run it again with "
        "--replace: they are then taken no more",
    },
}


_REVOKED = {
    "it": {
        "look": "{where}: da revocare. Varrebbe fino al pacchetto {bundle}; ciò che manda dopo sarebbe rifiutato per "
        "sempre.",
        "again": "Nulla è cambiato. Non si potrà tornare indietro: controllare sede e computer, poi ripetere con "
        "--yes.",
        "done": "{where}: revocato; vale fino al pacchetto {bundle}.",
        "here": "Non fino al pacchetto {asked}: quelli fino al numero {last} sono già qui, e ciò che è arrivato resta.",
        "none": "nessuno",
    },
    "en": {
        "look": "{where}: to be revoked. It would count up to bundle {bundle}; what it sends later would be refused "
        "for ever.",
        "again": "Nothing was changed, and it cannot be taken back: check site and computer, then say it again with "
        "--yes.",
        "done": "{where}: revoked; counts up to bundle {bundle}.",
        "here": "Not up to {asked}: the bundles up to {last} are here already, and what came stays.",
        "none": "none",
    },
}


def _revoke(args: Namespace) -> int:
    from anifro_desktop.centre.registering import last_counted, revoke
    from anifro_desktop.store.errors import NotFound

    with _open(args) as centre:
        rows = [row for row in centre.store.writers() if row.site == args.site]
        found = [row.writer for row in rows if row.writer.startswith(args.writer)]
        if len(found) != 1:
            raise NotFound("installation", f"{args.site}/{args.writer}")
        (writer,) = found
        epoch, last = (
            revoke(centre, args.site, writer, args.reason, args.last)
            if args.yes
            else last_counted(centre, args.site, writer, args.last)
        )
    words = _REVOKED[args.lang]
    bundle = f"e{epoch:03d}-{last:08d}" if last else words["none"]
    lines = [words["done" if args.yes else "look"].format(where=f"{args.site}/{writer[:8]}", bundle=bundle)]
    lines += [words["here"].format(asked=args.last, last=last)] if args.last and args.last < last else []
    lines += [] if args.yes else [words["again"]]
    state = "revoked" if args.yes else "registered"
    say(args, {"site": args.site, "writer": writer, "state": state, "epoch": epoch, "last": last}, lines)
    return 0


def _connect(centre: Centre, connection: Connection) -> None:
    from anifro_desktop.centre.fetching import connect as keep

    keep(centre, connection)


def _forget(centre: Centre) -> None:
    from anifro_desktop.centre.fetching import forget

    forget(centre)


def _forms(args: Namespace) -> int:
    from anifro_desktop.centre.amending import look, publish
    from anifro_desktop.commands.form_changes import as_json, lines_of
    from anifro_desktop.forms.amendments import changes

    folder = a_source(args.folder)
    with _open(args) as centre:
        if args.yes:
            made = publish(centre, folder)
            found, name = made.changes, made.id
        else:
            pack, _ = look(centre, folder)
            found, name = tuple(changes(centre.definitions, pack)), pack.pack.id
    words = {
        "it": (
            "Versione",
            "Nulla è stato conservato: ripetere con --yes.",
            "Sarà inviata con la prossima risposta.",
        ),
        "en": ("Version", "Nothing was kept: say it again with --yes.", "It goes out with the next reply."),
    }[args.lang]
    data = {"id": name, "published": args.yes, "changes": as_json(found)}
    say(args, data, [f"{words[0]} {name}", *lines_of(found, args.lang), words[2] if args.yes else words[1]])
    return 0
