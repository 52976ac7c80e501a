"""The command line: one program, verbs below it, and the four exit codes.

0 done · 1 refused or something found · 2 usage · 3 environment. A refusal is one sentence on standard error; nobody
ever sees a traceback. Without a verb the window opens.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import io
import os
import re
import sys
from argparse import SUPPRESS, ArgumentError, ArgumentParser
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

from anifro_desktop import __version__
from anifro_desktop.errors import Refusal

USAGE, ENVIRONMENT = 2, 3
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_BILINGUAL = (None, "site", "centre")  # and the program itself: the platform's language unless told another
_FULL_DISK = {
    "it": "La risposta non si è potuta scrivere, perché il disco a cui va è pieno: liberarvi spazio, o mandarla "
    "altrove, e ripetere il comando.",
    "en": "The output could not be written, since the disk it goes to is full: free some space there, or send it "
    "elsewhere, and run the command again.",
}
_STOPPED = {
    "it": "Interrotto. Nulla è rimasto a metà.",
    "en": "Stopped. Nothing half-done was kept.",
}
_UNFORESEEN = {
    "it": "È successo qualcosa di imprevisto ({kind} in {place}). Nulla di ciò che è salvato è perso. Inviare questa "
    "riga a chi sviluppa il programma.",
    "en": "Something unforeseen happened ({kind} in {place}). Nothing that was saved is lost. Send this line to the "
    "developers.",
}
_COMMON = ("--data", "--lang", "--passphrase-file")
_USAGE = (
    (r"the following arguments are required: ", "mancano: "),
    (r"unrecognized arguments: ", "parole che questo comando non conosce: "),
    (r"argument (.+?): ", r"\1: "),
    (r"invalid choice: (.+) \(choose from (.+)\)", r"\1 non esiste; si può scegliere fra \2"),
    (r"invalid number value: (.+)", r"\1 non è un numero adatto"),
    (r"invalid (\w+) value: (.+)", r"\2 non è un valore adatto"),
    (r"expected one argument", "manca il valore"),
    (r"expected at least one argument", "manca almeno un valore"),
    (r"not allowed with argument (.+)", r"non si può dare insieme a \1"),
    (r"one of the arguments (.+) is required", r"serve uno fra \1"),
)
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
        print(_FULL_DISK[_language(words)], file=sys.stderr)
        return ENVIRONMENT
    return code


def _run(words: list[str]) -> int:
    verb = _verb(words)
    if verb is None and not {"-h", "--help", "--version"} & set(words):
        from anifro_desktop.app import main as window

        return window(words)
    try:
        parser = _parser(verb)
        if {"-h", "--help"} & set(words) and _language(words) == "it":
            from anifro_desktop.commands.help_words import speak_italian

            speak_italian(parser)
        args = parser.parse_args(_common_last(words))
        args.show = _show
        return int(args.run(args))
    except Refusal as refusal:
        from anifro_desktop.commands.common import shown
        from anifro_desktop.commands.refusals import said

        print(shown(said(refusal, args.lang if "lang" in args else "en")), file=sys.stderr)
        return refusal.exit_code
    except _WrongWords as error:
        message = error.message
        if _language(words) == "it":
            for english, italian in _USAGE:
                message = re.sub(english, italian, message)
        print(f"{error.usage}{message}", file=sys.stderr)
        raise
    except KeyboardInterrupt:
        print(_STOPPED[_language(words)], file=sys.stderr)
        return 1


def _language(words: list[str]) -> str:
    """The language of what is said where the command itself did not get to say it: as --lang is read."""
    for before, word in pairwise(["", *words]):
        given = word.removeprefix("--lang=") if word.startswith("--lang=") else word
        if given in ("it", "en") and (before == "--lang" or given != word):
            return given
    if _verb(words) not in _BILINGUAL:
        return "en"
    from anifro_desktop.commands.common import default_language

    return default_language()


def _common_last(words: list[str]) -> list[str]:
    """The words of a command, with those that many verbs know moved to its end, where the verb reads them: people
    write them first as well."""
    kept, moved = [], []
    left = iter(words)
    for word in left:
        if word in _COMMON:
            moved += [word, *[value for value in [next(left, None)] if value is not None]]
        elif word.startswith(tuple(f"{name}=" for name in _COMMON)):
            moved.append(word)
        else:
            kept.append(word)
    return [*kept, *moved]


class _WrongWords(SystemExit):
    """A command line that cannot be read: how it should be, and what is wrong."""

    def __init__(self, usage: str, message: str) -> None:
        super().__init__(USAGE)
        self.usage, self.message = usage, message


class _Parser(ArgumentParser):
    """Leaves it to `_run` to say what is wrong, in its language; above verbs it knows the common words as well."""

    def add_subparsers(self, **facts: Any) -> Any:
        for name in _COMMON:
            with contextlib.suppress(ArgumentError):  # it has one of its own
                self.add_argument(name, default=SUPPRESS, help=SUPPRESS)
        return super().add_subparsers(**facts)

    def error(self, message: str) -> NoReturn:
        raise _WrongWords(f"{self.format_usage()}{self.prog}: ", message)


def _let_go_of_output() -> None:
    """What could not be written is given up, so that Python does not try again on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _show(folder: Path, person: str, passphrase: str) -> int:
    """The window on a folder, already unlocked: handed down to the commands, which do not know the screens."""
    from anifro_desktop.app import main as window

    return window(["--data", str(folder)], unlocked=(person, passphrase))


def _verb(words: list[str]) -> str | None:
    return next((word for word in _common_last(words)[:1] if not word.startswith("-")), None)


def _parser(verb: str | None) -> ArgumentParser:
    """The parser with its verbs; only the module of the verb asked for is imported, unless help is."""
    parser = _Parser(
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
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError):
                stream.reconfigure(encoding="utf-8", errors="replace")


def _last_resort(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say where an unforeseen fault happened, never what was in it: the text of an error may hold an answer."""
    place = "unknown place"
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    print(_UNFORESEEN[_language(sys.argv[1:])].format(kind=kind.__name__, place=place), file=sys.stderr)
