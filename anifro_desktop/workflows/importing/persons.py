"""Whom the rows of one patient of the file are about: a known study code, or a new person.

Rules kept here:
- A person is known by study code, by rows entered before, or by surname, name and birth date together.
- Whoever is merely alike is refused or remarked on with the study code; nobody is taken for somebody else by likeness.
- Identities stay in memory here; no remark holds one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from anifro_desktop.identity import Identity, folded, normal_tax_code
from anifro_desktop.study.subject_code import check_code
from anifro_desktop.workflows import patients
from anifro_desktop.workflows.errors import IdentityRefused
from anifro_desktop.workflows.importing.cells import Refused, class_of, dated, is_empty, text_of
from anifro_desktop.workflows.importing.mapping import Plan
from anifro_desktop.workflows.importing.stating import Line, Remark
from anifro_desktop.workflows.importing.words import Said, said
from anifro_desktop.workflows.rehearsing import refused_identity
from anifro_desktop.workflows.withdrawing import JOINED

if TYPE_CHECKING:
    from anifro_desktop.workflows.site import Site

_THE_SAME = 100  # as `patients.likeness` says it of the same numbers, or the same name and birth date

_SPACES = re.compile("[ \u00a0]+")  # the second as Excel and web pages leave it between two names


@dataclass(slots=True)
class Person:
    """Whom some rows are about. code: None for a new person, with the identity. another: shares a known one's name."""

    code: str | None = None
    identity: Identity | None = None
    another: bool = False
    faults: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)


class Persons:
    """The persons of one import. entered: subject by row, of rows of this file that were entered before."""

    def __init__(self, site: Site, plan: Plan, entered: Mapping[int, str]) -> None:
        self._site, self._plan, self._entered = site, plan, entered
        self._names = dict(site.names)  # as before this file, so that a trial and an import see the same
        self._first: dict[tuple[object, ...], tuple[int, str]] = {}
        self._new: list[tuple[int, Identity]] = []

    def of(self, key: str, lines: Iterable[Line]) -> Person:
        """Whom the rows with a key are about; with faults where that is not clear."""
        rows = list(lines)
        person = Person(another=key in self._plan.another)
        code = self._code(key, rows, person)
        identity = self._identity(rows, person)
        if person.faults:
            return person
        if code is None and identity is None:
            person.faults.append(Remark(said("row_nobody")))
        elif code is None and identity is not None:
            self._find(person, identity, rows[0].row.number, key)
        else:
            person.code = code
            known = self._names.get(code or "")
            if identity is not None and known is not None and not _same(identity, known):
                person.faults.append(Remark(said("row_identity", subject=code or "")))
        return person

    # The study code

    def _code(self, key: str, rows: list[Line], person: Person) -> str | None:
        given = {self._plan.codes[key]} if key in self._plan.codes else set()
        given |= {self._entered[line.row.number] for line in rows if line.row.number in self._entered}
        for line in rows:
            cell = line.row.cells.get(self._plan.code) if self._plan.code else None
            if not is_empty(cell):
                try:
                    given.add(check_code(text_of(cell)) or "")
                except Refused:
                    given.add("")
        if len(given) > 1:
            person.faults.append(Remark(said("row_codes"), self._plan.code))
        elif given - self._known():
            person.faults.append(Remark(said("row_code"), self._plan.code))
        return next(iter(given), None)

    def _known(self) -> set[str]:
        """The codes of the site that patients go on under."""
        return {row.code for row in self._site.clinical.subjects() if row.status != JOINED}

    # The identity

    def _identity(self, rows: list[Line], person: Person) -> Identity | None:
        """Who the rows say it is, None where they do not say enough."""
        parts: dict[str, str] = {}
        for line in rows:
            for part, column in self._plan.identity.items():
                cell = line.row.cells.get(column)
                try:
                    text = self._text(part, line)
                except Refused as refused:
                    person.faults.append(Remark(refused.why, column, "", class_of(cell)))
                    continue
                if text and parts.setdefault(part, text) != text:
                    person.faults.append(Remark(said("row_identities"), column, "", class_of(cell)))
        born = date.fromisoformat(parts.pop("birth_date")) if "birth_date" in parts else None
        identity = Identity(birth_date=born, **parts)
        if born is None or not identity.surname or not identity.name:
            return None
        try:
            patients.check_identity(self._site, identity)
        except IdentityRefused as refusal:
            person.faults.append(about_identity(self._plan, rows, refusal))
        return identity

    def _text(self, part: str, line: Line) -> str:
        cell = line.row.cells.get(self._plan.identity[part])
        if is_empty(cell):
            return ""
        if part == "birth_date":
            return dated(cell, self._plan.born)
        text = _SPACES.sub(" ", text_of(cell))
        return (normal_tax_code(text) or text) if part == "tax_code" else text

    def _find(self, person: Person, identity: Identity, row: int, key: str) -> None:
        """Look for a new person among those of the site and of the file."""
        known = self._known()
        exact = [code for code in sorted(known) if code in self._names and _same(identity, self._names[code])]
        person.identity = identity
        first, other = self._first.setdefault((*_traits(identity), person.another), (row, key))
        if other != key:
            person.faults.append(Remark(said("row_same_person", row=first)))
        elif len(exact) > 1:
            person.faults.append(Remark(said("row_several")))
        elif exact and not person.another:
            person.code, person.identity = exact[0], None
        elif not person.another:
            self._alike(person, identity, known)
        if person.code is None:
            self._new.append((row, identity))

    def _alike(self, person: Person, identity: Identity, known: set[str]) -> None:
        """Refuse who is too like somebody of the site or of the file, and remark on who is like somebody."""
        others = [
            (other, said("row_double", subject=code), said("row_alike", subject=code))
            for code, other in self._names.items()
            if code in known
        ]
        others += [
            (other, said("row_double_row", row=row), said("row_alike_row", row=row))
            for row, other in self._new
        ]
        for other, same, similar in others:
            alike = patients.likeness(identity, other)
            if alike == _THE_SAME:
                person.faults.append(Remark(same))
            elif alike >= patients.ALIKE:
                person.notes.append(Remark(similar))


def about_identity(plan: Plan, rows: Iterable[Line], refusal: IdentityRefused) -> Remark:
    """A part of an identity that was refused, with its column."""
    part, words = refused_identity(refusal)
    return about_part(plan, rows, part, said("row_identity_refused", text=words))


def about_part(plan: Plan, rows: Iterable[Line], part: str, what: Said) -> Remark:
    """A remark about a part of an identity, with the column and the kind of cell that it comes from."""
    column = plan.identity.get(part, "")
    cells = [line.row.cells.get(column) for line in rows]
    cell = next((cell for cell in cells if not is_empty(cell)), None)
    return Remark(what, column, part, None if is_empty(cell) else class_of(cell))


def _traits(identity: Identity) -> tuple[object, ...]:
    return folded(identity.surname), folded(identity.name), identity.birth_date


def _same(one: Identity, other: Identity) -> bool:
    """Whether two identities are of one person: name and birth date, and no tax code against it."""
    codes = {normal_tax_code(item.tax_code) for item in (one, other) if item.tax_code}
    return _traits(one) == _traits(other) and len(codes) < 2
