"""`anifro-desktop site ...`: a site's verbs without a window."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anifro_desktop.centre.words import reason
from anifro_desktop.commands import (
    connect,
    site_archive,
    site_audit,
    site_backup,
    site_erase,
    site_forms,
    site_handover,
    site_import,
    site_keys,
    site_people,
    site_queries,
    site_signoff,
    site_support,
    site_sync,
)
from anifro_desktop.commands.common import (
    a_way_out,
    add_common,
    code_of,
    data_folder,
    number,
    passphrase_of,
    read_input,
    read_passphrase,
    say,
)
from anifro_desktop.commands.refusals import said
from anifro_desktop.commands.words import in_row
from anifro_desktop.store.errors import CannotSave, PassphraseNotChosen
from anifro_desktop.sync.names import is_bundle_name, parse_name
from anifro_desktop.workflows import checking, connecting, entering, patients, receiving, recovery, sending
from anifro_desktop.workflows.audit import proving, trusting
from anifro_desktop.workflows.entrance import people
from anifro_desktop.workflows.exchange_errors import UnknownCentreKeys
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.model import Received, SentBundle, Setup
from anifro_desktop.workflows.site import Site, create_site, unlock

if TYPE_CHECKING:
    from anifro_desktop.store.clock import Doubt
    from anifro_desktop.sync.carrying import Patient
    from anifro_desktop.sync.connection import Connection
    from anifro_desktop.workflows.delivering import Way

_ROLES = ("investigator", "site_admin")


def add_parser(verbs: Any) -> None:
    """Add `site` and its verbs."""
    parser: ArgumentParser = verbs.add_parser(
        "site", help="a site: init, enter, import, status, connect, export, receive, verify, backup, restore"
    )
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    _init(acts.add_parser("init", help="make a new site with the centre's key file"))
    enter = _act(acts, "enter", "type visits from a file (see docs/visit-file.md)", _enter)
    enter.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="a visit file; without it, standard input"
    )
    _act(acts, "status", "patients, visits, what is due and what waits to be sent", _status)
    export = _act(
        acts, "export", "seal what is signed and put it into a folder, on a stick or on a server", _export
    )
    export.add_argument(
        "--to", type=Path, metavar="FOLDER", help="where to (default: the server of 'site connect')"
    )
    export.add_argument(
        "--again", type=number, metavar="NUMBER", help="put this bundle there again, byte for byte"
    )
    export.add_argument(
        "--anew",
        metavar="REASON",
        help="where sending is locked and the centre was told: begin anew, with everything",
    )
    receive = _act(acts, "receive", "read the centre's receipts and questions", _receive)
    receive.add_argument(
        "path", type=Path, nargs="?", metavar="FILE_OR_FOLDER", help="default: the server of 'site connect'"
    )
    verify = _act(acts, "verify", "check databases, audit trail, signatures and bundles", _verify)
    verify.add_argument(
        "--seen",
        metavar="REASON",
        help="note first what a missing or damaged anchor file was: it is found no more",
    )
    site_import.add_acts(acts, _act, _unlocked)
    site_people.add_acts(acts, _act, _unlocked)
    site_keys.add_acts(acts, _act, _unlocked)
    site_audit.add_acts(acts, _act, _unlocked)
    site_signoff.add_acts(acts, _act, _unlocked)
    site_queries.add_acts(acts, _act, _unlocked)
    site_sync.add_acts(acts, _act, _unlocked)
    site_backup.add_acts(acts, _act, _unlocked)
    site_erase.add_acts(acts, _act, _unlocked)
    site_archive.add_acts(acts, _act, _unlocked)
    site_handover.add_acts(acts, _act, _unlocked)
    site_forms.add_acts(acts, _act, _unlocked)
    site_support.add_acts(acts, _act, _unlocked)
    connect.add_acts(
        acts, _act, connect.Acts(_site, lambda site: site.clinical, connecting.connect, connecting.forget)
    )


def _act(acts: Any, name: str, text: str, run: Any) -> ArgumentParser:
    parser: ArgumentParser = acts.add_parser(name, help=text)
    add_common(parser)
    parser.add_argument(
        "--user", type=code_of, metavar="CODE", help="who unlocks (default: the only or first person)"
    )
    parser.set_defaults(run=run)
    return parser


def _init(parser: ArgumentParser) -> None:
    add_common(parser)
    parser.add_argument("--code", type=code_of, required=True, help="the site's code, such as P03")
    parser.add_argument("--name", required=True, help="the site's name")
    parser.add_argument(
        "--person", required=True, help="name of the first person: investigator and administrator"
    )
    parser.add_argument(
        "--user", type=code_of, default="U01", metavar="CODE", help="that person's code (default: U01)"
    )
    parser.add_argument("--keyset", type=Path, required=True, metavar="FILE", help="the centre's key file")
    parser.add_argument(
        "--fingerprint", required=True, help="the fingerprint of that file, as the centre reads it out"
    )
    parser.add_argument("--practice", action="store_true", help="a site for synthetic patients only")
    parser.set_defaults(run=_make)


_NEW = {
    "it": "Nuova frase di accesso (14 caratteri o più)",
    "en": "New passphrase (14 characters or more)",
}


def _make(args: Namespace) -> int:
    from anifro_desktop.store.clock import SystemClock

    person = Person(args.user, args.person, _ROLES)
    keyset = read_input(args.keyset, limit=1 << 20)
    passphrase = read_passphrase(args, _NEW[args.lang])
    setup = Setup(args.code, args.name, person, passphrase, keyset, args.fingerprint, args.practice)
    made = create_site(data_folder(args), setup, SystemClock())
    data = {"card": str(made.card), "fingerprint": made.fingerprint}
    words = {
        "it": [
            f"Centro {args.code} creato.",
            f"File da consegnare a Pisa: {made.card}",
            f"Impronta da leggere al telefono: {made.fingerprint}",
        ],
        "en": [
            f"Site {args.code} is made.",
            f"File to hand to Pisa: {made.card}",
            f"Fingerprint to read to it aloud: {made.fingerprint}",
        ],
    }
    say(args, data, words[args.lang])
    return 0


@contextmanager
def _unlocked(args: Namespace) -> Iterator[tuple[Site, str]]:
    from anifro_desktop.store.clock import SystemClock

    folder = data_folder(args)
    user = args.user or people(folder)[0].code
    passphrase = read_passphrase(args, passphrase_of(user, args.lang))
    site = unlock(folder, user, passphrase, SystemClock())
    done = False
    try:
        if site.keys.temporary and not getattr(args, "chooses", False):
            raise PassphraseNotChosen(site.person.code)
        _warn(args, [_FOUND[args.lang]] if checking.quick(site) and args.run is not _verify else [])
        yield site, passphrase
        done = True
    finally:
        doubt = checking.clock_doubt(site)
        if not _closed(site) and done:
            _warn(args, [_FULL[args.lang]])
        _warn(args, [] if doubt is None else [_clock_words(doubt, args.lang)])


@contextmanager
def _site(args: Namespace) -> Iterator[Site]:
    with _unlocked(args) as (site, _):
        yield site


@contextmanager
def _server(args: Namespace, site: Site) -> Iterator[tuple[Connection, Patient]]:
    """The server that was set up, and the way to it."""
    connection = connecting.needed(site.clinical)
    transport = connecting.opened(connection, told=connect.told(args))
    try:
        yield connection, transport
    finally:
        transport.close()


def _closed(site: Site) -> bool:
    """Whether it could be put away in good order. What was done stands in the databases in any case, and the next
    unlocking puts away the rest."""
    try:
        site.close()
    except CannotSave:
        return False
    return True


_FOUND = {
    "it": "Il controllo allo sblocco ha trovato qualcosa che non va: eseguire 'site verify' e leggere che cosa fare.",
    "en": "The check at unlocking found something wrong: run 'site verify' and read what to do.",
}
_FULL = {
    "it": "Ciò che è stato fatto è salvato, ma il disco è pieno o ha segnalato un errore: liberare spazio prima di "
    "continuare.",
    "en": "What was done is saved, but the disk is full or failed: free some space before going on.",
}
_CLOCK = {
    "it": "L'orologio di questo computer non è credibile (mostra {shown}, prima era {last}): correggere data e ora; "
    "fino ad allora gli orari nel registro sono segnati come sospetti.",
    "en": "This computer's clock cannot be believed (it shows {shown}; before, it was {last}): set date and time "
    "right; until then the times in the audit trail are marked as suspect.",
}


def _clock_words(doubt: Doubt, lang: str) -> str:
    shown, last = (f"{moment:%d/%m/%Y %H:%M}" for moment in (doubt.shown, doubt.last))
    return _CLOCK[lang].format(shown=shown, last=last)


def _warn(args: Namespace, sentences: list[str]) -> None:
    """Say something beside the answer, which is for a machine too."""
    for sentence in sentences:
        print(sentence, file=sys.stderr)


def _enter(args: Namespace) -> int:
    data = read_input(args.file)
    with _unlocked(args) as (site, passphrase):
        entered = entering.enter(site, data, passphrase)
    typed = (*entered.before, *entered.visits)
    rows = [{"subject": entered.subject, "visit": item.visit, "state": item.state} for item in typed]
    lines = [f"{row['subject']}  {row['visit']:<10} {in_row(row['state'], args.lang)}" for row in rows] or [
        entered.subject
    ]
    say(args, rows or [{"subject": entered.subject}], lines)
    return 0


def _status(args: Namespace) -> int:
    with _unlocked(args) as (site, _):
        rows, ahead, bundles = patients.patients(site), sending.preview(site), sending.sent(site)
        head, sheet = f"{site.code} {site.name}", recovery.standing(site)
    data = {
        "patients": [
            {
                "subject": row.subject,
                "status": row.status,
                "visits": {visit.key: visit.state for visit in row.visits},
                "due": row.due.visit if row.due else None,
                "due_state": row.due.state if row.due else None,
            }
            for row in rows
        ],
        "to_send": sum(len(item.records) for item in ahead.leaving),
        "held_back": [
            {"subject": item.subject, "visit": item.visit, "why": item.why} for item in ahead.held_back
        ],
        "bundles": [
            {
                "epoch": parse_name(item.name).epoch,
                "seq": item.seq,
                "state": item.state,
                "records": item.records,
                "note": item.note,
            }
            for item in bundles
        ],
        "sheet": {"number": sheet.number, "unseen": sheet.unseen},
    }
    unseen = [_UNSEEN[args.lang].format(number=sheet.unseen)] if sheet.unseen else []
    say(args, data, [head, *_status_lines(args.lang, data), *unseen])
    return 0


_UNSEEN = {
    "it": "Il foglio di recupero {number} è stato creato e nessuno ha confermato di averlo su carta: crearne uno nuovo "
    "('site sheet', o nella finestra).",
    "en": "Recovery sheet {number} was made, and nobody confirmed that it is on paper: make a new one ('site sheet', "
    "or in the window).",
}


def _status_lines(lang: str, data: dict[str, Any]) -> list[str]:
    words = {
        "it": ("Pazienti", "Schede da inviare", "Trattenute qui", "Pacchetti"),
        "en": ("Patients", "Forms to send", "Held back here", "Bundles"),
    }[lang]
    lines = [f"{words[0]}: {len(data['patients'])}"]
    for row in data["patients"]:
        visits = ", ".join(f"{key} {in_row(state, lang)}" for key, state in row["visits"].items()) or "-"
        due = f"  → {row['due']} ({in_row(row['due_state'], lang)})" if row["due"] else ""
        lines.append(f"  {row['subject']}  {in_row(row['status'], lang)}  {visits}{due}")
    lines += [f"{words[1]}: {data['to_send']}", f"{words[2]}: {len(data['held_back'])}"]
    lines += [
        f"  {item['subject']} {item['visit']} ({in_row(item['why'], lang)})" for item in data["held_back"]
    ]
    lines.append(f"{words[3]}: {len(data['bundles'])}")
    for item in data["bundles"]:
        which, state = f"e{item['epoch']:03d}-{item['seq']:08d}", in_row(item["state"], lang)
        lines.append(f"  {which}  {state}  {item['records']} {reason(item['note'], lang)}".rstrip())
    return lines


def _export(args: Namespace) -> int:
    folder = None if args.to is None else a_way_out(args.to)
    with _unlocked(args) as (site, _):
        if folder is not None:
            bundle, where = _sent(args, site, folder), str(args.to)
        else:
            with _server(args, site) as (connection, transport):
                bundle = _sent(args, site, connecting.way(connection, transport))
                where = connection.place.host
    data = {"seq": bundle.seq, "name": bundle.name, "records": bundle.records, "size": bundle.size}
    one = bundle.records == 1
    what = {
        "it": "scheda o risposta" if one else "schede o risposte",
        "en": "record or answer" if one else "records or answers",
    }[args.lang]
    plural = {"it": "", "en": "s"}[args.lang]
    say(args, data, [f"{bundle.name}  {bundle.records} {what}, {bundle.size} byte{plural} → {where}"])
    return 0


def _sent(args: Namespace, site: Site, to: Path | Way) -> SentBundle:
    if args.anew is not None:
        sending.start_anew(site, args.anew)
    return sending.export(site, to) if args.again is None else sending.resend(site, args.again, to)


def _taken(args: Namespace, site: Site) -> list[Received]:
    """The answers at the path named, or what is new at the server."""
    if args.path is not None:
        return receiving.receive(site, args.path)
    with _server(args, site) as (_, transport):
        found = connecting.fetch(
            transport, lambda name: receiving.is_mine(site, name), receiving.known_answers(site)
        )
    return receiving.receive(site, found) if found.files else []


def _receive(args: Namespace) -> int:
    with _unlocked(args) as (site, _):
        taken = _taken(args, site)
    data = [
        {
            "name": item.name,
            "epoch": _epoch(item),
            "state": item.state,
            "acked_to": item.acked_to,
            "missing": list(item.missing),
        }
        if item.state != "queries"
        else {"name": item.name, "state": item.state, "asked": item.asked, "said": item.said}
        for item in taken
    ]
    lines = _all_told(taken, args.lang)
    say(args, data, lines or [_NOTHING_NEW[args.lang]])
    return 1 if any(item.state == "refused" for item in taken) else 0


def _all_told(taken: Sequence[Received], lang: str) -> list[str]:
    """What the answers meant together: a stick carries those of before too, which say nothing more."""
    asked = [item for item in taken if item.state == "queries"]
    newest = {_epoch(item): item for item in taken if _is_receipt(item)}
    told = [_told(item, lang) for item in taken if item.state != "queries" and not _is_receipt(item)]
    lines = [_asked(asked, lang)] if asked else []
    return [*lines, *(_told(item, lang) for item in newest.values()), *dict.fromkeys(told)]


def _is_receipt(item: Received) -> bool:
    return item.state not in ("queries", "refused", *_TAKEN)


def _epoch(item: Received) -> int | None:
    return parse_name(item.name).epoch if is_bundle_name(item.name) else None


def _told(item: Received, lang: str) -> str:
    """What an answer meant."""
    if item.state in _TAKEN:
        return _TAKEN[item.state][lang]
    if item.state == "refused":
        return f"{item.name}: {_why_not(item, lang)}"
    up_to, lack = {
        "it": ("ricevuto fino al pacchetto", "mancano"),
        "en": ("received up to bundle", "missing"),
    }[lang]
    gap = f"; {lack}: {', '.join(str(seq) for seq in item.missing)}" if item.missing else ""
    epoch = "" if _epoch(item) is None else f"e{_epoch(item):03d}-"
    return f"Pisa: {up_to} {epoch}{item.acked_to:08d}{gap}"


def _why_not(item: Received, lang: str) -> str:
    """Why a file among the answers was not used; a newer keyset would help with one, only Pisa with all others."""
    return said(UnknownCentreKeys(), lang) if item.why == UnknownCentreKeys.code else _NOT_PISAS[lang]


_TAKEN = {
    "of_before": {
        "it": "Risposta di Pisa di prima, già superata da una più recente; nulla è cambiato.",
        "en": "Answer of Pisa of before, replaced by a later one; nothing changed.",
    },
    "keyset": {
        "it": "Pisa ha chiavi nuove: sono in uso.",
        "en": "Pisa has new keys: they are in use.",
    },
    "repeated_keyset": {
        "it": "Chiavi di Pisa già ricevute; nulla è cambiato.",
        "en": "Keys of Pisa received before; nothing changed.",
    },
    "keyset_waits": {
        "it": "Pisa ha una radice nuova delle sue chiavi: vederla con 'site keyset show' e confermarla.",
        "en": "Pisa has a new root of its keys: see it with 'site keyset show' and confirm it.",
    },
    "forms": {
        "it": "È arrivata una nuova versione delle schede: vederla e metterla in uso con 'site forms'.",
        "en": "A new version of the forms came: see it and put it into use with 'site forms'.",
    },
    "repeated_forms": {
        "it": "Versione delle schede già ricevuta; nulla è cambiato.",
        "en": "Version of the forms received before; nothing changed.",
    },
}
_NOT_PISAS = {
    "it": "non è una risposta di Pisa, o è danneggiato; non è stato usato",
    "en": "is no answer of Pisa, or is damaged; it was not used",
}
_NOTHING_NEW = {"it": "Da Pisa non c'è nulla di nuovo.", "en": "There is nothing new from Pisa."}


def _asked(files: Sequence[Received], lang: str) -> str:
    words = {
        "it": ("richieste nuove", "altri messaggi", "risposte ritrovate"),
        "en": ("new questions", "other messages", "answers regained"),
    }[lang]
    asked, said_too, regained = (
        sum(getattr(item, name) for item in files) for name in ("asked", "said", "regained")
    )
    told = [f"{words[0]} {asked}", f"{words[1]} {said_too}"]
    told += [f"{words[2]} {regained}"] if regained else []
    return f"Pisa: {', '.join(told)}"


def _verify(args: Namespace) -> int:
    with _unlocked(args) as (site, _):
        if args.seen is not None:
            checking.note_seen(site, args.seen)
        good = proving.last_good(site)
        findings = checking.full(site)
        told = [proving.explain(site, item, good) for item in findings]
        believed = [one.get(args.lang) for one in (*proving.erasures(site), *trusting.notes(site))]
    clean = {
        "it": "Tutto in ordine: database, registro, firme e pacchetti.",
        "en": "All is well: databases, trail, signatures and bundles.",
    }
    data = [{"code": item.code, "sentence": item.sentence} for item in findings]
    say(args, data, [*([item.spoken(args.lang) for item in told] or [clean[args.lang]]), *believed])
    return 1 if findings else 0
