"""The variables of `subject.dta` and `visit.dta`: each exported field, each result and each thing the centre adds.

Names, labels and codes of fields come from the definitions; only what no definition describes is written
here, in both languages. The scores are those the site computed and signed; `rescored` (`class_rescored`) says whether
the centre agrees. No record carries the cumulative dose of glucocorticoid, as events may follow a visit: the centre
sums it up, and says whether a stop is a sustained one (`glucocorticoid`).
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from anifro_desktop.centre.answered import fields
from anifro_desktop.centre.assembling import Subject, Visit
from anifro_desktop.centre.columns import CODE, PACK, SITE, Variable, number, scores, text, whole, yes_no
from anifro_desktop.centre.glucocorticoid import Doses
from anifro_desktop.centre.interim import is_complete
from anifro_desktop.centre.packs import pack_names
from anifro_desktop.centre.scored import ScoreVariable
from anifro_desktop.centre.scored_activity import ACTIVITY
from anifro_desktop.centre.scored_classes import CLASSES
from anifro_desktop.centre.scored_organs import ORGANS
from anifro_desktop.centre.scored_patient import PATIENT
from anifro_desktop.forms.cumulative import STOP_DAYS
from anifro_desktop.forms.model import Definitions, Label
from anifro_desktop.record import Revision

SCORES: tuple[ScoreVariable, ...] = (*ACTIVITY, *ORGANS, *PATIENT)
UNSCHEDULED = 99  # code of `planned_visit`
RESCORED_CODES = {"same": 1, "differs": 0, "not_verifiable": 2}
_RESCORED = {
    0: Label("Pisa calcola diversamente", "the centre computes otherwise"),
    1: Label("uguali al centro", "same at the centre"),
    2: Label("non verificabili", "not verifiable"),
}
_EVALUATED = Label(
    "SLEDAI-2K, PhGA e dose di glucocorticoide noti", "SLEDAI-2K, PhGA and glucocorticoid dose known"
)


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """What a line of `subject.dta` is made from. rescored: of the classification, a key of `RESCORED_CODES`, or empty
    while it has not been received."""

    subject: Subject
    rescored: str = ""


@dataclass(frozen=True, slots=True)
class VisitRow:
    """What a line of `visit.dta` is made from.

    number: 1, 2, 3 ... by study day. serves: months of the planned visit that this one counts for, None if
    for none. rescored: a key of `RESCORED_CODES`. dose_day: study day of the first dose, or None. taken: glucocorticoid
    up to the visit.
    """

    visit: Visit
    number: int
    serves: int | None
    rescored: str
    dose_day: int | None
    taken: Doses


def subject_variables(
    definitions: Definitions, lang: str, packs: Sequence[Definitions] = ()
) -> tuple[Variable, ...]:
    """The columns of `subject.dta`. visit_no is 0 there, so that the three keys stand in every file. packs: those of
    the records, oldest first."""
    derived = {form.id for form in definitions.forms if form.derived}
    number = Label("Numero della visita", "Visit number")
    the_subject = {0: Label("il soggetto", "the subject")}
    signed = Label("Moduli del soggetto firmati", "Forms of the subject signed")
    rescored = Label("Criteri classificativi ricalcolati dal centro", "Classification computed again")
    return (
        text("site", SITE, lang, lambda row: row.subject.site),
        text("subj_id", CODE, lang, lambda row: row.subject.code),
        whole("visit_no", number, lang, lambda row: 0, the_subject),
        *fields(definitions.of_level("subject"), lang, lambda row: row.subject.answers, packs),
        *scores(CLASSES, lang, lambda row: row.subject.scores),
        yes_no("signed", signed, lang, lambda row: row.subject.signed),
        text("pack", PACK, lang, lambda row: pack_names(_filled(row.subject, derived), row.subject.packs)),
        _verdict("class_rescored", rescored, lang),
    )


def _filled(subject: Subject, derived: Set[str]) -> list[Revision]:
    """The records of a subject's own forms that people fill."""
    return [form for name, form in subject.forms.items() if name not in derived]


def visit_variables(
    definitions: Definitions, lang: str, packs: Sequence[Definitions] = ()
) -> tuple[Variable, ...]:
    """The columns of `visit.dta`. packs: those of the records, oldest first."""
    signed = Label("Visita firmata", "Visit signed")
    rescored = Label("Punteggi ricalcolati dal centro", "Scores computed again by the centre")
    return (
        *_visit_keys(lang),
        *_visit_days(definitions, lang),
        *fields(definitions.of_level("visit"), lang, lambda row: row.visit.answers, packs),
        *scores(SCORES, lang, lambda row: row.visit.scores),
        *_glucocorticoid(lang),
        yes_no("evaluated", _EVALUATED, lang, lambda row: is_complete(row.visit)),
        yes_no("signed", signed, lang, lambda row: row.visit.signed),
        text("pack", PACK, lang, lambda row: pack_names(row.visit.forms.values(), row.visit.packs)),
        _verdict("rescored", rescored, lang),
    )


def _glucocorticoid(lang: str) -> tuple[Variable, ...]:
    """What the centre sums up from courses and pulses."""
    whole_time = Label(
        "Dose cumulativa dall’arruolamento (mg di prednisone)",
        "Cumulative dose since enrolment (mg prednisone)",
    )
    since_last = Label(
        "Dose cumulativa dalla visita precedente (mg di prednisone)",
        "Cumulative dose since the visit before (mg prednisone)",
    )
    off = Label(
        f"Glucocorticoide sospeso, da almeno {STOP_DAYS} giorni",
        f"Glucocorticoid stopped, for at least {STOP_DAYS} days",
    )
    return (
        number("pred_cum", whole_time, lang, lambda row: row.taken.since_enrolment),
        number("pred_cum_prev", since_last, lang, lambda row: row.taken.since_last),
        yes_no("gc_stop_sust", off, lang, lambda row: row.taken.off),
    )


def _verdict(name: str, label: Label, lang: str) -> Variable:
    return whole(name, label, lang, lambda row: RESCORED_CODES.get(row.rescored), _RESCORED)


def _visit_keys(lang: str) -> tuple[Variable, ...]:
    number = Label("Numero della visita, per giorno", "Visit number, by day")
    name = Label("Nome della visita nel centro", "The site's name of the visit")
    return (
        text("site", SITE, lang, lambda row: row.visit.site),
        text("subj_id", CODE, lang, lambda row: row.visit.subject),
        whole("visit_no", number, lang, lambda row: row.number),
        text("visit_key", name, lang, lambda row: row.visit.key),
    )


def _visit_days(definitions: Definitions, lang: str) -> tuple[Variable, ...]:
    dose = Label("Giorni dalla prima dose di anifrolumab", "Days since the first anifrolumab dose")
    serves = Label(
        "Visita programmata per cui conta, assegnata dal centro",
        "Planned visit it counts for, by the centre",
    )
    codes = {code.value: code.label for code in definitions.code_lists["planned_visit"].codes}
    return (
        whole("dose_dy", dose, lang, _since_dose),
        whole("serves", serves, lang, _serves, codes),
    )


def _serves(row: VisitRow) -> int:
    return UNSCHEDULED if row.serves is None else row.serves


def _since_dose(row: VisitRow) -> int | None:
    if row.visit.day is None or row.dose_day is None:
        return None
    return row.visit.day - row.dose_day
