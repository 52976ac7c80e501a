"""Paper forms as PDF: one file a form, A4, in both languages, from the command line too."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from anifro_desktop.cli import main
from anifro_desktop.forms import load
from anifro_desktop.forms.paper import TEXT_MM, form_html, printable
from anifro_desktop.ui.paper import DOTS_PER_INCH, laid_out, pdf

_DOTS_PER_MM = DOTS_PER_INCH / 25.4


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


@pytest.mark.parametrize(("form", "lines"), [("scales", 3), ("phga", 1)])
def test_a_line_to_mark_is_100_mm_long(qapp, form: str, lines: int) -> None:
    width, height = round(TEXT_MM * _DOTS_PER_MM), round(200 * _DOTS_PER_MM)
    page = QImage(width, height, QImage.Format.Format_Grayscale8)
    page.setDotsPerMeterX(round(_DOTS_PER_MM * 1000))
    page.setDotsPerMeterY(round(_DOTS_PER_MM * 1000))
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    document = laid_out(painter, QSizeF(width, height), form_html(load(), load().form(form), "en"))
    document.drawContents(painter, QRectF(0, 0, width, height))
    painter.end()
    black = [_longest(bytes(page.constScanLine(row))[:width]) / _DOTS_PER_MM for row in range(height)]
    found = [length for length, before in zip(black[1:], black, strict=False) if length > 80 >= before]
    assert found == pytest.approx([100.0] * lines, abs=0.5)


def _longest(row: bytes) -> int:
    """The longest stretch of black dots."""
    return max(map(len, re.findall(rb"[\x00-\x3c]+", row)), default=0)


def test_after_printing_without_a_window_one_can_still_be_opened(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from anifro_desktop.forms import load; "
        "from anifro_desktop.ui.paper import print_forms; print_forms(Path(sys.argv[1]), load(), 'it', 'phga'); "
        "from PySide6.QtWidgets import QApplication; assert QApplication.instance() is None; QApplication([])"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(list(tmp_path.glob("*-phga-it.pdf"))) == 1
