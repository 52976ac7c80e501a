"""The audit review: what each person at each site did to the records, and what of the primary endpoints was changed
after a signature.

What stays at a site cannot be reviewed here: the time of day, who only looked, a form that was opened again and left as
it was, and the words of a reason. Reviewed is what travels: who made each version, its number, the code of its reason,
its signature. The site's own trail is looked at there (`site audit`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from anifro_desktop.centre.analysis.table import Cell, Named, Record, Row, Section, Table, counted
from anifro_desktop.centre.monitoring.changes import OTHER, REASONS, Change, changes
from anifro_desktop.centre.monitoring.watching import SITE, Version, Watched, named, place
from anifro_desktop.forms.model import Definitions, Label

PERSON = Named("person", Label("Persona", "Person"))


@dataclass(slots=True)
class _Acts:
    entries: list[Record] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    signed: list[Record] = field(default_factory=list)
    voided: list[Record] = field(default_factory=list)
    kept: list[Record] = field(default_factory=list)

    def cells(self) -> tuple[Cell, ...]:
        after = [one for one in self.changed if one.after_signature]
        return (
            counted(self.entries),
            counted(one.record for one in self.changed),
            *(counted(one.record for one in self.changed if one.reason == reason) for reason in REASONS),
            counted(one.record for one in self.changed if one.reason is None),
            counted(one.record for one in after),
            counted(one.record for one in after if one.primary),
            counted(self.signed),
            counted(self.voided),
            counted(self.kept),
        )


def audit_review(watched: Watched) -> Section:
    """By site and person, and the changes to what the primary endpoints rest on, one by one."""
    note = Label(
        "L’ora, chi ha solo guardato, una scheda riaperta e lasciata com’era e le parole di un motivo "
        "restano al centro: "
        "si rivedono là. Qui c’è ciò che viaggia.",
        "The time of day, who only looked, a form opened again and left as it was, and the words of a reason "
        "stay at the "
        "site and are reviewed there. Here is what travels.",
    )
    title = Label("Revisione dell’audit trail", "Audit review")
    return Section("audit_review", title, (people(watched), primary(watched)), notes=(note,))


def people(watched: Watched) -> Table:
    """What each person did, by site."""
    acts: dict[tuple[str, str], _Acts] = defaultdict(_Acts)
    derived = _derived(watched.definitions)
    kept: dict[str, frozenset[str]] = {}
    for one in watched.history(watched.subjects):
        if one.revision.form not in derived:
            before = kept.get(one.revision.id, frozenset())
            kept[one.revision.id] = _note(acts, one, before)
    for change in _changes(watched):
        acts[change.site, change.who].changed.append(change)
    rows = [Row((place(site), named("person", who)), acts[site, who].cells()) for site, who in sorted(acts)]
    title = Label("Chi ha fatto che cosa", "Who did what")
    note = Label(
        f"Motivo «altro» (codice {OTHER}): le parole sono al centro. Confermate con motivo: risposte tenute contro un "
        "suggerimento o un controllo.",
        f'Reason "other" (code {OTHER}): its words are at the site. Kept with a reason: answers kept against '
        "a suggestion "
        "or a check.",
    )
    columns = _columns(watched.definitions)
    return Table("audit_people", title, (SITE, PERSON), columns, tuple(rows), (note,))


def primary(watched: Watched) -> Table:
    """Each answer that the primary endpoints rest on and that was changed after a signature."""
    found: Counter[tuple[Record, str, str, str, int | None]] = Counter()
    for change in _changes(watched):
        if change.after_signature:
            for name in change.primary:
                found[change.record, change.form, name, change.who, change.reason] += 1
    reasons = watched.definitions.code_lists["change_reason"]
    none = Label("nessuno", "none")
    rows = []
    for (record, form, name, who, reason), count in sorted(found.items(), key=lambda item: repr(item[0])):
        why = Named("reason_none", none)
        if reason is not None:
            why = Named(f"reason_{reason}", reasons.label(reason) or none)
        heads = (
            place(record.site), named("patient", record.subject), named("visit", record.key),
            Named(form, watched.definitions.form(form).label), _question(watched.definitions, name),
            named("person", who), why,
        )  # fmt: skip
        rows.append(Row(heads, (Cell(count, behind=(record,) * count),)))
    heads = (
        SITE, Named("patient", Label("Paziente", "Patient")), Named("visit", Label("Visita", "Visit")),
        Named("form", Label("Scheda", "Form")), Named("field", Label("Domanda", "Question")), PERSON,
        Named("reason", Label("Motivo", "Reason")),
    )  # fmt: skip
    title = Label("Endpoint primari: correzioni dopo la firma", "Primary endpoints: changes after signature")
    columns = (Named("changes", Label("correzioni", "changes")),)
    return Table("audit_primary", title, heads, columns, tuple(rows))


def _question(definitions: Definitions, name: str) -> Named:
    item = definitions.fields.get(name)
    return Named(name, item.label if item is not None else Label(name, name))


def _note(acts: dict[tuple[str, str], _Acts], one: Version, before: frozenset[str]) -> frozenset[str]:
    """Count what one version says of its person. before: answers kept with a reason in the version before; gives those
    of this one."""
    now = one.revision
    mine = acts[one.made_at, now.who]
    if now.void:
        mine.voided.append(one.record)
    elif now.ver == 1:
        mine.entries.append(one.record)
    if now.signature:
        acts[one.made_at, now.signature.get("by", now.who)].signed.append(one.record)
    told = ((name, note) for name, note in now.notes.items() if isinstance(note, dict))
    kept = frozenset(name for name, note in told if note.get("kind") == "override")
    mine.kept += [one.record] * len(kept - before)
    return kept


def _changes(watched: Watched) -> Iterable[Change]:
    return changes(watched.history(watched.subjects), _derived(watched.definitions))


def _derived(definitions: Definitions) -> frozenset[str]:
    return frozenset(form.id for form in definitions.forms if form.derived)


def _columns(definitions: Definitions) -> tuple[Named, ...]:
    reasons = definitions.code_lists["change_reason"]
    unknown = Label("senza motivo", "no reason")
    return (
        Named("entries", Label("schede inserite", "forms entered")),
        Named("changes", Label("correzioni", "changes")),
        *(Named(f"reason_{reason}", reasons.label(reason) or unknown) for reason in REASONS),
        Named("reason_none", unknown),
        Named("after_signature", Label("dopo la firma", "after signature")),
        Named("primary", Label("di cui negli endpoint primari", "of which in the primary endpoints")),
        Named("signatures", Label("firme", "signatures")),
        Named("voids", Label("dichiarate errate", "declared mistakes")),
        Named("kept", Label("confermate con motivo", "kept with a reason")),
    )
