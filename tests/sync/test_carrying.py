"""Patience: only what may pass is tried again, never sooner than asked, and anybody can stop it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from anifro_desktop.sync.carrying import Halt, Limits, Patient, TookTooLong, Waiting, sensible
from anifro_desktop.sync.errors import DamagedCopy
from anifro_desktop.sync.outages import NotCarried, Stopped, of_status

TEMPORARY = {"no_address", "no_answer", "timeout", "cut", "proxy_silent", "locked", "busy", "server"}
WAITS = (1.0, 2.0, 4.0)


class Flaky:
    """A carrier that refuses so often, then does it."""

    def __init__(self, *refusals: Exception) -> None:
        self.refusals = list(refusals)
        self.asked = 0

    def put_if_absent(self, name: str, data: bytes) -> bool:
        self.asked += 1
        if self.refusals:
            raise self.refusals.pop(0)
        return True

    def list(self) -> tuple[str, ...]:
        self.put_if_absent("", b"")
        return ()

    def get(self, name: str) -> bytes:
        self.put_if_absent("", b"")
        return b"data"

    def try_writing(self) -> None:
        self.put_if_absent("", b"")

    def close(self) -> None:
        pass


class NoClock(Halt):
    """Notes the seconds that were to be waited."""

    def __init__(self) -> None:
        super().__init__()
        self.waited: list[float] = []

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        super().wait(0)


def patient(carrier: Flaky, halt: Halt, told: list[Waiting] | None = None, chance: float = 0.5) -> Patient:
    return Patient(carrier, halt, (told if told is not None else []).append, WAITS, chance=lambda: chance)


@pytest.mark.parametrize("why", sorted(NotCarried._TEXT))
def test_only_what_may_pass_is_tried_again(why: str) -> None:
    halt, told = NoClock(), list[Waiting]()
    carrier = Flaky(NotCarried(why, "host"))
    if why in TEMPORARY:
        assert patient(carrier, halt, told).put_if_absent("a", b"")
        assert [(one.why.why, one.number, one.of) for one in told] == [(why, 2, 4)]
    else:
        with pytest.raises(NotCarried):
            patient(carrier, halt, told).put_if_absent("a", b"")
        assert (carrier.asked, halt.waited) == (1, [])


def test_the_distances_grow_and_are_uneven() -> None:
    cut = [NotCarried("cut", "host")] * 3
    for chance, expected in ((0.0, [0.5, 1.0, 2.0]), (0.999, [1.499, 2.998, 5.996])):
        halt = NoClock()
        patient(Flaky(*cut), halt, chance=chance).list()
        assert halt.waited == pytest.approx(expected)


def test_it_ends_after_the_last_attempt_with_the_last_reason() -> None:
    carrier = Flaky(*[NotCarried("server", "host")] * 3, NotCarried("timeout", "host"))
    with pytest.raises(NotCarried) as caught:
        patient(carrier, NoClock()).get("a")
    assert (caught.value.why, carrier.asked) == ("timeout", 4)


@pytest.mark.parametrize(
    ("said", "wait"),
    [("7", 7), ("0", 0), (None, 0), ("Wed, 21 Oct 2026 07:28:00 GMT", 0), ("-5", 0), ("1e9", 0)],
)
def test_as_long_as_the_server_asks_is_waited(said: str | None, wait: int) -> None:
    halt = NoClock()
    patient(Flaky(of_status(503, "host", said)), halt).list()
    assert halt.waited == [max(1.0, wait)]


def test_a_server_that_asks_for_too_long_is_left_to_a_person() -> None:
    halt, carrier = NoClock(), Flaky(of_status(503, "host", "7200"))
    with pytest.raises(NotCarried) as caught:
        patient(carrier, halt).list()
    assert (caught.value.wait, halt.waited, carrier.asked) == (7200, [], 1)


def test_a_damaged_copy_is_fetched_once_more() -> None:
    carrier = Flaky(DamagedCopy("a"))
    assert patient(carrier, NoClock()).get("a") == b"data"
    with pytest.raises(DamagedCopy):
        patient(Flaky(DamagedCopy("a"), DamagedCopy("a")), NoClock()).get("a")


def test_stopping_ends_the_wait_between_attempts() -> None:
    halt = Halt()
    told: list[Waiting] = []

    def tell(waiting: Waiting) -> None:
        told.append(waiting)
        threading.Thread(target=halt.stop).start()

    carrier = Flaky(*[NotCarried("cut", "host")] * 3)
    with pytest.raises(Stopped):
        Patient(carrier, halt, tell, (60.0, 60.0)).list()
    assert (carrier.asked, len(told)) == (1, 1)


def watched(halt: Halt, act: Callable[[threading.Event], None], seconds: float = 60) -> None:
    cut = threading.Event()
    with halt.watching(cut.set, seconds):
        act(cut)


def test_what_waits_is_cut_when_stopped_or_when_its_time_is_over() -> None:
    def waits(cut: threading.Event) -> None:
        assert cut.wait(20)
        raise OSError("the line is gone")

    with pytest.raises(TookTooLong):
        watched(Halt(), waits, 0.05)
    halt = Halt()
    threading.Timer(0.05, halt.stop).start()
    with pytest.raises(Stopped):
        watched(halt, waits)
    with pytest.raises(Stopped):
        watched(halt, lambda _: None)  # nothing begins any more


def test_what_seems_complete_after_a_cut_is_not_believed() -> None:
    with pytest.raises(TookTooLong):
        watched(Halt(), lambda cut: print(cut.wait(20)), 0.05)


def test_what_ends_in_time_ends_as_it_was() -> None:
    halt = Halt()
    watched(halt, lambda _: None, 600)
    with pytest.raises(KeyError):
        watched(halt, lambda _: {}["a"], 600)
    assert threading.active_count() < 50


def test_large_files_may_take_longer() -> None:
    limits = Limits(connect=10, idle=20, slowest=1000)
    assert limits.whole(0) == 50
    assert limits.whole(1_000_000) == 1050


def test_a_list_without_end_is_given_up() -> None:
    def endless():  # type: ignore[no-untyped-def]
        while True:
            yield "a", 1

    with pytest.raises(NotCarried) as caught:
        sensible(endless(), "host", 100, 10)
    assert caught.value.why == "crowded"
