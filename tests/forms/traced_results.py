"""Every result of the study from the answers of one synthetic patient: of visits, of the classification, of the forms
themselves, and of the course that the centre works out. Answers stand as they reach the centre: dates as study days."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import timedelta
from decimal import Decimal
from typing import Any

from forms_builders import DEFINITIONS, ENROLLED, SUBJECT, TODAY
from scoring_answers import QUIET

from anifro_desktop.centre import assembling
from anifro_desktop.centre.adverse import adverse
from anifro_desktop.centre.course import course
from anifro_desktop.centre.course_variables import course_variables
from anifro_desktop.centre.glucocorticoid import doses
from anifro_desktop.forms.model import Field
from anifro_desktop.forms.scoring import RULES, before, score_json, score_visit, score_with
from anifro_desktop.forms.scoring import SUBJECT as CLASSIFICATION
from anifro_desktop.forms.session import Visit, VisitSession
from anifro_desktop.record import Revision
from anifro_desktop.study.schedule import PLANNED, in_days, windows

Answers = dict[str, Any]
_SHORT = {"baseline": "b"}
_COURSE = course_variables(DEFINITIONS, "en")
_OF_COURSES = frozenset(
    {"visit:pred_cum", "visit:gc_stop_sust"}
)  # what the centre works out of courses and pulses
_VISITS = (("baseline", 0), ("m06", 183), ("m12", 366))


EARLIER = before(QUIET, QUIET, QUIET)


def level_of(field: str) -> str:
    """`subject`, `visit`, or the form of events that a field stands in."""
    form = DEFINITIONS.form(DEFINITIONS.fields[field].form)
    return form.id if form.level == "event" else form.level


def values(item: Field, chance: random.Random) -> Iterator[Any]:
    """Answers that a field may have, as the centre reads them; None is "not answered"."""
    yield None
    if item.codes is not None:
        yield from chance.sample(item.codes.values, len(item.codes.values))
    elif item.type in ("date", "partial_date", "moment"):
        yield from (chance.randrange(-200, 900) for _ in range(6))
    elif item.hard is not None:
        low, high = item.hard.low, item.hard.high
        steps = [low, high, (low + high) / 2, low + (high - low) / 20, low + (high - low) / 200]
        yield from (int(step) if item.type == "integer" else Decimal(step) for step in steps)


def random_case(chance: random.Random, base: Mapping[str, Any]) -> Answers:
    """A patient: every answer drawn at random over a base (None: left open), so that conditions are met some time."""
    case: Answers = {}
    for name, item in DEFINITIONS.fields.items():
        drawn = [value for value in values(item, chance) if value is not None]
        if name in base:
            if base[name] is not None:
                case[name] = base[name]
        elif drawn:
            case[name] = chance.choice(drawn)
    return case


def results(case: Mapping[str, Any], claimed: Iterable[str]) -> dict[str, Any]:
    """The results that some claims (`visit:doris.value`, `course:ttr`) begin with, by `kind:name`."""
    wanted = tuple(claimed)
    found: dict[str, Any] = {}
    visit = [name for name in RULES if any(one.startswith(f"visit:{name}") for one in wanted)]
    if visit:
        for name, score in score_with(visit, case, EARLIER).items():
            found |= _flat(f"visit:{name}", score_json(score))
    own = [name for name in CLASSIFICATION if f"subject:{name}" in wanted]
    for name, score in score_with(own, case, before(None)).items():
        found |= _flat(f"subject:{name}", score_json(score))
    if any(one.startswith("form:") for one in wanted):
        found |= _forms(case)
    if any(one.startswith(("course:", "event:")) for one in wanted):
        found |= _course(case)
    if wanted_of_courses := _OF_COURSES & set(wanted):
        found |= dict.fromkeys(wanted_of_courses, doses(_subject(case)))
    return {name: value for name, value in found.items() if name.startswith(wanted)}


def _flat(head: str, result: Mapping[str, Any]) -> dict[str, Any]:
    parts = result["parts"]
    flat = {f"{head}.{name}": value for name, value in parts.items()}
    return flat | {f"{head}.{name}": result[name] for name in ("value", "minimum", "maximum")}


def _forms(case: Mapping[str, Any]) -> dict[str, Any]:
    """What the enrolment's own forms work out."""
    given = {
        name: ENROLLED + timedelta(days=value) if DEFINITIONS.fields[name].type == "date" else value
        for name, value in case.items()
        if level_of(name) == "subject" and DEFINITIONS.fields[name].type not in ("partial_date", "moment")
    }
    given["enrolment_date"] = ENROLLED
    session = VisitSession(
        DEFINITIONS, ("enrolment", "classification"), SUBJECT, Visit(""), today=TODAY, answers=given
    )
    met = session.state("incl_classification").suggestion
    return {
        "form:incl_age": session.answers.get("incl_age"),
        "form:screening_outcome": session.answers.get("screening_outcome"),
        "form:class_met": None if met is None else met.value,
    }


def _course(case: Mapping[str, Any]) -> dict[str, Any]:
    subject = _subject(case)
    row = course(subject)
    found = {f"course:{one.column.name}": one.cell(row) for one in _COURSE}
    found |= {
        "course:flares": (
            found["course:flare_n"],
            found["course:flare_mm_n"],
            found["course:flare_sev_n"],
            row.flares,
        ),
        "course:damage": (row.damage, found["course:sdi_accrued"]),
        "course:hospital": row.hospital,
        "course:infection": row.infection,
        "course:due": (row.due, tuple(row.served)),
    }
    event = next(one for one in subject.events if one.form == "adverse_event")
    judged = adverse(event, row.exposure)
    names = {one.name for one in fields(judged)} - {"event"}
    return found | {f"event:{name}": getattr(judged, name) for name in names}


def _subject(case: Mapping[str, Any]) -> assembling.Subject:
    own = {name: value for name, value in case.items() if level_of(name) == "subject"}
    dose = own.get("first_dose_date")
    own |= _schedule(dose if isinstance(dose, int) else 0)
    own["screening_outcome"] = 1
    visits = tuple(_visit(case, key, day) for key, day in _VISITS)
    events = tuple(_event(case, form.id, f"{form.prefix}-001") for form in DEFINITIONS.of_level("event"))
    return assembling.Subject("P03", SUBJECT.code, own, {}, visits, True, events)


def _schedule(day0: int) -> Answers:
    found: Answers = {"day0_day": day0, "due_through": 12}
    spans = windows(ENROLLED + timedelta(days=day0))
    for planned in PLANNED:
        span, short = in_days(spans[planned.key], ENROLLED), _SHORT.get(planned.key, planned.key)
        found |= {f"{short}_opens": span.opens, f"{short}_closes": span.closes}
        if planned.key != "baseline":
            found[f"{short}_target"] = span.target
    return found


def _visit(case: Mapping[str, Any], key: str, day: int) -> assembling.Visit:
    """Month 12 is the visit that was drawn; those before it are active, so that it can be the first response."""
    quiet = dict(QUIET)
    drawn = {name: value for name, value in case.items() if level_of(name) == "visit"}
    active = quiet | {"rash": 1, "hematuria": 1, "phga": Decimal(2), "gc_oral": 1, "gc1_drug": 1, "gc1_mg": Decimal(10),
                      "gc1_cycle_days": 1, "gc_second": 0, "tjc28": 8, "sjc28": 8, "active28": 8,
                      "skin_involved": 1, "clasi_e_chest": 3}  # fmt: skip
    active |= {name: 0 for name in DEFINITIONS.fields if name.startswith("clasi_") and name not in active}
    active |= {f"clasi_e_{area}": 3 for area in ("arms", "hands", "legs")}
    answers = drawn if key == "m12" else active
    scores = score_visit(answers, None if key == "baseline" else quiet, active, quiet)
    shown = answers.get("visit_date") if key == "m12" else day
    when = shown if isinstance(shown, int) else day
    revision = Revision(
        id=key, subject=SUBJECT.code, visit=key, form="visit_summary", ver=1, prev="", values={},
        definition=DEFINITIONS.digest, who="U01", when="", day=when,
        scores={name: score_json(score) for name, score in scores.items()}, signature={"by": "U01"},
    )  # fmt: skip
    forms = {form.id: revision for form in DEFINITIONS.of_visit(key)}
    return assembling.Visit("P03", SUBJECT.code, key, when, answers, forms, True)


def _event(case: Mapping[str, Any], form: str, key: str) -> assembling.Event:
    answers = {name: value for name, value in case.items() if level_of(name) == form}
    dated = answers.get(DEFINITIONS.form(form).dated)
    revision = Revision(
        id=key, subject=SUBJECT.code, visit=key, form=form, ver=1, prev="", values={},
        definition=DEFINITIONS.digest, who="U01", when="", day=None, signature={"by": "U01"},
    )  # fmt: skip
    return assembling.Event(
        "P03", SUBJECT.code, key, form, dated if isinstance(dated, int) else None, answers, revision
    )
