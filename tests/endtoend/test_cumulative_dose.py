"""The cumulative glucocorticoid dose on the site's screen and in the centre's data set: one number."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta

import pytest
from study_parts import DAY_0, enrol, signed, type_in

from anifro_desktop.centre.assembling import Received, subjects
from anifro_desktop.centre.glucocorticoid import Doses, doses
from anifro_desktop.forms.cumulative import Arrival, at_visit, days_of_date, sustained_stop
from anifro_desktop.forms.pseudonym import pseudonymise
from anifro_desktop.record import Revision, canonical
from anifro_desktop.workflows import events, visits
from anifro_desktop.workflows.site import Site

VISITS = {"baseline": DAY_0, "m06": date(2026, 9, 3), "u01": date(2026, 10, 1)}


def _sign(site: Site, subject: str, form: str, answers: dict[str, object]) -> None:
    opened = events.open_event(site, subject, form)
    type_in(site, opened, answers)
    visits.sign_confirmed(site, opened, "responsible")


def _course(chance: random.Random) -> dict[str, object]:
    start = DAY_0 + timedelta(days=chance.randrange(-60, 200))
    over = start + timedelta(days=chance.randrange(0, 60))
    answers: dict[str, object] = {"gcc_drug": chance.randrange(1, 10), "gcc_mg": chance.randrange(1, 80)}
    answers |= {"gcc_cycle_days": chance.choice((1, 2, 7)), "gcc_start": start.isoformat(), "gcc_why": 1}
    if chance.random() < 0.4:
        return answers | {"gcc_ongoing": 1}
    return answers | {"gcc_ongoing": 0, "gcc_stop": over.isoformat()}


def _pulse(chance: random.Random) -> dict[str, object]:
    on = DAY_0 + timedelta(days=chance.randrange(-3, 200))
    answers: dict[str, object] = {"gcp_date": on.isoformat(), "gcp_drug": 3, "gcp_route": 1, "gcp_reason": 1}
    return answers | {"gcp_mg": chance.choice((125, 250, 500)), "gcp_days": chance.randrange(1, 4)}


def _at_the_site(site: Site, subject: str) -> dict[str, Doses]:
    found = {}
    for key, on in VISITS.items():
        session = visits.open_visit(site, subject, key, on).session
        assert session.taken is not None
        whole, since_last = at_visit(session, session.taken)
        assert whole is not None
        dose = session.scores["prednisone"].parts["pred_eq"]
        events_, arrivals = session.taken.events, session.taken.arrivals
        off = sustained_stop(events_, arrivals, Arrival(key, on.toordinal(), dose), days_of_date)
        found[key] = Doses(whole.mg, None if since_last is None else since_last.mg, off)
    return found


def _at_the_centre(site: Site, subject: str) -> dict[str, Doses]:
    """From the records as they travel."""
    enrolled = site.clinical.subject(subject).enrolled
    assert enrolled is not None
    sent = [pseudonymise(item, site.definitions, enrolled) for item in site.clinical.revisions(subject)]
    came = [Revision.from_json(json.loads(canonical(item.to_json()))) for item in sent]
    (found,) = subjects([Received("P03", 1, item) for item in came], site.definitions)
    return dict(doses(found))


@pytest.mark.parametrize("seed", range(4))
def test_site_and_centre_sum_random_courses_alike(site: Site, seed: int) -> None:
    chance, subject = random.Random(seed), enrol(site)
    # Half of them on nothing when they come to a visit, so that the sum is known whatever courses there were.
    dose = {"gc_oral": 0} if seed % 2 else {}
    for number, (key, on) in enumerate(VISITS.items()):
        signed(site, subject, key if key != "u01" else "unscheduled", on, min(number, 1), **dose)
    for _ in range(4):
        _sign(site, subject, "gc_course", _course(chance))
    for _ in range(2):
        _sign(site, subject, "gc_pulse", _pulse(chance))
    here = _at_the_site(site, subject)
    assert here == _at_the_centre(site, subject)
    if seed % 2:
        assert here["u01"].since_enrolment
