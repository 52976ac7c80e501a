"""`anifro-desktop site import` and `site mapping`: what a site already has, by a mapping file (see docs/import.md).

Exit codes of `import`: 0 every row is taken, there already or knowingly left out; 1 a row was refused, or the file or
its mapping cannot be used.
"""

from __future__ import annotations

import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anifro_desktop.commands.common import LANGUAGES, an_output, default_language, number, read_input, say

if TYPE_CHECKING:
    from anifro_desktop.workflows.importing.taking import Outcome, Taken
    from anifro_desktop.workflows.importing.telling import Teller
    from anifro_desktop.workflows.site import Site

Unlocked = Callable[[Namespace], AbstractContextManager["tuple[Site, str]"]]

_LIMIT = 64 << 20
_WORDS = {
    "it": {
        "row": "Riga",
        "note": "nota",
        "trial": "Prova: nulla è stato cambiato. Con --apply si inseriscono le righe accettate.",
    },
    "en": {
        "row": "Row",
        "note": "note",
        "trial": "A trial: nothing was changed. With --apply the accepted rows are entered.",
    },
}


def add_acts(acts: Any, act: Callable[..., ArgumentParser], unlocked: Unlocked) -> None:
    """Add `import` and `mapping` to the acts of a site."""
    parser = act(acts, "import", "take over a spreadsheet or a REDCap export (see docs/import.md)", None)
    parser.add_argument("file", type=Path, metavar="FILE", help="a CSV file or an Excel workbook (.xlsx)")
    parser.add_argument("--mapping", type=Path, required=True, metavar="FILE", help="the mapping file")
    parser.add_argument(
        "--apply",
        action="store_true",
        help="enter the accepted rows (without it: a trial that changes nothing)",
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help="write what became of each row as CSV")
    parser.set_defaults(run=lambda args: _import(args, unlocked))
    _add_mapping(acts.add_parser("mapping", help="draft a mapping file from the first row of a table"))


def _add_mapping(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="SAMPLE", help="a CSV file or an Excel workbook (.xlsx)")
    parser.add_argument("--sheet", default="", help="the sheet of a workbook that has several")
    parser.add_argument("--header", type=number, default=1, metavar="ROW", help="the row of the column names")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write to FILE (default: standard output)"
    )
    parser.add_argument(
        "--lang", choices=LANGUAGES, default=default_language(), help="language of the comments"
    )
    for unused in (
        "--data",
        "--passphrase-file",
        "--user",
    ):  # no site is opened: whoever types them is not in the way
        parser.add_argument(unused, help=SUPPRESS)
    parser.set_defaults(run=_mapping)


def _mapping(args: Namespace) -> int:
    from anifro_desktop.files import write_atomic
    from anifro_desktop.forms import load
    from anifro_desktop.workflows.importing.drafting import draft
    from anifro_desktop.workflows.importing.mapping import Layout
    from anifro_desktop.workflows.importing.tables import read_table

    output = None if args.output is None else an_output(args.output)
    layout = Layout(sheet=args.sheet, header=args.header)
    text = draft(read_table(read_input(args.file, limit=_LIMIT), layout), layout, load(), args.lang)
    if output is None:
        sys.stdout.write(text)
    else:
        write_atomic(output, text.encode("utf-8"))
    return 0


def _import(args: Namespace, unlocked: Unlocked) -> int:
    from anifro_desktop.files import write_atomic
    from anifro_desktop.workflows.importing.loading import read_plan
    from anifro_desktop.workflows.importing.tables import read_table
    from anifro_desktop.workflows.importing.taking import REFUSED, take

    if args.report is not None:
        an_output(args.report)
    mapping, data = read_input(args.mapping, limit=1 << 20), read_input(args.file, limit=_LIMIT)
    with unlocked(args) as (site, passphrase):
        plan = read_plan(mapping, site.definitions)
        taken = take(site, plan, read_table(data, plan.layout), passphrase if args.apply else None)
    teller = _teller(args.lang)
    say(args, _data(taken, teller), list(_lines(taken, teller)))
    if args.report is not None:  # last: what was entered has been said, also where this cannot be written
        write_atomic(args.report, teller.report(taken))
    return 1 if taken.count(REFUSED) else 0


def _teller(lang: str) -> Teller:
    from anifro_desktop.commands.refusals import said
    from anifro_desktop.workflows.importing.telling import Teller

    return Teller(lang, lambda refusal: said(refusal, lang))


def _lines(taken: Taken, teller: Teller) -> Iterator[str]:
    words = _WORDS[teller.lang]
    yield from (remark.get(teller.lang) for remark in taken.remarks)
    for outcome in taken.outcomes:
        head = f"{words['row']} {outcome.row}: {_state(taken, outcome, teller)}"
        yield "  ".join(filter(None, (head, outcome.subject, ", ".join(map(teller.made, outcome.made)))))
        yield from (f"    {teller.said(remark)}" for remark in outcome.reasons)
        yield from (f"    {words['note']}: {teller.said(remark)}" for remark in outcome.notes)
    states = Counter(_state(taken, outcome, teller) for outcome in taken.outcomes)
    yield ", ".join(f"{state}: {count}" for state, count in states.items())
    yield from filter(None, (teller.kinds(taken),))
    if taken.applied:
        yield teller.word("done" if taken.count("new") else "same")
    else:
        yield words["trial"]


def _state(taken: Taken, outcome: Outcome, teller: Teller) -> str:
    """The state of a row in words; a refusal must not be overlooked among many lines."""
    from anifro_desktop.workflows.importing.telling import state_of

    word = teller.word(state_of(taken, outcome))
    return word.upper() if outcome.state == "refused" else word


def _data(taken: Taken, teller: Teller) -> dict[str, Any]:
    return {
        "sha256": taken.digest,
        "applied": taken.applied,
        "remarks": [remark.get(teller.lang) for remark in taken.remarks],
        "rows": [
            {
                "row": outcome.row,
                "state": outcome.state,
                "subject": outcome.subject,
                "made": [{"key": one.key, "state": one.state} for one in outcome.made],
                "reasons": [teller.parts(remark) for remark in outcome.reasons],
                "notes": [teller.parts(remark) for remark in outcome.notes],
            }
            for outcome in taken.outcomes
        ],
    }
