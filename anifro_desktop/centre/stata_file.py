"""Stata 118 files: written, read back and compared before they count.

Rules kept here:
- A column that may hold a reason is stored as double even when its values are whole: pyreadstat reads `.`
  after a coded reason in an integer column as 0 (measured, pyreadstat 1.3.7), and nobody shall analyse that
  zero.
- Stata 118 (Stata 14 and later, UTF-8), because 117 garbles accents and 119 is refused by other readers.
- What was written is read back some columns at a time, so that the file stands in memory once only.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from anifro_desktop.centre.errors import DatasetRefused, LibraryMissing
from anifro_desktop.centre.filled import Filled, faults
from anifro_desktop.centre.stata import REASON_LETTERS, shorten, value_labels
from anifro_desktop.files import write_atomic

_AT_ONCE = 100  # columns that are read back together


def write(path: Path, filled: Sequence[Filled], *, title: str, lang: str) -> None:
    """Write one `.dta`, read it back, and only then put it in place of an older one.

    Raises:
        DatasetRefused: names, labels or values that break a rule, or a file that does not read back as
        written. LibraryMissing: pyreadstat is not installed. FilesError: the file cannot be written.
    """
    if found := faults(filled):
        raise DatasetRefused(found)
    with tempfile.TemporaryDirectory(prefix=".dta-", dir=path.parent) as folder:
        draft = Path(folder) / path.name
        _write(draft, filled, shorten(title), lang)
        if found := _differences(draft, filled, lang):
            raise DatasetRefused(found)
        write_atomic(path, draft.read_bytes())


def _write(draft: Path, filled: Sequence[Filled], title: str, lang: str) -> None:
    pandas, pyreadstat = _libraries()
    columns = [one.column for one in filled]
    frame = pandas.DataFrame({one.column.name: _series(pandas, one) for one in filled}, copy=False)
    pyreadstat.write_dta(
        frame,
        draft,
        version=14,  # Stata 14, that is release 118
        file_label=title,
        column_labels={column.name: column.label for column in columns},
        variable_value_labels=value_labels(columns, lang),
        missing_user_values={c.name: sorted(REASON_LETTERS.values()) for c in columns if c.reasons},
    )


def _series(pandas: Any, filled: Filled) -> Any:
    column = filled.column
    if column.kind == "text":
        return pandas.Series(filled.texts, dtype="str")
    if filled.reasons:
        return pandas.Series(filled.stored(), dtype="object")
    series = pandas.Series(filled.numbers, dtype="float64")
    return series.astype("Int32") if column.kind == "whole" and not column.reasons else series


def _differences(draft: Path, filled: Sequence[Filled], lang: str) -> list[str]:
    """What reads back otherwise than it was written: cells, names, labels."""
    _, pyreadstat = _libraries()
    _, meta = pyreadstat.read_dta(draft, metadataonly=True)
    if meta.column_names != [one.column.name for one in filled] or meta.number_rows != len(filled[0]):
        return ["the file does not read back with the same rows and names"]
    labels = value_labels([one.column for one in filled], lang)
    found: list[str] = []
    for start in range(0, len(filled), _AT_ONCE):
        some = filled[start : start + _AT_ONCE]
        frame, _ = pyreadstat.read_dta(draft, usecols=[one.column.name for one in some], user_missing=True)
        found += [text for one in some for text in _of_column(one, frame[one.column.name], meta, labels)]
    return found


def _of_column(one: Filled, back: Any, meta: Any, labels: Mapping[str, Any]) -> list[str]:
    name = one.column.name
    found = []
    if not _reads_back(one, back):
        found.append(f"{name}: values do not read back as written")
    if meta.column_names_to_labels[name] != one.column.label:
        found.append(f"{name}: label does not read back as written")
    if meta.variable_value_labels.get(name, {}) != labels.get(name, {}):
        found.append(f"{name}: value labels do not read back as written")
    return found


def _reads_back(one: Filled, back: Any) -> bool:
    if one.column.kind == "text":
        return list(back) == one.texts
    if one.reasons or back.dtype.kind not in "fiu":  # not numbers alone: reasons, or what should not be there
        return [_plain(cell) for cell in back] == one.stored()
    pandas, _ = _libraries()
    return bool(back.astype("float64").equals(pandas.Series(one.numbers, dtype="float64")))


def _plain(cell: Any) -> float | str | None:
    if isinstance(cell, str):
        return cell
    return None if cell is None or math.isnan(cell) else float(cell)


def _libraries() -> tuple[Any, Any]:
    """pandas and pyreadstat, imported here only: nothing else of the program waits for them."""
    try:
        import pandas
        import pyreadstat
    except ImportError as error:
        raise LibraryMissing(error.name or "pyreadstat") from error
    return pandas, pyreadstat
