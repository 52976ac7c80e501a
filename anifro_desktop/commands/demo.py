"""`anifro-desktop demo`: a synthetic study from keystroke to Stata file, and the practice site for the window.

Three sites enrol invented patients and type their visits through sessions, checks and audit; they sign and send. On
the way one bundle is lost and one arrives twice; the centre says so, the lost one is sent again, and the centre hands
out its table and its Stata files. Everything is made by the same functions as real work. With 100 patients or more the
cohort is set beside published ones (`workflows.cohort`).
"""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from anifro_desktop.commands.common import LANGUAGES, default_language
from anifro_desktop.files import make_folder, write_atomic
from anifro_desktop.workflows.cohort import table
from anifro_desktop.workflows.cohort.files import as_bytes
from anifro_desktop.workflows.cohort.files import courses as cohort
from anifro_desktop.workflows.cohort.measuring import measure
from anifro_desktop.workflows.cohort.sessions import Patient, type_at
from anifro_desktop.workflows.cohort.settings import Plan as Cohort
from anifro_desktop.workflows.exchange_errors import NoReceiptHere, NothingToSend
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.model import Created, Setup
from anifro_desktop.workflows.site import Site, create_site, unlock
from anifro_desktop.workflows.synthetic import Plan, courses

PASSPHRASE = "pratica pratica pratica"  # noqa: S105 - of invented patients, and told to whoever asks
SITES = (("P01", "Pisa (pratica)"), ("P02", "Padova (pratica)"), ("P03", "Palermo (pratica)"))
_COMPARED = 100  # patients from which on the cohort says something about itself
_PERSON = Person("U01", "Sperimentatore Pratica", ("investigator", "site_admin"))


@dataclass(frozen=True, slots=True)
class Study:
    """The folders of a demonstration: the centre, a stick that goes back and forth, and what came out."""

    root: Path

    @property
    def centre(self) -> Path:
        """The centre's data folder."""
        return self.root / "centre"

    @property
    def stick(self) -> Path:
        """The USB stick that carries bundles and receipts."""
        return self.root / "stick"

    @property
    def results(self) -> Path:
        """Tables and Stata files."""
        return self.root / "results"

    def site(self, code: str) -> Path:
        """A site's data folder."""
        return self.root / code


def add_parser(verbs: Any) -> None:
    """Add `demo`."""
    parser: ArgumentParser = verbs.add_parser("demo", help="a synthetic study from keystroke to Stata file")
    parser.add_argument(
        "--window", action="store_true", help="the window on a practice site, already unlocked"
    )
    parser.add_argument(
        "--patients", type=_count, default=12, metavar="N", help="patients of all sites (default: 12)"
    )
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="a new folder for it (default: ./anifro-demo)"
    )
    parser.add_argument(
        "--lang", choices=LANGUAGES, default=default_language(), help="language of the tables"
    )
    parser.set_defaults(run=run)


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1000:
        raise ValueError
    return number


def run(args: Namespace) -> int:
    """Play the whole study, or open the window on its practice site."""
    wanted = Path(args.data) if args.data is not None else Path("anifro-demo")
    if args.window:
        return _window(wanted, args)
    study = Study(_free(wanted))
    made = _found(study)
    plan = Cohort(args.patients, date.today())  # noqa: DTZ011 - a date of the calendar
    people = [as_bytes(course) for course in cohort(plan)]
    files = {code: people[number :: len(made)] for number, code in enumerate(made)}
    typed = [*_first_round(study, files), *_second_round(study, files)]
    _results(study, args.lang)
    if args.patients >= _COMPARED:
        _compare(study, typed, plan, args.lang)
    print(f"\nEverything lies in {study.root.absolute()}")
    print(f"A site opens with: python -m anifro_desktop --data {study.site('P03').absolute()}")
    print(f"Its passphrase is: {PASSPHRASE}")
    return 0


def practice_site(folder: Path, patients: int, *, drafts: bool = True, today: date | None = None) -> None:
    """Make a practice site in `folder`, with a centre beside it, invented patients and one visit half done."""
    study = Study(folder.parent / f"{folder.name}-study")
    _found(study, {"P03": folder})
    with _open(folder) as site:
        plan = Plan(patients, today or site.today(), seed=3)
        for course in courses(plan):
            _type(site, json.dumps(course).encode())
        if drafts:
            _half_a_visit(site)


def _window(folder: Path, args: Namespace) -> int:
    from anifro_desktop.workflows.entrance import exists

    if not exists(folder):
        print("Making a practice site with synthetic patients ...", flush=True)
        practice_site(folder, args.patients)
    print(f"The practice site lies in {folder.absolute()}; its passphrase is: {PASSPHRASE}", flush=True)
    return int(args.show(folder, _PERSON.code, PASSPHRASE))


def _free(wanted: Path) -> Path:
    """The folder asked for, or the next one with a number: nothing is overwritten."""
    folder, number = wanted, 1
    while folder.exists() and any(folder.iterdir()):
        number += 1
        folder = wanted.with_name(f"{wanted.name}-{number}")
    make_folder(folder)
    return folder


def _found(study: Study, folders: dict[str, Path] | None = None) -> dict[str, Created]:
    """Make the centre and its sites, and register each by the fingerprint it reads out."""
    from anifro_desktop.centre.office import create_centre
    from anifro_desktop.store.clock import SystemClock
    from anifro_desktop.store.doorplate import User
    from anifro_desktop.store.vault import FLOOR

    for folder in (study.stick, study.results):
        make_folder(folder)
    manager = User("C01", "Data manager (pratica)", ("data_manager", "statistician"))
    founded = create_centre(study.centre, "PISA", "Pisa", manager, PASSPHRASE, SystemClock(), cost=FLOOR)
    print(f"Centre: key fingerprint {founded.fingerprint}")
    made = {}
    places = {code: study.site(code) for code, _ in SITES} if folders is None else folders
    for code, name in SITES:
        if code not in places:
            continue
        keyset = founded.keyset.read_bytes()
        setup = Setup(code, name, _PERSON, PASSPHRASE, keyset, founded.fingerprint, practice=True)
        made[code] = create_site(places[code], setup, SystemClock(), cost=FLOOR)
        _register(study, made[code])
        print(f"Site {code} {name}: registered with fingerprint {made[code].fingerprint}")
    return made


def _register(study: Study, made: Created) -> None:
    from anifro_desktop.centre.registering import register

    with _centre(study) as centre:
        register(centre, made.card.read_bytes(), made.fingerprint)


@contextmanager
def _centre(study: Study) -> Iterator[Any]:
    from anifro_desktop.centre.office import open_centre

    centre = open_centre(study.centre, "C01", PASSPHRASE)
    try:
        yield centre
    finally:
        centre.close()


@contextmanager
def _open(folder: Path) -> Iterator[Site]:
    from anifro_desktop.store.clock import SystemClock

    site = unlock(folder, _PERSON.code, PASSPHRASE, SystemClock())
    try:
        yield site
    finally:
        site.close()


def _type(site: Site, data: bytes) -> None:
    from anifro_desktop.workflows.entering import enter

    enter(site, data, PASSPHRASE)


def _type_all(site: Site, files: list[bytes]) -> list[Patient]:
    """Type whole courses, saying how far it is."""
    started, typed = time.monotonic(), []
    for number, data in enumerate(files, start=1):
        typed.append(type_at(site, data))
        if number % 10 == 0 or number == len(files):
            print(
                f"Site {site.code}: {number} patients typed, {time.monotonic() - started:.0f} s", flush=True
            )
    return typed


def _first_round(study: Study, files: dict[str, list[bytes]]) -> list[Patient]:
    """Half of the patients are typed and sent; the bundle of the second site is lost on the way."""
    typed: list[Patient] = []
    for number, (code, courses_here) in enumerate(files.items()):
        with _open(study.site(code)) as site:
            typed += _type_all(site, courses_here[::2])
            _send(study, site, lose=number == 1)
    return typed


def _second_round(study: Study, files: dict[str, list[bytes]]) -> list[Patient]:
    """The rest is typed and sent; the centre misses one bundle, gets another twice, and in the end has all."""
    typed: list[Patient] = []
    for code, courses_here in files.items():
        with _open(study.site(code)) as site:
            typed += _type_all(site, courses_here[1::2])
            _send(study, site)
    _ingest(study)
    _ingest(study)
    for code in files:
        with _open(study.site(code)) as site:
            _answer(study, site)
    _ingest(study)
    for code in files:
        with _open(study.site(code)) as site:
            _answer(study, site)
    return typed


def _send(study: Study, site: Site, *, lose: bool = False) -> None:
    from anifro_desktop.workflows.sending import export

    try:
        bundle = export(site, study.stick)
    except NothingToSend:
        return
    lost = " and is lost on the way" if lose else ""
    print(
        f"Site {site.code}: bundle {bundle.seq} with {bundle.records} forms, {bundle.size} bytes, leaves{lost}"
    )
    if lose:
        (study.stick / bundle.name).unlink()


def _ingest(study: Study) -> None:
    from anifro_desktop.centre.ingesting import ingest
    from anifro_desktop.centre.receipts import write_receipts

    with _centre(study) as centre:
        outcomes = ingest(centre, [study.stick])
        write_receipts(centre, study.stick)
    tally: dict[str, int] = {}
    for outcome in outcomes:
        tally[outcome.status] = tally.get(outcome.status, 0) + 1
    print("Centre: " + ", ".join(f"{count} {status}" for status, count in sorted(tally.items())))


def _answer(study: Study, site: Site) -> None:
    from anifro_desktop.workflows.receiving import receive

    try:
        news = [receipt for receipt in receive(site, study.stick) if receipt.state == "receipt"]
    except NoReceiptHere:  # with very few patients a site has nothing to send, so nothing is answered
        return
    for receipt in news[-1:]:
        gap = f"; it misses {list(receipt.missing)}" if receipt.missing else ""
        print(f"Site {site.code}: Pisa has everything up to bundle {receipt.acked_to}{gap}")
    _send(study, site)


def _results(study: Study, lang: str) -> None:
    """The centre's table, as text and CSV, and its Stata files."""
    from anifro_desktop.centre.dataset import write_dataset
    from anifro_desktop.centre.reading import stream_subjects
    from anifro_desktop.centre.rendering import as_csv, as_text
    from anifro_desktop.centre.reporting import report
    from anifro_desktop.centre.status import differing_visits

    with _centre(study) as centre:
        written = write_dataset(study.results, stream_subjects(centre), centre.definitions, lang)
        table = report(stream_subjects(centre), differing_visits(centre))
    write_atomic(study.results / "endpoints.csv", as_csv(table).encode())
    print(f"\n{as_text(table, lang)}\n")
    for name, (rows, variables) in written.files.items():
        print(f"{study.results / name}" + (f": {rows} rows, {variables} variables" if variables else ""))


def _compare(study: Study, typed: list[Patient], plan: Cohort, lang: str) -> None:
    """The cohort beside the published ones, on the screen and as a document."""
    found = table.lines(measure(typed, plan.today))
    print(f"\n{table.as_text(found, lang, plan.patients, plan.seed)}\n")
    document = table.as_markdown(found, lang, plan.patients, plan.seed)
    write_atomic(study.results / "cohort.md", document.encode())


def _half_a_visit(site: Site) -> None:
    """One visit that is due, left half done: what the window shows first."""
    from anifro_desktop.workflows import patients, visits

    due = [row for row in patients.patients(site) if row.due is not None and row.due.state == "due"]
    if not due or due[0].due is None:
        return
    opened = visits.open_visit(site, due[0].subject, due[0].due.visit, site.today())
    typed = {"joint_method": "3", "tjc28": "3", "sjc28": "2", "active28": "2"}
    typed |= {"platelets": "84", "wbc": "4,2", "phga": "0,4"}
    changed: set[str] = set()
    for name, text in typed.items():
        changed |= opened.session.set_text(name, text).fields
    for name, value in {
        "arthritis": 1,
        "rash": 0,
        "alopecia": 0,
        "mucosal_ulcers": 0,
        "thrombocytopenia": 0,
    }.items():
        changed |= opened.session.set_value(name, value).fields
    visits.save_draft(site, opened, opened.session.entries(changed))
    site.clinical.set_place(opened.id, {"form": "sledai2k", "field": "pleurisy", "open": False})
