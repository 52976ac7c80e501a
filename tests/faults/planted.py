"""Thirty people planted in a site, which is worked, crashes, refuses, sends and is backed up; then all is searched.

Searched are all files and file names below one folder that holds everything: home, temporary files, sticks, backups,
what the programs said and what a crash left. The encrypted databases are among them: as bytes they tell nothing.
What gives out answers as they were typed, when it is asked to (audit trail, archive), is searched for those people
only whose names nobody typed into an answer.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from leaks import Search, planted, words_of, written
from stage import Stage, later
from study_parts import ENROLMENT, PASSPHRASE, PERSON, type_in
from told import Tries, assert_no_traceback, assert_plain
from whole_study import run_apart

from anifro_desktop.errors import Refusal
from anifro_desktop.identity import Identity
from anifro_desktop.workflows import patients, visits
from anifro_desktop.workflows.site import Site, unlock

PEOPLE = 30
TALKED_ABOUT = 15  # of them are named in answers too
_ENROLLED = date(2026, 3, 4)

CRASHING = """
import json, os, signal, sys
from pathlib import Path
sys.path[:0] = json.loads(sys.argv[1])
from datetime import date
from anifro_desktop.identity import Identity
from anifro_desktop.store.clock import SystemClock
from anifro_desktop.workflows import patients
from anifro_desktop.workflows.site import unlock
from study_parts import PASSPHRASE, PERSON
facts = json.load(sys.stdin)
site = unlock(Path(sys.argv[2]), PERSON.code, PASSPHRASE, SystemClock())
for subject, given in facts.items():
    given["birth_date"] = date.fromisoformat(given["birth_date"])
    patients.save_identity(site, subject, Identity(**given))
os.kill(os.getpid(), signal.SIGSEGV)
"""


QUICK = (
    ("export", "--to", "{stick}"),
    ("log", "--csv", "{root}/log.csv"),
    ("audit", "--all"),
    ("backup",),
    ("support", "{root}/support.txt"),
    ("enter",),
)
LONG = (
    *(("status",), ("counts",), ("verify",), ("drill",), ("audit", "--pdf", "{answers}/audit.pdf")),
    *(("archive", "{answers}/archive"), ("receive", "{inbox}")),
)


def search(stage: Stage, beside: Path, commands: Sequence[Sequence[str]] = (*QUICK, *LONG)) -> Tries:
    """Everything above, once; raises on the first person or birth date found."""
    tries = Tries("people planted")
    copy = stage.copy(beside / "all")
    people = planted(PEOPLE)
    words = {word for person in people for word in words_of(person)}
    born = {person.birth_date for person in people if person.birth_date}
    everyone = Search(words, born)
    quiet = people[TALKED_ABOUT:]
    unnamed = Search(
        {word for person in quiet for word in words_of(person)},
        {person.birth_date for person in quiet if person.birth_date},
    )
    said = _work(copy, people)
    said += _crash(copy, people)
    answers = copy.root / "answers"
    answers.mkdir()
    said += _commands(copy, answers, commands)
    (copy.root / "said").write_text("\n".join(said), encoding="utf-8")
    assert unnamed.in_files(answers) == {}
    assert everyone.find("\n".join(map(str, answers.rglob("*"))).encode()) == set()
    tries.told["files of answers searched"] = sum(path.is_file() for path in answers.rglob("*"))
    shutil.rmtree(answers)
    found = everyone.in_files(copy.root)
    assert found == {}, found
    _is_there(copy, people)
    tries.tried = len(people)
    tries.told["files searched"] = sum(path.is_file() for path in copy.root.rglob("*"))
    return tries


def _work(copy: Stage, people: list[Identity]) -> list[str]:
    """Enrol them; name half of them in answers; try what is refused. What was refused."""
    said = []
    site = unlock(copy.site, PERSON.code, PASSPHRASE, later())
    for number, person in enumerate(people):
        opened = patients.start_enrolment(site)
        for wrong in (
            _with(person, tax_code=person.tax_code[:-1] + "1"),
            _with(person, surname=person.surname + "\0"),
        ):
            said.append(_refused(partial(patients.save_identity, site, opened.subject, wrong)))
        patients.save_identity(site, opened.subject, person)
        patients.doubles(site, opened.subject, person)
        type_in(site, opened, ENROLMENT)
        subject = patients.finish_confirmed(site, opened).subject
        if number < TALKED_ABOUT:
            _talk(site, subject, person)
    site.close()
    return said


def _with(person: Identity, **changes: str) -> Identity:
    facts = {name: getattr(person, name) for name in Identity.__dataclass_fields__}
    return Identity(**(facts | changes))


def _refused(act: Callable[[], object]) -> str:
    try:
        act()
    except Refusal as refusal:
        assert_plain(str(refusal), type(refusal).__name__)
        return f"{refusal} {refusal.params}"
    raise AssertionError("it was not refused")


def _talk(site: Site, subject: str, person: Identity) -> None:
    visit = visits.open_visit(site, subject, "baseline", _ENROLLED)
    assert person.birth_date is not None
    words = [
        person.full_name,
        person.tax_code,
        person.hospital_number,
        person.phone,
        *written(person.birth_date),
    ]
    type_in(site, visit, {"summary_comment": ", ".join(words)[:190]})  # as much as an answer holds


def _crash(copy: Stage, people: list[Identity]) -> list[str]:
    """A program that dies of a fault of memory while it holds their names."""
    codes = list(copy.codes.values())
    facts = {
        code: {name: str(getattr(person, name)) for name in Identity.__dataclass_fields__}
        for code, person in zip(codes, people, strict=False)
    }
    for place in ("home", "tmp", "here"):
        (copy.root / place).mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", CRASHING, json.dumps(sys.path), str(copy.site)],
        input=json.dumps(facts),
        env=os.environ | {"HOME": str(copy.root / "home"), "TMPDIR": str(copy.root / "tmp")},
        cwd=copy.root / "here",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == -signal.SIGSEGV, done.stderr
    return [done.stdout, done.stderr]


def _commands(copy: Stage, answers: Path, commands: Sequence[Sequence[str]]) -> list[str]:
    """Each command that gives something out; what they said. What gives out answers goes into a folder of its own."""
    passphrase = copy.root / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
    wrong = json.dumps(
        {"identity": {"surname": planted(1)[0].surname, "tax_code": "X"}, "visits": 3}
    ).encode()
    said = []
    places = {"root": copy.root, "stick": copy.stick, "inbox": copy.inbox, "answers": answers}
    for act, *words in commands:
        rest = [word.format_map(places) for word in words]
        given = ("--data", str(copy.site), "--passphrase-file", str(passphrase), "--lang", "en", "--json")
        done = run_apart(copy.root, ["site", act, *given, *rest], wrong if act == "enter" else b"")
        assert (done.code == 0) == (act != "enter"), f"{act}: {done.err}"
        assert_no_traceback(done.out + done.err, act)
        if act == "audit":
            (answers / f"audit-{len(rest)}.json").write_text(done.out, encoding="utf-8")
        else:
            said.append(done.out)
        said.append(done.err)
    return said


def _is_there(copy: Stage, people: list[Identity]) -> None:
    """The search looks for what is there: they all stand in the identity database."""
    site = unlock(copy.site, PERSON.code, PASSPHRASE, later())
    held = {person.surname for person in site.names.values()}
    site.close()
    assert {person.surname for person in people} <= held
