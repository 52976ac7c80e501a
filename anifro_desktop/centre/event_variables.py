"""The variables of the event tables: one file a form of events, one line an event.

Adverse events have what the centre works out beside what was answered (`adverse`): the computed answers of the site,
`ae_serious` and `ae_related`, stand there as they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from anifro_desktop.centre.adverse import Adverse, adverse
from anifro_desktop.centre.answered import fields
from anifro_desktop.centre.assembling import Event, Subject
from anifro_desktop.centre.columns import CODE, PACK, SITE, Variable, text, whole, yes_no
from anifro_desktop.centre.exposure import exposure
from anifro_desktop.centre.packs import pack_names
from anifro_desktop.forms.model import Definitions, Form, Label

ADVERSE = "adverse_event"
_ONSET = {"pre_treatment": 0, "early": 1, "late": 2}
_ONSET_CODES = {
    0: Label("prima della prima dose", "before the first dose"),
    1: Label("precoce (giorno 0-168)", "early (day 0-168)"),
    2: Label("tardivo", "late"),
}
_RELATED = {"not_related": 0, "related": 1, "not_assessed": 2}
_RELATED_CODES = {
    0: Label("non correlato", "not related"),
    1: Label("correlato", "related"),
    2: Label("non valutato", "not assessed"),
}


@dataclass(frozen=True, slots=True)
class EventRow:
    """What a line of an event table is made from. worked: of an adverse event, what the centre works out."""

    event: Event
    worked: Adverse | None


def event_rows(subjects: Iterable[Subject], form: Form) -> list[EventRow]:
    """The lines of the table of one form, by subject and number."""
    rows = []
    for subject in subjects:
        if found := subject.events_of(form.id):
            treated = exposure(subject)
            rows += [EventRow(one, adverse(one, treated) if form.id == ADVERSE else None) for one in found]
    return rows


def event_variables(form: Form, lang: str, packs: Sequence[Definitions] = ()) -> tuple[Variable, ...]:
    """The columns of the table of one form. packs: those of the records, oldest first."""
    number = Label("Numero dell’evento, come nella scheda", "Number of the event, as on its record")
    key = Label("Nome dell’evento nel centro", "The site's name of the event")
    signed = Label("Scheda firmata", "Record signed")
    return (
        text("site", SITE, lang, lambda row: row.event.site),
        text("subj_id", CODE, lang, lambda row: row.event.subject),
        whole("event_no", number, lang, lambda row: row.event.number),
        text("event_key", key, lang, lambda row: row.event.key),
        *fields((form,), lang, lambda row: row.event.answers, packs),
        *(_adverse(lang) if form.id == ADVERSE else ()),
        yes_no("signed", signed, lang, lambda row: row.event.signed),
        text("pack", PACK, lang, lambda row: pack_names((row.event.revision,), row.event.packs)),
    )


def _adverse(lang: str) -> tuple[Variable, ...]:
    serious = Label("Grave, ricavato dal centro", "Serious, by the centre")
    related = Label("Correlato, ricavato dal centro", "Related, by the centre")
    day = Label("Inizio: giorni dalla prima dose", "Onset: days since the first dose")
    onset = Label("Inizio rispetto alla prima dose", "Onset against the first dose")
    after = Label("Inizio: giorni dall’ultima dose nota", "Onset: days since the last known dose")
    emergent = Label("Insorto in terapia", "Treatment-emergent")
    mace = Label("Evento cardiovascolare maggiore (MACE)", "Major cardiovascular event (MACE)")
    return (
        yes_no("serious", serious, lang, lambda row: row.worked.serious),
        whole("related", related, lang, lambda row: _RELATED.get(row.worked.related), _RELATED_CODES),
        whole("onset_day", day, lang, lambda row: row.worked.onset_day),
        whole("onset_class", onset, lang, lambda row: _ONSET.get(row.worked.onset_class), _ONSET_CODES),
        whole("after_last_dose", after, lang, lambda row: row.worked.after_last),
        yes_no("treat_emergent", emergent, lang, lambda row: row.worked.emergent),
        yes_no("mace", mace, lang, lambda row: row.worked.mace),
    )
