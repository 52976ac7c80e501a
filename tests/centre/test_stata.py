"""Stata files as two independent readers see them, and everything that is refused before one is written."""

from __future__ import annotations

from pathlib import Path

import pandas
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from anifro_desktop.centre import filled, stata_file
from anifro_desktop.centre.errors import DatasetRefused
from anifro_desktop.centre.stata import REASON_LETTERS, Cell, Column, shorten
from anifro_desktop.record import Missing

CODED = Column("item", "Item", "whole", {0: "absent", 1: "present"}, reasons=True)
COLUMNS = [
    Column("site", "Site", "text"),
    CODED,
    Column("dose", "Dose (mg)", "number", reasons=True),
    Column("visit_no", "Visit", "whole"),
    Column("state", "State", "whole", {0: "not met", 1: "met"}),
]
ROWS: list[list[Cell]] = [
    ["P03", 1, 12.5, 1, 1],
    ["P04 è €", Missing.NOT_DONE, Missing.REFUSED, 2, None],
    ["", None, None, None, 0],
    ["", Missing.NOT_APPLICABLE, 0.1, 3, 0],
    ["", Missing.NOT_KNOWN, Missing.NOT_DONE, -7, None],
    ["", None, 1e-300, 4, None],
]


def write(path: Path, columns: list[Column], rows: list[list[Cell]], *, title: str, lang: str) -> None:
    stata_file.write(path, filled.fill(columns, rows), title=title, lang=lang)


def faults(columns: list[Column], rows: list[list[Cell]]) -> list[str]:
    return filled.faults(filled.fill(columns, rows))


def test_every_cell_as_pandas_reads_it(tmp_path: Path) -> None:
    write(tmp_path / "visit.dta", COLUMNS, ROWS, title="Prova", lang="it")
    frame = pandas.read_stata(tmp_path / "visit.dta", convert_missing=True, convert_categoricals=False)
    assert list(frame.columns) == [column.name for column in COLUMNS]
    assert [str(cell) for cell in frame["item"]] == ["1.0", ".a", ".", ".b", ".c", "."]
    assert [str(cell) for cell in frame["dose"]] == ["12.5", ".d", ".", "0.1", ".a", "1e-300"]
    assert [str(cell) for cell in frame["state"]] == ["1", ".", "0", "0", ".", "."]
    assert list(frame["site"]) == ["P03", "P04 è €", "", "", "", ""]


def test_every_cell_as_pyreadstat_reads_it(tmp_path: Path) -> None:
    write(tmp_path / "visit.dta", COLUMNS, ROWS, title="Prova", lang="it")
    frame, meta = pyreadstat.read_dta(tmp_path / "visit.dta", user_missing=True)
    assert [None if cell != cell else cell for cell in frame["item"]] == [1, "a", None, "b", "c", None]
    assert [None if cell != cell else cell for cell in frame["dose"]] == [12.5, "d", None, 0.1, "a", 1e-300]
    assert meta.file_label == "Prova"
    assert meta.column_names_to_labels["dose"] == "Dose (mg)"
    labels = meta.variable_value_labels
    assert labels["item"] == {
        0: "absent",
        1: "present",
        "a": "non eseguito",
        "b": "non applicabile",
        "c": "non noto",
        "d": "rifiutato",
    }
    assert set(labels["dose"]) == set(REASON_LETTERS.values())
    assert labels["state"] == {0: "not met", 1: "met"}
    assert "visit_no" not in labels


def test_the_file_is_release_118(tmp_path: Path) -> None:
    write(tmp_path / "visit.dta", COLUMNS, ROWS, title="t", lang="en")
    assert (tmp_path / "visit.dta").read_bytes().startswith(b"<stata_dta><header><release>118</release>")
    assert [path.name for path in tmp_path.iterdir()] == ["visit.dta"]


def test_no_rows_at_all(tmp_path: Path) -> None:
    write(tmp_path / "visit.dta", COLUMNS, [], title="t", lang="en")
    assert len(pandas.read_stata(tmp_path / "visit.dta")) == 0


cells = some.one_of(some.none(), some.sampled_from(Missing), some.sampled_from([0, 1]))
numbers = some.one_of(
    some.none(), some.sampled_from(Missing), some.floats(allow_nan=False, allow_infinity=False, width=32)
)


@settings(max_examples=40, deadline=None)
@given(some.lists(some.tuples(cells, numbers), max_size=12))
def test_any_mixture_of_values_and_reasons_reads_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, ...]]
) -> None:
    path = tmp_path_factory.mktemp("dta") / "x.dta"
    columns = [CODED, Column("amount", "Amount", "number", reasons=True)]
    write(path, columns, rows, title="t", lang="en")  # type: ignore[arg-type]
    frame = pandas.read_stata(path, convert_missing=True, convert_categoricals=False)
    for index, column in enumerate(columns):
        expected = [
            f".{REASON_LETTERS[cell]}" if isinstance(cell, Missing) else "." if cell is None else float(cell)  # type: ignore[arg-type]
            for cell in (row[index] for row in rows)
        ]
        found = [cell if isinstance(cell, int | float) else str(cell) for cell in frame[column.name]]
        assert found == expected


@pytest.mark.parametrize(
    "name",
    [
        "", "a" * 33, "Visit", "età", "1st", "a-b", "a b", "_n", "_all", "_x",
        "byte", "double", "float", "if", "in", "int", "long", "str", "str5", "strl", "using", "with", "x\n",
    ],
)  # fmt: skip
def test_a_name_stata_would_not_take_is_an_error_not_a_new_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(DatasetRefused):
        write(tmp_path / "x.dta", [Column(name, "L", "whole")], [[1]], title="t", lang="en")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["a", "a" * 32, "strong", "str_a", "n", "phga", "x2"])
def test_names_stata_takes(name: str) -> None:
    assert not faults([Column(name, "L", "whole")], [[1]])


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        (Column("x", "", "whole"), 1),
        (Column("x", "L" * 81, "whole"), 1),
        (Column("x", "L", "whole"), Missing.NOT_DONE),
        (Column("x", "L", "whole"), 1.5),
        (Column("x", "L", "whole"), "1"),
        (Column("x", "L", "whole"), 2**31 - 1),
        (Column("x", "L", "whole", {0: "no"}), 1),
        (Column("x", "L", "whole", {0: ""}), 0),
        (Column("x", "L", "whole", {2**31: "no"}), None),
        (Column("x" * 32, "L", "whole", {0: "no"}), 0),
        (Column("x", "L", "number"), float("inf")),
        (Column("x", "L", "number"), float("nan")),
        (Column("x", "L", "text"), None),
        (Column("x", "L", "text"), 1),
        (Column("x", "L", "text"), "è" * 1023),
    ],
)
def test_what_a_reader_would_stumble_over_is_refused(column: Column, cell: object) -> None:
    assert faults([column], [[cell]])  # type: ignore[list-item]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    columns = [Column("Bad", "L", "whole"), Column("x", "L", "whole"), Column("x", "", "whole")]
    with pytest.raises(DatasetRefused) as refused:
        write(tmp_path / "x.dta", columns, [[1, 1.5, 1]], title="t", lang="en")
    assert len(refused.value.faults) == 4


def test_an_older_file_stays_when_a_new_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.dta"
    write(path, [Column("x", "L", "whole")], [[1]], title="t", lang="en")
    before = path.read_bytes()
    with pytest.raises(DatasetRefused):
        write(path, [Column("x", "L", "whole")], [[1.5]], title="t", lang="en")
    assert path.read_bytes() == before


def test_a_long_label_is_cut_visibly() -> None:
    assert shorten("x" * 80) == "x" * 80
    assert shorten("x" * 81) == "x" * 79 + "…"
