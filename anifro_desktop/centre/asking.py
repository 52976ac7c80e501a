"""Questions made from what the centre found by itself: scores that differ, contents that conflict, visits that did not
come, answers that are not what the definitions suggest.

Rules kept here:
- A question says what was found, in words of the study, with numbers of results but with no answer that a person could
  be known by; the site has the record in front of it.
- Of patients whose data may not be used nothing is looked for.
- A visit that a record says was missed, or that lies after the last contact with a patient who was lost, is accounted
  for and is not asked about.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from anifro_desktop.centre.assembling import CLASSIFICATION, SUMMARY, Subject
from anifro_desktop.centre.consent import usable
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.planning import enrolment_state, expected_visits, served, told_missed, windows
from anifro_desktop.centre.querying import Question
from anifro_desktop.centre.reading import conflicts, stream_subjects
from anifro_desktop.centre.rescoring import DIFFERS
from anifro_desktop.centre.suggesting import contradicting
from anifro_desktop.forms.model import Definitions, Label

DIFFERENCES, CONFLICTS, OVERDUE = "differences", "conflicts", "missing"
SOURCES = (DIFFERENCES, CONFLICTS, OVERDUE)
_MOST_PARTS = 4  # of one result, or of the other answers, that are named

_DIFFERS = Label(
    "Il punteggio {rule} ricalcolato a Pisa è diverso: {parts}. Controllare le risposte da cui si calcola.",
    "The score {rule} computed again in Pisa differs: {parts}. Check the answers it is computed from.",
)
_PART = Label("{part} inviato {carried}, a Pisa {computed}", "{part} sent {carried}, in Pisa {computed}")
_CONFLICT = Label(
    "La versione {ver} di questa scheda è arrivata con due contenuti diversi. Dire quale vale e, se serve, correggere.",
    "Version {ver} of this form came with two different contents. Say which one holds and amend it if needed.",
)
_OVERDUE = Label(
    "Questa visita è dovuta e non è arrivata. È stata fatta? Se no, perché?",
    "This visit is due and did not come. Was it done? If not, why?",
)
_CONTRADICTION = Label(
    "La risposta a «{label}» non va d'accordo con altre ({others}). Correggere, oppure confermare con il motivo.",
    'The answer to "{label}" does not go together with others ({others}). Amend it, or keep it with the reason.',
)

_ELSEWHERE = Label(
    "ciò che è registrato altrove: visite precedenti, eventi",
    "what is recorded elsewhere: earlier visits, events",
)


def questions(centre: Centre, sources: Sequence[str], lang: str) -> list[Question]:
    """What there is to ask, from `SOURCES`, in one language, in order of patient and place."""
    found: list[Question] = []
    codes: set[str] = set()
    for subject in usable(stream_subjects(centre)):
        codes.add(subject.code)
        if OVERDUE in sources:
            found += _overdue(subject, lang)
    if DIFFERENCES in sources:
        found += _differences(centre, codes, lang)
    if CONFLICTS in sources:
        found += _conflicts(centre, codes, lang)
    return sorted(found, key=lambda one: (one.subject, one.visit, one.kind, one.field, one.about))


def _differences(centre: Centre, usable: Container[str], lang: str) -> Iterator[Question]:
    by_rule: dict[tuple[str, str, str], list[str]] = {}
    for row in centre.store.differences():
        if row.kind == DIFFERS and row.subject in usable:
            named = {"carried": row.carried or "–", "computed": row.computed or "–", "part": row.part}
            told = by_rule.setdefault((row.subject, row.visit, row.rule), [])
            told.append(_PART.get(lang).format(**named).strip())
    for (subject, visit, rule), parts in by_rule.items():
        some = [*parts[:_MOST_PARTS], *(["…"] if len(parts) > _MOST_PARTS else [])]
        text = _DIFFERS.get(lang).format(rule=rule, parts="; ".join(some))
        form = SUMMARY if visit else CLASSIFICATION
        yield Question(subject, _cut(text), "score", visit, form, about=rule)


def _conflicts(centre: Centre, usable: Container[str], lang: str) -> Iterator[Question]:
    last = {(item.id, item.subject, item.form): item for item in conflicts(centre)}
    for item in last.values():
        if item.subject in usable:
            text = _CONFLICT.get(lang).format(ver=item.ver)
            yield Question(item.subject, text, "conflict", item.visit, item.form, about=f"v{item.ver}")


def _overdue(subject: Subject, lang: str) -> Iterator[Question]:
    if enrolment_state(subject):
        held = served(subject)
        for key in expected_visits(subject):
            if key not in held and not told_missed(subject, key) and not _lost_before(subject, key):
                yield Question(subject.code, _OVERDUE.get(lang), "missing", key)


def _lost_before(subject: Subject, planned: str) -> bool:
    """Whether the patient is recorded as lost, with a last contact before the window of a visit opened."""
    span = windows(subject.answers).get(planned)
    lost = [event.day for event in subject.events_of("lost")]
    return span is not None and any(day is not None and day < span.opens for day in lost)


def suggested_otherwise(definitions: Definitions, subject: Subject, lang: str) -> Iterator[Question]:
    """A question for each answer of a subject that is not what the definitions suggest."""
    for one in contradicting(subject, definitions):
        item = definitions.fields[one.field]
        others = [definitions.fields[name].label.get(lang) for name in one.read if name in definitions.fields]
        others = [*others[:_MOST_PARTS], *(["…"] if len(others) > _MOST_PARTS else [])]
        others += [_ELSEWHERE.get(lang)] if one.elsewhere else []
        text = _CONTRADICTION.get(lang).format(label=item.label.get(lang), others=", ".join(others))
        yield Question(subject.code, _cut(text), "contradiction", one.key, item.form, one.field)


def _cut(text: str) -> str:
    return text if len(text) <= 480 else f"{text[:479]}…"
