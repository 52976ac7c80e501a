"""`anifro-desktop centre quality`, `contradictions` and `audit-review`: how good data are, what to ask about."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anifro_desktop.commands.common import an_output, say
from anifro_desktop.thread import Query
from anifro_desktop.workflows.query_words import place

if TYPE_CHECKING:
    from anifro_desktop.centre.analysis.table import Section
    from anifro_desktop.centre.monitoring.contradictions import Contradiction
    from anifro_desktop.centre.monitoring.watching import Watched
    from anifro_desktop.centre.office import Centre
    from anifro_desktop.forms.library import Library

Opener = Callable[[Namespace], AbstractContextManager["Centre"]]
_NONE = {"it": "Nessuna contraddizione.", "en": "No contradictions."}
_RAISED = {"it": "Richieste nuove: {count}", "en": "New questions: {count}"}
_COUNT = {
    "it": "Contraddizioni: {count}, di cui già chieste {asked}.",
    "en": "Contradictions: {count}, of which asked about already {asked}.",
}
_ASKED = {"it": "già chiesta", "en": "asked about"}


def add_acts(acts: Any, act: Callable[..., ArgumentParser], opened: Opener) -> None:
    """Add the verbs of monitoring to those of the centre. act: adds one; opened: opens the centre for it."""

    def verb(name: str, text: str, run: Callable[..., int]) -> ArgumentParser:
        parser = act(acts, name, text, partial(run, opened=opened))
        parser.add_argument("site", nargs="?", default="", metavar="SITE")
        return parser

    for name, text, run in (
        ("quality", "quality of each site's data: missing, late, changed, digits, copies, windows", _quality),
        (
            "audit-review",
            "what each person did: entries, changes, signatures, primary endpoints",
            _audit_review,
        ),
    ):
        parser = verb(name, text, run)
        parser.add_argument("--to", type=Path, metavar="FILE.csv", help="write every number there too")
    asked = verb("contradictions", "what contradicts itself across forms and visits", _contradictions)
    asked.add_argument(
        "--raise", dest="ask", action="store_true", help="ask the sites about each that is new"
    )


def _quality(args: Namespace, *, opened: Opener) -> int:
    from anifro_desktop.centre.monitoring.quality import quality

    return _told(args, quality, opened)


def _audit_review(args: Namespace, *, opened: Opener) -> int:
    from anifro_desktop.centre.monitoring.audit_review import audit_review

    return _told(args, audit_review, opened)


def _told(args: Namespace, make: Callable[[Watched], Section], opened: Opener) -> int:
    from anifro_desktop.centre.monitoring.watching import watched
    from anifro_desktop.centre.monitoring.writing import as_csv, as_json, as_text, of_site
    from anifro_desktop.files import write_atomic

    if args.to is not None:
        an_output(args.to)
    with opened(args) as centre:
        site = _site(args, centre)
        section = make(watched(centre))
    section = of_site(section, site) if site else section
    if args.to is not None:
        write_atomic(args.to, as_csv(section).encode())
    say(args, as_json(section), as_text(section, args.lang))
    return 0


def _contradictions(args: Namespace, *, opened: Opener) -> int:
    from anifro_desktop.centre.monitoring.contradictions import contradictions, raise_contradictions

    with opened(args) as centre:
        site = _site(args, centre)
        raised = raise_contradictions(centre, args.lang, site) if args.ask else []
        found = contradictions(centre, args.lang, site)
        library = centre.packs
    lines = [_line(one, library, args.lang) for one in found]
    asked = sum(one.asked for one in found)
    lines.append(_COUNT[args.lang].format(count=len(found), asked=asked) if found else _NONE[args.lang])
    lines += [_RAISED[args.lang].format(count=len(raised))] if args.ask else []
    data = {"contradictions": [_json(one) for one in found], "raised": [one.query.id for one in raised]}
    say(args, data, lines)
    return 0


def _line(one: Contradiction, library: Library, lang: str) -> str:
    asked = one.question
    where = place(Query("", asked.subject, asked.kind, asked.visit, asked.form, asked.field), library, lang)
    return f"{asked.subject} | {where}: {asked.text}" + (f" [{_ASKED[lang]}]" if one.asked else "")


def _json(one: Contradiction) -> dict[str, Any]:
    asked = one.question
    place = {"subject": asked.subject, "visit": asked.visit, "form": asked.form, "field": asked.field}
    return {"site": one.site, "rule": one.rule, **place, "text": asked.text, "asked": one.asked}


def _site(args: Namespace, centre: Centre) -> str:
    """The site that was named, if it is one that sends.

    Raises:
        NotFound: there is no such site.
    """
    from anifro_desktop.store.errors import NotFound

    site: str = args.site.upper()
    if site and site not in {row.site for row in centre.store.writers()}:
        raise NotFound("site", site)
    return site
