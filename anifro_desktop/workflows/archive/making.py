"""Writing a site's archive: each patient's papers and data, the trail, the keys, and how to read it all without us.

Rules kept here:
- Names are left out unless somebody who may see them says why they are to be in; files are named by study code only.
- A full check runs first, and what it found is said in every paper: an archive is made of a damaged site too.
- One patient at a time is in memory. The folder has its name once everything is written and synced.
- The same site at the same moment gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import anifro_desktop
from anifro_desktop.files import make_folder
from anifro_desktop.forms.codebook import blocks
from anifro_desktop.forms.document import page
from anifro_desktop.identity import Identity
from anifro_desktop.record import Json
from anifro_desktop.workflows.archive import data, odm, papers
from anifro_desktop.workflows.archive.model import Archived, Paper, Printer, Step
from anifro_desktop.workflows.archive.shelf import SUMS, Shelf, shelf
from anifro_desktop.workflows.archive.words import README_EN, README_IT, said
from anifro_desktop.workflows.audit import finding, words
from anifro_desktop.workflows.checking import verify
from anifro_desktop.workflows.errors import CannotArchive, NotYourRole

if TYPE_CHECKING:
    from anifro_desktop.store.archiving import Owners
    from anifro_desktop.workflows.site import Site

ARCHIVERS = ("investigator", "site_admin")
CHECKER = Path(__file__).with_name("verify_archive.py")
_STUDY = "NCT07215754"
_OFTEN = 5000  # lines of the trail


@dataclass(frozen=True, slots=True)
class _Making:
    """What all parts of one archive need."""

    site: Site
    reader: papers.Reader
    frame: odm.Frame
    printer: Printer
    when: datetime
    findings: tuple[str, ...]
    known: dict[str, Identity]
    step: Step


def _no_step(_done: int, _all: int) -> None:
    """Nobody looks on."""


def archive(
    site: Site,
    folder: Path,
    lang: str,
    printer: Printer,
    *,
    identities: bool = False,
    reason: str = "",
    step: Step = _no_step,
) -> Archived:
    """Write the archive into a new folder inside `folder`. identities: with names, for which `reason` says why. step:
    told how many patients are done, of how many, and while everything is checked first 0 of 0; raising there stops it.

    Raises:
        NotYourRole, CannotArchive: nothing was written. DiskFull, FolderGone, CannotWrite, CannotSave: nothing is left.
    """
    check(site, folder, identities=identities, reason=reason)
    findings = tuple(dict.fromkeys(item.code for item in verify(site, lambda _more: step(0, 0))))
    site.clinical.log("archiving", detail={"identities": identities}, reason=reason)
    known = site.identities.all() if identities and site.identities is not None else {}
    when = site.clock.now()
    making = _making(site, lang, printer, when, findings, known, step)
    make_folder(folder)
    target = folder / f"archive-{site.code}-{site.keys.writer[:8]}-{when.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if target.exists():
        raise CannotArchive("there")
    with shelf(target) as made:
        entries, versions, count = _fill(making, made)
        total = made.close()
        made.put(f"{SUMS}.sig", data.sums_signed(site, total, when))
    told: dict[str, Json] = {"subjects": count, "entries": entries, "sha256": total, "identities": identities}
    site.clinical.log("archived", detail=told, reason=reason)
    return Archived(target, count, versions, entries, len(made.sums), made.size, total, findings, identities)


def check(site: Site, folder: Path, *, identities: bool = False, reason: str = "") -> None:
    """See whether this person may write an archive there (NotYourRole, CannotArchive)."""
    from anifro_desktop.store.instance import cloud_folder

    if not site.may(*ARCHIVERS):
        raise NotYourRole("make the archive of the site", "investigator or site administrator")
    if identities and site.identities is None:
        raise NotYourRole("put names into the archive", "investigator or site administrator")
    if identities and not reason.strip():
        raise CannotArchive("reason")
    real = folder.resolve()
    if real.is_relative_to(site.folder.resolve()):
        raise CannotArchive("inside")
    if cloud_folder(real):
        raise CannotArchive("cloud")


def _making(
    site: Site,
    lang: str,
    printer: Printer,
    when: datetime,
    findings: tuple[str, ...],
    known: dict[str, Identity],
    step: Step,
) -> _Making:
    names = finding.people(site)
    from anifro_desktop.store.archiving import packs_used

    digests = {site.definitions.digest, *packs_used(site.clinical)}
    # Of a pack that this program never knew, questions are at least named as they are today.
    packs = {
        digest: site.library.by_digest(digest) or replace(site.definitions, digest=digest)
        for digest in sorted(digests, key=lambda one: (site.library.age(one), one))
    }
    frame = odm.Frame(site, anifro_desktop.__version__, when, names, packs)
    return _Making(site, papers.Reader(site, lang, names), frame, printer, when, findings, known, step)


def _checked(making: _Making, lang: str) -> str:
    """What the check before found, in words."""
    codes = ", ".join(making.findings)
    return said("unsound", lang, codes=codes) if codes else said("sound", lang)


def _heard(lines: Iterable[bytes], step: Step) -> Iterator[bytes]:
    """Lines, with a moment now and then at which the making can be stopped."""
    for number, line in enumerate(lines):
        if number % _OFTEN == 0:
            step(0, 0)
        yield line


def _fill(making: _Making, made: Shelf) -> tuple[int, int, int]:
    """Everything but the sums; numbers of entries, versions and patients."""
    from anifro_desktop.store.archiving import Owners

    site = making.site
    owners = Owners(site.clinical)
    made.put("keys.json", data.keys(site))
    made.put("trail.jsonl", _heard(data.trail_lines(site.clinical, owners), making.step))
    if making.known and site.identities is not None:
        made.put("identities.json", _identities(making.known))
        made.put("identity-trail.jsonl", data.trail_lines(site.identities))
    for pack in making.frame.packs.values():
        for lang in ("it", "en"):
            name = f"codebook-{pack.digest[:16]}-{lang}.html"
            made.put(name, page(blocks(pack, lang), lang).encode("utf-8"))
    made.put("LEGGIMI.txt", _readme(making, README_IT, "it"))
    made.put("README.txt", _readme(making, README_EN, "en"))
    made.put(CHECKER.name, CHECKER.read_bytes())
    rows = site.clinical.subjects()
    versions = 0
    for done, row in enumerate(rows):
        making.step(done, len(rows))
        versions += _subject(making, made, row.code, owners)
    making.step(len(rows), len(rows))
    return owners.entries, versions, len(rows)


def _subject(making: _Making, made: Shelf, code: str, owners: Owners) -> int:
    """The three files of a patient; how many versions they hold."""
    from anifro_desktop.store import archiving

    site, reader = making.site, making.reader
    folder = papers.Folder(
        site.clinical.subject(code),
        site.clinical.entries(code, voided=True),
        archiving.versions(site.clinical, code, owners.versions),
        {
            row.id: site.clinical.draft(row.id)
            for row in site.clinical.entries(code)
            if row.state in ("draft", "amending")
        },
        archiving.stands(site.clinical, code),
    )
    name = f"subjects/{code}"
    sha256 = made.put(f"{name}.jsonl", data.version_lines(folder.versions))
    earlier = data.earlier_trail(making.site, code)
    if earlier:
        made.put(f"{name}.earlier-trail.json", earlier)
    made.put(f"{name}.odm.xml", odm.document(making.frame, code, folder.versions))
    foot = said("foot", reader.lang, sha256=sha256, version=anifro_desktop.__version__)
    paper = Paper(reader.say("title"), f"{site.code} · {code}", foot, making.when, sha256)
    entries = archiving.entries(site.clinical, owners.numbers[code])
    content = papers.items(
        reader, folder, _statement(making, f"{name}.jsonl"), _person(making, code), entries
    )
    made.put(f"{name}.pdf", making.printer(paper, content))
    return len(folder.versions)


def _statement(making: _Making, name: str) -> str:
    site, person = making.site, making.site.person
    return making.reader.say(
        "certified",
        site=f"{site.code} {site.name}",
        version=anifro_desktop.__version__,
        who=person.name,
        code=person.code,
        roles=", ".join(person.roles),
        when=papers.moment(making.when.isoformat()),
        data=name,
        check=_checked(making, making.reader.lang),
    )


def _person(making: _Making, code: str) -> str:
    known = making.known.get(code)
    if known is None:
        return ""
    return " · ".join(text for text in _texts(known).values() if text)


def _texts(person: Identity) -> dict[str, str]:
    names = ("surname", "name", "birth_date", "tax_code", "hospital_number", "phone", "email")
    values = ((name, getattr(person, name)) for name in names)
    return {name: value.isoformat() if isinstance(value, date) else value or "" for name, value in values}


def _identities(known: dict[str, Identity]) -> bytes:
    told = {code: _texts(person) for code, person in sorted(known.items())}
    return json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8") + b"\n"


def _readme(making: _Making, text: str, lang: str) -> bytes:
    site, person = making.site, making.site.person
    yes = words.plain(bool(making.known)).get(lang)
    filled = text.format(
        site=f"{site.code} {site.name}",
        study=_STUDY,
        when=papers.moment(making.when.isoformat()),
        who=person.name,
        code=person.code,
        version=anifro_desktop.__version__,
        names=yes,
        texts=said("texts", lang),
        check=_checked(making, lang),
    )
    return filled.encode("utf-8")
