"""The variables of the event tables: one file a form of events, one line an event.

Adverse events have what the centre works out beside what was answered (`adverse`): the computed answers of the site,
`ae_serious` and `ae_related`, stand there as they came. What the report counts (`analysis.happenings`) has the columns
that say whether and for how long at risk before, so that its tables can be made from the files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anifro_desktop.centre.adverse import Adverse
from anifro_desktop.centre.analysis import happenings
from anifro_desktop.centre.analysis.happenings import Happening
from anifro_desktop.centre.analysis.person import of_course
from anifro_desktop.centre.answered import fields
from anifro_desktop.centre.assembling import Event
from anifro_desktop.centre.columns import CODE, PACK, SITE, Variable, text, whole, yes_no
from anifro_desktop.centre.course import Course
from anifro_desktop.centre.observing import when
from anifro_desktop.centre.packs import pack_names
from anifro_desktop.forms.model import Definitions, Form, Label

ADVERSE = "adverse_event"
COUNTED = (ADVERSE, "hospitalisation", "death", "pregnancy")  # forms of what the report counts
_ONSET = {"pre_treatment": 0, "early": 1, "late": 2}
_ONSET_CODES = {
    0: Label("prima della prima dose", "before the first dose"),
    1: Label("precoce (giorno 0-168)", "early (day 0-168)"),
    2: Label("tardivo", "late"),
}
_PLACES = {"within": 1, "perhaps": 2, "before": 3, "after": 4}
_PLACE_CODES = {
    1: Label("in osservazione: contato", "within: counted"),
    2: Label("forse in osservazione: contato", "perhaps within: counted"),
    3: Label("prima dell’ingresso: non contato", "before entry: not counted"),
    4: Label("dopo il decesso o la revoca: non contato", "after death or withdrawal: not counted"),
}
_RELATED = {"not_related": 0, "related": 1, "not_assessed": 2}
_RELATED_CODES = {
    0: Label("non correlato", "not related"),
    1: Label("correlato", "related"),
    2: Label("non valutato", "not assessed"),
}


@dataclass(frozen=True, slots=True)
class EventRow:
    """What a line of an event table is made from. worked: of an adverse event, what the centre works out. placed: where
    it lies to the time of observation, a key of `_PLACES`; at_risk: days from entry to the first on which it may have
    begun, 0 where that is not known."""

    event: Event
    worked: Adverse | None = None
    placed: str = ""
    at_risk: int = 0


def event_rows(course: Course, form: Form) -> list[EventRow]:
    """The lines of one subject in the table of one form, by number."""
    found = course.subject.events_of(form.id)
    if not found or form.id not in COUNTED:
        return [EventRow(one) for one in found]
    person = of_course(course)
    of = happenings.adverse if form.id == ADVERSE else happenings.records(form.id)
    happened = {item.key: item for item in of(person)}
    worked = {one.event.key: one for one in course.adverse}
    return [
        EventRow(
            event=one,
            worked=worked.get(one.key),
            placed=when(course.exposure, happened[one.key].start),
            at_risk=_at_risk(happened[one.key], course.exposure.entry),
        )
        for one in found
    ]


def _at_risk(item: Happening, entry: int) -> int:
    return 0 if item.start is None else max(0, item.start[0] - entry)


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
        *(_counted(lang) if form.id in COUNTED else ()),
        yes_no("signed", signed, lang, lambda row: row.event.signed),
        text("pack", PACK, lang, lambda row: pack_names((row.event.revision,), row.event.packs)),
    )


def _counted(lang: str) -> tuple[Variable, ...]:
    placed = Label("Inizio rispetto all’osservazione", "Onset against the time of observation")
    days = Label(
        "Giorni a rischio dall’ingresso al primo giorno possibile",
        "Days at risk from entry to the first possible day",
    )
    return (
        whole("placed", placed, lang, lambda row: _PLACES.get(row.placed), _PLACE_CODES),
        whole("risk_dy", days, lang, lambda row: row.at_risk),
    )


def _adverse(lang: str) -> tuple[Variable, ...]:
    serious = Label("Grave, ricavato dal centro", "Serious, by the centre")
    related = Label("Correlato, ricavato dal centro", "Related, by the centre")
    day = Label("Inizio: giorni dalla prima dose", "Onset: days since the first dose")
    onset = Label("Inizio rispetto alla prima dose", "Onset against the first dose")
    after = Label("Inizio: giorni dall’ultima dose nota", "Onset: days since the last known dose")
    emergent = Label("Insorto in terapia", "Treatment-emergent")
    infection = Label("Infezione grave o opportunistica", "Serious or opportunistic infection")
    mace = Label("Evento cardiovascolare maggiore (MACE)", "Major cardiovascular event (MACE)")
    return (
        yes_no("serious", serious, lang, lambda row: row.worked.serious),
        whole("related", related, lang, lambda row: _RELATED.get(row.worked.related), _RELATED_CODES),
        whole("onset_day", day, lang, lambda row: row.worked.onset_day),
        whole("onset_class", onset, lang, lambda row: _ONSET.get(row.worked.onset_class), _ONSET_CODES),
        whole("after_last_dose", after, lang, lambda row: row.worked.after_last),
        yes_no("treat_emergent", emergent, lang, lambda row: row.worked.emergent),
        yes_no("mace", mace, lang, lambda row: row.worked.mace),
        yes_no("inf_serious", infection, lang, lambda row: row.worked.serious_infection),
    )
