"""The codebook: everything in it, in both languages, the same bytes every time; and its command."""

from __future__ import annotations

import html
from html.parser import HTMLParser
from pathlib import Path

import pytest
from forms_builders import DEFINITIONS, definition_texts

from anifro_desktop.cli import main
from anifro_desktop.forms.codebook import blocks
from anifro_desktop.forms.document import markdown as written
from anifro_desktop.forms.document import page
from anifro_desktop.forms.loader import read
from anifro_desktop.forms.model import Definitions
from anifro_desktop.scores import registry
from anifro_desktop.scores.listing import in_language
from anifro_desktop.study.protocol import PROTOCOL


def markdown(definitions: Definitions, lang: str) -> str:
    return written(blocks(definitions, lang))


@pytest.mark.parametrize("lang", ["it", "en"])
def test_the_page_holds_the_same_and_needs_nothing_beside_it(lang: str) -> None:
    text = page(blocks(DEFINITIONS, lang), lang)
    parser = _Page()
    parser.feed(text)
    parser.close()
    assert parser.open == []
    assert parser.links <= parser.anchors
    assert "http" not in text.split("<body>")[0]
    for item in DEFINITIONS.fields.values():
        assert (
            f"<td><code>{item.id}</code></td><td>{html.escape(item.label.get(lang), quote=False)}</td>"
            in text
        )


class _Page(HTMLParser):
    """What is open, where links lead, and what can be led to."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: set[str] = set()
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.anchors.add(given.get("id") or "")
        if tag == "a":
            self.links.add((given["href"] or "").removeprefix("#"))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", ["it", "en"])
def test_everything_is_in_it(lang: str) -> None:
    text = markdown(DEFINITIONS, lang)
    for item in DEFINITIONS.fields.values():
        assert f"| `{item.id}` | {item.label.get(lang)} |" in text
        assert item.help.get(lang) in text
    for codes in DEFINITIONS.code_lists.values():
        assert all(f"- {code.value}: {code.label.get(lang)}" in text for code in codes.codes)
    for check in DEFINITIONS.checks:
        assert check.text.get(lang) in text
        assert check.when.text in text
    for key, setting in PROTOCOL.settings.items():
        assert f"| `{key}` |" in text
        assert (setting.it if lang == "it" else setting.en) in text
    for rule in registry.RULES.values():
        assert registry.version(rule.id) in text
        assert f"| `{rule.id}` {in_language(rule.title, lang)} |" in text
        assert f"| {in_language(rule.source, lang)} |" in text
    assert DEFINITIONS.digest in text


def test_it_is_the_same_every_time() -> None:
    again = read(dict(reversed(definition_texts().items())))
    for lang in ("it", "en"):
        assert markdown(DEFINITIONS, lang) == markdown(again, lang)
        assert markdown(DEFINITIONS, lang).endswith("\n")


def test_every_row_of_a_table_has_all_its_cells() -> None:
    for block in markdown(DEFINITIONS, "it").split("\n\n"):
        rows = [line for line in block.splitlines() if line.startswith("| ")]
        assert len({row.replace("\\|", "").count("|") for row in rows}) <= 1


def test_ids_no_longer_in_use_are_told() -> None:
    texts = definition_texts()
    texts["tombstones.toml"] += (
        '[[renamed]]\nold = "pga"\nnew = "phga"\nwhy = { it = "Chiarezza", en = "Clarity" }\n'
    )
    assert "- `pga` → `phga`: Clarity" in markdown(read(texts), "en")


def test_command_prints_or_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["codebook", "markdown", "--lang", "en"]) == 0
    assert capsys.readouterr().out == markdown(DEFINITIONS, "en")
    target = tmp_path / "codebook.md"
    assert main(["codebook", "markdown", "--lang", "it", "--output", str(target)]) == 0
    assert target.read_bytes().decode() == markdown(DEFINITIONS, "it")
    assert capsys.readouterr().out == ""


def test_command_refuses_a_place_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["codebook", "markdown", "--output", str(tmp_path / "none" / "codebook.md")]) == 3
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_command_knows_its_formats() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["codebook", "papyrus"])
    assert stopped.value.code == 2
