"""`anifro-desktop site queries ...` and `site verified`: the centre's questions, and source verification.

Exit codes: 0 done; 1 refused, or for `list` some question waits for this site; 2 usage; 3 this computer cannot.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from anifro_desktop.commands.common import say
from anifro_desktop.commands.query_lines import as_json, head, lines
from anifro_desktop.store.errors import NotFound
from anifro_desktop.thread import OPEN, Thread
from anifro_desktop.workflows import queries, query_words, source_marks
from anifro_desktop.workflows.site import Site

Opener = Callable[[Namespace], AbstractContextManager[tuple[Site, str]]]
_ENROLMENT = "enrolment"


def add_acts(acts: Any, act: Callable[..., ArgumentParser], unlocked: Opener) -> None:
    """Add `queries` and `verified` to the verbs of a site."""
    group: ArgumentParser = acts.add_parser(
        "queries", help="the centre's questions: list, show, answer, corrected, ask-back"
    )
    verbs = group.add_subparsers(dest="verb", metavar="VERB", required=True)

    def verb(under: Any, name: str, text: str, run: Callable[[Namespace, Site], int]) -> ArgumentParser:
        def unlocked_run(args: Namespace) -> int:
            with unlocked(args) as (site, _):
                return run(args, site)

        return act(under, name, text, unlocked_run)

    listed = verb(verbs, "list", "questions that are not settled, those that wait for us first", _list)
    listed.add_argument("--all", action="store_true", help="also settled ones")
    listed.add_argument("--subject", metavar="PATIENT")
    _id(verb(verbs, "show", "one question with all that was said", _show))
    for name, text, needed in (
        ("answer", "answer in words", True),
        ("ask-back", "ask the centre what it means", True),
        ("corrected", "say that the record was amended since", False),
    ):
        parser = verb(verbs, name, text, _say)
        _id(parser)
        parser.add_argument(
            "--text", required=needed, default="", metavar="WORDS", help="at most 200 characters"
        )
        if needed:
            parser.add_argument(
                "--keep",
                action="store_true",
                help="also words that look like a name, number or date; held back until 'site release'",
            )
    mark = verb(acts, "verified", "mark a form, or a question of it, as compared with its source", _mark)
    mark.add_argument("subject", metavar="PATIENT")
    mark.add_argument("visit", metavar="VISIT", help="'enrolment', baseline, m06, ae-001 ...")
    mark.add_argument("form", metavar="FORM")
    mark.add_argument("--field", default="", metavar="ID")
    mark.add_argument("--undo", action="store_true", help="take the mark back")


def _id(parser: ArgumentParser) -> None:
    parser.add_argument("query", metavar="QUERY", help="its id, or the first digits of it")


def _list(args: Namespace, site: Site) -> int:
    found = queries.threads(site, args.subject, unsettled=not args.all)
    none = {"it": "Nessuna richiesta di Pisa.", "en": "No questions of Pisa."}[args.lang]
    told = [head(one, site.library, args.lang) for one in found]
    say(args, [as_json(one) for one in found], told or [none])
    return 1 if any(one.state == OPEN for one in found) else 0


def _show(args: Namespace, site: Site) -> int:
    return _tell(args, site, _find(site, args.query))


def _say(args: Namespace, site: Site) -> int:
    query = _find(site, args.query).query.id
    if args.verb == "corrected":
        return _tell(args, site, queries.corrected(site, query, args.text))
    does = queries.answer if args.verb == "answer" else queries.ask_back
    return _tell(args, site, does(site, query, args.text, keep=args.keep))


def _tell(args: Namespace, site: Site, thread: Thread) -> int:
    say(args, as_json(thread), list(lines(thread, site.library, args.lang)))
    return 0


def _find(site: Site, query: str) -> Thread:
    found = [one for one in queries.threads(site) if one.query.id.startswith(query.lower())]
    if len(found) != 1 or not query:
        raise NotFound("query", query)
    return found[0]


def _mark(args: Namespace, site: Site) -> int:
    visit = "" if args.visit == _ENROLMENT else args.visit
    where = (args.subject, visit, args.form, args.field)
    if args.undo:
        source_marks.unmark(site, *where)
    else:
        source_marks.mark(site, *where)
    standing = source_marks.verified(site, args.subject, visit)
    told = [
        f"{one.form} {one.field}: {query_words.MARKS[one.state].get(args.lang)}".replace(" :", ":")
        for one in standing.values()
    ]
    data = [
        {
            "form": one.form,
            "field": one.field,
            "state": one.state,
            "by": one.mark.who,
            "version": one.mark.ver,
        }
        for one in standing.values()
    ]
    say(args, data, told or ["-"])
    return 0
