it> * Tabelle del protocollo NCT07215754, dai soli file .dta di questa cartella. Non occorre modificare nulla:
it> *     cd <cartella>
it> *     do anifro_tables.do
it> * Le tabelle sono quelle del rapporto del centro (report --to), con gli stessi nomi di tabelle, righe e colonne:
it> *   1 table_counts, table_visits, table_baseline   pazienti, visite, basale
it> *   2 table_states    stati per visita e per sottogruppo     3 table_measures   misure per visita
it> *   4 table_flares    riacutizzazioni                        5 table_times      tempo all'evento
it> *   6 table_received, table_events, table_grades, table_zoster, table_episodes, table_nights   eventi avversi
it> *   7 periodi di osservazione e rischi relativi (oltre il rapporto)
it> * Ognuna resta in un file .dta con il suo nome. _low e _high sono i limiti al 95 %.
it> * Mancanti: . non inserito, .a non eseguito, .b non applicabile, .c non noto, .d rifiutato. Ignoto non e' mai "no".
en> * Tables of the protocol NCT07215754, from the .dta files of this folder alone. Nothing needs to be changed:
en> *     cd <folder>
en> *     do anifro_tables.do
en> * The tables are those of the centre's report (report --to), with the same names of tables, rows and columns:
en> *   1 table_counts, table_visits, table_baseline   patients, visits, baseline
en> *   2 table_states    states by visit and by subgroup        3 table_measures   measures by visit
en> *   4 table_flares    flares                                 5 table_times      time to event
en> *   6 table_received, table_events, table_grades, table_zoster, table_episodes, table_nights   adverse events
en> *   7 periods of observation and hazard ratios (beyond the report)
en> * Each stays in a .dta file of its name. _low and _high are the 95 % limits.
en> * Missing: . not entered, .a not done, .b not applicable, .c not known, .d refused. Unknown is never "no".
version 14.1
clear all
set more off
set varabbrev off
set type double
set linesize 160

it> * Quota con i limiti di Wilson; di nessuno non c'e' quota.
en> * A share with its Wilson limits; of nobody there is none.
program define share_of, rclass
    args met total
    return scalar share = .
    return scalar low = .
    return scalar high = .
    if `total' > 0 {
        quietly cii proportions `total' `met', wilson
        return scalar share = r(proportion)
        return scalar low = r(lb)
        return scalar high = r(ub)
    }
end

it> * Tasso per 100 anni-paziente con i limiti esatti di Poisson; senza tempo non c'e' tasso.
en> * A rate per 100 patient-years with its exact Poisson limits; of no time there is none.
program define rate_of, rclass
    args events years
    return scalar rate = .
    return scalar low = .
    return scalar high = .
    if `years' > 0 {
        quietly cii means `years' `events', poisson
        return scalar rate = 100 * r(mean)
        return scalar low = 100 * r(lb)
        return scalar high = 100 * r(ub)
    }
end

it> * ---- 0. Una riga per soggetto, con cio' che e' noto al basale (base_...) ---------------------------------------
en> * ---- 0. One line a subject, with what is known at baseline (base_...) ------------------------------------------
local measures sledai2k sledai2k_clin sledas phga clasi_activity clasi_damage joints_tjc28 joints_sjc28 ///
    pred_eq sdi ptga_100 pain_100 fatigue_100 facit_fatigue eq5d_index eq_vas sf36_pcs sf36_mcs ///
    sf36_pf sf36_rp sf36_bp sf36_gh sf36_vt sf36_sf sf36_re sf36_mh
local antimalarials on_hydroxychloroquine on_chloroquine on_mepacrine
local immunosuppressants on_methotrexate on_azathioprine on_mycophenolate_mofetil on_mycophenolic_acid ///
    on_leflunomide on_ciclosporin on_tacrolimus on_voclosporin on_cyclophosphamide
tempfile start everybody people planned grid
use "visit.dta", clear
keep if serves == 0
isid site subj_id
keep site subj_id sledas_cat `measures' `antimalarials' `immunosuppressants'
foreach name in sledas_cat `measures' `antimalarials' `immunosuppressants' {
    rename `name' base_`name'
}
save "`start'"
use "course.dta", clear
isid site subj_id
merge 1:1 site subj_id using "subject.dta", assert(match) nogenerate ///
    keepusing(sex age_at_enrolment acr1997 slicc2012 eular2019)
merge 1:1 site subj_id using "predictors.dta", keep(master match) nogenerate keepusing(dis_dur)
merge 1:1 site subj_id using "`start'", keep(master match) nogenerate
it> * Anni-paziente dall'ingresso in osservazione e dal giorno 0; chi non e' stato osservato ne ha 0.
en> * Patient-years from entry into observation and from day 0; who was not observed has 0.
generate whole = cond(fu_years < ., fu_years, 0)
generate whole_day0 = cond(fu_years_day0 < ., fu_years_day0, 0)
save "`everybody'"
keep if enrolled == 1
quietly count
if r(N) == 0 {
it>     display as error "Nessun soggetto arruolato: non c'e' alcuna tabella da fare."
en>     display as error "No subject is enrolled: there is no table to make."
    exit 2000
}
it> * Gruppi al basale (in_...): un soggetto puo' avere piu' apparati attivi.
en> * Groups at baseline (in_...): a subject may have several active organs.
local organs @organs@
local ways sledas sledai organ
local of_sledas remission_range mild moderate_severe unknown
local of_sledai high low unknown
local of_organ `organs' none unknown
generate in_sledas_remission_range = base_sledas_cat == 1
generate in_sledas_mild = base_sledas_cat == 2
generate in_sledas_moderate_severe = base_sledas_cat == 3
generate in_sledas_unknown = base_sledas_cat >= .
generate in_sledai_high = base_sledai2k >= 10 & base_sledai2k < .
generate in_sledai_low = base_sledai2k < 10
generate in_sledai_unknown = base_sledai2k >= .
foreach organ of local organs {
    generate in_organ_`organ' = organ_`organ' == 1
}
egen active = rowmax(organ_*)
egen unasked = rowmiss(organ_*)
generate in_organ_none = active != 1 & unasked == 0
generate in_organ_unknown = active != 1 & unasked > 0
drop active unasked
save "`people'"

it> * ---- 1. Pazienti, visite e basale ----------------------------------------------------------------------------
it> * Quote degli arruolati; del trattamento, di chi ha almeno una dose; al basale, di coloro di cui e' noto.
en> * ---- 1. Patients, visits and baseline ------------------------------------------------------------------------
en> * Shares of the enrolled; of treatment, of those with at least one dose; at baseline, of those known.
postfile counts str32(table line) double(n known share) using "table_counts.dta", replace
program define count_line
    args table line which among
    quietly count if (`which') & (`among')
    local n = r(N)
    quietly count if `among'
    local known = r(N)
    post counts ("`table'") ("`line'") (`n') (`known') (cond(`known' > 0, `n' / `known', .))
end
use "`everybody'", clear
quietly count
post counts ("disposition") ("received") (r(N)) (.) (.)
quietly count if enrolled == 0
post counts ("disposition") ("failures") (r(N)) (.) (.)
quietly count if enrolled >= .
post counts ("disposition") ("open") (r(N)) (.) (.)
keep if enrolled == 1
count_line disposition enrolled 1 1
count_line disposition treated "treated == 1" 1
count_line disposition untreated "treated != 1" 1
count_line disposition followed "end_why == 1" 1
count_line disposition lost "end_why == 2" 1
count_line disposition withdrawn "end_why == 3" 1
count_line disposition died "end_why == 4" 1
count_line disposition on_drug "ret_event == 0" "treated == 1"
count_line disposition stop_open "ret_event >= ." "treated == 1"
count_line disposition ended "ret_event == 1" "treated == 1"
tokenize @stop_reasons@
forvalues code = 1/@stop_reasons_n@ {
    count_line disposition ended_``code'' "ret_event == 1 & ret_reason == `code'" "treated == 1"
}
count_line disposition ended_unknown "ret_event == 1 & ret_reason >= ." "treated == 1"

use "`people'", clear
count_line baseline_classes female "sex == 1" "sex < ."
foreach criteria in acr1997 slicc2012 eular2019 {
    count_line baseline_classes `criteria' "`criteria' == 1" "`criteria' < ."
}
count_line baseline_classes sledai_10 "base_sledai2k >= 10" "base_sledai2k < ."
count_line baseline_classes sledas_remission_range "base_sledas_cat == 1" "base_sledas_cat < ."
count_line baseline_classes sledas_mild "base_sledas_cat == 2" "base_sledas_cat < ."
count_line baseline_classes sledas_moderate_severe "base_sledas_cat == 3" "base_sledas_cat < ."
foreach organ of local organs {
    count_line baseline_classes organ_`organ' "organ_`organ' == 1" "organ_`organ' < ."
}
count_line baseline_classes glucocorticoid "base_pred_eq > 0" "base_pred_eq < ."
it> * Almeno uno di un gruppo di farmaci: si' se uno e' assunto, no solo se di tutti e' noto che no.
en> * Any of a group of drugs: yes if one is taken, no only where all are known not to be.
foreach group in antimalarial immunosuppressant {
    local drugs
    foreach drug of local `group's {
        local drugs `drugs' base_`drug'
    }
    egen `group' = rowmax(`drugs')
    egen unasked = rowmiss(`drugs')
    replace `group' = . if `group' != 1 & unasked > 0
    drop unasked
    count_line baseline_classes `group' "`group' == 1" "`group' < ."
}
count_line baseline_classes damage "base_sdi > 0" "base_sdi < ."
postclose counts

postfile baseline str32(table line) double(n mean sd q1 median q3 least greatest) ///
    using "table_baseline.dta", replace
program define baseline_line
    args line variable
    quietly summarize `variable', detail
    post baseline ("baseline_measures") ("`line'") (r(N)) (r(mean)) (r(sd)) (r(p25)) (r(p50)) (r(p75)) ///
        (r(min)) (r(max))
end
baseline_line age age_at_enrolment
baseline_line duration dis_dur
foreach name in sledai2k sledai2k_clin sledas phga clasi_activity sdi pred_eq facit_fatigue eq5d_index ///
    sf36_pcs sf36_mcs {
    baseline_line `name' base_`name'
}
baseline_line ptga base_ptga_100
baseline_line tjc28 base_joints_tjc28
baseline_line sjc28 base_joints_sjc28
postclose baseline

it> * Una riga per arruolato e visita programmata (serves: mesi), con la visita che vale per essa.
en> * A line for each enrolled subject and planned visit (serves: months), with the visit that serves it.
use "visit.dta", clear
keep if serves < 99
isid site subj_id serves
save "`planned'"
use "`people'", clear
rename due_baseline due_m00
reshape long due_m, i(site subj_id) j(month) string
destring month, generate(serves)
rename due_m due
drop month
merge 1:1 site subj_id serves using "`planned'", keep(master match) generate(came) keepusing(`measures' evaluated ///
    doris doris_off_gc doris_off_trt doris_complete lldas lldas5 sledas_rem sledas_lda ///
    steroid_le5 steroid_stopped gc_stop_sust sdi_accrual)
replace came = came == 3
save "`grid'"

postfile visits str32(table line) double(due attended share missed evaluated) using "table_visits.dta", replace
foreach month in 0 @months@ {
    quietly count if serves == `month' & due == 1
    local due = r(N)
    quietly count if serves == `month' & due == 1 & came
    local attended = r(N)
    quietly count if serves == `month' & due == 1 & evaluated == 1
    post visits ("attendance") (cond(`month' == 0, "baseline", "m" + string(`month', "%02.0f"))) ///
        (`due') (`attended') (cond(`due' > 0, `attended' / `due', .)) (`due' - `attended') (r(N))
}
postclose visits

it> * ---- 2. Stati per visita programmata -------------------------------------------------------------------------
it> * Denominatore "dovuti": arruolati, finestra della visita chiusa (due_mNN). Non responder: raggiunto / dovuti;
it> * visita mancata, fuori finestra o stato ignoto = non raggiunto. Osservati: raggiunto / noti. Limiti di Wilson.
it> * Uno stato che solo alcuni possono raggiungere si chiede a questi (ask_...); di chi non e' noto: open.
en> * ---- 2. States by planned visit ------------------------------------------------------------------------------
en> * Denominator "due": enrolled, the window of the visit has closed (due_mNN). Non-responder: met / due; a visit
en> * missed or outside its window, or a state unknown, is not met. Observed: met / known. Wilson limits.
en> * A state that only some can reach is asked of these (ask_...); of whom that is not known: open.
postfile states str32(table group line) double(met known due non_responder non_responder_low non_responder_high ///
    observed observed_low observed_high open) using "table_states.dta", replace
program define state_lines
    args table state ask from group who
    quietly count if `who'
    if r(N) == 0 exit
    foreach month in @months@ {
        if `month' < `from' continue
        quietly count if serves == `month' & due == 1 & (`who') & `ask' == 1 & `state' == 1
        local met = r(N)
        quietly count if serves == `month' & due == 1 & (`who') & `ask' == 1 & `state' < .
        local known = r(N)
        quietly count if serves == `month' & due == 1 & (`who') & `ask' == 1
        local due = r(N)
        quietly count if serves == `month' & due == 1 & (`who') & `ask' >= .
        local open = r(N)
        share_of `met' `due'
        scalar nri = r(share)
        scalar nri_low = r(low)
        scalar nri_high = r(high)
        share_of `met' `known'
        post states ("`table'") ("`group'") ("m" + string(`month', "%02.0f")) (`met') (`known') (`due') ///
            (scalar(nri)) (scalar(nri_low)) (scalar(nri_high)) (r(share)) (r(low)) (r(high)) (`open')
    }
end
use "`grid'", clear
generate everybody = 1
generate ask_gc = base_pred_eq > 0 if base_pred_eq < .
generate ask_sledai = base_sledai2k >= 4 if base_sledai2k < .
generate ask_clasi = base_clasi_activity >= 10 if base_clasi_activity < .
generate ask_joints = base_joints_tjc28 >= 6 & base_joints_sjc28 >= 6 ///
    if base_joints_tjc28 < . & base_joints_sjc28 < .
replace ask_joints = 0 if base_joints_tjc28 < 6 | base_joints_sjc28 < 6
generate sledai2k_fall4 = base_sledai2k - sledai2k >= 4 if base_sledai2k < . & sledai2k < .
it> * La differenza di SLE-DAS si confronta come si mostra: a due decimali, la meta' per eccesso.
en> * The change of the SLE-DAS is compared as it is shown: to two decimals, a half upwards.
generate sledas_fall172 = floor(100 * (base_sledas - sledas) + 0.5 + 1e-7) >= 172 ///
    if base_sledas < . & sledas < .
generate clasi_half = 2 * clasi_activity <= base_clasi_activity if base_clasi_activity < . & clasi_activity < .
generate tjc_half = 2 * joints_tjc28 <= base_joints_tjc28 if base_joints_tjc28 < . & joints_tjc28 < .
generate sjc_half = 2 * joints_sjc28 <= base_joints_sjc28 if base_joints_sjc28 < . & joints_sjc28 < .
generate joints_half = tjc_half == 1 & sjc_half == 1 if tjc_half < . & sjc_half < .
replace joints_half = 0 if tjc_half == 0 | sjc_half == 0
state_lines doris doris everybody 6 all 1
state_lines lldas lldas everybody 6 all 1
state_lines doris_off_gc doris_off_gc everybody 6 all 1
state_lines doris_off_treatment doris_off_trt everybody 6 all 1
state_lines doris_complete doris_complete everybody 6 all 1
state_lines lldas5 lldas5 everybody 6 all 1
state_lines sledas_remission sledas_rem everybody 6 all 1
state_lines sledas_lda sledas_lda everybody 6 all 1
state_lines sledai2k_fall4 sledai2k_fall4 ask_sledai 6 all 1
state_lines sledas_fall172 sledas_fall172 everybody 6 all 1
state_lines clasi50 clasi_half ask_clasi 6 all 1
state_lines joints50 joints_half ask_joints 6 all 1
state_lines steroid_le5 steroid_le5 everybody 6 all 1
state_lines steroid_stopped steroid_stopped ask_gc 6 all 1
state_lines steroid_stop_sustained gc_stop_sust ask_gc 6 all 1
state_lines sdi_accrual sdi_accrual everybody 12 all 1

it> * Sottogruppi: descrivono, nessun confronto e' previsto. Un gruppo senza soggetti non ha righe.
en> * Subgroups: they describe, no comparison is planned. A group with nobody in it has no lines.
levelsof site, local(sites)
foreach state in doris lldas {
    foreach site of local sites {
        state_lines `state'_by_site `state' everybody 6 "`=lower("`site'")'" `"site == "`site'""'
    }
    foreach way of local ways {
        foreach group of local of_`way' {
            state_lines `state'_by_`way' `state' everybody 6 `group' in_`way'_`group'
        }
    }
}
postclose states

it> * ---- 3. Misure per visita programmata ------------------------------------------------------------------------
it> * Valori osservati, senza imputazione; limiti della t; quartili di summarize, detail. Differenza dal basale di chi
it> * ha entrambi i valori. CLASI: chi aveva attivita' >= 1 al basale; articolazioni: chi ne aveva almeno una.
en> * ---- 3. Measures by planned visit ----------------------------------------------------------------------------
en> * Observed values, nothing imputed; t limits; quartiles of summarize, detail. Change from baseline of those who
en> * have both values. CLASI: those with activity >= 1 at baseline; joints: those with at least one.
postfile measures str32(table line) double(n mean mean_low mean_high sd q1 median q3 ///
    pairs change change_low change_high change_median open) using "table_measures.dta", replace
program define measure_lines
    args table measure ask
    tempvar change
    generate `change' = `measure' - base_`measure' if serves > 0 & `measure' < . & base_`measure' < .
    foreach month in 0 @months@ {
        quietly count if serves == `month' & due == 1 & `ask' >= .
        local open = r(N)
        foreach name in n mean mean_low mean_high sd q1 median q3 pairs change change_low change_high change_median {
            scalar cell_`name' = .
        }
        quietly summarize `measure' if serves == `month' & `ask' == 1, detail
        scalar cell_n = r(N)
        if r(N) > 0 {
            scalar cell_sd = r(sd)
            scalar cell_q1 = r(p25)
            scalar cell_median = r(p50)
            scalar cell_q3 = r(p75)
            quietly ci means `measure' if serves == `month' & `ask' == 1
            scalar cell_mean = r(mean)
            scalar cell_mean_low = r(lb)
            scalar cell_mean_high = r(ub)
        }
        quietly summarize `change' if serves == `month' & `ask' == 1, detail
        scalar cell_pairs = r(N)
        if r(N) > 0 {
            scalar cell_change_median = r(p50)
            quietly ci means `change' if serves == `month' & `ask' == 1
            scalar cell_change = r(mean)
            scalar cell_change_low = r(lb)
            scalar cell_change_high = r(ub)
        }
        post measures ("`table'") (cond(`month' == 0, "baseline", "m" + string(`month', "%02.0f"))) ///
            (scalar(cell_n)) (scalar(cell_mean)) (scalar(cell_mean_low)) (scalar(cell_mean_high)) ///
            (scalar(cell_sd)) (scalar(cell_q1)) (scalar(cell_median)) (scalar(cell_q3)) (scalar(cell_pairs)) ///
            (scalar(cell_change)) (scalar(cell_change_low)) (scalar(cell_change_high)) ///
            (scalar(cell_change_median)) (`open')
    }
end
use "`grid'", clear
generate everybody = 1
generate with_skin = base_clasi_activity >= 1 if base_clasi_activity < .
generate with_joints = base_joints_tjc28 >= 1 | base_joints_sjc28 >= 1 ///
    if base_joints_tjc28 < . & base_joints_sjc28 < .
replace with_joints = 1 if (base_joints_tjc28 >= 1 & base_joints_tjc28 < .) ///
    | (base_joints_sjc28 >= 1 & base_joints_sjc28 < .)
foreach name in sledai2k sledai2k_clin sledas phga pred_eq sdi facit_fatigue eq5d_index eq_vas sf36_pcs sf36_mcs ///
    sf36_pf sf36_rp sf36_bp sf36_gh sf36_vt sf36_sf sf36_re sf36_mh {
    measure_lines over_time_`name' `name' everybody
}
measure_lines over_time_ptga ptga_100 everybody
measure_lines over_time_pain pain_100 everybody
measure_lines over_time_fatigue fatigue_100 everybody
measure_lines over_time_clasi_activity clasi_activity with_skin
measure_lines over_time_clasi_damage clasi_damage with_skin
measure_lines over_time_tjc28 joints_tjc28 with_joints
measure_lines over_time_sjc28 joints_sjc28 with_joints
postclose measures

it> * ---- 4. Riacutizzazioni --------------------------------------------------------------------------------------
it> * Anni-paziente dall'ingresso (giorno 0, o arruolamento se gia' in terapia) alla fine dell'osservazione, e dal
it> * giorno 0 (_naive). Limiti esatti di Poisson; soggetti con almeno una: Wilson. Un anno conta dall'ingresso.
en> * ---- 4. Flares -----------------------------------------------------------------------------------------------
en> * Patient-years from entry (day 0, or enrolment for those on the drug already) to the end of observation, and from
en> * day 0 (_naive). Exact Poisson limits; subjects with at least one: Wilson. A year counts from entry.
postfile flares str32(table group line) double(events subjects of share share_low share_high years ///
    rate rate_low rate_high years_naive rate_naive rate_naive_low rate_naive_high) using "table_flares.dta", replace
program define flare_line
    args table group line events subjects of years naive
    share_of `subjects' `of'
    foreach part in share low high {
        scalar share_`part' = r(`part')
    }
    rate_of `events' `years'
    foreach part in rate low high {
        scalar rate_`part' = r(`part')
    }
    foreach part in rate low high {
        scalar naive_`part' = .
    }
    if `naive' < . {
        rate_of `events' `naive'
        foreach part in rate low high {
            scalar naive_`part' = r(`part')
        }
    }
    post flares ("`table'") ("`group'") ("`line'") (`events') (`subjects') (`of') ///
        (scalar(share_share)) (scalar(share_low)) (scalar(share_high)) (`years') ///
        (scalar(rate_rate)) (scalar(rate_low)) (scalar(rate_high)) ///
        (`naive') (scalar(naive_rate)) (scalar(naive_low)) (scalar(naive_high))
end
use "`people'", clear
quietly summarize whole
local years = r(sum)
quietly summarize whole_day0
local naive = r(sum)
quietly count
local of = r(N)
tokenize any mild_moderate severe
foreach variable in flare_n flare_mm_n flare_sev_n {
    quietly summarize `variable'
    local events = r(sum)
    quietly count if `variable' > 0
    flare_line flares all `1' `events' `r(N)' `of' `years' `naive'
    macro shift
}

it> * Per anno: chi e' stato seguito fin li', i giorni osservati in esso, le riacutizzazioni di quell'anno.
en> * By year: whoever was followed into it, the days observed in it, the flares of that year.
use site subj_id entry_dy end_dy using "`people'", clear
merge 1:m site subj_id using "flare.dta", keep(master match) generate(flared) keepusing(flare_dy flare_class)
egen person = tag(site subj_id)
generate followed = end_dy - entry_dy if end_dy >= entry_dy & end_dy < .
generate year = min(5, floor((flare_dy - entry_dy) / 365.25) + 1) if flared == 3
forvalues number = 1/5 {
    generate days = followed - (`number' - 1) * 365.25 if followed >= (`number' - 1) * 365.25 & followed < .
    if `number' < 5 {
        replace days = min(days, 365.25) if days < .
    }
    quietly summarize days if person
    local years = r(sum) / 365.25
    local of = r(N)
    foreach line in any mild_moderate severe {
        local which 1
        if "`line'" == "mild_moderate" local which "flare_class == 1"
        if "`line'" == "severe" local which "flare_class == 2"
        generate hit = year == `number' & days < . & (`which')
        quietly count if hit
        local events = r(N)
        egen struck = max(hit), by(site subj_id)
        quietly count if person & struck == 1
        flare_line flares_by_year year`number' `line' `events' `r(N)' `of' `years' .
        drop hit struck
    }
    drop days
}
postclose flares

it> * ---- 5. Tempo all'evento -------------------------------------------------------------------------------------
it> * time.dta: una riga per soggetto, endpoint e analisi. Giorni dal giorno 0; con ingresso ritardato chi era gia' in
it> * terapia entra all'arruolamento. Kaplan-Meier, limiti log(-log S), quelli di sts list; mediana e limiti di stci.
it> * Mesi di 30,4375 giorni. Prima del primo ingresso e dopo l'ultima uscita non c'e' stima. Risposte (ttr_...): 1 - S.
en> * ---- 5. Time to event ----------------------------------------------------------------------------------------
en> * time.dta: a line a subject, endpoint and analysis. Days from day 0; with delayed entry whoever was on the drug
en> * already enters at enrolment. Kaplan-Meier, log(-log S) limits, those of sts list; median and limits of stci.
en> * Months of 30.4375 days. No estimate before the first entry and after the last exit. Responses (ttr_...): 1 - S.
local cells
local risks
foreach month in @months_two@ {
    local cells `cells' m`month' m`month'_low m`month'_high
    local risks `risks' risk_m`month'
}
postfile times str32(table line) double(enrolled untreated not_evaluable unsettled no_time analysed events ///
    censored years median median_low median_high `cells' risk_m00 `risks') using "table_times.dta", replace
program define time_line
    args table line endpoint analysis who
    preserve
    quietly {
        keep if endpoint == "`endpoint'" & analysis == "`analysis'" & (`who')
        count
        if r(N) == 0 {
            restore
            exit
        }
        local post (`r(N)')
        foreach reason in 1 2 3 4 0 {
            count if left_out == `reason'
            local post `post' (`r(N)')
        }
        count if left_out == 0
        local analysed = r(N)
        count if left_out == 0 & event == 1
        local events = r(N)
        local post `post' (`events') (`analysed' - `events')
        foreach name in years first last median median_low median_high {
            scalar time_`name' = .
        }
        scalar time_years = 0
        if `analysed' > 0 {
            stset stop_dy if left_out == 0, failure(event == 1) enter(time enter_dy)
            generate spent = _t - _t0
            summarize spent
            scalar time_years = r(sum) / 365.25
            summarize _t0
            scalar time_first = r(min)
            summarize _t
            scalar time_last = r(max)
        }
        if `events' > 0 {
            stci
            scalar time_median = r(p50)
            scalar time_median_low = r(lb)
            scalar time_median_high = r(ub)
            sts generate surv = s surv_low = lb(s) surv_high = ub(s)
        }
        foreach month in @months@ {
            local day = `month' * 30.4375
            scalar surv_at = cond(`analysed' > 0, 1, .)
            scalar low_at = .
            scalar high_at = .
            if `events' > 0 {
                summarize _t if _d == 1 & _t <= `day'
                if r(N) > 0 {
                    local at = r(max)
                    summarize surv if _d == 1 & _t == `at'
                    scalar surv_at = r(mean)
                    summarize surv_low if _d == 1 & _t == `at'
                    scalar low_at = r(mean)
                    summarize surv_high if _d == 1 & _t == `at'
                    scalar high_at = r(mean)
                }
            }
            if scalar(surv_at) != 0 & (`day' < scalar(time_first) | `day' > scalar(time_last)) {
                scalar surv_at = .
                scalar low_at = .
                scalar high_at = .
            }
            if substr("`endpoint'", 1, 4) == "ttr_" {
                scalar turned = 1 - scalar(high_at)
                scalar high_at = 1 - scalar(low_at)
                scalar low_at = scalar(turned)
                scalar surv_at = 1 - scalar(surv_at)
            }
            foreach part in surv low high {
                scalar `part'_`month' = scalar(`part'_at)
            }
        }
        local shown
        local risks
        count if left_out == 0 & enter_dy <= 0
        local risks (`r(N)')
        foreach month in @months@ {
            local shown `shown' (scalar(surv_`month')) (scalar(low_`month')) (scalar(high_`month'))
            count if left_out == 0 & enter_dy < `month' * 30.4375 & stop_dy >= `month' * 30.4375
            local risks `risks' (`r(N)')
        }
    }
    post times ("`table'") ("`line'") `post' (scalar(time_years)) (scalar(time_median)) ///
        (scalar(time_median_low)) (scalar(time_median_high)) `shown' `risks'
    restore
end
use site subj_id in_* using "`people'", clear
merge 1:m site subj_id using "time.dta", assert(match) nogenerate
levelsof endpoint, local(endpoints) clean
foreach endpoint of local endpoints {
    levelsof analysis if endpoint == "`endpoint'", local(analyses) clean
    foreach analysis of local analyses {
        time_line `endpoint' `analysis' `endpoint' `analysis' 1
    }
}
it> * Persistenza in terapia per sottogruppo.
en> * Drug retention by subgroup.
levelsof site, local(sites)
foreach site of local sites {
    time_line drug_retention_by_site "`=lower("`site'")'" drug_retention delayed `"site == "`site'""'
}
foreach way of local ways {
    foreach group of local of_`way' {
        time_line drug_retention_by_`way' `group' drug_retention delayed in_`way'_`group'
    }
}
postclose times

it> * ---- 6. Eventi avversi, ricoveri, eventi di interesse particolare ---------------------------------------------
it> * Contati (placed 1, 2): iniziati in osservazione, o forse. Due insiemi: arruolati, e chi ha almeno una dose. Tasso:
it> * eventi / anni-paziente, limiti esatti. EAIR: soggetti con l'evento / tempo fino al primo (risk_dy) e tempo intero
it> * degli altri. Quota: Wilson. Cio' che non e' noto ha una riga sua (..._unknown).
en> * ---- 6. Adverse events, hospital stays, events of special interest --------------------------------------------
en> * Counted (placed 1, 2): begun under observation, or perhaps. Two sets: the enrolled, and those with at least one
en> * dose. Rate: events / patient-years, exact limits. EAIR: subjects with the event / time up to the first (risk_dy)
en> * and the whole time of the others. Share: Wilson. What is not known has a line of its own (..._unknown).
postfile received str32(table group line) double(events subjects) using "table_received.dta", replace
program define received_line
    args group line which
    quietly count if `which'
    local events = r(N)
    quietly egen one = tag(site subj_id) if `which'
    quietly count if one == 1
    post received ("events_counted") ("`group'") ("`line'") (`events') (r(N))
    drop one
end
foreach form in adverse_event hospitalisation pregnancy death {
    use site subj_id enrolled using "`everybody'", clear
    merge 1:m site subj_id using "`form'.dta", keep(match) nogenerate keepusing(placed)
    received_line `form' received 1
    received_line `form' not_enrolled "enrolled == 0"
    received_line `form' enrolment_unknown "enrolled >= ."
    received_line `form' before "enrolled == 1 & placed == 3"
    received_line `form' within "enrolled == 1 & placed == 1"
    received_line `form' perhaps "enrolled == 1 & placed == 2"
    received_line `form' after "enrolled == 1 & placed == 4"
}
postclose received

postfile events str32(table group line) double(events subjects of share share_low share_high years ///
    rate rate_low rate_high eair eair_low eair_high) using "table_events.dta", replace
program define event_line
    args table line which
    tempvar hit first time
    quietly {
        generate `hit' = here & (`which')
        egen `first' = min(cond(`hit', risk_dy / 365.25, .)), by(site subj_id)
        generate `time' = min(`first', whole)
        foreach set of global sets {
            count if `hit' & in_`set'
            local events = r(N)
            count if person & `first' < . & in_`set'
            local subjects = r(N)
            summarize whole if person & in_`set'
            local of = r(N)
            local years = r(sum)
            summarize `time' if person & in_`set'
            local until = r(sum)
            share_of `subjects' `of'
            foreach part in share low high {
                scalar share_`part' = r(`part')
            }
            rate_of `events' `years'
            foreach part in rate low high {
                scalar rate_`part' = r(`part')
            }
            rate_of `subjects' `until'
            post events ("`table'") ("`set'") ("`line'") (`events') (`subjects') (`of') ///
                (scalar(share_share)) (scalar(share_low)) (scalar(share_high)) (`years') ///
                (scalar(rate_rate)) (scalar(rate_low)) (scalar(rate_high)) (r(rate)) (r(low)) (r(high))
        }
    }
end
it> * Una riga per cio' che e' cosi' (answer == 1) e una per cio' che non e' noto.
en> * A line for what is so (answer == 1) and one for what is not known.
program define event_told
    args table line which answer
    event_line `table' `line' "(`which') & `answer' == 1"
    event_line `table' `line'_unknown "(`which') & `answer' >= ."
end
it> * Una riga per codice, anche se nessuno lo ha.
en> * A line a code, also where nobody has it.
program define event_codes
    args table field which codes
    foreach code of local codes {
        event_line `table' `field'_`code' "(`which') & `field' == `code'"
    }
    event_line `table' `field'_unknown "(`which') & `field' >= ."
end
it> * Tutti gli eventi di una categoria, i gravi tra essi, e quelli di cui la categoria non e' nota.
en> * All events of a category, the serious among them, and those whose category is not known.
program define event_category
    args table which
    event_line `table' any "`which'"
    event_line `table' category_unknown "aesi_category >= ."
    event_told `table' serious "`which'" serious
end
it> * Le righe di un file di eventi accanto ai soggetti: ognuno ha almeno una riga, here dice se e' un evento contato.
en> * The lines of a file of events beside the subjects: each has at least one, here says whether it is a counted event.
program define open_events
    args people file who
    use site subj_id sex treated whole entry_dy end_dy last_dose_dy using "`people'", clear
    keep if `who'
    merge 1:m site subj_id using "`file'", keep(master match) generate(found)
    generate here = found == 3 & inlist(placed, 1, 2)
    egen person = tag(site subj_id)
    generate in_enrolled = 1
    generate in_treated = treated == 1
end
global sets enrolled treated
open_events "`people'" adverse_event.dta 1
generate grade = ae_grade if inlist(ae_grade, 1, 2, 3, 4, 5)
generate severe = grade >= 3 if grade < .
generate fatal = outcome == 5 if outcome < . & outcome != 0
replace fatal = 0 if fatal >= . & ser_death == 0
generate stopped = action_taken == 1 if action_taken < . & action_taken != 0
generate linked = related == 1 if inlist(related, 0, 1)
generate both = serious == 1 & treat_emergent == 1 if serious < . & treat_emergent < .
replace both = 0 if serious == 0 | treat_emergent == 0
generate is_zoster = aesi_category == 1 if aesi_category < .
event_line adverse_overall any 1
event_told adverse_overall serious 1 serious
event_line adverse_overall not_serious "serious == 0"
event_told adverse_overall emergent 1 treat_emergent
event_line adverse_overall not_emergent "treat_emergent == 0"
event_told adverse_overall serious_emergent 1 both
event_told adverse_overall severe 1 severe
event_told adverse_overall fatal 1 fatal
event_told adverse_overall stopped 1 stopped
event_told adverse_overall interrupted 1 interrupted
foreach some in all serious {
    local which 1
    if "`some'" == "serious" local which "serious == 1"
    event_line adverse_onset early_`some' "(`which') & onset_class == 1"
    event_line adverse_onset late_`some' "(`which') & onset_class == 2"
    event_line adverse_onset pre_treatment_`some' "(`which') & onset_class == 0"
    event_line adverse_onset onset_unknown_`some' "(`which') & onset_class >= ."
    event_line adverse_relation related_`some' "(`which') & related == 1"
    event_line adverse_relation not_related_`some' "(`which') & related == 0"
    event_line adverse_relation not_assessed_`some' "(`which') & related == 2"
    event_line adverse_relation relation_unknown_`some' "(`which') & related >= ."
    event_line adverse_relation conservative_`some' "(`which') & inlist(related, 1, 2)"
}
event_codes adverse_system ae_system 1 "@ae_system@"
event_codes serious_system ae_system "serious == 1" "@ae_system@"
event_codes adverse_category aesi_category 1 "@aesi@"
event_codes adverse_outcome outcome 1 "@ae_outcome@"
event_codes adverse_action action_taken 1 "@action_taken@"
event_category infections "inlist(aesi_category, 1, 2, 3)"
event_told infections serious_infection 1 inf_serious
event_line infections zoster "aesi_category == 1"
event_codes infections oinf_site "aesi_category == 3" "@infection_site@"
event_category serious_infections "aesi_category == 2"
event_codes serious_infections sinf_site "aesi_category == 2" "@serious_infection_site@"
event_codes serious_infections sinf_organism "aesi_category == 2" "@organism_class@"
event_told serious_infections sinf_iv "aesi_category == 2" sinf_iv
event_category cardiovascular "aesi_category == 4"
event_told cardiovascular mace 1 mace
event_codes cardiovascular cv_type "aesi_category == 4" "@cv_type@"
event_category neoplasms "aesi_category == 5"
event_codes neoplasms neo_behaviour "aesi_category == 5" "@neo_behaviour@"
event_codes neoplasms neo_precancer "aesi_category == 5 & neo_behaviour == 3" "@neo_precancer@"
event_codes neoplasms neo_site "aesi_category == 5" "@neo_site@"
event_category hypersensitivity "aesi_category == 6"
event_told hypersensitivity hyp_anaphylaxis "aesi_category == 6" hyp_anaphylaxis
event_told hypersensitivity hyp_angioedema "aesi_category == 6" hyp_angioedema
event_codes hypersensitivity hyp_site "aesi_category == 6" "@reaction_site@"

it> * Per grado CTCAE: gli eventi al loro grado, ogni soggetto una volta al peggiore noto.
en> * By CTCAE grade: events at their own, each subject once at the worst known.
postfile grades str32(table group line) double(events subjects of share share_low share_high) ///
    using "table_grades.dta", replace
egen worst = max(cond(here, grade, .)), by(site subj_id)
egen struck = max(here), by(site subj_id)
foreach set in enrolled treated {
    quietly count if person & in_`set'
    local of = r(N)
    foreach line in grade5 grade4 grade3 grade2 grade1 unknown {
        local which ">= ."
        if "`line'" != "unknown" local which "== `=substr("`line'", 6, 1)'"
        quietly count if here & in_`set' & grade `which'
        local events = r(N)
        quietly count if person & struck == 1 & in_`set' & worst `which'
        local subjects = r(N)
        share_of `subjects' `of'
        post grades ("adverse_severity") ("`set'") ("`line'") (`events') (`subjects') (`of') ///
            (r(share)) (r(low)) (r(high))
    }
}
postclose grades

it> * Herpes zoster: che ne e' stato di ogni episodio. Una domanda senza risposta e' ignota; .b: non applicabile.
en> * Herpes zoster: what became of each episode. A question without an answer is unknown; .b: not applicable.
postfile zoster str32(table group line) double(yes no not_applicable unknown share share_low share_high) ///
    using "table_zoster.dta", replace
program define zoster_line
    args line answer which
    foreach set in enrolled treated {
        quietly count if here & in_`set' & aesi_category == 1 & `answer' < . & (`which')
        local yes = r(N)
        quietly count if here & in_`set' & aesi_category == 1 & `answer' < .
        local known = r(N)
        quietly count if here & in_`set' & aesi_category == 1 & `answer' == .b
        local none = r(N)
        quietly count if here & in_`set' & aesi_category == 1 & `answer' >= . & `answer' != .b
        local unknown = r(N)
        share_of `yes' `known'
        post zoster ("zoster_outcomes") ("`set'") ("`line'") (`yes') (`known' - `yes') (`none') (`unknown') ///
            (r(share)) (r(low)) (r(high))
    }
end
foreach answer in serious zos_disseminated zos_ophthalmic zos_cns zos_pain_90d zos_antiviral zos_hospitalised ///
    zos_sequelae {
    zoster_line `answer' `answer' "`answer' == 1"
}
zoster_line dermatomes zos_dermatomes "zos_dermatomes >= 3"
zoster_line recurrence zos_recurrence "zos_recurrence >= 1"
zoster_line vaccinated zos_vaccine_doses "zos_vaccine_doses >= 1"
zoster_line vaccinated_twice zos_vaccine_doses "zos_vaccine_doses >= 2"
foreach code in @body_side@ {
    zoster_line zos_side_`code' zos_side "zos_side == `code'"
}
foreach code in @drug_held@ {
    zoster_line zos_anifrolumab_`code' zos_anifrolumab "zos_anifrolumab == `code'"
}
generate healed = zos_resolution_dy
replace healed = 1 if zos_resolution_dy < . | zos_resolution_mo < . | zos_resolution_yr < .
zoster_line healed healed 1
foreach set in enrolled treated {
    quietly count if here & in_`set' & aesi_category >= .
    post zoster ("zoster_outcomes") ("`set'") ("category_unknown") (0) (0) (0) (r(N)) (.) (.) (.)
}
postclose zoster

it> * Numeri di ogni episodio. Non ancora: pelle non guarita, evento in corso; l'antivirale conta dove fu dato.
en> * Numbers of each episode. Not yet: skin not healed, event going on; of an antiviral, where one was given.
postfile episodes str32(table group line) double(known not_applicable unknown least q1 median q3 most) ///
    using "table_episodes.dta", replace
program define episode_line
    args line measure none
    foreach set in enrolled treated {
        quietly count if here & in_`set' & aesi_category == 1
        local every = r(N)
        quietly count if here & in_`set' & aesi_category == 1 & (`none')
        local not_yet = r(N)
        quietly summarize `measure' if here & in_`set' & aesi_category == 1 & !(`none'), detail
        post episodes ("zoster_measures") ("`set'") ("`line'") (r(N)) (`not_yet') (`every' - `not_yet' - r(N)) ///
            (r(min)) (r(p25)) (r(p50)) (r(p75)) (r(max))
    }
end
generate healing = zos_resolution_dy - ae_start_dy
generate lasting = ae_end_dy - ae_start_dy
episode_line dermatomes zos_dermatomes 0
episode_line recurrence zos_recurrence 0
episode_line vaccine_doses zos_vaccine_doses 0
episode_line antiviral_days zos_antiviral_days "zos_antiviral == 0"
episode_line healing_days healing "zos_resolution_dy == .b"
episode_line duration_days lasting "ae_ongoing == 1"
postclose episodes

it> * Insorti in terapia, per tempo di esposizione: dall'ingresso a 84 giorni dopo l'ultima dose nota.
en> * Treatment-emergent, by time of exposure: from entry to 84 days after the last known dose.
keep if treated == 1 & last_dose_dy < .
replace here = here & treat_emergent == 1
replace whole = max(0, (min(end_dy, last_dose_dy + 84) - entry_dy) / 365.25)
global sets treated
event_line adverse_exposed any 1
event_told adverse_exposed serious 1 serious
event_told adverse_exposed severe 1 severe
event_told adverse_exposed related 1 linked
event_told adverse_exposed fatal 1 fatal
event_told adverse_exposed stopped 1 stopped
event_told adverse_exposed zoster 1 is_zoster
event_told adverse_exposed serious_infection 1 inf_serious

it> * Ricoveri e notti: dimissione meno ricovero, dove i due giorni sono noti.
en> * Hospital stays and nights: discharge less admission, where both days are known.
global sets enrolled treated
open_events "`people'" hospitalisation.dta 1
event_line hospital_stays any 1
event_codes hospital_stays hosp_reason 1 "@hosp_reason@"
postfile nights str32(table group line) double(stays known ongoing unknown nights q1 median q3 most) ///
    using "table_nights.dta", replace
program define night_line
    args line which
    foreach set in enrolled treated {
        quietly count if here & in_`set' & (`which')
        local stays = r(N)
        quietly count if here & in_`set' & (`which') & night >= . & hs_ongoing == 1
        local ongoing = r(N)
        quietly summarize night if here & in_`set' & (`which'), detail
        post nights ("hospital_nights") ("`set'") ("`line'") (`stays') (r(N)) (`ongoing') ///
            (`stays' - `ongoing' - r(N)) (cond(r(N) > 0 | `stays' == 0, r(sum), .)) ///
            (r(p25)) (r(p50)) (r(p75)) (r(max))
    }
end
generate night = hs_discharge_dy - hs_admission_dy if hs_discharge_dy >= hs_admission_dy & hs_discharge_dy < .
night_line any 1
foreach code in @hosp_reason@ {
    night_line hosp_reason_`code' "hosp_reason == `code'"
}
night_line hosp_reason_unknown "hosp_reason >= ."
postclose nights

open_events "`people'" death.dta 1
event_line deaths any 1
event_codes deaths de_cause 1 "@death_cause@"
event_told deaths de_related 1 de_related
it> * Gravidanze: delle donne, e di chi ha sesso non noto.
en> * Pregnancies: of women, and of those whose sex is not known.
open_events "`people'" pregnancy.dta "sex != 2"
generate anomaly = pr_anomaly == 1 if inlist(pr_anomaly, 0, 1)
replace anomaly = 0 if pr_outcome == 0
event_line pregnancies any 1
event_codes pregnancies pr_outcome 1 "@pregnancy_outcome@"
event_told pregnancies pr_anomaly 1 anomaly
event_codes pregnancies pr_exposure 1 "@pregnancy_exposure@"
postclose events

it> * Elenco degli eventi avversi gravi, contati o no.
en> * Listing of the serious adverse events, counted or not.
use "adverse_event.dta", clear
list subj_id event_key aesi_category ae_system ae_grade onset_day treat_emergent related action_taken outcome ///
    placed if serious == 1, sepby(subj_id) noobs abbreviate(16)

it> * ---- 7. Oltre il rapporto: rischi relativi e periodi di osservazione ------------------------------------------
it> * Rischio relativo di chi aveva SLEDAI-2K >= 10 al basale; parita' di Breslow, quelle di stcox.
it> * period.dta: piu' righe per soggetto, ognuna (start_dy, stop_dy]. Prima riacutizzazione: la stessa curva di sopra.
it> * Poi tutte le riacutizzazioni (exit(time .)) secondo lo stato di LLDAS all'inizio del periodo.
en> * ---- 7. Beyond the report: hazard ratios and periods of observation --------------------------------------------
en> * Hazard ratio of those with SLEDAI-2K >= 10 at baseline; Breslow ties, those of stcox.
en> * period.dta: several lines a subject, each (start_dy, stop_dy]. First flare: the same curve as above.
en> * Then all flares (exit(time .)) by the state of LLDAS at the start of the period.
use site subj_id base_sledai2k using "`people'", clear
merge 1:m site subj_id using "time.dta", keep(match) nogenerate
keep if analysis == "delayed_observed" & left_out == 0
generate high_activity = base_sledai2k >= 10 if base_sledai2k < .
levelsof endpoint, local(endpoints) clean
foreach endpoint of local endpoints {
    display as result _newline "`endpoint'"
    quietly stset stop_dy if endpoint == "`endpoint'", failure(event == 1) enter(time enter_dy)
    quietly count if _d == 1
    if r(N) > 0 {
        capture noisily stcox i.high_activity, breslow nolog
    }
}
use site subj_id using "`people'", clear
merge 1:m site subj_id using "period.dta", keep(match) nogenerate
quietly count
if r(N) > 0 {
    egen person = group(site subj_id)
    stset stop_dy, id(person) time0(start_dy) failure(flare == 1)
    sts list, at(0 183 365 731 1096 1461 1826)
    stset stop_dy, id(person) time0(start_dy) failure(flare == 1) exit(time .) scale(365.25)
    stptime, per(100)
    capture noisily stptime, by(was_lldas) per(100)
    capture noisily stcox i.was_lldas, breslow vce(cluster person) nolog
}

it> * ---- Le tabelle ----------------------------------------------------------------------------------------------
en> * ---- The tables ----------------------------------------------------------------------------------------------
foreach name in counts visits baseline states measures flares times received events grades zoster episodes nights {
    use "table_`name'.dta", clear
    display as result _newline "table_`name'"
    quietly ds, has(type numeric)
    format %9.4g `r(varlist)'
    list, sepby(table) noobs abbreviate(16)
}
