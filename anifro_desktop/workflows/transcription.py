"""A visit file in parts: what is to be typed into which forms. The file is JSON, documented in `docs/visit-file.md`.

Reading finds what is wrong with the file itself, every fault at once; what is wrong with its answers is found when they
are tried (see `rehearsing`).
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from anifro_desktop.errors import Refusal
from anifro_desktop.forms.model import Definitions, Field, Label
from anifro_desktop.identity import Identity
from anifro_desktop.study.visit_keys import ENROLMENT, HISTORY
from anifro_desktop.workflows.desk import SUBJECT_FORMS

FORMAT = "anifro-visit/1"
_TOP = {
    *(
        "format",
        "subject",
        "identity",
        "enrolment",
        "enrolment_absent",
        "enrolment_reasons",
        "another_person",
    ),
    *("history", "events", "visits"),
}
_TYPED = {"answers", "suggested", "reasons", "absent", "sign"}
_AT_THE_END = Label(
    "Nulla è cambiato. Correggere il file e inserirlo di nuovo.",
    "Nothing was changed. Mend the file and enter it again.",
)
ENROLLED, HISTORY_PART = Label('"enrolment"', "enrolment"), Label('"history"', "history")
_FILE = Label("il file", "the file")
_FLAG = Label("deve essere true o false.", "must be true or false.")
_IDENTITY = ("surname", "name", "birth_date", "tax_code", "hospital_number", "phone", "email")


def visit_part(number: int) -> Label:
    """The name of a visit of the file, from 1."""
    return Label(f"visita {number}", f"visit {number}")


def event_part(number: int) -> Label:
    """The name of an event of the file, from 1."""
    return Label(f"evento {number}", f"event {number}")


def said_at(where: Label, words: Label, part: str = "") -> Label:
    """A fault with its place: the record and, if given, the part of it."""
    more = f", {part}" if part else ""
    return Label(f"{where.it}{more}: {words.it}", f"{where.en}{more}: {words.en}")


@dataclass(frozen=True, slots=True)
class Fault:
    """What a session does not accept. where: the record; field: empty where it is of none; words: without what was
    typed there; quoting: they name other answers."""

    where: Label
    field: str
    words: Label
    quoting: bool = False

    @property
    def label(self) -> Label:
        """All of it in both languages."""
        return said_at(self.where, self.words, self.field)


class FaultyVisitFile(Refusal):
    """A visit file that cannot be typed. faults: one sentence each; the values themselves are not repeated. told:
    what of them a session did not accept."""

    code: ClassVar[str] = "faulty_visit_file"

    def __init__(self, faults: Sequence[Label], told: Iterable[Fault] = ()) -> None:
        self._labels, self.told = tuple(faults), tuple(told)
        self.faults = tuple(fault.en for fault in faults)
        super().__init__(self._all("en"), count=len(faults))

    def _all(self, lang: str) -> str:
        return "\n".join(fault.get(lang) for fault in (*self._labels, _AT_THE_END))

    def blanks(self, lang: str) -> Mapping[str, str | int]:
        return {**self.params, "faults": self._all(lang)}


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed into the forms of one record. absent: forms or `form/section` whose open items are absent;
    suggested: those whose open items are answered first as the other answers suggest. source: where the answers come
    from, for the note beside each; it stays at the site."""

    answers: Mapping[str, Any]
    reasons: Mapping[str, tuple[int, str]]
    absent: tuple[str, ...]
    sign: bool
    suggested: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class TypedVisit:
    """One visit of a file. key: None lets the date decide."""

    key: str | None
    on: date
    typed: Typed


@dataclass(frozen=True, slots=True)
class TypedEvent:
    """One event of a file: a new record of a form of events."""

    form: str
    typed: Typed


@dataclass(frozen=True, slots=True)
class Transcript:
    """A visit file in parts. subject: a known study code, or None for a new patient with identity and enrolment.

    another_person: a new patient whose name, birth date or number is that of a known one.
    """

    subject: str | None
    identity: Identity | None
    enrolment: Typed
    history: Typed | None
    events: tuple[TypedEvent, ...]
    visits: tuple[TypedVisit, ...]
    another_person: bool = False


def read_transcript(data: bytes, definitions: Definitions) -> Transcript:
    """The parts of a visit file.

    Raises:
        FaultyVisitFile: malformed JSON, unknown or missing keys, unknown fields, values of the wrong kind.
    """
    content = _load(data)
    faults: list[Label] = []
    if content.get("format") != FORMAT:
        must = f'"format": "{FORMAT}".'
        faults.append(Label(f"Il file deve dire {must}", f"The file must say {must}"))
    _unknown(content, _TOP, _FILE, faults)
    subject = content.get("subject")
    if subject is not None and not isinstance(subject, str):
        faults.append(
            Label(
                '"subject" deve essere un codice di studio tra virgolette.',
                '"subject" must be a study code in quotes.',
            )
        )
    identity = _identity(content.get("identity"), faults)
    enrolment = _enrolment(content, definitions, faults)
    history = content.get("history")
    events = enumerate(_list(content.get("events"), _key("events"), faults), start=1)
    visits = enumerate(_list(content.get("visits"), _key("visits"), faults), start=1)
    another = content.get("another_person", False)
    transcript = Transcript(
        subject,
        identity,
        enrolment,
        None if history is None else _history(history, definitions, faults),
        tuple(_event(item, event_part(number), definitions, faults) for number, item in events),
        tuple(_visit(item, visit_part(number), definitions, faults) for number, item in visits),
        another,
    )
    if subject is None and (identity is None or not enrolment.answers):
        faults.append(
            Label(
                'Un file senza "subject" deve contenere "identity" e "enrolment" di un paziente nuovo.',
                'A file without "subject" must hold "identity" and "enrolment" of a new patient.',
            )
        )
    if subject is not None and (identity is not None or enrolment.answers):
        faults.append(
            Label(
                'Un file con "subject" non deve contenere né "identity" né "enrolment".',
                'A file with "subject" must hold neither "identity" nor "enrolment".',
            )
        )
    if not isinstance(another, bool):
        faults.append(_must(_key("another_person"), _FLAG.it, _FLAG.en))
    if faults:
        raise FaultyVisitFile(faults)
    return transcript


def _load(data: bytes) -> dict[str, Any]:
    try:
        # Numbers stay as they were typed, so that 0.10 is not turned into a binary fraction.
        content = json.loads(data.decode("utf-8-sig"), parse_float=str, object_pairs_hook=_no_repeats)
    except UnicodeDecodeError as error:
        words = Label(
            "Il file non è testo UTF-8. Salvarlo come UTF-8.", "The file is not UTF-8 text. Save it as UTF-8."
        )
        raise FaultyVisitFile([words]) from error
    except json.JSONDecodeError as error:
        words = Label(
            f"Il file non è JSON completo: vedere la riga {error.lineno}, colonna {error.colno}.",
            f"The file is not complete JSON: see line {error.lineno}, column {error.colno}.",
        )
        raise FaultyVisitFile([words]) from error
    except _Repeated as error:
        raise FaultyVisitFile([error.words]) from error
    except (RecursionError, ValueError) as error:
        words = Label("Il file non è JSON utilizzabile.", "The file is not usable JSON.")
        raise FaultyVisitFile([words]) from error
    if not isinstance(content, dict):
        words = Label("Il file deve contenere un oggetto JSON.", "The file must hold one JSON object.")
        raise FaultyVisitFile([words])
    return content


class _Repeated(ValueError):
    def __init__(self, name: str) -> None:
        super().__init__("repeated")
        self.words = Label(
            f'"{name}" sta due volte in un oggetto. Tenerne uno.',
            f'"{name}" stands twice in one object. Keep one of them.',
        )


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Repeated(twice)
    return result


def _unknown(content: Mapping[str, Any], known: set[str], where: Label, faults: list[Label]) -> None:
    for name in content:
        if name not in known:
            near = _meant(name, known)
            words = Label(
                f'chiave sconosciuta "{name}"{near.it}.',
                f'unknown key "{name}"{near.en}.',
            )
            faults.append(said_at(where, words))


def _meant(name: str, known: Iterable[str]) -> Label:
    near = difflib.get_close_matches(name, list(known), n=1)
    return Label(f' (forse "{near[0]}"?)', f' (did you mean "{near[0]}"?)') if near else Label("", "")


def _key(name: str) -> Label:
    """A key of the file, the same in each language."""
    return Label(f'"{name}"', f'"{name}"')


def _in(where: Label, part: str) -> Label:
    """A part of a record."""
    return Label(f"{where.it}, {part}", f"{where.en}, {part}")


def _must(where: Label, it: str, en: str) -> Label:
    return Label(f"{where.it} {it}", f"{where.en} {en}")


def _object(content: Any, where: Label, faults: list[Label]) -> Mapping[str, Any]:
    if content is None:
        return {}
    if isinstance(content, dict):
        return content
    faults.append(_must(where, "deve essere un oggetto tra graffe.", "must be an object in braces."))
    return {}


def _list(content: Any, where: Label, faults: list[Label]) -> list[Any]:
    if content is None:
        return []
    if isinstance(content, list):
        return content
    faults.append(_must(where, "deve essere un elenco tra parentesi quadre.", "must be a list in brackets."))
    return []


def _day(text: Any, where: Label, faults: list[Label]) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        faults.append(
            _must(where, 'deve essere una data come "2026-03-04".', 'must be a date such as "2026-03-04".')
        )
        return date.min


def _identity(content: Any, faults: list[Label]) -> Identity | None:
    if content is None:
        return None
    where = _key("identity")
    parts = _object(content, where, faults)
    _unknown(parts, set(_IDENTITY), where, faults)
    texts = {name: parts.get(name, "") for name in _IDENTITY if name != "birth_date"}
    if any(not isinstance(text, str) for text in texts.values()):
        words = Label("ogni parte deve essere un testo tra virgolette.", "every part must be text in quotes.")
        faults.append(said_at(where, words))
        return None
    return Identity(birth_date=_day(parts.get("birth_date"), _in(where, "birth_date"), faults), **texts)


def _enrolment(content: Mapping[str, Any], definitions: Definitions, faults: list[Label]) -> Typed:
    parts = {
        "answers": content.get("enrolment"),
        "absent": content.get("enrolment_absent"),
        "reasons": content.get("enrolment_reasons"),
    }
    return _typed(parts, SUBJECT_FORMS[ENROLMENT], ENROLLED, definitions, faults)


def _history(content: Any, definitions: Definitions, faults: list[Label]) -> Typed:
    parts = _object(content, HISTORY_PART, faults)
    _unknown(parts, _TYPED, HISTORY_PART, faults)
    return _typed(parts, SUBJECT_FORMS[HISTORY], HISTORY_PART, definitions, faults)


def _event(content: Any, where: Label, definitions: Definitions, faults: list[Label]) -> TypedEvent:
    parts = _object(content, where, faults)
    _unknown(parts, _TYPED | {"form"}, where, faults)
    known, form = [item.id for item in definitions.of_level("event")], parts.get("form")
    if form not in known:
        near = _meant(form, known) if isinstance(form, str) else Label("", "")
        words = Label(
            f'"form" deve essere una scheda di eventi, come "adverse_event"{near.it}.',
            f'"form" must be a form of events, such as "adverse_event"{near.en}.',
        )
        faults.append(said_at(where, words))
        form = ""
    return TypedEvent(form, _typed(parts, (form,) if form else known, where, definitions, faults))


def _visit(content: Any, where: Label, definitions: Definitions, faults: list[Label]) -> TypedVisit:
    parts = _object(content, where, faults)
    _unknown(parts, _TYPED | {"visit", "date"}, where, faults)
    on, key = _day(parts.get("date"), _in(where, "date"), faults), parts.get("visit")
    if key is not None and not isinstance(key, str):
        words = Label('"visit" deve essere una visita come "m06".', '"visit" must be a visit such as "m06".')
        faults.append(said_at(where, words))
    forms = [item.id for item in definitions.of_level("visit")]
    return TypedVisit(key, on, _typed(parts, forms, where, definitions, faults))


def _typed(
    parts: Mapping[str, Any],
    forms: Iterable[str],
    where: Label,
    definitions: Definitions,
    faults: list[Label],
) -> Typed:
    """What is typed into some forms. where: names the record in a fault."""
    answers = _object(parts.get("answers"), _in(where, "answers"), faults)
    _fields(answers, definitions, forms, where, faults)
    sign = parts.get("sign", False)
    if not isinstance(sign, bool):
        faults.append(said_at(where, Label(f'"sign" {_FLAG.it}', f'"sign" {_FLAG.en}')))
    absent, suggested = (_places(parts, name, where, faults) for name in ("absent", "suggested"))
    reasons = _reasons(parts.get("reasons"), definitions, where, faults)
    return Typed(answers, reasons, sign=bool(sign), absent=absent, suggested=suggested)


def _places(parts: Mapping[str, Any], name: str, where: Label, faults: list[Label]) -> tuple[str, ...]:
    """The forms and sections that a key of a record names."""
    places = _list(parts.get(name), _in(where, name), faults)
    if any(not isinstance(item, str) for item in places):
        words = Label(
            f'"{name}" deve contenere nomi di schede o sezioni tra virgolette.',
            f'"{name}" must hold names of forms or sections in quotes.',
        )
        faults.append(said_at(where, words))
    return tuple(places)


def _reasons(
    content: Any, definitions: Definitions, where: Label, faults: list[Label]
) -> dict[str, tuple[int, str]]:
    reasons = {}
    known = definitions.code_lists["override_reason"].values
    for name, item in _object(content, _in(where, "reasons"), faults).items():
        place = _in(where, f"reasons, {name}")
        parts = _object(item, place, faults)
        code, text = parts.get("reason"), parts.get("text", "")
        if name not in definitions.fields or code not in known or not isinstance(text, str):
            allowed = ", ".join(str(value) for value in known)
            words = Label(
                f'servono un campo noto e "reason" tra {allowed}.',
                f'a known field and "reason" among {allowed} are needed.',
            )
            faults.append(said_at(place, words))
        else:
            reasons[name] = (code, text)
    return reasons


def _fields(
    answers: Mapping[str, Any],
    definitions: Definitions,
    forms: Iterable[str],
    where: Label,
    faults: list[Label],
) -> None:
    askable = {item.id for form in forms for item in definitions.form(form).fields}
    for name, answer in answers.items():
        if name not in askable:
            near = _meant(name, askable)
            words = Label(f"campo sconosciuto {name}{near.it}.", f"unknown field {name}{near.en}.")
            faults.append(said_at(where, words))
        elif (wrong := _wrong(answer, definitions.fields[name])) is not None:
            faults.append(said_at(where, wrong, name))


def _wrong(answer: Any, field: Field) -> Label | None:
    """Why an answer is not of the kind that its field takes."""
    if isinstance(answer, dict):
        reasons = [reason.value for reason in field.missing]
        if set(answer) == {"missing"} and answer["missing"] in reasons:
            return None
        allowed = ", ".join(reasons)
        return Label(
            f'un valore mancante è {{"missing": motivo}}, con un motivo tra {allowed or "nessuno qui"}.',
            f'a missing value is {{"missing": reason}} with a reason among {allowed or "none here"}.',
        )
    if isinstance(answer, bool) or not isinstance(answer, int | str):
        return Label(
            "serve un numero, un testo o un motivo per cui manca; non true, false, null o un elenco.",
            "a number, a text or a missing reason is needed, not true, false, null or a list.",
        )
    if field.codes is not None and answer not in field.codes.values:
        allowed = ", ".join(str(value) for value in field.codes.values)
        return Label(f"sono ammessi {allowed}.", f"allowed are {allowed}.")
    return None
