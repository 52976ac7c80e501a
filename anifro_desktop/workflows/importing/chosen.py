"""The files that somebody chose at a window: a table and its mapping are read, a draft is written beside a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from anifro_desktop.files import read_regular, write_new
from anifro_desktop.forms.model import Definitions
from anifro_desktop.workflows.importing.drafting import draft
from anifro_desktop.workflows.importing.loading import read_plan
from anifro_desktop.workflows.importing.mapping import Layout
from anifro_desktop.workflows.importing.tables import read_table
from anifro_desktop.workflows.importing.taking import Import, begin, check_role
from anifro_desktop.workflows.importing.words import DraftThere

if TYPE_CHECKING:
    from anifro_desktop.workflows.site import Site

MOST_TABLE, MOST_MAPPING = 64 << 20, 1 << 20  # bytes
_SUFFIX = ".toml"


def try_files(site: Site, table: Path, mapping: Path) -> Import:
    """A trial of a table by a mapping file.

    Raises:
        NotYourRole, CannotRead, NotRegular, TooLarge, FaultyMapping, FaultyTable: there is nothing to try.
    """
    check_role(site)
    plan = read_plan(read_regular(mapping, MOST_MAPPING), site.definitions)
    return begin(site, plan, read_table(read_regular(table, MOST_TABLE), plan.layout))


def write_draft(table: Path, layout: Layout, definitions: Definitions, lang: str) -> Path:
    """Write the beginning of a mapping beside a table, under the same name; returns where it is.

    Raises:
        DraftThere: a file of that name is there, and stays. FaultyTable: it is no table.
        CannotRead, NotRegular, TooLarge, CannotWrite, DiskFull, FolderGone: nothing was written.
    """
    text = draft(read_table(read_regular(table, MOST_TABLE), layout), layout, definitions, lang)
    target = table.with_suffix(_SUFFIX)
    if not write_new(target, text.encode("utf-8")):
        raise DraftThere
    return target
