# Recomputes, from the .dta files of a data set alone, every table that anifro_tables.do makes.
# Rscript recount.R FOLDER OUT [MORE]
# OUT: lines of "table<tab>row<tab>column<tab>number", named as in the tables of the report (rows: heads joined by "/").
# Every file is read by haven and by readstata13, and both must see the same in each cell. MORE: a script to run behind.
suppressPackageStartupMessages({library(haven); library(readstata13); library(survival)})
where <- commandArgs(TRUE)
lines <- list()
put <- function(table, row, ...) {
  cells <- c(...)
  lines[[length(lines) + 1]] <<- paste(table, row, names(cells), ifelse(is.na(cells), "", sprintf("%.15g", cells)), sep = "\t")
}
open_dta <- function(name) {
  path <- file.path(where[1], paste0(name, ".dta"))
  one <- as.data.frame(read_dta(path))
  two <- suppressWarnings(read.dta13(path, convert.factors = FALSE))
  if (nrow(one) == 0) two <- two[0, ]  # readstata13 makes one line of none
  stopifnot(identical(names(one), names(two)), nrow(one) == nrow(two))
  for (column in names(one)) {
    as_plain <- if (is.character(one[[column]])) as.character else as.numeric
    one[[column]] <- as.vector(as_plain(zap_labels(zap_missing(one[[column]]))))
    if (!identical(one[[column]], as_plain(two[[column]]))) stop(name, ".", column, ": the two readers differ")
  }
  one
}
key <- function(table) paste(table$site, table$subj_id)
yes <- function(x) !is.na(x) & x
beside <- function(to, from, columns) {  # columns of one table, by subject, beside another
  to[columns] <- from[match(key(to), key(from)), columns]
  to
}
codes <- function(field) {  # the codes that the value labels of an answer have, in the file that has it
  for (file in c("adverse_event", "hospitalisation", "death", "pregnancy")) {
    found <- attr(read_dta(file.path(where[1], paste0(file, ".dta")), n_max = 0)[[field]], "labels")
    if (!is.null(found)) return(sort(as.numeric(found[!is.na(found)])))
  }
  stop("no codes of ", field)
}
half <- 0.5 + 1e-9
share_of <- function(met, total, name = "share") {
  found <- c(NA, NA, NA)
  if (total > 0) found <- c(met / total, suppressWarnings(prop.test(met, total, correct = FALSE))$conf.int)
  setNames(found, paste0(name, c("", "_low", "_high")))
}
rate_of <- function(events, years, name = "rate") {
  found <- c(NA, NA, NA)
  if (years > 0) found <- 100 * c(events / years, poisson.test(events, years)$conf.int)
  setNames(found, paste0(name, c("", "_low", "_high")))
}
mean_of <- function(x, name) {
  found <- c(NA, NA, NA)
  if (length(x)) found[1] <- mean(x)
  if (length(x) > 1) found[2:3] <- mean(x) + c(-1, 1) * qt(0.975, length(x) - 1) * sd(x) / sqrt(length(x))
  setNames(found, paste0(name, c("", "_low", "_high")))
}
quartile <- function(x, part) if (length(x)) unname(quantile(x, part, type = 2)) else NA
spread <- function(x) if (length(x) > 1) sd(x) else NA

# ---- 0. one line a subject, with what is known at baseline
months <- c(6, 12, 24, 36, 48, 60)
visit_name <- function(month) if (month == 0) "baseline" else sprintf("m%02d", month)
visit <- open_dta("visit")
everybody <- open_dta("course")
stopifnot(!anyDuplicated(key(everybody)))
start <- visit[yes(visit$serves == 0), ]
stopifnot(!anyDuplicated(key(start)))
names(start)[-(1:2)] <- paste0("base_", names(start)[-(1:2)])
everybody <- beside(everybody, open_dta("subject"), c("sex", "age_at_enrolment", "acr1997", "slicc2012", "eular2019"))
everybody <- beside(everybody, open_dta("predictors"), "dis_dur")
everybody <- beside(everybody, start, names(start)[-(1:2)])
everybody$whole <- ifelse(is.na(everybody$fu_years), 0, everybody$fu_years)
everybody$whole_day0 <- ifelse(is.na(everybody$fu_years_day0), 0, everybody$fu_years_day0)
people <- everybody[yes(everybody$enrolled == 1), ]
organs <- sub("^organ_", "", grep("^organ_", names(people), value = TRUE))

# ---- 1. patients, visits, baseline
part <- function(met, total) if (total > 0) met / total else NA
count_line <- function(line, which, among = NULL) {
  n <- sum(yes(which))
  put("disposition", line, n = n, share = if (is.null(among)) NA else part(n, among))
}
count_line("received", rep(TRUE, nrow(everybody)))
count_line("failures", everybody$enrolled == 0)
count_line("open", is.na(everybody$enrolled))
all_of <- nrow(people)
count_line("enrolled", rep(TRUE, all_of), all_of)
count_line("treated", people$treated == 1, all_of)
count_line("untreated", people$treated != 1, all_of)
why <- c("followed", "lost", "withdrawn", "died")
for (code in 1:4) count_line(why[code], people$end_why == code, all_of)
treated <- people[yes(people$treated == 1), ]
count_line("on_drug", treated$ret_event == 0, nrow(treated))
count_line("stop_open", is.na(treated$ret_event), nrow(treated))
count_line("ended", treated$ret_event == 1, nrow(treated))
reasons <- c("primary_inefficacy", "secondary_inefficacy", "adverse_event", "infection", "pregnancy_or_planning",
             "sustained_remission", "patient_decision", "non_adherence", "access_or_reimbursement",
             "surgery_or_other_condition", "lost_to_follow_up", "death", "other")
for (code in seq_along(reasons)) {
  count_line(paste0("ended_", reasons[code]), treated$ret_event == 1 & treated$ret_reason == code, nrow(treated))
}
count_line("ended_unknown", yes(treated$ret_event == 1) & is.na(treated$ret_reason), nrow(treated))

class_line <- function(line, state) {
  known <- sum(!is.na(state))
  put("baseline_classes", line, n = sum(yes(state)), known = known, share = part(sum(yes(state)), known))
}
any_of <- function(drugs) {  # one taken is enough; none only where all are known not to be
  taken <- as.matrix(people[paste0("base_on_", drugs)])
  ifelse(rowSums(taken == 1, na.rm = TRUE) > 0, TRUE, ifelse(rowSums(is.na(taken)) > 0, NA, FALSE))
}
class_line("female", people$sex == 1)
for (criteria in c("acr1997", "slicc2012", "eular2019")) class_line(criteria, people[[criteria]] == 1)
class_line("sledai_10", people$base_sledai2k >= 10)
categories <- c("remission_range", "mild", "moderate_severe")
for (code in 1:3) class_line(paste0("sledas_", categories[code]), people$base_sledas_cat == code)
for (organ in organs) class_line(paste0("organ_", organ), people[[paste0("organ_", organ)]] == 1)
class_line("glucocorticoid", people$base_pred_eq > 0)
class_line("antimalarial", any_of(c("hydroxychloroquine", "chloroquine", "mepacrine")))
class_line("immunosuppressant", any_of(c("methotrexate", "azathioprine", "mycophenolate_mofetil", "mycophenolic_acid",
                                         "leflunomide", "ciclosporin", "tacrolimus", "voclosporin", "cyclophosphamide")))
class_line("damage", people$base_sdi > 0)

measures <- c(sledai2k = "sledai2k", sledai2k_clin = "sledai2k_clin", sledas = "sledas", phga = "phga",
              clasi_activity = "clasi_activity", clasi_damage = "clasi_damage", tjc28 = "joints_tjc28",
              sjc28 = "joints_sjc28", pred_eq = "pred_eq", sdi = "sdi", ptga = "ptga_100", pain = "pain_100",
              fatigue = "fatigue_100", facit_fatigue = "facit_fatigue", eq5d_index = "eq5d_index", eq_vas = "eq_vas",
              sapply(paste0("sf36_", c("pcs", "mcs", "pf", "rp", "bp", "gh", "vt", "sf", "re", "mh")), identity))
at_start <- c("sledai2k", "sledai2k_clin", "sledas", "phga", "ptga", "clasi_activity", "tjc28", "sjc28", "sdi", "pred_eq",
              "facit_fatigue", "eq5d_index", "sf36_pcs", "sf36_mcs")
baseline_line <- function(line, x) {
  x <- x[!is.na(x)]
  put("baseline_measures", line, n = length(x), mean = if (length(x)) mean(x) else NA, sd = spread(x),
      q1 = quartile(x, .25), median = quartile(x, .5), q3 = quartile(x, .75),
      least = if (length(x)) min(x) else NA, greatest = if (length(x)) max(x) else NA)
}
baseline_line("age", people$age_at_enrolment)
baseline_line("duration", people$dis_dur)
for (name in at_start) baseline_line(name, people[[paste0("base_", measures[name])]])

# ---- what was found at each planned visit, a line for each enrolled subject
served <- lapply(c(0, months), function(month) {
  held <- visit[yes(visit$serves == month), ]
  stopifnot(!anyDuplicated(key(held)))
  found <- held[match(key(people), key(held)), ]
  found$came <- !is.na(found$subj_id)
  found$due <- yes(people[[paste0("due_", visit_name(month))]] == 1)
  found
})
names(served) <- c(0, months)
at <- function(month) served[[as.character(month)]]
for (month in c(0, months)) {
  one <- at(month)
  due <- sum(one$due)
  attended <- sum(one$due & one$came)
  put("attendance", visit_name(month), due = due, attended = attended, share = part(attended, due),
      missed = due - attended, evaluated = sum(one$due & yes(one$evaluated == 1)))
}

# ---- 2. states by planned visit, and by subgroup
state_cells <- function(met, due) {
  c(met = sum(yes(met) & due), known = sum(!is.na(met) & due), due = sum(due),
    share_of(sum(yes(met) & due), sum(due), "non_responder"),
    share_of(sum(yes(met) & due), sum(!is.na(met) & due), "observed"))
}
state_lines <- function(table, met, ask = NULL, from = 6, group = "", who = rep(TRUE, nrow(people))) {
  for (month in months[months >= from]) {
    due <- at(month)$due & who
    asked <- if (is.null(ask)) due else due & yes(ask)
    cells <- state_cells(met(at(month)), asked)
    if (!is.null(ask)) cells <- c(cells, open = sum(due & is.na(ask)))
    put(table, paste0(group, visit_name(month)), cells)
  }
}
column <- function(name) function(one) one[[name]] == 1
halved <- function(name) function(one) one[[name]] <= people[[paste0("base_", name)]] / 2
for (name in c("doris", "lldas", "doris_off_gc", "doris_complete", "lldas5", "sledas_lda", "steroid_le5")) {
  state_lines(name, column(name))
}
state_lines("doris_off_treatment", column("doris_off_trt"))
state_lines("sledas_remission", column("sledas_rem"))
state_lines("sledai2k_fall4", function(one) people$base_sledai2k - one$sledai2k >= 4, people$base_sledai2k >= 4)
state_lines("sledas_fall172", function(one) round(100 * (people$base_sledas - one$sledas) + 1e-7) >= 172)
state_lines("clasi50", halved("clasi_activity"), people$base_clasi_activity >= 10)
both <- function(a, b) a & b
state_lines("joints50", function(one) halved("joints_tjc28")(one) & halved("joints_sjc28")(one),
            people$base_joints_tjc28 >= 6 & people$base_joints_sjc28 >= 6)
state_lines("steroid_stopped", column("steroid_stopped"), people$base_pred_eq > 0)
state_lines("steroid_stop_sustained", column("gc_stop_sust"), people$base_pred_eq > 0)
state_lines("sdi_accrual", column("sdi_accrual"), from = 12)
active <- as.matrix(people[paste0("organ_", organs)])
quiet <- rowSums(active == 1, na.rm = TRUE) == 0
open <- rowSums(is.na(active)) > 0
groups <- list(site = lapply(split(people$site, people$site), function(site) people$site == site[1]),
               sledas = c(setNames(lapply(1:3, function(code) people$base_sledas_cat == code), categories),
                          list(unknown = is.na(people$base_sledas_cat))),
               sledai = list(high = people$base_sledai2k >= 10, low = people$base_sledai2k < 10,
                             unknown = is.na(people$base_sledai2k)),
               organ = c(setNames(lapply(organs, function(organ) people[[paste0("organ_", organ)]] == 1), organs),
                         list(none = quiet & !open, unknown = quiet & open)))
groups <- lapply(groups, function(way) Filter(any, lapply(way, yes)))  # nobody: no line
for (way in names(groups)) {
  for (group in names(groups[[way]])) {
    for (state in c("doris", "lldas")) {
      state_lines(paste0(state, "_by_", way), column(state), group = paste0(tolower(group), "/"),
                  who = groups[[way]][[group]])
    }
  }
}

# ---- 3. measures by planned visit
joints <- people$base_joints_tjc28 >= 1 | people$base_joints_sjc28 >= 1
asked_of <- list(clasi_activity = people$base_clasi_activity >= 1, clasi_damage = people$base_clasi_activity >= 1,
                 tjc28 = joints, sjc28 = joints)
for (name in names(measures)) {
  ask <- asked_of[[name]]
  for (month in c(0, months)) {
    x <- at(month)[[measures[name]]]
    moved <- x - people[[paste0("base_", measures[name])]]
    if (!is.null(ask)) x[!yes(ask)] <- moved[!yes(ask)] <- NA
    if (month == 0) moved[] <- NA
    x <- x[!is.na(x)]
    moved <- moved[!is.na(moved)]
    cells <- c(n = length(x), mean_of(x, "mean"), sd = spread(x), q1 = quartile(x, .25), median = quartile(x, .5),
               q3 = quartile(x, .75), pairs = length(moved), mean_of(moved, "change"),
               change_median = quartile(moved, .5))
    if (!is.null(ask)) cells <- c(cells, open = sum(at(month)$due & is.na(ask)))
    put(paste0("over_time_", name), visit_name(month), cells)
  }
}

# ---- 4. flares
flare_cells <- function(events, struck, of, years) {
  c(events = events, subjects = struck, of = of, share_of(struck, of), years = years, rate_of(events, years))
}
classes <- list(any = c(1, 2), mild_moderate = 1, severe = 2)
counted_in <- c(any = "flare_n", mild_moderate = "flare_mm_n", severe = "flare_sev_n")
flare <- open_dta("flare")
flare <- flare[key(flare) %in% key(people), ]
for (line in names(classes)) {
  count <- people[[counted_in[line]]]
  stopifnot(sum(count) == sum(flare$flare_class %in% classes[[line]]))  # two files tell the same
  naive <- sum(people$whole_day0)
  put("flares", line, flare_cells(sum(count), sum(count > 0), nrow(people), sum(people$whole)),
      years_naive = naive, rate_of(sum(count), naive, "rate_naive"))
}
followed <- ifelse(yes(people$end_dy >= people$entry_dy), people$end_dy - people$entry_dy, NA)
flare$year <- pmin(5, floor((flare$flare_dy - people$entry_dy[match(key(flare), key(people))]) / 365.25) + 1)
for (year in 1:5) {
  days <- ifelse(followed >= (year - 1) * 365.25, followed - (year - 1) * 365.25, NA)
  if (year < 5) days <- pmin(days, 365.25)
  among <- key(people)[!is.na(days)]
  for (line in names(classes)) {
    hits <- key(flare)[flare$year == year & flare$flare_class %in% classes[[line]]]
    hits <- hits[hits %in% among]
    put("flares_by_year", sprintf("year%d/%s", year, line),
        flare_cells(length(hits), length(unique(hits)), length(among), sum(days, na.rm = TRUE) / 365.25))
  }
}

# ---- 5. time to event
times <- open_dta("time")
left_out <- c("untreated", "not_evaluable", "unsettled", "no_time")
first_at_most_half <- function(time, x) {
  hits <- time[!is.na(x) & x <= half]
  if (length(hits)) min(hits) else NA
}
time_line <- function(table, row, of) {
  data <- of[of$left_out == 0, ]
  counts <- c(nrow(of), sapply(1:4, function(code) sum(of$left_out == code)), nrow(data), sum(data$event == 1),
              sum(data$event == 0))
  names(counts) <- c("enrolled", left_out, "analysed", "events", "censored")
  cells <- c(counts, years = sum(data$stop_dy - data$enter_dy) / 365.25)
  fit <- NULL
  if (sum(data$event) > 0) {
    fit <- survfit(Surv(enter_dy, stop_dy, event) ~ 1, data = data, conf.type = "log-log")
    inside <- fit$surv > 0 & fit$surv < 1
    low <- ifelse(inside, fit$lower, NA)
    high <- ifelse(inside, fit$upper, NA)
  }
  median <- if (is.null(fit)) c(NA, NA, NA) else sapply(list(fit$surv, low, high), first_at_most_half, time = fit$time)
  cells <- c(cells, setNames(median, c("median", "median_low", "median_high")), risk_m00 = sum(data$enter_dy <= 0))
  for (month in months) {
    day <- month * 30.4375
    found <- c(if (nrow(data)) 1 else NA, NA, NA)
    if (!is.null(fit) && any(fit$time <= day)) {
      place <- max(which(fit$time <= day))
      found <- c(fit$surv[place], low[place], high[place])
    }
    if (yes(found[1] != 0) && (day < min(data$enter_dy) || day > max(data$stop_dy))) found[] <- NA
    if (startsWith(table, "ttr_")) found <- 1 - found[c(1, 3, 2)]
    name <- sprintf("m%02d", month)
    cells <- c(cells, setNames(found, paste0(name, c("", "_low", "_high"))),
               setNames(sum(data$enter_dy < day & data$stop_dy >= day), paste0("risk_", name)))
  }
  put(table, row, cells)
}
for (of in split(times, paste(times$endpoint, times$analysis))) time_line(of$endpoint[1], of$analysis[1], of)
kept <- times[times$endpoint == "drug_retention" & times$analysis == "delayed", ]
for (way in names(groups)) {
  for (group in names(groups[[way]])) {
    time_line(paste0("drug_retention_by_", way), tolower(group), kept[key(kept) %in% key(people)[groups[[way]][[group]]], ])
  }
}

# ---- 6. adverse events, hospital stays, events of special interest
sets <- list(enrolled = rep(TRUE, nrow(people)), treated = yes(people$treated == 1))
for (form in c("adverse_event", "hospitalisation", "pregnancy", "death")) {
  came <- open_dta(form)
  enrolled <- everybody$enrolled[match(key(came), key(everybody))]
  places <- c(within = 1, perhaps = 2, before = 3, after = 4)
  kinds <- c(list(received = rep(TRUE, nrow(came)), not_enrolled = enrolled == 0, enrolment_unknown = is.na(enrolled)),
             lapply(places, function(place) enrolled == 1 & came$placed == place))
  for (kind in names(kinds)) {
    put("events_counted", paste0(form, "/", kind), events = sum(yes(kinds[[kind]])),
        subjects = length(unique(key(came)[yes(kinds[[kind]])])))
  }
}
events_of <- function(file, of = people) {
  found <- open_dta(file)
  found[found$placed %in% 1:2 & key(found) %in% key(of), ]
}
event_line <- function(table, line, which) {
  hits <- events[yes(which), ]
  first <- tapply(hits$risk_dy / 365.25, factor(key(hits), levels = key(among)), min)
  until <- pmin(ifelse(is.na(first), Inf, first), among$whole)
  for (set in names(sets)) {
    of <- sets[[set]] & rep(TRUE, nrow(among))
    n <- sum(key(hits) %in% key(among)[of])
    struck <- sum(!is.na(first) & of)
    years <- sum(among$whole[of])
    put(table, paste0(set, "/", line), events = n, subjects = struck, of = sum(of), share_of(struck, sum(of)),
        years = years, rate_of(n, years), rate_of(struck, sum(until[of]), "eair"))
  }
}
event_told <- function(table, line, state, of = TRUE) {
  event_line(table, line, of & yes(state == 1))
  event_line(table, paste0(line, "_unknown"), of & is.na(state))
}
event_codes <- function(table, field, which = TRUE) {
  for (code in codes(field)) event_line(table, paste0(field, "_", code), which & events[[field]] %in% code)
  event_line(table, paste0(field, "_unknown"), which & is.na(events[[field]]))
}
event_category <- function(table, of) {
  event_line(table, "any", of)
  event_line(table, "category_unknown", is.na(events$aesi_category))
  event_told(table, "serious", events$serious, of)
}
among <- people
events <- events_of("adverse_event")
of_kind <- function(...) events$aesi_category %in% c(...)
grade <- ifelse(events$ae_grade %in% 1:5, events$ae_grade, NA)
fatal <- ifelse(is.na(events$outcome) | events$outcome == 0, ifelse(events$ser_death %in% 0, 0, NA), events$outcome == 5)
stopped <- ifelse(events$action_taken %in% 0, NA, events$action_taken == 1)
linked <- ifelse(events$related %in% 2, NA, events$related)
overall <- function(table, ...) for (name in names(list(...))) event_told(table, name, list(...)[[name]])
event_line("adverse_overall", "any", rep(TRUE, nrow(events)))
event_line("adverse_overall", "not_serious", events$serious == 0)
event_line("adverse_overall", "not_emergent", events$treat_emergent == 0)
overall("adverse_overall", serious = events$serious, emergent = events$treat_emergent,
        serious_emergent = events$serious == 1 & events$treat_emergent == 1, severe = grade >= 3, fatal = fatal,
        stopped = stopped, interrupted = events$interrupted)
for (some in c("all", "serious")) {
  of <- some == "all" | yes(events$serious == 1)
  onsets <- c(early = 1, late = 2, pre_treatment = 0, onset_unknown = NA)
  for (name in names(onsets)) event_line("adverse_onset", paste0(name, "_", some), of & events$onset_class %in% onsets[name])
  relations <- list(related = 1, not_related = 0, not_assessed = 2, relation_unknown = NA, conservative = c(1, 2))
  for (name in names(relations)) {
    event_line("adverse_relation", paste0(name, "_", some), of & events$related %in% relations[[name]])
  }
}
event_codes("adverse_system", "ae_system")
event_codes("serious_system", "ae_system", events$serious %in% 1)
event_codes("adverse_category", "aesi_category")
event_codes("adverse_outcome", "outcome")
event_codes("adverse_action", "action_taken")
event_category("infections", of_kind(1:3))
event_told("infections", "serious_infection", events$inf_serious)
event_line("infections", "zoster", of_kind(1))
event_codes("infections", "oinf_site", of_kind(3))
event_category("serious_infections", of_kind(2))
for (field in c("sinf_site", "sinf_organism")) event_codes("serious_infections", field, of_kind(2))
event_told("serious_infections", "sinf_iv", events$sinf_iv, of_kind(2))
event_category("cardiovascular", of_kind(4))
event_told("cardiovascular", "mace", events$mace)
event_codes("cardiovascular", "cv_type", of_kind(4))
event_category("neoplasms", of_kind(5))
event_codes("neoplasms", "neo_behaviour", of_kind(5))
event_codes("neoplasms", "neo_precancer", of_kind(5) & events$neo_behaviour %in% 3)
event_codes("neoplasms", "neo_site", of_kind(5))
event_category("hypersensitivity", of_kind(6))
for (field in c("hyp_anaphylaxis", "hyp_angioedema")) event_told("hypersensitivity", field, events[[field]], of_kind(6))
event_codes("hypersensitivity", "hyp_site", of_kind(6))
worst <- tapply(ifelse(is.na(grade), 0, grade), factor(key(events), levels = key(people)), max)
for (set in names(sets)) {
  of <- sets[[set]]
  for (line in c(paste0("grade", 5:1), "unknown")) {
    number <- if (line == "unknown") 0 else as.numeric(sub("grade", "", line))
    struck <- sum(yes(worst == number) & of)
    mine <- ifelse(is.na(grade), 0, grade) == number & key(events) %in% key(people)[of]
    put("adverse_severity", paste0(set, "/", line), events = sum(mine), subjects = struck, of = sum(of),
        share_of(struck, sum(of)))
  }
}

# herpes zoster; of a missing answer the reason tells whether there can be one (.b: not applicable)
raw <- as.data.frame(read_dta(file.path(where[1], "adverse_event.dta")))
raw <- raw[match(paste(key(events), events$event_no), paste(key(raw), raw$event_no)), ]
not_applicable <- function(field) na_tag(raw[[field]]) %in% "b"
zoster_line <- function(line, field, test, known = !is.na(events[[field]])) {
  for (set in names(sets)) {
    of <- of_kind(1) & key(events) %in% key(people)[sets[[set]]]
    none <- of & !known & not_applicable(field)
    met <- sum(of & known & yes(test))
    put("zoster_outcomes", paste0(set, "/", line), yes = met, no = sum(of & known) - met, not_applicable = sum(none),
        unknown = sum(of & !known & !none), share_of(met, sum(of & known)))
  }
}
for (name in c(paste0("zos_", c("disseminated", "ophthalmic", "cns", "pain_90d", "antiviral", "hospitalised", "sequelae")),
               "serious")) {
  zoster_line(name, name, events[[name]] == 1)
}
zoster_line("dermatomes", "zos_dermatomes", events$zos_dermatomes > 2)
zoster_line("recurrence", "zos_recurrence", events$zos_recurrence >= 1)
zoster_line("vaccinated", "zos_vaccine_doses", events$zos_vaccine_doses >= 1)
zoster_line("vaccinated_twice", "zos_vaccine_doses", events$zos_vaccine_doses >= 2)
for (field in c("zos_side", "zos_anifrolumab")) {
  for (code in codes(field)) zoster_line(paste0(field, "_", code), field, events[[field]] == code)
}
healed <- !is.na(events$zos_resolution_dy) | !is.na(events$zos_resolution_mo) | !is.na(events$zos_resolution_yr)
zoster_line("healed", "zos_resolution_dy", healed, healed)
episode_line <- function(line, x, none = FALSE) {
  for (set in names(sets)) {
    of <- of_kind(1) & key(events) %in% key(people)[sets[[set]]]
    known <- x[of & !none & !is.na(x)]
    put("zoster_measures", paste0(set, "/", line), known = length(known), not_applicable = sum(of & none),
        unknown = sum(of & !none & is.na(x)), least = if (length(known)) min(known) else NA, q1 = quartile(known, .25),
        median = quartile(known, .5), q3 = quartile(known, .75), most = if (length(known)) max(known) else NA)
  }
}
episode_line("dermatomes", events$zos_dermatomes)
episode_line("recurrence", events$zos_recurrence)
episode_line("vaccine_doses", events$zos_vaccine_doses)
episode_line("antiviral_days", events$zos_antiviral_days, events$zos_antiviral %in% 0)
episode_line("healing_days", events$zos_resolution_dy - events$ae_start_dy, not_applicable("zos_resolution_dy"))
episode_line("duration_days", events$ae_end_dy - events$ae_start_dy, events$ae_ongoing %in% 1)
for (set in names(sets)) {
  maybe <- sum(is.na(events$aesi_category) & key(events) %in% key(people)[sets[[set]]])
  put("zoster_outcomes", paste0(set, "/category_unknown"), yes = 0, no = 0, not_applicable = 0, unknown = maybe,
      share_of(0, 0))
}

# treatment-emergent, against the time in which an event would be one
among <- people[yes(people$treated == 1) & !is.na(people$last_dose_dy), ]
among$whole <- pmax(0, (pmin(among$end_dy, among$last_dose_dy + 84, na.rm = TRUE) - among$entry_dy) / 365.25)
kept <- events$treat_emergent %in% 1 & key(events) %in% key(among)
both_sets <- sets
sets <- list(treated = TRUE)
every <- list(serious = events$serious, severe = grade >= 3, related = linked, fatal = fatal, stopped = stopped,
              zoster = events$aesi_category == 1, serious_infection = events$inf_serious)
events <- events[kept, ]
event_line("adverse_exposed", "any", rep(TRUE, nrow(events)))
for (name in names(every)) event_told("adverse_exposed", name, every[[name]][kept])
sets <- both_sets
among <- people

events <- events_of("hospitalisation")
event_line("hospital_stays", "any", rep(TRUE, nrow(events)))
event_codes("hospital_stays", "hosp_reason")
nights <- ifelse(events$hs_discharge_dy >= events$hs_admission_dy, events$hs_discharge_dy - events$hs_admission_dy, NA)
night_line <- function(line, which) {
  for (set in names(sets)) {
    of <- which & key(events) %in% key(people)[sets[[set]]]
    known <- nights[of & !is.na(nights)]
    ongoing <- sum(of & is.na(nights) & events$hs_ongoing %in% 1)
    put("hospital_nights", paste0(set, "/", line), stays = sum(of), known = length(known), ongoing = ongoing,
        unknown = sum(of) - length(known) - ongoing, nights = if (length(known) || !sum(of)) sum(known) else NA,
        q1 = quartile(known, .25), median = quartile(known, .5), q3 = quartile(known, .75),
        most = if (length(known)) max(known) else NA)
  }
}
night_line("any", TRUE)
for (code in codes("hosp_reason")) night_line(paste0("hosp_reason_", code), events$hosp_reason %in% code)
night_line("hosp_reason_unknown", is.na(events$hosp_reason))
events <- events_of("death")
event_line("deaths", "any", rep(TRUE, nrow(events)))
event_codes("deaths", "de_cause")
event_told("deaths", "de_related", events$de_related)
among <- people[!people$sex %in% 2, ]
sets <- lapply(sets, function(set) set[!people$sex %in% 2])
events <- events_of("pregnancy", among)
event_line("pregnancies", "any", rep(TRUE, nrow(events)))
event_codes("pregnancies", "pr_outcome")
event_told("pregnancies", "pr_anomaly", ifelse(events$pr_outcome %in% 0, 0, events$pr_anomaly))
event_codes("pregnancies", "pr_exposure")
writeLines(unlist(lines), where[2], useBytes = TRUE)
for (more in where[-(1:2)]) source(more)
