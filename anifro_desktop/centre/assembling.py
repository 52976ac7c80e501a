"""From revisions of every version to subjects and visits as they stand now.

Rules kept here:
- Of one record the highest version counts; a version that exists with two contents counts for nothing until
  one of them is followed by a higher version, so the result is the same whatever arrived first or twice.
- Two records of one form of one visit (a visit typed again after a restored backup): the one of the later
  epoch counts, and within an epoch the one whose id sorts first.
- An answer is typed as the definitions say; a date is a whole number of days since enrolment, as it
  travelled.
- A planned visit is served by the visit closest to its target inside its window, an earlier one on a tie;
  nothing outside a window serves a planned visit, whatever name the site gave it.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from anifro_desktop.forms.model import Definitions, Field
from anifro_desktop.forms.types import TYPES
from anifro_desktop.record import Answers, Missing, Revision

SUMMARY = "visit_summary"  # the form that makes a visit a visit: its date, its scores


@dataclass(frozen=True, slots=True)
class Received:
    """A revision as the centre holds it: which site and which epoch of its writer sent it, and whether it was
    said to be deleted (a tombstone)."""

    site: str
    epoch: int
    revision: Revision
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit. day: whole days since enrolment. forms: the agreed revision of each form received. signed:
    whether all of them are."""

    site: str
    subject: str
    key: str
    day: int | None
    answers: Answers
    forms: Mapping[str, Revision]
    signed: bool

    @property
    def summary(self) -> Revision | None:
        """The form that carries the scores; None while it has not been received."""
        return self.forms.get(SUMMARY)

    @property
    def scores(self) -> Mapping[str, Any]:
        """The scores as the site computed and signed them, by rule."""
        return self.summary.scores if self.summary else {}


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject: answers of the forms that belong to no visit, and the visits in order of their days.
    signed: whether its own forms are (derived ones, written by the program at export, are nobody's to
    sign)."""

    site: str
    code: str
    answers: Answers
    forms: Mapping[str, Revision]
    visits: tuple[Visit, ...]
    signed: bool

    def visit(self, key: str) -> Visit | None:
        """The visit of that key, if any of its forms was received."""
        return next((visit for visit in self.visits if visit.key == key), None)


class BadAnswer(ValueError):
    """A value that its field cannot hold; names the field, never the value."""


def typed(field: Field, value: Any) -> Any:
    """The answer of a field from the JSON in which it travelled; None for "not answered". A date is a day, an
    int.

    Raises:
        BadAnswer: the JSON is not what this field's type travels as.
    """
    try:
        if isinstance(value, dict):
            return Missing(str(value["missing"])) if set(value) == {"missing"} else _bad(field)
        if field.type == "date" and value is not None:
            return value if isinstance(value, int) and not isinstance(value, bool) else _bad(field)
        return None if value is None else TYPES[field.type].from_json(value, field)
    except ValueError as error:
        raise BadAnswer(field.id) from error


def _bad(field: Field) -> NoReturn:
    raise BadAnswer(field.id)


def answers_of(revision: Revision, definitions: Definitions) -> dict[str, Any]:
    """The typed answers of one revision.

    What these definitions do not know, or cannot read because the record follows newer ones, is passed over:
    it stays stored, and re-scoring says that the visit cannot be verified. Records of these definitions were
    checked before.
    """
    answers = {}
    for name, value in revision.values.items():
        field = definitions.fields.get(name)
        with contextlib.suppress(BadAnswer):
            if field is not None and (answer := typed(field, value)) is not None:
                answers[name] = answer
    return answers


def check_answers(revision: Revision, definitions: Definitions) -> None:
    """Refuse a revision of these definitions with anything in it that they do not allow.

    Raises:
        BadAnswer: an unknown field, a field of another form, one that may not leave a site, or a value its
        field cannot hold.
    """
    for name, value in revision.values.items():
        field = definitions.fields.get(name)
        if field is None or field.form != revision.form or not field.export:
            raise BadAnswer(name if field is not None else "")
        typed(field, value)


def agreed(received: Iterable[Received]) -> list[Received]:
    """For each form of each visit, the revision that counts now."""
    versions: dict[str, dict[int, dict[str, Received]]] = defaultdict(lambda: defaultdict(dict))
    for item in received:
        contents, digest = versions[item.revision.id][item.revision.ver], item.revision.digest()
        if digest not in contents or item.revision.signature:  # signed later is the same version
            contents[digest] = item
    chosen: dict[tuple[str, str, str], Received] = {}
    for by_version in versions.values():
        single = [ver for ver, contents in by_version.items() if len(contents) == 1]
        if not single:
            continue
        (item,) = by_version[max(single)].values()
        place = (item.revision.subject, item.revision.visit, item.revision.form)
        rival = chosen.get(place)
        if rival is None or _precedence(item) < _precedence(rival):
            chosen[place] = item
    return [chosen[place] for place in sorted(chosen) if not chosen[place].deleted]


def disagreements(received: Iterable[Received]) -> list[tuple[str, int]]:
    """Records (id, version) that were received with two different contents."""
    contents: dict[tuple[str, int], set[str]] = defaultdict(set)
    for item in received:
        contents[item.revision.id, item.revision.ver].add(item.revision.digest())
    return sorted(key for key, digests in contents.items() if len(digests) > 1)


def subjects(received: Iterable[Received], definitions: Definitions) -> list[Subject]:
    """Every subject with the visits that count now, in order of site and code."""
    by_subject: dict[tuple[str, str], list[Revision]] = defaultdict(list)
    for item in agreed(received):
        by_subject[item.site, item.revision.subject].append(item.revision)
    return [
        _subject(site, code, revisions, definitions) for (site, code), revisions in sorted(by_subject.items())
    ]


def _precedence(item: Received) -> tuple[int, str]:
    return (-item.epoch, item.revision.id)


def _subject(site: str, code: str, revisions: list[Revision], definitions: Definitions) -> Subject:
    by_visit: dict[str, dict[str, Revision]] = defaultdict(dict)
    for revision in revisions:
        by_visit[revision.visit][revision.form] = revision
    own = by_visit.pop("", {})
    visits = [_visit(site, code, key, forms, definitions) for key, forms in by_visit.items()]
    visits.sort(key=lambda visit: (visit.day is None, visit.day or 0, visit.key))
    return Subject(site, code, _merged(own, definitions), own, tuple(visits), _signed(own, definitions))


def _visit(site: str, code: str, key: str, forms: Mapping[str, Revision], definitions: Definitions) -> Visit:
    summary = forms.get(SUMMARY)
    days = sorted({form.day for form in forms.values() if form.day is not None})
    day = summary.day if summary else (days[0] if days else None)
    return Visit(site, code, key, day, _merged(forms, definitions), forms, _signed(forms, definitions))


def _signed(forms: Mapping[str, Revision], definitions: Definitions) -> bool:
    derived = {form.id for form in definitions.forms if form.derived}
    asked = [revision for revision in forms.values() if revision.form not in derived]
    return bool(asked) and all(revision.signature for revision in asked)


def _merged(forms: Mapping[str, Revision], definitions: Definitions) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for form in sorted(forms):
        answers.update(answers_of(forms[form], definitions))
    return answers
