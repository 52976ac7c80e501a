"""What happens to a bundle on its way: every attempt noted, tried again when it may pass by itself, told as a log."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from study_parts import DAY_0, Pisa, TestClock, enrol, signed

from anifro_desktop.files import FolderGone
from anifro_desktop.store.verify import verify
from anifro_desktop.sync.carrying import Halt
from anifro_desktop.sync.outages import NotCarried, Stopped
from anifro_desktop.sync.receipt import Item
from anifro_desktop.sync.retrying import LONGEST, WAITS, next_try
from anifro_desktop.workflows import delivering, receiving, sending, synclog
from anifro_desktop.workflows.delivering import Step, Watch, Way
from anifro_desktop.workflows.exchange_errors import SendingLocked
from anifro_desktop.workflows.site import Site


@dataclass
class Server:
    """A server that fails so often before it takes a file."""

    failures: list[NotCarried] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def put_if_absent(self, name: str, data: bytes) -> bool:
        if self.failures:
            raise self.failures.pop(0)
        fresh = name not in self.files
        self.files[name] = data
        return fresh


def way(server: Server) -> Way:
    return Way("webdav", "dav.example", server)


@pytest.fixture
def subject(site: Site) -> str:
    code = enrol(site)
    signed(site, code, "baseline", DAY_0)
    return code


def test_a_failure_that_may_pass_is_tried_again_later_and_later(
    site: Site, subject: str, clock: TestClock
) -> None:
    server = Server([NotCarried("busy", "dav.example") for _ in range(3)])
    waited = []
    for number in range(3):
        with pytest.raises(NotCarried):
            sending.export(site, way(server))
        waits = delivering.waits(site)
        assert (waits.bundles, waits.code, waits.place) == ((1,), "not_carried.busy", "dav.example")
        assert waits.tries == number + 1
        assert waits.due is not None
        waited.append(waits.due - clock.now())
        clock.forward(minutes=30)
    assert waited == sorted(waited)
    assert waited[0] >= timedelta(seconds=40)
    sending.export(site, way(server))  # a person who asks is not made to wait
    assert delivering.waits(site).bundles == ()
    assert len(server.files) == 1


def test_a_failure_that_needs_a_person_waits_for_one(site: Site, subject: str) -> None:
    with pytest.raises(NotCarried):
        sending.export(site, way(Server([NotCarried("login", "dav.example")])))
    waits = delivering.waits(site)
    assert (waits.code, waits.due) == ("not_carried.login", None)


def test_the_wish_of_a_server_is_kept_within_reason(site: Site, subject: str, clock: TestClock) -> None:
    with pytest.raises(NotCarried):
        sending.export(site, way(Server([NotCarried("busy", "dav.example", wait=3600)])))
    due = delivering.waits(site).due
    assert due is not None
    assert due - clock.now() >= timedelta(hours=1) - timedelta(seconds=1)
    assert next_try(1, clock.now(), wanted=10**9) == clock.now() + LONGEST


@pytest.mark.parametrize("failures", [1, 2, 5, 6, 400])
@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_waits_grow_to_a_bound_and_differ_by_chance(failures: int, chance: float, clock: TestClock) -> None:
    wait = next_try(failures, clock.now(), chance=chance) - clock.now()
    middle = timedelta(minutes=WAITS[min(failures, len(WAITS)) - 1])
    assert middle * 0.75 <= wait <= middle * 1.25
    assert next_try(failures + 1, clock.now(), chance=chance) - clock.now() >= wait


def test_progress_is_told_in_order(site: Site, subject: str, stick: Path) -> None:
    steps: list[Step] = []
    sending.export(site, stick, Watch(told=steps.append))
    kinds = list(dict.fromkeys(step.what for step in steps))
    assert kinds == ["checking", "sealing", "copying"]
    assert all(step.done <= step.of for step in steps)
    assert steps[-1] == Step("copying", 1, 1)


@pytest.mark.parametrize("at", ["checking", "sealing"])
def test_stopped_before_copying_nothing_was_sealed(site: Site, subject: str, stick: Path, at: str) -> None:
    halt = Halt()
    watch = Watch(halt, lambda step: halt.stop() if step.what == at else None)
    with pytest.raises(Stopped):
        sending.export(site, stick, watch)
    assert not site.clinical.bundles()
    assert not list(stick.iterdir())
    assert sending.export(site, stick).seq == 1


def test_stopped_while_copying_what_is_sealed_waits(site: Site, subject: str, stick: Path) -> None:
    halt = Halt()
    watch = Watch(halt, lambda step: halt.stop() if (step.what, step.done) == ("sealing", step.of) else None)
    with pytest.raises(Stopped):
        sending.export(site, stick, watch)
    (row,) = site.clinical.bundles()
    assert row.state == "sealed"
    assert not site.clinical.deliveries()
    assert sending.export(site, stick).name == row.name


def test_the_log_tells_the_life_of_a_bundle(
    site: Site, subject: str, pisa: Pisa, stick: Path, clock: TestClock
) -> None:
    with pytest.raises(NotCarried):
        sending.export(site, way(Server([NotCarried("cut", "dav.example")])))
    clock.forward(minutes=5)
    sending.export(site, stick)
    clock.forward(days=1)
    name, data = pisa.receipt(site)
    (stick / name).write_bytes(data)
    receiving.receive(site, stick / name)
    (life,) = synclog.lives(site)
    told = [(one.event, one.way, one.code) for one in life.events]
    assert told == [
        ("sealed", "", ""),
        ("failed", "webdav", "not_carried.cut"),
        ("put", "folder", ""),
        ("merged", "", ""),
    ]
    assert life.state == "merged"
    assert life.events[2].place == "stick"
    assert [one.when for one in life.events] == sorted(one.when for one in life.events)
    assert verify(site.clinical) == []


def test_a_medium_that_is_gone_is_in_the_log_too(site: Site, subject: str, tmp_path: Path) -> None:
    with pytest.raises(FolderGone):
        sending.export(site, Way("folder", "stick", Gone()))
    assert [one.event for one in synclog.lives(site)[0].events] == ["sealed", "failed"]


class Gone:
    def put_if_absent(self, name: str, data: bytes) -> bool:
        raise FolderGone("The stick is gone.", name="stick")


def test_a_bundle_asked_for_again_says_so(site: Site, subject: str, pisa: Pisa, stick: Path) -> None:
    sending.export(site, stick)
    name, data = pisa.receipt(site, acked_to=0, items=(), missing=(1,))
    (stick / name).write_bytes(data)
    receiving.receive(site, stick / name)
    assert synclog.lives(site)[0].state == "asked_again"


def test_receipts_that_say_again_that_it_is_there_add_nothing(
    site: Site, subject: str, pisa: Pisa, stick: Path
) -> None:
    sending.export(site, stick)
    sha256 = site.clinical.bundles()[0].sha256
    for items in (
        (Item(1, sha256, "accepted"), Item(1, sha256, "accepted", "score_differs")),
        (Item(1, sha256, "accepted"),),
    ):
        hear(site, stick, pisa.receipt(site, items=items))
    told = [(one.event, one.code) for one in synclog.lives(site)[0].events]
    assert told == [("sealed", ""), ("put", ""), ("merged", "score_differs")]


def test_what_the_centre_has_of_another_under_the_same_number_is_not_said_of_ours(
    site: Site, subject: str, pisa: Pisa, stick: Path
) -> None:
    """As an old copy that goes on hears it; each receipt names what the centre has there."""
    sending.export(site, stick)
    theirs = Item(1, "ab" * 32, "accepted")
    refused = Item(1, site.clinical.bundles()[0].sha256, "quarantined", "fork")
    for items in ((theirs, refused), (theirs,)):
        with pytest.raises(SendingLocked):
            hear(site, stick, pisa.receipt(site, items=items))
    assert synclog.lives(site)[0].state == "refused"
    assert [one.state for one in sending.sent(site)] == ["refused"]


def hear(site: Site, stick: Path, receipt: tuple[str, bytes]) -> None:
    name, data = receipt
    (stick / name).write_bytes(data)
    receiving.receive(site, stick / name)


def test_the_table_holds_no_place_and_nobody(site: Site, subject: str, tmp_path: Path) -> None:
    """A stick may be called after somebody."""
    surname = site.names[subject].surname
    stick = tmp_path / f"USB {surname}"
    stick.mkdir()
    sending.export(site, stick)
    text = synclog.as_csv(site).decode("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["event"] for row in rows] == ["sealed", "put"]
    assert rows[0]["bundle"] == "1"
    assert rows[1]["way"] == "folder"
    assert surname.casefold() not in text.casefold()
    assert subject not in text
