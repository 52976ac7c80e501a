"""A site or the centre at work, for `traffic.py`: `_at_work.py ROOT WHO SEED ROUND`.

It unlocks its folder and enters, changes, answers, asks, sends and fetches by the program's own workflows, as the
window and the commands do, at random, until it is killed. When `ROOT/enough` is there it only brings to an end what was
begun, and says what is left, until `ROOT/settled` is there. Each thing done is one line of JSON. Nothing is kept here
from one act to the next: what it goes on with is what the program kept.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "endtoend"))

from study_parts import DAY_0, PASSPHRASE, type_in
from whole_study import Study

from anifro_desktop.centre import amending, fetching, keysets, querying, receipts
from anifro_desktop.centre.ingesting import ingest
from anifro_desktop.centre.office import Centre
from anifro_desktop.centre.putting import Outlet
from anifro_desktop.errors import Refusal
from anifro_desktop.sync.carrying import LIMITS, Halt, Patient
from anifro_desktop.sync.connection import Connection
from anifro_desktop.thread import ANSWERED, OPEN, UNSETTLED
from anifro_desktop.workflows import connecting, entering, queries, receiving, sending, visits
from anifro_desktop.workflows.site import Site

CENTRE = "centre"
FIELDS = ("rash", "alopecia", "mucosal_ulcers", "pleurisy", "phga")
_HASTE = (
    10  # between attempts a tenth of the program's own patience, so that ten minutes hold a day of trouble
)
_ANSWER_WITHIN = 3.0  # seconds; of a server on the same computer
_PATIENTS = 60  # of a site; then only visits are changed
_PAUSE = 0.5  # seconds between two rounds of the end


def hurry() -> None:
    """Be less patient than the program is with a hospital's network."""
    wait = Halt.wait
    Halt.wait = lambda self, seconds: wait(self, seconds / _HASTE)  # type: ignore[method-assign]
    for name in ("connect", "idle"):
        object.__setattr__(LIMITS, name, _ANSWER_WITHIN)


def tell(**facts: Any) -> None:
    """One line, whole or not at all."""
    os.write(1, (json.dumps(facts) + "\n").encode())


class Worker:
    """Whoever works."""

    def __init__(self, study: Study, chance: random.Random) -> None:
        self.study = study
        self.chance = chance
        self.again = 0

    def work(self) -> None:
        """Do one thing after the other; then what brings all to an end, in order."""
        acts = self.acts()
        while not (self.study.root / "enough").exists():
            (act,) = self.chance.choices(list(acts), list(acts.values()))
            self.do(act)
        while not (self.study.root / "settled").exists():
            began = time.time()
            for act in self.last_acts():
                self.do(act)
            tell(left=self.left(), began=began)
            time.sleep(_PAUSE)

    def do(self, act: Callable[[], None]) -> None:
        """One thing, and what came of it."""
        name, self.again = act.__name__, 0
        tell(begins=name)
        try:
            act()
        except Refusal as refusal:
            why = f"{refusal.code}.{refusal.params['why']}" if "why" in refusal.params else refusal.code
            tell(act=name, again=self.again, refused=why)
        else:
            tell(act=name, again=self.again)

    @contextmanager
    def server(self, connection: Connection) -> Iterator[Patient]:
        """The way to it, with its attempts counted."""

        def told(_: Any) -> None:
            self.again += 1

        transport = connecting.opened(connection, told=told)
        try:
            yield transport
        finally:
            transport.close()

    @abstractmethod
    def acts(self) -> dict[Callable[[], None], int]:
        """What this one does, and how often of a hundred."""

    @abstractmethod
    def last_acts(self) -> tuple[Callable[[], None], ...]:
        """What brings all to an end."""

    @abstractmethod
    def left(self) -> list[str]:
        """What is not yet at its end."""


class Clinic(Worker):
    """A site."""

    def __init__(self, site: Site, study: Study, chance: random.Random) -> None:
        super().__init__(study, chance)
        self.site = site

    def acts(self) -> dict[Callable[[], None], int]:
        return {self.enter: 15, self.amend: 20, self.answer: 15, self.send: 30, self.hear: 20}

    def last_acts(self) -> tuple[Callable[[], None], ...]:
        return self.sign, self.answer, self.send, self.hear

    def left(self) -> list[str]:
        states = [f"bundle {one.state}" for one in sending.sent(self.site) if one.state != "merged"]
        asked = [f"question {one.state}" for one in queries.threads(self.site, unsettled=True)]
        return [*states, *asked, *["to send" for _ in sending.preview(self.site).leaving]]

    def enter(self) -> None:
        """A new patient with a visit or two."""
        if len(self.site.clinical.subjects()) >= _PATIENTS:
            return
        number = self.chance.randrange(10**9)
        days = sorted(self.chance.sample(range(1, 150), self.chance.choice((1, 2))))
        content = {
            "format": "anifro-visit/1",
            "another_person": True,  # however alike the names and a birth date are
            "identity": {
                "surname": f"Sintetica-{number}",
                "name": "Prova",
                "birth_date": (date(1991, 5, 20) - timedelta(days=number % 9000)).isoformat(),
                "hospital_number": f"SYN{number}",
            },
            "enrolment": {
                "consent_date": DAY_0.isoformat(),
                "enrolment_date": DAY_0.isoformat(),
                "sex": 1,
                **dict.fromkeys(("incl_informed_consent", "incl_classification", "incl_active_disease"), 1),
                "incl_anifrolumab": 1,
            },
            "visits": [self._visit(DAY_0 + timedelta(days=day)) for day in days],
        }
        entering.enter(self.site, json.dumps(content).encode(), PASSPHRASE)

    def _visit(self, on: date) -> dict[str, Any]:
        return {
            "visit": "unscheduled",
            "date": on.isoformat(),
            "answers": self._answers(*FIELDS),
            "sign": self.chance.random() < 0.8,
        }

    def _answers(self, *fields: str) -> dict[str, Any]:
        return {
            name: str(self.chance.randrange(30) / 10) if name == "phga" else int(self.chance.random() < 0.3)
            for name in fields
        }

    def amend(self) -> None:
        """A visit that was completed is changed, and mostly signed again."""
        rows = self.site.clinical.visits()
        done = [row for row in rows if row.key and row.state in ("signed", "complete")]
        if not done:
            return
        row = self.chance.choice(done)
        opened = visits.open_visit(self.site, row.subject, row.key, DAY_0)
        visits.amend(self.site, opened, 1)
        type_in(self.site, opened, self._answers(*self.chance.sample(FIELDS, 2)))
        visits.complete(self.site, opened)
        if self.chance.random() < 0.8:
            visits.sign_confirmed(self.site, opened, "responsible")

    def answer(self) -> None:
        """The centre's questions that wait."""
        for one in queries.threads(self.site):
            if one.state == OPEN:
                does = self.chance.choice((queries.answer, queries.answer, queries.ask_back))
                does(self.site, one.query.id, "Ricontrollato.")

    def send(self) -> None:
        """Over the network."""
        connection = connecting.needed(self.site.clinical)
        with self.server(connection) as transport:
            sending.export(self.site, connecting.way(connection, transport))

    def hear(self) -> None:
        """Over the network."""
        with self.server(connecting.needed(self.site.clinical)) as transport:
            known = receiving.known_answers(self.site)
            found = connecting.fetch(transport, lambda name: receiving.is_mine(self.site, name), known)
        if found.files:
            taken = receiving.receive(self.site, found)
            assert [one for one in taken if one.state == "refused"] == []

    def sign(self) -> None:
        """What waits for it."""
        for row in self.site.clinical.visits():
            if row.state == "complete":
                opened = visits.open_visit(self.site, row.subject, row.key, DAY_0)
                visits.sign_confirmed(self.site, opened, "responsible")


class Office(Worker):
    """The centre, which knows two ways to the server."""

    def __init__(self, centre: Centre, study: Study, chance: random.Random) -> None:
        super().__init__(study, chance)
        self.centre = centre

    def acts(self) -> dict[Callable[[], None], int]:
        return {self.take_in: 55, self.ask: 15, self.judge: 15, self.change_way: 5, self.reply: 10}

    def last_acts(self) -> tuple[Callable[[], None], ...]:
        return self.take_in, self.close

    def left(self) -> list[str]:
        return [f"question {one.state}" for one in self.centre.store.threads() if one.state in UNSETTLED]

    def take_in(self) -> None:
        """Over the network; the answers go out at once."""
        with self.server(connecting.needed(self.centre.store)) as transport:
            came = fetching.Fetching(transport)
            outcomes = ingest(self.centre, came.files(self.centre))
            if came.failure is None:
                self._answer(transport)
        for one in outcomes:
            assert one.status in ("accepted", "duplicate", "held"), one
            assert one.bad == 0, one
        if came.failure is not None:
            raise came.failure

    def reply(self) -> None:
        """What did not get through goes out again."""
        with self.server(connecting.needed(self.centre.store)) as transport:
            self._answer(transport)

    def _answer(self, transport: Patient) -> None:
        place = Outlet(transport)
        keysets.write_keysets(self.centre, place)
        receipts.write_receipts(self.centre, place)
        querying.write_queries(self.centre, place)
        amending.write_packs(self.centre, place)

    def ask(self) -> None:
        """A question about an answer that came."""
        rows = [item.revision for item in self.centre.store.revisions()]
        places = {(row.subject, row.visit, name) for row in rows for name in FIELDS if name in row.values}
        asked = self.centre.store.threads()
        places -= {(one.query.subject, one.query.visit, one.query.field) for one in asked}
        if places:
            subject, visit, field = self.chance.choice(sorted(places))
            asks = querying.Question(subject, "È giusto?", visit=visit, field=field)
            querying.raise_query(self.centre, asks)

    def judge(self) -> None:
        """Questions that were answered are mostly closed."""
        for query in self._answered():
            if self.chance.random() < 0.7:
                querying.close(self.centre, query, "Va bene.")
            else:
                querying.ask_again(self.centre, query, "Davvero?")

    def close(self) -> None:
        """All that was answered."""
        for query in self._answered():
            querying.close(self.centre, query)

    def _answered(self) -> list[str]:
        return [one.query.id for one in self.centre.store.threads() if one.state == ANSWERED]

    def change_way(self) -> None:
        """The other kind of server, perhaps."""
        found = json.loads((self.study.root / "ways.json").read_text(encoding="utf-8"))
        connection = connecting.read_connection(*self.chance.choice(found))
        fetching.connect(self.centre, connection)


def main() -> None:
    root, who, seed, number = sys.argv[1:]
    study, chance = Study(Path(root)), random.Random(f"{seed}/{who}/{number}")
    hurry()
    tell(starts=number)
    if who == CENTRE:
        with study.at_centre() as centre:
            Office(centre, study, chance).work()
    else:
        with study.at_site(who) as site:
            Clinic(site, study, chance).work()


if __name__ == "__main__":
    main()
