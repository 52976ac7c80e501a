"""What of a patient can be erased, to choose from: former texts of questions, words of reasons, parts of the identity.

It shows the very texts that were typed by mistake, so only to who may erase them; a look at an identity is told to the
trail before anything is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anifro_desktop.forms.model import Label
from anifro_desktop.workflows.audit import finding, words
from anifro_desktop.workflows.erasing import ERASERS, is_free
from anifro_desktop.workflows.errors import NotInTrail, NotYourRole

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site


@dataclass(frozen=True, slots=True)
class Erasable:
    """Something that can be erased. place: visit or event, the form of it; what: the question, or what a reason was of.
    text: that will go. visit, field: of a former text; number: of an entry with the reason (0: it is none).

    count: of entries of the trail with the same reason, of any patient."""

    place: Label
    what: Label
    text: str
    visit: str = ""
    field: str = ""
    number: int = 0
    count: int = 0


def former_texts(site: Site, subject: str) -> tuple[Erasable, ...]:
    """What questions of a patient said before they were corrected, in the order of the visits.

    Raises:
        NotYourRole, NotInTrail.
    """
    from anifro_desktop.store import erasing as store

    rows = {row.id: row for row in _rows(site, subject)}
    found = []
    for visit, field in store.changed_fields(site.clinical, subject):
        row, question = rows.get(visit), site.definitions.fields.get(field) or site.library.field(field)
        if row is None or question is None:
            continue
        texts = store.former_texts(site.clinical, row, field, free=is_free(question))
        if texts:
            place = finding.place_name(site.definitions, row.key)
            found.append(Erasable(place, question.label, " · ".join(texts), row.key, field))
    return tuple(found)


def reasons(site: Site, subject: str) -> tuple[Erasable, ...]:
    """The words that were given as reasons for changes of a patient's records, the newest first. Why something was
    erased is not among them: it is asked for by its entry of the trail (`reason`).

    Raises:
        NotYourRole, NotInTrail.
    """
    from anifro_desktop.store import trail

    _rows(site, subject)
    newest: dict[str, int] = {}
    for number, text in trail.reasons(site.clinical, subject):
        if given := words.given(text):
            newest.setdefault(given, number)
    return tuple(_reason(site, number) for number in newest.values())


def reason(site: Site, number: int) -> Erasable:
    """The words of the reason at an entry of the trail, whomever it is about.

    Raises:
        NotYourRole. CannotErase: there are none.
    """
    from anifro_desktop.workflows.erasing import reason_at
    from anifro_desktop.workflows.errors import CannotErase

    _check(site)
    if not reason_at(site, number):
        raise CannotErase("no_words")
    return _reason(site, number)


def identity(site: Site, subject: str, *, former_only: bool) -> tuple[Erasable, ...]:
    """The parts of an identity that would go, as it was before its correction, or all of it.

    Raises:
        NotYourRole, NotInTrail.
    """
    _rows(site, subject)
    if site.identities is None:
        raise NotYourRole("erase an identity", "site administrator")
    parts = site.identities.texts(subject, former_only=former_only)
    return tuple(Erasable(words.NOTHING, words.PARTS[name], text) for name, text in parts)


def _reason(site: Site, number: int) -> Erasable:
    from anifro_desktop.store.erasing import count_reason
    from anifro_desktop.workflows.erasing import reason_at

    (line,) = finding.lines(site, [number])
    text = reason_at(site, number)
    count = count_reason(site.clinical, text)
    return Erasable(line.place, line.what, text, line.visit, "", number, max(count, 1))


def _check(site: Site) -> None:
    if not site.may(*ERASERS):
        raise NotYourRole("erase what was typed by mistake", "site administrator")


def _rows(site: Site, subject: str) -> tuple[VisitRow, ...]:
    _check(site)
    if subject not in {row.code for row in site.clinical.subjects()}:
        raise NotInTrail("subject", subject)
    return tuple(site.clinical.entries(subject, voided=True))
