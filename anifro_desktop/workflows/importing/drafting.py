"""The beginning of a mapping file, from a table: what its columns are by their names, and what its cells look like.

What is certain stands as it is: a column with the name of a field, or with its whole label in either language. All
else is a comment with a suggestion, so that nothing is imported that nobody looked at. The only contents of cells in a
draft are names of REDCap events and instruments.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from anifro_desktop.forms.model import Definitions, Field, Label
from anifro_desktop.forms.types import parse as parse_typed
from anifro_desktop.identity import folded
from anifro_desktop.workflows.importing.cells import Refused, dated, is_empty, text_of
from anifro_desktop.workflows.importing.mapping import ENROLMENT, FORMAT, HISTORY, VISIT, Layout
from anifro_desktop.workflows.importing.tables import Table
from anifro_desktop.workflows.visits import CODES

_EVENT, _INSTRUMENT = "redcap_event_name", "redcap_repeat_instrument"
_TECHNICAL = (_EVENT, _INSTRUMENT)
_IGNORED = re.compile(
    r"redcap_(?:repeat_instance|data_access_group|survey_identifier)|.*_(?:complete|timestamp)"
)
_KEYS = (
    "record_id",
    "id",
    "id paziente",
    "patient id",
    "paziente",
    "patient",
    "codice paziente",
    "subject id",
)
_CODES = ("study code", "study_code", "codice di studio", "codice studio")
_VISIT_DATE = ("visit_date", "data visita", "data della visita", "visit date", "date of visit")
_PARTS: Mapping[str, tuple[str, ...]] = {
    "surname": ("surname", "cognome", "last name", "family name"),
    "name": ("name", "nome", "first name", "given name"),
    "birth_date": ("birth_date", "data di nascita", "data nascita", "nato il", "date of birth", "birth date", "dob"),
    "tax_code": ("tax_code", "codice fiscale", "cf", "tax code"),
    "hospital_number": ("hospital_number", "numero di cartella", "cartella", "nosologico", "mrn", "hospital number"),
    "phone": ("phone", "telefono", "cellulare"),
    "email": ("email", "e mail", "posta elettronica"),
}  # fmt: skip
_NEAR = 0.75
_MONTH = re.compile(r"(?:^|_)(?:m|month_?|mese_?|months_?|mesi_?)0*([0-9]{1,2})(?:_|$)")
_WORDS: Mapping[str, Label] = {
    "head": Label("Bozza di mappa: guardare ogni riga, togliere il segno # dove è giusto. Vedi docs/import.md.",
                  "Draft of a mapping: look at each line, take the # away where it is right. See docs/import.md."),
    "dates": Label("ordine delle date: non è certo dal file", "order of dates: not certain from the file"),
    "decimal": Label("segno decimale: controllare", "decimal sign: check"),
    "key": Label("la colonna che distingue i pazienti", "the column that tells patients apart"),
    "unsure": Label("Senza posto: dare un campo, oppure metterle in «ignore»",
                    "Without a place: give a field, or put them under \"ignore\""),
    "visit": Label("senza «visit» decide la data", "without \"visit\" the date decides"),
    "date": Label("la colonna con la data della visita", "the column with the date of the visit"),
    "choice": Label("il significato di ogni testo: codici", "what each text means: codes"),
    "own": Label("se i codici sono quelli del codebook:", "if its codes are those of the codebook:"),
    "maybe": Label("forse", "perhaps"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    """What the names of the columns say. fields: field id to column; loose: columns without a place."""

    key: str
    code: str
    date: str
    identity: Mapping[str, str]
    technical: tuple[str, ...]
    ignored: tuple[str, ...]
    fields: Mapping[str, str]
    loose: tuple[str, ...]


def draft(table: Table, layout: Layout, definitions: Definitions, lang: str) -> str:
    """The text of a mapping file to go on with. lang: of its comments."""
    found = _find(table, definitions)
    lines = [f"# {_w('head', lang)}", f'format = "{FORMAT}"', *_looks(table, found, definitions, lang)]
    lines += [f"ignore = {_quoted(list(found.ignored))}", "", *_file(layout)]
    lines += ["[subject]", f"key = {_quoted(found.key)}" if found.key else f'# key = ""  # {_w("key", lang)}']
    lines += [f"code = {_quoted(found.code)}"] if found.code else []
    if found.identity:
        lines += ["", "[identity]"]
        lines += [f"{part} = {_quoted(column)}" for part, column in found.identity.items()]
    lines += _records(table, found, definitions, lang)
    lines += _loose(found, definitions, lang)
    return "\n".join(lines) + "\n"


def _find(table: Table, definitions: Definitions) -> _Found:
    left = list(table.columns)

    def take(names: Iterable[str]) -> str:
        wanted = {_plain(name) for name in names}
        column = next((column for column in left if _plain(column) in wanted), "")
        if column:
            left.remove(column)
        return column

    key, code, on = take(_KEYS), take(_CODES), take(_VISIT_DATE)
    identity = {part: column for part, names in _PARTS.items() if (column := take(names))}
    technical = tuple(name for name in _TECHNICAL if take((name,)))
    ignored = tuple(column for column in left if _IGNORED.fullmatch(column))
    names = _names(definitions)
    fields: dict[str, str] = {}
    for column in left:
        item = names.get(_plain(column))
        if item is not None and item.id not in fields and column not in ignored:
            fields[item.id] = column
    loose = tuple(column for column in left if column not in (*ignored, *fields.values()))
    return _Found(key, code, on, identity, technical, ignored, fields, loose)


def _names(definitions: Definitions) -> dict[str, Field]:
    """Each name that means one field and no other: its id, or its label in a language."""
    asked = [item for item in definitions.fields.values() if not item.computed and not item.derive]
    labels: dict[str, set[str]] = {}
    for item in asked:
        for text in (item.label.it, item.label.en):
            labels.setdefault(_plain(text), set()).add(item.id)
    certain = {name: definitions.fields[next(iter(ids))] for name, ids in labels.items() if len(ids) == 1}
    return certain | {_plain(item.id): item for item in asked}


def _plain(text: str) -> str:
    return folded(text.replace("_", " "))


def _looks(table: Table, found: _Found, definitions: Definitions, lang: str) -> Iterator[str]:
    """The order of dates and the decimal sign, as far as the cells leave no doubt."""
    of_dates = [found.date, found.identity.get("birth_date", "")]
    of_dates += [column for name, column in found.fields.items() if definitions.fields[name].type == "date"]
    texts = list(_texts(table, of_dates))
    orders = [
        order for order in ("YMD", "DMY", "MDY") if texts and all(_is_date(text, order) for text in texts)
    ]
    certain = len(orders) == 1
    yield f'dates = "{orders[0]}"' if certain else f'# dates = "DMY"  # {_w("dates", lang)}'
    numbers = [column for name, column in found.fields.items() if definitions.fields[name].type == "decimal"]
    signs = {
        sign for text in _texts(table, numbers) for sign in ",." if re.fullmatch(rf"-?\d+\{sign}\d+", text)
    }
    sure = len(signs) == 1
    yield f'decimal = "{signs.pop()}"' if sure else f'# decimal = ","  # {_w("decimal", lang)}'


def _texts(table: Table, columns: Iterable[str]) -> Iterator[str]:
    for column in filter(None, columns):
        for row in table.rows:
            cell = row.cells.get(column)
            if isinstance(cell, str) and not is_empty(cell):
                yield cell.strip()


def _is_date(text: str, order: str) -> bool:
    try:
        dated(text, order)
    except Refused:
        return False
    return True


def _file(layout: Layout) -> list[str]:
    lines = [f"sheet = {_quoted(layout.sheet)}"] if layout.sheet else []
    lines += [f"header = {layout.header}"] if layout.header != 1 else []
    return ["[file]", *lines, ""] if lines else []


def _records(table: Table, found: _Found, definitions: Definitions, lang: str) -> Iterator[str]:
    groups: dict[str, list[Field]] = {}
    for name in found.fields:
        item = definitions.fields[name]
        groups.setdefault(_kind(definitions, item), []).append(item)
    if found.date:
        groups.setdefault(VISIT, [])
    for kind in sorted(groups, key=lambda kind: ((ENROLMENT, HISTORY, VISIT, kind).index(kind), kind)):
        feeds = [_feed(table, item, found.fields[item.id], lang) for item in groups[kind]]
        lines = ["[[record]]", f'form = "{kind}"', *_when(table, found, kind)]
        lines += _visit(table, found, lang) if kind == VISIT else []
        sure = kind == VISIT or not all(feed.startswith("# ") for feed in feeds)
        yield ""
        for line in (*lines, "[record.fields]", *feeds):
            yield line if sure or line.startswith("# ") else f"# {line}"


def _kind(definitions: Definitions, item: Field) -> str:
    level = definitions.form(item.form).level
    if level == "subject":
        return HISTORY if item.form == HISTORY else ENROLMENT
    return VISIT if level == "visit" else item.form


def _when(table: Table, found: _Found, kind: str) -> Iterator[str]:
    """Which rows of a REDCap export a record is made from: an event's, or those of no repeating instrument."""
    if _INSTRUMENT not in found.technical:
        return
    known = {text.casefold(): text for text in _texts(table, [_INSTRUMENT])}
    if kind in (ENROLMENT, HISTORY, VISIT):
        yield f'when = {{ {_INSTRUMENT} = "" }}'
    elif kind in known:
        yield f"when = {{ {_INSTRUMENT} = {_quoted(known[kind])} }}"
    else:
        yield f"# when = {{ {_INSTRUMENT} = {_quoted(list(known.values()))} }}"


def _visit(table: Table, found: _Found, lang: str) -> Iterator[str]:
    if _EVENT in found.technical:
        names = dict.fromkeys(_texts(table, [_EVENT]))
        known = {name: visit for name in names if (visit := _visit_named(name))}
        values = ", ".join(f"{_quoted(name)} = {_quoted(visit)}" for name, visit in known.items())
        mark = "" if len(known) == len(names) else "# "
        yield f"{mark}visit = {{ column = {_quoted(_EVENT)}, values = {{ {values} }} }}"
        rest = [name for name in names if name not in known]
        if rest:
            yield f"# {_w('maybe', lang)}: {', '.join(map(_quoted, rest))} = {' | '.join(CODES)}"
    else:
        yield f'# visit = "baseline"  # {_w("visit", lang)}'
    yield f"date = {_quoted(found.date)}" if found.date else f'# date = ""  # {_w("date", lang)}'


def _visit_named(event: str) -> str:
    """The visit that the name of an event can only mean, or nothing."""
    name = event.casefold()
    if "baseline" in name or "basale" in name:
        return "baseline"
    match = _MONTH.search(name)
    key = f"m{int(match[1]):02}" if match else ""
    return key if key in CODES else ""


def _feed(table: Table, item: Field, column: str, lang: str) -> str:
    if item.codes is None:
        return f"{item.id} = {_quoted(column)}"
    texts = {text_of(cell) for row in table.rows if not is_empty(cell := _whole(row.cells.get(column)))}
    codes = ", ".join(f"{code.value} {code.label.get(lang)}" for code in item.codes.codes)
    if not all(isinstance(parse_typed(item, text), int) for text in texts):
        return f'# {item.id} = {{ column = {_quoted(column)}, values = {{ "" = 0 }} }}  # {_w("choice", lang)} {codes}'
    line = f'{item.id} = {{ column = {_quoted(column)}, codes = "own" }}'
    # Labels speak for themselves; numbers may mean something else there than here.
    return f"# {line}  # {_w('own', lang)} {codes}" if any(map(str.isdigit, texts)) else line


def _whole(cell: object) -> str | int | float | None:
    return cell if isinstance(cell, str | int | float) else None


def _loose(found: _Found, definitions: Definitions, lang: str) -> Iterator[str]:
    if not found.loose:
        return
    names = _names(definitions)
    yield from ("", f"# {_w('unsure', lang)}:")
    for column in found.loose:
        near = difflib.get_close_matches(_plain(column), list(names), n=3, cutoff=_NEAR)
        ids = dict.fromkeys(names[name].id for name in near)
        hint = f"  # {_w('maybe', lang)}: {', '.join(ids)}" if ids else ""
        yield f"#   {_quoted(column)}{hint}"


def _quoted(value: str | list[str]) -> str:
    """A text or a list of texts as TOML has it."""
    return json.dumps(value, ensure_ascii=False)


def _w(name: str, lang: str) -> str:
    return _WORDS[name].get(lang)
