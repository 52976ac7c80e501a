"""What a subject takes on arrival at a visit, as its events tell: held against what the visit's treatment form says.

Rules kept here:
- Only what was changed before the day of the visit: what is decided on that day is no longer arrival.
- The last change of a drug decides: started, raised, reduced or restarted = taken; stopped or paused = not taken.
- A dose of anifrolumab says that it is taken, by its route, until a later stop or until so many days have passed
  without a dose that the site is to say whether it was stopped (settings `anifrolumab.gap_...`).
- A change with an open drug, day or kind leaves unknown what it may concern; so do two changes of one day that differ.
- Doses are those that a change names, in the unit of the treatment form; of anifrolumab none is compared.
- Glucocorticoid by mouth is told for the day before the visit and for its day: a dose may have been changed in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from anifro_desktop.forms import cumulative
from anifro_desktop.forms.facts import ARRIVAL, EVENT_DOSE, EVENT_DRUGS, EVENT_ON
from anifro_desktop.record import Value
from anifro_desktop.study.protocol import PROTOCOL

Event = Mapping[str, Value]

# Codes of the lists `drug_change`, `anifrolumab_route` and `dose_given`.
_OFF, _NOT_GIVEN = (4, 5), 0
_ROUTES = {EVENT_DRUGS["anifrolumab_iv"]: 1, EVENT_DRUGS["anifrolumab_sc"]: 2}
_GAP = {
    EVENT_DRUGS["anifrolumab_iv"]: timedelta(days=PROTOCOL.number("anifrolumab.gap_iv_days")),
    EVENT_DRUGS["anifrolumab_sc"]: timedelta(days=PROTOCOL.number("anifrolumab.gap_sc_days")),
}
# The question of a new dose, by drug; of the others mg a day.
_DOSE = dict.fromkeys((4, 14), "dc_mg_week") | {13: "dc_mg_4wk", 12: "dc_mg"}
_HUNDREDTHS = 2


def arrival(events: Mapping[str, Iterable[Event]], on: date) -> dict[str, int | Decimal | None]:
    """The facts of `forms.facts.ARRIVAL`.

    Args:
        events: answers of each event, by form.
        on: the day of the visit.
    """
    changes = [event for event in events.get("drug_change", ()) if not _from(event.get("dc_date"), on)]
    doses = [event for event in events.get("administration", ()) if not _from(event.get("ad_date"), on)]
    found: dict[str, int | Decimal | None] = dict.fromkeys(ARRIVAL)
    for drug, code in EVENT_DRUGS.items():
        last = _last_change(changes, code)
        taken = _taken(last, _doses(doses, code), code, on)
        found[EVENT_ON + drug] = None if taken is None else int(taken)
        if taken and isinstance(last, Mapping) and code not in _ROUTES:
            dose = last.get(_DOSE.get(code, "dc_mg_day"))
            found[EVENT_DOSE + drug] = dose if isinstance(dose, Decimal) else None
    return found | _by_mouth(events.get("gc_course", ()), on)


def _from(value: Value | None, on: date) -> bool:
    """Whether a date is known to lie on a day or after it."""
    return isinstance(value, date) and value >= on


class _Unclear:
    """Changes that leave open what is taken."""


_UNCLEAR = _Unclear()


def _last_change(changes: Iterable[Event], code: int) -> Event | _Unclear | None:
    """The last change of a drug; None if there is none."""
    last: Event | None = None
    clear = True
    for event in changes:
        drug, on, what = event.get("dc_drug"), event.get("dc_date"), event.get("dc_what")
        if type(drug) is int and drug != code:
            continue
        if type(drug) is not int or type(what) is not int or not isinstance(on, date):
            return _UNCLEAR
        before = None if last is None else last["dc_date"]
        if isinstance(before, date) and on < before:
            continue
        clear = last is None or before != on or (clear and _is_off(last) == _is_off(event))
        last = event
    return last if clear else _UNCLEAR


def _is_off(change: Event) -> bool:
    return change.get("dc_what") in _OFF


def _doses(doses: Iterable[Event], code: int) -> tuple[date | None, bool]:
    """The last dose of anifrolumab that was given by a route, and whether another may have been."""
    last: date | None = None
    unclear = False
    for event in doses if code in _ROUTES else ():
        given, route, on = event.get("ad_given"), event.get("ad_route"), event.get("ad_date")
        if given == _NOT_GIVEN or (type(route) is int and route != _ROUTES[code]):
            continue
        if type(given) is not int or type(route) is not int or not isinstance(on, date):
            unclear = True
        else:
            last = on if last is None else max(last, on)
    return last, unclear


def _taken(
    change: Event | _Unclear | None, doses: tuple[date | None, bool], code: int, on: date
) -> bool | None:
    """Whether a drug is taken; a stop on the day of a dose comes after it."""
    if isinstance(change, _Unclear):
        return None
    dose, unclear = doses
    changed = None if change is None else change["dc_date"]
    if dose is not None and (not isinstance(changed, date) or dose > changed):
        return True if on - dose <= _GAP[code] else None
    if change is None:
        return None
    if not _is_off(change):
        return True
    return None if unclear else False


def _by_mouth(courses: Iterable[Event], on: date) -> dict[str, int | Decimal | None]:
    given = [cumulative.Event("", cumulative.COURSE, course) for course in courses]
    day = on.toordinal()
    running = [cumulative.covers(course, day - 1, day, cumulative.days_of_date) for course in given]
    certain = running.count(True)
    return {
        "n_gc_now": None if certain == 0 and None in running else certain,
        "gc_mg_eve": _mg(given, day - 1),
        "gc_mg_day": _mg(given, day),
    }


def _mg(courses: Iterable[cumulative.Event], day: int) -> Decimal | None:
    found = cumulative.mg_of_day(courses, day, cumulative.days_of_date)
    return None if found is None else Decimal(str(round(found, _HUNDREDTHS)))
