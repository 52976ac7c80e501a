"""`anifro-desktop codebook FORMAT [--lang it|en] [--output FILE]`: the definitions in words (`markdown`, `html`,
`traceability`); `stata`: the variables of the data set, as CSV; `odm`: CDISC ODM without data; `redcap`: the data
dictionary.

Exit codes: 0 done; 2 no such format; 3 the file cannot be written, or the definitions of this installation are
wrong.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from anifro_desktop.commands.common import LANGUAGES, an_output, default_language
from anifro_desktop.files import write_atomic

FORMATS = ("markdown", "html", "traceability", "stata", "odm", "redcap")


def add_parser(subparsers: Any) -> None:
    """Add the verb to the command line."""
    parser: ArgumentParser = subparsers.add_parser(
        "codebook",
        help="the definitions of all forms in words",
        description="Write the codebook: forms, fields, codes, checks, suggestions, scores, settings.",
    )
    parser.add_argument("format", choices=FORMATS, metavar="FORMAT", help=", ".join(FORMATS))
    parser.add_argument(
        "--lang", choices=LANGUAGES, default=default_language(), help="language of the codebook"
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write to FILE (default: standard output)"
    )
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Write the codebook.

    Raises:
        DiskFull, FolderGone, CannotWrite: the file was not written; an older one is as it was.
        DefinitionFaults: the definitions of this installation are wrong.
    """
    from anifro_desktop.forms import load, traceability
    from anifro_desktop.forms.codebook import blocks
    from anifro_desktop.forms.document import markdown, page

    if args.format == "html":
        text = page(blocks(load(), args.lang), args.lang)
    elif args.format == "stata":
        text = _variables()
    elif args.format == "odm":
        text = _odm()
    elif args.format == "redcap":
        text = _redcap(args.lang)
    elif args.format == "traceability":
        text = markdown(traceability.blocks(load(), args.lang))
    else:
        text = markdown(blocks(load(), args.lang))
    if args.output is None:
        sys.stdout.write(text)
        return 0
    write_atomic(an_output(args.output), text.encode("utf-8"))
    return 0


def _variables() -> str:
    """The codebook that stands beside the data set as CSV, with plain ends of lines."""
    from anifro_desktop.centre.codebook_rows import Line, lines
    from anifro_desktop.centre.csv_file import lines_as_csv
    from anifro_desktop.forms import load

    return lines_as_csv(Line._fields, lines(load())).decode().replace("\r\n", "\n")


def _odm() -> str:
    """The study as ODM without data."""
    import anifro_desktop
    from anifro_desktop.centre.standards.odm import Made, study_alone
    from anifro_desktop.forms import load

    return study_alone(load(), Made(datetime.now(UTC), anifro_desktop.__version__))


def _redcap(lang: str) -> str:
    """REDCap's data dictionary, with plain ends of lines."""
    from anifro_desktop.centre.standards.redcap import dictionary
    from anifro_desktop.forms import load

    return dictionary(load(), lang).decode().replace("\r\n", "\n")
