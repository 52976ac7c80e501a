"""The do-files of the data set: `open_anifro.do` opens and joins the tables, `anifro_tables.do` makes the protocol's.

A line of the second that begins with `it>` or `en>` is for that language alone; the rest is the same in both. It
uses nothing but the `.dta` files beside it, so that who reads it sees how each number comes about. Conventions: those
of the study (`reporting`, `analysis`), which are Stata's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from anifro_desktop.forms.model import Definitions

_OPEN = """* Opens the study's data set: one line a visit, with the columns of its subject and of its course beside it.
* Missing values: . not entered, .a not done, .b not applicable, .c not known, .d refused.
* The protocol's tables are made by anifro_tables.do, time to event and rates from course.dta, flare.dta, period.dta.
* Events have files of their own, one line an event, by site subj_id event_no:
{events}
* One line a patient, baseline and responses, by site subj_id: predictors.dta
* To add a subject's columns to one of them: merge m:1 site subj_id using "subject.dta"
version 14
clear
use "course.dta"
isid site subj_id
tempfile courses
save `courses'
use "subject.dta", clear
isid site subj_id
drop visit_no
rename (signed pack) (subj_signed subj_pack)
merge 1:1 site subj_id using `courses', assert(match) nogenerate
tempfile subjects
save `subjects'
use "visit.dta", clear
isid site subj_id visit_no
merge m:1 site subj_id using `subjects', assert(match using) keep(match) nogenerate
compress
sort site subj_id visit_no
describe, short
"""

_TABLES = r"""
it> * Tabelle del protocollo NCT07215754, dai soli file .dta di questa cartella. Non occorre modificare nulla:
it> *     cd <cartella>
it> *     do anifro_tables.do
it> * 1 stati per visita   2 tassi   3 misure per visita   4 tempo all'evento   5 periodi di osservazione
it> * Mancanti: . non inserito, .a non eseguito, .b non applicabile, .c non noto, .d rifiutato. Ignoto non e' mai "no".
en> * Tables of the protocol NCT07215754, from the .dta files of this folder alone. Nothing needs to be changed:
en> *     cd <folder>
en> *     do anifro_tables.do
en> * 1 states by visit   2 rates   3 measures by visit   4 time to event   5 periods of observation
en> * Missing: . not entered, .a not done, .b not applicable, .c not known, .d refused. Unknown is never "no".
version 14.1
clear all
set more off

it> * ---- 1. Stati per visita programmata -------------------------------------------------------------------------
it> * Popolazione: arruolati (enrolled == 1). Denominatore "dovuti": la finestra della visita e' chiusa (due_mNN).
it> * Non responder: raggiunto / dovuti; visita mancata, fuori finestra o stato ignoto = non raggiunto.
it> * Osservati: raggiunto / noti. Limiti al 95 % di Wilson.
it> * Sospensione del glucocorticoide: solo chi lo prendeva al basale. Danno: dal mese 12.
en> * ---- 1. States by planned visit ------------------------------------------------------------------------------
en> * Population: the enrolled (enrolled == 1). Denominator "due": the window of the visit has closed (due_mNN).
en> * Non-responder: met / due; a visit missed or outside its window, or a state unknown, is not met.
en> * Observed: met / known. 95 % Wilson limits.
en> * Glucocorticoid stopped: only those who took one at baseline. Damage: from month 12 on.
tempfile base planned
use "visit.dta", clear
keep if serves == 0
keep site subj_id pred_eq sledai2k
rename (pred_eq sledai2k) (base_pred base_sledai)
isid site subj_id
save `base'

use "visit.dta", clear
keep if serves < 99
isid site subj_id serves
save `planned'

use "course.dta", clear
keep if enrolled == 1
keep site subj_id due_m*
reshape long due_m, i(site subj_id) j(month) string
keep if due_m == 1
destring month, generate(serves)
drop month due_m
merge m:1 site subj_id using `base', keep(master match) nogenerate
merge 1:1 site subj_id serves using `planned', keep(master match) nogenerate ///
    keepusing(doris lldas steroid_le5 steroid_stopped gc_stop_sust sdi_accrual)

tempname out
tempfile states
postfile `out' str16 state int(month met known due) double(nri nri_lo nri_hi obs obs_lo obs_hi) using `states'
foreach state in doris lldas steroid_le5 steroid_stopped gc_stop_sust sdi_accrual {
    generate byte responder = `state' == 1
    local who "1"
    if inlist("`state'", "steroid_stopped", "gc_stop_sust") local who "base_pred > 0 & base_pred < ."
    if "`state'" == "sdi_accrual" local who "serves >= 12"
    foreach month in 6 12 24 36 48 60 {
        quietly count if serves == `month' & `who'
        local due = r(N)
        quietly count if serves == `month' & `who' & responder
        local met = r(N)
        quietly count if serves == `month' & `who' & `state' < .
        local known = r(N)
        if `due' == 0 continue
        quietly cii proportions `due' `met', wilson
        scalar nri = r(proportion)
        scalar nri_lo = r(lb)
        scalar nri_hi = r(ub)
        foreach part in obs obs_lo obs_hi {
            scalar `part' = .
        }
        if `known' > 0 {
            quietly cii proportions `known' `met', wilson
            scalar obs = r(proportion)
            scalar obs_lo = r(lb)
            scalar obs_hi = r(ub)
        }
        post `out' ("`state'") (`month') (`met') (`known') (`due') ///
            (scalar(nri)) (scalar(nri_lo)) (scalar(nri_hi)) (scalar(obs)) (scalar(obs_lo)) (scalar(obs_hi))
    }
    drop responder
}
postclose `out'
use `states', clear
it> display as result _newline "1. Stati per visita (non responder; osservati)"
en> display as result _newline "1. States by visit (non-responder; observed)"
format nri* obs* %6.4f
list, sepby(state) noobs abbreviate(12)

it> * ---- 2. Tassi per 100 anni-paziente --------------------------------------------------------------------------
it> * Anni-paziente dall'ingresso (giorno 0, o arruolamento se gia' in terapia) alla fine dell'osservazione.
it> * Limiti esatti di Poisson; soggetti con almeno un evento: limiti di Wilson.
en> * ---- 2. Rates per 100 patient-years --------------------------------------------------------------------------
en> * Patient-years from entry (day 0, or enrolment for those on the drug already) to the end of observation.
en> * Exact Poisson limits; subjects with at least one event: Wilson limits.
use "course.dta", clear
keep if enrolled == 1
quietly count
local n = r(N)
quietly summarize fu_years
scalar years = r(sum)
tempname out
tempfile rates
postfile `out' str14 event int(events subjects enrolled) double(years rate rate_lo rate_hi share share_lo share_hi) ///
    using `rates'
if `n' > 0 & scalar(years) > 0 {
    foreach event in flare_n flare_mm_n flare_sev_n ae_n sae_n ae_te_n hosp_ae_n {
        quietly summarize `event'
        local events = r(sum)
        quietly count if `event' > 0 & `event' < .
        local subjects = r(N)
        local exposure = scalar(years)
        quietly cii means `exposure' `events', poisson
        scalar rate = 100 * r(mean)
        scalar rate_lo = 100 * r(lb)
        scalar rate_hi = 100 * r(ub)
        quietly cii proportions `n' `subjects', wilson
        post `out' ("`event'") (`events') (`subjects') (`n') (scalar(years)) ///
            (scalar(rate)) (scalar(rate_lo)) (scalar(rate_hi)) (r(proportion)) (r(lb)) (r(ub))
    }
}
postclose `out'
use `rates', clear
it> display as result _newline "2. Riacutizzazioni ed eventi avversi, per 100 anni-paziente"
en> display as result _newline "2. Flares and adverse events, per 100 patient-years"
format years rate* %9.3f
format share* %6.4f
list, noobs abbreviate(12)

it> * ---- 3. Misure per visita programmata ------------------------------------------------------------------------
it> * Valori osservati, senza imputazione; quartili come summarize, detail. Poi la differenza dal basale, limiti t.
en> * ---- 3. Measures by planned visit ----------------------------------------------------------------------------
en> * Observed values, nothing imputed; quartiles as summarize, detail. Then the change from baseline, t limits.
local measures sledai2k sledas phga pred_eq clasi_activity joints_tjc28 joints_sjc28 sdi ptga pain_100 fatigue_100 ///
    facit_fatigue eq5d_index eq_vas sf36_pcs sf36_mcs
tempfile sets
use "course.dta", clear
keep if enrolled == 1
keep site subj_id entry_dy
save `sets'
use `planned', clear
merge m:1 site subj_id using `sets', keep(match) nogenerate
it> display as result _newline "3. Misure per visita"
en> display as result _newline "3. Measures by visit"
foreach measure of local measures {
    quietly count if `measure' < .
    if r(N) == 0 continue
    display as text _newline "`: variable label `measure''"
    tabstat `measure', by(serves) statistics(n mean sd p25 p50 p75) nototal
    quietly {
        generate double start = `measure' if serves == 0 & `measure' < .
        bysort site subj_id (serves): egen double base = max(start)
        generate double change = `measure' - base if serves > 0 & `measure' < .
        levelsof serves if change < ., local(months)
    }
    foreach month of local months {
        quietly ci means change if serves == `month'
        display as text "  M" %02.0f `month' as result "  n " r(N) "  " %9.3f r(mean) ///
            "  [" %9.3f r(lb) "; " %9.3f r(ub) "]"
    }
    drop start base change
}

it> * ---- 4. Tempo all'evento -------------------------------------------------------------------------------------
it> * Giorni dal giorno 0; chi era gia' in terapia entra all'arruolamento (enter). Kaplan-Meier con limiti
it> * log(-log S), quelli di sts list. Chi non ha alcun giorno a rischio e' escluso da stset. Cox: parita' di Breslow.
it> * Risposte: solo i valutabili. "Osservata": le valutazioni non giudicabili sono ignorate (..._obs).
it> * Danno: il giorno della prima valutazione sopra il basale; il vero giorno e' in un intervallo.
en> * ---- 4. Time to event ----------------------------------------------------------------------------------------
en> * Days from day 0; whoever was on the drug already enters at enrolment (enter). Kaplan-Meier with log(-log S)
en> * limits, those of sts list. Whoever has no day at risk is left out by stset. Cox: Breslow ties.
en> * Responses: the evaluable only. "Observed": assessments that cannot be judged are passed over (..._obs).
en> * Damage: the day of the first assessment above baseline; the true day lies in an interval.
program define curve
    args title event time enter who
    display as result _newline "`title'"
    quietly stset `time' if enrolled == 1 & `event' < . & `time' < . & `who', failure(`event' == 1) ///
        enter(time `enter')
    quietly count if _st == 1
    if r(N) == 0 exit
    stdescribe
    sts list, at(0 183 365 731 1096 1461 1826)
    stci
    quietly count if _d == 1
    if r(N) == 0 exit
    capture noisily stcox i.high_activity, breslow nolog
end
use "course.dta", clear
merge 1:1 site subj_id using `base', keep(master match) nogenerate
generate byte high_activity = base_sledai >= 10 if base_sledai < .
it> label variable high_activity "SLEDAI-2K al basale >= 10"
en> label variable high_activity "SLEDAI-2K at baseline >= 10"
it> curve "Prima riacutizzazione" flare1_obs flare1_t entry_dy 1
it> curve "Prima riacutizzazione grave" flare1_sev_obs flare1_sev_t entry_dy 1
it> curve "Danno aumentato" sdi_accrued sdi_accrued_dy entry_dy 1
it> curve "Sospensione del farmaco (dalla prima dose)" ret_event ret_dy ret_entry_dy 1
it> curve "Primo herpes zoster" zoster1_obs zoster1_t entry_dy 1
it> curve "Prima infezione grave" serious_inf1_obs serious_inf1_t entry_dy 1
en> curve "First flare" flare1_obs flare1_t entry_dy 1
en> curve "First severe flare" flare1_sev_obs flare1_sev_t entry_dy 1
en> curve "Damage accrued" sdi_accrued sdi_accrued_dy entry_dy 1
en> curve "Drug stopped (from the first dose)" ret_event ret_dy ret_entry_dy 1
en> curve "First herpes zoster" zoster1_obs zoster1_t entry_dy 1
en> curve "First serious infection" serious_inf1_obs serious_inf1_t entry_dy 1
foreach rule in lldas doris sledai4 clasi50 joint50 gc5 {
it>     curve "Risposta `rule'" ttr_`rule' ttr_`rule'_dy entry_dy "ttr_`rule'_able == 1"
it>     curve "Risposta `rule', osservata" ttr_`rule'_obs ttr_`rule'_obs_dy entry_dy "ttr_`rule'_able == 1"
en>     curve "Response `rule'" ttr_`rule' ttr_`rule'_dy entry_dy "ttr_`rule'_able == 1"
en>     curve "Response `rule', observed" ttr_`rule'_obs ttr_`rule'_obs_dy entry_dy "ttr_`rule'_able == 1"
}

it> * ---- 5. Periodi di osservazione ------------------------------------------------------------------------------
it> * period.dta: piu' righe per soggetto, ognuna (start_dy, stop_dy]. Prima riacutizzazione: la stessa curva di sopra.
it> * Poi tutte le riacutizzazioni (exit(time .)) secondo lo stato di LLDAS all'inizio del periodo.
en> * ---- 5. Periods of observation -------------------------------------------------------------------------------
en> * period.dta: several lines a subject, each (start_dy, stop_dy]. First flare: the same curve as above.
en> * Then all flares (exit(time .)) by the state of LLDAS at the start of the period.
use "course.dta", clear
keep site subj_id enrolled
tempfile who
save `who'
use "period.dta", clear
merge m:1 site subj_id using `who', keep(match) nogenerate
keep if enrolled == 1
quietly count
if r(N) > 0 {
    egen long person = group(site subj_id)
    stset stop_dy, id(person) time0(start_dy) failure(flare == 1)
    sts list, at(0 183 365 731 1096 1461 1826)
    stset stop_dy, id(person) time0(start_dy) failure(flare == 1) exit(time .) scale(365.25)
    stptime, per(100)
    capture noisily stptime, by(was_lldas) per(100)
    capture noisily stcox i.was_lldas, breslow vce(cluster person) nolog
}
"""


def opening(definitions: Definitions) -> str:
    """The do-file that opens the data set."""
    names = [f"*   {form.id}.dta" for form in definitions.of_level("event")]
    return _OPEN.format(events="\n".join(names))


def protocol_tables(lang: str) -> str:
    """The do-file that makes the protocol's tables."""
    return "\n".join(_for(lang)) + "\n"


def _for(lang: str) -> Iterator[str]:
    for line in _TABLES.strip().splitlines():
        mark, sign, rest = line.partition("> ")
        if not sign or mark not in ("it", "en"):
            yield line
        elif mark == lang:
            yield rest
