"""Records read by the pack they were made under, and shown under the ids of another.

Rules kept here:
- A record is read by its own pack for ever. One whose pack this program does not know is read by the current one, as
  far as that goes; what it cannot read stays stored.
- Where two records answer one question, that of the newer pack counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from anifro_desktop.forms.errors import BadEntry
from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.moving import between
from anifro_desktop.forms.scoring import RESULTS, score_of
from anifro_desktop.forms.types import from_json
from anifro_desktop.record import Note, Revision, Value
from anifro_desktop.scores.model import Score

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site


def pack_of(site: Site, digest: str) -> Definitions:
    """The pack of a digest; the current one where there is none, or where this program does not know it."""
    return site.library.by_digest(digest) or site.definitions


def is_older(site: Site, row: VisitRow) -> bool:
    """Whether a visit is filled under another pack than the current one."""
    return row.pack not in ("", site.definitions.digest)


def answers_of(
    site: Site, under: Definitions, revisions: Iterable[Revision]
) -> tuple[dict[str, Value], dict[str, Note]]:
    """The answers and notes that completed forms hold, under the ids of a pack."""
    answers: dict[str, Value] = {}
    notes: dict[str, Note] = {}
    for revision in sorted(revisions, key=lambda item: site.library.age(item.definition)):
        own = pack_of(site, revision.definition)
        told = {
            name: Note.from_json(note) for name, note in revision.notes.items() if isinstance(note, Mapping)
        }
        answers |= between(_typed(own, revision), own, under)
        notes |= between(told, own, under)
    return answers, notes


def _typed(own: Definitions, revision: Revision) -> dict[str, Value]:
    found = {}
    for name, value in revision.values.items():
        if name not in own.fields:
            continue
        if revision.definition == own.digest:
            found[name] = from_json(own.fields[name], value)
        else:
            with suppress(BadEntry):
                found[name] = from_json(own.fields[name], value)
    return found


def recorded(under: Definitions, revisions: Iterable[Revision]) -> dict[str, Score]:
    """The results of completed forms that this program carries out in another version than their pack."""
    return {
        name: score_of(data)
        for revision in revisions
        for name, data in revision.scores.items()
        if name in RESULTS and RESULTS[name].rule in under.foreign and isinstance(data, Mapping)
    }
