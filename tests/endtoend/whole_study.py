"""The centre, its sites and the stick that goes between them, worked with commands only.

`Study.command` is the program itself, called in this process; `Study.process` starts it as its own program, with a
home, a folder for temporary files and a folder to stand in that belong to the test alone.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from study_parts import PASSPHRASE, PERSON

from anifro_desktop.centre.office import Centre, create_centre, open_centre
from anifro_desktop.centre.reading import all_subjects
from anifro_desktop.centre.registering import register
from anifro_desktop.cli import main
from anifro_desktop.store.clock import SystemClock
from anifro_desktop.store.slots import User
from anifro_desktop.store.vault import FLOOR
from anifro_desktop.workflows.model import Setup
from anifro_desktop.workflows.site import Site, create_site, unlock

ROOT = Path(__file__).parents[2]
MANAGER = User("C01", "Gestore di Prova", ("data_manager", "statistician"))


@dataclass(frozen=True, slots=True)
class Done:
    """What a command said and gave back."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Its JSON."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Study:
    """Everything of one study, below one folder."""

    root: Path

    @property
    def centre(self) -> Path:
        return self.root / "centre"

    @property
    def stick(self) -> Path:
        return self.root / "stick"

    @property
    def results(self) -> Path:
        return self.root / "results"

    @property
    def passphrase(self) -> Path:
        return self.root / "passphrase"

    def site(self, code: str = "P03") -> Path:
        return self.root / "sites" / code

    def words(self, area: str, act: str, *rest: Any, data: Path | None = None) -> list[str]:
        """A command line with the folder, the passphrase file, English and JSON."""
        folder = data or (self.centre if area == "centre" else self.site())
        given = ["--data", folder, "--passphrase-file", self.passphrase, "--lang", "en", "--json"]
        return [str(word) for word in (area, act, *given, *rest)]

    def command(self, area: str, act: str, *rest: Any, data: Path | None = None) -> Done:
        """Run a command here and say what it said; never a traceback, whatever happens."""
        return run_here(self.words(area, act, *rest, data=data))

    def process(self, words: Sequence[str], given: bytes = b"") -> Done:
        """Run the program as its own process."""
        return run_apart(self.root, words, given)

    def enter(self, content: Mapping[str, Any], code: str = "P03") -> Done:
        """Type a visit file at a site; the file is deleted, as the manual asks for."""
        file = self.root / "visits.json"
        file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        try:
            return self.command("site", "enter", file, data=self.site(code))
        finally:
            file.unlink()

    def send(self, code: str = "P03") -> Done:
        """Seal what is new at a site and put it on the stick."""
        return self.command("site", "export", "--to", self.stick, data=self.site(code))

    def take_in(self) -> Done:
        """The centre takes the stick in and puts its receipts there."""
        return self.command("centre", "ingest", self.stick, "--receipts", self.stick)

    def hear(self, code: str = "P03") -> Done:
        """A site reads the receipts on the stick."""
        return self.command("site", "receive", self.stick, data=self.site(code))

    def dataset(self) -> Done:
        """The centre writes the files for Stata."""
        return self.command("centre", "dataset", "--to", self.results)

    @contextmanager
    def at_site(self, code: str = "P03") -> Iterator[Site]:
        """A site, unlocked."""
        site = unlock(self.site(code), PERSON.code, PASSPHRASE, SystemClock())
        try:
            yield site
        finally:
            site.close()

    @contextmanager
    def at_centre(self) -> Iterator[Centre]:
        """The centre, opened."""
        centre = open_centre(self.centre, MANAGER.code, PASSPHRASE)
        try:
            yield centre
        finally:
            centre.close()

    def copy(self, folder: Path) -> Study:
        """The same study in another folder."""
        shutil.copytree(self.root, folder)
        return Study(folder)


def make_study(root: Path, *codes: str) -> Study:
    """A centre and its registered sites, at the lowest cost of their passphrases."""
    study = Study(root)
    for folder in (study.stick, study.results):
        folder.mkdir(parents=True)
    study.passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
    founded = create_centre(study.centre, "PISA", "Pisa", MANAGER, PASSPHRASE, SystemClock(), cost=FLOOR)
    for code in codes:
        wanted = Setup(
            code=code,
            name="Centro di prova",
            person=PERSON,
            passphrase=PASSPHRASE,
            keyset=founded.keyset.read_bytes(),
            fingerprint=founded.fingerprint,
            practice=True,
        )
        made = create_site(study.site(code), wanted, SystemClock(), cost=FLOOR)
        with study.at_centre() as centre:
            register(centre, made.card.read_bytes(), made.fingerprint)
    return study


def run_here(words: Sequence[str]) -> Done:
    """Call the program in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(words)
        except SystemExit as ended:  # argparse's way
            code = ended.code if isinstance(ended.code, int) else 1
    done = Done(code, out.getvalue(), err.getvalue())
    assert "Traceback" not in done.out + done.err
    return done


def run_apart(root: Path, words: Sequence[str], given: bytes = b"") -> Done:
    """Start the program in a process of its own, with home, temporary files and standing place below `root`."""
    places = {name: root / name for name in ("home", "tmp", "here")}
    for place in places.values():
        place.mkdir(exist_ok=True)
    homes = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(places["home"]))
    temps = dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(places["tmp"]))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    done = subprocess.run(
        [sys.executable, "-m", "anifro_desktop", *words],
        cwd=places["here"],
        env=kept | homes | temps | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        input=given,
        capture_output=True,
        timeout=120,
        check=False,
    )
    result = Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
    assert "Traceback" not in result.out + result.err
    return result


def centre_scores(study: Study) -> dict[tuple[str, str], dict[str, Any]]:
    """Subject and visit to the scores that the centre holds."""
    with study.at_centre() as centre:
        return {
            (subject.code, visit.key): dict(visit.scores)
            for subject in all_subjects(centre)
            for visit in subject.visits
        }
