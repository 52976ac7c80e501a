"""`anifro-desktop centre counts`: what the centre merged of each installation, beside `site counts`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from anifro_desktop.commands.common import say
from anifro_desktop.commands.counting import counted

if TYPE_CHECKING:
    from anifro_desktop.centre.office import Centre

Opener = Callable[[Namespace], AbstractContextManager["Centre"]]


def add_acts(acts: Any, act: Callable[..., ArgumentParser], opened: Opener) -> None:
    """Add `counts` to the verbs of the centre. act: adds one; opened: opens the centre for it."""

    def run(args: Namespace) -> int:
        with opened(args) as centre:
            return _counts(args, centre)

    parser = act(acts, "counts", "how many versions were merged, by installation, patient and form", run)
    parser.add_argument("site", nargs="?", default="", metavar="SITE")


def _counts(args: Namespace, centre: Centre) -> int:
    from anifro_desktop.centre.counting import counts
    from anifro_desktop.centre.words import NO_SITES, pick
    from anifro_desktop.commands.sync_words import CENTRE_COUNTS
    from anifro_desktop.store.errors import NotFound

    site = args.site.upper()
    found = counts(centre, site)
    if site and not found:
        raise NotFound("site", site)
    lines = [] if found else [pick(NO_SITES, args.lang)]
    for one in found:
        facts = {"patients": len(one.merged), "merged": one.versions, "bad": one.bad, "held": one.held}
        lines.append(counted(CENTRE_COUNTS.get(args.lang), site=one.site, writer=one.writer[:8], **facts))
        if args.site:
            for subject, forms in one.merged.items():
                told = ", ".join(f"{form} {count}" for form, count in forms.items())
                lines.append(f"  {subject}: {told}")
    say(args, [{**asdict(one), "versions": one.versions} for one in found], lines)
    return 0
