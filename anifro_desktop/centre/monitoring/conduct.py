"""How visits were held: due and made, missed, outside their windows, sent late, and copied from the one before.

Of the time at which something was entered nothing leaves a site, and the centre knows no calendar date of a visit. What
it knows is the day on which a record arrived, and the days between visits of one patient. A visit of study day d that
arrived on day a was at the earliest sent when it was made; so the enrolment was at the latest on the smallest a - d of
the patient, and every visit is *at least* so many days late as its own a - d is above that. A patient whose visits
were all sent late by the same number of days looks punctual: the numbers are lower bounds, never more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from statistics import median

from anifro_desktop.centre.analysis.limits import share
from anifro_desktop.centre.analysis.table import Cell, Named, Record, Row, Table, counted
from anifro_desktop.centre.assembling import SUMMARY, Subject, Visit
from anifro_desktop.centre.monitoring.missing import FORM
from anifro_desktop.centre.monitoring.watching import SITE, Version, Watched
from anifro_desktop.centre.planning import (
    due_visits,
    enrolment_state,
    months_of,
    served,
    told_missed,
    windows,
)
from anifro_desktop.forms.model import Form, Label
from anifro_desktop.forms.types import DATED
from anifro_desktop.record import Missing

LATE_DAYS = 30
# Forms of which two visits hardly ever have every answer alike, and how many answers there must be to say so.
COPIED = ("vitals", "laboratory", "scales", "sf36", "facit_fatigue", "lupusqol")
LEAST_ANSWERS = 4
_OFF_PLAN = 98  # codes of `planned_visit` from here on are of no planned visit


_VISITS_COLUMNS = (
    Named("patients", Label("arruolati", "enrolled")),
    Named("visits", Label("visite arrivate", "visits received")),
    Named("unsigned", Label("non firmate", "not signed")),
    Named("due", Label("dovute", "due")),
    Named("made", Label("fatte nella finestra", "made in the window")),
    Named("made_share", Label("quota fatta", "share made")),
    Named("missed_told", Label("mancate, con scheda", "missed, on record")),
    Named("missed_silent", Label("mancate, senza notizia", "missed, nothing said")),
    Named("outside", Label("fuori finestra", "outside the window")),
)
_VISITS_NOTE = Label(
    "Visite dovute degli arruolati, basale compresa, fino all’ultimo invio. Fuori finestra: visita indicata come "
    "programmata, di un giorno fuori dalla sua finestra. Intervalli di Wilson.",
    "Visits due of the enrolled, baseline included, up to the last sending. Outside the window: a visit "
    "entered as a "
    "planned one, on a day outside its window. Wilson intervals.",
)


def visits(watched: Watched) -> Table:
    """Visits due, made and missed, and those typed for a planned visit outside its window."""
    rows = []
    for site, some in watched.groups():
        enrolled = [subject for subject in some if enrolment_state(subject)]
        due, made = list(_due(enrolled)), [one for one in _due(enrolled) if one[2]]
        missed = [one for one in due if not one[2]]
        told = [Record(one.site, one.code, key) for one, key, _ in missed if told_missed(one, key)]
        silent = [Record(one.site, one.code, key) for one, key, _ in missed if not told_missed(one, key)]
        held = [visit for subject in some for visit in subject.visits if visit.summary is not None]
        outside = [
            _record(visit) for subject in some for visit in subject.visits if outside_window(subject, visit)
        ]
        unsigned = [_record(visit) for visit in held if not visit.signed]
        cells = (
            counted(subject_record(one) for one in enrolled), counted(map(_record, held)), counted(unsigned),
            Cell(len(due)), Cell(len(made)), share(len(made), len(due)), counted(told), counted(silent),
            counted(outside),
        )  # fmt: skip
        rows.append(Row((site,), cells))
    title = Label("Visite", "Visits")
    return Table("quality_visits", title, (SITE,), _VISITS_COLUMNS, tuple(rows), (_VISITS_NOTE,))


_LATE_COLUMNS = (
    Named("visits", Label("visite", "visits")),
    Named("median", Label("ritardo minimo certo, mediana (giorni)", "certain least delay, median (days)")),
    Named("longest", Label("il più lungo (giorni)", "longest (days)")),
    Named("late", Label(f"oltre {LATE_DAYS} giorni", f"over {LATE_DAYS} days")),
    Named("late_share", Label("quota", "share")),
)
_LATE_NOTE = Label(
    "L’ora dell’inserimento non lascia il centro. Ritardo dalla visita all’arrivo a Pisa, come limite "
    "inferiore: la "
    "visita arrivata più in fretta di ogni paziente vale 0 giorni, anche se era in ritardo.",
    "The time of entry does not leave the site. Delay from the visit to its arrival at the centre, as a "
    "lower bound: "
    "the visit of each patient that arrived fastest counts 0 days, even if it was late.",
)


def late(watched: Watched) -> Table:
    """How late visits arrived, at least."""
    rows = []
    for site, some in watched.groups():
        lags = [one for subject in some for one in lateness(watched.versions.get(subject.code, ()))]
        days = [lag for _, lag in lags]
        over = [record for record, lag in lags if lag > LATE_DAYS]
        middle = float(median(days)) if days else None
        longest = float(max(days)) if days else None
        cells = (
            Cell(len(lags)),
            Cell(middle, "days"),
            Cell(longest, "days"),
            counted(over),
            share(len(over), len(lags)),
        )
        rows.append(Row((site,), cells))
    title = Label("Ritardo di invio", "Late sending")
    return Table("quality_late", title, (SITE,), _LATE_COLUMNS, tuple(rows), (_LATE_NOTE,))


def lateness(versions: Iterable[Version]) -> list[tuple[Record, int]]:
    """Of the visits of one subject: how many days each arrived late, at least; by the first version that came."""
    first: dict[Record, tuple[int, int]] = {}
    for one in versions:
        day = one.revision.day
        if one.revision.form == SUMMARY and day is not None and not one.revision.void:
            known = first.get(one.record)
            if known is None or one.arrived < known[0]:
                first[one.record] = (one.arrived, day)
    least = min((arrived - day for arrived, day in first.values()), default=0)
    return [(record, arrived - day - least) for record, (arrived, day) in first.items()]


_IDENTICAL_COLUMNS = (
    Named("pairs", Label("coppie di visite", "pairs of visits")),
    Named("identical", Label("tutte le risposte uguali", "every answer the same")),
    Named("identical_share", Label("quota", "share")),
)
_IDENTICAL_NOTE = Label(
    f"Visite consecutive con almeno {LEAST_ANSWERS} risposte della scheda in entrambe. Dietro il numero "
    "sta la seconda "
    "visita.",
    f"Consecutive visits with at least {LEAST_ANSWERS} answers of the form in both. Behind the number "
    "stands the second "
    "visit.",
)


def identical(watched: Watched) -> Table:
    """Pairs of consecutive visits of which a form has the same answers throughout."""
    rows = []
    for name in COPIED:
        form = watched.definitions.form(name)
        for site, some in watched.groups():
            pairs = [one for subject in some for one in _pairs(subject, form)]
            same = [record for record, alike in pairs if alike]
            cells = (Cell(len(pairs)), counted(same), share(len(same), len(pairs)))
            rows.append(Row((Named(name, form.label), site), cells))
    title = Label("Visite consecutive identiche", "Identical consecutive visits")
    return Table(
        "quality_identical", title, (FORM, SITE), _IDENTICAL_COLUMNS, tuple(rows), (_IDENTICAL_NOTE,)
    )


def outside_window(subject: Subject, visit: Visit) -> bool:
    """Whether a visit was typed for a planned one and certainly lies outside its window."""
    planned = visit.answers.get("visit_planned")
    if visit.day is None or type(planned) is not int or planned >= _OFF_PLAN:
        return False
    spans = {months_of(key): window for key, window in windows(subject.answers).items()}
    return planned in spans and not spans[planned].holds(visit.day)


def subject_record(subject: Subject) -> Record:
    """The subject as what stands behind a number."""
    return Record(subject.site, subject.code)


def _record(visit: Visit) -> Record:
    return Record(visit.site, visit.subject, visit.key)


def _due(some: Iterable[Subject]) -> Iterator[tuple[Subject, str, bool]]:
    for subject in some:
        held = served(subject)
        for key in due_visits(subject):
            yield subject, key, key in held


def _pairs(subject: Subject, form: Form) -> Iterator[tuple[Record, bool]]:
    held = [visit for visit in subject.visits if form.id in visit.forms and visit.day is not None]
    for before, now in pairwise(held):
        one, two = _answers(before, form), _answers(now, form)
        if min(_answered(one), _answered(two)) >= LEAST_ANSWERS:
            yield _record(now), one == two


def _answers(visit: Visit, form: Form) -> dict[str, object]:
    """What is answered of a form, under today's ids; without days, which differ by nature."""
    names = (item.id for item in form.fields if item.type not in DATED)
    return {name: visit.answers[name] for name in names if name in visit.answers}


def _answered(answers: Mapping[str, object]) -> int:
    return sum(not isinstance(value, Missing) for value in answers.values())
