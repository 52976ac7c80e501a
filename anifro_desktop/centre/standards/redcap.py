"""The study for REDCap: its data dictionary, its events, which instrument stands in which, what repeats, and the data.

Rules kept here:
- The files are read in in the order dictionary, events, designations, what repeats, data: each needs those before.
- A longitudinal project of one arm: an event for the enrolment, the history, each planned visit and the unscheduled
  visits (a repeating event); forms of events are repeating instruments of the event `events_arm_1`.
- Dates are days since enrolment, whole numbers, as in all data of the centre.
- A reason for a missing value stands as its word (`not_done`, `not_known`, `not_applicable`, `refused`): these are to
  be named as the project's missing data codes before the data are read in.
- A withdrawn code is kept and not offered (`@HIDECHOICE`); what is computed is for reading (`@READONLY`).
- A condition that REDCap cannot say stands as the note of its field, and the field is always shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from anifro_desktop.centre.answered import names_of
from anifro_desktop.centre.assembling import CLASSIFICATION, SUMMARY, Event, Subject, Visit
from anifro_desktop.centre.csv_file import csv_line, lines_as_csv
from anifro_desktop.centre.scored import ScoreVariable, score_cell
from anifro_desktop.centre.scored_classes import CLASSES
from anifro_desktop.centre.standards.branching import branching
from anifro_desktop.centre.standards.history import Holding, Kept
from anifro_desktop.centre.standards.sent import sent_definitions
from anifro_desktop.centre.standards.sheet import Sheet
from anifro_desktop.centre.variables import SCORES
from anifro_desktop.forms.model import Definitions, Field, Form, Label
from anifro_desktop.forms.types import TYPES
from anifro_desktop.record import Revision
from anifro_desktop.study.visit_keys import HISTORY, KINDS, UNSCHEDULED, kind_of

HEADERS = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
DICTIONARY = "redcap_dictionary.csv"
RECORD, SITE = "subj_id", "site"
_ARM, _ENROLMENT, _OF_EVENTS = "_arm_1", "enrolment", "events"
_KEYS = (RECORD, "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance")
_RESULTS: Mapping[str, Sequence[ScoreVariable]] = {SUMMARY: SCORES, CLASSIFICATION: CLASSES}
_CODE, _SITE = Label("Codice del soggetto", "Subject code"), Label("Centro", "Site")
_RESULTS_HEAD = Label("Risultati calcolati", "Computed results")
_ASKED_AS = {"subject_sex": "sex"}  # a fact of conditions, and the question that it is the answer to
_SHOWN = Label("Si chiede se: {condition}", "Asked if: {condition}")


def sheets(holding: Holding, lang: str) -> list[Sheet]:
    """The files. lang: of the words of the dictionary."""
    current, packs = holding.current, holding.packs
    alone = {
        DICTIONARY: dictionary(current, lang, packs),
        "redcap_events.csv": events(),
        "redcap_designations.csv": designations(current, packs),
        "redcap_repeating.csv": repeating(current, packs),
    }
    return [*(_alone(name, text) for name, text in alone.items()), data(holding)]


def _alone(name: str, text: bytes) -> Sheet:
    return Sheet(name, lambda count: text.decode())


def dictionary(current: Definitions, lang: str, packs: Sequence[Definitions] = ()) -> bytes:
    """The data dictionary as CSV. packs: those of the records, oldest first."""
    return lines_as_csv(HEADERS, _lines(sent_definitions(current, packs), current, lang))


def events() -> bytes:
    """The events, as CSV for REDCap's page of events: it makes each unique name of the event's and the arm's."""
    heads = ("event_name", "arm_num", "unique_event_name", "custom_event_label")
    return lines_as_csv(heads, [(event.removesuffix(_ARM), "1", event, "") for event in _EVENTS])


def designations(current: Definitions, packs: Sequence[Definitions] = ()) -> bytes:
    """Which instrument stands in which event, as CSV for REDCap's page of designations."""
    sent = sent_definitions(current, packs)
    lines = [("1", event, form.id) for form in sent.forms for event in _events(form)]
    return lines_as_csv(("arm_num", "unique_event_name", "form"), lines)


def repeating(current: Definitions, packs: Sequence[Definitions] = ()) -> bytes:
    """What repeats, as REDCap's interface takes it: the unscheduled visit as a whole, and each form of events."""
    sent = sent_definitions(current, packs)
    lines = [(_event(UNSCHEDULED), "", "")]
    lines += [(_event(_OF_EVENTS), form.id, "") for form in sent.forms if form.level == "event"]
    return lines_as_csv(("event_name", "form_name", "custom_form_label"), lines)


def data(holding: Holding) -> Sheet:
    """The data as CSV: every variable is written, in the order of the dictionary."""
    sent = sent_definitions(holding.current, holding.packs)
    names = [*_KEYS, SITE]
    for form in sent.forms:
        names += [field.id for field in form.fields]
        names += [item.name for item in _RESULTS.get(form.id, ())] + [f"{form.id}_complete"]

    def of(kept: Kept) -> Iterator[str]:
        rows = () if kept.subject is None else _rows(holding, kept.subject)
        return (csv_line([line.get(name, "") for name in names]) for line in rows)

    return Sheet("redcap_data.csv", lambda count: csv_line(names), of)


def _lines(sent: Definitions, current: Definitions, lang: str) -> Iterator[list[str]]:
    first = sent.forms[0].id
    yield _line(RECORD, first, kind="text", label=_CODE.get(lang))
    yield _line(SITE, first, kind="text", label=_SITE.get(lang))
    for form in sent.forms:
        for section in form.sections:
            for number, field in enumerate(section.fields):
                head = "" if number else section.label.get(lang)
                yield _question(field, form, head, sent, current, lang)
        for number, item in enumerate(_RESULTS.get(form.id, ())):
            yield _result(item, form, "" if number else _RESULTS_HEAD.get(lang), lang)


def _line(name: str, form: str, *, head: str = "", kind: str, label: str, **more: str) -> list[str]:
    cells = {
        "Variable / Field Name": name,
        "Form Name": form,
        "Section Header": head,
        "Field Type": kind,
        "Field Label": label,
    }
    cells |= {
        "Choices, Calculations, OR Slider Labels": more.get("choices", ""),
        "Field Note": more.get("note", ""),
        "Text Validation Type OR Show Slider Number": more.get("validation", ""),
        "Text Validation Min": more.get("low", ""),
        "Text Validation Max": more.get("high", ""),
        "Branching Logic (Show field only if...)": more.get("logic", ""),
        "Required Field?": more.get("required", ""),
        "Field Annotation": more.get("annotation", ""),
    }
    return [cells.get(header, "") for header in HEADERS]


def _question(
    field: Field, form: Form, head: str, sent: Definitions, current: Definitions, lang: str
) -> list[str]:
    kind, validation = TYPES[field.type].REDCAP
    logic = "" if field.show_if is None else _logic(field, form, sent, current)
    notes = [field.unit_label.get(lang) if field.unit_label is not None else ""]
    if field.show_if is not None and not logic:
        notes.append(_SHOWN.get(lang).format(condition=field.show_if.text))
    limits = field.hard
    return _line(
        field.id,
        form.id,
        head=head,
        kind=kind,
        label=field.label.get(lang),
        choices=_choices(field, lang),
        note="; ".join(filter(None, notes)),
        validation=validation,
        low=format(limits.low, "f") if limits is not None and validation else "",
        high=format(limits.high, "f") if limits is not None and validation else "",
        logic=logic,
        required="y" if field.required and not field.computed else "",
        annotation=_annotation(field, field.id in _asked(current)),
    )


def _asked(current: Definitions) -> frozenset[str]:
    return frozenset(name for item in current.fields.values() if item.export for name in names_of(item))


def _annotation(field: Field, asked: bool) -> str:
    """What REDCap is told beside: a question of an older pack is hidden."""
    told = ["@READONLY"] if field.computed else []
    told += [] if asked else ["@HIDDEN"]
    if field.codes is not None and field.codes.withdrawn:
        told.append(f"@HIDECHOICE='{','.join(str(code.value) for code in field.codes.withdrawn)}'")
    return " ".join(told)


def _choices(field: Field, lang: str) -> str:
    if field.codes is None:
        return ""
    return _listed(
        {code.value: code.label.get(lang) for code in (*field.codes.codes, *field.codes.withdrawn)}
    )


def _listed(codes: Mapping[int, str]) -> str:
    """Codes with their labels; an upright line would end a choice."""
    return " | ".join(f"{value}, {label.replace('|', '/')}" for value, label in codes.items())


def _logic(field: Field, form: Form, sent: Definitions, current: Definitions) -> str:
    levels = {one.id: one.level for one in sent.forms}

    def place(name: str) -> str | None:
        name = _ASKED_AS.get(name, name)
        asked = current.fields.get(name)
        there = sent.fields.get(names_of(asked)[0] if asked is not None else name)
        if there is None or levels[there.form] not in (form.level, "subject"):
            return None
        apart = levels[there.form] == "subject" and there.form != form.id
        return (f"[{_own_event(there.form)}]" if apart else "") + f"[{there.id}]"

    assert field.show_if is not None
    return branching(field.show_if.text, place) or ""


def _result(item: ScoreVariable, form: Form, head: str, lang: str) -> list[str]:
    coded = _listed({value: label.get(lang) for value, label in (item.codes or {}).items()})
    return _line(
        item.name,
        form.id,
        head=head,
        kind="radio" if coded else "text",
        label=item.label.get(lang),
        choices=coded,
        validation="" if coded else "integer" if item.kind == "whole" else "number",
        annotation="@READONLY",
    )


def _event(name: str) -> str:
    """The unique name of an event."""
    return f"{name}{_ARM}"


_EVENTS = tuple(map(_event, (_ENROLMENT, HISTORY, *KINDS, _OF_EVENTS)))


def _own_event(form: str) -> str:
    return _event(HISTORY if form == HISTORY else _ENROLMENT)


def _events(form: Form) -> Iterable[str]:
    if form.level == "subject":
        return [_own_event(form.id)]
    if form.level == "event":
        return [_event(_OF_EVENTS)]
    kinds = [kind for kind in KINDS if form.derived or kind in form.timetable or kind in form.optional]
    return map(_event, kinds)


def _rows(holding: Holding, subject: Subject) -> Iterator[dict[str, str]]:
    """A line for each event of a subject, and one for each repeat."""
    start = {RECORD: subject.code}
    for event in (_event(_ENROLMENT), _event(HISTORY)):
        forms = [form for name, form in subject.forms.items() if _own_event(name) == event]
        if forms or event == _event(_ENROLMENT):
            site = {SITE: subject.site} if event == _event(_ENROLMENT) else {}
            yield {**start, **site, "redcap_event_name": event, **_cells(holding, forms)}
    for visit in subject.visits:
        yield {**start, **_of_visit(visit), **_cells(holding, visit.forms.values())}
    for one in subject.events:
        yield {**start, **_of_event(one), **_cells(holding, [one.revision])}


def _of_visit(visit: Visit) -> dict[str, str]:
    kind = kind_of(visit.key)
    again = str(int(visit.key[1:])) if kind == UNSCHEDULED else ""
    return {"redcap_event_name": _event(kind), "redcap_repeat_instance": again}


def _of_event(event: Event) -> dict[str, str]:
    return {
        "redcap_event_name": _event(_OF_EVENTS),
        "redcap_repeat_instrument": event.form,
        "redcap_repeat_instance": str(event.number),
    }


def _cells(holding: Holding, revisions: Iterable[Revision]) -> dict[str, str]:
    found: dict[str, str] = {}
    for revision in revisions:
        values = holding.reading.values(revision)
        found |= {name: _said(value) for name, value in values.items()}
        for item in _RESULTS.get(revision.form, ()):
            cell = score_cell(revision.scores, item)
            found[item.name] = "" if cell is None else repr(cell)
        found[f"{revision.form}_complete"] = "2" if revision.signature else "1"
    return found


def _said(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)
