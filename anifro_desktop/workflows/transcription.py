"""A visit file in parts: what is to be typed into which forms. The file is JSON, documented in `docs/visit-file.md`.

Reading finds what is wrong with the file itself, every fault at once; what is wrong with its answers is found when they
are tried (see `rehearsing`).
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from anifro_desktop.errors import Refusal
from anifro_desktop.forms.model import Definitions, Label
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
_IDENTITY = ("surname", "name", "birth_date", "tax_code", "hospital_number", "phone", "email")


@dataclass(frozen=True, slots=True)
class Fault:
    """What a session does not accept. where: the record; field: empty where it is of none; words: without what was
    typed there; quoting: they name other answers."""

    where: str
    field: str
    words: Label
    quoting: bool = False

    def __str__(self) -> str:
        return (
            f"{self.where}, {self.field}: {self.words.en}" if self.field else f"{self.where}: {self.words.en}"
        )


class FaultyVisitFile(Refusal):
    """A visit file that cannot be typed. faults: one sentence each; the values themselves are not repeated. told:
    what of them a session did not accept."""

    code: ClassVar[str] = "faulty_visit_file"

    def __init__(self, faults: list[str], told: Iterable[Fault] = ()) -> None:
        self.faults, self.told = tuple(faults), tuple(told)
        super().__init__("\n".join([*faults, "Nothing was changed. Mend the file and enter it again."]))


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
    faults: list[str] = []
    if content.get("format") != FORMAT:
        faults.append(f'The file must say "format": "{FORMAT}".')
    _unknown(content, _TOP, "the file", faults)
    subject = content.get("subject")
    if subject is not None and not isinstance(subject, str):
        faults.append('"subject" must be a study code in quotes.')
    identity = _identity(content.get("identity"), faults)
    enrolment = _enrolment(content, definitions, faults)
    history = content.get("history")
    events = enumerate(_list(content.get("events"), '"events"', faults), start=1)
    visits = enumerate(_list(content.get("visits"), '"visits"', faults), start=1)
    another = content.get("another_person", False)
    transcript = Transcript(
        subject,
        identity,
        enrolment,
        None if history is None else _history(history, definitions, faults),
        tuple(_event(item, f"event {number}", definitions, faults) for number, item in events),
        tuple(_visit(item, f"visit {number}", definitions, faults) for number, item in visits),
        another,
    )
    if subject is None and (identity is None or not enrolment.answers):
        faults.append('A file without "subject" must hold "identity" and "enrolment" of a new patient.')
    if subject is not None and (identity is not None or enrolment.answers):
        faults.append('A file with "subject" must hold neither "identity" nor "enrolment".')
    if not isinstance(another, bool):
        faults.append('"another_person" must be true or false.')
    if faults:
        raise FaultyVisitFile(faults)
    return transcript


def _load(data: bytes) -> dict[str, Any]:
    try:
        # Numbers stay as they were typed, so that 0.10 is not turned into a binary fraction.
        content = json.loads(data.decode("utf-8-sig"), parse_float=str, object_pairs_hook=_no_repeats)
    except UnicodeDecodeError as error:
        raise FaultyVisitFile(["The file is not UTF-8 text. Save it as UTF-8."]) from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise FaultyVisitFile([f"The file is not complete JSON: see {place}."]) from error
    except (RecursionError, ValueError) as error:
        raise FaultyVisitFile(
            [str(error) if isinstance(error, _Repeated) else "The file is not usable JSON."]
        ) from error
    if not isinstance(content, dict):
        raise FaultyVisitFile(["The file must hold one JSON object."])
    return content


class _Repeated(ValueError):
    pass


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Repeated(f'"{twice}" stands twice in one object. Keep one of them.')
    return result


def _unknown(content: Mapping[str, Any], known: set[str], where: str, faults: list[str]) -> None:
    for name in content:
        if name not in known:
            faults.append(f'{where}: unknown key "{name}"{_meant(name, known)}.')


def _meant(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def _object(content: Any, where: str, faults: list[str]) -> Mapping[str, Any]:
    if content is None:
        return {}
    if isinstance(content, dict):
        return content
    faults.append(f"{where} must be an object in braces.")
    return {}


def _list(content: Any, where: str, faults: list[str]) -> list[Any]:
    if content is None:
        return []
    if isinstance(content, list):
        return content
    faults.append(f"{where} must be a list in brackets.")
    return []


def _day(text: Any, where: str, faults: list[str]) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        faults.append(f'{where} must be a date such as "2026-03-04".')
        return date.min


def _identity(content: Any, faults: list[str]) -> Identity | None:
    if content is None:
        return None
    parts = _object(content, '"identity"', faults)
    _unknown(parts, set(_IDENTITY), '"identity"', faults)
    texts = {name: parts.get(name, "") for name in _IDENTITY if name != "birth_date"}
    if any(not isinstance(text, str) for text in texts.values()):
        faults.append('"identity": every part must be text in quotes.')
        return None
    return Identity(birth_date=_day(parts.get("birth_date"), '"identity", birth_date', faults), **texts)


def _enrolment(content: Mapping[str, Any], definitions: Definitions, faults: list[str]) -> Typed:
    parts = {
        "answers": content.get("enrolment"),
        "absent": content.get("enrolment_absent"),
        "reasons": content.get("enrolment_reasons"),
    }
    return _typed(parts, SUBJECT_FORMS[ENROLMENT], "enrolment", definitions, faults)


def _history(content: Any, definitions: Definitions, faults: list[str]) -> Typed:
    parts = _object(content, "history", faults)
    _unknown(parts, _TYPED, "history", faults)
    return _typed(parts, SUBJECT_FORMS[HISTORY], "history", definitions, faults)


def _event(content: Any, where: str, definitions: Definitions, faults: list[str]) -> TypedEvent:
    parts = _object(content, where, faults)
    _unknown(parts, _TYPED | {"form"}, where, faults)
    known, form = [item.id for item in definitions.of_level("event")], parts.get("form")
    if form not in known:
        meant = _meant(form, known) if isinstance(form, str) else ""
        faults.append(f'{where}: "form" must be a form of events, such as "adverse_event"{meant}.')
        form = ""
    return TypedEvent(form, _typed(parts, (form,) if form else known, where, definitions, faults))


def _visit(content: Any, where: str, definitions: Definitions, faults: list[str]) -> TypedVisit:
    parts = _object(content, where, faults)
    _unknown(parts, _TYPED | {"visit", "date"}, where, faults)
    on, key = _day(parts.get("date"), f"{where}, date", faults), parts.get("visit")
    if key is not None and not isinstance(key, str):
        faults.append(f'{where}: "visit" must be a visit such as "m06".')
    forms = [item.id for item in definitions.of_level("visit")]
    return TypedVisit(key, on, _typed(parts, forms, where, definitions, faults))


def _typed(
    parts: Mapping[str, Any], forms: Iterable[str], where: str, definitions: Definitions, faults: list[str]
) -> Typed:
    """What is typed into some forms. where: names the record in a fault."""
    answers = _object(parts.get("answers"), f"{where}, answers", faults)
    _fields(answers, definitions, forms, where, faults)
    sign = parts.get("sign", False)
    if not isinstance(sign, bool):
        faults.append(f'{where}: "sign" must be true or false.')
    absent, suggested = (_places(parts, name, where, faults) for name in ("absent", "suggested"))
    reasons = _reasons(parts.get("reasons"), definitions, where, faults)
    return Typed(answers, reasons, sign=bool(sign), absent=absent, suggested=suggested)


def _places(parts: Mapping[str, Any], name: str, where: str, faults: list[str]) -> tuple[str, ...]:
    """The forms and sections that a key of a record names."""
    places = _list(parts.get(name), f"{where}, {name}", faults)
    if any(not isinstance(item, str) for item in places):
        faults.append(f'{where}: "{name}" must hold names of forms or sections in quotes.')
    return tuple(places)


def _reasons(
    content: Any, definitions: Definitions, where: str, faults: list[str]
) -> dict[str, tuple[int, str]]:
    reasons = {}
    known = definitions.code_lists["override_reason"].values
    for name, item in _object(content, f"{where}, reasons", faults).items():
        parts = _object(item, f"{where}, reasons, {name}", faults)
        code, text = parts.get("reason"), parts.get("text", "")
        if name not in definitions.fields or code not in known or not isinstance(text, str):
            allowed = ", ".join(str(value) for value in known)
            faults.append(f'{where}, reasons, {name}: a known field and "reason" among {allowed} are needed.')
        else:
            reasons[name] = (code, text)
    return reasons


def _fields(
    answers: Mapping[str, Any], definitions: Definitions, forms: Iterable[str], where: str, faults: list[str]
) -> None:
    askable = {item.id for form in forms for item in definitions.form(form).fields}
    for name, answer in answers.items():
        if name not in askable:
            faults.append(f"{where}: unknown field {name}{_meant(name, askable)}.")
            continue
        field = definitions.fields[name]
        if isinstance(answer, dict):
            if set(answer) != {"missing"} or answer["missing"] not in [
                reason.value for reason in field.missing
            ]:
                allowed = ", ".join(reason.value for reason in field.missing) or "none here"
                faults.append(
                    f'{where}, {name}: a missing value is {{"missing": reason}} with a reason among {allowed}.'
                )
        elif isinstance(answer, bool) or not isinstance(answer, int | str):
            faults.append(
                f"{where}, {name}: a number, a text or a missing reason is needed, not true, false, null or a list."
            )
        elif field.codes is not None and answer not in field.codes.values:
            allowed = ", ".join(str(value) for value in field.codes.values)
            faults.append(f"{where}, {name}: allowed are {allowed}.")
