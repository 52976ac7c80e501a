"""A throw-away PostgreSQL server on a socket of its own, run by nobody in particular.

It does not sync its disk: a test that kills a program does not cut the power.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from missing import without

OWNER, GUEST, GUEST_PASSWORD = "keeper", "guest", "a password of the server: ünì"
_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name.zfill(3))
_LOGIN = f"local all {GUEST} scram-sha-256\nlocal all all trust\n"


@dataclass
class Cluster:
    """A server that runs. folder: where its socket is."""

    folder: Path
    running: subprocess.Popen[bytes]
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, database: str, user: str = OWNER) -> str:
        """The address of a database."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def run(self, statement: str, database: str = "postgres", user: str = OWNER) -> list[tuple[object, ...]]:
        """Do something there as its administrator; the rows that come of it."""
        import psycopg

        with psycopg.connect(self.url(database, user), autocommit=True) as connection:
            done = connection.execute(statement)  # type: ignore[call-overload]
            return list(done.fetchall()) if done.description else []

    def make(self, template: str = "template0", owner: str = OWNER) -> str:
        """A new database, empty or a copy of another; its name."""
        name = f"centre_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8' OWNER {owner}")
        return name


def program(name: str) -> Path:
    """A program of the server's; without it the test is not run."""
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *map(str, _PLACES)]))
    if found is None:
        without("postgresql")
    return Path(found)


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """A server until the end of the block."""
    make, serve = program("initdb"), program("postgres")
    with tempfile.TemporaryDirectory(prefix="anifro-pg-") as name:
        folder = Path(name)
        someone = _somebody()
        if someone:
            os.chown(folder, someone.pw_uid, someone.pw_gid)
        options = {"user": someone.pw_uid, "group": someone.pw_gid, "extra_groups": []} if someone else {}
        data = folder / "data"
        kept = {"cwd": folder, "env": {**os.environ, "HOME": name, "LC_ALL": "C"}, **options}
        subprocess.run(
            [make, "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            check=True, capture_output=True, **kept,
        )  # fmt: skip
        (data / "pg_hba.conf").write_text(_LOGIN)
        with (folder / "said.txt").open("wb") as said:
            running = subprocess.Popen(
                [serve, "-D", data, "-k", folder, "-h", "", "-F"], stdout=said, stderr=said, **kept
            )
        try:
            made = Cluster(folder, running)
            _await(made)
            made.run(f"CREATE ROLE {GUEST} LOGIN PASSWORD '{GUEST_PASSWORD}'")
            yield made
        finally:
            running.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(10)
            if running.poll() is None:
                running.kill()
                running.wait()


def _await(made: Cluster) -> None:
    import psycopg

    until = time.monotonic() + 30
    while True:
        assert made.running.poll() is None, (made.folder / "said.txt").read_text(errors="replace")
        try:
            made.run("SELECT 1")
        except psycopg.OperationalError:
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.05)
        else:
            return


def _somebody() -> pwd.struct_passwd | None:
    """The user who runs a server that refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    pytest.skip("not run: there is no user but root")
