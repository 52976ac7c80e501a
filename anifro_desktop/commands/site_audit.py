"""`anifro-desktop site audit`: the audit trail, the history of an answer, and the review report, without a window.

Exit codes: 0 done; 1 refused; 2 usage; 3 this computer cannot.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from anifro_desktop.commands.common import UsageRefusal, an_output, code_of, say
from anifro_desktop.forms.document import Block, Heading, Table, Words
from anifro_desktop.record import Json
from anifro_desktop.workflows.audit import finding, item, papers, review, words
from anifro_desktop.workflows.audit.model import Filter, History, Report, as_json
from anifro_desktop.workflows.errors import CannotNoteSeen
from anifro_desktop.workflows.site import Site

Opener = Callable[[Namespace], AbstractContextManager[tuple[Site, str]]]
_PAGE = 50


class MissingName(UsageRefusal):
    """A question about one answer that does not say which. what: `visit` or `history`."""

    code = "audit_names"
    _TEXT: ClassVar[dict[str, str]] = {
        "visit": "A visit is one patient's: say which with --subject.",
        "history": "A history is that of one answer: say --subject, --visit and --field.",
    }

    def __init__(self, what: str) -> None:
        super().__init__(self._TEXT[what], what=what)


def add_acts(acts: Any, act: Callable[..., ArgumentParser], unlocked: Opener) -> None:
    """Add `audit` to the verbs of a site."""

    def run(args: Namespace) -> int:
        if args.pdf is not None:
            an_output(args.pdf)
        with unlocked(args) as (site, _):
            return _RUNS[args.what](args, site)

    parser = act(acts, "audit", "read the audit trail: entries, the history of an answer, a review", run)
    parser.add_argument(
        "what", nargs="?", choices=tuple(_RUNS), default="trail", help="what to show (default: trail)"
    )
    _add_filters(parser)
    parser.add_argument("--all", action="store_true", help=f"every entry found, not only the newest {_PAGE}")
    parser.add_argument("--csv", action="store_true", help="answer in CSV, every entry found")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="print to this file (A4)")
    parser.add_argument(
        "--everything", action="store_true", help="review: from the first entry, not from the last review"
    )
    parser.add_argument(
        "--reviewed", metavar="WORDS", help="review: tell the trail that it was done, and what came of it"
    )


def _add_filters(parser: ArgumentParser) -> None:
    parser.add_argument("--subject", default="", metavar="CODE", help="only this patient")
    parser.add_argument("--visit", metavar="KEY", help="only this visit or event ('enrolment', m06, ae-001)")
    parser.add_argument("--form", default="", metavar="ID", help="only this form")
    parser.add_argument("--field", default="", metavar="ID", help="only this question or result")
    parser.add_argument("--by", default="", type=code_of, metavar="CODE", help="only what this person did")
    kinds = ", ".join(words.KINDS)
    parser.add_argument("--kind", action="append", default=[], metavar="KIND", help=f"only these: {kinds}")
    parser.add_argument("--from", dest="since", type=_date, metavar="DAY", help="from this day (2026-03-14)")
    parser.add_argument("--to", dest="until", type=_date, metavar="DAY", help="up to this day")
    parser.add_argument(
        "--after-completion",
        dest="after",
        action="store_const",
        const="completion",
        default="",
        help="only changes after completion",
    )
    parser.add_argument(
        "--after-signature",
        dest="after",
        action="store_const",
        const="signature",
        help="only changes after signature",
    )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is no day; write it as 2026-03-14") from error


def _filter(args: Namespace) -> Filter:
    if args.visit is not None and not args.subject:
        raise MissingName("visit")
    visit = "" if args.visit == "enrolment" else args.visit
    return Filter(
        args.subject,
        visit,
        args.form,
        (args.field,) if args.field else (),
        args.by,
        tuple(args.kind),
        args.since,
        args.until,
        args.after,
    )


def _trail(args: Namespace, site: Site) -> int:
    wanted = _filter(args)
    numbers = finding.find(site, wanted)
    if args.pdf is not None:
        return _print(
            args, site, papers.title(args.lang), papers.trail_blocks(site, wanted, numbers, args.lang)
        )
    every = args.all or args.csv or args.json
    if every:
        papers.note_copy(site, "csv" if args.csv else "json" if args.json else "text", len(numbers))
    lines = finding.lines(site, numbers if every else numbers[:_PAGE])
    if args.csv:
        print(papers.as_csv(lines, args.lang), end="")
        return 0
    more = len(numbers) - len(lines)
    text = [_spoken(row) for row in papers.trail_rows(lines, args.lang)]
    if more:
        text.append(
            {"it": f"… e altre {more} voci: --all le mostra tutte.", "en": f"… and {more} more: see --all."}[
                args.lang
            ]
        )
    if not numbers:
        text = [{"it": "Nessuna voce.", "en": "No entry."}[args.lang]]
    say(args, [as_json(line, args.lang) for line in lines], text)
    return 0


def _history(args: Namespace, site: Site) -> int:
    if not args.subject or not args.field or args.visit is None:
        raise MissingName("history")
    wanted = _filter(args)
    found = item.history(site, wanted.subject, wanted.visit or "", args.field)
    if args.pdf is not None:
        return _print(args, site, papers.item_title(args.lang), papers.item_blocks(site, found, args.lang))
    rows = [papers.item_row(found, number, args.lang) for number in range(len(found.values))]
    head = f"{found.question.get(args.lang)} · {found.place.get(args.lang)}"
    say(args, _history_json(found, args.lang), [head, *map(_spoken, rows)])
    return 0


def _history_json(found: History, lang: str) -> dict[str, Any]:
    return {
        "subject": found.subject,
        "place": found.place.get(lang),
        "question": found.question.get(lang),
        "computed": found.computed,
        "values": [
            {
                "number": one.number,
                "local": one.when.isoformat(timespec="milliseconds"),
                "user": one.who,
                "clock_ok": one.clock_ok,
                "value": one.value.get(lang),
                "note": one.note.get(lang),
                "why": one.why.get(lang),
                "version": one.version,
            }
            for one in found.values
        ],
    }


def _review(args: Namespace, site: Site) -> int:
    report = review.review(site, everything=args.everything)
    if args.reviewed is not None:
        if not args.reviewed.strip():
            raise CannotNoteSeen("reason")
        review.mark_reviewed(site, report, args.reviewed)
    if args.pdf is not None:
        return _print(
            args, site, papers.review_title(args.lang), papers.report_blocks(site, report, args.lang)
        )
    blocks = papers.report_blocks(site, report, args.lang)
    say(args, _report_json(report, args.lang), list(_plain(blocks)))
    return 0


def _report_json(report: Report, lang: str) -> dict[str, Any]:
    tables: dict[str, list[Json]] = {name: [] for name in papers.HEADS}
    for name, rows in papers.report_rows(report, lang):
        tables[name] = [list(row) for row in rows]
    return {
        "since": report.since,
        "to": report.to,
        "changes": report.changes,
        "after_completion": list(report.completed),
        "after_signature": list(report.signed),
        "endpoint": list(report.endpoint),
        "recalculated": report.recalculated,
        "suspect": report.suspect,
        **tables,
        "reviews": [
            {"local": one.when.isoformat(), "user": one.who, "to": one.to, "words": one.words}
            for one in report.reviews
        ],
    }


def _print(args: Namespace, site: Site, title: str, blocks: tuple[Block, ...]) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from anifro_desktop.ui.paper import write_report

    papers.note_copy(site, "pdf", papers.counted(blocks))
    path = write_report(args.pdf, title, blocks)
    say(args, {"file": str(path)}, [str(path)])
    return 0


def _plain(blocks: Iterable[Block]) -> Iterable[str]:
    """A document as lines of text."""
    for block in blocks:
        if isinstance(block, Table):
            yield from map(_spoken, (block.head, *block.rows))
            yield ""
        elif isinstance(block, Words | Heading):
            yield block.text


def _spoken(cells: Iterable[str]) -> str:
    return " | ".join(cells).rstrip(" |")


_RUNS: dict[str, Callable[[Namespace, Site], int]] = {
    "trail": _trail,
    "history": _history,
    "review": _review,
}
