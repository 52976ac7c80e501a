"""Filling a visit as a person does, shared by the scenarios: everything is typed as text. All patients are synthetic
or from published reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from anifro_desktop.forms import load
from anifro_desktop.forms.session import PastVisit, Subject, Visit, VisitSession
from anifro_desktop.record import Missing

TODAY = date(2026, 11, 22)

# What a quiet visit types beside its findings; what is left then is absent, normal or none.
QUIET: Mapping[str, str] = {
    **dict.fromkeys(
        ("since_ae", "since_hospital", "since_dose_missed", "since_treatment", "since_vaccine_pregnancy"), "0"
    ),
    "temperature_c": "36,6",
    "weight_kg": "62",
    "joint_method": "3",
    "tjc28": "0",
    "sjc28": "0",
    "active28": "0",
    "skin_involved": "0",
    "haemoglobin": "12,8",
    "platelets": "210",
    "wbc": "5,2",
    "proteinuria_mg_24h": "100",
    "urine_rbc_hpf": "0",
    "urine_wbc_hpf": "1",
    "c3_low": "0",
    "c4_low": "0",
    "dsdna_raised": "0",
    "phga": "0",
    "gc_oral": "0",
    "gc1_cycle_days": "1",
    "gc_second": "0",
    "pulse_30d": "0",
    "stable": "1",
    "not_tolerated": "0",
    "investigational": "0",
    **dict.fromkeys(
        ("nsaid_or_hcq_added", "new_biologic_activity", "pulse_since", "hospitalised_for_sle"), "0"
    ),
    **dict.fromkeys([item.id for item in load().form("flare").fields if item.id.startswith("newis_")], "0"),
    "vas_scale": "1",
    "pain_vas": "5",
    "fatigue_vas": "10",
    "ptga": "5",
    **dict.fromkeys([item.id for item in load().form("sf36").fields], "2"),
    **dict.fromkeys([item.id for item in load().form("facit_fatigue").fields], "2"),
    **dict.fromkeys([item.id for item in load().form("eq5d5l").fields], "1"),
    **dict.fromkeys([item.id for item in load().form("lupusqol").fields], "4"),
}


def new_visit(
    key: str = "m06",
    day: date = TODAY,
    *,
    subject: Subject | None = None,
    previous: PastVisit | None = None,
    baseline: PastVisit | None = None,
    damage: PastVisit | None = None,
) -> VisitSession:
    """An empty visit, with the forms of its kind."""
    return VisitSession(
        load(),
        [form.id for form in load().of_visit(key)],
        subject or Subject("P03-7KQF-W", "female", 34, date(2026, 5, 23), date(2026, 5, 23)),
        Visit(key, day),
        today=TODAY + timedelta(days=1500),
        previous=previous,
        baseline=baseline,
        damage=damage,
    )


def fill(
    session: VisitSession,
    findings: Mapping[str, str],
    *,
    keep: Sequence[str] = (),
    missing: Sequence[str] = (),
) -> VisitSession:
    """Type the findings over a quiet visit, then mark everything still open as absent.

    keep: already answered, left as they are. missing: said to be not done.
    """
    for name in missing:
        session.set_missing(name, Missing.NOT_DONE)
    typed = {name: text for name, text in {**QUIET, **findings}.items() if name not in (*keep, *missing)}
    return fill_items(session, typed, absent=[form.id for form in session.forms])


def fill_items(session: VisitSession, typed: Mapping[str, str], absent: Sequence[str] = ()) -> VisitSession:
    """Type answers in reading order, mark the open items of some forms absent, then what this opened."""
    _type(session, typed)
    for form in session.forms:
        for section in form.sections if form.id in absent else ():
            session.all_absent(form.id, section.id)
    _type(session, typed)
    return session


def past(session: VisitSession) -> PastVisit:
    """A filled visit as the one before the next."""
    return PastVisit(session.visit.key, session.visit.date, dict(session.answers))


def _type(session: VisitSession, typed: Mapping[str, str]) -> None:
    for form in session.forms:
        for item in form.fields:
            state = session.state(item.id)
            if item.id in typed and state.visible and not state.answered:
                session.set_text(item.id, typed[item.id])
