"""The review of the audit trail: what was changed late, after completion, after signature, at night or in bulk.

Rules kept here:
- A review looks at what came since the last one, unless it is asked for everything; that it was done is told to the
  trail with the number it reached.
- "Late" counts from the day of the visit to its first answer here; events are left out, since they are learned of later
  than they happen.
- An endpoint's question is one that feeds a primary or secondary endpoint (`forms/traceability.toml`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from anifro_desktop.forms import traceability
from anifro_desktop.forms.model import Definitions, Label
from anifro_desktop.study.visit_keys import is_visit
from anifro_desktop.workflows.audit import finding, trusting, words
from anifro_desktop.workflows.audit.model import Burst, Late, Often, Report, Reviewed
from anifro_desktop.workflows.errors import NotYourRole

if TYPE_CHECKING:
    from anifro_desktop.store.trail import Stand, Step
    from anifro_desktop.workflows.site import Site

REVIEWING = ("investigator", "site_admin", "monitor")
ACT = "audit_reviewed"
LATE_DAYS = 7
BULK = 60  # answers of one save or file: more than any single act of a person at a form gives
NIGHT_FROM, NIGHT_TO = 22, 6  # hours of the local clock
MOST = 20
_BY_PROGRAM = ("recalculated", "signed")
_ENDPOINTS = ("primary", "secondary")


def review(site: Site, *, everything: bool = False, late_days: int = LATE_DAYS) -> Report:
    """What a review looks at. everything: from the first entry, not from the last review. late_days: how many days
    after its visit an entry may come without being late."""
    from anifro_desktop.store import trail

    before = reviews(site)
    since = 0 if everything or not before else before[-1].to
    to = site.clinical.audit_head().seq
    steps = trail.steps(site.clinical, since)
    completed, signed = trail.firsts(site.clinical, "completion"), trail.firsts(site.clinical, "signature")
    later = [step for step in steps if completed.get(step.record, to) < step.seq]
    computed = {item.id for item in site.definitions.fields.values() if item.computed}
    own = [step for step in later if step.reason not in _BY_PROGRAM and _is_answer(step)]
    own = [step for step in own if step.field not in computed]
    told = _once(own, {row.id: row.state for row in site.clinical.entries()})
    after_signature = tuple(step.seq for step in told if signed.get(step.record, to) < step.seq)
    endpoints = _endpoint_fields(site.definitions)
    return Report(
        since,
        to,
        len(told),
        _late(site, steps, late_days),
        tuple(step.seq for step in told),
        after_signature,
        sum(1 for step in later if step.reason in _BY_PROGRAM and step.table == "answers"),
        tuple(step.seq for step in told if _name(step) in endpoints),
        _often(site, told, endpoints),
        dict(Counter(step.user for step in told).most_common()),
        _reasons(site, told),
        _bursts(site, steps),
        before,
        trail.suspect(site.clinical, since),
        trusting.trusted(site, since),
    )


def reviews(site: Site) -> tuple[Reviewed, ...]:
    """Every review that was said to be done, in order."""
    from anifro_desktop.store import trail

    found = []
    for entry in trail.acts(site.clinical, ACT):
        to = entry.new.get("to", 0) if isinstance(entry.new, Mapping) else 0
        when = finding.local(entry.utc, entry.utc_offset)
        found.append(Reviewed(when, entry.user, to if isinstance(to, int) else 0, entry.reason))
    return tuple(found)


def mark_reviewed(site: Site, report: Report, text: str) -> Reviewed:
    """Tell the trail that what the report shows was reviewed. text: what came of it, in the person's words.

    Raises:
        NotYourRole: data entry does not review its own work. CannotSave: nothing was saved.
    """
    if not site.may(*REVIEWING):
        raise NotYourRole("mark the audit trail as reviewed", "investigator, site administrator or monitor")
    detail = {"to": report.to, "entries": report.to - report.since}
    site.clinical.log(ACT, detail=dict(detail), reason=" ".join(text.split()))
    return reviews(site)[-1]


def _is_answer(step: Step) -> bool:
    """An answer, not what was said beside it, nor a result."""
    return not step.field.startswith(("note:", "score:")) and "/" not in step.field


def _name(step: Step) -> str:
    return step.field.partition(":")[2] or step.field.partition("/")[0]


def _once(steps: Iterable[Step], states: Mapping[str, str]) -> list[Step]:
    """Each change once: as it was completed, or as it was typed where the form is still being amended."""
    return [step for step in steps if step.table == "answers" or states.get(step.record) == "amending"]


def _late(site: Site, steps: Iterable[Step], days: int) -> tuple[Late, ...]:
    """The visits whose first answer came more than so many days after the visit, the latest first."""
    first: dict[str, Step] = {}
    for step in steps:
        if step.table == "draft_values":
            first.setdefault(step.record, step)
    begun = _begun_before(site, steps)
    found = []
    for row in site.clinical.visits():
        opened = first.get(row.id)
        if opened is None or row.date is None or not is_visit(row.key) or row.id in begun:
            continue
        entered = _moment(opened).date()
        late = (entered - row.date).days
        if late > days:
            name = finding.place_name(site.definitions, row.key)
            found.append(Late(row.subject, row.key, name, row.date, entered, late, opened.user))
    return tuple(sorted(found, key=lambda one: (-one.days, one.subject, one.visit)))


def _begun_before(site: Site, steps: Iterable[Step]) -> set[str]:
    """The visits that had answers before the first of these entries: they were begun in what is reviewed already."""
    from anifro_desktop.store import trail

    start = next((step.seq for step in steps), 0)
    return trail.begun(site.clinical, start) if start else set()


def _endpoint_fields(definitions: Definitions) -> frozenset[str]:
    lines = [line for line in traceability.load(definitions) if line.group in _ENDPOINTS]
    return frozenset(name for line in lines for name in line.fields)


def _often(site: Site, steps: Iterable[Step], endpoints: frozenset[str]) -> tuple[Often, ...]:
    counts = Counter(_name(step) for step in steps)
    found = []
    for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST]:
        item = finding.question(site, None, name)
        label = item.label if item is not None else words.both(name)
        found.append(Often(name, label, count, name in endpoints))
    return tuple(found)


def _reasons(site: Site, steps: Iterable[Step]) -> tuple[tuple[Label, int], ...]:
    """How often each reason was given: coded ones without the words that came with them."""
    counts = Counter(step.reason.partition(": ")[0] for step in steps if step.table == "answers")
    return tuple((words.reason(site.definitions, text), count) for text, count in counts.most_common())


def _bursts(site: Site, steps: Iterable[Step]) -> tuple[Burst, ...]:
    """Night and bulk edits, and answers given by an act over a whole section, by day and person."""
    from anifro_desktop.store import trail

    typed = [step for step in steps if step.table == "draft_values" and step.field.count("/") == 0]
    in_one = Counter(step.tx for step in typed)
    kinds: dict[tuple[str, date, str], list[Step]] = defaultdict(list)
    for step in typed:
        moment = _moment(step)
        if in_one[step.tx] >= BULK:
            kinds["bulk", moment.date(), step.user].append(step)
        if moment.hour >= NIGHT_FROM or moment.hour < NIGHT_TO:
            kinds["night", moment.date(), step.user].append(step)
    notes = [step for step in steps if step.table == "draft_values" and step.field.endswith("/note")]
    said = trail.notes(site.clinical, notes[0].seq - 1 if notes else None)
    for step in notes:
        kind = said.get(step.seq)
        if kind in ("all_absent", "unchanged", "transcribed"):
            kinds[kind, _moment(step).date(), step.user].append(step)
    stands = trail.stands(site.clinical, {step.record for some in kinds.values() for step in some})
    return tuple(_burst(key, some, stands) for key, some in sorted(kinds.items(), key=lambda one: one[0]))


def _burst(key: tuple[str, date, str], steps: Iterable[Step], stands: Mapping[str, Stand]) -> Burst:
    some = list(steps)
    subjects = {stands[step.record].subject for step in some if step.record in stands}
    return Burst(key[0], key[1], key[2], len(some), tuple(sorted(subjects)))


def _moment(step: Step) -> datetime:
    return finding.local(step.utc, step.utc_offset)
