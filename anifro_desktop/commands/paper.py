"""`anifro-desktop paper FOLDER [--lang it|en] [--form ID]`: blank paper forms as PDF, from the definitions.

Exit codes: 0 done; 2 no such form; 3 the folder cannot be written, or this computer lacks a system library.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from anifro_desktop.commands.common import LANGUAGES, default_language


def add_parser(subparsers: Any) -> None:
    """Add the verb to the command line."""
    parser: ArgumentParser = subparsers.add_parser(
        "paper",
        help="blank paper forms as PDF",
        description="Write one A4 PDF for each form, to fill in by hand and to type in later.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the files are to go")
    parser.add_argument("--lang", choices=LANGUAGES, default=default_language(), help="language of the forms")
    parser.add_argument("--form", default="", metavar="ID", help="only this form")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Write the forms and name the files.

    Raises:
        OutputRefused: a folder of a site's or centre's data. DiskFull, FolderGone, CannotWrite: a file could not be
        written.
    """
    from anifro_desktop.forms import load
    from anifro_desktop.forms.paper import printable
    from anifro_desktop.workflows.outputs import check_folder

    known = [form.id for form in printable(load())]
    if args.form and args.form not in known:
        print(f"There is no form {args.form}. The forms are: {', '.join(known)}.", file=sys.stderr)
        return 2
    check_folder(args.folder)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from anifro_desktop.ui.paper import print_forms

    for path in print_forms(args.folder, load(), args.lang, args.form):
        print(path)
    return 0
