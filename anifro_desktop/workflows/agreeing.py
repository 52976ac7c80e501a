"""Whether what stands beside the forms is what was completed on them: dates of visits, a patient's sex and enrolment.

Rules kept here:
- A record's date is that of its last completed version, read by that version's own pack; before there is one it is
  nobody's word yet. What was completed is no draft again. An end of the study keeps its day when the date is taken
  back, and so does a visit.
- A patient's facts are settled when the enrolment is signed, so those of any completed version of it are right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from anifro_desktop.forms.errors import BadEntry
from anifro_desktop.forms.spans import first_day
from anifro_desktop.forms.types import from_json
from anifro_desktop.record import Json, Revision, Value
from anifro_desktop.study.visit_keys import is_event
from anifro_desktop.workflows.enrolled import SEXES
from anifro_desktop.workflows.packs import pack_of
from anifro_desktop.workflows.withdrawing import date_field, is_ending

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import SubjectRow, VisitRow
    from anifro_desktop.workflows.site import Site

_FORM = "enrolment"


def differing(site: Site, subject: str | None = None) -> Iterator[tuple[str, str, str]]:
    """What differs, or what of one patient: table, record and column."""
    for row in site.clinical.entries(subject):
        for name in _undone(site, row):
            yield "visits", row.id, name
    for one in site.clinical.subjects() if subject is None else (site.clinical.subject(subject),):
        for name in _astray(site, one):
            yield "subjects", one.code, name


def _undone(site: Site, row: VisitRow) -> Iterator[str]:
    """What a dated record is said to be that its completed form does not say."""
    pack = pack_of(site, row.pack)
    name = date_field(pack, row.key)
    told = site.clinical.revisions(row.subject, row.key, pack.fields[name].form) if name else ()
    if not told:
        return
    if row.state == "draft":
        yield "state"
    days = {first_day(_value(site, one, date_field(pack_of(site, one.definition), row.key))) for one in told}
    kept = not is_event(row.key) or is_ending(site, row.key)
    if row.date not in days and not (kept and days == {None}):
        yield "date"


def _astray(site: Site, subject: SubjectRow) -> Iterator[str]:
    """The facts of a patient that no completed enrolment says."""
    said = [_facts(site, one) for one in site.clinical.revisions(subject.code, None, _FORM, latest=False)]
    facts: Mapping[str, Json | date] = {"sex": subject.sex, "enrolled": subject.enrolled}
    for name, fact in facts.items():
        if fact is not None and fact not in [one[name] for one in said]:
            yield name


def _facts(site: Site, revision: Revision) -> dict[str, Json | date]:
    sex, on = _value(site, revision, "sex"), _value(site, revision, "enrolment_date")
    return {
        "sex": SEXES.get(sex) if isinstance(sex, int) else None,
        "enrolled": on if isinstance(on, date) else None,
    }


def _value(site: Site, revision: Revision, name: str) -> Value | None:
    """An answer of a version, by its own pack."""
    pack, given = pack_of(site, revision.definition), revision.values.get(name)
    if given is None or name not in pack.fields:
        return None
    with suppress(BadEntry):
        return from_json(pack.fields[name], given)
    return None
