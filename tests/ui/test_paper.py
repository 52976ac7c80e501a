"""Paper forms as PDF: one file a form, A4, in both languages, from the command line too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from anifro_desktop.cli import main
from anifro_desktop.forms import load
from anifro_desktop.forms.paper import printable
from anifro_desktop.ui.paper import pdf


@pytest.mark.parametrize("lang", ["it", "en"])
def test_a_long_form_goes_over_several_a4_pages(qapp, lang: str) -> None:
    made = pdf(load(), load().form("adverse_event"), lang)
    assert made.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", made)) >= 3
    width, height = map(float, re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", made)[0])
    assert (round(width), round(height)) == (595, 842)


def test_the_command_writes_one_file_for_each_form(qapp, tmp_path: Path, capsys) -> None:
    assert main(["paper", str(tmp_path / "moduli"), "--lang", "it"]) == 0
    names = {path.name for path in (tmp_path / "moduli").iterdir()}
    assert names == {f"{form.order:03}-{form.id}-it.pdf" for form in printable(load())}
    assert len(capsys.readouterr().out.splitlines()) == len(names)


def test_a_form_that_is_not_there_is_told_with_those_that_are(tmp_path: Path, capsys) -> None:
    assert main(["paper", str(tmp_path), "--form", "sledai"]) == 2
    assert "sledai2k" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
