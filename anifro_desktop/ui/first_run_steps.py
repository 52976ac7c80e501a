"""The steps of the first run: each asks one thing, keeps it in the `Draft`, and says in words what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from anifro_desktop.study.subject_code import is_site_code
from anifro_desktop.ui import theme
from anifro_desktop.ui.fields import Labelled, TextField, say_all
from anifro_desktop.ui.refusals import SENTENCES
from anifro_desktop.ui.widgets import (
    Button,
    Divider,
    Hint,
    Option,
    SegmentedChoice,
    Text,
)

translate = QCoreApplication.translate

_PERSON_CODE = re.compile(r"U[0-9]{2}")
_OF_THE_FILE = (
    "key_file",
    "cannot_read",
    "not_regular",
    "too_large",
)  # how codes of refusals of the file begin


@dataclass
class Draft:
    """What was typed so far; holds the passphrase, so it is forgotten as soon as the site is made."""

    step: int = 0
    site_code: str = ""
    site_name: str = ""
    keyset_path: str = ""
    fingerprint: str = ""
    person_name: str = ""
    person_code: str = "U01"
    role: str = "investigator"
    passphrase: str = ""
    again: str = ""
    second: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        """Of the first person, who is the site's administrator too."""
        return (self.role, "site_admin")

    def forget(self) -> None:
        """Drop the passphrase."""
        self.passphrase = self.again = ""


@dataclass(frozen=True, slots=True)
class Works:
    """What is done with a draft, on the worker. make: creates the site and returns `workflows.model.Created`; prove:
    sees that the centre's file is the one that was read out; near: whether a second place is on the disk of the
    data."""

    make: Callable[[Draft], Any]
    prove: Callable[[Draft], object]
    near: Callable[[str], bool]


class Step(QWidget):
    """One question or a few that belong together."""

    key: ClassVar[str] = ""
    proved: ClassVar[bool] = False  # whether what was typed is proved before going on
    submitted = Signal()  # Enter in the last field: the wish to go on
    restore_wanted = Signal()  # the wish to put a backup back instead

    def __init__(self, draft: Draft, tasks: Any = None, works: Any = None) -> None:
        super().__init__()
        self.draft, self.tasks, self.works = draft, tasks, works  # None for a step that asks for no work
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(theme.px(14))
        self.build()
        self.box.addStretch(1)

    @property
    def title(self) -> str:
        """The heading."""
        return ""

    def build(self) -> None:
        """Make the widgets, once."""

    def enter(self) -> None:
        """Called each time the step is shown."""

    def keep(self) -> None:
        """Take what is typed into the draft, right or wrong."""

    def complete(self) -> bool:
        """Whether one may go on; says at each field what is missing, and moves to the first."""
        return True

    def first_focus(self) -> bool:
        """Focus on the first question; False where there is none."""
        return False

    def point(self, code: str, words: str) -> bool:
        """Say a refusal of this code at the field it is about, and move there; False where there is none."""
        return False

    def set_read_only(self, read_only: bool) -> None:
        """Take no typing, while it is being used."""


class WelcomeStep(Step):
    """The language, what will be needed, and the other way: a site that was here or elsewhere before."""

    key = "welcome"

    @property
    def title(self) -> str:
        return self.tr("A new site on this computer")

    def build(self) -> None:
        self.box.addWidget(
            Text(
                self.tr(
                    "This takes about five minutes. At hand should be the file that the centre in Pisa sent for "
                    "this site, and a telephone, to compare the file's fingerprint with the centre."
                )
            )
        )
        self.box.addWidget(
            Text(
                self.tr(
                    "Nothing is created before the last step. Going back keeps what was typed. The language can be "
                    "changed above at any time."
                )
            )
        )
        self.box.addWidget(Divider())
        self.box.addWidget(
            Text(
                self.tr(
                    "Was this site on another computer, or did its disk fail? Then do not make a new one."
                )
            )
        )
        self.restore = Button(self.tr("Put a backup back…"))
        self.restore.clicked.connect(self.restore_wanted)
        self.box.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(
            Hint(
                self.tr(
                    "To practise first with synthetic patients, close this window and start the program with: "
                    "anifro-desktop demo --window"
                )
            )
        )


class SiteStep(Step):
    """Code and name of the site; the centre's file and its fingerprint."""

    key = "site"
    proved = True

    @property
    def title(self) -> str:
        return self.tr("The site and the centre's file")

    def build(self) -> None:
        draft = self.draft
        self.code = TextField(
            self.tr("Site code"), self.tr("As given by the centre, for example P03"), 8, draft.site_code
        )
        self.name = TextField(
            self.tr("Name of the site"), self.tr("For example: Rheumatology, Padua"), 40, draft.site_name
        )
        self.path = TextField(
            self.tr("The centre's file"),
            self.tr("The keyset file from Pisa. Choose it or type where it lies"),
            40,
            draft.keyset_path,
        )
        self.choose = Button(self.tr("Choose the file…"))
        self.choose.clicked.connect(self._choose)
        self.path.box.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        self.fingerprint = TextField(
            self.tr("Fingerprint of the file"),
            self.tr("Call the centre and type what is read out: it proves that nobody changed the file"),
            40,
            draft.fingerprint,
        )
        self.fingerprint.edit.returnPressed.connect(self.submitted)
        for field in (self.code, self.name, self.path, self.fingerprint):
            self.box.addWidget(field)

    def first_focus(self) -> bool:
        self.code.edit.setFocus()
        return True

    def point(self, code: str, words: str) -> bool:
        field = {"site_code": self.code, "wrong_fingerprint": self.fingerprint}.get(code)
        if field is None and code.startswith(_OF_THE_FILE):
            field = self.path
        if field is not None:
            field.say(words)
            field.edit.selectAll()
            field.edit.setFocus()
        return field is not None

    def set_read_only(self, read_only: bool) -> None:
        for field in (self.code, self.name, self.path, self.fingerprint):
            field.edit.setReadOnly(read_only)
        self.choose.setEnabled(not read_only)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("The centre's file"), self.path.text)
        if chosen:
            self.path.edit.setText(chosen)
            self.fingerprint.edit.setFocus()

    def keep(self) -> None:
        self.draft.site_code = self.code.text.upper()
        self.draft.site_name = self.name.text
        self.draft.keyset_path = self.path.edit.text().strip()
        self.draft.fingerprint = self.fingerprint.text

    def complete(self) -> bool:
        draft = self.draft
        absent = not draft.keyset_path or not Path(draft.keyset_path).is_file()
        return say_all(
            [
                (
                    self.code,
                    "" if is_site_code(draft.site_code) else translate("Refusals", SENTENCES["site_code"]),
                ),
                (self.name, "" if draft.site_name else self.tr("Type the name of the site.")),
                (self.path, self.tr("There is no such file: choose the file from Pisa.") if absent else ""),
                (
                    self.fingerprint,
                    "" if draft.fingerprint else self.tr("Type the fingerprint as the centre reads it out."),
                ),
            ]
        )


class PersonStep(Step):
    """Who makes the site: its first person and administrator."""

    key = "person"

    @property
    def title(self) -> str:
        return self.tr("The first person")

    def build(self) -> None:
        self.name = TextField(
            self.tr("Name and surname"),
            self.tr("Stands beside signatures. It never leaves this computer; Pisa sees the code only"),
            40,
            self.draft.person_name,
        )
        self.code = TextField(
            self.tr("Personal code"), self.tr("U and two figures, for example U01"), 8, self.draft.person_code
        )
        self.code.edit.returnPressed.connect(self.submitted)
        self.role = SegmentedChoice(
            (
                Option("investigator", self.tr("Investigator, signs visits")),
                Option("data_entry", self.tr("Data entry, does not sign")),
            )
        )
        self.role.set_chosen(self.draft.role)
        self.role.chosen.connect(self.role.set_chosen)
        self.box.addWidget(self.name)
        self.box.addWidget(self.code)
        self.box.addWidget(Labelled(self.tr("Role"), self.role))
        self.box.addWidget(
            Hint(self.tr("The first person is also the site's administrator: people, keys, sending."))
        )

    def first_focus(self) -> bool:
        self.name.edit.setFocus()
        return True

    def keep(self) -> None:
        self.draft.person_name = self.name.text
        self.draft.person_code = self.code.text.upper()
        self.draft.role = self.role.chosen_key or "investigator"

    def complete(self) -> bool:
        code_wrong = not _PERSON_CODE.fullmatch(self.draft.person_code)
        return say_all(
            [
                (self.name, "" if self.draft.person_name else self.tr("Type name and surname.")),
                (self.code, self.tr("A personal code is U and two figures, as U01.") if code_wrong else ""),
            ]
        )
