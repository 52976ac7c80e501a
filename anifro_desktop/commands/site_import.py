"""`anifro-desktop site import` and `site mapping`: what a site already has, by a mapping file (see docs/import.md).

Exit codes of `import`: 0 every row is taken, there already or knowingly left out; 1 a row was refused, or the file or
its mapping cannot be used.
"""

from __future__ import annotations

import csv
import io
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anifro_desktop.commands.common import LANGUAGES, default_language, read_input, say

if TYPE_CHECKING:
    from anifro_desktop.workflows.importing.stating import Remark
    from anifro_desktop.workflows.importing.taking import Outcome, Taken
    from anifro_desktop.workflows.site import Site

Unlocked = Callable[[Namespace], AbstractContextManager["tuple[Site, str]"]]

_LIMIT = 64 << 20
_WORDS = {
    "it": {
        "new": "accettata",
        "entered": "inserita",
        "there": "già presente",
        "refused": "RIFIUTATA",
        "nothing": "senza dati",
        "skipped": "esclusa dalla mappa",
        "draft": "bozza",
        "signed": "firmata",
        "row": "Riga",
        "column": "colonna",
        "note": "nota",
        "would": "Diventerebbero",
        "became": "Inserito",
        "trial": "Prova: nulla è stato cambiato. Con --apply si inseriscono le righe accettate.",
        "same": "Nulla di nuovo: nulla è stato cambiato.",
        "done": "Inserito come trascrizione. Lo stesso file, applicato di nuovo, non cambia nulla.",
    },
    "en": {
        "new": "accepted",
        "entered": "entered",
        "there": "already there",
        "refused": "REFUSED",
        "nothing": "without data",
        "skipped": "left out by the mapping",
        "draft": "draft",
        "signed": "signed",
        "row": "Row",
        "column": "column",
        "note": "note",
        "would": "Would become",
        "became": "Entered",
        "trial": "A trial: nothing was changed. With --apply the accepted rows are entered.",
        "same": "Nothing new: nothing was changed.",
        "done": "Entered as a transcription. The same file applied again changes nothing.",
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
    parser.add_argument("--header", type=int, default=1, metavar="ROW", help="the row of the column names")
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write to FILE (default: standard output)"
    )
    parser.add_argument(
        "--lang", choices=LANGUAGES, default=default_language(), help="language of the comments"
    )
    parser.set_defaults(run=_mapping)


def _mapping(args: Namespace) -> int:
    from anifro_desktop.files import write_atomic
    from anifro_desktop.forms import load
    from anifro_desktop.workflows.importing.drafting import draft
    from anifro_desktop.workflows.importing.mapping import Layout
    from anifro_desktop.workflows.importing.tables import read_table

    layout = Layout(sheet=args.sheet, header=args.header)
    text = draft(read_table(read_input(args.file, limit=_LIMIT), layout), layout, load(), args.lang)
    if args.output is None:
        sys.stdout.write(text)
    else:
        write_atomic(args.output, text.encode("utf-8"))
    return 0


def _import(args: Namespace, unlocked: Unlocked) -> int:
    from anifro_desktop.files import write_atomic
    from anifro_desktop.workflows.importing.loading import read_plan
    from anifro_desktop.workflows.importing.tables import read_table
    from anifro_desktop.workflows.importing.taking import REFUSED, take

    mapping, data = read_input(args.mapping, limit=1 << 20), read_input(args.file, limit=_LIMIT)
    with unlocked(args) as (site, passphrase):
        plan = read_plan(mapping, site.definitions)
        taken = take(site, plan, read_table(data, plan.layout), passphrase if args.apply else None)
    say(args, _data(taken, args.lang), list(_lines(taken, args.lang)))
    if args.report is not None:  # last: what was entered has been said, also where this cannot be written
        write_atomic(args.report, _report(taken, args.lang).encode("utf-8-sig"))
    return 1 if taken.count(REFUSED) else 0


def _lines(taken: Taken, lang: str) -> Iterator[str]:
    words = _WORDS[lang]
    yield from (remark.get(lang) for remark in taken.remarks)
    for outcome in taken.outcomes:
        made = ", ".join(f"{one.name.get(lang)} ({words[one.state]})" for one in outcome.made)
        head = f"{words['row']} {outcome.row}: {words[_state(taken, outcome)]}"
        yield "  ".join(filter(None, (head, outcome.subject, made)))
        yield from (f"    {_said(remark, lang)}" for remark in outcome.reasons)
        yield from (f"    {words['note']}: {_said(remark, lang)}" for remark in outcome.notes)
    states = Counter(_state(taken, outcome) for outcome in taken.outcomes)
    yield ", ".join(f"{words[state]}: {count}" for state, count in states.items())
    made_of = _made(taken.outcomes, lang)
    if made_of:
        head = words["became" if taken.applied else "would"]
        yield f"{head}: " + ", ".join(f"{count} × {name}" for name, count in made_of.items())
    yield words["trial" if not taken.applied else "done" if taken.count("new") else "same"]


def _state(taken: Taken, outcome: Outcome) -> str:
    return "entered" if taken.applied and outcome.state == "new" else outcome.state


def _made(outcomes: Iterable[Outcome], lang: str) -> Counter[str]:
    """How many of each kind of record."""
    return Counter(
        one.name.get(lang).rstrip("0123456789 ") if one.key[-3:].isdigit() else one.name.get(lang)
        for outcome in outcomes
        for one in outcome.made
    )


def _said(remark: Remark, lang: str) -> str:
    """A remark in words: column, field and kind of cell first."""
    sentence = _sentence(remark, lang)
    place = f'{_WORDS[lang]["column"]} "{remark.column}"' if remark.column else ""
    field = f"({remark.field})" if remark.column and remark.field else remark.field
    kind = f"{remark.kind.get(lang)}" if remark.kind is not None else ""
    where = ", ".join(filter(None, (" ".join(filter(None, (place, field))), kind)))
    return f"{where}: {sentence}" if where else sentence


def _sentence(remark: Remark, lang: str) -> str:
    if remark.refusal is None:
        return remark.what.get(lang)
    from anifro_desktop.commands.refusals import said

    return said(remark.refusal, lang)


def _data(taken: Taken, lang: str) -> dict[str, Any]:
    return {
        "sha256": taken.digest,
        "applied": taken.applied,
        "remarks": [remark.get(lang) for remark in taken.remarks],
        "rows": [
            {
                "row": outcome.row,
                "state": outcome.state,
                "subject": outcome.subject,
                "made": [{"key": one.key, "state": one.state} for one in outcome.made],
                "reasons": [_plain(remark, lang) for remark in outcome.reasons],
                "notes": [_plain(remark, lang) for remark in outcome.notes],
            }
            for outcome in taken.outcomes
        ],
    }


def _plain(remark: Remark, lang: str) -> dict[str, str]:
    return {
        "code": remark.what.code,
        "column": remark.column,
        "field": remark.field,
        "cell": remark.kind.get(lang) if remark.kind is not None else "",
        "sentence": _sentence(remark, lang),
    }


def _report(taken: Taken, lang: str) -> str:
    """One line for each row and each thing about it; rows by number, nobody by name or code."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(("row", "state", "about", "column", "field", "cell", "sentence"))
    for outcome in taken.outcomes:
        told = [("reason", one) for one in outcome.reasons] + [("note", one) for one in outcome.notes]
        if not told:
            table.writerow((outcome.row, _state(taken, outcome), "", "", "", "", ""))
        for about, remark in told:
            plain = _plain(remark, lang)
            sentence = remark.what.plain(lang) if remark.refusal is None else plain["sentence"]
            cells = (plain["column"], plain["field"], plain["cell"], sentence)
            table.writerow((outcome.row, _state(taken, outcome), about, *cells))
    return out.getvalue()
