"""The command line: one program, verbs below it, and the four exit codes.

0 done · 1 refused or something found · 2 usage · 3 environment. A refusal is one sentence on standard error; nobody
ever sees a traceback. Without a verb the window opens.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from anifro_desktop import __version__
from anifro_desktop.errors import Refusal

ENVIRONMENT = 3
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_VERBS = ("demo", "score", "codebook", "paper", "site", "centre")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _speak_utf8()
    sys.excepthook = _last_resort
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _run(words)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output went away (`| head`): not a fault of anybody's.
        _let_go_of_output()
        return 0
    except OSError as error:
        if error.filename is not None or error.errno not in _FULL:
            raise
        _let_go_of_output()
        print(
            "The output could not be written, since the disk it goes to is full: free some space there, or send it "
            "elsewhere, and run the command again.",
            file=sys.stderr,
        )
        return ENVIRONMENT
    return code


def _run(words: list[str]) -> int:
    verb = _verb(words)
    if verb is None and not {"-h", "--help", "--version"} & set(words):
        from anifro_desktop.app import main as window

        return window(words)
    try:
        args = _parser(verb).parse_args(words)
        args.show = _show
        return int(args.run(args))
    except Refusal as refusal:
        from anifro_desktop.commands.refusals import said

        print(said(refusal, args.lang if "lang" in args else "en"), file=sys.stderr)
        return refusal.exit_code
    except KeyboardInterrupt:
        print("Stopped. Nothing half-done was kept.", file=sys.stderr)
        return 1


def _let_go_of_output() -> None:
    """What could not be written is given up, so that Python does not try again on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _show(folder: Path, person: str, passphrase: str) -> int:
    """The window on a folder, already unlocked: handed down to the commands, which do not know the screens."""
    from anifro_desktop.app import main as window

    return window(["--data", str(folder)], unlocked=(person, passphrase))


def _verb(words: list[str]) -> str | None:
    return next((word for word in words[:1] if not word.startswith("-")), None)


def _parser(verb: str | None) -> ArgumentParser:
    """The parser with its verbs; only the module of the verb asked for is imported, unless help is."""
    parser = ArgumentParser(
        prog="anifro-desktop",
        description="Bedside data capture for NCT07215754. Without a verb, the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"anifro-desktop {__version__}")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of the site's data, for the window")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name in _VERBS if verb not in _VERBS else (verb,):
        importlib.import_module(f"anifro_desktop.commands.{name}").add_parser(verbs)
    return parser


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def _last_resort(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say where an unforeseen fault happened, never what was in it: the text of an error may hold an answer."""
    place = "unknown place"
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    print(
        f"Something unforeseen happened ({kind.__name__} in {place}). Nothing that was saved is lost. "
        "Send this line to the developers.",
        file=sys.stderr,
    )
