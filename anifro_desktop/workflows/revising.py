"""From answers to revisions: which forms of a visit get a new version, and what that does to later visits.

Rules kept here:
- A form's revision is written again only when its answers, notes or scores differ; the visit's scores stand on the
  form that carries them, so a change of a laboratory value leaves a new version of the scores too.
- Scores are compared with the visits that come before when they are written, not when the visit was opened.
- A visit completed or amended before others changes what theirs are compared with, and so does another day 0: their
  scores are written again and wait for a signature.
- A record stands under the pack of its visit. A result whose rule this program carries out in another version than that
  pack stays as it was recorded (`Definitions.foreign`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from anifro_desktop.forms.scoring import score_json
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.record import Json, Revision, canonical, value_to_json
from anifro_desktop.study.schedule import study_day
from anifro_desktop.study.visit_keys import is_visit
from anifro_desktop.workflows.desk import Earlier, earlier_visits, lay_out, record_id

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site

RECALCULATED, SIGNED = "recalculated", "signed"


def write(
    site: Site, row: VisitRow, session: VisitSession, why: str, why_text: str, *, only: str = ""
) -> bool:
    """Append a revision of every form (or of `only` one) that differs from its last one; says whether there was any."""
    last = {item.form: item for item in site.clinical.revisions(row.subject, row.key)}
    changed = False
    for form in session.forms:
        if only and form.id != only:
            continue
        revision = _revision(site, row, session, form.id, why if form.id in last else "first", why_text)
        if form.id in last and _same(last[form.id], revision):
            continue
        site.clinical.append_revision(revision)
        changed = True
    return changed


def up_to_date(site: Site, row: VisitRow, session: VisitSession) -> VisitSession:
    """The same answers, scored against the visits that come before as things stand now: the date may have moved, and
    another visit may have been completed since this one was laid on the desk."""
    if not is_visit(row.key):
        return session
    earlier = earlier_visits(site, row, session.definitions)
    if earlier == Earlier(session.previous, session.baseline, session.damage, session.weight):
        return session
    return VisitSession(
        session.definitions,
        [form.id for form in session.forms],
        session.subject,
        session.visit,
        today=session.today,
        answers=session.answers,
        notes=session.notes,
        previous=earlier.previous,
        baseline=earlier.baseline,
        damage=earlier.damage,
        weight=earlier.weight,
        facts=session.facts,
        recorded=session.recorded,
        completed=session.completed,
    )


def sign_last(site: Site, records: Iterable[Revision], meaning: str) -> None:
    """Sign the last version of each record. One that was sent before its signature gets a version of its own for it:
    what left stays as it left, and the signature has to follow it."""
    signed = list(records)
    sent = site.clinical.sealed(item.id for item in signed)
    for item in signed:
        if sent.get(item.id, 0) >= item.ver:
            site.clinical.append_revision(replace(item, why=SIGNED, why_text="", signature={}))
    site.clinical.sign([item.id for item in signed], meaning)


def recalculate_later(site: Site, row: VisitRow, since: date | None) -> None:
    """Write the scores of visits after a date again where another visit before them changed them."""
    visits = [item for item in site.clinical.visits(row.subject) if item.id != row.id]
    recalculate(site, [item for item in visits if item.date and since and item.date > since])


def recalculate_all(site: Site, subject: str) -> None:
    """Write the scores of a subject's visits again where another day 0 changed them."""
    recalculate(site, site.clinical.visits(subject))


def recalculate(site: Site, visits: Iterable[VisitRow]) -> None:
    """Write the scores of these visits again where they changed; whoever signed them is asked again."""
    scored = [item for item in visits if item.key and item.state in ("complete", "signed")]
    for visit in sorted(scored, key=lambda item: item.date or date.min):
        session = lay_out(site, visit)
        carriers = [form.id for form in session.forms if form.scores]
        if any(write(site, visit, session, RECALCULATED, "", only=form) for form in carriers):
            site.clinical.set_visit_state(visit.id, "complete", RECALCULATED)


def _revision(
    site: Site, row: VisitRow, session: VisitSession, form_id: str, why: str, why_text: str
) -> Revision:
    form = session.definitions.form(form_id)
    names = {item.id for item in form.fields}
    found = {**session.scores, **session.recorded}
    scores: dict[str, Json] = {rule: score_json(found[rule]) for rule in form.scores if rule in found}
    subject = site.clinical.subject(row.subject)
    on = session.answers.get("visit_date", row.date) if is_visit(row.key) else None
    day = study_day(subject.enrolled, on) if subject.enrolled and isinstance(on, date) else None
    named = {
        "previous": session.previous,
        "baseline": session.baseline,
        "damage": session.damage,
        "weight": session.weight,
    }
    context = named if scores else {}
    return Revision(
        id=record_id(row, form_id),
        subject=row.subject,
        visit=row.key,
        form=form_id,
        ver=1,
        prev="",
        values={name: value_to_json(value) for name, value in session.answers.items() if name in names},
        definition=session.definitions.digest,
        who="",
        when="",
        day=day,
        why=why,
        why_text=why_text,
        notes={name: note.to_json() for name, note in session.notes.items() if name in names},
        scores=scores,
        context={name: past.key for name, past in context.items() if past is not None},
    )


def _same(last: Revision, new: Revision) -> bool:
    compared = ("values", "notes", "scores", "context", "day", "definition")
    return all(canonical(_part(last, name)) == canonical(_part(new, name)) for name in compared)


def _part(revision: Revision, name: str) -> Any:
    return getattr(revision, name)
