"""What a signature is worth and when it falls: the states of a record, who signs, and what changed since.

A visit, an event, the history and the enrolment each stand in one state, and only these acts lead to another:

    state      type       complete   sign a form  sign       amend      give up    void       scored anew
    draft      draft      complete   complete²    signed     –          –          void       draft
    complete   –          complete   complete²    signed     amending   –          void       complete
    signed     –          signed     signed       signed     amending   –          void       complete
    amending   amending   complete¹  complete²    signed     –          complete¹  void       amending
    void       –          –          –            –          –          –          –          –

    ¹ signed, where no form differs from what was signed.   ² signed, once no form is left without a signature.
    – is refused and changes nothing. To move is to void here and to begin a draft there.

Rules kept here:
- `signed` means that the last version of every form has a signature, and a signature is over one version and its hash:
  a new version has none. Nothing else makes a record signed or unsigned.
- Every version and every signature is kept; what changed since the last signature is worked out from the versions.
- The first signature after unlocking names its person: code and passphrase; each next one needs the passphrase.
- A signature shows as long as it holds: a row copied from another record or version is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from anifro_desktop.forms.model import Label
from anifro_desktop.forms.scoring import score_json
from anifro_desktop.record import Json, Revision, canonical, value_to_json
from anifro_desktop.workflows.audit import words
from anifro_desktop.workflows.desk import forms_under, record_id
from anifro_desktop.workflows.errors import WrongSigner
from anifro_desktop.workflows.packs import pack_of

if TYPE_CHECKING:
    from anifro_desktop.forms.model import Definitions
    from anifro_desktop.store.signed import Signed
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.model import OpenVisit
    from anifro_desktop.workflows.site import Site

OPEN = ("draft", "amending")
SCORE, NOTE, VALUE, VERSION = "score", "note", "value", "version"
_SAME = Label("stesso valore, calcolato di nuovo", "same value, worked out again")
_BASIS = Label("Ciò su cui si basa la scheda", "What the form rests on")
_NEW_BASIS = Label(
    "versione delle schede, giorno o visita di confronto", "version of the forms, day or visit compared with"
)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs from what was signed. form, field: ids (a result by its name). sort: `value`, `note`,
    `score`, or `version` where only what the form rests on is another. old, new: as read on the form. who: code of the
    last person who changed it, when and why; when is None while it is only typed."""

    form: str
    field: str
    sort: str
    what: Label
    old: Label
    new: Label
    who: str
    when: datetime | None
    why: Label


@dataclass(frozen=True, slots=True)
class Standing:
    """How one form stands. state: `draft` (never completed), `unsigned` (never signed), `signed`, or `changed` since
    it was. signature: the last one that holds, on this version or an earlier one."""

    form: str
    state: str
    ver: int
    signature: Signed | None
    changes: tuple[Change, ...] = ()


def needs_code(site: Site) -> bool:
    """Whether the next signature has to name its person beside the passphrase."""
    return not site.signer_named


def confirm_signer(site: Site, passphrase: str, person: str | None = None) -> None:
    """Make sure that it is the person who unlocked the site that signs. person: the code typed beside the passphrase,
    empty where none was asked for; None for a command, where code and passphrase came with the act itself.

    Raises:
        WrongSigner, WrongPassphrase, TryLater: nobody signs.
    """
    from anifro_desktop.store.vault import open_vault

    given = None if person is None else person.strip().upper()
    if given is not None and (given or needs_code(site)) and given != site.person.code:
        raise WrongSigner(site.person.code)
    open_vault(site.folder, site.keys.user.code, passphrase)
    site.signer_named = True


def settled(site: Site, row: VisitRow) -> str:
    """The state of a completed record by what is stored of it: `signed` or `complete`."""
    last = latest(site, row)
    return "signed" if last and all(item.signature for item in last.values()) else "complete"


def unfounded(site: Site, subject: str | None = None) -> list[VisitRow]:
    """Records, or those of one patient, that say they are signed and are not: the last version of a form has no
    signature, or nothing was ever completed."""
    from anifro_desktop.store.signed import last_signed

    has, found = last_signed(site.clinical, subject), []
    for row in site.clinical.entries(subject):
        if row.state == "signed":
            ids = (record_id(row, form) for form in forms_under(pack_of(site, row.pack), row.key))
            last = [has[record] for record in ids if record in has]
            if not last or not all(last):
                found.append(row)
    return found


def latest(site: Site, row: VisitRow) -> dict[str, Revision]:
    """The last completed version of each form of a record, by form."""
    mine = {record_id(row, form): form for form in forms_under(pack_of(site, row.pack), row.key)}
    found = site.clinical.revisions(row.subject, row.key)
    return {mine[item.id]: item for item in found if item.id in mine}


def standings(site: Site, visit: OpenVisit) -> tuple[Standing, ...]:
    """How each form of an open record stands, with what changed since it was last signed; what is being typed counts
    as well."""
    from anifro_desktop.store import signed as store

    row = site.clinical.visit(visit.id)
    found = store.signatures(site.clinical, row.subject, row.key)
    held = {(one.record, one.ver): one for one in found if one.holds}
    versions: dict[str, list[Revision]] = {}
    for item in site.clinical.revisions(row.subject, row.key, latest=False):
        versions.setdefault(item.id, []).append(item)
    return tuple(
        _standing(site, visit, form.id, versions.get(record_id(row, form.id), []), held)
        for form in visit.session.forms
    )


def changes_since(site: Site, row: VisitRow) -> tuple[Change, ...]:
    """What the completed versions of a record say otherwise than what was last signed; nothing of one that is signed,
    or never was."""
    if row.state not in ("complete", "amending"):
        return ()
    mine = {record_id(row, form) for form in forms_under(pack_of(site, row.pack), row.key)}
    versions: dict[str, list[Revision]] = {}
    for item in site.clinical.revisions(row.subject, row.key, latest=False):
        if item.id in mine:
            versions.setdefault(item.id, []).append(item)
    return tuple(one for items in versions.values() for one in _since_signed(site, items))


def _standing(
    site: Site,
    visit: OpenVisit,
    form: str,
    versions: list[Revision],
    held: Mapping[tuple[str, int], Signed],
) -> Standing:
    if not versions:
        return Standing(form, "draft", 0, None)
    last = versions[-1]
    known = [one for one in versions if (one.id, one.ver) in held]
    if not known:
        return Standing(form, "unsigned", last.ver, None)
    signed = known[-1]
    typed = [_as_typed(visit, form, last)] if visit.state == "amending" else []
    changed = tuple(_compared(site, signed, [*versions[versions.index(signed) + 1 :], *typed]))
    state = "changed" if changed or last.ver != signed.ver else "signed"
    return Standing(form, state, last.ver, held[signed.id, signed.ver], changed)


def _as_typed(visit: OpenVisit, form: str, last: Revision) -> Revision:
    """The version that completing would write now, as far as it can be seen."""
    session = visit.session
    definition = session.definitions.form(form)
    names = {item.id for item in definition.fields}
    scores: dict[str, Json] = {
        rule: score_json(session.scores[rule]) for rule in definition.scores if rule in session.scores
    }
    return replace(
        last,
        ver=last.ver + 1,
        values={name: value_to_json(value) for name, value in session.answers.items() if name in names},
        notes={name: note.to_json() for name, note in session.notes.items() if name in names},
        scores={**last.scores, **scores},
        who="",
        when="",
        why="first",
        why_text="",
    )


def _since_signed(site: Site, versions: list[Revision]) -> Iterator[Change]:
    signed = [place for place, one in enumerate(versions) if one.signature]
    if signed:
        yield from _compared(site, versions[signed[-1]], versions[signed[-1] + 1 :])


def _compared(site: Site, signed: Revision, later: list[Revision]) -> Iterator[Change]:
    """What the last of some later versions says otherwise, each with whoever changed it last."""
    if not later:
        return
    now, pack = later[-1], pack_of(site, later[-1].definition)
    steps = list(zip([signed, *later], later, strict=False))
    found = False
    for sort, part in ((VALUE, "values"), (NOTE, "notes"), (SCORE, "scores")):
        before: Mapping[str, Json] = getattr(signed, part)
        after: Mapping[str, Json] = getattr(now, part)
        for name in sorted({*before, *after}):
            if _same(before.get(name), after.get(name)):
                continue
            found = True
            by = _last_to_change(steps, part, name)
            texts = (_said(site, pack, sort, name, given) for given in (before.get(name), after.get(name)))
            old, new = texts
            new = _SAME if sort == SCORE and old == new else new
            yield _change(pack, now, by, name, sort, _named(site, pack, sort, name), old, new)
    if not found and any(not _same(*_basis(signed, now, name)) for name in ("definition", "day", "context")):
        yield _change(pack, now, now, "", VERSION, _BASIS, words.EMPTY, _NEW_BASIS)


def _basis(one: Revision, other: Revision, name: str) -> tuple[Json, Json]:
    return getattr(one, name), getattr(other, name)


def _same(one: Json, other: Json) -> bool:
    return canonical(one) == canonical(other)


def _last_to_change(steps: Iterable[tuple[Revision, Revision]], part: str, name: str) -> Revision:
    made = [
        new for old, new in steps if not _same(getattr(old, part).get(name), getattr(new, part).get(name))
    ]
    return made[-1]


def _change(
    pack: Definitions, now: Revision, by: Revision, name: str, sort: str, what: Label, old: Label, new: Label
) -> Change:
    when = datetime.fromisoformat(by.when) if by.when else None
    why = words.NOTHING
    if when is not None:
        why = words.reason(pack, f"{by.why}: {by.why_text}" if by.why_text else by.why)
    return Change(now.form, name, sort, what, old, new, by.who, when, why)


def _named(site: Site, pack: Definitions, sort: str, name: str) -> Label:
    if sort == SCORE:
        return words.SCORES.get(name, words.both(name))
    item = pack.fields.get(name) or site.library.field(name)
    label = item.label if item is not None else words.both(name)
    if sort == NOTE:
        return Label(f"{label.it} ({words.NOTE_OF.it})", f"{label.en} ({words.NOTE_OF.en})")
    return label


def _said(site: Site, pack: Definitions, sort: str, name: str, data: Json) -> Label:
    if sort == SCORE:
        return words.score(data)
    if sort == NOTE:
        return words.note(pack, data)
    return words.answer(pack.fields.get(name) or site.library.field(name), data)
