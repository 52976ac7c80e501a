"""What is asked before somebody is added, changed, disabled, reset or removed, and the passphrase for one unlocking."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import Labelled, TextField, say_all
from anifro_desktop.ui.messages import Dialog
from anifro_desktop.ui.people.acting import ActDialog, ReasonDialog
from anifro_desktop.ui.people.words import role_hint
from anifro_desktop.ui.texts import translate
from anifro_desktop.ui.widgets import Heading, Option
from anifro_desktop.ui.widgets.checks import Checks
from anifro_desktop.ui.words import role_name
from anifro_desktop.workflows.facts import Person
from anifro_desktop.workflows.people import ROLES, Member

_NUMBERED = re.compile(r"U([0-9]{2,})")


def next_code(members: Sequence[Member]) -> str:
    """The first U-number after all that were ever used here."""
    numbers = [int(found[1]) for one in members if (found := _NUMBERED.fullmatch(one.person.code))]
    return f"U{max(numbers, default=0) + 1:02d}"


class PersonFields:
    """Code, name and roles of a person. code: proposed; known: of a person who is here already, whose code stays."""

    def __init__(self, code: str, known: Person | None = None) -> None:
        name, roles = (known.name, known.roles) if known is not None else ("", ())
        self.code = TextField(
            translate("People", "Personal code"),
            translate("People", "Stands in the records that go to Pisa. It is never given to another person"),
            8,
            code,
        )
        self.code.edit.setReadOnly(known is not None)
        self.name = TextField(
            translate("People", "Name and surname"),
            translate("People", "Stands beside signatures. It never leaves this computer"),
            40,
            name,
        )
        self.roles = Checks([(Option(role, role_name(role)), role_hint(role)) for role in ROLES])
        self.roles.tick(roles)
        self.role_field = Labelled(translate("People", "Roles"), self.roles)
        self.roles.changed.connect(self.role_field.changed)

    @property
    def person(self) -> Person:
        """As it is typed now."""
        return Person(self.code.text.upper(), self.name.text, self.roles.ticked)

    def parts(self) -> tuple[QWidget, ...]:
        """In order."""
        return (self.code, self.name, self.role_field)

    def complete(self) -> bool:
        """Whether all is there; says at each field what is not."""
        person = self.person
        plain = person.code.isascii() and person.code.isalnum() and 2 <= len(person.code) <= 12
        code = "" if plain else translate("People", "A code has 2 to 12 letters and digits, as U02.")
        name = "" if person.name else translate("People", "Type name and surname.")
        here = say_all([(self.code, code), (self.name, name)])
        self.role_field.say("" if person.roles else translate("People", "Tick at least one role."))
        if here and not person.roles:
            self.roles.setFocus()
        return here and bool(person.roles)


class AddDialog(ActDialog):
    """Another person, who gets a passphrase for one unlocking. added: called with person and passphrase."""

    def __init__(
        self, desk: Desk, code: str, added: Callable[[Person, str], object], parent: QWidget
    ) -> None:
        super().__init__(
            desk,
            translate("People", "Add a person"),
            translate(
                "People",
                "The person gets a passphrase for one unlocking, and chooses another at that unlocking, which nobody "
                "else knows.",
            ),
            translate("People", "The person is being added…"),
            parent,
        )
        self._added = added
        self.fields = PersonFields(code)
        for part in self.fields.parts():
            self.rows.addWidget(part)
        self.finish(translate("People", "Add the person"), self._add)
        self.fields.name.edit.setFocus()

    def _add(self) -> None:
        if not self.fields.complete():
            return
        site, person = self._desk.site, self.fields.person

        def work() -> str:
            from anifro_desktop.workflows import people

            once = people.one_time()
            people.add(site, person, once)
            return once

        self.work(work, lambda once: self._added(person, once))


class ChangeDialog(ReasonDialog):
    """Another name or other roles. done: called once it is changed."""

    def __init__(self, desk: Desk, member: Member, done: Callable[[], object], parent: QWidget) -> None:
        super().__init__(
            desk,
            translate("People", "Change {code}").format(code=member.person.code),
            _about_change(own=member.person.code == desk.site.person.code),
            translate("People", "The roles are being changed…"),
            parent,
        )
        self._done = done
        self.fields = PersonFields(member.person.code, member.person)
        for at, part in enumerate(self.fields.parts()):
            self.rows.insertWidget(at, part)
        self.fields.code.hide()  # it stands in the title
        self.finish(translate("People", "Change"), self._change)
        self.fields.name.edit.setFocus()

    def _change(self) -> None:
        if not self.fields.complete() or not (reason := self.given()):
            return
        site, person = self._desk.site, self.fields.person

        def work() -> None:
            from anifro_desktop.workflows import people

            people.change(site, person, reason)

        self.work(work, lambda _none: self._done())


def _about_change(own: bool) -> str:
    if own:
        return translate("People", "Your own roles hold from your next unlocking.")
    return translate(
        "People",
        "Who may no longer see names loses their key: the names are put under a new one, which takes a moment.",
    )


class AskDialog(ReasonDialog):
    """An act on somebody, or on the keys. act: the work, given the reason; done: called with what it returned."""

    def __init__(
        self,
        desk: Desk,
        words: tuple[str, str, str, str],
        act: Callable[[str], Any],
        done: Callable[[Any], object],
        parent: QWidget,
        reasoned: bool = True,
    ) -> None:
        title, text, during, verb = words
        super().__init__(desk, title, text, during, parent)
        self._act, self._done, self._reasoned = act, done, reasoned
        if not reasoned:
            self.rows.removeWidget(self.reason)
            self.reason.hide()
        self.finish(verb, self._go)
        (self.reason.edit if reasoned else self.back).setFocus()

    def _go(self) -> None:
        reason = self.given() if self._reasoned else ""
        if self._reasoned and not reason:
            return
        act = self._act
        self.work(lambda: act(reason), self._done)


class OnceDialog(Dialog):
    """The passphrase for one unlocking, shown this once, to be copied by hand."""

    def __init__(self, person: Person, once: str, parent: QWidget) -> None:
        super().__init__(
            translate("People", "Passphrase of {name} for one unlocking").format(name=person.name),
            translate(
                "People",
                "Copy it by hand now: it is not shown again. Give it to {name} ({code}) in person. At the first "
                "unlocking another is chosen.",
            ).format(name=person.name, code=person.code),
            parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(min(theme.px(520), parent.window().width() - theme.px(16)))
        self.once = Heading(once, 1, self)
        self.once.setFont(theme.font("figure"))
        self.once.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.once.setAccessibleName(once)
        self.body.addWidget(self.once)
        self.add_act(translate("People", "I have copied it"), main=True)

    def reject(self) -> None:
        """Escape would throw it away before it was copied: only the button closes."""
