"""What every command shares: where the passphrase comes from, where the data lie, and how results are said.

A passphrase comes from a prompt, `--passphrase-file` or standard input; never from an argument or the environment,
where other programs could read it.
"""

from __future__ import annotations

import getpass
import json
import locale
import re
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any, ClassVar

from anifro_desktop.errors import EnvironmentRefusal, Refusal

LANGUAGES = ("it", "en")
_PASSPHRASE_LIMIT = 4096
_SHEET_ROWS, _SHEET_LETTERS = 4, 64
_ROW = re.compile(r"\s*(?:[A-Za-z0-9]{4}\s+){3}[A-Za-z0-9]{4}\s*")  # in a file that holds headings too
# What a terminal obeys or nobody sees, as the name of a file on a stick may have it.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_TRIES = 3  # to type a new passphrase twice alike, before the command gives up


class UsageRefusal(Refusal):
    """A command line that cannot mean anything; exit code 2."""

    code = "usage"
    exit_code = 2


class NoPassphrase(EnvironmentRefusal):
    """No passphrase could be had. why: `unreadable`, `nobody`, `differ`, `not_text`, `none`; of a recovery
    sheet `sheet_unreadable` or `sheet_not_text`."""

    code = "no_passphrase"
    _TEXT: ClassVar[dict[str, str]] = {
        "unreadable": "The passphrase file cannot be read: check its name and rights.",
        "nobody": "Nobody can be asked for the passphrase here: name a file with --passphrase-file.",
        "differ": "The two passphrases differ: nothing was changed; try again.",
        "not_text": "The passphrase is not UTF-8 text: save the file as UTF-8 and try again.",
        "sheet_unreadable": "The file of the recovery sheet cannot be read: check its name and rights.",
        "sheet_not_text": "The file of the recovery sheet is not UTF-8 text: save it as UTF-8 and try again.",
        "none": "No passphrase was given: type it at the prompt, or name a file with --passphrase-file.",
    }

    def __init__(self, why: str) -> None:
        super().__init__(self._TEXT[why], why=why)


class NotAFolder(EnvironmentRefusal):
    """A file where a folder is meant."""

    code = "not_a_folder"

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name} is not a folder: name a folder.", name=path.name)


class FolderMissing(EnvironmentRefusal):
    """A folder on a medium that is not connected."""

    code = "folder_missing"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The folder {path} is not there, and none is made: connect the medium, or make the folder first.",
            path=str(path),
        )


class NotAFile(EnvironmentRefusal):
    """A folder where a file is meant."""

    code = "not_a_file"

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name} is a folder: give the name of a file.", name=path.name)


class UnreadableInput(EnvironmentRefusal):
    """A file that the user named cannot be read."""

    code = "unreadable_input"


class NoInput(EnvironmentRefusal):
    """Neither a file was named nor is there standard input."""

    code = "no_input"


class LargeInput(Refusal):
    """A file that the user named is larger than any that can be meant."""

    code = "large_input"


def add_common(parser: ArgumentParser, *, passphrase: bool = True) -> None:
    """Add --data, --json, --lang and, where keys are opened, --passphrase-file."""
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="folder of the data (default: the platform's)"
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON, for a machine")
    parser.add_argument(
        "--lang", choices=LANGUAGES, default=default_language(), help="language of the answer"
    )
    if passphrase:
        parser.add_argument(
            "--passphrase-file",
            type=Path,
            metavar="FILE",
            help="read the passphrase from FILE ('-': standard input)",
        )


def code_of(text: str) -> str:
    """A person's or a site's code as it is kept, in whatever letters it was typed."""
    return text.strip().upper()


def number(text: str) -> int:
    """A number from 1, as large as a database knows.

    Raises:
        ValueError: it is none; the parser says so.
    """
    if not 1 <= (value := int(text)) < 1 << 63:
        raise ValueError
    return value


def passphrase_of(user: str, lang: str) -> str:
    """The prompt for somebody's passphrase."""
    return {"it": f"Frase di accesso di {user}"}.get(lang, f"Passphrase of {user}")


def a_folder(path: Path) -> Path:
    """The path, unless a file is there.

    Raises:
        NotAFolder: one is.
    """
    if path.exists() and not path.is_dir():
        raise NotAFolder(path)
    return path


def a_source(path: Path) -> Path:
    """The path of a folder that is to be read.

    Raises:
        FolderMissing: it is not there. NotAFolder: a file is.
    """
    if not a_folder(path).is_dir():
        raise FolderMissing(path)
    return path


def a_file(path: Path) -> Path:
    """The path, unless a folder is there.

    Raises:
        NotAFile: one is.
    """
    if path.is_dir():
        raise NotAFile(path)
    return path


def an_output(path: Path) -> Path:
    """The path of a file that is asked for, if nothing stands there.

    Raises:
        NotAFile: a folder does. OutputRefused: a file does, or it would stand among the data. FolderMissing: its folder
            is not there.
    """
    from anifro_desktop.workflows.outputs import check_output

    found = check_output(a_file(path))
    a_source(found.absolute().parent)
    return found


def a_medium(path: Path) -> Path:
    """The path of a folder that is there, for files that are to leave this computer: one made in the place of a stick
    that is not connected would lie on the disk of the data.

    Raises:
        FolderMissing: it is not there. NotAFolder, OutputRefused: as `a_way_out`.
    """
    if not a_way_out(path).is_dir():
        raise FolderMissing(path)
    return path


def a_way_out(path: Path) -> Path:
    """The path of a folder that files are to go to.

    Raises:
        NotAFolder: a file is there. OutputRefused: it is a folder of the data.
    """
    from anifro_desktop.workflows.outputs import check_folder

    return check_folder(a_folder(path))


def default_language() -> str:
    """Italian unless the platform's language is English."""
    name = locale.getlocale()[0] or ""
    return "en" if name.lower().startswith("en") else "it"


def data_folder(args: Namespace, leaf: str = "") -> Path:
    """The folder given by --data, else the platform's own for this program, or `leaf` in it."""
    if args.data is not None:
        return Path(args.data)
    import platformdirs

    return platformdirs.user_data_path("anifro-desktop", appauthor=False) / leaf


def read_passphrase(args: Namespace, prompt: str) -> str:
    """One passphrase, without its line end.

    Raises:
        NoPassphrase: the file cannot be read or is empty, or nobody can be asked.
    """
    source: Path | None = args.passphrase_file
    if source is not None and str(source) != "-":
        return read_secret(source)
    if sys.stdin is None:
        raise NoPassphrase("nobody")
    if source is not None or not sys.stdin.isatty():
        return _first_line(sys.stdin.buffer.readline(_PASSPHRASE_LIMIT))
    return getpass.getpass(f"{prompt}: ")


def read_secret(path: Path) -> str:
    """The first line of a file, which holds a password.

    Raises:
        NoPassphrase: the file cannot be read or is empty.
    """
    try:
        with path.open("rb") as stream:
            return _first_line(stream.read(_PASSPHRASE_LIMIT))
    except OSError as error:
        raise NoPassphrase("unreadable") from error


def read_sheet(args: Namespace) -> str:
    """The recovery sheet, its rows on one line or on four.

    Raises:
        NoPassphrase: as `read_passphrase`.
    """
    source: Path | None = args.passphrase_file
    if source is not None and str(source) != "-":
        try:
            with source.open("rb") as stream:
                rows = stream.read(_PASSPHRASE_LIMIT).splitlines()
        except OSError as error:
            raise NoPassphrase("sheet_unreadable") from error
        plain = [_first_line(row, "sheet_not_text") for row in rows if row.strip()]
        return " ".join([row for row in plain if _ROW.fullmatch(row)] or plain) or _first_line(b"")
    asked = source is None and sys.stdin is not None and sys.stdin.isatty()
    typed = ""
    for row in range(1, _SHEET_ROWS + 1):
        try:
            typed += " " + (_ask_row(args, row) if asked else read_passphrase(args, ""))
        except NoPassphrase:  # no more rows: the sheet says itself that letters are missing
            if not typed:
                raise
            break
        if sum(character.isalnum() for character in typed) >= _SHEET_LETTERS:
            break
    return typed


def _ask_row(args: Namespace, row: int) -> str:
    """A row of the sheet from the prompt, asked for again until it is as printed; all of them on one line will do."""
    from anifro_desktop.commands.refusals import said
    from anifro_desktop.workflows.people import check_row

    prompt = {"it": f"Foglio di recupero, riga {row} di 4", "en": f"Recovery sheet, row {row} of 4"}
    while True:
        typed = getpass.getpass(f"{prompt[args.lang]}: ")
        if sum(character.isalnum() for character in typed) >= _SHEET_LETTERS:
            return typed
        try:
            check_row(row, typed)
        except Refusal as refusal:
            print(said(refusal, args.lang), file=sys.stderr)
        else:
            return typed


def read_second(args: Namespace) -> str:
    """A new passphrase: from `--new-passphrase-file`, or asked for twice.

    Raises:
        NoPassphrase: the file cannot be read or is empty, nobody can be asked, or the two differ.
    """
    if args.new_passphrase_file is not None or sys.stdin is None or not sys.stdin.isatty():
        named = Namespace(passphrase_file=args.new_passphrase_file)
        return read_passphrase(named, "")
    asked = {"it": ("Nuova frase di accesso", "Di nuovo la stessa")}.get(
        args.lang, ("New passphrase", "The same again")
    )
    from anifro_desktop.commands.refusals import said

    for _ in range(_TRIES):
        first, again = (getpass.getpass(f"{prompt}: ") for prompt in asked)
        if first == again:
            return first
        print(said(NoPassphrase("differ"), args.lang), file=sys.stderr)
    raise NoPassphrase("differ")


def _first_line(data: bytes, not_text: str = "not_text") -> str:
    try:
        line = data.decode("utf-8-sig").split("\n", 1)[0].rstrip("\r")
    except UnicodeDecodeError as error:
        raise NoPassphrase(not_text) from error
    if not line:
        raise NoPassphrase("none")
    return line


def say(args: Namespace, data: Any, lines: list[str]) -> None:
    """Print the result: JSON when asked, else lines."""
    if args.json:
        text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
        print(_UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text))
    else:
        print(shown("\n".join(lines)))


def shown(text: str) -> str:
    """A text as a terminal may have it."""
    return _UNSEEN.sub("?", text)


def read_input(path: Path | None, *, limit: int = 16 << 20) -> bytes:
    """The bytes of a file the user named, or of standard input.

    Raises:
        UnreadableInput: it cannot be read. NoInput: there is none. LargeInput: it is larger than `limit` bytes.
    """
    try:
        if path is None or str(path) == "-":
            if sys.stdin is None:
                raise NoInput("Nothing can be read here: name a file.")
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with a_file(path).open("rb") as stream:
                data = stream.read(limit + 1)
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read. Check its name and rights.", path=str(path)) from error
    if len(data) > limit:
        size = limit >> 20
        name = "" if path is None else str(path)
        raise LargeInput(f"{path} is larger than {size} MiB. Split it and try again.", path=name, size=size)
    return data
