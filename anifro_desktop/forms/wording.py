"""The wording of a site's questionnaires, which is licensed to the site and no part of this program.

A site may write its licensed texts into one file (TOML, or the same as JSON): for each question that a patient answers
its text, and, if wished, a text for some of its answers.

    [sf36_1]
    label = { it = "...", en = "..." }
    options.1 = { it = "...", en = "..." }

Rules kept here:
- The texts are for the screen of this site. They are no part of a definition, so neither its digest nor a codebook, a
  record, a bundle, a data set or a score knows them; no fault and no message repeats one.
- Only questions that the patient fills may have a text, and only answers that they can have.
- Every fault of a file is found at once and told in words, in both languages.
- A text in one language only stands for the other as well: a questionnaire is licensed by language, and the patient
  reads that one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from anifro_desktop.forms.errors import FormsRefusal
from anifro_desktop.forms.model import Definitions, Field, Label
from anifro_desktop.record import canonical
from anifro_desktop.strictjson import StrictJsonError, strict_json

LONGEST = 1000  # characters of one text
_LANGUAGES = ("it", "en")
_KEYS = ("label", "options")
_CODE = re.compile(r"0|[1-9][0-9]{0,2}")
_LINE = re.compile(r"at line ([0-9]+)")
_NAMEABLE = re.compile(r"[A-Za-z0-9_-]{1,26}")

FAULTS: Mapping[str, Label] = {
    "not_json": Label("il file non è un JSON valido", "the file is not valid JSON"),
    "not_toml": Label(
        "il file non è un TOML valido (riga {line})", "the file is not valid TOML (line {line})"
    ),
    "not_utf8": Label("il file non è un testo UTF-8", "the file is not a text in UTF-8"),
    "nothing": Label("il file non contiene alcuna domanda", "the file holds no question"),
    "no_field": Label(
        "{where}: lo studio non ha una domanda con questo codice",
        "{where}: the study has no question of this id",
    ),
    "not_patient": Label(
        "{where}: non è una domanda compilata dal paziente",
        "{where}: this is not a question that the patient fills",
    ),
    "not_table": Label(
        "{where}: qui servono i testi «label» e «options»", '{where}: "label" and "options" are expected here'
    ),
    "not_options": Label(
        "{where}: in «options» serve un testo per ogni numero, per esempio 1 = {{ it = … }}",
        '{where}: "options" takes a text for each number, for example 1 = {{ it = … }}',
    ),
    "unknown_key": Label(
        "{where}: «{key}» non è previsto qui; si usa {allowed}",
        '{where}: "{key}" is not known here; use {allowed}',
    ),
    "no_label": Label(
        "{where}: manca il testo della domanda (label)", "{where}: its text (label) is missing"
    ),
    "no_text": Label(
        "{where}: manca il testo, in italiano (it) o in inglese (en)",
        "{where}: the text is missing, in Italian (it) or in English (en)",
    ),
    "bad_text": Label(
        "{where}: serve un testo stampabile da 1 a {most} caratteri",
        "{where}: a printable text of 1 to {most} characters is needed",
    ),
    "no_option": Label(
        "{where}: «{key}» non è una risposta di questa domanda ({allowed})",
        '{where}: "{key}" is no answer of this question ({allowed})',
    ),
}


@dataclass(frozen=True, slots=True)
class WordingFault:
    """One fault of a wording file. code: in `FAULTS`. params: blanks of its sentence, never a text of the file."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """What is wrong, in words."""
        return FAULTS[self.code].get(lang).format(**self.params)


class WordingFaults(FormsRefusal):
    """A wording file that cannot be used. faults: every one of them, in the order of the file."""

    code = "wording_faults"

    def __init__(self, faults: Iterable[WordingFault]) -> None:
        self.faults = tuple(faults)
        said = "\n".join(fault.text("en") for fault in self.faults)
        super().__init__(
            f"The wording was not loaded: correct {len(self.faults)} fault(s) in the file and load it again.\n{said}",
            count=len(self.faults),
        )


@dataclass(frozen=True, slots=True)
class Worded:
    """The wording of one question. options: text of an answer by its number."""

    label: Label
    options: Mapping[int, Label]


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording a site has loaded, by field id; empty where it has loaded none."""

    questions: Mapping[str, Worded] = field(default_factory=dict, repr=False)

    def label(self, name: str) -> Label | None:
        """The text of a question, or None."""
        found = self.questions.get(name)
        return found.label if found is not None else None

    def options(self, name: str) -> Mapping[int, Label]:
        """The texts of its answers; an answer without one is not among them."""
        found = self.questions.get(name)
        return found.options if found is not None else {}

    def named(self, item: Field) -> Field:
        """A field as the clinic's screen shows it: after its number, the text of the question, if there is one."""
        text = self.label(item.id)
        if text is None:
            return item
        both = Label(f"{item.label.it}: {text.it}", f"{item.label.en}: {text.en}")
        return replace(item, label=both)


def read(data: bytes, definitions: Definitions) -> Wording:
    """The wording in a file's bytes.

    Raises:
        WordingFaults: every fault of the file.
    """
    wording, faults = sift(data, definitions)
    if faults:
        raise WordingFaults(faults)
    return wording


def sift(data: bytes, definitions: Definitions) -> tuple[Wording, tuple[WordingFault, ...]]:
    """The questions of a file whose wording can be used, and every fault of the others."""
    faults: list[WordingFault] = []
    raw = _parse(data, faults)
    if raw is None:
        return Wording(), tuple(faults)
    if not raw:
        faults.append(WordingFault("nothing"))
    found: dict[str, Worded] = {}
    for number, (name, item) in enumerate(raw.items(), 1):
        before = len(faults)
        worded = _question(_named(name, number), definitions.fields.get(name), item, faults)
        if len(faults) == before:
            found[name] = worded
    return Wording(found), tuple(faults)


def to_bytes(wording: Wording) -> bytes:
    """The wording as it is kept: JSON that `read` reads."""
    return canonical(
        {
            name: {
                "label": _plain(item.label),
                "options": {str(code): _plain(text) for code, text in item.options.items()},
            }
            for name, item in wording.questions.items()
        }
    )


def _plain(label: Label) -> dict[str, str]:
    return {lang: label.get(lang) for lang in _LANGUAGES}


def _parse(data: bytes, faults: list[WordingFault]) -> Mapping[str, Any] | None:
    """The file as tables; None, with the fault noted, where it is no such file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        faults.append(WordingFault("not_utf8"))
        return None
    try:
        raw = strict_json(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except StrictJsonError:
        faults.append(WordingFault("not_json"))
        return None
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        faults.append(WordingFault("not_toml", {"line": line[1] if line else text.count("\n") + 1}))
        return None
    return raw if isinstance(raw, dict) else {}


def _question(where: str, item: Field | None, raw: object, faults: list[WordingFault]) -> Worded:
    """The wording of one question; what is wrong with it is noted."""
    if item is None:
        faults.append(WordingFault("no_field", {"where": where}))
    elif not item.patient_scale:
        faults.append(WordingFault("not_patient", {"where": where}))
    elif not isinstance(raw, dict):
        faults.append(WordingFault("not_table", {"where": where}))
    else:
        _check_keys(where, raw, _KEYS, faults)
        if "label" not in raw:
            faults.append(WordingFault("no_label", {"where": where}))
        label = _label(f"{where}, label", raw.get("label", {"it": "?"}), faults)
        return Worded(label, _options(where, item, raw.get("options", {}), faults))
    return Worded(Label("", ""), {})


def _options(where: str, item: Field, raw: object, faults: list[WordingFault]) -> dict[int, Label]:
    if not isinstance(raw, dict):
        faults.append(WordingFault("not_options", {"where": where}))
        return {}
    found = {}
    for number, (key, text) in enumerate(raw.items(), 1):
        name = _named(key, number)
        if _CODE.fullmatch(key) and _is_answer(item, int(key)):
            found[int(key)] = _label(f"{where}, options.{name}", text, faults)
        else:
            faults.append(WordingFault("no_option", {"where": where, "key": name, "allowed": _allowed(item)}))
    return found


def _label(where: str, raw: object, faults: list[WordingFault]) -> Label:
    if not isinstance(raw, dict):
        faults.append(WordingFault("no_text", {"where": where}))
        return Label("", "")
    _check_keys(where, raw, _LANGUAGES, faults)
    texts = {lang: raw[lang] for lang in _LANGUAGES if lang in raw}
    if not texts:
        faults.append(WordingFault("no_text", {"where": where}))
    for lang, text in texts.items():
        if not _is_text(text):
            faults.append(WordingFault("bad_text", {"where": f"{where}.{lang}", "most": LONGEST}))
    first = next(iter(texts.values()), "")
    return Label(*(str(texts.get(lang, first)).strip() for lang in _LANGUAGES))


def _check_keys(
    where: str, raw: Mapping[str, Any], allowed: tuple[str, ...], faults: list[WordingFault]
) -> None:
    for number, key in enumerate(raw, 1):
        if key not in allowed:
            params = {"where": where, "key": _named(key, number), "allowed": ", ".join(allowed)}
            faults.append(WordingFault("unknown_key", params))


def _is_text(text: object) -> bool:
    if not isinstance(text, str) or not 0 < len(text.strip()) <= LONGEST:
        return False
    return all(letter.isprintable() or letter == "\n" for letter in text)


def _is_answer(item: Field, code: int) -> bool:
    if item.codes is not None:
        return code in item.codes.values
    return item.hard is not None and item.hard.hold(code)


def _allowed(item: Field) -> str:
    if item.codes is not None:
        return ", ".join(map(str, item.codes.values))
    return f"{item.hard.low}–{item.hard.high}" if item.hard is not None else "–"


def _named(key: str, number: int) -> str:
    """A key as a message names it: one that may be a text that went astray is named by its place alone."""
    return key if _NAMEABLE.fullmatch(key) else f"#{number}"
