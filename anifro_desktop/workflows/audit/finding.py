"""Asking the trail: a filter of people's words becomes numbers, and numbers become lines in words.

Rules kept here:
- An entry is read by the pack of the record that it is about.
- Numbers first, lines by the page: a trail of any length is never read whole.
- Nothing here holds an identity: patients are their codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from difflib import get_close_matches
from typing import TYPE_CHECKING

from anifro_desktop.forms.model import Definitions, Field, Label
from anifro_desktop.forms.naming import entry_name
from anifro_desktop.identity import folded
from anifro_desktop.record import Json
from anifro_desktop.study.visit_keys import key_before
from anifro_desktop.workflows.audit import words
from anifro_desktop.workflows.audit.model import Choices, Filter, Line
from anifro_desktop.workflows.errors import NotInTrail

if TYPE_CHECKING:
    from anifro_desktop.store.audit import Entry
    from anifro_desktop.store.trail import Asked, Read, Stand
    from anifro_desktop.workflows.site import Site

_PLAIN = ("answers", "acts", "people", "identities", "exchange")
_ANSWERS = ("answers", "draft_values")


def find(site: Site, wanted: Filter) -> tuple[int, ...]:
    """The numbers of the entries that are looked for, the newest first.

    Raises:
        NotInTrail: there is no patient, visit, form, question or kind of that name.
    """
    from anifro_desktop.store import trail

    return trail.numbers(site.clinical, _asked(site, wanted))


def lines(site: Site, numbers: Sequence[int]) -> tuple[Line, ...]:
    """These entries in words, in the order given."""
    from anifro_desktop.store import trail

    names = people(site)
    return tuple(_line(site, read, names) for read in trail.entries(site.clinical, numbers))


def choices(site: Site, subject: str = "") -> Choices:
    """What a filter can name."""
    rows = site.clinical.subjects()
    keys = [row.key for row in site.clinical.entries(subject, voided=True)] if subject else []
    visits = {key: place_name(site.definitions, key) for key in dict.fromkeys(map(key_before, keys))}
    forms = {form.id: form.label for form in site.definitions.forms}
    return Choices(tuple(row.code for row in rows), visits, forms, people(site))


def questions(site: Site, text: str) -> tuple[str, ...]:
    """The questions and results whose id is this text, else those in whose words it occurs, in either language."""
    wanted = folded(text)
    labels = {item.id: item.label for item in site.definitions.fields.values()} | dict(words.SCORES)
    if text.strip() in labels:
        return (text.strip(),)
    return tuple(
        name for name, label in labels.items() if wanted in folded(label.it) or wanted in folded(label.en)
    )


def people(site: Site) -> dict[str, str]:
    """Everybody who is or was here: code to name."""
    from anifro_desktop.store import staff

    return {slot.user.code: slot.user.name for slot in staff.read(site.folder, site.keys).slots}


def place_name(definitions: Definitions, key: str) -> Label:
    """What stands under a key; of a mistake, what it was."""
    try:
        return entry_name(definitions, key_before(key))
    except KeyError:
        return words.both(key)


def packs_of(site: Site, stand: Stand | None) -> tuple[Definitions, ...]:
    """The packs that a record is read by, the newest first; the current one where there is none."""
    found = (site.library.by_digest(digest) for digest in (stand.packs if stand is not None else ()))
    return tuple(pack for pack in found if pack is not None) or (site.definitions,)


def question(site: Site, stand: Stand | None, name: str) -> Field | None:
    """The question of an id, as the record's own pack has it, else as any pack knows it."""
    own = (pack.fields[name] for pack in packs_of(site, stand) if name in pack.fields)
    return next(own, None) or site.library.field(name)


def local(utc: str, offset: int) -> datetime:
    """An instant as the person's clock showed it."""
    zone = timezone(timedelta(minutes=offset))
    return datetime.fromisoformat(utc.replace("Z", "+00:00")).astimezone(zone)


def parts_of(entry: Entry) -> tuple[str, str]:
    """The id of the answer or result that an entry is about, and which part of it: `value`, `note`, `typed`,
    `score`."""
    name = entry.field
    for start, part in (("note:", "note"), ("score:", "score")):
        if entry.table == "answers" and name.startswith(start):
            return name.removeprefix(start), part
    for end, part in (("/note", "note"), ("/raw_text", "typed")):
        if entry.table == "draft_values" and name.endswith(end):
            return name.removesuffix(end), part
    return name, "value"


def said(site: Site, read: Read, data: Json) -> Label:
    """A value of an entry as it is read on the form."""
    if read.entry.table not in _ANSWERS:
        return _said_of_act(site, read, data)
    name, part = parts_of(read.entry)
    if part == "score":
        return words.score(data)
    if part == "note":
        return words.note(packs_of(site, read.stand)[0], data)
    if part == "typed":
        return words.both(str(data)) if data else words.EMPTY
    return words.answer(question(site, read.stand, name), data)


def _said_of_act(site: Site, read: Read, data: Json) -> Label:
    entry = read.entry
    if entry.table == "act" and data is None:
        return words.NOTHING
    if entry.field == "key" and isinstance(data, str):
        return place_name(site.definitions, data) if "~" not in data else words.STATES["void"]
    if (entry.table, entry.field) == ("visits", "pack") and isinstance(data, str):
        pack = site.library.by_digest(data)
        return words.both(pack.pack.id if pack is not None and pack.pack.id else data[:12])
    return words.plain(data)


def _asked(site: Site, wanted: Filter) -> Asked:
    from anifro_desktop.store.trail import Asked

    _check(site, wanted)
    form_fields = _fields_of(site, wanted.form) if wanted.form else ()
    return Asked(
        wanted.subject or None,
        wanted.visit if wanted.subject else None,
        wanted.form,
        form_fields,
        tuple(known for name in wanted.fields for known in _names_of(site, name)),
        wanted.by,
        wanted.kinds or _PLAIN,
        "" if wanted.since is None else _utc(wanted.since),
        "" if wanted.until is None else _utc(wanted.until + timedelta(days=1)),
        wanted.after,
    )


def _check(site: Site, wanted: Filter) -> None:
    """Say which name leads nowhere, rather than that nothing was found."""
    entries = site.clinical.entries(wanted.subject, voided=True) if wanted.subject else ()
    known: Mapping[str, set[str]] = {
        "subject": {row.code for row in site.clinical.subjects()},
        "visit": {key_before(row.key) for row in entries},
        "form": {form.id for form in site.definitions.forms},
        "kind": set(words.KINDS),
        "after": set(words.AFTER),
        "field": {*site.definitions.fields, *words.SCORES},
    }
    given = {
        "subject": wanted.subject or None,
        "visit": wanted.visit if wanted.subject else None,
        "form": wanted.form or None,
        "after": wanted.after or None,
    }
    named = [(what, name) for what, name in given.items() if name is not None]
    for what, name in (*named, *(("kind", kind) for kind in wanted.kinds)):
        if name not in known[what]:
            raise NotInTrail(what, name, *get_close_matches(name, known[what], 1))
    for name in wanted.fields:
        if name not in known["field"] and site.library.field(name) is None:
            raise NotInTrail("field", name, *get_close_matches(name, known["field"], 1))


def _fields_of(site: Site, form: str) -> tuple[str, ...]:
    """The questions of a form under all the ids that they ever had."""
    names = {item.id for item in site.definitions.form(form).fields}
    return tuple(sorted({known for name in names for known in _names_of(site, name)}))


def _names_of(site: Site, name: str) -> tuple[str, ...]:
    """An id and those that it had before."""
    stones = site.definitions.tombstones.values()
    found = [name]
    for now in found:
        found += [stone.id for stone in stones if stone.renamed == now and stone.id not in found]
    return tuple(found)


def _utc(day: date) -> str:
    """The beginning of a day of this computer's calendar, as the trail writes instants."""
    from anifro_desktop.store.clock import utc_text

    return utc_text(datetime.combine(day, time.min).astimezone())


def _line(site: Site, read: Read, names: Mapping[str, str]) -> Line:
    entry, stand = read.entry, read.stand
    subject, visit, place = _place(site, read)
    name, _ = parts_of(entry)
    found = question(site, stand, name) if entry.table in _ANSWERS else None
    form = stand.form if stand is not None and stand.form else found.form if found is not None else ""
    return Line(
        entry.seq,
        local(entry.utc, entry.utc_offset),
        entry.utc,
        entry.clock_ok,
        entry.user,
        names.get(entry.user, ""),
        entry.role,
        entry.device,
        read.kind,
        _sort(read),
        subject,
        visit,
        words.joined(place, _form_name(packs_of(site, stand)[0], form)),
        _what(site, read),
        said(site, read, entry.old),
        said(site, read, entry.new),
        reason(site, read),
        entry.table,
        entry.record,
        entry.field,
        form,
        words.given(entry.reason),
    )


def _sort(read: Read) -> Label:
    """The kind in words; of an answer, whether it was typed or completed."""
    return words.TABLES[read.entry.table] if read.kind == "answers" else words.KINDS[read.kind]


def _form_name(definitions: Definitions, form: str) -> Label:
    found = next((item.label for item in definitions.forms if item.id == form), None)
    return found or words.both(form)


def _place(site: Site, read: Read) -> tuple[str, str, Label]:
    """Patient and key that an entry is about, and their name; nothing where it is about neither."""
    entry, stand = read.entry, read.stand
    if stand is not None:
        subject, visit = stand.subject, key_before(stand.visit)
    elif entry.table in ("act", "subjects") and entry.record.partition("/")[0] in _codes(site, entry):
        subject, slash, visit = entry.record.partition("/")
        if not slash:
            return subject, "", words.both(subject)
    else:
        return "", "", words.NOTHING
    return subject, visit, words.joined(words.both(subject), place_name(packs_of(site, stand)[0], visit))


def _codes(site: Site, entry: Entry) -> tuple[str, ...]:
    """The study code that an act begins with, if it is one."""
    code = entry.record.partition("/")[0]
    return (code,) if code.startswith(f"{site.code}-") else ()


def _what(site: Site, read: Read) -> Label:
    entry = read.entry
    name, part = parts_of(entry)
    if entry.table == "act":
        return words.joined(words.act(entry.field), _about(site, entry), ": ")
    if entry.table == "revisions":
        number = Label(*(text.format(number=entry.field) for text in (words.VERSION.it, words.VERSION.en)))
        return words.joined(words.TABLES["revisions"], number, ", ")
    if entry.table not in _ANSWERS:
        return _named_column(entry)
    if part == "score":
        return words.SCORES.get(name, words.both(name))
    found = question(site, read.stand, name)
    label = found.label if found is not None else words.both(name)
    extra = {"note": words.NOTE_OF, "typed": words.TYPED_OF}.get(part, words.NOTHING)
    return label if extra is words.NOTHING else Label(f"{label.it} ({extra.it})", f"{label.en} ({extra.en})")


def _named_column(entry: Entry) -> Label:
    column = entry.field.rpartition("/")[2]
    known = words.COLUMNS.get((entry.table, column))
    if known is not None:
        return known
    table = words.TABLES.get(entry.table, words.both(entry.table))
    name = entry.record if entry.table in ("settings", "secrets") else column
    return words.joined(table, words.SETTINGS.get(name, words.both(name)), ": ")


def _about(site: Site, entry: Entry) -> Label:
    """Whom or what an act is about, where that is no patient."""
    record = entry.record
    about_somebody = bool(_codes(site, entry)) or len(record) > len("U0123456789")
    return words.NOTHING if about_somebody else words.both(record)


def reason(site: Site, read: Read) -> Label:
    """The reason; of a draft and of acts of people, their own words."""
    entry = read.entry
    if entry.reason in ("", "first"):
        return words.NOTHING
    return words.reason(packs_of(site, read.stand)[0], entry.reason)
