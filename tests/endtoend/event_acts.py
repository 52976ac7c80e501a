"""Events of synthetic patients, entered as a person enters them."""

from __future__ import annotations

from datetime import date
from typing import Any

from study_parts import type_in

from anifro_desktop.workflows import events, visits
from anifro_desktop.workflows.model import OpenVisit
from anifro_desktop.workflows.site import Site

# A serious one: herpes zoster, in hospital, anifrolumab interrupted.
ZOSTER = {
    "aesi_category": 1,
    "ae_verbatim": "Herpes zoster",
    "ae_system": 1,
    "ae_start": "2026-09-20",
    "ae_ongoing": 1,
    "ae_grade": 3,
    "first_or_repeat": 1,
    "ser_death": 0,
    "ser_life_threatening": 0,
    "ser_hospitalisation": 1,
    "ser_disability": 0,
    "ser_congenital": 0,
    "ser_important": 0,
    "zos_dermatomes": 2,
    "zos_side": 1,
    "zos_disseminated": 0,
    "causality_who": 3,
    "action_taken": 4,
    "interrupted": 1,
    "interrupt_from": "2026-09-21",
    "outcome": 2,
    "treatment_given": 1,
    "ae_awareness": "21/09/2026 09:30",
}
NOT_SERIOUS = {
    "aesi_category": 3,
    "ae_verbatim": "Raffreddore",
    "ae_start": "2026-10-02",
    "ser_hospitalisation": 0,
    "ser_death": 0,
    "ser_life_threatening": 0,
    "ser_disability": 0,
    "ser_congenital": 0,
    "ser_important": 0,
    "causality_who": 4,
}
DOSE = {
    "ad_given": 1,
    "ad_batch": "L123",
    "ad_batch_checked": 1,
    "ad_reaction": 0,
    "ad_route": 1,
    "ad_dose_mg": "300",
    "ad_interval_days": 28,
    "ad_access": 1,
}


def begun(site: Site, subject: str, form: str, **answers: Any) -> OpenVisit:
    """An event, its answers typed and saved."""
    opened = events.open_event(site, subject, form)
    if answers:
        type_in(site, opened, answers)
    return opened


def completed(site: Site, subject: str, form: str, **answers: Any) -> OpenVisit:
    """An event that is complete."""
    opened = begun(site, subject, form, **answers)
    visits.complete(site, opened)
    return opened


def signed_event(site: Site, subject: str, form: str, **answers: Any) -> OpenVisit:
    """An event that is signed."""
    opened = begun(site, subject, form, **answers)
    visits.sign_confirmed(site, opened, "responsible")
    return opened


def withdrawal(on: date) -> dict[str, Any]:
    """The answers to a withdrawal of consent."""
    return {
        "wd_date": on.isoformat(),
        "wd_scope": 1,
        "wd_use_before": 1,
        "wd_reason": 1,
        "wd_last_contact": on.isoformat(),
    }


def state(site: Site, subject: str, key: str) -> str | None:
    """The state of an entry; None where there is none under that key."""
    return next((row.state for row in site.clinical.entries(subject, voided=True) if row.key == key), None)
