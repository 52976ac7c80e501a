# Says what two readers see of the data set's .dta files, and recomputes what anifro_tables.do makes beyond the report.
# Rscript stata_readers.R FOLDER OUT
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

# ---- hazard ratios, beyond the report
visit <- open_dta("visit")
course <- open_dta("course")
time <- open_dta("time")
for (name in names(time)) if (!is.character(time[[name]])) time[[name]] <- plain(time[[name]])
key <- function(table) paste(table$site, table$subj_id)
enrolled <- course[plain(course$enrolled) %in% 1, ]
base <- visit[plain(visit$serves) %in% 0, ]
time$high <- as.numeric(plain(base$sledai2k) >= 10)[match(key(time), key(base))]
for (data in split(time, time$endpoint)) {
  data <- data[data$analysis == "delayed_observed" & data$left_out == 0 & !is.na(data$high), ]
  if (length(unique(data$high)) == 2 && all(tapply(data$event, data$high, sum) > 0)) {
    cox <- coxph(Surv(enter_dy, stop_dy, event) ~ high, data = data, ties = "breslow")
    put(paste("cox", data$endpoint[1]), nrow(data), coef(cox), sqrt(vcov(cox)))
  }
}

# ---- periods of observation
marks <- c(183, 365, 731, 1096)
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
