"""Records of several packs side by side: read by their own, named as the current one names them.

Rules kept here:
- A record of a known pack is typed by it; its answers stand under today's ids, so that a renamed question is one
  column. A record of an unknown pack is read by the current one, as far as that goes.
- Where two records answer one question, that of the newer pack counts.
- A question that was withdrawn keeps its column and its words while a record of a pack that asked it is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from anifro_desktop.centre.answering import answers_of
from anifro_desktop.forms.library import Library
from anifro_desktop.forms.model import Definitions, Field, Form
from anifro_desktop.record import Revision

if TYPE_CHECKING:
    from anifro_desktop.centre.assembling import Event, Subject, Visit

_UNKNOWN = 8  # hex digits of the digest of a pack that is not known
_DRAFT = "9999"  # a pack that is not published comes after those that are


def answers_now(revision: Revision, packs: Library) -> dict[str, Any]:
    """The typed answers of one revision, under today's ids."""
    own = packs.by_digest(revision.definition) or packs.current
    answers = answers_of(revision, own)
    return {own.names.get(name, name): answer for name, answer in answers.items()} if own.names else answers


def merged(revisions: Iterable[Revision], packs: Library) -> dict[str, Any]:
    """The typed answers of several forms together."""
    answers: dict[str, Any] = {}
    for revision in sorted(revisions, key=lambda item: (packs.age(item.definition), item.form)):
        answers |= answers_now(revision, packs)
    return answers


def kept_now(revision: Revision, packs: Iterable[Definitions]) -> frozenset[str]:
    """The questions, by today's ids, whose answer was kept with a reason. packs: its own among them, if known."""
    names = next((pack.names for pack in packs if pack.digest == revision.definition), {})
    told = ((name, note) for name, note in revision.notes.items() if isinstance(note, Mapping))
    return frozenset(names.get(name, name) for name, note in told if note.get("kind") == "override")


def own_packs(revisions: Iterable[Revision], packs: Library) -> tuple[Definitions, ...]:
    """The packs that some records were made under, as far as they are known, oldest first."""
    return packs.packs(revision.definition for revision in revisions)


def pack_names(revisions: Iterable[Revision], packs: Sequence[Definitions]) -> str:
    """The names of the packs that some records were made under; of one that is not known, the start of its digest."""
    wanted = {revision.definition for revision in revisions}
    names = {pack.digest: pack.pack.id for pack in packs if pack.digest in wanted}
    unknown = sorted(digest[:_UNKNOWN] for digest in wanted - names.keys())
    return " ".join([*names.values(), *unknown])


def present(subjects: Iterable[Subject]) -> tuple[Definitions, ...]:
    """The known packs of everything that was received of some subjects, oldest first."""
    return by_age(pack for subject in subjects for pack in packs_of(subject))


def packs_of(subject: Subject) -> Iterator[Definitions]:
    """The known packs of everything that was received of a subject, one as often as it comes."""
    held: tuple[Subject | Visit | Event, ...] = (subject, *subject.visits, *subject.events)
    return (pack for one in held for pack in one.packs)


def by_age(packs: Iterable[Definitions]) -> tuple[Definitions, ...]:
    """Each of some packs once, oldest first."""
    found = {pack.digest: pack for pack in packs}
    return tuple(sorted(found.values(), key=lambda pack: (pack.pack.published or _DRAFT, pack.pack.id)))


def last_known(packs: Sequence[Definitions]) -> list[tuple[Field, Form, str]]:
    """Every question that left the site under one of the packs, by today's id: as the last of them that sent it has it,
    with its form and the name of that pack."""
    found: dict[str, tuple[Field, Form, str]] = {}
    for pack, form, item in _fields(packs):
        if item.export:
            now = pack.names.get(item.id, item.id)
            found[now] = (replace(item, id=now), form, pack.pack.id)
    return list(found.values())


def named_before(packs: Sequence[Definitions]) -> dict[str, tuple[str, str]]:
    """Of questions that were renamed, by today's id: what they were called last, and the name of that pack."""
    return {
        pack.names[item.id]: (item.id, pack.pack.id)
        for pack, _, item in _fields(packs)
        if item.id in pack.names
    }


def _fields(packs: Iterable[Definitions]) -> Iterator[tuple[Definitions, Form, Field]]:
    return ((pack, form, item) for pack in packs for form in pack.forms for item in form.fields)
