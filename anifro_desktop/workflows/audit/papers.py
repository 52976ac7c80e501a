"""The trail, the history of an answer and the review as documents and tables: to be printed, read as text, or kept.

Rules kept here:
- Patients are their codes; whoever takes a copy out of the program is told to the trail first.
- On paper at most `MOST` entries, and it says so; a file for a machine has all.
- In a CSV a text that a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from anifro_desktop.forms.document import Block, Heading, Table, Words
from anifro_desktop.forms.model import Label
from anifro_desktop.workflows.audit import finding, trusting, words
from anifro_desktop.workflows.audit.model import Filter, History, Line, Report, as_json

if TYPE_CHECKING:
    from anifro_desktop.workflows.site import Site

MOST = 2000
_TRAIL = Label("Registro delle modifiche", "Audit trail")
_REVIEW = Label("Revisione del registro delle modifiche", "Review of the audit trail")
_HEAD = (
    Label("N.", "No."),
    Label("Quando", "When"),
    Label("Chi", "Who"),
    Label("Dove", "Where"),
    Label("Che cosa", "What"),
    Label("Prima → dopo", "Before → after"),
    Label("Motivo", "Reason"),
)
_ITEM_HEAD = (
    Label("Quando", "When"),
    Label("Chi", "Who"),
    Label("Valore", "Value"),
    Label("Versione", "Version"),
    Label("Perché", "Why"),
)
_ITEM = Label("Storia di una risposta", "History of an answer")
_NO_NAMES = Label(
    "I pazienti sono indicati con il codice; nessun nome.", "Patients are shown by their code; no names."
)
_MADE = Label(
    "Centro {site}. Stampato da {who} il {when}. Ultima voce del registro: {seq}, {hash}.",
    "Site {site}. Printed by {who} on {when}. Last entry of the trail: {seq}, {hash}.",
)
_COUNT = Label("Voci trovate: {found}; stampate: {shown}.", "Entries found: {found}; printed: {shown}.")
_NONE = Label("Nessuna voce.", "No entry.")
BURSTS: dict[str, Label] = {
    "all_absent": Label("«Tutti gli altri assenti»", '"All remaining absent"'),
    "bulk": Label("Molte risposte in un solo atto", "Many answers in one act"),
    "night": Label("Di notte (22–6)", "At night (22–6)"),
    "transcribed": Label("Trascritte da un file", "Transcribed from a file"),
    "unchanged": Label("Confermate invariate", "Confirmed unchanged"),
}
SAID: dict[str, Label] = {
    "looked": Label("Voci dalla {since} alla {to}.", "Entries from {since} to {to}."),
    "changes": Label(
        "Risposte cambiate dopo il completamento: {changes}; dopo la firma: {signed}; di endpoint: {endpoint}. "
        "Risultati ricalcolati di conseguenza: {recalculated}. Voci con orologio sospetto: {suspect}.",
        "Answers changed after completion: {changes}; after signature: {signed}; of endpoints: {endpoint}. "
        "Results worked out again for them: {recalculated}. Entries with a suspect clock: {suspect}.",
    ),
    "reviewed": Label(
        "Ultima revisione: {when}, {who}, fino alla voce {to}. {words}",
        "Last review: {when}, {who}, up to entry {to}. {words}",
    ),
    "never": Label("Nessuna revisione finora.", "No review so far."),
}
TITLES: dict[str, Label] = {
    "late": Label("Visite inserite tardi", "Visits entered late"),
    "completed": Label("Cambiate dopo il completamento", "Changed after completion"),
    "often": Label("Domande cambiate più spesso", "Most-changed questions"),
    "by": Label("Per persona", "By person"),
    "reasons": Label("Per motivo", "By reason"),
    "bursts": Label("Di notte e in blocco", "At night and in bulk"),
    "trusted": Label(
        "Firmate dopo che altri aveva dato una frase di accesso",
        "Signed after somebody else had given a passphrase",
    ),
}
HEADS: dict[str, tuple[Label, ...]] = {
    "late": (
        Label("Paziente", "Patient"),
        Label("Visita", "Visit"),
        Label("Data", "Date"),
        Label("Inserita", "Entered"),
        Label("Giorni", "Days"),
        Label("Chi", "Who"),
    ),
    "often": (
        Label("Domanda", "Question"),
        Label("Cambiamenti", "Changes"),
        Label("Endpoint", "Endpoint"),
    ),
    "by": (Label("Chi", "Who"), Label("Cambiamenti", "Changes")),
    "reasons": (Label("Motivo", "Reason"), Label("Cambiamenti", "Changes")),
    "bursts": (
        Label("Che cosa", "What"),
        Label("Giorno", "Day"),
        Label("Chi", "Who"),
        Label("Risposte", "Answers"),
        Label("Pazienti", "Patients"),
    ),
    "trusted": (
        Label("Paziente", "Patient"),
        Label("Visita", "Visit"),
        Label("Firma di", "Signed by"),
        Label("Quando", "When"),
        Label("Frase data da", "Passphrase given by"),
        Label("Quando", "When"),
    ),
}
_COLUMNS = (
    *(
        "number",
        "utc",
        "local",
        "clock_ok",
        "user",
        "name",
        "role",
        "device",
        "kind",
        "subject",
        "visit",
        "form",
    ),
    *("place", "what", "old", "new", "reason", "table", "record", "field"),
)


def title(lang: str) -> str:
    """What a printed trail is called."""
    return _TRAIL.get(lang)


def review_title(lang: str) -> str:
    """What a printed review is called."""
    return _REVIEW.get(lang)


def item_title(lang: str) -> str:
    """What the printed history of an answer is called."""
    return _ITEM.get(lang)


def moment(when: datetime) -> str:
    """An instant with its zone: `23/11/2026 10:15:02 +01:00`."""
    zone = when.strftime("%z")
    return f"{when:%d/%m/%Y %H:%M:%S} {zone[:3]}:{zone[3:]}"


def trail_blocks(site: Site, wanted: Filter, numbers: Sequence[int], lang: str) -> tuple[Block, ...]:
    """The newest of these entries, to be printed."""
    shown = finding.lines(site, numbers[:MOST])
    count = _COUNT.get(lang).format(found=len(numbers), shown=len(shown))
    rows = tuple(_row(line, lang) for line in shown)
    table = Table(_texts(_HEAD, lang), rows) if rows else Words(_NONE.get(lang))
    return (*_head(site, _TRAIL, lang), Words(_asked(site, wanted, lang)), Words(count), table)


def trail_rows(lines: Iterable[Line], lang: str) -> tuple[tuple[str, ...], ...]:
    """Lines as cells: number, when, who, where, what, change, reason."""
    return tuple(_row(line, lang) for line in lines)


def item_blocks(site: Site, history: History, lang: str) -> tuple[Block, ...]:
    """The history of one answer."""
    rows = tuple(item_row(history, number, lang) for number in range(len(history.values)))
    table = Table(_texts(_ITEM_HEAD, lang), rows) if rows else Words(_NONE.get(lang))
    place = Heading(2, f"{history.question.get(lang)} · {history.place.get(lang)}")
    return (*_head(site, _ITEM, lang), place, table)


def item_row(history: History, number: int, lang: str) -> tuple[str, ...]:
    """One value of a history: when, who, value with what was said beside it, version, why."""
    past = history.values[number]
    suspect = "" if past.clock_ok else f" ({words.SUSPECT.get(lang)})"
    value = words.joined(past.value, past.note).get(lang)
    who = f"{past.who} {past.name}".strip()
    version = words.ONLY_TYPED.get(lang) if past.version is None else str(past.version)
    return (f"{moment(past.when)}{suspect}", who, value, version, past.why.get(lang))


def report_blocks(site: Site, report: Report, lang: str) -> tuple[Block, ...]:
    """The review, with the changes one by one."""
    changed = tuple(_row(line, lang) for line in finding.lines(site, report.completed[:MOST]))
    parts: list[Block] = [*_head(site, _REVIEW, lang), *(Words(text) for text in summary(report, lang))]
    for name, rows in report_rows(report, lang):
        parts += [Heading(2, TITLES[name].get(lang)), Table(_texts(HEADS[name], lang), rows)]
    if changed:
        parts += [Heading(2, TITLES["completed"].get(lang)), Table(_texts(_HEAD, lang), changed)]
    return tuple(parts)


def summary(report: Report, lang: str) -> tuple[str, ...]:
    """What was looked at, the counts, and the review before."""
    last = report.reviews[-1] if report.reviews else None
    facts = {
        "changes": report.changes,
        "signed": len(report.signed),
        "endpoint": len(report.endpoint),
        "recalculated": report.recalculated,
        "suspect": report.suspect,
    }
    before = (
        SAID["never"].get(lang)
        if last is None
        else SAID["reviewed"]
        .get(lang)
        .format(when=moment(last.when), who=last.who, to=last.to, words=last.words)
        .strip()
    )
    looked = SAID["looked"].get(lang).format(since=report.since + 1, to=report.to)
    return looked, SAID["changes"].get(lang).format(**facts), before


def report_rows(report: Report, lang: str) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    """The tables of a review that hold anything: name of `TITLES` and rows."""
    yes = words.plain(True).get(lang)
    tables: dict[str, Iterable[tuple[str, ...]]] = {
        "late": (
            (one.subject, one.name.get(lang), _day(one.on), _day(one.entered), str(one.days), one.who)
            for one in report.late
        ),
        "often": (
            (one.question.get(lang), str(one.changes), yes if one.endpoint else "–") for one in report.often
        ),
        "by": ((who, str(count)) for who, count in report.by.items()),
        "reasons": ((label.get(lang), str(count)) for label, count in report.reasons),
        "bursts": (
            (BURSTS[one.act].get(lang), _day(one.on), one.who, str(one.count), ", ".join(one.subjects))
            for one in report.bursts
        ),
        "trusted": (
            (
                one.subject,
                one.name.get(lang),
                one.who,
                moment(one.when),
                one.by,
                trusting.UNTOLD.get(lang) if one.reset is None else moment(one.reset),
            )
            for one in report.trusted
        ),
    }
    for name, rows in tables.items():
        if found := tuple(rows):
            yield name, found


def as_csv(lines: Iterable[Line], lang: str) -> str:
    """Lines as CSV (comma, quoted where needed) with a head of names."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for line in lines:
        facts = as_json(line, lang)
        writer.writerow([_safe(facts[name]) for name in _COLUMNS])
    return out.getvalue()


def counted(blocks: Iterable[Block]) -> int:
    """How many rows a document holds."""
    return sum(len(block.rows) for block in blocks if isinstance(block, Table))


def note_copy(site: Site, what: str, entries: int) -> None:
    """Tell the trail that a copy of it is about to leave the program. what: `pdf`, `csv` or `json`.

    Raises:
        CannotSave: it could not be told, so nothing may be copied.
    """
    site.clinical.log("audit_printed", detail={"as": what, "entries": entries})


def _head(site: Site, name: Label, lang: str) -> tuple[Block, ...]:
    head = site.clinical.audit_head()
    person = site.person
    facts = {
        "site": f"{site.code} {site.name}",
        "who": f"{person.code} {person.name}",
        "when": moment(site.clock.now()),
        "seq": head.seq,
        "hash": head.hash[:16],
    }
    return Heading(1, name.get(lang)), Words(_MADE.get(lang).format(**facts)), Words(_NO_NAMES.get(lang))


def _asked(site: Site, wanted: Filter, lang: str) -> str:
    """The filter in words."""
    place = finding.place_name(site.definitions, wanted.visit).get(lang) if wanted.visit is not None else ""
    names = ", ".join(_question(site, name).get(lang) for name in wanted.fields)
    form = next((one.label.get(lang) for one in site.definitions.forms if one.id == wanted.form), "")
    days = [_day(day) for day in (wanted.since, wanted.until) if day is not None]
    after = words.AFTER.get(wanted.after, words.NOTHING).get(lang)
    kinds = ", ".join(words.KINDS[kind].get(lang) for kind in wanted.kinds)
    parts = (wanted.subject, place, form, names, wanted.by, kinds, " – ".join(days), after)
    return " · ".join(part for part in parts if part)


def _question(site: Site, name: str) -> Label:
    item = site.library.field(name)
    return item.label if item is not None else words.SCORES.get(name, words.both(name))


def _row(line: Line, lang: str) -> tuple[str, ...]:
    suspect = "" if line.clock_ok else f" ({words.SUSPECT.get(lang)})"
    return (
        str(line.number),
        f"{moment(line.when)}{suspect}",
        f"{line.who} {line.name}".strip(),
        line.place.get(lang),
        line.what.get(lang),
        line.change.get(lang),
        line.reason.get(lang),
    )


def _texts(labels: Iterable[Label], lang: str) -> tuple[str, ...]:
    return tuple(label.get(lang) for label in labels)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _safe(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "@", "\t", "\r") or text[:2] in ("+=", "-=") else text
