"""Two sites and a centre, three programs, at work for `count` seconds over a network that fails at random.

One site sends over WebDAV, the other over SFTP, and the centre by either, to real servers on loopback that serve one
folder. Between each program and its server lies a line that refuses, cuts, falls silent and goes down; the programs
are killed now and then, at any moment, and started again. Then the network works: what was entered is what was
sealed, received and merged, every bundle has its receipt, every question is settled on both sides.

`traffic` runs with WsgiDAV, `traffic:apache` with Apache.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "endtoend"))
sys.path.insert(0, str(Path(__file__).parents[1] / "servers"))

import running
from authority import HOST, Authority
from rough import RoughLine, rough_line
from whole_study import Study, make_study, run_here

from anifro_desktop.centre import fetching, querying
from anifro_desktop.sync import connection
from anifro_desktop.sync.connection import Connection
from anifro_desktop.sync.names import is_bundle_name, parse_name
from anifro_desktop.workflows import connecting, queries

WORKER = Path(__file__).with_name("_at_work.py")
SITES = ("P03", "P04")
CENTRE = "centre"
EVERYBODY = (*SITES, CENTRE)
SEED = 20260301
_BETWEEN_KILLS = 10.0  # seconds, on average
_BETWEEN_OUTAGES = 25.0  # seconds of a line, on average
_OUTAGE = (0.5, 8.0)  # seconds
_TICK = 0.05
_LONGEST = 180.0  # seconds until somebody has ended what it was at
# Why something may be refused while the network fails.
_MAY_BE = re.compile(r"nothing_to_send|not_carried\.(no_answer|timeout|cut)")


def main(count: int, alone: str = "wsgidav") -> None:
    """Let them work for `count` seconds; raises on whatever differs."""
    with tempfile.TemporaryDirectory(prefix="anifro-traffic-") as folder:
        told = run(make_study(Path(folder) / "study", *SITES), count, alone)
    for title, counted in told.items():
        print(f"   {title}: " + ", ".join(f"{number} {what}" for what, number in sorted(counted.items())))
    print("   what differs: nothing")


def run(study: Study, seconds: float, server: str = "wsgidav", seed: int = SEED) -> dict[str, Counter[str]]:
    """The whole of it on a study; what happened, counted. server: `wsgidav` or `apache`.

    Raises:
        AssertionError: whatever differs at the end, or went wrong on the way.
    """
    with ExitStack() as stack:
        traffic = Traffic(study, seed)
        stack.enter_context(_network(traffic, server))
        stack.callback(traffic.end)
        traffic.work(seconds)
        took = traffic.drain()
        traffic.check()
        return traffic.told(took)


@dataclass
class Traffic:
    """Everybody, and the lines between. lines: by whose they are; served: the folder of both servers."""

    study: Study
    seed: int
    lines: dict[str, list[RoughLine]] = field(default_factory=dict)
    served: Path = field(default_factory=Path)
    kills: Counter[str] = field(default_factory=Counter)
    _rounds: Counter[str] = field(default_factory=Counter)
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    # At work

    def work(self, seconds: float) -> None:
        """Everybody works, on rough lines, until the time is over."""
        for line in self._all_lines():
            line.calm = False
        for who in EVERYBODY:
            self._start(who)
        self._trouble(random.Random(f"{self.seed}/trouble"), time.monotonic() + seconds)

    def end(self) -> None:
        """Nobody is left at work."""
        for worker in self._running.values():
            worker.kill()
            worker.wait()

    def _trouble(self, chance: random.Random, until: float) -> None:
        """Kill somebody and take the network away, now and then."""
        now = time.monotonic()
        kill = now + _BETWEEN_KILLS + chance.expovariate(1 / _BETWEEN_KILLS)
        turns = {id(line): now + chance.expovariate(1 / _BETWEEN_OUTAGES) for line in self._all_lines()}
        while (now := time.monotonic()) < until:
            self._watch()
            if now >= kill:
                self._kill(chance.choice(EVERYBODY))
                kill = now + chance.expovariate(1 / _BETWEEN_KILLS)
            for line in self._all_lines():
                if now >= turns[id(line)]:
                    line.outage(not line.down)
                    long = chance.uniform(*_OUTAGE) if line.down else chance.expovariate(1 / _BETWEEN_OUTAGES)
                    turns[id(line)] = now + long
            time.sleep(_TICK)

    def _watch(self) -> None:
        for who, worker in self._running.items():
            assert worker.poll() is None, self._how(who)

    def _calm(self) -> None:
        for line in self._all_lines():
            line.calm = True
            line.outage(False)

    def _all_lines(self) -> list[RoughLine]:
        return [line for lines in self.lines.values() for line in lines]

    def _kill(self, who: str) -> None:
        """With a signal that no program can catch; then it is started again."""
        worker = self._running[who]
        worker.kill()
        assert worker.wait() == -9, self._how(who)
        last = self._last(who)
        at = f"in {last['begins']}" if "begins" in last else "at the start or between two acts"
        self.kills[at] += 1
        self._start(who)

    def _start(self, who: str) -> None:
        self._rounds[who] += 1
        self._running[who] = self._worker(who, str(self._rounds[who]))

    def _worker(self, who: str, number: str) -> subprocess.Popen[bytes]:
        homes = dict.fromkeys(
            ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR"), str(self.study.root)
        )
        words = [sys.executable, str(WORKER), str(self.study.root), who, str(self.seed), number]
        with self._heard(who, "jsonl").open("ab") as out, self._heard(who, "err").open("ab") as errors:
            return subprocess.Popen(
                words, stdin=subprocess.DEVNULL, stdout=out, stderr=errors,
                env=os.environ | homes | {"PYTHONDONTWRITEBYTECODE": "1"},
            )  # fmt: skip

    def _heard(self, who: str, kind: str) -> Path:
        return self.study.root / f"{who}.{kind}"

    def _lines(self, who: str) -> Iterator[dict[str, Any]]:
        for line in self._heard(who, "jsonl").read_bytes().splitlines():
            yield json.loads(line)

    def _last(self, who: str) -> dict[str, Any]:
        *_, last = ({}, *self._lines(who))
        return last

    def _how(self, who: str) -> str:
        errors = self._heard(who, "err").read_text(encoding="utf-8", errors="replace")
        return f"{who} ended by itself in {self._last(who)}: {errors[-3000:]}"

    # The end

    def drain(self) -> float:
        """The network works, and they bring to an end what was begun; seconds that it took."""
        self._calm()
        (self.study.root / "enough").touch()
        began = time.monotonic()
        while not self._settled():
            self._watch()
            assert time.monotonic() < began + _LONGEST, (
                f"not settled: {[self._last(who) for who in EVERYBODY]}"
            )
            time.sleep(_TICK)
        (self.study.root / "settled").touch()
        for who, worker in self._running.items():
            assert worker.wait(_LONGEST) == 0, self._how(who)
        return time.monotonic() - began

    def _settled(self) -> bool:
        """Whether nothing was left at the centre, nor at a site that looked after that."""
        centre = self._left(CENTRE)
        return bool(centre) and all(self._left(code, centre[0]) for code in SITES)

    def _left(self, who: str, since: float = 0) -> list[float]:
        """When somebody began a round after which nothing was left, since a moment."""
        rounds = (line for line in self._lines(who) if line.get("left") == [])
        return [line["began"] for line in rounds if line["began"] > since]

    def _asked(self, area: str, act: str, code: str = "") -> Any:
        """What a command of the program says."""
        return run_here(self.study.words(area, act, data=self.study.site(code) if code else None)).data

    def check(self) -> None:
        """Raises on whatever differs."""
        differs = [*self._counts(), *self._files(), *self._content(), *self._refusals()]
        print("".join(f"   differs: {one}\n" for one in differs), end="", flush=True)
        assert differs == [], f"{len(differs)} things differ"

    def _counts(self) -> Iterator[str]:
        """Entered, sealed, received and merged, as the sites and as the centre say."""
        there = {one["site"]: one for one in self._asked(CENTRE, "counts")}
        for code in SITES:
            here = self._asked("site", "counts", code)
            totals = here["totals"]
            entered = totals["entered"] - totals["mistakes"]
            merged = there[code]["versions"]
            if here["differences"] or {
                entered,
                totals["sealed"],
                totals["received"],
                totals["merged"],
                merged,
            } != {entered}:
                yield f"{code}: {totals}, at the centre {merged}, {here['differences']}"
            if there[code]["bad"] or there[code]["held"]:
                yield f"{code}: at the centre {there[code]['bad']} not taken, {there[code]['held']} held"
        for area, code in (*(("site", code) for code in SITES), (CENTRE, "")):
            found = self._asked(area, "verify", code)
            if found:
                yield f"{area} {code}: verify finds {found}"

    def _files(self) -> Iterator[str]:
        """Each bundle is on the server and at the centre once, byte for byte, and has its receipt."""
        on_server = {path.name for path in self.served.iterdir() if _kind(path.name) == "data"}
        with self.study.at_centre() as centre:
            applied = {
                row.name: centre.store.bundle_bytes(row.sha256)
                for row in centre.store.bundles(state="applied")
            }
            other = [(row.name, row.state) for row in centre.store.bundles() if row.state != "applied"]
            acknowledged = {(chain.site, chain.epoch): chain.next_seq - 1 for chain in centre.store.chains()}
            yield from (f"the centre has {name} as {state}" for name, state in other)
        names = set()
        for code in SITES:
            with self.study.at_site(code) as site:
                for row in site.clinical.bundles():
                    names.add(row.name)
                    sealed = site.clinical.bundle_bytes(row.epoch, row.seq)
                    if applied.get(row.name) != sealed or (self.served / row.name).read_bytes() != sealed:
                        yield f"{row.name} is not everywhere as it was sealed"
                last = max((row.seq for row in site.clinical.bundles()), default=0)
                heard = max((row.acked_to for row in site.clinical.receipts()), default=0)
                if not last == heard == acknowledged.get((code, 1), 0):
                    yield f"{code}: {last} sealed, receipts up to {heard}, taken in {acknowledged}"
        for where, there in (("at the server", on_server), ("at the centre", set(applied))):
            if there != names:
                yield f"{where}: {sorted(there ^ names)}"

    def _content(self) -> Iterator[str]:
        """The centre holds what the sites signed, and both tell the same of each question."""
        with self.study.at_centre() as centre:
            held = {(item.revision.id, item.revision.ver) for item in centre.store.revisions()}
            if centre.store.differences() or centre.store.conflicts():
                yield f"{centre.store.differences()} {centre.store.conflicts()}"
            if any(chain.frozen for chain in centre.store.chains()):
                yield "a chain is frozen"
            asked = {one.query.id: _told(one) for one in querying.threads(centre)}
        signed: set[tuple[str, int]] = set()
        known: dict[str, Any] = {}
        for code in SITES:
            with self.study.at_site(code) as site:
                signed |= {(item.id, item.ver) for item in site.clinical.revisions(latest=False)}
                known |= {one.query.id: _told(one) for one in queries.threads(site)}
        if held != signed:
            yield f"records: {len(held - signed)} more at the centre, {len(signed - held)} missing there"
        yield from (
            f"question {one}: {asked.get(one)}, at the site {known.get(one)}"
            for one in asked.keys() | known.keys()
            if asked.get(one) != known.get(one)
        )

    def _refusals(self) -> Iterator[str]:
        """Whatever was refused that the network does not explain."""
        for who in EVERYBODY:
            for line in self._lines(who):
                if "refused" in line and not _MAY_BE.fullmatch(line["refused"]):
                    yield f"{who}: {line}"

    def told(self, took: float) -> dict[str, Counter[str]]:
        """What happened, counted."""
        trouble: Counter[str] = Counter()
        for line in self._all_lines():
            trouble += line.told
        acts, later, again = Counter[str](), Counter[str](), 0
        for who in EVERYBODY:
            for line in self._lines(who):
                if "act" in line:
                    acts[line["act"]] += 1
                    again += line["again"]
                    later[line.get("refused", "")] += 1
        del later[""]
        files = Counter(_kind(path.name) or path.suffix for path in self.served.iterdir())
        return {
            "network": trouble,
            "killed": self.kills,
            "acts": acts,
            "tried again": Counter({"times at once": again}),
            "given up, and done later": later,
            "files on the server": files,
            "at the end": self._ended(took),
        }

    def _ended(self, took: float) -> Counter[str]:
        counts: Counter[str] = Counter({"seconds to settle": round(took)})
        with self.study.at_centre() as centre:
            for one in querying.threads(centre):
                counts[f"questions {one.state}"] += 1
                counts["acts of questions"] += len(one.acts)
        for code in SITES:
            totals = self._asked("site", "counts", code)["totals"]
            counts.update({f"versions {name}": number for name, number in totals.items()})
            with self.study.at_site(code) as site:
                bundles = site.clinical.bundles()
                counts["bundles"] += len(bundles)
                counts["bundles with their receipt"] += sum(row.state == "acknowledged" for row in bundles)
                counts["receipts read"] += len(site.clinical.receipts())
                counts["patients"] += len(site.clinical.subjects())
        return counts


def _kind(name: str) -> str:
    """The kind of a bundle by its name; empty if it is none."""
    return parse_name(name).kind if is_bundle_name(name) else ""


def _told(thread: Any) -> Any:
    return thread.state, [(act.act, act.text) for act in thread.acts]


@contextmanager
def _network(traffic: Traffic, server: str) -> Iterator[None]:
    """Both servers on one folder, the lines to them, and everybody's connection."""
    authority, key = Authority(), running.ssh_key(traffic.study.root, "key")
    with ExitStack() as stack:
        dav = stack.enter_context(getattr(running, server)(authority.issue()))
        ssh = stack.enter_context(running.sshd(key))
        traffic.served = dav.folder

        def line(who: str, port: int) -> int:
            chance = random.Random(f"{traffic.seed}/{who}/{len(traffic.lines)}")
            made = stack.enter_context(rough_line(port, chance))
            traffic.lines.setdefault(who, []).append(made)
            return made.port

        def webdav(who: str) -> Connection:
            url = f"https://{HOST}:{line(who, dav.port)}/"
            return connection.webdav(url, running.USER, running.PASSWORD, authority=authority.pem)

        def sftp(who: str) -> Connection:
            place = (HOST, running.me(), str(dav.folder), ssh.host_key)
            return connection.sftp(*place, port=line(who, ssh.port), key=key.read_bytes())

        ways = [webdav(CENTRE), sftp(CENTRE)]
        kept = [[one.facts, one.secrets.as_bytes().decode()] for one in ways]
        (traffic.study.root / "ways.json").write_text(json.dumps(kept), encoding="utf-8")
        with traffic.study.at_centre() as centre:
            fetching.connect(centre, ways[0])
        for code, way in zip(SITES, (webdav("P03"), sftp("P04")), strict=True):
            with traffic.study.at_site(code) as site:
                connecting.connect(site, way)
        yield
