"""The do-files of the data set: `open_anifro.do` opens and joins the tables, `anifro_tables.do` makes the protocol's.

The second stands in `do/anifro_tables.do`. A line of it that begins with `it>` or `en>` is for that language alone, and
`@name@` is a list that the definitions give. It uses nothing but the `.dta` files beside it, so that who reads it sees
how each number comes about, and makes the tables of the report (`analysis.contents`) under their names. Conventions:
those of the study (`analysis`), which are Stata's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files

from anifro_desktop.centre.analysis.organs import SYSTEMS
from anifro_desktop.centre.planning import followups, months_of
from anifro_desktop.forms.model import Definitions
from anifro_desktop.scores.retention import REASONS

_OPEN = """* Opens the study's data set: one line a visit, with the columns of its subject and of its course beside it.
* Missing values: . not entered, .a not done, .b not applicable, .c not known, .d refused.
* The protocol's tables are made by anifro_tables.do, from course.dta, flare.dta, time.dta, period.dta and the others.
* Events have files of their own, one line an event, by site subj_id event_no:
{events}
* One line a patient, baseline and responses, by site subj_id: predictors.dta
* To add a subject's columns to one of them: merge m:1 site subj_id using "subject.dta"
version 14
clear
use "course.dta"
isid site subj_id
tempfile courses
save "`courses'"
use "subject.dta", clear
isid site subj_id
drop visit_no
rename (signed pack) (subj_signed subj_pack)
merge 1:1 site subj_id using "`courses'", assert(match) nogenerate
tempfile subjects
save "`subjects'"
use "visit.dta", clear
isid site subj_id visit_no
merge m:1 site subj_id using "`subjects'", assert(match using) keep(match) nogenerate
compress
sort site subj_id visit_no
describe, short
"""

_WIDEST = 120  # characters of a line
_MARK = re.compile(r"@(\w+)@")


def opening(definitions: Definitions) -> str:
    """The do-file that opens the data set."""
    names = [f"*   {form.id}.dta" for form in definitions.of_level("event")]
    return _OPEN.format(events="\n".join(names))


def protocol_tables(definitions: Definitions, lang: str) -> str:
    """The do-file that makes the protocol's tables."""
    source = files(__package__).joinpath("do", "anifro_tables.do").read_text(encoding="utf-8")
    return "".join(f"{line}\n" for line in _for(source, _lists(definitions), lang))


def _lists(definitions: Definitions) -> dict[str, str]:
    """What stands for each mark of the file: codes of the forms, planned months, names of lines."""
    months = [months_of(planned) for planned in followups()]
    lists = {
        name: [code.value for code in (*one.codes, *one.withdrawn)]
        for name, one in definitions.code_lists.items()
    }
    return {
        **{name: " ".join(map(str, values)) for name, values in lists.items()},
        "months": " ".join(map(str, months)),
        "months_two": " ".join(f"{month:02d}" for month in months),
        "organs": " ".join(SYSTEMS),
        "stop_reasons": " ".join(REASONS),
        "stop_reasons_n": str(len(REASONS)),
    }


def _for(source: str, lists: Mapping[str, str], lang: str) -> Iterator[str]:
    for line in source.splitlines():
        mark, sign, rest = line.partition("> ")
        if not sign or mark not in ("it", "en"):
            yield from _wrapped(_MARK.sub(lambda found: lists[found[1]], line))
        elif mark == lang:
            yield rest


def _wrapped(line: str) -> Iterator[str]:
    """A line in pieces that are no wider than allowed, as Stata goes on with them."""
    while len(line) > _WIDEST:
        place = line.rindex(" ", 0, _WIDEST - 4)
        yield f"{line[:place]} ///"
        line = f"    {line[place + 1 :]}"
    yield line
