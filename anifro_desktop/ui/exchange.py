"""Sending and fetching over the network behind the open window: the database's worker never waits for a server.

Rules kept here:
- What is needed of the database is read first and noted after, on its worker; only the server is waited for elsewhere,
  so that an answer typed meanwhile is saved as ever.
- One exchange at a time, and it goes on when its page is left. Stopping or locking cuts it; what arrived is noted,
  the rest waits.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from anifro_desktop.errors import Refusal
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.messages import sentence

if TYPE_CHECKING:
    from anifro_desktop.sync.carrying import Halt, Waiting
    from anifro_desktop.sync.connection import Connection


class Exchange(QObject):
    """With the server of the site's connection. Its signals come on the main thread."""

    step = Signal(int, int)  # so many bundles done, of so many
    waits = Signal(str, float)  # why it is tried again, and in how many seconds
    sent = Signal(object)  # a SentBundle: everything is there
    received = Signal(object)  # the list of Received; empty where nothing is new
    refused = Signal(object)  # the refusal that ended it
    ended = Signal()  # before any of the last three
    _came = Signal(object, object)  # a bundle's row and None, or what kept it from coming there
    _over = Signal(object, object)  # the last: what to go on with, or an error

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._halt: Halt | None = None
        self._way: Any = None
        self._last = ""
        self._go_on: Callable[[Any], None] = lambda _: None
        queued = Qt.ConnectionType.QueuedConnection
        self._came.connect(self._note, queued)
        self._over.connect(self._finish, queued)

    @property
    def running(self) -> bool:
        """Whether one is going on."""
        return self._halt is not None

    def stop(self) -> None:
        """End it where it is."""
        if self._halt is not None:
            self._halt.stop()

    def send(self) -> None:
        """Seal what is new, and put it and what waits on the server."""
        site, halt = self._desk.site, self._begin()

        def prepare() -> Any:
            from anifro_desktop.workflows import connecting, sending
            from anifro_desktop.workflows.delivering import Watch

            connection = connecting.needed(site.clinical)
            rows = sending.prepare(site, Watch(halt))
            data = [site.clinical.bundle_bytes(row.epoch, row.seq) for row in rows]
            return connection, list(zip(rows, data, strict=True))

        def carry(prepared: Any) -> None:
            connection, parcels = prepared
            self._last = parcels[-1][0].name
            self._go_on = lambda _: self._desk.run(self, self._sent_bundle, self._sent, self._refuse)
            self._apart(connection, lambda transport: self._put(transport, parcels))

        self._desk.run(self, prepare, carry, self._refuse)

    def fetch(self) -> None:
        """Bring the answers that are new here and read them."""
        site = self._desk.site
        self._begin()

        def prepare() -> Any:
            from anifro_desktop.workflows import connecting, receiving

            return connecting.needed(site.clinical), receiving.known_answers(site)

        def bring(prepared: Any) -> None:
            connection, known = prepared
            self._go_on = lambda found: self._desk.run(
                self, lambda: self._read(found), self._received, self._refuse
            )

            def fetch(transport: Any) -> Any:
                from anifro_desktop.workflows import connecting, receiving

                return connecting.fetch(transport, lambda name: receiving.is_mine(site, name), known)

            self._apart(connection, fetch)

        self._desk.run(self, prepare, bring, self._refuse)

    def _begin(self) -> Halt:
        from anifro_desktop.sync.carrying import Halt

        self._halt = halt = Halt()
        self.destroyed.connect(halt.stop)
        return halt

    def _apart(self, connection: Connection, act: Callable[[Any], Any]) -> None:
        """Do something with the server on a thread of its own."""
        halt = self._halt

        def work() -> None:
            from anifro_desktop.workflows import connecting

            transport = None
            try:
                transport = connecting.opened(connection, halt, self._tell)
                self._way = connecting.way(connection, transport)
                self._emit("_over", act(transport), None)
            except Exception as error:
                self._emit("_over", None, error)
            finally:
                if transport is not None:
                    transport.close()

        threading.Thread(target=work, name="network", daemon=True).start()

    def _put(self, transport: Any, parcels: list[Any]) -> None:
        for number, (row, data) in enumerate(parcels):
            self._emit("step", number, len(parcels))
            try:
                transport.put_if_absent(row.name, data)
            except Refusal as refusal:
                self._emit("_came", row, refusal)
                raise
            self._emit("_came", row, None)

    def _tell(self, waiting: Waiting) -> None:
        self._emit("waits", sentence(waiting.why), waiting.seconds)

    def _emit(self, signal: str, *values: Any) -> None:
        """Say something on the main thread, unless the site was locked meanwhile: then it is being stopped."""
        with contextlib.suppress(RuntimeError):
            getattr(self, signal).emit(*values)

    def _note(self, row: Any, refusal: Refusal | None) -> None:
        site, way = self._desk.site, self._way

        def note() -> None:
            from anifro_desktop.sync.outages import Stopped
            from anifro_desktop.workflows import delivering

            if site.clinical.closed:  # locked meanwhile: it is sent again then, and found to be there
                return
            if refusal is None:
                delivering.came_there(site, row, way)
            elif not isinstance(refusal, Stopped):
                delivering.did_not_come(site, row, way, refusal)

        self._desk.run(self, note, None, self._refuse)

    def _finish(self, found: Any, error: Exception | None) -> None:
        if error is None:
            self._go_on(found)
        else:
            # After what the worker still has to note.
            self._desk.run(self, lambda: None, lambda _: self._refuse(error))

    def _sent_bundle(self) -> Any:
        from anifro_desktop.workflows import sending

        return sending.bundle_named(self._desk.site, self._last)

    def _read(self, found: Any) -> Any:
        from anifro_desktop.workflows import receiving

        return receiving.receive(self._desk.site, found) if found.files else []

    def _sent(self, bundle: Any) -> None:
        self._end(self.sent, bundle)

    def _received(self, answers: Any) -> None:
        self._end(self.received, answers)

    def _refuse(self, error: Exception) -> None:
        self._end(self.refused, error)

    def _end(self, signal: Any, value: Any) -> None:
        if self._halt is not None:
            self._halt = None
            self.ended.emit()
            signal.emit(value)
            self._desk.changed.emit()
