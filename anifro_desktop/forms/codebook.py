"""The codebook: every form, field, code, check, suggestion and setting in words, from the definitions alone.

The text depends on the definitions and the protocol settings and on nothing else: no date, no machine, no order of
a hash. The same definitions give the same bytes everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from anifro_desktop.forms import texts
from anifro_desktop.forms.document import Block, Bullets, Heading, Table, Words
from anifro_desktop.forms.formulas import FORMULAS
from anifro_desktop.forms.model import Code, Definitions, Field, Form, Label
from anifro_desktop.record import Missing
from anifro_desktop.scores import registry
from anifro_desktop.scores.listing import in_language
from anifro_desktop.study.protocol import PROTOCOL, Setting
from anifro_desktop.study.visit_keys import KINDS

_WORDS: Mapping[str, Label] = {
    "title": Label("Codebook dello studio NCT07215754", "Codebook of study NCT07215754"),
    "pack": Label("Versione", "Version"),
    "draft_pack": Label("bozza, non pubblicata", "draft, not published"),
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
    "level_event": Label("una per evento, in qualsiasi momento", "one per event, at any time"),
    "asked_at": Label("richiesta a", "asked at"),
    "offered_at": Label("facoltativa a", "optional at"),
    "carries": Label("porta gli indici", "carries the scores"),
    "formula": Label("Formula", "Formula"),
    "partial_date": Label("data anche parziale", "date, may be partial"),
    "moment": Label("data e ora", "date and time"),
    "export_partial": Label(
        "lascia il centro come giorni, mesi o anni dall'arruolamento",
        "leaves the site as days, months or years since enrolment",
    ),
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


def blocks(definitions: Definitions, lang: str) -> Iterator[Block]:
    """The whole codebook in Italian ("it") or English ("en"), block by block."""
    yield Heading(1, _w("title", lang))
    yield Words(_pack(definitions, lang))
    yield Words(f"{_w('digest', lang)}: `{definitions.digest}`")
    yield Heading(2, _w("forms", lang))
    for form in definitions.forms:
        yield from _form(definitions, form, lang)
    yield Heading(2, _w("suggestions", lang))
    yield Bullets(tuple(_suggestions(definitions, lang)))
    yield Heading(2, _w("lists", lang))
    yield from _lists(definitions, lang)
    yield Heading(2, _w("missing", lang))
    yield Bullets(tuple(f"`{reason.value}`: {label.get(lang)}" for reason, label in texts.MISSING.items()))
    yield Heading(2, _w("scores", lang))
    yield _scores(lang)
    yield Heading(2, _w("settings", lang))
    yield _settings(lang)
    if definitions.tombstones:
        yield Heading(2, _w("tombstones", lang))
        yield Bullets(tuple(_tombstones(definitions, lang)))


def _pack(definitions: Definitions, lang: str) -> str:
    pack = definitions.pack
    return (
        f"{_w('pack', lang)}: {pack.id} ({pack.published or _w('draft_pack', lang)}). {pack.note.get(lang)}"
    )


def _form(definitions: Definitions, form: Form, lang: str) -> Iterator[Block]:
    yield Heading(3, form.label.get(lang), form.id)
    said = f". {form.help.get(lang)}" if form.help.get(lang) else ""
    yield Words(", ".join(_marks(form, lang)) + said)
    for section in form.sections:
        if len(form.sections) > 1:
            yield Heading(4, section.label.get(lang))
        head = tuple(
            _w(name, lang) for name in ("field", "question", "kind", "values", "rules", "definition")
        )
        yield Table(head, tuple(_field(item, lang) for item in section.fields))
    checks = [check for check in definitions.checks if check.form == form.id]
    if checks:
        yield Words(f"{_w('checks', lang)}:")
        yield Bullets(
            tuple(
                f"`{check.id}` (`{check.field}`, {_w(check.severity, lang)}): `{check.when.text}`. "
                f"{check.text.get(lang)}"
                for check in checks
            )
        )


def _marks(form: Form, lang: str) -> Iterator[str]:
    """Its id, and when it is asked."""
    yield f"`{form.id}`"
    if form.derived:
        yield _w("derived_form", lang)
    if form.level != "visit":
        yield _w(f"level_{form.level}", lang)
    elif form.timetable == KINDS:
        yield _w("level_visit", lang)
    else:
        yield f"{_w('asked_at', lang)}: {', '.join(form.timetable) or _w('none', lang)}"
        if form.optional:
            yield f"{_w('offered_at', lang)}: {', '.join(form.optional)}"
    if form.scores:
        yield f"{_w('carries', lang)}: {', '.join(form.scores)}"


def _field(item: Field, lang: str) -> tuple[str, ...]:
    definition = item.help.get(lang)
    if item.source:
        definition += f" {_w('source', lang)}: {item.source}."
    return (
        f"`{item.id}`",
        item.label.get(lang),
        _w(item.type, lang),
        "; ".join(_values(item, lang)),
        "; ".join(_rules(item, lang)),
        definition,
    )


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
    return {"date": "export_day", "moment": "export_day", "partial_date": "export_partial"}.get(
        item.type, "export"
    )


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
        yield f"`{rule.field}`: " + "; ".join(said)


def _lists(definitions: Definitions, lang: str) -> Iterator[Block]:
    for name, codes in definitions.code_lists.items():
        yield Heading(3, f"`{name}`", f"list-{name}")
        rows = [f"{code.value}: {code.label.get(lang)}" for code in codes.codes]
        yield Bullets((*rows, *(_gone(code, lang) for code in codes.withdrawn)))


def _gone(code: Code, lang: str) -> str:
    return f"{code.value}: {code.label.get(lang)} ({_w('withdrawn', lang)})"


def _scores(lang: str) -> Table:
    head = tuple(_w(name, lang) for name in ("rule", "version", "formula", "source"))
    return Table(
        head,
        tuple(
            (
                f"`{rule.id}` {in_language(rule.title, lang)}",
                f"`{registry.version(rule.id)}`",
                FORMULAS[rule.id].get(lang),
                in_language(rule.source, lang),
            )
            for rule in registry.RULES.values()
        ),
    )


def _settings(lang: str) -> Table:
    head = tuple(_w(name, lang) for name in ("setting", "value", "status", "meaning"))
    return Table(head, tuple(_setting(item, lang) for item in PROTOCOL.settings.values()))


def _setting(item: Setting, lang: str) -> tuple[str, ...]:
    value = item.value
    if isinstance(value, Mapping):
        shown = ", ".join(f"{name} {_plain(part, lang)}" for name, part in value.items())
    else:
        shown = _plain(value, lang)
    meaning = item.en if lang.startswith("en") else item.it
    source = f" {_w('source', lang)}: {item.source}." if item.source else ""
    return (f"`{item.key}`", f"{shown} {item.unit}".strip(), _w(item.status, lang), f"{meaning}.{source}")


def _tombstones(definitions: Definitions, lang: str) -> Iterator[str]:
    for stone in definitions.tombstones.values():
        arrow = f" → `{stone.renamed}`" if stone.renamed else f" ({_w('withdrawn', lang)})"
        yield f"`{stone.id}`{arrow}: {stone.why.get(lang)}"


def _w(name: str, lang: str) -> str:
    return _WORDS[name].get(lang)
