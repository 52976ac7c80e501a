"""The variables of `course.dta`: what became of each subject over the study, one line a subject.

Days count from day 0, the first dose (without a dose: enrolment). Whoever was on the drug before enrolment is observed
from `entry_dy` on: the column to enter a survival analysis with; those of the report are laid out in `time.dta`. Where
an open assessment leaves a day unsettled, it is empty, and the *observed* reading, which passes over what is open,
stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from anifro_desktop.centre.analysis.organs import SYSTEMS, organs
from anifro_desktop.centre.columns import CODE, SITE, Variable, number, text, whole, yes_no
from anifro_desktop.centre.course import Course
from anifro_desktop.centre.exposure import DIED, FOLLOWED, LOST, WITHDRAWN
from anifro_desktop.centre.observing import counts
from anifro_desktop.centre.planning import enrolment_state, followups
from anifro_desktop.forms.model import Definitions, Label
from anifro_desktop.scores import retention
from anifro_desktop.scores.flare_events import FlareEvent
from anifro_desktop.scores.model import Tri
from anifro_desktop.scores.sfi import MILD_MODERATE, SEVERE
from anifro_desktop.study.schedule import BASELINE

_WHY = {
    FOLLOWED: Label("ancora seguito", "still followed"),
    LOST: Label("perso al follow-up", "lost to follow-up"),
    WITHDRAWN: Label("consenso revocato", "consent withdrawn"),
    DIED: Label("deceduto", "died"),
}
_RESPONSES = {
    "ttr_lldas": Label("LLDAS", "LLDAS"),
    "ttr_doris": Label("DORIS", "DORIS"),
    "ttr_sledai4": Label("SLEDAI-2K −4", "SLEDAI-2K −4"),
    "ttr_clasi50": Label("CLASI-50", "CLASI-50"),
    "ttr_joint50": Label("articolazioni −50 %", "joints −50 %"),
    "ttr_gc5": Label("prednisone ≤5 mg/die", "prednisone ≤5 mg/day"),
}


def course_variables(definitions: Definitions, lang: str) -> tuple[Variable, ...]:
    """The columns of `course.dta`."""
    return (
        text("site", SITE, lang, lambda row: row.subject.site),
        text("subj_id", CODE, lang, lambda row: row.subject.code),
        *_sets(lang),
        *_observation(lang),
        *(variable for rule, label in _RESPONSES.items() for variable in _response(rule, label, lang)),
        *_retention(definitions, lang),
        *_flares(lang),
        *_damage(lang),
        *_safety(lang),
        *_organs(lang),
        *(variable for planned in (BASELINE, *followups()) for variable in _planned(planned, lang)),
    )


def _sets(lang: str) -> tuple[Variable, ...]:
    """Whether a subject is counted: whoever is enrolled, of these the treated in the safety set."""
    enrolled = Label("Arruolato (no: screening fallito)", "Enrolled (no: screening failure)")
    treated = Label("Almeno una dose nota", "At least one dose known")
    return (
        yes_no("enrolled", enrolled, lang, lambda row: enrolment_state(row.subject)),
        yes_no("treated", treated, lang, lambda row: row.exposure.first is not None),
    )


def _observation(lang: str) -> tuple[Variable, ...]:
    entry = Label(
        "Ingresso in osservazione (giorni dal giorno 0)", "Entry into observation (days from day 0)"
    )
    end = Label("Fine dell’osservazione (giorni dal giorno 0)", "End of observation (days from day 0)")
    why = Label("Perché è finita l’osservazione", "Why observation ended")
    dose = Label("Ultima dose nota (giorni dal giorno 0)", "Last known dose (days from day 0)")
    years = Label("Anni-paziente dall’ingresso", "Patient-years from entry")
    naive = Label("Anni-paziente dal giorno 0", "Patient-years from day 0")
    return (
        whole("entry_dy", entry, lang, lambda row: row.exposure.after_day0(row.exposure.entry)),
        whole("end_dy", end, lang, lambda row: row.exposure.after_day0(row.exposure.end)),
        whole("end_why", why, lang, lambda row: row.exposure.why, _WHY),
        whole("last_dose_dy", dose, lang, lambda row: row.exposure.after_day0(row.exposure.last)),
        number("fu_years", years, lang, lambda row: row.years),
        number("fu_years_day0", naive, lang, lambda row: row.exposure.years(row.exposure.day0)),
    )


def _response(rule: str, name: Label, lang: str) -> tuple[Variable, ...]:
    def said(it: str, en: str) -> Label:
        return Label(f"{name.it}: {it}", f"{name.en}: {en}")

    met = said("risposta", "response")
    days = said("giorni alla risposta, o alla censura", "days to response, or to censoring")
    observed = said("risposta osservata", "response observed")
    until = said("giorni osservati", "days observed")
    return (
        yes_no(
            f"{rule}_able", said("valutabile", "evaluable"), lang, lambda row: row.responses[rule].evaluable
        ),
        yes_no(rule, met, lang, lambda row: row.responses[rule].event),
        whole(f"{rule}_dy", days, lang, lambda row: row.responses[rule].days),
        yes_no(f"{rule}_obs", observed, lang, lambda row: row.responses[rule].observed_event),
        whole(f"{rule}_obs_dy", until, lang, lambda row: row.responses[rule].observed_days),
    )


def _retention(definitions: Definitions, lang: str) -> tuple[Variable, ...]:
    event = Label(
        "Terapia finita: sospensione definitiva o morte", "Treatment ended: permanent stop or death"
    )
    days = Label(
        "Giorni dalla prima dose alla fine, o alla censura", "Days from first dose to end, or censoring"
    )
    least = Label("Giorni in terapia, almeno", "Days on treatment, at least")
    most = Label("Giorni in terapia, al massimo", "Days on treatment, at most")
    last = Label("Giorni fino all’ultima dose (sensibilità)", "Days up to the last dose (sensitivity)")
    why = Label("Motivo della fine", "Why it ended")
    reasons = {code.value: code.label for code in definitions.code_lists["stop_reason"].codes}

    def of(part: Callable[[retention.Retention], Any]) -> Callable[[Course], Any]:
        return lambda row: None if row.exposure.retained is None else part(row.exposure.retained)

    return (
        yes_no("ret_event", event, lang, of(lambda kept: kept.event)),
        whole("ret_dy", days, lang, of(lambda kept: kept.days)),
        whole("ret_dy_min", least, lang, of(lambda kept: kept.days_min)),
        whole("ret_dy_max", most, lang, of(lambda kept: kept.days_max)),
        whole("ret_dy_last", last, lang, of(lambda kept: kept.days_last_dose)),
        whole("ret_reason", why, lang, of(lambda kept: _reason(kept.reason)), reasons),
    )


def _reason(reason: str | None) -> int | None:
    """The code of a reason: the list follows the rule's order, from 1."""
    return None if reason is None else retention.REASONS.index(reason) + 1


def _flares(lang: str) -> tuple[Variable, ...]:
    def count(*classes: str) -> Callable[[Course], int]:
        return lambda row: sum(one.flare in classes for one in row.flares)

    def first(*classes: str) -> Callable[[Course], int | None]:
        return lambda row: _first(row, [one for one in row.flares if one.flare in classes])

    every = (MILD_MODERATE, SEVERE)
    unknown = Label("Valutazioni con riacutizzazione non nota", "Assessments with the flare class unknown")
    return (
        whole("flare_n", Label("Riacutizzazioni", "Flares"), lang, count(*every)),
        whole(
            "flare_mm_n",
            Label("Riacutizzazioni lievi o moderate", "Mild or moderate flares"),
            lang,
            count(MILD_MODERATE),
        ),
        whole("flare_sev_n", Label("Riacutizzazioni gravi", "Severe flares"), lang, count(SEVERE)),
        whole("flare_open_n", unknown, lang, lambda row: row.open_flares),
        whole("flare1_dy", Label("Prima riacutizzazione: giorno", "First flare: day"), lang, first(*every)),
        whole(
            "flare1_sev_dy",
            Label("Prima riacutizzazione grave: giorno", "First severe flare: day"),
            lang,
            first(SEVERE),
        ),
    )


def _first(row: Course, flares: list[FlareEvent]) -> int | None:
    return row.exposure.after_day0(min((one.onset for one in flares), default=None))


def _damage(lang: str) -> tuple[Variable, ...]:
    accrued = Label("Danno aumentato dal basale", "Damage accrued since baseline")
    day = Label(
        "Danno: giorno del primo aumento, o della censura", "Damage: day of first accrual, or censoring"
    )
    return (
        whole("sdi_base", Label("SDI al basale", "SDI at baseline"), lang, lambda row: row.damage.baseline),
        whole(
            "sdi_last", Label("SDI, l’ultimo noto", "SDI, the last known"), lang, lambda row: row.damage.last
        ),
        yes_no("sdi_accrued", accrued, lang, lambda row: row.damage.accrued),
        whole("sdi_accrued_dy", day, lang, lambda row: row.exposure.after_day0(row.damage.day)),
    )


def _safety(lang: str) -> tuple[Variable, ...]:
    def count(test: Callable[[Any], Tri]) -> Callable[[Course], int]:
        return lambda row: sum(test(one) is True and counts(row.exposure, one.start) for one in row.adverse)

    zoster = Label("Herpes zoster dall’ingresso", "Herpes zoster since entry")
    infection = Label("Infezione grave dall’ingresso", "Serious infection since entry")
    zoster_day = Label("Primo herpes zoster: giorno", "First herpes zoster: day")
    infection_day = Label("Prima infezione grave: giorno", "First serious infection: day")
    stays = Label(
        "Ricoveri per evento avverso dall’ingresso", "Hospital stays due to an adverse event since entry"
    )
    emergent = Label(
        "Eventi avversi insorti in terapia, dall’ingresso", "Treatment-emergent adverse events since entry"
    )
    return (
        whole(
            "ae_n",
            Label("Eventi avversi dall’ingresso", "Adverse events since entry"),
            lang,
            count(lambda one: True),
        ),
        whole(
            "sae_n",
            Label("Eventi avversi gravi dall’ingresso", "Serious adverse events since entry"),
            lang,
            count(lambda one: one.serious),
        ),
        whole("ae_te_n", emergent, lang, count(lambda one: one.emergent)),
        whole(
            "mace_n",
            Label("Eventi cardiovascolari maggiori dall’ingresso", "Major cardiovascular events since entry"),
            lang,
            count(lambda one: one.mace),
        ),
        whole("hosp_ae_n", stays, lang, lambda row: row.hospital),
        yes_no("zoster", zoster, lang, lambda row: row.zoster[0]),
        whole("zoster_dy", zoster_day, lang, lambda row: row.exposure.after_day0(row.zoster[1])),
        yes_no("serious_inf", infection, lang, lambda row: row.infection[0]),
        whole("serious_inf_dy", infection_day, lang, lambda row: row.exposure.after_day0(row.infection[1])),
    )


def _organs(lang: str) -> tuple[Variable, ...]:
    """Which systems were active at baseline."""

    def active(system: str) -> Callable[[Course], Tri]:
        def found(row: Course) -> Tri:
            start = row.served.get(BASELINE)
            return None if start is None else organs(start.scores).get(system)

        return found

    return tuple(
        yes_no(
            f"organ_{system}",
            Label(f"Attivo al basale: {name.it}", f"Active at baseline: {name.en}"),
            lang,
            active(system),
        )
        for system, (name, _) in SYSTEMS.items()
    )


def _planned(planned: str, lang: str) -> tuple[Variable, ...]:
    name = Label("Basale", "Baseline") if planned == BASELINE else Label(planned.upper(), planned.upper())
    due = Label(f"{name.it}: visita dovuta", f"{name.en}: visit due")
    held = Label(f"{name.it}: visita nella finestra", f"{name.en}: visit in its window")
    return (
        yes_no(f"due_{planned}", due, lang, lambda row: planned in row.due),
        yes_no(f"has_{planned}", held, lang, lambda row: planned in row.served),
    )
