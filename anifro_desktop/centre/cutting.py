"""A cut of the data: the study as it stood when an analysis was locked, to be read again at any later time.

Rules kept here:
- In a cut count the bundles that were applied when it was made, and what installations said of hand-overs in these.
  What came later, amendments and tombstones too, does not change it; a record counts in its version of then.
- Of a cut through a planned visit, each subject counts up to the day on which its own window of that visit closes:
  visits and events known to be of a later day are left out, so are later planned visits of an unknown day, and nothing
  later is due. Whoever is known to have been observed longer was observed up to that day. Whose window is not known
  counts with what came, without later planned visits.
- Forms are read with the versions that were known then.
- The digest is over the rule of the cut and, sorted, each version that counts, whatever the order in which it came.
  Every walk over a cut works it out again and refuses at its end if it is another.
- A withdrawal of consent that came later is obeyed all the same: the subject is left out, or what is of a day after it,
  and it is told.

Source of the last rule: Regulation (EU) 2016/679, art. 7 and 17.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from anifro_desktop.centre import interim
from anifro_desktop.centre.assembling import Subject, Visit, subjects
from anifro_desktop.centre.consent import WITHDRAWAL, may_use, until_withdrawal, withdrawn_on
from anifro_desktop.centre.errors import CutDiffers, CutMissing, CutRefused
from anifro_desktop.centre.exposure import exposure
from anifro_desktop.centre.office import DATA_MANAGER, STATISTICIAN, Centre
from anifro_desktop.centre.planning import followups, months_of, windows
from anifro_desktop.centre.reading import arrivals, in_slices, one_subject, received
from anifro_desktop.forms.library import Library
from anifro_desktop.forms.model import Definitions
from anifro_desktop.forms.screening import screen
from anifro_desktop.store.centre_custody import StatementRow
from anifro_desktop.store.centre_cuts import CutRow
from anifro_desktop.store.centre_rows import Arrival, ReceivedRevision
from anifro_desktop.study.schedule import BASELINE

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_NOTE = 500  # characters
_RULE = "anifro-cut-v1"


def make_cut(centre: Centre, name: str, through: str = "", note: str = "") -> CutRow:
    """Freeze what was received up to now. through: a planned visit, or empty for all; note: why, for people.

    Raises:
        RoleNeeded: the person is neither data manager nor statistician.
        CutRefused: a name, visit or note that it cannot have; nothing was made.
    """
    centre.need(DATA_MANAGER, STATISTICIAN)
    if not _NAME.fullmatch(name):
        raise CutRefused("name", name)
    if through and through not in followups():
        raise CutRefused("visit", through)
    if name == interim.NAME and through != interim.THROUGH:
        raise CutRefused("interim", name)
    if len(note) > _NOTE or not note.isprintable():
        raise CutRefused("note", name)
    if any(hit.why != "too_long" for hit in screen(note).hits):
        raise CutRefused("identifying", name)
    with centre.store.transaction():
        if any(row.name == name for row in centre.store.cuts()):
            raise CutRefused("exists", name)
        applied = centre.store.bundles(state="applied")
        bundles = tuple((row.site, row.writer, row.epoch, row.seq, row.sha256) for row in applied)
        row = CutRow(name, through, note, centre.keys.user.code, "", centre.packs.digests, bundles, {})
        walk = CutWalk(centre, row)
        each = dict(walk.digests())
        return centre.store.add_cut(replace(row, subjects=each, digest=_digest(row, each)))


def cut_named(centre: Centre, name: str) -> CutRow:
    """A cut.

    Raises:
        CutMissing: there is none of that name.
    """
    found = next((row for row in centre.store.cuts() if row.name == name), None)
    if found is None:
        raise CutMissing(name)
    return found


@dataclass
class CutWalk:
    """A walk over the subjects of a cut whose data may be used, by site and code. What it says of those left out is
    whole at its end.

    excluded: codes of those of whom nothing may be used. since: of these and the others, whom a withdrawal that came
    after the cut changes.
    """

    centre: Centre
    cut: CutRow
    excluded: list[str] = field(default_factory=list)
    since: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._bundles = frozenset(one[4] for one in self.cut.bundles)
        self._statements: dict[str, list[StatementRow]] = {}
        for row in self.centre.store.statements():
            if row.bundle in self._bundles:
                self._statements.setdefault(row.subject, []).append(row)

    def __iter__(self) -> Iterator[Subject]:
        """Each subject.

        Raises:
            CutDiffers: at the end, if the store does not hold any more what the cut was made of.
        """
        packs = self._packs()
        self.excluded, self.since = [], []
        found: dict[str, str] = {}
        since = self._withdrawn_since()
        for rows, held in in_slices(self.centre, self._bundles):
            found |= _each(rows, self._statements)
            for subject in subjects(received(self.centre, rows, held), packs.current, packs):
                usable = self._usable(subject, again=subject.code in since)
                if usable is not None:
                    yield up_to(usable, self.cut.through)
        self._compare(found)

    def digests(self) -> Iterator[tuple[str, str]]:
        """What counts of each subject, as a digest by code."""
        for rows in arrivals(self.centre, self._bundles):
            yield from _each(rows, self._statements).items()

    @property
    def definitions(self) -> Definitions:
        """The forms that were current when the cut was made.

        Raises:
            CutDiffers: this program does not know them.
        """
        return self._packs().current

    def _withdrawn_since(self) -> set[str]:
        """Of whom anything about a withdrawal came after the cut."""
        rows = self.centre.store.revisions(form=WITHDRAWAL)
        return {row.revision.subject for row in rows if row.bundle not in self._bundles}

    def _usable(self, subject: Subject, *, again: bool) -> Subject | None:
        """The subject as far as its data may be used, by what is known now too; None if they may not."""
        then = until_withdrawal(subject) if may_use(subject) else None
        now = then
        standing = one_subject(self.centre, subject.code) if again else None
        if then is not None and standing is not None:
            now = _obeying(then, standing)
        if now is None:
            self.excluded.append(subject.code)
        if now != then:
            self.since.append(subject.code)
        return now

    def _packs(self) -> Library:
        packs = self.centre.packs.only(self.cut.packs)
        if packs is None:
            raise CutDiffers(self.cut.name, "forms", ())
        return packs

    def _compare(self, found: Mapping[str, str]) -> None:
        wanted = self.cut.subjects
        odd = sorted(code for code in {*wanted, *found} if wanted.get(code) != found.get(code))
        here = {(one.site, one.writer, one.epoch, one.seq, one.sha256) for one in self.centre.store.bundles()}
        lost = sorted(
            f"{one[0]}/{one[1][:8]}-{one[2]}-{one[3]}" for one in self.cut.bundles if one not in here
        )
        if odd:
            raise CutDiffers(self.cut.name, "subjects", odd)
        if lost:
            raise CutDiffers(self.cut.name, "bundles", lost)
        if _digest(self.cut, wanted) != self.cut.digest:
            raise CutDiffers(self.cut.name, "rule", ())


def up_to(subject: Subject, through: str) -> Subject:
    """A subject up to the close of its own window of a planned visit; whole where none is named."""
    if not through:
        return subject
    last = months_of(through)
    span = windows(subject.answers).get(through)
    closes = None if span is None else span.closes
    due = subject.answers.get("due_through")
    cut_short = {"due_through": last} if type(due) is int and due > last else {}
    observed = exposure(subject).end
    return replace(
        subject,
        answers={**subject.answers, **cut_short},
        visits=tuple(visit for visit in subject.visits if _counts(visit, closes, last)),
        events=tuple(event for event in subject.events if not _later(event.not_before, closes)),
        seen=None if closes is None or observed is None else min(observed, closes),
    )


def _counts(visit: Visit, closes: int | None, last: int) -> bool:
    if visit.day is None or closes is None:
        return visit.key == BASELINE or visit.key not in followups() or months_of(visit.key) <= last
    return visit.day <= closes


def _later(day: int | None, closes: int | None) -> bool:
    return day is not None and closes is not None and day > closes


def _obeying(then: Subject, standing: Subject) -> Subject | None:
    """A subject of a cut, by the withdrawals that are known now."""
    if not may_use(standing):
        return None
    day = withdrawn_on(standing)
    if day is None:
        return then
    return replace(
        then,
        visits=tuple(visit for visit in then.visits if not _later(visit.day, day)),
        events=tuple(
            event for event in then.events if event.form == WITHDRAWAL or not _later(event.not_before, day)
        ),
    )


def _each(
    rows: Iterable[ReceivedRevision | Arrival], said: Mapping[str, list[StatementRow]]
) -> dict[str, str]:
    """The digest of what counts, by subject: over each version as it came, by whom, and what was said of hand-overs."""
    lines: dict[str, list[str]] = {}
    for row in rows:
        text = hashlib.sha256(row.body.encode()).hexdigest()
        line = [text, row.digest, row.op, row.site, row.writer, row.epoch, row.bundle]
        lines.setdefault(row.subject, []).append(json.dumps(line))
    for code, some in lines.items():
        some += [json.dumps([getattr(row, name) for name in row.__slots__]) for row in said.get(code, ())]
    return {code: _hash(sorted(some)) for code, some in lines.items()}


def _digest(cut: CutRow, each: Mapping[str, str]) -> str:
    """The digest of a whole cut."""
    bundles = sorted(json.dumps(list(one)) for one in cut.bundles)
    whole = [f"{code} {digest}" for code, digest in sorted(each.items())]
    return _hash([_RULE, cut.through, *cut.packs, *bundles, *whole])


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
