"""The codebook: every form, field, code, check, suggestion and setting in words, from the definitions alone.

The text depends on the definitions and the protocol settings and on nothing else: no date, no machine, no order of
a hash. The same definitions give the same bytes everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from anifro_desktop.forms import texts
from anifro_desktop.forms.model import Definitions, Field, Form, Label
from anifro_desktop.record import Missing
from anifro_desktop.scores import registry
from anifro_desktop.study.protocol import PROTOCOL, Setting

_WORDS: Mapping[str, Label] = {
    "title": Label("Codebook dello studio NCT07215754", "Codebook of study NCT07215754"),
    "digest": Label("Impronta delle definizioni", "Digest of the definitions"),
    "forms": Label("Schede", "Forms"),
    "lists": Label("Liste di codici", "Code lists"),
    "suggestions": Label("Proposte dalle altre risposte", "Suggestions from other answers"),
    "scores": Label("Indici e stati", "Scores and states"),
    "settings": Label("Impostazioni dello studio", "Settings of the study"),
    "tombstones": Label("Nomi non più in uso", "Ids no longer in use"),
    "missing": Label("Motivi di dato mancante", "Missing reasons"),
    "level_subject": Label("una volta per paziente", "once per patient"),
    "level_visit": Label("a ogni visita", "at every visit"),
    "derived_form": Label("scritta dal programma", "written by the program"),
    "field": Label("Variabile", "Variable"),
    "question": Label("Domanda", "Question"),
    "kind": Label("Tipo", "Type"),
    "values": Label("Valori", "Values"),
    "rules": Label("Regole", "Rules"),
    "definition": Label("Definizione", "Definition"),
    "checks": Label("Controlli", "Checks"),
    "hard": Label("blocca la firma", "blocks signing"),
    "soft": Label("chiede un motivo", "asks for a reason"),
    "required": Label("richiesto", "required"),
    "export": Label("lascia il centro", "leaves the site"),
    "export_day": Label(
        "lascia il centro come giorno dall'arruolamento", "leaves the site as day since enrolment"
    ),
    "none": Label("nessuno", "none"),
    "stays": Label("resta al centro", "stays at the site"),
    "computed": Label("scritto dal programma", "written by the program"),
    "carry": Label("«come all'ultima visita» ammesso", "'same as last visit' offered"),
    "shown": Label("chiesto se", "asked if"),
    "usual": Label("di solito", "usually"),
    "points": Label("punti", "points"),
    "source": Label("Fonte", "Source"),
    "present": Label("presente se", "present if"),
    "absent": Label("assente se", "absent if"),
    "rule": Label("Regola", "Rule"),
    "version": Label("Versione", "Version"),
    "setting": Label("Impostazione", "Setting"),
    "value": Label("Valore", "Value"),
    "status": Label("Stato", "Standing"),
    "meaning": Label("Significato", "Meaning"),
    "study": Label("dal protocollo", "stated by the protocol"),
    "published": Label("pubblicato", "published"),
    "proposed": Label("proposto, da confermare", "proposed, to be confirmed"),
    "choice": Label("scelta", "choice"),
    "integer": Label("numero intero", "whole number"),
    "decimal": Label("numero decimale", "decimal number"),
    "date": Label("data", "date"),
    "text": Label("testo", "text"),
    "withdrawn": Label("ritirato", "withdrawn"),
}


def markdown(definitions: Definitions, lang: str) -> str:
    """The whole codebook as Markdown, in Italian ("it") or English ("en")."""
    blocks = [
        f"# {_w('title', lang)}",
        f"{_w('digest', lang)}: `{definitions.digest}`",
        f"## {_w('forms', lang)}",
    ]
    for form in definitions.forms:
        blocks.extend(_form(definitions, form, lang))
    blocks.append(f"## {_w('suggestions', lang)}")
    blocks.append(_lines(_suggestions(definitions, lang)))
    blocks.append(f"## {_w('lists', lang)}")
    blocks.extend(_lists(definitions, lang))
    blocks.append(f"## {_w('missing', lang)}")
    blocks.append(_lines(f"- `{reason.value}`: {label.get(lang)}" for reason, label in texts.MISSING.items()))
    blocks.append(f"## {_w('scores', lang)}")
    blocks.append(_scores(lang))
    blocks.append(f"## {_w('settings', lang)}")
    blocks.append(_settings(lang))
    if definitions.tombstones:
        blocks.append(f"## {_w('tombstones', lang)}")
        blocks.append(_lines(_tombstones(definitions, lang)))
    return "\n\n".join(blocks) + "\n"


def _form(definitions: Definitions, form: Form, lang: str) -> Iterator[str]:
    marks = [f"`{form.id}`", _w(f"level_{form.level}", lang)]
    if form.derived:
        marks.append(_w("derived_form", lang))
    yield f"### {form.label.get(lang)}"
    yield ", ".join(marks) + (f". {form.help.get(lang)}" if form.help.get(lang) else "")
    for section in form.sections:
        if len(form.sections) > 1:
            yield f"#### {section.label.get(lang)}"
        head = [_w(name, lang) for name in ("field", "question", "kind", "values", "rules", "definition")]
        yield _table(head, (_field(item, lang) for item in section.fields))
    checks = [check for check in definitions.checks if check.form == form.id]
    if checks:
        yield f"{_w('checks', lang)}:"
        yield _lines(
            f"- `{check.id}` (`{check.field}`, {_w(check.severity, lang)}): `{check.when.text}`. "
            f"{check.text.get(lang)}"
            for check in checks
        )


def _field(item: Field, lang: str) -> list[str]:
    definition = item.help.get(lang)
    if item.source:
        definition += f" {_w('source', lang)}: {item.source}."
    return [
        f"`{item.id}`",
        item.label.get(lang),
        _w(item.type, lang),
        "; ".join(_values(item, lang)),
        "; ".join(_rules(item, lang)),
        definition,
    ]


def _values(item: Field, lang: str) -> Iterator[str]:
    if item.codes is not None:
        yield f"`{item.codes.id}`: " + ", ".join(
            f"{code.value} {code.label.get(lang)}" for code in item.codes.codes
        )
    unit = "" if item.unit_label is None else f" {item.unit_label.get(lang)} (`{item.unit}`)"
    for limits, mark in ((item.hard, ""), (item.soft, f"{_w('usual', lang)} ")):
        if limits is not None:
            low, high = (_plain(end, lang) for end in (limits.low, limits.high))
            yield f"{mark}{low}–{high}{unit}"
    if item.type == "text":
        yield f"≤ {item.max_length}"


def _rules(item: Field, lang: str) -> Iterator[str]:
    if item.points is not None:
        yield f"{_w('points', lang)} {item.points}"
    for name in ("required", "computed", "carry"):
        if getattr(item, name):
            yield _w(name, lang)
    if item.missing != tuple(Missing):
        reasons = ", ".join(texts.MISSING[reason].get(lang).lower() for reason in item.missing)
        yield f"{_w('missing', lang).lower()}: {reasons or _w('none', lang)}"
    yield _w(_leaving(item), lang)
    if item.show_if is not None:
        yield f"{_w('shown', lang)} `{item.show_if.text}`"
    for rule in item.derive:
        yield f"{rule.value}: `{rule.when.text}`"


def _leaving(item: Field) -> str:
    if not item.export:
        return "stays"
    return "export_day" if item.type == "date" else "export"


def _plain(value: object, lang: str) -> str:
    """A number or word for reading."""
    text = str(value)
    return text if lang.startswith("en") or isinstance(value, str) else text.replace(".", ",")


def _suggestions(definitions: Definitions, lang: str) -> Iterator[str]:
    for rule in definitions.suggestions.values():
        said = [
            f"{_w(name, lang)} `{condition.text}`"
            for name, condition in (("present", rule.present), ("absent", rule.absent))
            if condition is not None
        ]
        yield f"- `{rule.field}`: " + "; ".join(said)


def _lists(definitions: Definitions, lang: str) -> Iterator[str]:
    for name, codes in definitions.code_lists.items():
        yield f"### `{name}`"
        rows = [f"- {code.value}: {code.label.get(lang)}" for code in codes.codes]
        yield _lines([*rows, *(f"- {code}: {_w('withdrawn', lang)}" for code in codes.withdrawn)])


def _scores(lang: str) -> str:
    head = [_w("rule", lang), _w("version", lang), _w("source", lang)]
    return _table(
        head,
        (
            [f"`{rule.id}` {rule.title}", f"`{registry.version(rule.id)}`", rule.source]
            for rule in registry.RULES.values()
        ),
    )


def _settings(lang: str) -> str:
    head = [_w(name, lang) for name in ("setting", "value", "status", "meaning")]
    return _table(head, (_setting(item, lang) for item in PROTOCOL.settings.values()))


def _setting(item: Setting, lang: str) -> list[str]:
    value = item.value
    if isinstance(value, Mapping):
        shown = ", ".join(f"{name} {_plain(part, lang)}" for name, part in value.items())
    else:
        shown = _plain(value, lang)
    meaning = item.en if lang.startswith("en") else item.it
    source = f" {_w('source', lang)}: {item.source}." if item.source else ""
    return [f"`{item.key}`", f"{shown} {item.unit}".strip(), _w(item.status, lang), f"{meaning}.{source}"]


def _tombstones(definitions: Definitions, lang: str) -> Iterator[str]:
    for stone in definitions.tombstones.values():
        arrow = f" → `{stone.renamed}`" if stone.renamed else f" ({_w('withdrawn', lang)})"
        yield f"- `{stone.id}`{arrow}: {stone.why.get(lang)}"


def _table(head: list[str], rows: Iterator[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return _lines("| " + " | ".join(_cell(text) for text in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _lines(lines: Iterator[str] | list[str]) -> str:
    return "\n".join(lines)


def _w(name: str, lang: str) -> str:
    return _WORDS[name].get(lang)
