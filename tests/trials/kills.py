"""The window killed while somebody types: `count` times, most of them during a write.

A real window types with real key events on a real site until it is killed with a signal that no program can catch.
After each kill, on the same site: every answer whose autosave was confirmed is there, `verify` finds nothing, and the
recovery line names the visit and the question. The next typist goes on in the same draft.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "endtoend"))

from study_parts import DAY_0, Pisa, enrol, make_site, open_site, setup, type_in

from anifro_desktop import forms
from anifro_desktop.forms.state import Entry
from anifro_desktop.store.clock import SystemClock
from anifro_desktop.workflows import checking, visits
from anifro_desktop.workflows.model import Place
from anifro_desktop.workflows.site import Site, opening

TYPIST = Path(__file__).with_name("_typist.py")
SEED = 20260301
DURING_A_WRITE = 0.7  # of the kills; the rest come at any moment
LEAST_DURING = 0.4
_LONGEST = 30.0  # seconds until a typist has closed its window

# Value, note and raw text of an answer, as JSON; a question without a row has no answer.
Cell = list[Any]
EMPTY: Cell = [None, None, ""]


def main(count: int) -> None:
    """Kill `count` typists; raises on the first answer lost."""
    with tempfile.TemporaryDirectory(prefix="anifro-kills-") as folder:
        told = Trial(Path(folder)).run(count)
    print("   " + ", ".join(f"{number} {what}" for what, number in told.items()))
    assert told["kills during a write"] >= LEAST_DURING * count, told


@dataclass
class Typing:
    """What one typist told before the end."""

    line: str = ""
    confirmed: dict[str, Cell] = field(default_factory=dict)
    given: dict[str, list[Cell]] = field(default_factory=dict)  # since confirmed, in order

    @property
    def during_a_write(self) -> bool:
        """Whether something was given to the disk and not confirmed."""
        return bool(self.given)

    def hear(self, line: str) -> str:
        """Take in one line; its kind."""
        ((kind, facts),) = json.loads(line).items()
        if kind == "line":
            self.line = facts
        elif kind == "saving":
            for name, cell in facts.items():
                self.given.setdefault(name, []).append(cell)
        elif kind == "saved":
            self.confirmed |= {name: cells[-1] for name, cells in self.given.items()}
            self.given.clear()
        return str(kind)


class Trial:
    """One site with one draft, typed into by one typist after the other."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "site"
        self.clock: Any = SystemClock()
        self.held: dict[str, Cell] = {}  # answers after the last kill
        self.place: Place | None = None  # that was named then
        self.told: Counter[str] = Counter()
        pisa = Pisa()
        make_site(self.folder, setup(pisa.keyset, pisa.fingerprint))
        site = open_site(self.folder, self.clock)
        self.subject = enrol(site)
        opened = visits.open_visit(site, self.subject, "baseline", DAY_0)
        type_in(site, opened, {"temperature_c": "36,6"})
        self.visit = opened.id
        site.close()

    def run(self, count: int) -> Counter[str]:
        """Kill `count` typists one after the other; what happened, counted."""
        for number in range(count):
            typing = self._kill(number, random.Random(f"{SEED}/{number}"))
            self._check(number, typing)
        typist, typing = self._start("-"), Typing()
        self._listen(typist, typing, "line")
        typist.communicate(timeout=_LONGEST)
        return self.told

    def _start(self, seed: str) -> subprocess.Popen[bytes]:
        homes = {
            name: str(self.root) for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR")
        }
        environment = os.environ | homes | {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
        words = [
            sys.executable,
            "-X",
            "faulthandler",
            str(TYPIST),
            str(self.folder),
            self.subject,
            "baseline",
            seed,
        ]
        log = self.root / "typist.log"
        with log.open("ab") as errors:
            return subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=errors)

    def _kill(self, number: int, chance: random.Random) -> Typing:
        """Let a typist work, and end it; all that it told."""
        typist, typing = self._start(f"{SEED}/{number}"), Typing()
        assert typist.stdout is not None
        try:
            self._listen(typist, typing, "ready")
            if chance.random() < DURING_A_WRITE:
                for _ in range(chance.randint(1, 25)):
                    self._listen(typist, typing, "saving")
                time.sleep(chance.uniform(0, 0.003))
            else:
                time.sleep(chance.uniform(0, 1.5))
        finally:
            typist.kill()
            rest = typist.communicate()[0]
        for line in rest.splitlines(keepends=True):
            if line.endswith(b"\n"):
                typing.hear(line.decode())
        self.told["kills"] += 1
        self.told["kills during a write"] += typing.during_a_write
        self.told["answers confirmed"] += len(typing.confirmed)
        return typing

    def _listen(self, typist: subprocess.Popen[bytes], typing: Typing, wanted: str) -> None:
        """Hear the typist out up to a line of the wanted kind; the recovery line must name where the last one was."""
        assert typist.stdout is not None
        kind = ""
        while kind != wanted:
            line = typist.stdout.readline()
            assert line, f"the typist ended by itself ({typist.wait()}): {self._log()}"
            kind = typing.hear(line.decode())
            if kind == "line" and self.place is not None:
                label = forms.load().fields[self.place.field].label.en
                for name in (self.subject, "Baseline", label):
                    assert name in typing.line, f"{name!r} is not in the recovery line {typing.line!r}"

    def _log(self) -> str:
        return (self.root / "typist.log").read_text(encoding="utf-8", errors="replace")[-2000:]

    def _check(self, number: int, typing: Typing) -> None:
        """Open the site again: nothing lost, nothing wrong, the place named."""
        site = open_site(self.folder, self.clock)
        try:
            held = {entry.field: cell_of(entry) for entry in site.clinical.draft(self.visit)}
            for name, cell in typing.confirmed.items():
                # What was on its way may have arrived too.
                assert held.get(name, EMPTY) in [cell, *typing.given.get(name, [])], (
                    f"kill {number}: {name} was lost"
                )
            for name, cell in self.held.items():
                expected = [typing.confirmed.get(name, cell), *typing.given.get(name, [])]
                assert held.get(name, EMPTY) in expected, f"kill {number}: {name} of a former typist was lost"
            findings = checking.verify(site)
            assert findings == [], f"kill {number}: {findings}"
            recovered = opening(site).recovered
            assert recovered is not None, f"kill {number}: nothing was recovered"
            assert (recovered.place.subject, recovered.place.visit) == (self.subject, "baseline")
            assert recovered.place.field in held, f"kill {number}: no question is named"
            self.held, self.place = held, recovered.place
        finally:
            _drop(site)


def cell_of(entry: Entry) -> Cell:
    """An answer as the typist tells it."""
    return [entry.value_json, entry.note_json, entry.raw_text]


def _drop(site: Site) -> None:
    """Let go of a site without putting its visits aside: its end stays as unclean as it was."""
    try:
        site.clinical.close()
        if site.identities is not None:
            site.identities.close()
    finally:
        site.lock.release()
