"""Whole forms that did not come: of each visit that came those asked there, of each patient enrolled their own ones.

Rules kept here:
- Asked is what the timetable asks at that kind of visit, not what it only offers, and only where something of it is
  required and leaves the site. A form that the packs of the visit's records do not have yet was not asked there.
- Visits that did not come at all are not these: they are told with the visits (`conduct`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from anifro_desktop.centre.analysis.limits import share
from anifro_desktop.centre.analysis.table import Cell, Named, Record, Row, Table, counted
from anifro_desktop.centre.assembling import Subject
from anifro_desktop.centre.monitoring.missing import FORM
from anifro_desktop.centre.monitoring.watching import SITE, Watched
from anifro_desktop.centre.planning import enrolment_state
from anifro_desktop.forms.model import Definitions, Form, Label
from anifro_desktop.study.visit_keys import kind_of

_COLUMNS = (
    Named("asked", Label("dovute", "asked")),
    Named("absent", Label("non arrivate", "not received")),
    Named("absent_share", Label("quota non arrivata", "share not received")),
)
_NOTE = Label(
    "Schede previste a ogni visita arrivata, e schede proprie di ogni arruolato; quelle facoltative non contano, "
    "quelle complete non sono elencate. Dietro il numero stanno le visite. Intervalli di Wilson.",
    "Forms that the timetable asks at each visit received, and the own forms of each one enrolled; optional ones do "
    "not count, and complete ones are not listed. Behind the number stand the visits. Wilson intervals.",
)


def table(watched: Watched) -> Table:
    """Whole forms that are missing, by form and site, of those missing anywhere."""
    groups = [(site, list(_asked(some, watched.definitions))) for site, some in watched.groups()]
    lacking = {name for _, found in groups for name, _, came in found if not came}
    rows = []
    for form in watched.definitions.forms:
        for site, found in groups:
            mine = [(record, came) for one, record, came in found if one == form.id]
            if mine and form.id in lacking:
                absent = [record for record, came in mine if not came]
                cells = (Cell(len(mine)), counted(absent), share(len(absent), len(mine)))
                rows.append(Row((Named(form.id, form.label), site), cells))
    title = Label("Schede intere mancanti", "Whole forms missing")
    return Table("quality_forms", title, (FORM, SITE), _COLUMNS, tuple(rows), (_NOTE,))


def _asked(some: Iterable[Subject], definitions: Definitions) -> Iterator[tuple[str, Record, bool]]:
    """Each form that was asked somewhere, the place, and whether it came."""
    asking = [form for form in definitions.forms if not form.derived and _required(form)]
    for subject in some:
        if enrolment_state(subject):
            for form in asking:
                if form.level == "subject":
                    yield form.id, Record(subject.site, subject.code), form.id in subject.forms
        for visit in subject.visits:
            if visit.summary is None:
                continue
            kind, record = kind_of(visit.key), Record(subject.site, subject.code, visit.key)
            known = {form.id for pack in visit.packs or (definitions,) for form in pack.forms}
            for form in asking:
                if form.level == "visit" and kind in form.timetable and form.id in known:
                    yield form.id, record, form.id in visit.forms


def _required(form: Form) -> bool:
    return any(item.required and item.export and not item.computed for item in form.fields)
