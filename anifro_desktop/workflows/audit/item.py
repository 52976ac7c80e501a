"""The history of one answer or result of one visit: a line for each value with who, when and why.

An answer is told of twice: when it was typed, and when its form was completed. The two are one line here, which says in
which version the value stands. Results are told of when a form is completed, with every version that changed them; what
is only shown while a form is being filled is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from anifro_desktop.record import Json
from anifro_desktop.workflows.audit import finding, words
from anifro_desktop.workflows.audit.model import Filter, History, Past

if TYPE_CHECKING:
    from anifro_desktop.store.audit import Entry
    from anifro_desktop.store.trail import Read
    from anifro_desktop.workflows.site import Site


def history(site: Site, subject: str, visit: str, field: str) -> History:
    """Every value of an answer or a result. visit: its key, empty for the enrolment. field: an id, or a result's name.

    Raises:
        NotInTrail: there is no such patient, visit, question or result.
    """
    from anifro_desktop.store import trail

    wanted = Filter(subject=subject, visit=visit, fields=(field,), kinds=("answers",))
    found = trail.entries(site.clinical, finding.find(site, wanted)[::-1])
    names = finding.people(site)
    item = finding.question(site, next((read.stand for read in found), None), field)
    label = item.label if item is not None else words.SCORES.get(field, words.both(field))
    place = words.joined(words.both(subject), finding.place_name(site.definitions, visit))
    computed = field in words.SCORES or (item is not None and item.computed)
    values = [*_elsewhere(site, subject, visit, field), *_values(site, found, names, _Versions(site))]
    return History(subject, place, label, computed, tuple(values))


def _elsewhere(site: Site, subject: str, visit: str, field: str) -> list[Past]:
    """The lines from before a patient was taken over, by the trail that came along."""
    from anifro_desktop.store import trail
    from anifro_desktop.store.audit import ENTRY_FIELDS, Entry
    from anifro_desktop.store.made import read_packed

    rows = read_packed(site.clinical.taken_trail(subject))
    told = [Entry._make(row[name] for name in ENTRY_FIELDS) for row in rows]
    stands = trail.stands(site.clinical, {entry.record for entry in told})
    asked = [
        trail.Read(entry, "answers", stands[entry.record])
        for entry in told
        if entry.table in ("answers", "draft_values") and entry.record in stands
        if stands[entry.record].visit == visit and finding.parts_of(entry)[0] == field
        if finding.parts_of(entry)[1] != "typed"
    ]
    return _values(site, asked, _people_elsewhere(site, subject), _Versions(site, told))


def _people_elsewhere(site: Site, subject: str) -> dict[str, str]:
    """The people of installations that kept a patient before: code to name, with the site."""
    found: dict[str, str] = {}
    for row in site.clinical.handovers(subject):
        for people in row.signers.values():
            found |= {code: f"{facts['name']} ({row.site})".strip() for code, facts in people.items()}
    return found


def _values(site: Site, found: Iterable[Read], names: dict[str, str], versions: _Versions) -> list[Past]:
    """The lines, the oldest first."""
    values: list[Past] = []
    last: Json = None  # the value that the newest line says
    for read in found:
        entry = read.entry
        _, part = finding.parts_of(entry)
        if part == "note":
            _add_note(site, read, values)
            continue
        completed = entry.table == "answers"
        if completed and values and last == entry.new and values[-1].version is None:
            values[-1] = _completed(site, read, values[-1], versions)
        else:
            values.append(_past(site, read, names, versions.next_of(read) if completed else None))
        last = entry.new
    return values


def _past(site: Site, read: Read, names: dict[str, str], version: int | None) -> Past:
    entry = read.entry
    when = finding.local(entry.utc, entry.utc_offset)
    return Past(
        entry.seq,
        when,
        entry.user,
        names.get(entry.user, ""),
        entry.clock_ok,
        finding.said(site, read, entry.new),
        words.NOTHING,
        finding.reason(site, read),
        version,
        when if version is not None else None,
    )


def _completed(site: Site, read: Read, past: Past, versions: _Versions) -> Past:
    entry = read.entry
    return replace(
        past,
        why=finding.reason(site, read),
        version=versions.next_of(read),
        completed=finding.local(entry.utc, entry.utc_offset),
    )


def _add_note(site: Site, read: Read, values: list[Past]) -> None:
    """What was said beside the value that stands, or beside the one that comes with it."""
    entry = read.entry
    if values and entry.new is not None:
        values[-1] = replace(values[-1], note=finding.said(site, read, entry.new))


class _Versions:
    """Which completed version an entry belongs to: that whose own entry follows next in the trail."""

    def __init__(self, site: Site, told: Iterable[Entry] | None = None) -> None:
        """told: another trail than the one here."""
        self._site = site
        self._told = told
        self._known: dict[str, list[tuple[int, int]]] = {}

    def next_of(self, read: Read) -> int | None:
        """The version of the form that this change of an answer led to."""
        record = read.entry.record
        if record not in self._known:
            if self._told is None:
                sealed = self._site.clinical.audit_entries(table="revisions", record=record)
                own = [one.entry for one in sealed]
            else:
                own = [one for one in self._told if (one.table, one.record) == ("revisions", record)]
            self._known[record] = [(one.seq, int(one.field)) for one in own]
        return next((ver for seq, ver in self._known[record] if seq > read.entry.seq), None)
