# Runs behind recount.R: says what two readers see of the data set's .dta files, and recomputes what anifro_tables.do
# makes beyond the report. OUT.columns: what haven and readstata13 see of every column. OUT.numbers: lines of
# "name<tab>numbers".
out <- file(paste0(where[2], ".numbers"), "w", encoding = "UTF-8")
say <- function(name, ...) {
  cat(sprintf("%s\t%s\n", name, paste(sprintf("%.15g", c(...)), collapse = " ")), file = out)
}
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
times$high <- as.numeric(start$base_sledai2k >= 10)[match(key(times), key(start))]
for (data in split(times, times$endpoint)) {
  data <- data[data$analysis == "delayed_observed" & data$left_out == 0 & !is.na(data$high), ]
  if (length(unique(data$high)) == 2 && all(tapply(data$event, data$high, sum) > 0)) {
    cox <- coxph(Surv(enter_dy, stop_dy, event) ~ high, data = data, ties = "breslow")
    say(paste("cox", data$endpoint[1]), nrow(data), coef(cox), sqrt(vcov(cox)))
  }
}

# ---- periods of observation
marks <- c(183, 365, 731, 1096)
period <- open_dta("period")
period <- period[key(period) %in% key(people), ]
once <- ave(period$flare, key(period), FUN = function(x) cumsum(c(0, x[-length(x)])))
first <- period[once == 0, ]
fit <- survfit(Surv(start_dy, stop_dy, flare) ~ 1, data = first, conf.type = "log-log")
at_marks <- summary(fit, times = marks, extend = TRUE)
say("period flare1", length(unique(key(first))), sum(first$flare), at_marks$surv, at_marks$lower, at_marks$upper)
say("period all", sum(period$flare), sum(period$flare_sev), sum(period$stop_dy - period$start_dy) / 365.25)
say("flares", nrow(flare), sum(flare$flare_class == 2))
close(out)
