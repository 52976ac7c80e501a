"""What a mapping file says, as frozen facts: which rows become which records, and which column feeds which field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from anifro_desktop.forms.model import Field
from anifro_desktop.record import Missing

FORMAT = "anifro-import/1"
ORDERS = ("DMY", "YMD", "MDY", "excel-1900", "excel-1904")
ENROLMENT, HISTORY, VISIT = "enrolment", "history", "visit"
IDENTITY = ("surname", "name", "birth_date", "tax_code", "hospital_number", "phone", "email")

# What a cell stands for: a code, why there is no value, or (None) that nothing was answered.
Meaning = int | Missing | None
# Column to the texts that it may hold; every column has to hold one of its own.
When = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Feed:
    """Where the answer of a field comes from: a column, boxes to tick, or always the same beside another column.

    values: text of a cell, in small letters, to its meaning; own: the column holds the codes or labels of the codebook.
    boxes: column to the code that its tick means; unticked: what it means that none of them is ticked, where another
    box of the question is. always: the answer wherever `column` holds anything. dates: one of `ORDERS` or empty.
    decimal: the sign in texts. unit: of the column (UCUM), empty: the field's own. empty: why a cell is empty.
    """

    item: Field
    column: str = ""
    values: Mapping[str, Meaning] | None = None
    own: bool = False
    boxes: Mapping[str, int] = field(default_factory=dict)
    unticked: int | None = None
    always: int | str | None = None
    dates: str = ""
    decimal: str = "."
    unit: str = ""
    empty: Missing | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return tuple(self.boxes) if self.boxes else (self.column,)


@dataclass(frozen=True, slots=True)
class Block:
    """One `[[record]]`: a record that each row may become. form: `enrolment`, `history`, `visit` or a form of events.

    number: its place among the records, from 1. visit: a visit's key, `visits` what the texts of `visit_column` mean;
    neither: the date decides. date: the column of the visit's date, in the order `dates`.
    """

    form: str
    number: int
    feeds: tuple[Feed, ...]
    when: When = field(default_factory=dict)
    visit: str = ""
    visit_column: str = ""
    visits: Mapping[str, str] = field(default_factory=dict)
    date: str = ""
    dates: str = ""
    absent: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    sign: bool = False

    @property
    def columns(self) -> Iterator[str]:
        """The columns that it reads."""
        yield from self.when
        yield from (name for name in (self.visit_column, self.date) if name)
        for feed in self.feeds:
            yield from feed.columns


@dataclass(frozen=True, slots=True)
class Layout:
    """How the file is laid out; what is left out is found in the file itself. header: the row of the column names."""

    sheet: str = ""
    header: int = 1
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole mapping file. digest: SHA-256 of it.

    key: the columns that tell patients of the file apart; code: the column of study codes; codes: study codes by key;
    another: keys of patients who only share name and birth date with a known one. identity: part to its column; born:
    order of the birth date. missing: what stands for a missing value in every column. skip: rows to leave out.
    """

    digest: str
    layout: Layout
    key: tuple[str, ...]
    blocks: tuple[Block, ...]
    code: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    another: frozenset[str] = frozenset()
    identity: Mapping[str, str] = field(default_factory=dict)
    born: str = ""
    missing: Mapping[str, Meaning] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    skip: tuple[When, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """Every column that is read or knowingly ignored."""
        used = {*self.key, *self.identity.values(), *self.ignore}
        used |= {self.code} if self.code else set()
        for when in self.skip:
            used |= set(when)
        for block in self.blocks:
            used |= set(block.columns)
        return frozenset(used)
