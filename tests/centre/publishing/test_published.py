"""The report as a reader gets it: every number is there, in both languages, on the page, on paper and in the tables."""

from __future__ import annotations

import base64
import csv
import io
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from browser import Browser
from synthetic_contents import LONG, figures, named, same, states, synthetic

from anifro_desktop.centre.analysis.contents import contents
from anifro_desktop.centre.analysis.table import Cell, Contents, Named, Row, Section, Table
from anifro_desktop.centre.publishing.figures import drawn, has_too_few
from anifro_desktop.centre.publishing.heading import digest, headed
from anifro_desktop.centre.publishing.page import page
from anifro_desktop.centre.publishing.paper import paper
from anifro_desktop.centre.publishing.told import told
from anifro_desktop.centre.publishing.writing import file_names, write_report
from anifro_desktop.files import FilesError
from anifro_desktop.forms.library import load
from anifro_desktop.workflows.errors import OutputRefused

MADE = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
LANGUAGES = ("it", "en")


class Cells(HTMLParser):
    """The text of every cell, head and caption, in order; what is loaded from elsewhere; the ids."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"td", "th", "caption"}:
            self._inside += 1
            self.texts.append("")
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "src" or (name.endswith("href") and not (value or "").startswith("#")):
                self.loaded.append(f"{tag} {value}")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "caption"}:
            self._inside -= 1

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data


def cells_of(data: bytes) -> Cells:
    """A page as read by a parser."""
    found = Cells()
    found.feed(data.decode())
    return found


def expected(whole: Contents, lang: str) -> list[str]:
    """Every text of every table, in the order of the page."""
    texts: list[str] = []
    for table in whole.tables():
        texts += [table.title.get(lang), *(one.label.get(lang) for one in (*table.heads, *table.columns))]
        for row in table.rows:
            texts += [*(one.label.get(lang) for one in row.heads), *(told(cell, lang) for cell in row.cells)]
    return texts


def spaced(texts: Iterable[str]) -> list[str]:
    """Texts with plain spaces in the place of those at which no line breaks."""
    return [text.replace("\u00a0", " ") for text in texts]


def pages(path: Path) -> list[str]:
    """The text of each page on paper, line by line."""
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True)
    return spaced(done.stdout.split("\f"))


def squeezed(text: str) -> str:
    """A text without any space, since paper breaks lines."""
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def whole() -> Contents:
    """The report that never was."""
    return synthetic()


@pytest.fixture(scope="module")
def reports(whole: Contents, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folder of the report in each language."""
    folder = tmp_path_factory.mktemp("reports")
    for lang in LANGUAGES:
        write_report(folder / lang, whole, lang, MADE)
    return {lang: folder / lang for lang in LANGUAGES}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all."""
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


@pytest.mark.parametrize(
    ("cell", "it", "en"),
    [
        (Cell(None, "share"), "-", "-"),
        (Cell(0), "0", "0"),
        (Cell(1 / 3, "share", 0.1, 0.66), "33,3 % (10,0; 66,0)", "33.3 % (10.0; 66.0)"),
        (Cell(1.0, "share"), "100,0 %", "100.0 %"),
        (Cell(-0.001, "number"), "0,00", "0.00"),
        (Cell(-1.5, "number", -2, None), "−1,50 (−2,00; -)", "−1.50 (−2.00; -)"),
        (Cell(183, "days"), "183", "183"),
        (Cell(None, "days", 1354, None), "- (1354; -)", "- (1354; -)"),
        (Cell(183.5, "days"), "183,5", "183.5"),
        (Cell(0.0009999, "p"), "< 0,001", "< 0.001"),
        (Cell(0.001, "p"), "0,001", "0.001"),
    ],
)
def test_a_number_is_told_as_the_language_has_it(cell: Cell, it: str, en: str) -> None:
    assert [told(cell, lang).replace("\u00a0", " ") for lang in LANGUAGES] == [it, en]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_of_every_table_is_on_the_page(
    whole: Contents, reports: dict[str, Path], lang: str
) -> None:
    found = cells_of((reports[lang] / "report.html").read_bytes())
    assert spaced(found.texts) == spaced(expected(whole, lang))
    assert found.loaded == []
    assert len(found.ids) == len(set(found.ids))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_and_title_is_on_paper(whole: Contents, reports: dict[str, Path], lang: str) -> None:
    text = squeezed("".join(pages(reports[lang] / "report.pdf")))
    for one in expected(whole, lang):
        assert squeezed(one) in text, one
    for figure in figures():
        assert squeezed(figure.title.get(lang)) in text
    # The head of the long table stands on each of its pages.
    head = squeezed({"it": "Termine Gruppo Eventi Giorni", "en": "Term Group Events Days"}[lang])
    assert text.count(head) >= 3


def test_a_table_stays_on_one_page_with_its_notes(tmp_path: Path) -> None:
    columns = (named("n", "Soggetti", "Subjects"), named("share", "Quota (IC 95 %)", "Share (95 % CI)"))
    tables = [
        Table(
            f"t{n}",
            same(f"Title {n}."),
            (named("visit", "Visita", "Visit"),),
            columns,
            tuple(
                Row(
                    (Named(f"r{row}", same(f"Row {n}-{row}.")),),
                    (Cell(row), Cell(row / 30, "share", 0.0, 0.9)),
                )
                for row in range(4 + 3 * n)
            ),
            (same(f"Note {n}."), LONG),
        )
        for n in range(8)
    ]
    section = Section("some", same("Chapter"), tuple(tables), figures())
    path = tmp_path / "some.pdf"
    drawings = {figure.name: drawn(figure, "it")["svg"] for figure in figures()}
    path.write_bytes(paper(Contents((), (section,)), drawings, "it", MADE))
    found = pages(path)
    for table in tables:
        texts = [table.title.it, table.notes[0].it, *(row.heads[0].label.it for row in table.rows)]
        assert any(all(text in page for text in texts) for page in found), table.title.it
    said = squeezed("".join(found)).count(squeezed(LONG.it))
    assert said == 2, "once for all tables, once under a figure"
    assert len(found) - 1 <= 7, "two narrow tables stand beside each other"


def test_a_table_too_wide_to_be_read_is_turned(whole: Contents, reports: dict[str, Path]) -> None:
    text = "\n".join(pages(reports["it"] / "report.pdf"))
    (row,) = next(table.rows for table in whole.tables() if table.name == "wide")
    for number, cell in enumerate(row.cells):
        assert f"Mese {number} (IC 95 %) {spaced([told(cell, 'it')])[0]}\n" in text


def test_what_all_tables_have_in_common_is_said_once(reports: dict[str, Path]) -> None:
    text = (reports["it"] / "report.html").read_text()
    assert text.count("Per ogni tabella di questo capitolo") == 0, "one table of two has the note"
    section = Section("two", same("Two"), (states(), replace(states(), name="other")), (), (same("Own."),))
    text = page(Contents((), (section,)), {}, "it").decode()
    assert text.count("senza perdita di alcuna") == 1 + 2, "the note, and a row of each table"
    assert text.index("Own.") < text.index("Per ogni tabella") < text.index("<table>")


def test_the_limits_of_a_mean_of_few_are_not_drawn() -> None:
    whole = next(figure for figure in figures() if figure.kind == "means")
    few = replace(whole, series=tuple(replace(one, at_risk=(60, 51, 40, 4)) for one in whole.series))
    points = tuple((*one.points[:3], replace(one.points[3], low=None, high=None)) for one in few.series)
    bare = replace(
        few, series=tuple(replace(one, points=p) for one, p in zip(few.series, points, strict=True))
    )
    assert not has_too_few(whole)
    assert has_too_few(few)
    assert drawn(few, "it")["svg"] == drawn(bare, "it")["svg"] != drawn(whole, "it")["svg"]
    svg = drawn(few, "it")["svg"]
    text = page(Contents((), (Section("one", same("One"), (), (few,)),)), {few.name: svg}, "it").decode()
    assert "I limiti di meno di 5 valutati non sono disegnati" in text


def test_paper_has_its_fonts_and_no_pictures_of_pixels(reports: dict[str, Path]) -> None:
    path = reports["it"] / "report.pdf"
    fonts = subprocess.run(
        ["pdffonts", path], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert fonts
    assert all("DejaVu" in line and " yes yes yes " in line for line in fonts)
    images = subprocess.run(["pdfimages", "-list", path], capture_output=True, text=True, check=True).stdout
    assert len(images.splitlines()) == 2


def test_the_same_report_has_the_same_bytes(
    whole: Contents, reports: dict[str, Path], tmp_path: Path
) -> None:
    names = write_report(tmp_path, whole, "it", MADE)
    for name in names:
        assert (tmp_path / name).read_bytes() == (reports["it"] / name).read_bytes(), name


def test_tables_have_full_precision_and_their_records(whole: Contents, reports: dict[str, Path]) -> None:
    rows = list(csv.DictReader(io.StringIO((reports["it"] / "tables" / "doris.csv").read_text())))
    assert [(row["visit"], row["met"], row["due"]) for row in rows] == [
        ("m06", "31", "67"),
        ("m12", "0", "0"),
    ]
    assert float(rows[0]["share"]) == 31 / 67
    assert (rows[0]["share_low"], rows[1]["share"], rows[1]["mean_high"]) == ("0.348", "", "")
    records = list(csv.DictReader(io.StringIO((reports["it"] / "records.csv").read_text())))
    for table in whole.tables():
        for row in table.rows:
            name = "/".join(head.name for head in row.heads)
            for column, cell in zip(table.columns, row.cells, strict=True):
                found = [
                    (item["site"], item["subj_id"], item["key"])
                    for item in records
                    if (item["table"], item["row"], item["column"]) == (table.name, name, column.name)
                ]
                assert found == [tuple(record) for record in cell.behind]


def test_a_page_in_a_browser(browser: Browser, reports: dict[str, Path]) -> None:
    browser.open((reports["it"] / "report.html").as_uri())
    assert [
        told for method, told in browser.events if method in {"Log.entryAdded", "Runtime.exceptionThrown"}
    ] == []
    asked = [
        told["request"]["url"] for method, told in browser.events if method == "Network.requestWillBeSent"
    ]
    assert asked == [(reports["it"] / "report.html").as_uri()]
    sizes = browser.value(
        "[...document.querySelectorAll('figure svg')].map(e => [e.getBoundingClientRect().width, "
        "e.getBoundingClientRect().height, e.querySelector('title').textContent])"
    )
    assert [size[2] for size in sizes] == [figure.title.it for figure in figures()]
    assert all(width > 400 and height > 200 for width, height, _ in sizes)
    assert browser.value("document.documentElement.scrollWidth <= window.innerWidth")


def test_records_open_and_close_by_keyboard(browser: Browser, reports: dict[str, Path]) -> None:
    browser.open((reports["en"] / "report.html").as_uri())
    browser.press("Tab")
    assert browser.value("document.activeElement.className") == "skip"
    for _ in range(40):
        browser.press("Tab")
        if browser.value("document.activeElement.dataset.n") == "0":
            break
    browser.press("Enter")
    shown = browser.value("[...document.querySelectorAll('.behind li')].map(e => e.textContent)")
    assert len(shown) == 31
    assert shown[:2] == ["P03 / P03-0000 / m06", "P03 / P03-0001 / m06"]
    assert (
        browser.value("document.querySelector('.behind strong').textContent")
        == "6 months: met - 31 records counted"
    )
    browser.press("Escape")
    assert browser.value("document.querySelectorAll('.behind').length") == 0
    assert browser.value("document.activeElement.dataset.n") == "0"


def test_the_page_prints(browser: Browser, reports: dict[str, Path], tmp_path: Path) -> None:
    browser.open((reports["it"] / "report.html").as_uri())
    printed = tmp_path / "printed.pdf"
    printed.write_bytes(base64.b64decode(browser.ask("Page.printToPDF", preferCSSPageSize=True)["data"]))
    text = subprocess.run(
        ["pdftotext", "-raw", printed, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert text.count("Termine Gruppo Eventi Giorni") >= 2
    assert "Term 79" in text


def test_too_many_records_are_left_to_the_table_of_records(whole: Contents) -> None:
    drawings = {figure.name: drawn(figure, "en")["svg"] for figure in figures()}
    text = page(whole, drawings, "en", most_records=5).decode()
    assert "<button" not in text
    assert "records.csv" in text
    assert spaced(cells_of(text.encode()).texts) == spaced(expected(whole, "en"))


def test_a_foreign_file_is_not_written_over(whole: Contents, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_text("mine")
    with pytest.raises(OutputRefused):
        write_report(tmp_path, whole, "it", MADE)
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]
    assert (tmp_path / "report.pdf").read_text() == "mine"


def test_a_file_in_the_place_of_the_folder_is_said(whole: Contents, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    with pytest.raises(FilesError):
        write_report(tmp_path / "there", whole, "it", MADE)
    assert (tmp_path / "there").read_text() == "mine"


def test_the_head_names_program_forms_and_digest_and_an_empty_report_is_one(tmp_path: Path) -> None:
    made = headed(contents([], sections=()), [], load().current, ("P03-7KQF-4",), MADE)
    texts = {named.name: text for named, text in made.facts}
    assert texts["made"] == "2026-11-26 12:00 UTC"
    assert texts["excluded"] == "P03-7KQF-4"
    assert texts["digest"] == digest(contents([], sections=()))
    assert write_report(tmp_path, made, "en", MADE) == file_names(made)
    assert "This report has no table." in (tmp_path / "report.html").read_text()
    assert write_report(tmp_path, made, "it", MADE) == file_names(made), "a report of before is written over"
    assert "Questo rapporto non contiene tabelle." in (tmp_path / "report.html").read_text()


def test_the_digest_changes_with_a_record_behind_a_number(whole: Contents) -> None:
    fewer = Contents(whole.facts, whole.sections[:1], whole.notes)
    assert digest(whole) == digest(synthetic())
    assert digest(whole) != digest(fewer)


def test_paper_without_figures_or_sections_is_paper() -> None:
    assert paper(Contents((), ()), {}, "it", MADE).startswith(b"%PDF")
