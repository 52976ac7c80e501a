"""`anifro-desktop site handover` and `take`: a patient goes on at another computer, of this site or of another one.

Exit codes: 0 done; 1 refused; 2 usage; 3 this computer cannot.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from anifro_desktop.commands.common import UsageRefusal, a_folder, read_input, say
from anifro_desktop.commands.counting import counted
from anifro_desktop.commands.words import in_row
from anifro_desktop.forms.model import Label
from anifro_desktop.study.subject_code import check_code
from anifro_desktop.sync.bundle import MAX_FILE
from anifro_desktop.workflows import transfer
from anifro_desktop.workflows.site import Site

Opener = Callable[[Namespace], AbstractContextManager[tuple[Site, str]]]
_CARD_BYTES = 1 << 16
_MADE = (
    Label(
        "{subject} è consegnato a {site}/{writer}: qui si legge soltanto.",
        "{subject} is handed over to {site}/{writer}: here the record is only read.",
    ),
    Label(
        "Da portare là a mano, mai attraverso Pisa: {name} e {card}",
        "To bring there by hand, never by way of Pisa: {name} and {card}",
    ),
    Label(
        "Impronta di questo computer da leggere là: {fingerprint}",
        "Fingerprint to read out there: {fingerprint}",
    ),
    Label(
        "Il file contiene anche chi è il paziente, leggibile solo a quel computer.",
        "The file also holds who the patient is, which only that computer can read.",
    ),
)
_COMES = (
    Label("{subject} viene da {site}/{writer}{back}.", "{subject} comes from {site}/{writer}{back}."),
    Label(" e torna qui", " and comes back here"),
    Label(
        "{versions:# versione|# versioni}, {signatures:# firma|# firme}, {drafts:# bozza|# bozze}, "
        "{events:# evento|# eventi}",
        "{versions:# version|# versions}, {signatures:# signature|# signatures}, {drafts:# draft|# drafts}, "
        "{events:# event|# events}",
    ),
    Label("Qui c'è chi gli somiglia: {codes}.", "Somebody alike is here: {codes}."),
    Label("Nulla è stato scritto: ripetere con --yes.", "Nothing was written: say it again with --yes."),
    Label(
        "Da ora si prosegue qui. Ciò che Pisa chiede di questo paziente arriva con la sua prossima risposta, dopo che "
        "i due computer hanno inviato.",
        "From now on it goes on here. What Pisa asks about this patient comes with its next answer, once both "
        "computers have sent.",
    ),
)
_TURNED = Label("{subject}: fatto.", "{subject}: done.")


def add_acts(acts: Any, act: Callable[..., ArgumentParser], unlocked: Opener) -> None:
    """Add `handover` and `take` to the verbs of a site."""

    def hand(args: Namespace) -> int:
        return _hand(args, unlocked)

    def take(args: Namespace) -> int:
        return _take(args, unlocked)

    handover = act(
        acts, "handover", "hand a patient over to another computer, or take the patient back", hand
    )
    handover.add_argument("subject", metavar="CODE", help="the patient")
    handover.add_argument(
        "--card", type=Path, metavar="FILE", help="the card of the computer that goes on (.anfk)"
    )
    handover.add_argument("--fingerprint", help="the fingerprint of that card, as it is read out there")
    handover.add_argument(
        "--to", type=Path, metavar="FOLDER", help="where to put the file; alone: put it there again"
    )
    handover.add_argument("--take-back", action="store_true", help="the file was never used: go on here")
    handover.add_argument(
        "--leave", action="store_true", help="the file was used all the same: leave it there"
    )
    handover.add_argument(
        "--give-up", action="store_true", help="taken over here by mistake: the old computer goes on"
    )
    handover.add_argument("--reason", default="", help="why, for the audit trail")
    taking = act(acts, "take", "take a patient over from another computer", take)
    taking.add_argument("file", type=Path, metavar="FILE")
    taking.add_argument(
        "--card", type=Path, metavar="FILE", help="the card of the old computer (default: beside FILE)"
    )
    taking.add_argument(
        "--fingerprint", required=True, help="the fingerprint of that card, as it is read out there"
    )
    taking.add_argument("--yes", action="store_true", help="write what comes; without it, only look")


def _hand(args: Namespace, unlocked: Opener) -> int:
    subject = check_code(args.subject) or args.subject
    turns = [
        act
        for act, wanted in (
            (transfer.take_back, args.take_back),
            (transfer.confirm_handed, args.leave),
            (transfer.give_up, args.give_up),
        )
        if wanted
    ]
    named = args.card is not None and args.fingerprint is not None
    if len(turns) > 1 or (not turns and (args.to is None or (args.card is not None) != named)):
        raise UsageRefusal(_USAGE.get(args.lang))
    card = read_input(args.card, limit=_CARD_BYTES) if named else b""
    with unlocked(args) as (site, passphrase):
        if turns:
            turns[0](site, subject, args.reason, passphrase)
            say(args, {"subject": subject}, [_TURNED.get(args.lang).format(subject=subject)])
            return 0
        to = a_folder(args.to)
        made = (
            transfer.hand_over(site, subject, card, args.fingerprint, to, passphrase)
            if named
            else transfer.write_again(site, subject, to)
        )
    facts = {
        name: getattr(made, name) for name in ("subject", "name", "card", "fingerprint", "site", "writer")
    }
    said = facts | {"writer": made.writer[:8]}
    say(args, facts, [line.get(args.lang).format(**said) for line in _MADE])
    return 0


_USAGE = Label(
    "Indicare --card, --fingerprint e --to; oppure solo --to per riscrivere il file; oppure --take-back, --leave o "
    "--give-up con --reason.",
    "Give --card, --fingerprint and --to; or --to alone to write the file again; or --take-back, --leave or --give-up "
    "with --reason.",
)


def _take(args: Namespace, unlocked: Opener) -> int:
    data = read_input(args.file, limit=MAX_FILE)
    card = read_input(args.card or transfer.card_beside(args.file), limit=_CARD_BYTES)
    with unlocked(args) as (site, passphrase):
        if args.yes:
            coming = transfer.take(site, data, card, args.fingerprint, passphrase)
        else:
            coming = transfer.look(site, data, card, args.fingerprint)
    facts = {
        "handover": coming.handover,
        "subject": coming.subject,
        "from": {"site": coming.site, "writer": coming.writer},
        "visits": dict(coming.visits),
        "events": dict(coming.events),
        "versions": coming.versions,
        "signatures": coming.signatures,
        "drafts": coming.drafts,
        "back": coming.back,
        "alike": [one.subject for one in coming.alike],
        "taken": args.yes,
    }
    head, back, counts, alike, ask, done = (line.get(args.lang) for line in _COMES)
    where = {"subject": coming.subject, "site": coming.site, "writer": coming.writer[:8]}
    lines = [head.format(**where, back=back if coming.back else "")]
    lines += [f"  {key:<10} {in_row(state, args.lang)}" for key, state in coming.visits]
    lines.append(counted(counts, **facts | {"events": len(coming.events)}))
    lines += [alike.format(codes=", ".join(one.subject for one in coming.alike))] if coming.alike else []
    say(args, facts, [*lines, done if args.yes else ask])
    return 0
