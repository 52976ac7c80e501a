"""What one row says by the mapping: records with their answers, or why it says nothing that may be typed.

Nothing of the site is known here. A record is stated only where a cell holds an answer of it, so that an empty part of
a wide row, or a REDCap row with nothing but unticked boxes, makes no record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from anifro_desktop.errors import Refusal
from anifro_desktop.forms.model import Label
from anifro_desktop.workflows.importing.cells import (
    Answer,
    Cell,
    Cells,
    Refused,
    answer,
    class_of,
    dated,
    is_empty,
    text_of,
)
from anifro_desktop.workflows.importing.mapping import ENROLMENT, HISTORY, VISIT, Block, Plan, When
from anifro_desktop.workflows.importing.tables import Row
from anifro_desktop.workflows.importing.words import Said, said


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a row: a fault or a note. column, field: empty where it is about none; kind: what the cell holds.

    refusal: what a verb of the site said, for those who have its words in the reader's language.
    """

    what: Said
    column: str = ""
    field: str = ""
    kind: Label | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """One record that a row states. tag: names it within its row. visit: key of the visit, empty: its date decides."""

    block: Block
    tag: str
    answers: Mapping[str, Answer]
    visit: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row by the mapping. key: of its patient; records: what it states; skipped: knowingly left out."""

    row: Row
    key: str
    records: tuple[Stated, ...] = ()
    faults: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()
    skipped: bool = False

    @property
    def order(self) -> tuple[int, date, int]:
        """Where it stands among the rows of its patient: enrolment, history, events, then visits, each by date."""
        ranks = {ENROLMENT: 0, HISTORY: 1, VISIT: 3}
        kinds = [ranks.get(stated.block.form, 2) for stated in self.records] or [4]
        rank = 0 if 0 in kinds else 1 if 1 in kinds else max(kinds)
        days = [stated.on for stated in self.records if stated.on is not None]
        return rank, min(days, default=date.min), self.row.number

    def about(self, field: str, what: Said) -> Remark:
        """A remark about a field, with the column that feeds it."""
        for stated in self.records:
            feed = next((one for one in stated.block.feeds if one.item.id == field), None)
            if feed is not None:
                column = feed.columns[0]
                return Remark(what, column, field, class_of(self.row.cells.get(column)))
            if field == "visit_date" and stated.block.date:
                column = stated.block.date
                return Remark(what, column, field, class_of(self.row.cells.get(column)))
        return Remark(what, "", field)


def read_row(plan: Plan, row: Row, width: int) -> Line:
    """A row by the mapping. width: how many columns have names."""
    if row.width != width:
        return Line(row, "", faults=(Remark(said("row_ragged", cells=row.width, columns=width)),))
    try:
        if any(_holds(when, row.cells) for when in plan.skip):
            return Line(row, "", skipped=True)
        key = "\x1f".join(text_of(row.cells.get(name)) for name in plan.key)
        blocks = [block for block in plan.blocks if _holds(block.when, row.cells)]
    except Refused as refused:  # a broken cell among those that decide what the row is
        return Line(row, "", faults=(Remark(refused.why),))
    if not blocks:
        return Line(row, key, faults=(Remark(said("row_no_rule")),))
    if not key.replace("\x1f", ""):
        return Line(row, key, faults=(Remark(said("row_no_key"), plan.key[0]),))
    faults: list[Remark] = []
    notes: list[Remark] = []
    records = [_record(plan, block, row.cells, faults, notes) for block in blocks]
    return Line(row, key, tuple(_tagged(records)), tuple(faults), tuple(notes))


def _holds(when: When, cells: Cells) -> bool:
    return all(text_of(cells.get(column)).casefold() in texts for column, texts in when.items())


def _record(
    plan: Plan, block: Block, cells: Cells, faults: list[Remark], notes: list[Remark]
) -> Stated | None:
    found: list[Remark] = []
    given, stated = _answers(plan, block, cells, found, notes)
    on = None
    if block.date and not is_empty(cells.get(block.date)):
        on = _date(block, cells, found)
        stated = True
    if not stated and not found:
        return None
    if block.form == VISIT and on is None and not found:
        found.append(Remark(said("row_no_date"), block.date, "visit_date", class_of(None)))
    visit = _visit(block, cells, found)
    faults += found
    return Stated(block, "", given, visit, on)


def _answers(
    plan: Plan, block: Block, cells: Cells, faults: list[Remark], notes: list[Remark]
) -> tuple[dict[str, Answer], bool]:
    """The answers of a record, and whether any of them comes from a cell that holds something."""
    given: dict[str, Answer] = {}
    stated = False
    for feed in block.feeds:
        column = feed.columns[0]
        cell = cells.get(column)
        try:
            found, remark = answer(feed, cells, plan.missing)
        except Refused as refused:
            faults.append(Remark(refused.why, column, feed.item.id, class_of(cell)))
            continue
        if remark is not None:
            notes.append(Remark(remark, column, feed.item.id, class_of(cell)))
        if found is not None:
            given[feed.item.id] = found
            stated = stated or not all(is_empty(cells.get(name)) for name in feed.columns)
    return given, stated


def _date(block: Block, cells: Cells, faults: list[Remark]) -> date | None:
    cell: Cell = cells.get(block.date)
    try:
        return date.fromisoformat(dated(cell, block.dates))
    except Refused as refused:
        faults.append(Remark(refused.why, block.date, "visit_date", class_of(cell)))
        return None


def _visit(block: Block, cells: Cells, faults: list[Remark]) -> str:
    if not block.visit_column:
        return block.visit
    cell = cells.get(block.visit_column)
    try:
        return block.visits[text_of(cell).casefold()]
    except (KeyError, Refused):
        faults.append(Remark(said("row_visit"), block.visit_column, "", class_of(cell)))
        return ""


def _tagged(records: list[Stated | None]) -> Iterator[Stated]:
    """The records with names that stay the same when other parts of the mapping change."""
    seen: dict[str, int] = {}
    for stated in records:
        if stated is None:
            continue
        name = ":".join(filter(None, (stated.block.form, stated.visit)))
        seen[name] = seen.get(name, 0) + 1
        yield Stated(stated.block, f"{name}#{seen[name]}", stated.answers, stated.visit, stated.on)
