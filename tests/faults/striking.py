"""Striking one operation at one system call: a process killed before it, or the call answered with an error.

`strace` counts the calls of a process that waits, prepared, for the word to act; so call 17 is the same in every run,
which no timer could promise. It is on Linux only and often not installed: without it these parts are not run, and say
so (`CANNOT`), while kills at random moments (`tests/endtoend/test_kill.py`, `tests/store/test_crashes.py`) always are.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stage import Fact, Stage

CALLS = (
    *("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat", "renameat2"),
    *("unlink", "unlinkat", "rmdir", "mkdir", "link", "linkat"),
)
WRITES = ("write", "pwrite64")
SYNCS = ("fsync", "fdatasync")
_LONGEST = 60.0  # seconds an operation may take
_NAME = re.compile(rb"^(\w+)\(", re.MULTILINE)


def cannot() -> str:
    """Why nothing can be struck here; empty where it can."""
    if not sys.platform.startswith("linux"):
        return "calls are counted on Linux only"
    if not shutil.which("strace"):
        return "strace is not installed"
    tried = subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "strace may not follow processes here"


CANNOT = cannot()


@dataclass
class Outcome:
    """What became of an operation. facts: acknowledged; refusals: code and sentence of each; killed: by the strike."""

    facts: list[Fact] = field(default_factory=list)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    killed: bool = False


class Actor:
    """The process that acts, and is struck; all that it says on its own is kept and must be nothing."""

    def __init__(self, log: Path) -> None:
        self.log = log
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.settimeout(_LONGEST)
        with log.open("wb") as stream:
            self.process = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("actor.py")), str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
            )
        theirs.close()
        self._end = ours

    def remember(self, stage: Stage) -> None:
        """Derive the keys of a stage once, for all its copies."""
        self._say(remember=str(stage.root))
        self._hear()

    def act(
        self,
        stage: Stage,
        operation: str,
        *,
        strikes: Iterable[str] = (),
        told: Path | None = None,
        again: bool = False,
    ) -> Outcome:
        """Let it do an operation. strikes: what `strace` does to its calls; told: where its calls are written down
        (`stage.root` is kept as it was just before, beside it, as `NAME.before`); again: a second try, unstruck."""
        self._say(operation=operation, root=str(stage.root))
        pid = int(self._hear()["ready"])
        outcome = Outcome()
        if told is not None:
            stage.copy(told.with_suffix(".before"))
        with _traced(pid, list(strikes), told):
            self._say(go=True)
            self._listen(outcome)
        if again and not outcome.killed:
            self._say(go=True)
            self._listen(outcome)
        if not outcome.killed:
            self._say(stop=True)
            assert self._hear() == {"gone": 0}
        return outcome

    def _listen(self, outcome: Outcome) -> None:
        """Until it is done, refused or gone."""
        while True:
            said = self._hear()
            if "done" in said:
                outcome.facts.append(said["done"])
            elif "refused" in said:
                outcome.refusals.append((said["refused"], said["sentence"]))
                return
            elif "gone" in said:
                assert said["gone"] == -signal.SIGKILL, f"it ended by itself: {said}"
                outcome.killed = True
                return
            else:
                assert said == {"end": True}
                return

    def _say(self, **wish: Any) -> None:
        self._end.send(json.dumps(wish).encode())

    def _hear(self) -> dict[str, Any]:
        said = dict(json.loads(self._end.recv(1 << 16) or b"{}"))
        assert said, f"nobody is there: {self.noise()}"
        assert "fault" not in said, said["fault"]
        return said

    def noise(self) -> str:
        """All that it said where a user could look."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def close(self) -> None:
        """End it; it must have said nothing."""
        self._end.close()
        self.process.wait(_LONGEST)
        assert self.noise() == ""


@contextlib.contextmanager
def _traced(pid: int, strikes: list[str], told: Path | None) -> Iterator[None]:
    traced = ",".join((*CALLS, *RECORDED))
    words = [
        "strace",
        "-y",
        "-xx",
        "-s",
        str(1 << 24),
        "-o",
        str(told or "/dev/null"),
        "-e",
        f"trace={traced}",
    ]
    for strike in strikes:
        words += ["-e", f"inject={strike}"]
    if not strikes and told is None:
        yield
        return
    tracer = subprocess.Popen([*words, "-p", str(pid)], stderr=subprocess.PIPE)
    assert tracer.stderr is not None
    try:
        said = tracer.stderr.readline()
        assert b"attached" in said, said
        yield
    finally:
        if tracer.poll() is None:
            tracer.send_signal(signal.SIGINT)  # lets go of the process, which goes on
        tracer.communicate(timeout=_LONGEST)


# Needed to play calls again (`power_cuts`), never struck.
RECORDED = (
    "openat",
    "lseek",
    "sendto",
    "sendfile",
    "copy_file_range",
    "fallocate",
    "pwritev",
    "writev",
    "truncate",
)


@contextlib.contextmanager
def actor(stage: Stage) -> Iterator[Actor]:
    """A process that acts on copies of a stage."""
    with tempfile.TemporaryDirectory(prefix="anifro-actor-") as folder:
        made = Actor(Path(folder) / "said")
        try:
            made.remember(stage)
            yield made
        finally:
            made.close()


def count_calls(told: Path) -> Counter[str]:
    """How many calls of each name were written down."""
    return Counter(name.decode() for name in _NAME.findall(told.read_bytes()))
