"""`anifro-desktop centre keyset`, `escrow`, `backup`, `drill`, `restore`, `users`, `sheet`, `recover`: the centre's
keys, copies and people (see docs/centre.md)."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anifro_desktop.commands.common import (
    a_medium,
    add_common,
    code_of,
    data_folder,
    read_passphrase,
    read_second,
    read_sheet,
    say,
)
from anifro_desktop.commands.counting import counted
from anifro_desktop.commands.words import day, moment

if TYPE_CHECKING:
    from anifro_desktop.centre.keysets import Renewed
    from anifro_desktop.centre.office import Centre
    from anifro_desktop.centre.staffing import Staff
    from anifro_desktop.store.slots import Keys

Opener = Callable[
    [Namespace], Any
]  # a context manager that gives the open centre; its passphrase is then in the args

_WORDS = {
    "it": {
        "keyset": "Chiavi del centro, versione {version}, valide fino al {expires}. Impronta della radice: "
        "{fingerprint}",
        "expired": "Queste chiavi sono scadute: le sedi continuano a lavorare e a inviare; farne di nuove con 'centre "
        "keyset renew'.",
        "renewed": "Nuove chiavi del centro, versione {version}: {file}. Partono per le sedi con 'centre reply'. "
        "Fare subito un backup: quelli di prima non aprono ciò che le sedi sigillano da ora.",
        "root": "Radice nuova. Impronta da leggere a ogni sede: {fingerprint}. Mettere {folder} in cassaforte; "
        "quella di prima non serve più.",
        "escrow": "Copia di deposito: {file}. Conservarla lontano dal foglio.",
        "sheet": "Foglio di deposito: copiarlo o stamparlo ora, non si vedrà più. Busta chiusa, in un altro luogo.",
        "checked": "La copia di deposito si apre: {count:# chiave, quella in uso|# chiavi, tutte quelle in uso}.",
        "used": "Chiavi riprese dalla copia di deposito: {count}. Acquisire di nuovo i pacchetti rimasti indietro, "
        "poi fare chiavi nuove con 'centre keyset renew'.",
        "backup": "Backup fatto e verificato: {folder}",
        "drill": "Prova riuscita: {name} si apre ed è integro; {entries:# voce|# voci} di registro, "
        "{behind:# più recente|# più recenti} solo qui.",
        "foreign": "Si apre ed è integro, ma non è l'inizio dei dati di questo centro: {name}.",
        "restored": "Ripristinato {name} del {utc}. A {writers} computer si chiede di rimandare ciò che è "
        "arrivato dopo: eseguire 'centre reply'. Ripetere registrazioni, revoche e chiavi fatte dopo quel momento.",
        "aside": "I file di prima sono in {folder}; nulla è stato cancellato.",
        "recovery": "Foglio di recupero numero {number}: copiarlo o stamparlo ora, non si vedrà più. Busta chiusa, "
        "in cassaforte.",
        "done": "Fatto: {person}.",
        "passphrase": "La frase di accesso è stata cambiata.",
        "recovered": "{person} ha una nuova frase di accesso. Stampare un nuovo foglio di recupero: questo è stato "
        "letto.",
    },
    "en": {
        "keyset": "Keys of the centre, version {version}, valid until {expires}. Fingerprint of the root: "
        "{fingerprint}",
        "expired": "These keys have expired: the sites go on working and sending; make new ones with 'centre keyset "
        "renew'.",
        "renewed": "New keys of the centre, version {version}: {file}. They go to the sites with 'centre reply'. "
        "Make a backup at once: those of before do not open what sites seal from now on.",
        "root": "A new root. Fingerprint to read to each site: {fingerprint}. Put {folder} into the safe; the one "
        "before is of no use any more.",
        "escrow": "Escrow copy: {file}. Keep it far from the sheet.",
        "sheet": "Escrow sheet: copy or print it now, it is not shown again. Sealed envelope, in another place.",
        "checked": "The escrow copy opens: {count:# key, the one in use|# keys, all those in use}.",
        "used": "Keys taken from the escrow copy: {count}. Take in again the bundles that were left, then make new "
        "keys with 'centre keyset renew'.",
        "backup": "Backup made and verified: {folder}",
        "drill": "The try succeeded: {name} opens and is whole; {entries:# entry|# entries} of the trail, "
        "{behind:# newer one|# newer ones} only here.",
        "foreign": "It opens and is whole, but is not the beginning of this centre's data: {name}.",
        "restored": "Put back {name} of {utc}. {writers:# computer is|# computers are} asked to send again what came "
        "after: run "
        "'centre reply'. Repeat registrations, revocations and keys that were made after that moment.",
        "aside": "The files of before are in {folder}; nothing was deleted.",
        "recovery": "Recovery sheet number {number}: copy or print it now, it is not shown again. Sealed envelope, "
        "in the safe.",
        "done": "Done: {person}.",
        "passphrase": "The passphrase was changed.",
        "recovered": "{person} has a new passphrase. Print a new recovery sheet: this one was read.",
    },
}


def add_acts(acts: Any, act: Callable[..., ArgumentParser], opened: Opener) -> None:
    """Add these verbs. act: adds one that opens the centre; opened: does it."""

    def verb(parent: Any, name: str, text: str, run: Callable[[Namespace, Centre], int]) -> ArgumentParser:
        def do(args: Namespace) -> int:
            with opened(args) as centre:
                return run(args, centre)

        return act(parent, name, text, do)

    keyset = _group(acts, "keyset", "the centre's keys: show, renew")
    verb(keyset, "show", "version, day and fingerprint; writes the public file again", _show)
    renewed = verb(keyset, "renew", "make new keys, signed by the root key", _renew)
    _root(renewed, needed=True)
    renewed.add_argument("--new-root", type=Path, metavar="FOLDER", help="make another root key there, too")
    _reason(renewed)
    escrow = _group(acts, "escrow", "a sealed second copy of the keys that open bundles: make, check, use")
    verb(escrow, "make", "make a sheet, shown once, and the copy that it opens", _escrow_make)
    for name, text, run in (
        ("check", "rehearse: type the sheet, open the copy, compare", _escrow_check),
        ("use", "take the keys of a copy in, after a loss", _escrow_use),
    ):
        parser = verb(escrow, name, text, run)
        parser.add_argument("file", type=Path, metavar="COPY")
        parser.add_argument("--sheet-file", type=Path, metavar="FILE", help="read the sheet from FILE")
        if name == "use":
            _reason(parser)
    backup = verb(acts, "backup", "copy everything but the root key, and verify the copy", _backup)
    backup.add_argument("--to", type=Path, metavar="FOLDER", help="where to (default: backups in the data)")
    drill = verb(acts, "drill", "open a backup as if it were needed", _drill)
    drill.add_argument("backup", type=Path, nargs="?", metavar="BACKUP", help="default: the newest")
    _restore(acts.add_parser("restore", help="put a backup back, and ask the sites for what came after"))
    users = _group(acts, "users", "people: list, add, reset, remove, passphrase")
    _root(verb(users, "list", "who opens the centre, or with --root the root key", _list))
    added = verb(users, "add", "let another person open it; the new passphrase is asked for", _add)
    added.add_argument("--name", required=True)
    added.add_argument("--roles", default="data_manager", help="data_manager, statistician, or both")
    reset = verb(users, "reset", "give a person who forgot it a new passphrase", _reset)
    for parser in (added, reset):
        _root(parser)
        _new(parser)
    removed = verb(users, "remove", "take a person's keys for ever", _remove)
    for parser in (added, reset, removed):
        parser.add_argument("person", type=code_of, metavar="CODE")
    for parser in (reset, removed):
        _reason(parser)
    own = verb(users, "passphrase", "change one's own passphrase", _passphrase)
    own.set_defaults(choosing=True)  # the one act for which a passphrase is enough that somebody else knows
    _root(own)
    _new(own)
    _root(verb(acts, "sheet", "make a recovery sheet and print it here, once", _sheet))
    _recover(acts.add_parser("recover", help="give a data manager a new passphrase with the recovery sheet"))


def _group(acts: Any, name: str, text: str) -> Any:
    parser: ArgumentParser = acts.add_parser(name, help=text)
    return parser.add_subparsers(dest="verb", metavar="VERB", required=True)


def _root(parser: ArgumentParser, *, needed: bool = False) -> None:
    what = "folder of the root key" + (" (default: root in the data)" if needed else ": act on that")
    parser.add_argument("--root", type=Path, metavar="FOLDER", help=what)
    parser.add_argument(
        "--root-passphrase-file", type=Path, metavar="FILE", help="where the root key has another passphrase"
    )


def _reason(parser: ArgumentParser) -> None:
    parser.add_argument("--reason", required=True, help="why; it stands in the audit trail")


def _new(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--new-passphrase-file", type=Path, metavar="FILE", help="read the new passphrase from FILE"
    )


def _say(args: Namespace, what: str, rows: Any = None, **facts: Any) -> int:
    lines = [counted(_WORDS[args.lang][what], **facts)]
    lines += [f"  {' '.join(row)}" for row in rows or ()]
    data = {name: str(value) if isinstance(value, Path) else value for name, value in facts.items()}
    say(args, data | ({} if rows is None else {"rows": [" ".join(row) for row in rows]}), lines)
    return 0


def _root_passphrase(args: Namespace) -> str:
    """That of the root key: another one if so named, else that with which the centre was opened."""
    if args.root_passphrase_file is None:
        return str(args.passphrase)
    return read_passphrase(Namespace(passphrase_file=args.root_passphrase_file), "")


def _staff(args: Namespace, centre: Centre) -> Staff:
    from anifro_desktop.centre import staffing

    if getattr(args, "root", None) is None:
        return staffing.of_centre(centre)
    return staffing.of_root(centre, args.root, _root_passphrase(args))


def _show(args: Namespace, centre: Centre) -> int:
    from anifro_desktop.centre.keysets import write_public

    words, made = _WORDS[args.lang], write_public(centre)
    expires, expired = centre.keyset.expires.isoformat(), centre.keyset.expired(centre.clock.now().date())
    facts = {"version": made.version, "expires": expires, "fingerprint": made.fingerprint}
    line = words["keyset"].format(**facts | {"expires": day(expires, args.lang)})
    lines = [line, *([words["expired"]] if expired else [])]
    say(args, facts | {"expired": expired, "file": str(made.keyset)}, lines)
    return 0


def _renew(args: Namespace, centre: Centre) -> int:
    from anifro_desktop.centre import keysets, staffing
    from anifro_desktop.centre.office import ROOT_FOLDER

    passphrase = _root_passphrase(args)
    root = staffing.open_root(centre, args.root or centre.folder / ROOT_FOLDER, passphrase)
    new = None if args.new_root is None else _new_root(centre, args.new_root, passphrase)
    made = keysets.renew(centre, root, new, args.reason)
    lines = [_WORDS[args.lang]["renewed"].format(version=made.version, file=made.keyset)]
    if new is not None:
        lines.append(_WORDS[args.lang]["root"].format(fingerprint=made.fingerprint, folder=args.new_root))
    if made.escrow is not None:
        lines.append(_WORDS[args.lang]["escrow"].format(file=made.escrow))
    say(args, _told(made), lines)
    return 0


def _told(made: Renewed) -> dict[str, Any]:
    escrow = None if made.escrow is None else str(made.escrow)
    told = {"version": made.version, "keyset": str(made.keyset), "fingerprint": made.fingerprint}
    return told | {"escrow": escrow}


def _new_root(centre: Centre, folder: Path, passphrase: str) -> Keys:
    from anifro_desktop.files import make_folder
    from anifro_desktop.store.vault import create_vault

    make_folder(folder)
    return create_vault(folder, centre.keys.site, centre.keys.user, passphrase, kind="centre")


def _escrow_make(args: Namespace, centre: Centre) -> int:
    from anifro_desktop.centre.keysets import make_escrow

    rows, path = make_escrow(centre)
    lines = [_WORDS[args.lang]["sheet"], *(f"  {' '.join(row)}" for row in rows)]
    say(
        args,
        {"file": str(path), "rows": [" ".join(row) for row in rows]},
        [*lines, _WORDS[args.lang]["escrow"].format(file=path)],
    )
    return 0


def _typed(args: Namespace) -> str:
    return read_sheet(Namespace(passphrase_file=args.sheet_file, lang=args.lang))


def _escrow_check(args: Namespace, centre: Centre) -> int:
    from anifro_desktop.centre.keysets import check_escrow

    return _say(args, "checked", count=check_escrow(centre, _typed(args), args.file))


def _escrow_use(args: Namespace, centre: Centre) -> int:
    from anifro_desktop.centre.keysets import use_escrow

    return _say(args, "used", count=use_escrow(centre, _typed(args), args.file, args.reason))


def _backup(args: Namespace, centre: Centre) -> int:
    from anifro_desktop.centre.backups import back_up

    if args.to is not None:
        a_medium(args.to)
    return _say(args, "backup", folder=back_up(centre, args.to))


def _drill(args: Namespace, centre: Centre) -> int:
    from anifro_desktop.centre.backups import drill, newest

    tried = drill(centre, args.backup or newest(centre), args.passphrase)
    facts = {"name": tried.name, "entries": tried.entries, "behind": tried.behind}
    _say(args, "drill" if tried.ours else "foreign", **facts)
    return 0 if tried.ours else 1


def _restore(parser: ArgumentParser) -> None:
    add_common(parser)
    parser.add_argument("backup", type=Path, metavar="BACKUP")
    parser.add_argument(
        "--user", type=code_of, metavar="CODE", help="a data manager in the backup (default: its first)"
    )
    parser.add_argument("--sheet", action="store_true", help="open it with its recovery sheet instead")
    parser.set_defaults(do=_put_back)
    _ran(parser)


def _put_back(args: Namespace) -> int:
    from anifro_desktop.centre.backups import restore
    from anifro_desktop.store.backup_errors import BackupMissing
    from anifro_desktop.store.clock import SystemClock
    from anifro_desktop.store.doorplate import users
    from anifro_desktop.store.errors import VaultMissing

    typed = read_sheet(args) if args.sheet else ""
    try:
        user = args.user or users(args.backup)[0].code
    except VaultMissing as error:
        raise BackupMissing(args.backup.name) from error
    passphrase = "" if typed else read_passphrase(args, f"Passphrase {user}")
    folder = data_folder(args, "centre")
    done = restore(folder, args.backup, SystemClock(), user=user, passphrase=passphrase, typed=typed)
    facts = {"name": done.name, "utc": done.utc[:16], "writers": done.writers}
    lines = [counted(_WORDS[args.lang]["restored"], **facts | {"utc": moment(done.utc, args.lang)})]
    lines += [_WORDS[args.lang]["aside"].format(folder=done.aside)] if done.aside else []
    say(args, facts | {"aside": str(done.aside or "")}, lines)
    return 0


def _list(args: Namespace, centre: Centre) -> int:
    people = _staff(args, centre).people()
    data = [{"code": one.code, "name": one.name, "roles": list(one.roles)} for one in people]
    say(args, data, [f"{one.code:<6} {', '.join(one.roles)}  {one.name}" for one in people])
    return 0


def _add(args: Namespace, centre: Centre) -> int:
    from anifro_desktop.store.doorplate import User

    roles = tuple(part.strip() for part in args.roles.split(",") if part.strip())
    _staff(args, centre).add(User(args.person, args.name, roles), read_second(args))
    return _say(args, "done", person=args.person)


def _reset(args: Namespace, centre: Centre) -> int:
    _staff(args, centre).reset(args.person, read_second(args), args.reason)
    return _say(args, "done", person=args.person)


def _remove(args: Namespace, centre: Centre) -> int:
    _staff(args, centre).remove(args.person, args.reason)
    return _say(args, "done", person=args.person)


def _passphrase(args: Namespace, centre: Centre) -> int:
    old = args.passphrase if args.root is None else _root_passphrase(args)
    _staff(args, centre).change_passphrase(old, read_second(args))
    return _say(args, "passphrase")


def _sheet(args: Namespace, centre: Centre) -> int:
    staff = _staff(args, centre)
    number, rows = staff.make_sheet()
    _say(args, "recovery", rows, number=number)
    sys.stdout.flush()  # only a sheet that somebody can read ends those before it
    staff.sheet_shown(number)
    return 0


def _recover(parser: ArgumentParser) -> None:
    add_common(parser, passphrase=False)
    parser.add_argument("--user", type=code_of, metavar="CODE", required=True, help="who gets a passphrase")
    parser.add_argument("--root", type=Path, metavar="FOLDER", help="of the root key in this folder instead")
    parser.add_argument(
        "--sheet-file", type=Path, dest="passphrase_file", metavar="FILE", help="read the sheet from FILE"
    )
    _new(parser)
    parser.set_defaults(do=_recovered)
    _ran(parser)


def _recovered(args: Namespace) -> int:
    from anifro_desktop.centre.backups import recover
    from anifro_desktop.store.clock import SystemClock

    folder = args.root or data_folder(args, "centre")
    typed = read_sheet(args)
    recover(folder, typed, args.user, read_second(args), SystemClock(), root=args.root is not None)
    return _say(args, "recovered", person=args.user)


def _ran(parser: ArgumentParser) -> None:
    from anifro_desktop.commands.centre import run

    parser.set_defaults(run=run)
