"""`anifro-desktop centre cut` and `cuts`: the data as they stood, frozen; and `--cut`, `--interim` of other verbs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, Any

from anifro_desktop.commands.common import say

if TYPE_CHECKING:
    from anifro_desktop.centre.office import Centre
    from anifro_desktop.store.centre_cuts import CutRow

Opener = Callable[[Namespace], AbstractContextManager["Centre"]]
_WORDS = {
    "it": {
        "cut": "Taglio {name}: fatto {made} da {who}, {through}; {bundles} pacchetti, {subjects} soggetti.",
        "through": "fino alla finestra di {visit}",
        "all": "tutti i dati",
        "digest": "Impronta (SHA-256): {digest}",
        "none": "Nessun taglio: farne uno con 'centre cut NAME'.",
        "since": "{code}: consenso revocato dopo il taglio; i numeri sono altri da quelli di allora.",
    },
    "en": {
        "cut": "Cut {name}: made {made} by {who}, {through}; {bundles} bundles, {subjects} subjects.",
        "through": "through the window of {visit}",
        "all": "all data",
        "digest": "Digest (SHA-256): {digest}",
        "none": "No cuts: make one with 'centre cut NAME'.",
        "since": "{code}: consent withdrawn after the cut; the numbers are other than they were then.",
    },
}


def add_acts(acts: Any, act: Callable[..., ArgumentParser], opened: Opener) -> None:
    """Add `cut` and `cuts` to the verbs of the centre. act: adds one; opened: opens the centre for it."""
    cut = act(
        acts, "cut", "freeze the data received up to now, for an analysis", partial(_cut, opened=opened)
    )
    cut.add_argument("name", metavar="NAME", help="small letters and digits, such as interim")
    cut.add_argument(
        "--through", default="", metavar="VISIT", help="only up to the window of a planned visit, such as m06"
    )
    cut.add_argument("--note", default="", metavar="TEXT", help="what for; it stands in the audit trail")
    act(acts, "cuts", "the cuts of the data", partial(_cuts, opened=opened))


def add_choice(parser: ArgumentParser, *, interim: bool = False) -> None:
    """Let a verb work from a cut."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--cut", metavar="NAME", help="of the data as that cut froze them")
    if interim:
        which.add_argument(
            "--interim", action="store_true", help="of the interim analysis: the cut 'interim'"
        )


def chosen(args: Namespace, centre: Centre) -> CutRow | None:
    """The cut that was asked for; None for the data of now.

    Raises:
        CutMissing: there is none of that name.
    """
    from anifro_desktop.centre.cutting import cut_named
    from anifro_desktop.centre.interim import NAME

    name = NAME if getattr(args, "interim", False) else args.cut
    return None if name is None else cut_named(centre, name)


def told(cut: CutRow | None, since: Iterable[str], lang: str) -> list[str]:
    """What is said of the cut that something was made from. since: whom a later withdrawal changes."""
    if cut is None:
        return []
    return [*_lines(cut, lang), *(_WORDS[lang]["since"].format(code=code) for code in since)]


def as_json(cut: CutRow | None) -> dict[str, Any] | None:
    """A cut as plain data."""
    if cut is None:
        return None
    facts = {name: getattr(cut, name) for name in ("name", "through", "note", "who", "made", "digest")}
    return facts | {"bundles": len(cut.bundles), "subjects": len(cut.subjects)}


def _lines(cut: CutRow, lang: str) -> list[str]:
    words = _WORDS[lang]
    through = words["through"].format(visit=cut.through.upper()) if cut.through else words["all"]
    counts = {"bundles": len(cut.bundles), "subjects": len(cut.subjects)}
    made = f"{cut.made[:10]} {cut.made[11:16]} UTC"
    line = words["cut"].format(name=cut.name, made=made, who=cut.who, through=through, **counts)
    return [line, *([f"  {cut.note}"] if cut.note else []), words["digest"].format(digest=cut.digest)]


def _cut(args: Namespace, *, opened: Opener) -> int:
    from anifro_desktop.centre.cutting import make_cut

    with opened(args) as centre:
        made = make_cut(centre, args.name, args.through, args.note)
    say(args, as_json(made), _lines(made, args.lang))
    return 0


def _cuts(args: Namespace, *, opened: Opener) -> int:
    with opened(args) as centre:
        found = centre.store.cuts()
    lines = [line for cut in found for line in _lines(cut, args.lang)]
    say(args, [as_json(cut) for cut in found], lines or [_WORDS[args.lang]["none"]])
    return 0
