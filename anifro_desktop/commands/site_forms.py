"""`anifro-desktop site forms`: the version of the forms in use, the one that waits, what it changes; its use.

Exit codes: 0 done; 1 refused; 2 usage; 3 this computer cannot.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from anifro_desktop.commands.common import number, say
from anifro_desktop.commands.form_changes import as_json, lines_of
from anifro_desktop.forms.amendments import READY
from anifro_desktop.forms.model import Label
from anifro_desktop.workflows import new_forms
from anifro_desktop.workflows.site import Site

Opener = Callable[[Namespace], AbstractContextManager[tuple[Site, str]]]
_IN_USE = Label("Versione delle schede in uso: {id}", "Version of the forms in use: {id}")
_NONE = Label("Nessun'altra versione attende.", "No other version waits.")
_WAITS = Label("Attende la versione {id} (n. {number}): {note}", "Version {id} (no. {number}) waits: {note}")
_HELD = Label(
    "Richiede una versione più nuova del programma: aggiornarlo.",
    "It needs a newer version of the program: update it.",
)
_USE = Label(
    "Per metterla in uso: site forms --use {number}", "To put it into use: site forms --use {number}"
)
_DRAFTS = Label(
    "Bozze aperte, che restano con la loro versione finché qualcuno non le sposta: {drafts}",
    "Open drafts, which stay with their version until somebody moves them: {drafts}",
)


def add_acts(acts: Any, act: Callable[..., ArgumentParser], unlocked: Opener) -> None:
    """Add `forms` to the verbs of a site."""

    def run(args: Namespace) -> int:
        with unlocked(args) as (site, _):
            if args.use is not None:
                new_forms.use(site, args.use)
            return _say(args, site)

    parser = act(acts, "forms", "the version of the forms in use, and a new one from the centre", run)
    parser.add_argument("--use", type=number, metavar="NUMBER", help="put the version that waits into use")


def _say(args: Namespace, site: Site) -> int:
    coming = new_forms.waiting(site)
    data: dict[str, Any] = {
        "in_use": site.definitions.pack.id,
        "digest": site.definitions.digest,
        "waiting": None,
    }
    if coming is not None:
        data["waiting"] = {
            "number": coming.number,
            "id": coming.id,
            "state": coming.state,
            "why": list(coming.why),
            "changes": as_json(coming.changes),
            "drafts": coming.drafts,
        }
    lines = [_IN_USE.get(args.lang).format(id=site.definitions.pack.id), *_lines(coming, args.lang)]
    say(args, data, lines)
    return 0


def _lines(coming: new_forms.Coming | None, lang: str) -> Iterator[str]:
    if coming is None:
        yield _NONE.get(lang)
        return
    yield _WAITS.get(lang).format(id=coming.id, number=coming.number, note=coming.note.get(lang))
    if coming.state != READY:
        yield _HELD.get(lang)
        return
    yield from lines_of(coming.changes, lang)
    if coming.drafts:
        yield _DRAFTS.get(lang).format(drafts=coming.drafts)
    yield _USE.get(lang).format(number=coming.number)
