"""Sites with many patients, made fast: one synthetic patient's records under new codes, signed and sealed.

Visits come as they do in a study: each bundle of a site brings one visit of some of its patients, in rounds.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from centre_builders import COURSE, DEFINITIONS, DRUGS, QUIET, Past, enrolment, schedule, visit
from centre_sites import SyntheticSite

from anifro_desktop.record import Revision
from anifro_desktop.study.schedule import PLANNED
from anifro_desktop.study.subject_code import new_code
from anifro_desktop.study.visit_keys import kind_of
from anifro_desktop.sync.keyset import Keyset
from anifro_desktop.sync.records import Record, split

PATTERN = "P03-7KQF-4"
_DAYS = 91  # from one visit to the next


def template(visits: int) -> list[list[Revision]]:
    """The records of one patient, by visit, the first with those of the enrolment. Planned visits, then unplanned ones,
    in order of their days."""
    planned = [item.key for item in PLANNED][:visits]
    keys = [*planned, *(f"u{number:02d}" for number in range(1, visits - len(planned) + 1))]
    months = {item.key: item.months for item in PLANNED}
    days = {
        key: round(months[key] * 30.4375) if key in months else _DAYS * (place + 1) + 7
        for place, key in enumerate(keys)
    }
    rounds: list[list[Revision]] = []
    previous: Past | None = None
    baseline: Past | None = None
    for place, key in enumerate(sorted(keys, key=lambda key: days[key])):
        changes: Mapping[str, Any] = COURSE[key][1] if key in COURSE else {"phga": Decimal(place % 10) / 10}
        asked = {
            item.id
            for form in DEFINITIONS.of_visit(key)
            if kind_of(key) in form.timetable
            for item in form.fields
        }
        answers = {name: value for name, value in {**QUIET, **DRUGS, **changes}.items() if name in asked}
        made = visit(PATTERN, key, days[key], answers, previous, baseline, previous)
        rounds.append([item for item in made if _is_asked(item)])
        previous = (key, answers)
        baseline = previous if key == "baseline" else baseline
    return [[enrolment(PATTERN), schedule(PATTERN, "m06"), *rounds[0]], *rounds[1:]]


def bundles(
    site: SyntheticSite, keyset: Keyset, pattern: Sequence[Sequence[Revision]], patients: int, at_once: int
) -> Iterator[bytes]:
    """Every bundle of a site, in order: round after round, `at_once` patients in each."""
    codes = _codes(site.code, patients)
    for records in pattern:
        for start in range(0, patients, at_once):
            some = codes[start : start + at_once]
            yield site.bundle(keyset, [_of(item, code) for code in some for item in records])


def _is_asked(item: Revision) -> bool:
    form = DEFINITIONS.form(item.form)
    return form.derived or kind_of(item.visit) in form.timetable


def _of(item: Revision, code: str) -> Revision:
    name = f"{code}/{item.visit}/{item.form}"
    return replace(item, subject=code, id=str(uuid.uuid5(uuid.NAMESPACE_OID, name)))


def everything(code: str, pattern: Sequence[Sequence[Revision]], patients: int) -> list[Record]:
    """All records of a site, patient by patient."""
    return [
        Record(_of(item, subject)) for subject in _codes(code, patients) for some in pattern for item in some
    ]


def whole(site: SyntheticSite, keyset: Keyset, records: Sequence[Record]) -> Iterator[bytes]:
    """Every bundle of a site that sends everything at once, as in a new epoch."""
    for part in split(records):
        yield site.of_records(keyset, part)


def _codes(site: str, patients: int) -> list[str]:
    chance = random.Random(site)
    return list(dict.fromkeys(new_code(site, chance.randbytes) for _ in range(patients * 2)))[:patients]
