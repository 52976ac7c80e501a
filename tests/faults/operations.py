"""What is done to a site while a fault strikes: one small function for each operation.

To add one: write a function that takes a `Stage`, prepares everything and returns an act; the act does the operation
and yields a fact of `stage.HOLDS` each time something may be called done. Mark it with `@operation`; calling the act
again is the user's second try. With `keys=True` the keys of the databases are tried one by one afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from stage import (
    MISTYPED,
    MONTH_6,
    OTHER_PASSPHRASE,
    REMOVED,
    Fact,
    Stage,
    later,
    lettered,
    opened,
    put_into_the_safe,
    the_keys,
)
from study_parts import DAY_0, PASSPHRASE, PERSON, Pisa, make_site, opened_site, setup, someone

from anifro_desktop.store import vault
from anifro_desktop.store.errors import Conflict, UnknownUser, VaultExists, WrongPassphrase
from anifro_desktop.workflows import backups, erasing, patients, people, receiving, restoring, sending, visits
from anifro_desktop.workflows.archive import making
from anifro_desktop.workflows.archive.model import Item, Paper
from anifro_desktop.workflows.exchange_errors import NothingToSend
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.importing.loading import read_plan
from anifro_desktop.workflows.importing.tables import read_table
from anifro_desktop.workflows.importing.taking import begin
from anifro_desktop.workflows.model import OpenVisit, Place
from anifro_desktop.workflows.site import Site

OLD_SPREADSHEET = Path(__file__).parents[2] / "docs" / "import" / "spreadsheet.csv"
Act = Callable[[], Iterator[Fact]]
Prepare = Callable[[Stage], Act]


@dataclass(frozen=True, slots=True)
class Operation:
    """keys: the key file or keys change."""

    name: str
    prepare: Prepare
    keys: bool


OPERATIONS: dict[str, Operation] = {}


def operation(*, keys: bool = False) -> Callable[[Prepare], Prepare]:
    """Put a function into the list of operations."""

    def add(prepare: Prepare) -> Prepare:
        OPERATIONS[prepare.__name__] = Operation(prepare.__name__, prepare, keys)
        return prepare

    return add


def _visit(site: Site, stage: Stage, who: str, key: str, on: date) -> OpenVisit:
    return visits.open_visit(site, stage.codes[who], key, on)


def _save(site: Site, visit: OpenVisit, field: str, text: str) -> Fact:
    visit.session.set_text(field, text)
    form = visit.session.definitions.fields[field].form
    visits.save_draft(
        site, visit, visit.session.entries({field}), Place(visit.subject, visit.key, form, field)
    )
    return ["draft", visit.id, field, text]


@operation()
def save_draft(stage: Stage) -> Act:
    site = opened(stage)
    visit = _visit(site, stage, "open", "m06", MONTH_6)

    def act() -> Iterator[Fact]:
        yield _save(site, visit, "temperature_c", "37.4")

    return act


@operation()
def autosave_burst(stage: Stage) -> Act:
    site = opened(stage)
    visit = _visit(site, stage, "open", "m06", MONTH_6)

    def act() -> Iterator[Fact]:
        texts = [f"37.{number}" for number in range(1, 10)]
        for number, text in enumerate(texts):
            fact = _save(site, visit, "temperature_c", text)
            yield [*fact, *texts[number + 1 :]]  # what was on its way may have arrived too

    return act


@operation()
def identity(stage: Stage) -> Act:
    site = opened(stage)
    subject = stage.codes["open"]

    def act() -> Iterator[Fact]:
        patients.save_identity(site, subject, someone(77))
        yield ["identity", subject, "Sintetica-077"]

    return act


@operation()
def complete(stage: Stage) -> Act:
    site = opened(stage)
    visit = _visit(site, stage, "open", "m06", MONTH_6)

    def act() -> Iterator[Fact]:
        visits.complete(site, visit)
        yield ["state", visit.id, "complete"]

    return act


@operation()
def sign(stage: Stage) -> Act:
    site = opened(stage)
    visit = _visit(site, stage, "completed", "baseline", DAY_0)

    def act() -> Iterator[Fact]:
        visits.sign_confirmed(site, visit, "responsible")
        yield ["state", visit.id, "signed"]

    return act


@operation()
def export(stage: Stage) -> Act:
    site = opened(stage)

    def act() -> Iterator[Fact]:
        try:
            sent = sending.export(site, stage.stick)
        except NothingToSend:  # the try before got that far
            sent = sending.sent(site)[-1]
        yield ["sent", sent.name, sent.seq]

    return act


@operation()
def receive(stage: Stage) -> Act:
    site = opened(stage)

    def act() -> Iterator[Fact]:
        receiving.receive(site, stage.inbox)
        yield ["received", 1]

    return act


@operation(keys=True)
def change_passphrase(stage: Stage) -> Act:
    site = opened(stage)

    def act() -> Iterator[Fact]:
        try:
            people.change_passphrase(site, PASSPHRASE, OTHER_PASSPHRASE, cost=vault.FLOOR)
        except WrongPassphrase:  # the try before got that far
            vault.open_vault(site.folder, PERSON.code, OTHER_PASSPHRASE)
        yield ["opens", PERSON.code, OTHER_PASSPHRASE]

    return act


@operation(keys=True)
def add_person(stage: Stage) -> Act:
    site = opened(stage)
    person = Person("U07", "Persona di Prova", ("investigator",))

    def act() -> Iterator[Fact]:
        try:
            people.add(site, person, PASSPHRASE, temporary=False, cost=vault.FLOOR)
        except Conflict:  # the try before got that far
            people.member(site, person.code)
        yield ["opens", person.code, PASSPHRASE]

    return act


@operation(keys=True)
def remove_person(stage: Stage) -> Act:
    site = opened(stage)

    def act() -> Iterator[Fact]:
        try:
            people.remove(site, REMOVED, "left the hospital")
        except UnknownUser:  # the try before got that far: the keys are gone on with
            people.go_on_renewing(site)
        yield ["removed", REMOVED]

    return act


@operation(keys=True)
def renew_keys(stage: Stage) -> Act:
    site = opened(stage)

    def act() -> Iterator[Fact]:
        people.renew_keys(site, "a passphrase is in wrong hands")
        yield ["opens", PERSON.code, PASSPHRASE]

    return act


@operation(keys=True)
def sheet(stage: Stage) -> Act:
    site = opened(stage)

    def act() -> Iterator[Fact]:
        made = people.make_sheet(site)
        yield ["on_paper", made.number, lettered(made)]
        people.sheet_shown(site, made.number)
        yield ["opens", PERSON.code, PASSPHRASE]

    return act


@operation(keys=True)
def new_sheet(stage: Stage) -> Act:
    """One that takes the place of another, which lies in the safe."""
    site = opened(stage)
    put_into_the_safe(stage, site)

    def act() -> Iterator[Fact]:
        made = people.make_sheet(site)
        yield ["on_paper", made.number, lettered(made)]
        people.sheet_shown(site, made.number)
        yield ["sheet_in_force", made.number]

    return act


@operation(keys=True)
def recover(stage: Stage) -> Act:
    site = opened(stage)
    put_into_the_safe(stage, site)
    site.close()

    def act() -> Iterator[Fact]:
        typed = stage.safe.read_text(encoding="utf-8")
        people.recover(stage.site, typed, PERSON.code, OTHER_PASSPHRASE, later(), cost=vault.FLOOR)
        yield ["recovered", PERSON.code, OTHER_PASSPHRASE]

    return act


@operation()
def backup(stage: Stage) -> Act:
    site = opened(stage)

    def act() -> Iterator[Fact]:
        yield ["backup", backups.make(site).name]

    return act


@operation()
def restore(stage: Stage) -> Act:
    def act() -> Iterator[Fact]:
        clock: Any = later()
        done = restoring.restore(stage.site, stage.backup, clock, user=PERSON.code, passphrase=PASSPHRASE)
        yield ["epoch", done.epoch]

    return act


@operation(keys=True)
def make_new(stage: Stage) -> Act:
    """A new site, where the old one's folder was put aside."""
    stage.site.rename(stage.root / "old")
    pisa = Pisa()

    def act() -> Iterator[Fact]:
        try:
            make_site(stage.site, setup(pisa.keyset, pisa.fingerprint), later())
        except VaultExists:  # the try before got that far
            the_keys(stage.site)
        yield ["opens", PERSON.code, PASSPHRASE]

    return act


@operation()
def erase_identity(stage: Stage) -> Act:
    site = opened(stage)
    subject = stage.codes["open"]
    patients.save_identity(site, subject, someone(78))

    def act() -> Iterator[Fact]:
        erasing.erase_identity(site, subject, "typed by mistake", PASSPHRASE, former_only=True)
        yield ["identity", subject, "Sintetica-078"]

    return act


@operation()
def erase_text(stage: Stage) -> Act:
    site = opened(stage)
    visit = _visit(site, stage, "open", "m06", MONTH_6)
    _save(site, visit, "summary_comment", f"seen with {MISTYPED}")
    _save(site, visit, "summary_comment", "seen alone")

    def act() -> Iterator[Fact]:
        where = (visit.subject, "m06", "summary_comment")
        erasing.erase_text(site, *where, "typed by mistake", PASSPHRASE)
        yield ["erased", MISTYPED]

    return act


@operation()
def erase_reason(stage: Stage) -> Act:
    site = opened(stage)
    visit = _visit(site, stage, "completed", "baseline", DAY_0)
    visits.amend(site, visit, 2, f"told by {MISTYPED}")
    _save(site, visit, "temperature_c", "37.5")
    visits.complete(site, visit)
    (number, *_) = [one.entry.seq for one in site.clinical.audit_entries() if MISTYPED in one.entry.reason]

    def act() -> Iterator[Fact]:
        erasing.erase_reason(site, number, "typed by mistake", PASSPHRASE)
        yield ["erased", MISTYPED]

    return act


@operation()
def take_over(stage: Stage) -> Act:
    """An old spreadsheet with two patients."""
    site = opened(stage)
    plan = read_plan(OLD_SPREADSHEET.with_suffix(".toml").read_bytes(), site.definitions)
    table = read_table(OLD_SPREADSHEET.read_bytes(), plan.layout)

    def act() -> Iterator[Fact]:
        run = begin(site, plan, table, PASSPHRASE)
        going = True
        while going:
            going = run.go_on()
            yield ["taken_over", [one.subject for one in run.taken().outcomes if one.subject]]

    return act


def _typed(_: Paper, items: Iterable[Item]) -> bytes:
    """A paper without its typesetting, which needs a screen."""
    return "\n".join(map(repr, items)).encode()


@operation()
def archive(stage: Stage) -> Act:
    clock = later()
    site = opened_site(stage.site, clock)

    def act() -> Iterator[Fact]:
        clock.forward(seconds=1)  # an archive has its time for a name
        yield ["archived", making.archive(site, stage.archives, "it", _typed).folder.name]

    return act


@operation()
def close(stage: Stage) -> Act:
    site = opened(stage)
    visit = _visit(site, stage, "open", "m06", MONTH_6)
    fact = _save(site, visit, "temperature_c", "36.1")

    def act() -> Iterator[Fact]:
        yield fact
        site.close()
        yield ["closed"]

    return act
