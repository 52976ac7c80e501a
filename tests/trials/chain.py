"""Three sites and a centre with a bad post between them: bundles and receipts lost, repeated, late and out of order.

Each case plays a random schedule with real stores and real files. Every other one is rougher: the centre is closed and
opened again, a site puts its backup back, or goes on from an old copy of its folder and sends other files under numbers
that were used. When the post works again, in a few rounds every site knows that the centre has everything that it
signed, and the centre holds what it would hold had the same bundles come once and in order.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "endtoend"))

from study_parts import DAY_0, PASSPHRASE, PERSON, type_in
from whole_study import MANAGER, Study, make_study

from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre, open_centre
from anifro_desktop.centre.receipts import write_receipts
from anifro_desktop.store.clock import SystemClock
from anifro_desktop.workflows import backups, entering, receiving, sending, visits
from anifro_desktop.workflows.exchange_errors import NoReceiptHere, NothingToSend, SendingLocked
from anifro_desktop.workflows.restoring import restore
from anifro_desktop.workflows.site import Site, unlock

SITES = ("P03", "P04", "P07")
STEPS = 45
ROUNDS = 6  # after the post works again
SEED = 20260301


def main(count: int) -> None:
    """Play `count` schedules; raises on the first that does not converge."""
    happened: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="anifro-chain-") as folder:
        template = make_study(Path(folder) / "template", *SITES)
        for case in range(count):
            happened += play(template, Path(folder) / "case", case)
    print("   " + ", ".join(f"{number} {what}" for what, number in sorted(happened.items())))


def play(template: Study, folder: Path, case: int) -> Counter[str]:
    """One schedule, on a copy of a study; says what happened on the way."""
    study = template.copy(folder)
    try:
        with _opened(study, random.Random(f"{SEED}/{case}")) as post:
            for _ in range(STEPS):
                post.step(rough=bool(case % 2))
            rounds = post.drain()
            post.check(template, folder.with_name("straight"))
        return post.happened + Counter(rounds=rounds)
    except AssertionError as error:
        raise AssertionError(f"case {case}: {error}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _opened(study: Study, chance: random.Random) -> Iterator[_Post]:
    with ExitStack() as stack:
        post = _Post(study, chance, open_centre(study.centre, MANAGER.code, PASSPHRASE), {})
        stack.callback(post.close)
        for code in SITES:
            post.open(code)
        yield post


@dataclass
class _Post:
    """Everybody, and what is on its way. bundles, receipts: files that left and may still arrive."""

    study: Study
    chance: random.Random
    centre: Centre
    sites: dict[str, Site]
    bundles: list[Path] = field(default_factory=list)
    receipts: dict[str, list[Path]] = field(default_factory=lambda: {code: [] for code in SITES})
    happened: Counter[str] = field(default_factory=Counter)
    sent: int = 0

    def open(self, code: str) -> None:
        """Unlock a site."""
        self.sites[code] = unlock(self.study.site(code), PERSON.code, PASSPHRASE, SystemClock())

    def close(self) -> None:
        """Close whatever is open."""
        for site in self.sites.values():
            site.close()
        self.centre.close()

    def step(self, *, rough: bool) -> None:
        """One thing that somebody does."""
        acts = [self._enter, self._amend, self._send, self._send, self._take_in, self._hear]
        if rough and self.chance.random() < 0.25:
            acts = [self._put_aside, self._put_aside, self._restore, self._fall_back, self._restart]
        self.chance.choice(acts)(self.chance.choice(SITES))

    def _restart(self, _: str) -> None:
        """The centre is closed and opened again."""
        self.centre.close()
        self.centre = open_centre(self.study.centre, MANAGER.code, PASSPHRASE)
        self.happened["restarts of the centre"] += 1

    def _put_aside(self, code: str) -> None:
        """A backup, and a copy of the closed folder as somebody makes it who knows no better."""
        backups.make(self.sites[code])
        self.sites[code].close()
        aside = self.study.root / f"aside-{code}"
        shutil.rmtree(aside, ignore_errors=True)
        shutil.copytree(self.study.site(code), aside)
        self.open(code)

    def _restore(self, code: str) -> None:
        """A backup is put back by the program: another epoch begins."""
        aside = self.study.root / f"aside-{code}"
        if not aside.exists():
            return
        self.sites[code].close()
        (backup, *_) = sorted((aside / backups.FOLDER).iterdir(), reverse=True)
        restore(self.study.site(code), backup, SystemClock(), user=PERSON.code, passphrase=PASSPHRASE)
        self.open(code)
        self.happened["backups put back"] += 1

    def _fall_back(self, code: str) -> None:
        """The old copy of the folder takes the place of the folder, and nobody tells the program."""
        aside = self.study.root / f"aside-{code}"
        if not aside.exists():
            return
        self.sites[code].close()
        shutil.rmtree(self.study.site(code))
        shutil.copytree(aside, self.study.site(code))
        self.open(code)
        self.happened["old copies gone on with"] += 1

    def _enter(self, code: str) -> None:
        """A new patient with a visit or two, quickly typed."""
        days = self.chance.sample(range(1, 200), self.chance.choice((1, 2)))
        content = {
            "format": "anifro-visit/1",
            "identity": {
                "surname": f"Sintetica-{self.happened['patients']:03d}",
                "name": "Prova",
                "birth_date": (date(1991, 5, 20) - timedelta(days=self.happened["patients"])).isoformat(),
                "hospital_number": f"SYN{self.happened['patients']:05d}",
            },
            "enrolment": {
                "consent_date": DAY_0.isoformat(),
                "enrolment_date": DAY_0.isoformat(),
                "sex": 1,
                **dict.fromkeys(("incl_informed_consent", "incl_classification", "incl_active_disease"), 1),
                "incl_anifrolumab": 1,
            },
            "visits": [self._visit(DAY_0 + timedelta(days=day)) for day in sorted(days)],
        }
        entering.enter(self.sites[code], json.dumps(content).encode(), PASSPHRASE)
        self.happened["patients"] += 1

    def _visit(self, on: date) -> dict[str, Any]:
        items = ("rash", "alopecia", "mucosal_ulcers", "pleurisy")
        answers = {name: int(self.chance.random() < 0.3) for name in items}
        return {
            "visit": "unscheduled",
            "date": on.isoformat(),
            "answers": {**answers, "phga": str(self.chance.randrange(30) / 10)},
            "sign": self.chance.random() < 0.9,
        }

    def _amend(self, code: str) -> None:
        """A signed visit is changed, and mostly signed again."""
        site = self.sites[code]
        done = [row for row in site.clinical.visits() if row.key and row.state in ("signed", "complete")]
        if not done:
            return
        row = self.chance.choice(done)
        opened = visits.open_visit(site, row.subject, row.key, DAY_0)
        visits.amend(site, opened, 1)
        type_in(
            site, opened, {"phga": str(self.chance.randrange(30) / 10), "rash": self.chance.choice((0, 1))}
        )
        visits.complete(site, opened)
        if self.chance.random() < 0.8:
            visits.sign_confirmed(site, opened, "responsible")
        self.happened["amendments"] += 1

    def _send(self, code: str) -> None:
        """A bundle leaves, and is lost, or goes once, or twice."""
        folder = self.study.root / f"out-{self.sent}"
        folder.mkdir()
        self.sent += 1
        try:
            sending.export(self.sites[code], folder)
        except (NothingToSend, SendingLocked):
            return
        for path in folder.iterdir():
            copies = self.chance.choice((0, 1, 1, 1, 2))
            self.happened["bundles lost" if copies == 0 else "bundles sent"] += 1
            self.bundles += [path] * copies

    def _take_in(self, _: str) -> None:
        """Some of what is on its way arrives, in any order; the centre answers."""
        self.chance.shuffle(self.bundles)
        arrived = [self.bundles.pop() for _ in range(self.chance.randint(0, len(self.bundles)))]
        again = [path for path in arrived if self.chance.random() < 0.2]
        self._ingest([*arrived, *again])

    def _ingest(self, paths: list[Path]) -> None:
        outcomes = ingest(self.centre, paths)
        self.happened.update(outcome.status for outcome in outcomes)
        self.happened["times missing was named"] += sum(bool(outcome.missing) for outcome in outcomes)
        folder = self.study.root / f"in-{self.sent}"
        self.sent += 1
        for receipt in write_receipts(self.centre, folder):
            copies = self.chance.choice((0, 1, 1, 2))
            self.happened["receipts lost" if copies == 0 else "receipts sent"] += 1
            self.receipts[receipt.site] += [folder / receipt.name] * copies

    def _hear(self, code: str) -> None:
        """Some receipts arrive at a site, in any order."""
        self.chance.shuffle(self.receipts[code])
        for _ in range(self.chance.randint(0, len(self.receipts[code]))):
            try:
                (taken,) = receiving.receive(self.sites[code], self.receipts[code].pop())
            except SendingLocked:
                self.happened["times sending was locked"] += 1
                sending.start_anew(self.sites[code], "an old copy was gone on with")
            else:
                self.happened[f"receipt {taken.state}"] += 1

    def drain(self) -> int:
        """The post works: sign, send, take in, answer until every site knows that all arrived; the rounds it took."""
        for site in self.sites.values():
            _sign_all(site)
        for number in range(1, ROUNDS + 1):
            stick = self.study.root / f"stick-{number}"
            stick.mkdir()
            for site in self.sites.values():
                _send_all(site, stick)
            ingest(self.centre, [stick])
            write_receipts(self.centre, stick)
            for site in self.sites.values():
                _hear_all(site, stick)
            if all(_arrived(site) for site in self.sites.values()):
                return number
        raise AssertionError(f"not every bundle was acknowledged after {ROUNDS} rounds")

    def check(self, template: Study, folder: Path) -> None:
        """The centre holds what the sites signed, and what it would hold had all come once and in order."""
        store = self.centre.store
        rough = any(self.happened[what] for what in ("backups put back", "old copies gone on with"))
        held = {(item.revision.id, item.revision.ver) for item in store.revisions()}
        signed = {
            (item.id, item.ver)
            for site in self.sites.values()
            for item in site.clinical.revisions(latest=False)
            if item.ver <= _reached(site).get(item.id, 0)
        }
        if rough:  # the centre keeps what a site once signed and lost
            assert held >= signed
        else:
            assert held == signed
            assert (store.differences(), store.conflicts()) == ((), ())
            assert not any(chain.frozen for chain in store.chains())
        straight = template.copy(folder)
        try:
            with straight.at_centre() as other:
                taken = sorted(store.bundles(state="applied"), key=lambda row: (row.site, row.epoch, row.seq))
                outcomes = ingest(other, [store.bundle_bytes(row.sha256) for row in taken])
                assert {outcome.status for outcome in outcomes} <= {"accepted"}
                assert _content(other) == _content(self.centre)
        finally:
            shutil.rmtree(folder)


def _arrived(site: Site) -> bool:
    """Whether all that this site sent in its epoch of now is merged, and nothing waits."""
    epoch = site.clinical.next_position().epoch
    rows = [row for row in site.clinical.bundles() if row.epoch == epoch]
    states = [bundle.state for bundle in sending.sent(site)][len(site.clinical.bundles()) - len(rows) :]
    waits = site.clinical.sending_locked() or sending.preview(site).leaving
    return not waits and all(state == "merged" for state in states)


def _sign_all(site: Site) -> None:
    """While a visit before it waits for a signature, a visit's scores rest on answers that the centre has not got."""
    for row in site.clinical.visits():
        if row.state == "complete":
            opened = visits.open_visit(site, row.subject, row.key, DAY_0)
            visits.sign_confirmed(site, opened, "responsible")


def _send_all(site: Site, stick: Path) -> None:
    if site.clinical.sending_locked():
        sending.start_anew(site, "an old copy was gone on with")
    with suppress(NothingToSend):
        sending.export(site, stick)
    epoch = site.clinical.next_position().epoch
    for row in site.clinical.bundles():
        if row.epoch == epoch:
            sending.resend(site, row.seq, stick)


def _hear_all(site: Site, stick: Path) -> None:
    try:
        receiving.receive(site, stick)
    except NoReceiptHere:
        assert not sending.sent(site)
    except SendingLocked:
        sending.start_anew(site, "an old copy was gone on with")


def _reached(site: Site) -> dict[str, int]:
    """The last signed version of each record: what should have left."""
    reached: dict[str, int] = {}
    for item in site.clinical.revisions(latest=False):
        if item.signature:
            reached[item.id] = max(item.ver, reached.get(item.id, 0))
    return reached


def _content(centre: Centre) -> Any:
    """All that the centre knows of subjects; not when or how often it came."""
    found = centre.store.revisions()
    records = sorted(
        (item.site, item.revision.id, item.revision.ver, item.revision.digest()) for item in found
    )
    differing = sorted((one.subject, one.visit, one.rule, one.part) for one in centre.store.differences())
    return records, differing, centre.store.conflicts()
