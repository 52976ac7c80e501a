"""A synthetic study with two packs, an amended and a voided record, missing reasons, events, an unscheduled visit and a
patient who moved. All of it is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from centre_builders import QUIET, classification, course, event, record_id, revision, visit
from pack_builders import CURRENT, GONE_CODE, LIBRARY, NEW, NEW_CODE, OLDER, RENAMED, WITHDRAWN

from anifro_desktop.centre.assembling import Received, Subject
from anifro_desktop.centre.standards.history import Holding, held
from anifro_desktop.centre.standards.odm import Made
from anifro_desktop.record import Json, Revision

CODE, OTHER = "P03-7KQF-4", "P03-9TRM-2"
FIRST, LATER = "2026-01-02T09:00:00.000+00:00", "2026-01-03T09:00:00.000+00:00"
# What a site never sends; if it came all the same it must not go on.
PLANTED, PLANTED_DAY = "Synthia Planted", "1957-04-01T09:00:00.000+01:00"
VOIDED = record_id(CODE, "u01", "vitals")
MADE = Made(datetime(2026, 1, 5, 10, tzinfo=UTC), "1.0")
UNPLANNED = "u02"
MOVED_TO = "P05"  # where the other patient is kept now; P03 made the records
_BACK = {now: old for old, now in RENAMED.items()}


def study() -> Holding:
    """All of it, as the centre holds it: first versions came on the second of January, changes a day later."""
    beyond = visit(CODE, UNPLANNED, 90, {**QUIET, "weight_kg": 61})
    harm = event(CODE, "ae-001", ae_start={"months": 2}, ae_ongoing={"missing": "not_known"}, aesi_category=1)
    first = [*_of_packs(), *beyond, classification(CODE), harm, *course(OTHER)]
    first = [
        replace(one, definition=OLDER.digest if one.definition == OLDER.digest else CURRENT.digest)
        for one in first
    ]
    mistake = revision(CODE, "u01", "vitals", {"weight_kg": 26}, 90, definition=CURRENT.digest)
    void = replace(
        mistake, visit="u01~1", ver=2, prev=mistake.digest(), values={}, why="void_1", signature={}
    )
    (laboratory,) = (
        one for one in first if (one.subject, one.visit, one.form) == (CODE, "m12", "laboratory")
    )
    values = {**laboratory.values, "platelets": 90, "wbc": {"missing": "not_done"}}
    del values["haemoglobin"]
    amended = replace(laboratory, ver=2, prev=laboratory.digest(), values=values, why="2", who="nurse-2")
    first = [
        replace(one, when=PLANTED_DAY, why_text=PLANTED, notes={"phga": {"text": PLANTED}}) for one in first
    ]
    arrived = [(_received(one), FIRST) for one in (*first, mistake)]
    arrived += [(Received("P03", 1, amended), LATER), (Received("P03", 1, void, deleted=True), LATER)]
    return held(arrived, CURRENT, LIBRARY)


def standing(holding: Holding) -> list[Subject]:
    """Those of whom something stands."""
    return [one.subject for one in holding.walk() if one.subject is not None]


def _received(one: Revision) -> Received:
    return Received(MOVED_TO, 1, one, sender="P03") if one.subject == OTHER else Received("P03", 1, one)


def _of_packs() -> list[Revision]:
    made = []
    for one in course(CODE):
        early = one.visit in ("", "baseline", "m06")
        extra: dict[str, Json] = (
            {WITHDRAWN: 90, "dsdna_method": GONE_CODE} if early else {NEW: 70, "dsdna_method": NEW_CODE}
        )
        pack, names = (OLDER, _BACK) if early else (CURRENT, {})
        values = {names.get(name, name): value for name, value in one.values.items()}
        values |= {name: value for name, value in extra.items() if pack.fields[name].form == one.form}
        made.append(replace(one, definition=pack.digest, values=values))
    return made
