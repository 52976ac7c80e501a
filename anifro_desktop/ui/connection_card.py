"""The connection to a server, in the settings: set up, tried, forgotten; by a site administrator.

Rules kept here:
- What is typed stays where it is until it is kept, or left; a password that is kept is never shown again.
- Keeping tries it at once, and one sentence says what works and what does not.
- The server is waited for on a thread of its own (`Trial`), never by the database's worker.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.counted import COUNTED
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import Labelled, PassphraseField
from anifro_desktop.ui.messages import sentence
from anifro_desktop.ui.widgets import Banner, Button, Card, LineEdit, Option, SegmentedChoice, Text
from anifro_desktop.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from anifro_desktop.sync.connection import Connection
    from anifro_desktop.workflows.connecting import Tried

_LARGEST = 1 << 20  # bytes of a file of certificates or of a key


class Trial(QObject):
    """A connection that is being tried, apart from the database's worker."""

    ended = Signal(object, object)  # a Tried and None, or None and an error

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._halt: Any = None

    def begin(self, connection: Connection) -> None:
        """Try it; `ended` says what came of it."""
        from anifro_desktop.sync.carrying import Halt

        halt = Halt()
        self.destroyed.connect(halt.stop)

        def work() -> None:
            from anifro_desktop.workflows import connecting

            answer: tuple[Tried | None, Exception | None]
            try:
                answer = connecting.try_it(connection, halt), None
            except Exception as error:
                answer = None, error
            with contextlib.suppress(RuntimeError):  # the page has gone meanwhile
                self.ended.emit(*answer)

        threading.Thread(target=work, name="network", daemon=True).start()


class ConnectionCard(Card):
    """Where files go over the network. Off until set up."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Connection to a server"), parent)
        self._desk = desk
        self.banner = Banner(parent=self)
        self.now = Text("", parent=self)
        self.body.addWidget(Text(self._about(), "hint", "muted", self))
        self.body.addWidget(self.now)
        self.body.addWidget(self.banner)
        self.trial = Trial(self)
        self.trial.ended.connect(self._tried, Qt.ConnectionType.QueuedConnection)
        self._form()
        self._buttons()
        self._choose_kind("webdav")

    def _about(self) -> str:
        return self.tr(
            "Sealed bundles can go to a server from which Pisa takes them, and its answers come back the same way. The "
            "computer department or Pisa gives the address and what opens it. Folders and sticks always work."
        )

    def _form(self) -> None:
        self.kind = SegmentedChoice((Option("webdav", "WebDAV (https)"), Option("sftp", "SFTP")))
        self.kind.chosen.connect(self._choose_kind)
        self.url, self.host, self.port = LineEdit(40), LineEdit(30), LineEdit(6)
        self.folder, self.host_key, self.login = LineEdit(30), LineEdit(52), LineEdit(20)
        self.authority, self.certificate, self.key = LineEdit(40), LineEdit(40), LineEdit(40)
        self.proxy, self.proxy_login = LineEdit(30), LineEdit(20)
        self.port.setText("22")
        self.password = PassphraseField(self.tr("Password"))
        self.words = PassphraseField(self.tr("Passphrase of that file, if it has one"))
        self.proxy_password = PassphraseField(self.tr("Password at the proxy"))
        optional = self.tr("May stay empty")
        webdav = (
            Labelled(self.tr("Address"), self.url, self.tr("https://server.example/folder/")),
            Labelled(
                self.tr("File of the certificate authority"),
                self.authority,
                optional,
                self._file(self.authority),
            ),
            Labelled(
                self.tr("File of this computer's certificate"),
                self.certificate,
                optional,
                self._file(self.certificate),
            ),
        )
        sftp = (
            Labelled(self.tr("Server"), self.host, self.tr("sftp.example")),
            Labelled(self.tr("Port"), self.port),
            Labelled(self.tr("Folder on the server"), self.folder),
            Labelled(
                self.tr("Key of the server"), self.host_key, self.tr("SHA256:… as its administrator reads it")
            ),
            Labelled(self.tr("File of this computer's key"), self.key, optional, self._file(self.key)),
        )
        proxy = (
            Labelled(
                self.tr("Proxy"),
                self.proxy,
                self.tr("May stay empty; else such as http://proxy.example:8080"),
            ),
            Labelled(self.tr("User at the proxy"), self.proxy_login, optional),
            self.proxy_password,
        )
        user = (Labelled(self.tr("User"), self.login), self.password)
        self._of_kind = {"webdav": (*webdav, *proxy), "sftp": sftp}
        self.form = QWidget(self)
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        for part in (Labelled(self.tr("Kind"), self.kind), *webdav, *sftp, self.words, *user, *proxy):
            column.addWidget(part)
        self.body.addWidget(self.form)
        self.form.hide()

    def _file(self, line: LineEdit) -> Button:
        button = Button(self.tr("Choose…"), parent=self)
        button.clicked.connect(lambda: self._choose(line))
        return button

    def _choose(self, line: LineEdit) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a file"), line.text())
        if chosen:
            line.setText(chosen)

    def _buttons(self) -> None:
        self.set_up_button = Button(self.tr("Set up a connection"), parent=self)
        self.set_up_button.setVisible(self._desk.site.may("site_admin"))
        self.keep_button = Button(self.tr("Keep and try"), parent=self)
        self.leave_button = Button(self.tr("Go back without keeping"), parent=self)
        self.try_button = Button(self.tr("Try the connection"), parent=self)
        self.forget_button = Button(self.tr("Forget the connection"), parent=self)
        acts = {
            self.set_up_button: self.set_up,
            self.keep_button: self.keep,
            self.leave_button: self.leave,
            self.try_button: self.try_it,
            self.forget_button: self.forget,
        }
        for button, act in acts.items():
            button.clicked.connect(act)
        row = FlowLayout(gap=theme.px(8))
        for button in acts:
            row.addWidget(button)
        self.body.addLayout(row)
        self.keep_button.hide()
        self.leave_button.hide()

    def set_up(self) -> None:
        """Show what is to be typed."""
        self.form.show()
        self.keep_button.show()
        self.leave_button.show()
        self.set_up_button.hide()
        (self.url if self._kind == "webdav" else self.host).setFocus()

    def leave(self) -> None:
        """Close the form and forget what was typed; the connection there is stays as it is."""
        for name, line in ((name, getattr(self, name)) for name in _LINES):
            line.setText("22" if name == "port" else "")
        for field in (self.password, self.words, self.proxy_password):
            field.edit.clear()
        self.banner.hide()
        self.form.hide()
        self.keep_button.hide()
        self.leave_button.hide()
        self.set_up_button.show()
        self.set_up_button.setFocus()

    def _choose_kind(self, kind: str) -> None:
        self.kind.set_chosen(kind)
        self._kind = kind
        for name, parts in self._of_kind.items():
            for part in parts:
                part.setVisible(name == kind)

    def refresh(self) -> None:
        """Show the connection there is."""
        store = self._desk.site.clinical

        def read() -> Any:
            from anifro_desktop.workflows import connecting

            return connecting.kept(store)

        self._desk.run(self, read, self._show, self._refused)

    def _show(self, connection: Connection | None) -> None:
        if connection is None:
            self.now.setText(self.tr("No connection is set up."))
        else:
            facts = connection.facts
            where = facts.get("url") or f"{facts['host']}:{facts['port']} {facts['folder']}"
            words = self.tr("Set up: {where}, user {user}") if facts["user"] else self.tr("Set up: {where}")
            self.now.setText(words.format(where=where.strip(), user=facts["user"]))
        self.try_button.setVisible(connection is not None)
        self.forget_button.setVisible(connection is not None and self._desk.site.may("site_admin"))

    def _typed(self) -> Callable[[], Connection]:
        """What makes the connection typed; it reads files, so it is the worker's."""
        text = {name: getattr(self, name).text().strip() for name in _LINES}
        words = {name: getattr(self, name).text for name in ("password", "words", "proxy_password")}
        kind = self._kind

        def make() -> Connection:
            from anifro_desktop.sync import connection as made
            from anifro_desktop.sync.outages import BadConnection

            if kind == "webdav":
                return made.webdav(
                    text["url"],
                    text["login"],
                    words["password"],
                    proxy=text["proxy"],
                    proxy_user=text["proxy_login"],
                    proxy_password=words["proxy_password"],
                    authority=_read(text["authority"]),
                    certificate=_read(text["certificate"]),
                    passphrase=words["words"],
                )
            if not text["port"].isascii() or not text["port"].isdigit():
                raise BadConnection("host")
            return made.sftp(
                text["host"],
                text["login"],
                text["folder"],
                text["host_key"],
                port=int(text["port"]),
                password=words["password"],
                key=_read(text["key"]),
                passphrase=words["words"],
            )

        return make

    def keep(self) -> None:
        """Keep what is typed and try it."""
        site, make = self._desk.site, self._typed()

        def work() -> Connection:
            from anifro_desktop.workflows import connecting

            connection = make()
            connecting.connect(site, connection)
            return connection

        def kept(connection: Connection) -> None:
            for field in (self.password, self.words, self.proxy_password):
                field.edit.clear()
            self._show(connection)
            self._begin(connection)

        self._busy(True)
        self._desk.run(self, work, kept, self._refused)

    def try_it(self) -> None:
        """Try the connection that is kept."""
        store = self._desk.site.clinical

        def read() -> Any:
            from anifro_desktop.workflows import connecting

            return connecting.needed(store)

        self._busy(True)
        self._desk.run(self, read, self._begin, self._refused)

    def forget(self) -> None:
        """Forget it, with its passwords and keys."""
        site = self._desk.site

        def work() -> None:
            from anifro_desktop.workflows import connecting

            connecting.forget(site)

        def done(_: None) -> None:
            self._busy(False)
            self._show(None)
            self.banner.say(
                self.tr("The connection is forgotten, with its passwords and keys."), tone="success"
            )

        self._busy(True)
        self._desk.run(self, work, done, self._refused)

    def _begin(self, connection: Connection) -> None:
        self.banner.say(self.tr("Trying {host}…").format(host=connection.place.host), tone="info")
        self.trial.begin(connection)

    def _tried(self, tried: Tried | None, error: Exception | None) -> None:
        if tried is None:
            self._refused(error or RuntimeError())
            return
        self._busy(False)
        if tried.writes:
            words = self.tr("{host} answers; reading and writing work.").format(host=tried.host)
            self.banner.say(words, COUNTED.study_files(tried.bundles or 0), tone="success")
        elif tried.refusal is not None:
            readable = self.tr("{host} can be read, but not written.").format(host=tried.host)
            head = [] if tried.bundles is None else [readable]
            self.banner.say(" ".join([*head, sentence(tried.refusal)]), tone="danger")

    def _busy(self, busy: bool) -> None:
        for button in (self.keep_button, self.leave_button, self.try_button, self.forget_button):
            button.setEnabled(not busy)

    def _refused(self, error: Exception) -> None:
        self._busy(False)
        self.banner.say(sentence(error), tone="danger")


_LINES = (
    "url", "host", "port", "folder", "host_key", "login", "authority", "certificate", "key", "proxy", "proxy_login",
)  # fmt: skip


def _read(path: str) -> bytes:
    from anifro_desktop.files import read_regular

    return read_regular(Path(path).expanduser(), _LARGEST) if path else b""
