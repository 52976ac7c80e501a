"""Reading a mapping file strictly: every fault at once, each with its line, its key and what may have been meant."""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from anifro_desktop.forms.model import Definitions, Field, Label
from anifro_desktop.record import Missing
from anifro_desktop.study.subject_code import check_code
from anifro_desktop.study.visit_keys import ENROLMENT as ENROLMENT_KEY
from anifro_desktop.study.visit_keys import HISTORY as HISTORY_KEY
from anifro_desktop.workflows.desk import SUBJECT_FORMS
from anifro_desktop.workflows.importing.mapping import (
    ENROLMENT,
    FORMAT,
    HISTORY,
    IDENTITY,
    ORDERS,
    VISIT,
    Block,
    Feed,
    Layout,
    Meaning,
    Plan,
    When,
)
from anifro_desktop.workflows.importing.units import known_for
from anifro_desktop.workflows.importing.words import SENTENCES, FaultyMapping, Said, hint, said
from anifro_desktop.workflows.visits import CODES

NOT_ANSWERED = "not_answered"
ENCODINGS = {"utf-8": "utf-8", "cp1252": "cp1252", "utf-16": "utf-16", "latin-1": "latin-1"}
DELIMITERS = {",": ",", ";": ";", "tab": "\t", "|": "|"}
_TOP = ("format", "dates", "decimal", "ignore", "skip", "file", "missing", "subject", "identity", "record")
_FILE = ("sheet", "header", "encoding", "delimiter")
_SUBJECT = ("key", "code", "codes", "another_person")
_RECORD = ("form", "when", "visit", "date", "absent", "suggested", "sign", "fields")
_FEED = (
    "column",
    "values",
    "codes",
    "boxes",
    "unticked",
    "always",
    "with",
    "dates",
    "decimal",
    "unit",
    "empty",
)
_DATED = ("date", "partial_date", "moment")
_WRITTEN = ("visit_date", "visit_planned")
_HEAD = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?")
_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w-]+)\s*=""")

Path = tuple[str | int, ...]


def read_plan(data: bytes, definitions: Definitions) -> Plan:
    """The plan of a mapping file.

    Raises:
        FaultyMapping: every fault.
    """
    reader = _Reader(data, definitions)
    plan = reader.plan()
    if reader.faults:
        raise FaultyMapping(reader.faults)
    return plan


def meant(name: str, known: Iterable[str]) -> str:
    """The name that was probably meant, or nothing."""
    near = difflib.get_close_matches(name, list(known), n=1)
    return near[0] if near else ""


class _Reader:
    """One reading. faults: all that was found so far; a stand-in takes the place of what is wrong."""

    def __init__(self, data: bytes, definitions: Definitions) -> None:
        self.definitions = definitions
        self.faults: list[Said] = []
        self.digest = hashlib.sha256(data).hexdigest()
        self._lines: Mapping[Path, int] = {}
        self.raw = self._parse(data)
        self.dates, self.decimal = "", "."

    def _parse(self, data: bytes) -> dict[str, Any]:
        try:
            text = data.decode("utf-8-sig")
            self._lines = _lines_of(text)
            return tomllib.loads(text, parse_float=str)
        except UnicodeDecodeError:
            raise FaultyMapping([said("map_utf8")]) from None
        except tomllib.TOMLDecodeError as error:
            raise FaultyMapping([said("map_toml", why=str(error))]) from None
        except (RecursionError, ValueError):
            raise FaultyMapping([said("map_deep")]) from None

    def plan(self) -> Plan:
        """Everything in the file."""
        self._known((), self.raw, _TOP)
        if self.raw.get("format") != FORMAT:
            self._fault(("format",), said("map_format", format=FORMAT))
        self.dates = self._one_of((), self.raw, "dates", ORDERS)
        self.decimal = self._one_of((), self.raw, "decimal", (",", ".")) or "."
        subject = self._table((), self.raw, "subject")
        self._known(("subject",), subject, _SUBJECT)
        key, code = self._texts(("subject",), subject, "key"), self._text(("subject",), subject, "code")
        if not key and not code:
            self._fault(("subject",), said("map_needed", key="key"))
        identity, born = self._identity()
        plan = Plan(
            digest=self.digest,
            layout=self._layout(),
            key=key or (code,),
            blocks=tuple(self._blocks()),
            code=code,
            codes=self._study_codes(subject),
            another=frozenset(self._texts(("subject",), subject, "another_person")),
            identity=identity,
            born=born,
            missing=self._meanings(("missing",), self._table((), self.raw, "missing"), None),
            ignore=self._texts((), self.raw, "ignore"),
            skip=tuple(self._skips()),
        )
        self._check_ignored(plan)
        return plan

    # The parts

    def _layout(self) -> Layout:
        where: Path = ("file",)
        table = self._table((), self.raw, "file")
        self._known(where, table, _FILE)
        header = table.get("header", 1)
        if not isinstance(header, int) or isinstance(header, bool) or header < 1:
            self._fault((*where, "header"), said("map_kind", kind=SENTENCES["kind_whole"]))
            header = 1
        encoding = self._one_of(where, table, "encoding", tuple(ENCODINGS))
        delimiter = self._one_of(where, table, "delimiter", tuple(DELIMITERS))
        return Layout(
            self._text(where, table, "sheet"),
            header,
            ENCODINGS.get(encoding, ""),
            DELIMITERS.get(delimiter, ""),
        )

    def _study_codes(self, subject: Mapping[str, Any]) -> dict[str, str]:
        where: Path = ("subject", "codes")
        codes = {}
        for key, raw in self._table(("subject",), subject, "codes").items():
            code = check_code(raw) if isinstance(raw, str) else None
            if code is None:
                self._fault((*where, key), said("map_kind", kind=SENTENCES["kind_study_code"]))
            else:
                codes[key] = code
        return codes

    def _identity(self) -> tuple[dict[str, str], str]:
        table = self._table((), self.raw, "identity")
        self._known(("identity",), table, IDENTITY)
        columns, born = {}, self.dates
        for part in (name for name in IDENTITY if name in table):
            columns[part], order = self._column(("identity", part), table[part], part == "birth_date")
            born = order if part == "birth_date" else born
        return columns, born

    def _blocks(self) -> Iterable[Block]:
        raw = self.raw.get("record")
        if not isinstance(raw, list) or not raw or not all(isinstance(item, dict) for item in raw):
            self._fault(("record",), said("map_needed", key="[[record]]"))
            return
        for number, item in enumerate(raw, start=1):
            yield self._block(("record", number), number, item)

    def _block(self, where: Path, number: int, raw: Mapping[str, Any]) -> Block:
        self._known(where, raw, _RECORD)
        events = tuple(form.id for form in self.definitions.of_level("event"))
        if "form" not in raw:
            self._fault(where, said("map_needed", key="form"))
        form = self._one_of(where, raw, "form", (ENROLMENT, HISTORY, VISIT, *events))
        date_column, order = "", ""
        if form == VISIT and "date" not in raw:
            self._fault(where, said("map_needed", key="date"))
        for key in ("visit", "date"):
            if key in raw and form not in (VISIT, ""):
                self._fault((*where, key), said("map_one_of", allowed="when, fields, sign", meant=hint("")))
        if "date" in raw:
            date_column, order = self._column((*where, "date"), raw["date"], True)
        visit, visit_column, visits = self._visit(where, raw)
        return Block(
            form,
            number,
            tuple(self._feeds(where, raw, form)),
            self._when((*where, "when"), raw.get("when", {})),
            visit,
            visit_column,
            visits,
            date_column,
            order,
            self._places(where, raw, "absent", form),
            self._places(where, raw, "suggested", form),
            self._flag(where, raw, "sign"),
        )

    def _visit(self, where: Path, raw: Mapping[str, Any]) -> tuple[str, str, dict[str, str]]:
        given, here = raw.get("visit", ""), (*where, "visit")
        if isinstance(given, dict):
            self._known(here, given, ("column", "values"))
            column = self._text(here, given, "column")
            if not column:
                self._fault(here, said("map_needed", key="column"))
            values = self._table(here, given, "values")
            visits = {
                text.strip().casefold(): self._one_of((*here, "values"), values, text, tuple(CODES))
                for text in values
            }
            if not visits:
                self._fault(here, said("map_needed", key="values"))
            return "", column, visits
        return (self._one_of(where, raw, "visit", tuple(CODES)) if given != "" else ""), "", {}

    def _feeds(self, where: Path, raw: Mapping[str, Any], form: str) -> Iterable[Feed]:
        fields = {item.id: item for name in self._forms(form) for item in self.definitions.form(name).fields}
        for name, given in self._table(where, raw, "fields").items():
            here, item = (*where, "fields", name), fields.get(name)
            if not form:
                continue  # told already
            if item is None:
                self._fault(here, said("map_field", form=form, meant=self._meant(name, fields)))
            elif item.computed or item.derive or name in _WRITTEN:
                self._fault(here, said("map_computed"))
            else:
                feed = self._feed(here, item, given)
                if feed is not None:
                    yield feed

    def _feed(self, where: Path, item: Field, given: Any) -> Feed | None:
        raw = {"column": given} if isinstance(given, str) else given
        if not isinstance(raw, dict):
            self._fault(where, said("map_kind", kind=SENTENCES["kind_column"]))
            return None
        self._known(where, raw, _FEED)
        always, beside = raw.get("always"), self._text(where, raw, "with")
        sources = sum(key in raw for key in ("column", "boxes", "always"))
        if sources != 1 or ("always" in raw) != bool(beside):
            self._fault(where, said("map_sources"))
            return None
        feed = Feed(
            item,
            column=beside or self._text(where, raw, "column"),
            values=self._values(where, raw, item),
            own=self._one_of(where, raw, "codes", ("own",)) == "own",
            boxes=self._boxes(where, raw, item),
            unticked=self._code((*where, "unticked"), raw["unticked"], item) if "unticked" in raw else None,
            always=None if always is None else self._always(where, always, item),
            dates=self._one_of(where, raw, "dates", ORDERS) or self.dates,
            decimal=self._one_of(where, raw, "decimal", (",", ".")) or self.decimal,
            unit=self._unit(where, raw, item),
            empty=self._empty(where, raw, item),
        )
        self._check_feed(where, raw, feed)
        return feed

    def _check_feed(self, where: Path, raw: Mapping[str, Any], feed: Feed) -> None:
        if not feed.boxes and not feed.column:
            self._fault(where, said("map_kind", kind=SENTENCES["kind_column"]))
        if feed.item.codes is not None and "column" in raw and feed.values is None and not feed.own:
            self._fault(where, said("map_choice"))
        for key in ("codes", "boxes", "unticked"):
            if key in raw and feed.item.codes is None:
                self._fault((*where, key), said("map_not_choice"))
        if feed.item.type in _DATED and "column" in raw and not feed.dates:
            self._fault(where, said("map_dates"))

    # The parts of a field

    def _values(self, where: Path, raw: Mapping[str, Any], item: Field) -> Mapping[str, Meaning] | None:
        if "values" not in raw:
            return None
        return self._meanings((*where, "values"), self._table(where, raw, "values"), item)

    def _meanings(self, where: Path, table: Mapping[str, Any], item: Field | None) -> dict[str, Meaning]:
        meanings: dict[str, Meaning] = {}
        for text, given in table.items():
            folded = text.strip().casefold()
            if folded in meanings:
                self._fault((*where, text), said("map_folded", name=text))
            meanings[folded] = self._meaning((*where, text), given, item)
        return meanings

    def _meaning(self, where: Path, given: Any, item: Field | None) -> Meaning:
        if given == NOT_ANSWERED:
            return None
        if isinstance(given, str):
            return self._missing(where, given, item)
        if item is not None and item.codes is not None:
            return self._code(where, given, item)
        allowed = ", ".join(reason.value for reason in (item.missing if item else Missing))
        self._fault(where, said("map_reason", allowed=f"{allowed}, {NOT_ANSWERED}"))
        return None

    def _missing(self, where: Path, given: Any, item: Field | None) -> Missing | None:
        reasons = tuple(item.missing) if item is not None else tuple(Missing)
        found = next((reason for reason in reasons if reason.value == given), None)
        if found is None:
            allowed = ", ".join([*(reason.value for reason in reasons), NOT_ANSWERED])
            self._fault(where, said("map_reason", allowed=allowed))
        return found

    def _empty(self, where: Path, raw: Mapping[str, Any], item: Field) -> Missing | None:
        if raw.get("empty", NOT_ANSWERED) == NOT_ANSWERED:
            return None
        return self._missing((*where, "empty"), raw["empty"], item)

    def _code(self, where: Path, given: Any, item: Field) -> int:
        values = item.codes.values if item.codes is not None else ()
        if isinstance(given, bool) or not isinstance(given, int) or given not in values:
            self._fault(where, said("map_code", allowed=", ".join(map(str, values))))
            return 0
        return given

    def _boxes(self, where: Path, raw: Mapping[str, Any], item: Field) -> dict[str, int]:
        table = self._table(where, raw, "boxes")
        if "boxes" in raw and not table:
            self._fault((*where, "boxes"), said("map_kind", kind=SENTENCES["kind_table"]))
        return {column: self._code((*where, "boxes", column), code, item) for column, code in table.items()}

    def _always(self, where: Path, given: Any, item: Field) -> int | str:
        if item.codes is not None:
            return self._code((*where, "always"), given, item)
        if isinstance(given, bool) or not isinstance(given, int | str):
            self._fault((*where, "always"), said("map_kind", kind=SENTENCES["kind_text"]))
        return str(given)

    def _unit(self, where: Path, raw: Mapping[str, Any], item: Field) -> str:
        given, here = self._text(where, raw, "unit"), (*where, "unit")
        if not given or given == item.unit:
            return ""
        if not item.unit:
            self._fault(here, said("map_no_unit"))
        elif given not in known_for(item.unit):
            allowed = ", ".join(known_for(item.unit) or (item.unit,))
            self._fault(here, said("map_unit", unit=item.unit, allowed=allowed))
        else:
            return given
        return ""

    # Small readings

    def _forms(self, form: str) -> tuple[str, ...]:
        """The forms that a record of a kind asks."""
        if form == VISIT:
            return tuple(item.id for item in self.definitions.of_level("visit"))
        return {ENROLMENT: SUBJECT_FORMS[ENROLMENT_KEY], HISTORY: SUBJECT_FORMS[HISTORY_KEY]}.get(
            form, (form,) if form else ()
        )

    def _places(self, where: Path, raw: Mapping[str, Any], key: str, form: str) -> tuple[str, ...]:
        given = self._texts(where, raw, key)
        known = {
            place
            for name in self._forms(form)
            for section in self.definitions.form(name).sections
            for place in (name, f"{name}/{section.id}")
        }
        for place in given:
            if form and place not in known:
                self._fault((*where, key), said("map_place", name=place))
        return given

    def _skips(self) -> Iterable[When]:
        raw = self.raw.get("skip", [])
        if not isinstance(raw, list):
            self._fault(("skip",), said("map_kind", kind=SENTENCES["kind_tables"]))
            return
        for item in raw:
            when = self._when(("skip",), item)
            if when:  # an empty one would leave out everything
                yield when
            elif isinstance(item, dict):
                self._fault(("skip",), said("map_kind", kind=SENTENCES["kind_column"]))

    def _when(self, where: Path, raw: Any) -> When:
        if not isinstance(raw, dict):
            self._fault(where, said("map_kind", kind=SENTENCES["kind_table"]))
            return {}
        return {
            column: tuple(text.casefold() for text in self._texts(where, raw, column, empty=True))
            for column in raw
        }

    def _column(self, where: Path, given: Any, is_date: bool) -> tuple[str, str]:
        """A column, and the order of its dates."""
        raw = {"column": given} if isinstance(given, str) else given
        if not isinstance(raw, dict):
            self._fault(where, said("map_kind", kind=SENTENCES["kind_column"]))
            return "", ""
        self._known(where, raw, ("column", "dates") if is_date else ("column",))
        column = self._text(where, raw, "column")
        if not column:
            self._fault(where, said("map_kind", kind=SENTENCES["kind_column"]))
        order = (self._one_of(where, raw, "dates", ORDERS) or self.dates) if is_date else ""
        if is_date and not order:
            self._fault(where, said("map_dates"))
        return column, order

    def _known(self, where: Path, raw: Mapping[str, Any], keys: Iterable[str]) -> None:
        allowed = tuple(keys)
        for key in raw:
            if key not in allowed:
                self._fault((*where, key), said("map_unknown", meant=self._meant(key, allowed)))

    def _table(self, where: Path, raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        given = raw.get(key, {})
        if isinstance(given, dict):
            return given
        self._fault((*where, key), said("map_kind", kind=SENTENCES["kind_table"]))
        return {}

    def _text(self, where: Path, raw: Mapping[str, Any], key: str) -> str:
        given = raw.get(key, "")
        if isinstance(given, str):
            return given.strip()
        self._fault((*where, key), said("map_kind", kind=SENTENCES["kind_text"]))
        return ""

    def _texts(
        self, where: Path, raw: Mapping[str, Any], key: str, *, empty: bool = False
    ) -> tuple[str, ...]:
        given = raw.get(key, [])
        listed = [given] if isinstance(given, str) else given
        if isinstance(listed, list) and all(isinstance(text, str) and (empty or text) for text in listed):
            return tuple(text.strip() for text in listed)
        self._fault((*where, key), said("map_kind", kind=SENTENCES["kind_texts"]))
        return ()

    def _flag(self, where: Path, raw: Mapping[str, Any], key: str) -> bool:
        given = raw.get(key, False)
        if not isinstance(given, bool):
            self._fault((*where, key), said("map_kind", kind=SENTENCES["kind_flag"]))
        return given is True

    def _one_of(self, where: Path, raw: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> str:
        given = raw.get(key, "")
        if key not in raw or given in allowed:
            return str(given)
        nearest = self._meant(str(given), allowed)
        self._fault((*where, key), said("map_one_of", allowed=", ".join(allowed), meant=nearest))
        return ""

    def _check_ignored(self, plan: Plan) -> None:
        used = Plan(
            plan.digest, plan.layout, plan.key, plan.blocks, plan.code, identity=plan.identity
        ).columns
        for column in plan.ignore:
            if column in used:
                self._fault(("ignore",), said("map_twice", column=column))

    def _meant(self, name: str, known: Iterable[str]) -> Label:
        return hint(meant(name, known))

    def _fault(self, where: Path, what: Said) -> None:
        """Note a fault, with the line of its key or of the table that it is in."""
        words, names = Label(what.get("it"), what.get("en")), ", ".join(map(str, where)) or "format"
        line = next(
            (self._lines[where[:end]] for end in range(len(where), 0, -1) if where[:end] in self._lines), 0
        )
        code = "map_at" if line else "map_in"
        self.faults.append(said(code, line=line, where=names, what=words))


def _lines_of(text: str) -> dict[Path, int]:
    """The line on which each key and table of a file begins, as far as one can tell line by line."""
    found: dict[Path, int] = {}
    head: Path = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _HEAD.match(line):
            parts = [part.strip().strip("\"'") for part in match[2].split(".")]
            if match[1] == "[[":
                counts[parts[0]] = counts.get(parts[0], 0) + 1
            head = (parts[0], *((counts[parts[0]],) if parts[0] in counts else ()), *parts[1:])
            found.setdefault(head, number)
        elif match := _KEY.match(line):
            found.setdefault((*head, match[1].strip("\"'")), number)
    return found
