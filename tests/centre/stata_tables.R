# Reads the data set's .dta files alone and recomputes what anifro_tables.do tabulates.
# Rscript stata_tables.R FOLDER OUT
# OUT: lines of "name<tab>number"; and in OUT.columns what haven and readstata13 see of every column.
suppressPackageStartupMessages({library(haven); library(readstata13); library(survival)})
where <- commandArgs(TRUE)
out <- file(where[2], "w", encoding = "UTF-8")
put <- function(name, ...) {
  values <- c(...)
  cat(sprintf("%s\t%s\n", name, paste(sprintf("%.15g", values), collapse = " ")), file = out)
}
open_dta <- function(name) read_dta(file.path(where[1], paste0(name, ".dta")))
plain <- function(x) as.numeric(zap_labels(zap_missing(x)))

# ---- every column of every file, by two readers
seen <- file(paste0(where[2], ".columns"), "w", encoding = "UTF-8")
for (path in sort(list.files(where[1], "\\.dta$", full.names = TRUE))) {
  table <- basename(path)
  one <- read_dta(path)
  two <- suppressWarnings(read.dta13(path, convert.factors = FALSE, missing.type = TRUE))
  why <- attr(two, "missing")
  labels_two <- attr(two, "var.labels")
  tables_two <- attr(two, "label.table")
  names_two <- names(two)
  if (nrow(one) == 0) two <- two[0, ]  # readstata13 makes one line of none
  names_of_labels <- attr(two, "val.labels")
  for (name in names(one)) {
    x <- one[[name]]
    y <- two[[name]]
    text <- is.character(x)
    tags <- if (text) character(0) else na_tag(x)
    codes <- if (text || is.null(why[[name]])) integer(0) else why[[name]]
    labels <- attr(x, "labels")
    filled <- if (text) sum(nzchar(x)) else sum(!is.na(x))
    again <- if (text) sum(nzchar(y)) else sum(!is.na(y))
    total <- if (text) 0 else sum(plain(x), na.rm = TRUE)
    also <- if (text) 0 else sum(as.numeric(y), na.rm = TRUE)
    tagged <- sapply(c("a", "b", "c", "d"), function(letter) sum(tags == letter, na.rm = TRUE))
    coded <- sapply(1:4, function(code) sum(codes == code, na.rm = TRUE))
    place <- match(name, names_two)
    counts <- c(nrow(one), nrow(two), filled, again, total, also, tagged, coded, length(labels),
                length(tables_two[[names_of_labels[place]]]), as.numeric(text))
    cat(paste(c(table, name, attr(x, "label"), labels_two[place], sprintf("%.15g", counts)), collapse = "\t"), "\n",
        file = seen, sep = "")
  }
}
close(seen)

# ---- 1. states by planned visit
visit <- open_dta("visit")
course <- open_dta("course")
for (name in names(visit)) if (!is.character(visit[[name]])) visit[[name]] <- plain(visit[[name]])
for (name in names(course)) if (!is.character(course[[name]])) course[[name]] <- plain(course[[name]])
key <- function(table) paste(table$site, table$subj_id)
enrolled <- course[course$enrolled %in% 1, ]
base <- visit[visit$serves %in% 0, ]
stopifnot(!anyDuplicated(key(course)), !anyDuplicated(key(base)))
wilson <- function(met, total) {
  if (total == 0) return(c(NA, NA))
  suppressWarnings(prop.test(met, total, correct = FALSE)$conf.int)
}
for (state in c("doris", "lldas", "steroid_le5", "steroid_stopped", "gc_stop_sust", "sdi_accrual")) {
  for (month in c(6, 12, 24, 36, 48, 60)) {
    if (state == "sdi_accrual" && month < 12) next
    due <- enrolled[enrolled[[sprintf("due_m%02d", month)]] %in% 1, ]
    if (state %in% c("steroid_stopped", "gc_stop_sust")) {
      dose <- base$pred_eq[match(key(due), key(base))]
      due <- due[!is.na(dose) & dose > 0, ]
    }
    held <- visit[visit$serves %in% month, ]
    value <- held[[state]][match(key(due), key(held))]
    met <- sum(value == 1, na.rm = TRUE)
    known <- sum(!is.na(value))
    put(sprintf("state %s m%02d", state, month), met, known, nrow(due), wilson(met, nrow(due)), wilson(met, known))
  }
}

# ---- 2. rates
years <- sum(enrolled$fu_years, na.rm = TRUE)
for (event in c("flare_n", "flare_mm_n", "flare_sev_n", "ae_n", "sae_n", "ae_te_n", "hosp_ae_n")) {
  count <- sum(enrolled[[event]])
  some <- sum(enrolled[[event]] > 0)
  put(paste("rate", event), count, some, years, 100 * count / years, 100 * poisson.test(count, years)$conf.int,
      wilson(some, nrow(enrolled)))
}

# ---- 3. measures
shown <- visit[visit$serves %in% c(0, 6, 12, 24, 36, 48, 60) & key(visit) %in% key(enrolled), ]
for (measure in c("sledai2k", "sledas", "pred_eq", "joints_tjc28")) {
  for (month in c(0, 6, 12)) {
    x <- shown[shown$serves == month, ]
    at <- x[[measure]]
    change <- at - base[[measure]][match(key(x), key(base))]
    change <- change[!is.na(change)]
    limits <- if (length(change) > 1 && sd(change) > 0) t.test(change)$conf.int else c(NA, NA)
    put(sprintf("measure %s m%02d", measure, month), sum(!is.na(at)), mean(at, na.rm = TRUE), sd(at, na.rm = TRUE),
        quantile(at, c(.25, .5, .75), type = 2, na.rm = TRUE), length(change), mean(change), limits)
  }
}

# ---- 4. time to event
marks <- c(183, 365, 731, 1096)
high <- as.numeric(base$sledai2k >= 10)[match(key(course), key(base))]
curve <- function(name, event, time, enter, able = rep(TRUE, nrow(course))) {
  data <- data.frame(enter = course[[enter]], time = course[[time]], event = course[[event]], high = high,
                     in_set = course$enrolled %in% 1 & able)
  data <- data[data$in_set & !is.na(data$event) & !is.na(data$time) & data$time > pmax(data$enter, 0), ]
  if (nrow(data) == 0) return(invisible())
  fit <- survfit(Surv(enter, time, event) ~ 1, data = data, conf.type = "log-log")
  at <- summary(fit, times = marks, extend = TRUE)
  put(paste("curve", name), nrow(data), sum(data$event), at$surv, at$lower, at$upper)
  both <- data[!is.na(data$high), ]
  if (length(unique(both$high)) == 2 && all(tapply(both$event, both$high, sum) > 0)) {
    cox <- coxph(Surv(enter, time, event) ~ high, data = both, ties = "breslow")
    put(paste("cox", name), nrow(both), coef(cox), sqrt(vcov(cox)))
  }
}
for (first in c("flare1", "flare1_sev", "zoster1", "serious_inf1")) {
  curve(first, paste0(first, "_obs"), paste0(first, "_t"), "entry_dy")
}
curve("damage", "sdi_accrued", "sdi_accrued_dy", "entry_dy")
curve("retention", "ret_event", "ret_dy", "ret_entry_dy")
for (rule in c("lldas", "doris", "sledai4", "clasi50", "joint50", "gc5")) {
  name <- paste0("ttr_", rule)
  able <- course[[paste0(name, "_able")]] %in% 1
  curve(name, name, paste0(name, "_dy"), "entry_dy", able)
  curve(paste0(name, "_obs"), paste0(name, "_obs"), paste0(name, "_obs_dy"), "entry_dy", able)
}

# ---- 5. periods of observation
period <- open_dta("period")
for (name in names(period)) if (!is.character(period[[name]])) period[[name]] <- plain(period[[name]])
period <- period[key(period) %in% key(enrolled), ]
once <- ave(period$flare, key(period), FUN = function(x) cumsum(c(0, x[-length(x)])))
first <- period[once == 0, ]
fit <- survfit(Surv(start_dy, stop_dy, flare) ~ 1, data = first, conf.type = "log-log")
at <- summary(fit, times = marks, extend = TRUE)
put("period flare1", length(unique(key(first))), sum(first$flare), at$surv, at$lower, at$upper)
put("period all", sum(period$flare), sum(period$flare_sev), sum(period$stop_dy - period$start_dy) / 365.25)
flare <- open_dta("flare")
put("flares", nrow(flare[key(flare) %in% key(enrolled), ]), sum(plain(flare$flare_class[key(flare) %in% key(enrolled)]) == 2))
close(out)
