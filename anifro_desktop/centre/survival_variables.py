"""The variables of `course.dta` that a survival analysis needs beside what the course says: whose time counts, and for
each first event whether it was observed (`_obs`) and the days to it or to censoring (`_t`), from day 0.

Whoever is counted stands in `enrolled`, the safety set in `treated`. Everybody enters at `entry_dy`, an analysis of
retention, whose days count from the first dose, at `ret_entry_dy`. Damage and the responses have both columns already
(`sdi_accrued` and `sdi_accrued_dy`, `ttr_..._obs` and `ttr_..._obs_dy`), retention too (`ret_event`, `ret_dy`).

Flares are read as observed: assessments whose class is unknown are passed over, `flare_open_n` tells how many. Of
zoster and serious infection it is open where the event is: both columns are then empty.
"""

from __future__ import annotations

from collections.abc import Callable

from anifro_desktop.centre.columns import Variable, whole, yes_no
from anifro_desktop.centre.course import Course
from anifro_desktop.centre.planning import enrolment_state
from anifro_desktop.forms.model import Label
from anifro_desktop.scores.model import Tri
from anifro_desktop.scores.sfi import MILD_MODERATE, SEVERE

First = tuple[Tri, int | None]


def survival_variables(lang: str) -> tuple[Variable, ...]:
    """The columns."""
    entry = Label(
        "Ingresso in osservazione (giorni dalla prima dose)", "Entry into observation (days from first dose)"
    )
    return (
        whole("ret_entry_dy", entry, lang, _entry_from_dose),
        *_first("flare1", "Prima riacutizzazione", "First flare", lang, _flare(MILD_MODERATE, SEVERE)),
        *_first("flare1_sev", "Prima riacutizzazione grave", "First severe flare", lang, _flare(SEVERE)),
        *_first("zoster1", "Primo herpes zoster", "First herpes zoster", lang, lambda row: row.zoster),
        *_first(
            "serious_inf1",
            "Prima infezione grave",
            "First serious infection",
            lang,
            lambda row: row.infection,
        ),
    )


def set_variables(lang: str) -> tuple[Variable, ...]:
    """The columns that say whether a subject is counted."""
    enrolled = Label("Arruolato (no: screening fallito)", "Enrolled (no: screening failure)")
    treated = Label("Almeno una dose nota", "At least one dose known")
    return (
        yes_no("enrolled", enrolled, lang, lambda row: enrolment_state(row.subject)),
        yes_no("treated", treated, lang, lambda row: row.exposure.first is not None),
    )


def _entry_from_dose(row: Course) -> int | None:
    first = row.exposure.first
    return None if first is None else max(row.exposure.entry - first, 0)


def _flare(*classes: str) -> Callable[[Course], First]:
    def first(row: Course) -> First:
        day = min((one.onset for one in row.flares if one.flare in classes), default=None)
        return day is not None, day

    return first


def _first(name: str, it: str, en: str, lang: str, of: Callable[[Course], First]) -> tuple[Variable, ...]:
    observed = Label(f"{it}: osservata" if it.startswith("Prima") else f"{it}: osservato", f"{en}: observed")
    days = Label(f"{it}: giorni all’evento, o alla censura", f"{en}: days to the event, or to censoring")

    def event(row: Course) -> Tri:
        return None if time(row) is None else of(row)[0]

    def time(row: Course) -> int | None:
        happened, day = of(row)
        known = day if happened else row.exposure.end if happened is False else None
        return row.exposure.after_day0(known)

    return yes_no(f"{name}_obs", observed, lang, event), whole(f"{name}_t", days, lang, time)
