"""Three sites, a centre and a bad post between them, for `exchange_machine`: real stores, real files, real keys.

A site is a `Desk`: an unlocked folder. A copy of its folder may go on beside it, as somebody makes it who knows no
better: another desk of the same installation. Files on their way are kept here, by whom they are for, until they are
taken out, in whatever order and however often. What a site ever wrote and sealed is noted beside the program, to be
compared with what the centre has.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from study_parts import DAY_0, PASSPHRASE, PERSON, TestClock, enrol, opened_site, someone, type_in
from whole_study import MANAGER, Study

from anifro_desktop.centre import backups as centre_backups
from anifro_desktop.centre import ingesting, querying, receipts
from anifro_desktop.centre.ingesting import Outcome
from anifro_desktop.centre.office import Centre, open_centre
from anifro_desktop.forms.pseudonym import pseudonymise
from anifro_desktop.store.clock import SystemClock
from anifro_desktop.store.outbox import BundleRow
from anifro_desktop.sync.bundle import file_hash
from anifro_desktop.sync.names import parse_name
from anifro_desktop.workflows import backups, receiving, sending, visits
from anifro_desktop.workflows.exchange_errors import SendingLocked
from anifro_desktop.workflows.packs import pack_of
from anifro_desktop.workflows.restoring import restore
from anifro_desktop.workflows.site import Site

SITES = ("P03", "P04", "P07")
_READ = (
    "accepted",
    "duplicate",
    "held",
    "quarantined",
)  # what the centre said of a file that it did not refuse
Place = tuple[str, int, int]  # site, epoch, number
Version = tuple[str, int, str]  # record, number, digest of what leaves of it


@dataclass(frozen=True, slots=True)
class Letter:
    """A file on its way."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """A patient on the way to another site: the file, the card of the old one and its fingerprint."""

    to: str
    letter: Letter
    card: bytes
    fingerprint: str


@dataclass
class Desk:
    """A folder of a site, unlocked. code: of the site."""

    code: str
    folder: Path
    site: Site


@dataclass(frozen=True, slots=True)
class Kept:
    """What somebody put aside. place: the copy of a folder, or the backup; met: what the centre had met by then."""

    place: Path
    met: frozenset[tuple[Place, str]] = frozenset()


@dataclass
class World:
    """Everybody, and what is on its way.

    rough: sites whose data were put back or copied, which may be told so. patients: by the site that enrolled them, in
    order. wrote, sealed: by site, whatever any desk of it wrote and sealed. met: what the centre read and did not
    refuse. happened: counts of everything. news: of whom there is something that was not put aside yet.
    """

    study: Study
    clock: TestClock
    centre: Centre
    desks: dict[str, Desk] = field(default_factory=dict)
    copies: dict[str, Desk] = field(default_factory=dict)
    rough: set[str] = field(default_factory=set)
    patients: list[str] = field(default_factory=list)
    bundles: list[Letter] = field(default_factory=list)
    answers: dict[str, list[Letter]] = field(default_factory=lambda: {code: [] for code in SITES})
    parcels: list[Parcel] = field(default_factory=list)
    wrote: dict[str, set[Version]] = field(default_factory=lambda: {code: set() for code in SITES})
    sealed: dict[str, dict[str, BundleRow]] = field(default_factory=lambda: {code: {} for code in SITES})
    met: set[tuple[Place, str]] = field(default_factory=set)
    aside: dict[str, Kept] = field(default_factory=dict)
    accepted: Counter[str] = field(default_factory=Counter)
    happened: Counter[str] = field(default_factory=Counter)
    news: Counter[str] = field(default_factory=Counter)
    _folders: int = 0

    def close(self) -> None:
        """Lock everything."""
        for desk in (*self.desks.values(), *self.copies.values()):
            desk.site.close()
        self.centre.close()

    def desk(self, code: str, copy: bool = False) -> Desk:
        """A site; or the copy that goes on beside it, where there is one."""
        return self.copies.get(code, self.desks[code]) if copy else self.desks[code]

    def all_desks(self) -> Iterator[Desk]:
        """Sites and copies."""
        yield from self.desks.values()
        yield from self.copies.values()

    def folder(self) -> Path:
        """A new folder, for files that come and go; each one a minute later than that before."""
        self._folders += 1
        self.clock.forward(minutes=1)
        made = self.study.root / f"folder-{self._folders}"
        made.mkdir()
        return made

    # Sending

    def send(self, desk: Desk, act: Callable[[Path], object]) -> list[Letter]:
        """What an act of a site puts into a folder. What the site wrote and sealed until then is noted."""
        folder = self.folder()
        try:
            act(folder)
        finally:
            self.note(desk)
        return _letters(folder)

    def note(self, desk: Desk) -> None:
        """Note what a desk wrote and sealed so far."""
        clinical = desk.site.clinical
        self.news[desk.code] += 1
        self.sealed[desk.code] |= {row.sha256: row for row in clinical.bundles()}
        days = {row.code: row.enrolled for row in clinical.subjects() if row.enrolled is not None}
        for item in clinical.revisions(latest=False):
            if item.subject in days:
                left = pseudonymise(item, pack_of(desk.site, item.definition), days[item.subject])
                self.wrote[desk.code].add((left.id, left.ver, left.digest()))

    def hear(self, desk: Desk, letter: Letter) -> bool:
        """A site reads an answer; False if that told it that its data were put back or copied."""
        folder = self.folder()
        (folder / letter.name).write_bytes(letter.data)
        try:
            (taken,) = receiving.receive(desk.site, folder / letter.name)
        except SendingLocked:
            assert desk.code in self.rough, "an honest site was accused"
            self.happened["times a site was told"] += 1
            return False
        finally:
            shutil.rmtree(folder)
        self.happened[f"read: {taken.state}"] += 1
        return True

    # The centre

    def ingest(self, letters: Iterable[Letter]) -> list[Outcome]:
        """The centre takes files in."""
        given = list(letters)
        self.news.update(("centre", "centre, to be restarted"))
        outcomes = ingesting.ingest(self.centre, [(one.name, one.data) for one in given])
        self.happened.update(outcome.status for outcome in outcomes)
        arrived = {one.name: file_hash(one.data) for one in given}
        for outcome in outcomes:
            if outcome.status in _READ and outcome.name in arrived:
                place = (outcome.site, outcome.epoch, outcome.seq)
                self.met.add((place, arrived[outcome.name]))
        self.accepted.update(one.name for one in outcomes if one.status == "accepted")
        return outcomes

    def reply(self) -> list[Letter]:
        """The centre's receipts and questions."""
        folder = self.folder()
        receipts.write_receipts(self.centre, folder)
        querying.write_queries(self.centre, folder)
        return _letters(folder)

    def restart_centre(self) -> None:
        """Close it and open it again."""
        self.news["centre, to be restarted"] = 0
        self.centre.close()
        self.centre = opened_centre(self.study, self.clock)

    def back_up_centre(self) -> None:
        """Its own backup."""
        self.clock.forward(minutes=1)
        self.news["centre"] = 0
        self.aside["centre"] = Kept(centre_backups.back_up(self.centre), frozenset(self.met))

    def restore_centre(self) -> None:
        """Its backup takes its place; what came after is unknown to it."""
        kept = self.aside["centre"]
        self.centre.close()
        centre_backups.restore(
            self.study.centre, kept.place, self.clock, user=MANAGER.code, passphrase=PASSPHRASE
        )
        self.centre = opened_centre(self.study, self.clock)
        self.met = set(kept.met)
        self.accepted = Counter(row.name for row in self.centre.store.bundles(state="applied"))

    # Folders of sites

    def put_aside(self, code: str) -> None:
        """A backup, and a copy of the closed folder."""
        desk = self.desks[code]
        backups.make(desk.site)
        desk.site.close()
        place = self.folder() / code
        shutil.copytree(desk.folder, place)
        self.aside[code] = Kept(place)
        self.news[code] = 0
        self._open(desk)

    def restore_site(self, code: str) -> None:
        """The backup is put back by the program: another epoch begins."""
        desk = self.desks[code]
        self.clock.forward(minutes=1)
        desk.site.close()
        (backup, *_) = sorted((self.aside[code].place / backups.FOLDER).iterdir(), reverse=True)
        restore(desk.folder, backup, self.clock, user=PERSON.code, passphrase=PASSPHRASE)
        self._open(desk)
        self.rough.add(code)

    def fall_back(self, code: str) -> None:
        """The old copy of the folder takes the place of the folder, and nobody tells the program."""
        desk = self.desks[code]
        desk.site.close()
        shutil.rmtree(desk.folder)
        shutil.copytree(self.aside[code].place, desk.folder)
        self._open(desk)
        self.rough.add(code)

    def fork(self, code: str) -> None:
        """The old copy goes on beside the site."""
        folder = self.folder() / code
        shutil.copytree(self.aside[code].place, folder)
        self.copies[code] = Desk(code, folder, opened_site(folder, self.clock))
        self.rough.add(code)

    def end_fork(self, code: str) -> None:
        """The copy is found and locked away; what it sent may still arrive."""
        desk = self.copies.pop(code)
        self.note(desk)
        desk.site.close()

    def _open(self, desk: Desk) -> None:
        desk.site = opened_site(desk.folder, self.clock)


def opened_centre(study: Study, clock: TestClock) -> Centre:
    """The centre, opened."""
    return open_centre(study.centre, MANAGER.code, PASSPHRASE, clock)


def peopled(study: Study) -> list[str]:
    """Enrol a patient with a signed visit at each site of a study, all of it merged and acknowledged; their codes."""
    clock, codes = TestClock(SystemClock().now()), []
    for number, code in enumerate(SITES):
        site = opened_site(study.site(code), clock)
        codes.append(enrol(site, someone(number)))
        visit = visits.open_visit(site, codes[-1], "unscheduled", DAY_0)
        type_in(site, visit, {"phga": "1", "rash": 0})
        visits.sign_confirmed(site, visit, "responsible")
        site.close()
    world = begun(study, codes)
    for desk in world.desks.values():
        world.ingest(world.send(desk, lambda folder, site=desk.site: sending.export(site, folder)))
    for letter in world.reply():
        world.hear(world.desks[parse_name(letter.name).site], letter)
    world.close()
    return codes


def begun(study: Study, patients: Iterable[str]) -> World:
    """Everything unlocked, in a study as `peopled` leaves it."""
    clock = TestClock(SystemClock().now())
    world = World(study, clock, opened_centre(study, clock), patients=list(patients))
    for code in SITES:
        folder = study.site(code)
        world.desks[code] = Desk(code, folder, opened_site(folder, clock))
        world.note(world.desks[code])
    rows = world.centre.store.bundles()
    world.met = {((row.site, row.epoch, row.seq), row.sha256) for row in rows}
    return world


def _letters(folder: Path) -> list[Letter]:
    """What is in a folder, in the order of sealing; the folder is gone afterwards."""
    found = [Letter(path.name, path.read_bytes()) for path in folder.iterdir() if path.suffix == ".anfb"]
    shutil.rmtree(folder)
    return sorted(found, key=lambda one: _order(one.name))


def _order(name: str) -> tuple[str, str, int, int]:
    parts = parse_name(name)
    return parts.site, parts.kind, parts.epoch, parts.seq
