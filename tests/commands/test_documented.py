"""The commands of the administrator's and the data manager's pages are commands of this program, in both languages the
same ones."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from anifro_desktop import cli

DOCS = Path(__file__).parents[2] / "docs"
PAIRS = (("administrator.md", "amministratore.md"), ("centre.md", "centro.md"))
PAGES = [page for pair in PAIRS for page in pair]


def whole(page: str) -> list[str]:
    """The lines that are a command by themselves."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(r"^ {4}anifro-desktop (.+)$", text, flags=re.MULTILINE)


def in_text(page: str) -> list[str]:
    """Commands in a sentence, whose arguments may be left out."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(r"`((?:site|centre) [^`]+)`", text)


def complaint(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    words = shlex.split(command)
    try:
        cli._parser(words[0]).parse_args(words)
    except cli._WrongWords as wrong:
        return wrong.message
    except SystemExit:
        return capsys.readouterr().err
    return ""


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_page_is_one_as_it_stands(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = whole(page)
    assert len(found) > 10
    assert {command: complaint(command, capsys) for command in found} == dict.fromkeys(found, "")


@pytest.mark.parametrize("page", PAGES)
def test_commands_in_a_sentence_lack_nothing_but_arguments(
    page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = in_text(page)
    assert len(found) > 10
    wrong = {command: complaint(command, capsys) for command in found}
    assert {one: said for one, said in wrong.items() if said and "are required" not in said} == {}


@pytest.mark.parametrize("pair", PAIRS)
def test_both_pages_name_the_same_commands(pair: tuple[str, str]) -> None:
    def verbs(page: str) -> list[list[str]]:
        return [[word for word in line.split() if re.fullmatch(r"[a-z-]+", word)][:3] for line in whole(page)]

    english, italian = map(verbs, pair)
    assert english == italian
