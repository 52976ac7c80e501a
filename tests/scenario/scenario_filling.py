"""Filling a visit as a person does, shared by the scenarios: everything is typed as text. All patients are synthetic
or from published reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from anifro_desktop.forms import load
from anifro_desktop.forms.session import PastVisit, Subject, Visit, VisitSession
from anifro_desktop.record import Missing

TODAY = date(2026, 11, 22)
VISIT_FORMS = tuple(form.id for form in load().of_level("visit"))

# What a quiet visit types beside its findings.
QUIET: Mapping[str, str] = {
    "temperature_c": "36,6",
    "weight_kg": "62",
    "tjc28": "0",
    "sjc28": "0",
    "active28": "0",
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
}


# V3 of the dossier, visit by visit: what it finds beside a quiet visit.
V3_TREATMENT = {
    "on_hydroxychloroquine": "1",
    "hydroxychloroquine_dose": "400",
    "on_azathioprine": "1",
    "azathioprine_dose": "100",
    "on_anifrolumab_iv": "1",
    "anifrolumab_iv_dose": "300",
    "gc_oral": "1",
    "weight_kg": "62",
}
V3_BASELINE = {
    **V3_TREATMENT,
    "platelets": "84",
    "wbc": "2,6",
    "c3_low": "1",
    "dsdna_raised": "1",
    "proteinuria_mg_24h": "140",
    "active28": "3",
    "sjc28": "4",
    "tjc28": "5",
    "arthritis": "1",
    "rash": "1",
    "rash_extent": "1",
    "alopecia": "1",
    "low_complement": "1",
    "increased_dna_binding": "1",
    "thrombocytopenia": "1",
    "leukopenia": "1",
    "phga": "1,8",
    "gc1_drug": "1",
    "gc1_mg": "12,5",
}
V3_MONTH_6 = {
    **V3_TREATMENT,
    "platelets": "132",
    "wbc": "3,4",
    "c3_low": "1",
    "proteinuria_mg_24h": "120",
    "tjc28": "1",
    "alopecia": "1",
    "low_complement": "1",
    "phga": "0,4",
    "gc1_drug": "3",
    "gc1_mg": "4",
}
V3_MONTH_12 = {
    **V3_TREATMENT,
    "platelets": "190",
    "wbc": "4.4",
    "c3_low": "1",
    "proteinuria_mg_24h": "90",
    "low_complement": "1",
    "phga": "0.3",
    "gc1_drug": "5",
    "gc1_mg": "6",
}
V3_MONTH_24 = {
    **V3_TREATMENT,
    "platelets": "201",
    "wbc": "4,1",
    "c3_low": "1",
    "dsdna_raised": "1",
    "proteinuria_mg_24h": "110",
    "active28": "2",
    "sjc28": "2",
    "tjc28": "2",
    "arthritis": "1",
    "mucosal_ulcers": "1",
    "low_complement": "1",
    "increased_dna_binding": "1",
    "phga": "1,6",
    "gc1_drug": "1",
    "gc1_mg": "15",
}


def new_visit(
    key: str = "m06",
    day: date = TODAY,
    *,
    subject: Subject | None = None,
    previous: PastVisit | None = None,
    baseline: PastVisit | None = None,
) -> VisitSession:
    """An empty visit."""
    return VisitSession(
        load(),
        VISIT_FORMS,
        subject or Subject("P03-7KQF-W", "female", 34, date(2026, 5, 23), date(2026, 5, 23)),
        Visit(key, day),
        today=TODAY + timedelta(days=1500),
        previous=previous,
        baseline=baseline,
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
