"""A reader of do-files that runs as much of Stata as `anifro_tables.do` uses, on the `.dta` files of a folder.

Stata itself is at nobody's hand who works on the program. What stands in the file is therefore run here, by the rules
of Stata's manuals; a command, an option, a variable or a function that is not known, a type that does not fit, a macro
that was never set: each is an error. Commands that only show something, or that fit a model beyond the report, are
read, and their variables looked up, but give nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy
from scipy import stats
from stata_expressions import MISSING, StataError, cleaned, known
from stata_memory import Memory
from stata_syntax import Statement, bracketed, logical, parsed, parts, shown, words

_MACRO = re.compile(r"`([^`'\"][^`']*)'")
_POSTED = re.compile(r"(str\d+|double)\(([\w ]+)\)")


class _Exit(Exception):
    """The end of a program."""


class _Continue(Exception):
    """The next turn of a loop."""


@dataclass
class Posted:
    """A results file: its variables with their types, and its lines."""

    names: list[str]
    texts: set[str]
    path: str
    rows: list[list[Any]] = field(default_factory=list)


@dataclass
class Program:
    """A program that the file defines."""

    body: list[Statement]
    returns: bool


class Stata(Memory):
    """One session in a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.posted: dict[str, Posted] = {}
        self.programs: dict[str, Program] = {}
        self.locals: dict[str, str] = {}
        self.globals: dict[str, str] = {}
        self.returned: dict[str, Any] = {}
        self.temporary = 0
        self.used: set[str] = set()  # every command that was run

    def run(self, text: str) -> None:
        """Run a whole do-file."""
        lines = iter(logical(text))
        self.execute(list(parsed(lines)))

    def execute(self, statements: Sequence[Statement]) -> None:
        """Run some statements, one after the other."""
        for one in statements:
            try:
                self.statement(one)
            except (KeyError, ValueError, TypeError, IndexError) as error:
                raise StataError(f"{error!r} in: {one.line}") from error

    # ---- statements

    def statement(self, one: Statement) -> None:
        """Run one statement."""
        word, _, rest = one.line.partition(" ")
        if word == "program":
            name, _, options = rest.removeprefix("define ").partition(",")
            self.programs[name.strip()] = Program(one.block or [], options.strip() == "rclass")
        elif word in ("foreach", "forvalues"):
            self.loop(word, rest, one.block or [])
        elif word == "quietly" and one.block is not None:
            self.execute(one.block)
        elif word == "if":
            self.choice(self.expanded(rest), one.block)
        else:
            self.command(self.expanded(one.line))

    def choice(self, rest: str, block: list[Statement] | None) -> None:
        """`if`, with a block or a command behind its condition."""
        if block is not None:
            if self.holds(rest):
                self.execute(block)
            return
        found = re.match(r"(.+?) (continue|exit|local .+)$", rest)
        if found is None:
            raise StataError(f"no command that is known behind if: {rest}")
        if self.holds(found[1]):
            self.command(found[2])

    def holds(self, text: str) -> bool:
        """Whether a condition is so, of values and not of variables."""
        return bool(numpy.asarray(self.value(text)) != 0)

    def loop(self, word: str, rest: str, block: list[Statement]) -> None:
        """`foreach` and `forvalues`."""
        name, kind, what = rest.split(" ", 2)
        if word == "forvalues":
            first, last = map(int, self.expanded(what).split("/"))
            items = [str(number) for number in range(first, last + 1)]
        elif kind == "of":
            where, name_of = self.expanded(what).split(" ")
            items = words({"local": self.locals, "global": self.globals}[where][name_of])
        else:
            items = words(self.expanded(what))
        for item in items:
            self.locals[name] = item
            try:
                self.execute(block)
            except _Continue:
                continue

    def expanded(self, text: str) -> str:
        """A line with its macros filled in, the inner ones first."""
        while found := _MACRO.search(text):
            text = f"{text[: found.start()]}{self.macro(found[1])}{text[found.end() :]}"
        return text

    def macro(self, name: str) -> str:
        """What a macro holds; a new name for what was never set is a slip of the pen."""
        if name.startswith("="):
            return shown(self.value(name[1:]))
        if found := re.fullmatch(r"r\((\w+)\)", name):
            return shown(self.results[found[1]])
        if name not in self.locals:
            raise StataError(f"the macro {name} was never set")
        return self.locals[name]

    def command(self, line: str) -> None:
        """Run one command whose macros are filled in."""
        word, _, rest = line.partition(" ")
        while word in ("quietly", "capture", "noisily"):
            word, _, rest = rest.partition(" ")
        self.used.add(word.removesuffix(","))
        if word in self.programs:
            self.call(self.programs[word], words(rest))
        elif run := getattr(self, f"do_{word.removesuffix(',')}", None):
            run(f", {rest}" if word.endswith(",") else rest.strip())
        else:
            raise StataError(f"command {word} is unrecognized")

    def call(self, program: Program, arguments: list[str]) -> None:
        """Run a program, which has macros of its own."""
        outside, self.locals = self.locals, {str(place): word for place, word in enumerate(arguments, 1)}
        self.returned = {}
        try:
            self.execute(program.body)
        except _Exit:
            pass
        finally:
            self.locals = outside
        if program.returns:
            self.results = self.returned

    # ---- macros, scalars and what only sets the scene

    def do_args(self, rest: str) -> None:
        for place, name in enumerate(rest.split(), 1):
            self.locals[name] = self.locals[str(place)]

    def do_local(self, rest: str) -> None:
        name, _, what = rest.partition(" ")
        if what.startswith("= "):
            self.locals[name] = shown(self.value(what[2:]))
        else:
            quoted = re.fullmatch(r'"([^"]*)"', what.strip())
            self.locals[name] = quoted[1] if quoted else what.strip()

    def do_global(self, rest: str) -> None:
        name, _, what = rest.partition(" ")
        self.globals[name] = what

    def do_tokenize(self, rest: str) -> None:
        self.locals |= {str(place): word for place, word in enumerate(words(rest), 1)}

    def do_macro(self, rest: str) -> None:
        if rest != "shift":
            raise StataError(f"macro {rest}")
        rest_of = [
            self.locals.pop(str(place))
            for place in range(1, len(self.locals) + 1)
            if str(place) in self.locals
        ]
        self.locals |= {str(place): word for place, word in enumerate(rest_of[1:], 1)}

    def do_scalar(self, rest: str) -> None:
        name, _, what = rest.partition(" = ")
        self.scalars[name] = float(self.value(what))

    def do_return(self, rest: str) -> None:
        name, _, what = rest.removeprefix("scalar ").partition(" = ")
        self.returned[name] = float(self.value(what))

    def do_tempfile(self, rest: str) -> None:
        for name in rest.split():
            self.locals[name] = f"temporary/{name}"

    def do_tempvar(self, rest: str) -> None:
        for name in rest.split():
            self.temporary += 1
            self.locals[name] = f"__{self.temporary:06d}"

    def do_set(self, rest: str) -> None:
        if rest not in ("more off", "varabbrev off", "type double", "linesize 160"):
            raise StataError(f"set {rest}")

    def do_version(self, rest: str) -> None:
        if rest not in ("14", "14.1"):
            raise StataError(f"version {rest}")

    def do_clear(self, rest: str) -> None:
        if rest not in ("", "all"):
            raise StataError(f"clear {rest}")
        self.data = {}

    def do_continue(self, rest: str) -> None:
        raise _Continue

    def do_exit(self, rest: str) -> None:
        raise _Exit(rest)

    def do_display(self, rest: str) -> None:
        if not re.fullmatch(r'as (result|text|error) (_newline )?"[^"]*"', rest):
            raise StataError(f"display {rest}")

    def do_list(self, rest: str) -> None:
        names, condition, options = parts(rest, {"sepby", "noobs", "abbreviate"})
        self.columns(f"{names} {options['sepby']}")
        self.rows(condition)

    def do_format(self, rest: str) -> None:
        form, _, names = rest.partition(" ")
        if not re.fullmatch(r"%\d+\.\dg", form) or any(
            self.data[one].dtype == object for one in self.columns(names)
        ):
            raise StataError(f"format {rest}")

    def do_ds(self, rest: str) -> None:
        _, _, options = parts(rest, {"has"})
        if options["has"] != "type numeric":
            raise StataError(f"ds {rest}")
        self.results = {"varlist": " ".join(name for name, one in self.data.items() if one.dtype != object)}

    # ---- numbers

    def do_count(self, rest: str) -> None:
        _, condition, _ = parts(f" {rest}" if rest else "", set())
        self.results = {"N": float(self.rows(condition).sum())}

    def told(self, rest: str, options: set[str]) -> tuple[Any, Mapping[str, str]]:
        """The known values of a variable in the lines that are asked for."""
        name, condition, given = parts(rest, options)
        values = self.data[name.strip()][self.rows(condition)]
        if values.dtype == object:
            raise StataError(f"{name} is a text")
        return values[known(values)], given

    def do_summarize(self, rest: str) -> None:
        values, options = self.told(rest, {"detail"})
        self.results = {"N": float(len(values)), "sum": float(values.sum())}
        if len(values):
            self.results |= {"mean": values.mean(), "min": values.min(), "max": values.max()}
        if len(values) > 1:
            self.results["sd"] = values.std(ddof=1)
        if "detail" in options and len(values):
            self.results |= {f"p{part}": _percentile(numpy.sort(values), part) for part in (25, 50, 75)}

    def do_ci(self, rest: str) -> None:
        values, _ = self.told(rest.removeprefix("means "), set())
        if not rest.startswith("means ") or not len(values):
            raise StataError(f"ci {rest}")
        self.results = {"N": float(len(values)), "mean": values.mean()}
        if len(values) > 1:
            half = stats.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / numpy.sqrt(len(values))
            self.results |= {"lb": values.mean() - half, "ub": values.mean() + half}

    def do_cii(self, rest: str) -> None:
        found = re.fullmatch(r"(proportions|means) (\S+) (\S+), (wilson|poisson)", rest)
        if found is None or (found[1] == "means") != (found[4] == "poisson"):
            raise StataError(f"cii {rest}")
        of, hits = float(found[2]), float(found[3])
        if of <= 0 or hits < 0 or not hits.is_integer() or (found[4] == "wilson" and not of.is_integer()):
            raise StataError(f"cii {rest}")
        if found[4] == "wilson":
            share, z = hits / of, stats.norm.ppf(0.975)
            middle = share + z**2 / (2 * of)
            half = z * numpy.sqrt(share * (1 - share) / of + z**2 / (4 * of**2))
            low, high = ((middle + sign * half) / (1 + z**2 / of) for sign in (-1, 1))
            self.results = {"proportion": share, "lb": low, "ub": high}
        else:
            low = stats.chi2.ppf(0.025, 2 * hits) / 2 if hits else 0.0
            self.results = {
                "mean": hits / of,
                "lb": low / of,
                "ub": stats.chi2.ppf(0.975, 2 * hits + 2) / 2 / of,
            }

    def do_levelsof(self, rest: str) -> None:
        name, condition, options = parts(rest, {"local", "clean"})
        levels = sorted(set(self.data[name.strip()][self.rows(condition)]))
        self.locals[options["local"]] = " ".join(
            one if "clean" in options else f'`"{one}"\'' for one in levels
        )

    # ---- results

    def do_postfile(self, rest: str) -> None:
        found = re.fullmatch(r'(\w+) (.+) using "([^"]+)", replace', rest)
        if found is None or _POSTED.sub("", found[2]).strip():
            raise StataError(f"postfile {rest}")
        kinds = [(name, kind) for kind, names in _POSTED.findall(found[2]) for name in names.split()]
        if len({name for name, _ in kinds}) != len(kinds) or any(len(name) > 32 for name, _ in kinds):
            raise StataError(f"postfile: names {kinds}")
        texts = {name for name, kind in kinds if kind != "double"}
        self.posted[found[1]] = Posted([name for name, _ in kinds], texts, found[3])

    def do_post(self, rest: str) -> None:
        name, _, cells = rest.partition(" ")
        into, values = self.posted[name], [self.value(cell) for cell in bracketed(cells)]
        if len(values) != len(into.names):
            raise StataError(f"post {name}: {len(values)} values for {len(into.names)} variables")
        for one, value in zip(into.names, values, strict=True):
            if isinstance(value, str) != (one in into.texts) or (isinstance(value, str) and len(value) > 32):
                raise StataError(f"post {name}: {one} does not fit")
        into.rows.append(values)

    def do_postclose(self, rest: str) -> None:
        done = self.posted[rest]
        self.files[done.path] = {
            name: numpy.array(
                [row[place] for row in done.rows], dtype=object if name in done.texts else float
            )
            for place, name in enumerate(done.names)
        }

    # ---- survival

    def do_stset(self, rest: str) -> None:
        what, condition, options = parts(rest, {"failure", "enter", "id", "time0", "exit", "scale"})
        failure = re.fullmatch(r"(\w+) == 1", options["failure"])
        if failure is None or ("enter" in options) == ("time0" in options):
            raise StataError(f"stset {rest}")
        scale = float(options.get("scale", "1"))
        enter = self.data[options.get("time0") or options["enter"].removeprefix("time ")]
        stop = self.data[what.strip()]
        inside = self.rows(condition) & known(stop) & (stop > numpy.maximum(enter, 0))
        for name, values in {
            "_st": numpy.ones(self.count),
            "_t0": enter / scale,
            "_t": stop / scale,
            "_d": (self.data[failure[1]] == 1).astype(float),
        }.items():
            self.data[name] = numpy.where(inside, values, 0 if name == "_st" else MISSING)

    def curve(self) -> tuple[Any, Any, Any, Any]:
        """Times of events, survival from each on, and its log(-log S) limits."""
        inside = self.data["_st"] == 1
        entry, exits = self.data["_t0"][inside], self.data["_t"][inside]
        events = self.data["_d"][inside] == 1
        times = numpy.unique(exits[events])
        risk = numpy.array([((entry < time) & (exits >= time)).sum() for time in times], dtype=float)
        died = numpy.array([(events & (exits == time)).sum() for time in times], dtype=float)
        survival = numpy.cumprod((risk - died) / risk)
        with numpy.errstate(all="ignore"):
            spread = numpy.sqrt(numpy.cumsum(died / (risk * (risk - died)))) / numpy.log(survival)
            half = stats.norm.ppf(0.975) * spread
            low, high = survival ** numpy.exp(-half), survival ** numpy.exp(half)
        open_ones = (survival <= 0) | (survival >= 1)
        return times, survival, *(cleaned(numpy.where(open_ones, MISSING, one)) for one in (low, high))

    def do_stci(self, rest: str) -> None:
        times, *curves = self.curve()
        found = [times[one <= 0.5 + 1e-9] for one in curves]
        self.results = {
            name: some[0] if len(some) else MISSING
            for name, some in zip(("p50", "lb", "ub"), found, strict=True)
        }

    def do_sts(self, rest: str) -> None:
        if rest.startswith("list, at("):
            self.curve()
            return
        wanted = re.findall(r"(\w+) = (\w+(?:\(s\))?)", rest.removeprefix("generate "))
        times, *curves = self.curve()
        places = numpy.searchsorted(times, self.data["_t"], side="right") - 1
        for name, what in wanted:
            values = curves[("s", "lb(s)", "ub(s)").index(what)]
            before = 1.0 if what == "s" else MISSING
            made = numpy.where(places >= 0, values[numpy.maximum(places, 0)], before)
            self.new(name, numpy.where(self.data["_st"] == 1, made, MISSING))

    def do_stptime(self, rest: str) -> None:
        _, _, options = parts(rest, {"per", "by"})
        self.columns(options.get("by", "_t"))

    def do_stcox(self, rest: str) -> None:
        what, _, options = parts(rest, {"breslow", "nolog", "vce"})
        self.columns(what.strip().removeprefix("i."))
        self.columns(options.get("vce", "cluster _t").removeprefix("cluster "))


def _percentile(values: Any, part: int) -> float:
    place = len(values) * part / 100
    below = int(place)
    return float((values[below - 1] + values[below]) / 2 if place == below else values[below])
