"""Synthetic subjects, made with the program's own definitions and scores.

Everybody here is invented. Days count from enrolment, which is day 0; answers are fields of the definitions.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from anifro_desktop import forms
from anifro_desktop.centre.assembling import Received
from anifro_desktop.forms.earlier import Before
from anifro_desktop.forms.scoring import asked_at, score_json, score_visit, score_with
from anifro_desktop.record import Json, Missing, Revision
from anifro_desktop.study.schedule import PLANNED

DEFINITIONS = forms.load()
Past = tuple[str, Mapping[str, Any]]  # an earlier visit: its key and its answers
SIGNATURE = {"by": "U03", "meaning": "responsible", "digest": "0" * 64, "sig": "00"}

# A visit with nothing wrong and nothing taken: SLEDAI-2K 0, PhGA 0, no glucocorticoid, no flare, no skin, no damage.
# The questionnaires of the patient are left open.
QUIET: Mapping[str, Any] = {
    **{
        name: 0
        for name, item in DEFINITIONS.fields.items()
        if item.codes and item.codes.id in ("absent_present", "ongoing")
    },
    **{item.id: 0 for form in ("damage", "flare") for item in DEFINITIONS.form(form).fields if item.type == "choice"},
    "skin_involved": 0,
    "weight_kg": 62,
    "joint_method": 3,
    "tjc28": 0,
    "sjc28": 0,
    "active28": 0,
    "haemoglobin": Decimal("13.1"),
    "platelets": 210,
    "wbc": Decimal("5.1"),
    "proteinuria_mg_24h": 100,
    "c3_low": 0,
    "c4_low": 0,
    "dsdna_raised": 0,
    "phga": 0,
    "gc_oral": 0,
    "pulse_30d": 0,
    "stable": 1,
    "not_tolerated": 0,
    "investigational": 0,
}  # fmt: skip
# Every question of the patient's questionnaires answered.
FILLED: Mapping[str, Any] = {
    **{f"sf36_{item}": 1 for item in range(1, 37)},
    **{f"facit_{item}": 1 for item in range(1, 14)},
    **{f"eq5d_{item}": 2 for item in ("mo", "sc", "ua", "pd", "ad")},
    **{f"lupusqol_{item}": 3 for item in range(1, 35)},
    "eq_vas": 70,
    "vas_scale": 2,
    "pain_vas": 4,
    "fatigue_vas": 5,
    "ptga": Decimal("3.5"),
}  # fmt: skip

# The four visits of the worked synthetic patient; what differs from a quiet visit.
COURSE: Mapping[str, tuple[int, Mapping[str, Any]]] = {
    "baseline": (
        0,
        {
            "platelets": 84, "wbc": Decimal("2.6"), "c3_low": 1, "dsdna_raised": 1,
            "proteinuria_mg_24h": 140, "active28": 3, "sjc28": 4, "tjc28": 5,
            "arthritis": 1, "rash": 1, "rash_extent": 1, "alopecia": 1, "low_complement": 1,
            "increased_dna_binding": 1, "thrombocytopenia": 1, "leukopenia": 1, "phga": Decimal("1.8"),
            "gc_oral": 1, "gc1_drug": 1, "gc1_mg": Decimal("12.5"), "gc1_cycle_days": 1, "gc_second": 0,
        },
    ),
    "m06": (
        183,
        {
            "platelets": 132, "wbc": Decimal("3.4"), "c3_low": 1, "proteinuria_mg_24h": 120,
            "tjc28": 1, "alopecia": 1, "low_complement": 1, "phga": Decimal("0.4"),
            "gc_oral": 1, "gc1_drug": 3, "gc1_mg": 4, "gc1_cycle_days": 1, "gc_second": 0,
        },
    ),
    "m12": (
        366,
        {
            "platelets": 190, "wbc": Decimal("4.4"), "c3_low": 1, "proteinuria_mg_24h": 90,
            "low_complement": 1, "phga": Decimal("0.3"),
            "gc_oral": 1, "gc1_drug": 5, "gc1_mg": 6, "gc1_cycle_days": 1, "gc_second": 0,
        },
    ),
    "m24": (
        735,
        {
            "platelets": 201, "wbc": Decimal("4.1"), "c3_low": 1, "dsdna_raised": 1,
            "proteinuria_mg_24h": 110, "active28": 2, "sjc28": 2, "tjc28": 2,
            "arthritis": 1, "mucosal_ulcers": 1, "low_complement": 1, "increased_dna_binding": 1,
            "phga": Decimal("1.6"), "nw_arthritis": 1, "nw_ulcers": 1, "gc_raised_activity": 1,
            "gc_oral": 1, "gc1_drug": 1, "gc1_mg": 15, "gc1_cycle_days": 1, "gc_second": 0,
        },
    ),
}  # fmt: skip
DRUGS: Mapping[str, Any] = {
    "on_hydroxychloroquine": 1, "hydroxychloroquine_dose": 400,
    "on_azathioprine": 1, "azathioprine_dose": 100,
    "on_anifrolumab_iv": 1, "anifrolumab_iv_dose": 300,
}  # fmt: skip


def answer(name: str, value: Any) -> Any:
    """A value as its field holds it: decimals as `Decimal`, the rest whole."""
    if isinstance(value, str):
        return value
    return Decimal(value) if DEFINITIONS.fields[name].type == "decimal" else int(value)


def travelled(name: str, value: Any) -> Json:
    """An answer as a bundle carries it."""
    if isinstance(value, Missing):
        return {"missing": value.value}
    if isinstance(value, dict):
        return value
    held = answer(name, value)
    return format(held, "f") if isinstance(held, Decimal) else held


def record_id(*words: str) -> str:
    """The same UUID for the same words, so that bundles made twice are alike."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, "/".join(words)))


def revision(
    subject: str, visit: str, form: str, values: Mapping[str, Any], day: int | None = None, **more: Any
) -> Revision:
    """One signed revision as it leaves a site."""
    facts: dict[str, Any] = {
        "id": record_id(subject, visit, form),
        "ver": 1,
        "prev": "",
        "definition": DEFINITIONS.digest,
        "who": "U03",
        "when": "",
        "signature": SIGNATURE,
    }
    given = {name: travelled(name, value) for name, value in values.items()}
    return Revision(subject=subject, visit=visit, form=form, values=given, day=day, **(facts | more))


def enrolment(subject: str, outcome: int = 1, dose_day: int | None = 0, **answers: Any) -> Revision:
    """The enrolment form of a woman of 34; outcome 1 enrolled, 2 screening failure."""
    values: dict[str, Any] = {"consent_date": 0, "sex": 1, "age_at_enrolment": 34, "incl_age": 1}
    values |= {"incl_anifrolumab": 1, "screening_outcome": outcome, "enrolment_half": "2026H2"}
    if dose_day is not None:
        values["first_dose_date"] = dose_day
    return revision(subject, "", "enrolment", values | answers)


def schedule(subject: str, due: str | None, day0: int = 0, ver: int = 1) -> Revision:
    """The derived form: windows around 30.4375-day months, and the last planned visit that is due."""
    values: dict[str, Any] = {"day0_day": day0, "b_opens": day0 - 30, "b_closes": day0}
    for visit in PLANNED[1:]:
        target = day0 + round(visit.months * 30.4375)
        values[f"{visit.key}_target"] = target
        values[f"{visit.key}_opens"] = target - visit.before_days
        values[f"{visit.key}_closes"] = target + visit.after_days
    if due is not None:
        values["due_through"] = {visit.key: visit.months for visit in PLANNED}[due]
    prev = "" if ver == 1 else "0" * 64
    return revision(subject, "", "schedule", values, ver=ver, prev=prev, signature={})


def visit(
    subject: str,
    key: str,
    day: int,
    answers: Mapping[str, Any],
    previous: Past | None = None,
    baseline: Past | None = None,
    damage: Past | None = None,
) -> list[Revision]:
    """All forms asked or offered at a visit; the summary carries the scores of the program. The earlier visits by key
    and answers."""
    planned = {item.key: item.months for item in PLANNED}.get(key, 99)
    given = {**answers, "visit_date": day, "visit_planned": planned}
    named = {"previous": previous, "baseline": baseline, "damage": damage}
    context = {name: past[0] for name, past in named.items() if past is not None}
    asked = {item.id for form in DEFINITIONS.of_visit(key) for item in form.fields}
    shown = {name: value for name, value in given.items() if name in asked}
    scores = score_visit(shown, **{name: past and past[1] for name, past in named.items()})  # type: ignore[arg-type]
    made = []
    for form in DEFINITIONS.of_visit(key):
        values = {item.id: given[item.id] for item in form.fields if item.id in given}
        extra: dict[str, Any] = {}
        if form.scores:
            results = {rule: score_json(scores[rule]) for rule in asked_at(form.scores, key, DEFINITIONS)}
            extra = {"scores": results, "context": context}
        made.append(revision(subject, key, form.id, values, day, **extra))
    return made


def event(subject: str, key: str, **answers: Any) -> Revision:
    """One event, of the form that the key is of."""
    return revision(subject, key, DEFINITIONS.event_form(key).id, answers)


def classification(subject: str, **answers: Any) -> Revision:
    """The classification form with its results."""
    form = DEFINITIONS.form("classification")
    results = score_with(form.scores, answers, Before())
    scores = {rule: score_json(result) for rule, result in results.items()}
    return revision(subject, "", form.id, answers, scores=scores)


def history(subject: str, **answers: Any) -> Revision:
    """The history form."""
    return revision(subject, "history", "history", answers)


def course(subject: str, due: str | None = "m24", visits: Sequence[str] = tuple(COURSE)) -> list[Revision]:
    """The worked synthetic patient: enrolment, schedule and the visits asked for."""
    made = [enrolment(subject), schedule(subject, due)]
    previous: Past | None = None
    baseline: Past | None = None
    for key in visits:
        day, changes = COURSE[key]
        answers = {**QUIET, **DRUGS, **changes}
        made += visit(subject, key, day, answers, previous, baseline, previous)
        previous = (key, answers)
        baseline = previous if key == "baseline" else baseline
    return made


def claiming(revisions: Iterable[Revision], key: str, **results: Any) -> list[Revision]:
    """The same revisions, with something else in the results that one visit carries."""
    return [
        replace(item, scores={**item.scores, **results})
        if (item.visit, item.form) == (key, "visit_summary")
        else item
        for item in revisions
    ]


def received(revisions: Iterable[Revision], site: str = "P03", epoch: int = 1) -> list[Received]:
    """Revisions as the centre holds them."""
    return [Received(site, epoch, item) for item in revisions]


def digest_of(text: str) -> str:
    """A SHA-256 to put where one is needed."""
    return hashlib.sha256(text.encode()).hexdigest()
