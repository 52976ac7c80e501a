"""The commands that hold on every page of an open site: menu, keys, sheet, and Find."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QKeySequence

from anifro_desktop.ui import texts, worklist
from anifro_desktop.ui.commands import Command, keys_sheet, make_actions, make_menu
from anifro_desktop.ui.find import FindDialog, Target
from anifro_desktop.ui.words import patient_status


class ShellCommands(QObject):
    """Belongs to one `Shell`. The visit has keys and a sheet of its own, which take over while it is shown."""

    def __init__(self, shell: Any) -> None:
        super().__init__(shell)
        self._shell = shell
        self.commands = self._all()
        self.actions = make_actions(self.commands, shell.ground)
        self.menu = make_menu(self.commands, self.actions, shell)
        self.sheet: Any = None
        self.finder: FindDialog | None = None

    def _all(self) -> tuple[Command, ...]:
        shell = self._shell
        go, work, program = self.tr("Go to"), self.tr("Patients"), self.tr("Program")
        return (
            Command(go, self.tr("Find a patient, a question or a command"), "Ctrl+K", self.find),
            Command(go, self.tr("Today"), "Alt+1", lambda: shell.show_place("today")),
            Command(go, self.tr("Patients"), "Alt+2", lambda: shell.show_place("patients")),
            Command(go, self.tr("Send"), "Alt+3", lambda: shell.show_place("send")),
            Command(go, self.tr("Settings"), "Alt+4", lambda: shell.show_place("settings")),
            Command(go, self.tr("Audit trail"), "Alt+5", lambda: shell.show_place("audit")),
            Command(go, self.tr("Questions from Pisa"), "Alt+6", lambda: shell.show_place("queries")),
            Command(go, self.tr("What is not signed"), "", lambda: shell.show_place("signoff")),
            Command(go, self.tr("What became of each bundle"), "", lambda: shell.show_place("synclog")),
            *self._people(go),
            Command(work, self.tr("Enrol a patient"), "Ctrl+N", shell.enrol),
            Command(work, self.tr("Import from a spreadsheet"), "", lambda: shell.show_place("import")),
            Command(work, self.tr("Take a patient over"), "", lambda: shell.show_place("take")),
            Command(work, self.tr("Hide or show names"), "Ctrl+H", self._toggle_names),
            Command(program, self.tr("Larger text"), "Ctrl++", lambda: self._scale(1)),
            Command(program, self.tr("Smaller text"), "Ctrl+-", lambda: self._scale(-1)),
            Command(program, self.tr("All keys"), "Ctrl+?", self.show_sheet),
            Command(program, self.tr("Lock"), "Ctrl+L", shell.lock_wanted.emit),
            Command(program, self.tr("Close the program"), "Ctrl+Q", shell.close_wanted.emit),
        )

    def _people(self, go: str) -> tuple[Command, ...]:
        """The pages about the people of the site; without keys of their own."""
        show = self._shell.show_place
        found = [
            Command(go, self.tr("People of this site"), "", lambda: show("people")),
            Command(go, self.tr("Change my passphrase"), "", lambda: show("passphrase")),
        ]
        if self._shell.desk.site.may("site_admin"):
            found.append(Command(go, self.tr("Recovery sheet"), "", lambda: show("sheet")))
            erase = self._shell.openings.mending.show_erasing
            found.append(Command(go, self.tr("Erase what was typed by mistake"), "", erase))
        return tuple(found)

    def page_changed(self, page: str) -> None:
        """The sheet of the visit has the same keys and more: it takes over there."""
        for command, action in zip(self.commands, self.actions, strict=True):
            if command.keys == "Ctrl+?":
                action.setEnabled(page != "visit")

    def show_menu(self) -> None:
        """The menu, under its button."""
        button = self._shell.rail.menu
        self.menu.popup(button.mapToGlobal(QPoint(button.width(), 0)))

    def show_sheet(self) -> None:
        """All keys on one sheet."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for command in self.commands:
            if not command.keys:
                continue
            keys = QKeySequence(command.keys).toString(QKeySequence.SequenceFormat.NativeText)
            groups.setdefault(command.group, []).append((keys, command.text))
        lists = self.tr("Lists")
        groups[lists] = [
            ("↑ ↓", self.tr("Move from line to line")),
            (self.tr("Enter"), self.tr("Open what the line is about, or what is next for the patient")),
            ("P", self.tr("Today: open the page of the patient")),
            ("M", self.tr("Today, patient: note a visit as missed")),
            ("G", self.tr("Today, patient: say what a gap of anifrolumab is")),
            (self.tr("Tab"), self.tr("To the next control; with Shift, back")),
            (self.tr("Esc"), self.tr("Close a dialog")),
        ]
        page = self.tr("Page of a patient")
        groups[page] = [
            ("Ctrl+E", self.tr("Add an event")),
            ("Ctrl+Shift+N", self.tr("New visit")),
            ("Alt+←", self.tr("Back to where you came from")),
        ]
        self.sheet = keys_sheet(list(groups.items()), self._shell.window())

    def _toggle_names(self) -> None:
        from dataclasses import replace

        desk = self._shell.desk
        desk.preferences_wanted.emit(replace(desk.preferences, hide_names=not desk.preferences.hide_names))

    def _scale(self, step: int) -> None:
        from dataclasses import replace

        from anifro_desktop.ui.preferences import TEXT_SIZES

        desk = self._shell.desk
        at = TEXT_SIZES.index(desk.preferences.text) + step
        if 0 <= at < len(TEXT_SIZES):
            desk.preferences_wanted.emit(replace(desk.preferences, text=TEXT_SIZES[at]))

    # Find

    def find(self) -> None:
        """Open Find; the patients come from the store a moment later."""
        self.finder = FindDialog([*self._questions(), *self._commands()], self._shell.window())
        self.finder.open()
        self.finder.line.setFocus()
        finder, site = self.finder, self._shell.desk.site

        def read() -> Any:
            from anifro_desktop.workflows import patients

            return patients.patients(site)

        self._shell.desk.run(finder, read, lambda rows: finder.add(self._patients(rows)))

    def _patients(self, rows: Sequence[Any]) -> list[Target]:
        hidden = self._shell.desk.preferences.hide_names
        kind = self.tr("Patient")
        return [
            Target(
                f"{row.subject}   {worklist.shown_name(row, hidden)}",
                f"{kind} · {patient_status(row.status)}",
                partial(self._shell.show_patient, row.subject),
                row.name,
            )
            for row in rows
        ]

    def _questions(self) -> list[Target]:
        """The questions of the visit that is open."""
        page = self._shell.page
        go = getattr(page, "go_to_field", None)
        if go is None:
            return []
        session, lang = page.visit.session, texts.language()
        found = []
        for section in session.sections():
            form = session.definitions.form(section.form).label.get(lang)
            for field in section.visible_fields:
                label = session.definitions.fields[field].label.get(lang)
                found.append(Target(label, form, partial(go, field), field))
        return found

    def _commands(self) -> list[Target]:
        kind = self.tr("Command")
        return [
            Target(
                command.text,
                kind,
                command.act,
                keys=QKeySequence(command.keys).toString(QKeySequence.SequenceFormat.NativeText),
            )
            for command in self.commands
        ]
