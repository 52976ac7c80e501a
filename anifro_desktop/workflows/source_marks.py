"""Source verification at the site: a monitor compares a completed form, or a question of it, with its source.

Rules kept here:
- Only a monitor marks, only what is completed, and each act is in the audit trail.
- A mark never disappears by itself: where what it is about changed, it is shown as changed since it was verified.
- Marks leave with the next bundle, without their time.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anifro_desktop.record import Json, Revision
from anifro_desktop.sourcemark import FALLEN, HOLDS, MARK, UNMARK, SourceMark, standing, stands
from anifro_desktop.sync.records import Record
from anifro_desktop.sync.sourcemarks import mark_revision
from anifro_desktop.workflows.custody import check_kept
from anifro_desktop.workflows.errors import NotYourRole
from anifro_desktop.workflows.exchange_errors import MarkRefused

if TYPE_CHECKING:
    from anifro_desktop.workflows.site import Site

MONITOR = "monitor"


@dataclass(frozen=True, slots=True)
class Verified:
    """A mark that stands. field: empty for the whole form. state: `verified`, or `changed` since; changed: the
    questions of which."""

    form: str
    field: str
    state: str
    mark: SourceMark
    changed: tuple[str, ...] = ()


def mark(site: Site, subject: str, visit: str, form: str, field: str = "") -> Verified:
    """Mark the last version of a form, or of one question of it, as compared with its source.

    Raises:
        NotYourRole: only a monitor. MarkRefused: it is not completed, or being amended.
    """
    revision = _last(site, subject, visit, form)
    if revision is None:
        raise MarkRefused("not_completed")
    row = next((row for row in site.clinical.entries(subject) if row.key == visit), None)
    if row is not None and row.state == "amending":
        raise MarkRefused("amending")
    made = _put(site, revision, field, MARK)
    return Verified(form, field, HOLDS, made)


def unmark(site: Site, subject: str, visit: str, form: str, field: str = "") -> None:
    """Take a mark back.

    Raises:
        NotYourRole: only a monitor. MarkRefused: there is none.
    """
    revision = _last(site, subject, visit, form)
    if revision is None or (revision.id, field) not in standing(site.clinical.marks(subject)):
        raise MarkRefused("not_marked")
    _put(site, revision, field, UNMARK)


def verified(site: Site, subject: str, visit: str) -> dict[tuple[str, str], Verified]:
    """The marks that stand on the forms of a visit, by form and field."""
    now = {one.id: one for one in site.clinical.revisions(subject, visit)}
    found = {}
    for place, one in standing(site.clinical.marks(subject)).items():
        if one.record in now:
            revision = now[one.record]
            found[revision.form, place[1]] = _verified(site, one, revision)
    return found


def outgoing(site: Site) -> list[Record]:
    """Marks on what leaves this site that are not sealed yet in this epoch, as records."""
    dated = {row.code for row in site.clinical.subjects() if row.enrolled is not None}
    own = [one for one in site.clinical.marks() if one.subject in dated]
    gone = site.clinical.gone_now(one.id for one in own)
    return [Record(mark_revision(one, site.definitions.digest)) for one in own if one.id not in gone]


def counts(found: Iterable[Verified]) -> tuple[int, int]:
    """How many marks hold, and how many tell of something that changed."""
    states = [one.state for one in found]
    return states.count(HOLDS), states.count(FALLEN)


def _verified(site: Site, one: SourceMark, now: Revision) -> Verified:
    then = now if now.ver == one.ver else site.clinical.revision(one.record, one.ver)
    state = stands(one, then.values, now.values)
    names = [one.field] if one.field else sorted({*then.values, *now.values})
    changed = tuple(name for name in names if then.values.get(name) != now.values.get(name))
    return Verified(now.form, one.field, state, one, changed if state == FALLEN else ())


def _put(site: Site, revision: Revision, field: str, act: str) -> SourceMark:
    if not site.may(MONITOR):
        raise NotYourRole("mark what was compared with its source", "monitor")
    check_kept(site, revision.subject)
    with site.clinical.transaction():
        earlier = [one for one in site.clinical.marks(revision.subject) if one.record == revision.id]
        made = SourceMark(
            id=str(uuid.uuid4()),
            subject=revision.subject,
            record=revision.id,
            ver=revision.ver,
            field=field,
            n=1 + max((one.n for one in earlier), default=0),
            act=act,
            who=site.keys.user.code,
            at=site.clock.now().isoformat(timespec="seconds"),
        )
        site.clinical.keep_mark(made)
        detail: dict[str, Json] = {"version": revision.ver, "form": revision.form}
        detail |= {"field": field} if field else {}
        site.clinical.log(f"source_{act}", f"{revision.subject}/{revision.visit}", detail)
    return made


def _last(site: Site, subject: str, visit: str, form: str) -> Revision | None:
    return next(iter(site.clinical.revisions(subject, visit, form)), None)
