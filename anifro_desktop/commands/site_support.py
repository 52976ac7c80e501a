"""`anifro-desktop site support FILE`: what a developer needs to know of a site, and nothing of any patient."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from anifro_desktop.commands.common import an_output, data_folder, say
from anifro_desktop.commands.refusals import said
from anifro_desktop.errors import Refusal
from anifro_desktop.workflows import supporting

Opener = Callable[[Namespace], Any]  # a context manager that gives the open site and the passphrase

_WORDS = {
    "it": {
        "done": "Scritto {file}: nessuna risposta, nessuna identità. Leggerlo, poi inviarlo a chi assiste.",
        "locked": "Il centro non si è sbloccato, quindi il file dice solo del computer: {why}",
    },
    "en": {
        "done": "{file} is written: no answer, no identity. Read it, then send it to whoever helps you.",
        "locked": "The site did not unlock, so the file tells of the computer only: {why}",
    },
}


def add_acts(acts: Any, act: Callable[..., ArgumentParser], unlocked: Opener) -> None:
    """Add `support` to the verbs of a site. act: adds one that unlocks; unlocked: does it."""
    parser = act(
        acts,
        "support",
        "write a support file: versions, counts, findings by code; no answer, no identity",
        lambda args: _support(args, unlocked),
    )
    parser.add_argument("file", type=Path, metavar="FILE")


def _support(args: Namespace, unlocked: Opener) -> int:
    words = _WORDS[args.lang]
    done = words["done"].format(file=args.file.name)
    file, opened = an_output(args.file), False
    try:
        with unlocked(args) as (site, _):
            opened = True
            facts = supporting.support(site, file, args.lang)
    except Refusal as refusal:
        if opened:  # the file itself could not be written
            raise
        from anifro_desktop.store.clock import SystemClock

        folder = data_folder(args)
        facts = supporting.support_locked(folder, file, args.lang, SystemClock(), refusal)
        say(args, facts, [done, words["locked"].format(why=said(refusal, args.lang))])
        return refusal.exit_code
    say(args, facts, [done])
    return 0
