"""What is around the program and not as it should be: other programs, media, folders, libraries, clocks.

A clock that is wrong from the start of a program is known only if it is behind the last entry; one that jumps while the
program runs is known in both directions, by the machine's stop-watch.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from stage import (
    MONTH_6,
    OTHER_PASSPHRASE,
    REMOVED,
    ROOT,
    Fact,
    Stage,
    check_sound,
    copied,
    keys_for,
    later,
    lettered,
    opened,
    put_into_the_safe,
)
from study_parts import PASSPHRASE, PERSON, keys_of, someone
from told import Tries, assert_no_traceback, assert_plain
from whole_study import run_apart

from anifro_desktop.errors import Refusal
from anifro_desktop.store import vault
from anifro_desktop.store.clinical import ClinicalStore
from anifro_desktop.store.verify import verify
from anifro_desktop.workflows import backups, erasing, patients, people, sending, visits
from anifro_desktop.workflows.errors import InForce
from anifro_desktop.workflows.site import Site

SEED = 20260301
REFUSED_HERE = 3  # exit code of what the machine cannot do
VOLUME = 8  # MiB
ROME = ZoneInfo("Europe/Rome")


def program(stage: Stage, act: str, *rest: str, data: Path | None = None) -> tuple[int, str]:
    """A command of the program in a process of its own: exit code and what it said on standard error."""
    passphrase = stage.root / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
    words = [
        "site",
        act,
        "--data",
        str(data or stage.site),
        "--passphrase-file",
        str(passphrase),
        "--lang",
        "en",
    ]
    done = run_apart(stage.root, [*words, *rest])
    return done.code, done.err.strip()


def one_sentence(answer: tuple[int, str], where: str) -> None:
    """It was refused for a reason of the machine, in one sentence after the refusal's code."""
    code, said = answer
    assert code == REFUSED_HERE, f"{where}: exit code {code}, {said}"
    assert_plain(said, where)


def together(stage: Stage, beside: Path, rounds: int) -> Tries:
    """Eight programs started together: one unlocks, seven are refused."""
    tries = Tries("eight programs together")
    with copied(stage, beside) as copy:
        script = str(Path(__file__).with_name("together.py"))
        words = [sys.executable, script, str(copy.site), str(rounds)]
        done = subprocess.run(words, capture_output=True, text=True, timeout=600, check=False)
        assert_no_traceback(done.stderr, "together")
        lines = done.stdout.splitlines()
        assert len(lines) == rounds, done.stderr
        for number, line in enumerate(lines):
            assert line == "1 7", f"round {number}: {line} let in and refused"
            tries.tried += 1
        check_sound(copy, [], "after programs together")
    return tries


def folders(stage: Stage, beside: Path) -> Tries:
    """A data folder inside a cloud service's is refused, for a new site and for one that was moved there."""
    tries = Tries("folder of a cloud service")
    for name in ("OneDrive - Ospedale", "Dropbox", "Google Drive", "Nextcloud"):
        with copied(stage, beside) as copy:
            inside = copy.root / name / "data"
            inside.parent.mkdir()
            shutil.move(copy.site, inside)
            one_sentence(program(copy, "status", data=inside), name)
            shutil.move(inside, copy.site)
            check_sound(copy, [], f"after {name}")
        tries.tried += 1
    return tries


def old_library(stage: Stage, beside: Path) -> Tries:
    """A SQLite that may corrupt a WAL is refused before anything is opened."""
    tries = Tries("old database library")
    script = (
        "import sys; from anifro_desktop.store import engine; engine.LEAST_SQLITE = (99, 0, 0);"
        "from anifro_desktop.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    with copied(stage, beside) as copy:
        (copy.root / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
        given = ["--data", str(copy.site), "--passphrase-file", str(copy.root / "passphrase"), "--lang", "en"]
        done = subprocess.run(
            [sys.executable, "-c", script, "site", "status", *given],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        one_sentence((done.returncode, done.stderr.strip()), "old library")
        check_sound(copy, [], "after an old library")
        tries.tried += 1
    return tries


@dataclass
class Jumping:
    """A clock whose time of day can be set; its stop-watch cannot."""

    moment: datetime
    seconds: float = 0.0
    zone: ZoneInfo = field(default=ROME)

    def now(self) -> datetime:
        local = self.moment.astimezone(self.zone)
        return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))  # as the system gives it

    def elapsed(self) -> float:
        return self.seconds

    def passes(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)
        self.seconds += seconds


YEARS = timedelta(days=3653)
JUMPS = {"ten years back": -YEARS, "ten years on": YEARS, "an hour back": -timedelta(hours=1)}


def clocks(stage: Stage, beside: Path) -> Tries:
    """Jumps during a session are flagged, the turn of summer time is not, and the order is kept in every case."""
    tries = Tries("clock")
    for what, jump in (*JUMPS.items(), ("the end of summer time", timedelta()), ("started behind", -YEARS)):
        with copied(stage, beside) as copy:
            # In Italy, in this night, 02:10 comes twice.
            clock = Jumping(datetime(2027, 10, 31, 0, 10, tzinfo=UTC))
            if what == "started behind":
                clock.moment += jump
            store = ClinicalStore(copy.site, keys_of(copy.site), clock)
            store.log("checked")
            clock.passes(3600)
            if what != "started behind":
                clock.moment += jump
            store.log("checked")
            clock.passes(1)
            store.log("checked")
            last = [item.entry for item in store.audit_entries()][-3:]
            flagged = [not entry.clock_ok for entry in last]
            wanted = {"the end of summer time": [False] * 3, "started behind": [True, False, False]}
            assert flagged == wanted.get(what, [False, True, False]), f"{what}: {flagged}"
            assert [entry.seq for entry in last] == list(range(last[0].seq, last[0].seq + 3)), what
            if what == "the end of summer time":
                assert [entry.utc_offset for entry in last] == [120, 60, 60], last
            assert verify(store) == [], what
            store.close()
        tries.tried += 1
    return tries


class CannotMount(Exception):
    """Why no volume can be mounted here; what needs one is not run."""


@contextlib.contextmanager
def volume(beside: Path) -> Iterator[Path]:
    """A real small disk, mounted.

    Raises:
        CannotMount: this person may not.
    """
    place = beside / "volume"
    place.mkdir(exist_ok=True)
    words = ["mount", "-t", "tmpfs", "-o", f"size={VOLUME}m", "tmpfs", str(place)]
    if not sys.platform.startswith("linux") or shutil.which("mount") is None or os.geteuid() != 0:
        raise CannotMount("only root mounts a volume, on Linux")
    if subprocess.run(words, capture_output=True, check=False).returncode != 0:
        raise CannotMount("no volume may be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)


def _save(site: Site, stage: Stage, text: str) -> list[Any]:
    visit = visits.open_visit(site, stage.codes["open"], "m06", MONTH_6)
    visit.session.set_text("temperature_c", text)
    visits.save_draft(site, visit, visit.session.entries({"temperature_c"}))
    return ["draft", visit.id, "temperature_c", text]


def _acts(site: Site, small: Stage) -> list[Callable[[], object]]:
    """Small ones until the disk must have refused some, then two that ask for room first."""
    many: list[Callable[[], object]] = [
        partial(_save, site, small, "36.5"),
        partial(site.clinical.log, "checked"),
    ]
    return [*many * 40, partial(backups.make, site), partial(sending.export, site, small.stick)]


def small_volume(stage: Stage, beside: Path, count: int) -> Tries:
    """A disk of 8 MiB filled to its last byte, at a random moment of the work; then freed."""
    tries, chance = Tries(f"volume of {VOLUME} MiB full"), random.Random(SEED)
    for number in range(count):
        with volume(beside) as place:
            small = stage.copy(place / "stage")
            site = opened(small)
            fact = _save(site, small, "36.4")
            for _ in range(chance.randrange(8)):
                site.clinical.log("checked")
            ballast = place / "ballast"
            with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as stream:
                while stream.write(bytes(4096)):
                    pass
            refused = 0
            for act in _acts(site, small):
                try:
                    said = act()
                    fact = said if isinstance(said, list) else fact
                except Refusal as refusal:
                    assert_plain(str(refusal), "small volume")
                    refused += 1
            assert refused, "a full disk refused nothing"
            ballast.unlink()
            fact = _save(site, small, "36.6")
            site.close()
            check_sound(small, [fact], f"small volume {number}")
        tries.tried += 1
        tries.told["acts refused in a sentence"] += refused
    return tries


def keys_on_a_small_volume(stage: Stage, beside: Path, count: int) -> Tries:
    """Whatever writes a whole database anew, on a disk with room for a part of it; then room is made."""
    tries, chance = Tries("database written anew on a volume that fills"), random.Random(f"{SEED}/keys")
    acts = _whole_acts()
    for number in range(count):
        name = list(acts)[number % len(acts)]
        with volume(beside) as place:
            small = stage.copy(place / "stage")
            shutil.rmtree(small.site / "backups")
            site = opened(small)
            patients.save_identity(site, small.codes["open"], someone(78))
            put_into_the_safe(small, site)
            free = chance.randrange(100, 2500)  # KiB; the databases have about 1000
            _leave(place, free)
            facts: list[Fact] = []
            told = f"{name} with {free} KiB free"
            try:
                for fact in acts[name](site, small):
                    facts.append(fact)
                tries.told["had room enough"] += 1
            except Refusal as refusal:
                assert_plain(str(refusal), told)
                facts += _in_force(refusal)
                tries.told["in force all the same"] += isinstance(refusal, InForce)
            (place / "ballast").unlink()
            facts.append(_save(site, small, "36.6"))
            site.close()
            check_sound(small, facts, told, with_keys=True)
            if name == "remove" and ["removed", REMOVED] not in facts:
                assert keys_for(small.site, REMOVED, PASSPHRASE), f"{told}: nothing was said to be changed"
        tries.tried += 1
    return tries


def _in_force(refusal: Refusal) -> list[Fact]:
    """What a refusal says is done."""
    if not isinstance(refusal, InForce):
        return []
    about = str(refusal.params["about"])
    facts: dict[str, Fact] = {
        "user_removed": ["removed", about],
        "sheet_shown": ["sheet_in_force", about],
        "recovered": ["recovered", about, OTHER_PASSPHRASE],
    }
    return [facts[act]] if (act := str(refusal.params["act"])) in facts else []


def recovery_on_a_small_volume(stage: Stage, beside: Path, count: int) -> Tries:
    """A new passphrase by the recovery sheet, on a disk with room for a part of it; what is said of it is so."""
    tries, chance = Tries("recovery on a volume that fills"), random.Random(f"{SEED}/recovery")
    for _ in range(count):
        with volume(beside) as place:
            small = stage.copy(place / "stage")
            shutil.rmtree(small.site / "backups")
            site = opened(small)
            put_into_the_safe(small, site)
            site.close()
            typed = small.safe.read_text(encoding="utf-8")
            free = chance.randrange(0, 100, 4)  # KiB; the key file and its trail need about 50
            _leave(place, free)
            facts: list[Fact] = []
            try:
                people.recover(small.site, typed, PERSON.code, OTHER_PASSPHRASE, later(), cost=vault.FLOOR)
                facts.append(["recovered", PERSON.code, OTHER_PASSPHRASE])
            except Refusal as refusal:
                assert_plain(str(refusal), f"recovery with {free} KiB free")
                facts += _in_force(refusal) or [["opens", PERSON.code, PASSPHRASE]]
                tries.told["refused in a sentence"] += 1
            (place / "ballast").unlink()
            check_sound(small, facts, f"recovery with {free} KiB free", with_keys=True)
        tries.tried += 1
    return tries


def _whole_acts() -> dict[str, Callable[[Site, Stage], Iterator[Fact]]]:
    why = "a passphrase is in wrong hands"

    def renew(site: Site, _: Stage) -> Iterator[Fact]:
        people.renew_keys(site, why)
        yield ["opens", PERSON.code, PASSPHRASE]

    def remove(site: Site, _: Stage) -> Iterator[Fact]:
        people.remove(site, REMOVED, why)
        yield ["removed", REMOVED]

    def sheet(site: Site, _: Stage) -> Iterator[Fact]:
        made = people.make_sheet(site)
        yield ["on_paper", made.number, lettered(made)]
        people.sheet_shown(site, made.number)
        yield ["sheet_in_force", made.number]

    def erase(site: Site, small: Stage) -> Iterator[Fact]:
        subject = small.codes["open"]
        erasing.erase_identity(site, subject, "typed by mistake", PASSPHRASE, former_only=True)
        yield ["identity", subject, "Sintetica-078"]

    return {"renew": renew, "remove": remove, "sheet": sheet, "erase": erase}


def _leave(place: Path, free: int) -> None:
    """Fill a volume but for so many KiB."""
    with contextlib.suppress(OSError), (place / "ballast").open("wb", buffering=0) as stream:
        while shutil.disk_usage(place).free > free * 1024:
            stream.write(bytes(4096))


def read_only(stage: Stage, beside: Path) -> Tries:
    """A medium that may only be read is refused in a sentence."""
    tries = Tries("read-only medium")
    with volume(beside) as place:
        copy = stage.copy(place / "stage")
        shutil.rmtree(copy.site / "backups")
        for folder in ("home", "tmp", "here"):
            (copy.root / folder).mkdir()
        (copy.root / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True, capture_output=True)
        elsewhere = Stage(beside)
        one_sentence(program(elsewhere, "status", data=copy.site), "read-only medium")
        subprocess.run(["mount", "-o", "remount,rw", str(place)], check=True, capture_output=True)
        check_sound(copy, [], "after a read-only medium")
        tries.tried += 1
    return tries


def unplugged(stage: Stage, beside: Path) -> Tries:
    """A stick that is not there when something is sent: refused; put in again, the same bytes arrive."""
    tries = Tries("stick not there")
    with copied(stage, beside) as copy:
        away = copy.root / "pocket"
        copy.stick.rename(away)
        site = opened(copy)
        for act in (partial(sending.export, site), partial(sending.resend, site, 1)):
            try:
                act(copy.stick)
            except Refusal as refusal:
                assert_plain(str(refusal), "stick not there")
            else:
                raise AssertionError("a stick that is not there took a bundle")
            tries.tried += 1
        away.rename(copy.stick)
        sent = sending.export(site, copy.stick)
        before = (copy.stick / sent.name).read_bytes()
        (copy.stick / sent.name).unlink()
        sending.resend(site, sent.seq, copy.stick)
        assert (copy.stick / sent.name).read_bytes() == before
        site.close()
        check_sound(copy, [["sent", sent.name, sent.seq]], "after a stick that was not there")
    return tries
