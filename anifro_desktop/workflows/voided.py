"""Reading what was declared a mistake: which entries, who said so and why, and what had been typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from anifro_desktop.forms.session import Visit, VisitSession
from anifro_desktop.record import STRUCK, VOID, Revision
from anifro_desktop.study.visit_keys import key_before
from anifro_desktop.workflows import desk
from anifro_desktop.workflows.errors import UnknownVisit
from anifro_desktop.workflows.model import OpenVisit, Place
from anifro_desktop.workflows.packs import answers_of, pack_of

if TYPE_CHECKING:
    from anifro_desktop.store.audit import Entry
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site

_TABLE, _STATE = "visits", "state"


@dataclass(frozen=True, slots=True)
class Voided:
    """An entry that was declared a mistake. key: now (`m06~1`); was: before. reason: code of `void_reason`; text: more
    of it. who: user code; when: UTC. state: that it had (`draft`, `complete`, `signed`, `amending`)."""

    key: str
    was: str
    reason: int
    text: str
    who: str
    when: datetime
    state: str


def voided(site: Site, subject: str) -> list[Voided]:
    """The mistakes of a patient, the latest first."""
    found = [_voided(row, _act(site, row)) for row in _rows(site, subject)]
    return sorted(found, key=lambda item: (item.when, item.key), reverse=True)


def read_voided(site: Site, subject: str, key: str) -> OpenVisit:
    """What had been typed into a mistake, to read only (UnknownVisit: there is none of that key)."""
    row = next((item for item in _rows(site, subject) if item.key == key), None)
    if row is None:
        raise UnknownVisit(key)
    was = key_before(key)
    pack = pack_of(site, row.pack)
    answers, notes = answers_of(site, pack, _completed(site, row))
    session = VisitSession(
        pack,
        desk.forms_under(pack, was),
        desk.subject_facts(site, site.clinical.subject(subject)),
        Visit(was, row.date),
        today=site.today(),
        answers=answers,
        notes=notes,
        completed=True,
    )
    if _act(site, row).old in ("draft", "amending"):
        session.load_entries(site.clinical.draft(row.id))
    return OpenVisit(row.id, subject, key, session, row.state, Place(subject, key))


def _rows(site: Site, subject: str) -> list[VisitRow]:
    return [row for row in site.clinical.entries(subject, voided=True) if row.state == desk.VOID]


def _completed(site: Site, row: VisitRow) -> list[Revision]:
    """The last version of each form before the one that says it was a mistake."""
    forms = {desk.record_id(row, form.id) for form in pack_of(site, row.pack).forms}
    versions = site.clinical.revisions(row.subject, key_before(row.key), latest=False)
    last = {item.id: item for item in versions if item.id in forms and not item.void}
    return list(last.values())


def _act(site: Site, row: VisitRow) -> Entry:
    """What the trail tells of the declaring."""
    return site.clinical.audit_entries(table=_TABLE, record=row.id, field=_STATE)[-1].entry


def _voided(row: VisitRow, act: Entry) -> Voided:
    from anifro_desktop.store.erasing import MARK

    code, _, text = act.reason.partition(": ")
    when = datetime.fromisoformat(act.utc)
    reason = int(code.removeprefix(VOID))
    text = STRUCK.sub(MARK, text)
    return Voided(row.key, key_before(row.key), reason, text, act.user, when, str(act.old))
