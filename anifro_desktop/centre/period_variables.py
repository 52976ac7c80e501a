"""The variables of `period.dta` (one line a person-period, `periods`) and of `flare.dta` (one line a flare, `course`).

`period.dta` is for `stset stop_dy, id() time0(start_dy) failure()`: states and results at the end of a period stand
under the names they have in `visit.dta`; those that were the last ones at its start, under `was_`, may explain what
happened in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from anifro_desktop.centre.columns import CODE, SITE, Variable, scores, text, whole, yes_no
from anifro_desktop.centre.course import Course
from anifro_desktop.centre.scored import ScoreVariable
from anifro_desktop.centre.scored_activity import ACTIVITY
from anifro_desktop.centre.scored_organs import ORGANS
from anifro_desktop.forms.model import Definitions, Label
from anifro_desktop.scores.flare_events import FlareEvent
from anifro_desktop.scores.sfi import MILD_MODERATE, SEVERE

_RESULTS = (
    "doris", "lldas", "steroid_le5", "sledas_lda", "sdi_accrual", "sledai2k", "sledas", "pred_eq", "sdi",
)  # fmt: skip
_CLASSES = {MILD_MODERATE: 1, SEVERE: 2}
_CLASS_LABELS = {1: Label("lieve o moderata", "mild or moderate"), 2: Label("grave", "severe")}


@dataclass(frozen=True, slots=True)
class FlareRow:
    """What a line of `flare.dta` is made from. number: 1, 2, 3 ... of the subject, by onset."""

    course: Course
    number: int
    flare: FlareEvent


def flare_rows(course: Course) -> list[FlareRow]:
    """The lines of one subject."""
    return [FlareRow(course, number, one) for number, one in enumerate(course.flares, 1)]


def flare_variables(lang: str) -> tuple[Variable, ...]:
    """The columns of `flare.dta`."""
    number = Label("Numero della riacutizzazione, per inizio", "Number of the flare, by onset")
    onset = Label("Inizio: giorni dal giorno 0", "Onset: days from day 0")
    enrolled = Label("Inizio: giorni dall’arruolamento", "Onset: days since enrolment")
    worst = Label(
        "Classe, la più alta (SELENA-SLEDAI Flare Index)", "Class, the highest (SELENA-SLEDAI Flare Index)"
    )
    seen = Label("Valutazioni in cui è stata rilevata", "Assessments at which it was seen")
    return (
        text("site", SITE, lang, lambda row: row.course.subject.site),
        text("subj_id", CODE, lang, lambda row: row.course.subject.code),
        whole("flare_no", number, lang, lambda row: row.number),
        whole("flare_dy", onset, lang, lambda row: row.course.exposure.after_day0(row.flare.onset)),
        whole("flare_onset_dy", enrolled, lang, lambda row: row.flare.onset),
        whole("flare_class", worst, lang, lambda row: _CLASSES[row.flare.flare], _CLASS_LABELS),
        whole("flare_seen_n", seen, lang, lambda row: row.flare.assessments),
    )


def period_variables(definitions: Definitions, lang: str) -> tuple[Variable, ...]:
    """The columns of `period.dta`."""
    return (
        text("site", SITE, lang, lambda row: row.course.subject.site),
        text("subj_id", CODE, lang, lambda row: row.course.subject.code),
        *_span(definitions, lang),
        *_events(lang),
        *scores(_results(), lang, lambda row: row.scores),
        *scores(_results("was_", "all’inizio", "at the start"), lang, lambda row: row.scores_before),
    )


def _span(definitions: Definitions, lang: str) -> tuple[Variable, ...]:
    number = Label("Numero del periodo", "Number of the period")
    start = Label("Inizio del periodo (giorni dal giorno 0)", "Start of the period (days from day 0)")
    stop = Label("Fine del periodo (giorni dal giorno 0)", "End of the period (days from day 0)")
    last = Label("L’osservazione finisce con il periodo", "Observation ends with the period")
    visit = Label("Visita alla fine del periodo: numero", "Visit at the end of the period: number")
    serves = Label("Visita programmata per cui conta", "Planned visit it counts for")
    codes = {code.value: code.label for code in definitions.code_lists["planned_visit"].codes}
    return (
        whole("period_no", number, lang, lambda row: row.number),
        whole("visit_no", visit, lang, lambda row: row.visit_no),
        whole("start_dy", start, lang, lambda row: row.course.exposure.after_day0(row.start)),
        whole("stop_dy", stop, lang, lambda row: row.course.exposure.after_day0(row.stop)),
        yes_no("last_period", last, lang, lambda row: row.last),
        whole("serves", serves, lang, lambda row: row.serves, codes),
    )


def _events(lang: str) -> tuple[Variable, ...]:
    flare = Label("Riacutizzazione alla fine del periodo", "Flare at the end of the period")
    severe = Label("Riacutizzazione grave alla fine del periodo", "Severe flare at the end of the period")
    unknown = Label("Classe della riacutizzazione non nota alla visita", "Flare class unknown at the visit")
    zoster = Label(
        "Primo herpes zoster alla fine del periodo", "First herpes zoster at the end of the period"
    )
    infection = Label(
        "Prima infezione grave alla fine del periodo", "First serious infection at the end of the period"
    )
    ended = Label("Terapia finita alla fine del periodo", "Treatment ended at the end of the period")
    return (
        yes_no("flare", flare, lang, lambda row: row.flare()),
        yes_no("flare_sev", severe, lang, lambda row: row.flare(SEVERE)),
        yes_no("flare_open", unknown, lang, lambda row: row.flare_open),
        yes_no("zoster", zoster, lang, lambda row: row.zoster),
        yes_no("serious_inf", infection, lang, lambda row: row.infection),
        yes_no("drug_end", ended, lang, lambda row: row.treatment_ended),
    )


def _results(prefix: str = "", it: str = "", en: str = "") -> list[ScoreVariable]:
    known = {item.name: item for item in (*ACTIVITY, *ORGANS)}
    found = [known[name] for name in _RESULTS]
    if not prefix:
        return found
    return [
        replace(
            item,
            name=f"{prefix}{item.name}",
            label=Label(f"{item.label.it}, {it}", f"{item.label.en}, {en}"),
        )
        for item in found
    ]
