"""Every contradiction of the study, and the questions made from them in one step.

Rules kept here:
- What a site kept with a reason is no contradiction any more; of patients whose data may not be used nothing is looked
  for, nor of what is of a day after a withdrawal.
- A finding is asked about once. While a question of the place is open it is not asked again, whatever became of the
  data; once it was settled, only when the data that it rests on have changed since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from anifro_desktop.centre import asking, hearing, querying
from anifro_desktop.centre.assembling import Subject
from anifro_desktop.centre.consent import usable
from anifro_desktop.centre.monitoring import dose_checks, event_checks, since_checks, visit_checks
from anifro_desktop.centre.monitoring.finding import Finding
from anifro_desktop.centre.office import DATA_MANAGER, STATISTICIAN, Centre
from anifro_desktop.centre.packs import kept_now
from anifro_desktop.centre.querying import Question
from anifro_desktop.centre.reading import stream_subjects
from anifro_desktop.forms.model import Definitions
from anifro_desktop.record import Revision
from anifro_desktop.study.visit_keys import ENROLMENT, HISTORY, is_visit
from anifro_desktop.thread import UNSETTLED, Thread

KIND, SUGGESTION = "contradiction", "suggestion"
Place = tuple[str, str, str, str]  # patient, visit or event, form, field
CHECKS = (*event_checks.CHECKS, *dose_checks.CHECKS, *since_checks.CHECKS, *visit_checks.CHECKS)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A contradiction as it stands. rule: of the check, or `suggestion` for an answer that the definitions suggest
    otherwise. asked: whether it is asked about, or was in these data."""

    site: str
    rule: str
    question: Question
    asked: bool


def found(subject: Subject) -> list[Finding]:
    """Every finding of the checks on one subject that nobody kept with a reason, in order of place and rule."""
    some = {(one.visit, one.form, one.field, one.about): one for check in CHECKS for one in check(subject)}
    return [one for _, one in sorted(some.items()) if not _kept(subject, one)]


def contradictions(centre: Centre, lang: str, site: str = "") -> list[Contradiction]:
    """Every contradiction, or those of one site, in order of patient and place.

    Raises:
        RoleNeeded: neither data manager nor statistician.
    """
    centre.need(DATA_MANAGER, STATISTICIAN)
    some = (one for one in usable(stream_subjects(centre)) if site in ("", one.site))
    return of_subjects(some, centre.definitions, hearing.threads(centre), lang)


def of_subjects(
    some: Iterable[Subject], definitions: Definitions, threads: Iterable[Thread], lang: str
) -> list[Contradiction]:
    """The same of subjects whose data may be used, walked once. threads: of these and others."""
    known = _known(threads)
    made = [
        Contradiction(subject.site, rule, one, _asked(one, known))
        for subject in some
        for rule, one in _of_subject(subject, definitions, lang)
    ]
    return sorted(made, key=lambda one: (*_place(one.question), one.rule))


def raise_contradictions(centre: Centre, lang: str, site: str = "") -> list[Thread]:
    """Ask about each contradiction that is not asked about yet; the questions asked now.

    Raises:
        RoleNeeded: not a data manager.
    """
    centre.need(DATA_MANAGER)
    with centre.store.transaction():
        new = [one.question for one in contradictions(centre, lang, site) if not one.asked]
        return querying.raise_new(centre, new)


def _of_subject(subject: Subject, definitions: Definitions, lang: str) -> Iterator[tuple[str, Question]]:
    """Everything to ask about one subject, each with its rule."""
    taken = set()
    for one in found(subject):
        asked = _question(subject.code, one, lang)
        taken.add(_place(asked))
        yield one.about.partition(".")[0], asked
    for asked in asking.suggested_otherwise(definitions, subject, lang):
        # Where a check has more to say of the same answer, the suggestion is not told beside it.
        if _place(asked) not in taken:
            yield SUGGESTION, asked


def _question(subject: str, one: Finding, lang: str) -> Question:
    return Question(subject, one.text.get(lang), KIND, one.visit, one.form, one.field, one.about)


def _place(one: Question) -> Place:
    return (one.subject, one.visit, one.form, one.field)


def _known(threads: Iterable[Thread]) -> Mapping[Place, list[Thread]]:
    places: dict[Place, list[Thread]] = {}
    for one in threads:
        query = one.query
        if query.kind == KIND:
            places.setdefault((query.subject, query.visit, query.form, query.field), []).append(one)
    return places


def _asked(one: Question, known: Mapping[Place, list[Thread]]) -> bool:
    """Whether a question of the place is open, or one in the same data was settled. A suggestion, whose question says
    nothing of the data, is held by its words too (`querying.raise_new`)."""
    here = known.get(_place(one), ())
    return any(
        thread.state in UNSETTLED
        or (thread.query.about == one.about and (bool(one.about) or thread.text == one.text))
        for thread in here
    )


def _kept(subject: Subject, one: Finding) -> bool:
    revision, packs = _place_of(subject, one)
    return revision is not None and one.field in kept_now(revision, packs)


def _place_of(subject: Subject, one: Finding) -> tuple[Revision | None, Sequence[Definitions]]:
    """The record that a finding is asked about, and the packs of what stands there."""
    if one.visit in (ENROLMENT, HISTORY):
        return subject.forms.get(one.form), subject.packs
    if is_visit(one.visit):
        held = subject.visit(one.visit)
        return (None, ()) if held is None else (held.forms.get(one.form), held.packs)
    found = next((event for event in subject.events if event.key == one.visit), None)
    return (None, ()) if found is None else (found.revision, found.packs)
