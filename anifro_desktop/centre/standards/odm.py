"""The study's data as CDISC ODM-XML 1.3.2: a Snapshot of the state, and the history as a Transactional file.

Rules kept here:
- No date of a patient: differences in days (`sent`). `DateTimeStamp` is when the centre received a version; the site's
  study day stands in an `Annotation` beside it.
- Users are the sites' user codes and locations the sites' codes; no name of anybody. A version is of the site whose
  people made it, a subject of the site that keeps it now.
- One `MetaDataVersion` for all packs; which pack a version was made under is told by its `SourceID`, which names
  record, version and digest too.
- What has no value is `IsNull` with the reason in an `Annotation`. What was not answered is not there.
- What was declared a mistake is removed where it was entered, so that a reader that replays the history loses it too.
- Of a version that came with two contents both are in the history; in the state neither, until a later one follows.
- Planned visits do not repeat and have no repeat key; unscheduled visits and events do, by their keys.

What importers lose: OpenEDC keeps one `FormData` of those with the same `FormOID` in a visit and no history, so give it
the Snapshot; events come as repeats of their `StudyEventData`, which it and LibreClinica keep. OpenClinica and
LibreClinica import into a study whose events and forms are there already, and their audit log has whoever imports as
the author of everything; LibreClinica and InForm read no `AuditRecord` and no `Signature`, InForm no `TransactionType`.
None of them reads `IsNull`: a reason is an empty item there, and its annotation is lost. REDCap takes a whole project
as ODM only in its own dialect: give it the files of `redcap`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from xml.sax.saxutils import escape

from anifro_desktop.centre.standards import reference
from anifro_desktop.centre.standards.history import Arrived, Holding, Kept
from anifro_desktop.centre.standards.sent import Sent, sent_definitions
from anifro_desktop.centre.standards.sheet import Sheet
from anifro_desktop.forms.model import Definitions
from anifro_desktop.record import VOID, Json, Revision, value_to_json
from anifro_desktop.study.visit_keys import UNSCHEDULED, is_event, key_before, kind_of
from anifro_desktop.workflows.archive import odm_study
from anifro_desktop.workflows.archive.odm import item_data, parts_of
from anifro_desktop.workflows.archive.odm_study import (
    attribute,
    form_oid,
    item_oid,
    oid_part,
    result_oid,
    version_oid,
)

SNAPSHOT, TRANSACTIONAL = "Snapshot", "Transactional"
SNAPSHOT_FILE, TRANSACTIONAL_FILE = "anifro_snapshot.xml", "anifro_transactional.xml"
_TAIL = "</ClinicalData>\n</ODM>\n"


@dataclass(frozen=True, slots=True)
class Made:
    """What all files have in common. at: when they are made, UTC; version: of the program."""

    at: datetime
    version: str


@dataclass(slots=True)
class _Named:
    """Whom and what the subjects of a file name: it stands above them."""

    sites: set[str] = field(default_factory=set)
    people: set[tuple[str, str]] = field(default_factory=set)
    meanings: set[str] = field(default_factory=set)


def study_alone(definitions: Definitions, made: Made) -> str:
    """The file with the definitions and no data."""
    sent = sent_definitions(definitions)
    return f"{_head(SNAPSHOT, made)}{_study(sent)}{reference.data(version_oid(sent.digest))}</ODM>\n"


def snapshot(holding: Holding, made: Made) -> Sheet:
    """The file of the state."""
    sent = sent_definitions(holding.current, holding.packs)
    named = _Named()

    def above(count: int) -> str:
        return _above(_head(SNAPSHOT, made, holding), named, sent, made)

    def of(kept: Kept) -> Iterator[str]:
        if kept.subject is not None:
            named.sites.add(kept.site)
            yield _subject_state(holding, sent, kept)

    return Sheet(SNAPSHOT_FILE, above, of, tail=_TAIL)


def transactional(holding: Holding, made: Made) -> Sheet:
    """The file of the history."""
    sent = sent_definitions(holding.current, holding.packs)
    named = _Named()

    def above(count: int) -> str:
        return _above(_head(TRANSACTIONAL, made), named, sent, made, "Insert")

    def of(kept: Kept) -> Iterator[str]:
        if kept.versions:
            _note(named, kept)
            yield (
                f'<SubjectData SubjectKey="{attribute(kept.code)}" TransactionType="Upsert">'
                f'<SiteRef LocationOID="{_location(kept.site)}"/>\n'
                f"{''.join(_history(holding, sent, kept.versions))}</SubjectData>\n"
            )

    return Sheet(TRANSACTIONAL_FILE, above, of, tail=_TAIL)


def _note(named: _Named, kept: Kept) -> None:
    named.sites |= {kept.site, *(one.site for one in kept.versions)}
    for one in kept.versions:
        named.people |= {(one.site, code) for code in _people(one.revision)}
        if one.revision.signature:
            named.meanings.add(one.revision.signature["meaning"])


def _above(head: str, named: _Named, sent: Definitions, made: Made, act: str = "") -> str:
    """Everything above the subjects. act: of a file that tells a history."""
    version = version_oid(sent.digest)
    clinical = f'<ClinicalData StudyOID="{odm_study.STUDY}" MetaDataVersionOID="{version}">\n'
    return f"{head}{_study(sent)}{_admin(named, sent, made)}{reference.data(version, act)}{clinical}"


def _study(sent: Definitions) -> str:
    return odm_study.study({sent.digest: sent}, reference.definitions())


def _subject_state(holding: Holding, sent: Definitions, kept: Kept) -> str:
    subject = kept.subject
    assert subject is not None
    forms = [
        *subject.forms.values(),
        *(form for visit in subject.visits for form in visit.forms.values()),
        *(event.revision for event in subject.events),
    ]
    forms.sort(key=lambda one: (one.visit, one.form))
    told = [
        f'<SubjectData SubjectKey="{attribute(kept.code)}"><SiteRef LocationOID="{_location(kept.site)}"/>\n'
    ]
    for key, some in groupby(forms, key=lambda one: one.visit):
        told.append(f"<StudyEventData {_event(key)}>\n")
        told += (_state(holding, sent, revision) for revision in some)
        told.append("</StudyEventData>\n")
    return "".join([*told, "</SubjectData>\n"])


def _event(key: str) -> str:
    """The attributes of a visit or event; of a mistake, those of what it was."""
    base = key_before(key)
    repeats = is_event(base) or kind_of(base) == UNSCHEDULED
    again = f' StudyEventRepeatKey="{attribute(base)}"' if repeats else ""
    return f'StudyEventOID="{odm_study.event_oid(base)}"{again}'


def _history(holding: Holding, sent: Definitions, versions: Iterable[Arrived]) -> Iterator[str]:
    """Every version of a subject's records, each as what changed since the one before."""
    last: dict[str, Revision] = {}
    for one in versions:
        before = last.get(one.revision.id)
        yield f"<StudyEventData {_event(one.revision.visit)}>\n"
        yield _version(holding, sent, one, before)
        yield "</StudyEventData>\n"
        last[one.revision.id] = one.revision


def _head(kind: str, made: Made, holding: Holding | None = None) -> str:
    at = made.at.isoformat(timespec="seconds")
    cut = None if holding is None else holding.cut
    known, name, told = at, f"CENTRE.{kind}", ""
    if cut is not None:
        known, name = cut.made, f"CENTRE.{kind}.{cut.name}"
        told = f' Description="cut {cut.name}, {f"through {cut.through}, " if cut.through else ""}sha256:{cut.digest}"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" ODMVersion="1.3.2" FileType="{kind}" Granularity="All" '
        f'FileOID="{name}"{told} CreationDateTime="{at}" AsOfDateTime="{known}" SourceSystem="anifro-desktop" '
        f'SourceSystemVersion="{attribute(made.version)}">\n'
    )


def _admin(named: _Named, sent: Definitions, made: Made) -> str:
    users = "".join(
        f'<User OID="{_user(site, code)}"><FullName>{escape(f"{site} {code}")}</FullName>'
        f"<FirstName>{escape(code)}</FirstName><LastName>{escape(site)}</LastName>"
        f'<LocationRef LocationOID="{_location(site)}"/></User>\n'
        for site, code in sorted(named.people)
    )
    effective = sent.pack.published or made.at.date().isoformat()
    ref = (
        f'<MetaDataVersionRef StudyOID="{odm_study.STUDY}" MetaDataVersionOID="{version_oid(sent.digest)}" '
        f'EffectiveDate="{effective}"/>'
    )
    places = "".join(
        f'<Location OID="{_location(site)}" Name="{attribute(site)}" LocationType="Site">{ref}</Location>\n'
        for site in sorted(named.sites)
    )
    signatures = "".join(
        f'<SignatureDef OID="SD.{oid_part(meaning)}" Methodology="Electronic"><Meaning>{escape(meaning)}</Meaning>'
        "<LegalReason>Ed25519 signature of the person named, over the digest of the site's own version</LegalReason>"
        "</SignatureDef>\n"
        for meaning in sorted(named.meanings)
    )
    return f'<AdminData StudyOID="{odm_study.STUDY}">\n{users}{places}{signatures}</AdminData>\n'


def _state(holding: Holding, sent: Definitions, revision: Revision) -> str:
    values = _values(holding, sent, revision)
    items = "".join(
        item_data(item_oid(name), value_to_json(value), "", None) for name, value in values.items()
    )
    items += "".join(
        item_data(oid, value, "", None)
        for rule, score in _results(sent, revision).items()
        for oid, value in _result(rule, score)
    )
    group = f'<ItemGroupData ItemGroupOID="{odm_study.group_oid(revision.form)}">\n{items}</ItemGroupData>\n'
    return (
        f'<FormData FormOID="{form_oid(revision.form)}" FormRepeatKey="1">{_day(revision)}\n'
        f"{group if items else ''}</FormData>\n"
    )


def _version(holding: Holding, sent: Definitions, one: Arrived, last: Revision | None) -> str:
    revision, place = one.revision, f'<LocationRef LocationOID="{_location(one.site)}"/>'
    gone = one.deleted or revision.void
    act = "Remove" if gone else "Insert" if last is None else "Update"
    reason = (
        f"<ReasonForChange>{escape(_why(revision, holding.current))}</ReasonForChange>"
        if revision.ver > 1
        else ""
    )
    pack = next((pack.pack.id for pack in holding.packs if pack.digest == revision.definition), "")
    source = f"{revision.id}/{revision.ver} sha256:{one.digest} pack {pack or revision.definition[:16]}"
    audit = (
        f'<AuditRecord><UserRef UserOID="{_user(one.site, revision.who)}"/>{place}'
        f"<DateTimeStamp>{one.came}</DateTimeStamp>{reason}<SourceID>{escape(source)}</SourceID></AuditRecord>"
    )
    items = "" if gone else "".join(_changes(holding, sent, revision, last))
    kind = "Insert" if last is None else "Update"
    group = (
        f'<ItemGroupData ItemGroupOID="{odm_study.group_oid(revision.form)}" TransactionType="{kind}">\n'
        f"{items}</ItemGroupData>\n"
    )
    return (
        f'<FormData FormOID="{form_oid(revision.form)}" FormRepeatKey="{revision.id}" TransactionType="{act}">'
        f"{audit}{_signature(one, place)}{_day(revision)}\n{group if items else ''}</FormData>\n"
    )


def _why(revision: Revision, current: Definitions) -> str:
    """The code of a reason with its words; what is no code (`signed`, `recalculated`) as it is."""
    reasons = current.code_lists["void_reason" if revision.void else "change_reason"]
    code = revision.why.removeprefix(VOID)
    label = reasons.label(int(code)) if code.isdigit() else None
    return revision.why if label is None else f"{revision.why}: {label.en}"


def _signature(one: Arrived, place: str) -> str:
    signed = one.revision.signature
    if not signed:
        return ""
    return (
        f'<Signature ID="SIG.{one.revision.id}.{one.revision.ver}"><UserRef UserOID="{_user(one.site, signed["by"])}"/>'
        f'{place}<SignatureRef SignatureOID="SD.{oid_part(signed["meaning"])}"/>'
        f"<DateTimeStamp>{one.came}</DateTimeStamp></Signature>"
    )


def _changes(holding: Holding, sent: Definitions, revision: Revision, last: Revision | None) -> Iterator[str]:
    new = _values(holding, sent, revision)
    old = _values(holding, sent, last) if last is not None else {}
    for name, value in new.items():
        if name not in old or old[name] != value:
            yield item_data(item_oid(name), value_to_json(value), "Update" if name in old else "Insert", None)
    for name in sorted(set(old) - set(new)):
        yield f'<ItemData ItemOID="{item_oid(name)}" TransactionType="Remove"/>\n'
    results = _results(sent, revision)
    before = _results(sent, last) if last is not None else {}
    for rule, score in results.items():
        if rule not in before or before[rule] != score:
            act = "Update" if rule in before else "Insert"
            yield from (item_data(oid, value, act, None) for oid, value in _result(rule, score))
    for rule in sorted(set(before) - set(results)):
        for oid, _ in _result(rule, None):
            yield f'<ItemData ItemOID="{oid}" TransactionType="Remove"/>\n'


def _values(holding: Holding, sent: Definitions, revision: Revision) -> Mapping[str, Sent]:
    """The answers of a revision that its form has a question for, in the order of the form."""
    found = holding.reading.values(revision)
    names = [field.id for field in odm_study.fields_of(sent, revision.form)]
    return {name: found[name] for name in names if name in found}


def _results(sent: Definitions, revision: Revision) -> Mapping[str, Json]:
    known = next((form.scores for form in sent.forms if form.id == revision.form), ())
    return {rule: score for rule, score in revision.scores.items() if rule in known}


def _result(rule: str, score: Json) -> Iterator[tuple[str, Json]]:
    yield result_oid(rule), score.get("value") if isinstance(score, dict) else score
    yield f"{result_oid(rule)}.parts", parts_of(score)


def _day(revision: Revision) -> str:
    if revision.day is None:
        return ""
    return f'<Annotation SeqNum="1"><Comment>study day {revision.day}</Comment></Annotation>'


def _people(revision: Revision) -> Iterator[str]:
    yield revision.who
    if revision.signature:
        yield revision.signature["by"]


def _user(site: str, code: str) -> str:
    return f"U.{oid_part(site)}.{oid_part(code)}"


def _location(site: str) -> str:
    return f"L.{oid_part(site)}"
