"""Whether what stands beside the forms is what was completed on them: dates of visits, a patient's sex and enrolment.

Rules kept here:
- A record's date is that of its last completed version, read by that version's own pack; a draft's is nobody's word
  yet. An end of the study keeps its day when the date is taken back, and so does a visit.
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
from anifro_desktop.study.visit_keys import ENROLMENT, is_event
from anifro_desktop.workflows.desk import DONE
from anifro_desktop.workflows.packs import pack_of
from anifro_desktop.workflows.patients import SEXES
from anifro_desktop.workflows.withdrawing import date_field, is_ending

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import SubjectRow, VisitRow
    from anifro_desktop.workflows.site import Site

_FORM = "enrolment"


def differing(site: Site) -> Iterator[tuple[str, str, str]]:
    """What differs: table, record and column."""
    for row in site.clinical.entries():
        if row.key != ENROLMENT and row.state in DONE and not _is_dated(site, row):
            yield "visits", row.id, "date"
    for subject in site.clinical.subjects():
        for name in _astray(site, subject):
            yield "subjects", subject.code, name


def _is_dated(site: Site, row: VisitRow) -> bool:
    pack = pack_of(site, row.pack)
    name = date_field(pack, row.key)
    told = site.clinical.revisions(row.subject, row.key, pack.fields[name].form) if name else ()
    if not told:
        return True
    days = {first_day(_value(site, one, date_field(pack_of(site, one.definition), row.key))) for one in told}
    if days == {None}:
        return not is_event(row.key) or is_ending(site, row.key) or row.date is None
    return row.date in days


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
