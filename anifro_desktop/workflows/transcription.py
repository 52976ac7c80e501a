"""Typing a visit from a file, through the same session, checks and audit as at the window.

The file is JSON, documented in `docs/visit-file.md`. It is read whole and tried on sessions of its own before
anything is written: every fault is said at once, and a file with one fault changes nothing. Answers typed this way
carry the note `transcribed` in the audit trail.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from anifro_desktop.errors import Refusal
from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.session import VisitSession
from anifro_desktop.identity import Identity
from anifro_desktop.record import Missing, Note

FORMAT = "anifro-visit/1"
_TRANSCRIBED = Note("transcribed")
_TOP = {"format", "subject", "identity", "enrolment", "visits", "another_person"}
_VISIT = {"visit", "date", "answers", "reasons", "absent", "sign"}
_IDENTITY = ("surname", "name", "birth_date", "tax_code", "hospital_number", "phone", "email")


class FaultyVisitFile(Refusal):
    """A visit file that cannot be typed. faults: one sentence each; the values themselves are not repeated."""

    code: ClassVar[str] = "faulty_visit_file"

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join([*faults, "Nothing was changed. Mend the file and enter it again."]))


@dataclass(frozen=True, slots=True)
class TypedVisit:
    """One visit of a file. key: None lets the date decide. absent: forms or `form/section` whose open items are."""

    key: str | None
    on: date
    answers: Mapping[str, Any]
    reasons: Mapping[str, tuple[int, str]]
    absent: tuple[str, ...]
    sign: bool


@dataclass(frozen=True, slots=True)
class Transcript:
    """A visit file in parts. subject: a known study code, or None for a new patient with identity and enrolment.

    another_person: a new patient whose name, birth date or number is that of a known one.
    """

    subject: str | None
    identity: Identity | None
    enrolment: Mapping[str, Any]
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
    enrolment = _object(content.get("enrolment"), '"enrolment"', faults)
    _fields(enrolment, definitions, "subject", "enrolment", faults)
    visits = tuple(
        _visit(item, f"visit {number}", definitions, faults)
        for number, item in enumerate(_list(content.get("visits"), '"visits"', faults), start=1)
    )
    if subject is None and (identity is None or not enrolment):
        faults.append('A file without "subject" must hold "identity" and "enrolment" of a new patient.')
    if subject is not None and (identity is not None or enrolment):
        faults.append('A file with "subject" must hold neither "identity" nor "enrolment".')
    another = content.get("another_person", False)
    if not isinstance(another, bool):
        faults.append('"another_person" must be true or false.')
    if faults:
        raise FaultyVisitFile(faults)
    return Transcript(subject, identity, enrolment, visits, another)


def type_answers(session: VisitSession, answers: Mapping[str, Any], where: str) -> list[str]:
    """Type answers into a session in the order of its forms; return a sentence for each that is not accepted."""
    faults = []
    order = [item.id for form in session.forms for item in form.fields if item.id in answers]
    for name in order:
        _type_one(session, name, answers[name])
    for name in order:
        state = session.state(name)
        if not state.visible:
            faults.append(
                f"{where}, {name}: is not asked with these answers. Take it out or mend the others."
            )
        elif state.problem is not None and state.problem.severity == "hard":
            faults.append(f"{where}, {name}: {session.problem_text(state.problem, 'en')}")
    return faults


def type_visit(session: VisitSession, visit: TypedVisit, where: str) -> list[str]:
    """Type a whole visit into a session: answers, then open items absent, then reasons; return the faults."""
    faults = type_answers(session, visit.answers, where)
    for place in visit.absent:
        form_id, _, section_id = place.partition("/")
        known = [
            item
            for item in session.sections()
            if item.form == form_id and section_id in ("", item.section.id)
        ]
        if not known:
            faults.append(f'{where}: "absent" names {place}, which is no form or section.')
        for item in known:
            session.all_absent(item.form, item.section.id)
    for name, (reason, text) in visit.reasons.items():
        try:
            session.explain(name, reason, text)
        except Refusal as refusal:
            faults.append(f"{where}, reasons, {name}: {refusal}")
    if visit.sign and not session.can_sign():
        for problem in session.problems():
            if problem.severity != "soft" and not problem.settled:
                faults.append(f"{where}, {problem.field}: {session.problem_text(problem, 'en')}")
    return list(dict.fromkeys(faults))


def _type_one(session: VisitSession, name: str, answer: Any) -> None:
    if isinstance(answer, Mapping):
        session.set_missing(name, Missing(answer["missing"]))
    elif session.definitions.fields[name].codes is not None:
        session.set_value(name, answer, note=_TRANSCRIBED)
    else:
        session.set_text(name, str(answer), note=_TRANSCRIBED)


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


def _meant(name: str, known: Any) -> str:
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


def _visit(content: Any, where: str, definitions: Definitions, faults: list[str]) -> TypedVisit:
    parts = _object(content, where, faults)
    _unknown(parts, _VISIT, where, faults)
    on = _day(parts.get("date"), f"{where}, date", faults)
    answers = _object(parts.get("answers"), f"{where}, answers", faults)
    _fields(answers, definitions, "visit", where, faults)
    key, sign = parts.get("visit"), parts.get("sign", False)
    if key is not None and not isinstance(key, str):
        faults.append(f'{where}: "visit" must be a visit such as "m06".')
    if not isinstance(sign, bool):
        faults.append(f'{where}: "sign" must be true or false.')
    absent = _list(parts.get("absent"), f"{where}, absent", faults)
    if any(not isinstance(item, str) for item in absent):
        faults.append(f'{where}: "absent" must hold names of forms or sections in quotes.')
    reasons = _reasons(parts.get("reasons"), definitions, where, faults)
    return TypedVisit(key, on, answers, reasons, tuple(absent), bool(sign))


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
    answers: Mapping[str, Any], definitions: Definitions, level: str, where: str, faults: list[str]
) -> None:
    askable = {
        item.id
        for form in definitions.forms
        if form.level == level and not form.derived
        for item in form.fields
    }
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
