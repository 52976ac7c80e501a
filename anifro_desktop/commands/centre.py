"""`anifro-desktop centre ...`: the coordinating centre's verbs.

Exit codes: 0 done · 1 refused, or something found in what came in · 2 usage · 3 environment. Results go to standard
output (JSON with --json), refusals as one sentence to standard error, in the language of --lang.
"""

from __future__ import annotations

import getpass
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anifro_desktop.commands import centre_counts, centre_keys, centre_query, connect
from anifro_desktop.commands.common import (
    a_medium,
    a_source,
    a_way_out,
    add_common,
    an_output,
    code_of,
    data_folder,
    number,
    read_input,
    read_passphrase,
    read_secret,
    say,
    shown,
)
from anifro_desktop.commands.count_words import centre_counted, lacking
from anifro_desktop.commands.counting import counted
from anifro_desktop.errors import Refusal

if TYPE_CHECKING:
    from anifro_desktop.centre.ingesting import Outcome
    from anifro_desktop.centre.office import Centre
    from anifro_desktop.centre.putting import Outlet
    from anifro_desktop.centre.querying import WrittenQueries
    from anifro_desktop.centre.receipts import WrittenReceipt
    from anifro_desktop.centre.status import HandoverStatus, SiteStatus
    from anifro_desktop.store.server import Address
    from anifro_desktop.sync.carrying import Patient
    from anifro_desktop.sync.connection import Connection

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
    ingest = _act(acts, "ingest", "take bundles in and write receipts", _ingest)
    ingest.add_argument(
        "--workers",
        type=number,
        default=1,
        metavar="N",
        help="processes, where the data lie on a server (default: 1)",
    )
    ingest.add_argument(
        "paths",
        type=Path,
        nargs="*",
        metavar="FILE_OR_FOLDER",
        help="default: the server of 'centre connect'",
    )
    ingest.add_argument(
        "--receipts",
        type=Path,
        metavar="FOLDER",
        help="where to (default: receipts in the data, or the server)",
    )
    reply = _act(acts, "reply", "put the newest receipts and questions into a folder", _reply)
    reply.add_argument(
        "--to", type=Path, metavar="FOLDER", help="where to (default: the server of 'centre connect')"
    )
    forms = _act(
        acts, "forms", "a new version of the forms for the sites: see what it changes, send it", _forms
    )
    forms.add_argument("folder", type=Path, metavar="FOLDER", help="of definitions, with pack.toml")
    forms.add_argument("--yes", action="store_true", help="keep it for the sites; without it, only look")
    centre_keys.add_acts(acts, _act, _open)
    centre_query.add_acts(acts, _act, _open)
    centre_counts.add_acts(acts, _act, _open)
    connect.add_acts(acts, _act, connect.Acts(_open, lambda centre: centre.store, _connect, _forget))
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
    done = {
        "it": "registrata" if made.new else "già registrata; nulla è cambiato",
        "en": "registered" if made.new else "already registered; nothing changed",
    }
    label = {"it": "Sede", "en": "Site"}[args.lang]
    say(args, asdict(made), [f"{label} {made.site} ({made.writer[:8]}): {done[args.lang]}."])
    return 0


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


def _ingest(args: Namespace) -> int:
    from anifro_desktop.centre.fetching import Fetching
    from anifro_desktop.centre.putting import Outlet
    from anifro_desktop.centre.receipts import newest_receipts
    from anifro_desktop.centre.unanswered import unanswered
    from anifro_desktop.centre.working import ingest_together

    if args.receipts is not None:
        a_medium(args.receipts)
    with _open(args) as centre, _server(args, centre, unless=bool(args.paths)) as server:
        fetching = Fetching(server) if server else None
        sources = fetching.files(centre) if fetching else args.paths
        outcomes = ingest_together(centre, sources, args.workers)
        failure = fetching.failure if fetching else None
        to = args.receipts or (Outlet(server) if server else centre.folder / "receipts")
        receipts, asked, _, failure = _answered(centre, to) if failure is None else ([], [], [], failure)
        newest = newest_receipts(centre) if failure is None else []
        without, nobody = unanswered(centre), _nobody(centre, args.lang)
    data = {"bundles": [asdict(item) for item in outcomes], "receipts": [asdict(item) for item in receipts]}
    data |= {"queries": [asdict(item) for item in asked]}
    data["unanswered"] = [{"site": site, "writer": writer, "kind": kind} for site, writer, kind in without]
    told = [_outcome(item, args.lang) for item in outcomes]
    told += _receipts(receipts, newest, to, args.lang) if failure is None else []
    told += _unanswered(without, args.lang)
    say(args, data, [*told, *nobody])
    if failure is not None:  # said last, after what was taken in and stays so
        raise failure
    found = any(item.status in _FOUND or item.bad or item.differences for item in outcomes)
    return 1 if found else 0


def _answered(
    centre: Centre, to: Path | Outlet
) -> tuple[list[WrittenReceipt], list[WrittenQueries], list[str], Refusal | None]:
    """Receipts and questions written, new files of forms, and what kept the network from taking the rest."""
    from anifro_desktop.centre.amending import write_packs
    from anifro_desktop.centre.keysets import write_keysets
    from anifro_desktop.centre.querying import write_queries
    from anifro_desktop.centre.receipts import write_receipts
    from anifro_desktop.sync.outages import NotCarried

    receipts: list[WrittenReceipt] = []
    asked: list[WrittenQueries] = []
    try:
        write_keysets(centre, to)
        receipts = write_receipts(centre, to)
        asked = write_queries(centre, to)
        return receipts, asked, write_packs(centre, to), None
    except NotCarried as refusal:
        return receipts, asked, [], refusal


@contextmanager
def _server(args: Namespace, centre: Centre, *, unless: bool) -> Iterator[Patient | None]:
    """The way to the centre's server, unless folders or files are named."""
    from anifro_desktop.workflows import connecting

    if unless:
        yield None
        return
    transport = connecting.opened(connecting.needed(centre.store), told=connect.told(args))
    try:
        yield transport
    finally:
        transport.close()


def _connect(centre: Centre, connection: Connection) -> None:
    from anifro_desktop.centre.fetching import connect as keep

    keep(centre, connection)


def _forget(centre: Centre) -> None:
    from anifro_desktop.centre.fetching import forget

    forget(centre)


def _outcome(item: Outcome, lang: str) -> str:
    from anifro_desktop.centre.words import EXCLUDED, STATUS, pick, reason

    notes = [centre_counted("records", item.records, lang)] if item.status == "accepted" else []
    notes += [centre_counted("bad", item.bad, lang)] if item.bad else []
    notes += [centre_counted("differences", item.differences, lang)] if item.differences else []
    notes += [reason(item.code, lang)] if item.code else []
    notes += [lacking(item.missing, lang)] if item.missing else []
    notes += [f"{code} {pick(EXCLUDED, lang)}" for code in item.excluded]
    name = " ".join(item.name.split()) or "-"  # a name with line ends would pass for lines of ours
    return f"{name}: {pick(STATUS[item.status], lang)}" + (f" ({'; '.join(notes)})" if notes else "")


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


def _receipts(made: list[WrittenReceipt], newest: list[str], to: Path | Outlet, lang: str) -> Iterator[str]:
    """Which receipts were made now, and which of before still stand and lie beside them."""
    words = _RECEIPTS[lang]
    place = to if isinstance(to, Path) else "server"
    new = [item.name for item in made]
    standing = [name for name in newest if name not in new]
    if not new and not standing:
        yield words["none"]
    for kind, names in (("new", new), ("stand", standing)):
        if names:
            yield words[kind].format(folder=place, count=len(names))
            yield from (f"  {name}" for name in names)


def _nobody(centre: Centre, lang: str) -> list[str]:
    """What to do at a centre that no site may send to yet."""
    from anifro_desktop.centre.words import NO_SITES, pick

    return [] if centre.store.writers() else [pick(NO_SITES, lang)]


def _reply(args: Namespace) -> int:
    from anifro_desktop.centre.putting import Outlet
    from anifro_desktop.centre.receipts import newest_receipts
    from anifro_desktop.centre.unanswered import unanswered

    if args.to is not None:
        a_medium(args.to)
    with _open(args) as centre, _server(args, centre, unless=args.to is not None) as server:
        to = Outlet(server) if server else args.to
        receipts, asked, forms, failure = _answered(centre, to)
        newest = newest_receipts(centre) if failure is None else []
        without, nobody = unanswered(centre), _nobody(centre, args.lang)
    told = _receipts(receipts, newest, to, args.lang) if receipts or failure is None else []
    lines = [*told, f"{_NEW_QUERIES[args.lang]}: {len(asked)}", *[f"  {item.name}" for item in asked]]
    data: dict[str, Any] = {"receipts": [asdict(item) for item in receipts]}
    data |= {"queries": [asdict(item) for item in asked], "forms": forms}
    data["unanswered"] = [{"site": site, "writer": writer, "kind": kind} for site, writer, kind in without]
    lines += [f"{_NEW_FORMS[args.lang]}: {len(forms)}", *[f"  {name}" for name in forms]] if forms else []
    lines += _unanswered(without, args.lang)
    say(args, data, [*lines, *nobody])
    if failure is not None:
        raise failure
    return 0


_NEW_QUERIES = {"it": "File di richieste nuovi", "en": "New files of questions"}
_NEW_FORMS = {
    "it": "File nuovi con la versione delle schede",
    "en": "New files with the version of the forms",
}


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


def _status(args: Namespace) -> int:
    from anifro_desktop.centre.status import status

    with _open(args) as centre:
        found, nobody = status(centre), _nobody(centre, args.lang)
    words = {
        "it": ("Punteggio diverso", "non verificabile", "Versioni in conflitto", "Pisa"),
        "en": ("Score differs", "not verifiable", "Versions in conflict", "centre"),
    }[args.lang]
    lines = [found.name, *[line for site in found.sites for line in _site(site, args.lang)]]
    lines += nobody
    lines += _refused(found.refused, found.quarantine, args.lang)
    lines += _unanswered(found.unanswered, args.lang)
    for row in found.differences:
        where = f"{row.subject} {row.visit} {row.rule}".strip()
        differs = f"{words[0]}: {where} {row.part}: {row.carried or '-'}, {words[3]} {row.computed or '-'}"
        lines.append(differs if row.kind == "differs" else f"{where}: {words[1]} ({row.why})")
    lines += [f"{words[2]}: {record} v{ver}" for record, ver in found.conflicts]
    lines += [_handover(one, args.lang) for one in found.handovers if one.state]
    say(args, asdict(found), lines)
    return 0


def _unanswered(found: Iterable[tuple[str, str, str]], lang: str) -> Iterator[str]:
    """Computers for which something could not be made."""
    from anifro_desktop.centre.words import NOT_MADE, UNANSWERED, pick

    for site, writer, kind in found:
        yield pick(UNANSWERED, lang).format(site=site, writer=writer[:8], what=pick(NOT_MADE[kind], lang))


def _refused(refused: Mapping[str, int], quarantine: Path, lang: str) -> Iterator[str]:
    """What was refused, why, where the copies lie and what to do about them."""
    from anifro_desktop.centre.words import REFUSED_COPIES, REFUSED_FILES, pick, reason

    for code, count in refused.items():
        yield f"{pick(REFUSED_FILES, lang)}: {reason(code, lang)}: {count}"
    if refused:
        yield "  " + pick(REFUSED_COPIES, lang).format(folder=quarantine)


def _handover(one: HandoverStatus, lang: str) -> str:
    from anifro_desktop.centre.words import CUSTODY, LEFT_OUT, pick

    told = f"{one.subject}: {one.old} → {one.new}: {pick(CUSTODY[one.state], lang)}"
    return told + (f" ({pick(LEFT_OUT, lang)}: {one.left_out})" if one.left_out else "")


def _age(days: int | None, lang: str) -> str:
    """How old data are, in words. days: below 0 where a clock is wrong; None where nothing came."""
    from anifro_desktop.centre.words import DATA_AGE, DATA_AHEAD, DATA_OLD, pick

    if days is not None and days < 0:
        return counted(pick(DATA_AHEAD, lang), days=-days)
    return pick(DATA_AGE.get(-1 if days is None else days, DATA_OLD), lang).format(days=days)


def _site(site: SiteStatus, lang: str) -> Iterator[str]:
    from anifro_desktop.centre.words import AFTER_WITHDRAWAL, EXCLUDED, REVOKED, pick

    words = {
        "it": ("visite dovute", "ultimo", "in attesa", "BLOCCATA"),
        "en": ("visits due", "last", "held", "FROZEN"),
    }[lang]
    age = _age(site.age, lang)
    overdue = {"it": "in ritardo", "en": "overdue"}[lang]
    late = f" ({site.overdue} {overdue})" if site.overdue else ""
    patients = centre_counted("patients", site.enrolled, lang)
    yield f"{site.site}: {patients}, {words[0]} {site.served}/{site.due}{late}, {age}"
    if site.serious:
        told = [centre_counted("new", site.serious_new, lang)]
        told += [centre_counted("unsigned", site.serious_unsigned, lang)]
        yield f"  {centre_counted('serious', site.serious, lang)}: {', '.join(told)}"
    if site.asked or site.answered:
        yield f"  {centre_counted('asked', site.asked, lang)}, {centre_counted('answered', site.answered, lang)}"
    if site.verified or site.changed:
        yield f"  {centre_counted('verified', site.verified, lang)}, {centre_counted('changed', site.changed, lang)}"
    yield from (f"  {code}: {pick(EXCLUDED, lang)}" for code in site.excluded)
    yield from (f"  {code} {key}: {pick(AFTER_WITHDRAWAL, lang)}" for code, key in site.late)
    for chain in site.chains:
        notes = [f"{words[1]} {chain.last}"]
        notes += [f"{words[2]} {', '.join(map(str, chain.held))}"] if chain.held else []
        notes += [lacking(chain.missing, lang)] if chain.missing else []
        notes += [words[3]] if chain.frozen else []
        yield f"  {chain.writer[:8]} e{chain.epoch:03d}: {'; '.join(notes)}"
    for gone in site.revoked:
        bundle = f"e{gone.epoch:03d}-{gone.last:08d}"
        yield f"  {gone.writer[:8]}: {pick(REVOKED[bool(gone.last)], lang).format(bundle=bundle)}"


def _dataset(args: Namespace) -> int:
    from anifro_desktop.centre.dataset import write_dataset
    from anifro_desktop.centre.reading import all_subjects
    from anifro_desktop.centre.words import EXCLUDED, pick

    a_way_out(args.to)
    with _open(args) as centre:
        centre.need("data_manager", "statistician")
        written = write_dataset(args.to, all_subjects(centre), centre.definitions, args.lang)
    lines = [
        f"{args.to / name}"
        + (
            f": {centre_counted('rows', rows, args.lang)}, {centre_counted('columns', columns, args.lang)}"
            if columns
            else ""
        )
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

    if args.csv is not None:
        an_output(args.csv)
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
