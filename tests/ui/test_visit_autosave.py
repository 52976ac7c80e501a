"""Saving as it is typed: what is said is true, nothing typed is lost, a failure stays in red."""

from __future__ import annotations

import errno
import gc
import threading
import weakref
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pages import VisitDesk, month_6
from PySide6.QtCore import QObject

from anifro_desktop.errors import Refusal
from anifro_desktop.forms.state import Entry
from anifro_desktop.ui import theme
from anifro_desktop.ui.tasks import Tasks
from anifro_desktop.ui.visit.autosave import Autosave
from anifro_desktop.workflows.model import Place, Saved

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

WHEN = datetime(2026, 11, 22, 13, 32, 7, tzinfo=UTC)


class Disk:
    """A place to save to that can be held up, and can be full. Keeps what reached it, in order."""

    def __init__(self) -> None:
        self.batches: list[dict[str, Entry]] = []
        self.threads: set[str] = set()
        self.open = threading.Event()
        self.open.set()
        self.full = False

    def save(self, entries: tuple[Entry, ...], place: Place | None) -> Saved:
        """Wait until open, then keep or refuse."""
        assert self.open.wait(10)
        self.threads.add(threading.current_thread().name)
        if self.full:
            raise OSError(errno.ENOSPC, "no space")
        self.batches.append({entry.field: entry for entry in entries})
        return Saved(WHEN, len(self.batches))


@pytest.fixture
def tasks(qapp) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def desk(qtbot, tasks: Tasks, disk: Disk) -> Iterator[VisitDesk]:
    made = VisitDesk(month_6(lang="en"))
    made.autosave = Autosave(tasks, disk.save, made.view)
    made.view.entries_ready.connect(made.autosave.put)
    made.view.retry_asked.connect(made.autosave.retry)
    made.autosave.state_changed.connect(made.view.set_save_state)
    made.go("seizure")
    yield made
    disk.open.set()
    tasks.close()
    made.close()


def _saved_words() -> str:
    return f"Saved {WHEN.astimezone():%H:%M:%S}"


def test_saved_is_said_only_after_the_commit(desk: VisitDesk, disk: Disk, qtbot) -> None:
    disk.open.clear()
    desk.press("2")
    assert desk.view.header.saved.text() == "Saving…"
    disk.open.set()
    qtbot.waitUntil(lambda: desk.view.header.saved.text() == _saved_words())
    assert disk.batches[0]["seizure"].value_json == 0
    assert disk.threads == {"database"}


def test_answers_given_while_a_save_runs_go_together_with_the_next(
    desk: VisitDesk, disk: Disk, qtbot
) -> None:
    disk.open.clear()
    desk.press("2", "2", "1", "2")
    disk.open.set()
    qtbot.waitUntil(lambda: desk.autosave.unsaved == 0)
    assert [sorted(batch) for batch in disk.batches] == [
        ["seizure"],
        ["organic_brain_syndrome", "psychosis", "visual_disturbance"],
    ]


def test_the_last_answer_wins(desk: VisitDesk, disk: Disk, qtbot) -> None:
    disk.open.clear()
    desk.press("2", "1", "Up", "2")
    disk.open.set()
    qtbot.waitUntil(lambda: desk.autosave.unsaved == 0)
    merged: dict[str, Entry] = {}
    for batch in disk.batches:
        merged |= batch
    assert merged["psychosis"].value_json == 0


def test_a_failed_save_stays_red_and_the_answer_stays(desk: VisitDesk, disk: Disk, qtbot) -> None:
    disk.full = True
    desk.press("2")
    header = desk.view.header
    qtbot.waitUntil(lambda: header.saved.text().startswith("Not saved."))
    assert "disk is full" in header.saved.text()
    assert "stay on this screen" in header.saved.text()
    assert header.saved.palette().windowText().color().name() == theme.tokens().danger
    assert desk.chosen("seizure") == "Absent"
    desk.go("rash")
    assert header.saved.text().startswith("Not saved.")
    assert header.again.isVisible()


def test_what_failed_is_saved_with_the_next_answer(desk: VisitDesk, disk: Disk, qtbot) -> None:
    disk.full = True
    desk.press("2")
    qtbot.waitUntil(lambda: desk.autosave.state.kind == "failed")
    disk.full = False
    desk.press("1")
    qtbot.waitUntil(lambda: desk.autosave.state.kind == "saved")
    assert sorted(disk.batches[-1]) == ["psychosis", "seizure"]
    assert desk.view.header.again.isHidden()


def test_what_failed_can_be_tried_again(desk: VisitDesk, disk: Disk, qtbot) -> None:
    disk.full = True
    desk.press("2")
    qtbot.waitUntil(lambda: desk.autosave.state.kind == "failed")
    disk.full = False
    desk.view.header.again.click()
    qtbot.waitUntil(lambda: desk.autosave.state.kind == "saved")
    assert sorted(disk.batches[-1]) == ["seizure"]


def test_settling_waits_for_the_last_save(desk: VisitDesk, disk: Disk, qtbot) -> None:
    done: list[int] = []
    desk.autosave.settle(lambda: done.append(0))
    assert done == [0]
    disk.open.clear()
    desk.press("2")
    desk.autosave.settle(lambda: done.append(1))
    assert done == [0]
    disk.open.set()
    qtbot.waitUntil(lambda: done == [0, 1])
    assert disk.batches


def test_text_being_typed_is_given_out_before_a_lock(desk: VisitDesk, disk: Disk, qtbot) -> None:
    desk.go("urine_rbc_hpf")
    desk.type("4")
    desk.view.flush()
    qtbot.waitUntil(lambda: bool(disk.batches))
    assert disk.batches[0]["urine_rbc_hpf"].value_json == 4


def test_a_text_that_is_no_number_is_saved_as_typed(desk: VisitDesk, disk: Disk, qtbot) -> None:
    desk.go("wbc")
    desk.type("3,4 G")
    desk.press("Enter")
    qtbot.waitUntil(lambda: bool(disk.batches))
    entry = disk.batches[-1]["wbc"]
    assert (entry.value_json, entry.raw_text) == (None, "3,4 G")


def test_works_are_done_in_order_on_one_thread_and_answered_on_the_main_one(tasks: Tasks, qtbot) -> None:
    seen: list[tuple[str, int]] = []
    main = threading.current_thread().name
    answered: list[str] = []

    def work(number: int) -> int:
        seen.append((threading.current_thread().name, number))
        return number

    for number in range(20):
        tasks.run(
            lambda number=number: work(number), lambda _: answered.append(threading.current_thread().name)
        )
    qtbot.waitUntil(lambda: len(answered) == 20)
    assert seen == [("database", number) for number in range(20)]
    assert set(answered) == {main}
    assert not tasks.busy


def test_a_refusal_goes_to_failed(tasks: Tasks, qtbot) -> None:
    errors: list[Exception] = []

    def refuse() -> None:
        raise Refusal("not now")

    tasks.run(refuse, None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert str(errors[0]) == "not now"


def test_a_fault_of_the_program_is_told_to_failed_and_raised_on_the_main_thread(tasks: Tasks, qtbot) -> None:
    errors: list[Exception] = []

    def wrong() -> None:
        raise KeyError("a fault")

    with qtbot.captureExceptions() as raised:
        tasks.run(wrong, None, errors.append)
        qtbot.waitUntil(lambda: bool(raised))
    assert isinstance(errors[0], KeyError)
    assert raised[0][0] is KeyError


def test_garbage_is_never_collected_on_the_worker(tasks: Tasks, qtbot) -> None:
    """A widget in a cycle, let go while the worker allocates a lot: it must die on the main thread."""
    died: list[str] = []

    class Loop(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.me = self
            weakref.finalize(self, lambda: died.append(threading.current_thread().name))

    Loop()
    allocated: list[int] = []
    tasks.run(lambda: sum(len([[] for _ in range(1000)]) for _ in range(200)), allocated.append)
    qtbot.waitUntil(lambda: bool(allocated))
    assert "database" not in died
    gc.collect()
    assert died == [threading.current_thread().name]


def test_closing_waits_for_what_was_asked(qapp) -> None:
    tasks = Tasks()
    done = threading.Event()
    started = threading.Event()

    def slow() -> None:
        started.set()
        assert done.wait(10)

    tasks.run(slow)
    assert started.wait(10)
    threading.Timer(0.05, done.set).start()
    tasks.close()
    assert done.is_set()
    with pytest.raises(RuntimeError):
        tasks.run(slow)
    tasks.close()
