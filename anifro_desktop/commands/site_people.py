"""`anifro-desktop site users ...`, `sheet`, `recover`: the people of a site and its recovery sheet without a window."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from anifro_desktop.commands.common import (
    add_common,
    an_output,
    code_of,
    data_folder,
    read_second,
    read_sheet,
    say,
)
from anifro_desktop.commands.words import act as act_in_words
from anifro_desktop.workflows import people
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.site import Site

Opener = Callable[[Namespace], Any]  # a context manager that gives the open site and the passphrase

_STATES = {
    "it": {"active": "attivo", "disabled": "disattivato", "removed": "rimosso"},
    "en": {"active": "active", "disabled": "disabled", "removed": "removed"},
}
_DONE = {
    "it": {
        "disable": "{code} non può più sbloccare.",
        "enable": "{code} può di nuovo sbloccare.",
        "change": "Ruoli di {code}: {roles}.",
        "remove": "{code} è stato rimosso e i database hanno chiavi nuove. I backup di prima restano "
        "leggibili a chi li ha. Anche le chiavi che firmano i file per Pisa sono nuove: valgono dalla ricevuta del "
        "prossimo invio. Dire a Pisa, al telefono, chi è stato rimosso.",
        "passphrase": "La frase di accesso è stata cambiata.",
        "renew-keys": "I database hanno chiavi nuove. Le apre anche chi conosce una frase di accesso che vale ancora: "
        "se una è in mani sbagliate, va cambiata prima, poi si ripete questo. Anche le chiavi che firmano i file per "
        "Pisa sono nuove: valgono dalla ricevuta del prossimo invio. Dire a Pisa, al telefono, che cosa è successo.",
        "recover": "{code} ha una nuova frase di accesso. Stampare un nuovo foglio di recupero: questo è stato letto.",
    },
    "en": {
        "disable": "{code} may no longer unlock.",
        "enable": "{code} may unlock again.",
        "change": "Roles of {code}: {roles}.",
        "remove": "{code} was removed and the databases have new keys. Backups made before stay readable to whoever "
        "has them. The keys that sign the files for Pisa are new too: they hold from the receipt of the next sending "
        "on. Tell Pisa on the telephone who was removed.",
        "passphrase": "The passphrase was changed.",
        "renew-keys": "The databases have new keys. Whoever knows a passphrase that still holds opens them too: if one "
        "is in wrong hands, it is changed first, then this is repeated. The keys that sign the files for Pisa are "
        "new too: they hold from the receipt of the next sending on. Tell Pisa on the telephone what happened.",
        "recover": "{code} has a new passphrase. Print a new recovery sheet: this one was read.",
    },
}


def add_acts(acts: Any, act: Callable[..., ArgumentParser], unlocked: Opener) -> None:
    """Add `users`, `sheet` and `recover` to the verbs of a site. act: adds one that unlocks; unlocked: does it."""
    users: ArgumentParser = acts.add_parser(
        "users",
        help="people: list, history, add, change, disable, enable, remove, reset, passphrase, renew-keys",
    )
    verbs = users.add_subparsers(dest="verb", metavar="VERB", required=True)

    def verb(name: str, text: str, run: Callable[[Namespace, Site, str], int]) -> ArgumentParser:
        def unlocked_run(args: Namespace) -> int:
            with unlocked(args) as (site, passphrase):
                return run(args, site, passphrase)

        return act(verbs, name, text, unlocked_run)

    verb("list", "everybody, with roles and state", _list)
    verb("history", "every change of people and rights, for the periodic review", _history)
    added = verb("add", "let another person unlock; prints a passphrase for one unlocking", _add)
    _person(added, named=True)
    changed = verb("change", "give a person other roles or a corrected name", _change)
    _person(changed, named=False)
    _reason(changed)
    for name, text in (
        ("disable", "keep a person from unlocking, until enabled"),
        ("remove", "take a person's keys for ever and put the databases under new ones"),
        ("reset", "give a person who forgot the passphrase one for a single unlocking"),
    ):
        parser = verb(name, text, _RUNS[name])
        parser.add_argument("person", type=code_of, metavar="CODE")
        _reason(parser)
    enabled = verb("enable", "let a disabled person unlock again", _enable)
    enabled.add_argument("person", type=code_of, metavar="CODE")
    enabled.add_argument("--reason", default="", help="why; it stands in the audit trail")
    own = verb("passphrase", "change one's own passphrase", _passphrase)
    own.set_defaults(chooses=True)  # the one act for a passphrase that an administrator gave
    _new_passphrase(own)
    _reason(verb("renew-keys", "put the databases under new keys: a passphrase is in wrong hands", _renew))

    sheet = act(acts, "sheet", "make a new recovery sheet and print it here, once, or draw it as PDF", None)
    sheet.add_argument(
        "--pdf",
        type=Path,
        metavar="FILE",
        help="the page to print, instead of the letters here: delete it after",
    )
    sheet.set_defaults(
        run=lambda args: _drawn_sheet(args, unlocked) if args.pdf else _with(args, unlocked, _sheet)
    )
    _recover(
        acts.add_parser("recover", help="give an administrator a new passphrase with the recovery sheet")
    )


def _with(args: Namespace, unlocked: Opener, run: Callable[[Namespace, Site, str], int]) -> int:
    with unlocked(args) as (site, passphrase):
        return run(args, site, passphrase)


def _person(parser: ArgumentParser, *, named: bool) -> None:
    parser.add_argument("person", type=code_of, metavar="CODE", help="such as U02; never another person's")
    parser.add_argument("--name", required=named)
    parser.add_argument(
        "--roles", required=named, help=f"one or more of {', '.join(people.ROLES)}, with commas between"
    )


def _reason(parser: ArgumentParser) -> None:
    parser.add_argument("--reason", required=True, help="why; it stands in the audit trail")


def _new_passphrase(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--new-passphrase-file", type=Path, metavar="FILE", help="read the new passphrase from FILE"
    )


def _list(args: Namespace, site: Site, _: str) -> int:
    found = people.members(site)
    data = [
        {
            "code": one.person.code,
            "name": one.person.name,
            "roles": list(one.person.roles),
            "state": one.state,
            "temporary": one.temporary,
            "failed": one.failed,
        }
        for one in found
    ]
    states = _STATES[args.lang]
    lines = [
        f"{one.person.code:<6} {states[one.state]:<12} {', '.join(one.person.roles)}  {one.person.name}"
        for one in found
    ]
    say(args, data, lines)
    return 0


def _history(args: Namespace, site: Site, _: str) -> int:
    found = people.history(site)
    data = [
        {
            "utc": one.utc,
            "by": one.by,
            "act": one.act,
            "about": one.about,
            "detail": one.detail,
            "reason": one.reason,
        }
        for one in found
    ]
    lines = [
        f"{one.utc}  {one.by:<6} {act_in_words(one.act, args.lang)}  {one.about:<6} {one.reason}".rstrip()
        for one in found
    ]
    say(args, data, lines)
    return 0


def _add(args: Namespace, site: Site, _: str) -> int:
    person = Person(args.person, args.name, _roles(args.roles))
    once = people.one_time()
    people.add(site, person, once)
    return _say_once(args, args.person, once)


def _change(args: Namespace, site: Site, _: str) -> int:
    known = people.member(site, args.person).person
    roles = known.roles if args.roles is None else _roles(args.roles)
    people.change(site, Person(args.person, args.name or known.name, roles), args.reason)
    return _say_done(args, "change", code=args.person, roles=", ".join(roles))


def _disable(args: Namespace, site: Site, _: str) -> int:
    people.disable(site, args.person, args.reason)
    return _say_done(args, "disable", code=args.person)


def _enable(args: Namespace, site: Site, _: str) -> int:
    people.enable(site, args.person, args.reason)
    return _say_done(args, "enable", code=args.person)


def _remove(args: Namespace, site: Site, _: str) -> int:
    people.remove(site, args.person, args.reason)
    return _say_done(args, "remove", code=args.person)


def _reset(args: Namespace, site: Site, _: str) -> int:
    once = people.one_time()
    people.reset(site, args.person, once, args.reason)
    return _say_once(args, args.person, once)


def _passphrase(args: Namespace, site: Site, passphrase: str) -> int:
    people.change_passphrase(site, passphrase, read_second(args))
    return _say_done(args, "passphrase")


def _renew(args: Namespace, site: Site, _: str) -> int:
    people.renew_keys(site, args.reason)
    return _say_done(args, "renew-keys")


_RUNS = {"disable": _disable, "remove": _remove, "reset": _reset}


def _sheet(args: Namespace, site: Site, _: str) -> int:
    made = people.make_sheet(site)
    rows = [" ".join(row) for row in made.rows]
    head = {
        "it": [
            f"Foglio di recupero di {site.code}, numero {made.number}. Apre tutto: in busta chiusa, mai al centro.",
            "Ricopiarlo o stamparlo ora: non si vedrà più. I fogli precedenti aprono solo i backup di prima.",
        ],
        "en": [
            f"Recovery sheet of {site.code}, number {made.number}. It opens everything: sealed envelope, never to the "
            "centre.",
            "Copy or print it now: it is not shown again. Earlier sheets open only backups of before.",
        ],
    }[args.lang]
    say(args, {"number": made.number, "rows": rows}, [*head, *(f"  {row}" for row in rows)])
    sys.stdout.flush()  # only a sheet that somebody can read ends those before it
    people.sheet_shown(site, made.number)
    return 0


_DRAWN = {
    "it": "Foglio di recupero di {code}, numero {number}: {file}\nChi ha questo file apre tutto, nomi compresi: "
    "stamparlo ora, mettere il foglio in busta chiusa e cancellare il file. I fogli precedenti aprono solo i backup "
    "di prima.",
    "en": "Recovery sheet of {code}, number {number}: {file}\nWhoever has this file opens everything, names included: "
    "print it now, put the sheet into a sealed envelope and delete the file. Earlier sheets open only backups of "
    "before.",
}


def _drawn_sheet(args: Namespace, unlocked: Opener) -> int:
    """The window's page as a file; the sheet before ends once it is written."""
    from anifro_desktop.files import check_writable, write_new
    from anifro_desktop.workflows.errors import OutputRefused

    check_writable(an_output(args.pdf).absolute().parent)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from anifro_desktop.ui.people.sheet_paper import Page, drawn_sheet

    with unlocked(args) as (site, _):
        made = people.make_sheet(site)
        if not write_new(args.pdf, drawn_sheet(Page(site.code, site.name, site.today(), made))):
            raise OutputRefused("there", args.pdf.name)  # it came while the sheet was being made
        people.sheet_shown(site, made.number)
        data = {"number": made.number, "file": str(args.pdf)}
        say(args, data, [_DRAWN[args.lang].format(code=site.code, number=made.number, file=args.pdf)])
    return 0


def _recover(parser: ArgumentParser) -> None:
    add_common(parser, passphrase=False)
    parser.add_argument(
        "--user",
        type=code_of,
        metavar="CODE",
        required=True,
        help="the administrator who gets a passphrase",
    )
    parser.add_argument(
        "--sheet-file",
        "--passphrase-file",
        type=Path,
        dest="passphrase_file",
        metavar="FILE",
        help="read the sheet from FILE, its rows on one line or on four",
    )
    _new_passphrase(parser)
    parser.set_defaults(run=_recovered)


def _recovered(args: Namespace) -> int:
    from anifro_desktop.store.clock import SystemClock

    people.check_administrator(data_folder(args), args.user)  # before anything is typed
    typed = read_sheet(args)
    people.recover(data_folder(args), typed, args.user, read_second(args), SystemClock())
    return _say_done(args, "recover", code=args.user)


def _roles(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _say_done(args: Namespace, what: str, **facts: str) -> int:
    say(args, {"done": what, **facts}, [_DONE[args.lang][what].format(**facts)])
    return 0


def _say_once(args: Namespace, code: str, once: str) -> int:
    words = {
        "it": [
            f"Frase di accesso di {code} per un solo sblocco: {once}",
            "Al primo sblocco sceglie la propria, che nessun altro conosce.",
        ],
        "en": [
            f"Passphrase of {code} for one unlocking: {once}",
            "At that unlocking the person chooses another, which nobody else knows.",
        ],
    }[args.lang]
    say(args, {"code": code, "one_time_passphrase": once}, words)
    return 0
