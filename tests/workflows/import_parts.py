"""A table and a mapping to vary, and workbooks made for one test each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from study_parts import PASSPHRASE

from anifro_desktop.workflows.importing.loading import read_plan
from anifro_desktop.workflows.importing.mapping import Layout
from anifro_desktop.workflows.importing.tables import read_table
from anifro_desktop.workflows.importing.taking import ACT, Outcome, Taken, take
from anifro_desktop.workflows.site import Site

EXAMPLES = Path(__file__).parents[2] / "docs" / "import"

MAPPING = """
format = "anifro-import/1"
dates = "DMY"
decimal = ","
[missing]
nd = "not_done"
[subject]
key = "id"
[identity]
surname = "cognome"
name = "nome"
birth_date = "nato"
[[record]]
form = "enrolment"
[record.fields]
consent_date = "consenso"
enrolment_date = "consenso"
sex = { column = "sesso", values = { F = 1, M = 2 } }
incl_informed_consent = { always = 1, with = "consenso" }
incl_classification = { always = 1, with = "consenso" }
incl_active_disease = { always = 1, with = "consenso" }
incl_anifrolumab = { always = 1, with = "consenso" }
[[record]]
form = "visit"
date = "visita"
[record.fields]
phga = "phga"
platelets = "plt"
rash = { column = "rash", values = { si = 1, no = 0 } }
"""
COLUMNS = ("id", "cognome", "nome", "nato", "consenso", "sesso", "visita", "phga", "plt", "rash")
FIRST = {
    "id": "1", "cognome": "Sintetica", "nome": "Prova", "nato": "20/05/1991", "consenso": "04/03/2026", "sesso": "F",
    "visita": "04/03/2026", "phga": "1,8", "plt": "184", "rash": "si",
}  # fmt: skip
SECOND = {"id": "1", "visita": "04/09/2026", "phga": "0,5", "plt": "210", "rash": "no"}
OTHER = FIRST | {"id": "2", "cognome": "Sintetico", "nome": "Altro", "nato": "02/11/1979", "sesso": "M"}


def csv_of(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> bytes:
    """Rows as a CSV file with semicolons."""
    lines = [";".join(columns), *(";".join(row.get(name, "") for name in columns) for row in rows)]
    return "\n".join(lines).encode()


FILE = csv_of(FIRST, SECOND, OTHER)


def bring(site: Site, data: bytes, mapping: str = MAPPING, *, apply: bool = True) -> Taken:
    """Take a file over, or try it."""
    plan = read_plan(mapping.encode(), site.definitions)
    return take(site, plan, read_table(data, plan.layout), PASSPHRASE if apply else None)


def acts(site: Site) -> list[Any]:
    """What the trail says of imports: file, and the facts of each row."""
    sealed = site.clinical.audit_entries(table="act", field=ACT)
    return [(item.entry.record, item.entry.new) for item in sealed]


def states(taken: Taken) -> list[str]:
    """What became of the rows, in order."""
    return [outcome.state for outcome in taken.outcomes]


def reasons(outcome: Outcome) -> list[str]:
    """Why a row was refused, by code."""
    return [remark.what.code for remark in outcome.reasons]


def workbook(*lines: Any, change: Callable[[Any], object] | None = None) -> bytes:
    """An Excel workbook with one sheet."""
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(list(line))
    if change is not None:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A workbook with its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def table_of(data: bytes, **layout: Any) -> Any:
    """The table in a file."""
    return read_table(data, Layout(**layout))
