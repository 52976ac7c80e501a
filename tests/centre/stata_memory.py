"""The data that a session of Stata has in memory: files opened, joined and turned, variables made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy
import pandas
from pandas.io.stata import StataMissingValue
from stata_expressions import CODED, MISSING, Expression, StataError, cleaned, known
from stata_syntax import parts, words

Columns = dict[str, Any]


class Memory:
    """What is in memory, in a folder. kept: what `preserve` put aside."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data: Columns = {}
        self.files: dict[str, Columns] = {}
        self.kept: list[Columns] = []
        self.scalars: dict[str, Any] = {}
        self.results: dict[str, Any] = {}

    def value(self, text: str) -> Any:
        """What an expression comes to."""
        return Expression(text, self.data, self.scalars, self.results).value()

    def columns(self, names: str) -> list[str]:
        """The variables of a list, which may have stars."""
        found = []
        for name in names.split():
            pattern = re.escape(name).replace(r"\*", r"\w*")
            some = [one for one in self.data if re.fullmatch(pattern, one)]
            if not some:
                raise StataError(f"variable {name} not found")
            found += some
        return found

    def opened(self, path: str) -> Columns:
        """The variables of a file."""
        if path in self.files:
            return dict(self.files[path])
        if path.startswith("temporary/") or not (self.folder / path).is_file():
            raise StataError(f"file {path} not found")
        frame = pandas.read_stata(self.folder / path, convert_categoricals=False, convert_missing=True)
        found: Columns = {}
        for name in frame.columns:
            cells = frame[name]
            if cells.dtype == object:
                cells = cells.map(_number)
            text = not pandas.api.types.is_numeric_dtype(cells)
            found[name] = cells.to_numpy(dtype=object if text else float)
        self.files[path] = found
        return dict(found)

    def do_use(self, rest: str) -> None:
        what, _, options = parts(rest, {"clear"})
        if "clear" not in options and self.data:
            raise StataError("no; data in memory would be lost")
        names, using, path = what.rpartition("using ")
        self.data = self.opened(words(path)[0])
        if using:
            self.data = {name: self.data[name] for name in self.columns(names)}

    def do_save(self, rest: str) -> None:
        self.files[words(rest)[0]] = dict(self.data)

    def do_keep(self, rest: str) -> None:
        if rest.startswith("if "):
            chosen = self.rows(rest[3:])
            self.data = {name: one[chosen] for name, one in self.data.items()}
        else:
            self.data = {name: self.data[name] for name in self.columns(rest)}

    def do_drop(self, rest: str) -> None:
        for name in self.columns(rest):
            del self.data[name]

    def do_rename(self, rest: str) -> None:
        groups = re.fullmatch(r"\(([\w ]+)\) \(([\w ]+)\)", rest)
        old, new = (
            (group.split() for group in groups.groups()) if groups else ([word] for word in rest.split())
        )
        if set(old) - set(self.data) or set(new) & set(self.data):
            raise StataError(f"rename {rest}: not found, or already defined")
        names = dict(zip(old, new, strict=True))
        self.data = {names.get(name, name): one for name, one in self.data.items()}

    def do_isid(self, rest: str) -> None:
        if len(set(self.keys(self.data, rest.split()))) != self.count:
            raise StataError(f"variables {rest} do not uniquely identify the observations")

    def do_sort(self, rest: str) -> None:
        self.columns(rest)

    def do_compress(self, rest: str) -> None:
        if rest:
            raise StataError(f"compress {rest}")

    def do_describe(self, rest: str) -> None:
        parts(rest, {"short"})

    def do_preserve(self, rest: str) -> None:
        self.kept.append(dict(self.data))

    def do_restore(self, rest: str) -> None:
        self.data = self.kept.pop()

    @property
    def count(self) -> int:
        """How many lines there are in memory."""
        return len(next(iter(self.data.values())))

    def rows(self, condition: str) -> Any:
        """Which lines a condition takes; without one all."""
        if not condition:
            return numpy.ones(self.count, dtype=bool)
        found = numpy.asarray(self.value(condition), dtype=float) != 0
        return numpy.broadcast_to(found, (self.count,))

    @staticmethod
    def keys(data: Columns, names: Sequence[str]) -> list[tuple[Any, ...]]:
        """The key of each line."""
        return list(zip(*(data[name] for name in names), strict=True))

    def do_merge(self, rest: str) -> None:
        what, _, options = parts(rest, {"assert", "keep", "keepusing", "nogenerate", "generate"})
        found = re.fullmatch(r'(1:1|m:1|1:m) ([\w ]+) using "([^"]+)"', what)
        if found is None or ("nogenerate" in options) == ("generate" in options):
            raise StataError(f"merge {rest}")
        names, using = found[2].split(), self.opened(found[3])
        others = (
            options["keepusing"].split() if "keepusing" in options else [n for n in using if n not in names]
        )
        if clash := set(others) & set(self.data):
            raise StataError(f"in both files: {clash}")
        mine, theirs = self.keys(self.data, names), self.keys(using, names)
        if (found[1][0] == "1" and len(set(mine)) < len(mine)) or (
            found[1][-1] == "1" and len(set(theirs)) < len(theirs)
        ):
            raise StataError(f"{names} are no key")
        pairs = _joined(mine, theirs)
        codes = numpy.array(
            [3 if None not in pair else 1 if pair[1] is None else 2 for pair in pairs], dtype=float
        )
        kinds = {"master": 1, "match": 3, "using": 2}
        if "assert" in options and not set(codes) <= {kinds[word] for word in options["assert"].split()}:
            raise StataError("merge: after merge, not all observations are as asserted")
        kept = {kinds[word] for word in options.get("keep", "master match using").split()}
        chosen = [(pair, code) for pair, code in zip(pairs, codes, strict=True) if code in kept]
        made: Columns = {}
        for name, one in self.data.items():
            spare = using[name] if name in names else None
            made[name] = _picked(one, [pair[0] for pair, _ in chosen], spare, [pair[1] for pair, _ in chosen])
        for name in others:
            made[name] = _picked(using[name], [pair[1] for pair, _ in chosen])
        if "generate" in options:
            made[options["generate"]] = numpy.array([code for _, code in chosen], dtype=float)
        self.data = made

    def do_reshape(self, rest: str) -> None:
        what, _, options = parts(rest, {"i", "j", "string"})
        stub = what.removeprefix("long ")
        wide = self.columns(f"{stub}*")
        if "string" not in options or len(set(self.keys(self.data, options["i"].split()))) != self.count:
            raise StataError(f"reshape {rest}")
        rest_of = {name: one for name, one in self.data.items() if name not in wide}
        made = {name: numpy.tile(one, len(wide)) for name, one in rest_of.items()}
        made[stub] = numpy.concatenate([self.data[name] for name in wide])
        endings = [name.removeprefix(stub) for name in wide]
        made[options["j"].split()[0]] = numpy.repeat(numpy.array(endings, dtype=object), self.count)
        self.data = made

    def do_destring(self, rest: str) -> None:
        name, _, options = parts(rest, {"generate"})
        self.new(options["generate"], self.data[name].astype(float))

    # ---- variables

    def new(self, name: str, values: Any) -> None:
        """Add a variable."""
        if name in self.data or not re.fullmatch(r"[a-z_]\w{0,31}", name):
            raise StataError(f"variable {name} already defined, or no name")
        self.data[name] = values

    def do_generate(self, rest: str) -> None:
        name, values, chosen = self.assigned(rest)
        self.new(name, numpy.where(chosen, values, MISSING))

    def do_replace(self, rest: str) -> None:
        name, values, chosen = self.assigned(rest)
        self.data[name] = numpy.where(chosen, values, self.data[name])

    def assigned(self, rest: str) -> tuple[str, Any, Any]:
        """The name, the values and the lines of `name = value if condition`."""
        what, condition, _ = parts(rest, set())
        name, _, text = what.partition(" = ")
        return (
            name,
            numpy.broadcast_to(numpy.asarray(self.value(text), dtype=float), (self.count,)),
            self.rows(condition),
        )

    def do_egen(self, rest: str) -> None:
        what, condition, options = parts(rest, {"by"})
        found = re.fullmatch(r"(\w+) = (rowmax|rowmiss|min|max|tag|group)\((.*)\)", what)
        if found is None:
            raise StataError(f"egen {rest}")
        name, function, of = found.groups()
        if function in ("rowmax", "rowmiss"):
            some = numpy.vstack([self.data[one] for one in self.columns(of)])
            most = cleaned(numpy.where(known(some), some, -numpy.inf).max(axis=0))
            self.new(name, most if function == "rowmax" else (~known(some)).sum(axis=0).astype(float))
            return
        chosen = self.rows(condition)
        keys = self.keys(self.data, (of if function in ("tag", "group") else options["by"]).split())
        order = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        places = numpy.array([order[key] for key in keys], dtype=int)
        if function == "group":
            self.new(name, places + 1.0)
        elif function == "tag":
            first = numpy.zeros(self.count)
            lines = numpy.flatnonzero(chosen)
            first[lines[numpy.unique(places[lines], return_index=True)[1]]] = 1
            self.new(name, first)
        else:
            self.new(name, self.by_group(function, self.value(of), places, len(order)))

    def by_group(self, function: str, values: Any, places: Any, groups: int) -> Any:
        """The least or greatest known value of each group, on every line of it."""
        there = known(values)
        found = numpy.full(groups, numpy.inf if function == "min" else -numpy.inf)
        reduce: Any = numpy.minimum if function == "min" else numpy.maximum
        reduce.at(found, places[there], values[there])
        return cleaned(found)[places]


def _number(cell: Any) -> Any:
    """A cell whose reason for missing is a number here."""
    return CODED.get(cell.string, MISSING) if isinstance(cell, StataMissingValue) else cell


def _joined(
    mine: Sequence[tuple[Any, ...]], theirs: Sequence[tuple[Any, ...]]
) -> list[tuple[int | None, int | None]]:
    """Which line of the one goes beside which of the other."""
    there: dict[tuple[Any, ...], list[int | None]] = {}
    for place, key in enumerate(theirs):
        there.setdefault(key, []).append(place)
    pairs: list[tuple[int | None, int | None]] = []
    for place, key in enumerate(mine):
        pairs += [(place, other) for other in there.get(key, [None])]
    known = set(mine)
    return pairs + [(None, place) for place, key in enumerate(theirs) if key not in known]


def _picked(
    values: Any, places: Sequence[int | None], spare: Any = None, others: Sequence[int | None] = ()
) -> Any:
    """Cells by their lines; where there is none the spare ones, or missing."""
    blank: Any = "" if values.dtype == object else MISSING
    found = [
        values[place] if place is not None else blank if spare is None else spare[others[at]]
        for at, place in enumerate(places)
    ]
    return numpy.array(found, dtype=values.dtype)
