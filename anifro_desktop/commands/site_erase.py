"""`anifro-desktop site erase`: an identity, or a name in a free text or a reason, that should never have been typed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Any

from anifro_desktop.commands.common import number, say
from anifro_desktop.commands.counting import counted
from anifro_desktop.workflows import erasing

Opener = Callable[[Namespace], Any]  # a context manager that gives the open site and the passphrase

_WORDS = {
    "it": {
        "gone": "Cancellato: {entries:# voce|# voci} di registro e {versions:# versione|# versioni} di schede; al "
        "loro posto resta l'impronta del testo. Il file è stato riscritto senza di esso.",
        "present": "È stata cancellata anche l'identità attuale di questo paziente: digitare quella giusta.",
        "again": "Le schede la cui ultima versione aveva quel motivo sono state riscritte senza e aspettano una firma: "
        "'site unsigned' li elenca.",
        "none": "Non c'era nulla da cancellare: ciò che si legge adesso, parole accanto a una risposta comprese, va "
        "prima corretto nella finestra. Il file è stato riscritto, senza ciò che era già cancellato.",
        "backups": "Contengono ancora il testo i backup: {names}. Farne uno nuovo e, se si deve, distruggere questi e "
        "ogni altra copia.",
        "asides": "E così queste cartelle di dati precedenti, nella cartella dei dati: {names}.",
    },
    "en": {
        "gone": "Erased: {entries:# entry|# entries} of the trail and {versions:# version|# versions} of forms; the "
        "hash of the text stays in their place. The file was written anew without it.",
        "present": "The present identity of this patient was erased too: type the right one.",
        "again": "Forms whose last version had that reason were written again without it and wait for a signature: "
        "'site unsigned' lists them.",
        "none": "There was nothing to erase: mend first, in the window, what stands there now, words beside an "
        "answer too. The file was written anew, without what was erased before.",
        "backups": "These backups still hold the text: {names}. Make a new one and, if it must be, destroy these and "
        "every other copy.",
        "asides": "So do these folders of earlier data in the data folder: {names}.",
    },
}


def add_acts(acts: Any, act: Callable[..., ArgumentParser], unlocked: Opener) -> None:
    """Add `erase` to the verbs of a site. act: adds one that unlocks; unlocked: does it."""
    parser = act(
        acts,
        "erase",
        "take out for ever what was typed by mistake: an identity, or a name in a free text or in a reason",
        lambda args: _erase(args, unlocked),
    )
    parser.add_argument(
        "subject",
        metavar="SUBJECT",
        nargs="?",
        default="",
        help="study code of the patient; not with --entry",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--identity", action="store_true", help="the whole identity, as it is and as it was")
    what.add_argument(
        "--former-identity", action="store_true", help="what the identity was before it was corrected"
    )
    what.add_argument("--field", metavar="ID", help="what this question said before it was corrected")
    what.add_argument(
        "--entry",
        type=number,
        metavar="NUMBER",
        help="the words of the reason at this entry of the audit trail ('site audit' has the numbers), wherever the "
        "same words are a reason; its code stays",
    )
    parser.add_argument(
        "--visit",
        default="",
        metavar="KEY",
        help="with --field: visit or event, such as m06 (default: enrolment)",
    )
    parser.add_argument(
        "--reason", required=True, help="why; it stands in the audit trail, so without the text itself"
    )


def _erase(args: Namespace, unlocked: Opener) -> int:
    with unlocked(args) as (site, passphrase):
        if args.entry is not None:
            done = erasing.erase_reason(site, args.entry, args.reason, passphrase)
        elif args.field:
            done = erasing.erase_text(site, args.subject, args.visit, args.field, args.reason, passphrase)
        else:
            done = erasing.erase_identity(
                site, args.subject, args.reason, passphrase, former_only=args.former_identity
            )
    words = _WORDS[args.lang]
    found = bool(done.entries or done.versions or done.present)
    lines = [counted(words["gone" if found else "none"], entries=done.entries, versions=done.versions)]
    lines += [words["present"]] if done.present else []
    lines += [words["again"]] if args.entry is not None and found else []
    if found:  # else no text is known that they could hold
        lines += [words["backups"].format(names=", ".join(done.backups))] if done.backups else []
        lines += [words["asides"].format(names=", ".join(done.asides))] if done.asides else []
    data = {
        "entries": done.entries,
        "versions": done.versions,
        "present": done.present,
        "backups": list(done.backups),
        "asides": list(done.asides),
    }
    say(args, data, lines)
    return 0 if found else 1
