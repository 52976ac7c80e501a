"""The worked patients of `tests/vectors/visits`, typed whole into sessions from their files: enrolment, history, events
and visits. What they are expected to come to lies beside them, under the names that `results` and `classes` give.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from anifro_desktop.forms import load
from anifro_desktop.forms.session import PastVisit, Subject, Visit, VisitSession
from anifro_desktop.study.schedule import age_at
from anifro_desktop.study.visit_keys import event_key
from anifro_desktop.workflows.desk import SUBJECT_FORMS
from anifro_desktop.workflows.rehearsing import Course
from anifro_desktop.workflows.transcription import Transcript, read_transcript
from anifro_desktop.workflows.typist import type_in

VECTORS = Path(__file__).parents[1] / "vectors" / "visits"
TODAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Patient:
    """One worked patient. events: by key."""

    enrolment: VisitSession
    history: VisitSession | None
    events: dict[str, VisitSession]
    visits: tuple[VisitSession, ...]


def worked(name: str) -> Patient:
    """A worked patient, typed whole; nothing of it may be refused."""
    transcript = read_transcript((VECTORS / f"{name}.json").read_bytes(), load())
    enrolment = _enrolment(transcript)
    answers: dict[str, Any] = dict(enrolment.answers)
    course = Course(load(), TODAY, replace(enrolment.subject, enrolled=answers["enrolment_date"]))
    course.subject = replace(course.subject, first_dose=answers.get("first_dose_date"))
    history = None
    if transcript.history is not None:
        history = course.session("history")
        assert type_in(history, transcript.history, "history") == []
    events: dict[str, VisitSession] = {}
    for event in transcript.events:
        key = event_key(load().form(event.form).prefix, 1 + len(course.events.get(event.form, ())))
        events[key] = course.session(key)
        assert type_in(events[key], event.typed, key) == []
        course.events.setdefault(event.form, []).append(dict(events[key].answers))
    visits = []
    for visit in transcript.visits:
        key = visit.key or "unscheduled"
        session = course.session(key, visit.on)
        session.set_value("visit_date", visit.on)
        assert type_in(session, visit.typed, key) == []
        course.done.append(PastVisit(key, visit.on, dict(session.answers)))
        visits.append(session)
    return Patient(enrolment, history, events, tuple(visits))


def _enrolment(transcript: Transcript) -> VisitSession:
    assert transcript.identity is not None
    assert transcript.identity.birth_date is not None
    on = date.fromisoformat(transcript.enrolment.answers["enrolment_date"])
    age = age_at(transcript.identity.birth_date, on)
    session = VisitSession(
        load(), SUBJECT_FORMS[""], Subject("P03-7KQF-W", "female", age), Visit(""), today=TODAY
    )
    assert type_in(session, replace(transcript.enrolment, sign=True), "enrolment") == []
    session.set_value("age_at_enrolment", age)
    return session


def expected(name: str) -> dict[str, Any]:
    """What must come out of it: `subject` and `visits`."""
    return dict(json.loads((VECTORS / f"{name}.expected.json").read_text(encoding="utf-8")))


def results(session: VisitSession) -> dict[str, Any]:
    """What a visit came to, by the names of the vectors."""
    scores = session.scores
    sledai, sledas, clasi, joints = (scores[name].parts for name in ("sledai2k", "sledas", "clasi", "joints"))
    flare = scores.get("sfi")  # none at baseline
    change = clasi["pct_change"]
    return {
        "sledai2k": scores["sledai2k"].value,
        "minimum": scores["sledai2k"].minimum,
        "clinical": sledai["clinical"],
        "serologic": sledai["serologic"],
        "sledas": None if sledas.get("score_2dp") is None else str(sledas["score_2dp"]),
        "sledas_remission": sledas["sledas_remission"],
        "sledas_lda": sledas["sledas_lda"],
        "pred_eq": scores["prednisone"].value,
        "doris": scores["doris"].value,
        "doris_gc": scores["doris"].parts["doris_gc"],
        "lldas": scores["lldas"].value,
        "lldas_gc": scores["lldas"].parts["lldas_gc"],
        "lldas_no_new": scores["lldas"].parts["lldas_no_new"],
        "sfi": None if flare is None else flare.value,
        "sfi_fired": [] if flare is None else flare.parts["bliss_fired"],
        "clasi": scores["clasi"].value,
        "clasi_band": clasi["band"],
        "clasi_damage": clasi["damage"],
        "clasi_change": None if change is None else round(float(change), 1),  # type: ignore[arg-type]
        "clasi50": clasi["clasi50"],
        "tjc28": joints["tjc28"],
        "sjc28": joints["sjc28"],
        "active28": scores["joints"].value,
        "sdi": scores["sdi"].value,
        "facit": scores["facit_fatigue"].value,
        "eq5d": scores["eq5d5l"].value,
        "pain": scores["pain_vas"].value,
        "proteinuria": session.answers.get("proteinuria"),
    }


def classes(session: VisitSession) -> dict[str, Any]:
    """What the classification criteria came to, by the names of the vectors."""
    scores = session.scores
    slicc, eular = scores["slicc2012"].parts, scores["eular2019"]
    return {
        **{name: scores[name].value for name in ("acr1997", "slicc2012", "eular2019")},
        "slicc2012_clinical": slicc["n_clinical"],
        "slicc2012_immunologic": slicc["n_immunologic"],
        "eular2019_points": eular.parts["total"],
        "eular2019_least": eular.minimum,
    }
