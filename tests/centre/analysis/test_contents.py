"""The report as a whole: every maker, on nobody and on an invented study."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from known_truth import Truth, study

from anifro_desktop.centre.analysis.contents import contents
from anifro_desktop.centre.analysis.person import Person, person
from anifro_desktop.centre.analysis.table import Contents, Table
from anifro_desktop.centre.publishing.listing import table_csv
from anifro_desktop.forms.model import Label


@pytest.fixture(scope="module")
def made() -> Contents:
    return contents([person(one) for one in study(5, Truth(), patients=60)])


def labels(found: Contents) -> Iterator[Label]:
    yield from found.notes
    for section in found.sections:
        yield from (section.title, *section.notes)
        for table in section.tables:
            yield from (table.title, *table.notes)
            yield from (column.label for column in (*table.heads, *table.columns))
            yield from (head.label for row in table.rows for head in row.heads)
        for figure in section.figures:
            yield from (figure.title, figure.x, figure.y, *(series.label for series in figure.series))


def test_every_table_has_its_own_name_and_no_two_lines_are_alike(made: Contents) -> None:
    tables = list(made.tables())
    names = Counter(table.name for table in tables) + Counter(
        f.name for s in made.sections for f in s.figures
    )
    assert max(names.values()) == 1
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)
    for table in tables:
        heads = [tuple(head.name for head in row.heads) for row in table.rows]
        assert len(set(heads)) == len(heads), table.name
        assert all(len(row.heads) == len(table.heads) for row in table.rows), table.name
        assert all(len(row.cells) == len(table.columns) for row in table.rows), table.name


def test_every_word_stands_in_both_languages(made: Contents) -> None:
    found = list(labels(made))
    assert found
    empty = [label for label in found if bool(label.it) != bool(label.en)]
    assert empty == []


def test_a_figure_names_a_table_of_its_section(made: Contents) -> None:
    for section in made.sections:
        names = {table.name for table in section.tables}
        assert {figure.table for figure in section.figures} <= names


def test_what_a_count_says_is_how_many_records_stand_behind_it(made: Contents) -> None:
    for table in made.tables():
        for row in table.rows:
            for cell in row.cells:
                if cell.behind:
                    assert cell.value == len(cell.behind), (table.name, [head.name for head in row.heads])


def test_limits_hold_their_number(made: Contents) -> None:
    for table in made.tables():
        for row in table.rows:
            for cell in row.cells:
                if cell.value is not None and cell.low is not None and cell.high is not None:
                    assert cell.low - 1e-12 <= cell.value <= cell.high + 1e-12, table.name


def nothing_counted(table: Table) -> bool:
    return all(cell.value in (None, 0, 0.0, 1.0) for row in table.rows for cell in row.cells)


def test_of_nobody_every_table_is_empty_and_no_maker_stumbles() -> None:
    nobody: list[Person] = []
    assert all(map(nothing_counted, contents(nobody).tables()))


def test_a_column_has_limits_in_every_report_or_in_none(made: Contents) -> None:
    """Who reads a table by the names of its columns finds them all, whatever the data of the day."""
    for table in made.tables():
        cells = [
            (column, cell)
            for row in table.rows
            for column, cell in zip(table.columns, row.cells, strict=True)
        ]
        unnamed = {
            column.name
            for column, cell in cells
            if not column.limits and (cell.low is not None or cell.high is not None)
        }
        assert unnamed == set(), table.name
        assert {column.name for column, cell in cells if column.limits and cell.kind == "count"} == set()


def test_limits_are_columns_also_of_a_table_in_which_nobody_has_any() -> None:
    nobody = next(table for table in contents([]).tables() if table.name == "first_zoster")
    (head, *_) = table_csv(nobody, "en").decode().splitlines()
    assert {"median", "median_low", "median_high", "m60_low"} <= set(head.split(","))
