"""`anifro-desktop centre query ...`: questions to the sites, and what they say to them.

Exit codes: 0 done; 1 refused; 2 usage; 3 this computer cannot.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from anifro_desktop.commands.common import UsageRefusal, say

if TYPE_CHECKING:
    from anifro_desktop.centre.office import Centre
    from anifro_desktop.thread import Thread

Opener = Callable[[Namespace], AbstractContextManager["Centre"]]
_CONTRADICTIONS = "contradictions"  # of `centre.monitoring`; the others are those of `centre.asking`
_SOURCES = ("differences", "conflicts", "missing", _CONTRADICTIONS)
_ENROLMENT = "enrolment"


def add_acts(acts: Any, act: Callable[..., ArgumentParser], opened: Opener) -> None:
    """Add `query` to the verbs of the centre. act: adds one; opened: opens the centre for it."""
    query: ArgumentParser = acts.add_parser(
        "query", help="questions to the sites: raise, list, show, reopen, close, cancel"
    )
    verbs = query.add_subparsers(dest="verb", metavar="VERB", required=True)

    def verb(name: str, text: str, run: Callable[[Namespace, Centre], int]) -> ArgumentParser:
        def in_centre(args: Namespace) -> int:
            with opened(args) as centre:
                return run(args, centre)

        return act(verbs, name, text, in_centre)

    asked = verb("raise", "ask a site about a field, a form, a visit or what was found", _raise)
    asked.add_argument("subject", nargs="?", default="", metavar="PATIENT")
    asked.add_argument("--visit", default="", metavar="KEY", help="'enrolment' (default), m06, ae-001 ...")
    asked.add_argument("--form", default="", metavar="ID")
    asked.add_argument("--field", default="", metavar="ID")
    asked.add_argument(
        "--text", default="", metavar="WORDS", help="at most 500 characters; no names, no dates"
    )
    asked.add_argument(
        "--from",
        dest="sources",
        action="append",
        choices=_SOURCES,
        metavar="FINDINGS",
        help=f"ask about each of these that is not asked about yet: {', '.join(_SOURCES)}; may be repeated",
    )
    listed = verb("list", "questions with their state", _list)
    listed.add_argument("--site", default="", metavar="CODE")
    listed.add_argument("--subject", default="", metavar="PATIENT")
    listed.add_argument("--state", default="", choices=("open", "answered", "closed", "cancelled"))
    verb("show", "one question with all that was said", _show).add_argument("query", metavar="QUERY")
    for name, text, needed in (
        ("reopen", "ask again, also about what was closed", True),
        ("close", "settle a question", False),
        ("cancel", "take a question back", False),
    ):
        parser = verb(name, text, _say)
        parser.add_argument("query", metavar="QUERY", help="its id, or the first digits of it")
        parser.add_argument("--text", default="", required=needed, metavar="WORDS")


def _raise(args: Namespace, centre: Centre) -> int:
    from anifro_desktop.centre.querying import Question, raise_query

    if bool(args.sources) == bool(args.subject):
        raise UsageRefusal(
            "Name a patient with --text, or findings with --from: see centre query raise --help.",
            what="query_raise",
        )
    if args.sources:
        raised = _raise_found(centre, args.sources, args.lang)
        count = {"it": f"Richieste nuove: {len(raised)}", "en": f"New questions: {len(raised)}"}[args.lang]
        return _tell(args, centre, raised, count)
    visit = "" if args.visit == _ENROLMENT else args.visit
    asked = Question(args.subject, args.text, visit=visit, form=args.form, field=args.field)
    return _tell(args, centre, [raise_query(centre, asked)])


def _raise_found(centre: Centre, sources: Sequence[str], lang: str) -> list[Thread]:
    """Ask about everything of some sources that is not asked about yet."""
    from anifro_desktop.centre.asking import questions
    from anifro_desktop.centre.monitoring.contradictions import raise_contradictions
    from anifro_desktop.centre.querying import raise_new

    with centre.store.transaction():
        found = questions(centre, [one for one in dict.fromkeys(sources) if one != _CONTRADICTIONS], lang)
        raised = raise_new(centre, found)
        return raised + (raise_contradictions(centre, lang) if _CONTRADICTIONS in sources else [])


def _list(args: Namespace, centre: Centre) -> int:
    from anifro_desktop.centre.querying import threads

    found = threads(centre, args.site, args.subject, args.state)
    none = {"it": "Nessuna richiesta.", "en": "No questions."}[args.lang]
    return _tell(args, centre, found, "" if found else none, whole=False)


def _show(args: Namespace, centre: Centre) -> int:
    from anifro_desktop.centre.querying import find
    from anifro_desktop.commands.query_lines import as_json, lines

    thread = find(centre, args.query)
    say(args, as_json(thread), list(lines(thread, centre.packs, args.lang, at_centre=True)))
    return 0


def _say(args: Namespace, centre: Centre) -> int:
    from anifro_desktop.centre import querying

    does = {"reopen": querying.ask_again, "close": querying.close, "cancel": querying.cancel}[args.verb]
    return _tell(args, centre, [does(centre, args.query, args.text)])


def _tell(args: Namespace, centre: Centre, found: list[Thread], note: str = "", *, whole: bool = True) -> int:
    from anifro_desktop.commands.query_lines import as_json, head, lines

    told: list[str] = []
    for one in found:
        shown = (one, centre.packs, args.lang)
        told += lines(*shown, at_centre=True) if whole else [head(*shown, at_centre=True)]
    say(args, [as_json(one) for one in found], [*told, *([note] if note else [])])
    return 0
