"""The definitions as the centre's data follow them: what leaves a site alone, with differences in place of dates.

Rules kept here:
- One set for all packs: today's questions under today's ids, and each that only an older pack asked with its words as
  they were. So the three formats have the columns that the Stata files have, under the same names.
- A date or moment is a whole number of days since enrolment; one that may be known to its month or year only is three
  questions, as in the Stata files (`answered`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from anifro_desktop.centre.answered import names_of
from anifro_desktop.centre.answering import Apart
from anifro_desktop.centre.packs import answers_now, last_known
from anifro_desktop.forms.library import Library
from anifro_desktop.forms.model import Definitions, Field, Form, Label, Section
from anifro_desktop.forms.types import DATED
from anifro_desktop.record import Missing, Revision

Sent = int | Decimal | str | Missing
DAYS = Label("giorni dall’arruolamento", "days since enrolment")
# UCUM, with what they count from, which tells them from a duration.
_UNITS = (
    ("d{enrolment}", DAYS),
    ("mo{enrolment}", Label("mesi di calendario dall’arruolamento", "calendar months since enrolment")),
    ("a{enrolment}", Label("anni di calendario dall’arruolamento", "calendar years since enrolment")),
)


def sent_definitions(current: Definitions, packs: Sequence[Definitions] = ()) -> Definitions:
    """The definitions of what the centre holds. packs: those of the records, oldest first."""
    forms = {form.id: form for pack in packs for form in pack.forms} | {
        form.id: form for form in current.forms
    }
    now = {item.id for item in current.fields.values() if item.export}
    gone: dict[str, list[Field]] = {}
    for item, form, _ in last_known(packs):
        if item.id not in now:
            gone.setdefault(form.id, []).append(item)
    made = []
    for form in forms.values():
        own = form.fields if any(form is one for one in current.forms) else ()
        items = [item for item in own if item.export] + gone.get(form.id, [])
        if items:
            made.append(_form(form, items))
    fields = {item.id: item for form in made for item in form.fields}
    lists = {item.codes.id: item.codes for item in fields.values() if item.codes is not None}
    text = " ".join(sorted({current.digest, *(pack.digest for pack in packs)}))
    digest = hashlib.sha256(f"sent {text}".encode()).hexdigest()
    return replace(current, forms=tuple(made), code_lists=lists, fields=fields, digest=digest)


def _form(form: Form, items: Iterable[Field]) -> Form:
    """The form with some questions. Each stands in the section it is of; one of an older pack in the last."""
    parts: dict[str, list[Field]] = {section.id: [] for section in form.sections}
    last = form.sections[-1].id
    for item in items:
        parts[item.section if item.section in parts else last] += _apart(item)
    sections = tuple(
        Section(section.id, section.label, tuple(parts[section.id]))
        for section in form.sections
        if parts[section.id]
    )
    return replace(form, sections=sections)


def _apart(item: Field) -> list[Field]:
    """A question as what travels of its answer."""
    if item.type not in DATED:
        return [item]
    return [
        replace(item, id=name, type="integer", unit=unit, unit_label=label, soft=None, hard=None)
        for name, (unit, label) in zip(names_of(item), _UNITS, strict=False)
    ]


class Reading:
    """Reads records under the names of `sent_definitions`. What it works out of a pack it keeps: a study has a million
    records and a few packs."""

    def __init__(self, current: Definitions, packs: Library) -> None:
        self._current, self._packs = current, packs
        self._named: dict[str, Mapping[str, tuple[str, ...]]] = {}

    def values(self, revision: Revision) -> dict[str, Sent]:
        """The answers of a revision that leave a site."""
        named = self._of_pack(revision.definition)
        found: dict[str, Sent] = {}
        for name, answer in answers_now(revision, self._packs).items():
            names = named.get(name)
            if names is None:
                continue
            if isinstance(answer, Apart):
                parts = zip(names[1:], (answer.months, answer.years), strict=True)
                found |= {part: value for part, value in parts if value is not None}
            else:
                found[names[0]] = answer
        return found

    def _of_pack(self, digest: str) -> Mapping[str, tuple[str, ...]]:
        """The names of each question of a pack that leaves a site, by today's id."""
        if digest not in self._named:
            own = self._packs.by_digest(digest) or self._current
            then = {own.names.get(name, name): item for name, item in own.fields.items()}
            now = {
                name: self._current.fields.get(name) or replace(item, id=name) for name, item in then.items()
            }
            self._named[digest] = {name: names_of(item) for name, item in now.items() if item.export}
        return self._named[digest]
