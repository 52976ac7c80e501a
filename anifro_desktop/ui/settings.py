"""Settings of this computer: language, look, text size, names on the lists, people, backups, the import, the archive,
the licensed wording of questionnaires; and what the program is and is not."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from anifro_desktop.ui import theme
from anifro_desktop.ui.archive_card import ArchiveCard
from anifro_desktop.ui.backup_card import BackupCard
from anifro_desktop.ui.connection_card import ConnectionCard
from anifro_desktop.ui.desk import Desk
from anifro_desktop.ui.fields import Labelled
from anifro_desktop.ui.forms_card import FormsCard
from anifro_desktop.ui.frontdoor import LanguageChoice
from anifro_desktop.ui.importing.card import ImportCard
from anifro_desktop.ui.keys_card import ExchangeKeysCard
from anifro_desktop.ui.page import Page
from anifro_desktop.ui.people.staff import PeopleCard
from anifro_desktop.ui.preferences import TEXT_SIZES, Preferences
from anifro_desktop.ui.support_card import SupportCard
from anifro_desktop.ui.widgets import Button, Card, Option, SegmentedChoice, Text
from anifro_desktop.ui.wording_card import WordingCard
from anifro_desktop.ui.words import role_name

_GROWING = 500  # milliseconds in which the cards come to their heights


class SettingsPage(Page):
    """Every choice holds at once and is kept for this computer."""

    audit_wanted = Signal()  # show the audit trail

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Settings"), self.tr("They hold at once, on this computer"), parent)
        self._desk = desk
        self.language = LanguageChoice(desk.language)
        self.language.chosen.connect(lambda key: self._wish(language=key))
        self.scheme = SegmentedChoice(
            (
                Option("system", self.tr("As the system")),
                Option("light", self.tr("Light")),
                Option("dark", self.tr("Dark")),
                Option("contrast", self.tr("High contrast")),
            )
        )
        self.scheme.set_chosen(desk.preferences.scheme)
        self.scheme.chosen.connect(lambda key: self._wish(scheme=key))
        self.text = SegmentedChoice([Option(str(one), f"{one} %") for one in TEXT_SIZES])
        self.text.set_chosen(str(desk.preferences.text))
        self.text.chosen.connect(lambda key: self._wish(text=int(key)))
        self.names = SegmentedChoice((Option("shown", self.tr("Shown")), Option("hidden", self.tr("Hidden"))))
        self.names.set_chosen("hidden" if desk.preferences.hide_names else "shown")
        self.names.chosen.connect(lambda key: self._wish(hide_names=key == "hidden"))
        look = Card(self.tr("Language and look"))
        look.body.setSpacing(theme.px(16))
        look.body.addWidget(Labelled(self.tr("Language"), self.language))
        look.body.addWidget(Labelled(self.tr("Colours"), self.scheme))
        look.body.addWidget(Labelled(self.tr("Text size"), self.text))
        look.body.addWidget(
            Labelled(
                self.tr("Names on the lists"),
                self.names,
                self.tr("Hidden names protect patients when somebody can see the screen"),
            )
        )
        self.wording = WordingCard(desk)
        self.support = SupportCard(desk)
        self.people = PeopleCard(desk)
        self.backup = BackupCard(desk)
        self.forms = FormsCard(desk)
        self.importing = ImportCard(desk)
        self.archive = ArchiveCard(desk)
        self.connection = ConnectionCard(desk)
        self.keys = ExchangeKeysCard(desk)
        kept = (
            self.people,
            self.backup,
            self.connection,
            self.keys,
            self.forms,
            self.importing,
            self.archive,
        )
        self._arrange(look, *kept, self._trail(), self.wording, self.support, self._about())

    def _arrange(self, *cards: Card) -> None:
        """The cards in one column. It stands in a row, as only there a greatest width counts for the heights in it."""
        column = QWidget()
        column.setMaximumWidth(theme.px(760))
        stack = QVBoxLayout(column)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme.px(14))
        for card in cards:
            stack.addWidget(card)
        row = QHBoxLayout()
        row.addWidget(column, 100)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def _trail(self) -> Card:
        card = Card(self.tr("Audit trail"))
        card.body.addWidget(
            Text(self.tr("Every change, signature, unlocking and look at an identity: who, when and why."))
        )
        self.audit = Button(self.tr("Open the audit trail"))
        self.audit.clicked.connect(self.audit_wanted)
        row = QHBoxLayout()
        row.addWidget(self.audit)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _about(self) -> Card:
        card = Card(self.tr("This site"))
        site = self._desk.site
        person = site.person
        roles = ", ".join(role_name(role) for role in person.roles)
        card.body.addWidget(Text(f"{site.code} · {site.name}"))
        card.body.addWidget(
            Text(
                self.tr("Unlocked by {name} ({code}): {roles}.").format(
                    name=person.name, code=person.code, roles=roles
                )
            )
        )
        card.body.addWidget(
            Text(
                self.tr(
                    "The program records research data of the observational study NCT07215754. It gives no advice on "
                    "treatment and must not be used for treatment decisions."
                ),
                "hint",
                "muted",
            )
        )
        return card

    def lead(self, name: str) -> None:
        """Show a card as soon as what it holds now is read: `keys` or `forms`."""
        card, act = {
            "keys": (self.keys, self.keys.compared),
            "forms": (self.forms, self.forms.area),
        }[name]

        bar = self.scroller.verticalScrollBar()

        def show() -> None:
            bar.setValue(card.y() + theme.px(8))  # half of what the body leaves above its first card

        def arrive() -> None:
            if act.isVisible():
                act.setFocus()
            show()

        def soon() -> None:
            QTimer.singleShot(0, self, show)

        bar.rangeChanged.connect(soon)  # the cards above still grow as their words come
        QTimer.singleShot(_GROWING, self, lambda: bar.rangeChanged.disconnect(soon))
        self._desk.run(self, lambda: None, lambda _: QTimer.singleShot(0, self, arrive))

    def first_focus(self) -> None:
        self.language.setFocus()

    def refresh(self) -> None:
        self.wording.refresh()
        self.backup.refresh()
        self.connection.refresh()
        self.keys.refresh()
        self.forms.refresh()

    def _wish(self, **changes) -> None:
        wanted: Preferences = replace(self._desk.preferences, **changes)
        if wanted != self._desk.preferences:
            self._desk.preferences_wanted.emit(wanted)
