"""The state machine: three sites and a centre do whatever they can in any order, and the post does its worst.

Bundles and answers are lost, repeated, late, out of order and altered; backups of sites and of the centre are put back;
the copy of a site goes on beside it; patients are asked about and move. What must hold is looked at after each step,
and at the end, when the post works, everybody knows that the centre has everything (`exchange_end`).
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import exchange_end
from exchange import SITES, Desk, Letter, Parcel, begun
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.strategies import booleans, integers, lists, sampled_from
from study_parts import DAY_0, PASSPHRASE, enrol, someone, type_in
from whole_study import Study

from anifro_desktop.centre import querying
from anifro_desktop.centre.errors import AskedAlready, QueryNotRaised
from anifro_desktop.store.subjects import VisitRow
from anifro_desktop.sync.names import parse_name
from anifro_desktop.thread import ANSWERED, OPEN, Thread
from anifro_desktop.workflows import mistakes, queries, sending, transfer, visits
from anifro_desktop.workflows.exchange_errors import NothingToSend, SendingLocked

# Most of what goes wrong needs several acts at one site, and what the others do costs time.
SITE, PICK = sampled_from((SITES[0], SITES[0], SITES[0], SITES[1])), integers(0, 9)
OTHER = sampled_from(SITES[1:])
LOST, ONCE, TWICE = 0, 1, 2
FATE = sampled_from((ONCE, LOST, TWICE))
PHGA = integers(0, 29)
_MOST_PATIENTS = 6


class Exchange(RuleBasedStateMachine):
    """Everybody's acts. A choice is a place in a list, counted on from its beginning, so that it means the same in
    every run whatever the codes and keys are."""

    template: ClassVar[Study]
    patients: ClassVar[list[str]]
    happened: ClassVar[Counter[str]] = Counter()

    @initialize(seed=integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="exchange-", dir=self.template.root.parent))
        self.chance = random.Random(seed)  # in which order all that is left comes at the end
        self.world = begun(self.template.copy(self.home / "study"), self.patients)

    # At a site

    @rule(code=SITE, copy=booleans(), pick=PICK, phga=PHGA, rash=booleans(), sign=booleans())
    def write(self, code: str, copy: bool, pick: int, phga: int, rash: bool, sign: bool) -> None:
        desk = self.world.desk(code, copy)
        kept = self.kept(desk)
        if kept:
            self.world.happened["visits"] += 1
            on = DAY_0 + timedelta(days=self.world.happened["visits"])
            visit = visits.open_visit(desk.site, kept[pick % len(kept)], "unscheduled", on)
            self.fill(desk, visit, phga, rash, sign)

    @precondition(lambda self: len(self.world.patients) < _MOST_PATIENTS)
    @rule(code=SITE)
    def enrol(self, code: str) -> None:
        number = len(self.world.patients)
        self.world.patients.append(enrol(self.world.desks[code].site, someone(number)))

    @rule(code=SITE, copy=booleans(), pick=PICK, phga=PHGA, rash=booleans(), sign=booleans())
    def amend(self, code: str, copy: bool, pick: int, phga: int, rash: bool, sign: bool) -> None:
        desk = self.world.desk(code, copy)
        if row := self.visit(desk, pick):
            visit = visits.open_visit(desk.site, row.subject, row.key, DAY_0)
            visits.amend(desk.site, visit, 1)
            self.fill(desk, visit, phga, rash, sign)
            self.world.happened["amendments"] += 1

    @rule(code=SITE, copy=booleans(), pick=PICK)
    def void(self, code: str, copy: bool, pick: int) -> None:
        desk = self.world.desk(code, copy)
        if row := self.visit(desk, pick):
            mistakes.void(desk.site, row.subject, row.key, 1, "", PASSPHRASE)
            self.world.happened["mistakes"] += 1

    @rule(code=SITE, copy=booleans(), fate=FATE)
    def send(self, code: str, copy: bool, fate: int) -> None:
        desk = self.world.desk(code, copy)
        with suppress(NothingToSend, SendingLocked):
            self.post(self.world.send(desk, lambda folder: sending.export(desk.site, folder)), fate)

    @rule(code=SITE, copy=booleans(), pick=PICK, fate=FATE)
    def send_again(self, code: str, copy: bool, pick: int, fate: int) -> None:
        desk = self.world.desk(code, copy)
        if last := desk.site.clinical.next_position().seq - 1:
            seq = 1 + pick % last
            self.post(self.world.send(desk, lambda folder: sending.resend(desk.site, seq, folder)), fate)

    @precondition(lambda self: any(self.world.answers.values()))
    @rule(code=SITE, copy=booleans(), pick=PICK, again=booleans(), anew=booleans())
    def hear(self, code: str, copy: bool, pick: int, again: bool, anew: bool) -> None:
        if not self.world.answers[code]:
            code = next(one for one, letters in self.world.answers.items() if letters)
        waiting, desk = self.world.answers[code], self.world.desk(code, copy)
        letter = waiting[pick % len(waiting)] if again else waiting.pop(pick % len(waiting))
        if not self.world.hear(desk, letter) and anew:
            self.start_anew(desk)

    @rule(code=SITE, copy=booleans(), pick=PICK, back=booleans())
    def answer(self, code: str, copy: bool, pick: int, back: bool) -> None:
        desk = self.world.desk(code, copy)
        kept = self.kept(desk)
        asked = [
            one for one in desk.site.clinical.threads() if one.state == OPEN and one.query.subject in kept
        ]
        if asked:
            asked.sort(key=self.place)
            does = queries.ask_back if back else queries.answer
            does(desk.site, asked[pick % len(asked)].query.id, "Ricontrollato.")
            self.world.happened["answers"] += 1

    @rule(code=SITE, copy=booleans(), phga=PHGA)
    def have_an_ordinary_day(self, code: str, copy: bool, phga: int) -> None:
        """A visit is written, sent and taken in, and the answer heard."""
        desk = self.world.desk(code, copy)
        self.take_in(self.day(desk, phga))
        self.exchange_answers(desk)

    @rule(code=SITE, copy=booleans(), phga=PHGA, back=booleans())
    def be_asked(self, code: str, copy: bool, phga: int, back: bool) -> None:
        """A day's work is asked about, and the question answered and the answer sent."""
        desk = self.world.desk(code, copy)
        self.take_in(self.day(desk, phga))
        self.ask(pick=9)
        self.exchange_answers(desk)
        self.answer(code=code, copy=copy, pick=0, back=back)
        self.take_in(self.sent(desk))

    @rule(code=SITE, phga=PHGA, kept=booleans())
    def be_overtaken(self, code: str, phga: int, kept: bool) -> None:
        """Two bundles, of which the second is the first to arrive; the other comes at once or is still on its way."""
        desk = self.world.desks[code]
        first, second = self.day(desk, phga), self.day(desk, phga + 1)
        self.take_in(second)
        if kept:
            self.post(first, ONCE)
        else:
            self.take_in(first)

    # Patients who move

    @rule(code=SITE, to=OTHER, pick=PICK)
    def hand_over(self, code: str, to: str, pick: int) -> None:
        old, new, kept = self.world.desks[code], self.world.desks[to], self.kept(self.world.desks[code])
        if code == to or not kept:
            return
        card, fingerprint = transfer.card_of(new.site), new.site.card().fingerprint
        subject, folder = kept[pick % len(kept)], self.world.folder()
        try:
            made = transfer.hand_over(old.site, subject, card, fingerprint, folder, PASSPHRASE)
        except SendingLocked:
            return
        self.world.note(old)
        letter = Letter(made.name, (folder / made.name).read_bytes())
        self.world.parcels.append(Parcel(to, letter, transfer.card_of(old.site), made.fingerprint))
        self.world.happened["patients handed over"] += 1

    @precondition(lambda self: self.world.parcels)
    @rule(pick=PICK)
    def take_over(self, pick: int) -> None:
        """A file may be used twice, and is refused the second time."""
        exchange_end.take_over(self.world, self.world.parcels[pick % len(self.world.parcels)])

    # The post and the centre

    @precondition(lambda self: self.world.bundles)
    @rule(picks=lists(PICK, min_size=1, max_size=4))
    def arrive(self, picks: list[int]) -> None:
        waiting = self.world.bundles
        letters = [waiting.pop(pick % len(waiting)) for pick in picks if waiting]
        self.world.ingest(letters)

    @precondition(lambda self: self.world.bundles)
    @rule(pick=PICK, place=integers(0, 2**16), bit=integers(0, 7))
    def arrive_altered(self, pick: int, place: int, bit: int) -> None:
        letter = self.world.bundles[pick % len(self.world.bundles)]
        data = bytearray(letter.data)
        data[place % len(data)] ^= 1 << bit
        before = self.world.centre.store.audit_head()
        (outcome,) = self.world.ingest([Letter(letter.name, bytes(data))])
        assert outcome.status == "refused"
        assert self.world.centre.store.audit_head() == before

    @rule(fate=FATE)
    def reply(self, fate: int) -> None:
        for letter in self.world.reply():
            self.world.answers[parse_name(letter.name).site] += [letter] * fate

    @rule(pick=PICK)
    def ask(self, pick: int) -> None:
        found = {
            (self.world.patients.index(one.revision.subject), one.revision.visit)
            for one in self.world.centre.store.revisions()
            if "phga" in one.revision.values
        }
        if found:
            place, visit = sorted(found)[pick % len(found)]
            asked = querying.Question(self.world.patients[place], "È giusto?", visit=visit, field="phga")
            with suppress(AskedAlready, QueryNotRaised):
                querying.raise_query(self.world.centre, asked)
                self.world.happened["questions"] += 1

    @rule(pick=PICK, close=booleans())
    def judge(self, pick: int, close: bool) -> None:
        found = [one for one in querying.threads(self.world.centre) if one.state == ANSWERED]
        if found:
            found.sort(key=self.place)
            query = found[pick % len(found)].query.id
            if close:
                querying.close(self.world.centre, query, "Va bene.")
            else:
                querying.ask_again(self.world.centre, query, "Davvero?")

    # What goes wrong with computers

    @precondition(lambda self: self.world.news["centre, to be restarted"])
    @rule()
    def restart_the_centre(self) -> None:
        self.world.restart_centre()

    @rule(code=SITE, phga=PHGA, backup=booleans(), ask=booleans(), told=booleans())
    def restore_the_centre(self, code: str, phga: int, backup: bool, ask: bool, told: bool) -> None:
        """From its backup, after a day that only the site remembers, and perhaps a question. told: the site hears so at
        once."""
        if backup or "centre" not in self.world.aside:
            self.world.back_up_centre()
        if ask:
            self.ask(pick=0)
        self.have_an_ordinary_day(code=code, copy=False, phga=phga)
        self.world.restore_centre()
        self.world.happened["backups of the centre put back"] += 1
        if told:
            self.exchange_answers(self.world.desks[code])

    @rule(code=SITE, phga=PHGA)
    def restore_a_site(self, code: str, phga: int) -> None:
        """From its backup, after a day that only the centre remembers."""
        self.aside(code)
        self.have_an_ordinary_day(code=code, copy=False, phga=phga)
        self.world.restore_site(code)
        self.world.happened["backups of sites put back"] += 1

    @rule(code=SITE, phga=PHGA, older=booleans(), goes_on=booleans())
    def fall_back(self, code: str, phga: int, older: bool, goes_on: bool) -> None:
        """After a day's work that was sent, a copy from before it takes the folder's place, and perhaps goes on."""
        if not older or code not in self.world.aside:
            self.world.put_aside(code)
        self.have_an_ordinary_day(code=code, copy=False, phga=phga)
        self.world.fall_back(code)
        self.world.happened["old copies gone on with"] += 1
        if goes_on:
            self.take_in(self.day(self.world.desks[code], phga + 1))

    @rule(code=SITE, phga=PHGA, original_first=booleans())
    def fork(self, code: str, phga: int, original_first: bool) -> None:
        """A copy goes on beside the site, at once or an older one; both send, one after the other."""
        self.aside(code)
        if code not in self.world.copies:
            self.world.fork(code)
            self.world.happened["copies gone on beside"] += 1
        some = [self.day(self.world.desk(code, copy), phga + copy) for copy in (False, True)]
        for letters in some if original_first else reversed(some):
            self.take_in(letters)

    @precondition(lambda self: self.world.copies)
    @rule(code=SITE)
    def end_a_fork(self, code: str) -> None:
        if code in self.world.copies:
            self.world.end_fork(code)

    # What must hold

    @invariant()
    def the_centre_has_once_what_a_site_wrote(self) -> None:
        if hasattr(self, "world"):
            exchange_end.check_centre(self.world)

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        try:
            if (
                sys.exc_info()[0] is None
            ):  # else what failed is known, or this example is not to be played to its end
                exchange_end.settle(self.world, self.chance)
                exchange_end.check(self.world, self.template.copy(self.home / "straight"))
                Exchange.happened += self.world.happened + Counter(examples=1)
        finally:
            self.world.close()
            shutil.rmtree(self.home)

    # Helpers

    def sent(self, desk: Desk) -> list[Letter]:
        """What a desk sends now, if it may and there is something."""
        with suppress(NothingToSend, SendingLocked):
            return self.world.send(desk, lambda folder: sending.export(desk.site, folder))
        return []

    def day(self, desk: Desk, phga: int) -> list[Letter]:
        """A visit is written, and sent if that may be."""
        kept = self.kept(desk)
        if kept:
            self.world.happened["visits"] += 1
            on = DAY_0 + timedelta(days=self.world.happened["visits"])
            self.fill(desk, visits.open_visit(desk.site, kept[0], "unscheduled", on), phga, False, True)
        return self.sent(desk)

    def take_in(self, letters: list[Letter]) -> None:
        """The centre takes in what came on the straight way."""
        self.world.ingest(letters)
        exchange_end.check_centre(self.world)  # what went wrong now may be mended later in the same step

    def exchange_answers(self, desk: Desk) -> None:
        """The centre answers; a desk reads what is for its site, and learns if it is an old copy; the rest waits."""
        locked = bool(desk.site.clinical.sending_locked())
        for letter in self.world.reply():
            to = parse_name(letter.name).site
            if to != desk.code:
                self.world.answers[to].append(letter)
            elif not self.world.hear(desk, letter):
                locked = True
        if not locked:
            assert not exchange_end.overtaken(self.world, desk), "an old copy was not told that it is one"
            assert not exchange_end.lost(self.world, desk), "what the centre lost is not sent again"

    def post(self, letters: list[Letter], fate: int) -> None:
        self.world.bundles += letters * fate
        self.world.happened["bundles lost" if fate == LOST else "bundles sent"] += len(letters)

    def aside(self, code: str) -> bool:
        """Whether something of a site was put aside before; if not, it is now."""
        before = code in self.world.aside
        if not before:
            self.world.put_aside(code)
        return before

    def kept(self, desk: Desk) -> list[str]:
        """The patients that a desk goes on with."""
        here = {row.code for row in desk.site.clinical.subjects() if row.status == "enrolled"}
        return [code for code in self.world.patients if code in here]

    def place(self, thread: Thread) -> tuple[int, str, str]:
        """What questions are sorted by."""
        query = thread.query
        return self.world.patients.index(query.subject), query.visit, min(act.at for act in thread.acts)

    def visit(self, desk: Desk, pick: int) -> VisitRow | None:
        """A visit that was completed, of a patient whom a desk goes on with."""
        kept = self.kept(desk)
        rows = [
            row
            for row in desk.site.clinical.visits()
            if row.key and row.state in ("signed", "complete") and row.subject in kept
        ]
        rows.sort(key=lambda row: (kept.index(row.subject), row.key))
        return rows[pick % len(rows)] if rows else None

    def fill(self, desk: Desk, visit: visits.OpenVisit, phga: int, rash: bool, sign: bool) -> None:
        type_in(desk.site, visit, {"phga": str(phga / 10), "rash": int(rash)})
        if sign:
            visits.sign_confirmed(desk.site, visit, "responsible")
        else:
            visits.complete(desk.site, visit)

    def start_anew(self, desk: Desk) -> None:
        if desk.site.clinical.sending_locked():
            sending.start_anew(desk.site, "an old copy was gone on with")
