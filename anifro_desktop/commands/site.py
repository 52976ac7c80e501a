"""`anifro-desktop site ...`: a site's verbs without a window."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anifro_desktop.centre.words import reason
from anifro_desktop.commands import (
    site_archive,
    site_audit,
    site_backup,
    site_erase,
    site_import,
    site_people,
    site_signoff,
    site_support,
)
from anifro_desktop.commands.common import (
    a_folder,
    add_common,
    code_of,
    data_folder,
    number,
    passphrase_of,
    read_input,
    read_passphrase,
    say,
)
from anifro_desktop.commands.words import in_row
from anifro_desktop.store.errors import CannotSave, PassphraseNotChosen
from anifro_desktop.sync.names import is_bundle_name, parse_name
from anifro_desktop.workflows import checking, entering, patients, recovery, sending
from anifro_desktop.workflows.audit import proving, trusting
from anifro_desktop.workflows.entrance import people
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.model import Setup
from anifro_desktop.workflows.outputs import check_folder
from anifro_desktop.workflows.site import Site, create_site, unlock

if TYPE_CHECKING:
    from anifro_desktop.store.clock import Doubt

_ROLES = ("investigator", "site_admin")


def add_parser(verbs: Any) -> None:
    """Add `site` and its verbs."""
    parser: ArgumentParser = verbs.add_parser(
        "site", help="a site: init, enter, import, status, export, receive, verify, backup, restore"
    )
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    _init(acts.add_parser("init", help="make a new site with the centre's key file"))
    enter = _act(acts, "enter", "type visits from a file (see docs/visit-file.md)", _enter)
    enter.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="a visit file; without it, standard input"
    )
    _act(acts, "status", "patients, visits, what is due and what waits to be sent", _status)
    export = _act(acts, "export", "seal what is signed and put it into a folder or on a USB stick", _export)
    export.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    export.add_argument(
        "--again", type=number, metavar="NUMBER", help="put this bundle there again, byte for byte"
    )
    export.add_argument(
        "--anew",
        metavar="REASON",
        help="where sending is locked and the centre was told: begin anew, with everything",
    )
    receive = _act(acts, "receive", "read the centre's receipts", _receive)
    receive.add_argument("path", type=Path, metavar="FILE_OR_FOLDER")
    verify = _act(acts, "verify", "check databases, audit trail, signatures and bundles", _verify)
    verify.add_argument(
        "--seen",
        metavar="REASON",
        help="note first what a missing or damaged anchor file was: it is found no more",
    )
    site_import.add_acts(acts, _act, _unlocked)
    site_people.add_acts(acts, _act, _unlocked)
    site_audit.add_acts(acts, _act, _unlocked)
    site_signoff.add_acts(acts, _act, _unlocked)
    site_backup.add_acts(acts, _act, _unlocked)
    site_erase.add_acts(acts, _act, _unlocked)
    site_archive.add_acts(acts, _act, _unlocked)
    site_support.add_acts(acts, _act, _unlocked)


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
    to = check_folder(a_folder(args.to))
    with _unlocked(args) as (site, _):
        if args.anew is not None:
            sending.start_anew(site, args.anew)
        bundle = sending.export(site, to) if args.again is None else sending.resend(site, args.again, to)
    data = {"seq": bundle.seq, "name": bundle.name, "records": bundle.records, "size": bundle.size}
    what, plural = {"it": ("schede", ""), "en": ("records", "s")}[args.lang]
    say(args, data, [f"{bundle.name}  {bundle.records} {what}, {bundle.size} byte{plural} → {args.to}"])
    return 0


def _receive(args: Namespace) -> int:
    with _unlocked(args) as (site, _):
        taken = sending.receive(site, args.path)
    data = [
        {
            "name": item.name,
            "epoch": parse_name(item.name).epoch if is_bundle_name(item.name) else None,
            "state": item.state,
            "acked_to": item.acked_to,
            "missing": list(item.missing),
        }
        for item in taken
    ]
    words = {"it": ("ricevuto fino al pacchetto", "mancano"), "en": ("received up to bundle", "missing")}[
        args.lang
    ]
    lines = []
    for item, row in zip(taken, data, strict=True):
        epoch = f"e{row['epoch']:03d}-" if row["epoch"] else ""
        gap = f"; {words[1]}: {', '.join(str(seq) for seq in item.missing)}" if item.missing else ""
        lines.append(f"Pisa: {words[0]} {epoch}{item.acked_to:08d}{gap}")
    say(args, data, lines)
    return 0


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
