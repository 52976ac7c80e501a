"""One cell, or the cells of one question, turned into the answer that would be typed.

Rules kept here:
- Empty is not answered, or the missing reason that the mapping names; it is never 0 and never absent.
- Nothing is guessed: a date in another order, the other decimal sign or an untranslated text is refused.
- What is wrong is said without the content of the cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from anifro_desktop.forms.model import Field, Label
from anifro_desktop.forms.types import TYPES, Fault
from anifro_desktop.forms.types import parse as parse_typed
from anifro_desktop.record import Json, Missing, Value
from anifro_desktop.workflows.importing.mapping import Feed, Meaning
from anifro_desktop.workflows.importing.units import convert
from anifro_desktop.workflows.importing.words import CLASSES, Said, said


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a usable value. code: a sentence of `words` (`cell_formula`, `cell_error`, `cell_time`)."""

    code: str


Cell = None | str | bool | int | float | datetime | date | Broken
Cells = Mapping[str, Cell]
# As a visit file has it: a code, the text to type, or `{"missing": reason}`.
Answer = int | str | dict[str, str]

_TICKED = {
    "1": True,
    "true": True,
    "checked": True,
    "0": False,
    "false": False,
    "unchecked": False,
    "": False,
}
_ORDERS = {
    "DMY": (re.compile(r"([0-9]{1,2})([./ -])([0-9]{1,2})\2([0-9]{4})", re.ASCII), (4, 3, 1)),
    "MDY": (re.compile(r"([0-9]{1,2})([./ -])([0-9]{1,2})\2([0-9]{4})", re.ASCII), (4, 1, 3)),
    "YMD": (re.compile(r"([0-9]{4})([./ -]?)([0-9]{1,2})\2([0-9]{1,2})", re.ASCII), (1, 3, 4)),
}
_MONTHS = {
    "DMY": (re.compile(r"([0-9]{1,2})[./ -]([0-9]{4})", re.ASCII), (2, 1)),
    "MDY": (re.compile(r"([0-9]{1,2})[./ -]([0-9]{4})", re.ASCII), (2, 1)),
    "YMD": (re.compile(r"([0-9]{4})[./ -]([0-9]{1,2})", re.ASCII), (1, 2)),
}
_EPOCHS = {"excel-1900": date(1899, 12, 30), "excel-1904": date(1904, 1, 1)}
_LEAP_BUG = 60  # up to this day Excel counts a 29 February 1900 that never was
_LAST_SERIAL = 110_000
_CLOCK = re.compile(r"[ T]([0-9]{1,2}:[0-9]{2})(?::[0-9]{2})?$", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]+(?:([.,])[0-9]+)?", re.ASCII)
_DATED = ("date", "partial_date", "moment")


class Refused(Exception):
    """A cell that gives no answer. why: the sentence."""

    def __init__(self, why: Said) -> None:
        super().__init__(why.code)
        self.why = why


def text_of(cell: Cell) -> str:
    """The text of a cell, without blanks around it; a whole number without `.0`, as Excel shows it.

    Raises:
        Refused: the cell has no usable value.
    """
    match cell:
        case None:
            return ""
        case Broken(code):
            raise Refused(said(code))
        case bool():
            return "1" if cell else "0"
        case float():
            return format(
                Decimal(f"{cell:.15g}").normalize(), "f"
            )  # what Excel itself shows of a binary fraction
        case datetime():
            return cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case _:
            return str(cell).strip()


def is_empty(cell: Cell) -> bool:
    """Whether there is nothing in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def class_of(cell: Cell) -> Label:
    """What kind of thing a cell holds."""
    if is_empty(cell):
        return CLASSES["empty"]
    match cell:
        case Broken():
            return CLASSES["broken"]
        case bool():
            return CLASSES["yes_no"]
        case date():
            return CLASSES["date"]
        case _:
            return CLASSES[_class_of_text(text_of(cell))]


def _class_of_text(text: str) -> str:
    match = _NUMBER.fullmatch(text)
    if match:
        return "decimal" if match[1] else "whole"
    return "date" if any(pattern.fullmatch(text) for pattern, _ in _ORDERS.values()) else "text"


def answer(feed: Feed, cells: Cells, missing: Mapping[str, Meaning]) -> tuple[Answer | None, Said | None]:
    """The answer of a field, None where there is none, and what is to be remarked about it.

    Args:
        missing: what stands for a missing value in every column, by text in small letters.

    Raises:
        Refused: the cells give no answer that may be typed.
    """
    cell = cells.get(feed.column)
    if feed.boxes:
        return _boxes(feed, cells), None
    if is_empty(cell):
        return _reason(feed.item, feed.empty), None
    folded = text_of(cell).casefold()
    if feed.always is not None:
        return (None if folded in missing else feed.always), None
    meanings = {**missing, **(feed.values or {})}
    if folded in meanings:
        meaning = meanings[folded]
        return (meaning if isinstance(meaning, int) else _reason(feed.item, meaning)), None
    return _value(feed, cell)


def value_of(item: Field, given: Answer) -> Value | None:
    """The value that an answer becomes, None if it becomes none."""
    if isinstance(given, dict):
        return Missing(given["missing"])
    if item.codes is not None:
        return given
    found = parse_typed(item, str(given))
    return None if isinstance(found, Fault) else found


def json_of(item: Field, value: Value) -> Json:
    """A value to compare with another."""
    return {"missing": value.value} if isinstance(value, Missing) else TYPES[item.type].to_json(value)


def _value(feed: Feed, cell: Cell) -> tuple[Answer | None, Said | None]:
    """The answer in a cell that holds something of its own."""
    text = text_of(cell)
    if feed.item.codes is not None:
        return _own(feed, text), None
    if feed.item.type in _DATED:
        return dated(cell, feed.dates, feed.item.type), None
    if isinstance(cell, date):
        raise Refused(said("cell_date_here"))
    return _number(feed, cell, text) if feed.item.type in ("integer", "decimal") else (text, None)


def _reason(item: Field, reason: Missing | None) -> Answer | None:
    if reason is None:
        return None
    if reason not in item.missing:
        raise Refused(said("cell_reason"))
    return {"missing": reason.value}


def _own(feed: Feed, text: str) -> Answer:
    found = parse_typed(feed.item, text) if feed.own else None
    if not isinstance(found, int):
        raise Refused(said("cell_own" if feed.own else "cell_value"))
    return found


def _boxes(feed: Feed, cells: Cells) -> Answer | None:
    """The code of the ticked box. None ticked says nothing, unless another box of the same question is ticked."""
    codes = {code for column, code in feed.boxes.items() if _ticked(cells.get(column))}
    if len(codes) > 1:
        raise Refused(said("cell_boxes"))
    if codes:
        return codes.pop()
    answered = any(_ticked(cells[name]) for name in _question(feed, cells))
    return feed.unticked if answered else None


def _question(feed: Feed, cells: Cells) -> list[str]:
    """All boxes of the questions of the columns: what stands before `___` in a REDCap export."""
    stems = {column.rpartition("___")[0] for column in feed.boxes} - {""}
    return [name for name in cells if name.rpartition("___")[0] in stems]


def _ticked(cell: Cell) -> bool:
    ticked = _TICKED.get(text_of(cell).casefold())
    if ticked is None:
        raise Refused(said("cell_box"))
    return ticked


def _number(feed: Feed, cell: Cell, text: str) -> tuple[Answer, Said | None]:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text, None  # the field itself says what is wrong with it
    if isinstance(cell, str) and match[1] not in (None, feed.decimal):
        raise Refused(said("cell_decimal", sign=feed.decimal))
    if not feed.unit:
        return text, None
    value = Decimal(text.replace(",", "."))
    value, rounded = convert(value, feed.unit, feed.item.unit, feed.item.decimals)
    return format(value, "f"), said("cell_rounded") if rounded else None


def dated(cell: Cell, order: str, kind: str = "date") -> str:
    """A date as ISO text; of a `moment` with its time; of a `partial_date` as much as there is.

    Args:
        order: one of `mapping.ORDERS`; a cell that Excel keeps as date needs none.

    Raises:
        Refused: not a date in that order.
    """
    if isinstance(cell, datetime):
        if kind == "moment":
            return cell.isoformat(" ", "minutes")
        if cell.time() != datetime.min.time():
            raise Refused(said("cell_time"))
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = text_of(cell)
    if order in _EPOCHS:
        return _serial(text, order)
    if kind == "partial_date" and (part := _partial(text, order)):
        return part
    if isinstance(cell, int | float):
        raise Refused(said("cell_serial"))
    clock = _CLOCK.search(text) if kind == "moment" else None
    found = _day(text[: clock.start()] if clock else text, order)
    return f"{found.isoformat()} {clock[1]}" if clock else found.isoformat()


def _day(text: str, order: str) -> date:
    pattern, (year, month, day) = _ORDERS.get(order, _ORDERS["YMD"])
    match = pattern.fullmatch(text)
    try:
        if match:
            return date(int(match[year]), int(match[month]), int(match[day]))
    except ValueError:
        pass
    raise Refused(said("cell_date", order=order or "YMD"))


def _partial(text: str, order: str) -> str:
    """A year, or a month of a year; empty where it is neither."""
    if re.fullmatch(r"[0-9]{4}", text, re.ASCII):
        return text
    pattern, (year, month) = _MONTHS.get(order, _MONTHS["YMD"])
    match = pattern.fullmatch(text)
    return f"{match[year]}-{int(match[month]):02}" if match else ""


def _serial(text: str, order: str) -> str:
    if not re.fullmatch(r"[0-9]{1,6}", text, re.ASCII):
        raise Refused(said("cell_date", order=order))
    days = int(text)
    if days > _LAST_SERIAL or (order == "excel-1900" and days <= _LEAP_BUG):
        raise Refused(said("cell_date", order=order))
    return (_EPOCHS[order] + timedelta(days)).isoformat()
