"""One patient as a document to read: forms and versions, scores with their parts, signatures, and the trail.

Rules kept here:
- A version is read by the pack that it names.
- Every value of every version stands here; of a later version, what changed says what it was.
- The trail is whole: what is put together in one line is counted and numbered, and stands line by line in trail.jsonl.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from anifro_desktop.forms.model import Definitions, Field
from anifro_desktop.record import Json
from anifro_desktop.study.visit_keys import key_before
from anifro_desktop.workflows.archive.model import Head, Item, Pair, Text
from anifro_desktop.workflows.archive.questions import question_items
from anifro_desktop.workflows.archive.words import said
from anifro_desktop.workflows.audit import finding, words

if TYPE_CHECKING:
    from anifro_desktop.store.archiving import Signed, Version
    from anifro_desktop.store.audit import Entry
    from anifro_desktop.store.subjects import SubjectRow, VisitRow
    from anifro_desktop.workflows.site import Site

_TECHNICAL = ("revisions", "sealed_positions", "signatures", "settings")


@dataclass(frozen=True, slots=True)
class Folder:
    """All of one patient, as read from the store. draft: visit id to what is saved of it, where it is not completed."""

    row: SubjectRow
    visits: tuple[VisitRow, ...]
    versions: tuple[Version, ...]
    drafts: Mapping[str, tuple[Any, ...]]
    stands: Mapping[str, tuple[str, str]]


@dataclass
class Reader:
    """Texts of one site in one language, each made once."""

    site: Site
    lang: str
    names: Mapping[str, str]
    _answers: dict[tuple[str, type, str | int, str], str] = field(default_factory=dict)

    def pack(self, digest: str) -> Definitions:
        """The pack of that digest, else the current one."""
        return self.site.library.by_digest(digest) or self.site.definitions

    def question(self, name: str, pack: Definitions | None = None) -> Field | None:
        """A question by its id."""
        return (pack.fields.get(name) if pack is not None else None) or self.site.library.field(name)

    def answer(self, name: str, data: Json, pack: Definitions | None = None) -> str:
        """A value as it is read on its form."""
        plain = data if isinstance(data, str | int) else json.dumps(data, sort_keys=True)
        key = (name, type(data), plain, pack.digest if pack is not None else "")
        if key not in self._answers:
            self._answers[key] = words.answer(self.question(name, pack), data).get(self.lang)
        return self._answers[key]

    def label(self, name: str, pack: Definitions | None = None) -> str:
        """A question in words; an unknown id as it is."""
        found = self.question(name, pack)
        return found.label.get(self.lang) if found is not None else name

    def note(self, data: Json) -> str:
        """What was said beside an answer."""
        return words.note(self.site.definitions, data).get(self.lang)

    def reason(self, text: str) -> str:
        """Why something was changed."""
        return words.reason(self.site.definitions, text).get(self.lang) if text not in ("", "first") else ""

    def place(self, key: str) -> str:
        """The name of a visit or event."""
        return finding.place_name(self.site.definitions, key).get(self.lang)

    def person(self, code: str) -> str:
        """A person by code and name."""
        return f"{code} {self.names.get(code, '')}".strip()

    def say(self, name: str, /, **facts: str | int) -> str:
        """A text of the archive."""
        return said(name, self.lang, **facts)


def items(
    reader: Reader, folder: Folder, statement: str, person: str, entries: Iterable[Entry]
) -> Iterator[Item]:
    """The whole document. statement: that it is a certified copy; person: who the patient is, or nothing."""
    yield Head(1, f"{reader.say('title')} · {reader.say('patient', code=folder.row.code)}")
    yield Text(statement)
    yield from _facts(reader, folder.row, person)
    of_key: dict[str, list[Version]] = {}
    for version in folder.versions:
        of_key.setdefault(version.revision.visit, []).append(version)
    rows = {row.key: row for row in folder.visits}
    for key in dict.fromkeys((*rows, *of_key)):
        yield from _visit(reader, key, rows.get(key), of_key.get(key, ()), folder)
    yield from question_items(reader, folder.row.code)
    yield Head(1, reader.say("trail"))
    yield Text(reader.say("trail_how"))
    yield from trail_items(reader, folder, entries)


def _facts(reader: Reader, row: SubjectRow, person: str) -> Iterator[Item]:
    site = reader.site
    yield Pair(reader.say("site"), f"{site.code} {site.name}")
    if person:
        yield Pair(reader.say("identity"), person)
    yield Pair(reader.say("status"), words.plain(row.status).get(reader.lang))
    facts: dict[str, date | str | int | None] = {
        "sex": said(row.sex, reader.lang) if row.sex in ("female", "male") else row.sex,
        "age": row.age,
        "enrolled": row.enrolled,
        "first_dose": row.first_dose,
    }
    for name, value in facts.items():
        text = f"{value:%d/%m/%Y}" if isinstance(value, date) else words.plain(value).get(reader.lang)
        yield Pair(reader.say(name), text)


def _visit(
    reader: Reader, key: str, row: VisitRow | None, versions: Iterable[Version], folder: Folder
) -> Iterator[Item]:
    state = words.plain(row.state).get(reader.lang) if row is not None else ""
    day = f"{row.date:%d/%m/%Y}" if row is not None and row.date is not None else ""
    head = " · ".join(part for part in (reader.place(key), key, day, state) if part)
    yield Head(2, head)
    for _, some in groupby(versions, key=lambda one: one.revision.id):
        before: Version | None = None
        for version in some:
            yield from _version(reader, version, before)
            before = version
    saved = folder.drafts.get(row.id, ()) if row is not None else ()
    if saved:
        yield Head(3, reader.say("draft"))
    for entry in saved:
        shown = (
            reader.answer(entry.field, entry.value_json) if entry.value_json is not None else entry.raw_text
        )
        extra = f" ({reader.note(entry.note_json)})" if entry.note_json else ""
        yield Pair(reader.label(entry.field), f"{shown}{extra}")


def _version(reader: Reader, version: Version, before: Version | None) -> Iterator[Item]:
    revision = version.revision
    pack = reader.pack(revision.definition)
    form = next((one for one in pack.forms if one.id == revision.form), None)
    name = form.label.get(reader.lang) if form is not None else revision.form
    when = moment(revision.when)
    yield Head(
        3, f"{name} · {reader.say('version', ver=revision.ver, who=reader.person(revision.who), when=when)}"
    )
    if version.erased:
        yield Text(reader.say("erased", mark="[---]"))
    if revision.void:
        yield Text(reader.say("void"))
    if revision.ver > 1:
        why = f"{revision.why}: {revision.why_text}" if revision.why_text else revision.why
        yield Pair(reader.say("reason"), reader.reason(why))
    order = [one.id for one in form.fields] if form is not None else []
    last = before.revision.values if before is not None else {}
    shown = [*order, *sorted({*revision.values, *last} - set(order))]
    yield from _values(
        reader, pack, shown, revision.values, last if before is not None else None, revision.notes
    )
    for rule, score in revision.scores.items():
        yield from score_items(reader, rule, score)
    yield from _signatures(reader, version)


def _values(
    reader: Reader,
    pack: Definitions,
    order: Iterable[str],
    values: Mapping[str, Json],
    last: Mapping[str, Json] | None,
    notes: Mapping[str, Json],
) -> Iterator[Item]:
    none = True
    for name in order:
        now, was = values.get(name), last.get(name) if last is not None else values.get(name)
        if now is None and was is None:
            continue
        none = False
        text = reader.answer(name, now, pack) if now is not None else reader.say("removed")
        if name in notes:
            text += f" ({reader.note(notes[name])})"
        if last is not None and now != was:
            text = reader.say("was", now=text, was=reader.answer(name, was, pack))
        yield Pair(reader.label(name, pack), text)
    if none:
        yield Text(reader.say("no_values"), small=True)


def score_items(reader: Reader, rule: str, score: Any) -> Iterator[Item]:
    """A result with its parts, what is missing of it, and its rule and version."""
    name = words.SCORES.get(rule, words.both(rule)).get(reader.lang)
    if not isinstance(score, dict):
        yield Pair(name, str(score))
        return
    text = words.score(score).get(reader.lang)
    low, high = score.get("minimum"), score.get("maximum")
    if score.get("value") is None and low is not None:
        text = reader.say("between", low=str(low), high="∞" if high is None else str(high))
    yield Pair(name, text)
    told = (
        ("parts", score.get("parts")),
        ("missing", score.get("missing")),
        ("reasons", score.get("reasons")),
    )
    for what, data in (*told, ("warnings", score.get("warnings"))):
        if data:
            yield Text(f"{reader.say(what)}: {_told(data)}", small=True)
    yield Text(f"{reader.say('rule')}: {rule} {score.get('version', '')}", small=True)


def _told(data: Any) -> str:
    """Parts of a result on one line, by their stable names."""
    if isinstance(data, dict):
        return "; ".join(f"{name} {_told(value)}" for name, value in data.items())
    if isinstance(data, list):
        return "[" + ", ".join(map(_told, data)) + "]"
    return "?" if data is None else str(data).lower() if isinstance(data, bool) else str(data)


def _signatures(reader: Reader, version: Version) -> Iterator[Item]:
    for one in version.signatures:
        state = reader.say("holds" if holds(reader.site, version, one) else "broken")
        meaning = words.plain(one.meaning).get(reader.lang)
        facts = {"name": one.name, "code": one.signer, "meaning": meaning, "when": moment(one.signed)}
        yield Pair(
            reader.say("signature"), reader.say("signed", digest=one.digest[:16], state=state, **facts)
        )
    if not version.signatures:
        yield Pair(reader.say("signature"), reader.say("unsigned"))


def holds(site: Site, version: Version, one: Signed) -> bool:
    """Whether a signature is over this version, by a key that its signer had, and by somebody who may sign it."""
    from anifro_desktop.store.clinical_checks import Makers

    facts = {
        "by": one.signer,
        "name": one.name,
        "meaning": one.meaning,
        "when": one.signed,
        "digest": one.digest,
    }
    return one.digest == version.digest and Makers(site.clinical).sound(version.revision, facts, one.sig)


def trail_items(reader: Reader, folder: Folder, entries: Iterable[Entry]) -> Iterator[Item]:
    """The trail: entries one after another that share person, record and day are one paragraph, each with its number
    and time; those that say no more than what stands above are counted."""
    line = _Liner(reader, folder)
    for group, some in groupby(entries, key=line.group):
        yield Text(line.paragraph(group, list(some)), small=True)


@dataclass(frozen=True, slots=True)
class _Group:
    """What entries share that stand in one paragraph. act: where they are of one completion or signing, its number."""

    day: str
    offset: int
    user: str
    role: str
    record: str
    act: int = 0


class _Liner:
    """Entries as paragraphs of the trail on paper."""

    def __init__(self, reader: Reader, folder: Folder) -> None:
        self._reader, self._stands = reader, folder.stands
        self._place: Callable[[str], str] = cache(self._placed)

    def group(self, entry: Entry) -> _Group:
        """The paragraph that an entry stands in."""
        record, act = entry.record, 0
        if _repeats(entry) or entry.table in _TECHNICAL:
            record, act = "", entry.tx
        return _Group(entry.utc[:10], entry.utc_offset, entry.user, entry.role, record, act)

    def paragraph(self, group: _Group, entries: list[Entry]) -> str:
        """The entries of a group."""
        first, last = entries[0], entries[-1]
        numbers = f"{first.seq}–{last.seq}" if last is not first else str(first.seq)
        head = f"{numbers}  {moment(first.utc, first.utc_offset)}  {group.user} ({group.role})"
        told = self._of_act(entries) if group.act else self._each(entries)
        place = "" if group.act else f"  {self._place(group.record)}"
        return f"{head}{place}  {'; '.join(told)}"

    def _each(self, entries: list[Entry]) -> Iterator[str]:
        """Every entry, but a text as typed that is told as a value."""
        values = {(one.tx, one.field) for one in entries if one.new is not None}
        shown = [
            one for one in entries if not (_as_typed(one) and (one.tx, finding.parts_of(one)[0]) in values)
        ]
        place = 0
        while place < len(shown):
            entry, after = shown[place], shown[place + 1] if place + 1 < len(shown) else None
            place += 1
            text = self._text(entry, len(entries) > 1)
            if after is not None and _is_note_of(after, entry):
                text += f" ({self._reader.note(after.new)})"
                place += 1
            yield text
        if len(shown) < len(entries):
            yield self._reader.say("technical", count=len(entries) - len(shown))

    def _of_act(self, entries: list[Entry]) -> Iterator[str]:
        """What a completion or signing wrote: its first values counted by form, its signatures, the rest counted."""
        technical = 0
        for (record, repeats), some in groupby(entries, key=lambda one: (one.record, _repeats(one))):
            if repeats:
                yield self._reader.say("first", form=self._place(record), count=len(list(some)))
                continue
            for entry in some:
                if entry.field.endswith("/meaning"):
                    yield f"{self._place(record)}: {self._text(entry, True)}"
                else:
                    technical += 1
        if technical:
            yield self._reader.say("technical", count=technical)

    def _text(self, entry: Entry, timed: bool) -> str:
        """One entry in words. timed: with its own number and time."""
        reader = self._reader
        name, part = finding.parts_of(entry)
        what = self._what(entry, name, part)
        old, new = self._said(entry, name, part, entry.old), self._said(entry, name, part, entry.new)
        change = new if entry.old is None else f"{old} → {new}"
        why = f" [{reader.reason(entry.reason)}]" if entry.reason not in ("", "first") else ""
        suspect = "" if entry.clock_ok else f" {reader.say('suspect')}"
        stamp = f"{entry.seq} {_clock(entry.utc, entry.utc_offset)} " if timed else ""
        return f"{stamp}{what}: {change}{why}{suspect}"

    def _what(self, entry: Entry, name: str, part: str) -> str:
        reader = self._reader
        if entry.table == "act":
            return words.act(entry.field).get(reader.lang)
        if entry.table in ("answers", "draft_values"):
            known = words.SCORES.get(name) if part == "score" else None
            label = known.get(reader.lang) if known is not None else reader.label(name)
            return f"{label} ({reader.say(part)})" if part in ("note", "typed") else label
        known = words.COLUMNS.get((entry.table, entry.field.rpartition("/")[2]))
        return known.get(reader.lang) if known is not None else f"{entry.table} {entry.field}"

    def _said(self, entry: Entry, name: str, part: str, data: Json) -> str:
        reader = self._reader
        if entry.table in ("answers", "draft_values"):
            if part == "score":
                return words.score(data).get(reader.lang)
            return reader.note(data) if part == "note" else reader.answer(name, data)
        return words.plain(data).get(reader.lang)

    def _placed(self, record: str) -> str:
        reader = self._reader
        found = self._stands.get(record) or self._stands.get(record.partition("/")[0])
        if found is None:
            return record
        key, form = found
        place = reader.place(key_before(key))
        known = next(
            (one.label.get(reader.lang) for one in reader.site.definitions.forms if one.id == form), form
        )
        return f"{place}/{known}" if known else place


def _repeats(entry: Entry) -> bool:
    """Whether an entry tells a value of a first version, which stands above."""
    return entry.table == "answers" and entry.old is None and entry.reason == ""


def _is_note_of(entry: Entry, value: Entry) -> bool:
    """Whether an entry is the first note beside a value, of the same act."""
    return entry.old is None and (entry.tx, entry.field) == (value.tx, f"{value.field}/note")


def _as_typed(entry: Entry) -> bool:
    """Whether an entry tells the text of an answer that another entry tells as a value."""
    return entry.table == "draft_values" and entry.field.endswith("/raw_text")


@cache
def _zone(offset: int) -> timezone:
    return timezone(timedelta(minutes=offset))


def _clock(utc: str, offset: int) -> str:
    """The time of day as the computer showed it."""
    return f"{datetime.fromisoformat(utc).astimezone(_zone(offset)):%H:%M:%S}"


def moment(text: str, offset: int | None = None) -> str:
    """An instant as the person's clock showed it, with its zone. offset: minutes, where the text is UTC."""
    when = finding.local(text, offset) if offset is not None else datetime.fromisoformat(text)
    zone = when.strftime("%z")
    return f"{when:%d/%m/%Y %H:%M:%S} {zone[:3]}:{zone[3:]}"
