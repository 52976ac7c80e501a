"""`anifro-desktop site backup`, `backups`, `drill`, `restore`: a site's backups without a window."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from anifro_desktop.commands.common import (
    a_folder,
    add_common,
    code_of,
    data_folder,
    passphrase_of,
    read_passphrase,
    read_sheet,
    say,
)
from anifro_desktop.commands.counting import counted
from anifro_desktop.commands.refusals import said
from anifro_desktop.workflows import backups, restoring

Opener = Callable[[Namespace], Any]  # a context manager that gives the open site and the passphrase

_WORDS = {
    "it": {
        "made": "Backup fatto e verificato: {name} ({size} MB) in {folder}",
        "second": "Seconda copia in {folder}",
        "no_second": "Nessuna seconda copia: {why}",
        "second_set": "D'ora in poi ogni backup ha una seconda copia in {folder}.",
        "second_none": "I backup non hanno più una seconda copia.",
        "same_disk": "Attenzione: {folder} è sullo stesso disco dei dati; un guasto del disco toglie entrambi.",
        "none": "Nessun backup.",
        "behind": "Attenzione: i dati di questo computer sono più vecchi di quanto erano già stati; questo backup non "
        "prende il posto di nessun altro. Eseguire 'site verify' e leggere che cosa fare.",
        "whole": "intero",
        "older": "dati vecchi",
        "damaged": "DANNEGGIATO",
        "tried": "provato il {day}",
        "here": "qui",
        "away": "seconda copia",
        "drill": "Prova riuscita: {name} si apre ed è integro; {entries:# voce|# voci} di registro, "
        "{rows:# riga|# righe}, {behind:# voce più recente|# voci più recenti} solo qui.",
        "foreign": "Si apre ed è integro, ma non è l'inizio dei dati di questo computer: {name}.",
        "restored": "Ripristinato {name}: i dati sono quelli del {day}. Ciò che è stato inserito dopo va ridigitato.",
        "epoch": "Gli invii ricominciano (epoca {epoch}): il primo pacchetto porta di nuovo tutto. Avvisare Pisa.",
        "aside": "I file di prima sono in {folder}; nulla è stato cancellato.",
        "returned": "Con questo backup possono di nuovo sbloccare: {codes}. Controllare le persone.",
        "sheet": "Ora dare una nuova frase di accesso a un amministratore con 'site recover'.",
    },
    "en": {
        "made": "Backup made and verified: {name} ({size} MB) in {folder}",
        "second": "Second copy in {folder}",
        "no_second": "No second copy: {why}",
        "second_set": "From now on each backup has a second copy in {folder}.",
        "second_none": "Backups have no second copy any more.",
        "same_disk": "Beware: {folder} is on the same disk as the data; a fault of the disk takes both.",
        "none": "No backup.",
        "behind": "Beware: the data on this computer are older than they once were; this backup takes the place of no "
        "other. Run 'site verify' and read what to do.",
        "whole": "whole",
        "older": "older data",
        "damaged": "DAMAGED",
        "tried": "tried on {day}",
        "here": "here",
        "away": "second copy",
        "drill": "The drill went well: {name} opens and is sound; {entries:# entry|# entries} of the trail, "
        "{rows:# row|# rows}, {behind:# newer entry|# newer entries} only here.",
        "foreign": "It opens and is sound, but is not the beginning of this computer's data: {name}.",
        "restored": "Restored {name}: the data are those of {day}. What was entered afterwards has to be typed again.",
        "epoch": "Sending begins anew (epoch {epoch}): the first bundle carries everything again. Tell Pisa.",
        "aside": "The files of before are in {folder}; nothing was deleted.",
        "returned": "With this backup these may unlock again: {codes}. Check the people.",
        "sheet": "Now give an administrator a new passphrase with 'site recover'.",
    },
}


def add_acts(acts: Any, act: Callable[..., ArgumentParser], unlocked: Opener) -> None:
    """Add the four verbs to those of a site. act: adds one that unlocks; unlocked: does it."""
    made = act(acts, "backup", "make and verify a backup", lambda args: _backup(args, unlocked))
    made.add_argument(
        "--to", type=Path, metavar="FOLDER", help="put this one there, instead of its usual place"
    )
    made.add_argument(
        "--second", metavar="FOLDER", help="from now on keep a second copy in FOLDER too ('-': no longer)"
    )
    act(acts, "backups", "list the backups, newest first", lambda args: _backups(args, unlocked))
    tried = act(
        acts,
        "drill",
        "try a backup: open it with your passphrase and verify it",
        lambda args: _drill(args, unlocked),
    )
    tried.add_argument("backup", type=Path, nargs="?", metavar="BACKUP", help="without it, the newest one")
    _add_restore(acts)


def _add_restore(acts: Any) -> None:
    parser: ArgumentParser = acts.add_parser(
        "restore", help="put a backup back: onto its site, or into an empty folder on a new computer"
    )
    add_common(parser)
    parser.add_argument(
        "backup", type=Path, metavar="BACKUP", help="the folder whose name begins with backup-"
    )
    parser.add_argument(
        "--user",
        type=code_of,
        metavar="CODE",
        help="a site administrator in the backup (default: the only or first one)",
    )
    parser.add_argument(
        "--sheet",
        action="store_true",
        help="what is read is the recovery sheet, its rows on one line or on four, not a passphrase",
    )
    parser.add_argument("--sheet-file", type=Path, metavar="FILE", help="read the recovery sheet from FILE")
    parser.set_defaults(run=_restore)


def _backup(args: Namespace, unlocked: Opener) -> int:
    words = _WORDS[args.lang]
    lines = []
    with unlocked(args) as (site, _):
        if args.second is not None:
            folder = None if args.second == "-" else a_folder(Path(args.second))
            backups.set_second(site, folder)
            lines.append(words["second_set" if folder else "second_none"].format(folder=folder))
            if folder and backups.same_disk(site, folder):
                lines.append(words["same_disk"].format(folder=folder))
        made = backups.make(site, None if args.to is None else a_folder(args.to))
    size = f"{made.size / (1 << 20):.1f}"
    if args.lang == "it":
        size = size.replace(".", ",")
    lines.append(words["made"].format(name=made.name, size=size, folder=made.path.parent))
    if made.second is not None:
        lines.append(words["second"].format(folder=made.second.parent))
    if made.trouble is not None:
        lines.append(words["no_second"].format(why=said(made.trouble, args.lang)))
    data = {
        "name": made.name,
        "path": str(made.path),
        "size": made.size,
        "second": str(made.second) if made.second else None,
        "trouble": made.trouble.code if made.trouble else None,
        "removed": list(made.removed),
        "behind": bool(made.behind),
    }
    if made.behind:
        lines.append(words["behind"])
    say(args, data, lines)
    return 1 if made.trouble or made.behind else 0


def _backups(args: Namespace, unlocked: Opener) -> int:
    with unlocked(args) as (site, _):
        found = backups.listed(site)
    words = _WORDS[args.lang]
    data = [
        {
            "name": one.name,
            "path": str(one.path),
            "second": one.second,
            "whole": one.whole,
            "behind": one.behind,
            "utc": one.utc.isoformat() if one.utc else None,
            "entries": one.entries,
            "size": one.size,
            "epoch": one.epoch,
            "tried": one.tried.isoformat() if one.tried else None,
        }
        for one in found
    ]
    lines = []
    for one in found:
        state = words["damaged" if not one.whole else "older" if one.behind else "whole"]
        tried = words["tried"].format(day=_moment(one.tried)) if one.tried else ""
        where = words["away" if one.second else "here"]
        lines.append(f"{_moment(one.utc):<17} {state:<12} {where:<14} {one.path}  {tried}".rstrip())
    say(args, data, lines or [words["none"]])
    return 0 if all(one.whole for one in found) else 1


def _drill(args: Namespace, unlocked: Opener) -> int:
    with unlocked(args) as (site, passphrase):
        done = restoring.drill(site, passphrase, args.backup)
    data = {
        "name": done.name,
        "utc": done.utc.isoformat(),
        "entries": done.entries,
        "rows": done.rows,
        "behind": done.behind,
        "ours": done.ours,
    }
    facts = {"name": done.name, "entries": done.entries, "rows": done.rows, "behind": done.behind}
    say(args, data, [counted(_WORDS[args.lang]["drill" if done.ours else "foreign"], **facts)])
    return 0 if done.ours else 1


def _restore(args: Namespace) -> int:
    from anifro_desktop.store.clock import SystemClock

    folder = data_folder(args)
    if args.sheet_file is not None:
        args.sheet, args.passphrase_file = True, args.sheet_file
    if args.sheet:
        typed = read_sheet(args)
        done = restoring.restore(folder, args.backup, SystemClock(), sheet=typed)
    else:
        user = args.user or restoring.administrator(args.backup)
        passphrase = read_passphrase(args, passphrase_of(user, args.lang))
        done = restoring.restore(folder, args.backup, SystemClock(), user=user, passphrase=passphrase)
    data = {
        "name": done.name,
        "of": done.of.isoformat(),
        "epoch": done.epoch,
        "entries": done.entries,
        "aside": str(done.aside) if done.aside else None,
        "returned": list(done.returned),
    }
    words = _WORDS[args.lang]
    lines = [
        words["restored"].format(name=done.name, day=_moment(done.of)),
        words["epoch"].format(epoch=done.epoch),
    ]
    if done.aside is not None:
        lines.append(words["aside"].format(folder=done.aside))
    if done.returned:
        lines.append(words["returned"].format(codes=", ".join(done.returned)))
    if args.sheet:
        lines.append(words["sheet"])
    say(args, data, lines)
    return 0


def _moment(utc: datetime | None) -> str:
    """The moment as the person's clock shows it."""
    return "?" if utc is None else utc.astimezone().strftime("%Y-%m-%d %H:%M")
