"""A visit that was begun under an older version of the forms, taken to the one in use.

Rules kept here:
- Nothing moves by itself: `preview` says what would become of every answer, and `move_to_current` is a person's act,
  told to the trail with both versions.
- A visit that is not moved stays readable, and can be completed, under its own version, for as long as the program has
  it and computes its scores as it says.
- What was completed stays under its version for ever. Amending it may move it: the new version of the record is then of
  the current pack, and the old one stays beside it.
- An answer that is no longer asked stays where it was saved, and `laid_aside` reads it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from anifro_desktop.forms import moving
from anifro_desktop.forms.library import successor
from anifro_desktop.forms.moving import Answer, Move
from anifro_desktop.forms.state import Entry
from anifro_desktop.record import Json
from anifro_desktop.workflows.desk import VOID, empty_session
from anifro_desktop.workflows.errors import NotYourRole, PackRefused
from anifro_desktop.workflows.model import OpenVisit, Standing
from anifro_desktop.workflows.packs import is_older
from anifro_desktop.workflows.site import ENTERING, place_json
from anifro_desktop.workflows.visits import put_on_desk

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site

_OPEN = ("draft", "amending")
MOVED = "pack_moved"


def preview(site: Site, visit: OpenVisit) -> Move | None:
    """What moving a visit to the current pack would do; None where it is under that pack already, or was a mistake."""
    row = site.clinical.visit(visit.id)
    if row.state == VOID or not is_older(site, row):
        return None
    new = empty_session(site, row, site.definitions)
    new.lang = visit.session.lang
    old = site.library.by_digest(row.pack)
    return moving.move(_entries(site, row, visit), old, new, visit.session.scores)


def standing(site: Site, visit: OpenVisit) -> Standing:
    """What there is to say of an open record's version to the person who opened it."""
    asked = visit.state in _OPEN and site.may(*ENTERING)
    return Standing(preview(site, visit) if asked else None, laid_aside(site, visit))


def move_to_current(site: Site, visit: OpenVisit) -> OpenVisit:
    """Take a visit that is being filled or amended to the current pack, as `preview` says; laid out anew.

    Raises:
        NotYourRole, PackRefused: nothing was moved.
    """
    if not site.may(*ENTERING):
        raise NotYourRole("enter answers", "investigator or data entry")
    with site.clinical.transaction():
        row = site.clinical.visit(visit.id)
        if row.state not in _OPEN:
            raise PackRefused("not_open")
        move = preview(site, visit)
        if move is not None:
            site.clinical.save_draft(row.id, move.entries, _place(site, visit))
            site.clinical.set_visit_pack(row.id, site.definitions.digest, MOVED)
            site.clinical.log(MOVED, row.id, _told(move))
    return put_on_desk(site, site.clinical.visit(visit.id))


def laid_aside(site: Site, visit: OpenVisit) -> tuple[Answer, ...]:
    """Answers that were given to a visit under an older pack and are no longer asked, in words."""
    asked = {item.id for form in visit.session.forms for item in form.fields}
    rows = [entry for entry in site.clinical.draft(visit.id) if entry.field not in asked]
    return tuple(
        moving.in_words(entry, site.library.field(entry.field)) for entry in rows if moving.is_given(entry)
    )


def _entries(site: Site, row: VisitRow, visit: OpenVisit) -> tuple[Entry, ...]:
    """All that a visit holds: as its session has it, or as it was saved where its pack is not known."""
    if row.state in _OPEN and site.library.by_digest(row.pack) is None:
        return site.clinical.draft(row.id)
    asked = [item.id for form in visit.session.forms for item in form.fields]
    found = visit.session.entries(asked)
    return tuple(entry for entry in found if moving.is_given(entry) or entry.note_json is not None)


def _place(site: Site, visit: OpenVisit) -> dict[str, Json]:
    fields = site.definitions.fields
    field = successor(visit.place.field, fields, site.definitions.tombstones)
    place = replace(visit.place, form=fields[field].form if field else "", field=field)
    return place_json(place, is_open=False)  # laid out anew, not found again after a fault


def _told(move: Move) -> dict[str, Json]:
    """What the trail keeps of it: versions, ids and counts, no answers (those stand in its other entries)."""
    return {
        "from": "" if move.old is None else move.old.id,
        "to": move.new.id,
        "kept": move.kept,
        "renamed": [[item.field, item.now] for item in move.renamed],
        "aside": [item.field for item in move.aside],
        "unfit": [item.field for item in move.unfit],
        "scores": [item.score for item in move.scores],
    }
