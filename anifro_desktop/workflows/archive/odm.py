"""One patient as CDISC ODM-XML 1.3.2: every completed version as a transaction with who, when and why, and signatures.

What stands where: a visit is a `StudyEventData`, of unscheduled visits and events with its key as repeat key; a form's
version is a `FormData`, the first with everything (`Insert`), a later one with what changed (`Update`, `Remove`), each
with an `AuditRecord` (its `SourceID` names record, version and digest) and, where it is signed, its `Signature`. What
has no value is `IsNull` with the reason in an `Annotation`. Results are items whose value is the result; their parts
stand beside them as text. Times are true ones: the archive stays at the site.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from anifro_desktop.forms.model import Definitions
from anifro_desktop.record import Json
from anifro_desktop.study.visit_keys import is_event, key_before, kind_of
from anifro_desktop.workflows.archive import odm_study
from anifro_desktop.workflows.archive.odm_study import attribute, form_oid, item_oid, result_oid, version_oid

if TYPE_CHECKING:
    from anifro_desktop.store.archiving import Signed, Version
    from anifro_desktop.workflows.site import Site


@dataclass(frozen=True, slots=True)
class Frame:
    """What every file of an archive has in common. people: code to name; packs: digest to definitions."""

    site: Site
    version: str
    made: datetime
    people: Mapping[str, str]
    packs: Mapping[str, Definitions]


def document(frame: Frame, subject: str, versions: Iterable[Version]) -> Iterator[bytes]:
    """The file of one patient, in pieces."""
    given = list(versions)
    packs = list(dict.fromkeys(one.revision.definition for one in given)) or list(frame.packs)[:1]
    yield _head(frame, subject).encode("utf-8")
    yield odm_study.study({digest: frame.packs[digest] for digest in packs}).encode("utf-8")
    yield _admin(frame, packs, given).encode("utf-8")
    for digest in packs:
        mine = [one for one in given if one.revision.definition == digest]
        if mine:
            yield _clinical(frame, subject, digest, mine, given).encode("utf-8")
    yield b"</ODM>\n"


def _head(frame: Frame, subject: str) -> str:
    made = frame.made.isoformat(timespec="seconds")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" ODMVersion="1.3.2" FileType="Transactional" '
        f'Granularity="All" FileOID="ARCHIVE.{attribute(subject)}" CreationDateTime="{made}" AsOfDateTime="{made}" '
        f'Originator="{attribute(frame.site.name)}" SourceSystem="anifro-desktop" '
        f'SourceSystemVersion="{attribute(frame.version)}">\n'
    )


def _admin(frame: Frame, packs: Iterable[str], versions: Iterable[Version]) -> str:
    known = dict(frame.people)
    for one in versions:
        known.setdefault(one.revision.who, one.revision.who)
        for signed in one.signatures:
            known.setdefault(signed.signer, signed.name)
    location = _location(frame)
    users = "".join(
        f'<User OID="{_user(code)}"><FullName>{escape(name)}</FullName><FirstName>{escape(name)}</FirstName>'
        f'<LastName>{escape(code)}</LastName><LocationRef LocationOID="{location}"/></User>\n'
        for code, name in sorted(known.items())
    )
    refs = "".join(
        f'<MetaDataVersionRef StudyOID="{odm_study.STUDY}" MetaDataVersionOID="{version_oid(digest)}" '
        f'EffectiveDate="{frame.packs[digest].pack.published or frame.made.date().isoformat()}"/>'
        for digest in packs
    )
    meanings = sorted({signed.meaning for one in versions for signed in one.signatures})
    signatures = "".join(
        f'<SignatureDef OID="SD.{attribute(meaning)}" Methodology="Electronic"><Meaning>{escape(meaning)}</Meaning>'
        "<LegalReason>Ed25519 signature of the person named, over the digest of this version</LegalReason>"
        "</SignatureDef>\n"
        for meaning in meanings
    )
    return (
        f'<AdminData StudyOID="{odm_study.STUDY}">\n{users}'
        f'<Location OID="{location}" Name="{attribute(frame.site.name)}" LocationType="Site">{refs}</Location>\n'
        f"{signatures}</AdminData>\n"
    )


def _clinical(
    frame: Frame, subject: str, digest: str, versions: Iterable[Version], every: Iterable[Version]
) -> str:
    before = {(one.revision.id, one.revision.ver): one for one in every}
    parts = [
        f'<ClinicalData StudyOID="{odm_study.STUDY}" MetaDataVersionOID="{version_oid(digest)}">\n'
        f'<SubjectData SubjectKey="{attribute(subject)}" TransactionType="Upsert">\n'
        f'<SiteRef LocationOID="{_location(frame)}"/>\n'
    ]
    for key, some in groupby(versions, key=lambda one: one.revision.visit):
        parts.append(f"<StudyEventData {event_attributes(key)}>\n")
        for version in some:
            last = before.get((version.revision.id, version.revision.ver - 1))
            parts.append(_form(frame, version, last))
        parts.append("</StudyEventData>\n")
    parts.append("</SubjectData>\n</ClinicalData>\n")
    return "".join(parts)


def event_attributes(key: str) -> str:
    """Visit or event as the attributes of its element; what was a mistake is told by its own repeat key."""
    base = key_before(key)
    repeats = is_event(base) or kind_of(base) == "unscheduled" or base != key
    oid = odm_study.event_oid(base)
    return f'StudyEventOID="{oid}"' + (f' StudyEventRepeatKey="{attribute(key)}"' if repeats else "")


def _form(frame: Frame, version: Version, last: Version | None) -> str:
    revision = version.revision
    act = "Insert" if last is None else "Remove" if revision.void else "Update"
    why = f"{revision.why}: {revision.why_text}" if revision.why_text else revision.why
    reason = f"<ReasonForChange>{escape(why)}</ReasonForChange>" if revision.ver > 1 else ""
    source = f"{revision.id}/{revision.ver} sha256:{version.digest}" + (" erased" if version.erased else "")
    location = f'<LocationRef LocationOID="{_location(frame)}"/>'
    audit = (
        f'<AuditRecord><UserRef UserOID="{_user(revision.who)}"/>{location}'
        f"<DateTimeStamp>{revision.when}</DateTimeStamp>{reason}<SourceID>{source}</SourceID></AuditRecord>"
    )
    signed = (
        _signature(version.signatures[-1], revision.id, revision.ver, location) if version.signatures else ""
    )
    return (
        f'<FormData FormOID="{form_oid(revision.form)}" FormRepeatKey="{revision.id}" TransactionType="{act}">'
        f"{audit}{signed}\n{_groups(frame, version, last)}</FormData>\n"
    )


def _signature(one: Signed, record: str, ver: int, location: str) -> str:
    return (
        f'<Signature ID="SIG.{record}.{ver}"><UserRef UserOID="{_user(one.signer)}"/>{location}'
        f'<SignatureRef SignatureOID="SD.{attribute(one.meaning)}"/><DateTimeStamp>{one.signed}</DateTimeStamp>'
        "</Signature>"
    )


def _groups(frame: Frame, version: Version, last: Version | None) -> str:
    revision = version.revision
    items = list(_items(frame, version, last))
    if not items:
        return ""
    act = "Insert" if last is None else "Update"
    return (
        f'<ItemGroupData ItemGroupOID="{odm_study.group_oid(revision.form)}" TransactionType="{act}">\n'
        + "".join(items)
        + "</ItemGroupData>\n"
    )


def _items(frame: Frame, version: Version, last: Version | None) -> Iterator[str]:
    revision = version.revision
    pack = frame.packs[revision.definition]
    old = last.revision.values if last is not None else {}
    old_scores = last.revision.scores if last is not None else {}
    order = {field.id: number for number, field in enumerate(odm_study.fields_of(pack, revision.form))}
    for name in sorted(revision.values, key=lambda one: (order.get(one, len(order)), one)):
        if last is None or old.get(name) != revision.values[name]:
            act = "Update" if name in old else "Insert"
            yield item_data(item_oid(name), revision.values[name], act, revision.notes.get(name))
    for name in sorted(set(old) - set(revision.values)):
        yield f'<ItemData ItemOID="{item_oid(name)}" TransactionType="Remove"/>\n'
    for rule, score in revision.scores.items():
        if last is None or old_scores.get(rule) != score:
            act = "Update" if rule in old_scores else "Insert"
            value = score.get("value") if isinstance(score, dict) else score
            yield item_data(result_oid(rule), value, act, None)
            yield item_data(f"{result_oid(rule)}.parts", parts_of(score), act, None)


def parts_of(score: Json) -> str:
    """A whole result as one text."""
    return json.dumps(score, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def item_data(oid: str, value: Json, act: str, note: Json) -> str:
    """One item. act: what is done to it, empty in a file that tells no history. note: said of it beside its value."""
    start = f'<ItemData ItemOID="{oid}"' + (f' TransactionType="{act}"' if act else "")
    told = [value["missing"]] if isinstance(value, dict) and "missing" in value else []
    if value is None:
        told = ["unknown"]
    told += [json.dumps(note, ensure_ascii=False, sort_keys=True)] if note else []
    comments = "".join(
        f'<Annotation SeqNum="{number}"><Comment>{escape(str(text))}</Comment></Annotation>'
        for number, text in enumerate(told, 1)
    )
    if value is None or isinstance(value, dict):
        return f'{start} IsNull="Yes">{comments}</ItemData>\n'
    text = str(value).lower() if isinstance(value, bool) else str(value)
    end = f">{comments}</ItemData>\n" if comments else "/>\n"
    return f'{start} Value="{attribute(text)}"{end}'


def _user(code: str) -> str:
    return f"U.{attribute(code)}"


def _location(frame: Frame) -> str:
    return f"L.{attribute(frame.site.code)}"
