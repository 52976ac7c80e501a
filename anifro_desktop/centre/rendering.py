"""The report as text for people, CSV for spreadsheets and JSON for programs, in Italian or English.

The numbers are the same in all three; only the text is rounded (percentages and rates to one decimal). CSV has the
states by visit; text and JSON have flares and adverse events too. CSV and JSON keep full precision, use a decimal point
and have the same names in every language.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from anifro_desktop.centre.interim import NEEDED
from anifro_desktop.centre.reporting import Interval, Line, Report
from anifro_desktop.centre.tallies import Count, Rate
from anifro_desktop.centre.words import EXCLUDED, REACHED, pick
from anifro_desktop.forms.cumulative import STOP_DAYS

COLUMNS = (
    "endpoint", "visit", "met", "known", "due",
    "non_responder", "non_responder_low", "non_responder_high",
    "observed", "observed_low", "observed_high",
)  # fmt: skip

_ENDPOINT = {
    "doris": {"it": "Remissione DORIS 2021", "en": "DORIS 2021 remission"},
    "lldas": {"it": "LLDAS", "en": "LLDAS"},
    "steroid_le5": {"it": "Prednisone fino a 5 mg/die", "en": "Prednisone up to 5 mg/day"},
    "steroid_stopped": {
        "it": "Glucocorticoide sospeso (di chi lo prendeva al basale)",
        "en": "Glucocorticoid stopped (of those on it at baseline)",
    },
    "steroid_stop_sustained": {
        "it": f"Glucocorticoide sospeso, senza da almeno {STOP_DAYS} giorni",
        "en": f"Glucocorticoid stopped, without any for at least {STOP_DAYS} days",
    },
    "sdi_accrual": {"it": "Danno aumentato dal basale", "en": "Damage accrued since baseline"},
}
_HEAD = {
    "it": ("Visita", "sì", "noti", "dovuti", "non-responder (IC 95 %)", "osservati (IC 95 %)"),
    "en": ("Visit", "met", "known", "due", "non-responder (95 % CI)", "observed (95 % CI)"),
}
_FLARES = {
    "it": ("Riacutizzazioni", "eventi", "pazienti", "anni-paziente", "per 100 anni-paziente"),
    "en": ("Flares", "events", "patients", "patient-years", "per 100 patient-years"),
}
_SEVERITY = {
    "any": {"it": "tutte", "en": "all"},
    "mild_moderate": {"it": "lievi o moderate", "en": "mild or moderate"},
    "severe": {"it": "gravi", "en": "severe"},
}
_EVENTS = {"it": ("Eventi avversi", "eventi", "pazienti"), "en": ("Adverse events", "events", "patients")}
_KIND = {
    "any": {"it": "tutti", "en": "all"},
    "serious": {"it": "gravi", "en": "serious"},
    "not_serious": {"it": "non gravi", "en": "not serious"},
    "seriousness_unknown": {"it": "gravità non nota", "en": "seriousness not known"},
    "treatment_emergent": {"it": "insorti in terapia", "en": "treatment-emergent"},
    "serious_treatment_emergent": {"it": "gravi insorti in terapia", "en": "serious treatment-emergent"},
    "related": {"it": "correlati", "en": "related"},
}
_NOTES = {
    "it": (
        "Non-responder: sì / dovuti (visita mancata, fuori finestra o stato ignoto = no). "
        "Osservati: sì / noti. Intervalli di Wilson.",
        "Arruolati {enrolled}; screening non superato {not_enrolled}; arruolamento non ricevuto {unknown}.",
        "Analisi ad interim: {interim} di 50 pazienti con valutazione a 6 mesi completa.",
        "Visite con punteggi che Pisa calcola diversamente: {differing}.",
    ),
    "en": (
        "Non-responder: met / due (a missed visit, one outside its window or an unknown state = not met). "
        "Observed: met / known. Wilson intervals.",
        "Enrolled {enrolled}; screening failures {not_enrolled}; enrolment not received {unknown}.",
        "Interim analysis: {interim} of 50 patients with a complete month-6 evaluation.",
        "Visits with scores that the centre computes otherwise: {differing}.",
    ),
}
_TABLES = ("lines", "flares", "events")


def as_text(report: Report, lang: str) -> str:
    """The tables for reading, with their notes."""
    parts = []
    for endpoint in dict.fromkeys(line.endpoint for line in report.lines):
        rows = [_HEAD[lang]] + [_cells(line, lang) for line in report.lines if line.endpoint == endpoint]
        parts += [_ENDPOINT[endpoint][lang], *_aligned(rows), ""]
    parts += [*_aligned([_FLARES[lang], *(_rate(item, lang) for item in report.flares)]), ""]
    parts += [*_aligned([_EVENTS[lang], *(_count(item, lang) for item in report.events)]), ""]
    facts = {key: value for key, value in asdict(report).items() if key not in _TABLES}
    excluded = [f"{code}: {pick(EXCLUDED, lang)}." for code in report.excluded]
    reached = [pick(REACHED, lang)] if report.interim >= NEEDED else []
    return "\n".join([*parts, *(note.format(**facts) for note in _NOTES[lang]), *reached, *excluded])


def as_csv(report: Report) -> str:
    """One line per state and planned visit; an empty cell where the denominator is 0."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in report.lines:
        counts = (line.endpoint, line.visit, line.met, line.known, line.due)
        writer.writerow([*counts, *_numbers(line.non_responder), *_numbers(line.observed)])
    return out.getvalue()


def as_json(report: Report) -> dict[str, Any]:
    """Everything, as plain data for `json.dumps`."""
    data = asdict(report)
    for name in _TABLES:
        data[name] = [asdict(item) for item in getattr(report, name)]
    return data


def percent(share: float, lang: str) -> str:
    """A share of 1 as a percentage with one decimal, with the language's separator."""
    return _decimal(100 * share, lang)


def _decimal(value: float, lang: str) -> str:
    text = f"{value:.1f}"
    return text.replace(".", ",") if lang == "it" else text


def _numbers(interval: Interval | None) -> tuple[str, str, str]:
    if interval is None:
        return ("", "", "")
    return (repr(interval.share), repr(interval.low), repr(interval.high))


def _cells(line: Line, lang: str) -> tuple[str, ...]:
    return (
        line.visit.upper(),
        str(line.met),
        str(line.known),
        str(line.due),
        _interval(line.non_responder, lang),
        _interval(line.observed, lang),
    )


def _interval(interval: Interval | None, lang: str) -> str:
    if interval is None:
        return "–"
    low, high = percent(interval.low, lang), percent(interval.high, lang)
    return f"{percent(interval.share, lang)} % ({low}–{high})"


def _rate(item: Rate, lang: str) -> tuple[str, ...]:
    per_100 = "–" if item.per_100 is None else _decimal(item.per_100, lang)
    counts = (str(item.events), str(item.subjects))
    return (_SEVERITY[item.severity][lang], *counts, _decimal(item.patient_years, lang), per_100)


def _count(item: Count, lang: str) -> tuple[str, ...]:
    return (_KIND[item.kind][lang], str(item.events), str(item.subjects))


def _aligned(rows: Sequence[Iterable[str]]) -> list[str]:
    cells = [tuple(row) for row in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    return ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
