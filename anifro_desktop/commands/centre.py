"""`anifro-desktop centre ...`: the coordinating centre's verbs.

Exit codes: 0 done · 1 refused, or something found in what came in · 2 usage · 3 environment. Results go to standard
output (JSON with --json), refusals as one sentence to standard error, in the language of --lang.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anifro_desktop.commands.common import add_common, data_folder, read_input, read_passphrase, say
from anifro_desktop.errors import Refusal

if TYPE_CHECKING:
    from anifro_desktop.centre.ingesting import Outcome
    from anifro_desktop.centre.office import Centre
    from anifro_desktop.centre.status import SiteStatus

_FOUND = ("refused", "quarantined")


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
    register = _act(acts, "register", "let a site's computer send, by its card and fingerprint", _register)
    register.add_argument("card", type=Path, metavar="CARD")
    register.add_argument("--fingerprint", required=True, help="as the site reads it out")
    revoke = _act(acts, "revoke", "refuse everything a site's computer sends from now on", _revoke)
    revoke.add_argument("site", metavar="SITE")
    revoke.add_argument("writer", metavar="WRITER", help="its name, or the first digits of it")
    revoke.add_argument("--reason", required=True)
    ingest = _act(acts, "ingest", "take bundles in and write receipts", _ingest)
    ingest.add_argument("paths", type=Path, nargs="+", metavar="FILE_OR_FOLDER")
    ingest.add_argument(
        "--receipts", type=Path, metavar="FOLDER", help="where to (default: receipts in the data)"
    )
    reply = _act(acts, "reply", "put the newest receipts into a folder", _reply)
    reply.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    _act(acts, "status", "sites, what is missing, differing scores, age of the data", _status)
    dataset = _act(acts, "dataset", "write the files for Stata: subjects, visits, courses, events", _dataset)
    dataset.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    _act(acts, "verify", "check the database, its audit trail and the bundles kept", _verify)
    report = _act(
        acts, "report", "states by visit with 95 %% Wilson intervals, flares, adverse events", _report
    )
    report.add_argument("--csv", type=Path, metavar="FILE", help="write the table there too")


def run(args: Namespace) -> int:
    """Do what was asked; a refusal is said in the language of --lang."""
    from anifro_desktop.centre.words import spoken

    try:
        return int(args.do(args))
    except Refusal as refusal:
        print(spoken(refusal, args.lang), file=sys.stderr)
        return refusal.exit_code


def _act(acts: Any, name: str, text: str, do: Callable[[Namespace], int]) -> ArgumentParser:
    parser: ArgumentParser = acts.add_parser(name, help=text)
    add_common(parser)
    parser.add_argument("--user", metavar="CODE", help="who opens the centre (default: its first person)")
    parser.set_defaults(run=run, do=do)
    return parser


@contextmanager
def _open(args: Namespace) -> Iterator[Centre]:
    from anifro_desktop.centre.errors import CentreMissing
    from anifro_desktop.centre.office import open_centre
    from anifro_desktop.store.doorplate import exists, users

    folder = data_folder(args, "centre")
    if not exists(folder):
        raise CentreMissing
    user = args.user or users(folder)[0].code
    centre = open_centre(folder, user, read_passphrase(args, f"Passphrase {user}"))
    try:
        yield centre
    finally:
        centre.close()


def _init(args: Namespace) -> int:
    from anifro_desktop.centre.office import ROOT_FOLDER, create_centre
    from anifro_desktop.store.doorplate import User

    person = User(args.user or "C01", args.person, ("data_manager", "statistician"))
    passphrase = read_passphrase(args, "Passphrase (14+)")
    made = create_centre(data_folder(args, "centre"), args.code, args.name, person, passphrase)
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
        made = register(centre, card, args.fingerprint)
    done = {
        "it": "registrata" if made.new else "già registrata; nulla è cambiato",
        "en": "registered" if made.new else "already registered; nothing changed",
    }
    label = {"it": "Sede", "en": "Site"}[args.lang]
    say(args, asdict(made), [f"{label} {made.site} ({made.writer[:8]}): {done[args.lang]}."])
    return 0


def _revoke(args: Namespace) -> int:
    from anifro_desktop.centre.registering import revoke
    from anifro_desktop.store.errors import NotFound

    with _open(args) as centre:
        rows = [row for row in centre.store.writers() if row.site == args.site]
        found = [row.writer for row in rows if row.writer.startswith(args.writer)]
        if len(found) != 1:
            raise NotFound("installation", f"{args.site}/{args.writer}")
        revoke(centre, args.site, found[0], args.reason)
    done = {"it": "revocata", "en": "revoked"}[args.lang]
    say(
        args,
        {"site": args.site, "writer": found[0], "state": "revoked"},
        [f"{args.site}/{found[0][:8]}: {done}."],
    )
    return 0


def _ingest(args: Namespace) -> int:
    from anifro_desktop.centre.ingesting import ingest
    from anifro_desktop.centre.receipts import newest_receipts, write_receipts

    with _open(args) as centre:
        outcomes = ingest(centre, args.paths)
        folder = args.receipts or centre.folder / "receipts"
        receipts, newest = write_receipts(centre, folder), newest_receipts(centre)
    data = {"bundles": [asdict(item) for item in outcomes], "receipts": [asdict(item) for item in receipts]}
    told = [_outcome(item, args.lang) for item in outcomes]
    say(args, data, [*told, *_receipts([item.name for item in receipts], newest, folder, args.lang)])
    found = any(item.status in _FOUND or item.bad or item.differences for item in outcomes)
    return 1 if found else 0


def _outcome(item: Outcome, lang: str) -> str:
    from anifro_desktop.centre.words import EXCLUDED, STATUS, pick, reason

    words = {
        "it": ("moduli", "moduli non accolti", "punteggi diversi", "mancano"),
        "en": ("forms", "forms not taken", "scores differ", "missing"),
    }[lang]
    notes = [f"{item.records} {words[0]}"] if item.status == "accepted" else []
    notes += [f"{item.bad} {words[1]}"] if item.bad else []
    notes += [f"{item.differences} {words[2]}"] if item.differences else []
    notes += [reason(item.code, lang)] if item.code else []
    notes += [f"{words[3]} {', '.join(map(str, item.missing))}"] if item.missing else []
    notes += [f"{code} {pick(EXCLUDED, lang)}" for code in item.excluded]
    return f"{item.name or '-'}: {pick(STATUS[item.status], lang)}" + (
        f" ({'; '.join(notes)})" if notes else ""
    )


_RECEIPTS = {
    "it": {
        "new": "Ricevute nuove in {folder}: {count}",
        "stand": "Dalla ricevuta precedente non è arrivato nulla, quindi vale ancora. In {folder}: {count}",
        "none": "Non è ancora arrivato nulla: non c'è nessuna ricevuta da dare.",
    },
    "en": {
        "new": "New receipts in {folder}: {count}",
        "stand": "Nothing came in since the receipt before, which therefore still stands. In {folder}: {count}",
        "none": "Nothing has come in yet: there is no receipt to give.",
    },
}


def _receipts(new: list[str], newest: list[str], folder: Path, lang: str) -> Iterator[str]:
    """Which receipts were made now, and which of before still stand and were put beside them."""
    words = _RECEIPTS[lang]
    standing = [name for name in newest if name not in new]
    if not new and not standing:
        yield words["none"]
    for kind, names in (("new", new), ("stand", standing)):
        if names:
            yield words[kind].format(folder=folder, count=len(names))
            yield from (f"  {name}" for name in names)


def _reply(args: Namespace) -> int:
    from anifro_desktop.centre.receipts import newest_receipts, write_receipts

    with _open(args) as centre:
        receipts, newest = write_receipts(centre, args.to), newest_receipts(centre)
    told = _receipts([item.name for item in receipts], newest, args.to, args.lang)
    say(args, [asdict(item) for item in receipts], list(told))
    return 0


def _status(args: Namespace) -> int:
    from anifro_desktop.centre.status import status

    with _open(args) as centre:
        found = status(centre)
    words = {
        "it": ("Rifiutati", "Punteggio diverso", "non verificabile", "Versioni in conflitto", "centro"),
        "en": ("Refused", "Score differs", "not verifiable", "Versions in conflict", "centre"),
    }[args.lang]
    lines = [found.name, *[line for site in found.sites for line in _site(site, args.lang)]]
    lines += [f"{words[0]}: {code} {count}" for code, count in found.refused.items()]
    for row in found.differences:
        where = f"{row.subject} {row.visit} {row.rule}".strip()
        differs = f"{words[1]}: {where} {row.part}: {row.carried or '-'}, {words[4]} {row.computed or '-'}"
        lines.append(differs if row.kind == "differs" else f"{where}: {words[2]} ({row.why})")
    lines += [f"{words[3]}: {record} v{ver}" for record, ver in found.conflicts]
    say(args, asdict(found), lines)
    return 0


def _site(site: SiteStatus, lang: str) -> Iterator[str]:
    from anifro_desktop.centre.words import EXCLUDED, pick

    words = {
        "it": ("pazienti", "visite dovute", "ultimo", "in attesa", "mancano", "BLOCCATA", "giorni"),
        "en": ("patients", "visits due", "last", "held", "missing", "FROZEN", "days old"),
    }[lang]
    age = "-" if site.age is None else f"{site.age} {words[6]}"
    yield f"{site.site}: {site.enrolled} {words[0]}, {words[1]} {site.served}/{site.due}, {age}"
    yield from (f"  {code}: {pick(EXCLUDED, lang)}" for code in site.excluded)
    for chain in site.chains:
        notes = [f"{words[2]} {chain.last}"]
        notes += [f"{words[3]} {', '.join(map(str, chain.held))}"] if chain.held else []
        notes += [f"{words[4]} {', '.join(map(str, chain.missing))}"] if chain.missing else []
        notes += [words[5]] if chain.frozen else []
        yield f"  {chain.writer[:8]} e{chain.epoch:03d}: {'; '.join(notes)}"


def _dataset(args: Namespace) -> int:
    from anifro_desktop.centre.dataset import write_dataset
    from anifro_desktop.centre.reading import all_subjects
    from anifro_desktop.centre.words import EXCLUDED, pick

    with _open(args) as centre:
        centre.need("data_manager", "statistician")
        written = write_dataset(args.to, all_subjects(centre), centre.definitions, args.lang)
    words = {"it": ("righe", "variabili"), "en": ("rows", "variables")}[args.lang]
    lines = [
        f"{args.to / name}" + (f": {rows} {words[0]}, {columns} {words[1]}" if columns else "")
        for name, (rows, columns) in written.files.items()
    ]
    lines += [f"{code}: {pick(EXCLUDED, args.lang)}" for code in written.excluded]
    say(args, asdict(written), lines)
    return 0


def _report(args: Namespace) -> int:
    from anifro_desktop.centre.reading import all_subjects
    from anifro_desktop.centre.rendering import as_csv, as_json, as_text
    from anifro_desktop.centre.reporting import report
    from anifro_desktop.centre.status import differing_visits
    from anifro_desktop.files import write_atomic

    with _open(args) as centre:
        centre.need("data_manager", "statistician")
        table = report(all_subjects(centre), differing_visits(centre))
    if args.csv is not None:
        write_atomic(args.csv, as_csv(table).encode())
    print(json.dumps(as_json(table), indent=2) if args.json else as_text(table, args.lang))
    return 0


def _verify(args: Namespace) -> int:
    from anifro_desktop.store.verify import verify

    with _open(args) as centre:
        found = verify(centre.store)
    clean = {"it": "Tutto in ordine.", "en": "Everything is in order."}[args.lang]
    say(
        args,
        [{"code": item.code, **item.params} for item in found],
        [item.sentence for item in found] or [clean],
    )
    return 1 if found else 0
