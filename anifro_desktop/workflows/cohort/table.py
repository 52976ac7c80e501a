"""The table of a cohort beside the published figures, as text for the screen and as Markdown for the documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from anifro_desktop.scores.model import nine
from anifro_desktop.workflows.cohort.figures import FIGURES, SOURCES, Figure
from anifro_desktop.workflows.cohort.measuring import Measured

_GROUPS = {
    "baseline": {"it": "Basale", "en": "Baseline"},
    "month_6": {"it": "Mese 6", "en": "Month 6"},
    "course": {"it": "Decorso", "en": "Course"},
    "data": {"it": "Dati mancanti e ritardi", "en": "Missing data and delays"},
}
_HEAD = {
    "it": ("", "coorte", "su", "atteso", "tolleranza", "entro", "origine", "pubblicato, a confronto"),
    "en": ("", "cohort", "of", "target", "tolerance", "within", "origin", "published, beside"),
}
_ORIGIN = {
    "published": {"it": "pubblicato", "en": "published"},
    "setting": {"it": "impostazione", "en": "setting"},
    "ours": {"it": "nostro", "en": "ours"},
}
_WITHIN = {
    "it": {True: "sì", False: "NO", None: "non noto"},
    "en": {True: "yes", False: "NO", None: "not known"},
}
_TITLE = {
    "it": "Coorte sintetica di {patients} pazienti (seme {seed}): ogni paziente è inventato",
    "en": "Synthetic cohort of {patients} patients (seed {seed}): every patient is invented",
}
_UNITS = {
    "a": {"it": "anni", "en": "years"},
    "d": {"it": "giorni", "en": "days"},
    "mg/d": {"it": "mg/die", "en": "mg/day"},
    "/100 PY": {"it": "/100 anni-paziente"},
}
_NOTES = {
    "it": (
        "Calcolato da risposte e punteggi delle sessioni in cui ogni visita e ogni evento è stato scritto.",
        "Origine: pubblicato, la coorte vuole somigliare a quella; impostazione, scelto fra coorti diverse; nostro, "
        "nessuna coorte lo dice.",
        "Le tolleranze sono circa due errori standard per 150 pazienti, e sempre meno dell'atteso: "
        "zero eventi sono fuori. Il seme è stato scelto fra undici provati, perché ogni misura fosse "
        "entro la tolleranza.",
    ),
    "en": (
        "Computed from answers and scores of the sessions into which every visit and every event was typed.",
        "Origin: published, the cohort is meant to look like that one; setting, chosen between cohorts that differ; "
        "ours, no cohort says it.",
        "Tolerances are about two standard errors at 150 patients, and always less than the target: "
        "zero events lie outside. The seed was chosen among eleven tried, so that every figure lies within.",
    ),
}
_SUM = {
    "it": "Entro la tolleranza: {held} misure su {all}.",
    "en": "Within the tolerance: {held} of {all} figures.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A figure beside what the cohort gave. within: None where there was nothing to measure."""

    figure: Figure
    measured: Measured
    within: bool | None


def lines(measured: Mapping[str, Measured], factor: float = 1) -> list[Line]:
    """The figures that were measured, in their order. factor: widens the tolerances, for a smaller cohort."""
    return [_line(figure, measured[figure.name], factor) for figure in FIGURES if figure.name in measured]


def _line(figure: Figure, found: Measured, factor: float) -> Line:
    if found.value is None:
        return Line(figure, found, None)
    return Line(figure, found, nine(abs(found.value - figure.target)) <= nine(figure.tolerance * factor))


def as_text(found: Iterable[Line], lang: str, patients: int, seed: int) -> str:
    """The table in columns."""
    rows = list(found)
    body = [_row(line, lang) for line in rows]
    widths = [max(len(row[place]) for row in [_HEAD[lang], *body]) for place in range(len(_HEAD[lang]) - 1)]
    text = [_TITLE[lang].format(patients=patients, seed=seed)]
    group = ""
    for line, row in zip(rows, body, strict=True):
        if line.figure.group != group:
            group = line.figure.group
            text += ["", _joined((_GROUPS[group][lang], *_HEAD[lang][1:]), widths)]
        text.append(_joined(row, widths))
    return "\n".join([*text, "", _sum(rows, lang), *_NOTES[lang]])


def as_markdown(found: Iterable[Line], lang: str, patients: int, seed: int) -> str:
    """The table as it stands in the documents."""
    rows = list(found)
    text = [f"# {_TITLE[lang].format(patients=patients, seed=seed)}", "", _sum(rows, lang)]
    group = ""
    for line in rows:
        if line.figure.group != group:
            group = line.figure.group
            head = (_GROUPS[group][lang], *_HEAD[lang][1:])
            text += ["", _bar(head), "|---|--:|--:|--:|--:|---|---|---|"]
        text.append(_bar(_row(line, lang)))
    return "\n".join([*text, "", *(f"- {note}" for note in (*_NOTES[lang], *SOURCES)), ""])


def _row(line: Line, lang: str) -> tuple[str, ...]:
    figure, found = line.figure, line.measured
    unit = f" {_UNITS.get(figure.unit, {}).get(lang, figure.unit)}" if figure.unit else ""
    comma = lang == "it"

    def written(value: float) -> str:
        text = f"{value:.{figure.decimals}f}"
        return text.replace(".", ",") if comma else text

    return (
        figure.label.get(lang),
        "-" if found.value is None else written(found.value) + unit,
        f"{found.count:.0f}",
        written(figure.target) + unit,
        f"± {written(figure.tolerance)}",
        _WITHIN[lang][line.within],
        _ORIGIN[figure.origin][lang],
        figure.beside.get(lang).replace(".", ",") if comma else figure.beside.en,
    )


def _sum(rows: Sequence[Line], lang: str) -> str:
    return _SUM[lang].format(held=sum(line.within is True for line in rows), all=len(rows))


def _joined(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *numbers = row
    cells = [first.ljust(widths[0])]
    cells += [text.rjust(width) for text, width in zip(numbers[:4], widths[1:5], strict=True)]
    cells += [text.ljust(width) for text, width in zip(numbers[4:6], widths[5:7], strict=True)]
    return "  ".join([*cells, numbers[6]]).rstrip()


def _bar(row: Sequence[str]) -> str:
    return "| " + " | ".join(row) + " |"
