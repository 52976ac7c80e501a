"""Taking rows over: each through the sessions of the window, or tried the same way and taken back.

Rules kept here:
- A trial does exactly what taking over does, inside transactions that are rolled back: what it says is what will be.
- Patient by patient, so that a window can say how far it is, go on with other work between, and stop.
- A row is one transaction, with an entry in the trail that names file (SHA-256), row and mapping. A row that is refused
  leaves nothing; after a crash the rows that were done stay done, and the next run goes on.
- What is there already is recognised by that entry, or by the record itself; nothing is ever overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from anifro_desktop.forms.model import Label
from anifro_desktop.forms.naming import entry_name
from anifro_desktop.record import value_to_json
from anifro_desktop.study.visit_keys import ENROLMENT as ENROLMENT_KEY
from anifro_desktop.study.visit_keys import HISTORY as HISTORY_KEY
from anifro_desktop.study.visit_keys import UNSCHEDULED, is_visit, kind_of
from anifro_desktop.workflows.desk import lay_out
from anifro_desktop.workflows.entering import Entered, enter_confirmed
from anifro_desktop.workflows.errors import IdentityRefused, NotYourRole, WorkflowRefusal
from anifro_desktop.workflows.importing.cells import json_of, value_of
from anifro_desktop.workflows.importing.mapping import ENROLMENT, HISTORY, VISIT, Plan
from anifro_desktop.workflows.importing.persons import Person, Persons, about_identity, about_part
from anifro_desktop.workflows.importing.stating import Line, Remark, Stated, read_row
from anifro_desktop.workflows.importing.tables import Table, check_columns
from anifro_desktop.workflows.importing.words import Said, said
from anifro_desktop.workflows.model import OpenVisit
from anifro_desktop.workflows.rehearsing import PERSON
from anifro_desktop.workflows.signing import confirm_signer
from anifro_desktop.workflows.site import ENTERING
from anifro_desktop.workflows.transcription import (
    Fault,
    FaultyVisitFile,
    Transcript,
    Typed,
    TypedEvent,
    TypedVisit,
)
from anifro_desktop.workflows.typist import in_words, quoting

if TYPE_CHECKING:
    from anifro_desktop.store.subjects import VisitRow
    from anifro_desktop.workflows.site import Site

ACT = "import"
NEW, THERE, REFUSED, NOTHING, SKIPPED = "new", "there", "refused", "nothing", "skipped"
_NOTHING_TYPED = Typed({}, {}, (), sign=False)
_NOT_IN_STUDY = ("screening", "screening_failure")


@dataclass(frozen=True, slots=True)
class Made:
    """A record that a row became, or would become. key: its own; state: `draft` or `signed`; name: for reading."""

    key: str
    state: str
    name: Label


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row. state: `new`, `there`, `refused`, `nothing` in it, or `skipped`. subject: its study code,
    for the screen; empty where there is none yet. reasons: why it was refused; notes: what a person should look at."""

    row: int
    state: str
    made: tuple[Made, ...] = ()
    reasons: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file, or what was done of it. applied: False for a trial. remarks: about the file; outcomes: by row.

    whole: False where it was given up before the last row."""

    digest: str
    applied: bool
    remarks: tuple[Said, ...]
    outcomes: tuple[Outcome, ...]
    whole: bool = True

    def count(self, state: str) -> int:
        """How many rows have a state."""
        return sum(outcome.state == state for outcome in self.outcomes)


class _Back(Exception):
    """A trial that is over: everything is taken back."""


class _RowRefused(Exception):
    """A row that is not taken over."""

    def __init__(self, reasons: Sequence[Remark]) -> None:
        super().__init__()
        self.reasons = tuple(reasons)


def take(site: Site, plan: Plan, table: Table, passphrase: str | None = None) -> Taken:
    """Take a whole table over: `begin`, then all of its patients.

    Raises:
        FaultyTable, NotYourRole, WrongPassphrase: as `begin`. CannotSave: the rows before are entered.
    """
    run = begin(site, plan, table, passphrase)
    while run.go_on():
        pass
    return run.taken()


def begin(
    site: Site, plan: Plan, table: Table, passphrase: str | None = None, person: str | None = None
) -> Import:
    """A table to be taken over by a mapping. passphrase: None tries it and changes nothing. person: as for a signature,
    since enrolments are signed.

    Raises:
        FaultyTable: its columns are not those of the mapping.
        NotYourRole, WrongSigner, WrongPassphrase, TryLater: nothing was entered.
    """
    check_columns(table, plan)
    check_role(site)
    if passphrase is not None:
        confirm_signer(site, passphrase, person)
    return Import(site, plan, table, trial=passphrase is None)


def may_import(site: Site) -> bool:
    """Whether the person may take rows over: somebody who enters answers and sees names."""
    return site.may(*ENTERING) and site.identities is not None


def check_role(site: Site) -> None:
    """See that the person may take rows over.

    Raises:
        NotYourRole: the person may not.
    """
    if not may_import(site):
        raise NotYourRole("import records", "investigator or data entry")


class Import:
    """One run over a file, patient by patient. Between two patients it may rest, or be given up: those done stay done.

    rows: of the file; done: how many of them are settled.
    """

    def __init__(self, site: Site, plan: Plan, table: Table, *, trial: bool) -> None:
        self.site, self.plan, self.table, self.trial = site, plan, table, trial
        self.rows = len(table.rows)
        self._outcomes: list[Outcome] = []
        self._before = self._entered_before()
        self._patients = self._each()

    @property
    def done(self) -> int:
        """How many rows are settled."""
        return len(self._outcomes)

    def go_on(self) -> bool:
        """The rows of the next patient; says whether more are left.

        Raises:
            CannotSave: the rows before are entered.
        """
        outcomes = next(self._patients, None)
        if outcomes is None:
            return False
        self._outcomes.extend(outcomes)
        return self.done < self.rows

    def taken(self) -> Taken:
        """What became of the rows so far, in the order of the file."""
        outcomes = sorted(self._outcomes, key=lambda outcome: outcome.row)
        whole = self.done == self.rows
        return Taken(self.table.digest, not self.trial, self.table.remarks, tuple(outcomes), whole)

    def _entered_before(self) -> dict[int, list[Mapping[str, Any]]]:
        """By row, what the trail says was entered of this very file."""
        before: dict[int, list[Mapping[str, Any]]] = {}
        for sealed in self.site.clinical.audit_entries(table="act", record=self.table.digest, field=ACT):
            detail: Any = sealed.entry.new
            before.setdefault(int(detail["row"]), []).append(detail)
        return before

    def _each(self) -> Iterator[Iterable[Outcome]]:
        """Rows of nobody, then those of each patient."""
        groups: dict[str, list[Line]] = {}
        nobody: list[Outcome] = []
        for line in (read_row(self.plan, row, len(self.table.columns)) for row in self.table.rows):
            if line.key:
                groups.setdefault(line.key, []).append(line)
            else:
                nobody.append(_settled(line) or Outcome(line.row.number, NOTHING))
        yield nobody
        entered = {row: str(told[-1]["subject"]) for row, told in self._before.items()}
        persons = Persons(self.site, self.plan, entered)
        for key, lines in groups.items():
            yield self._patient(persons.of(key, lines), lines)

    def _patient(self, person: Person, lines: list[Line]) -> Iterator[Outcome]:
        """The rows of one patient, in the order in which a person would type them."""
        waiting = []
        for line in sorted(lines, key=lambda line: line.order):
            done = _settled(line)
            if done is None and person.faults:
                done = Outcome(line.row.number, REFUSED, reasons=tuple(person.faults))
            if done is None:
                waiting.append(line)
            else:
                yield done
        yield from self._try(person, waiting) if self.trial else self._enter(person, waiting)

    def _enter(self, person: Person, lines: list[Line]) -> Iterator[Outcome]:
        code = person.code
        for line in lines:
            try:
                outcome = self._row(person, code, line)
            except _RowRefused as refused:
                outcome = Outcome(line.row.number, REFUSED, reasons=refused.reasons, subject=code or "")
            code = outcome.subject or code
            yield outcome

    def _try(self, person: Person, lines: list[Line]) -> Iterator[Outcome]:
        """As `_enter`, and all of it taken back. A refused row spoils the transaction, so the others start again."""
        refused: dict[int, Outcome] = {}
        kept: list[Outcome] = []
        while True:
            kept, current = [], 0
            code = person.code
            try:
                with self.site.clinical.transaction():
                    for line in (line for line in lines if line.row.number not in refused):
                        current = line.row.number
                        kept.append(self._row(person, code, line))
                        code = kept[-1].subject or code
                    raise _Back
            except _RowRefused as stopped:
                refused[current] = Outcome(
                    current, REFUSED, reasons=stopped.reasons, subject=person.code or ""
                )
            except _Back:
                break
        for outcome in (*kept, *refused.values()):
            yield outcome if person.code else replace(outcome, subject="")  # its code was taken back too

    # One row

    def _row(self, person: Person, code: str | None, line: Line) -> Outcome:
        """Enter what of a row is not there yet.

        Raises:
            _RowRefused: nothing of it was entered.
        """
        row = line.row.number
        notes: list[Remark] = []
        fresh = [one for one in line.records if code is None or not self._is_there(code, line, one, notes)]
        if not fresh:
            return Outcome(row, THERE, notes=tuple(notes), subject=code or "")
        notes += [*line.notes, *(person.notes if code is None else ())]
        transcript = self._transcript(person, code, line, fresh)
        from anifro_desktop.store.errors import NotDraft

        try:
            with self.site.clinical.transaction():
                entered = enter_confirmed(
                    self.site,
                    transcript,
                    lambda opened: notes.extend(self._heard(opened, line, fresh)),
                    trial=self.trial,
                )
                made = _keys(code, fresh, entered)
                detail: Any = {
                    "row": row,
                    "mapping": self.plan.digest,
                    "subject": entered.subject,
                    "records": {tag: one.key for tag, one in self._made(made).items()},
                }
                self.site.clinical.log(ACT, self.table.digest, detail)
        except FaultyVisitFile as faulty:
            raise _RowRefused([self._refused(line, one) for one in faulty.told]) from None
        except IdentityRefused as refusal:
            raise _RowRefused([about_identity(self.plan, [line], refusal)]) from None
        except (WorkflowRefusal, NotDraft) as refusal:
            words = Label(str(refusal), str(refusal))
            raise _RowRefused([Remark(said("row_refusal", text=words), refusal=refusal)]) from None
        return Outcome(
            row, NEW, tuple(self._made(made).values()), notes=tuple(notes), subject=entered.subject
        )

    def _refused(self, line: Line, fault: Fault) -> Remark:
        if fault.where is PERSON:
            what = said("row_identity_refused", text=fault.words)
            return about_part(self.plan, [line], fault.field, what)
        return _told(line, fault.field, fault.words, fault.quoting)

    def _made(self, made: Mapping[str, tuple[str, str]]) -> dict[str, Made]:
        return {
            tag: Made(key, state, entry_name(self.site.definitions, key))
            for tag, (key, state) in made.items()
        }

    def _transcript(self, person: Person, code: str | None, line: Line, fresh: list[Stated]) -> Transcript:
        """What is new of a row as a visit file would have it."""
        enrolment = next((stated for stated in fresh if stated.block.form == ENROLMENT), None)
        if code is None and enrolment is None:
            raise _RowRefused([Remark(said("row_not_enrolled"))])
        if enrolment is not None and not isinstance(enrolment.answers.get("enrolment_date"), str):
            raise _RowRefused([line.about("enrolment_date", said("row_no_enrolment_date"))])
        if code is not None and self.site.clinical.subject(code).status in _NOT_IN_STUDY:
            raise _RowRefused([Remark(said("row_screening"))])
        history = next((stated for stated in fresh if stated.block.form == HISTORY), None)
        typed = {stated.tag: self._typed(line, stated) for stated in fresh}
        return Transcript(
            code,
            person.identity if code is None else None,
            _NOTHING_TYPED if enrolment is None else replace(typed[enrolment.tag], sign=True),
            None if history is None else typed[history.tag],
            tuple(TypedEvent(stated.block.form, typed[stated.tag]) for stated in _events(fresh)),
            tuple(
                TypedVisit(stated.visit or None, stated.on or date.min, typed[stated.tag])
                for stated in _visits(fresh)
            ),
            person.another,
        )

    def _typed(self, line: Line, stated: Stated) -> Typed:
        block = stated.block
        source = f"sha256:{self.table.digest} row {line.row.number}"
        return Typed(stated.answers, {}, block.absent, block.sign, block.suggested, source)

    def _heard(self, opened: OpenVisit, line: Line, fresh: list[Stated]) -> Iterator[Remark]:
        """What a session has to say once it is typed.

        Raises:
            _RowRefused: something that the window would refuse too.
        """
        session = opened.session
        problems = session.problems()
        hard = [item for item in problems if item.severity == "hard"]
        if hard:
            raise _RowRefused([_told(line, item.field, in_words(session, item)) for item in hard])
        enrolling = opened.key == ENROLMENT_KEY and len(fresh) > 1
        if enrolling and self.site.clinical.subject(opened.subject).status in _NOT_IN_STUDY:
            raise _RowRefused([Remark(said("row_screening"))])
        for item in problems:
            if not item.settled:
                yield _told(line, item.field, in_words(session, item), quoting(item))

    # What is there already

    def _is_there(self, code: str, line: Line, stated: Stated, notes: list[Remark]) -> bool:
        """Whether a record was entered before, by this row or otherwise, with the same answers. What was entered by
        this row stays as people have left it since, be it as a mistake.

        Raises:
            _RowRefused: it is there and says something else.
        """
        rows = {row.key: row for row in self.site.clinical.entries(code)}
        for told in self._before.get(line.row.number, ()):
            key = told["records"].get(stated.tag)
            if key is not None and told["mapping"] == self.plan.digest:
                if key not in rows:
                    notes.append(Remark(said("row_mistake", record=self._name(key))))
                return True
        candidates = list(self._candidates(rows, stated))
        differing = [self._differences(row, stated) for row in candidates]
        if any(not names for names in differing):
            return True
        if not differing:
            return False
        names = ", ".join(differing[0])
        raise _RowRefused([Remark(said("row_differs", record=self._name(candidates[0].key), fields=names))])

    def _name(self, key: str) -> Label:
        return entry_name(self.site.definitions, key)

    def _candidates(self, rows: Mapping[str, VisitRow], stated: Stated) -> Iterator[VisitRow]:
        """The records that could be the one stated: its key, the visit of its day, or an event of its day and name."""
        form = stated.block.form
        if form in (ENROLMENT, HISTORY):
            key = ENROLMENT_KEY if form == ENROLMENT else HISTORY_KEY
            yield from (rows[key],) if key in rows else ()
        elif form != VISIT:
            yield from (row for row in rows.values() if self._is_event_of(row, stated))
        elif stated.visit in ("", UNSCHEDULED):
            same_day = (row for row in rows.values() if is_visit(row.key) and row.date == stated.on)
            yield from (row for row in same_day if stated.visit in ("", kind_of(row.key)))
        elif stated.visit in rows:
            yield rows[stated.visit]

    def _is_event_of(self, row: VisitRow, stated: Stated) -> bool:
        form = self.site.definitions.form(stated.block.form)
        if row.key.partition("-")[0] != form.prefix:
            return False
        names = [name for name in (form.dated, form.title) if name in stated.answers]
        if form.dated not in names:
            return not self._differences(row, stated)
        return not set(names) & set(self._differences(row, stated))

    def _differences(self, row: VisitRow, stated: Stated) -> list[str]:
        """The fields in which a record says something else than the row, or nothing."""
        held = lay_out(self.site, row).answers
        fields = self.site.definitions.fields
        names = [] if stated.on in (None, row.date) else ["visit_date"]
        for name, given in stated.answers.items():
            value = value_of(fields[name], given)
            if value is None or name not in held or json_of(fields[name], value) != value_to_json(held[name]):
                names.append(name)
        return names


def _settled(line: Line) -> Outcome | None:
    """What became of a row about which nothing has to be asked of the site."""
    if line.skipped:
        return Outcome(line.row.number, SKIPPED)
    if line.faults:
        return Outcome(line.row.number, REFUSED, reasons=line.faults)
    return None if line.records else Outcome(line.row.number, NOTHING)


def _told(line: Line, name: str, words: Label, quotes: bool = False) -> Remark:
    return line.about(name, said("row_contradiction" if quotes else "row_problem", text=words))


def _events(fresh: list[Stated]) -> list[Stated]:
    return [stated for stated in fresh if stated.block.form not in (ENROLMENT, HISTORY, VISIT)]


def _visits(fresh: list[Stated]) -> list[Stated]:
    found = [stated for stated in fresh if stated.block.form == VISIT]
    return sorted(found, key=lambda stated: stated.on or date.min)


def _keys(code: str | None, fresh: list[Stated], entered: Entered) -> dict[str, tuple[str, str]]:
    """By tag, under which key each record stands and in which state."""
    made: dict[str, tuple[str, str]] = {}
    typed = [stated for stated in fresh if stated.block.form == HISTORY]
    typed += [*_events(fresh), *_visits(fresh)]
    for stated in fresh:
        if code is None and stated.block.form == ENROLMENT:
            made[stated.tag] = (ENROLMENT_KEY, "signed")
    for stated, one in zip(typed, (*entered.before, *entered.visits), strict=True):
        made[stated.tag] = (one.visit, one.state)
    return made
