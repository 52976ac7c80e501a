"""Required questions that were asked for certain and have no answer, by site, form and field.

A question is asked for certain where its form came, its form requires it at that visit, and its condition holds with
the answers that came. What depends on an answer that stays at the site is passed over. A missing reason is an answer
of its own kind: it is told apart, and is not "unanswered". Forms are those of today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from anifro_desktop.centre.analysis.limits import share
from anifro_desktop.centre.analysis.table import Cell, Named, Record, Row, Table, counted
from anifro_desktop.centre.assembling import Subject
from anifro_desktop.centre.monitoring.watching import SITE, Watched
from anifro_desktop.centre.some_calendar import dated
from anifro_desktop.forms.model import Definitions, Field, Form, Label
from anifro_desktop.record import Missing
from anifro_desktop.study.visit_keys import kind_of

FORM, FIELD = Named("form", Label("Scheda", "Form")), Named("field", Label("Domanda", "Question"))
_SEX = "subject_sex"  # how conditions name the sex at enrolment
_REASONS = {
    Missing.NOT_DONE: Label("non eseguito", "not done"),
    Missing.NOT_KNOWN: Label("non noto", "not known"),
    Missing.NOT_APPLICABLE: Label("non applicabile", "not applicable"),
    Missing.REFUSED: Label("rifiutato", "refused"),
}
_COLUMNS = (
    Named("asked", Label("domande poste", "questions asked")),
    Named("unanswered", Label("senza risposta", "unanswered")),
    Named("share", Label("quota senza risposta", "share unanswered")),
    *(Named(reason.value, label) for reason, label in _REASONS.items()),
)
_NOTES = (
    Label(
        "Domande obbligatorie, certamente poste, delle schede arrivate. Un motivo di assenza non conta come senza "
        "risposta. Dietro i numeri stanno le visite e gli eventi, una volta per domanda. Intervalli di Wilson.",
        "Required questions, certainly asked, of the forms that came. A missing reason does not count as unanswered. "
        "Behind the numbers stand visits and events, once a question. Wilson intervals.",
    ),
)


@dataclass(slots=True)
class _Tally:
    asked: int = 0
    open: list[Record] = field(default_factory=list)
    reasons: Mapping[Missing, list[Record]] = field(default_factory=lambda: {one: [] for one in _REASONS})

    def cells(self) -> tuple[Cell, ...]:
        told = (counted(self.reasons[one]) for one in _REASONS)
        return Cell(self.asked), counted(self.open), share(len(self.open), self.asked), *told


_Place = tuple[str, str]  # form and field; empty: all of it


def tables(watched: Watched) -> tuple[Table, Table, Table]:
    """By site; by form and site; by question and site, of those with something missing."""
    made: list[tuple[Named, Mapping[_Place, _Tally]]] = [
        (site, _tallies(some, watched.definitions)) for site, some in watched.groups()
    ]
    by_site = [Row((site,), found[("", "")].cells()) for site, found in made]
    forms = [form for form in watched.definitions.forms if not form.derived]
    by_form = [
        Row((Named(form.id, form.label), site), found[(form.id, "")].cells())
        for form in forms
        for site, found in made
        if (form.id, "") in found
    ]
    by_field = [
        Row((Named(form.id, form.label), Named(item.id, item.label), site), found[(form.id, item.id)].cells())
        for form in forms
        for item in form.fields
        for site, found in made
        if _anything((form.id, item.id), found)
    ]
    return (
        _table("quality_missing", Label("Risposte mancanti", "Missing answers"), (SITE,), by_site),
        _table(
            "quality_missing_form",
            Label("Risposte mancanti per scheda", "Missing answers by form"),
            (FORM, SITE),
            by_form,
        ),
        _table(
            "quality_missing_field",
            Label("Risposte mancanti per domanda", "Missing answers by question"),
            (FORM, FIELD, SITE),
            by_field,
        ),
    )


def _table(name: str, title: Label, heads: tuple[Named, ...], rows: list[Row]) -> Table:
    return Table(name, title, heads, _COLUMNS, tuple(rows), _NOTES)


def _anything(where: _Place, found: Mapping[_Place, _Tally]) -> bool:
    one = found.get(where)
    return one is not None and bool(one.open or any(one.reasons.values()))


def _tallies(some: Iterable[Subject], definitions: Definitions) -> Mapping[_Place, _Tally]:
    found: dict[_Place, _Tally] = defaultdict(_Tally)
    found["", ""] = _Tally()
    required = {form.id: _required(form, definitions) for form in definitions.forms}
    for subject in some:
        for record, form, kind, answers in _forms(subject, definitions):
            if kind in form.optional:
                continue
            shown_by = {**dated(answers, definitions), _SEX: subject.answers.get("sex")}
            for item in required[form.id]:
                if item.show_if is None or item.show_if.test(shown_by) is True:
                    answer = answers.get(item.id)
                    for where in (("", ""), (form.id, ""), (form.id, item.id)):
                        _count(found[where], record, answer)
    return found


def _required(form: Form, definitions: Definitions) -> tuple[Field, ...]:
    """The required questions that leave a site, of which it is known here whether they were asked."""
    return tuple(
        item
        for item in form.fields
        if item.required and item.export and not item.computed and _judged(item, definitions)
    )


def _judged(item: Field, definitions: Definitions) -> bool:
    """Whether it is known here if a question was asked: it hangs on no fact of another record, the sex excepted, on
    nothing that stays at the site, and not on whether another form of the visit is there."""
    shown = item.show_if
    if shown is None:
        return True
    named = [definitions.fields.get(name) for name in shown.names - {_SEX}]
    here = "answered" not in shown.text or all(one is not None and one.form == item.form for one in named)
    return here and all(one is not None and one.export for one in named)


def _count(tally: _Tally, record: Record, answer: Any) -> None:
    tally.asked += 1
    if answer is None:
        tally.open.append(record)
    elif isinstance(answer, Missing):
        tally.reasons[answer].append(record)


def _forms(
    subject: Subject, definitions: Definitions
) -> Iterator[tuple[Record, Form, str, Mapping[str, Any]]]:
    """Each form that came, with its record, the kind of its visit and the answers that its conditions read."""
    known = {form.id: form for form in definitions.forms if not form.derived}
    for form_id in subject.forms:
        if form_id in known:
            yield Record(subject.site, subject.code), known[form_id], "", subject.answers
    for visit in subject.visits:
        for form_id in visit.forms:
            if form_id in known:
                record = Record(subject.site, subject.code, visit.key)
                yield record, known[form_id], kind_of(visit.key), visit.answers
    for event in subject.events:
        if event.form in known:
            yield Record(subject.site, subject.code, event.key), known[event.form], "", event.answers
