"""Answers as a draft keeps them: one `Entry` a field, in plain JSON."""

from __future__ import annotations

from anifro_desktop.forms import types
from anifro_desktop.forms.errors import BadEntry
from anifro_desktop.forms.model import Field
from anifro_desktop.forms.sheet import Cell
from anifro_desktop.forms.state import Entry
from anifro_desktop.record import Note


def to_entry(item: Field, cell: Cell) -> Entry:
    """A cell as it is saved."""
    return Entry(
        item.id,
        None if cell.value is None else types.to_json(item, cell.value),
        None if cell.note is None else cell.note.to_json(),
        cell.raw_text,
    )


def to_cell(item: Field, entry: Entry) -> Cell:
    """The cell that was saved. A value the field can no longer have is kept as a text, so that it is seen."""
    note = Note.from_json(entry.note_json) if isinstance(entry.note_json, dict) else None
    if entry.value_json is None:
        return Cell(None, entry.raw_text, note)
    try:
        return Cell(types.from_json(item, entry.value_json), "", note)
    except BadEntry:
        return Cell(None, str(entry.value_json), note)
